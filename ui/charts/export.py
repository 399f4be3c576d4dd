"""A chart as a picture for other programs, with what it says written on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from models.records import Floats
from ui.charts.content import StackContent, value_at
from ui.charts.stack_view import StackView
from ui.charts.ticks import day_of
from ui.theme import LIGHT, Theme

SCALE = 2.0
_MARGIN = 16
_LINE = 16


@dataclass(frozen=True)
class Caption:
    """The title above the picture; definition, source and as-of below it."""

    title: str
    lines: tuple[str, ...]


def render_image(stack: StackView, caption: Caption, scale: float = SCALE) -> QImage:
    """The chart at `scale` times its size on screen, in the light theme, title above and lines below."""
    size = _size(stack, caption)
    image = QImage((QSizeF(size) * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    _paint(painter, stack, caption, size)
    painter.end()
    return image


def png_bytes(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def svg_bytes(stack: StackView, caption: Caption) -> bytes:
    """The same as vectors, drawn by Qt; pyqtgraph's own exporter fails with this Qt."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    size = _size(stack, caption)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(caption.title)
    generator.setDescription(" ".join(caption.lines))
    painter = QPainter(generator)
    _paint(painter, stack, caption, size)
    painter.end()
    return bytes(data.data())


@dataclass(frozen=True)
class Figures:
    """Exactly what a chart draws over a stretch, as a table: the first column is the day of the report."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[date | float | int | None, ...], ...]
    forms: tuple[Callable[[float], str], ...]
    """How the values of each column after the first are written on screen."""


def figures(content: StackContent, start: float, end: float) -> Figures:
    """The reports between two days with the values of every curve, None where unknown."""
    curves = [curve for pane in content.panes for curve in pane.curves]
    days: Floats = content.days[(content.days >= start) & (content.days <= end)]
    rows = []
    for day in days.tolist():
        values = (value_at(curve, day) for curve in curves)
        rows.append((day_of(day), *(None if value != value else _plain(value) for value in values)))
    headers = ("Report", *(curve.name for curve in curves))
    return Figures(content.title, headers, tuple(rows), tuple(curve.form for curve in curves))


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _size(stack: QWidget, caption: Caption) -> QSize:
    return QSize(stack.width() + 2 * _MARGIN, stack.height() + 2 * _MARGIN + 28 + _LINE * len(caption.lines))


def _paint(painter: QPainter, stack: StackView, caption: Caption, size: QSize) -> None:
    copy = _light_copy(stack)
    look = copy.look
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), look.colour("card"))
    painter.setFont(look.font("card_title"))
    painter.setPen(look.colour("ink"))
    painter.drawText(QPointF(_MARGIN, _MARGIN + look.ascent("card_title")), caption.title)
    painter.save()
    painter.translate(_MARGIN, _MARGIN + 24)
    copy.paint_chart(painter)
    painter.restore()
    painter.setFont(look.font("label"))
    painter.setPen(look.colour("ink3"))
    top = size.height() - _MARGIN - _LINE * len(caption.lines)
    for place, line in enumerate(caption.lines):
        text = look.metrics("label").elidedText(line, Qt.TextElideMode.ElideRight, size.width() - 2 * _MARGIN)
        painter.drawText(QPointF(_MARGIN, top + place * _LINE + look.ascent("label")), text)
    copy.deleteLater()


def _light_copy(stack: StackView) -> StackView:
    """The same chart in the theme for paper, whatever the screen has."""
    copy = StackView(Theme(LIGHT, stack.theme.text_size_pct), stack)
    copy.resize(stack.size())
    copy.show_content(stack.content)
    copy.show_range(stack.shown)
    return copy
