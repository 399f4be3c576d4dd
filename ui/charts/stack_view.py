"""Linked panes above each other, painted once into a picture; a move of the crosshair only copies it."""

from pyqtgraph import GraphicsScene
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from ui.charts.axes import AXIS_HEIGHT, LABEL_GAP, DateAxis
from ui.charts.chart import Chart
from ui.charts.content import EMPTY, StackContent, figures, value_at
from ui.charts.look import hairline
from ui.charts.marks import Overlay, Underlay
from ui.charts.pane import Pane
from ui.charts.ranges import TimeRange
from ui.charts.ticks import date_ticks
from ui.theme import Theme

_ABOVE_PLOT = 9
_BETWEEN = 10
_LEFT_MARGIN = 48
_RIGHT_MARGIN = 24
_PX_A_DATE = 68
_AIR_PX = 5
_DOT = 3.5


class StackView(Chart):
    """Draws a `StackContent` over a `TimeRange`, with a crosshair, a chosen week and a measured stretch.

    `cursor_day` and `measured` are days of the content. The scene is never shown by a view of its own: Qt would
    repaint every curve below a moving crosshair.
    """

    cursor_moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.content: StackContent = EMPTY
        self.shown = TimeRange(0.0, 1.0)
        self.cursor_day: float | None = None
        self.measured: tuple[float, float] | None = None
        self._scene = GraphicsScene(parent=self)
        self._scene.setItemIndexMethod(GraphicsScene.ItemIndexMethod.NoIndex)
        self._dates = DateAxis(self.look)
        self._underlay, self._overlay = Underlay(self.look), Overlay(self.look)
        for item in (self._dates, self._underlay, self._overlay):
            self._scene.addItem(item)
        self._pool: list[Pane] = []
        self._picture: QPixmap | None = None
        self._left = float(_LEFT_MARGIN)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(900, 440)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 80 + 70 * max(1, len(self.content.panes)))

    @property
    def panes(self) -> list[Pane]:
        """The panes in use, from top to bottom."""
        return self._pool[: len(self.content.panes)]

    def show_content(self, content: StackContent) -> None:
        """Replace what is drawn; the items of the panes are used again."""
        has_as_many = len(content.panes) == len(self.content.panes)
        self.content, self._left = content, float(_LEFT_MARGIN)
        while len(self._pool) < len(content.panes):
            self._pool.append(Pane(self._scene, self.look))
        for pane, what in zip(self.panes, content.panes, strict=True):
            pane.show(what)
        for pane in self._pool[len(content.panes) :]:
            pane.hide()
        for marks in (self._underlay, self._overlay):
            marks.content, marks.panes = content, self.panes
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(content.description)
        if not has_as_many:
            self.updateGeometry()
        if self.cursor_day is not None and self.cursor_day not in content.days:
            self.set_cursor(None)
        self.measured = None

    def show_range(self, wanted: TimeRange) -> None:
        self.shown = wanted
        self._arrange()

    def set_focus_day(self, day: float | None) -> None:
        """Mark the week whose evidence is open."""
        if day != self._underlay.focus:
            self._underlay.focus = day
            self.repaint_picture()

    def set_cursor(self, day: float | None) -> None:
        """Put the crosshair on a day of the content, or take it away."""
        if day == self.cursor_day:
            return
        self._update_cursor_area()
        self.cursor_day = day
        self._update_cursor_area()
        self.cursor_moved.emit()

    def set_measured(self, stretch: tuple[float, float] | None) -> None:
        """Shade the stretch between two days."""
        if stretch != self.measured:
            self.measured = stretch
            self.update()
            self.cursor_moved.emit()

    def repaint_picture(self) -> None:
        self._picture = None
        self.update()

    def day_at(self, x: float) -> float:
        """The day at a place of the widget, between two reports as well."""
        plot = self._dates.rect
        return self._dates.start + (x - plot.left()) / max(plot.width(), 1.0) * (self._dates.end - self._dates.start)

    def pane_at(self, y: float) -> str:
        """The key of the pane at a height of the widget, "" for none."""
        panes = zip(self.panes, self.content.panes, strict=True)
        return next((what.key for pane, what in panes if pane.plot.top() <= y <= pane.plot.bottom()), "")

    def x_of(self, day: float) -> float:
        return self._dates.x_of(day)

    def paint_chart(self, painter: QPainter) -> None:
        """Draw everything but the crosshair, in pixels of this widget."""
        area = QRectF(self.rect())
        painter.fillRect(area, self.look.colour("card"))
        if not self.content.panes:
            painter.setFont(self.look.font("body"))
            painter.setPen(self.look.colour("ink2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.content.reason_empty)
            return
        self._scene.prepareForPaint()
        self._scene.render(painter, area, area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, the picture is not kept: on a sharp screen those of all pages would take 60 MB."""
        super().hideEvent(event)
        self._picture = None

    def figures(self) -> Figures | None:
        """The days of the range that is shown, with the values of every curve."""
        return figures(self.content, self.shown.start, self.shown.end) if self.content.panes else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_on_paper:
            painter = QPainter(self)
            self.paint_chart(painter)
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            picture_painter = QPainter(self._picture)
            self.paint_chart(picture_painter)
            picture_painter.end()
        painter = QPainter(self)
        painter.drawPixmap(QPoint(0, 0), self._picture)
        if self.panes:
            self._paint_measured(painter)
            self._paint_cursor(painter)
        painter.end()

    def _on_look_changed(self) -> None:
        self._overlay.stamps.clear()
        measured = self.measured
        self.show_content(self.content)
        self.measured = measured
        self._arrange()

    def _arrange(self) -> None:
        """Give each pane its place and range, and the axes their ticks."""
        panes, area = self.panes, QRectF(self.rect())
        self._scene.setSceneRect(area)
        for marks in (self._underlay, self._overlay):
            marks.prepareGeometryChange()
            marks.bounds = area
        self._picture = None
        self.update()
        if not panes or area.height() < 60:
            return
        span = self._with_air()
        title = round(self.look.height("label_strong")) + _ABOVE_PLOT
        free = area.height() - AXIS_HEIGHT - len(panes) * title - (len(panes) - 1) * _BETWEEN
        weights = sum(content.weight for content in self.content.panes)
        heights = [max(free * content.weight / weights, 10.0) for content in self.content.panes]
        for pane, height in zip(panes, heights, strict=True):
            pane.scale_to(span.start, span.end, height)
        left, right = self._margins()
        width, top = max(area.width() - left - right, 10.0), 0.0
        for pane, height in zip(panes, heights, strict=True):
            plot = QRectF(left, round(top + title), width, round(height))
            pane.place(QRectF(0, top, area.width(), height + title + _BETWEEN), plot)
            top += height + title + _BETWEEN
        self._dates.prepareGeometryChange()
        self._dates.rect = QRectF(left, panes[-1].plot.bottom() + 1, width, AXIS_HEIGHT)
        self._dates.start, self._dates.end = span.start, span.end
        self._dates.ticks = date_ticks(span.start, span.end, int(width / _PX_A_DATE))

    def _with_air(self) -> TimeRange:
        """A few pixels at both ends, so that marks on the first and last report are whole."""
        air = self.shown.days / max(self.width(), 1) * _AIR_PX
        return TimeRange(self.shown.start - air, self.shown.end + air)

    def _margins(self) -> tuple[float, float]:
        """Room for the ticks' labels on the left, which only grows while one content is shown, and for the ends."""
        ticks = [self.look.width("axis", tick.label) for pane in self.panes for tick in pane.axis.ticks]
        ends = [
            self.look.width("end_label", curve.form(curve.y[-1]))
            for content in self.content.panes
            for curve in content.curves
            if curve.has_end_label and len(curve.y)
        ]
        self._left = max([self._left, *(width + LABEL_GAP + 4 for width in ticks)])
        return self._left, max([_RIGHT_MARGIN, *(width + 12 for width in ends)])

    def _update_cursor_area(self) -> None:
        if self.cursor_day is not None:
            x = round(self.x_of(self.cursor_day))
            self.update(x - 6, 0, 13, self.height())

    def _paint_cursor(self, painter: QPainter) -> None:
        if self.cursor_day is None:
            return
        x = round(self.x_of(self.cursor_day))
        plot = self._dates.rect
        if not plot.left() <= x <= plot.right():
            return
        painter.setPen(hairline(self.look.colour("ink3")))
        painter.drawLine(QLineF(x, self.panes[0].plot.top(), x, self.panes[-1].plot.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pane in self.panes:
            assert pane.content is not None
            main = pane.content.curves[0]
            value = value_at(main, self.cursor_day)
            if main.is_bars or value != value:
                continue
            painter.setPen(QPen(self.look.colour("card"), 1.5))
            painter.setBrush(self.look.colour(main.ink))
            painter.drawEllipse(QPointF(x, pane.axis.y_of(value)), _DOT, _DOT)

    def _paint_measured(self, painter: QPainter) -> None:
        if self.measured is None:
            return
        start, end = sorted(self.x_of(day) for day in self.measured)
        shade = QColor(self.look.colour("mute"))
        shade.setAlphaF(0.18)
        for pane in self.panes:
            area = QRectF(start, pane.plot.top(), end - start, pane.plot.height())
            painter.fillRect(area.intersected(pane.plot), shade)
