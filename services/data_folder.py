"""The data folder as a person handles it: how large it is, a copy of the archive, and putting one in its place."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError, InputError
from services.files import free_name, reason, sync_folder


def size_of(folder: Path) -> int:
    """Bytes of all files in it; what disappears meanwhile counts nothing."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(path) / name).lstat().st_size
            except OSError:
                continue
    return total


def copy_archive(archive: Archive, target: Path) -> Path:
    """A sound copy of the archive under a name of the person's; raises ArchiveError or InputError."""
    _copy(archive.backup(), target)
    return target


def put_back(source: Path, path: Path, clock: Clock) -> None:
    """Puts a copy of an archive in the place of the closed one at `path`, which is kept beside it.

    Raises InputError where `source` is no archive that this version reads; nothing has changed then.
    """
    waiting = path.with_name(f"{path.name}.tmp.{os.getpid()}")
    try:
        _copy(source, waiting)
        _check(waiting, clock)
        _set_aside(path, "replaced", clock.now())
        waiting.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise InputError(f"{source.name} could not be put back: {reason(error)}.") from error
    finally:
        waiting.unlink(missing_ok=True)


def clear(path: Path, clock: Clock) -> None:
    """Takes the closed archive away, but for a copy beside it; raises InputError."""
    try:
        _set_aside(path, "cleared", clock.now())
    except OSError as error:
        raise InputError(f"The archive could not be cleared: {reason(error)}.") from error


def _check(path: Path, clock: Clock) -> None:
    try:
        archive = Archive.open(path, clock, writable=False)
    except ArchiveError as error:
        raise InputError(f"This is no archive that can be used. {error}") from error
    try:
        if archive.is_in_memory:
            raise InputError("This is no archive of this app, or it is damaged.")
    finally:
        archive.close()


def _set_aside(path: Path, why: str, moment: datetime) -> None:
    if path.exists():
        path.replace(free_name(path, why, moment))
        sync_folder(path.parent)


def _copy(source: Path, target: Path) -> None:
    waiting = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, waiting)
        waiting.replace(target)
    except OSError as error:
        raise InputError(f"{target} could not be written: {reason(error)}.") from error
    finally:
        waiting.unlink(missing_ok=True)
