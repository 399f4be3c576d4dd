"""Starts that did not get to their first page: after two in a row the next one is a safe one."""

from contextlib import suppress
from pathlib import Path

SAFE_AFTER = 2
_NAME = "start-under-way"
_MOST = 99


def begin(profile: Path) -> int:
    """Notes that a start is under way; how many before it did not get through, 0 where nothing can be noted."""
    path = profile / _NAME
    failed = _failed(path)
    with suppress(OSError):  # a folder that may only be read: then nothing is counted
        profile.mkdir(parents=True, exist_ok=True)
        path.write_text(str(min(failed + 1, _MOST)), "ascii")
    return failed


def succeed(profile: Path) -> None:
    """The start got through."""
    with suppress(OSError):
        (profile / _NAME).unlink(missing_ok=True)


def _failed(path: Path) -> int:
    try:
        text = path.read_text("ascii")[:3]
    except (OSError, UnicodeDecodeError):
        return 0
    return int(text) if text.isdecimal() else 0
