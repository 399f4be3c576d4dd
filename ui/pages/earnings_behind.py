"""The card of the Earnings page on what is behind the figures: losses, sectors, the companies' consensus."""

import math
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import formats
from models.calc.index_earnings import YearOnYear
from models.explain.figures import consensus, earnings_growth, growth_gap, left_of_profit
from models.pages.earnings import EarningsPage, Left, Panel, SectorGrowth
from models.pages.leverage import LeveragePage
from models.qt.table_model import Column, TableModel
from ui.charts.bar_chart import Bar, BarChart, BarGroup
from ui.charts.share_bars import ShareBars, ShareRow
from ui.pages.earnings_cards import LARGE, SMALL
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.quiet_button import QuietButton
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

_LEAST_YEARS = 72


class BehindCard(Card):
    """What is behind the figures: what is left as reported and companies that lose money, or growth by sector."""

    panel_chosen = Signal(str)
    companies_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._panels = SegmentedControl(theme, tr("What is behind the figures"), padding=8)
        self._panels.chosen.connect(self.panel_chosen)
        companies = QuietButton(theme, tr("Companies\u2026"), tr("The companies behind the estimates, one by one"))
        companies.clicked.connect(self.companies_wanted)
        head = QHBoxLayout()
        head.addWidget(self._panels)
        head.addStretch(1)
        head.addWidget(companies)
        self._caption = Line(theme, "cell", "ink2")
        name = "What was left of operating profit as reported"
        self.years = BarChart(theme, name, "%", is_signed=False, least_height=_LEAST_YEARS)
        self._years_caption = Line(theme, "label", "ink3", tr("The same by year, % of operating earnings"))
        self._bars = ShareBars(theme, "What is left of operating profit as reported")
        self._strain = _StrainTable(theme)
        self._strain.hide()  # until there are accounts
        self.leverage = Text(theme, "cell", "ink2", wraps=True)
        self.leverage.hide()
        self._note = Text(theme, "label", "ink3", wraps=True)
        self._rows = TableModel((), self)
        self.table = TableView(theme, self._rows, padding=6)
        self.table.setAccessibleName(tr("Growth by sector"))
        self._losses = QWidget()
        column = QVBoxLayout(self._losses)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._bars, self._strain, self.leverage, self._years_caption):
            column.addWidget(widget)
        column.addWidget(self.years, 1)
        column.addStretch()
        column.addWidget(self._note)
        self._reason = Text(theme, "cell", "ink2", wraps=True)
        self._sectors = QWidget()
        rows = QVBoxLayout(self._sectors)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._reason)
        rows.addWidget(self.table, 1)
        self.measures = MeasuresTable(theme)
        self._stack = QStackedWidget()
        for content in (self._losses, self._sectors, self.measures):
            self._stack.addWidget(content)
        self.column.addLayout(head)
        self.column.addWidget(self._caption)
        self.column.addWidget(self._stack, 1)

    def show_page(self, page: EarningsPage, since: str = "") -> None:
        """Of the years that are drawn, those from `since` on."""
        panel = page.options.panel
        self._panels.show_options(page.panels)
        shown = {Panel.SECTORS: self._sectors, Panel.CONSENSUS: self.measures}
        self._stack.setCurrentWidget(shown.get(panel, self._losses))
        if panel is Panel.CONSENSUS:
            self._caption.setText(tr("What the companies' own estimates add up to"))
            self.measures.show_page(page)
            return
        if panel is Panel.SECTORS:
            self._caption.setText(f"Growth by sector, {page.year}" if page.year else tr("Growth by sector"))
            self._reason.setText(page.sectors_reason)
            self._reason.setVisible(bool(page.sectors_reason))
            self._rows.show(page.sectors, _sector_columns(page))
            return
        year = page.left[0].year if page.left else ""
        self._caption.setText(f"How much of {year} operating profit is left as reported" if year else page.left_reason)
        inks = {page.options.small: SMALL, page.options.large: LARGE}
        self.years.show_groups(_left_groups(page, inks, since))
        self._bars.show_rows([_share_row(left, inks[left.subject]) for left in page.left])
        self._bars.explain = partial(left_of_profit, page.left[0]) if page.left else lambda: None

    def show_accounts(self, page: EarningsPage) -> None:
        """The companies' accounts, which come a moment after the page; until then the years have their room."""
        self._strain.show_page(page)
        for widget in (self._years_caption, self.years):
            widget.setVisible(page.strain is None and bool(self.years.groups))
        self._note.setText(page.strain_note)

    def show_leverage(self, page: LeveragePage) -> None:
        """What is owed against what is earned, in a sentence; without accounts the note says who brings them."""
        said = page.statement.sentence if page.statement else ""
        self.leverage.setText(said)
        self.leverage.setVisible(bool(said))


