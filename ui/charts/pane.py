"""One pane: a pyqtgraph ViewBox with its curves, and the axis around it."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from models.records import Floats
from ui.charts.axes import ValueAxis
from ui.charts.content import PaneContent
from ui.charts.items import CurveItem
from ui.charts.look import Look
from ui.charts.ticks import Tick, value_ticks

_PADDING = 0.07
"""Room above the highest and below the lowest value, as a part of their distance."""

_TRACE_PX = 2.0
_TICK_PX = 14.0


class Pane:
    """Maps days and values to pixels of the scene; what it shows can be replaced without a new item."""

    def __init__(self, scene: pg.GraphicsScene, look: Look) -> None:
        self.content: PaneContent | None = None
        self.axis = ValueAxis(look)
        self.start, self.end = 0.0, 1.0
        self._look = look
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._box.disableAutoRange()
        self._box.setZValue(0)  # above the grid; a ViewBox puts itself below everything
        self._items: list[CurveItem] = []
        scene.addItem(self.axis)
        scene.addItem(self._box)

    @property
    def plot(self) -> QRectF:
        return self.axis.plot

    def show(self, content: PaneContent) -> None:
        self.content = content
        self.axis.has_zero_line = content.has_zero_line
        self.axis.setVisible(True)
        self._box.setVisible(True)
        while len(self._items) < len(content.curves):
            self._items.append(CurveItem())
            self._box.addItem(self._items[-1], ignoreBounds=True)
        for item in self._items[len(content.curves) :]:
            item.setVisible(False)
        for place, curve in enumerate(content.curves):
            item = self._items[place]
            item.setZValue(-place)
            item.show_curve(curve, self._look.colour(curve.ink), self._look.colour("ink"))

    def hide(self) -> None:
        self.content = None
        self.axis.setVisible(False)
        self._box.setVisible(False)

    def scale_to(self, start: float, end: float, height: float) -> None:
        """Take these days; the values' range and the ticks follow what is visible and how high the plot will be."""
        if self.content is None:
            return
        self.start, self.end = start, end
        for item in self._items:
            item.span = (start, end)
        low, high = self.content.fixed or self._range_of_visible()
        self.axis.low, self.axis.high = low, high
        most = min(self.content.most_ticks, max(int(height / _TICK_PX), 2))
        ticks = value_ticks(low, high, most)
        if len(ticks) < 2:  # one round value says nothing about the scale
            ticks = value_ticks(low, high, most + 1)
        self.axis.ticks = [Tick(value, self.content.tick(value)) for value in ticks]

    def place(self, outer: QRectF, plot: QRectF) -> None:
        """Take a place in the scene, with the range that it is scaled to."""
        self.axis.prepareGeometryChange()
        self.axis.outer, self.axis.plot = outer, plot
        self._box.setGeometry(plot)
        self._box.setRange(xRange=(self.start, self.end), yRange=(self.axis.low, self.axis.high), padding=0)

    def x_of(self, day: float) -> float:
        return self.plot.left() + (day - self.start) / (self.end - self.start) * self.plot.width()

    def stretch(self, start: float, end: float) -> QRectF:
        """The part of the plot between two days; empty where they are out of sight."""
        left, right = max(self.x_of(start), self.plot.left()), min(self.x_of(end), self.plot.right())
        return QRectF(left, self.plot.top(), max(right - left, 0.0), self.plot.height())

    def point(self, day: float, value: float) -> QPointF:
        return QPointF(self.x_of(day), self.axis.y_of(value))

    def trace_of(self, place: int) -> tuple[Floats, Floats]:
        """The visible part of one curve in pixels, a point every few of them."""
        x, y = self._items[place].visible_points()
        if not len(x):
            return x, y
        first, last = max(x[0], self.start), min(x[-1], self.end)
        days_a_step = (self.end - self.start) / self.plot.width() * _TRACE_PX
        days = np.arange(first, last + days_a_step, days_a_step)
        values = np.interp(days, x, y)
        scale = self.plot.width() / (self.end - self.start)
        height = self.plot.height() / (self.axis.high - self.axis.low)
        return self.plot.left() + (days - self.start) * scale, self.plot.bottom() - (values - self.axis.low) * height

    def _range_of_visible(self) -> tuple[float, float]:
        assert self.content is not None
        lows, highs = [], []
        for item, curve in zip(self._items, self.content.curves, strict=False):
            _, y = item.visible_points()
            if len(y):
                lows.append(float(np.min(y)))
                highs.append(float(np.max(y)))
            if curve.is_bars:
                lows.append(0.0)
                highs.append(0.0)
        if not lows:
            return -1.0, 1.0
        low, high = min(lows), max(highs)
        if low == high:
            low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
        room = (high - low) * _PADDING
        return low - room, high + room
