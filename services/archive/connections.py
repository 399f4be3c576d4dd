"""Connections to one archive: one that writes, guarded by a lock, and a pool of those that read."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from services.archive import seal
from services.errors import ArchiveError

BUSY_S = 10.0
SQLITE_VERSION = sqlite3.sqlite_version

Mode = Literal["create", "write", "read"]


class ArchiveBusy(ArchiveError):
    """Another process kept the archive for itself for longer than `BUSY_S`."""


class ArchiveDamaged(ArchiveError):
    """The file is not, or is no longer, a sound archive."""


READ_ONLY = "The data folder cannot be written to, so nothing new can be stored; what is held can still be read."
DAMAGED = "The archive is damaged. Start the app again: it sets the damaged file aside and restores the last backup."
_SHRINK = "PRAGMA shrink_memory"
_CLOSED = "The archive has been closed."
_BUSY = "Another program is using the archive. Try again in a moment."
_SENTENCES = {
    sqlite3.SQLITE_FULL: (
        "The disk is full, so nothing was stored; what was held before is unchanged. Free some space and try again."
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk reported a fault while the archive was in use; what was stored before is unchanged."
        " Check the disk and try again."
    ),
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: (
        "The archive could not be opened; check that the data folder exists and that its files may be read."
    ),
}


@contextmanager
def translated() -> Iterator[None]:
    """Turns what the machine does to the archive into ArchiveError; mistakes in SQL stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the kind, without its extension
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise ArchiveDamaged(DAMAGED) from error
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise ArchiveBusy(_BUSY) from error
        if code in _SENTENCES:
            raise ArchiveError(_SENTENCES[code]) from error
        raise


def is_writable(path: Path) -> bool:
    """Whether a file and its folder, in which SQLite keeps the journal, may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path | None, mode: Mode) -> sqlite3.Connection:
    """A connection that begins no transaction by itself; None is a database in memory.

    Opened for reading it writes nothing but the roll-back of a batch that a crash cut short.
    """
    address = ":memory:" if path is None else f"{path.absolute().as_uri()}?mode={_open_mode(path, mode)}"
    connection = sqlite3.connect(address, BUSY_S, uri=True, isolation_level=None, check_same_thread=False)
    try:
        for setting in (
            "foreign_keys = ON",
            "synchronous = FULL",
            "trusted_schema = OFF",
            "temp_store = MEMORY",
            f"cache_size = {-4_000 if mode == 'read' else -32_000}",
            # A batch that outgrew the cache would keep readers out from then until it ends.
            "cache_spill = OFF",
            f"query_only = {'ON' if mode == 'read' else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _end_transaction(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # after a full disk SQLite may have rolled back by itself
        connection.execute("ROLLBACK")


def _open_mode(path: Path, mode: Mode) -> str:
    if mode == "create":
        return "rwc"
    return "rw" if mode == "write" or is_writable(path) else "ro"


class Connections:
    """Used from any thread. A database in memory has a single connection, so its readers take turns.

    Readers come from a pool and not from each thread's own store: threads of a Qt pool have no lasting one.
    """

    def __init__(self, path: Path | None, *, is_writable: bool, memory: sqlite3.Connection | None = None) -> None:
        self.path = path
        self.is_writable = is_writable
        self._lock = threading.RLock()
        self._pool_lock = threading.Lock()
        self._unchanged = threading.local()
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        self._is_sound = True
        self._writer = memory
        if path is not None and is_writable:
            with translated():
                self._writer = connect(path, "write")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            with translated():
                yield
        except ArchiveDamaged:
            self._is_sound = False
            if self.path is not None:
                seal.remove(self.path)
            raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed whole, or rolled back if anything is raised. Raises ArchiveError."""
        with self._lock, self._guarded():
            writer = self._open_writer()
            _end_transaction(writer)  # one that a broken disk kept from being rolled back
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                _end_transaction(writer)
                raise

    @contextmanager
    def exclusive(self) -> Iterator[sqlite3.Connection]:
        """The writing connection outside any transaction, for what SQLite does only there."""
        with self._lock, self._guarded():
            yield self._open_writer()

    def shrink(self) -> None:
        """Gives back the pages of the file that idle connections keep. Waits for nobody; raises ArchiveError."""
        with self._guarded():
            with self._pool_lock:
                for connection in self._idle:
                    connection.execute(_SHRINK)
            if self._lock.acquire(blocking=False):  # else a batch is being written, which needs them
                try:
                    if self._writer is not None:
                        self._writer.execute(_SHRINK)
                finally:
                    self._lock.release()

    def _open_writer(self) -> sqlite3.Connection:
        if self._is_closed:
            raise ArchiveError(_CLOSED)
        if self._writer is None or not self.is_writable:
            raise ArchiveError(READ_ONLY)
        return self._writer

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """All reads of this thread see the same state until it ends; it must write nothing meanwhile.

        Batches of others cannot be committed before then. Raises ArchiveError.
        """
        outer = getattr(self._unchanged, "connection", None)
        with self.reading() as connection:
            self._unchanged.connection = connection
            try:
                yield
            finally:
                self._unchanged.connection = outer

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection whose reads all see the same state. Raises ArchiveError."""
        held = getattr(self._unchanged, "connection", None)
        if held is not None:
            with self._guarded():
                yield held
            return
        if self.path is None:
            with self._lock, self._guarded():
                if self._writer is None:
                    raise ArchiveError(_CLOSED)
                yield self._writer
            return
        with self._guarded():
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
                connection.execute("ROLLBACK")
            except BaseException:  # it may be in the middle of anything
                connection.close()
                raise
            self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        with self._pool_lock:
            if self._is_closed:
                raise ArchiveError(_CLOSED)
            if self._idle:
                return self._idle.pop()
        assert self.path is not None
        return connect(self.path, "read")

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._pool_lock:
            if not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Waits for the batch that is being written; readers under way end and close theirs."""
        with self._lock, self._pool_lock:
            if self._is_closed:
                return
            self._is_closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        if self.path is not None and self.is_writable and self._is_sound:
            seal.put(self.path)
