"""What a button or a right click opens."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QWidget

from ui.theme import Theme


class Menu(QMenu):
    """Dressed when it is first opened: most menus never are, and each would pay for its style sheet."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.aboutToShow.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Asked for before it opens by whoever places it."""
        self._dress()
        return super().sizeHint()

    def _dress(self) -> None:
        if not self.styleSheet():
            self._theme.dress(self)
