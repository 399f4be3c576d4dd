"""The marks of a pane that live in a pyqtgraph ViewBox, in data coordinates: lines and bars."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem

from models.records import Floats
from ui.charts.content import Curve

_VECTOR_ENGINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture)
_DASH = [4.0, 3.0]
_NONE = np.empty(0)


class CurveItem(QGraphicsItem):
    """A curve drawn as line or bars; only what lies within `span`, first and last day, is mapped and drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.span = (0.0, 0.0)
        self._x, self._y = _NONE, _NONE
        self._breaks = np.empty(0, dtype=np.int64)
        self._curve: Curve | None = None
        self._colour = QColor()
        self._last_colour = QColor()
        self._bounds = QRectF()

    def show_curve(self, curve: Curve, colour: QColor, last_colour: QColor) -> None:
        """Bars show the latest one in a colour of its own."""
        self.prepareGeometryChange()
        self._curve, self._colour, self._last_colour = curve, colour, last_colour
        known = np.isfinite(curve.y)
        if curve.drawn is not None:
            known &= curve.drawn
        self._x, self._y = curve.x[known], curve.y[known]
        place = np.flatnonzero(known)
        apart = (np.diff(self._x) > curve.longest_step) | (np.diff(place) > 1)
        self._breaks = np.flatnonzero(apart) + 1
        self._bounds = self._data_bounds(curve.is_bars)
        self.setVisible(True)

    def visible_points(self) -> tuple[Floats, Floats]:
        """Days and values within the span, with the neighbour on either side; unknown values left out."""
        shown = self._visible()
        return self._x[shown], self._y[shown]

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        if self._curve is None or not len(self._x):
            return
        shown = self._visible()
        to_device = painter.worldTransform()
        painter.resetTransform()
        if self._curve.is_bars:
            self._paint_bars(painter, to_device, shown)
        else:
            self._paint_line(painter, to_device, shown)
        painter.setWorldTransform(to_device)

    def _data_bounds(self, has_base: bool) -> QRectF:
        if not len(self._x):
            return QRectF()
        low, high = float(self._y.min()), float(self._y.max())
        if has_base:
            low, high = min(low, 0.0), max(high, 0.0)
        return QRectF(self._x[0] - 4, low, self._x[-1] - self._x[0] + 8, max(high - low, 1e-9))

    def _visible(self) -> slice:
        start, end = self.span
        first = max(int(np.searchsorted(self._x, start)) - 1, 0)
        return slice(first, int(np.searchsorted(self._x, end, side="right")) + 1)

    def _paint_line(self, painter: QPainter, to_device: QTransform, shown: slice) -> None:
        assert self._curve is not None
        inner = self._breaks[(self._breaks > shown.start) & (self._breaks < shown.stop)] - shown.start
        edges = [0, *inner.tolist(), len(self._x[shown])]
        runs = []
        for first, last in pairwise(edges):
            x, y = _cut(self._x[shown][first:last], self._y[shown][first:last], *self.span)
            if len(x):
                runs.append(_run(x * to_device.m11() + to_device.dx(), y * to_device.m22() + to_device.dy()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_line(painter, runs, self._colour, self._curve.width, is_dashed=self._curve.is_dashed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_bars(self, painter: QPainter, to_device: QTransform, shown: slice) -> None:
        x, y = self._x[shown], self._y[shown]
        if not len(x):
            return
        width = max(1, math.floor(abs(to_device.m11()) * 7 * 0.62))
        left = np.round(x * to_device.m11() + to_device.dx() - width / 2)
        base = round(to_device.dy())
        top = np.round(y * to_device.m22() + to_device.dy())
        top = np.where((top == base) & (y != 0), base - np.sign(y), top)
        upper, height = np.minimum(top, base), np.abs(top - base)
        bars = zip(left.tolist(), upper.tolist(), height.tolist(), strict=True)
        rects = [QRectF(x_px, y_px, width, height_px) for x_px, y_px, height_px in bars]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRects(rects)
        if shown.stop >= len(self._x):
            painter.setBrush(self._last_colour)
            painter.drawRect(rects[-1])


def draw_line(painter: QPainter, runs: list[QPolygonF], colour: QColor, width: float, *, is_dashed: bool) -> None:
    """Draw polylines given in logical pixels.

    Qt's stroker takes ten times as long for an antialiased line of two pixels as for hairlines laid side by
    side, and the pictures cannot be told apart; only devices that keep vectors get the real stroke.
    """
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    is_vector = painter.paintEngine().type() in _VECTOR_ENGINES
    if is_vector:
        pen.setWidthF(width)
    if is_dashed:
        pen.setDashPattern(_DASH)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ratio = painter.device().devicePixelRatioF()
    offsets = [(0.0, 0.0)] if is_vector else _hairlines(width * ratio)
    for dx, dy in offsets:
        painter.translate(dx / ratio, dy / ratio)
        for run in runs:
            painter.drawPolyline(run)
        painter.translate(-dx / ratio, -dy / ratio)


def _hairlines(width: float) -> list[tuple[float, float]]:
    """Where hairlines must lie, in device pixels, to look like one line of that width."""
    offsets: list[tuple[float, float]] = []
    radius = (width - 1) / 2
    while radius > 0:
        ways = 4 if radius <= 0.75 else 8
        offsets += [
            (radius * math.cos(k * math.tau / ways), radius * math.sin(k * math.tau / ways)) for k in range(ways)
        ]
        radius -= 1
    return offsets if width >= 2 else [(0.0, 0.0), *offsets]


def _cut(x: Floats, y: Floats, start: float, end: float) -> tuple[Floats, Floats]:
    """A run cut off at the edges of the span, as not every device can clip what is drawn."""
    inside = (x >= start) & (x <= end)
    if inside.all():
        return x, y
    ends = np.array([at for at in (start, end) if x[0] < at < x[-1]])
    cut = np.concatenate([x[inside], ends])
    order = np.argsort(cut, kind="stable")
    return cut[order], np.interp(cut, x, y)[order]


def _run(x: Floats, y: Floats) -> QPolygonF:
    """A value between two gaps is drawn as a short dash."""
    return _polygon(x, y) if len(x) > 1 else _polygon(np.array([x[0] - 1, x[0] + 1]), np.array([y[0], y[0]]))


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    polygon: QPolygonF = pg.functions.create_qpolygonf(len(x))
    points = pg.functions.ndarray_from_qpolygonf(polygon)
    points[:, 0], points[:, 1] = x, y
    return polygon
