"""The cards of the Market page about borrowing: what credit costs, and how much is owed."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from models.explain.explanation import Explanation
from models.explain.figures import credit_change, credit_level, leverage
from models.formats import DASH, day, decimal, percent
from models.pages import market_words as words
from models.pages.leverage import FundLeverage, LeveragePage
from models.pages.market import CreditRow, MarketPage
from models.qt.table_model import Column, TableModel
from ui.charts.content import EMPTY
from ui.charts.market_stacks import credit_content
from ui.charts.pair_bars import BarPair, PairBars
from ui.charts.pane_stack import PaneStack
from ui.pages.market_path import ratio_title
from ui.pages.reason_card import ReasonCard
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text, set_tip
from ui.words import tr

_SERIES_WIDTH = 170
_MOST_ROWS = 4
_DEBT_WORDS = (
    "Net debt \u00f7 EBITDA of the companies that IWM and IVV hold, outside finance and real estate, from what they"
    " filed since 2009. The SEC asks for an e-mail address of yours, which Settings keep."
)
_FRED_OFFER = "High-yield and Baa spreads are FRED\u2019s: shown, never stored."
_FRED_NOTICE = "FRED\u2019s series are held in memory only; not endorsed or certified by the St. Louis Fed."
_CHART_HEIGHT = 150


class SpreadCard(ReasonCard):
    """One credit series over time beside small over large, all series in a table. `series_chosen` gives an id."""

    series_chosen = Signal(str)
    source_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Credit"), parent)
        self._page: MarketPage | None = None
        self.series = Combo(theme, tr("Credit series that is drawn"))
        self.series.setMaximumWidth(_SERIES_WIDTH)
        self.series.activated.connect(lambda place: self.series_chosen.emit(self.series.itemData(place)))
        self.head.addWidget(self.series)
        self.chart = PaneStack(theme)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._model = TableModel(_COLUMNS, self, is_focus=lambda row: row.is_focus)
        self.table = TableView(theme, self._model, padding=4)
        self.table.setAccessibleName(tr("Credit series and their changes"))
        self.table.row_chosen.connect(lambda place: self.series_chosen.emit(self._model.row(place).series.id))
        self._caption = Line(theme, "cell", "ink")
        self._notice = Line(theme, "label", "ink3")
        self.fetch = theme.dress(QPushButton(tr("Show FRED spreads\u2026")))
        set_tip(self.fetch, tr("High-yield, investment-grade and Baa spreads, after FRED\u2019s terms"))
        self.fetch.clicked.connect(lambda: self.source_wanted.emit("fred"))
        self.chart.explain = self._explain
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._notice, 1)
        foot.addWidget(self.fetch)
        self.body.addWidget(self._caption)
        self.body.addLayout(foot)

    def show_page(self, page: MarketPage) -> None:
        self._page = page
        card = page.credit
        self.series.setVisible(card is not None)
        self.show_reason("" if card else page.reasons.get("credit", ""))
        if card is None:
            self.title.setText(tr("Credit"))
            self.chart.show_content(EMPTY)
            return
        self.title.setText(card.title)
        with QSignalBlocker(self.series):
            self.series.clear()
            for option in page.credits:
                self.series.addItem(option.label, option.value)
            self.series.setCurrentIndex(self.series.findData(card.series.id))
        self.series.updateGeometry()
        self.chart.show_content(credit_content(card, ratio_title(page)))
        self._model.show(card.rows)
        self.table.setFixedHeight(self.table.height_of(min(len(card.rows), _MOST_ROWS)))
        self._caption.setText(f"{card.caption} Observed to {day(card.end.date)}.")
        self.fetch.setVisible(not page.has_fred)
        self._notice.setText(tr(_FRED_NOTICE) if page.has_fred else tr(_FRED_OFFER))

    def _explain(self) -> Explanation | None:
        """The newest level of the series that is drawn."""
        rows = self._page.credit.rows if self._page and self._page.credit else ()
        return next((credit_level(row) for row in rows if row.is_focus), None)

    def own_subject(self) -> str:
        return ""

    def own_caption(self) -> tuple[str, ...]:
        """A series of credit has a definition and a day of its own."""
        from models.pages.captions import credit_lines

        if self._page is None or self._page.credit is None:
            return ()
        return credit_lines(self._page.credit, self._page.choice)


def _level(row: CreditRow) -> str:
    return words.level(row.series, row.reading.level)


def _tip(row: CreditRow) -> str:
    _, middle, long = row.series.horizons
    changes = "" if (middle, long) == ("4 weeks", "13 weeks") else f" Its changes are over {middle} and {long}."
    return f"{row.series.definition}{changes} Observed to {day(row.reading.date)}."


def _change(
    title: str, value: Callable[[CreditRow], float | None], span: Callable[[CreditRow], str], rank: int = 0
) -> Column:
    return Column(
        title,
        lambda row: words.change(row.series, row.reading.level, value(row)),
        rank=rank,
        tip_of=_tip,
        explain=lambda row: credit_change(row, value(row), span(row)),
    )


_PERCENTILE_TIP = "Share of all observations held that are at or below the newest"
_DIRECTION_TIP = "By the change over four weeks, against a tenth of the spread of such changes over the last year"
_COLUMNS = (
    Column("", lambda row: row.series.title, is_number=False, tip_of=_tip, most_px=150),
    Column("Now", _level, is_strong=lambda _: True, tip_of=_tip, explain=credit_level),
    _change("4 weeks", lambda row: row.reading.middle, lambda row: row.series.horizons[1]),
    _change("13 weeks", lambda row: row.reading.long, lambda row: row.series.horizons[2], rank=1),
    _change("This year", lambda row: row.reading.year_to_date, lambda _: "year to date"),
    _change("One year", lambda row: row.reading.one_year, lambda _: "one year", rank=2),
    Column("Percentile", lambda row: words.percentile(row.reading), tip=_PERCENTILE_TIP, tip_of=_tip),
    Column("Direction", lambda row: row.reading.direction, is_number=False, tip=_DIRECTION_TIP, tip_of=_tip),
)


class DebtCard(ReasonCard):
    """What small and large companies owe against what they earn, from their accounts."""

    source_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Leverage"), parent)
        self._why = Text(theme, "cell", "ink3", tr(_DEBT_WORDS), wraps=True)
        self.fetch = theme.dress(QPushButton(tr("Fetch from the SEC\u2026")))
        self.fetch.clicked.connect(lambda: self.source_wanted.emit("sec"))
        self.column.addWidget(self._why)
        self.column.addWidget(self.fetch, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.setStretchFactor(self._reason, 0)
        self.column.setSpacing(8)
        self.column.addStretch(1)
        self.page: LeveragePage | None = None
        self.bars = PairBars(theme, "Leverage of small against large caps")
        self.bars.explain = self._explain
        self._note = Text(theme, "label", "ink3", wraps=True)
        self.body.addWidget(self.bars)
        self.body.addStretch(1)
        self.body.addWidget(self._note)
        self.show_reason(tr("Reading the companies' accounts."))

    def show_page(self, page: LeveragePage) -> None:
        self.page = page
        self.show_reason(page.reason_empty)
        self._why.setVisible(bool(page.reason_empty))
        self.fetch.setVisible(bool(page.reason_empty))
        if not page.reason_empty:
            self.bars.show_pairs(_pairs(page))
            said = f"{page.statement.sentence} " if page.statement else ""
            self._note.setText(f"{said}Without financials and real estate. {page.note}")

    def _explain(self) -> Explanation | None:
        """The bar that is pointed at."""
        if self.page is None or self.page.reason_empty:
            return None
        place, is_small = self.bars.pointed
        side, (measure, title) = self.page.small if is_small else self.page.large, tuple(_PAIRS.items())[place]
        return leverage(side.latest, measure, title, f"Companies of {side.fund}") if side is not None else None


_PAIRS = {
    "median": "Net debt \u00f7 EBITDA, the median company",
    "net": "Net debt \u00f7 EBITDA, all companies together",
    "negative_ebitda_pct": "Companies with EBITDA at or below zero",
}


def _pairs(page: LeveragePage) -> tuple[BarPair, ...]:
    def pair(measure: str, title: str) -> BarPair:
        small, large = (_measure(side, measure) for side in (page.small, page.large))
        unit = "%" if measure.endswith("_pct") else "x"
        return BarPair(title, small, large, _written(small, unit), _written(large, unit))

    return tuple(pair(measure, title) for measure, title in _PAIRS.items())


def _measure(side: FundLeverage | None, measure: str) -> float | None:
    value = getattr(side.latest, measure) if side is not None else None
    return None if value is None else float(value)


def _written(value: float | None, unit: str) -> str:
    if value is None:
        return DASH
    return percent(value, 0) if unit == "%" else f"{decimal(value, 1)}x"
