"""The command palette: a field over the page, and under it what can be opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.desk_search import Entry
from models.qt.palette_list import ENTRY_ROLE, PaletteList
from ui.theme import Theme, qcolour
from ui.widgets.frame_buttons import key_width, paint_key
from ui.widgets.popup import Popup
from ui.words import tr

WIDTH, TOP = 660, 92
_FIELD, _ROW, _HEADING, _FOOT = 49, 32, 26, 38
_SIDE = 16
_LEAST_ABOVE = 12
_Index = QModelIndex | QPersistentModelIndex


class CommandPalette(Popup):
    """`find` gives the entries for what was typed. `chosen` gives the entry that a person opens.

    Esc and a click elsewhere close it; the focus goes back to where it was. The page behind stays as it is.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, find: Callable[[str], Sequence[Entry]], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._find, self._over = find, parent
        self.field = QLineEdit(self)
        self.field.setObjectName("palette")
        self.field.setMaxLength(120)
        self.field.setAccessibleName(tr("Search or jump: a date, a ticker, a claim, a page or an action"))
        self.field.setPlaceholderText(tr("Date, ticker, claim, page or action"))
        self.rows = PaletteList(self)
        self.list = QListView(self)
        self.list.setObjectName("options")
        self.list.setAccessibleName(tr("Results"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_EntryDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.setContentsMargins(1, 1, 1, _FOOT)
        self.column.setSpacing(0)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._take)
        theme.changed.connect(self._dress)
        self._dress()

    def open_centred(self) -> None:
        """With an empty field, in the middle of the window and below its top."""
        window = self._over
        self.return_focus_to(QApplication.focusWidget())
        self.field.clear()
        self._on_typed("")
        left = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(left, max(min(TOP, window.height() - self.height()), _LEAST_ABOVE))))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self) -> None:
        """Look again: there is more to find than when it was opened."""
        if self.isVisible():
            self._on_typed(self.field.text())

    @property
    def entries(self) -> list[Entry]:
        """What is listed."""
        rows = (self.rows.index(place) for place in range(self.rows.rowCount()))
        return [entry for row in rows if (entry := row.data(ENTRY_ROLE)) is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._move(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self.list.currentIndex())
            case _:
                return False
        return True

    def _move(self, by: int) -> None:
        self._mark(self.rows.step(self.list.currentIndex().row(), by))

    def _mark(self, row: int) -> None:
        if row >= 0:
            self.list.setCurrentIndex(self.rows.index(row))
        if row <= 1:
            self.list.scrollToTop()  # with the heading

    def _on_typed(self, text: str) -> None:
        self.rows.show(self._find(text))
        self._mark(self.rows.step(-1, 0))
        self._fit()

    def _take(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        if entry is not None:
            self.close()
            self.chosen.emit(entry)

    # --- look

    def _dress(self) -> None:
        self.field.setFont(self._theme.font("body"))
        self.field.setFixedHeight(self._theme.pixels(_FIELD))
        self._fit()
        self.update()

    def _fit(self) -> None:
        """As high as its rows, as far as the window below it has room."""
        pixels, window = self._theme.pixels, self._over
        entries = self.entries
        headings = self.rows.rowCount() - len(entries)
        wanted = len(entries) * pixels(_ROW) + headings * pixels(_HEADING) + 8
        around = self.field.height() + _FOOT + 1
        room = max(window.height() - TOP - around - _LEAST_ABOVE, pixels(_ROW))
        height = min(wanted, room) if entries else pixels(_HEADING + _ROW)
        self.list.setFixedHeight(height)
        self.setFixedSize(min(pixels(WIDTH), window.width() - 24), height + around)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(1, self.field.geometry().bottom() + 1, self.width() - 2, 1, qcolour(tokens.line))
        if not self.entries:
            painter.setFont(theme.font("body"))
            painter.setPen(qcolour(tokens.ink2))
            area = QRectF(self.list.geometry()).adjusted(_SIDE, 0, -_SIDE, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, tr("Nothing has that name."))
        middle, left = self.height() - _FOOT / 2, float(_SIDE)
        for key, words in (("\u2191 \u2193", "move"), ("\u21b5", "open"), ("Esc", "close")):
            paint_key(painter, theme, key, left + key_width(theme, key), middle)
            left += key_width(theme, key) + 6
            left += _paint_words(painter, theme, words, left, middle) + 14
        _paint_words(painter, theme, tr("type a date, ticker, claim, page or action"), left, middle)
        painter.end()


class _EntryDelegate(QStyledItemDelegate):
    """A heading in small type; an entry with its title, what it is, and at the right what opens."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, self._theme.pixels(_ROW if index.data(ENTRY_ROLE) else _HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, tokens = self._theme, self._theme.tokens
        area = QRectF(option.rect)
        entry = index.data(ENTRY_ROLE)
        if entry is None:
            painter.setFont(theme.font("label_strong"))
            painter.setPen(qcolour(tokens.ink3))
            painter.drawText(area.adjusted(_SIDE, 0, -_SIDE, -4), Qt.AlignmentFlag.AlignBottom, str(index.data()))
            return
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.sel if is_current else tokens.hov))
            painter.drawRoundedRect(area.adjusted(8, 0, -8, 0), 4, 4)
        _paint_entry(painter, theme, area.adjusted(_SIDE, 0, -_SIDE, 0), entry, is_current=is_current)


def _paint_entry(painter: QPainter, theme: Theme, area: QRectF, entry: Entry, *, is_current: bool) -> None:
    tokens, middle = theme.tokens, Qt.AlignmentFlag.AlignVCenter
    hint = f"{entry.hint} \u21b5".strip() if is_current else entry.hint
    painter.setFont(theme.font("label"))
    painter.setPen(qcolour(tokens.ink3))
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, hint)
    room = area.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(hint) - 12, 0)
    painter.setFont(theme.font("body_strong" if is_current else "body"))
    painter.setPen(qcolour(tokens.ink))
    title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, middle, title)
    room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(title) + 10)
    painter.setFont(theme.font("cell"))
    painter.setPen(qcolour(tokens.ink2))
    if room.width() > 20:
        note = painter.fontMetrics().elidedText(entry.note, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle, note)


def _paint_words(painter: QPainter, theme: Theme, words: str, left: float, middle: float) -> float:
    """Small words at a place; returns their width."""
    width = theme.metrics("label").horizontalAdvance(words)
    painter.setFont(theme.font("label"))
    painter.setPen(qcolour(theme.tokens.ink2))
    painter.drawText(QRectF(left, middle - 10, width + 2, 20), Qt.AlignmentFlag.AlignVCenter, words)
    return width
