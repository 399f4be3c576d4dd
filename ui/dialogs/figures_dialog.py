"""The plotted rows of a chart as a table, for those who read figures better than lines."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from models import formats
from models.figures import Figures
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.tables import TableView
from ui.widgets.text import Text


class FiguresDialog(QDialog):
    """Newest report first; Ctrl+C copies the selected rows, the button all of them."""

    def __init__(self, theme: Theme, figures: Figures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{figures.title}: figures")
        model = TableModel(_columns(figures), self)
        model.show(figures.rows[::-1])
        self.table = TableView(theme, model)
        self.table.setAccessibleName(figures.title)
        self.table.set_sortable()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton("Copy all")
        copy.clicked.connect(self._on_copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(Text(theme, "card_title", "ink", figures.title))
        column.addWidget(self.table, 1)
        column.addWidget(buttons)

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    def _on_copy(self) -> None:
        self.table.clearSelection()
        self.table.copy()


def _columns(figures: Figures) -> tuple[Column, ...]:
    def number(place: int, title: str) -> Column:
        def value(row: tuple[Any, ...]) -> Any:
            return row[place]

        return Column(title, value, figures.forms[place - 1])

    first = Column(figures.headers[0], lambda row: row[0], formats.day, is_number=False)
    return (first, *(number(place, title) for place, title in enumerate(figures.headers) if place))
