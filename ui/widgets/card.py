"""The white box that everything on a page stands in."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.menu import Menu
from ui.widgets.quiet_button import QuietButton
from ui.words import tr

PADDING = 14
_RADIUS = 6.0
_MORE = "\u22ef"
_MORE_RIGHT = 6


class Card(QWidget):
    """A box with the card's colour and edge; put what it holds into `column`, its title first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, 10, PADDING, 10)
        self.column.setSpacing(4)
        self.menu: QMenu | None = None
        self._fill: Callable[[QMenu], None] = self.fill_menu
        self._corner: QuietButton | None = None
        theme.changed.connect(self.update)

    def fill_menu(self, menu: QMenu) -> None:
        """Entries of the card's own, above those that every card has."""

    def add_menu(self, fill: Callable[[QMenu], None]) -> None:
        """A menu at the right end of the title, filled each time it opens; it is the context menu, too."""
        self._fill = fill
        self.menu = Menu(self._theme, self)
        self.menu.aboutToShow.connect(self._refill)
        self._corner = QuietButton(self._theme, _MORE, tr("Card menu: table, copy and export"), self, role="card_title")
        self._corner.set_menu(self.menu)
        self._theme.changed.connect(self._place_corner)
        room = self._corner.sizeHint().width() + _MORE_RIGHT - self.column.contentsMargins().right()
        head = first.layout() if (first := self.column.itemAt(0)) is not None else None
        if isinstance(head, QHBoxLayout):
            head.addSpacing(room)
        elif first is not None and (title := first.widget()) is not None:
            title.setContentsMargins(0, 0, room, 0)
        self._place_corner()
        self._corner.show()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is None:
            super().contextMenuEvent(event)
        else:
            self.menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_corner()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(tokens.line), 1))
        painter.setBrush(qcolour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def _refill(self) -> None:
        assert self.menu is not None
        self.menu.clear()
        self.fill_menu(self.menu)
        if self.menu.actions():
            self.menu.addSeparator()
        self._fill(self.menu)

    def _place_corner(self) -> None:
        """At the right edge, level with the title."""
        first = self.column.itemAt(0)
        if self._corner is None or first is None:
            return
        size = self._corner.sizeHint()
        top = max(first.geometry().center().y() - size.height() // 2 + 1, 2)
        self._corner.setGeometry(self.width() - size.width() - _MORE_RIGHT, top, size.width(), size.height())
        self._corner.raise_()
