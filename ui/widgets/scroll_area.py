"""What does not fit is scrolled."""

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.theme import Theme


class ScrollArea(QScrollArea):
    """As wide as there is room, without a frame or a ground of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        theme.dress(self)

    def setWidget(self, widget: QWidget) -> None:
        """Qt gives what it scrolls a ground, which would hide that of the page."""
        super().setWidget(widget)
        widget.setAutoFillBackground(False)
