"""How a scroll bar is drawn: a quiet handle without a groove and without arrows."""

from functools import cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QScrollBar,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

_WIDTH, _LEAST_HANDLE = 10, 32
_AROUND = 2
_RADIUS = 3.0

_Metric = QStyle.PixelMetric
_Control = QStyle.ComplexControl
_Part = QStyle.SubControl


class _BarStyle(QProxyStyle):
    """One for all bars: a style sheet of its own would take each of them 70 KB, and a window has over a hundred.

    Its colours are the palette's, so that it follows the theme by itself.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(self, metric: _Metric, option: QStyleOption | None = None, widget: QWidget | None = None) -> int:
        match metric:
            case _Metric.PM_ScrollBarExtent:
                return _WIDTH
            case _Metric.PM_ScrollBarSliderMin:
                return _LEAST_HANDLE
        return super().pixelMetric(metric, option, widget)

    def subControlRect(
        self, control: _Control, option: QStyleOptionComplex, part: _Part, widget: QWidget | None = None
    ) -> QRect:
        assert isinstance(option, QStyleOptionSlider)  # nothing but bars wear this style
        whole, is_flat = option.rect, option.orientation is Qt.Orientation.Horizontal
        room = whole.width() if is_flat else whole.height()
        span = option.maximum - option.minimum
        length = room * option.pageStep // max(span + option.pageStep, 1) if span else room
        length = min(max(length, _LEAST_HANDLE), room)
        start = self.sliderPositionFromValue(
            option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown
        )
        first, last = {
            _Part.SC_ScrollBarGroove: (0, room),
            _Part.SC_ScrollBarSlider: (start, start + length),
            _Part.SC_ScrollBarSubPage: (0, start),
            _Part.SC_ScrollBarAddPage: (start + length, room),
        }.get(part, (0, 0))
        if is_flat:
            return QRect(whole.left() + first, whole.top(), last - first, whole.height())
        return QRect(whole.left(), whole.top() + first, whole.width(), last - first)

    def drawComplexControl(
        self, control: _Control, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        handle = QRectF(self.subControlRect(control, option, _Part.SC_ScrollBarSlider, widget))
        is_held = bool(option.activeSubControls & _Part.SC_ScrollBarSlider)
        group, role = QPalette.ColorGroup, QPalette.ColorRole
        palette = option.palette
        ink = palette.color(group.Disabled, role.Text) if is_held else palette.color(group.Active, role.Mid)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(handle.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND), _RADIUS, _RADIUS)
        painter.restore()


@cache
def _style() -> _BarStyle:
    style = _BarStyle()
    style.setParent(QApplication.instance())
    return style


def dress_bar(bar: QScrollBar) -> None:
    """What is behind the bar shows beside its handle."""
    bar.setStyle(_style())
    bar.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
