"""The evidence of one statement: rank, distribution, definition, rows, other definitions, sources."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models import formats
from models.figures import Figures, plain_value
from models.qt.table_model import Column, TableModel
from models.statements.drawer import TIED
from models.statements.evidence import Evidence, EvidenceRow, OtherDefinition, SourceLine
from ui.charts.strip import StripChart
from ui.theme import Theme, qcolour
from ui.widgets.menu import Menu
from ui.widgets.quiet_button import QuietButton
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.tables import TableView
from ui.widgets.text import Text, set_tip
from ui.widgets.verdict_mark import MARK_WORDS, paint_mark
from ui.words import tr

DRAWER_WIDTH = 380
_PADDING = 16
_LINE = 22
_NAME_LEFT = 20


class EvidenceDrawer(QFrame):
    """Shows one `Evidence`. `closed` asks for it to be hidden."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, is_closable: bool = True) -> None:
        super().__init__(parent)
        self.evidence: Evidence | None = None
        self.menu: QMenu | None = None
        self._theme = theme
        self.setObjectName("drawer")
        self.setAccessibleName(tr("Evidence"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addLayout(self._head())
        self._close.setVisible(is_closable)
        outer.addWidget(self._scrolled_body(), 1)
        outer.addLayout(self._foot())
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), 700)

    def show_evidence(self, evidence: Evidence) -> None:
        is_other = self.evidence is None or self.evidence.claim != evidence.claim
        self.evidence = evidence
        self._claim.setText(f"\u201c{evidence.claim}\u201d {evidence.verdict}")
        self._lead.show_lead(evidence.lead, evidence.lead_note)
        self._strip.setVisible(evidence.strip is not None)
        if evidence.strip is not None:
            self._strip.show_strip(evidence.strip)
        self._definition.setText("\n".join(evidence.definition))
        self._table_title.setText(evidence.table_title)
        self._rows.show(evidence.rows, _columns(evidence.headers))
        self._table.setFixedHeight(self._table.height_of(len(evidence.rows)))
        self._others.show_rows(evidence.others)
        self._others.setVisible(bool(evidence.others))
        self._others_title.setVisible(bool(evidence.others))
        self._table.setVisible(bool(evidence.rows))
        self._table_title.setVisible(bool(evidence.rows))
        self._sample.setText("\n".join([*evidence.sample, *map(_source_text, evidence.sources)]))
        self._sample_title.setVisible(bool(evidence.sample or evidence.sources))
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def add_menu(self, fill: Callable[[QMenu], None]) -> None:
        """What the button Export opens, filled each time."""
        self.menu = Menu(self._theme, self)
        self.menu.aboutToShow.connect(self.menu.clear)
        self.menu.aboutToShow.connect(partial(fill, self.menu))
        self._export.setMenu(self.menu)
        self._export.show()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is not None:
            self.menu.popup(event.globalPos())

    def figures(self) -> Figures | None:
        """The rows behind the statement, unrounded."""
        shown = self.evidence
        if shown is None or not shown.export_rows:
            return None
        rows = tuple(tuple(plain_value(cell) for cell in row) for row in shown.export_rows)
        return Figures(f"Evidence: {shown.claim}", shown.export_headers, rows)

    def own_caption(self) -> tuple[str, ...]:
        """Definition and sources of the statement."""
        shown = self.evidence
        if shown is None:
            return ()
        return (" ".join(shown.definition), *map(_source_text, shown.sources))

    def about_text(self) -> str:
        """Everything that the drawer says."""
        shown = self.evidence
        if shown is None:
            return ""
        others = (
            f"{row.name}: {MARK_WORDS.get(row.mark, MARK_WORDS['missing'])}, {row.result}" for row in shown.others
        )
        parts = (f"{shown.claim}: {shown.verdict}", f"{shown.lead} {shown.lead_note}", shown.sentence)
        return "\n".join((*parts, "", *others, "", *shown.sample))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(tokens.line), 1))
        painter.setBrush(qcolour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _dress(self) -> None:
        self.setFixedWidth(self._theme.pixels(DRAWER_WIDTH))
        if self.evidence is not None:
            self.show_evidence(self.evidence)
        self.update()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_PADDING, 10, 8, 0)
        row.addWidget(Text(self._theme, "label", "ink3", tr("Evidence")))
        row.addStretch(1)
        self._close = QuietButton(self._theme, "\u2715", tr("Close the evidence (Esc)"), role="body")
        self._close.clicked.connect(self.closed)
        row.addWidget(self._close)
        return row

    def _scrolled_body(self) -> ScrollArea:
        self._scroll = ScrollArea(self._theme, self)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(_PADDING, 0, _PADDING // 2, 8)
        column.setSpacing(4)
        self._fill(column)
        column.addStretch(1)
        self._scroll.setWidget(body)
        return self._scroll

    def _fill(self, column: QVBoxLayout) -> None:
        theme = self._theme
        self._claim = Text(theme, "drawer_title", "ink", wraps=True)
        self._lead = _Lead(theme)
        self._strip = StripChart(theme)
        self._definition = Text(theme, "cell", "ink2", wraps=True)
        self._rows = TableModel((), self)
        self._table_title = _Heading(theme, "")
        self._table = TableView(theme, self._rows, padding=4)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setAccessibleName(tr("The rows behind the statement"))
        self._others_title = _Heading(theme, tr("Other definitions"))
        self._others = _Others(theme)
        self._sample_title = _Heading(theme, tr("Sample and sources"))
        self._sample = Text(theme, "cell", "ink2", wraps=True)
        parts: Sequence[tuple[QWidget, int]] = (
            (self._claim, 0),
            (self._lead, 6),
            (self._strip, 6),
            (_Heading(theme, tr("Definition")), 10),
            (self._definition, 2),
            (self._table_title, 12),
            (self._table, 0),
            (self._others_title, 12),
            (self._others, 0),
            (self._sample_title, 12),
            (self._sample, 2),
        )
        for widget, above in parts:
            column.addSpacing(above)
            column.addWidget(widget)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_PADDING, 8, _PADDING, 12)
        row.setSpacing(6)
        copy = self._theme.dress(QPushButton(tr("Copy sentence"), self))
        set_tip(copy, tr("Copy the statement with its definition and source"))
        copy.clicked.connect(self.copy)
        self._export = self._theme.dress(QPushButton(tr("Export"), self))
        set_tip(self._export, tr("The rows, the picture or a pack with the sources"))
        self._export.hide()
        row.addWidget(copy)
        row.addWidget(self._export)
        row.addStretch(1)
        return row

    def copy(self) -> None:
        """The statement with its definition and source."""
        if self.evidence is not None:
            QApplication.clipboard().setText(self.evidence.sentence)


