"""Long tables that are written only where they are seen, and a fund's holdings filtered as one types."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from models.pages.sectors import HoldingRow, matching, running_weight, weight_of
from models.qt.table_model import Column, TableModel

CUMULATIVE = "Cumulative"
"""The column whose figure depends on the rows above it."""

_SAMPLED = 12
"""Texts of a column that are looked at for its width: the longest by their letters."""


class LongTableModel(TableModel):
    """Ten thousand rows are shown without writing them all: a cell is written when it is asked for."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._samples: dict[int, list[tuple[str, bool]]] = {}

    def show(self, rows: Sequence[Any], columns: Sequence[Column] | None = None) -> None:
        """Replace the rows; the order and the filter stay."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self._rows = tuple(rows)
        self._samples = {}
        self._order = self._arranged()
        self.endResetModel()

    def texts(self, column: int) -> list[tuple[str, bool]]:
        """Some texts of a column that are at least as long as the others: enough to find its width."""
        if column not in self._samples:
            of = self.columns[column]
            if of.is_number:
                values = [value for row in self._rows if (value := of.value(row)) is not None]
                chosen: Iterable[str] = (of.form(value) for value in (max(values), min(values))) if values else ()
            else:
                chosen = sorted({str(of.value(row) or "") for row in self._rows}, key=len)[-_SAMPLED:]
            self._samples[column] = [(text, False) for text in chosen]
        return self._samples[column]

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[index.column()].text(self.row(index.row()))
        return super().data(index, role)

    def _has(self, at: int, row: Any, words: list[str]) -> bool:
        values = (column.value(row) for column in self.columns if not column.is_number)
        text = " ".join(str(value or "") for value in values).casefold()
        return all(word in text for word in words)


class HoldingsModel(LongTableModel):
    """The equity holdings of a fund, narrowed to a sector and a search."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.holdings: tuple[HoldingRow, ...] = ()
        self.sector, self.search = "", ""
        self._running: list[float] = []

    def show(self, rows: Sequence[Any], columns: Sequence[Column] | None = None) -> None:
        self.holdings = tuple(rows)
        super().show(rows, columns)

    def narrow(self, sector: str, search: str) -> None:
        """Keep the rows of a sector ("" is every one) that match a search."""
        if (sector, search) != (self.sector, self.search):
            self.sector, self.search = sector, search
            self.beginResetModel()
            self._order = self._arranged()
            self.endResetModel()

    @property
    def found(self) -> tuple[int, ...]:
        """The places of the rows shown, among all holdings."""
        return tuple(self._order)

    @property
    def found_weight_pct(self) -> float:
        return weight_of(self.holdings, tuple(self._order))

    def cumulative(self, row: int) -> float:
        """The weight of a row with all that stand above it now."""
        if len(self._running) != len(self._order):
            self._running = list(running_weight(self.holdings, tuple(self._order)))
        return self._running[row]

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if index.isValid() and is_text and self.columns[index.column()].title == CUMULATIVE:
            return self.columns[index.column()].form(self.cumulative(index.row()))
        return super().data(index, role)

    def plain(self, places: Sequence[int], columns: Sequence[int]) -> tuple[list[str], list[list[object]]]:
        headers, rows = super().plain(places, columns)
        if CUMULATIVE in headers:
            at = headers.index(CUMULATIVE)
            for place, row in zip(places, rows, strict=True):
                row[at] = self.cumulative(place)
        return headers, rows

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._running = []
        if column < 0 or self.columns[column].title != CUMULATIVE:
            super().sort(column, order)

    def _arranged(self) -> list[int]:
        self._running = []
        found = matching(self.holdings, self.sector, self.search)
        if self._sorted_by is None:
            return list(found)
        column, order = self.columns[self._sorted_by[0]], self._sorted_by[1]
        keys = {at: _key(column.value(self._rows[at])) for at in found}
        known = sorted((at for at in found if keys[at] is not None), key=lambda at: keys[at])
        if order == Qt.SortOrder.DescendingOrder:
            known.reverse()
        return known + [at for at in found if keys[at] is None]


def _key(value: object) -> Any:
    if value is None or value == "":
        return None
    return value.casefold() if isinstance(value, str) else value
