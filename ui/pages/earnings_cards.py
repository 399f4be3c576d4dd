"""Cards of the Earnings page: growth by year, revisions, the gap; what is behind the figures is in earnings_behind."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from models import formats
from models.calc.index_earnings import Gap, YearOnYear
from models.calendars import NEW_YORK
from models.explain.explanation import Explanation
from models.explain.figures import earnings_growth, growth_gap, revision
from models.pages.earnings import EarningsPage, RevisionPath, Side, YearPair
from ui.charts.bar_chart import Bar, BarChart, BarGroup, Bracket
from ui.charts.earnings_figures import gap_figures, growth_figures
from ui.charts.vintage_chart import VintageChart, VintageLine
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.chip import ChipRow
from ui.widgets.menu import Menu
from ui.widgets.quiet_button import QuietButton
from ui.widgets.text import Line, Text
from ui.words import tr

SMALL, LARGE = "small", "large"
_CROWDED_GROUPS = 12
_MOST_GAPS = 20
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
        self._years = Menu(theme, self.year)
        self._years.triggered.connect(lambda action: self.year_chosen.emit(action.data()))
        self.year.set_menu(self._years)
        self._caption = Line(theme, "label", "ink3")
        self.chart = VintageChart(theme, "Revisions of the year's estimate")
        self._only = Text(theme, "body", "ink2", wraps=True)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 2, 0, 4)
        ways.setSpacing(8)
        self.there = theme.dress(QPushButton(tr("Go there")))
        self.later = theme.dress(QPushButton(f"{tr('Show it, marked')} {DIAMOND}"))
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
        groups = [_gap_group(page, gap, is_crowded=is_crowded) for gap in shown]
        self.chart.show_groups(groups, _bracket(page, shown), gap_figures(page, shown))
        self._quiet = "points, small minus large, year on year"
        self._on_pointed(None)

    def _on_pointed(self, group: object) -> None:
        self._caption.setText(group.tip if isinstance(group, BarGroup) else self._quiet)


def _gap_group(page: EarningsPage, gap: Gap, *, is_crowded: bool) -> BarGroup:
    ink = LARGE if (gap.points or 0) < 0 else SMALL
    text = "NM" if gap.points is None else formats.decimal(gap.points, 0, signed=True)
    year, _, quarter = gap.period.partition("Q")
    label = year if quarter in ("", "1") else ""
    if quarter and not is_crowded:
        label = f"Q{quarter} {year}"
    tip = f"{gap.period}: {formats.points(gap.points)}" + (", estimate" if gap.is_estimate else "")
    pair = YearPair(gap.period, *(_growth_in(side, gap.period) for side in (page.small, page.large)))
    bars = (Bar(gap.points, text, ink, gap.is_estimate),)
    return BarGroup(label, tip, bars, how=partial(_explain_pair, page, pair))


def _growth_in(side: Side | None, period: str) -> YearOnYear | None:
    """Growth in a year or a quarter by its name."""
    known = (*side.years, *side.quarters) if side is not None else ()
    return next((growth for growth in known if growth.period == period), None)


def _bracket(page: EarningsPage, gaps: Sequence[Gap]) -> Bracket | None:
    """Over the run, as far as it is shown."""
    if page.streak is None or len(page.streak) < 2:
        return None
    shown = [place for place, gap in enumerate(gaps) if gap.period in page.streak.periods]
    return Bracket(shown[0], shown[-1], page.streak_words) if shown else None
