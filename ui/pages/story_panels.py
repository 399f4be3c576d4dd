"""The four panels beneath the Story: each a caption and one small chart, and the way to its page."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout

from models.explain.explanation import Explanation
from models.formats import day, decimal, in_year, long_month, month, percent, points, short_day
from models.freshness import LATER
from models.names import Kind
from models.pages import side_claims
from models.pages.earnings import BASIS_TITLES, EarningsPage
from models.pages.market import CreditCard, MarketPage
from models.pages.market_words import change
from models.pages.sectors import SectorsPage
from models.pages.sectors_words import cards_far_apart
from models.pages.side_claims import SideClaim
from models.pages.story_panels import Panels
from ui.pages.story_plots import CreditPlot, EarningsPlot, PerformancePlot, Plot, SectorPlot, growth_words
from ui.theme import Theme, qcolour
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.focus import is_key_focused
from ui.widgets.text import Line, Text, tip
from ui.words import tr

_LEAST_HEIGHT = 252


class Panel(Card):
    """One panel: a click, or Return, opens the page that it is taken from."""

    opened = Signal(str)

    def __init__(self, theme: Theme, page: str, title: str, plot: Plot) -> None:
        super().__init__(theme)
        self._page_name = page
        self.plot = plot
        self._later = Chip(theme, is_flag=True)
        self._later.hide()
        self.caption = Line(theme, "cell_strong", "ink")
        head = QHBoxLayout()
        self._head = Text(theme, "card_title", "ink", title)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._later)
        self.column.addLayout(head)
        self.column.addWidget(self.caption)
        self.column.addSpacing(4)
        self.column.addWidget(plot, 1)
        self.title, self.said = title, ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.setMinimumHeight(_LEAST_HEIGHT)

    def explanation(self) -> Explanation | None:
        return self.plot.explanation()

    def set_title(self, title: str) -> None:
        self.title = title
        self._head.setText(title)
        self.setAccessibleName(title)

    def say(self, caption: str, later: str = "", detail: str = "") -> None:
        """`later` is the day of figures that were not known yet, "" where there are none.

        `detail` is what the chart itself writes and a screen reader would not find.
        """
        self.said = caption
        self.caption.setText(caption)
        self._later.setText(f"{LATER} {later}")
        self._later.setToolTip(tip(f"Of {later}: newer than the as-of date."))
        self._later.setVisible(bool(later))
        parts = (caption, detail, f"{LATER} {later}" if later else "")
        self.setAccessibleDescription(" ".join(filter(None, parts)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._page_name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._page_name)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if is_key_focused(self):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(qcolour(self._theme.tokens.ink), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()


def _explained(claims: Sequence[SideClaim], kind: Kind) -> Explanation | None:
    """How the figure of the panel's own claim came about."""
    claim = next((one for one in claims if one.kind is kind), None)
    return side_claims.explanation(claim, claim.cells[0]) if claim is not None else None


