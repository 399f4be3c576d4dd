"""A tour of the whole desk without a mouse: every page, every key that the design names."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day
from models.pages.captions import caption_lines
from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.app import App
from ui.dialogs.definitions_dialog import DefinitionsDialog
from ui.dialogs.keys_dialog import KeysDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.pages.registry import PAGES
from ui.widgets.text import Sentence

NOW = datetime(2017, 6, 20, 12, tzinfo=UTC)
NO, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
MOST_TABS = 120


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    settings = Settings(start_page="positioning", seen_hints=True)
    with running(qtbot, context(tmp_path / "profile", now=NOW), settings) as started:
        wait_for_page(qtbot, started)
        with qtbot.waitActive(started.window):
            started.window.activateWindow()
        started.window.setFocus()
        yield started


def press(app: App, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO) -> None:
    """A key where the focus is, as the keyboard would send it."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or app.window
    if isinstance(key, str):
        QTest.keyClicks(target, key, modifiers)
    else:
        QTest.keyClick(target, key, modifiers)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def go(app: App, qtbot: QtBot, name: str) -> None:
    """To a page by its number."""
    number = [entry.name for entry in PAGES].index(name) + 1
    press(app, Qt.Key(int(Qt.Key.Key_0) + number), CTRL)
    assert app.window.page_name == name
    wait_for_page(qtbot, app)


