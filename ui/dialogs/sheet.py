"""What the app's dialogs have in common: a title, rows, a button that closes them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.text import Text
from ui.words import tr

_SCREEN_MARGIN = 80


class Sheet(QDialog):
    """Put what it holds into `column`; buttons of its own go to the left of Close, what does not scroll into `above`.

    It is as high as what it holds, or of a `fixed_size` where that changes while it is open.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget, *, fixed_size: tuple[int, int] | None = None) -> None:
        super().__init__(parent)
        self.theme, self._fixed_size = theme, fixed_size
        theme.dress(self)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 14)
        outer.setSpacing(12)
        outer.addWidget(Text(theme, "drawer_title", "ink", title, self))
        self.above = QVBoxLayout()
        outer.addLayout(self.above)
        self._content = QWidget(self)
        self.column = QVBoxLayout(self._content)
        if fixed_size is None:
            self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self._scroll = ScrollArea(theme, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        outer.addWidget(self._scroll, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        close = QPushButton(tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.close)
        self.buttons.addWidget(close)
        outer.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its text needs at this width, which is known only now; what the screen cannot show scrolls."""
        super().showEvent(event)
        if self._fixed_size is not None:
            self.resize(QSize(*self._fixed_size).boundedTo(self.screen().availableGeometry().size()))
            return
        layout = self.layout()
        assert layout is not None
        layout.activate()
        width = self._scroll.viewport().width()
        is_wrapped = self.column.hasHeightForWidth()
        needed = self.column.heightForWidth(width) if is_wrapped else self.column.sizeHint().height()
        self._content.setMinimumHeight(needed)
        height = needed + self.height() - self._scroll.viewport().height()
        room = self.screen().availableGeometry().height() - _SCREEN_MARGIN
        policy = Qt.ScrollBarPolicy
        # A bar that is not needed would take the width that made it needed.
        self._scroll.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if height <= room else policy.ScrollBarAsNeeded
        )
        self.resize(self.width(), min(height, room))

    def scroll_to_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def add_button(self, label: str, *, is_main: bool = False) -> QPushButton:
        button = QPushButton(label, self)
        button.setAutoDefault(False)
        if is_main:
            button.setObjectName("primary")
        self.buttons.insertWidget(self.buttons.count() - 2, button)
        return button

    def add_text(self, text: str, *, ink: str = "ink2") -> Text:
        label = Text(self.theme, "body", ink, text, self, wraps=True)
        self.column.addWidget(label)
        return label

    def add_table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A few rows of text that need neither sorting nor copying."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        for place, header in enumerate(headers):
            grid.addWidget(Text(self.theme, "header", "ink3", header, self), 0, place)
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                role = "cell_strong" if place == 0 else "cell"
                is_last = place == len(row) - 1
                label = Text(self.theme, role, "ink" if place == 0 else "ink2", cell, self, wraps=is_last)
                grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(headers) - 1, 1)
        self.column.addLayout(grid)
