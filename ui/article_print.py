"""An article with its verdicts as a PDF; its words reach the page escaped, so nothing in them is markup."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from models.pages.check import CheckPage
from models.pages.check_report import as_html, heading

_DPI = 120
_MARGIN_MM = 14.0


def pdf(page: CheckPage) -> bytes:
    """The page that the HTML export shows, on A4. It needs a QGuiApplication."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(heading(page))
    writer.setCreator("Aboutface")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    document = QTextDocument()
    document.setHtml(as_html(page))
    document.print_(writer)
    buffer.close()
    return bytes(data.data())
