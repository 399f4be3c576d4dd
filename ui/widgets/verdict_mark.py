"""The five marks of a verdict: shapes, so that nothing depends on a colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme, qcolour

_TICK = ((-0.20, 0.02), (-0.06, 0.16), (0.20, -0.14))
MARK_WORDS: dict[str, str] = {
    "true": "holds",
    "some": "holds under some definitions only",
    "false": "does not hold",
    "short": "cannot be shown: the sample is too short",
    "missing": "cannot be shown: no data",
}


def paint_mark(painter: QPainter, area: QRectF, mark: str, ink: QColor, paper: QColor) -> None:
    """A disc with a tick, a hollow one with a tick or a cross, a half disc, or a dash for anything else."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = min(area.width(), area.height())
    centre, radius = area.center(), size / 2 - 1
    pen = QPen(ink, size / 11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)

    def at(x: float, y: float) -> QPointF:
        return QPointF(centre.x() + x * size, centre.y() + y * size)

    match mark:
        case "true":
            painter.setBrush(ink)
            painter.drawEllipse(centre, radius, radius)
            painter.setPen(QPen(paper, size / 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([at(x, y) for x, y in _TICK])
        case "some":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)
            painter.drawPolyline([at(x, y) for x, y in _TICK])
        case "false":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)
            painter.drawLine(at(-0.15, -0.15), at(0.15, 0.15))
            painter.drawLine(at(-0.15, 0.15), at(0.15, -0.15))
        case "short":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)
            painter.setBrush(ink)
            painter.drawPie(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), 90 * 16, 180 * 16)
        case _:
            painter.setPen(QPen(ink, size / 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(at(-0.28, 0), at(0.28, 0))
    painter.restore()


class VerdictMark(QWidget):
    """One mark of 14 or 16 pixels, with its meaning as its name."""

    def __init__(self, theme: Theme, size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._mark = theme, "missing"
        self.setFixedSize(QSize(size, size))
        theme.changed.connect(self.update)

    def show_mark(self, mark: str) -> None:
        self._mark = mark
        self.setAccessibleName(MARK_WORDS.get(mark, MARK_WORDS["missing"]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._mark, qcolour(tokens.ink), qcolour(tokens.card))
        painter.end()
