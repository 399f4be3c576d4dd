"""The sheet that opens under a control and closes when something else is clicked."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme, qcolour

_RADIUS = 6.0


class Popup(QWidget):
    """Put what it holds into `column`. Esc and a click elsewhere close it and give the focus back."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        theme.dress(self)
        self._anchor: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(6)
        theme.changed.connect(self.update)

    def return_focus_to(self, part: QWidget | None) -> None:
        """Where the focus goes when it is closed."""
        self._anchor = part

    def open_under(self, anchor: QWidget) -> None:
        """Below the control, or above it where the screen ends; never beyond the screen's edges."""
        self.return_focus_to(anchor)
        self.adjustSize()
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        room = anchor.screen().availableGeometry()
        if at.y() + self.height() > room.bottom():
            at.setY(max(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4, room.top()))
        at.setX(max(min(at.x(), room.right() - self.width()), room.left()))
        self.move(at)
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._anchor is not None:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolour(tokens.card))  # round corners would be black without a compositor
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(tokens.line2), 1))
        painter.setBrush(qcolour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
