"""What stands on the Sectors page before a fund's files begin: when they do, what is held instead, one press to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from models.calendars import NEW_YORK
from models.pages.sectors import SectorsPage
from ui.charts.file_strip import FileStrip
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Text

DIAMOND = "\u25c6"


class StartsCard(Card):
    """`go_there` rewinds to the first file, `pair_chosen` gives another pair, `later_wanted` looks ahead."""

    go_there = Signal()
    pair_chosen = Signal(str)
    later_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pair = ""
        self._title = Text(theme, "drawer_title", "ink")
        self._reason = Text(theme, "body", "ink2", wraps=True)
        self.other, self.there = _button(""), _button("Go there")
        self.later = _button(f"Show later holdings, marked {DIAMOND}")
        self.import_file = _button("Import a file\u2026")
        self.other.clicked.connect(self._on_other)
        self.there.clicked.connect(self.go_there)
        self.later.clicked.connect(self.later_wanted)
        self.import_file.clicked.connect(self.import_wanted)
        self._strip_title = Text(theme, "label", "ink3", "Files that are held, by fund; hollow ones come later")
        self.strip = FileStrip(theme)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in (self.other, self.there, self.later, self.import_file):
            ways.addWidget(button)
        ways.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(self._reason)
        self.column.addSpacing(6)
        self.column.addLayout(ways)
        self.column.addSpacing(10)
        self.column.addWidget(self._strip_title)
        self.column.addWidget(self.strip)

    def show_page(self, page: SectorsPage) -> None:
        found = page.thin
        if found is None:
            return
        self._pair = found.pair
        self._title.setText(found.title)
        self._reason.setText(found.reason)
        self.other.setText(found.pair_label.replace("&", "&&"))  # or it would mark a key
        self.other.setVisible(bool(found.pair))
        self.there.setVisible(found.starts_at is not None)
        self.later.setVisible(found.starts is not None and not page.choice.later_data)
        self.strip.show_files(found.files, page.choice.as_of.astimezone(NEW_YORK).date())
        for widget in (self._strip_title, self.strip):
            widget.setVisible(bool(found.files))

    def _on_other(self) -> None:
        self.pair_chosen.emit(self._pair)


def _button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
