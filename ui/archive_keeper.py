"""The archive while the app runs: opened in the archive lane, found there and in the network lane afterwards."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ArchiveError, InputError
from services.paths import archive_path
from ui.jobs import Jobs, Lane
from ui.trace import mark

if TYPE_CHECKING:
    from models.records import Provenance
    from services.archive.archive import Archive

NOT_OPEN = "The archive is not open."


class ArchiveKeeper(QObject):
    """`opened` gives the notices about how the archive was found, `failed` the ArchiveError that kept it shut.

    `mended` comes before with the notices where what was found had to be set aside; `opened` has none then.
    """

    opened = Signal(object)
    mended = Signal(object)
    failed = Signal(object)

    def __init__(self, profile: Path, clock: Clock, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._clock, self._jobs = archive_path(profile), clock, jobs
        self._archive: Archive | None = None
        self._error: ArchiveError | None = None

    def open(self, *, writable: bool) -> None:
        """Opens it in the archive lane; jobs that are submitted there from now on find it open."""

        def work(_: Cancel) -> "Archive":
            from services.archive.archive import Archive

            self._close()
            try:
                self._archive = Archive.open(self._path, self._clock, writable=writable)
            except ArchiveError as error:
                self._error = error
                raise
            mark("archive open")
            return self._archive

        self._jobs.submit(Lane.ARCHIVE, "archive", work, self._on_opened, self.failed.emit)

    def swap(self, change: Callable[[Path], None], done: Callable[[Exception | None], None]) -> None:
        """Changes the file while it is closed, then opens what is there; `done` gets what went wrong, or None."""

        def work(_: Cancel) -> "tuple[Archive, Exception | None]":
            from services.archive.archive import Archive

            failure: Exception | None = None
            self._close()
            try:
                change(self._path)
            except InputError as error:
                failure = error
            self._archive = Archive.open(self._path, self._clock, writable=True)
            return self._archive, failure

        def opened(found: "tuple[Archive, Exception | None]") -> None:
            self._on_opened(found[0])
            done(found[1])

        self._jobs.submit(Lane.ARCHIVE, "archive", work, opened, self.failed.emit)

    def get(self) -> "Archive":
        """Raises ArchiveError where it could not be opened. Not for the GUI thread, as every read may wait."""
        if self._archive is None:
            raise self._error or ArchiveError(NOT_OPEN)
        return self._archive

    def ask(self, key: str, question: Callable[["Archive"], object], answer: Callable[..., None]) -> None:
        """Asks the archive something in its lane; `answer` gets the result unless there is no archive."""
        self._jobs.submit(Lane.ARCHIVE, key, lambda _: question(self.get()), answer, self._on_no_answer)

    def batches(self, sources: Sequence[str]) -> "tuple[Provenance, ...]":
        """The newest batch of each dataset of these sources, of all without a name; none without an archive."""
        return self._archive.newest_batches(sources) if self._archive is not None else ()

    def close(self) -> None:
        """Once all jobs have ended."""
        self._close()

    def _close(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def _on_opened(self, archive: "Archive") -> None:
        if archive.was_set_aside:
            self.mended.emit(archive.notices)
        self.opened.emit(() if archive.was_set_aside else archive.notices)

    def _on_no_answer(self, error: Exception) -> None:
        if not isinstance(error, ArchiveError):
            raise error
