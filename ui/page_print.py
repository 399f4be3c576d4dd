"""A page of the window on paper: a sheet a card, charts as vectors, tables as text, and how old the data are."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPdfWriter, QPen

from models.figures import Caption, Figures
from models.formats import plural
from ui.charts.export import pdf_writer, text_height, write
from ui.exhibits import Exhibit
from ui.theme import Theme

WIDTH, HEIGHT = 1123, 794
"""A4 across, at 96 dots an inch."""
_MARGIN = 44
_ROW = 18
_GAP = 14
_LARGEST = 2.2
"""A chart is drawn no more than so much larger than on the screen."""
_MOST_COLUMNS = 12


def page_pdf(theme: Theme, head: Caption, shown: Sequence[Exhibit], status: Figures | None) -> bytes:
    """One sheet an exhibit under the page's sentence, then the state of the data. Light, all of it vectors."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = pdf_writer(buffer, head.title, QSizeF(WIDTH, HEIGHT))
    painter = QPainter(writer)
    paper = _Paper(painter, writer, theme, head)
    for exhibit in shown:
        paper.add(exhibit)
    if status is not None:
        paper.add_table(status, Caption(status.title, head.lines[-1:]))
    if not shown and status is None:
        paper.add_words(head.title)
    painter.end()
    return bytes(data.data())


class _Paper:
    """Sheets with the page's words at the head and the caption at the foot."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, theme: Theme, head: Caption) -> None:
        self._painter, self._writer, self._theme, self._head = painter, writer, theme, head
        self._has_sheet = False

    def add(self, exhibit: Exhibit) -> None:
        chart = exhibit.chart
        if chart is None:
            self.add_table(exhibit.figures, exhibit.caption)
            return
        area = self._sheet(exhibit.caption)
        scale = min(area.width() / chart.width(), area.height() / chart.height(), _LARGEST)
        self._painter.save()
        self._painter.translate(area.topLeft())
        self._painter.scale(scale, scale)
        chart.put_on_paper(self._painter)
        self._painter.restore()

    def add_table(self, figures: Figures, caption: Caption) -> None:
        """As many rows as the sheet has room for; the others are counted."""
        area = self._sheet(caption)
        columns = list(range(min(len(figures.headers), _MOST_COLUMNS)))
        widths = self._widths(figures, columns, area.width())
        most = int(area.height() / _ROW) - 2
        y = area.top()
        self._row(figures.headers, columns, widths, y, figures, is_head=True)
        for row in figures.rows[:most]:
            y += _ROW
            self._row(
                [figures.text(row, column) for column in range(len(row))], columns, widths, y, figures, is_head=False
            )
        left = len(figures.rows) - most
        if left > 0:
            area = QRectF(_MARGIN, y + _ROW + 2, area.width(), _ROW)
            write(self._painter, self._theme, area, f"{plural(left, 'more row')}.", role="label", ink="ink3")

    def add_words(self, words: str) -> None:
        self._sheet(Caption(words, ()))

    def _sheet(self, caption: Caption) -> QRectF:
        """A new sheet; gives the room between its head and its foot."""
        if self._has_sheet:
            self._writer.newPage()
        self._has_sheet = True
        y, width = float(_MARGIN), WIDTH - 2 * _MARGIN
        for text, role, ink in (
            (self._head.title, "label", "ink3"),
            (caption.title, "drawer_title", "ink"),
        ):
            high = text_height(self._theme, role, text, width)
            y += write(self._painter, self._theme, QRectF(_MARGIN, y, width, high), text, role=role, ink=ink) + 4
        foot = float(HEIGHT - _MARGIN)
        for line in reversed(caption.lines):
            high = text_height(self._theme, "label", line, width)
            foot -= high
            write(self._painter, self._theme, QRectF(_MARGIN, foot, width, high), line, role="label", ink="ink3")
        return QRectF(_MARGIN, y + _GAP, width, foot - y - 2 * _GAP)

    def _widths(self, figures: Figures, columns: Sequence[int], room: float) -> list[float]:
        """By the widest text, all made narrower alike where they do not fit."""
        metrics = self._theme.metrics("cell")
        rows = figures.rows[:60]
        wanted = [
            max(metrics.horizontalAdvance(text) for text in (figures.headers[at], *(figures.text(r, at) for r in rows)))
            + 16
            for at in columns
        ]
        scale = min(room / sum(wanted), 1.0)
        return [width * scale for width in wanted]

    def _row(
        self,
        texts: Sequence[str],
        columns: Sequence[int],
        widths: Sequence[float],
        y: float,
        figures: Figures,
        *,
        is_head: bool,
    ) -> None:
        painter, theme = self._painter, self._theme
        x = float(_MARGIN)
        with theme.on_paper():
            painter.setFont(theme.font("header" if is_head else "cell"))
            for column, width in zip(columns, widths, strict=True):
                side = Qt.AlignmentFlag.AlignRight if figures.is_number(column) else Qt.AlignmentFlag.AlignLeft
                painter.setPen(theme.colour("ink3" if is_head else "ink"))
                area = QRectF(x, y, width - 12, _ROW)
                metrics = QFontMetricsF(painter.font())
                text = metrics.elidedText(texts[column], Qt.TextElideMode.ElideRight, area.width() + 1)
                painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
                x += width
            painter.setPen(QPen(theme.colour("line2" if is_head else "grid"), 1))
            painter.drawLine(QLineF(_MARGIN, y + _ROW, x, y + _ROW))
