"""The brief on one sheet of paper: vector PDF, or the same sheet as a picture."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from models.formats import day
from models.pages.side_claims import CELLS_SHOWN, marked
from models.pages.story import StoryPage
from models.statements.drawer import claim_title
from ui.charts.export import png_bytes
from ui.charts.pane_stack import PaneStack, preset_of
from ui.charts.story_chart import story_content, story_subtitle, story_title
from ui.pages.story_anatomy import AnatomyBars
from ui.pages.story_cells import look_of, two_lines
from ui.pages.story_matrix import ROWS_SHOWN, column_titles, reading_order, row_caption
from ui.pages.story_panels import StoryPanels
from ui.theme import Theme, qcolour
from ui.widgets.verdict_mark import paint_mark

WIDTH, HEIGHT = 794, 1123
"""A4 at 96 dots an inch: the sheet is laid out in these units whatever it is drawn on."""
_MARGIN = 40.0
_NAMES, _NAME_GAP = 206.0, 8.0
_LINE, _ROW, _SIDE_ROW = 16.0, 35.0, 29.0
_PANEL_GAP, _PANEL_HEIGHT = 28.0, 128.0
_CHART_ALONE, _CHART_WITH_PANELS = 260, 162
_WATCH_BESIDE_PANELS = 3
_PICTURE_SCALE = 2.0
_PDF_DPI = 120
"""Pens of one device pixel are as thick as on a screen; text and lines stay vectors."""
_CHART_YEARS = "3Y"
_NOTICE = "Not investment advice. Public-domain figures of the CFTC, which does not endorse this app."


def render(page: StoryPage, form: str, heading: str, watching: list[str]) -> bytes:
    """The sheet as `pdf` or `png`, always in the light theme; `watching` is what would be a record next."""
    theme = Theme("light")
    if form == "png":
        image = QImage(int(WIDTH * _PICTURE_SCALE), int(HEIGHT * _PICTURE_SCALE), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_PICTURE_SCALE)
        image.fill(QColor("white"))
        painter = QPainter(image)
        _Sheet(painter, theme, page).draw(heading, watching)
        painter.end()
        return png_bytes(image)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(heading)
    writer.setCreator("Aboutface")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter(writer)
    painter.scale(writer.width() / WIDTH, writer.height() / HEIGHT)
    _Sheet(painter, theme, page).draw(heading, watching)
    painter.end()
    return bytes(data.data())


class _Sheet:
    """Draws from top to bottom; `_y` is where the next thing goes."""

    def __init__(self, painter: QPainter, theme: Theme, page: StoryPage) -> None:
        self._painter, self._theme, self._page = painter, theme, page
        self._y = _MARGIN
        self._width = WIDTH - 2 * _MARGIN
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def draw(self, heading: str, watching: list[str]) -> None:
        head = self._page.headline
        self._text(heading, "label", "ink3", after=2)
        if head is None:
            self._text(self._page.reason_empty, "sentence", "ink")
            return
        self._text(head.lead, "lead", "small")
        self._text(f"{head.caption[0]}, {head.caption[1]}", "label", "ink3", after=4)
        self._text(head.sentence, "drawer_title", "ink", after=2)
        self._text(head.caveat, "cell", "ink2", after=6)
        self._matrix()
        self._side_claims()
        self._chart()
        if self._page.panels.claims:
            self._panels()
            watching = watching[:_WATCH_BESIDE_PANELS]
        else:
            self._anatomy()
        if watching:
            self._text("What the next report would have to show", "card_title", "ink", after=1)
            for line in watching:
                self._text(line[:1].upper() + line[1:], "label", "ink2")
        self._sources()

    def _font(self, role: str) -> QFont:
        return self._theme.font(role)

    def _text(self, text: str, role: str, ink: str, *, after: float = 0.0) -> None:
        """A paragraph over the whole width."""
        if not text:
            return
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        self._painter.setFont(self._font(role))
        self._painter.setPen(qcolour(getattr(self._theme.tokens, ink)))
        area = QRectF(_MARGIN, self._y, self._width, 400)
        used = self._painter.boundingRect(area, flags, text)
        self._painter.drawText(area, flags, text)
        self._y += used.height() + 2 + after

    def _cell(self, x: float, y: float, width: float, text: str, role: str, ink: str) -> None:
        self._painter.setFont(self._font(role))
        self._painter.setPen(qcolour(getattr(self._theme.tokens, ink)))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shown = QFontMetricsF(self._font(role)).elidedText(text, Qt.TextElideMode.ElideRight, width)
        self._painter.drawText(QRectF(x, y, width, _LINE), flags, shown)

    def _title(self, height: float, title: str, caption: str = "") -> None:
        """A claim in the first column; one that takes two lines has no room for its caption."""
        room = _NAMES - _NAME_GAP
        lines = [
            (line, "cell_strong", "ink") for line in two_lines(title, QFontMetricsF(self._font("cell_strong")), room)
        ]
        if caption and len(lines) == 1:
            lines.append((caption, "label", "ink3"))
        step = _LINE - 2 if len(lines) > 1 else _LINE
        top = self._y + (height - step * (len(lines) - 1) - _LINE) / 2
        for place, line in enumerate(lines):
            self._cell(_MARGIN, top + place * step, room, *line)

    def _rule(self, y: float) -> None:
        self._painter.setPen(qcolour(self._theme.tokens.line2))
        self._painter.drawLine(QPointF(_MARGIN, y), QPointF(_MARGIN + self._width, y))

    def _matrix(self) -> None:
        page, matrix = self._page, self._page.matrix
        if matrix is None:
            return
        rows = reading_order(page)[:ROWS_SHOWN]
        wide = (self._width - _NAMES) / CELLS_SHOWN
        for place, definition in enumerate(matrix.columns):
            first, second = column_titles(page, definition)
            x = _MARGIN + _NAMES + place * wide
            self._cell(x, self._y, wide, first, "cell_strong", "ink")
            self._cell(x, self._y + 15, wide, second, "label", "ink3")
        self._y += 33
        self._rule(self._y)
        for row in rows:
            self._title(_ROW, claim_title(row.primary), row_caption(row))
            for place, definition in enumerate(matrix.columns):
                look = look_of(row.under(definition), page.choice.day)
                x = _MARGIN + _NAMES + place * wide
                self._mark(x, self._y + 10, look.mark)
                self._cell(x + 20, self._y + 2, wide - 20, look.first, "cell_strong", "ink")
                self._cell(x + 20, self._y + 17, wide - 20, look.second, "cell", "ink2")
            self._y += _ROW
            self._rule(self._y)

    def _side_claims(self) -> None:
        """The claims beside positioning, one line each."""
        wide = (self._width - _NAMES) / CELLS_SHOWN
        for claim in self._page.panels.claims:
            self._title(_SIDE_ROW, claim.title)
            for place, cell in enumerate(claim.cells[:CELLS_SHOWN]):
                x = _MARGIN + _NAMES + place * wide
                self._mark(x, self._y + 8, cell.mark)
                self._cell(x + 20, self._y, wide - 20, cell.definition, "label", "ink3")
                self._cell(x + 20, self._y + 13, wide - 20, marked(cell), "label_strong", "ink")
            self._y += _SIDE_ROW
            self._rule(self._y)
        self._y += 8

    def _mark(self, x: float, y: float, mark: str) -> None:
        ink = qcolour(self._theme.tokens.ink)
        paint_mark(self._painter, QRectF(x, y, 14, 14), mark, ink, QColor("white"))

    def _panels(self) -> None:
        """The four panels two by two, each with its caption."""
        panels, holder = StoryPanels(self._theme), QWidget()  # without a parent each would open as a window
        for panel in panels.all:
            panel.setParent(holder)
        panels.show_panels(self._page.panels)
        wide = (self._width - _PANEL_GAP) / 2
        for place, panel in enumerate(panels.shown):
            x = _MARGIN + place % 2 * (wide + _PANEL_GAP)
            y = self._y + place // 2 * _PANEL_HEIGHT
            metrics = QFontMetricsF(self._font("label_strong"))
            for line in two_lines(f"{panel.title}. {panel.said}", metrics, wide):
                self._cell(x, y, wide, line, "label_strong", "ink")
                y += 14
            bottom = self._y + (place // 2 + 1) * _PANEL_HEIGHT - 7
            panel.plot.draw(self._painter, QRectF(x, y + 3, wide, bottom - y - 3))
        self._y += (len(panels.shown) + 1) // 2 * _PANEL_HEIGHT
        holder.deleteLater()

    def _chart(self) -> None:
        if not len(self._page.series):
            return
        self._text(story_title(self._page), "card_title", "ink")
        self._text(story_subtitle(self._page), "label", "ink3", after=2)
        stack = PaneStack(self._theme)
        height = _CHART_WITH_PANELS if self._page.panels.claims else _CHART_ALONE
        stack.resize(int(self._width), height)
        stack.show_content(story_content(self._page))
        stack.restore_range(preset_of(_CHART_YEARS))
        self._painter.save()
        self._painter.translate(_MARGIN, self._y)
        stack.paint_chart(self._painter)
        self._painter.restore()
        stack.deleteLater()
        self._y += height + 8

    def _anatomy(self) -> None:
        if self._page.anatomy is None:
            return
        self._text(f"Swing anatomy, {self._page.anatomy_title}", "card_title", "ink", after=2)
        bars = AnatomyBars(self._theme)
        bars.resize(int(self._width), 108)
        bars.show_anatomy(self._page.anatomy, self._page.anatomy_focus)
        self._painter.save()
        self._painter.translate(_MARGIN, self._y)
        bars.paint(self._painter, QSizeF(self._width, 108))
        self._painter.restore()
        bars.deleteLater()
        self._y += 118

    def _sources(self) -> None:
        page = self._page
        self._y = max(self._y + 6, HEIGHT - _MARGIN - 46)
        self._rule(self._y)
        self._y += 6
        for origin in page.sources[:2]:
            self._text(
                f"{origin.source.upper()} {origin.dataset}: {origin.url}, retrieved {day(origin.retrieved_at)}",
                "label",
                "ink3",
            )
        self._text(_NOTICE, "label", "ink3")
