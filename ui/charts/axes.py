"""Axes that draw their labels and grid straight in pixels of the scene.

pyqtgraph's own axis and grid take several times as long as all curves together.
"""

from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from ui.charts.look import Look, hairline
from ui.charts.ticks import Tick

LABEL_GAP = 8
AXIS_HEIGHT = 22


class ValueAxis(QGraphicsItem):
    """Labels at the left of a pane, grid lines on the same ticks, and the line at zero."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setZValue(-10)
        self._look = look
        self.outer, self.plot = QRectF(), QRectF()
        self.ticks: list[Tick] = []
        self.low, self.high = 0.0, 1.0
        self.has_zero_line = False

    def boundingRect(self) -> QRectF:
        return self.outer

    def y_of(self, value: float) -> float:
        return self.plot.bottom() - (value - self.low) / (self.high - self.low) * self.plot.height()

    def paint(self, painter: QPainter, *_: Any) -> None:
        look, plot = self._look, self.plot
        heights = [round(self.y_of(tick.at)) for tick in self.ticks]
        painter.setPen(hairline(look.colour("grid")))
        painter.drawLines([QLineF(plot.left(), y, plot.right(), y) for y in heights])
        if self.has_zero_line and self.low <= 0 <= self.high:
            y = round(self.y_of(0.0))
            painter.setPen(hairline(look.colour("line2")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        painter.setFont(look.font("axis"))
        painter.setPen(look.colour("ink3"))
        middle = look.middle("axis")
        for tick, y in zip(self.ticks, heights, strict=True):
            painter.drawText(QPointF(plot.left() - LABEL_GAP - look.width("axis", tick.label), y + middle), tick.label)


class DateAxis(QGraphicsItem):
    """The one bottom axis that all panes share."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setZValue(-10)
        self._look = look
        self.rect = QRectF()
        self.ticks: list[Tick] = []
        self.start, self.end = 0.0, 1.0

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-40, 0, 40, 0)

    def x_of(self, day: float) -> float:
        return self.rect.left() + (day - self.start) / (self.end - self.start) * self.rect.width()

    def paint(self, painter: QPainter, *_: Any) -> None:
        look, top = self._look, self.rect.top()
        painter.setPen(hairline(look.colour("line2")))
        painter.drawLine(QLineF(self.rect.left(), top, self.rect.right(), top))
        places = [(round(self.x_of(tick.at)), tick.label) for tick in self.ticks]
        painter.drawLines([QLineF(x, top, x, top + 4) for x, _ in places])
        painter.setFont(look.font("axis"))
        painter.setPen(look.colour("ink3"))
        for x, label in places:
            box = QRectF(x - 60, top + 5, 120, self.rect.height() - 5)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, label)
