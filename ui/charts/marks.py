"""What stands around the curves, in pixels of the scene: hatching and seams below them, swings and labels above."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from models.formats import short_day
from models.records import Floats
from ui.charts.content import EMPTY, Curve, Hatching, PaneContent, StackContent, Swing
from ui.charts.labels import Line, Shelf, Stamps, crossings
from ui.charts.look import Look, hairline
from ui.charts.pane import Pane
from ui.charts.ticks import day_of

SEAM_DASH = [3.0, 3.0]
SWING_WIDTH = 3.2
_DOT = 3.6
_MOST_SWINGS = 3
_MOST_CROSSED = 12
_EARLY_PX = 30.0
_LEFT, _RIGHT, _CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


class Marks(QGraphicsItem):
    """Base of the two layers: they cover the whole scene and know its panes from top to bottom."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.content: StackContent = EMPTY
        self.panes: list[Pane] = []
        self.bounds = QRectF()

    def boundingRect(self) -> QRectF:
        return self.bounds

    @property
    def height(self) -> tuple[float, float]:
        """From the top of the first plot to the bottom of the last."""
        return self.panes[0].plot.top(), self.panes[-1].plot.bottom()


class Underlay(Marks):
    """Hatched stretches and the dashed lines of seams; `focus` is the day whose evidence is open."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setZValue(-20)
        self.focus: float | None = None

    def paint(self, painter: QPainter, *_: Any) -> None:
        if not self.panes:
            return
        top, bottom = self.height
        for pane in self.panes:
            assert pane.content is not None
            for hatch in pane.content.hatches:
                self._hatch(painter, hatch, pane)
            for hatch in self.content.hatches:
                if not any(own.start <= hatch.start and hatch.end <= own.end for own in pane.content.hatches):
                    self._hatch(painter, hatch, pane)
        painter.setPen(hairline(self.look.colour("ink3"), SEAM_DASH))
        for seam in self.content.seams:
            self._upright(painter, seam.day, top - 14, bottom)
        if self.focus is not None:
            painter.setPen(hairline(self.look.colour("mute")))
            self._upright(painter, self.focus, top, bottom)

    def _hatch(self, painter: QPainter, hatch: Hatching, pane: Pane) -> None:
        area = pane.stretch(hatch.start, hatch.end)
        if not area.isEmpty():
            painter.setBrushOrigin(QPointF(round(pane.x_of(hatch.start)), pane.plot.top()))
            painter.fillRect(area, QBrush(self.look.colour("line2"), Qt.BrushStyle.BDiagPattern))

    def _upright(self, painter: QPainter, day: float, top: float, bottom: float) -> None:
        x = round(self.panes[0].x_of(day))
        if self.panes[0].plot.left() <= x <= self.panes[0].plot.right():
            painter.drawLine(QLineF(x, top, x, bottom))


class Overlay(Marks):
    """Swings, the last values, and the labels of seams, hatching and curves, the most important first."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setZValue(20)
        self.stamps = Stamps(look)

    def paint(self, painter: QPainter, *_: Any) -> None:
        if not self.panes:
            return
        shelf = Shelf(self.look, self.stamps)
        for place, pane in enumerate(self.panes):
            assert pane.content is not None
            if pane.content.title:
                self._write_title(painter, shelf, pane, pane.content.title)
            self._take_dots(shelf, pane, pane.content.swings)
            for curve in pane.content.curves:
                if curve.has_end_label:
                    self._write_end(painter, shelf, pane, curve, has_date=place == 0)
        for pane in self.panes:
            assert pane.content is not None
            self._draw_swings(painter, shelf, pane, pane.content)
        self._label_seams(painter, shelf, self.panes[0])
        for pane in self.panes:
            assert pane.content is not None
            own = self.content.hatches if pane is self.panes[0] else ()
            for hatch in (*pane.content.hatches, *_joined(own)):
                self._label_hatch(painter, shelf, pane, hatch)
            for hatch in self.content.hatches:
                shelf.take(pane.stretch(hatch.start, hatch.end))
            for curve_place, curve in enumerate(pane.content.curves):
                if curve.is_named:
                    self._name_curve(painter, shelf, pane, curve_place, curve)

    def _write_title(self, painter: QPainter, shelf: Shelf, pane: Pane, title: str) -> None:
        lines = (Line(title, "label_strong", "ink2"),)
        width, height = shelf.size(lines)
        shelf.write(painter, lines, QRectF(pane.plot.left(), pane.plot.top() - height - 3, width, height), _LEFT)

    def _write_end(self, painter: QPainter, shelf: Shelf, pane: Pane, curve: Curve, *, has_date: bool) -> None:
        """The last value at the right edge, or beside a point that lies before it; none where that is out of sight."""
        known = np.flatnonzero(np.isfinite(curve.y))
        if not len(known) or curve.x[known[-1]] > pane.end + 1:
            return
        at = pane.point(curve.x[known[-1]], curve.y[known[-1]])
        ink = "ink" if curve.is_bars else curve.ink
        ends_early = at.x() < pane.plot.right() - _EARLY_PX
        lines: tuple[Line, ...] = (Line(curve.form(curve.y[known[-1]]), "end_label", ink),)
        if has_date or ends_early:
            lines += (Line(short_day(day_of(curve.x[known[-1]])), "label", "ink3"),)
        width, height = shelf.size(lines)
        first = self.look.height("end_label")
        top = min(max(at.y() - first / 2, pane.plot.top() - first / 2), pane.plot.bottom() - height + first / 2)
        rect = QRectF((at.x() if ends_early else pane.plot.right()) + 8, top, width, height)
        if shelf.is_free(rect):
            shelf.write(painter, lines, rect, _LEFT)

    def _take_dots(self, shelf: Shelf, pane: Pane, swings: tuple[Swing, ...]) -> None:
        for swing in swings:
            for at in (pane.point(swing.start, swing.start_value), pane.point(swing.end, swing.end_value)):
                shelf.take(QRectF(at.x() - _DOT, at.y() - _DOT, 2 * _DOT, 2 * _DOT))

    def _draw_swings(self, painter: QPainter, shelf: Shelf, pane: Pane, content: PaneContent) -> None:
        painter.save()
        painter.setClipRect(
            pane.plot.adjusted(-_DOT - 1, -_DOT - 1, _DOT + 1, _DOT + 1), Qt.ClipOperation.IntersectClip
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, card = self.look.colour("ink"), self.look.colour("card")
        for swing in content.swings:
            if swing.start < pane.start or swing.end > pane.end:
                continue
            start, end = pane.point(swing.start, swing.start_value), pane.point(swing.end, swing.end_value)
            painter.setPen(QPen(ink, SWING_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(start, end)
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(card)
            painter.drawEllipse(start, _DOT - 0.6, _DOT - 0.6)
            painter.setBrush(ink)
            painter.drawEllipse(end, _DOT, _DOT)
        painter.restore()
        for swing in content.swings[:_MOST_SWINGS]:
            self._label_swing(painter, shelf, pane, swing)

    def _label_swing(self, painter: QPainter, shelf: Shelf, pane: Pane, swing: Swing) -> None:
        """The label with its note where no line is crossed, else the label alone where the least of one is."""
        if not pane.start <= swing.end <= pane.end:
            return
        assert pane.content is not None
        label = Line(swing.label, "end_label", "ink")
        notes = tuple(Line(text, "label", "ink3") for text in swing.note.splitlines())
        traces = [pane.trace_of(place) for place in range(len(pane.content.curves))]
        room = pane.plot.adjusted(0, -8, 0, 4)
        best: tuple[int, QRectF, Qt.AlignmentFlag] | None = None
        for lines in ((label, *notes), (label,)):
            for rect, align in _beside_swing(pane, swing, *shelf.size(lines)):
                if not room.contains(rect) or not shelf.is_free(rect):
                    continue
                crossed = sum(crossings(rect.adjusted(-2, 0, 2, 0), *trace) for trace in traces)
                crossed += sum(rect.left() < pane.x_of(seam.day) < rect.right() for seam in self.content.seams)
                if crossed == 0:
                    shelf.write(painter, lines, rect, align)
                    return
                if len(lines) == 1 and (best is None or crossed < best[0]):
                    best = crossed, rect, align
        if best is not None and (best[0] <= _MOST_CROSSED or not swing.is_current):
            shelf.write(painter, (label,), best[1], best[2])

    def _label_seams(self, painter: QPainter, shelf: Shelf, pane: Pane) -> None:
        """What held before and after, at the foot of the first pane; both or none."""
        for seam in self.content.seams:
            x = pane.x_of(seam.day)
            sides = []
            for texts, is_after in (((seam.before,), False), ((seam.after, seam.note), True)):
                lines = tuple(Line(text, "label", "ink2") for text in texts if text)
                width, height = shelf.size(lines)
                whole = shelf.size(tuple(Line(text, "label", "ink2") for text in (seam.after, seam.note) if text))[1]
                left = x + 5 if is_after else x - 5 - width
                sides.append((lines, QRectF(left, pane.plot.bottom() - whole - 2, width, height)))
            room = pane.plot.adjusted(0, 0, 60, 0)
            if all(not lines or (room.contains(rect) and shelf.is_free(rect)) for lines, rect in sides):
                for lines, rect in sides:
                    if lines:
                        shelf.write(painter, lines, rect, _LEFT)

    def _label_hatch(self, painter: QPainter, shelf: Shelf, pane: Pane, hatch: Hatching) -> None:
        """In the middle of its stretch, or beside one that is too narrow, where no line runs."""
        area = pane.stretch(hatch.start, hatch.end)
        if area.isEmpty() or not hatch.reason:
            return
        lines = tuple(Line(text, "label", "ink2") for text in hatch.reason.splitlines())
        width, height = shelf.size(lines)
        foot, head = area.bottom() - height - 2, area.top() + 2
        places = [
            (QRectF(area.right() + 6, foot, width, height), _LEFT),
            (QRectF(area.right() + 6, head, width, height), _LEFT),
            (QRectF(area.left() - 6 - width, foot, width, height), _RIGHT),
            (QRectF(area.left() - 6 - width, head, width, height), _RIGHT),
        ]
        if width + 12 <= area.width():
            middle = area.center()
            places = [(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height), _CENTRE)]
        trace = pane.trace_of(0)
        free = [(rect, align) for rect, align in places if pane.plot.contains(rect) and shelf.is_free(rect)]
        if free:
            rect, align = min(free, key=lambda place: crossings(place[0].adjusted(-3, -2, 3, 2), *trace))
            shelf.write(painter, lines, rect, align)

    def _name_curve(self, painter: QPainter, shelf: Shelf, pane: Pane, place: int, curve: Curve) -> None:
        """Close to the line, where neither it nor another line runs through the name."""
        x, y = pane.trace_of(place)
        if len(x) < 2:
            return
        ink = "ink3" if curve.ink == "mute" else curve.ink
        lines = (Line(curve.name, "label_strong", ink),)
        width, height = shelf.size(lines)
        assert pane.content is not None
        curves = [pane.trace_of(other) for other in range(len(pane.content.curves))]
        for share in (0.2, 0.45, 0.32, 0.6, 0.1, 0.72):
            left = pane.plot.left() + share * (pane.plot.width() - width)
            near = y[(x >= left) & (x <= left + width)]
            for rect in _beside(near, left, width, height):
                is_clear = all(crossings(rect.adjusted(-3, -1, 3, 1), *points) == 0 for points in curves)
                if is_clear and pane.plot.contains(rect) and shelf.is_free(rect):
                    shelf.write(painter, lines, rect, _LEFT)
                    return


def _joined(hatches: Iterable[Hatching]) -> list[Hatching]:
    """Stretches that touch and have one reason, as one: it needs to be said once."""
    joined: list[Hatching] = []
    for hatch in sorted(hatches, key=lambda one: one.start):
        last = joined[-1] if joined else None
        if last is not None and last.reason == hatch.reason and hatch.start <= last.end:
            joined[-1] = Hatching(last.start, max(last.end, hatch.end), hatch.reason)
        else:
            joined.append(hatch)
    return joined


def _beside_swing(pane: Pane, swing: Swing, width: float, height: float) -> list[tuple[QRectF, Qt.AlignmentFlag]]:
    """Places for a swing's label, the best first: at its end, then at its start."""
    start, end = pane.point(swing.start, swing.start_value), pane.point(swing.end, swing.end_value)
    is_rise = swing.end_value >= swing.start_value
    level, over = end.y() - height / 2, end.y() - height + 8 if is_rise else end.y() - 8
    far, below = (end.y() - height - 6, start.y() + 6) if is_rise else (end.y() + 6, start.y() - height - 6)
    return [
        (QRectF(end.x() - 9 - width, over, width, height), _RIGHT),
        (QRectF(end.x() - 9 - width, level, width, height), _RIGHT),
        (QRectF(end.x() + 9, over, width, height), _LEFT),
        (QRectF(end.x() + 9, level, width, height), _LEFT),
        (QRectF(end.x() - width / 2, far, width, height), _CENTRE),
        (QRectF(start.x() - width / 2, below, width, height), _CENTRE),
        (QRectF(start.x() - 10 - width, below, width, height), _RIGHT),
        (QRectF(start.x() - 10 - width, start.y() - height / 2, width, height), _RIGHT),
        (QRectF(start.x() + 10, start.y() - height / 2, width, height), _LEFT),
    ]


def _beside(near: Floats, left: float, width: float, height: float) -> list[QRectF]:
    """Just above and just below the stretch of a line."""
    if not len(near):
        return []
    return [
        QRectF(left, float(near.min()) - height - 5, width, height),
        QRectF(left, float(near.max()) + 5, width, height),
    ]
