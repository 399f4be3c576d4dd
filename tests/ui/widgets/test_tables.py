"""The table view."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from models import formats
from models.qt.table_model import Column, TableModel
from ui.page_layout import arrange, arranged
from ui.theme import Theme
from ui.widgets.tables import TableView

ROWS = [("Russell 2000", 7_542, -1.5, "a"), ("S&P <b>500</b>", -120_000, None, "b"), ("VIX", 33, 2.25, "c")]
COLUMNS = (
    Column("Market", lambda row: row[0], is_number=False),
    Column("Net", lambda row: row[1], lambda net: formats.count(net, signed=True)),
    Column("Share", lambda row: row[2], lambda share: formats.percent(share, signed=True), rank=1),
    Column("Note", lambda row: row[3], is_number=False, rank=2),
)


@pytest.fixture
def table(theme: Theme, shown: Callable[..., QWidget]) -> TableView:
    model = TableModel(COLUMNS)
    view = TableView(theme, model)
    model.show(ROWS)
    shown(view, 500, 200)
    return view


def test_that_ctrl_c_copies_plain_values_with_their_headers(table: TableView, qtbot: QtBot) -> None:
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert lines == [
        "Market\tNet\tShare\tNote",
        "Russell 2000\t7542\t-1.5\ta",
        "S&P <b>500</b>\t-120000\t\tb",
        "VIX\t33\t2.25\tc",
    ]


def test_that_columns_give_way_by_their_rank_where_room_is_short(table: TableView) -> None:
    shown = [not table.isColumnHidden(place) for place in range(4)]
    assert shown == [True, True, True, True]
    table.resize(220, 200)
    QApplication.processEvents()
    assert not table.isColumnHidden(0)
    assert not table.isColumnHidden(1)
    assert table.isColumnHidden(3)


def test_that_all_room_is_used_and_nothing_is_cut_off(table: TableView) -> None:
    widths = [table.columnWidth(place) for place in range(4)]
    assert sum(widths) == table.viewport().width()
    assert widths[0] >= table.fontMetrics().horizontalAdvance("S&P <b>500</b>")


def test_that_a_width_given_by_hand_stays_when_the_rows_change(table: TableView) -> None:
    table.horizontalHeader().resizeSection(1, 160)
    table.table.show(ROWS[:1])
    assert table.widths() == {"Net": 160}
    assert table.columnWidth(1) >= 160


def test_that_columns_are_chosen_and_stay_away_when_the_rows_change(table: TableView) -> None:
    menu = QMenu(table)
    table.fill_columns(menu)
    assert [action.text() for action in menu.actions()] == ["Net", "Share", "Note"]
    menu.actions()[1].trigger()
    table.table.show(ROWS[:1])
    assert [table.isColumnHidden(place) for place in range(4)] == [False, False, True, False]
    assert table.left_out() == ["Share"]
    figures = table.figures()
    assert figures is not None and "Share" in figures.headers
    menu.actions()[1].trigger()
    assert not table.isColumnHidden(2)


def test_that_the_choice_of_columns_is_remembered_by_page(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    table = TableView(theme, TableModel(COLUMNS), page)
    table.setAccessibleName("Rows")
    table.leave_out(["Note"])
    state = arranged(page)
    arrange(page, None)
    assert table.left_out() == []
    arrange(page, state)
    assert table.left_out() == ["Note"]
    arrange(page, {"left_out": {"Rows": "Note"}})
    assert table.left_out() == []


def test_that_a_click_on_the_header_sorts_and_a_second_one_turns_it_round(table: TableView, qtbot: QtBot) -> None:
    table.set_sortable()
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 10, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [table.table.row(place)[1] for place in range(3)] == [7_542, 33, -120_000]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [table.table.row(place)[1] for place in range(3)] == [-120_000, 33, 7_542]


def test_that_enter_and_a_click_choose_the_row(table: TableView, qtbot: QtBot) -> None:
    at = table.visualRect(table.table.index(2, 0)).center()
    with qtbot.waitSignal(table.row_chosen) as chosen:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [2]
    QTest.keyClick(table, Qt.Key.Key_Up)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [1]
