"""Text on a chart: where two labels would collide, the less important one is left out."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath, QPen, QPixmap

from models.records import Floats
from ui.charts.look import Look

_HALO = 4.0
_AIR = 2.0
_MOST_STAMPS = 300


@dataclass(frozen=True)
class Line:
    """One line of a label: its text, the role of its font and its colour's token."""

    text: str
    role: str
    ink: str


class Shelf:
    """Keeps the places that are taken; the caller offers labels in order of importance."""

    def __init__(self, look: Look, stamps: "Stamps") -> None:
        self._look, self._stamps = look, stamps
        self._taken: list[QRectF] = []

    def size(self, lines: tuple[Line, ...]) -> tuple[float, float]:
        width = max((self._look.width(line.role, line.text) for line in lines), default=0.0)
        return width, sum(self._look.height(line.role) for line in lines)

    def is_free(self, rect: QRectF) -> bool:
        return not any(rect.intersects(other) for other in self._taken)

    def take(self, rect: QRectF) -> None:
        self._taken.append(rect.adjusted(-_AIR, -_AIR, _AIR, _AIR))

    def write(self, painter: QPainter, lines: tuple[Line, ...], rect: QRectF, align: Qt.AlignmentFlag) -> None:
        """Draw the lines below each other on a halo of the card's colour, and take the place."""
        top = rect.top()
        for line in lines:
            width = self._look.width(line.role, line.text)
            left = rect.left() if align == Qt.AlignmentFlag.AlignLeft else rect.right() - width
            if align == Qt.AlignmentFlag.AlignHCenter:
                left = rect.center().x() - width / 2
            base = QPointF(round(left), round(top + self._look.ascent(line.role)))
            self._write_line(painter, line, base)
            top += self._look.height(line.role)
        self.take(rect)

    def _write_line(self, painter: QPainter, line: Line, base: QPointF) -> None:
        if painter.paintEngine().type() == QPaintEngine.Type.Raster:
            stamp, inset = self._stamps.get(line, painter.device().devicePixelRatioF())
            painter.drawPixmap(base - inset, stamp)
        else:
            _paint_line(painter, self._look, line, base)


class Stamps:
    """Lines of text with their halo as small pictures: outlining letters takes longer than all else in a frame."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[tuple[Line, float], tuple[QPixmap, QPointF]] = {}

    def get(self, line: Line, ratio: float) -> tuple[QPixmap, QPointF]:
        """The picture, and where the start of the base line lies in it."""
        if (line, ratio) not in self._kept:
            if len(self._kept) >= _MOST_STAMPS:
                self._kept.clear()
            self._kept[line, ratio] = self._made(line, ratio)
        return self._kept[line, ratio]

    def clear(self) -> None:
        self._kept.clear()

    def _made(self, line: Line, ratio: float) -> tuple[QPixmap, QPointF]:
        width, height = self._look.width(line.role, line.text), self._look.height(line.role)
        base = QPointF(_HALO, math.ceil(_HALO + self._look.ascent(line.role)))
        size = QSizeF(width + 2 * _HALO + 2, height + 2 * _HALO + 1)
        picture = QPixmap((size * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        _paint_line(painter, self._look, line, base)
        painter.end()
        return picture.copy(), base  # what was painted on keeps the painter's buffers, many times the picture's size


def _paint_line(painter: QPainter, look: Look, line: Line, base: QPointF) -> None:
    font = look.font(line.role)
    outline = QPainterPath()
    outline.addText(base, font, line.text)
    pen = QPen(look.colour("card"), _HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(outline, pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(font)
    painter.setPen(look.colour(line.ink))
    painter.drawText(base, line.text)


def crossings(rect: QRectF, x: Floats, y: Floats) -> int:
    """How many points of a line in pixels lie inside a rectangle."""
    inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
    return int(inside.sum())
