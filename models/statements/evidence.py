"""What stands behind a statement: the definition in words, the rows compared, the other definitions, the sources."""

from dataclasses import dataclass
from datetime import date, datetime

from models.records import Floats


@dataclass(frozen=True)
class EvidenceRow:
    """One line of a small table, its cells already in words; sums are drawn heavier."""

    cells: tuple[str, ...]
    is_sum: bool = False


@dataclass(frozen=True)
class Strip:
    """All ranked values on one axis, with the compared ones labelled: (value, label, is this one)."""

    caption: str
    values: Floats
    marks: tuple[tuple[float, str, bool], ...]


@dataclass(frozen=True)
class OtherDefinition:
    """How the same statement fares under another definition; `mark` is true, false, short or missing."""

    mark: str
    name: str
    result: str


@dataclass(frozen=True)
class SourceLine:
    """One source of the rows: provider, address, report date, release and retrieval."""

    title: str
    url: str
    report_date: date | None
    released_at: datetime | None
    release_is_uncertain: bool
    retrieved_at: datetime | None


@dataclass(frozen=True)
class Evidence:
    """Everything that the drawer shows, and what is copied and exported from it."""

    claim: str
    verdict: str
    lead: str
    lead_note: str
    strip: Strip | None
    definition: tuple[str, ...]
    table_title: str
    headers: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    others: tuple[OtherDefinition, ...]
    sample: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    sentence: str
    export_headers: tuple[str, ...]
    export_rows: tuple[tuple[object, ...], ...]
