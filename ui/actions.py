"""Every command of the window once: shortcuts, tool tips and the list of keys come from this table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class ActionSpec:
    """One command. `is_letter` where its key types a character: it can be switched off, and a text field goes first."""

    name: str
    title: str
    keys: tuple[str, ...] = ()
    group: str = "Window"
    is_letter: bool = False


SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("refresh", "Refresh", ("F5", "Ctrl+R"), "Data"),
    ActionSpec("cancel_refresh", "Cancel the refresh", (), "Data"),
    ActionSpec("release_back", "As of one release back", ("[",), "As of", is_letter=True),
    ActionSpec("release_forward", "As of one release forward", ("]",), "As of", is_letter=True),
    ActionSpec("month_back", "As of one month back", ("Shift+[", "{"), "As of", is_letter=True),
    ActionSpec("month_forward", "As of one month forward", ("Shift+]", "}"), "As of", is_letter=True),
    ActionSpec("live", "Live", (), "As of"),
    ActionSpec("range_back", "Undo a zoom, then one step back", ("Alt+Left",), "Range"),
    ActionSpec("range_forward", "Redo a zoom, then one step forward", ("Alt+Right",), "Range"),
    ActionSpec("find", "Search in the page's table", ("Ctrl+F",), "Page"),
    ActionSpec("save_brief", "Save the brief", ("Ctrl+E",), "Page"),
    ActionSpec("copy_chart", "Copy the chart as an image", ("Ctrl+Shift+C",), "Page"),
    ActionSpec("market", "Choose a market", ("Ctrl+M",), "Page"),
    ActionSpec("next_region", "Next region", ("F6",)),
    ActionSpec("previous_region", "Previous region", ("Shift+F6",)),
    ActionSpec("full_screen", "Full screen", ("F11",)),
    ActionSpec("settings", "Settings", ("Ctrl+,",)),
    ActionSpec("keys", "List of keys", ("F1", "Ctrl+?")),
    ActionSpec("about", "About Aboutface"),
    ActionSpec("quit", "Quit", ("Ctrl+Q",)),
)

FIXED_KEYS: tuple[tuple[str, str], ...] = (
    ("Esc", "Close what is open; then cancel a refresh"),
    ("Home", "Back to live, when the as-of field has the focus"),
    ("Y 3 5 0 A", "Range 1Y, 3Y, 5Y, 10Y, All, in a chart"),
    ("← →", "Week by week in a chart; with Shift to the next marked extreme"),
    ("+ −", "Zoom a chart in, out"),
    ("Ctrl+0", "The whole range of a chart"),
    ("Enter", "Open the evidence of the week"),
)
"""Keys that the part which has the focus knows by itself."""


class Actions(QObject):
    """The commands as Qt actions of one window. What each does is connected by `on`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {spec.name: self._make(spec) for spec in SPECS}
        self._specs = list(SPECS)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(self._specs)

    def on(self, name: str, run: Callable[[], object]) -> None:
        """Connects a command to what it does."""
        self._actions[name].triggered.connect(lambda: run())

    def add(self, spec: ActionSpec, run: Callable[[], object]) -> None:
        """One more command, such as a page."""
        self._specs.append(spec)
        self._actions[spec.name] = self._make(spec)
        self.on(spec.name, run)

    def allow_letters(self, is_allowed: bool) -> None:
        """Switches the keys that type a character on or off; the commands stay."""
        for spec in self._specs:
            if spec.is_letter:
                self._actions[spec.name].setShortcuts([QKeySequence(key) for key in spec.keys] if is_allowed else [])

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.title, self._window)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setObjectName(spec.name)
        self._window.addAction(action)
        return action
