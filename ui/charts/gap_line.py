"""How far one price has run ahead of another since a base close: one line in points, the newest month marked off."""

from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import as_date, axis_tick, day, decimal
from models.pages.market import RelativeCard
from models.records import Floats
from models.windows import MONTH_NAMES
from ui.charts.chart import Chart
from ui.charts.content import LONGEST_STEP_DAYS, days_of
from ui.charts.look import hairline
from ui.charts.market_figures import path_figures
from ui.charts.ticks import day_number, value_ticks
from ui.theme import Theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 66.0, 8.0, 24.0
_ROOM = 0.09
_DOT, _END_DOT = 3.4, 4.4
_ALONE = 2.2
_DRAG_PX = 4
_LEAST_MONTH_PX = 26.0
_MOST_TICKS = 6
_BAND_ALPHA = 140

_Number = TypeVar("_Number", float, Floats)


class GapLine(Chart):
    """`pointed` gives what is under the pointer or cursor as text, `stretch_chosen` two days dragged over.

    Left and right walk from day to day, with Shift a stretch is marked, Enter chooses it.
    """

    pointed = Signal(str)
    stretch_chosen = Signal(date, date)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.card: RelativeCard | None = None
        self._days = np.empty(0)
        self._at: int | None = None
        self._from: int | None = None
        self._pressed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_card(self, card: RelativeCard | None) -> None:
        self.card = card
        self._days = days_of(card.path.date) if card else np.empty(0)
        self._at = self._from = self._pressed = None
        if card is not None:
            self.setAccessibleName(card.title)
            self.setAccessibleDescription(_description(card))
        self.update()

    @property
    def pointed_place(self) -> int | None:
        """The row of the path that is pointed at."""
        return self._at

    def figures(self) -> Figures | None:
        return path_figures(self.card) if self.card is not None else None

    def sizeHint(self) -> QSize:
        return QSize(580, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 170)

    # --- where things are

    def plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def range(self) -> tuple[float, float]:
        """Ends of the value axis: zero, the whole line, and room for the labels."""
        values = self.card.path.points if self.card else np.zeros(1)
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        room = (high - low or 1.0) * _ROOM
        return low - room, high + room

    def x_of(self, number: _Number) -> _Number:
        plot, first, last = self.plot(), float(self._days[0]), float(self._days[-1])
        return (number - first) / max(last - first, 1.0) * plot.width() + plot.left()

    def y_of(self, value: _Number) -> _Number:
        (low, high), plot = self.range(), self.plot()
        return (value - low) / (low - high) * plot.height() + plot.bottom()

    def points(self) -> list[QPointF]:
        """The whole line, a point a day."""
        assert self.card is not None
        x, y = self.x_of(self._days), self.y_of(self.card.path.points)
        return [QPointF(*at) for at in zip(x.tolist(), y.tolist(), strict=True)]

    def point(self, place: int) -> QPointF:
        assert self.card is not None
        return QPointF(self.x_of(float(self._days[place])), self.y_of(float(self.card.path.points[place])))

    def place_at(self, x: float) -> int:
        """The day nearest to a place of the widget."""
        return int(np.argmin(np.abs(self.x_of(self._days) - x)))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.card is None or len(self._days) < 2:
            return
        painter = QPainter(self)
        self._paint_band(painter, self.card)
        self._paint_axes(painter)
        self._paint_stretch(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter)
        self._paint_extreme(painter, self.card)
        self._paint_end(painter, self.card)
        self._paint_cursor(painter)
        self.paint_focus(painter)
        painter.end()

    def _paint_band(self, painter: QPainter, card: RelativeCard) -> None:
        if card.highlight is None:
            return
        plot, left = self.plot(), round(self.x_of(day_number(card.highlight)))
        ground = QColor(self._look.colour("smallT"))
        ground.setAlpha(_BAND_ALPHA)
        painter.fillRect(QRectF(left, plot.top(), round(plot.right()) - left, plot.height()), ground)
        painter.setFont(self._look.font("label_strong"))
        painter.setPen(self._look.colour("small"))
        width = self._look.width("label_strong", card.highlight_label) + 4
        middle = min((left + plot.right()) / 2, plot.right() - width / 2 + 4)
        area = QRectF(middle - width / 2, plot.top() + 4, width, self._look.height("label_strong"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, card.highlight_label)

    def _paint_axes(self, painter: QPainter) -> None:
        plot = self.plot()
        painter.setFont(self._look.font("axis"))
        for value in value_ticks(*self.range(), _MOST_TICKS):
            y = round(self.y_of(value)) + 0.5
            painter.setPen(hairline(self._look.colour("line2" if value == 0 else "grid")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(self._look.colour("ink3"))
            area = QRectF(0, y - 8, _LEFT - 8, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, axis_tick(value))
        for start, end in self._months():
            x = round(self.x_of(start)) + 0.5
            painter.setPen(hairline(self._look.colour("line2")))
            if start > self._days[0]:
                painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 4))
            width = self.x_of(end) - x
            if width >= _LEAST_MONTH_PX:
                painter.setPen(self._look.colour("ink3"))
                name = MONTH_NAMES[(date(1970, 1, 1) + timedelta(days=int(start))).month - 1].capitalize()
                area = QRectF(x, plot.bottom() + 5, width, 16)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)

    def _months(self) -> list[tuple[float, float]]:
        """First and last moment of each month of which more than its base close is shown."""
        assert self.card is not None
        months = np.unique(self.card.path.date[1:].astype("M8[M]"))
        starts = months.astype("M8[D]").astype(float)
        ends = (months + 1).astype("M8[D]").astype(float)
        last = float(self._days[-1])
        return [(max(a, float(self._days[0])), min(b, last)) for a, b in zip(starts, ends, strict=True)]

    def _paint_line(self, painter: QPainter) -> None:
        """Broken where closes are missing for more than two weeks."""
        painter.setPen(QPen(self._look.colour("small"), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = self.points()
        breaks = (np.flatnonzero(np.diff(self._days) > LONGEST_STEP_DAYS) + 1).tolist()
        for first, after in pairwise([0, *breaks, len(points)]):
            if after - first == 1:
                self._paint_alone(painter, points[first])
            painter.drawPolyline(QPolygonF(points[first:after]))

    def _paint_alone(self, painter: QPainter, at: QPointF) -> None:
        """A close with none held around it, such as a month-end."""
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("small"))
        painter.drawEllipse(at, _ALONE, _ALONE)
        painter.restore()

    def _paint_extreme(self, painter: QPainter, card: RelativeCard) -> None:
        if card.extreme is None:
            return
        at = QPointF(self.x_of(day_number(card.extreme.date)), self.y_of(card.extreme.value))
        painter.setPen(QPen(self._look.colour("small"), 1.5))
        painter.setBrush(self._look.colour("card"))
        painter.drawEllipse(at, _DOT, _DOT)
        text, height = card.extreme.label, self._look.height("cell_strong")
        width = self._look.width("cell_strong", text) + 2
        left = at.x() - width - 8
        if left < self.plot().left():
            left = at.x() + 8
        top = at.y() + 2 if card.extreme.value < 0 else at.y() - height - 2
        self._write(painter, QRectF(left, top, width, height), text, "cell_strong", "ink")

    def _paint_end(self, painter: QPainter, card: RelativeCard) -> None:
        at = self.point(len(self._days) - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("small"))
        painter.drawEllipse(at, _END_DOT, _END_DOT)
        height, below = self._look.height("end_label"), self._look.height("label")
        top = min(max(at.y() - height / 2 - 4, 0.0), self.plot().bottom() - height - below)
        self._write(painter, QRectF(at.x() + 9, top, _RIGHT - 9, height), card.end.label, "end_label", "small")
        self._write(painter, QRectF(at.x() + 9, top + height, _RIGHT - 9, below), "points", "label", "ink2")

    def _paint_stretch(self, painter: QPainter) -> None:
        if self._from is None or self._at is None:
            return
        left, right = sorted((self.point(self._from).x(), self.point(self._at).x()))
        plot = self.plot()
        area = QRectF(round(left), plot.top(), round(right) - round(left), plot.height())
        painter.fillRect(area, self._look.colour("sel"))
        painter.setPen(hairline(self._look.colour("ink3")))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.drawLine(area.topRight(), area.bottomRight())

    def _paint_cursor(self, painter: QPainter) -> None:
        if self._at is None:
            return
        at, plot = self.point(self._at), self.plot()
        painter.setPen(hairline(self._look.colour("ink3")))
        painter.drawLine(QLineF(round(at.x()) + 0.5, plot.top(), round(at.x()) + 0.5, plot.bottom()))
        painter.setPen(QPen(self._look.colour("card"), 1.5))
        painter.setBrush(self._look.colour("ink"))
        painter.drawEllipse(at, _DOT + 0.6, _DOT + 0.6)

    def _write(self, painter: QPainter, area: QRectF, text: str, role: str, ink: str) -> None:
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    # --- pointing and marking

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._days) > 1:
            self._pressed, self._from = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if len(self._days) < 2:
            return
        if self._pressed is not None and abs(event.position().x() - self._pressed.x()) >= _DRAG_PX:
            self._from = self.place_at(self._pressed.x())
        self._point(self.place_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self._choose()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._pressed is None:
            self._from = None
            self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        last = len(self._days) - 1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._from is not None:
            self._choose()
        elif event.key() == Qt.Key.Key_Escape and self._from is not None:
            self._from = None
            self.update()
        elif step is not None and last > 0:
            here = last if self._at is None else self._at
            is_marking = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._from = (here if self._from is None else self._from) if is_marking else None
            self._point(here if self._at is None else min(max(here + step, 0), last))
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._from is None or self._at is None or self.card is None:
            return
        first, last = sorted((self._from, self._at))
        self._from = None
        self.update()
        if first < last:
            self.stretch_chosen.emit(as_date(self.card.path.date[first]), as_date(self.card.path.date[last]))

    def _point(self, place: int | None) -> None:
        self._at = place
        self.update()
        self.pointed.emit(self._reading())

    def _reading(self) -> str:
        if self._at is None or self.card is None:
            return ""
        line = self.card.path
        if self._from is not None and self._from != self._at:
            first, last = sorted((self._from, self._at))
            return f"{day(line.date[first])} to {day(line.date[last])}: compare this stretch over the years"
        return f"{day(line.date[self._at])}: {decimal(float(line.points[self._at]), 1, signed=True)} points"


def _description(card: RelativeCard) -> str:
    line = card.path
    texts = [card.caption, f"{day(line.date[0])} to {day(line.date[-1])}, last {card.end.label} points."]
    if card.extreme is not None:
        texts.append(f"Furthest from zero: {card.extreme.label}.")
    return " ".join(texts)
