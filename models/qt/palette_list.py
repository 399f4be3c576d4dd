"""The results of the command palette as a list under headings."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.desk_search import Entry

Index = QModelIndex | QPersistentModelIndex

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
"""The entry of a row; None for a heading."""

_NOWHERE = QModelIndex()
_CAN_BE_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class PaletteList(QAbstractListModel):
    """Rows are headings and entries in turn; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Entries of one kind stand together."""
        self.beginResetModel()
        self._rows = []
        for place, entry in enumerate(entries):
            if not place or entries[place - 1].kind is not entry.kind:
                self._rows.append(entry.kind.value)
            self._rows.append(entry)
        self.endResetModel()

    def step(self, row: int, by: int) -> int:
        """The row of the next entry in a direction, round at the ends; -1 where there is none."""
        places = [place for place, held in enumerate(self._rows) if isinstance(held, Entry)]
        if not places:
            return -1
        if row not in places:
            return places[0]
        return places[(places.index(row) + by) % len(places)]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row if isinstance(row, Entry) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Entry) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, Entry):
                return ", ".join(filter(None, (row.title, row.note, row.hint)))
            return f"{row}, heading"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CAN_BE_CHOSEN if isinstance(self._rows[index.row()], Entry) else Qt.ItemFlag.ItemNeverHasChildren
