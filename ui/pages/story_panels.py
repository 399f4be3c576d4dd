"""The four panels beneath the Story: each a caption and one small chart, drawn with the painter."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.formats import axis_tick, decimal, percent, points, short_day
from models.pages.earnings import EarningsPage, YearPair
from models.pages.market import CreditCard, MarketPage
from models.pages.sectors import SectorsPage
from models.pages.story_panels import Panels
from models.records import Floats
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_SECTORS_SHOWN = 6
_YEARS_SHOWN = 4
_LEAGUE_SHOWN = 6
_LINE = 15.0


class Plot(QWidget):
    """A small drawing; `paint` is given the painter and the area each time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(290, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))
        painter.end()

    def paint(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError

    def colour(self, token: str) -> QColor:
        return QColor(getattr(self.theme.tokens, token))

    def write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        *,
        role: str = "label",
        ink: str = "ink3",
        at: Qt.AlignmentFlag = _LEFT,
        is_cut: bool = False,
    ) -> None:
        painter.setFont(self.theme.font(role))
        if is_cut:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.setPen(self.colour(ink))
        painter.drawText(area, at, text)


class SectorPlot(Plot):
    """Paired bars of the largest sectors, small over large, with the difference at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._page: SectorsPage | None = None

    def show_page(self, page: SectorsPage) -> None:
        self._page = page
        self.update()

    def paint(self, painter: QPainter, area: QRectF) -> None:
        if self._page is None:
            return
        rows = sorted(self._page.rows, key=lambda row: -(row.small_pct or 0))[:_SECTORS_SHOWN]
        names, end = 112.0, 44.0
        self.write(painter, QRectF(names, 0, 44, _LINE), "Small", role="label_strong", ink="small")
        self.write(painter, QRectF(names + 46, 0, 60, _LINE), "Large", role="label_strong", ink="large")
        self.write(painter, QRectF(area.right() - end, 0, end, _LINE), "gap", at=_RIGHT)
        largest = max((value for row in rows for value in (row.small_pct, row.large_pct) if value), default=1.0)
        step = (area.height() - _LINE - 2) / max(len(rows), 1)
        room = area.width() - names - end - 34
        for place, row in enumerate(rows):
            top = _LINE + 4 + place * step
            self.write(painter, QRectF(0, top, names - 6, step - 4), row.sector, role="cell", ink="ink", is_cut=True)
            height = min(8.0, (step - 6) / 2)
            middle = top + (step - 4) / 2
            for value, token, y in ((row.small_pct, "small", middle - height), (row.large_pct, "large", middle)):
                if value is not None:
                    painter.fillRect(QRectF(names, y, room * value / largest, height), self.colour(token))
            if row.small_pct is not None:
                x = names + room * row.small_pct / largest + 4
                label = QRectF(x, middle - _LINE / 2 - 3, 34, _LINE)
                self.write(painter, label, decimal(row.small_pct, 0), role="label_strong", ink="small")
            gap = QRectF(area.right() - end, top, end, step - 4)
            self.write(painter, gap, decimal(row.difference_points, 1, signed=True), role="cell", ink="ink", at=_RIGHT)


class EarningsPlot(Plot):
    """Growth by calendar year; actual is solid, estimates are hatched, what means nothing says NM."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._page: EarningsPage | None = None

    def show_page(self, page: EarningsPage) -> None:
        self._page = page
        self.update()

    def _years(self) -> list[YearPair]:
        if self._page is None:
            return []
        focus = self._page.year
        years = [pair for pair in self._page.years if pair.small is not None and pair.large is not None]
        at = next((i for i, pair in enumerate(years) if pair.period == focus), 0)
        return years[max(0, at - 2) : at + 2][-_YEARS_SHOWN:]

    def paint(self, painter: QPainter, area: QRectF) -> None:
        years = self._years()
        if self._page is None or not years or self._page.small is None or self._page.large is None:
            return
        self.write(painter, QRectF(0, 0, 90, _LINE), self._page.small.title, role="label_strong", ink="small")
        self.write(painter, QRectF(72, 0, 90, _LINE), self._page.large.title, role="label_strong", ink="large")
        self.write(painter, QRectF(0, 0, area.width(), _LINE), "hatched = estimate", at=_RIGHT)
        plot = QRectF(0, _LINE + 16, area.width(), area.height() - 2 * _LINE - 34)
        values = [g.growth_pct for p in years for g in (p.small, p.large) if g is not None and g.growth_pct is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        scale = plot.height() / ((high - low) or 1.0)
        zero = plot.top() + high * scale
        painter.setPen(self.colour("line2"))
        painter.drawLine(QPointF(0, zero), QPointF(area.width(), zero))
        wide = plot.width() / len(years)
        bar = min(26.0, wide / 2 - 8)
        for place, pair in enumerate(years):
            centre = plot.left() + (place + 0.5) * wide
            for growth, token, x in ((pair.small, "small", centre - bar - 1), (pair.large, "large", centre + 1)):
                if growth is not None:
                    self._bar(painter, x, zero, bar, scale, growth.growth_pct, token, is_estimate=growth.is_estimate)
            year = f"{pair.period}{'E' if pair.is_estimate else ''}"
            label = QRectF(centre - wide / 2, area.bottom() - _LINE, wide, _LINE)
            self.write(painter, label, year, ink="ink2", at=_CENTRE)

    def _bar(
        self,
        painter: QPainter,
        x: float,
        zero: float,
        width: float,
        scale: float,
        growth_pct: float | None,
        token: str,
        *,
        is_estimate: bool,
    ) -> None:
        if growth_pct is None:
            self.write(painter, QRectF(x, zero - _LINE, width, _LINE), "NM", ink=token, at=_CENTRE)
            return
        height = abs(growth_pct) * scale
        top = zero - height if growth_pct >= 0 else zero
        shape = QRectF(x, top, width, height)
        if is_estimate:
            painter.fillRect(shape, QBrush(self.colour(token), Qt.BrushStyle.BDiagPattern))
            painter.setPen(self.colour(token))
            painter.drawRect(shape)
        else:
            painter.fillRect(shape, self.colour(token))
        label = QRectF(x - 10, top - _LINE if growth_pct >= 0 else top + height, width + 20, _LINE)
        self.write(painter, label, decimal(growth_pct, 0, signed=True), role="label_strong", ink=token, at=_CENTRE)


class LeaguePlot(Plot):
    """The worst years of the same stretch, the current one in blue."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._page: MarketPage | None = None

    def show_page(self, page: MarketPage) -> None:
        self._page = page
        self.update()

    def paint(self, painter: QPainter, area: QRectF) -> None:
        card = self._page.league if self._page else None
        relative = self._page.relative if self._page else None
        if self._page is None or card is None or relative is None:
            return
        half = area.width() * 0.46
        self.write(painter, QRectF(0, 0, half, _LINE), "Since New Year, points")
        if len(relative.path):
            days = relative.path.date
            self._line(painter, QRectF(30, _LINE + 6, half - 70, area.height() - 2 * _LINE - 10), relative.path.points)
            self.write(painter, QRectF(30, area.bottom() - _LINE, 60, _LINE), short_day(days[0]))
            last = QRectF(half - 100, area.bottom() - _LINE, 60, _LINE)
            self.write(painter, last, short_day(days[-1]), at=_RIGHT)
        left = half + 14
        self.write(painter, QRectF(left, 0, area.right() - left, _LINE), "Same stretch, worst years")
        rows = list(card.league.rows[:_LEAGUE_SHOWN])
        if card.league.current not in rows:
            rows[-1] = card.league.current
        worst = max(abs(row.gap.points) for row in rows) or 1.0
        step = (area.height() - _LINE - 4) / len(rows)
        room = area.right() - left - 36 - 40
        for place, row in enumerate(rows):
            top = _LINE + 4 + place * step
            is_now = row is card.league.current
            role, ink = ("label_strong", "ink") if is_now else ("label", "ink2")
            self.write(painter, QRectF(left, top, 34, step), str(row.year), role=role, ink=ink)
            length = room * abs(row.gap.points) / worst
            bar = QRectF(left + 36, top + step / 2 - 5, length, 10)
            painter.fillRect(bar, self.colour("small" if is_now else "mute"))
            text = QRectF(left + 40 + length, top, 44, step)
            self.write(painter, text, decimal(row.gap.points, 1, signed=True), role=role, ink=ink)

    def _line(self, painter: QPainter, area: QRectF, values: Floats) -> None:
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        scale = area.height() / ((high - low) or 1.0)

        def y(value: float) -> float:
            return area.bottom() - (value - low) * scale

        painter.setPen(self.colour("line2"))
        painter.drawLine(QPointF(area.left(), y(0)), QPointF(area.right(), y(0)))
        self.write(painter, QRectF(0, y(0) - _LINE / 2, 26, _LINE), "0", at=_RIGHT)
        step = area.width() / max(len(values) - 1, 1)
        shape = QPolygonF([QPointF(area.left() + i * step, y(float(v))) for i, v in enumerate(values)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour("small"), 1.6))
        painter.drawPolyline(shape)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        end = QRectF(area.right() + 4, y(float(values[-1])) - _LINE / 2, 40, _LINE)
        self.write(painter, end, decimal(float(values[-1]), 1, signed=True), role="label_strong", ink="small")


class CreditPlot(Plot):
    """The focus series over the last year; a gap of more than two months breaks the line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._card: CreditCard | None = None

    def show_card(self, card: CreditCard) -> None:
        self._card = card
        self.update()

    def paint(self, painter: QPainter, area: QRectF) -> None:
        card = self._card
        if card is None or not len(card.dates):
            return
        self.write(painter, QRectF(0, 0, area.width(), _LINE), card.unit_title)
        recent = card.dates >= card.dates[-1] - np.timedelta64(366, "D")
        values, days = card.values[recent], card.dates[recent].astype(np.int64)
        plot = QRectF(34, _LINE + 8, area.width() - 86, area.height() - 2 * _LINE - 14)
        low, high = float(values.min()), float(values.max())
        scale = plot.height() / ((high - low) or 1.0)
        span = max(int(days[-1] - days[0]), 1)
        for value in (low, high):
            y = plot.bottom() - (value - low) * scale
            painter.setPen(self.colour("grid"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            self.write(painter, QRectF(0, y - _LINE / 2, 30, _LINE), axis_tick(round(value, 2)), at=_RIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour("ink"), 1.4))
        run: list[QPointF] = []
        for i in range(len(values)):
            if i and days[i] - days[i - 1] > 62:
                painter.drawPolyline(QPolygonF(run))
                run = []
            x = plot.left() + plot.width() * (int(days[i]) - int(days[0])) / span
            run.append(QPointF(x, plot.bottom() - (float(values[i]) - low) * scale))
        painter.drawPolyline(QPolygonF(run))
        painter.setBrush(self.colour("ink"))
        painter.drawEllipse(run[-1], 2.6, 2.6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        label = QRectF(plot.right() + 6, run[-1].y() - _LINE / 2, 48, _LINE)
        self.write(painter, label, decimal(float(values[-1]), 2), role="label_strong", ink="ink")
        self.write(painter, QRectF(plot.left(), area.bottom() - _LINE, 70, _LINE), short_day(card.dates[recent][0]))
        last = QRectF(plot.right() - 70, area.bottom() - _LINE, 70, _LINE)
        self.write(painter, last, short_day(card.dates[-1]), at=_RIGHT)


class Panel(Card):
    """One panel: its title opens the page that it is taken from."""

    opened = Signal(str)

    def __init__(self, theme: Theme, page: str, title: str, plot: Plot) -> None:
        super().__init__(theme)
        self._page_name = page
        self.plot = plot
        self._title = Text(theme, "card_title", "ink", title)
        self.caption = Text(theme, "cell_strong", "ink", "", wraps=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self.caption)
        self.column.addWidget(plot, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.setMinimumHeight(226)

    def say(self, caption: str) -> None:
        self.caption.setText(caption)
        self.setAccessibleDescription(caption)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._page_name)


class StoryPanels:
    """The four panels; those whose page has nothing to show stay hidden."""

    def __init__(self, theme: Theme) -> None:
        self.sector_plot, self.earnings_plot = SectorPlot(theme), EarningsPlot(theme)
        self.league_plot, self.credit_plot = LeaguePlot(theme), CreditPlot(theme)
        self.sectors = Panel(theme, "sectors", "Sector mix", self.sector_plot)
        self.earnings = Panel(theme, "earnings", "Earnings growth, %", self.earnings_plot)
        self.performance = Panel(theme, "market", "Relative performance", self.league_plot)
        self.credit = Panel(theme, "market", "Credit", self.credit_plot)
        self.all = (self.sectors, self.earnings, self.performance, self.credit)

    def show_panels(self, panels: Panels) -> None:
        market = panels.market
        relative = market.relative if market else None
        credit = market.credit if market else None
        self.sectors.setVisible(panels.sectors is not None)
        self.earnings.setVisible(panels.earnings is not None)
        self.performance.setVisible(relative is not None and market is not None and market.league is not None)
        self.credit.setVisible(credit is not None)
        if panels.sectors is not None:
            self.sector_plot.show_page(panels.sectors)
            self.sectors.say(sector_caption(panels.sectors))
        if panels.earnings is not None:
            self.earnings_plot.show_page(panels.earnings)
            self.earnings.say(earnings_caption(panels.earnings))
        if market is not None and relative is not None and market.league is not None:
            self.league_plot.show_page(market)
            month = f"{points(relative.month.points)} this month, " if relative.month else ""
            year = f"{points(relative.year.points)} this year"
            self.performance.say(f"{market.options.small} v {market.options.large}: {month}{year}.")
        if credit is not None:
            self.credit_plot.show_card(credit)
            self.credit.say(credit.title)


def sector_caption(page: SectorsPage) -> str:
    row = next((r for r in page.rows if r.sector == page.sector), page.rows[0] if page.rows else None)
    if row is None:
        return ""
    small, large = percent(row.small_pct, 0), percent(row.large_pct, 0)
    return f"{row.sector}: {small} of small caps, {large} of large."


def earnings_caption(page: EarningsPage) -> str:
    pair = next((p for p in page.years if p.period == page.year), None)
    if pair is None or pair.small is None or pair.large is None:
        return ""
    return f"{pair.period}: {_growth(pair.small.growth_pct)} small, {_growth(pair.large.growth_pct)} large."


def _growth(value: float | None) -> str:
    return "NM" if value is None else percent(value, 0, signed=True)