class _Heading(QWidget):
    """A section's name over a rule."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme, self._text = theme, text
        self.setAccessibleName(text)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.pixels(22))

    def setText(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setFont(self._theme.font("label_strong"))
        painter.setPen(qcolour(tokens.ink2))
        painter.drawText(self.rect().adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.setPen(qcolour(tokens.line2))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()


class _Lead(QWidget):
    """The rank, large, with what it is a rank of on the same base line; a long note runs over two lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lead, self._note = "", ""
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.pixels(46))

    def show_lead(self, lead: str, note: str) -> None:
        self._lead, self._note = lead, note
        self.setAccessibleName(f"{lead} {note}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, theme = self._theme.tokens, self._theme
        painter = QPainter(self)
        number, tied, _ = self._lead.partition(TIED)
        metrics = theme.metrics("rank")
        base = self.height() - 10
        painter.setFont(theme.font("rank"))
        painter.setPen(qcolour(tokens.ink))
        painter.drawText(0, base, number)
        left = int(metrics.horizontalAdvance(number)) + 10
        note = f"{tied.removeprefix(', ')} {self._note}".strip()
        painter.setFont(theme.font("cell"))
        painter.setPen(qcolour(tokens.ink2))
        small = theme.metrics("cell")
        if small.horizontalAdvance(note) <= self.width() - left:
            painter.drawText(left, base, note)
        else:
            area = QRectF(left, 0, self.width() - left, base + small.descent())
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, note)
        painter.end()


class _Others(QWidget):
    """The same statement under the other definitions: a mark, the name, and how it fares.

    A name that does not fit beside its result runs over several lines.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[OtherDefinition, ...] = ()
        self.setAccessibleName(tr("Other definitions"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: tuple[OtherDefinition, ...]) -> None:
        self._rows = rows
        words = (f"{row.name}: {MARK_WORDS.get(row.mark, MARK_WORDS['missing'])}, {row.result}" for row in rows)
        self.setAccessibleDescription("; ".join(words))
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        top, line_height = 0, self._theme.pixels(_LINE)
        for row in self._rows:
            height = self._height_of(row)
            mark = QRectF(0, top + (line_height - 14) / 2, 14, 14)
            paint_mark(painter, mark, row.mark, qcolour(tokens.ink), qcolour(tokens.card))
            painter.setFont(theme.font("cell_strong"))
            painter.setPen(qcolour(tokens.ink))
            line = QRectF(0, top, self.width(), line_height)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.result)
            painter.setFont(theme.font("cell"))
            painter.setPen(qcolour(tokens.ink2))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(_NAME_LEFT, top, self._room_of(row), height), flags, row.name)
            top += height
        painter.end()

    def _settle(self) -> None:
        self.setFixedHeight(sum(self._height_of(row) for row in self._rows) + 2)
        self.update()

    def _room_of(self, row: OtherDefinition) -> float:
        result = self._theme.metrics("cell_strong").horizontalAdvance(row.result)
        return self.width() - _NAME_LEFT - result - 10

    def _height_of(self, row: OtherDefinition) -> int:
        metrics = self._theme.metrics("cell")
        room = QRectF(0, 0, self._room_of(row), 10_000)
        lines = round(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, row.name).height() / metrics.height())
        return self._theme.pixels(_LINE + 15 * (max(lines, 1) - 1))


def _columns(headers: tuple[str, ...]) -> tuple[Column, ...]:
    """The cells are already in words; the first column is text, the others numbers."""

    def column(place: int, title: str) -> Column:
        def cell(row: EvidenceRow) -> str:
            return row.cells[place] if place < len(row.cells) else ""

        return Column(title, cell, is_number=place > 0, is_strong=lambda row: row.is_sum)

    return tuple(column(place, title) for place, title in enumerate(headers))


def _source_text(source: SourceLine) -> str:
    parts = [source.title]
    if source.released_at is not None:
        uncertain = " (by rule; the real hour is not known)" if source.release_is_uncertain else ""
        parts.append(f"released {formats.eastern(source.released_at)}{uncertain}")
    if source.retrieved_at is not None:
        parts.append(f"retrieved {formats.eastern(source.retrieved_at)}")
    return ", ".join(parts) + "." + (f" {source.url}" if source.url else "")
