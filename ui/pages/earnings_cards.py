"""The four cards of the Earnings page: growth by year, revisions, the gap, and what is behind the figures."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models import formats
from models.calc.index_earnings import Gap, YearOnYear
from models.calendars import NEW_YORK
from models.explain.explanation import Explanation
from models.explain.figures import consensus, earnings_growth, growth_gap, revision
from models.pages.earnings import EarningsPage, Left, Panel, RevisionPath, SectorGrowth, YearPair
from models.pages.leverage import LeveragePage
from models.qt.table_model import Column, TableModel
from ui.charts.bar_chart import Bar, BarChart, BarGroup, Bracket
from ui.charts.earnings_figures import gap_figures, growth_figures
from ui.charts.share_bars import ShareBars, ShareRow
from ui.charts.vintage_chart import VintageChart, VintageLine
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.chip import ChipRow
from ui.widgets.quiet_button import QuietButton
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

SMALL, LARGE = "small", "large"
_CROWDED_GROUPS = 12
_MOST_GAPS = 20
_LEAST_YEARS = 72
DIAMOND = "\u25c6"

_HEAD_HEIGHT = 28


class GrowthCard(Card):
    """Growth of both indices by calendar year; estimates are hatched, NM is said."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        title = Line(theme, "card_title", "ink", tr("Growth in earnings per share by calendar year"))
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips = ChipRow(theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._chips, 1)
        self._names = (Text(theme, "cell_strong", SMALL), Text(theme, "cell_strong", LARGE))
        self._readout = Line(theme, "cell", "ink2")
        names = QHBoxLayout()
        names.setContentsMargins(30, 0, 0, 0)
        names.setSpacing(18)
        for name in self._names:
            names.addWidget(name)
        names.addWidget(self._readout, 1)
        self.chart = BarChart(theme, "Growth in earnings per share by calendar year", "%")
        self.chart.pointed.connect(self._on_pointed)
        self._coverage = Text(theme, "label", "ink3", wraps=True)
        self.column.addLayout(head)
        self.column.addLayout(names)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self._coverage)

    def show_page(self, page: EarningsPage, since: str = "") -> None:
        """The years from `since` on."""
        self._chips.show_texts(page.chips)
        for label, side, size in zip(self._names, (page.small, page.large), ("small", "large"), strict=True):
            label.setText(f"{side.title} {size} caps" if side else "")
        shown = [place for place, pair in enumerate(page.years) if pair.period >= since]
        self.chart.show_groups([_year_group(page, place) for place in shown], figures=growth_figures(page, since))
        self._coverage.setText(page.coverage)

    def _on_pointed(self, group: object) -> None:
        self._readout.setText(group.tip if isinstance(group, BarGroup) else "")


def _year_group(page: EarningsPage, place: int) -> BarGroup:
    pair = page.years[place]
    label = pair.period + ("E" if pair.is_estimate else "")
    bars = tuple(
        _growth_bar(growth, ink) for growth, ink in ((pair.small, SMALL), (pair.large, LARGE)) if growth is not None
    )
    told = [
        f"{ink} {formats.dollars(growth.eps)} after {formats.dollars(growth.base)}{_instead(growth)}"
        for growth, ink in ((pair.small, SMALL), (pair.large, LARGE))
        if growth is not None
    ]
    return BarGroup(
        label, f"{label}: {', '.join(told)}", bars, pair.period == page.year, partial(_explain_pair, page, pair)
    )


def _explain_pair(page: EarningsPage, pair: YearPair) -> Explanation | None:
    """The gap where both sides are known, else the growth of the side that is."""
    titles = [side.title if side else name for side, name in ((page.small, "Small"), (page.large, "Large"))]
    both = growth_gap(pair.small, pair.large, " and ".join(titles))
    return both or earnings_growth(pair.small, titles[0]) or earnings_growth(pair.large, titles[1])


def _instead(growth: YearOnYear) -> str:
    """What is said where growth means nothing: the change over market value."""
    if not growth.is_nm or growth.change_of_value_pct is None:
        return ""
    return f" ({formats.percent(growth.change_of_value_pct, 2, signed=True)} of market value)"


def _growth_bar(growth: YearOnYear, ink: str) -> Bar:
    if growth.growth_pct is None:
        return Bar(None, "NM", ink, growth.is_estimate)
    return Bar(growth.growth_pct, formats.decimal(growth.growth_pct, 0, signed=True), ink, growth.is_estimate)


