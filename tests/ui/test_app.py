"""The window as a whole, on real archives: the first start, moving about, what is remembered."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day
from services.lock import WriterLock
from services.paths import archive_path, settings_path
from services.settings import Settings, load
from tests.ui.shell import context, labels, running, texts, wait_for_page, wait_until
from ui.app import App, close_on_signals
from ui.instance import raise_first
from ui.pages.registry import HOME, PAGES

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "pandas", "pyqtgraph", "requests", "sqlite3", "PySide6.QtNetwork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def app(folder: Path, qtbot: QtBot) -> Iterator[App]:
    with running(qtbot, context(folder), Settings(start_page="positioning")) as started:
        wait_for_page(qtbot, started)
        yield started


def test_that_an_end_asked_for_while_starting_comes_once_the_window_is_there(folder: Path, qtbot: QtBot) -> None:
    held = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    app = App(context(folder), Settings())
    try:
        close_on_signals(app)
        signal.raise_signal(signal.SIGTERM)
        app.start()
        assert app.window.isVisible()
        wait_until(qtbot, lambda: not app.window.isVisible())
    finally:
        app.stop()
        for number, handler in held.items():
            signal.signal(number, handler)


def test_that_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    """Each of these costs a tenth of a second or more."""
    code = f"import sys, main, ui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_a_first_start_shows_built_in_figures_and_offers_the_download(app: App, qtbot: QtBot) -> None:
    wait_until(qtbot, lambda: app.window.banners.banner("first") is not None)
    banner = app.window.banners.banner("first")
    assert banner is not None
    assert texts(banner).startswith("Built-in figures up to ")
    assert " MB from CFTC, " in texts(banner)
    assert labels(banner.buttons()) == ["What will be fetched", "Download"]
    assert app.window.status_bar.texts()[0].startswith("Built-in figures to ")


def test_that_nothing_is_asked_before_a_person_agrees(app: App, qtbot: QtBot) -> None:
    """The guard of the tests fails this one if anything reaches for the network."""
    wait_until(qtbot, lambda: app.window.banners.banner("first") is not None)
    assert app.live.is_paused
    assert app.live.next_due() is None
    app.live._on_tick()
    assert not app.refresher.is_running


def test_that_what_will_be_fetched_names_every_source_before_anything_is_fetched(app: App, qtbot: QtBot) -> None:
    wait_until(qtbot, lambda: app.window.banners.banner("first") is not None)
    app.open_fetch()
    shown = [label.text() for label in app.window.findChildren(QLabel)]
    assert "CFTC" in shown
    assert any("public domain" in text for text in shown)
    assert not app.refresher.is_running


@pytest.mark.expect_log("a file is in its place")
def test_that_a_data_folder_that_cannot_be_used_is_one_banner(folder: Path, qtbot: QtBot) -> None:
    folder.write_text("not a folder")
    settings, notices = load(folder)
    with running(qtbot, context(folder, is_offline=True), settings) as app:
        app.warn(notices)
        wait_for_page(qtbot, app)
        (key,) = app.window.banners.keys()
        assert "The data folder cannot be used: a file is in its place. The built-in" in texts(
            app.window.banners.banner(key)
        )


def test_that_offline_says_so_instead_of_asking(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder, is_offline=True)) as app:
        wait_for_page(qtbot, app)
        app.window.commands["refresh"].trigger()
        banner = app.window.banners.banner("asking")
        assert banner is not None
        assert texts(banner) == "Offline. The app was started with --offline, so nothing is downloaded."
        assert list(app.window.banners.keys()) == ["asking"]


def test_that_another_market_is_built_and_remembered(app: App, folder: Path, qtbot: QtBot) -> None:
    app.desk.choose(market="sp-500")
    wait_until(qtbot, lambda: app.window.page().page.choice.market == "sp-500")
    assert app.window.top_bar.market.text() == "S&P 500"
    assert app.preferences.settings.market == "sp-500"
    wait_until(qtbot, lambda: load(folder)[0].market == "sp-500")


def test_that_rewinding_uses_what_was_known_and_live_returns(app: App, qtbot: QtBot) -> None:
    app.window.commands["release_back"].trigger()
    wait_until(qtbot, lambda: not app.window.page().page.choice.is_live)
    assert str(app.window.page().page.main.date[-1]) == "2017-06-06"
    assert app.window.top_bar._notice.isVisible()
    wait_until(qtbot, lambda: app.window.status_bar.next_text == "Next COT report: Fri 16 Jun 2017, 15:30 ET")
    app.window.commands["live"].trigger()
    wait_until(qtbot, lambda: app.window.page().page.choice.is_live)
    assert not app.window.top_bar._notice.isVisible()


def test_that_a_start_as_of_a_day_is_rewound(folder: Path, qtbot: QtBot) -> None:
    with running(
        qtbot, context(folder, as_of=end_of_day(date(2016, 11, 25))), Settings(start_page="positioning")
    ) as app:
        page = wait_for_page(qtbot, app)
        assert str(page.page.main.date[-1]) == "2016-11-15"  # the report of 22 Nov came after Thanksgiving
        assert app.window.top_bar.as_of.field.text() == "Fri 25 Nov 2016"


def test_that_only_the_page_in_front_is_built(app: App) -> None:
    others = [entry for entry in PAGES if entry.name != "positioning"]
    assert all(app.window.page(entry.name) is None for entry in others)
    assert all(app.loader.model(entry.parts[0]).page is None for entry in others)


def test_that_going_back_leads_through_pages_and_moments(app: App, qtbot: QtBot) -> None:
    app.window.commands["release_back"].trigger()
    app.desk.choose(market="sp-500")
    app.window.commands["range_back"].trigger()
    assert (app.desk.choice.market, app.desk.choice.is_live) == ("russell-2000", False)
    app.window.commands["range_back"].trigger()
    assert app.desk.choice.is_live
    app.window.commands["range_forward"].trigger()
    app.window.commands["range_forward"].trigger()
    assert app.desk.choice.market == "sp-500"


def test_that_a_range_is_set_on_the_page_and_shown_in_the_top_bar(app: App) -> None:
    page = app.window.page()
    app.window.top_bar.range_chosen.emit("3Y")
    assert page.range_preset == "3Y"
    assert app.window.top_bar.ranges.value() == "3Y"


def test_that_window_page_and_range_are_there_at_the_next_start(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder), Settings(start_page="")) as app:
        app.window.show_page("positioning")
        wait_for_page(qtbot, app)
        app.window.setGeometry(QRect(30, 40, 1200, 700))
        app.window.page().set_range("5Y")
    settings, notices = load(folder)
    assert not notices
    with running(qtbot, context(folder), settings) as app:
        page = wait_for_page(qtbot, app)
        assert app.window.page_name == "positioning"
        assert app.window.geometry() == QRect(30, 40, 1200, 700)
        assert page.range_preset == "5Y"


@pytest.mark.parametrize(
    "layout",
    [
        {"window": [99_999, 99_999, 800, 600]},
        {"window": ["a", 1, 2, 3]},
        {"window": [1, 2]},
        {"window": None, "page": 7, "maximized": "yes"},
        {"page": "no such page"},
    ],
)
def test_that_a_remembered_place_that_makes_no_sense_is_not_taken(
    folder: Path, qtbot: QtBot, layout: dict[str, object]
) -> None:
    with running(qtbot, context(folder), Settings(layout=layout)) as app:
        assert app.window.page_name == HOME
        screen = app.window.screen().availableGeometry()
        assert screen.intersects(app.window.geometry())
        wait_for_page(qtbot, app)


def test_that_the_theme_is_switched_while_the_app_runs_and_keeps_focus_and_range(app: App) -> None:
    app.window.top_bar.range_chosen.emit("3Y")
    app.window.top_bar.market.setFocus()
    focused = QApplication.focusWidget()
    app.preferences.update(theme="dark")
    assert app.theme.is_dark
    assert QApplication.palette().window().color() == QColor(app.theme.tokens.win)
    assert app.window.page().range_preset == "3Y"
    assert QApplication.focusWidget() is focused
    app.preferences.update(theme="light", text_size_pct=130)
    assert app.theme.font("body").pixelSize() == 17


def test_that_f6_goes_round_the_regions(app: App, qtbot: QtBot) -> None:
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    app.window.top_bar.market.setFocus()
    seen = []
    for _ in range(9):
        app.window.commands["next_region"].trigger()
        focused = QApplication.focusWidget()
        assert focused is not None
        regions = {"rail": app.window.rail, "top": app.window.top_bar, "banners": app.window.banners}
        regions |= {"status": app.window.status_bar}
        held = [name for name, region in regions.items() if region is focused or region.isAncestorOf(focused)]
        seen.append(held[0] if held else "page")
    rounds = [name for name in seen if name != "banners"]
    assert [name for name, _ in groupby(rounds)][:4] == ["rail", "page", "status", "top"]


def test_that_every_control_of_the_frame_has_a_name_and_can_be_hit(app: App) -> None:
    for part in (app.window.rail, app.window.top_bar):
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                assert widget.accessibleName(), widget
                assert min(widget.width(), widget.height()) >= 28, widget


def test_that_a_narrow_window_shortens_the_frame(app: App) -> None:
    app.window.resize(1100, 700)
    assert app.window.rail.width() == 48
    app.window.commands["release_back"].trigger()
    assert not app.window.top_bar._notice.isVisible()
    app.window.resize(1440, 900)
    assert app.window.rail.width() == 84
    assert app.window.top_bar._notice.isVisible()


def test_that_an_unreadable_settings_file_is_kept_and_said(folder: Path, qtbot: QtBot) -> None:
    folder.mkdir()
    settings_path(folder).write_text("{ not json")
    settings, notices = load(folder)
    with running(qtbot, context(folder), settings) as app:
        app.warn(notices)
        banner = app.window.banners.banner("settings")
        assert banner is not None
        assert "settings.json.bad-" in texts(banner)
        wait_for_page(qtbot, app)


def test_that_an_archive_of_a_newer_version_is_left_alone_and_said(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder)) as app:
        wait_for_page(qtbot, app)
    content = bytearray(archive_path(folder).read_bytes())
    content[60:64] = (90_000).to_bytes(4, "big")
    archive_path(folder).write_bytes(content)
    with running(qtbot, context(folder)) as app:
        wait_until(qtbot, lambda: app.window.banners.banner("archive") is not None)
        banner = app.window.banners.banner("archive")
        assert banner is not None
        assert "newer version" in texts(banner)
        assert app.window.banners.banner("first") is None
        wait_until(qtbot, lambda: app.updates.has_begun)
    assert archive_path(folder).read_bytes() == bytes(content)


def test_that_a_window_beside_a_writer_reads_and_can_take_over(folder: Path, qtbot: QtBot) -> None:
    writer = WriterLock.acquire(folder)
    with running(qtbot, context(folder), is_locked=True) as app:
        wait_for_page(qtbot, app)
        banner = app.window.banners.banner("locked")
        assert banner is not None
        app.window.commands["refresh"].trigger()
        assert not app.refresher.is_running
        writer.release()
        banner.buttons()[0].click()
        wait_until(qtbot, lambda: app.window.banners.banner("locked") is None)
        wait_until(qtbot, lambda: app.window.banners.banner("first") is not None)
        wait_for_page(qtbot, app)


def test_that_a_second_start_finds_the_first_window(app: App, folder: Path, qtbot: QtBot) -> None:
    wait_until(qtbot, lambda: app._instance is not None)
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\n" + (
        "from PySide6.QtCore import QCoreApplication\nfrom ui.instance import raise_first\n"
        f"app = QCoreApplication([])\nprint(raise_first(Path({str(folder)!r})))"
    )
    app.window.showMinimized()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as second:
        wait_until(qtbot, lambda: second.poll() is not None)
        assert second.stdout is not None
        assert second.stdout.read().strip() == "True"
    assert not app.window.isMinimized()


def test_that_nobody_answers_for_a_profile_without_a_window(folder: Path, qapp: QApplication) -> None:
    folder.mkdir()
    assert not raise_first(folder)


def test_that_a_picture_reads_asks_nobody_and_leaves_nothing(folder: Path, qtbot: QtBot) -> None:
    moment = datetime(2017, 6, 16, 23, tzinfo=UTC)
    with running(qtbot, context(folder, as_of=moment), page="positioning", is_picture=True) as app:
        wait_for_page(qtbot, app)
        assert not app.window.banners.keys()
        assert not app.window.grab().isNull()
    assert not folder.exists()


def test_that_the_window_closes_with_the_dialogs_it_has_open(profile: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(profile, is_offline=True)) as app:
        wait_for_page(qtbot, app)
        app.open_about()
        (dialog,) = [one for one in app.window.findChildren(QDialog) if one.isVisible()]
        app.window.close()
        assert not dialog.isVisible()
