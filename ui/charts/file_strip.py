"""Which files of which funds are held, and when: one row a fund, a dot for each day, a line at the as-of day."""

from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import day
from models.pages.sectors_thin import FundFiles
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ticks import date_ticks, day_number
from ui.theme import Theme
from ui.words import tr

_NAMES, _RIGHT, _TOP, _BOTTOM = 176.0, 16.0, 22.0, 24.0
_ROW, _DOT = 30.0, 3.6
_TICK_PX = 80.0
_ROOM_DAYS = 30.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FileStrip(Chart):
    """Known files are filled; later ones are hollow and in the colour of care, behind the as-of line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.files: tuple[FundFiles, ...] = ()
        self._as_of: date | None = None
        self.setAccessibleName(tr("Holdings files by fund and day"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_files(self, files: tuple[FundFiles, ...], as_of: date) -> None:
        self.files, self._as_of = files, as_of
        self.describe()
        self.updateGeometry()
        self.update()

    def figures(self) -> Figures | None:
        rows = [
            (f"{of.fund} {of.title}", when, "known" if place < of.known else "later")
            for of in self.files
            for place, when in enumerate(of.days)
        ]
        headers = ("Fund", "Holdings of", "At the as-of day")
        return Figures(self.accessibleName(), headers, tuple(rows)) if rows else None

    def sizeHint(self) -> QSize:
        return QSize(640, int(_TOP + _BOTTOM + _ROW * len(self.files)))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _span(self) -> tuple[float, float]:
        numbers = [day_number(when) for of in self.files for when in of.days]
        if self._as_of is not None:
            numbers.append(day_number(self._as_of))
        return min(numbers) - _ROOM_DAYS, max(numbers) + _ROOM_DAYS

    def point(self, row: int, when: date) -> QPointF:
        """Where the dot of a file lies."""
        return QPointF(self._x(day_number(when)), _TOP + (row + 0.5) * _ROW)

    def _x(self, number: float) -> float:
        first, last = self._span()
        width = self.width() - _NAMES - _RIGHT
        return _NAMES + (number - first) / (last - first) * width

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.files:
            return
        painter = QPainter(self)
        bottom = _TOP + _ROW * len(self.files)
        self._paint_axis(painter, bottom)
        self._paint_as_of(painter, bottom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, of in enumerate(self.files):
            self._paint_row(painter, row, of)
        painter.end()

    def _paint_axis(self, painter: QPainter, bottom: float) -> None:
        painter.setFont(self._look.font("axis"))
        first, last = self._span()
        most = max(int((self.width() - _NAMES - _RIGHT) / _TICK_PX), 1)
        for tick in date_ticks(first, last, most):
            x = round(self._x(tick.at)) + 0.5
            painter.setPen(hairline(self._look.colour("grid")))
            painter.drawLine(QLineF(x, _TOP, x, bottom))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(QRectF(x - 40, bottom + 4, 80, 16), Qt.AlignmentFlag.AlignCenter, tick.label)
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawLine(QLineF(_NAMES, round(bottom) + 0.5, self.width() - _RIGHT, round(bottom) + 0.5))

    def _paint_as_of(self, painter: QPainter, bottom: float) -> None:
        if self._as_of is None:
            return
        x = round(self._x(day_number(self._as_of))) + 0.5
        painter.setPen(QPen(self._look.colour("flag"), 1))
        painter.drawLine(QLineF(x, 4, x, bottom))
        painter.setFont(self._look.font("label"))
        text = f"as of {day(self._as_of)}"
        width = self._look.width("label", text) + 2
        left = x + 6 if x + 6 + width <= self.width() else x - 6 - width
        painter.drawText(QRectF(left, 0, width, 16), _LEFT, text)

    def _paint_row(self, painter: QPainter, row: int, of: FundFiles) -> None:
        top = _TOP + row * _ROW
        width = self._look.width("cell_strong", of.fund)
        painter.setFont(self._look.font("cell_strong"))
        painter.setPen(self._look.colour("ink"))
        painter.drawText(QRectF(0, top, width + 2, _ROW), _LEFT, of.fund)
        painter.setFont(self._look.font("cell"))
        painter.setPen(self._look.colour("ink3"))
        room = QRectF(width + 8, top, _NAMES - width - 16, _ROW)
        title = painter.fontMetrics().elidedText(of.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, _LEFT, title)
        for place, when in enumerate(of.days):
            is_known = place < of.known
            colour = self._look.colour("small" if is_known else "flag")
            painter.setPen(QPen(colour, 1.4))
            painter.setBrush(colour if is_known else self._look.colour("card"))
            painter.drawEllipse(self.point(row, when), _DOT, _DOT)
