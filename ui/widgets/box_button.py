"""The outlined button of the frame; what it holds is painted by its kinds."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused

HEIGHT = 30
RADIUS = 5.0
PADDING = 10


class BoxButton(QAbstractButton):
    """Text in an outline; filled with ink while it is checked. `name` is what a screen reader says."""

    def __init__(self, theme: Theme, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.outline = "mute"
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def content_width(self) -> float:
        """Width of what is painted inside the paddings."""
        return self.theme.metrics("button_strong").horizontalAdvance(self.text())

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        painter.setFont(self.theme.font("button_strong" if self.isChecked() else "button"))
        painter.setPen(ink)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())

    def sizeHint(self) -> QSize:
        return QSize(max(int(self.content_width() + 0.5) + 2 * PADDING, HEIGHT), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self.theme, self.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_filled = self.isChecked()
        ground = tokens.ink if is_filled else tokens.sel if self.isDown() else tokens.card
        if self.underMouse() and self.isEnabled() and not is_filled and not self.isDown():
            ground = tokens.hov
        edge = tokens.ink if is_filled else getattr(tokens, self.outline) if self.isEnabled() else tokens.line2
        painter.setBrush(qcolour(ground))
        painter.setPen(QPen(qcolour(edge), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if is_key_focused(self):
            paint_focus(painter, theme, QRectF(self.rect()))
        ink = tokens.card if is_filled else tokens.ink if self.isEnabled() else tokens.mute
        area = QRectF(self.rect()).adjusted(PADDING, 0, -PADDING, 0)
        self.paint_content(painter, area, qcolour(ink))
        painter.end()


class ArrowButton(BoxButton):
    """A narrow button with an arrow that points back (-1) or forward (+1)."""

    def __init__(self, theme: Theme, direction: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", name, parent)
        self._direction = direction

    def content_width(self) -> float:
        return 8.0

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        painter.setPen(QPen(ink, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        x, y, along = area.center().x(), area.center().y(), 2.0 * self._direction
        points = [QPointF(x - along, y - 4), QPointF(x + along, y), QPointF(x - along, y + 4)]
        painter.drawPolyline(points)


def paint_focus(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """The ring around what has the focus: two pixels of ink, then one of the card."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(qcolour(theme.tokens.card), 1))
    painter.drawRoundedRect(area.adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 2, RADIUS - 2)
    painter.setPen(QPen(qcolour(theme.tokens.ink), 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def paint_down_arrow(painter: QPainter, centre: QPointF, ink: QColor) -> None:
    """The filled triangle of a control that opens a list."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon([centre + QPointF(-4, -2.5), centre + QPointF(4, -2.5), centre + QPointF(0, 3)])
