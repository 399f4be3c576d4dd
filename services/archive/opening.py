"""Opening an archive: what is found at its place is checked, and whatever it is, there are figures afterwards.

| found | opened for writing | opened for reading |
|---|---|---|
| nothing | a new archive with the built-in figures | the built-in figures, in memory |
| a sound archive | that one, brought to the present schema | that one; an older schema as a copy in memory |
| an archive of a newer major version | refused, untouched | refused, untouched |
| anything else | set aside; the last backup, else a new archive | the built-in figures, in memory |
| a place that cannot be written to | as for reading | |
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from services.archive import backups, migrations, schema, seal, writes
from services.archive.connections import (
    READ_ONLY,
    ArchiveBusy,
    ArchiveDamaged,
    Connections,
    connect,
    is_writable,
    translated,
)
from services.clock import Clock
from services.errors import ArchiveError, ArchiveTooNew
from services.files import free_name, reason, sync_folder
from services.starter import tables

_HEADER = b"SQLite format 3\x00"
_VERSION_AT, _APPLICATION_AT, _HEADER_BYTES = 60, 68, 100

TOO_NEW = (
    "The archive was written by a newer version of this app and was left as it is. Install that version,"
    " or start with another data folder."
)
_DAMAGED_FOR_READING = (
    "The archive cannot be read, so the built-in figures are shown. It is set aside and mended when the app is next"
    " opened, or refreshed, with a data folder that can be written to."
)
_NOT_MIGRATED = "The archive could not be brought to this version of the app and is only read."
_IN_MEMORY = "The built-in figures are shown; whatever is downloaded now is lost when the app is closed."


@dataclass(frozen=True)
class Opened:
    """Connections to an archive, and what people should know about how it was found."""

    connections: Connections
    notices: tuple[str, ...] = ()
    was_set_aside: bool = False


def open_archive(path: Path, clock: Clock, *, writable: bool) -> Opened:
    """Raises ArchiveTooNew, and ArchiveError if another process keeps the archive busy."""
    try:
        return _open_for_writing(path, clock.now()) if writable else _open_for_reading(path)
    except (ArchiveTooNew, ArchiveBusy):
        raise
    except (ArchiveError, OSError) as error:
        return _open_in_memory(_sentence(error), _IN_MEMORY)


def _sentence(error: ArchiveError | OSError) -> str:
    return f"The data folder cannot be used: {reason(error)}." if isinstance(error, OSError) else str(error)


# For writing


def _open_for_writing(path: Path, moment: datetime) -> Opened:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_writable(path if path.exists() else path.parent):
        return _open_for_reading(path, READ_ONLY)
    try:
        version = check(path) if path.exists() else None
    except ArchiveDamaged:
        aside = _set_aside(path, moment)
        version = _restore(path)
        opened = _brought_up(path, version, moment, _what_was_done(aside, restored=version is not None))
        return replace(opened, was_set_aside=True)
    return _brought_up(path, version, moment)


def _brought_up(path: Path, version: int | None, moment: datetime, *notices: str) -> Opened:
    """What is at the archive's place in the present schema; made where there is no version."""
    if version is None:
        try:
            _create(path, moment)
        except (ArchiveError, OSError) as error:
            return _open_in_memory(*notices, _sentence(error), _IN_MEMORY)
    elif migrations.is_due(version):
        try:
            _migrate(path, moment)
        except (ArchiveError, OSError) as error:
            return _copy_in_memory(path, *notices, _NOT_MIGRATED, _sentence(error))
    seal.put(path)
    return Opened(Connections(path, is_writable=True), notices)


def _what_was_done(aside: Path, *, restored: bool) -> str:
    found = f"The archive could not be read and was set aside as {aside.name}."
    if restored:
        return f"{found} The last backup was restored; a refresh brings what was added since."
    return f"{found} There was no backup, so a new archive starts from the built-in figures; a refresh fills it."


def _create(path: Path, moment: datetime) -> None:
    """Makes the archive beside its place and then puts it there, so that it is never there unfinished."""
    if seal.journal(path).exists():  # of a file that is gone; it must not be applied to this one
        _set_aside(path, moment)
    with _placed(path) as waiting, translated(), closing(connect(waiting, "create")) as connection:
        connection.execute(f"PRAGMA page_size = {schema.PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = MEMORY")
        _fill(connection)


