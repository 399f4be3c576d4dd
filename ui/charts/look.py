"""Colours, fonts and widths of text of the charts."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from ui.theme import Theme


def hairline(colour: QColor, dash: list[float] | None = None) -> QPen:
    """A pen of one pixel at any scale."""
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    if dash:
        pen.setDashPattern(dash)
    return pen


class Look(QObject):
    """What the marks are drawn with. `changed` follows the theme."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._widths: dict[tuple[str, str], float] = {}
        theme.changed.connect(self.renew)

    def colour(self, token: str) -> QColor:
        return self._theme.colour(token)

    def font(self, role: str) -> QFont:
        return self._theme.font(role)

    def width(self, role: str, text: str) -> float:
        if (found := self._widths.get((role, text))) is None:
            if len(self._widths) > 5000:
                self._widths.clear()
            found = self._widths[role, text] = self._theme.metrics(role).horizontalAdvance(text)
        return found

    def metrics(self, role: str) -> QFontMetricsF:
        return self._theme.metrics(role)

    def fitting(self, role: str, texts: Sequence[str], room: float) -> str:
        """The first of these texts that has room; else the last one, cut off."""
        found = next((text for text in texts if self.width(role, text) <= room), None)
        if found is not None:
            return found
        return self.metrics(role).elidedText(texts[-1], Qt.TextElideMode.ElideRight, room)

    def height(self, role: str) -> float:
        return self._theme.metrics(role).height()

    def ascent(self, role: str) -> float:
        return self._theme.metrics(role).ascent()

    def middle(self, role: str) -> float:
        """How far the base line lies below the middle of a digit."""
        return self._theme.metrics(role).capHeight() / 2

    def renew(self) -> None:
        """For a theme that has changed, or is another for the time of a print."""
        self._widths.clear()
        self.changed.emit()
