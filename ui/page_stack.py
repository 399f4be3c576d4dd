"""The stack of pages: each is made when it is first shown, with a placeholder in front until its record is there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from models.qt.desk import Desk
from ui.actions import Actions
from ui.offers import call
from ui.page_layout import arrange, arranged
from ui.page_loader import PageLoader
from ui.pages.placeholder import Placeholder
from ui.pages.registry import PageEntry, Part
from ui.theme import Theme

_ARRANGED = "arranged"
"""Where the state of a page keeps its columns and gaps."""
_MADE = object()


class PageStack(QStackedWidget):
    """`made` gives name and widget of a page that has just been made, `drawn` its name once a record is in it.

    `taking_in` comes before a page draws a record.
    """

    made = Signal(str, object)
    drawn = Signal(str)
    taking_in = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        loader: PageLoader,
        commands: Actions,
        pages: Sequence[PageEntry],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._desk, self._loader, self._commands = theme, desk, loader, commands
        self._entries = {entry.name: entry for entry in pages}
        self._widgets: dict[str, Any] = {}
        self._placeholders: dict[str, Placeholder] = {}
        self._states: Mapping[str, Mapping[str, Any]] = {}
        self._first_states: dict[str, Mapping[str, Any]] = {}
        self._drawn: set[str] = set()
        self._making: dict[str, Iterator[None]] = {}
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._has_started = False
        self._has_letter_keys = True
        self.current = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the page in front shows a record."""
        return self.current in self._drawn

    def page(self, name: str = "") -> Any:
        """The widget of a page, of the one in front without a name; None before it was made."""
        return self._widgets.get(name or self.current)

    def show_page(self, name: str) -> None:
        """Bring a page to the front. What of it is out of date is built, and it is made if it was not.

        Each step of that takes a turn of its own, so that none holds input up.
        """
        self.current = name
        self.setCurrentWidget(self._front(self._entries[name]))
        if name in self._widgets:
            self._order()
        elif self._has_started:
            self._making.setdefault(name, self._steps(self._entries[name]))
            self._turn.start()

    def start(self) -> None:
        """Make the page in front at once, while its records are built: the window has nothing else to do yet."""
        self._has_started = True
        self._order()
        if self.current not in self._widgets:
            for _ in self._steps(self._entries[self.current]):
                pass

    def say_empty(self, sentence: str) -> None:
        """Why the page in front cannot be shown, where it has never been."""
        placeholder = self._placeholders.get(self.current)
        if placeholder is not None:
            placeholder.say(sentence)

    def call_all(self, method: str, *arguments: Any) -> None:
        """Of all pages that have been made and offer it."""
        for widget in self._widgets.values():
            call(widget, method, *arguments)

    def allow_letter_keys(self, is_allowed: bool) -> None:
        self._has_letter_keys = is_allowed
        self.call_all("set_letter_keys", is_allowed)

    # --- what is remembered

    def states(self) -> dict[str, Any]:
        """What each page wants to be remembered, with what was remembered of those not made this time."""
        made = {name: {**widget.state(), _ARRANGED: arranged(widget)} for name, widget in self._widgets.items()}
        return {**self._states, **made}

    def restore(self, states: Mapping[str, Any]) -> None:
        """What pages that are made from now on take up."""
        self._states = {name: state for name, state in states.items() if isinstance(state, Mapping)}

    def reset(self) -> None:
        """Every page with the range, the columns and the gaps that it had at first."""
        self._states = {}
        for name, widget in self._widgets.items():
            widget.restore(self._first_states[name])
            arrange(widget, None)

    # --- making

    def _front(self, entry: PageEntry) -> QWidget:
        if entry.name in self._drawn:
            widget: QWidget = self._widgets[entry.name]
            return widget
        if entry.name not in self._placeholders:
            self._placeholders[entry.name] = Placeholder(self._theme, entry.outline)
            self.addWidget(self._placeholders[entry.name])
        return self._placeholders[entry.name]

    def _go_on(self) -> None:
        """One step of the page in front, else of one that was left before it was made."""
        name = self.current if self.current in self._making else next(iter(self._making))
        steps = self._making.pop(name)
        try:
            is_left = next(steps, _MADE) is not _MADE
        finally:  # a page that cannot be made is tried again when it is next shown
            if self._making:
                self._turn.start()
        if is_left:
            self._making[name] = steps
            self._turn.start()

    def _steps(self, entry: PageEntry) -> Iterator[None]:
        kind = entry.load_widget()
        yield
        widget = kind(self._desk, self._theme, self._commands)
        yield
        self._take(entry, widget)
        if entry.name == self.current:
            self._order()  # a restored view may want another record

    def _take(self, entry: PageEntry, widget: Any) -> None:
        self._widgets[entry.name] = widget
        self.addWidget(widget)
        call(widget, "set_letter_keys", self._has_letter_keys)
        for area in widget.findChildren(QScrollArea):
            area.setAccessibleName(area.accessibleName() or f"{entry.label}, scrolled by the arrow keys")
        if hasattr(widget, "view_changed"):
            widget.view_changed.connect(self._order)
        self.made.emit(entry.name, widget)
        state = self._states.get(entry.name, {})
        self._first_states[entry.name] = widget.state()
        widget.restore(state)
        arrange(widget, state.get(_ARRANGED))
        for part in entry.parts:
            self._show_in(widget, entry, part)

    # --- records

    def _order(self) -> None:
        """What is out of date of what the page in front shows."""
        entry = self._entries[self.current]
        view = getattr(self._widgets.get(entry.name), "view", "")
        self._loader.show_parts([part for part in entry.parts if part.view in ("", view)])

    def _show_in(self, widget: QWidget, entry: PageEntry, part: Part) -> None:
        """Draw what the part's model holds, now and whenever that changes."""
        shower = getattr(widget, part.shower)

        def show(page: object) -> None:
            self.taking_in.emit()
            shower(page)
            self._on_drawn(entry)

        model = self._loader.model(part)
        model.shown.connect(show)
        if model.page is not None:
            show(model.page)

    def _on_drawn(self, entry: PageEntry) -> None:
        if entry.name in self._drawn:
            return
        self._drawn.add(entry.name)
        placeholder = self._placeholders.pop(entry.name, None)
        if entry.name == self.current:
            self.setCurrentWidget(self._widgets[entry.name])
        if placeholder is not None:
            self.removeWidget(placeholder)
            placeholder.deleteLater()
        self.drawn.emit(entry.name)
