"""A day at the desk without its window: start, refresh, rewind, export, quit. Each step by itself may fail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from models.pages import positioning_build
from models.pages.choice import Choice
from models.tabular import csv_text
from services import settings as settings_files
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError, InputError, SourceError
from services.files import write_atomically
from services.lock import WriterLock
from services.paths import archive_path
from services.refresh import Status
from tests.soak.desk import NOW, ask, client

WEEK = timedelta(days=7)
_CLEAR = re.compile(r"[A-Z/][^\n]*[.!]")
_RAW = re.compile(r"(?i:traceback|errno|sqlite|\b0x[0-9a-f]+)|\w+Error\b")


@dataclass
class Workday:
    """`told` is what a person would have been told, a message each; `ran_out` whether memory did."""

    profile: Path
    mirror: str
    now: datetime = NOW
    told: list[str] = field(default_factory=list)
    ran_out: bool = False

    @property
    def export(self) -> Path:
        return self.profile / "figures.csv"

    def work(self) -> None:
        """Never raises but for what is a fault of the app."""
        with self._step():
            held, notices = settings_files.load(self.profile)
            self._tell(" ".join(notices))
            with self._step(), self._lock(), self._archive() as archive:
                self._use(archive)
            with self._step():
                settings_files.save(
                    self.profile, replace(held, sources_off=(*held.sources_off[-3:], str(self.now.date())))
                )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = WriterLock.acquire(self.profile)
        try:
            yield
        finally:
            with suppress(MemoryError):
                lock.release()
            lock.release()  # may be called again

    @contextmanager
    def _archive(self) -> Iterator[Archive]:
        clock = Clock(self.now)
        archive = Archive.open(archive_path(self.profile), clock)
        try:
            self._tell(" ".join(archive.notices))
            yield archive
        finally:
            with suppress(MemoryError):
                archive.close()
            archive.close()  # may be called again

    def _use(self, archive: Archive) -> None:
        clock = Clock(self.now)
        with self._step(), client(self.mirror, clock) as http:
            outcome = ask(archive, http, clock)
            if outcome.status not in (Status.UPDATED, Status.CURRENT):
                self._tell(outcome.message)
        with self._step():
            positioning_build.build(archive, Choice(as_of=self.now - 8 * WEEK, is_live=False))
        with self._step():
            series = positioning_build.series_of(archive, Choice(as_of=self.now))
            rows = zip(series.date.astype(str).tolist(), series.value.tolist(), strict=True)
            write_atomically(self.export, csv_text(("date", series.unit), rows).encode())

    @contextmanager
    def _step(self) -> Iterator[None]:
        try:
            yield
        except (ArchiveError, InputError, SourceError) as error:
            self._tell(error.sentence if isinstance(error, SourceError) else str(error))
        except MemoryError:
            self.ran_out = True

    def _tell(self, message: str) -> None:
        if message and message not in self.told:  # a banner that says it is there already
            self.told.append(message)


def assert_clear(message: str) -> None:
    """A sentence for people, without the words of the machine."""
    assert _CLEAR.fullmatch(message), f"no sentence: {message!r}"
    assert not _RAW.search(message), f"not for people: {message!r}"
