"""Sector weights over a fund's files, stacked to 100 %; nothing is drawn where a file is missing."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures, known
from models.formats import as_date, day, decimal, percent
from models.pages.sectors import SectorHistory
from models.records import Floats
from models.taxonomies import spellings
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.ranges import DAYS_A_YEAR, PRESET_YEARS
from ui.charts.ticks import date_ticks, day_number
from ui.theme import Theme
from ui.words import tr

_LEFT, _TOP, _BOTTOM = 42.0, 8.0, 22.0
_LABELS = 146.0
_LONE_PX = 12.0
"""Width of the column of a file that has no neighbour within a month."""
_TICKS = (0, 25, 50, 75, 100)
_TICK_PX = 70.0
_LABEL_LINE = 15.0
_LABELS_WITHOUT_OTHERS = 5
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Band:
    """One sector between its lower and its upper edge, in percent."""

    name: str
    low: Floats
    high: Floats


class HistoryChart(Chart):
    """Draws a `SectorHistory`. `pointed` gives the words for the file under the pointer, "" where there is none."""

    pointed = Signal(str)
    sector_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.history: SectorHistory | None = None
        self.preset = "All"
        self._as_of: date | None = None
        self._sector = ""
        self._bands: tuple[_Band, ...] = ()
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Sectors over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_history(self, history: SectorHistory | None, as_of: date | None) -> None:
        """`as_of` is the day of a rewound page that shows later files too, else None."""
        self.history, self._as_of, self._at = history, as_of, -1
        self._stack()
        self.describe()

    def choose(self, sector: str) -> None:
        self._sector = sector
        self._stack()

    def set_preset(self, preset: str) -> None:
        """The last 1Y, 3Y, 5Y or 10Y, or All."""
        if preset in PRESET_YEARS:
            self.preset = preset
            self.update()

    def figures(self) -> Figures | None:
        """The weight of every sector in each file of the range that is shown."""
        history = self.history
        if history is None:
            return None
        first, last = self.span()
        days = [as_date(when) for when in history.date]
        shown = [place for place, when in enumerate(days) if first <= day_number(when) <= last]
        rows = tuple((days[place], *map(known, history.weights[:, place].tolist())) for place in shown)
        return Figures(f"Sectors over time, {history.title}", ("File of", *(f"{s}, %" for s in history.sectors)), rows)

    def sizeHint(self) -> QSize:
        return QSize(490, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 170)

    def _stack(self) -> None:
        """The chosen sector lies at the bottom, the others on it by their newest weight."""
        self._bands = ()
        if self.history is not None:
            names = sorted(self.history.sectors, key=lambda name: name != self._sector)
            base = np.zeros(len(self.history))
            bands = []
            for name in names:
                top = base + self.history.weights[self.history.sectors.index(name)]
                bands.append(_Band(name, base, top))
                base = top
            self._bands = tuple(bands)
        self.update()

    # --- where things are

    def plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_LABELS, -_BOTTOM)

    def span(self) -> tuple[float, float]:
        """The first and last day shown, as numbers, with room for the columns of lone files."""
        assert self.history is not None
        days = [day_number(as_date(when)) for when in self.history.date]
        first = max(days[0], days[-1] - PRESET_YEARS[self.preset] * DAYS_A_YEAR)
        room = max((days[-1] - first) * 0.015, 5.0)
        return first - room, days[-1] + room

    def x_of(self, when: date) -> float:
        (first, last), plot = self.span(), self.plot()
        return plot.left() + (day_number(when) - first) / (last - first) * plot.width()

    def y_of(self, pct: float) -> float:
        plot = self.plot()
        return plot.bottom() - pct / 100 * plot.height()

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw_axis(painter)
        if self.history is not None and self._bands:
            painter.save()
            painter.setClipRect(self.plot().adjusted(0, -1, 0, 1))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for run in self.history.runs:
                self._draw_run(painter, *run)
            self._draw_as_of(painter)
            painter.restore()
            self._draw_days(painter)
            self._draw_labels(painter)
            self._draw_pointer(painter)
        painter.end()

    def _draw_axis(self, painter: QPainter) -> None:
        plot = self.plot()
        painter.setFont(self._look.font("axis"))
        for pct in _TICKS:
            y = round(self.y_of(pct)) + 0.5
            painter.setPen(hairline(self._look.colour("line2" if pct == 0 else "grid")))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(QRectF(0, y - 8, _LEFT - 7, 16), _ALIGN_RIGHT, f"{pct}%")

    def _edges(self, values: Floats, first: int, last: int) -> list[QPointF]:
        """An edge of a band over one run; a lone file becomes a column."""
        assert self.history is not None
        points = [
            QPointF(self.x_of(as_date(self.history.date[i])), self.y_of(values[i])) for i in range(first, last + 1)
        ]
        if first == last:
            half = QPointF(_LONE_PX / 2, 0)
            return [points[0] - half, points[0] + half]
        return points

    def _draw_run(self, painter: QPainter, first: int, last: int) -> None:
        for band in self._bands:
            is_chosen = band.name == self._sector
            low, high = self._edges(band.low, first, last), self._edges(band.high, first, last)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(self._look.colour("smallT" if is_chosen else "sel")))
            painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
            painter.setPen(QPen(self._look.colour("small"), 2.0) if is_chosen else QPen(self._look.colour("card"), 1.2))
            painter.drawPolyline(QPolygonF(high))

    def _draw_as_of(self, painter: QPainter) -> None:
        """What was not known yet lies behind a line in the colour of care."""
        assert self.history is not None
        if self._as_of is None or self.history.later_from is None:
            return
        plot = self.plot()
        x = round(min(max(self.x_of(self._as_of), plot.left()), plot.right())) + 0.5
        tint = QColor(self._look.colour("flagT"))
        tint.setAlpha(150)
        painter.fillRect(QRectF(x, plot.top(), plot.right() - x, plot.height()), tint)
        painter.setPen(QPen(self._look.colour("flag"), 1.4))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        painter.setFont(self._look.font("label_strong"))
        painter.drawText(QRectF(x + 5, plot.top() + 2, 140, 16), _ALIGN_LEFT, tr("after as-of \u25c6"))

    def _draw_days(self, painter: QPainter) -> None:
        plot = self.plot()
        first, last = self.span()
        painter.setFont(self._look.font("axis"))
        for tick in date_ticks(first, last, max(int(plot.width() / _TICK_PX), 1)):
            x = plot.left() + (tick.at - first) / (last - first) * plot.width()
            painter.setPen(hairline(self._look.colour("line2")))
            painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 4))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(QRectF(x - 40, plot.bottom() + 5, 80, 15), Qt.AlignmentFlag.AlignCenter, tick.label)

    def _draw_labels(self, painter: QPainter) -> None:
        """Names at the right end, each at its band; one that has no room is counted among the others."""
        top = self.plot().top() + _LABEL_LINE / 2
        taken = [top] if len(self._bands) > _LABELS_WITHOUT_OTHERS else []
        left_out, left_out_pct = 0, 0.0
        x = self.plot().right() + 8
        for band in sorted(self._bands, key=lambda band: (band.name != self._sector, band.low[-1] - band.high[-1])):
            pct = float(band.high[-1] - band.low[-1])
            y = self.y_of(float(band.low[-1]) + pct / 2)
            if any(abs(y - other) < _LABEL_LINE for other in taken) or pct <= 0:
                left_out, left_out_pct = left_out + (pct > 0), left_out_pct + pct
                continue
            taken.append(y)
            is_chosen = band.name == self._sector
            self._label(painter, QPointF(x, y), band.name, decimal(pct, 0), strong=is_chosen)
        if left_out and taken[:1] == [top]:
            words = f"{left_out} other" + ("" if left_out == 1 else "s")
            self._label(painter, QPointF(x, top), words, decimal(left_out_pct, 0), strong=False)

    def _label(self, painter: QPainter, at: QPointF, name: str, figure: str, *, strong: bool) -> None:
        """A name without room is written short, and keeps its figure."""
        role = "label_strong" if strong else "label"
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour("small" if strong else "ink3"))
        room = _LABELS - 12 - self._look.width(role, f" {figure}")
        shown = self._look.fitting(role, spellings(name), room)
        area = QRectF(at.x(), at.y() - 8, _LABELS - 8, 16)
        painter.drawText(area, _ALIGN_LEFT, f"{shown} {figure}")

    def _draw_pointer(self, painter: QPainter) -> None:
        if self.history is None or self._at < 0:
            return
        plot, x = self.plot(), self.x_of(as_date(self.history.date[self._at]))
        painter.setPen(hairline(self._look.colour("ink3")))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))

    @property
    def pointed_weight(self) -> tuple[str, str, float] | None:
        """Sector, day of the file and weight of what `reading` says, in the newest file where none is pointed at."""
        if self.history is None:
            return None
        name = self._sector if self._sector in self.history.sectors else self.history.sectors[0]
        pct = float(self.history.weights[self.history.sectors.index(name), self._at])
        return name, day(self.history.date[self._at]), pct

    # --- pointing

    def reading(self, at: int) -> str:
        """A file's day and the weight of the chosen sector, else of the largest."""
        assert self.history is not None
        name = self._sector if self._sector in self.history.sectors else self.history.sectors[0]
        pct = self.history.weights[self.history.sectors.index(name), at]
        return f"{day(self.history.date[at])}: {name} {percent(pct)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.history is None:
            return
        xs = [abs(self.x_of(as_date(when)) - event.position().x()) for when in self.history.date]
        nearest = int(np.argmin(xs))
        self._point(nearest if self.plot().contains(event.position()) else -1)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.history is None or self._at < 0:
            return
        pct = (self.plot().bottom() - event.position().y()) / self.plot().height() * 100
        found = (band.name for band in self._bands if band.low[self._at] <= pct < band.high[self._at])
        name = next(found, "")
        if name:
            self.sector_chosen.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self.history is None:
            super().keyPressEvent(event)
            return
        last = len(self.history) - 1
        self._point(last if self._at < 0 else min(max(self._at + step, 0), last))

    def _point(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.update()
            self.pointed.emit(self.reading(at) if at >= 0 else "")
