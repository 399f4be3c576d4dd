"""Any two funds and any two of their files to be compared, and the download of a fund that is not held yet."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from models import funds
from models.formats import day
from models.funds import index_title
from models.pages.sectors import FundDay
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.text import Text
from ui.words import tr

_NEWEST = "newest"


class FundsDialog(Sheet):
    """`chosen` gives small and large as `FundDay`; `fund_wanted` a fund whose holdings are to be downloaded."""

    chosen = Signal(object, object)
    fund_wanted = Signal(str)

    def __init__(self, theme: Theme, files: Sequence[FundDay], small: FundDay, large: FundDay, parent: QWidget) -> None:
        super().__init__(theme, tr("Compare any two files"), parent)
        self._days: dict[str, list[date]] = {}
        for of in files:
            if of.day is not None:
                self._days.setdefault(of.fund, []).append(of.day)
        self.small, self.small_day = self._row("Small", small)
        self.large, self.large_day = self._row("Large", large)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        rows = (("Small", self.small, self.small_day), ("Large", self.large, self.large_day))
        for line, (label, of_fund, of_day) in enumerate(rows):
            grid.addWidget(Text(theme, "body", "ink2", label, self), line, 0)
            grid.addWidget(of_fund, line, 1)
            grid.addWidget(of_day, line, 2)
        grid.setColumnStretch(3, 1)
        self.column.addLayout(grid)
        self.add_text(
            tr("A fund that is not listed is downloaded first: by its ticker, or any of iShares by its number.")
        )
        self.other = QLineEdit(self)
        self.other.setPlaceholderText(tr("IWN or 239712"))
        self.other.setAccessibleName(tr("Ticker or iShares number of another fund"))
        self.fetch = QPushButton(tr("Download"), self)
        self.fetch.setAutoDefault(False)
        self.fetch.clicked.connect(self._on_fetch)
        line_of_other = QHBoxLayout()
        line_of_other.addWidget(self.other, 1)
        line_of_other.addWidget(self.fetch)
        self.column.addLayout(line_of_other)
        self.said = self.add_text("", ink="flag")
        self.add_button(tr("Compare"), is_main=True).clicked.connect(self._on_compare)
        self.setMinimumWidth(560)

    def _row(self, name: str, of: FundDay) -> tuple[Combo, Combo]:
        """A fund and its files; the files follow the fund."""
        fund_combo = Combo(self.theme, f"{name}: fund", self)
        day_combo = Combo(self.theme, f"{name}: file", self)
        for ticker in dict.fromkeys([*self._days, of.fund]):
            title = index_title(funds.fund(ticker))
            fund_combo.addItem(ticker if title == ticker else f"{ticker}  {title}", ticker)

        def fill() -> None:
            day_combo.clear()
            day_combo.addItem(tr("Newest file"), _NEWEST)
            for when in self._days.get(str(fund_combo.currentData()), ()):
                day_combo.addItem(day(when), when.isoformat())
            day_combo.updateGeometry()

        fund_combo.setCurrentIndex(fund_combo.findData(of.fund))
        fund_combo.currentIndexChanged.connect(fill)
        fill()
        if of.day is not None:
            day_combo.setCurrentIndex(max(day_combo.findData(of.day.isoformat()), 0))
        return fund_combo, day_combo

    def _on_compare(self) -> None:
        self.chosen.emit(_picked(self.small, self.small_day), _picked(self.large, self.large_day))
        self.close()

    def _on_fetch(self) -> None:
        try:
            of = funds.fund(self.other.text())
        except funds.UnknownFund as error:
            self.said.setText(str(error))
            return
        if not of.provider:
            self.said.setText(
                f"{of.ticker} is no fund that can be downloaded; its holdings can be imported from a file."
            )
            return
        self.fund_wanted.emit(of.ticker)
        self.close()


def _picked(of_fund: Combo, of_day: Combo) -> FundDay:
    chosen = str(of_day.currentData())
    return FundDay(str(of_fund.currentData()), None if chosen == _NEWEST else date.fromisoformat(chosen))
