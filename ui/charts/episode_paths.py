"""What followed each of some episodes, week by week: every path, their median, and what random dates gave."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.episodes import HORIZONS, WEEKS, Outcome
from models.figures import Figures, known
from models.formats import axis_tick, decimal, plural
from models.records import Floats
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ticks import value_ticks
from ui.theme import Theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 10.0, 8.0, 22.0
_ROOM = 0.06
_MOST_TICKS = 5
_PATH_ALPHA, _LEAST_ALPHA, _FEW_PATHS = 110, 28, 20
"""Paths are drawn the paler the more there are, from so many on."""
_BAND_ALPHA = 150


class EpisodePaths(Chart):
    """One outcome; the current episode's own path, where it has one, is the last row and drawn stronger."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.outcome: Outcome | None = None
        self._has_current = False
        self._range = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_outcome(self, outcome: Outcome | None, *, has_current: bool = False) -> None:
        self.outcome, self._has_current = outcome, has_current
        self._range = _range_of(outcome)
        self.setAccessibleName(outcome.name if outcome else "")
        self.setAccessibleDescription(description(outcome) if outcome else "")
        self.update()

    def figures(self) -> Figures | None:
        """Week by week: the median and extremes of the episodes, the band of random dates, then each path."""
        of = self.outcome
        if of is None:
            return None
        bands = (of.median, of.low, of.high, of.chance_median, of.chance_low, of.chance_high)
        columns = [values.tolist() for values in (*bands, *of.paths)]
        rows = tuple((week, *(known(column[week]) for column in columns)) for week in range(len(of.median)))
        names = ("Median", "Lowest", "Highest", "Random median", "Random, lower", "Random, upper")
        paths = (f"Episode {place}" for place in range(1, len(of.paths) + 1))
        return Figures(of.name, ("Week", *(f"{name}, {of.unit}" for name in (*names, *paths))), rows)

    def sizeHint(self) -> QSize:
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 140)

    # --- where things are

    def plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def point(self, week: int, value: float) -> QPointF:
        (low, high), plot = self._range, self.plot()
        x = plot.left() + week / WEEKS * plot.width()
        return QPointF(x, plot.bottom() - (value - low) / (high - low) * plot.height())

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.outcome is None:
            return
        painter = QPainter(self)
        self._paint_band(painter, self.outcome)
        self._paint_axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_paths(painter, self.outcome)
        self._paint_line(painter, self.outcome.chance_median, self._pen("ink3", 1.2, is_dashed=True))
        self._paint_line(painter, self.outcome.median, self._pen("small", 2.2))
        painter.end()

    def _pen(self, ink: str, width: float, *, is_dashed: bool = False) -> QPen:
        pen = QPen(self._look.colour(ink), width)
        pen.setStyle(Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine)
        return pen

    def _line(self, values: Floats) -> QPolygonF:
        return QPolygonF(self._points(values))

    def _points(self, values: Floats) -> list[QPointF]:
        return [self.point(int(week), float(values[week])) for week in np.flatnonzero(np.isfinite(values))]

    def _paint_line(self, painter: QPainter, values: Floats, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(self._line(values))

    def _paint_band(self, painter: QPainter, of: Outcome) -> None:
        """Where nine in ten medians of as many random dates lie."""
        edge = self._points(of.chance_high) + self._points(of.chance_low)[::-1]
        ground = QColor(self._look.colour("sel"))
        ground.setAlpha(_BAND_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPolygon(QPolygonF(edge))

    def _paint_paths(self, painter: QPainter, of: Outcome) -> None:
        colour = QColor(self._look.colour("mute"))
        colour.setAlpha(max(_LEAST_ALPHA, _PATH_ALPHA * _FEW_PATHS // max(len(of.paths), _FEW_PATHS)))
        earlier = of.paths[:-1] if self._has_current else of.paths
        for path in earlier:
            self._paint_line(painter, path, QPen(colour, 1.0))
        if self._has_current:
            self._paint_line(painter, of.paths[-1], self._pen("ink", 1.6))

    def _paint_axes(self, painter: QPainter) -> None:
        plot = self.plot()
        painter.setFont(self._look.font("axis"))
        for value in value_ticks(*self._range, _MOST_TICKS):
            y = round(self.point(0, value).y()) + 0.5
            painter.setPen(hairline(self._look.colour("line2" if value == 0 else "grid")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(self._look.colour("ink3"))
            area = QRectF(0, y - 8, _LEFT - 8, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, axis_tick(value))
        for week in HORIZONS:
            x = round(self.point(week, 0.0).x()) - 0.5
            painter.setPen(hairline(self._look.colour("line2")))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            painter.setPen(self._look.colour("ink3"))
            area = QRectF(x - 40, plot.bottom() + 4, 44, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{week} w")


def _range_of(of: Outcome | None) -> tuple[float, float]:
    """Ends of the value axis: zero, every known path and the band."""
    drawn = [of.paths, of.chance_low, of.chance_high] if of else []
    known = np.concatenate([np.zeros(1), *(part[np.isfinite(part)].ravel() for part in drawn)])
    low, high = float(known.min()), float(known.max())
    room = ((high - low) or 1.0) * _ROOM
    return low - room, high + room


def description(of: Outcome) -> str:
    """The outcome in words, for a screen reader: medians at each horizon and how many episodes are known."""
    parts = [
        f"after {plural(week, 'week')} median {decimal(float(of.median[week]), 1, signed=True)} {of.unit}"
        f" of {int(of.count[week])}, random dates {decimal(float(of.chance_median[week]), 1, signed=True)}"
        for week in HORIZONS
    ]
    return f"{of.name}: {'; '.join(parts)}."
