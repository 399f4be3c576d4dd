"""What a file of holdings does not say by itself: whose it is, of which day, and which column is which."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLineEdit, QWidget

from models import funds
from services.importing_holdings import FIELDS, Columns, Look
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.text import Text
from ui.words import tr

NOT_THERE = "not in the file"
_UNKNOWN = QDate(1980, 1, 1)
"""Stands for no day: older than any file of holdings."""
_LABELS = {
    "ticker": "Ticker",
    "name": "Company",
    "sector": "Sector",
    "weight": "Weight",
    "market_value": "Market value",
    "shares": "Shares",
}
"""The fields that are asked for; the others are taken where their header is known."""
_CELL_CHARACTERS = 24
_COLUMNS_SHOWN = 6


class HoldingsDialog(Sheet):
    """`wanted` gives (fund, day, columns or None) once they make sense; the dialog then closes."""

    wanted = Signal(str, object, object)

    def __init__(self, theme: Theme, name: str, look: Look, columns: Columns | None, parent: QWidget) -> None:
        """`columns` are those that were chosen for such a file before."""
        super().__init__(theme, f"Import holdings from {name}", parent)
        self._look = look
        self._before = columns or look.columns
        self.fund = QLineEdit(look.fund, self)
        self.fund.setPlaceholderText(tr("IWM"))
        self.fund.setAccessibleName(tr("Fund"))
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(tr("Holdings as of"))
        self.day.setMaximumDate(QDate.currentDate())
        self.day.setMinimumDate(_UNKNOWN)
        self.day.setSpecialValueText(tr("choose the day"))
        self.day.setMinimumHeight(30)
        self.day.setDate(QDate(look.as_of.year, look.as_of.month, look.as_of.day) if look.as_of else _UNKNOWN)
        self._combos: dict[str, Combo] = {}
        self._fill()
        self.said = self.add_text("", ink="flag")
        self.add_button(tr("Import"), is_main=True).clicked.connect(self._on_import)
        self.setMinimumWidth(620)

    def _fill(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        rows: list[tuple[str, QWidget]] = [("Fund (ticker)", self.fund), ("Holdings as of", self.day)]
        if not self._look.is_download:
            rows += [(f"Column of {label.lower()}", self._combo(key)) for key, label in _LABELS.items()]
        for line, (label, control) in enumerate(rows):
            grid.addWidget(Text(self.theme, "body", "ink2", label, self), line, 0)
            grid.addWidget(control, line, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        if self._look.rows:
            headers = self._look.headers[:_COLUMNS_SHOWN]
            cells = [[cell[:_CELL_CHARACTERS] for cell in row[: len(headers)]] for row in self._look.rows]
            self.add_table(headers, [row + [""] * (len(headers) - len(row)) for row in cells])

    def _combo(self, key: str) -> Combo:
        combo = Combo(self.theme, tr(_LABELS[key]), self)
        combo.addItem(tr(NOT_THERE), "")
        for header in self._look.headers:
            combo.addItem(header, header)
        combo.setCurrentIndex(max(combo.findData(self._before.headers.get(key, "")), 0))
        self._combos[key] = combo
        return combo

    def columns(self) -> Columns | None:
        """What is chosen; None for a provider's own file."""
        if self._look.is_download:
            return None
        chosen = {key: str(combo.currentData()) for key, combo in self._combos.items() if combo.currentData()}
        asked = set(_LABELS)
        others = {key: text for key, text in self._look.columns.headers.items() if key in FIELDS and key not in asked}
        return Columns(chosen | others, self._before.weight_unit, self._before.decimal)

    def _missing(self, columns: Columns | None) -> str:
        """What still has to be said, as a sentence."""
        if not self.fund.text().strip():
            return "Say whose holdings these are, by the fund's ticker, such as IWM."
        if self.day.date() == _UNKNOWN:
            return "Say of which day the holdings are."
        if columns is not None and not {"weight", "market_value"} & columns.headers.keys():
            return "Say which column has the weights or the market values."
        if columns is not None and not {"ticker", "name"} & columns.headers.keys():
            return "Say which column has the tickers or the companies."
        return ""

    def _on_import(self) -> None:
        columns = self.columns()
        said = self._missing(columns)
        self.said.setText(said)
        if said:
            return
        try:
            name = funds.fund(self.fund.text()).ticker
        except funds.UnknownFund as error:
            self.said.setText(str(error))
            return
        chosen = self.day.date()
        self.wanted.emit(name, date(chosen.year(), chosen.month(), chosen.day()), columns)
        self.close()
