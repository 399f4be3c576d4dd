"""Every command of the window once: menus, palette, shortcuts, tool tips and the list of keys come from this table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.words import tr


class Section(StrEnum):
    """The menus, in their order."""

    GO = "Go"
    AS_OF = "As of"
    VIEW = "View"
    PAGE = "Page"
    EXPORT = "Export"
    DATA = "Data"
    HELP = "Help"


@dataclass(frozen=True)
class ActionSpec:
    """One command.

    `is_letter` where its key types a character: it can be switched off, and a text field goes first. `part_keys` are
    known by the part that has the focus, such as a chart: they are shown, and the window does not listen to them.
    """

    name: str
    title: str
    keys: tuple[str, ...] = ()
    section: Section = Section.VIEW
    is_letter: bool = False
    part_keys: str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    """Where macOS puts it."""

    @property
    def key_text(self) -> str:
        """Its keys as this system writes them; "" without."""
        native = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in self.keys)
        return ", ".join([*native, *filter(None, (self.part_keys,))])

    @property
    def first_key(self) -> str:
        return self.key_text.partition(", ")[0]


_GO, _AS_OF, _VIEW, _PAGE, _EXPORT, _DATA, _HELP = Section

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("palette", "Search or jump", ("Ctrl+K", "Ctrl+Shift+P"), _GO),
    ActionSpec("market", "Choose a market", ("Ctrl+M",), _GO),
    ActionSpec("view_chart", "Positioning: chart", (), _GO),
    ActionSpec("view_scanner", "Positioning: market scanner", (), _GO),
    ActionSpec("view_episodes", "Positioning: episodes", (), _GO),
    ActionSpec("range_back", "Undo a zoom, then one step back", ("Alt+Left",), _GO),
    ActionSpec("range_forward", "Redo a zoom, then one step forward", ("Alt+Right",), _GO),
    ActionSpec("next_region", "Next region", ("F6",), _GO),
    ActionSpec("previous_region", "Previous region", ("Shift+F6",), _GO),
    ActionSpec("as_of", "Choose the as-of date", ("Ctrl+D",), _AS_OF),
    ActionSpec("release_back", "As of one release back", ("[",), _AS_OF, is_letter=True),
    ActionSpec("release_forward", "As of one release forward", ("]",), _AS_OF, is_letter=True),
    ActionSpec("month_back", "As of one month back", ("Shift+[", "{"), _AS_OF, is_letter=True),
    ActionSpec("month_forward", "As of one month forward", ("Shift+]", "}"), _AS_OF, is_letter=True),
    ActionSpec("later_data", "Later data: hide, or show marked \u25c6", (), _AS_OF),
    ActionSpec("live", "Live: show the newest figures", (), _AS_OF, part_keys="Home"),
    ActionSpec("range_1y", "Range: 1 year", (), _VIEW, part_keys="Y"),
    ActionSpec("range_3y", "Range: 3 years", (), _VIEW, part_keys="3"),
    ActionSpec("range_5y", "Range: 5 years", (), _VIEW, part_keys="5"),
    ActionSpec("range_10y", "Range: 10 years", (), _VIEW, part_keys="0"),
    ActionSpec("range_all", "Range: all", (), _VIEW, part_keys="A"),
    ActionSpec("zoom_in", "Zoom the chart in", (), _VIEW, part_keys="+"),
    ActionSpec("zoom_out", "Zoom the chart out", (), _VIEW, part_keys="\u2212"),
    ActionSpec("whole_range", "The whole range of the chart", ("Ctrl+0",), _VIEW),
    ActionSpec("full_screen", "Full screen", ("F11",), _VIEW),
    ActionSpec("reset_layout", "Reset layout", (), _VIEW),
    ActionSpec("find", "Search in the page's table", ("Ctrl+F",), _PAGE),
    ActionSpec("explain", "Explain this number", ("Ctrl+I",), _PAGE),
    ActionSpec("copy", "Copy the selection or the sentence", ("Ctrl+C",), _PAGE),
    ActionSpec("export", "Export\u2026", ("Ctrl+E",), _EXPORT),
    ActionSpec("show_table", "Show as table", (), _EXPORT),
    ActionSpec("copy_chart", "Copy as image", ("Ctrl+Shift+C",), _EXPORT),
    ActionSpec("copy_rows", "Copy rows", (), _EXPORT),
    ActionSpec("save_png", "Save as PNG\u2026", (), _EXPORT),
    ActionSpec("save_png_2x", "Save as PNG, twice the size\u2026", (), _EXPORT),
    ActionSpec("save_svg", "Save as SVG\u2026", (), _EXPORT),
    ActionSpec("save_pdf", "Save as PDF\u2026", (), _EXPORT),
    ActionSpec("save_csv", "Save rows as CSV\u2026", (), _EXPORT),
    ActionSpec("save_csv_excel", "Save rows as CSV for Excel\u2026", (), _EXPORT),
    ActionSpec("save_xlsx", "Save rows as workbook (XLSX)\u2026", (), _EXPORT),
    ActionSpec("save_pack", "Save evidence pack\u2026", (), _EXPORT),
    ActionSpec("save_page_pdf", "Save the page as PDF\u2026", (), _EXPORT),
    ActionSpec("save_page_pack", "Save an evidence pack of the page\u2026", (), _EXPORT),
    ActionSpec("save_brief", "Save the brief\u2026", (), _EXPORT),
    ActionSpec("refresh", "Refresh", ("F5", "Ctrl+R"), _DATA),
    ActionSpec("refresh_page", "Refresh this page's sources only", ("Shift+F5",), _DATA),
    ActionSpec("cancel_refresh", "Cancel the refresh", (), _DATA, part_keys="Esc"),
    ActionSpec("settings", "Settings", ("Ctrl+,",), _DATA, role=QAction.MenuRole.PreferencesRole),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), _DATA, role=QAction.MenuRole.QuitRole),
    ActionSpec("definitions", "Definitions", ("F1",), _HELP),
    ActionSpec("keys", "List of keys", ("Ctrl+?",), _HELP),
    ActionSpec("about", "About Aboutface", (), _HELP, role=QAction.MenuRole.AboutRole),
)

CONTEXT_MENU = ("explain", "copy", "export", "copy_chart", "find", "definitions")
"""What the menu of any part offers that has none of its own."""

FIXED_KEYS: tuple[tuple[str, str], ...] = (
    ("Esc", "Close what is open; then cancel a refresh; then leave the full screen"),
    ("\u2190 \u2192", "Week by week in a chart; with Shift to the next marked extreme"),
    ("Enter, Space", "Open the evidence of the cell, week or row"),
    ("Home, End", "The first and the last week of a chart"),
    ("Menu key, Shift+F10", "The menu of the part that has the focus"),
)
"""Keys that the part which has the focus knows by itself and that are no command of the window."""


class Actions(QObject):
    """The commands as Qt actions of one window. What each does is connected by `on`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._conditions: dict[str, Callable[[], bool]] = {}
        self._connected: set[str] = set()
        self._has_letters = True
        for spec in SPECS:
            self._make(spec)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(self._specs.values())

    def spec(self, name: str) -> ActionSpec:
        return self._specs[name]

    def on(self, name: str, run: Callable[[], object], can_run: Callable[[], bool] | None = None) -> None:
        """Connects a command to what it does; it is greyed out while `can_run` says no."""
        self._actions[name].triggered.connect(lambda: run())
        self._connected.add(name)
        if can_run is not None:
            self._conditions[name] = can_run

    def add(self, spec: ActionSpec, run: Callable[[], object], can_run: Callable[[], bool] | None = None) -> None:
        """One more command, such as a page."""
        self._make(spec)
        self.on(spec.name, run, can_run)

    @property
    def orphans(self) -> list[str]:
        """Commands that nothing answers."""
        return [name for name in self._specs if name not in self._connected]

    def update_states(self) -> None:
        """Asks each command whether it can run now: when a page or what it shows has changed."""
        for name, can_run in self._conditions.items():
            self._actions[name].setEnabled(can_run())

    def tip(self, name: str) -> str:
        """What a button for a command says about it: `Refresh (F5)`."""
        spec = self._specs[name]
        return f"{tr(spec.title)} ({spec.first_key})" if spec.first_key else tr(spec.title)

    def allow_letters(self, is_allowed: bool) -> None:
        """Switches the keys that type a character on or off; the commands stay."""
        self._has_letters = is_allowed
        for spec in self._specs.values():
            if spec.is_letter:
                self._actions[spec.name].setShortcuts(_sequences(spec.keys) if is_allowed else [])

    def fill(self, menu: QMenu, names: Iterable[str]) -> None:
        """Some commands in a context menu, with what can run now."""
        self.update_states()
        menu.addActions([self._actions[name] for name in names])

    def fill_sections(self, menu: QMenu | QMenuBar) -> None:
        """All commands, one menu a section."""
        for section in Section:
            part = menu.addMenu(tr(section.value))
            part.addActions([self._actions[spec.name] for spec in self if spec.section is section])
            part.aboutToShow.connect(self.update_states)

    def _make(self, spec: ActionSpec) -> None:
        title = tr(spec.title)
        action = QAction(title, self._window)
        if not spec.is_letter or self._has_letters:
            action.setShortcuts(_sequences(spec.keys))
        if spec.part_keys and not spec.keys:
            action.setText(f"{title}\t{spec.part_keys}")  # shown as a key without being one
        action.setObjectName(spec.name)
        action.setToolTip(title)
        action.setMenuRole(spec.role)
        self._window.addAction(action)
        self._specs[spec.name], self._actions[spec.name] = spec, action


def _sequences(keys: Iterable[str]) -> list[QKeySequence]:
    return [QKeySequence(key) for key in keys]
