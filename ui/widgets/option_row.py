"""A row of named choices that gives up its joined buttons for lists where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.segmented import Choosable, SegmentedControl
from ui.widgets.text import Text, tip
from ui.words import tr

_GAP = 12
_BETWEEN_LINES = 8
_LABEL_HEIGHT = 16
_CONTROL_HEIGHT = 30


class OptionControl(QWidget):
    """A label over joined buttons or, where it is compact, over a list of the same options."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, *, is_list: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._is_list = theme, is_list
        self._is_compact = is_list
        self._options: tuple[Choosable, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.label = Text(theme, "label", "ink3", name)
        self.head.addWidget(self.label)
        self.head.addStretch(1)
        column.addLayout(self.head)
        self._segments = SegmentedControl(theme, name)
        self._segments.chosen.connect(self.chosen)
        self._combo = Combo(theme, name)
        self._combo.activated.connect(self._on_activated)
        column.addWidget(self._segments)
        column.addWidget(self._combo)
        self.label.setBuddy(self._combo)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_compact(is_list)
        theme.changed.connect(self._dress)
        self._dress()

    def show_options(self, options: Sequence[Choosable]) -> None:
        self._options = tuple(options)
        self._segments.show_options(self._options)
        self._combo.clear()
        model = self._combo.model()
        assert isinstance(model, QStandardItemModel)
        for place, option in enumerate(self._options):
            self._combo.addItem(tr(option.label))
            item = model.item(place)
            item.setEnabled(not option.reason or option.is_chosen)
            item.setToolTip(tip(option.reason))
            if option.is_chosen:
                self._combo.setCurrentIndex(place)

    def value(self) -> str:
        """The value that is chosen, "" where none is."""
        return next((option.value for option in self._options if option.is_chosen), "")

    def set_compact(self, is_compact: bool) -> None:
        self._is_compact = is_compact or self._is_list
        self._segments.setVisible(not self._is_compact)
        self._combo.setVisible(self._is_compact)

    def width_needed(self, *, is_compact: bool) -> int:
        as_list = is_compact or self._is_list
        control = self._combo.sizeHint() if as_list else self._segments.sizeHint()
        return max(control.width(), self.head.sizeHint().width())

    def sizeHint(self) -> QSize:
        label = self._theme.pixels(_LABEL_HEIGHT)
        return QSize(self.width_needed(is_compact=self._is_compact), label + 2 + _CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _dress(self) -> None:
        self.label.setFixedHeight(self._theme.pixels(_LABEL_HEIGHT))

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self._options[place].value)


class OptionRow(QWidget):
    """Controls side by side; those named first become lists when they do not fit, and at last the row is broken."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._controls: list[OptionControl] = []
        self._gives_way: list[OptionControl] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def add(self, control: OptionControl) -> None:
        control.setParent(self)
        self._controls.append(control)

    def set_order(self, gives_way: Sequence[OptionControl]) -> None:
        """Once all controls are there: they take up another text size before the row is arranged anew."""
        self._gives_way = list(gives_way)
        self._theme.changed.connect(self.arrange)

    def arrange(self) -> None:
        """Decide which controls are lists at the width there is, and put them in their places."""
        shown = [control for control in self._controls if not control.isHidden()]
        compact: set[OptionControl] = set()

        def needed() -> int:
            widths = (control.width_needed(is_compact=control in compact) for control in shown)
            return sum(widths) + _GAP * (len(shown) - 1)

        for control in self._gives_way:
            if needed() <= self.width():
                break
            compact.add(control)
        for control in shown:
            control.set_compact(control in compact)
        height = self._place(shown)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def _place(self, shown: Sequence[OptionControl]) -> int:
        """Line by line; gives the height that they take."""
        left, top, bottom = 0, 0, 0
        for control in shown:
            size = control.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, bottom + _BETWEEN_LINES
            control.setGeometry(left, top, size.width(), size.height())
            left += size.width() + _GAP
            bottom = max(bottom, top + size.height())
        return bottom
