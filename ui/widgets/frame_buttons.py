"""Two buttons of the top bar: the field that opens the palette, and the one that opens the menu."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.box_button import BoxButton
from ui.widgets.icon import Icon
from ui.widgets.text import set_tip
from ui.words import tr

_ICON_PX = 18
_WIDTH = 156.0


class IconButton(BoxButton):
    """An icon in the outline of the frame's buttons; with a menu it opens it."""

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", name, parent)
        self._icon = Icon(icon)
        self._menu: QMenu | None = None
        set_tip(self, name)

    def set_menu(self, menu: QMenu) -> None:
        self._menu = menu
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Below the button, ending at its right edge."""
        if self._menu is not None:
            left = self.width() - self._menu.sizeHint().width()
            self._menu.popup(self.mapToGlobal(QPoint(left, self.height() + 4)))

    def content_width(self) -> float:
        return 10.0

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        centre = area.center()
        half = _ICON_PX / 2
        self._icon.paint(painter, QRectF(centre.x() - half, centre.y() - half, _ICON_PX, _ICON_PX), ink)


class SearchButton(IconButton):
    """Looks like a field with its key at the right; an icon alone where the window is narrow."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "search", tr("Search or jump"), parent)
        self._key, self._is_compact = "", False

    def set_key(self, key: str) -> None:
        """The key that does the same, as this system writes it."""
        self._key = key
        set_tip(self, f"{self.accessibleName()} ({key})")
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        self._is_compact = is_compact
        self.updateGeometry()
        self.update()

    def content_width(self) -> float:
        if self._is_compact:
            return super().content_width()
        grown = self.theme.pixels(100) / 100
        return _WIDTH * max(grown, 1.0)

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        if self._is_compact:
            super().paint_content(painter, area, ink)
            return
        theme, tokens = self.theme, self.theme.tokens
        painter.setFont(theme.font("button"))
        painter.setPen(qcolour(tokens.ink3))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.accessibleName())
        if self._key:
            paint_key(painter, theme, self._key, area.right() + 3, area.center().y())


def key_width(theme: Theme, key: str) -> float:
    """Width of a key's box."""
    return theme.metrics("label").horizontalAdvance(key) + 10


def paint_key(painter: QPainter, theme: Theme, key: str, right: float, middle: float) -> float:
    """A key in its box that ends at `right`; returns the width of the box."""
    tokens, width = theme.tokens, key_width(theme, key)
    height = theme.pixels(16)
    box = QRectF(round(right - width) + 0.5, round(middle - height / 2) + 0.5, round(width), height)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(qcolour(tokens.line2), 1))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(theme.font("label"))
    painter.setPen(qcolour(tokens.ink3))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return width
