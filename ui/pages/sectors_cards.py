"""Three cards of the Sectors page: weights side by side, holdings as tiles, weights over time."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from models import formats
from models.calc.attribution import Contribution
from models.calc.sectors import SectorRow
from models.calendars import NEW_YORK
from models.explain.explanation import Explanation
from models.explain.figures import contribution, holding_weight, sector_difference
from models.formats import day
from models.pages.sectors import FundCard, SectorsPage
from models.qt.table_model import Column, TableModel
from models.statements.words import capital
from models.taxonomies import todays
from models.windows import window
from ui.charts.sector_bars import SectorBars
from ui.charts.sector_history import HistoryChart
from ui.charts.treemap_view import Treemap
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.combo import Combo
from ui.widgets.quiet_button import QuietButton
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

WEIGHTS, LEAD, FUNDS = "weights", "lead", "funds"
_WINDOWS = ("mtd", "qtd", "ytd", "250d")
"""Stretches over which the lead is taken apart, as `models.windows` names them."""
_HEAD_GAP = 8
_MONTHS_TIP = (
    "Download the fund's holdings at past month-ends, about one a second;"
    " it can be cancelled, and goes on from there the next time"
)


def head(title: Text, *others: QWidget) -> QHBoxLayout:
    """A card's title with what stands at its right."""
    row = QHBoxLayout()
    row.setSpacing(_HEAD_GAP)
    title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    row.addWidget(title)
    for widget in others:
        row.addWidget(widget, 1 if isinstance(widget, Line) else 0)
    return row


@dataclass(frozen=True)
class _View:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


class WeightsCard(Card):
    """Paired bars, how much each sector contributed to the lead of small caps, or what else the files say."""

    sector_chosen = Signal(str)
    window_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: SectorsPage | None = None
        self._sector = ""
        self._title = Text(theme, "card_title", "ink", tr("Weight by sector, %"))
        self._caption = Line(theme, "label", "ink3")
        self._views = SegmentedControl(theme, tr("What the card shows"), padding=8)
        self._views.chosen.connect(self.set_view)
        self._window = Combo(theme, tr("Stretch over which the lead is taken apart"))
        self._window.activated.connect(self._on_window)
        self.bars = SectorBars(theme)
        self.bars.sector_chosen.connect(self.sector_chosen)
        self.bars.explain = self._explain_bar
        self._lead_rows = TableModel(_LEAD_COLUMNS, self, is_focus=lambda row: row.sector == self._sector)
        self.lead = TableView(theme, self._lead_rows, padding=6)
        self.lead.setAccessibleName(tr("Contribution of each sector to the lead of small caps"))
        self.lead.row_chosen.connect(self._on_lead_row)
        self._facts = TableModel(_COMPOSITION, self)
        self.facts = TableView(theme, self._facts, padding=6)
        self.facts.setAccessibleName(tr("What the files of the two funds hold"))
        self._stack = QStackedWidget()
        for content in (self.bars, self.lead, self.facts):
            self._stack.addWidget(content)
        self._reading = Line(theme, "cell", "ink2")
        self._cautions = Text(theme, "label", "ink3", wraps=True)
        self.column.setContentsMargins(PADDING, 5, PADDING, 10)
        self.column.addLayout(head(self._title, self._caption, self._window, self._views))
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self._reading)
        self.column.addWidget(self._cautions)
        self.view = WEIGHTS

    def show_page(self, page: SectorsPage) -> None:
        self._page = page
        titles = tuple(f"{side} {card.fund}" if card else side for side, card in _sides(page))
        self.bars.show_rows(page.rows, (titles[0], titles[1]))
        self._lead_rows.show(page.attribution.contributions if page.attribution else ())
        self._facts.show(page.composition, _composition_columns(titles))
        self._cautions.setText(" ".join(page.cautions))
        self._cautions.setVisible(bool(page.cautions))
        self._offer_windows(page.options.window)
        self.set_view(self.view)

    def choose(self, sector: str) -> None:
        self._sector = sector
        self.bars.choose(sector)
        self.lead.viewport().update()
        self._say()

    def _explain_bar(self) -> Explanation | None:
        row, page = self.bars.pointed_row, self._page
        if row is None or page is None:
            return None
        files = ", ".join(f"{card.fund} holdings of {day(card.as_of)}" for _, card in _sides(page) if card)
        large_pct = row.large_pct if row.difference_points is not None else None
        return sector_difference(row.sector, row.small_pct, large_pct, files, *page.cautions)

    def set_view(self, view: str) -> None:
        """`weights`, `lead` or `funds`."""
        self.view = view
        self._views.show_options([_View(value, label, value == view) for value, label in _VIEW_LABELS.items()])
        self._stack.setCurrentWidget({LEAD: self.lead, FUNDS: self.facts}.get(view, self.bars))
        self._window.setVisible(view == LEAD)
        self._title.setText(tr(_VIEW_TITLES[view]))
        page = self._page
        if page is not None:
            captions = {WEIGHTS: page.rows_caption, LEAD: page.attribution_caption}
            self._caption.setText(captions.get(view, ""))
        self._say()

    def _say(self) -> None:
        """What stands below: the chosen sector's ratio, or the lead and what is left of it."""
        page = self._page
        if page is None:
            return
        if self.view == LEAD and page.attribution is not None:
            made = page.attribution
            lead, left = (formats.decimal(v, 2, signed=True) for v in (made.lead_points, made.residual_points))
            small, large = (formats.percent(v, 1, signed=True) for v in (made.small_return_pct, made.large_return_pct))
            self._reading.setText(f"Small {small}, large {large}: lead {lead} points, {left} not explained by sectors.")
            return
        if self.view == LEAD:
            self._reading.setText(page.attribution_caption)
            return
        if self.view == FUNDS:
            self._reading.setText(" ".join(card.weights.note for _, card in _sides(page) if card and card.weights))
            return
        row = next((row for row in page.rows if row.sector == self._sector), None)
        self._reading.setText(_words(row) if row else "")

    def _offer_windows(self, chosen: str) -> None:
        """The stretches offered, and the one chosen where it is another."""
        self._window.clear()
        for name in dict.fromkeys([*_WINDOWS, chosen]):
            self._window.addItem(capital(window(name).title), name)
        self._window.setCurrentIndex(self._window.findData(chosen))
        self._window.updateGeometry()

    def _on_window(self, place: int) -> None:
        self.window_chosen.emit(str(self._window.itemData(place)))

    def _on_lead_row(self, place: int) -> None:
        self.sector_chosen.emit(self._lead_rows.row(place).sector)


