"""What stands in a page's place until its first record is there: the titles of its cards."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import tr

_LOADING_MS = 400


class Placeholder(QWidget):
    """The first card above the others; it says that it is loading only where that takes its time."""

    def __init__(self, theme: Theme, outline: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        cards = [_card(theme, title, self) for title in outline]
        self._said = Text(theme, "body", "ink3", "", self)
        if cards:
            cards[0].column.insertWidget(1, self._said)
            column.addWidget(cards[0], 5)
        for card in cards[1:]:
            row.addWidget(card)
        column.addLayout(row, 2)
        self._timer = QTimer(self, singleShot=True, interval=_LOADING_MS)
        self._timer.timeout.connect(lambda: self._said.setText(tr("Loading")))
        self._timer.start()

    def say(self, sentence: str) -> None:
        """Why there is nothing to show."""
        self._timer.stop()
        self._said.setText(sentence)


def _card(theme: Theme, title: str, parent: QWidget) -> Card:
    card = Card(theme, parent)
    card.column.addWidget(Text(theme, "card_title", "ink", tr(title), card))
    card.column.addStretch(1)
    return card