def focus_by_tab(app: App, wanted: QWidget) -> None:
    """Tab until a part has the focus; fails where Tab never comes there."""
    for _ in range(MOST_TABS):
        at = focused()
        if at is wanted or (at is not None and wanted.isAncestorOf(at)):
            return
        press(app, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {wanted}")


def go_round(app: App) -> list[QWidget]:
    """What F6 leads to until it comes round."""
    found: list[QWidget] = []
    for _ in range(MOST_TABS):
        press(app, Qt.Key.Key_F6)
        at = focused()
        assert at is not None
        if at in found:
            return found
        found.append(at)
    raise AssertionError("F6 does not come round again")


def is_live(app: App) -> bool:
    return app.desk.choice.is_live


def open_dialog(kind: type[QDialog]) -> QDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_that_each_page_is_reached_walked_through_and_left_by_keys(app: App, qtbot: QtBot, name: str) -> None:
    """By Tab through every control, by F6 from region to region."""
    go(app, qtbot, name)
    seen: list[QWidget] = []
    for _ in range(MOST_TABS):
        press(app, Qt.Key.Key_Tab)
        at = focused()
        assert at is not None
        if at in seen:
            break
        assert at.isVisible()
        seen.append(at)
    else:
        raise AssertionError("Tab does not come round again")
    page = app.window.page()
    inside = [part for part in seen if page.isAncestorOf(part)]
    assert inside, "nothing on the page takes the focus"
    for region in (app.window.rail, app.window.top_bar):
        assert any(region.isAncestorOf(one) for one in seen)
    nameless = [part for part in inside if not (part.accessibleName() or part.property("text"))]
    assert nameless == []
    regions = go_round(app)
    assert any(page.isAncestorOf(part) for part in regions)
    assert len(regions) < len(seen)


def test_that_the_positioning_chart_is_read_zoomed_and_opened_by_keys(app: App, qtbot: QtBot) -> None:
    page = app.window.page()
    focus_by_tab(app, page.chart.stack)
    for key, preset in (("y", "1Y"), ("3", "3Y"), ("5", "5Y"), ("0", "10Y"), ("a", "All")):
        press(app, key)
        assert page.range_preset == preset
    shown = page.chart.stack.shown
    press(app, "+")
    assert page.chart.stack.shown.days < shown.days
    press(app, "-")
    press(app, Qt.Key.Key_0, CTRL)
    assert page.range_preset == "All"
    press(app, Qt.Key.Key_Left, ALT)
    assert page.range_preset != "All"
    press(app, Qt.Key.Key_Right, ALT)
    assert page.range_preset == "All"
    press(app, Qt.Key.Key_Left)
    first = page.chart.stack.cursor_day
    press(app, Qt.Key.Key_Left)
    assert page.chart.stack.cursor_day < first
    press(app, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: page.drawer.isVisible())
    press(app, Qt.Key.Key_Escape)
    wait_until(qtbot, lambda: not page.drawer.isVisible())


def test_that_a_record_is_explained_opened_and_copied_by_keys(app: App, qtbot: QtBot) -> None:
    page = app.window.page()
    focus_by_tab(app, page.records.table)
    press(app, Qt.Key.Key_Down)
    press(app, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith("#\t")
    press(app, Qt.Key.Key_I, CTRL)
    dialog = open_dialog(QDialog)
    assert "Change to" in dialog.windowTitle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    app.window.activateWindow()
    page.records.table.setFocus()
    press(app, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: page.drawer.isVisible())
    press(app, Qt.Key.Key_Escape)
    wait_until(qtbot, lambda: not page.drawer.isVisible())


def test_that_a_verdict_on_the_story_opens_by_keys_and_gives_the_focus_back(app: App, qtbot: QtBot) -> None:
    app.desk.rewind(end_of_day(date(2017, 6, 16)))
    go(app, qtbot, "story")
    page = app.window.page()
    focus_by_tab(app, page.matrix._cells[0][0])
    press(app, Qt.Key.Key_Right)
    cell = focused()
    press(app, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: page.drawer.isVisible())
    press(app, Qt.Key.Key_Escape)
    assert not page.drawer.isVisible()
    assert focused() is cell


def test_that_the_as_of_day_is_stepped_and_comes_back_by_keys(app: App, qtbot: QtBot) -> None:
    press(app, "[")
    assert not is_live(app)
    days = [app.desk.choice.as_of]
    for key in ("[", "]", "{", "}"):
        press(app, key)
        days.append(app.desk.choice.as_of)
    first, second, third, month, last = days
    assert second < first == third
    assert (first - month).days >= 28
    assert month < last
    focus_by_tab(app, app.window.top_bar.as_of.field)
    press(app, Qt.Key.Key_Home)
    assert is_live(app)
    wait_for_page(qtbot, app)


def test_that_back_and_forward_lead_through_pages_and_days(app: App, qtbot: QtBot) -> None:
    go(app, qtbot, "data")
    press(app, "[")
    press(app, Qt.Key.Key_Left, ALT)
    assert is_live(app)
    press(app, Qt.Key.Key_Left, ALT)
    assert app.window.page_name == "positioning"
    press(app, Qt.Key.Key_Right, ALT)
    assert app.window.page_name == "data"
    wait_for_page(qtbot, app)


def test_that_dialogs_open_and_close_by_keys(app: App) -> None:
    dialogs: tuple[tuple[Qt.Key, Qt.KeyboardModifier, type[QDialog]], ...] = (
        (Qt.Key.Key_F1, NO, DefinitionsDialog),
        (Qt.Key.Key_Question, CTRL, KeysDialog),  # the platform, which knows the keyboard, takes Shift away
        (Qt.Key.Key_Comma, CTRL, SettingsDialog),
    )
    for key, modifiers, kind in dialogs:
        press(app, key, modifiers)
        dialog = open_dialog(kind)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        app.window.activateWindow()


def test_that_the_palette_the_market_and_the_day_open_by_keys(app: App) -> None:
    for key, modifiers in (
        (Qt.Key.Key_K, CTRL),
        (Qt.Key.Key_P, CTRL | SHIFT),
        (Qt.Key.Key_M, CTRL),
        (Qt.Key.Key_D, CTRL),
    ):
        press(app, key, modifiers)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_Escape)
        assert QApplication.activePopupWidget() is None


def test_that_ctrl_f_leads_to_the_search_of_the_pages_table(app: App, qtbot: QtBot) -> None:
    for name in ("positioning", "earnings"):
        go(app, qtbot, name)
        press(app, Qt.Key.Key_F, CTRL)
        wait_until(qtbot, lambda: isinstance(focused(), QLineEdit))
        press(app, "[")
        assert is_live(app), "a letter in a field is text"


def test_that_the_full_screen_is_entered_and_left_by_keys(app: App) -> None:
    states = []
    for key in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        press(app, key)
        states.append(app.window.isFullScreen())
    assert states == [True, False]


def test_that_ctrl_c_without_a_selection_copies_the_sentence_with_its_day(app: App, qtbot: QtBot) -> None:
    focus_by_tab(app, app.window.rail)
    press(app, Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    assert copied.startswith(app.window.page().page.sentence)
    assert "As of 20 Jun 2017" in copied
    assert "legacy report" in copied
    assert "Source: CFTC" in copied


@pytest.mark.parametrize("name", [entry.name for entry in PAGES if entry.name != "positioning"])
def test_that_the_sentence_takes_the_focus_and_is_copied_with_its_lines(app: App, qtbot: QtBot, name: str) -> None:
    go(app, qtbot, name)
    page = app.window.page()
    sentence = page.findChild(Sentence)
    for _ in range(MOST_TABS):
        press(app, Qt.Key.Key_F6)
        if focused() is sentence:
            break
    assert focused() is sentence
    press(app, Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[0].startswith(page.sentence_text().splitlines()[0])
    assert copied.splitlines()[-len(caption_lines(page.page)) :] == list(caption_lines(page.page))


def test_that_ctrl_c_on_a_verdict_copies_it_with_its_source(app: App, qtbot: QtBot) -> None:
    go(app, qtbot, "story")
    page = app.window.page()
    qtbot.waitUntil(lambda: page.matrix._cells[0][1].isVisible())
    cell = page.matrix._cells[0][1]
    cell.setFocus()
    press(app, Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    assert copied == cell.evidence().sentence
    assert "Source: " in copied
    assert copied != page.sentence_text()


def test_that_the_chart_is_copied_as_a_picture_by_keys(app: App) -> None:
    press(app, Qt.Key.Key_C, CTRL | SHIFT)
    image = QApplication.clipboard().image()
    assert image.width() >= 2 * app.window.page().chart.stack.width()
