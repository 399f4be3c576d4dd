"""Paired bars of sector weights, small over large, with their difference on an axis of its own."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.sectors import SectorRow
from models.figures import Figures
from models.formats import DASH, decimal
from models.taxonomies import spellings
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.theme import Theme
from ui.widgets.focus import is_key_focused
from ui.words import tr

_HEAD = 26.0
_LEAST_ROW, _MOST_ROW = 22.0, 40.0
_NAMES_SHARE = 0.335
_DIFFERENCE_SHARE = 0.22
_VALUE_ROOM = 34.0
_BAR_SHARE = 0.36
_NAME_PADDING = 8.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Key = Callable[[SectorRow], float]
_ORDERS: dict[str, Key] = {
    "small": lambda row: -(row.small_pct or 0.0),
    "large": lambda row: -(row.large_pct or 0.0),
}
"""Orders besides the one in which the rows come, which is that of the difference."""


_pct = partial(decimal, places=1)
_points = partial(decimal, places=1, signed=True)


class SectorBars(Chart):
    """One row a sector. `sector_chosen` gives the row that is pressed; a press on a heading changes the order."""

    sector_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._given: tuple[SectorRow, ...] = ()
        self.rows: tuple[SectorRow, ...] = ()
        self.order = "difference"
        self._titles = ("Small", "Large")
        self._sector = ""
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Weight by sector"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: tuple[SectorRow, ...], titles: tuple[str, str]) -> None:
        self._given, self._titles = rows, titles
        self._arrange()

    def choose(self, sector: str) -> None:
        if sector != self._sector:
            self._sector = sector
            self.update()

    @property
    def pointed_row(self) -> SectorRow | None:
        """The row under the pointer, else the chosen one, else the first."""
        pointed = self.rows[self._hovered : self._hovered + 1] if self._hovered >= 0 else ()
        chosen = (row for row in self.rows if row.sector == self._sector)
        return next(iter([*pointed, *chosen, *self.rows]), None)

    def order_by(self, order: str) -> None:
        """`difference`, `small` or `large`."""
        self.order = order
        self._arrange()

    def figures(self) -> Figures | None:
        if not self.rows:
            return None
        small, large = (f"{title}, %" for title in self._titles)
        rows = tuple((r.sector, r.small_pct, r.large_pct, r.difference_points, r.ratio) for r in self.rows)
        forms = (_pct, _pct, _points, partial(decimal, places=2))
        return Figures(self.accessibleName(), ("Sector", small, large, "Difference, points", "Ratio"), rows, forms)

    def sizeHint(self) -> QSize:
        return QSize(490, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(330, int(_HEAD + _LEAST_ROW * max(len(self._given), 4)))

    def _arrange(self) -> None:
        key = _ORDERS.get(self.order)
        self.rows = tuple(sorted(self._given, key=key)) if key else self._given
        self.describe()
        self.updateGeometry()
        self.update()

    # --- where things are

    @property
    def _row_height(self) -> float:
        room = self.height() - _HEAD
        return min(max(room / max(len(self.rows), 1), _LEAST_ROW), _MOST_ROW)

    def row_rect(self, place: int) -> QRectF:
        return QRectF(0, _HEAD + place * self._row_height, self.width(), self._row_height)

    def row_at(self, point: QPointF) -> int:
        """The row under a point, -1 for none."""
        place = int((point.y() - _HEAD) // self._row_height) if point.y() >= _HEAD else -1
        return place if place < len(self.rows) else -1

    def _bars_left(self) -> float:
        return self.width() * _NAMES_SHARE

    def _difference_area(self) -> QRectF:
        width = self.width() * _DIFFERENCE_SHARE
        return QRectF(self.width() - width - 4, _HEAD, width, self._row_height * len(self.rows))

    def _bars_width(self) -> float:
        return self._difference_area().left() - self._bars_left() - _VALUE_ROOM - 6

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.rows:
            return
        painter = QPainter(self)
        self._draw_head(painter)
        largest = max((pct for row in self.rows for pct in (row.small_pct, row.large_pct) if pct), default=1.0)
        widest = max((abs(row.difference_points) for row in self.rows if row.difference_points), default=1.0)
        for place, row in enumerate(self.rows):
            self._draw_row(painter, place, row, largest, widest)
        self._draw_zero(painter)
        painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        painter.setFont(self._look.font("label_strong"))
        left = self._bars_left()
        width = self._look.width("label_strong", self._titles[0])
        for text, side, x in (
            (self._titles[0], "small", left),
            (self._titles[1], "large", left + width + 16),
        ):
            painter.setPen(self._look.colour(side))
            painter.drawText(QRectF(x, 0, 160, _HEAD - 4), _LEFT, text + self._arrow(side))
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink3"))
        area = self._difference_area()
        text = "Difference, points" + self._arrow("difference")
        painter.drawText(QRectF(area.left() - 40, 0, area.width() + 44, _HEAD - 4), _RIGHT, text)

    def _arrow(self, order: str) -> str:
        return " \u2193" if order == self.order else ""

    def _draw_row(self, painter: QPainter, place: int, row: SectorRow, largest: float, widest: float) -> None:
        area = self.row_rect(place)
        is_chosen = row.sector == self._sector
        if is_chosen or place == self._hovered:
            painter.fillRect(area.adjusted(0, 1, 0, -1), self._look.colour("sel" if is_chosen else "hov"))
            if is_chosen and is_key_focused(self):
                painter.setPen(QPen(self._look.colour("ink"), 1))
                painter.drawRect(area.adjusted(0.5, 1.5, -0.5, -1.5))
        painter.setFont(self._look.font("cell_strong" if is_chosen else "cell"))
        painter.setPen(self._look.colour("ink"))
        name = QRectF(_NAME_PADDING, area.top(), self._bars_left() - _NAME_PADDING - 6, area.height())
        role = "cell_strong" if is_chosen else "cell"
        shown = self._look.fitting(role, spellings(row.sector), name.width())
        painter.drawText(name, _LEFT, shown)
        height = round(area.height() * _BAR_SHARE)
        middle = round(area.center().y())
        self._draw_bar(painter, row.small_pct, "small", largest, middle - height, height)
        self._draw_bar(painter, row.large_pct, "large", largest, middle + 1, height)
        self._draw_difference(painter, row, area, widest)

    def _draw_bar(
        self, painter: QPainter, pct: float | None, side: str, largest: float, top: float, height: float
    ) -> None:
        if pct is None:
            return
        left, width = round(self._bars_left()), round(self._bars_width() * pct / largest)
        painter.fillRect(QRectF(left, top, max(width, 1), height - 1), self._look.colour(side))
        role = "label_strong" if side == "small" else "label"
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour(side))
        label = QRectF(left + width + 4, top - 3, _VALUE_ROOM, height + 5)
        painter.drawText(label, _LEFT, decimal(pct, 1))

    def _draw_difference(self, painter: QPainter, row: SectorRow, area: QRectF, widest: float) -> None:
        room = self._difference_area()
        zero = round(room.center().x())
        value = row.difference_points
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink"))
        if value is None:
            painter.drawText(QRectF(zero - 46, area.top(), 40, area.height()), _RIGHT, DASH)
            return
        width = max(round(abs(value) / widest * (room.width() / 2 - 34)), 1)
        height = round(area.height() * 0.42)
        top = round(area.center().y() - height / 2)
        is_small = value >= 0
        left = zero if is_small else zero - width
        painter.fillRect(QRectF(left, top, width, height), self._look.colour("small" if is_small else "large"))
        text = decimal(value, 1, signed=True)
        # The figure stands on the other side of the axis, so that no bar runs into it.
        side = (
            QRectF(zero - 46, area.top(), 40, area.height())
            if is_small
            else QRectF(zero + 6, area.top(), 46, area.height())
        )
        painter.drawText(side, _RIGHT if is_small else _LEFT, text)

    def _draw_zero(self, painter: QPainter) -> None:
        room = self._difference_area()
        x = round(room.center().x()) - 0.5
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawLine(QLineF(x, room.top(), x, room.bottom()))

    # --- choosing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self.row_at(event.position())
        if place >= 0:
            self.sector_chosen.emit(self.rows[place].sector)
        elif event.position().y() < _HEAD:
            self.order_by(self._order_at(event.position().x()))

    def _order_at(self, x: float) -> str:
        if x >= self._difference_area().left() - 40:
            return "difference"
        return "small" if x < self._bars_left() + self._look.width("label_strong", self._titles[0]) + 8 else "large"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self.rows:
            super().keyPressEvent(event)
            return
        names = [row.sector for row in self.rows]
        at = names.index(self._sector) + step if self._sector in names else 0
        self.sector_chosen.emit(names[min(max(at, 0), len(names) - 1)])