_VIEW_LABELS = {WEIGHTS: "Weights", LEAD: "Lead", FUNDS: "Funds"}
_VIEW_TITLES = {WEIGHTS: "Weight by sector, %", LEAD: "Lead by sector, points", FUNDS: "The two files"}


def _sides(page: SectorsPage) -> tuple[tuple[str, FundCard | None], tuple[str, FundCard | None]]:
    return ("Small", page.small), ("Large", page.large)


def _words(row: SectorRow) -> str:
    """`Financials: 18.1% against 14.0%, 1.29 times, +4.1 points`."""
    small, large = formats.percent(row.small_pct), formats.percent(row.large_pct)
    if row.difference_points is None:
        return f"{row.sector}: {small} against {large}; not to be compared."
    times = f"{formats.decimal(row.ratio, 2)} times, " if row.ratio is not None else ""
    difference = formats.decimal(row.difference_points, 1, signed=True)
    return f"{row.sector}: {small} against {large}, {times}{difference} points."


def _points(value: float) -> str:
    return formats.decimal(value, 2, signed=True)


def _return(value: float) -> str:
    return formats.percent(value, 1, signed=True)


def _lead_of(row: Contribution) -> float | None:
    return row.lead_points


def _composition_columns(titles: tuple[str, ...]) -> tuple[Column, ...]:
    return (
        Column("", lambda row: row.title, is_number=False, tip_of=lambda row: row.tip),
        Column(titles[0], lambda row: row.small, is_strong=lambda _: True),
        Column(titles[1], lambda row: row.large),
    )


_COMPOSITION = _composition_columns(("Small", "Large"))

_LEAD_COLUMNS = (
    Column("Sector", lambda row: row.sector, is_number=False),
    Column("Return", lambda row: row.return_pct, _return, rank=1, tip="Return of the sector fund over the window"),
    Column("Small", lambda row: row.small_points, _points, rank=2, tip="Weight at the start x return"),
    Column("Large", lambda row: row.large_points, _points, rank=2, tip="Weight at the start x return"),
    Column(
        "Lead",
        _lead_of,
        _points,
        is_strong=lambda _: True,
        tip="Contribution to small less that to large",
        explain=contribution,
    ),
)


