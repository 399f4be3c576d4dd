"""A card in place of figures that do not reach the as-of date: the reason with its date, and what to do."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from models.pages.sectors_thin import FundFiles
from ui.charts.file_strip import FileStrip
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import tr

DIAMOND = "\u25c6"


class ThinCard(Card):
    """`go_there` rewinds to where the data begin, `later_wanted` shows what is later, marked."""

    go_there = Signal()
    later_wanted = Signal()

    def __init__(self, theme: Theme, later: str, parent: QWidget | None = None) -> None:
        """`later` says what the second button shows."""
        super().__init__(theme, parent)
        self.title = Text(theme, "drawer_title", "ink")
        self.reason = Text(theme, "body", "ink2", wraps=True)
        self.ways = QHBoxLayout()
        self.ways.setSpacing(8)
        self.ways.addStretch(1)
        self.there, self.later = self.add_button(tr("Go there")), self.add_button(f"{later}, marked {DIAMOND}")
        self.there.clicked.connect(self.go_there)
        self.later.clicked.connect(self.later_wanted)
        self.column.addWidget(self.title)
        self.column.addWidget(self.reason)
        self.column.addSpacing(6)
        self.column.addLayout(self.ways)
        self._strip_title = Text(theme, "label", "ink3")
        self.strip = FileStrip(theme)
        self.column.addSpacing(10)
        self.column.addWidget(self._strip_title)
        self.column.addWidget(self.strip)

    def show_files(self, title: str, files: tuple[FundFiles, ...], as_of: date) -> None:
        """What is held, and when; nothing is drawn where nothing is."""
        self._strip_title.setText(title)
        self.strip.show_files(files, as_of)
        for widget in (self._strip_title, self.strip):
            widget.setVisible(bool(files))

    def add_button(self, text: str, *, is_first: bool = False) -> QPushButton:
        """Behind the other buttons, or before all of them."""
        made = self._theme.dress(QPushButton(text))
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ways.insertWidget(0 if is_first else self.ways.count() - 1, made)
        return made
