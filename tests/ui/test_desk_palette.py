"""The palette in the real window: opened and used by keyboard, on the built-in figures."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day
from models.desk_search import EntryKind
from services.settings import Settings, load
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.app import App
from ui.widgets.palette import TOP, WIDTH, CommandPalette
from ui.widgets.text import tip

NOW = datetime(2017, 6, 20, 12, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    with running(qtbot, context(tmp_path / "profile", now=NOW), Settings(start_page="positioning")) as started:
        wait_for_page(qtbot, started)
        yield started


def opened(app: App, qtbot: QtBot, text: str = "") -> CommandPalette:
    """The palette with what was typed, once the figures' entries are there."""
    app.window.activateWindow()
    app.window.commands["palette"].trigger()
    palette = app.palette._palette
    assert palette is not None
    wait_until(qtbot, lambda: bool(app.palette._figures))
    QTest.keyClicks(palette.field, text)
    return palette


def press(palette: CommandPalette, key: Qt.Key) -> None:
    QTest.keyClick(palette.field, key)


def test_that_it_lies_over_the_middle_of_the_window(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot)
    at = app.window.mapFromGlobal(palette.pos())
    assert (palette.width(), at.y()) == (WIDTH, TOP)
    assert at.x() == (app.window.width() - WIDTH) // 2
    palette.close()


def test_that_a_page_is_opened_by_enter_on_the_first_result(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot, "data")
    press(palette, Qt.Key.Key_Return)
    assert app.window.page_name == "data"
    assert palette.isHidden()
    assert app.palette.recent == ["action:page_data"]


def test_that_escape_gives_the_focus_back(app: App, qtbot: QtBot) -> None:
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    app.window.top_bar.refresh.setFocus()
    palette = opened(app, qtbot)
    press(palette, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is app.window.top_bar.refresh
    assert app.window.page_name == "positioning"


def test_that_a_day_rewinds_to_the_release_of_its_report(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot, "22 nov 2016")
    press(palette, Qt.Key.Key_Return)
    assert not app.desk.choice.is_live
    assert app.desk.choice.as_of == end_of_day(date(2016, 11, 28))
    wait_until(qtbot, lambda: str(app.window.page().page.main.date[-1]) == "2016-11-22")


def test_that_a_record_opens_its_evidence(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot, "rise jun 2017")
    record = next(entry for entry in palette.entries if entry.kind is EntryKind.RECORD)
    while palette.list.currentIndex().data() != record.title:
        press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: app.window.page().page.evidence is not None)
    assert app.desk.choice.focus == record.day
    assert app.window.page().drawer.isVisible()


def test_that_a_claim_opens_on_the_story(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot, "claim")
    title = palette.entries[0].title
    press(palette, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: app.window.page_name == "story" and app.window.is_drawn)
    wait_until(qtbot, lambda: app.window.page().drawer.isVisible())
    assert app.window.page().drawer.evidence.claim
    assert title


def test_that_a_seam_moves_the_crosshair_there(app: App, qtbot: QtBot) -> None:
    palette = opened(app, qtbot, "seam $50")
    press(palette, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: app.window.page().chart.stack.cursor_day is not None)


def test_that_a_market_is_shown_and_offered_again(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    palette = opened(app, qtbot, "nasdaq-100")
    press(palette, Qt.Key.Key_Return)
    assert app.desk.choice.market == "nasdaq-100"
    wait_for_page(qtbot, app)
    app.window.commands["palette"].trigger()
    assert palette.entries[0].kind is EntryKind.RECENT
    assert palette.entries[0].title == "Nasdaq-100"
    palette.close()


def test_that_every_command_that_can_run_is_found_and_no_other(app: App) -> None:
    app.window.commands.update_states()
    names = {entry.target.name for entry in (*app.palette._actions(), *app.palette._pages())}
    able = {spec.name for spec in app.window.commands if app.window.commands[spec.name].isEnabled()}
    assert names == able - {"palette"}


def test_that_nothing_is_an_orphan_and_no_key_does_two_things(app: App) -> None:
    commands = app.window.commands
    assert commands.orphans == []
    keys = [QKeySequence(key).toString() for spec in commands for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert app.window.top_bar.refresh.toolTip() == tip(commands.tip("refresh"))
    assert app.window.top_bar.refresh.accessibleDescription() == commands.tip("refresh")


def test_that_what_was_used_last_survives_a_start_and_garbage_does_not(tmp_path: Path, qtbot: QtBot) -> None:
    of = context(tmp_path / "profile", now=NOW)
    with running(qtbot, of, Settings(layout={"recent": ["action:page_data", 7, "x" * 500]})) as app:
        wait_for_page(qtbot, app)
        assert app.palette.recent == ["action:page_data"]
    assert load(tmp_path / "profile")[0].layout["recent"] == ["action:page_data"]
