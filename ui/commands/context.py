"""What every command gets: the clock, the profile, the moment, and where results go."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.calendars import parse_as_of
from services.clock import Clock

if TYPE_CHECKING:
    from services.archive.archive import Archive


class UsageError(Exception):
    """The command was called wrongly; the message says how. Exit 64."""


EXIT_OK, EXIT_PARTLY, EXIT_FAILED, EXIT_LOCKED, EXIT_USAGE = 0, 1, 2, 3, 64


@dataclass(frozen=True)
class Context:
    """The common options, resolved once in `main.py`. `as_of` is the moment that everything is read as of."""

    clock: Clock
    profile: Path
    mirror: str | None
    is_offline: bool
    as_of: datetime
    is_live: bool
    format: str
    out: Path | None
    is_quiet: bool
    is_safe: bool = False

    @contextmanager
    def reading(self) -> "Iterator[Archive]":
        """The archive as it is now, for reading; an open window does not mind, but stores nothing before the end."""
        from services.archive.archive import Archive
        from services.paths import archive_path

        archive = Archive.open(archive_path(self.profile), self.clock, writable=False)
        try:
            self._tell(archive)
            with archive.unchanged():
                yield archive
        finally:
            archive.close()

    @contextmanager
    def writing(self) -> "Iterator[Archive]":
        """The archive for writing; raises ArchiveLocked where another instance holds it."""
        from services.archive.archive import Archive
        from services.lock import WriterLock
        from services.paths import archive_path

        lock = WriterLock.acquire(self.profile)
        try:
            archive = Archive.open(archive_path(self.profile), self.clock)
            try:
                self._tell(archive)
                yield archive
            finally:
                archive.close()
        finally:
            lock.release()

    def _tell(self, archive: "Archive") -> None:
        for notice in archive.notices:
            self.say(notice)

    def say(self, message: str) -> None:
        """Progress and messages, on standard error unless `--quiet`."""
        if not self.is_quiet:
            print(message, file=sys.stderr, flush=True)


def moment(text: str, what: str) -> datetime:
    """A moment from the command line, or a usage error that says what was wrong."""
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise UsageError(f"{what}: {error}") from error


def add_choice(parser: argparse.ArgumentParser, *, basis: str = "contracts") -> None:
    """The options that name a series."""
    parser.add_argument("--market", default="russell-2000", metavar="M")
    parser.add_argument("--report", default=None, metavar="R")
    parser.add_argument("--group", default=None, metavar="G")
    parser.add_argument("--basis", default=basis, metavar="B")
    parser.add_argument("--legs", default="lead", metavar="lead|all|CODE")
