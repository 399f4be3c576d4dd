"""The plotted rows of a chart as a table, for those who read figures better than lines."""

from datetime import date
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from models.figures import Figures
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.tables import TableView
from ui.widgets.text import Text
from ui.words import tr


class FiguresDialog(QDialog):
    """Rows by the day come newest first; Ctrl+C copies the selected rows, the button all of them."""

    def __init__(self, theme: Theme, figures: Figures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self)
        self.setWindowTitle(f"{figures.title}: figures")
        model = TableModel(_columns(figures), self)
        is_by_day = bool(figures.rows) and isinstance(figures.rows[0][0], date)
        model.show(figures.rows[::-1] if is_by_day else figures.rows)
        self.table = TableView(theme, model)
        self.table.setAccessibleName(figures.title)
        self.table.set_sortable()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(tr("Copy all"))
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
    def column(place: int, title: str) -> Column:
        def value(row: tuple[Any, ...]) -> Any:
            return row[place]

        def form(of: Any) -> str:
            return figures.text_of(of, place)

        return Column(title, value, form, is_number=figures.is_number(place))

    return tuple(column(place, title) for place, title in enumerate(figures.headers))
