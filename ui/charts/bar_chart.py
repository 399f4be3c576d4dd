"""Grouped bars over periods: reported ones solid, estimates hatched, what means nothing said and not drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.explain.explanation import Explanation
from models.figures import Figures
from models.formats import decimal
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ticks import value_ticks
from ui.theme import Theme
from ui.words import tr

_LEFT, _RIGHT, _BOTTOM = 44.0, 12.0, 26.0
_AFTER_NAME = 10.0
_HEAD = 24.0
_HINT = 1.6
"""Times the least height, for the height that is wanted where there is room."""
_GROUP_SHARE = 0.74
_MOST_BAR_PX = 30.0
_BETWEEN_BARS_PX = 2.0
_BETWEEN_NAMES_PX = 6.0
_HATCH_STEP_PX = 5.0
_LABEL_ROOM = 0.12
_BOUNDARY_DASH = [3.0, 3.0]


@dataclass(frozen=True)
class Bar:
    """One bar: its value (None: there is none, and `label` says why), in the ink of a token."""

    value: float | None
    label: str
    ink: str
    is_estimate: bool


@dataclass(frozen=True)
class BarGroup:
    """The bars of one period; `label` stands below it, "" where the axis would be crowded, `tip` names it in full."""

    label: str
    tip: str
    bars: tuple[Bar, ...]
    is_strong: bool = False
    how: Callable[[], Explanation | None] | None = field(default=None, repr=False, compare=False)
    """How its figures came about."""

    @property
    def name(self) -> str:
        """The period in full, which `label` may leave out."""
        return self.tip.partition(":")[0] or self.label

    @property
    def is_estimate(self) -> bool:
        return any(bar.is_estimate for bar in self.bars)


@dataclass(frozen=True)
class Bracket:
    """A stretch of groups, first and last, with the words above it."""

    first: int
    last: int
    words: str


class BarChart(Chart):
    """Draws groups along an axis that holds zero. `pointed` gives the group under the pointer or cursor, or None."""

    pointed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        unit: str,
        parent: QWidget | None = None,
        *,
        is_dense: bool = False,
        is_signed: bool = True,
        least_height: int = 150,
    ) -> None:
        """`unit` stands behind the values of the axis, a sign before those of changes. Where bars are narrower than
        their labels, `is_dense` moves a label to the other end of its bar if a neighbour is in its way."""
        super().__init__(theme, parent)
        self.groups: tuple[BarGroup, ...] = ()
        self.bracket: Bracket | None = None
        self._unit, self._is_dense, self._is_signed = unit, is_dense, is_signed
        self._figures: Figures | None = None
        self._at: int | None = None
        self._placed: tuple[QRectF, float, float] | None = None
        self._look.changed.connect(self._place_anew)
        self.explain = self._explain
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(least_height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_groups(
        self, groups: Sequence[BarGroup], bracket: Bracket | None = None, figures: Figures | None = None
    ) -> None:
        """`figures` are the rows behind the bars, where they are more than a value for each."""
        self.groups, self.bracket = tuple(groups), bracket
        self._figures = figures
        self._at = None
        self._place_anew()
        self.describe()
        self.update()

    def figures(self) -> Figures | None:
        if self._figures is not None or not self.groups:
            return self._figures
        unit = f", {self._unit}" if self._unit else ""
        rows = tuple((group.name, group.bars[0].value if group.bars else None) for group in self.groups)
        return Figures(self.accessibleName(), ("Period", f"Value{unit}"), rows)

    def sizeHint(self) -> QSize:
        return QSize(520, round(_HINT * self.minimumHeight()))

    def _explain(self) -> Explanation | None:
        """The group that is pointed at, else the one that stands out, else the last."""
        pointed = [self.groups[self._at]] if self._at is not None else []
        strong = [group for group in self.groups if group.is_strong]
        group = next(iter([*pointed, *strong, *reversed(self.groups)]), None)
        return group.how() if group is not None and group.how is not None else None

    # --- where things are

    def plot(self) -> QRectF:
        return self._axis()[0]

    def range(self) -> tuple[float, float]:
        """The values of the axis' ends: zero and all bars, with room for the labels."""
        return self._axis()[1:]

    def _axis(self) -> tuple[QRectF, float, float]:
        """Plot and range, kept until something else is shown: a paint asks for them for each bar and label."""
        if self._placed is None:
            low, high = self._range_of_bars()
            room = self._names_room(low, high)
            self._placed = QRectF(self.rect()).adjusted(room, _HEAD, -_RIGHT, -_BOTTOM), low, high
        return self._placed

    def _place_anew(self) -> None:
        self._placed = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_anew()

    def _names_room(self, low: float, high: float) -> float:
        """As wide as the widest value of the axis needs."""
        widths = (self._look.width("axis", self._name_of(value)) for value in value_ticks(low, high, 5))
        return max(max(widths, default=0.0) + _AFTER_NAME, _LEFT)

    def _name_of(self, value: float) -> str:
        return decimal(value, 0 if value == round(value) else 1, signed=self._is_signed) + self._unit

    def _range_of_bars(self) -> tuple[float, float]:
        values = [bar.value for group in self.groups for bar in group.bars if bar.value is not None]
        low, high = min([0.0, *values]), max([0.0, *values])
        room = (high - low or 1.0) * _LABEL_ROOM
        return (low - room if low < 0 else low), (high + room if high > 0 else high + room / 2)

    def y_of(self, value: float) -> float:
        plot, low, high = self._axis()
        return plot.bottom() - (value - low) / (high - low) * plot.height()

    def slot(self, place: int) -> QRectF:
        plot = self.plot()
        width = plot.width() / max(len(self.groups), 1)
        return QRectF(plot.left() + place * width, plot.top(), width, plot.height())

    def bar_rect(self, place: int, which: int) -> QRectF:
        """The area of one bar, snapped to pixels; a bar of no height has one pixel."""
        group, slot = self.groups[place], self.slot(place)
        count = len(group.bars)
        width = min(slot.width() * _GROUP_SHARE / count - _BETWEEN_BARS_PX, _MOST_BAR_PX)
        left = slot.center().x() - (count * width + (count - 1) * _BETWEEN_BARS_PX) / 2
        value = group.bars[which].value or 0.0
        zero, end = round(self.y_of(0)), round(self.y_of(value))
        x = round(left + which * (width + _BETWEEN_BARS_PX))
        return QRectF(x, min(zero, end), round(width), max(abs(zero - end), 1))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.groups:
            return
        painter = QPainter(self)
        self._paint_axis(painter)
        if self._at is not None:
            painter.fillRect(self.slot(self._at), self._look.colour("hov"))
        placed = [
            (self.bar_rect(place, which), bar)
            for place, group in enumerate(self.groups)
            for which, bar in enumerate(group.bars)
        ]
        for area, bar in placed:
            self._paint_bar(painter, area, bar)
        self._write_labels(painter, placed)
        self._write_periods(painter)
        self._paint_boundary(painter)
        if self.bracket is not None:
            self._paint_bracket(painter, self.bracket)
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        plot = self.plot()
        painter.setFont(self._look.font("axis"))
        for value in value_ticks(*self.range(), 5):
            y = round(self.y_of(value)) + 0.5
            painter.setPen(hairline(self._look.colour("line2" if value == 0 else "grid")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(self._look.colour("ink3"))
            area = QRectF(0, y - 8, plot.left() - _AFTER_NAME + 2, 16)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._name_of(value))

    def _paint_bar(self, painter: QPainter, area: QRectF, bar: Bar) -> None:
        colour = self._look.colour(bar.ink)
        if bar.value is not None:
            if bar.is_estimate:
                hatch(painter, area, colour)
            else:
                painter.fillRect(area, colour)

    def _write_labels(self, painter: QPainter, placed: Sequence[tuple[QRectF, Bar]]) -> None:
        """A label that would lie on another is left out: the smaller bar gives way, its value stands in the tip."""
        written: list[QRectF] = []
        bars = [area for area, _ in placed]
        for area, bar in sorted(placed, key=lambda item: -abs(item[1].value or 0.0)):
            room = self._label_area(area, bar, bars)
            if bar.label and not any(room.intersects(other) for other in written):
                written.append(room)
                self._write_label(painter, room, bar)

    def _label_area(self, area: QRectF, bar: Bar, others: Sequence[QRectF]) -> QRectF:
        """Where a bar's label stands: beyond its end."""
        width, height = self._look.width("label_strong", bar.label), self._look.height("label_strong")
        left, tops = area.center().x() - width / 2, [area.bottom() + 1, area.top() - height - 1]
        if (bar.value or 0) >= 0:
            tops.reverse()
        places = [QRectF(left, top, width, height) for top in tops]
        free = (place for place in places if not any(place.intersects(other) for other in others))
        return next(free, places[0]) if self._is_dense and bar.label else places[0]

    def _write_label(self, painter: QPainter, place: QRectF, bar: Bar) -> None:
        """On a halo of the card's colour, so that it can be read across a neighbour."""
        base = QPointF(place.left(), place.top() + self._look.ascent("label_strong"))
        path = QPainterPath()
        path.addText(base, self._look.font("label_strong"), bar.label)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, QPen(self._look.colour("card"), 3.0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._look.font("label_strong"))
        painter.setPen(self._look.colour(bar.ink))
        painter.drawText(base, bar.label)

    def _write_periods(self, painter: QPainter) -> None:
        for place in self.named_places():
            self._write_below(painter, place, self.groups[place])

    def named_places(self) -> list[int]:
        """The groups whose names are written: one that would run into another is left out, a strong one never."""
        named = [(place, group) for place, group in enumerate(self.groups) if group.label]
        shown, taken = list[int](), list[tuple[float, float]]()
        for place, group in sorted(named, key=lambda one: not one[1].is_strong):
            half = self._look.width("cell_strong" if group.is_strong else "cell", group.label) / 2
            left, right = self.slot(place).center().x() - half, self.slot(place).center().x() + half
            if group.is_strong or all(
                right + _BETWEEN_NAMES_PX <= start or left >= end + _BETWEEN_NAMES_PX for start, end in taken
            ):
                shown.append(place)
                taken.append((left, right))
        return sorted(shown)

    def _write_below(self, painter: QPainter, place: int, group: BarGroup) -> None:
        painter.setFont(self._look.font("cell_strong" if group.is_strong else "cell"))
        painter.setPen(self._look.colour("ink2" if group.is_strong else "ink3"))
        slot = self.slot(place)
        area = QRectF(slot.left() - 20, slot.bottom() + 6, slot.width() + 40, _BOTTOM - 6)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, group.label)

    def _paint_boundary(self, painter: QPainter) -> None:
        """The thin dashed line between what was reported and what is an estimate."""
        first = next((place for place, group in enumerate(self.groups) if group.is_estimate), None)
        if first is None or self.bracket is not None:
            return
        x = round(self.slot(first).left()) + 0.5
        painter.setPen(hairline(self._look.colour("line2"), _BOUNDARY_DASH))
        painter.drawLine(QLineF(x, self.plot().top() - _HEAD + 4, x, self.plot().bottom()))
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink3"))
        top = self.plot().top() - _HEAD + 2
        if first > 0:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(x - 96, top, 90, 16), right, tr("reported"))
        painter.drawText(
            QRectF(x + 6, top, 90, 16), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, tr("estimate")
        )

    def _paint_bracket(self, painter: QPainter, bracket: Bracket) -> None:
        left, right = self.slot(bracket.first).center().x() - 8, self.slot(bracket.last).center().x() + 8
        y = self.plot().top() - 4
        painter.setPen(QPen(self._look.colour("ink"), 1.4))
        painter.drawPolyline([QPointF(left, y + 5), QPointF(left, y), QPointF(right, y), QPointF(right, y + 5)])
        painter.setFont(self._look.font("label_strong"))
        width = self._look.width("label_strong", bracket.words) + 4
        middle = min(max((left + right) / 2, width / 2), self.width() - width / 2)
        painter.drawText(QRectF(middle - width / 2, y - 18, width, 16), _CENTRED, bracket.words)

    # --- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = (place for place in range(len(self.groups)) if self.slot(place).contains(event.position()))
        self._point(next(found, None))

    def leaveEvent(self, event: object) -> None:
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.groups:
            super().keyPressEvent(event)
            return
        last = len(self.groups) - 1
        self._point(min(max((last + 1 if step < 0 else -1) + step if self._at is None else self._at + step, 0), last))

    def _point(self, place: int | None) -> None:
        if place != self._at:
            self._at = place
            self.update()
            self.pointed.emit(None if place is None else self.groups[place])


_CENTRED = Qt.AlignmentFlag.AlignCenter


def hatch(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """A full outline, and lines at 45 degrees inside: an estimate."""
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    at = area.left() - area.height()
    while at < area.right():
        painter.drawLine(QLineF(at, area.bottom(), at + area.height(), area.top()))
        at += _HATCH_STEP_PX
    painter.restore()
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
