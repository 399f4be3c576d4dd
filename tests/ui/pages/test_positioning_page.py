"""The Positioning page as a whole."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from models.formats import DASH
from models.markets import MARKETS
from models.names import Basis, Direction, Group, Kind, Report
from models.qt.desk import Desk
from tests.ui.pages import sample
from ui.charts.ticks import day_number
from ui.pages.positioning_page import PositioningPage
from ui.theme import Theme
from ui.widgets.segmented import Segment

FOCUS = date(2017, 6, 13)
Show = Callable[..., QWidget]


@pytest.fixture
def page(desk: Desk, theme: Theme, shown: Show) -> PositioningPage:
    made = PositioningPage(desk, theme)
    made.show_page(sample.page(400))
    shown(made, 1400, 824)
    return made


def segment(page: QWidget, label: str) -> Segment:
    return next(one for one in page.findChildren(Segment) if one.text() == label and not one.isHidden())


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        ("TFF", "report", Report.TFF_FUTURES),
        ("% of OI", "basis", Basis.SHARE_OF_OI),
        ("52w", "lookback", 52),
        ("All", "lookback", None),
    ],
)
def test_that_a_control_changes_the_choice_of_the_desk(
    page: PositioningPage, desk: Desk, qtbot: QtBot, label: str, name: str, value: object
) -> None:
    QTest.mouseClick(segment(page.controls, label), Qt.MouseButton.LeftButton)
    assert getattr(desk.choice, name) == value


def test_that_group_and_contracts_are_chosen_from_lists(page: PositioningPage, desk: Desk) -> None:
    lists = {combo.accessibleName(): combo for combo in page.controls.findChildren(QComboBox)}
    lists["Group"].activated.emit(1)
    lists["Contracts"].activated.emit(1)
    assert desk.choice.group is Group.COMMERCIAL
    assert desk.choice.legs == "all"


def test_that_an_impossible_choice_is_disabled_with_its_reason(page: PositioningPage) -> None:
    options = segment(page.controls, "Fut + options")
    assert not options.isEnabled()
    assert "No combined rows of this report are held." in options.toolTip()


def test_that_an_empty_market_says_so_and_what_to_do(page: PositioningPage) -> None:
    empty = sample.empty_page()
    page.show_page(empty)
    assert empty.reason_empty.endswith("refresh to download them.")
    for card in (page.latest, page.records):
        said = [label.text() for label in card.findChildren(QLabel)]
        assert empty.reason_empty in said
        assert not any("not in this source" in text or text.endswith(f", {DASH}") for text in said)


def test_that_a_row_of_the_latest_values_selects_its_group(page: PositioningPage, desk: Desk, qtbot: QtBot) -> None:
    table = page.latest.table
    at = table.visualRect(table.table.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (desk.choice.group, desk.choice.report) == (Group.LEVERAGED_FUNDS, Report.TFF_COMBINED)


@pytest.mark.parametrize(
    ("label", "kind", "direction"),
    [
        ("Falls", Kind.SWING, Direction.DOWN),
        ("Highs", Kind.LEVEL, Direction.UP),
        ("Lows", Kind.LEVEL, Direction.DOWN),
        ("Streaks", Kind.STREAK, Direction.BOTH),
    ],
)
def test_that_the_ranking_can_be_of_swings_levels_and_streaks(
    page: PositioningPage, desk: Desk, qtbot: QtBot, label: str, kind: Kind, direction: Direction
) -> None:
    QTest.mouseClick(segment(page.records, label), Qt.MouseButton.LeftButton)
    assert (desk.choice.kind, desk.choice.direction) == (kind, direction)


def test_that_a_row_of_the_records_opens_its_evidence(page: PositioningPage, desk: Desk, qtbot: QtBot) -> None:
    table = page.records.table
    table.select_row(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.choice.focus == sample.page(400).records[0].date


def test_that_evidence_opens_a_drawer_that_pushes_in_a_wide_window(page: PositioningPage) -> None:
    before = page.chart.width()
    page.show_page(sample.page(400, focus=FOCUS))
    QApplication.processEvents()
    assert page.drawer.isVisible()
    assert page.chart.width() < before
    assert page.chart.mapTo(page, QPoint(page.chart.width(), 0)).x() <= page.drawer.x()


def test_that_the_drawer_lies_over_the_page_in_a_narrow_window(page: PositioningPage) -> None:
    page.resize(1052, 624)
    QApplication.processEvents()
    before = page.chart.width()
    page.show_page(sample.page(400, focus=FOCUS))
    QApplication.processEvents()
    assert page.chart.width() == before
    assert page.rect().contains(page.drawer.geometry())


def test_that_escape_closes_the_drawer_and_focus_returns_to_where_it_was(
    page: PositioningPage, desk: Desk, qtbot: QtBot
) -> None:
    page.records.table.setFocus(Qt.FocusReason.TabFocusReason)
    desk.choose(focus=FOCUS)
    page.show_page(sample.page(400, focus=FOCUS))
    page.drawer.take_focus()
    QTest.keyClick(page.drawer, Qt.Key.Key_Escape)
    assert desk.choice.focus is None
    page.show_page(sample.page(400))
    assert not page.drawer.isVisible()
    assert page.records.table.hasFocus()


def test_that_escape_closes_the_drawer_before_the_window_takes_the_key(
    page: PositioningPage, desk: Desk, shown: Show
) -> None:
    taken: list[str] = []
    window_key = QAction(page)
    window_key.setShortcut("Esc")
    window_key.triggered.connect(lambda: taken.append("window"))
    page.addAction(window_key)
    desk.choose(focus=FOCUS)
    page.show_page(sample.page(400, focus=FOCUS))
    page.latest.table.setFocus()
    QTest.keyClick(page.latest.table, Qt.Key.Key_Escape)
    assert (desk.choice.focus, taken) == (None, [])
    page.show_page(sample.page(400))
    QTest.keyClick(page.latest.table, Qt.Key.Key_Escape)
    assert taken == ["window"]


def test_that_a_click_on_a_week_asks_for_its_evidence(page: PositioningPage, desk: Desk, qtbot: QtBot) -> None:
    stack = page.chart.stack
    x = round(stack.x_of(day_number(date(2017, 2, 28))))
    with qtbot.waitSignal(stack.day_chosen, timeout=1000):
        QTest.mouseClick(stack, Qt.MouseButton.LeftButton, pos=QPoint(x, 80))
    assert desk.choice.focus == date(2017, 2, 28)


def test_that_a_refresh_keeps_zoom_crosshair_selection_and_focus(page: PositioningPage) -> None:
    stack = page.chart.stack
    stack.zoom(0.3, float(stack.content.days[-100]))
    stack.set_cursor(float(stack.content.days[-90]))
    page.latest.table.setFocus(Qt.FocusReason.TabFocusReason)
    kept = (stack.shown, stack.cursor_day)
    page.show_page(sample.page(401, last=np.datetime64("2017-06-20")))
    assert (stack.shown, stack.cursor_day) == kept
    assert page.latest.table.hasFocus()


def test_that_a_preset_is_shown_and_told(page: PositioningPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.range_changed) as changed:
        page.set_range("5Y")
    assert changed.args == ["5Y"]
    with qtbot.waitSignal(page.range_changed) as changed:
        page.chart.stack.zoom(0.5)
    assert changed.args == [""]
    assert page.range_preset == ""


def test_that_the_state_survives_a_restart(page: PositioningPage, desk: Desk, theme: Theme, shown: Show) -> None:
    page.chart.set_shown_panes(["long_short", "price"])
    page.chart.stack.zoom(0.4, float(page.chart.stack.content.days[-80]))
    page.latest.table.horizontalHeader().resizeSection(0, 190)
    state = page.state()
    other = PositioningPage(desk, theme)
    other.restore(state)
    other.show_page(sample.page(400))
    shown(other, 1400, 824)
    assert other.state() == state
    assert "long_short" in other.chart.stack.content.keys


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"range": 3, "panes": "x", "widths": [], "view": 7},
        {"range": {"start": "a", "end": None}},
        {"range": {"start": 9, "end": 1}},
    ],
)
def test_that_a_state_that_makes_no_sense_changes_nothing(page: PositioningPage, state: dict[str, object]) -> None:
    before = page.state()
    page.restore(state)
    assert page.state() == before


def test_that_the_scanner_sorts_filters_and_opens_a_market(page: PositioningPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view_changed) as changed:
        page.set_view("scanner")
    assert changed.args == ["scanner"]
    page.show_scanner(sample.scanner())
    table = page.scanner.table
    table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    nets = [table.table.row(place).net for place in range(table.table.rowCount())]
    assert nets[:-1] == sorted((net for net in nets if net is not None), reverse=True)
    assert nets[-1] is None
    page.search()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "market 07")
    assert table.table.rowCount() == 1
    table.select_row(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.choice.market == MARKETS[7].name
    assert page.view == "chart"


def test_that_a_refresh_of_the_scanner_keeps_order_and_selection(page: PositioningPage) -> None:
    page.set_view("scanner")
    page.show_scanner(sample.scanner())
    table = page.scanner.table
    table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    table.select_row(3)
    chosen = table.table.row(3).market
    page.show_scanner(sample.scanner(50))
    assert table.table.row(table.currentIndex().row()).market == chosen


@pytest.mark.parametrize("size", [(1356, 824), (1052, 624), (912, 564), (1716, 1000)])
def test_that_no_text_is_cut_off_in_any_window(page: PositioningPage, size: tuple[int, int]) -> None:
    page.show_page(sample.page(400))
    page.resize(*size)
    QApplication.processEvents()
    for box in (page.controls, page.records):
        for one in (*box.findChildren(Segment), *box.findChildren(QComboBox), *box.findChildren(QSpinBox)):
            if one.isVisible():
                assert one.width() >= one.sizeHint().width()
                assert box.rect().contains(QPoint(one.mapTo(box, QPoint(one.width(), 0)).x() - 1, 20))
    for label in page.findChildren(QLabel):
        if label.isVisible() and type(label).__name__ == "Text" and not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()
    for table in (page.latest.table, page.records.table):
        widths = sum(table.columnWidth(place) for place in range(len(table.table.columns)))
        assert widths <= table.viewport().width()


@pytest.mark.parametrize("percent", [90, 115, 130])
def test_that_the_page_follows_the_text_size(page: PositioningPage, theme: Theme, percent: int) -> None:
    theme.choose("light", percent)
    page.show_page(sample.page(400, focus=FOCUS))
    QApplication.processEvents()
    assert page.latest.table.verticalHeader().defaultSectionSize() == theme.pixels(24)
    assert page.drawer.width() == theme.pixels(380)
    for one in page.controls.findChildren(QComboBox):
        if one.isVisible():
            assert one.width() >= one.sizeHint().width()
            assert one.mapTo(page.controls, one.rect().bottomRight()).x() < page.controls.width()


def test_that_an_empty_market_can_be_shown_and_left(page: PositioningPage) -> None:
    page.show_page(sample.empty_page())
    page.grab()
    page.show_page(sample.page(400))
    assert len(page.chart.stack.panes) == 4


def test_that_every_part_has_a_name_for_those_who_cannot_see_it(page: PositioningPage) -> None:
    for part in (page.chart.stack, page.latest.table, page.records.table, page.scanner.table, page.drawer):
        assert part.accessibleName()


def test_that_the_view_of_episodes_is_one_of_three(page: PositioningPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view_changed, timeout=5000) as changed:
        page.set_view("episodes")
    assert changed.args == ["episodes"]
    assert page.episodes.isVisible()
    assert not page.chart.isVisible()
    page.restore({"view": "chart"})
    assert page.chart.isVisible()
    assert page.view == "chart"
