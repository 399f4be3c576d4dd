"""Pairs of bars from zero, small over large, each with its value at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from models.formats import DASH
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.theme import Theme
from ui.widgets.focus import is_key_focused

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
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pairs(self, pairs: Sequence[BarPair]) -> None:
        self.pairs = tuple(pairs)
        said = (f"{pair.title}: small {pair.small_text}, large {pair.large_text}" for pair in pairs)
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    @property
    def pointed(self) -> tuple[int, bool]:
        """The pair that is pointed at or stands at the cursor, and whether its bar of small caps."""
        return self._at // 2, self._at % 2 == 0

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
        if is_key_focused(self) and self.pairs:
            place, is_small = self.pointed
            top = place * self._pair_height() + _TITLE + (0 if is_small else _BAR + _BETWEEN)
            painter.setPen(QPen(self._look.colour("ink"), 1))
            painter.drawRect(QRectF(0.5, top - 2.5, self.width() - 1, _BAR + 5))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, inside = divmod(event.position().y(), self._pair_height())
        self._point(2 * int(place) + (inside > _TITLE + _BAR + _BETWEEN / 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk from bar to bar."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._point(self._at + step)

    def _point(self, place: int) -> None:
        self._at = min(max(place, 0), max(2 * len(self.pairs) - 1, 0))
        self.update()

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
