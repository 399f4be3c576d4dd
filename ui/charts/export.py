"""A chart as a picture for other programs: light, with its title above and definition, source and as-of below it."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from models.figures import Caption
from models.version import NAME
from ui.charts.chart import Chart
from ui.theme import Theme

SCALE = 2.0
_MARGIN = 16
_BETWEEN = 8
_MM_A_PIXEL = 25.4 / 96
_DPI = 96
"""Pens of one device pixel are as thick as on a screen; text and lines stay vectors."""
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def render_image(chart: Chart, caption: Caption, scale: float = SCALE) -> QImage:
    """The chart at `scale` times its size on screen."""
    size = picture_size(chart, caption)
    image = QImage((QSizeF(size) * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    paint(painter, chart, caption)
    painter.end()
    return image


def png_bytes(image: QImage) -> bytes:
    def save(buffer: QBuffer) -> None:
        image.save(buffer, "PNG")  # type: ignore[call-overload]

    return _written(save)


def svg_bytes(chart: Chart, caption: Caption) -> bytes:
    """The same as vectors, drawn by Qt; pyqtgraph's own exporter fails with this Qt."""

    def draw(buffer: QBuffer) -> None:
        from PySide6.QtSvg import QSvgGenerator

        size = picture_size(chart, caption)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(caption.title)
        generator.setDescription(" ".join(caption.lines))
        painter = QPainter(generator)
        paint(painter, chart, caption)
        painter.end()

    return _written(draw)


def pdf_bytes(chart: Chart, caption: Caption) -> bytes:
    """One page as large as the picture, all of it vectors."""

    def draw(buffer: QBuffer) -> None:
        writer = pdf_writer(buffer, caption.title, QSizeF(picture_size(chart, caption)))
        painter = QPainter(writer)
        paint(painter, chart, caption)
        painter.end()

    return _written(draw)


def pdf_writer(buffer: QBuffer, title: str, size: QSizeF) -> QPdfWriter:
    """A document with pages of a size in logical pixels, without margins."""
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(NAME)
    writer.setResolution(_DPI)
    page = QPageSize(size * _MM_A_PIXEL, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    return writer


def picture_size(chart: Chart, caption: Caption) -> QSize:
    """In logical pixels: the chart, the words above and below it, and a margin."""
    words = _heights(chart.theme, caption, chart.width())
    return QSize(chart.width() + 2 * _MARGIN, chart.height() + sum(words) + 2 * _MARGIN + 2 * _BETWEEN)


def paint(painter: QPainter, chart: Chart, caption: Caption) -> None:
    """The whole picture from the origin on, with its ground."""
    size = picture_size(chart, caption)
    with chart.theme.on_paper():
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), chart.theme.colour("card"))
    height, *below = _heights(chart.theme, caption, chart.width())
    top = _MARGIN + write(painter, chart.theme, QRectF(_MARGIN, _MARGIN, chart.width(), height), caption.title)
    painter.save()
    painter.translate(_MARGIN, top + _BETWEEN)
    chart.put_on_paper(painter)
    painter.restore()
    y = top + 2 * _BETWEEN + chart.height()
    for line, high in zip(caption.lines, below, strict=True):
        area = QRectF(_MARGIN, y, chart.width(), high)
        y += write(painter, chart.theme, area, line, role="label", ink="ink3")


def write(
    painter: QPainter, theme: Theme, area: QRectF, text: str, *, role: str = "card_title", ink: str = "ink"
) -> int:
    """A paragraph on paper; gives its height."""
    with theme.on_paper():
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(ink))
        painter.drawText(area, _WRAPPED, text)
    return int(area.height())


def text_height(theme: Theme, role: str, text: str, width: int) -> int:
    """The height of a paragraph of this width."""
    return QFontMetrics(theme.font(role)).boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, text).height() + 2


def _heights(theme: Theme, caption: Caption, width: int) -> list[int]:
    title = text_height(theme, "card_title", caption.title, width)
    return [title, *(text_height(theme, "label", line, width) for line in caption.lines)]


def _written(draw: Callable[[QBuffer], None]) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(buffer)
    return bytes(data.data())
