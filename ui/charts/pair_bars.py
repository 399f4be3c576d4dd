"""Pairs of bars from zero, small over large, each with its value at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import DASH
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.theme import Theme

_TITLE, _BAR, _BETWEEN, _AFTER = 22.0, 16.0, 7.0, 12.0
_NAMES, _VALUES = 46.0, 52.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class BarPair:
    """One measure of both sides: values (None: unknown) and what is written for them."""

    title: str
    small: float | None
    large: float | None
    small_text: str
    large_text: str


class PairBars(Chart):
    """As high as its pairs; each pair has a scale of its own that begins at zero."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.pairs: tuple[BarPair, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pairs(self, pairs: Sequence[BarPair]) -> None:
        self.pairs = tuple(pairs)
        said = (f"{pair.title}: small {pair.small_text}, large {pair.large_text}" for pair in pairs)
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def figures(self) -> Figures | None:
        if not self.pairs:
            return None
        rows = tuple((pair.title, pair.small, pair.large) for pair in self.pairs)
        return Figures(self.accessibleName(), ("Measure", "Small", "Large"), rows)

    def sizeHint(self) -> QSize:
        return QSize(330, int(len(self.pairs) * self._pair_height() - _AFTER + 2) if self.pairs else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, pair in enumerate(self.pairs):
            self._paint_pair(painter, pair, place * self._pair_height())
        painter.end()

    def _pair_height(self) -> float:
        return _TITLE + 2 * _BAR + _BETWEEN + _AFTER

    def _paint_pair(self, painter: QPainter, pair: BarPair, top: float) -> None:
        known = [value for value in (pair.small, pair.large, 0.0) if value is not None]
        low, high = min(known), max(known)
        room = self.width() - _NAMES - _VALUES * (2 if low < 0 else 1)
        scale = room / ((high - low) or 1.0)
        zero = round(_NAMES + (_VALUES if low < 0 else 0) - low * scale)
        painter.setFont(self._look.font("label_strong"))
        painter.setPen(self._look.colour("ink3"))
        painter.drawText(QRectF(0, top, self.width(), _TITLE - 4), _LEFT, pair.title)
        for ink, value, text, y in (
            ("small", pair.small, pair.small_text, top + _TITLE),
            ("large", pair.large, pair.large_text, top + _TITLE + _BAR + _BETWEEN),
        ):
            painter.setFont(self._look.font("label_strong"))
            painter.setPen(self._look.colour(ink))
            painter.drawText(QRectF(0, y, _NAMES, _BAR), _LEFT, ink.capitalize())
            end = zero if value is None else round(zero + value * scale)
            painter.fillRect(QRectF(min(zero, end), y, abs(end - zero), _BAR), self._look.colour(ink))
            width = self._look.width("label_strong", text) + 2
            left = end + 6 if (value or 0.0) >= 0 else end - 6 - width
            painter.drawText(QRectF(left, y, width, _BAR), _LEFT, text if value is not None else DASH)
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawLine(QLineF(zero - 0.5, top + _TITLE - 2, zero - 0.5, top + _TITLE + 2 * _BAR + _BETWEEN + 2))
