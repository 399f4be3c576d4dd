"""A list to choose from and a number to step, with arrows in the theme's ink."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSizePolicy, QSpinBox, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused

_HEIGHT = 30
_ARROW_ROOM = 24
_PADDING = 10
_RADIUS = 5.0


class Combo(QComboBox):
    """As wide as its longest entry."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("button")
        texts = (self.itemText(place) for place in range(self.count()))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=40.0)
        return QSize(int(widest) + 1 + _PADDING + _ARROW_ROOM, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showPopup(self) -> None:
        """The list is as wide as its entries, also where the control itself was made narrower.

        It is dressed now, as the lists of most controls are never opened.
        """
        if not self.styleSheet():
            self._theme.dress(self)
        self.view().setMinimumWidth(self.sizeHint().width())
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(qcolour(tokens.ink), 2) if is_key_focused(self) else QPen(qcolour(tokens.mute), 1)
        edge = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.hov if self.underMouse() else tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), _RADIUS, _RADIUS)
        painter.setPen(QColor(tokens.ink if self.isEnabled() else tokens.mute))
        painter.setFont(self._theme.font("button"))
        room = self.rect().adjusted(_PADDING, 0, -_ARROW_ROOM, 0)
        text = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        _paint_arrow(painter, self._theme, QPointF(self.width() - 13, self.height() / 2), +1)
        painter.end()


class Stepper(QSpinBox):
    """A small whole number with an arrow up and an arrow down."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        theme.dress(self)
        self.setFixedSize(54, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lineEdit().setGeometry(8, 2, self.width() - 8 - _ARROW_ROOM, self.height() - 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - _ARROW_ROOM and event.button() == Qt.MouseButton.LeftButton:
            self.stepBy(1 if event.position().y() < self.height() / 2 else -1)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        x = self.width() - _ARROW_ROOM / 2
        _paint_arrow(painter, self._theme, QPointF(x, self.height() / 2 - 6), -1)
        _paint_arrow(painter, self._theme, QPointF(x, self.height() / 2 + 6), +1)
        painter.end()


class DecimalBox(QDoubleSpinBox):
    """A number with one decimal, typed in."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDecimals(1)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        theme.dress(self)
        self.setFixedHeight(_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lineEdit().setGeometry(8, 2, self.width() - 16, self.height() - 4)


def _paint_arrow(painter: QPainter, theme: Theme, centre: QPointF, down: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolour(theme.tokens.ink2), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    x, y = centre.x(), centre.y()
    painter.drawPolyline([QPointF(x - 3.5, y - 2 * down), QPointF(x, y + 2 * down), QPointF(x + 3.5, y - 2 * down)])
