"""The parts of the claim matrix: a cell a verdict, and the title of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QSizePolicy, QWidget

from models.explain.explanation import Explanation
from models.formats import count, day, in_unit, plural, rank, short_day
from models.freshness import LATER
from models.names import Kind
from models.pages.side_claims import SideCell, verdict_words
from models.statements.evidence import Evidence
from models.statements.statement import Statement
from models.statements.words import since_when
from ui.theme import Theme, qcolour
from ui.widgets.menu import Menu
from ui.widgets.text import tip
from ui.widgets.verdict_mark import MARK_WORDS, paint_mark

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MATRIX_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
_TEXT_LEFT = 21


@dataclass(frozen=True)
class CellLook:
    """What a cell shows: its mark, two lines, and whether its figure was not known yet at the page's moment."""

    mark: str
    first: str
    second: str
    is_side: bool = False
    is_later: bool = False
    short: str = ""
    """Stands for the first line where that does not fit."""


NOTHING = CellLook("missing", "No data", "none held")


def first_line(statement: Statement) -> str:
    """`1st of 506`, `Since May 2011`, `On record`, or why nothing can be shown.

    A record of a sample with holes is one `Of 30 reports`.
    """
    if statement.mark == "missing":
        return "No data since" if statement.newest else "No data"
    match statement.kind:
        case Kind.SWING:
            if statement.rank is None or statement.of is None:
                return "Not ranked"
            return rank(statement.rank, statement.of, statement.ties)
        case Kind.STREAK:
            return f"{count(statement.value)} reports"
        case _:
            since = statement.since
            if since is not None:
                return f"Since {since_when(since, statement.claim.date)}"
            return f"Of {plural(statement.observations, 'report')}" if statement.holes_within else "On record"


def second_line(statement: Statement) -> str:
    if statement.mark == "missing":
        return day(statement.newest) if statement.newest else ""
    if statement.kind is Kind.STREAK:
        return ""
    return in_unit(statement.value, statement.unit, signed=True, is_change=statement.kind is Kind.SWING)


def look_of(statement: Statement | None, today: date) -> CellLook:
    if statement is None:
        return NOTHING
    short = _since_short(statement, today)
    return CellLook(statement.mark, first_line(statement), second_line(statement), short=short)


def _since_short(statement: Statement, today: date) -> str:
    """`Since 2011`; within the page's year the day says more: `Since 9 Jun`."""
    since = statement.since
    if since is None:
        return ""
    return f"Since {short_day(since) if since.year == today.year else since.year}"


def side_look(cell: SideCell) -> CellLook:
    short = cell.definition.replace(" as reported", " as rep.")
    return CellLook(cell.mark, cell.definition, cell.shown, is_side=True, is_later=cell.later is not None, short=short)