def _fill(connection: sqlite3.Connection) -> None:
    """The schema and the starter's figures, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    schema.create(connection)
    for batch in tables.batches():
        writes.save(connection, batch)
    connection.execute("COMMIT")


@contextmanager
def _placed(path: Path) -> Iterator[Path]:
    """A name beside the archive for a file that takes its place at the end, or is removed if anything is raised."""
    for left in path.parent.glob(f"{path.name}.new-*"):
        left.unlink()
    waiting = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        yield waiting
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(path.parent)


def _set_aside(path: Path, moment: datetime) -> Path:
    """Renames what is at the archive's place, with its journal, which belongs to no other file."""
    aside = free_name(path, "corrupt", moment)
    for source, target in ((path, aside), (seal.journal(path), seal.journal(aside))):
        if source.exists():
            source.rename(target)
    seal.remove(path)
    sync_folder(path.parent)
    return aside


def _restore(path: Path) -> int | None:
    """Puts a copy of the newest backup that is sound in the archive's place; its version, None where there is none."""
    for backup in backups.newest_first(path):
        try:
            version = check(backup)
        except (ArchiveDamaged, ArchiveTooNew):
            continue
        with (
            _placed(path) as waiting,
            translated(),
            closing(connect(backup, "read")) as source,
            closing(connect(waiting, "create")) as target,
        ):
            source.backup(target)
        return version
    return None


def _migrate(path: Path, moment: datetime) -> None:
    with translated(), closing(connect(path, "write")) as connection:
        backups.make(connection, path, moment)
        migrations.migrate(connection)


# For reading


def _open_for_reading(path: Path, *notices: str) -> Opened:
    """As it is, without changing anything but the roll-back of a batch that a crash cut short."""
    if not path.exists():
        return _open_in_memory(*notices, *([_IN_MEMORY] if notices else []))
    try:
        version = check(path)
    except ArchiveDamaged:
        return _open_in_memory(*notices, _DAMAGED_FOR_READING)
    if migrations.is_due(version):
        return _copy_in_memory(path, *notices)
    return Opened(Connections(path, is_writable=False), notices)


def _open_in_memory(*notices: str) -> Opened:
    """The built-in figures in a database that lasts as long as the app runs; raises ArchiveError."""
    with translated():
        connection = connect(None, "create")
    try:
        with translated():
            _fill(connection)
    except BaseException:
        connection.close()
        raise
    return Opened(Connections(None, is_writable=True, memory=connection), notices)


def _copy_in_memory(path: Path, *notices: str) -> Opened:
    """An archive of an earlier version as the present one reads it; the file stays as it is."""
    connection = connect(None, "create")
    try:
        with translated(), closing(connect(path, "read")) as source:
            source.backup(connection)
        migrations.migrate(connection)
    except BaseException:
        connection.close()
        raise
    return Opened(Connections(None, is_writable=False, memory=connection), notices)


# The check


def check(path: Path) -> int:
    """The schema version of a sound archive of ours.

    Raises ArchiveDamaged where it is none, ArchiveTooNew where a newer major version wrote it, ArchiveError or
    OSError where it cannot be looked at.
    """
    version = _version_in_header(path)
    if version is None and seal.journal(path).exists():
        _roll_back(path)
        version = _version_in_header(path)
    if version is None:
        raise ArchiveDamaged(f"{path} is not an archive of this app.")
    if version // 100 > schema.VERSION // 100:
        raise ArchiveTooNew(TOO_NEW)
    return version if seal.holds(path) else _checked_version(path)


def _version_in_header(path: Path) -> int | None:
    """Read past SQLite, which takes an empty file for an empty database; None where the file is not ours."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    application = int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big")
    if len(header) < _HEADER_BYTES or not header.startswith(_HEADER) or application != schema.APPLICATION_ID:
        return None
    return int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")


def _roll_back(path: Path) -> None:
    """Lets SQLite undo a batch that was cut short; until then even the header may be half-written."""
    with translated(), closing(connect(path, "read")) as connection:
        connection.execute("SELECT COUNT(*) FROM sqlite_master")


def _checked_version(path: Path) -> int:
    with translated(), closing(connect(path, "read")) as connection:
        (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        version = migrations.version_of(connection)  # a migration cut short has been rolled back by now
        held = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if finding != "ok" or not (migrations.is_due(version) or held >= schema.TABLES):
        raise ArchiveDamaged(f"{path} is damaged: {finding}")
    return version
