"""Reports of crashes: kept on this machine alone, without what says whose machine it is or opens their accounts."""

import getpass
import re
from datetime import datetime
from pathlib import Path

from services.errors import InputError
from services.files import free_name, make_folder, write_atomically
from services.http_address import redact
from services.keys import without_keys
from services.paths import logs_folder

KEPT = 5
_PATTERN = "crash.txt.*"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_AUTHORIZATION = re.compile(r"(?i)\b(authorization|x-api-key|api[-_]?key|token)(['\"]?\s*[:=]\s*)(['\"]?)[^\s&'\",;]+")
_SHORTEST_NAME = 3


def redacted(text: str, profile: Path) -> str:
    """The text without keys, addresses of people, the person's name and where their folders are."""
    text = _AUTHORIZATION.sub(r"\1\2\3***", redact(without_keys(text)))
    text = _EMAIL.sub("***", text)
    for place, word in ((profile, "<data folder>"), (_home(), "~")):
        if place is not None and len(place.parts) > 1:
            text = text.replace(str(place), word)
    user = _user()
    return re.sub(rf"\b{re.escape(user)}\b", "***", text) if len(user) >= _SHORTEST_NAME else text


def keep(text: str, profile: Path, moment: datetime) -> Path | None:
    """Writes a report, redacted, and removes all but the newest few; None where the folder cannot be written to."""
    folder = logs_folder(profile)
    try:
        make_folder(folder)
        path = free_name(folder / "crash.txt", "at", moment)
        write_atomically(path, redacted(text, profile).encode())
    except InputError:
        return None
    for old in sorted(folder.glob(_PATTERN), key=lambda one: one.name, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # a system without users
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        return ""
