"""The help page: what the words and figures mean, searched as one types."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.definitions import DEFINITIONS, Definition, matching
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.text import Text
from ui.words import tr

_WIDTH, _HEIGHT = 620, 620


class DefinitionsDialog(Sheet):
    """All definitions under their headings, or those that have what was typed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, tr("Definitions"), parent, fixed_size=(theme.pixels(_WIDTH), _HEIGHT))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Search: net, COT index, seam, as of \u2026"))
        self.field.setAccessibleName(tr("Search the definitions"))
        self.field.setMaxLength(60)
        self.field.textChanged.connect(self._on_typed)
        self.above.addWidget(self.field)
        self._nothing = Text(theme, "body", "ink2", tr("No definition has these words."), self)
        self._nothing.hide()
        self.column.addWidget(self._nothing)
        self._headings: dict[str, Text] = {}
        self._entries: dict[Definition, QWidget] = {}
        for one in DEFINITIONS:
            if one.section not in self._headings:
                self._headings[one.section] = Text(theme, "drawer_title", "ink", one.section, self)
                self._headings[one.section].setContentsMargins(0, 10, 0, 0)
                self.column.addWidget(self._headings[one.section])
            self._entries[one] = self._entry(one)
            self.column.addWidget(self._entries[one])
        self.column.addStretch(1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown_terms(self) -> list[str]:
        """The terms that are listed now."""
        return [one.term for one, entry in self._entries.items() if not entry.isHidden()]

    def _entry(self, one: Definition) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(1)
        column.addWidget(Text(self.theme, "body_strong", "ink", one.term, box))
        column.addWidget(Text(self.theme, "body", "ink2", one.text, box, wraps=True))
        return box

    def _on_typed(self, text: str) -> None:
        found = set(matching(text))
        for one, entry in self._entries.items():
            entry.setVisible(one in found)
        sections = {one.section for one in found}
        for section, heading in self._headings.items():
            heading.setVisible(section in sections)
        self._nothing.setVisible(not found)
        self.scroll_to_top()
