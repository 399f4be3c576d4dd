"""Twelve small charts, one a calendar month: by how much small caps led or trailed in it, year by year."""

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.performance import MonthlyGaps
from models.figures import Figures
from models.formats import decimal, long_month
from models.records import Floats, Ints
from models.windows import MONTH_NAMES
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.market_figures import month_figures
from ui.theme import Theme
from ui.words import tr

_MONTHS = 12
_COLUMNS = 4
_HEAD, _BETWEEN, _BELOW = 22.0, 18.0, 6.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MonthPanels(Chart):
    """All on one scale; the newest month is in the colour of small caps. `pointed` gives a month as text."""

    pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.gaps: MonthlyGaps | None = None
        self._months: Ints = np.empty(0, dtype=np.int64)
        self._years: Ints = np.empty(0, dtype=np.int64)
        self._points: Floats = np.empty(0)
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Gap by month"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_gaps(self, gaps: MonthlyGaps | None) -> None:
        self.gaps, self._at = gaps, None
        if gaps is not None and len(gaps):
            count = gaps.month.astype("M8[M]").astype(np.int64)
            self._months, self._years, self._points = count % _MONTHS, count // _MONTHS + 1970, gaps.points
            self.setAccessibleDescription(
                f"{len(gaps):,} months from {long_month(gaps.month[0])}; last {self._reading(len(gaps) - 1)}."
            )
        self.update()

    def figures(self) -> Figures | None:
        return month_figures(self.gaps) if self.gaps is not None else None

    def sizeHint(self) -> QSize:
        return QSize(580, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 170)

    # --- where things are

    def panel(self, month: int) -> QRectF:
        """The area of one calendar month (0 to 11), without its head."""
        rows = _MONTHS // _COLUMNS
        width = (self.width() - (_COLUMNS - 1) * _BETWEEN) / _COLUMNS
        height = self.height() / rows
        left, top = (month % _COLUMNS) * (width + _BETWEEN), (month // _COLUMNS) * height
        return QRectF(left, top + _HEAD, width, height - _HEAD - _BELOW)

    def bar(self, place: int) -> QRectF:
        """The bar of one month of the record, snapped to pixels."""
        area = self.panel(int(self._months[place]))
        first, last = int(self._years.min()), int(self._years.max())
        step = area.width() / (last - first + 1)
        scale = area.height() / (float(np.ptp(np.append(self._points, 0.0))) or 1.0)
        zero = area.top() + max(float(self._points.max()), 0.0) * scale
        end = zero - float(self._points[place]) * scale
        left = area.left() + (int(self._years[place]) - first) * step
        return QRectF(round(left), round(min(zero, end)), max(round(step * 0.74), 1), max(round(abs(zero - end)), 1))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.gaps is None or not len(self.gaps):
            return
        painter = QPainter(self)
        for month in range(_MONTHS):
            self._paint_head(painter, month)
        last = len(self._points) - 1
        for place in range(last + 1):
            ink = "small" if place == last else "ink" if place == self._at else "mute"
            painter.fillRect(self.bar(place), self._look.colour(ink))
        self.paint_focus(painter)
        painter.end()

    def _paint_head(self, painter: QPainter, month: int) -> None:
        area = self.panel(month)
        mine = self._points[self._months == month]
        is_now = bool(self._months[-1] == month)
        head = QRectF(area.left(), area.top() - _HEAD, area.width(), _HEAD - 2)
        painter.setFont(self._look.font("label_strong"))
        painter.setPen(self._look.colour("small" if is_now else "ink2"))
        painter.drawText(head, _LEFT, MONTH_NAMES[month].capitalize())
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink3"))
        if len(mine):
            painter.drawText(head, _RIGHT, f"{np.count_nonzero(mine > 0)} of {len(mine)} ahead")
        scale = area.height() / (float(np.ptp(np.append(self._points, 0.0))) or 1.0)
        zero = round(area.top() + max(float(self._points.max()), 0.0) * scale) - 0.5
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawLine(QLineF(area.left(), zero, area.right(), zero))

    # --- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        month = next((m for m in range(_MONTHS) if self.panel(m).adjusted(0, -_HEAD, 0, _BELOW).contains(at)), None)
        places = [place for place in range(len(self._months)) if self._months[place] == month]
        self._point(min(places, key=lambda place: abs(self.bar(place).center().x() - at.x()), default=None))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        last = len(self._points) - 1
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point(last if self._at is None else min(max(self._at + step, 0), last))

    def _point(self, place: int | None) -> None:
        self._at = place
        self.update()
        self.pointed.emit("" if self._at is None else self._reading(self._at))

    def _reading(self, place: int) -> str:
        assert self.gaps is not None
        so_far = "" if self.gaps.is_whole[place] else " so far"
        points = decimal(float(self._points[place]), 1, signed=True)
        return f"{long_month(self.gaps.month[place])}{so_far}: {points} points"
