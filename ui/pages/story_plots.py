"""The small charts in the panels of the Story, drawn with the painter."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.performance import LeagueRow
from models.calc.sectors import SectorRow
from models.figures import Figures, Value
from models.formats import as_date, axis_tick, day, decimal, in_year, month, percent, short_day
from models.pages.choice import Choice
from models.pages.earnings import EarningsPage, YearPair
from models.pages.market import CreditCard, LeagueCard, MarketPage
from models.pages.market_words import change
from models.pages.sectors import FundCard, SectorsPage
from models.pages.sectors_words import cards_far_apart
from models.pages.story_panels import MonthLines
from models.records import Floats
from ui.charts.chart import Chart
from ui.charts.ticks import value_ticks
from ui.theme import Theme, qcolour

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_SECTORS_SHOWN = 6
_YEARS_SHOWN = 4
_LEAGUE_SHOWN = 6
_LINE = 15.0
_SCALE = 42.0
"""Room for the labels of a vertical scale of four digits."""

_WIDE = 335.0
"""From this width on, index and day of both files fit on one line."""

_decimal = partial(decimal, places=1)
_signed = partial(decimal, places=1, signed=True)

_BROKEN_DAYS = 62
_SHORT_SECTORS = {
    "Information Technology": "Info technology",
    "Consumer Discretionary": "Discretionary",
    "Consumer Staples": "Staples",
    "Communication Services": "Communication",
    "Telecommunication Services": "Telecom",
    "Materials & Processing": "Materials",
}


class Plot(Chart):
    """A small drawing; `paint` is given the painter and the area each time. A `reason` stands in its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(290, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def say(self, name: str) -> None:
        """Name the chart and say what it shows, then draw it."""
        self.setAccessibleName(name)
        self.describe()
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The chart, or the reason why there is none, on the screen or on paper."""
        if self.reason:
            painter.setFont(self.theme.font("cell"))
            painter.setPen(self.colour("ink2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.reason)
        else:
            self.paint(painter, area)

    def paint(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError

    def colour(self, token: str) -> QColor:
        return qcolour(getattr(self.theme.tokens, token))

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
    ) -> float:
        """Writes one line and gives its width."""
        painter.setFont(self.theme.font(role))
        if is_cut:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.setPen(self.colour(ink))
        painter.drawText(area, at, text)
        return float(painter.fontMetrics().horizontalAdvance(text))

    def rule(self, painter: QPainter, left: float, right: float, y: float, ink: str = "grid") -> None:
        painter.setPen(self.colour(ink))
        painter.drawLine(QPointF(left, round(y)), QPointF(right, round(y)))

    def line(self, painter: QPainter, points: Sequence[QPointF], token: str, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour(token), width))
        painter.drawPolyline(QPolygonF(list(points)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def dot(self, painter: QPainter, at: QPointF, token: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(token))
        painter.drawEllipse(at, 3.2, 3.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class SectorPlot(Plot):
    """Paired bars of the largest sectors, small over large, with the difference at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.record: SectorsPage | None = None

    def show_page(self, page: SectorsPage) -> None:
        self.record = page
        self.reason = page.reason_empty
        self.say("Sector mix")

    def figures(self) -> Figures | None:
        rows = tuple((row.sector, row.small_pct, row.large_pct, row.difference_points) for row in self._rows())
        headers = ("Sector", "Small, %", "Large, %", "Gap, points")
        return Figures("Sector mix", headers, rows, (_decimal, _decimal, _signed)) if rows else None

    def _rows(self) -> list[SectorRow]:
        """The largest sectors of the small side, the largest first."""
        rows = self.record.rows if self.record else ()
        return sorted(rows, key=lambda row: -(row.small_pct or 0))[:_SECTORS_SHOWN]

    def paint(self, painter: QPainter, area: QRectF) -> None:
        page = self.record
        if page is None:
            return
        rows = self._rows()
        has_large = any(row.large_pct is not None for row in rows)
        names, end = 108.0, 44.0
        left = names + area.left()
        head = QRectF(left, area.top(), 200, _LINE)
        titles, days = [_index(page.small), _index(page.large)], [day(card.as_of) for card in cards_far_apart(page)]
        if days and area.width() > _WIDE:
            titles, days = [", ".join(pair) for pair in zip(titles, days, strict=True)], []
            head.moveLeft(area.left())
        used = self.write(painter, head, titles[0], role="label_strong", ink="small")
        under, top = head.translated(0, _LINE - 2), area.top() + _LINE + 4
        if days:
            used = max(used, self.write(painter, under, days[0]))
            top += _LINE - 2
        if has_large:
            beside = head.translated(used + 10, 0)
            self.write(painter, beside, titles[1], role="label_strong", ink="large")
            if days:
                self.write(painter, under.translated(used + 10, 0), days[1])
            self.write(painter, QRectF(area.right() - end, area.top(), end, _LINE), "gap", at=_RIGHT)
        else:
            end = 8.0
        largest = max((value for row in rows for value in (row.small_pct, row.large_pct) if value), default=1.0)
        step = (area.bottom() - top) / max(len(rows), 1)
        room = area.width() - names - end - 30
        for row in rows:
            name = _SHORT_SECTORS.get(row.sector, row.sector)
            role = "cell_strong" if row.sector == page.sector else "cell"
            where = QRectF(area.left(), top, names - 6, step)
            self.write(painter, where, name, role=role, ink="ink", is_cut=True)
            height = min(8.0, (step - 5) / 2)
            middle = round(top + step / 2)
            for value, token, y in ((row.small_pct, "small", middle - height), (row.large_pct, "large", middle)):
                if value is not None:
                    painter.fillRect(QRectF(left, y, room * value / largest, height), self.colour(token))
            if row.small_pct is not None:
                x = left + room * max(row.small_pct, row.large_pct or 0) / largest + 4
                label = QRectF(x, middle - _LINE / 2 - height / 2, 30, _LINE)
                self.write(painter, label, decimal(row.small_pct, 0), role="label_strong", ink="small")
            if has_large:
                gap = QRectF(area.right() - end, top, end, step)
                text = decimal(row.difference_points, 1, signed=True)
                self.write(painter, gap, text, role="cell", ink="ink", at=_RIGHT)
            top += step


def _index(card: FundCard | None) -> str:
    return card.index_title if card else ""


class EarningsPlot(Plot):
    """Growth by calendar year; actual is solid, estimates are hatched, what means nothing says NM."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.record: EarningsPage | None = None

    def show_page(self, page: EarningsPage) -> None:
        self.record = page
        self.reason = page.reason_empty
        self.say("Earnings growth")

    def figures(self) -> Figures | None:
        rows = tuple(
            (f"{p.period}{'E' if p.is_estimate else ''}", *(of.growth_pct if of else None for of in (p.small, p.large)))
            for p in self._years()
        )
        return Figures("Earnings growth", ("Year", "Small, %", "Large, %"), rows, (_signed, _signed)) if rows else None

    def _years(self) -> list[YearPair]:
        if self.record is None:
            return []
        focus = self.record.year
        years = [pair for pair in self.record.years if pair.small is not None and pair.large is not None]
        at = next((i for i, pair in enumerate(years) if pair.period == focus), 0)
        return years[max(0, at - 2) : at + 2][-_YEARS_SHOWN:]

    def paint(self, painter: QPainter, area: QRectF) -> None:
        years = self._years()
        if self.record is None or not years or self.record.small is None or self.record.large is None:
            return
        head = QRectF(area.left(), area.top(), 90, _LINE)
        used = self.write(painter, head, self.record.small.title, role="label_strong", ink="small")
        self.write(painter, head.translated(used + 12, 0), self.record.large.title, role="label_strong", ink="large")
        whole = QRectF(area.left(), area.top(), area.width(), _LINE)
        if any(pair.is_estimate for pair in years):
            self.write(painter, whole, "hatched = estimate", at=_RIGHT)
        plot = QRectF(area.left(), area.top() + _LINE + 16, area.width(), area.height() - 2 * _LINE - 34)
        values = [g.growth_pct for p in years for g in (p.small, p.large) if g is not None and g.growth_pct is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        scale = plot.height() / ((high - low) or 1.0)
        zero = plot.top() + high * scale
        self.rule(painter, area.left(), area.right(), zero, "line2")
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


class PerformancePlot(Plot):
    """Both indices since the month began, and the same stretch of the year in other years, this one in blue."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.record: MarketPage | None = None
        self._month: MonthLines | None = None
        self._league: LeagueCard | None = None

    def show_page(self, page: MarketPage, lines: MonthLines | None) -> None:
        self.record, self._month, self._league = page, lines, page.league
        self.reason = page.reasons.get("relative", "") if lines is None and page.league is None else ""
        self.say("Relative performance")

    def figures(self) -> Figures | None:
        """Both lines since the month began by the day, in percent, then the years that are drawn, in points."""
        rows: list[tuple[Value, ...]] = []
        lines = self._month
        if lines is not None:
            by_day = zip(map(as_date, lines.date), lines.small_pct.tolist(), lines.large_pct.tolist(), strict=True)
            rows += [(when.isoformat(), small, large, None) for when, small, large in by_day]
        if self._league is not None:
            rows += [(str(row.year), None, None, row.gap.points) for row in _years_drawn(self._league)]
        names = (f"{lines.small}, %", f"{lines.large}, %") if lines is not None else ("Small, %", "Large, %")
        headers = ("Day or year", *names, "Gap, points")
        return Figures("Relative performance", headers, tuple(rows), (_signed,) * 3) if rows else None

    def paint(self, painter: QPainter, area: QRectF) -> None:
        half = area.width() * 0.47
        if self._month is not None:
            self._paint_month(painter, QRectF(area.left(), area.top(), half, area.height()), self._month)
        if self._league is not None:
            left = area.left() + half + 14
            self._paint_league(painter, QRectF(left, area.top(), area.right() - left, area.height()), self._league)

    def _paint_month(self, painter: QPainter, area: QRectF, lines: MonthLines) -> None:
        self.write(painter, area.adjusted(0, 0, 0, _LINE - area.height()), f"{month(lines.date[-1])} to date, %")
        plot = QRectF(area.left() + 22, area.top() + _LINE + 12, area.width() - 66, area.height() - 2 * _LINE - 18)
        both = np.concatenate((lines.small_pct, lines.large_pct, [0.0]))
        low, high = float(both.min()), float(both.max())
        scale = plot.height() / ((high - low) or 1.0)

        def y(value: float) -> float:
            return plot.bottom() - (value - low) * scale

        for tick in value_ticks(low, high, 4):
            self.rule(painter, plot.left(), plot.right(), y(tick), "grid" if tick else "line2")
            self.write(painter, QRectF(area.left(), y(tick) - _LINE / 2, 17, _LINE), axis_tick(tick), at=_RIGHT)
        step = plot.width() / max(len(lines.date) - 1, 1)
        ends = [(lines.large, lines.large_pct, "large", 1.5), (lines.small, lines.small_pct, "small", 2.0)]
        labels = _apart([y(float(values[-1])) for _, values, _, _ in ends], 26.0)
        for (name, values, token, width), at in zip(ends, labels, strict=True):
            points = [QPointF(plot.left() + i * step, y(float(v))) for i, v in enumerate(values)]
            self.line(painter, points, token, width)
            said = QRectF(plot.right() + 5, at - _LINE, 44, _LINE)
            self.write(painter, said, decimal(float(values[-1]), 1, signed=True), role="label_strong", ink=token)
            self.write(painter, said.translated(0, _LINE - 3), name, ink=token)
        foot = QRectF(plot.left() - 10, area.bottom() - _LINE, plot.width() + 24, _LINE)
        self.write(painter, foot, short_day(lines.date[0]))
        self.write(painter, foot, short_day(lines.date[-1]), at=_RIGHT)

    def _paint_league(self, painter: QPainter, area: QRectF, card: LeagueCard) -> None:
        league = card.league
        now = league.current
        first, last = month(now.gap.end.replace(day=1)), now.gap
        start = "Jan" if last.start.month == 12 else month(last.start)[:3]
        title = f"{start}\u2013{first[:3]}" if start != first[:3] else start
        self.write(painter, QRectF(area.left(), area.top(), area.width(), _LINE), f"{title} gap, points")
        rows = _years_drawn(card)
        worst = max(abs(row.gap.points) for row in rows) or 1.0
        step = (area.height() - _LINE - 4) / len(rows)
        room = area.width() - 36 - 42
        for place, row in enumerate(rows):
            top = area.top() + _LINE + 4 + place * step
            is_now = row is now
            role, ink = ("label_strong", "ink") if is_now else ("label", "ink2")
            self.write(painter, QRectF(area.left(), top, 34, step), str(row.year), role=role, ink=ink)
            length = room * abs(row.gap.points) / worst
            bar = QRectF(area.left() + 34, round(top + step / 2 - 5), length, 10)
            painter.fillRect(bar, self.colour("small" if is_now else "mute"))
            text = QRectF(area.left() + 38 + length, top, 44, step)
            self.write(painter, text, decimal(row.gap.points, 1, signed=True), role=role, ink=ink)


def _years_drawn(card: LeagueCard) -> list[LeagueRow]:
    """The worst years, or the best where this one is on that side, and this one in any case."""
    now = card.league.current
    ordered = list(card.league.rows) if now.gap.points < 0 else list(reversed(card.league.rows))
    rows = ordered[:_LEAGUE_SHOWN]
    if now not in rows:
        rows[-1] = now
    return rows


class CreditPlot(Plot):
    """The focus series over the last year; a gap of more than two months breaks the line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._card: CreditCard | None = None
        self._choice: Choice | None = None

    def show_card(self, card: CreditCard | None, reason: str, choice: Choice) -> None:
        self._card, self._choice = card, choice
        self.reason = reason if card is None else ""
        self.say(card.title if card else "Credit")

    def figures(self) -> Figures | None:
        card = self._card
        if card is None or not len(card.dates):
            return None
        recent = card.dates >= card.dates[-1] - np.timedelta64(366, "D")
        rows = tuple(zip(map(as_date, card.dates[recent]), card.values[recent].tolist(), strict=True))
        return Figures(card.title, ("Day", card.unit_title), rows)

    def own_subject(self) -> str:
        return ""

    def own_caption(self) -> tuple[str, ...]:
        from models.pages.captions import credit_lines

        return credit_lines(self._card, self._choice) if self._card and self._choice else ()

    def paint(self, painter: QPainter, area: QRectF) -> None:
        card = self._card
        if card is None or not len(card.dates):
            return
        title = f"{card.series.title}, {card.unit_title}"
        self.write(painter, QRectF(area.left(), area.top(), area.width(), _LINE), title, is_cut=True)
        recent = card.dates >= card.dates[-1] - np.timedelta64(366, "D")
        values, days = card.values[recent], card.dates[recent].astype(np.int64)
        left = area.left() + _SCALE
        plot = QRectF(left, area.top() + _LINE + 10, area.right() - 48 - left, area.height() - 2 * _LINE - 16)
        low, high = float(values.min()), float(values.max())
        scale = plot.height() / ((high - low) or 1.0)
        span = max(int(days[-1] - days[0]), 1)
        for tick in value_ticks(low, high, 4):
            y = plot.bottom() - (tick - low) * scale
            self.rule(painter, plot.left(), plot.right(), y)
            self.write(painter, QRectF(area.left(), y - _LINE / 2, _SCALE - 4, _LINE), axis_tick(tick), at=_RIGHT)
        points = _points(values, days, plot, low, scale, span)
        for run in np.split(np.arange(len(days)), np.flatnonzero(np.diff(days) > _BROKEN_DAYS) + 1):
            self.line(painter, [points[i] for i in run.tolist()], "ink", 1.4)
        self.dot(painter, points[-1], "ink")
        places = 3 if card.series.unit == "ratio" else 2
        label = QRectF(plot.right() + 7, points[-1].y() - _LINE / 2, 48, _LINE)
        self.write(painter, label, decimal(float(values[-1]), places), role="label_strong", ink="ink")
        foot = QRectF(plot.left(), area.bottom() - _LINE, plot.width(), _LINE)
        self.write(painter, foot, month(card.dates[recent][0]))
        self.write(painter, foot, short_day(card.dates[-1]), at=_RIGHT)
        self._say_year(painter, card, plot, points)

    def _say_year(self, painter: QPainter, card: CreditCard, plot: QRectF, points: Sequence[QPointF]) -> None:
        """The change since New Year, above or below the line where it leaves room."""
        row = next((row for row in card.rows if row.is_focus), None)
        if row is None or row.reading.year_to_date is None or self._choice is None:
            return
        right = [p.y() for p in points if p.x() > plot.right() - 120]
        top = plot.top() if min(right) - plot.top() > plot.bottom() - max(right) else plot.bottom() - _LINE - 2
        year = in_year(row.reading.date, self._choice.day)
        text = f"{year} {change(row.series, row.reading.level, row.reading.year_to_date)}"
        self.write(painter, QRectF(plot.left(), top, plot.width(), _LINE), text, ink="ink2", at=_RIGHT)


def _points(values: Floats, days: np.ndarray, plot: QRectF, low: float, scale: float, span: int) -> list[QPointF]:
    x = plot.left() + plot.width() * (days - days[0]) / span
    y = plot.bottom() - (values - low) * scale
    return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def _apart(places: list[float], least: float) -> list[float]:
    """Two heights moved apart evenly where they are closer than `least`."""
    first, second = places
    missing = least - abs(first - second)
    if missing <= 0:
        return places
    shift = missing / 2 if first >= second else -missing / 2
    return [first + shift, second - shift]


def growth_words(value: float | None) -> str:
    return "NM" if value is None else percent(value, 0, signed=True)
