"""The title row of a chart: its title, and in one line the values under the crosshair."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models import formats
from ui.charts.content import value_at
from ui.charts.look import Look
from ui.charts.stack_view import StackView
from ui.charts.ticks import day_of

_GAP = 14


@dataclass(frozen=True)
class Reading:
    """One value with its name; `ink` is its colour's token."""

    name: str
    text: str
    ink: str


def readings(stack: StackView) -> list[Reading]:
    """What the crosshair stands on: the day, then the value of every pane; or the change over the measured stretch."""
    if stack.measured is not None and stack.measured[0] != stack.measured[1]:
        return _measured(stack, *sorted(stack.measured))
    if stack.cursor_day is None:
        return []
    found = [Reading("", formats.day(day_of(stack.cursor_day)), "ink")]
    for content in stack.content.panes:
        for curve in content.curves:
            if curve.short:
                value = value_at(curve, stack.cursor_day)
                text = formats.DASH if value != value else curve.form(value)
                found.append(Reading(curve.short, text, "ink2" if curve.ink == "mute" else curve.ink))
    return found


def _measured(stack: StackView, first: float, last: float) -> list[Reading]:
    main = stack.content.panes[0].curves[0]
    reports = int(((stack.content.days > first) & (stack.content.days <= last)).sum())
    change = value_at(main, last) - value_at(main, first)
    days = f"{formats.day(day_of(first))} to {formats.day(day_of(last))}"
    return [
        Reading("", days, "ink"),
        Reading("", formats.plural(reports, "report"), "ink3"),
        Reading(main.short, main.form_change(change), main.ink),
    ]


class TitleRow(QWidget):
    """Draws the title, then the hint or the values in place of it. It never changes its size, so nothing moves."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title, self._hint = "", ""
        self._readings: list[Reading] = []
        look.changed.connect(self.updateGeometry)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, round(self._look.height("card_title")) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_title(self, title: str, hint: str) -> None:
        self._title, self._hint = title, hint
        self.setAccessibleName(title)
        self.update()

    def show_readings(self, readings: list[Reading]) -> None:
        self._readings = readings
        self.setAccessibleDescription(", ".join(f"{one.name} {one.text}".strip() for one in readings))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, x = self._look, 0.0
        base = round(self.height() / 2 + look.middle("card_title"))
        title = self._title
        room = self._room_of_title()
        if look.width("card_title", title) > room:
            metrics = look.metrics("card_title")
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        x = self._write(painter, x, base, title, "card_title", "ink") + _GAP
        if not self._readings:
            hint = look.metrics("label").elidedText(self._hint, Qt.TextElideMode.ElideRight, self.width() - x)
            self._write(painter, x, base, hint, "label", "ink3")
        for reading in self._readings:
            if reading.name:
                x = self._write(painter, x, base, reading.name, "label", "ink3") + 5
            x = self._write(painter, x, base, reading.text, "cell_strong", reading.ink) + _GAP
        painter.end()

    def _room_of_title(self) -> float:
        """The values are what the row is for; the title gives way to them."""
        taken = 0.0
        for reading in self._readings:
            taken += self._look.width("label", reading.name) + self._look.width("cell_strong", reading.text) + _GAP + 5
        return max(self.width() - taken - _GAP, 0.0)

    def _write(self, painter: QPainter, x: float, base: float, text: str, role: str, ink: str) -> float:
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour(ink))
        painter.drawText(QPointF(x, base), text)
        return x + self._look.width(role, text)
