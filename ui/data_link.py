"""What the Data page asks for, done: refreshing, terms, files, and the settings that it shows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from services.cancel import Cancel
from services.clock import Clock
from ui.archive_keeper import ArchiveKeeper
from ui.live import Live
from ui.page_loader import PageLoader
from ui.preferences import Preferences
from ui.refresher import Refresher
from ui.updates import Updates

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.importing import Imported
    from ui.pages.data_page import DataPage

NAME = "data"


class DataLink(QObject):
    """Joins the page with what runs behind the window; `join` is called when the page has been made."""

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
    ) -> None:
        super().__init__(updates)
        self._profile, self._clock = profile, clock
        self._updates, self._keeper, self._loader = updates, keeper, loader
        self._refresher, self._live, self._preferences = refresher, live, preferences
        self._page: DataPage | None = None

    def join(self, name: str, page: "DataPage") -> None:
        """Any page may be given; only the Data page is taken."""
        if name != NAME:
            return
        self._page = page
        page.refresh_wanted.connect(self._updates.refresh)
        page.terms_accepted.connect(self._updates.accept_terms)
        page.look_wanted.connect(self._on_look_wanted)
        page.files_wanted.connect(self._on_files_wanted)
        page.automatic_wanted.connect(lambda is_on: self._preferences.update(auto_refresh=is_on))
        page.folder_wanted.connect(self._on_folder_wanted)
        self._live.ticked.connect(lambda: page.tick(self._clock.now()))
        self._preferences.changed.connect(lambda _: self._show_preferences())
        self._refresher.ended.connect(lambda _: self._loader.invalidate())  # failures too are shown
        self._show_preferences()

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

    def _on_folder_wanted(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._profile)))
