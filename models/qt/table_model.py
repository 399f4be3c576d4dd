"""Tables declared as data: what a column is called, which value it holds, how that is written and sorted."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models import formats
from models.explain.explanation import Explanation

_Index = QModelIndex | QPersistentModelIndex

VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The value itself: a number, a date, a text, an array, or None where it is unknown."""
STRONG_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the cell is written heavier."""
FOCUS_ROLE = Qt.ItemDataRole.UserRole + 3
"""Whether the row is the one that the page is about."""

_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """One column over rows of any kind.

    `form` writes a known value; an unknown one is an en dash. A column with `rank` 0 is always shown, others
    give way where room is short, the highest first and all of one rank together. `tip` explains the header;
    a cell's is `tip_of` its row.
    """

    title: str
    value: Callable[[Any], Any]
    form: Callable[[Any], str] = str
    is_number: bool = True
    rank: int = 0
    tip: str = ""
    is_strong: Callable[[Any], bool] | None = None
    tip_of: Callable[[Any], str] | None = None
    most_px: int = 0
    """No wider than this unless there is room to spare; 0 for as wide as its texts."""
    explain: Callable[[Any], Explanation | None] | None = None
    """How the figure of a row came about; None where that is not told."""
    is_drawn: bool = False
    """Drawn by a delegate of its own from `VALUE_ROLE`, and left out of copies."""

    def text(self, row: Any) -> str:
        value = self.value(row)
        if self.is_drawn:
            return ""
        is_unknown = value is None or (isinstance(value, float) and value != value)
        return formats.DASH if is_unknown else self.form(value)


class TableModel(QAbstractTableModel):
    """Rows of any kind under declared columns. Sorting puts unknown values last in both directions."""

    def __init__(
        self,
        columns: Sequence[Column],
        parent: QObject | None = None,
        *,
        is_focus: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._is_focus = is_focus
        self.heading: Callable[[str], str] = str
        """How a column's title and its tip are said to a reader; copies and exports keep them as they are declared."""
        self._rows: tuple[Any, ...] = ()
        self._texts: list[tuple[str, ...]] = []
        self._order: list[int] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._wanted = ""

    def show(self, rows: Sequence[Any], columns: Sequence[Column] | None = None) -> None:
        """Replace the rows, and the columns where given; the order and the filter stay."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self._rows = tuple(rows)
        self._texts = [tuple(column.text(row) for column in self.columns) for row in self._rows]
        self._order = self._arranged()
        self.endResetModel()

    def write_again(self) -> None:
        """Writes the cells of the same rows anew, where what a column says depends on more than its row."""
        self._texts = [tuple(column.text(row) for column in self.columns) for row in self._rows]
        if self._order:
            last = self.index(len(self._order) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def filter(self, wanted: str) -> None:
        """Keep the rows in which every word is found in some text."""
        self.beginResetModel()
        self._wanted = wanted
        self._order = self._arranged()
        self.endResetModel()

    def row(self, place: int) -> Any:
        """The record behind a row as it is sorted and filtered now."""
        return self._rows[self._order[place]]

    def texts(self, column: int) -> list[tuple[str, bool]]:
        """All texts of a column, filtered or not, and whether each is written heavier."""
        return [
            (texts[column], self._is_strong(row, self.columns[column]))
            for row, texts in zip(self._rows, self._texts, strict=True)
        ]

    def place_of(self, is_wanted: Callable[[Any], bool]) -> int | None:
        """Where the first record that fits stands now."""
        return next((place for place, at in enumerate(self._order) if is_wanted(self._rows[at])), None)

    def plain(self, places: Sequence[int], columns: Sequence[int]) -> tuple[list[str], list[list[object]]]:
        """Headers and values of some rows without any formatting, for copies and exports."""
        shown = [self.columns[column] for column in columns if not self.columns[column].is_drawn]
        rows = [[_plain(column, self.row(place)) for column in shown] for place in places]
        return [column.title for column in shown], rows

    def explanation(self, place: int, column: int) -> Explanation | None:
        """How a figure came about: that of the column, else of the row's first that can be explained."""
        row = self.row(place)
        told = [at for at, one in enumerate(self.columns) if one.explain is not None]
        for at in (column, *told):
            explain = self.columns[at].explain
            if explain is not None and (found := explain(row)) is not None:
                return found
        return None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = self._order[index.row()], self.columns[index.column()]
        row = self._rows[at]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._texts[at][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip_of(row) if column.tip_of else None
            case _ if role == VALUE_ROLE:
                return column.value(row)
            case _ if role == STRONG_ROLE:
                return self._is_strong(row, column)
            case _ if role == FOCUS_ROLE:
                return self._focuses(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.heading(column.title)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return self.heading(column.tip) if column.tip else None
            case Qt.ItemDataRole.InitialSortOrderRole:
                return Qt.SortOrder.DescendingOrder if column.is_number else Qt.SortOrder.AscendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values of a column; -1 goes back to the order in which the rows came."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._order[index.row()] for index in before]
        self._sorted_by = (column, order) if column >= 0 else None
        self._order = self._arranged()
        now = {at: place for place, at in enumerate(self._order)}
        after = [self.index(now[at], index.column()) for at, index in zip(kept, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _is_strong(self, row: Any, column: Column) -> bool:
        return column.is_strong(row) if column.is_strong else self._focuses(row)

    def _focuses(self, row: Any) -> bool:
        return self._is_focus is not None and self._is_focus(row)

    def _arranged(self) -> list[int]:
        words = self._wanted.casefold().split()
        found = [at for at, row in enumerate(self._rows) if not words or self._has(at, row, words)]
        if self._sorted_by is None or self._sorted_by[0] >= len(self.columns):
            return found
        column, order = self.columns[self._sorted_by[0]], self._sorted_by[1]
        keys = {at: _sort_key(column.value(self._rows[at])) for at in found}
        known = [at for at in found if keys[at] is not None]
        unknown = [at for at in found if keys[at] is None]
        known.sort(key=lambda at: keys[at], reverse=order == Qt.SortOrder.DescendingOrder)
        return known + unknown

    def _has(self, at: int, row: Any, words: list[str]) -> bool:
        texts = [text for text, column in zip(self._texts[at], self.columns, strict=True) if not column.is_number]
        tips = [column.tip_of(row) for column in self.columns if column.tip_of]
        everything = " ".join(texts + tips).casefold()
        return all(word in everything for word in words)


def _sort_key(value: Any) -> Any:
    """Comparable within a column, None where unknown; an array counts by its last value."""
    if isinstance(value, np.ndarray):
        value = float(value[-1]) if len(value) else None
    if value is None or (isinstance(value, float) and value != value) or value == "":
        return None
    return value.casefold() if isinstance(value, str) else value


def _plain(column: Column, row: Any) -> object:
    """A value as programs read it; one that stands for words, being no finite number, as those words."""
    value = column.value(row)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if value != value:
            return None
        if math.isinf(value):
            return column.form(value)
        return int(value) if value.is_integer() else value
    return value.isoformat() if isinstance(value, date) else value
