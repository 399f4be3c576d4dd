"""Panes that can be walked through by mouse and keyboard: zoom, pan, crosshair, measuring, and the way back."""

from datetime import date

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.charts.content import StackContent
from ui.charts.ranges import ALL, PRESET_YEARS, RangeHistory, TimeRange, spans
from ui.charts.stack_view import StackView
from ui.charts.ticks import day_of
from ui.theme import Theme
from ui.widgets.focus import is_key_focused

ZOOM_STEP = 1.25
_NOTCH = 120
_DRAG_PX = 4
_CLICK_MS = 220
_PRESET_KEYS = {"Y": "1Y", "3": "3Y", "5": "5Y", "0": "10Y", "A": "All"}
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class PaneStack(StackView):
    """A `StackView` with its own history of ranges; new content keeps range, crosshair and history.

    `day_chosen` is emitted for a click on a week or Enter on the crosshair's, `range_changed` with the preset's
    name or "". Single keys choose presets while `has_letter_keys`.
    """

    day_chosen = Signal(date)
    range_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.has_letter_keys = True
        self._history = RangeHistory()
        self._pressed: QPointF | None = None
        self._pressed_range = TimeRange(0.0, 1.0)
        self._is_dragging = False
        self._measured_from: float | None = None
        self._is_cursor_by_key = False
        self._wheel = 0
        self._click = QTimer(self, singleShot=True, interval=_CLICK_MS)
        self._click.timeout.connect(self._on_click_settled)
        self._gesture_end = QTimer(self, singleShot=True, interval=400)
        self._gesture_end.timeout.connect(self._history_gesture_ended)
        self._clicked_day: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- ranges

    @property
    def preset(self) -> str:
        """The preset that the range is anchored to, "" for one chosen by hand."""
        return self._history.current.preset

    @property
    def can_undo_range(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo_range(self) -> bool:
        return self._history.can_redo

    def show_content(self, content: StackContent) -> None:
        """Replace what is drawn and keep the range; an anchored one follows the end of the data."""
        super().show_content(content)
        self._history.bounds = spans(content.days.tolist())
        self.show_range(self._history.current)

    def set_preset(self, preset: str) -> None:
        """Show 1Y, 3Y, 5Y, 10Y or All."""
        self._go(TimeRange(0.0, 0.0, preset))

    def restore_range(self, wanted: TimeRange) -> None:
        """Begin with this range, without a way back."""
        self._history.start_at(wanted)
        self._show_current()

    def undo_range(self) -> bool:
        """Back to the range before; False where there is none."""
        has_moved = self._history.undo()
        self._show_current()
        return has_moved

    def redo_range(self) -> bool:
        has_moved = self._history.redo()
        self._show_current()
        return has_moved

    def zoom(self, factor: float, at: float | None = None, *, same_gesture: bool = False) -> None:
        """Make the range `factor` times as long around a day, by default the crosshair's or the middle."""
        if at is None:
            inside = self.cursor_day is not None and self.shown.start <= self.cursor_day <= self.shown.end
            at = self.cursor_day if inside else (self.shown.start + self.shown.end) / 2
        assert at is not None
        self._go(self.shown.zoomed(factor, at), same_gesture=same_gesture)

    def _go(self, wanted: TimeRange, *, same_gesture: bool = False) -> None:
        self._history.go(wanted, same_gesture=same_gesture)
        self._show_current()

    def _show_current(self) -> None:
        current = self._history.current
        if current != self.shown:
            was = self.shown.preset
            self.show_range(current)
            if current.preset != was:
                self.range_changed.emit(current.preset)

    def _history_gesture_ended(self) -> None:
        self._history.end_gesture()

    # --- crosshair

    def nearest_day(self, x: float) -> float | None:
        """The report nearest to a place of the widget, None outside the range shown."""
        days, wanted = self.content.days, self.day_at(x)
        if not len(days) or not self.shown.start - 10 <= wanted <= self.shown.end + 10:
            return None
        place = int(np.searchsorted(days, wanted))
        nearby = days[max(place - 1, 0) : place + 1]
        return float(nearby[int(np.argmin(np.abs(nearby - wanted)))])

    def step_cursor(self, by: int, *, marked_only: bool = False) -> None:
        """Move the crosshair by reports, or to the next marked extreme, and the range with it where needed."""
        days = np.asarray(sorted(self.content.marked)) if marked_only else self.content.days
        if not len(days):
            return
        if self.cursor_day is None:
            visible = days[(days >= self.shown.start) & (days <= self.shown.end)]
            target = float((visible if len(visible) else days)[-1])
        else:
            place = int(np.searchsorted(days, self.cursor_day, side="left" if by < 0 else "right"))
            place = place + by if by < 0 else place + by - 1
            if not 0 <= place < len(days):
                return
            target = float(days[place])
        self.move_cursor(target)

    def move_cursor(self, day: float) -> None:
        """Put the crosshair on a report and bring it into sight."""
        margin = self.shown.days * 0.05
        if day < self.shown.start:
            self._go(self.shown.moved(day - self.shown.start - margin), same_gesture=True)
        elif day > self.shown.end:
            self._go(self.shown.moved(day - self.shown.end + margin), same_gesture=True)
        self.set_cursor(day)

    def _choose_cursor(self) -> None:
        if self.cursor_day is not None:
            self.day_chosen.emit(day_of(self.cursor_day))

    def _on_click_settled(self) -> None:
        if self._clicked_day is not None:
            self.day_chosen.emit(day_of(self._clicked_day))

    # --- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.panes:
            event.ignore()
            return
        self._pressed, self._pressed_range = event.position(), self.shown
        self._is_dragging = False
        is_measuring = bool(event.modifiers() & _SHIFT)
        self._measured_from = self.nearest_day(event.position().x()) if is_measuring else None
        self.set_measured(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._is_cursor_by_key = False
        self.set_cursor(self.nearest_day(event.position().x()))
        if self._pressed is None:
            return
        dx = event.position().x() - self._pressed.x()
        self._is_dragging = self._is_dragging or abs(dx) >= _DRAG_PX
        if not self._is_dragging:
            return
        if self._measured_from is not None:
            if self.cursor_day is not None:
                self.set_measured((self._measured_from, self.cursor_day))
            return
        days_a_px = (self.day_at(100) - self.day_at(0)) / 100
        self._go(self._pressed_range.moved(-dx * days_a_px), same_gesture=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if not self._is_dragging and self._measured_from is None:
            self._clicked_day = self.nearest_day(event.position().x())
            self._click.start()  # waits for the second half of a double click
        self._pressed = None
        self._history.end_gesture()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._click.stop()
        self._pressed = None
        self._go(ALL)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the pointer; a notch of a mouse wheel is one step back, a sweep on a touch pad as well."""
        if not self.panes:
            event.ignore()
            return
        delta = event.angleDelta()
        is_notch = abs(delta.y()) >= _NOTCH
        if abs(delta.x()) > abs(delta.y()):
            days_a_px = (self.day_at(100) - self.day_at(0)) / 100
            self._go(self.shown.moved(-delta.x() * days_a_px / 2), same_gesture=True)
        else:
            self.zoom(ZOOM_STEP ** (-delta.y() / _NOTCH), self.day_at(event.position().x()), same_gesture=not is_notch)
        self._gesture_end.start()
        self.set_cursor(self.nearest_day(event.position().x()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self._is_cursor_by_key:
            self.set_cursor(None)

    # --- keyboard

    def event(self, event: QEvent) -> bool:
        """Keys of the chart win over the window's shortcuts while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._handles(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handles(event):
            super().keyPressEvent(event)
            return
        self._is_cursor_by_key = True
        key, modifiers = event.key(), event.modifiers()
        is_left = key == Qt.Key.Key_Left
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if not modifiers & _ALT:
                self.step_cursor(-1 if is_left else 1, marked_only=bool(modifiers & _SHIFT))
            elif is_left:
                self.undo_range()
            else:
                self.redo_range()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.move_cursor(float(self.content.days[0 if key == Qt.Key.Key_Home else -1]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose_cursor()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Escape:
            self.set_measured(None)
        elif modifiers & _CTRL:
            self._go(ALL)
        else:
            self.set_preset(_PRESET_KEYS[event.text().upper()])

    def _handles(self, event: QKeyEvent) -> bool:
        if not self.panes:
            return False
        key, modifiers = event.key(), event.modifiers() & (_CTRL | _SHIFT | _ALT)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if modifiers == _ALT:
                return self.can_undo_range if key == Qt.Key.Key_Left else self.can_redo_range
            return modifiers in (Qt.KeyboardModifier.NoModifier, _SHIFT)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return self.cursor_day is not None and not modifiers
        if key == Qt.Key.Key_Escape:
            return self.measured is not None
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal):
            return not modifiers & _ALT
        if modifiers == _CTRL:
            return key == Qt.Key.Key_0
        if modifiers:
            return False
        is_letter = self.has_letter_keys and event.text().upper() in _PRESET_KEYS
        return is_letter or key in (Qt.Key.Key_Home, Qt.Key.Key_End)

    # --- focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if is_key_focused(self):
            painter = QPainter(self)
            painter.setPen(QPen(self.look.colour("ink"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()


def preset_of(name: str) -> TimeRange:
    """The range of a preset's name; an unknown one is everything."""
    return TimeRange(0.0, 0.0, name if name in PRESET_YEARS else "All")
