"""A note of how the archive's file looked when it was last known to be sound, so that a start need not check it.

The check reads the whole file, 0.2 s for 100 MB. A file that has since been changed by anything but an app
that closed it in order (a crash, a copy, a damaged disk repaired by the system) is checked again.
"""

from contextlib import suppress
from pathlib import Path


def put(path: Path) -> None:
    # Without the note the next start merely takes longer, so a folder that cannot be written to does not matter.
    with suppress(OSError):
        _note(path).write_bytes(_signature(path))


def holds(path: Path) -> bool:
    """Whether the file looks as it did when it was sealed, and no batch was cut short since."""
    try:
        return not journal(path).exists() and _note(path).read_bytes() == _signature(path)
    except OSError:
        return False


def remove(path: Path) -> None:
    with suppress(OSError):
        _note(path).unlink()


def journal(path: Path) -> Path:
    """SQLite's note of what a batch under way has replaced."""
    return path.with_name(f"{path.name}-journal")


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.seal")


def _signature(path: Path) -> bytes:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}".encode()
