"""All ranked values as ticks on one axis, the compared ones named above them."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import axis_tick
from models.statements.evidence import Strip
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ticks import value_ticks
from ui.theme import Theme

_HEIGHT = 62
_LABEL_TOP, _BAND_TOP, _BAND_BOTTOM = 13, 24, 40
_MARK_WIDTH = 3
_BETWEEN = 10


class StripChart(Chart):
    """Draws a `Strip`: this value in blue, the compared ones in ink."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._strip: Strip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def figures(self) -> Figures | None:
        """Every ranked value, those that are named on the strip with their name."""
        if self._strip is None:
            return None
        named = {value: label for value, label, _ in self._strip.marks}
        values = self._strip.values[np.isfinite(self._strip.values)].tolist()
        rows = tuple((place, value, named.get(value)) for place, value in enumerate(values, 1))
        return Figures(self._strip.caption, ("Nr", "Value", "Mark"), rows)

    def sizeHint(self) -> QSize:
        return QSize(340, _HEIGHT)

    def show_strip(self, strip: Strip) -> None:
        self._strip = strip
        named = ", ".join(f"{label}: {value:,.0f}" for value, label, _ in strip.marks)
        self.setAccessibleName(strip.caption)
        self.setAccessibleDescription(f"{len(strip.values):,} values. {named}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._strip is None:
            return
        painter = QPainter(self)
        values = self._strip.values[np.isfinite(self._strip.values)]
        marked = [value for value, _, _ in self._strip.marks]
        everything = np.concatenate([values, marked])
        low, high = float(everything.min()), float(everything.max())
        room = (high - low or 1.0) * 0.02
        self._paint_axis(painter, low - room, high + room)
        x = np.round(self._x_of(values, low - room, high + room))
        shade = QColor(self._look.colour("mute"))
        shade.setAlphaF(0.55)
        painter.setPen(hairline(shade))
        painter.drawLines([QLineF(at, _BAND_TOP + 3, at, _BAND_BOTTOM) for at in x.tolist()])
        self._paint_marks(painter, low - room, high + room)
        painter.end()

    def _x_of(self, values: np.ndarray, low: float, high: float) -> np.ndarray:
        return 1 + (values - low) / (high - low) * (self.width() - 3)

    def _paint_axis(self, painter: QPainter, low: float, high: float) -> None:
        look = self._look
        painter.setPen(hairline(look.colour("line2")))
        painter.drawLine(QLineF(0, _BAND_BOTTOM, self.width(), _BAND_BOTTOM))
        painter.setFont(look.font("axis"))
        painter.setPen(look.colour("ink3"))
        for value in value_ticks(low, high, 4):
            label = f"+{axis_tick(value)}" if value > 0 else axis_tick(value)
            width = look.width("axis", label)
            at = float(self._x_of(np.array([value]), low, high)[0]) - width / 2
            painter.drawText(QPointF(min(max(at, 0), self.width() - width), _HEIGHT - 6), label)

    def _paint_marks(self, painter: QPainter, low: float, high: float) -> None:
        """Names from the right; one that would cover another is left out, this value's never."""
        assert self._strip is not None
        look, taken = self._look, list[QRectF]()
        marks = sorted(self._strip.marks, key=lambda mark: not mark[2])
        for value, label, is_this in marks:
            ink = look.colour("small" if is_this else "ink")
            x = float(self._x_of(np.array([value]), low, high)[0])
            painter.fillRect(QRectF(x - 1, _BAND_TOP - 5, _MARK_WIDTH, _BAND_BOTTOM - _BAND_TOP + 5), ink)
            width = look.width("label_strong", label)
            place = QRectF(min(max(x - width / 2, 0), self.width() - width), 0, width, _LABEL_TOP)
            moved = [place, QRectF(self.width() - width, 0, width, _LABEL_TOP)]
            for other in taken:
                moved.append(QRectF(other.left() - _BETWEEN - width, 0, width, _LABEL_TOP))
                moved.append(QRectF(other.right() + _BETWEEN, 0, width, _LABEL_TOP))
            free = [spot for spot in moved if self._is_free(spot, taken)]
            if free:
                spot = min(free, key=lambda at: abs(at.center().x() - x))
                painter.setFont(look.font("label_strong"))
                painter.setPen(ink)
                painter.drawText(QPointF(spot.left(), _LABEL_TOP - 2), label)
                taken.append(spot)
        painter.setFont(look.font("label"))
        painter.setPen(look.colour("ink3"))
        caption = QRectF(0, 0, look.width("label", self._strip.caption), _LABEL_TOP)
        if self._is_free(caption, taken):
            painter.drawText(QPointF(0, _LABEL_TOP - 2), self._strip.caption)

    def _is_free(self, spot: QRectF, taken: list[QRectF]) -> bool:
        inside = spot.left() >= 0 and spot.right() <= self.width() + 0.5
        return inside and not any(spot.adjusted(-_BETWEEN / 2, 0, _BETWEEN / 2, 0).intersects(o) for o in taken)
