"""One company asked of a source that takes a person's own key, and which of these sources have one."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.calendars import known_at
from models.formats import eastern, plural
from models.names import Known
from services.cancel import Cancel
from services.errors import ArchiveError, InputError, SourceError
from ui.jobs import Jobs, Lane

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.http import Http


class CompanyFetch(QObject):
    """`keys_found` gives source name to whether a key is held, `told` a sentence, `fetched` comes with new figures."""

    keys_found = Signal(object)
    told = Signal(str)
    fetched = Signal()

    def __init__(
        self, jobs: Jobs, archive: Callable[[], "Archive"], http: Callable[[], "Http"], parent: QObject | None = None
    ) -> None:
        """`archive` is called in the network lane, `http` on the GUI thread; it may raise InputError."""
        super().__init__(parent)
        self._jobs, self._archive, self._http = jobs, archive, http

    def look(self) -> None:
        """Asks the keyring, which may take a while."""

        def work(_: Cancel) -> Mapping[str, bool]:
            from services.keys import key
            from services.sources.keyed_estimates import PROVIDERS

            return {provider.name: key(provider.name) is not None for provider in PROVIDERS}

        self._jobs.submit(Lane.NETWORK, "company-keys", work, self.keys_found.emit, self._on_failed)

    def fetch(self, source: str, ticker: str) -> None:
        """Asks the source about the company and saves what it says."""
        try:
            http = self._http()
        except InputError as error:
            self.told.emit(str(error))
            return

        def work(cancel: Cancel) -> str:
            from services.sources.keyed_estimates import PROVIDERS

            provider = next(one for one in PROVIDERS if one.name == source)
            batch = provider.company(http, ticker, cancel)
            self._archive().save(batch)
            count = sum(len(rows) for rows in batch.rows if isinstance(rows, tuple))
            if not count or batch.provenance.as_of is None:
                return f"{provider.title} has no estimates of {ticker}."
            seen = eastern(known_at(batch.provenance.as_of, Known.NEXT_MORNING_NINE))
            return f"{provider.title}: {plural(count, 'estimate')} of {ticker}; today's are shown from {seen}."

        def done(sentence: str) -> None:
            self.told.emit(sentence)
            self.fetched.emit()

        self.told.emit(f"Asking about {ticker}\u2026")
        self._jobs.submit(Lane.NETWORK, f"company:{source}", work, done, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, SourceError):
            self.told.emit(f"{error.sentence} What was held before is still shown.")
        elif isinstance(error, ArchiveError):
            self.told.emit(str(error))
        else:
            raise error
