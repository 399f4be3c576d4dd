"""Cards beside or above each other with a gap that can be dragged, or moved by the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from ui.theme import Theme
from ui.widgets.focus import is_key_focused
from ui.words import tr

GAP = 12
_STEP_PX = 16
_GRIP_PX = 36


class Splitter(QSplitter):
    """`name` is what it is remembered by; `drawn` the sizes of the design, which hold until a person moves the gap."""

    def __init__(self, theme: Theme, name: str, orientation: Qt.Orientation, drawn: Sequence[int]) -> None:
        super().__init__(orientation)
        self.theme = theme
        self.is_moved = False
        self._drawn = tuple(drawn)
        self.setObjectName(name)
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)
        theme.changed.connect(self.update)

    def add(self, *parts: QWidget) -> None:
        """The parts in their order, each with its size in the design."""
        for place, part in enumerate(parts):
            self.addWidget(part)
            self.setStretchFactor(place, self._drawn[place])
        self.setSizes(list(self._drawn))

    def shares(self) -> list[int]:
        """The sizes that a person has given; none where the gap was never moved."""
        return self.sizes() if self.is_moved else []

    def set_shares(self, sizes: object) -> None:
        """Take up sizes that were remembered; anything else is the design's."""
        fits = isinstance(sizes, list) and len(sizes) == self.count() and all(type(n) is int for n in sizes)
        wanted = [n for n in sizes if 0 < n < 10_000] if fits and isinstance(sizes, list) else []
        self.is_moved = len(wanted) == self.count()
        self.setSizes(wanted if self.is_moved else list(self._drawn))

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self)

    def _on_moved(self) -> None:
        self.is_moved = True


class _Handle(QSplitterHandle):
    """Shows a grip under the pointer or while it has the focus; arrows move it."""

    def __init__(self, splitter: Splitter) -> None:
        super().__init__(splitter.orientation(), splitter)
        self._theme = splitter.theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(tr("Gap between two cards, moved by the arrow keys"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_across = self.orientation() is Qt.Orientation.Horizontal
        back, forth = (Qt.Key.Key_Left, Qt.Key.Key_Right) if is_across else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (back, forth):
            at = self.x() if is_across else self.y()
            self.moveSplitter(at + (_STEP_PX if event.key() == forth else -_STEP_PX))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self.underMouse() or is_key_focused(self)):
            return
        painter = QPainter(self)
        tokens = self._theme.tokens
        colour = QColor(tokens.ink if is_key_focused(self) else tokens.mute)
        middle = self.rect().center()
        if self.orientation() is Qt.Orientation.Horizontal:
            painter.fillRect(middle.x() - 1, middle.y() - _GRIP_PX // 2, 2, _GRIP_PX, colour)
        else:
            painter.fillRect(middle.x() - _GRIP_PX // 2, middle.y() - 1, _GRIP_PX, 2, colour)
        painter.end()
