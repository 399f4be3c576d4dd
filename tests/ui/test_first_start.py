"""The first minutes: hints that come once, and never again once they are closed."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.settings import Settings, load
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.app import App
from ui.widgets.hint_panel import HintPanel


def hint(app: App, qtbot: QtBot) -> HintPanel:
    wait_until(qtbot, lambda: bool(app.window.findChildren(HintPanel)))
    return app.window.findChildren(HintPanel)[0]


def test_that_three_hints_lead_from_market_to_as_of_to_evidence(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path)) as app:
        wait_for_page(qtbot, app)
        panel = hint(app, qtbot)
        titles = [panel.title]
        for _ in range(2):
            panel.next.click()
            titles.append(panel.title)
        assert titles == ["Market", "As of", "Evidence"]
        assert app.window.rect().contains(panel.geometry())
        panel.next.click()
        assert panel.isHidden()
        assert app.preferences.settings.seen_hints


def test_that_closed_hints_never_come_back(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path)) as app:
        wait_for_page(qtbot, app)
        hint(app, qtbot).close_button.click()
    settings, _ = load(tmp_path)
    with running(qtbot, context(tmp_path), settings) as app:
        wait_for_page(qtbot, app)
        assert app.updates.has_begun
        assert not app.window.findChildren(HintPanel)


def test_that_a_hint_neither_blocks_nor_takes_the_focus(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(start_page="positioning")) as app:
        wait_for_page(qtbot, app)
        panel = hint(app, qtbot)
        focused = QApplication.focusWidget()
        assert focused is None or not panel.isAncestorOf(focused)
        assert QApplication.activeModalWidget() is None
        app.window.resize(1100, 700)
        assert app.window.rect().contains(panel.geometry())


def test_that_a_picture_has_no_hints(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), is_picture=True) as app:
        qtbot.waitUntil(lambda: app.window.is_drawn and app.loader.is_settled, timeout=15_000)
        assert not app.window.findChildren(HintPanel)
