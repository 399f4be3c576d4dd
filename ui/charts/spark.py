"""A line of some fifty values in the height of a table row."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from models.records import Floats
from ui.charts.look import hairline
from ui.theme import qcolour
from ui.tokens import Tokens


def paint_spark(painter: QPainter, area: QRectF, values: Floats | None, tokens: Tokens) -> None:
    """Draw the known values across the area, zero as a hairline where it lies within their range."""
    if values is None:
        return
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < 2:
        return
    low, high = float(values[known].min()), float(values[known].max())
    height = (high - low) or 1.0
    x = area.left() + known / (len(values) - 1) * area.width()
    y = area.bottom() - (values[known] - low) / height * area.height()
    if low < 0 < high:
        zero = round(area.bottom() + low / height * area.height())
        painter.setPen(hairline(qcolour(tokens.line2)))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(hairline(qcolour(tokens.small)))
    painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolour(tokens.small))
    painter.drawEllipse(QPointF(x[-1], y[-1]), 2.2, 2.2)
    painter.restore()