class RevisionsCard(Card):
    """How the estimate of one year moved, vintage by vintage; with one vintage alone, where the next is."""

    go_there = Signal()
    later_wanted = Signal()
    year_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._titles = ("", "")
        self._paths: tuple[RevisionPath, ...] = ()
        self._year = ""
        self._title = Line(theme, "card_title", "ink")
        self.year = QuietButton(theme, "", tr("The year whose estimates are drawn, vintage by vintage"), role="button")
        self._years = QMenu(self.year)
        self._years.triggered.connect(lambda action: self.year_chosen.emit(action.data()))
        self.year.set_menu(self._years)
        self._caption = Line(theme, "label", "ink3")
        self.chart = VintageChart(theme, "Revisions of the year's estimate")
        self._only = Text(theme, "body", "ink2", wraps=True)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 2, 0, 4)
        ways.setSpacing(8)
        self.there, self.later = QPushButton(tr("Go there")), QPushButton(f"{tr('Show it, marked')} {DIAMOND}")
        self.there.clicked.connect(self.go_there)
        self.later.clicked.connect(self.later_wanted)
        for button in (self.there, self.later):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            ways.addWidget(button)
        ways.addStretch(1)
        self.chart.explain = self._explain
        self.column.setContentsMargins(PADDING, 5, PADDING, 10)
        self.column.addLayout(_beside(self._title, self.year))
        for widget in (self._caption, self._only, self._ways):
            self.column.addWidget(widget)
        self.column.addWidget(self.chart, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        """In few words where the whole has no room beside the year."""
        room, metrics = self._title.contentsRect().width(), self._title.fontMetrics()
        long, short = self._titles
        self._title.setText(long if metrics.horizontalAdvance(long) <= room else short)

    def _explain(self) -> Explanation | None:
        """The small caps' line, else the other."""
        return next((found for path in self._paths if (found := revision(path, self._year)) is not None), None)

    def _show_years(self, page: EarningsPage) -> None:
        self._year = page.revised_year
        self._years.clear()
        for option in page.revision_years:
            action = self._years.addAction(option.label)
            action.setCheckable(True)
            action.setChecked(option.is_chosen)
            action.setData(int(option.value))
        self.year.setText(self._year)
        self.year.setVisible(len(page.revision_years) > 1)
        self.year.updateGeometry()

    def show_page(self, page: EarningsPage, since: date = date.min) -> None:
        """The vintages from `since` on, the first of them as 100; all where none is as young."""
        only = page.only_vintage
        self._show_years(page)
        self._titles = (page.revisions_title, page.revisions_short_title)
        self.column.activate()
        self._fit_title()
        self._caption.setText(page.revisions_caption)
        self._caption.setVisible(not only)
        self._only.setText(only)
        for widget in (self._only, self._ways):
            widget.setVisible(bool(only))
        is_ahead = page.next_known_at is not None and not page.choice.later_data
        self.there.setVisible(is_ahead)
        self.later.setVisible(is_ahead)
        paths = self._paths = tuple(path.since(since) for path in page.revisions)
        has_later = any(any(path.later) for path in paths)
        today = page.choice.as_of.astimezone(NEW_YORK).date()
        inks = {page.options.small: SMALL, page.options.large: LARGE}
        self.chart.show_lines(
            [_line(path, inks[path.subject]) for path in paths],
            today if has_later else None,
            f"{page.revisions_note} {DIAMOND}",
            None if has_later or any(path.points[-1].is_complete for path in paths) else today,
        )


def _beside(title: Line, button: QuietButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStrut(_HEAD_HEIGHT)
    row.addWidget(title, 1)
    row.addWidget(button)
    return row


def _line(path: RevisionPath, ink: str) -> VintageLine:
    first, last = path.points[0], path.points[-1]
    if len(path.points) == 1:
        label, note = formats.dollars(last.eps), "the only vintage"
    else:
        label = "NM" if path.change_pct is None else formats.percent(path.change_pct, 1, signed=True)
        note = f"{formats.dollars(first.eps)} \u2192 {last.eps:,.2f}"
    vintages, complete = (tuple(getattr(p, name) for p in path.points) for name in ("vintage", "is_complete"))
    return VintageLine(ink, vintages, path.rebased, complete, label, note, path.title)


class GapCard(Card):
    """Small minus large, with the run of reported periods on one side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = Text(theme, "card_title", "ink")
        self._caption = Line(theme, "label", "ink3")
        self._quiet = ""
        self.chart = BarChart(theme, "Growth gap, small minus large", "")
        self.chart.pointed.connect(self._on_pointed)
        for widget in (self._title, self._caption):
            self.column.addWidget(widget)
        self.column.addWidget(self.chart, 1)

    def show_page(self, page: EarningsPage, since: str = "") -> None:
        """The quarters or years from `since` on."""
        self._title.setText(page.gaps_title)
        shown = [gap for gap in page.gaps if gap.period >= since]
        if since:  # two decades of quarters can be had with All
            shown = shown[-_MOST_GAPS:]
        is_crowded = len(shown) > _CROWDED_GROUPS
        groups = [_gap_group(gap, is_crowded=is_crowded) for gap in shown]
        self.chart.show_groups(groups, _bracket(page, shown), gap_figures(page, shown))
        self._quiet = "points, small minus large, year on year"
        self._on_pointed(None)

    def _on_pointed(self, group: object) -> None:
        self._caption.setText(group.tip if isinstance(group, BarGroup) else self._quiet)


def _gap_group(gap: Gap, *, is_crowded: bool) -> BarGroup:
    ink = LARGE if (gap.points or 0) < 0 else SMALL
    text = "NM" if gap.points is None else formats.decimal(gap.points, 0, signed=True)
    year, _, quarter = gap.period.partition("Q")
    label = year if quarter in ("", "1") else ""
    if quarter and not is_crowded:
        label = f"Q{quarter} {year}"
    tip = f"{gap.period}: {formats.points(gap.points)}" + (", estimate" if gap.is_estimate else "")
    return BarGroup(label, tip, (Bar(gap.points, text, ink, gap.is_estimate),))


def _bracket(page: EarningsPage, gaps: Sequence[Gap]) -> Bracket | None:
    """Over the run, as far as it is shown."""
    if page.streak is None or len(page.streak) < 2:
        return None
    shown = [place for place, gap in enumerate(gaps) if gap.period in page.streak.periods]
    return Bracket(shown[0], shown[-1], page.streak_words) if shown else None


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
        made.append(BarGroup(year, f"{year}: {tip}", tuple(bars)))
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
            grid.addWidget(Text(theme, "header", ink, name), 0, column)
        self._cells: dict[tuple[str, str], Text] = {}
        for row, (field, name) in enumerate(_STRAIN.items(), start=1):
            grid.addWidget(Text(theme, "cell", "ink", name), row, 0)
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
