"""A button without an outline, for what should not draw the eye: a menu, a small choice, closing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused
from ui.widgets.text import set_tip

_ARROW_PX = 10


class QuietButton(QToolButton):
    """Text in a role of the theme; the ground shows under the pointer only. With a menu it opens it."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        name: str,
        parent: QWidget | None = None,
        *,
        role: str = "label",
        height: int = 28,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._height = theme, role, height
        self.setText(text)
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_menu(self, menu: QMenu) -> None:
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def sizeHint(self) -> QSize:
        width = self._theme.metrics(self._role).horizontalAdvance(self.text())
        height = self._theme.pixels(self._height)
        return QSize(max(int(width) + 10 + (_ARROW_PX if self._has_arrow() else 0), height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click() if self.menu() is None else self.showMenu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(tokens.hov))
            painter.drawRoundedRect(area, 4, 4)
        if is_key_focused(self):
            painter.setPen(QPen(qcolour(tokens.ink), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 4, 4)
        painter.setPen(qcolour(tokens.ink2))
        painter.setFont(self._theme.font(self._role))
        right = -_ARROW_PX if self._has_arrow() else 0
        painter.drawText(self.rect().adjusted(0, 0, right, 0), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._has_arrow():
            x, y = self.width() - _ARROW_PX - 1.0, self.height() / 2
            painter.setPen(QPen(qcolour(tokens.ink2), 1.2))
            painter.drawLine(QRectF(x, y - 1.5, 3, 3).topLeft(), QRectF(x, y - 1.5, 3, 3).bottomRight())
            painter.drawLine(QRectF(x + 3, y - 1.5, 3, 3).bottomLeft(), QRectF(x + 3, y - 1.5, 3, 3).topRight())
        painter.end()

    def _has_arrow(self) -> bool:
        return self.menu() is not None and len(self.text()) > 1
