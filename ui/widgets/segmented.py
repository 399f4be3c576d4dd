"""A row of joined buttons of which one is down, as for the range or the report."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused
from ui.widgets.text import tip
from ui.words import tr

_HEIGHT = 30
_RADIUS = 5.0
_PADDING = 10


class Choosable(Protocol):
    """One entry: its value, what is written, and why it cannot be chosen ("" if it can)."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def is_chosen(self) -> bool: ...
    @property
    def reason(self) -> str: ...


class Segment(QAbstractButton):
    """One button of the row; the row gives it its corners."""

    def __init__(self, theme: Theme, padding: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = ""
        self.is_first = self.is_last = False
        self._theme, self._padding = theme, padding
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("button_strong")
        return QSize(int(metrics.horizontalAdvance(self.text())) + 2 * self._padding + 1, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, 0.5, -0.5)
        if self.is_last:
            area.setRight(self.width() - 0.5)
        outline = self._outline(area)
        if self.isChecked():
            painter.fillPath(outline, qcolour(tokens.ink))
        else:
            hovered = self.underMouse() and self.isEnabled()
            painter.fillPath(outline, QColor(tokens.hov if hovered else tokens.card))
        painter.setPen(QPen(qcolour(tokens.mute), 1))
        painter.drawPath(outline)
        ink = tokens.card if self.isChecked() else tokens.ink2 if self.isEnabled() else tokens.mute
        painter.setPen(qcolour(ink))
        painter.setFont(self._theme.font("button_strong" if self.isChecked() else "button"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if is_key_focused(self):
            painter.setPen(QPen(QColor(tokens.card if self.isChecked() else tokens.ink), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 3, 3)
        painter.end()

    def _outline(self, area: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(area, _RADIUS, _RADIUS)
        middle = area.center().x()
        if not self.is_first:
            path = path.united(_rectangle(area.left(), area.top(), middle - area.left(), area.height()))
        if not self.is_last:
            path = path.united(_rectangle(middle, area.top(), area.right() - middle, area.height()))
        return path


class SegmentedControl(QWidget):
    """Shows options side by side; `chosen` gives the value of the one that the user presses."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, *, padding: int = _PADDING) -> None:
        super().__init__(parent)
        self._theme, self._padding = theme, padding
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._segments: list[Segment] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_options(self, options: Sequence[Choosable]) -> None:
        while len(self._segments) < len(options):
            segment = Segment(self._theme, self._padding, self)
            self._segments.append(segment)
            self._group.addButton(segment)
            self._row.addWidget(segment)
        for place, segment in enumerate(self._segments):
            segment.setVisible(place < len(options))
            if place < len(options):
                self._show_option(segment, options[place])
                segment.is_first, segment.is_last = place == 0, place == len(options) - 1
        self._row.activate()
        self.updateGeometry()

    def value(self) -> str:
        """The value that is down, "" where none is."""
        button = self._group.checkedButton()
        return button.value if isinstance(button, Segment) else ""

    def set_value(self, value: str) -> None:
        """Press the segment of that value without a signal; none, where there is no such."""
        self._group.setExclusive(False)
        for segment in self._segments:
            segment.setChecked(not segment.isHidden() and segment.value == value)
        self._group.setExclusive(True)

    def _show_option(self, segment: Segment, option: Choosable) -> None:
        segment.value = option.value
        label = tr(option.label)
        segment.setText(label)
        segment.setToolTip(tip(option.reason))
        segment.setAccessibleName(f"{self.accessibleName()}: {label}")
        segment.setAccessibleDescription(option.reason)
        segment.setEnabled(not option.reason or option.is_chosen)
        self._group.setExclusive(False)
        segment.setChecked(option.is_chosen)
        self._group.setExclusive(True)
        segment.updateGeometry()
        segment.update()

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, Segment):
            self.chosen.emit(button.value)


def _rectangle(x: float, y: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(x, y, width, height))
    return path