class MatrixCell(QAbstractButton):
    """One verdict: its mark and two lines. The chosen one is outlined; arrows and Return are the matrix's."""

    def __init__(self, theme: Theme, look: CellLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._look = theme, look
        self.is_chosen = False
        self.key: tuple[str, object] = ("", None)
        self.explain: Callable[[], Explanation | None] = lambda: None
        self.evidence: Callable[[], Evidence] | None = None
        """What stands behind the verdict."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setEnabled(look is not NOTHING)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(108, 28)

    def explanation(self) -> Explanation | None:
        """How the figure of the cell came about."""
        return self.explain()

    def copy(self) -> None:
        """The verdict's sentence with its definition and source."""
        if self.evidence is not None:
            QApplication.clipboard().setText(self.evidence().sentence)

    def name_statement(self, claim: str, definition: str) -> None:
        """What a screen reader says of a cell about positions."""
        between = " " if self._look.mark == "missing" else ", "
        lines = between.join(filter(None, (self._look.first, self._look.second)))
        self.setAccessibleName(f"{claim}, {definition}: {MARK_WORDS[self._look.mark]}, {lines}.")

    def name_side(self, claim: str, cell: SideCell) -> None:
        self.setAccessibleName(f"{claim}, {cell.definition}: {verdict_words(cell)}, {cell.shown}.")
        self.setAccessibleDescription(cell.sentence)
        self.setToolTip(tip(cell.sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A button would keep the arrows for itself."""
        if event.key() in _MATRIX_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(self.rect()).adjusted(1, 1.5, -1, -1.5))
        size = 14.0 if self._look.is_side else 16.0
        ink = QColor(tokens.ink if self._look is not NOTHING else tokens.ink3)
        mark = QRectF(3, (self.height() - size) / 2, size, size)
        paint_mark(painter, mark, self._look.mark, ink, qcolour(tokens.card))
        self._paint_lines(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        tokens = self._theme.tokens
        if self.is_chosen or self.hasFocus():
            painter.setPen(QPen(qcolour(tokens.ink), 2 if self.hasFocus() else 1.4))
            painter.setBrush(qcolour(tokens.alt))
            painter.drawRoundedRect(area, 4, 4)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(tokens.hov))
            painter.drawRoundedRect(area, 4, 4)

    def _paint_lines(self, painter: QPainter) -> None:
        look, tokens, theme = self._look, self._theme.tokens, self._theme
        roles = (("label", tokens.ink3), ("cell_strong", tokens.ink))
        if not look.is_side:
            roles = (("cell_strong", tokens.ink), ("cell", tokens.ink2))
        lines = [(text, *role) for text, role in zip((look.first, look.second), roles, strict=True) if text]
        heights = [theme.metrics(role).height() for _, role, _ in lines]
        top, room = (self.height() - sum(heights)) / 2, self.width() - _TEXT_LEFT - 2
        for place, ((text, role, ink), height) in enumerate(zip(lines, heights, strict=True)):
            painter.setFont(theme.font(role))
            painter.setPen(qcolour(ink))
            has_diamond = look.is_later and place == 0
            metrics = painter.fontMetrics()
            if place == 0 and look.short and metrics.horizontalAdvance(text) > room:
                text = look.short
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room - (14 if has_diamond else 0)))
            painter.drawText(QRectF(_TEXT_LEFT, top, room, height), _LEFT, shown)
            if has_diamond:
                painter.setPen(qcolour(tokens.flag))
                left = _TEXT_LEFT + metrics.horizontalAdvance(shown) + 4
                painter.drawText(QRectF(left, top, 14, height), _LEFT, LATER)
            top += height


class ClaimTitle(QWidget):
    """The claim of a row over what it is about; a long claim runs over two lines and takes its caption's place.

    `menu_wanted` comes with a right click, or with the menu key.
    """

    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, title: str, caption: str) -> None:
        super().__init__()
        self._theme, self._title, self._caption = theme, title, caption
        self.setAccessibleName(f"{title}, {caption}")
        self.setToolTip(tip(f"{title}. {caption}."))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 28)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        strong, small = theme.metrics("cell_strong"), theme.metrics("label")
        room = self.width() - 8.0
        lines = two_lines(self._title, strong, room)
        rows = [(line, "cell_strong", tokens.ink, strong) for line in lines]
        left = int((self.height() - len(rows) * strong.height()) // small.height())
        captions = two_lines(self._caption, small, room) if left > 1 else [self._caption]
        rows += [(line, "label", tokens.ink3, small) for line in captions[:left]]
        top = (self.height() - sum(metrics.height() for *_, metrics in rows)) / 2
        for text, role, ink, metrics in rows:
            painter.setFont(theme.font(role))
            painter.setPen(qcolour(ink))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(0, top, room, metrics.height()), _LEFT, shown)
            top += metrics.height()
        painter.end()


def two_lines(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """The text as it is where it fits, else broken once at the last blank that leaves the first line whole."""
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    words = text.split(" ")
    taken = next((n for n in range(len(words) - 1, 0, -1) if metrics.horizontalAdvance(" ".join(words[:n])) <= room), 1)
    return [" ".join(words[:taken]), " ".join(words[taken:])]


def claim_menu(theme: Theme, parent: QWidget) -> QMenu:
    """The menu of a claim; what its entries do is connected by the matrix."""
    menu = Menu(theme, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
