"""The as-of control of the top bar: a step back, the day, a step forward, and back to live."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from models.calendars import end_of_day
from models.formats import week_day
from models.qt.desk import Desk
from models.stepping import Step, back, forward, new_york_day
from ui.theme import Theme, qcolour
from ui.widgets.box_button import ArrowButton, BoxButton
from ui.widgets.menu import Menu
from ui.widgets.text import set_tip
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.as_of_popup import AsOfPopup  # with the calendar, loaded when it is first opened

_LEAD = "As of "
_STEPS = {Step.RELEASE: "By report", Step.DAY: "By day", Step.MONTH: "By month"}


class AsOfField(BoxButton):
    """Shows the day in the outline of a rewound or a live desk; a click opens the popup, Home returns to live."""

    home_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", tr("As of"), parent)

    def show_day(self, text: str, *, is_live: bool) -> None:
        self.outline = "mute" if is_live else "flag"
        state = "live" if is_live else "rewound"
        self.setAccessibleName(f"As of {text}, {state}")
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.update()

    def content_width(self) -> float:
        lead = self.theme.metrics("body").horizontalAdvance(_LEAD)
        widest = self.theme.metrics("body_strong").horizontalAdvance("Wed 30 May 2017")
        return lead + widest

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        painter.setFont(self.theme.font("body"))
        painter.setPen(qcolour(self.theme.tokens.ink3))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, tr(_LEAD))
        lead = self.theme.metrics("body").horizontalAdvance(_LEAD)
        painter.setFont(self.theme.font("body_strong"))
        painter.setPen(ink)
        painter.drawText(area.adjusted(lead, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.home_pressed.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)


class _StepButton(ArrowButton):
    """A right click, or the menu key, opens the choice of how far a step goes."""

    def __init__(self, theme: Theme, direction: int, name: str, menu: QMenu, parent: QWidget) -> None:
        super().__init__(theme, direction, name, parent)
        self._menu = menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.popup(event.globalPos())


class AsOfControl(QWidget):
    """Shows and changes the moment of the desk. `now` is the app's clock."""

    def __init__(self, theme: Theme, desk: Desk, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._step = Step.RELEASE
        self._menu = Menu(theme, self)
        self._back = _StepButton(theme, -1, tr("One report back"), self._menu, self)
        self.field = AsOfField(theme, self)
        self._forward = _StepButton(theme, 1, tr("One report forward"), self._menu, self)
        self._live = BoxButton(theme, tr("Live"), tr("Live: show the newest figures"), self)
        self._live.setCheckable(True)
        self._popup: AsOfPopup | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._back, self.field, self._forward, self._live):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fill_menu()
        self._back.clicked.connect(self.step_back)
        self._forward.clicked.connect(self.step_forward)
        self._live.clicked.connect(self.go_live)
        self.field.clicked.connect(self.open)
        self.field.home_pressed.connect(self.go_live)
        desk.changed.connect(self.refresh)
        self.refresh()

    def step_back(self) -> None:
        self._go_back(self._step)

    def step_forward(self) -> None:
        self._go_forward(self._step)

    def month_back(self) -> None:
        self._go_back(Step.MONTH)

    def month_forward(self) -> None:
        self._go_forward(Step.MONTH)

    def go_live(self) -> None:
        self._desk.go_live()
        self.refresh()

    def open(self) -> None:
        if self._popup is None:
            from ui.widgets.as_of_popup import AsOfPopup

            self._popup = AsOfPopup(self.field.theme, lambda: new_york_day(self._now()), self)
            self._popup.chosen.connect(self._on_day_chosen)
            self._popup.later_chosen.connect(self.show_later)
        choice = self._desk.choice
        day = new_york_day(self._moment())
        self._popup.open_at(day, self.field, is_live=choice.is_live, shows_later=choice.later_data)

    def show_later(self, is_shown: bool) -> None:
        """Whether a rewound desk fills what would be empty with later figures, marked."""
        if not self._desk.choice.is_live:
            self._desk.choose(later_data=is_shown)

    def toggle_later(self) -> None:
        self.show_later(not self._desk.choice.later_data)

    def refresh(self) -> None:
        """Show the moment again; while live that is today in New York."""
        is_live = self._desk.choice.is_live
        self.field.show_day(week_day(new_york_day(self._moment())), is_live=is_live)
        self._forward.setEnabled(not is_live)
        self._live.setChecked(is_live)

    def _moment(self) -> datetime:
        return self._desk.choice_at(self._now()).as_of

    def _go_back(self, step: Step) -> None:
        self._desk.rewind(back(self._moment(), step))

    def _go_forward(self, step: Step) -> None:
        if self._desk.choice.is_live:
            return
        moment = forward(self._moment(), step, self._now())
        if moment is None:
            self._desk.go_live()
        else:
            self._desk.rewind(moment)

    def _on_day_chosen(self, day: date) -> None:
        """Today means now: there is nothing later to leave out."""
        if day >= new_york_day(self._now()):
            self._desk.go_live()
        else:
            self._desk.rewind(end_of_day(day))

    def _fill_menu(self) -> None:
        group = QActionGroup(self._menu)
        for step, label in _STEPS.items():
            action = self._menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(step is self._step)
            action.setData(step.value)
            group.addAction(action)
        group.triggered.connect(lambda action: self._set_step(Step(action.data())))

    def _set_step(self, step: Step) -> None:
        self._step = step
        word = "report" if step is Step.RELEASE else step.value
        for button, where, key in ((self._back, "back", "["), (self._forward, "forward", "]")):
            button.setAccessibleName(f"One {word} {where}")
            set_tip(button, f"One {word} {where} ({key}); right click for other steps")
