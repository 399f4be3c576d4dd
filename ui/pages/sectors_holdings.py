"""The holdings of the small fund: searched as one types, or compared with another file."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from models import formats
from models.calc.fund_changes import Change, HoldingChange
from models.explain.figures import holding_weight
from models.pages.sectors import FundCard, FundDay, HoldingRow, SectorsPage
from models.qt.holdings_model import CUMULATIVE, HoldingsModel, LongTableModel
from models.qt.table_model import Column, TableModel
from models.taxonomies import NOT_CLASSIFIED
from ui.pages.sectors_cards import head, without_lines
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.combo import Combo
from ui.widgets.quiet_button import QuietButton
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

NOTHING = "nothing"
_SEARCH_PX = 230
_NAMES_PX = 190
_SECTOR_PX = 118
_ROW_PX = 26
_CHANGE_WORDS = {Change.ENTERED: "entered", Change.LEFT: "left", Change.KEPT: ""}


class HoldingsCard(Card):
    """`searched` comes with each letter; `sector_dropped` when the sector's filter is taken away."""

    searched = Signal()
    sector_dropped = Signal()
    import_wanted = Signal()
    compare_chosen = Signal(str)
    """Fund and day of the other file (`IWM:2025-02-04`), or `NOTHING`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: SectorsPage | None = None
        self._title = Text(theme, "card_title", "ink", tr("Holdings"))
        self._caption = Line(theme, "label", "ink3")
        self.search = theme.dress(QLineEdit())
        self.search.setPlaceholderText(tr("Ticker or company; a|b for either"))
        self.search.setAccessibleName(tr("Search the holdings"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.pixels(_SEARCH_PX))
        self.search.textChanged.connect(self._on_search)
        self._sector = QuietButton(theme, "", tr("Show the holdings of all sectors"), role="button")
        self._sector.clicked.connect(self.sector_dropped)
        self._count = Line(theme, "cell", "ink2")
        self._compare_label = Text(theme, "label", "ink3", tr("Compare with"))
        self._compare_label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.compare = Combo(theme, tr("Compare the holdings with those of another day"))
        self.compare.activated.connect(self._on_compare)
        self._import = QuietButton(theme, tr("Import\u2026"), tr("Import holdings from a file of your own"))
        self._import.clicked.connect(self.import_wanted)
        self.rows = HoldingsModel(_columns(has_own=False), self)
        self.table = TableView(theme, self.rows)
        self.table.setAccessibleName(tr("Holdings"))
        self.table.set_row_height(_ROW_PX)
        self.table.set_sortable()
        self._changes = LongTableModel(_CHANGE_COLUMNS, self)
        self.changes = TableView(theme, self._changes)
        self.changes.setAccessibleName(tr("Changes of holdings"))
        self.changes.set_row_height(_ROW_PX)
        self.changes.set_sortable()
        self._sums = TableModel(_SUM_COLUMNS, self, is_focus=lambda row: row.sector == self._chosen)
        self.sums = TableView(theme, self._sums)
        self.sums.setAccessibleName(tr("Weights by sector"))
        self.sums.set_sortable()
        self._chosen = ""
        self._nothing = Text(theme, "body", "ink2", wraps=True)
        self._lay_out()
        clear = QShortcut(QKeySequence.StandardKey.Cancel, self.search)
        clear.activated.connect(self.search.clear)

    def show_page(self, page: SectorsPage) -> None:
        """A new record; the search, the order and the place in the table stay."""
        self._page = page
        place = self.table.verticalScrollBar().value()
        has_own = bool(page.small and page.small.weights and page.small.weights.is_estimate)
        self.rows.show(page.holdings, _columns(has_own=has_own))
        self.table.verticalScrollBar().setValue(place)
        compared = page.compared
        self._changes.show(compared.result.rows if compared else ())
        self._sums.show(() if page.holdings else page.rows)
        bare = self.sums if not page.holdings else self.table
        self._stack.setCurrentWidget(self.changes if compared else bare)
        self._title.setText(tr(_title(page)))
        self._caption.setText(compared.title if compared else page.holdings_caption)
        self._nothing.setText(without_lines(page))
        self._nothing.setVisible(not page.holdings)
        for widget in (self.search, self._count):
            widget.setVisible(bool(page.holdings))
        self._say()

    def offer(self, files: Sequence[FundDay], shown: FundCard | None, chosen: FundDay | None) -> None:
        """The files that the holdings can be compared with: first those of the same fund, then the others."""
        others = [of for of in files if shown is None or (of.fund, of.day) != (shown.fund, shown.as_of)]
        others.sort(key=lambda of: shown is not None and of.fund != shown.fund)
        self.compare.clear()
        self.compare.addItem(tr("nothing"), NOTHING)
        for of in others:
            label = formats.day(of.day) if shown and of.fund == shown.fund else f"{of.fund}, {formats.day(of.day)}"
            self.compare.addItem(label, f"{of.fund}:{of.day}")
        self.compare.setCurrentIndex(others.index(chosen) + 1 if chosen in others else 0)
        self.compare.updateGeometry()
        for widget in (self._compare_label, self.compare):
            widget.setVisible(bool(others))

    def choose(self, sector: str) -> None:
        """Keep the holdings of one sector; "" for all."""
        self._chosen = sector
        self.sums.viewport().update()
        self._sector.setText(f"{sector}  \u00d7" if sector else "")
        self._sector.setVisible(bool(sector) and self._is_table)
        self._sector.updateGeometry()
        self.rows.narrow(sector, self.rows.search)
        self._say()

    def select(self, holding: int) -> None:
        """Mark the row of a holding, by its place among all of them."""
        if holding in self.rows.found:
            place = self.rows.found.index(holding)
            self.table.select_row(place)
            self.table.scrollTo(self.rows.index(place, 0))

    @property
    def matches(self) -> frozenset[int]:
        """The holdings that match the search, none where nothing is searched."""
        return frozenset(self.rows.found) if self.rows.search.strip() else frozenset()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @property
    def _is_table(self) -> bool:
        return self._page is not None and self._page.compared is None and bool(self._page.holdings)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.changes)
        self._stack.addWidget(self.sums)
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 0, 8, 0)
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self._sector)
        tools.addWidget(self._count, 1)
        title = head(self._title, self._caption, self._import, self._compare_label, self.compare)
        title.setContentsMargins(8, 0, 8, 0)
        self.column.setContentsMargins(PADDING - 8, 10, PADDING - 8, 8)
        self.column.addLayout(title)
        self.column.addLayout(tools)
        self._nothing.setContentsMargins(8, 0, 8, 0)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._stack, 1)

    def _on_search(self, text: str) -> None:
        self.rows.narrow(self.rows.sector, text)
        if self._page is not None and self._page.compared is not None:
            self._changes.filter(text.replace("|", " "))
        self._say()
        self.searched.emit()

    def _on_compare(self, place: int) -> None:
        self.compare_chosen.emit(str(self.compare.itemData(place)))

    def _say(self) -> None:
        if self._page is None or not self._page.holdings:
            self._count.setText("")
        elif self._page.compared is not None:
            self._count.setText(self._page.compared.caption)
        else:
            found, whole = len(self.rows.found), len(self.rows.holdings)
            weight = formats.percent(self.rows.found_weight_pct)
            self._count.setText(f"{found:,} of {whole:,} holdings, {weight} of weight")


def _title(page: SectorsPage) -> str:
    if page.compared is not None:
        return "Changes of holdings"
    return "Holdings" if page.holdings else "Weights by sector"


def _weight(value: float) -> str:
    return formats.percent(value, 2)


def _sector_of(row: HoldingRow) -> str | None:
    return None if row.sector == NOT_CLASSIFIED else row.sector


def _columns(*, has_own: bool) -> tuple[Column, ...]:
    own = Column(
        "In the file",
        lambda row: row.own_sector,
        is_number=False,
        rank=3,
        tip="The provider's own sector",
        most_px=_SECTOR_PX,
    )
    return (
        Column("Ticker", lambda row: row.ticker or None, is_number=False, is_strong=lambda _: True),
        Column("Company", lambda row: row.name, is_number=False, most_px=_NAMES_PX),
        Column("Sector", _sector_of, is_number=False, rank=2, most_px=_SECTOR_PX),
        *((own,) if has_own else ()),
        Column(
            "Weight",
            lambda row: row.weight_pct,
            _weight,
            tip="Percent of the fund's equity holdings",
            explain=lambda row: holding_weight(row, "percent of the fund's equity holdings"),
        ),
        Column(CUMULATIVE, lambda row: row.weight_pct, _weight, rank=4, tip="With all rows above"),
        Column("Market value", lambda row: row.market_value_usd, formats.dollars, rank=5),
        Column("Shares held", lambda row: row.shares, formats.count, rank=1, tip="Shares held by the fund"),
    )


def _points(value: float) -> str:
    return formats.decimal(value, 2, signed=True)


_SUM_COLUMNS = (
    Column("Sector", lambda row: row.sector, is_number=False, is_strong=lambda _: True),
    Column("Small", lambda row: row.small_pct, _weight, tip="Percent of the small fund's equity"),
    Column("Large", lambda row: row.large_pct, _weight, tip="Percent of the large fund's equity"),
    Column("Difference, points", lambda row: row.difference_points, _points, tip="Small less large"),
    Column("Ratio", lambda row: row.ratio, lambda value: formats.decimal(value, 2), tip="Small over large"),
)
"""What there is of a fund whose holdings are not held."""


def _changed_points(row: HoldingChange) -> float:
    return row.points


_CHANGE_COLUMNS = (
    Column("Ticker", lambda row: row.ticker or None, is_number=False, is_strong=lambda _: True),
    Column("Company", lambda row: row.name, is_number=False, most_px=_NAMES_PX),
    Column("", lambda row: _CHANGE_WORDS[row.change], is_number=False),
    Column("Before", lambda row: row.before_pct, _weight),
    Column("After", lambda row: row.after_pct, _weight),
    Column("Change, points", _changed_points, _points),
)