class StoryPanels:
    """The four panels; those whose page has nothing at all stay hidden."""

    def __init__(self, theme: Theme) -> None:
        self.sector_plot, self.earnings_plot = SectorPlot(theme), EarningsPlot(theme)
        self.performance_plot, self.credit_plot = PerformancePlot(theme), CreditPlot(theme)
        self.sectors = Panel(theme, "sectors", tr("Sector mix"), self.sector_plot)
        self.earnings = Panel(theme, "earnings", tr("Earnings growth, %"), self.earnings_plot)
        self.performance = Panel(theme, "market", tr("Relative performance"), self.performance_plot)
        self.credit = Panel(theme, "market", tr("Credit spread"), self.credit_plot)
        self.all = (self.sectors, self.earnings, self.performance, self.credit)
        self.shown: tuple[Panel, ...] = ()

    def show_panels(self, panels: Panels) -> None:
        sectors, earnings, market = panels.sectors, panels.earnings, panels.market
        kept = ((self.sectors, sectors), (self.earnings, earnings), (self.performance, market), (self.credit, market))
        self.shown = tuple(panel for panel, page in kept if page is not None)
        kinds = (Kind.SECTOR, Kind.EARNINGS, Kind.PERFORMANCE, Kind.CREDIT)
        for panel, kind in zip(self.all, kinds, strict=True):
            panel.plot.explain = partial(_explained, panels.claims, kind)
        for panel, page in kept:
            panel.setVisible(page is not None)
        if sectors is not None:
            self.sector_plot.show_page(sectors)
            later = max((c.as_of for c in (sectors.small, sectors.large) if c and c.is_later), default=None)
            days = " ".join(f"{card.fund} of {day(card.as_of)}." for card in cards_far_apart(sectors))
            self.sectors.say(sector_caption(sectors), short_day(later) if later else "", days)
        if earnings is not None:
            self.earnings_plot.show_page(earnings)
            later = max((s.vintage for s in (earnings.small, earnings.large) if s and s.is_later), default=None)
            basis = BASIS_TITLES[earnings.options.basis].lower()
            self.earnings.set_title(f"Earnings growth, {basis}, %")
            self.earnings.say(earnings_caption(earnings), short_day(later) if later else "")
        if market is not None:
            self.performance_plot.show_page(market, panels.month)
            self.performance.say(performance_caption(market))
            self.credit_plot.show_card(market.credit, market.reasons.get("credit", ""), market.choice)
            self.credit.say(credit_caption(market.credit) if market.credit else "")


def sector_caption(page: SectorsPage) -> str:
    """`Financials: 18% of small caps, 14% of large.`; a fund that stands in for another is named."""
    row = next((r for r in page.rows if r.sector == page.sector), None)
    if row is None or page.small is None:
        return "Nothing dated on or before this day." if page.reason_empty else ""
    whose = "small caps" if page.small.index_title == "Russell 2000" else page.small.index_title
    said = f"{row.sector}: {percent(row.small_pct, 0)} of {whose}"
    return (
        f"{said}, {percent(row.large_pct, 0)} of large."
        if row.large_pct is not None
        else f"{said} ({page.small.fund})."
    )


def earnings_caption(page: EarningsPage) -> str:
    """`2016E: +59% small, +9% large, 26 Feb 2016.`: the day of the estimates, both where they differ."""
    pair = next((p for p in page.years if p.period == page.year), None)
    if pair is None or pair.small is None or pair.large is None:
        return "Nothing dated on or before this day." if page.reason_empty else ""
    small, large = growth_words(pair.small.growth_pct), growth_words(pair.large.growth_pct)
    days = " and ".join(dict.fromkeys(day(side.vintage) for side in (page.small, page.large) if side is not None))
    return f"{pair.period}{'E' if pair.is_estimate else ''}: {small} small, {large} large, {days}."


def performance_caption(page: MarketPage) -> str:
    """`June: +1.8 pts; −5.0 pts this year.`; of another year `Sep 2025: +0.1 pts; −3.7 pts in 2025.`"""
    card = page.relative
    if card is None:
        return ""
    today = page.choice.day
    year = f"{points(card.year.points)} {in_year(card.year.end, today)}"
    if card.month is None:
        return f"Small against large: {year}."
    is_now = card.month.end.year == today.year
    name = long_month(card.month.end).split(" ")[0] if is_now else month(card.month.end)
    return f"{name}: {points(card.month.points)}; {year}."


def credit_caption(card: CreditCard) -> str:
    """`HYG/LQD −0.6% in 4 weeks: widening.`"""
    row = next((row for row in card.rows if row.is_focus), None)
    if row is None or row.reading.middle is None:
        return f"{card.series.title}: {decimal(card.end.value, 2)} on {short_day(card.end.date)}."
    moved = change(row.series, row.reading.level, row.reading.middle)
    way = f": {row.reading.direction}" if row.reading.direction is not None else ""
    return f"{row.series.title} {moved} in {row.series.horizons[1]}{way}."
