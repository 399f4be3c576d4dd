"""The markets to choose from, in groups under headings, narrowed by what is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.markets import GROUPS_OF_MARKETS, MARKETS, OTHER_MARKETS, Market

Index = QModelIndex | QPersistentModelIndex

NAME_ROLE = int(Qt.ItemDataRole.UserRole)
"""The market's name; "" for a heading."""
CODES_ROLE = NAME_ROLE + 1

_OTHERS_SHOWN = 60
"""So many contracts outside of the catalogue are listed at most; typing finds the rest."""


@dataclass(frozen=True)
class _Row:
    title: str
    name: str = ""
    codes: str = ""
    sought: str = ""


def _row(of: Market) -> _Row:
    codes = ", ".join(of.codes)
    return _Row(of.title, of.name, codes, f"{of.title} {of.name} {codes} {of.group}".casefold())


class MarketList(QAbstractListModel):
    """Headings cannot be chosen. Contracts outside of the catalogue appear only once something is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = [(group, [_row(of) for of in MARKETS if of.group == group]) for group in GROUPS_OF_MARKETS]
        self._others: list[_Row] = []
        self._text = ""
        self._rows = self._matching("")

    def set_others(self, contracts: Iterable[tuple[str, str]]) -> None:
        """Code and name of every contract that is held; those of the catalogue are left out."""
        known = {code for of in MARKETS for code in of.codes}
        self._others = [
            _Row(name, code, code, f"{name} {code}".casefold()) for code, name in contracts if code not in known
        ]
        self.narrow(self._text)

    def choices(self) -> list[_Row]:
        """Every market that can be chosen, those of the catalogue first."""
        return [row for _, group in [*self._catalogue, ("", self._others)] for row in group]

    def title_of(self, name: str) -> str:
        """What a market is called, its code where that is all that is known."""
        return next((row.title for row in self.choices() if row.name == name), name)

    def narrow(self, text: str) -> None:
        """Lists what has all the typed words in its title, name, codes or group."""
        self.beginResetModel()
        self._text = text
        self._rows = self._matching(text)
        self.endResetModel()

    def row_of(self, name: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.name == name), None)

    def first_choice(self) -> int | None:
        """The first row that is a market."""
        return next((place for place, row in enumerate(self._rows) if row.name), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.title}, {row.codes}" if row.name else f"{row.title}, heading"
            case _ if role == NAME_ROLE:
                return row.name
            case _ if role == CODES_ROLE:
                return row.codes
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self._rows[index.row()].name:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _matching(self, text: str) -> list[_Row]:
        words = text.casefold().split()
        rows: list[_Row] = []
        for group, markets in self._catalogue:
            found = [row for row in markets if all(word in row.sought for word in words)]
            rows += [_Row(group), *found] if found else []
        if words:
            others = [row for row in self._others if all(word in row.sought for word in words)][:_OTHERS_SHOWN]
            rows += [_Row(OTHER_MARKETS), *others] if others else []
        return rows