class MeasuresTable(QWidget):
    """The companies' consensus measure by measure, with what it rests on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = TableModel((), self)
        self.table = TableView(theme, self.rows, padding=6)
        self.table.setAccessibleName(tr("Company consensus"))
        self.note = Text(theme, "label", "ink3", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addStretch()

    def show_page(self, page: EarningsPage) -> None:
        self.rows.show(page.measures, _MEASURES)
        self.table.setVisible(bool(page.measures))
        self.note.setText(page.measures_note)


_MEASURES = (
    Column("Measure", lambda row: row.title, is_number=False, tip_of=lambda row: row.tip),
    Column(
        "Small",
        lambda row: row.small,
        tip_of=lambda row: row.tip,
        explain=lambda row: consensus(row, "Small caps", row.small, row.worked[0]),
    ),
    Column(
        "Large",
        lambda row: row.large,
        tip_of=lambda row: row.tip,
        explain=lambda row: consensus(row, "Large caps", row.large, row.worked[1]),
    ),
)


def _share_row(left: Left, ink: str) -> ShareRow:
    note = f"{formats.dollars(left.as_reported)} reported of {formats.dollars(left.operating)} operating"
    share = None if left.share_pct is None else left.share_pct / 100
    return ShareRow(left.title, ink, share, "NM" if share is None else formats.percent(left.share_pct, 0), note)


def _left_groups(page: EarningsPage, inks: Mapping[str, str], since: str) -> list[BarGroup]:
    """The share that was left, year by year; NM in a year of losses."""
    made = []
    for year in sorted({left.year for left in page.left_years if left.year >= since}):
        of_year = [left for left in page.left_years if left.year == year]
        bars = [
            Bar(
                left.share_pct,
                formats.decimal(left.share_pct, 0) if left.share_pct else "NM",
                inks[left.subject],
                False,
            )
            for left in of_year
        ]
        tip = ", ".join(f"{left.title} {formats.percent(left.share_pct, 0)}" for left in of_year)
        made.append(BarGroup(year, f"{year}: {tip}", tuple(bars), how=partial(left_of_profit, of_year[0])))
    return made


class _StrainTable(QWidget):
    """Three lines of shares, small and large side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(theme, "header", "ink3", tr("Companies, ex financials and real estate")), 0, 0)
        for column, (name, ink) in enumerate((("Small", SMALL), ("Large", LARGE)), start=1):
            grid.addWidget(Text(theme, "header", ink, tr(name)), 0, column)
        self._cells: dict[tuple[str, str], Text] = {}
        for row, (field, name) in enumerate(_STRAIN.items(), start=1):
            grid.addWidget(Text(theme, "cell", "ink", tr(name)), row, 0)
            for column, ink in enumerate((SMALL, LARGE), start=1):
                self._cells[field, ink] = Text(theme, "cell_strong", ink)
                grid.addWidget(self._cells[field, ink], row, column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_page(self, page: EarningsPage) -> None:
        self.setVisible(page.strain is not None)
        if page.strain is not None:
            for (field, ink), cell in self._cells.items():
                strain = page.strain.small if ink == SMALL else page.strain.large
                cell.setText(formats.percent(getattr(strain, field), 0) if strain else formats.DASH)


_STRAIN = {
    "lost_money_pct": "Lost money",
    "negative_ebitda_pct": "Negative EBITDA",
    "thin_cover_pct": "Interest covered less than 1.5 times",
}


def _sector_columns(page: EarningsPage) -> tuple[Column, ...]:
    small, large = (side.title if side else name for side, name in ((page.small, "Small"), (page.large, "Large")))
    return (
        Column(
            "Sector", lambda row: row.sector or "Whole index", is_number=False, is_strong=lambda row: not row.sector
        ),
        Column(
            small,
            lambda row: _growth_of(row.small),
            _growth_text,
            explain=lambda row: earnings_growth(row.small, f"{small}, {row.sector or 'whole index'}"),
        ),
        Column(
            large,
            lambda row: _growth_of(row.large),
            _growth_text,
            explain=lambda row: earnings_growth(row.large, f"{large}, {row.sector or 'whole index'}"),
        ),
        Column(
            "Gap",
            _gap_of,
            lambda value: formats.points(value, 0),
            explain=lambda row: growth_gap(row.small, row.large, f"{small} and {large}, {row.sector or 'whole index'}"),
        ),
    )


def _growth_of(growth: YearOnYear | None) -> float | None:
    """NM is written as the smallest of all, so that it sorts last among the known."""
    return None if growth is None else _NM if growth.growth_pct is None else growth.growth_pct


_NM = -math.inf


def _growth_text(value: float) -> str:
    return "NM" if value == _NM else formats.percent(value, 0, signed=True)


def _gap_of(row: SectorGrowth) -> float | None:
    return row.gap_points
