"""The command palette on the desk: what it finds, and how each thing is opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from models.calendars import end_of_day
from models.desk_search import Entry, EntryKind, GoToDay, search
from models.qt.desk import Desk
from models.stepping import new_york_day
from services.clock import Clock
from ui.archive_keeper import ArchiveKeeper
from ui.main_window import MainWindow
from ui.page_loader import PageLoader, with_session

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from ui.widgets.palette import CommandPalette

_RECENT_KEPT = 8
_PAGE = "page_"


@dataclass(frozen=True)
class RunAction:
    """Trigger a command of the window."""

    name: str


@dataclass(frozen=True)
class ShowMarket:
    """Show another market."""

    name: str


class DeskPalette(QObject):
    """Opens the palette over the window. What depends on the figures is looked up in the archive's lane."""

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock, keeper: ArchiveKeeper, loader: PageLoader) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self._keeper = keeper
        self._palette: CommandPalette | None = None
        self._fixed: tuple[Entry, ...] = ()
        self._figures: tuple[Entry, ...] = ()
        self._held: tuple[str, datetime | None] | None = None
        self.recent: list[str] = []
        loader.building.connect(self._forget)
        window.commands.on("palette", self.open)
        window.top_bar.search.clicked.connect(self.open)
        window.top_bar.search.set_key(window.commands.spec("palette").first_key)

    def open(self) -> None:
        """At once, with what is known; the figures' entries come as soon as they have been looked up."""
        if self._palette is None:
            from ui.widgets.palette import CommandPalette

            self._palette = CommandPalette(self._window.theme, self._find, self._window)
            self._palette.chosen.connect(self._on_chosen)
        self._window.commands.update_states()
        self._fixed = (*self._pages(), *self._actions(), *self._markets())
        self._look_up()
        self._palette.open_centred()

    def restore(self, recent: object) -> None:
        """Take up what was used last."""
        if isinstance(recent, list):
            self.recent = [key for key in recent if isinstance(key, str) and len(key) < 100][:_RECENT_KEPT]

    # --- what is found

    def _find(self, text: str) -> Sequence[Entry]:
        today = new_york_day(self._clock.now())
        return search((*self._figures, *self._fixed), self.recent, text, today)

    def _pages(self) -> list[Entry]:
        return [
            Entry(EntryKind.PAGE, spec.title, RunAction(spec.name), "", spec.first_key, f"action:{spec.name}")
            for spec in self._window.commands
            if spec.name.startswith(_PAGE)
        ]

    def _actions(self) -> list[Entry]:
        commands = self._window.commands
        return [
            Entry(EntryKind.ACTION, spec.title, RunAction(spec.name), "", spec.first_key, f"action:{spec.name}")
            for spec in commands
            if commands[spec.name].isEnabled() and not spec.name.startswith(_PAGE) and spec.name != "palette"
        ]

    def _markets(self) -> list[Entry]:
        return [
            Entry(
                EntryKind.MARKET, row.title, ShowMarket(row.name), row.codes, "", f"market:{row.name}", words=row.sought
            )
            for row in self._window.top_bar.market.list.choices()
        ]

    def _look_up(self) -> None:
        choice = self._desk.choice_at(self._clock.now())
        wanted = choice.market, None if choice.is_live else choice.as_of
        if wanted == self._held:
            return
        self._held, self._figures = wanted, ()

        def ask(archive: "Archive") -> tuple[Entry, ...]:
            from models.pages.desk_index import build

            with archive.unchanged():
                return build(with_session(archive), choice)

        self._keeper.ask("palette", ask, self._on_looked_up)

    def _on_looked_up(self, entries: tuple[Entry, ...]) -> None:
        self._figures = entries
        if self._palette is not None:
            self._palette.refresh()

    def _forget(self) -> None:
        """The figures or the choice have changed; they are looked up when the palette is opened again."""
        self._held = None

    # --- opening

    def _on_chosen(self, entry: Entry) -> None:
        if entry.key:
            self.recent = [entry.key, *(key for key in self.recent if key != entry.key)][:_RECENT_KEPT]
        self._open(entry.target)

    def _open(self, target: Any) -> None:
        from models.pages.desk_index import FindHolding, ShowClaim, ShowEvidence, ShowWeek

        window = self._window
        match target:
            case RunAction(name):
                window.commands[name].trigger()
            case ShowMarket(name):
                self._desk.choose(market=name)
            case GoToDay(day):
                self._desk.rewind(end_of_day(day))
            case ShowEvidence(choice):
                self._desk.choose(**choice)
                window.open_page("positioning", lambda page: page.set_view("chart"))
            case ShowWeek(day):
                window.open_page("positioning", lambda page: page.show_week(day))
            case ShowClaim(place):
                window.open_page("story", lambda page: page.open_claim(place))
            case FindHolding(ticker):
                window.open_page("sectors", lambda page: page.find_holding(ticker))