class TreemapCard(Card):
    """One tile a holding; what matches the search is dark."""

    sector_chosen = Signal(str)
    holding_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: SectorsPage | None = None
        self._title = Text(theme, "card_title", "ink", tr("Holdings by sector"))
        self._caption = Line(theme, "label", "ink3")
        self.map = Treemap(theme)
        self.map.explain = self._explain
        self.map.sector_chosen.connect(self.sector_chosen)
        self.map.holding_chosen.connect(self.holding_chosen)
        self.column.addLayout(head(self._title, self._caption))
        self.column.addWidget(self.map, 1)

    def _explain(self) -> Explanation | None:
        """The holding under the pointer, else the sector."""
        page, found = self._page, self.map.pointed
        if page is None or page.small is None or found is None:
            return None
        block, index = found
        if index >= 0 and page.holdings:
            return holding_weight(page.holdings[index], "percent of the fund's equity holdings")
        about = f"{page.small.fund} holdings of {day(page.small.as_of)}"
        return sector_difference(block.name, _tile_weights(page).get(block.name), None, about)

    def show_page(self, page: SectorsPage) -> None:
        self._page = page
        small = page.small
        tiles = "holding" if page.holdings else "sector"
        self._title.setText(f"{small.index_title} fund by {tiles}" if small else tr("Holdings by sector"))
        self.map.show_blocks(page.blocks, page.holdings, _tile_weights(page))
        self._caption.setText(_tiles_caption(page))


def _tiles_caption(page: SectorsPage) -> str:
    """What a tile is; holdings of which no file has the sector stand apart, while the bars split them."""
    if not page.holdings:
        return "area = weight" if page.blocks else ""
    text = "one tile per holding, area = weight; blue tiles match the search"
    apart = page.small.weights.split_pct if page.small and page.small.weights else 0.0
    return f"{text}; {formats.percent(apart)} without a sector stand apart" if apart else text


def _tile_weights(page: SectorsPage) -> dict[str, float]:
    """The weight of each block's own tiles, which is what its area shows."""
    if not page.holdings:
        return dict(page.small.weights.by_sector) if page.small and page.small.weights else {}
    sums: dict[str, float] = {}
    for row in page.holdings:
        sums[row.sector] = sums.get(row.sector, 0.0) + row.weight_pct
    return sums


def without_lines(page: SectorsPage) -> str:
    """Why there are no holdings, and what to do; empty where there are."""
    if page.holdings or page.small is None:
        return ""
    return (
        f"The built-in figures of {page.small.fund} have sector weights only."
        " A refresh downloads the holdings; a file of your own can be imported."
    )


class HistoryCard(Card):
    """Sector weights over the fund's files; the pointer gives a file's figure."""

    sector_chosen = Signal(str)
    months_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: SectorsPage | None = None
        self._title = Text(theme, "card_title", "ink", tr("Sectors over time"))
        self._caption = Line(theme, "label", "ink3")
        self.chart = HistoryChart(theme)
        self.chart.sector_chosen.connect(self.sector_chosen)
        self.chart.pointed.connect(self._on_pointed)
        self.chart.explain = self._explain
        self._nothing = Text(theme, "body", "ink2", wraps=True)
        self.fetch = QuietButton(theme, tr("Get month-ends"), tr(_MONTHS_TIP))
        self.fetch.clicked.connect(self.months_wanted)
        self.column.setContentsMargins(PADDING, 6, PADDING, 10)
        self.column.addLayout(head(self._title, self._caption, self.fetch))
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self._nothing)
        self.column.addStretch()

    def _explain(self) -> Explanation | None:
        found, history = self.chart.pointed_weight, self.chart.history
        if found is None or history is None:
            return None
        name, of, pct = found
        return sector_difference(name, pct, None, f"{history.title}, file of {of}")

    def show_page(self, page: SectorsPage) -> None:
        self._page = page
        history = page.history
        self._title.setText(f"Sectors over time, {history.title}" if history else tr("Sectors over time"))
        as_of = None if page.choice.is_live else page.choice.as_of.astimezone(NEW_YORK).date()
        self.chart.show_history(history, as_of)
        self.chart.setVisible(history is not None)
        self._nothing.setText(page.history_reason)
        self._nothing.setVisible(history is None)
        self._on_pointed("")

    def choose(self, sector: str) -> None:
        """The same sector, in another taxonomy the one that comes nearest; the largest where none is chosen."""
        page = self._page
        if not sector and page is not None and page.history is not None:
            sector = page.history.sectors[0]
        weights = page.small.weights if page and page.small else None
        has_it = page is None or page.history is None or sector in page.history.sectors
        self.chart.choose(sector if has_it or weights is None else todays(sector, weights.taxonomy))

    def _on_pointed(self, words: str) -> None:
        history = self._page.history if self._page else None
        self._caption.setText(words or (history.caption if history else ""))
