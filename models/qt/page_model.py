"""The record that a page shows, and when another takes its place."""

from PySide6.QtCore import QObject, Signal


class PageModel(QObject):
    """Holds one frozen page. `shown` gives the new one; the old stays until then."""

    shown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: object | None = None

    @property
    def page(self) -> object | None:
        """The page, None before the first was built."""
        return self._page

    def show(self, page: object) -> None:
        self._page = page
        self.shown.emit(page)
