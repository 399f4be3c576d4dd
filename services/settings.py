"""What a person has set, and what the window remembers, in one JSON file; one that cannot be used is set aside."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from services.errors import InputError
from services.files import free_name, make_folder, reason, write_atomically
from services.paths import settings_path

THEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 115, 130)

MAX_BYTES = 1_000_000
LONGEST_TEXT = 2_000

_CHOICES: Mapping[str, tuple[object, ...]] = {"theme": THEMES, "text_size_pct": TEXT_SIZES}


@dataclass(frozen=True)
class Settings:
    """All settings with their defaults. `pages` and `layout` hold what the window remembers, as plain JSON.

    `mappings` says how the columns of a user's own files are read, by the mark of their header. `watching` holds the
    rules of `models.watch` and what they have raised.

    `board_file` is where the Federal Reserve Board keeps its bond premium, "" for the address that the app knows.

    `check_releases` asks for newer versions, last on the day `releases_checked` (ISO, UTC).

    `unknown` keeps keys of other versions, so that they survive a save.
    """

    theme: str = "system"
    text_size_pct: int = 100
    start_page: str = ""
    market: str = "russell-2000"
    mirror: str = ""
    proxy: str = ""
    contact_email: str = ""
    board_file: str = ""
    export_folder: str = ""
    has_consent: bool = False
    auto_refresh: bool = True
    single_letter_keys: bool = True
    check_releases: bool = False
    releases_checked: str = ""
    seen_hints: bool = False
    accepted_terms: tuple[str, ...] = ()
    sources_off: tuple[str, ...] = ()
    pages: dict[str, Any] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=dict)
    mappings: dict[str, Any] = field(default_factory=dict)
    watching: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, Any] = field(default_factory=dict)


_KNOWN = tuple(item.name for item in fields(Settings) if item.name != "unknown")


class _Unusable(Exception):
    """The file holds no settings."""


def load(profile: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and plain sentences about what could not be used; a file that is missing is no fault.

    A file that cannot be read as settings is renamed, so that the next save does not take its place. Where single
    values cannot be used, those are at their defaults and the file as it was is kept under another name.
    """
    path = settings_path(profile)
    try:
        held = _read(path)
    except OSError as error:
        return Settings(), (f"The settings could not be read ({reason(error)}); the defaults are used.",)
    except _Unusable:
        return Settings(), (_set_aside(path),)
    settings, wrong = _checked(held)
    if not wrong:
        return settings, ()
    return settings, (_correct(profile, settings, wrong),)


def save(profile: Path, settings: Settings) -> None:
    """Writes the file in one step; raises InputError where it cannot, or where a bad file would be lost by it."""
    path = settings_path(profile)
    held = asdict(settings)
    body = {**held.pop("unknown"), **held}
    make_folder(profile)
    try:
        _keep_if_bad(path)
    except OSError as error:
        raise InputError(f"The settings could not be written to {path}: {reason(error)}.") from error
    write_atomically(path, json.dumps(body, indent=1, allow_nan=False).encode())


def _read(path: Path) -> dict[str, Any]:
    """What the file holds, nothing where there is none; raises _Unusable or OSError."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):  # where the folder cannot be used, opening the archive says so
        return {}
    try:
        held = json.loads(body, parse_constant=_refuse) if len(body) <= MAX_BYTES else None
    except (ValueError, RecursionError) as error:
        raise _Unusable from error
    if not isinstance(held, dict):
        raise _Unusable
    return held


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _bad_name(path: Path) -> Path:
    return free_name(path, "bad", datetime.now(UTC))


def _set_aside(path: Path) -> str:
    kept = _bad_name(path)
    try:
        path.rename(kept)
    except OSError:
        return "The settings could not be used; the defaults are, and the file is left as it is."
    return f"The settings could not be used and were kept as {kept.name}; the defaults are used."


def _correct(profile: Path, settings: Settings, wrong: list[str]) -> str:
    """Writes the settings without the values that cannot be used, after the file as it was has been kept."""
    told = f"These settings had values that cannot be used and are at their defaults: {', '.join(wrong)}."
    path = settings_path(profile)
    kept = _bad_name(path)
    try:
        write_atomically(kept, path.read_bytes())
        save(profile, settings)
    except (InputError, OSError):
        return told
    return f"{told} The file as it was is kept as {kept.name}."


def _keep_if_bad(path: Path) -> None:
    """A file that is no settings (`load` could not rename it, or it was put there since) is never overwritten."""
    try:
        _read(path)
    except (_Unusable, PermissionError):
        path.rename(_bad_name(path))


def _checked(held: dict[str, Any]) -> tuple[Settings, list[str]]:
    """Known keys with values that can be used, unknown keys as they are, and the names of the others."""
    defaults = Settings()
    usable: dict[str, Any] = {}
    wrong = []
    for name in _KNOWN:
        if name in held:
            value = _usable(name, held[name], getattr(defaults, name))
            if value is None:
                wrong.append(name)
            else:
                usable[name] = value
    unknown = {name: value for name, value in held.items() if name not in _KNOWN}
    return replace(defaults, **usable, unknown=unknown), wrong


def _usable(name: str, value: object, default: object) -> object | None:
    """The value as the setting takes it, None where it is of another kind or not among the choices."""
    if isinstance(default, tuple):
        is_list = isinstance(value, list) and all(_is_text(item) for item in value)
        return tuple(value) if is_list and isinstance(value, list) else None
    if type(value) is not type(default) or (isinstance(value, str) and not _is_text(value)):
        return None
    return value if value in _CHOICES.get(name, (value,)) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT
