"""What the Data page asks for, done: refreshing, terms, files, and the settings that it shows."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from services.cancel import Cancel
from services.clock import Clock
from ui.archive_keeper import ArchiveKeeper
from ui.live import Live
from ui.page_loader import PageLoader
from ui.preferences import Preferences
from ui.refresher import Refresher
from ui.updates import Updates
from ui.watcher import Watcher

if TYPE_CHECKING:
    from models.watch import Rule
    from services.archive.archive import Archive
    from services.importing import Imported
    from services.sources.source import Progress
    from ui.pages.data_page import DataPage
    from ui.pages.watch_card import WatchCard

NAME = "data"


class DataLink(QObject):
    """Joins the page with what runs behind the window; `join` is called when the page has been made.

    `alert_opened` gives an alert of Watch whose figures a person wants to see.
    """

    alert_opened = Signal(object)

    def __init__(
        self,
        profile: Path,
        clock: Clock,
        updates: Updates,
        keeper: ArchiveKeeper,
        loader: PageLoader,
        refresher: Refresher,
        live: Live,
        preferences: Preferences,
        watcher: Watcher,
    ) -> None:
        super().__init__(updates)
        self._watcher = watcher
        self._profile, self._clock = profile, clock
        self._updates, self._keeper, self._loader = updates, keeper, loader
        self._refresher, self._live, self._preferences = refresher, live, preferences
        self._page: DataPage | None = None
        self._steps: dict[str, str] = {}

    def join(self, name: str, page: "DataPage") -> None:
        """Any page may be given; only the Data page is taken."""
        if name != NAME:
            return
        self._page = page
        page.refresh_wanted.connect(self._updates.refresh)
        page.cancel_wanted.connect(self._refresher.cancel)
        page.history_wanted.connect(lambda name: self._updates.refresh((name,), full=True, backfill=True))
        page.terms_accepted.connect(self._updates.accept_terms)
        page.look_wanted.connect(self._on_look_wanted)
        page.files_wanted.connect(self._on_files_wanted)
        page.automatic_wanted.connect(lambda is_on: self._preferences.update(auto_refresh=is_on))
        page.folder_wanted.connect(self._on_folder_wanted)
        self._live.ticked.connect(lambda: page.tick(self._clock.now()))
        self._preferences.changed.connect(lambda _: self._show_preferences())
        self._refresher.started.connect(lambda _: self._show_running())
        self._refresher.progressed.connect(self._on_progressed)
        self._refresher.source_ended.connect(lambda _: self._show_running())
        self._refresher.ended.connect(lambda _: self._show_running())
        self._refresher.ended.connect(lambda _: self._loader.invalidate())  # failures too are shown
        self._show_preferences()
        self._join_watch(page.watch)

    def _join_watch(self, card: "WatchCard") -> None:
        watcher = self._watcher
        card.opened.connect(self.alert_opened)
        card.rule_wanted.connect(self._on_rule_wanted)
        card.rule_changed.connect(watcher.keep_rule)
        card.rule_dropped.connect(watcher.drop_rule)
        card.cleared.connect(watcher.clear)
        card.notifying.connect(watcher.set_notifying)
        watcher.changed.connect(card.show_watch)
        card.show_watch(watcher.watch)

    def _on_rule_wanted(self, rule: "Rule | None") -> None:
        """Edit this rule, or make a new one."""
        from models.watch import Rule, RuleKind
        from ui.dialogs.rule_dialog import RuleDialog

        if self._page is None:
            return
        made = rule or Rule(self._watcher.watch.free_id("rule"), RuleKind.CROSSES_ZERO)
        dialog = RuleDialog(self._page.theme, made, self._page, is_new=rule is None)
        dialog.kept.connect(self._watcher.keep_rule)
        dialog.open()

    def _on_progressed(self, steps: "Mapping[str, Progress]") -> None:
        for name, step in steps.items():
            share = f", {step.done:,} of {step.total:,}" if step.total else ""
            self._steps[name] = f"{step.text}{share}"
        self._show_running()

    def _show_running(self) -> None:
        if self._page is not None:
            self._page.show_running({name: self._steps.get(name, "asking") for name in self._refresher.running})
        if not self._refresher.running:
            self._steps.clear()

    def _show_preferences(self) -> None:
        if self._page is not None:
            settings = self._preferences.settings
            self._page.show_preferences(
                settings.accepted_terms, is_automatic=settings.auto_refresh, has_consent=settings.has_consent
            )

    def _on_look_wanted(self, paths: Sequence[Path]) -> None:
        def question(archive: "Archive") -> "tuple[Imported, ...]":
            from services.importing import ImportWish, preview_files

            return preview_files(paths, ImportWish(), archive, self._clock)

        self._keeper.ask("files-look", question, self._shower(paths))

    def _shower(self, paths: Sequence[Path]) -> "Callable[[Sequence[Imported]], None]":
        def show(found: "Sequence[Imported]") -> None:
            if self._page is not None:
                self._page.show_found(paths, found)

        return show

    def _on_files_wanted(self, paths: Sequence[Path]) -> None:
        def question(archive: "Archive") -> "tuple[Imported, ...]":
            from services.importing import ImportWish, import_files

            return import_files(paths, ImportWish(), archive, self._clock, Cancel())

        self._keeper.ask("files-import", question, self._on_imported)

    def _on_imported(self, done: "Sequence[Imported]") -> None:
        if self._page is not None:
            self._page.show_imported(done)
        self._loader.invalidate()
        self._updates.look()
        self._watcher.check()

    def _on_folder_wanted(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._profile)))
