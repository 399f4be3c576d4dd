"""How the window starts after something went badly wrong: said once, nothing lost, and a way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from services.paths import archive_path, logs_folder, settings_path
from services.settings import Settings, load
from tests.ui.shell import context, labels, running, texts, wait_for_page, wait_until
from ui.app import App
from ui.dialogs.fault_dialog import FaultDialog
from ui.dialogs.recovery_dialog import RecoveryDialog
from ui.pages.registry import HOME

LAYOUT = {"window": [30, 40, 1200, 700], "maximized": False, "page": "positioning"}
DAMAGED = {
    "foreign": b"<!DOCTYPE html><html>Please sign in</html>",
    "empty": b"",
    "cut": b"SQLite format 3\x00" + b"x" * 500,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def dialog_of(app: App, kind: type[RecoveryDialog] | type[FaultDialog]) -> list[str]:
    """What the one open dialog of a kind says."""
    (dialog,) = app.window.findChildren(kind)
    assert dialog.isVisible()
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize("kind", DAMAGED)
def test_that_a_damaged_archive_is_told_in_one_dialog_and_nowhere_else(folder: Path, qtbot: QtBot, kind: str) -> None:
    folder.mkdir()
    archive_path(folder).write_bytes(DAMAGED[kind])
    with running(qtbot, context(folder), Settings(has_consent=True, auto_refresh=False)) as app:
        wait_for_page(qtbot, app)
        said = dialog_of(app, RecoveryDialog)
        assert said[0] == "The archive was set aside"
        assert "a new archive starts from the built-in figures" in said[1]
        assert list(app.window.banners.keys()) == []
    (kept,) = folder.glob("archive.sqlite.corrupt-*")
    assert kept.read_bytes() == DAMAGED[kind]
    with running(qtbot, context(folder), Settings(has_consent=True, auto_refresh=False)) as app:
        wait_for_page(qtbot, app)
        assert app.window.findChildren(RecoveryDialog) == []


def test_that_a_safe_start_takes_up_no_layout_and_keeps_it(folder: Path, qtbot: QtBot) -> None:
    held = Settings(layout=LAYOUT, has_consent=True, start_page="market")
    with running(qtbot, context(folder), held, is_safe=True) as app:
        wait_for_page(qtbot, app)
        assert app.window.page_name == HOME
        assert app.window.geometry() != QRect(*LAYOUT["window"])  # type: ignore[misc]
        assert app.live.is_paused
        banner = app.window.banners.banner("safe")
        assert banner is not None
        assert texts(banner).startswith("Safe mode. The last two starts did not come through")
        assert app.preferences.settings.layout == LAYOUT
    assert not settings_path(folder).exists()


def test_that_a_safe_start_can_forget_the_layout_for_good(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder), Settings(layout=LAYOUT), is_safe=True) as app:
        wait_for_page(qtbot, app)
        banner = app.window.banners.banner("safe")
        assert banner is not None
        (forget,) = [button for button in banner.buttons() if button.text() == "Forget the old layout"]
        forget.click()
        assert app.window.banners.banner("safe") is None
    assert load(folder)[0].layout["page"] == HOME


def test_that_a_start_gets_through_with_its_first_page(folder: Path, qtbot: QtBot) -> None:
    from services import starts

    starts.begin(folder)
    assert starts.begin(folder) == 1
    with running(qtbot, context(folder)) as app:
        wait_for_page(qtbot, app)
        wait_until(qtbot, lambda: app.updates.has_begun)
        assert starts.begin(folder) == 0


def test_that_the_report_of_a_crash_is_offered_without_what_is_private(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_TIINGO", "c4n4ry")
    with running(qtbot, context(folder)) as app:
        wait_for_page(qtbot, app)
        app.offer_report(f'Fatal Python error: Segmentation fault\nFile "{Path.home()}/x.py" c4n4ry <b>bold</b>')
        banner = app.window.banners.banner("crash")
        assert banner is not None
        assert labels(banner.buttons())[:1] == ["Show report"]
        banner.buttons()[0].click()
        (dialog,) = app.window.findChildren(FaultDialog)
        (report,) = dialog.findChildren(QPlainTextEdit)
        shown = report.toPlainText()
    (kept,) = logs_folder(folder).glob("crash.txt.at-*")
    for text in (shown, kept.read_text("utf-8")):
        assert 'File "~/x.py" *** <b>bold</b>' in text
        assert "c4n4ry" not in text and str(Path.home()) not in text
