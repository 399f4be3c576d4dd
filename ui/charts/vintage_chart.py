"""How an estimate moved, vintage by vintage: one line an index, a filled dot where the year is complete."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import decimal, month
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ticks import value_ticks
from ui.theme import Theme
from ui.words import tr

_LEFT, _RIGHT, _TOP, _BOTTOM = 42.0, 118.0, 8.0, 24.0
_BARE_RIGHT = 28.0
_DOT = 3.6
_ROOM = 0.08
_LABEL_HEIGHT = 32.0
_END_LABEL = 112.0
"""Room for the words right of a last point."""
_LEAST_DAYS = 60
_LONE_ROOM = 5.0
"""Above and below levels that are all one, in percent of the first vintage."""
_LEAST_HATCH = 24.0
_NONE_SINCE = "no vintage since"
_LEAST_TICK_PX = 70.0


@dataclass(frozen=True)
class VintageLine:
    """One line: days, levels (None breaks it) and whether the year was complete; the label stands at its end."""

    ink: str
    days: tuple[date, ...]
    levels: tuple[float | None, ...]
    complete: tuple[bool, ...]
    label: str
    note: str
    name: str = ""


class VintageChart(Chart):
    """Draws the lines over time; what is later than `as_of` lies on a tinted ground, which `note` explains."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.lines: tuple[VintageLine, ...] = ()
        self._as_of: date | None = None
        self._note = ""
        self._until: date | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(
        self,
        lines: Sequence[VintageLine],
        as_of: date | None = None,
        note: str = "",
        until: date | None = None,
    ) -> None:
        """`as_of` is given where something later is shown; up to `until` no vintage followed the last one."""
        self.lines, self._as_of, self._note, self._until = tuple(lines), as_of, note, until
        self.describe()
        self.update()

    def figures(self) -> Figures | None:
        """Every vintage with the level of each line."""
        if not self.lines:
            return None
        levels = [dict(zip(line.days, line.levels, strict=True)) for line in self.lines]
        days = sorted({day for line in self.lines for day in line.days})
        rows = tuple((day, *(of.get(day) for of in levels)) for day in days)
        names = (f"{line.name or line.ink.capitalize()}, first = 100" for line in self.lines)
        return Figures(self.accessibleName(), ("Vintage", *names), rows)

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -self._right_room(), -_BOTTOM)

    def _right_room(self) -> float:
        """Room for the words at the last points, unless they stand on the ground where no vintage followed."""
        days = [day for line in self.lines for day in line.days]
        if self._until is None or not days:
            return _RIGHT
        share = (self._until - max(days)).days / max((self._until - min(days)).days, 1)
        return _BARE_RIGHT if share * (self.width() - _LEFT) > _RIGHT + 2 * _BARE_RIGHT else _RIGHT

    def span(self) -> tuple[float, float]:
        """First and last day as numbers, with a little room; a single vintage stands in the middle of two months."""
        days = [day.toordinal() for line in self.lines for day in line.days]
        days += [day.toordinal() for day in (self._as_of, self._until) if day is not None]
        first, last = min(days, default=0), max(days, default=1)
        room = max((last - first) * 0.04, (_LEAST_DAYS - (last - first)) / 2, 1.0)
        return first - room, last + room

    def range(self) -> tuple[float, float]:
        levels = [level for line in self.lines for level in line.levels if level is not None]
        low, high = min(levels, default=99.0), max(levels, default=101.0)
        room = max((high - low) * _ROOM, 0.5 if high > low else _LONE_ROOM)
        return low - room, high + room

    def point(self, day: date, level: float) -> QPointF:
        return self._mapping()(day, level)

    def _mapping(self) -> Callable[[date, float], QPointF]:
        """From a day and a level to a point, for many of them."""
        (first, last), (low, high), plot = self.span(), self.range(), self.plot()

        def point(day: date, level: float) -> QPointF:
            x = plot.left() + (day.toordinal() - first) / (last - first) * plot.width()
            return QPointF(x, plot.bottom() - (level - low) / (high - low) * plot.height())

        return point

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.lines:
            return
        painter = QPainter(self)
        self._paint_later(painter)
        self._paint_axes(painter)
        self._paint_silence(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            self._paint_line(painter, line)
        self._write_ends(painter)
        self.paint_focus(painter)
        painter.end()

    def _paint_later(self, painter: QPainter) -> None:
        """The ground after the as-of day, its edge, and the note."""
        if self._as_of is None:
            return
        plot, x = self.plot(), self.point(self._as_of, 100.0).x()
        painter.fillRect(QRectF(x, plot.top(), plot.right() - x, plot.height()), self._look.colour("flagT"))
        painter.setPen(hairline(self._look.colour("flag")))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        if self._look.width("label", self._note) > plot.right() - x - 12:
            return
        painter.setFont(self._look.font("label"))
        area = QRectF(x + 6, plot.bottom() - 20, plot.right() - x - 6, 18)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._note)

    def _paint_silence(self, painter: QPainter) -> None:
        """A hatched ground from the last vintage to the day up to which none followed; words where they have room."""
        ends = [self.point(line.days[-1], 100.0).x() for line in self.lines]
        if self._until is None or not ends:
            return
        plot, left = self.plot(), max(ends) + _END_LABEL
        right = self.point(self._until, 100.0).x()
        width = self._look.width("label", _NONE_SINCE)
        if right - left < _LEAST_HATCH:
            return
        area = QRectF(left, plot.top(), right - left, plot.height())
        painter.fillRect(area, QBrush(self._look.colour("line2"), Qt.BrushStyle.BDiagPattern))
        if right - left < width + 16:
            return
        words = QRectF(area.center().x() - width / 2 - 6, area.center().y() - 10, width + 12, 20)
        painter.fillRect(words, self._look.colour("card"))
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink3"))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, tr(_NONE_SINCE))

    def _paint_axes(self, painter: QPainter) -> None:
        plot = self.plot()
        painter.setFont(self._look.font("axis"))
        for value in self._ticks():
            y = round(self.point(date(2000, 1, 1), value).y()) + 0.5
            painter.setPen(hairline(self._look.colour("grid")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(self._look.colour("ink3"))
            area = QRectF(0, y - 8, _LEFT - 8, 16)
            text = decimal(value, 0 if value == round(value) else 1)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for day in self._months():
            x = self.point(day, 100.0).x()
            area = QRectF(x - 40, plot.bottom() + 5, 80, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, month(day))

    def _ticks(self) -> list[float]:
        """Round levels; of vintages that are all alike the one level there is."""
        levels = {level for line in self.lines for level in line.levels if level is not None}
        return list(levels) if len(levels) == 1 else value_ticks(*self.range(), 5)

    def _months(self) -> list[date]:
        """First days of months, as far apart as their labels need."""
        first, last = (date.fromordinal(int(day)) for day in self.span())
        found = [
            date(year, number, 1)
            for year in range(first.year, last.year + 1)
            for number in range(1, 13)
            if first < date(year, number, 1) < last
        ]
        most = max(int(self.plot().width() / _LEAST_TICK_PX), 1)
        step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if len(found) / n <= most), 120)
        return [day for day in found if (day.year * 12 + day.month - 1) % step == 0]

    def _paint_line(self, painter: QPainter, line: VintageLine) -> None:
        colour = self._look.colour(line.ink)
        known = [(d, v, c) for d, v, c in zip(line.days, line.levels, line.complete, strict=True) if v is not None]
        point = self._mapping()
        points = [point(day, level) for day, level, _ in known]
        painter.setPen(QPen(colour, 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour, 1.5))
        for at, (*_, is_complete) in zip(points, known, strict=True):
            painter.setBrush(colour if is_complete else self._look.colour("card"))
            painter.drawEllipse(at, _DOT, _DOT)

    def _write_ends(self, painter: QPainter) -> None:
        """Labels right of the last points, moved apart where they would lie on each other."""
        ends = []
        for line in self.lines:
            known = [(d, v) for d, v in zip(line.days, line.levels, strict=True) if v is not None]
            if known:
                ends.append((self.point(*known[-1]), line))
        ends.sort(key=lambda end: end[0].y())
        bottom = -_LABEL_HEIGHT
        for at, line in ends:
            top = min(max(at.y() - _LABEL_HEIGHT / 2, bottom, 0.0), self.height() - _LABEL_HEIGHT * 2)
            painter.setFont(self._look.font("end_label"))
            painter.setPen(self._look.colour(line.ink))
            painter.drawText(QPointF(at.x() + 9, top + 13), line.label)
            painter.setFont(self._look.font("label"))
            painter.setPen(self._look.colour("ink2"))
            painter.drawText(QPointF(at.x() + 9, top + 28), line.note)
            bottom = top + _LABEL_HEIGHT + 2
