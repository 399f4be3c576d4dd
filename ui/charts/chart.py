"""What all charts have in common: a name, a summary in words, their rows as figures, and how they are put on paper."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from models.explain.explanation import Explanation
from models.figures import Figures, summary
from ui.charts.look import Look
from ui.theme import Theme
from ui.widgets.focus import is_key_focused
from ui.words import tr


class Chart(QWidget):
    """A drawing of figures. Its accessible name is its title, its accessible description says the same in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._look = Look(theme, self)
        self._look.changed.connect(self._on_look_changed)
        self.is_on_paper = False
        """While it is drawn for a file: no focus, no pointer, no picture kept from the screen."""
        self.explain: Callable[[], Explanation | None] = lambda: None
        """How the figure under the pointer or the cursor came about, the newest without either; set by its card."""

    @property
    def look(self) -> Look:
        return self._look

    def figures(self) -> Figures | None:
        """Exactly what is drawn, None where there is nothing."""
        raise NotImplementedError

    def explanation(self) -> Explanation | None:
        return self.explain()

    def paint_focus(self, painter: QPainter) -> None:
        """A frame around the whole while it has the focus of the keyboard."""
        if is_key_focused(self):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("ink"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def describe(self) -> None:
        """Says in words what is drawn; called after something else is shown."""
        found = self.figures()
        self.setAccessibleDescription(summary(found) if found is not None else tr("There is nothing to show."))

    def put_on_paper(self, painter: QPainter) -> None:
        """Draws the chart at its size on screen with its upper left corner at the origin: light, and as vectors."""
        with self._on_paper():
            self.render(painter, QPoint(0, 0), QRegion(), QWidget.RenderFlag.DrawChildren)

    @contextmanager
    def _on_paper(self) -> Iterator[None]:
        """What the chart knows of the screen's colours is dropped before and after."""
        with self.theme.on_paper():
            self.is_on_paper = True
            self._look.renew()
            try:
                yield
            finally:
                self.is_on_paper = False
        self._look.renew()

    def _on_look_changed(self) -> None:
        self.update()
