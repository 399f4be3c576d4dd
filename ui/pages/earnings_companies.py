"""The companies behind the indices: a list that is searched, and the sheet of the one that is opened."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models import formats
from models.calc.consensus import SPANS_DAYS
from models.pages.company import KEYED_SOURCES, SOURCE_TITLES, CompaniesPage, CompanySheet
from models.pages.company_build import period_title
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.quiet_button import QuietButton
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

_ROW_PX = 26
_NAMES_PX = 190
_SURPRISES_SHOWN = 8


_OPEN_ONE = "Double click a company, or press Enter on it."
_NO_ESTIMATES = (
    "None of these companies has an estimate yet. A refresh of DoltHub brings their consensus, one of Nasdaq the"
    " forecasts of today, and a file of your own can be imported on the Data page."
)


class CompaniesView(QWidget):
    """`opened` gives the ticker that is to be opened, `left` comes when the indices are wanted again.

    `company_wanted` asks a keyed source (its name, the ticker) for a company.
    """

    opened = Signal(str)
    left = Signal()
    company_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: CompaniesPage | None = None
        self._ticker = ""
        self.list = Card(theme)
        self.sheet = SheetCard(theme)
        self.sheet.company_wanted.connect(self.company_wanted)
        self._count = Line(theme, "label", "ink3")
        self.search = theme.dress(QLineEdit())
        self.search.setPlaceholderText(tr("Ticker, company or sector"))
        self.search.setAccessibleName(tr("Search the companies"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.pixels(230))
        self.search.textChanged.connect(self._on_search)
        back = QuietButton(theme, tr("Back to the indices"), tr("Back to the indices"), role="button")
        back.clicked.connect(self.left)
        self.rows = TableModel(_LIST, self, is_focus=lambda row: row.ticker == self._ticker)
        self.table = TableView(theme, self.rows, opens_by=2)
        self.table.setAccessibleName(tr("Companies"))
        self.table.set_row_height(_ROW_PX)
        self.table.set_sortable()
        self.table.row_chosen.connect(self._on_row)
        self._nothing = Text(theme, "body", "ink2", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Text(theme, "card_title", "ink", tr("Companies")))
        head.addWidget(self._count, 1)
        head.addWidget(self.search, 1)
        head.addWidget(back)
        self.list.column.addLayout(head)
        self.list.column.addWidget(self._nothing)
        self.list.column.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list, 7)
        row.addWidget(self.sheet, 5)

    def show_page(self, page: CompaniesPage) -> None:
        """A new record; search, order and place stay."""
        self.page = page
        self._ticker = page.opened.ticker if page.opened else ""
        place = self.table.verticalScrollBar().value()
        self._count.setText(page.title if page.rows else "")
        self._nothing.setText(page.reason_empty)
        self._nothing.setVisible(bool(page.reason_empty))
        self.rows.show(page.rows)
        self.table.verticalScrollBar().setValue(place)
        has_estimates = any(row.eps is not None for row in page.rows)
        self.sheet.show_sheet(
            page.opened, _OPEN_ONE if has_estimates or not page.rows else f"{_NO_ESTIMATES} {_OPEN_ONE}"
        )

    def show_keys(self, held: Mapping[str, bool]) -> None:
        """Which keyed sources can be asked."""
        self.sheet.show_keys(held)

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear() if self.search.text() else self.left.emit()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.select_row(0 if self.rows.rowCount() else None)
        else:
            super().keyPressEvent(event)

    def _on_search(self, text: str) -> None:
        self.rows.filter(text)

    def _on_row(self, place: int) -> None:
        self.opened.emit(self.rows.row(place).ticker)


class SheetCard(Card):
    """One company: what is expected of it, how that moved, how its reports surprised, and who else can be asked."""

    company_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._ticker = ""
        self._held: Mapping[str, bool] = {}
        self.title = Text(theme, "card_title", "ink", wraps=True)
        self.caption = Text(theme, "label", "ink3", wraps=True)
        self.periods = TableModel(_PERIODS, self)
        self.surprises = TableModel(_SURPRISES, self)
        self._tables = tuple(
            _table(theme, model, name)
            for model, name in ((self.periods, "Estimates by period"), (self.surprises, "Surprises"))
        )
        self._heads = tuple(
            Text(theme, "header", "ink3", tr(words))
            for words in ("Estimates, dollars a share", "Reported quarters against the consensus before")
        )
        self.notes = Text(theme, "body", "ink2", wraps=True)
        self.keys = Text(theme, "label", "ink3", wraps=True)
        self.buttons = {name: _asking_button(theme, name) for name in KEYED_SOURCES}
        asking = QHBoxLayout()
        asking.setSpacing(8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.company_wanted.emit(name, self._ticker))
            asking.addWidget(button)
        asking.addStretch(1)
        for widget in (self.title, self.caption, self.notes):
            self.column.addWidget(widget)
        for head, table in zip(self._heads, self._tables, strict=True):
            self.column.addWidget(head)
            self.column.addWidget(table)
        self.column.addStretch(1)
        foot = QVBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.keys)
        foot.addLayout(asking)
        self.column.addLayout(foot)
        self.show_sheet(None)

    def show_sheet(self, sheet: CompanySheet | None, hint: str = _OPEN_ONE) -> None:
        """A company, or the hint where none is open."""
        self._ticker = sheet.ticker if sheet else ""
        self.title.setText(f"{sheet.ticker}  {sheet.name}" if sheet else tr("No company is open"))
        self.caption.setText(" \u00b7 ".join(filter(None, (sheet.sector, sheet.caption))) if sheet else "")
        self.notes.setText(" ".join(sheet.notes) if sheet else hint)
        self.notes.setVisible(bool(self.notes.text()))
        self.periods.show(sheet.periods if sheet else ())
        self.surprises.show(sheet.surprises[:_SURPRISES_SHOWN] if sheet else ())
        for head, table in zip(self._heads, self._tables, strict=True):
            count = table.table.rowCount()
            table.setFixedHeight(table.height_of(count))
            for widget in (head, table):
                widget.setVisible(count > 0)
        self._show_asking()

    def show_keys(self, held: Mapping[str, bool]) -> None:
        self._held = held
        self._show_asking()

    def _show_asking(self) -> None:
        for name, button in self.buttons.items():
            button.setVisible(bool(self._ticker) and self._held.get(name, False))
        missing = [SOURCE_TITLES[name] for name in KEYED_SOURCES if not self._held.get(name, False)]
        self.keys.setText(
            f"{' and '.join(missing)} can be asked about one company once your own key is in the system's keyring."
        )
        self.keys.setVisible(bool(missing and self._ticker))


def _table(theme: Theme, model: TableModel, name: str) -> TableView:
    table = TableView(theme, model, padding=6)
    table.setAccessibleName(name)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _asking_button(theme: Theme, name: str) -> QPushButton:
    button = theme.dress(QPushButton(f"Ask {SOURCE_TITLES[name]}"))
    button.setAutoDefault(False)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def _eps(value: float) -> str:
    return formats.decimal(value, 2)


def _signed_pct(value: float) -> str:
    return formats.percent(value, 1, signed=True)


def _revision(place: int, days: int) -> Column:
    return Column(
        f"{days} d",
        lambda row: row.revised_pct[place],
        _signed_pct,
        tip=f"Against the estimate {days} days before, in percent of its size",
    )


_LIST = (
    Column("Ticker", lambda row: row.ticker, is_number=False, is_strong=lambda _: True),
    Column("Company", lambda row: row.name, is_number=False, most_px=_NAMES_PX),
    Column("Sector", lambda row: row.sector or None, is_number=False, rank=4, most_px=130),
    Column("Fund", lambda row: row.fund, is_number=False, rank=5),
    Column("Weight", lambda row: row.weight_pct, lambda value: formats.percent(value, 2), rank=3),
    Column("Year to", lambda row: row.year_end, formats.month, rank=2),
    Column("EPS", lambda row: row.eps, _eps, tip="Consensus for the fiscal year under way, dollars a share"),
    Column(
        "Analysts",
        lambda row: row.analysts,
        lambda value: f"{value:,}",
        rank=1,
        tip_of=lambda row: "Thin: one opinion moves the average" if row.is_thin else "",
    ),
    Column("30 d", lambda row: row.revised_pct, _signed_pct, tip="Against the estimate 30 days before"),
    Column("Surprise", lambda row: row.surprise_pct, _signed_pct, rank=3, tip="Last reported quarter"),
    Column("Of", lambda row: row.vintage, formats.day, rank=6, tip="The day on which this was the consensus"),
)

_PERIODS = (
    Column("Period", period_title, is_number=False, is_strong=lambda _: True),
    Column("Mean", lambda row: row.eps, _eps),
    Column("Low", lambda row: row.low, _eps),
    Column("High", lambda row: row.high, _eps),
    Column("Analysts", lambda row: row.analysts, lambda value: f"{value:,}", rank=1),
    *(_revision(place, days) for place, days in enumerate(SPANS_DAYS)),
    Column("Source", lambda row: row.source or None, is_number=False, rank=3),
    Column("Of", lambda row: row.vintage, formats.day, rank=2),
)

_SURPRISES = (
    Column("Period", lambda row: row.period, is_number=False, is_strong=lambda _: True),
    Column("Reported", lambda row: row.reported, _eps),
    Column("Expected", lambda row: row.expected, _eps),
    Column("Difference", lambda row: row.difference, lambda value: formats.decimal(value, 2, signed=True)),
    Column("Surprise", lambda row: row.share_pct, _signed_pct, rank=1),
    Column("On", lambda row: row.day, formats.day, rank=2),
)
