"""The log files: warnings of the app, and what is written when a process is ended by a fault of the machine's kind."""

import faulthandler
import logging
from pathlib import Path

from services.paths import logs_folder

_LOG_BYTES = 1_000_000
_LONGEST_TRACE = 200_000
_NATIVE = "faults.log"


class _QuietLog(logging.FileHandler):
    """A log that cannot be written, as on a full disk, must not become a fault of its own."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        pass


def keep_logs(profile: Path) -> None:
    """Warnings and faults go to a file in the profile, the one before is kept; nothing is lost where that fails."""
    folder = logs_folder(profile)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "aboutface.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(folder / "aboutface.log.1")
        handler = _QuietLog(log, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        faulthandler.enable((folder / _NATIVE).open("a", encoding="utf-8"))
    except OSError:
        logging.basicConfig(level=logging.WARNING)


def take_last_crash(profile: Path) -> str:
    """The trace that a process left which the system ended, once; nothing where the last one ended in order."""
    path = logs_folder(profile) / _NATIVE
    try:
        with path.open("r+", encoding="utf-8", errors="replace") as file:
            found = file.read(_LONGEST_TRACE)
            file.truncate(0)
    except OSError:  # none was left, or the folder may only be read
        return ""
    return found
