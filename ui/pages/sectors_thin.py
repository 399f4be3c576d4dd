"""What stands on the Sectors page before a fund's files begin: when they do, what is held instead, one press to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.calendars import NEW_YORK
from models.pages.sectors import SectorsPage
from ui.pages.thin_card import ThinCard
from ui.theme import Theme
from ui.words import tr


class StartsCard(ThinCard):
    """Two more ways: `pair_chosen` gives another pair of funds, `import_wanted` asks for a file of one's own."""

    pair_chosen = Signal(str)
    import_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Show later holdings"), parent)
        self._pair = ""
        self.other = self.add_button("", is_first=True)
        self.other.clicked.connect(self._on_other)
        self.add_button(tr("Import a file\u2026")).clicked.connect(self.import_wanted)

    def show_page(self, page: SectorsPage) -> None:
        found = page.thin
        if found is None:
            return
        self._pair = found.pair
        self.title.setText(found.title)
        self.reason.setText(found.reason)
        self.other.setText(found.pair_label.replace("&", "&&"))  # one alone would mark a key
        self.other.setVisible(bool(found.pair))
        self.there.setVisible(found.starts_at is not None)
        self.later.setVisible(found.starts is not None and not page.choice.later_data)
        today = page.choice.as_of.astimezone(NEW_YORK).date()
        self.show_files(tr("Files that are held, by fund; hollow ones come later"), found.files, today)

    def _on_other(self) -> None:
        self.pair_chosen.emit(self._pair)
