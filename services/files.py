"""Files that are there whole or not at all."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from services.errors import InputError


def write_atomically(path: Path, content: bytes) -> None:
    """Writes beside the file, makes sure that the disk has it, then puts it in the file's place.

    Raises InputError if it cannot; the file is then as it was and nothing is left beside it.
    """
    waiting = path.with_name(f"{path.name}.tmp.{os.getpid()}")
    try:
        try:
            with waiting.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            waiting.replace(path)
        except BaseException:
            with suppress(OSError):  # what went wrong first is what people need to know
                waiting.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise InputError(f"{path} could not be written: {reason(error)}.") from error


def make_folder(folder: Path) -> None:
    """Makes a folder, and those it lies in, where they are missing; raises InputError if it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {folder} could not be made: {reason(error)}.") from error


def check_profile(profile: Path) -> None:
    """Raises InputError where it is no folder, cannot be looked into, or is missing and could not be made."""
    folder, missing = profile, None
    try:
        while not folder.exists():
            missing, folder = folder, folder.parent
        os.scandir(folder).close()
        if missing is not None:
            missing.mkdir(exist_ok=True)
            with suppress(OSError):  # another process has put something in it meanwhile
                missing.rmdir()
    except OSError as error:
        raise InputError(f"The data folder {profile} cannot be used: {reason(error)}.") from error


def sync_folder(folder: Path) -> None:
    """Makes a change of names in a folder last through a loss of power, where the system offers that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def stamp(moment: datetime) -> str:
    """A moment as part of a file name, in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def free_name(path: Path, why: str, moment: datetime) -> Path:
    """A name beside a file, not yet taken, under which it can be kept: `archive.sqlite.corrupt-20260704T120000Z`."""
    name = f"{path.name}.{why}-{stamp(moment)}"
    kept, count = path.with_name(name), 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{name}-{count}")
    return kept


def reason(error: OSError) -> str:
    """What the system says went wrong, in its words, as the middle of a sentence."""
    if isinstance(error, FileExistsError):
        return "a file is in its place"
    words = error.strerror or type(error).__name__
    return words[:1].lower() + words[1:]
