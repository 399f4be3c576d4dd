"""What the window asks the archive about the state of the figures; these run in the archive's lane."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.formats import eastern
from models.freshness import Held, held
from models.pages.choice import Choice

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.settings import Settings
    from services.sources.source import Source
    from ui.dialogs.settings_sources import SourceOffer

_LOG_LINES = 120


@dataclass(frozen=True)
class Survey:
    """What is held and, of the sources that failed, the sentences and the lines of the log."""

    held: Held
    errors: Mapping[str, tuple[str, ...]]
    details: Mapping[str, str]


def survey(archive: "Archive", choice: Choice) -> Survey:
    errors: dict[str, tuple[str, ...]] = {}
    for status in archive.statuses():
        if status.last_error:
            errors[status.source] = (*errors.get(status.source, ()), status.last_error)
    details: dict[str, str] = {}
    for entry in archive.log(_LOG_LINES):
        if entry.message and entry.source in errors:
            line = f"{eastern(entry.moment)}  {entry.dataset}: {entry.message} {entry.detail}".rstrip()
            details[entry.source] = f"{details.get(entry.source, '')}{line}\n"
    found = held(archive, choice.as_of, is_live=choice.is_live)
    if not choice.is_live:
        from models.pages.kinds import kinds  # with the pages, and they with pandas

        others, later = kinds(archive, choice)
        found = replace(found, others=others, later=later)
    return Survey(found, errors, details)


@dataclass(frozen=True)
class Plan:
    """The default sources: what they are called, and when each wants to be asked, by name."""

    titles: Mapping[str, str]
    dues: Mapping[str, datetime]


def plan(archive: "Archive", now: datetime, settings: "Settings", *, is_offline: bool = False) -> Plan:
    """Also loads what the first download would load, so that the window does not stand still then.

    With `is_offline` there will be none, and its 11 MB stay free.
    """
    if not is_offline:
        from services.http import preload

        preload()
    sources = default_sources(settings)
    dues = {source.name: due for source in sources if (due := source.due(archive, now)) is not None}
    return Plan({source.name: source.title for source in sources}, dues)


def default_sources(settings: "Settings") -> "tuple[Source, ...]":
    """The sources that are refreshed without being named, those switched off apart."""
    from services.sources.registry import SOURCES

    return tuple(source for source in SOURCES if source.is_default and source.name not in settings.sources_off)


def sources_named(names: Iterable[str]) -> "tuple[Source, ...]":
    """The sources of these names, in the order of the registry; whoever names one wants it, switched off or not."""
    from services.sources.registry import SOURCES

    wanted = set(names)
    return tuple(source for source in SOURCES if source.name in wanted)


def source_offers() -> "tuple[SourceOffer, ...]":
    """What the settings say of each source."""
    from services.sources.registry import SOURCES, stands_in_for
    from ui.dialogs.settings_sources import SourceOffer

    return tuple(
        SourceOffer(
            source.name,
            source.title,
            source.feeds,
            source.terms.sentence,
            source.terms.url,
            source.is_default,
            source.terms.needs_consent,
            stands_in_for(source.name),
        )
        for source in SOURCES
    )


def is_in_memory(name: str) -> bool:
    """Whether the figures of a source may not be stored, so that no count of rows tells that they have come."""
    return any(not source.terms.may_be_stored for source in sources_named((name,)))
