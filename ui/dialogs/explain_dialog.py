"""How a figure came about: the formula, the same with its numbers, and what goes in."""

from PySide6.QtWidgets import QApplication, QWidget

from models.explain.explanation import Explanation
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.text import Text
from ui.words import tr


class ExplainDialog(Sheet):
    """Shows one `Explanation`."""

    def __init__(self, theme: Theme, shown: Explanation, parent: QWidget) -> None:
        super().__init__(theme, f"{shown.title}: {shown.value}", parent)
        self._shown = shown
        self.add_text(shown.about)
        self._add(tr("Formula"), shown.formula)
        if shown.worked:
            self._add(tr("With its numbers"), shown.worked, is_strong=True)
        if shown.terms:
            rows = [(term.name, term.value, term.when) for term in shown.terms]
            self.column.addSpacing(6)
            self.add_table((tr("What goes in"), tr("Value"), ""), rows)
        for note in shown.notes:
            self.add_text(note, ink="ink3")
        self.add_button(tr("Copy")).clicked.connect(self._on_copy)
        self.setMinimumWidth(theme.pixels(500))

    def _add(self, heading: str, text: str, *, is_strong: bool = False) -> None:
        self.column.addSpacing(4)
        self.column.addWidget(Text(self.theme, "header", "ink3", heading, self))
        role = "body_strong" if is_strong else "body"
        self.column.addWidget(Text(self.theme, role, "ink", text, self, wraps=True))

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._shown.text)
