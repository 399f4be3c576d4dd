"""The Data page: what is held of each source and how old it is, what went wrong, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.calendars import Release, newest_released, release, upcoming
from models.formats import day, plural
from models.freshness import GRACE
from models.pages.choice import Choice
from models.records import SourceStatus

STARTER, IMPORT, CFTC = "starter", "import", "cftc"
NEXT_REPORTS = 4
_NAMED = 3


class State(StrEnum):
    """How a source stands; `OFF` where it is asked only on request and nothing of it is held."""

    CURRENT = "current"
    LATE = "late"
    FAILED = "failed"
    PARTLY = "partly"
    EMPTY = "empty"
    OFF = "off"
    OWN = "own"


STATE_TITLES: dict[State, str] = {
    State.CURRENT: "Current",
    State.LATE: "Late",
    State.FAILED: "Last try failed",
    State.PARTLY: "Failed in part",
    State.EMPTY: "Not fetched yet",
    State.OFF: "On request",
    State.OWN: "By import",
}
FLAGGED = frozenset({State.LATE, State.FAILED, State.PARTLY})


@dataclass(frozen=True)
class SourceInfo:
    """What a source says of itself. `due` is when it wants to be asked next, None for only on request.

    `stands_in_for` is the title of the source in whose place it is asked, should that one fail.
    """

    name: str
    title: str
    feeds: tuple[str, ...]
    owner: str
    terms: str
    url: str
    needs_consent: bool
    may_be_stored: bool
    is_default: bool
    due: datetime | None
    stands_in_for: str = ""


@dataclass(frozen=True)
class LogLine:
    """A batch that was stored, or a failure that stands."""

    moment: datetime
    source: str
    text: str
    is_failure: bool
    detail: str = ""


@dataclass(frozen=True)
class KeptOut:
    """A row that was kept out of the archive, with the reason in plain words and the row as it came."""

    moment: datetime
    source: str
    what: str
    reason: str
    content: str


@dataclass(frozen=True)
class SourceRow:
    """One row of the table of sources; `released` is known only for reports of the CFTC."""

    info: SourceInfo
    state: State
    as_of: date | None
    released: datetime | None
    fetched: datetime | None
    rows: int
    error: str
    datasets: tuple[SourceStatus, ...]
    is_due: bool = False

    @property
    def name(self) -> str:
        return self.info.name


@dataclass(frozen=True)
class DataPage:
    """Everything that the page draws, as of a moment."""

    moment: datetime
    is_live: bool
    sentence: str
    caption: str
    sources: tuple[SourceRow, ...]
    coming: tuple[Release, ...]
    log: tuple[LogLine, ...]
    kept_out: tuple[KeptOut, ...]


def build(
    statuses: Sequence[SourceStatus],
    sources: Sequence[SourceInfo],
    log: Iterable[LogLine],
    kept_out: Iterable[KeptOut],
    choice: Choice,
) -> DataPage:
    """The record, from what the archive and the sources say; log and what was kept out are newest first."""
    moment = choice.as_of
    rows = [_row(info, [s for s in statuses if s.source == info.name], choice) for info in (*sources, *_own(statuses))]
    rows.sort(key=lambda row: row.state is State.OFF)  # what nobody asked for goes last
    return DataPage(
        moment,
        choice.is_live,
        _sentence(rows),
        _caption(rows, choice),
        tuple(rows),
        upcoming(moment, NEXT_REPORTS),
        tuple(log),
        tuple(kept_out),
    )


def _own(statuses: Sequence[SourceStatus]) -> list[SourceInfo]:
    """What is held without a provider: the user's files, and the built-in figures while any of them is used."""
    files = SourceInfo(IMPORT, "Your own files", ("All pages",), "You", "", "", False, True, True, None)
    built_in = SourceInfo(STARTER, "Built-in figures", ("All pages",), "Aboutface", "", "", False, True, True, None)
    return [files, *([built_in] if any(status.source == STARTER for status in statuses) else [])]


def _row(info: SourceInfo, held: Sequence[SourceStatus], choice: Choice) -> SourceRow:
    as_of = max((status.as_of for status in held if status.as_of), default=None)
    return SourceRow(
        info,
        _state(info, held, as_of, choice),
        as_of,
        release(as_of).at if info.name == CFTC and as_of else None,
        max((status.retrieved_at for status in held if status.retrieved_at), default=None),
        sum(status.rows for status in held),
        _error(held),
        tuple(held),
        info.due is not None and info.due <= choice.as_of,
    )


def _state(info: SourceInfo, held: Sequence[SourceStatus], as_of: date | None, choice: Choice) -> State:
    if info.name in (IMPORT, STARTER):
        return State.OWN
    failed = [status for status in held if status.last_error]
    if failed:
        return State.FAILED if len(failed) == len(held) else State.PARTLY
    if as_of is None:
        return State.EMPTY if info.is_default else State.OFF
    is_late = info.name == CFTC and choice.is_live and as_of < newest_released(choice.as_of - GRACE)
    return State.LATE if is_late else State.CURRENT


def _error(held: Sequence[SourceStatus]) -> str:
    """The sentences of what failed, each once, with the datasets that it is about where there are others."""
    about: dict[str, list[str]] = {}
    for status in held:
        if status.last_error:
            about.setdefault(status.last_error, []).append(status.dataset)
    return " ".join(
        error if len(names) == len(held) else f"{_listed(names)}: {error}" for error, names in about.items()
    )


def _listed(names: Sequence[str]) -> str:
    shown = [name.replace("_", " ") for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _sentence(rows: Sequence[SourceRow]) -> str:
    failed = [row.info.title for row in rows if row.state is State.FAILED]
    partly = [row.info.title for row in rows if row.state is State.PARTLY]
    late = [row.info.title for row in rows if row.state is State.LATE]
    said = [f"{_and(failed)} could not be refreshed."] if failed else []
    said += [f"{_and(partly)} could be refreshed only in part."] if partly else []
    said += [f"A report of the {_and(late)} is late."] if late else []
    fetched = [row for row in rows if row.state is State.CURRENT]
    if not said and not fetched:
        return "Nothing has been downloaded yet; the pages show the built-in figures and your own files."
    if fetched:
        said.append("The other sources held are current." if said else "Every source that is held is current.")
    return " ".join(said)


def _caption(rows: Sequence[SourceRow], choice: Choice) -> str:
    if not choice.is_live:
        return "The desk is rewound. This page shows what is held today, and the next reports as of then."
    kept = [row for row in rows if row.state in FLAGGED and row.as_of is not None]
    if kept:
        listed = "; ".join(f"{row.info.title} to {day(row.as_of)}" for row in kept)
        return f"Pages keep the figures that are held and say how old they are: {listed}."
    total = sum(row.rows for row in rows)
    return f"{plural(total, 'row')} held in the archive." if total else ""


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
