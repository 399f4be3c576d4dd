"""The list of markets that opens under the picker."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.qt.market_list import CODES_ROLE, NAME_ROLE, MarketList
from ui.theme import Theme, qcolour
from ui.widgets.popup import Popup
from ui.widgets.text import Text
from ui.words import tr

_WIDTH, _HEIGHT = 340, 460
_ROW, _HEADING = 26, 28
_ROWS_SHOWN = 15


class MarketPopup(Popup):
    """A field to type in over the list; arrows move in the list while typing, Enter takes what is marked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, markets: MarketList, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._markets = markets
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Name, group or code"))
        self._field.setAccessibleName(tr("Find a market by name, group or code"))
        self._field.setMaxLength(60)
        self._view = QListView(self)
        self._view.setObjectName("options")
        self._view.setAccessibleName(tr("Markets"))
        self._view.setModel(markets)
        self._view.setItemDelegate(_MarketDelegate(theme, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._empty = Text(theme, "body", "ink2", tr("No market has that name. A CFTC contract code can be typed too."))
        self._empty.setWordWrap(True)
        self._empty.hide()
        for widget in (self._field, self._view, self._empty):
            self.column.addWidget(widget)
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._field.textChanged.connect(self._on_typed)
        self._field.installEventFilter(self)
        self._view.clicked.connect(self._on_clicked)

    def open_at(self, name: str, anchor: QWidget) -> None:
        """Open with the whole list and the present market marked."""
        self._field.clear()
        self._markets.narrow("")
        self._mark(self._markets.row_of(name))
        self.open_under(anchor)
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self._move(1)
                case Qt.Key.Key_Up:
                    self._move(-1)
                case Qt.Key.Key_PageDown:
                    self._move(12)
                case Qt.Key.Key_PageUp:
                    self._move(-12)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._take(self._view.currentIndex())
                case _:
                    return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        self._markets.narrow(text)
        row = self._markets.first_choice()
        self._empty.setVisible(row is None)
        self._view.setVisible(row is not None)
        self._mark(row)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index)

    def _mark(self, row: int | None) -> None:
        if row is not None:
            self._view.setCurrentIndex(self._markets.index(row))
            is_near_top = row < _ROWS_SHOWN // 2
            where = QListView.ScrollHint.EnsureVisible if is_near_top else QListView.ScrollHint.PositionAtCenter
            if is_near_top:
                self._view.scrollToTop()  # with the heading
            self._view.scrollTo(self._markets.index(row), where)

    def _move(self, by: int) -> None:
        """To the nearest market in that direction, past headings, within the list."""
        row = self._view.currentIndex().row()
        last = self._markets.rowCount() - 1
        step = 1 if by > 0 else -1
        target = min(max(row + by, 0), last)
        while 0 <= target <= last:
            index = self._markets.index(target)
            if index.data(NAME_ROLE):
                self._view.setCurrentIndex(index)
                return
            target += step

    def _take(self, index: QModelIndex) -> None:
        name = index.data(NAME_ROLE) if index.isValid() else ""
        if name:
            self.close()
            self.chosen.emit(name)


class _MarketDelegate(QStyledItemDelegate):
    """A heading in small type, a market with its codes at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW if index.data(NAME_ROLE) else _HEADING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        area = QRectF(option.rect)
        title = str(index.data())
        if not index.data(NAME_ROLE):
            painter.setFont(theme.font("header"))
            painter.setPen(qcolour(tokens.ink3))
            painter.drawText(area.adjusted(8, 0, -8, -4), Qt.AlignmentFlag.AlignBottom, title)
            return
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_current or is_hovered:
            painter.fillRect(area, QColor(tokens.sel if is_current else tokens.hov))
        painter.setFont(theme.font("label"))
        codes = painter.fontMetrics().elidedText(str(index.data(CODES_ROLE)), Qt.TextElideMode.ElideRight, 120)
        painter.setPen(qcolour(tokens.ink3))
        painter.drawText(area.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, codes)
        codes_width = painter.fontMetrics().horizontalAdvance(codes)
        painter.setFont(theme.font("body_strong" if is_current else "body"))
        painter.setPen(qcolour(tokens.ink))
        room = area.adjusted(8, 0, -16 - codes_width, 0)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
