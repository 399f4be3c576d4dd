"""A card whose body gives way to the reason why there is nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.text import Line, Text

_HEAD_HEIGHT = 30


class ReasonCard(Card):
    """A card with a title, controls and a menu at its right, whose body gives way to a reason."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = Line(theme, "card_title", "ink", title)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.head.addStrut(_HEAD_HEIGHT)
        self.head.addWidget(self.title, 1)
        self._reason = Text(theme, "body", "ink2", wraps=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.column.setContentsMargins(PADDING, 10, 8, 10)
        self.content.setContentsMargins(0, 0, PADDING - 8, 0)
        self.column.addLayout(self.head)
        self.column.addWidget(self.content, 1)
        self.column.addWidget(self._reason, 1)
        self.show_reason("")

    def show_reason(self, reason: str) -> None:
        """Why there is nothing to show, "" shows the body."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.content.setVisible(not reason)

    @property
    def reason(self) -> str:
        return self._reason.text()
