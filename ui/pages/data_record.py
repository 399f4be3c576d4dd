"""Gathers for the Data page what the archive and the sources say; runs in the archive's lane."""

from datetime import datetime

from models.formats import day, plural
from models.pages import data
from models.pages.choice import Choice
from models.pages.data import DataPage, KeptOut, LogLine, SourceInfo
from models.reader import Reader
from services.archive.archive import Archive
from services.archive.ledger import LogEntry
from services.session_reader import SessionReader
from services.sources.registry import SOURCES, stands_in_for
from services.sources.source import Source

_LOG_LINES, _KEPT_OUT = 120, 500


def page(reader: Reader, choice: Choice) -> DataPage:
    """Raises ArchiveError. A reader that is no archive has neither log nor quarantine."""
    archive = reader.archive if isinstance(reader, SessionReader) else reader
    infos = [_info(source, archive, choice) for source in SOURCES]
    titles = {source.name: source.title for source in SOURCES} | {
        data.IMPORT: "Import",
        data.STARTER: "Built-in figures",
    }
    log: list[LogLine] = []
    kept_out: list[KeptOut] = []
    if isinstance(archive, Archive):
        log = [_line(entry, titles) for entry in archive.log(_LOG_LINES)]
        kept_out = [
            KeptOut(row.moment, titles.get(row.source, row.source), row.what, row.reason, row.content)
            for row in archive.quarantine(_KEPT_OUT)
        ]
    return data.build(reader.statuses(), infos, log, kept_out, choice)


def _info(source: Source, archive: Reader, choice: Choice) -> SourceInfo:
    due = source.due(archive, choice.as_of) if isinstance(archive, Archive) and choice.is_live else None
    return info_of(source, due)


def info_of(source: Source, due: datetime | None = None) -> SourceInfo:
    """What a source says of itself, with when it wants to be asked."""
    terms = source.terms
    return SourceInfo(
        source.name,
        source.title,
        source.feeds,
        terms.owner,
        terms.sentence,
        terms.url,
        terms.needs_consent,
        terms.may_be_stored,
        source.is_default,
        due if source.is_default else None,
        stands_in_for(source.name),
    )


def _line(entry: LogEntry, titles: dict[str, str]) -> LogLine:
    name = entry.dataset.replace("_", " ")
    title = titles.get(entry.source, entry.source)
    if entry.message:
        return LogLine(entry.moment, title, f"{name}: {entry.message}", True, entry.detail)
    counts = [
        plural(entry.rows_new, "new row") if entry.rows_new else "",
        f"{entry.rows_revised:,} revised" if entry.rows_revised else "",
        f"{entry.rows_refused:,} kept out" if entry.rows_refused else "",
    ]
    until = f" to {day(entry.as_of)}" if entry.as_of else ""
    return LogLine(entry.moment, title, f"{name}{until}: {', '.join(filter(None, counts)) or 'nothing new'}", False)
