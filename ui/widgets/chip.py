"""Small framed labels: on which basis a card stands, or that it shows later data."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.text import Text, tip

_PADDING, _RADIUS, _GAP = 6, 3.0, 6


class Chip(Text):
    """Neutral, or in the colour of later data where `is_flag`."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None, *, is_flag: bool = False) -> None:
        super().__init__(theme, "label", "flag" if is_flag else "ink2", text, parent)
        self._edge, self._ground = ("flag", "flagT") if is_flag else ("line2", "card")
        self.setContentsMargins(_PADDING, 1, _PADDING, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(getattr(tokens, self._edge)), 1))
        painter.setBrush(qcolour(getattr(tokens, self._ground)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
        super().paintEvent(event)


class ChipRow(QWidget):
    """Chips side by side, as many as there is room for; the tool tip has them all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[Chip] = []
        self._shown = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._place)

    def show_texts(self, texts: Sequence[str]) -> None:
        while len(self._chips) < len(texts):
            self._chips.append(Chip(self._theme, parent=self))
        for chip, text in zip(self._chips, texts, strict=False):
            chip.setText(text)
        self._shown = len(texts)
        self.setToolTip(tip(", ".join(texts)))
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(200, max((chip.sizeHint().height() for chip in self._chips), default=18))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = 0
        for place, chip in enumerate(self._chips):
            size = chip.sizeHint()
            fits = place < self._shown and left + size.width() <= self.width()
            chip.setVisible(fits)
            if fits:
                chip.setGeometry(left, 0, size.width(), size.height())
                left += size.width() + _GAP
