"""The first card of the Market page: small minus large since New Year, as a ratio, by month and by sector."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from models import formats
from models.calc.performance import MonthlyGaps, since_start
from models.explain.explanation import Explanation
from models.explain.figures import gap_between
from models.pages.market import MarketPage
from models.pages.market_words import capital
from models.pages.positioning import Option
from models.series import title_of
from ui.charts.bar_chart import Bar, BarChart, BarGroup
from ui.charts.gap_line import GapLine
from ui.charts.market_stacks import ratio_content
from ui.charts.month_panels import MonthPanels
from ui.charts.pane_stack import PaneStack, preset_of
from ui.pages.reason_card import ReasonCard
from ui.theme import Theme
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import Line, tip
from ui.words import tr

LINE, RATIO, MONTHS, SECTORS = "line", "ratio", "months", "sectors"
VIEWS = {LINE: "Year", RATIO: "Ratio", MONTHS: "Months", SECTORS: "Sectors"}


class PathCard(ReasonCard):
    """Small minus large since New Year; the same pair as a ratio, by month, and what the sectors returned."""

    stretch_chosen = Signal(date, date)
    range_changed = Signal(str)
    view_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Small minus large since New Year"), parent)
        self._theme = theme
        self._page: MarketPage | None = None
        self._captions = dict.fromkeys(VIEWS, "")
        self._preset = "All"
        self._has_letter_keys = True
        self.view = LINE
        self.views = SegmentedControl(theme, tr("What the card shows"), padding=6)
        self.views.chosen.connect(self.set_view)
        self.head.addWidget(self.views)
        self.caption = Line(theme, "cell", "ink2")
        self.line, self.months = GapLine(theme), MonthPanels(theme)
        self.line.setToolTip(tip(tr("Drag over a stretch to compare it over the years")))
        self.ratio: PaneStack | None = None
        self.sectors = BarChart(theme, "Return of each sector's fund this month", "%")
        self.line.explain = self._explain_line
        self.line.pointed.connect(self._on_pointed)
        self.line.stretch_chosen.connect(self.stretch_chosen)
        self.months.pointed.connect(self._on_pointed)
        self.sectors.pointed.connect(lambda group: self._on_pointed(group.tip if group else ""))
        self._charts = QStackedWidget()
        for chart in (self.line, self.months, self.sectors):
            self._charts.addWidget(chart)
        self.body.addWidget(self.caption)
        self.body.addWidget(self._charts, 1)

    def show_page(self, page: MarketPage) -> None:
        self._page = page
        card = page.relative
        self.line.show_card(card)
        self.months.show_gaps(page.months)
        small, large = title_of(page.options.small), title_of(page.options.large)
        self._captions = {
            LINE: card.caption if card else "",
            RATIO: f"{ratio_title(page)}, and how far below its highest.",
            MONTHS: _months_caption(small, large, page.months),
            SECTORS: self._captions[SECTORS],
        }
        if self.ratio is not None:
            self._fill_ratio()
        self.set_view(self.view)

    def show_sectors(self, page: MarketPage) -> None:
        """What the sectors' funds returned, from a record that has them."""
        self.sectors.show_groups([_sector_group(found.symbol, found.return_pct) for found in page.sectors])
        self._captions[SECTORS] = page.sectors_caption or "No closes of the sectors' funds are held for this month."
        self._on_pointed("")

    def set_view(self, view: str) -> None:
        has_changed, self.view = view != self.view, view
        if view == RATIO and self.ratio is None:
            self._make_ratio()
        chart = {LINE: self.line, RATIO: self.ratio, MONTHS: self.months, SECTORS: self.sectors}[view]
        assert chart is not None
        self._charts.setCurrentWidget(chart)
        self.views.show_options([Option(name, label, name == view) for name, label in VIEWS.items()])
        if self._page is not None:
            card = self._page.relative
            titles = {RATIO: "Small over large", MONTHS: "Gap by month", SECTORS: "Sectors this month"}
            named = tr(titles[view]) if view in titles else ""
            self.title.setText(named or (card.title if card else tr("Small minus large since New Year")))
            is_empty = view != SECTORS and card is None
            self.show_reason(self._page.reasons.get("relative", "") if is_empty else "")
        self._on_pointed("")
        if has_changed:
            self.view_changed.emit(view)

    def _explain_line(self) -> Explanation | None:
        """The gap of the day under the cursor, else that of the newest."""
        if self._page is None or self._page.relative is None:
            return None
        card, at = self._page.relative, self.line.pointed_place
        found = (since_start(card.path, at) if at is not None else None) or card.year
        return gap_between(found, "Points since New Year", ratio_title(self._page))

    def set_range(self, preset: str) -> None:
        self._preset = preset
        if self.ratio is not None:
            self.ratio.set_preset(preset)

    def set_letter_keys(self, is_allowed: bool) -> None:
        self._has_letter_keys = is_allowed
        if self.ratio is not None:
            self.ratio.has_letter_keys = is_allowed

    def _make_ratio(self) -> None:
        """Only when it is first looked at: two panes take longer to make than the rest of the card."""
        self.ratio = PaneStack(self._theme)
        self.ratio.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.ratio.has_letter_keys = self._has_letter_keys
        self.ratio.restore_range(preset_of(self._preset))
        self.ratio.range_changed.connect(self.range_changed)
        self._charts.addWidget(self.ratio)
        self._fill_ratio()

    def _fill_ratio(self) -> None:
        if self.ratio is not None and self._page is not None and self._page.relative is not None:
            self.ratio.show_content(ratio_content(self._page.relative, ratio_title(self._page)))

    def _on_pointed(self, reading: str) -> None:
        self.caption.setText(reading or self._captions[self.view])


def ratio_title(page: MarketPage) -> str:
    return f"{capital(title_of(page.options.small))} over {title_of(page.options.large)}"


def _months_caption(small: str, large: str, gaps: MonthlyGaps | None) -> str:
    if gaps is None or not len(gaps):
        return ""
    low, high = (formats.decimal(float(value), 1, signed=True) for value in (gaps.points.min(), gaps.points.max()))
    return f"Points by which {small} led or trailed {large}, by year; one scale for all, {low} to {high}."


def _sector_group(symbol: str, return_pct: float) -> BarGroup:
    label = formats.decimal(return_pct, 1, signed=True)
    return BarGroup(symbol, f"{symbol} {title_of(symbol)}: {label}%", (Bar(return_pct, label, "ink2", False),))
