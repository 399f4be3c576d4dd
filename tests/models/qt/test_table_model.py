"""Tables declared as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

from models import formats
from models.qt.table_model import FOCUS_ROLE, VALUE_ROLE, Column, TableModel


@dataclass(frozen=True)
class City:
    name: str
    people: float | None
    founded: date | None


CITIES = (
    City("Rome", 2_800_000.0, date(1, 1, 1)),
    City("Oslo", None, date(1048, 1, 1)),
    City("=Bern", 134_000.0, None),
    City("athens", 643_000.0, date(1834, 1, 1)),
)
COLUMNS = (
    Column("City", lambda city: city.name, is_number=False),
    Column("People", lambda city: city.people, lambda people: formats.count(people)),
    Column("Founded", lambda city: city.founded, formats.day),
)


@pytest.fixture
def model(model_tester: Callable[[QAbstractItemModel], None]) -> TableModel:
    made = TableModel(COLUMNS, is_focus=lambda city: city.name == "Oslo")
    model_tester(made)
    made.show(CITIES)
    return made


def column(model: TableModel, place: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row, place).data(role) for row in range(model.rowCount())]


def test_that_a_cell_is_written_as_its_column_says_and_an_unknown_one_is_a_dash(model: TableModel) -> None:
    assert column(model, 1) == ["2,800,000", "–", "134,000", "643,000"]
    assert column(model, 2)[2] == "–"


def test_that_numbers_stand_right_and_texts_left(model: TableModel) -> None:
    right = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    left = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert left & Qt.AlignmentFlag.AlignLeft


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Qt.SortOrder.AscendingOrder, ["=Bern", "athens", "Rome", "Oslo"]),
        (Qt.SortOrder.DescendingOrder, ["Rome", "athens", "=Bern", "Oslo"]),
    ],
)
def test_that_sorting_goes_by_the_number_and_puts_the_unknown_last(
    model: TableModel, order: Qt.SortOrder, expected: list[str]
) -> None:
    model.sort(1, order)
    assert column(model, 0) == expected


def test_that_texts_are_sorted_without_regard_to_case(model: TableModel) -> None:
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert column(model, 0) == ["=Bern", "athens", "Oslo", "Rome"]


def test_that_sorting_by_no_column_brings_back_the_first_order(model: TableModel) -> None:
    model.sort(1, Qt.SortOrder.AscendingOrder)
    model.sort(-1)
    assert column(model, 0) == ["Rome", "Oslo", "=Bern", "athens"]


def test_that_new_rows_keep_the_order_that_was_chosen(model: TableModel) -> None:
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.show([*CITIES, City("Paris", 9_000_000.0, None)])
    assert column(model, 0)[0] == "Paris"


def test_that_a_selected_row_is_followed_through_a_sort(model: TableModel) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    rome = QPersistentModelIndex(model.index(0, 0))
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert rome.row() == 2
    assert rome.data() == "Rome"


def test_that_the_filter_looks_for_every_word_in_the_texts(model: TableModel) -> None:
    model.filter("OS")
    assert column(model, 0) == ["Oslo"]
    model.filter("")
    assert model.rowCount() == 4


def test_that_a_copy_holds_plain_values_under_the_headers(model: TableModel) -> None:
    headers, rows = model.plain([0, 1, 2], [0, 1, 2])
    assert headers == ["City", "People", "Founded"]
    assert rows == [["Rome", 2800000, "0001-01-01"], ["Oslo", None, "1048-01-01"], ["=Bern", 134000, None]]


def test_that_the_focus_row_is_told_apart(model: TableModel) -> None:
    assert column(model, 0, FOCUS_ROLE) == [False, True, False, False]
    assert column(model, 1, VALUE_ROLE)[0] == 2_800_000.0
