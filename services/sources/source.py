"""What a source of data is: what it offers and on which terms, and how it delivers checked batches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from models.names import Report
from models.records import (
    Batch,
    Contract,
    Observations,
    Positions,
    Provenance,
    Snapshot,
    SnapshotKey,
    SourceStatus,
    Validator,
)
from services.cancel import Cancel
from services.errors import SourceError
from services.http import Http


@dataclass(frozen=True)
class Terms:
    """On which terms a source may be used; one that needs consent is asked only after it was given."""

    owner: str
    sentence: str
    url: str
    needs_consent: bool = False
    may_be_stored: bool = True


@dataclass(frozen=True)
class Wish:
    """What a person asked to be refreshed.

    `markets` are names of the catalogue or contract codes, None the whole catalogue; `all_markets` every code
    that is listed. `funds` None is all known funds, `symbols` None all symbols of a source of closes.
    """

    markets: tuple[str, ...] | None = None
    all_markets: bool = False
    full: bool = False
    backfill: bool = False
    accepted_terms: frozenset[str] = frozenset()
    funds: tuple[str, ...] | None = None
    symbols: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Progress:
    """How far a source is: `done` of `total` steps, None where that is not known."""

    source: str
    text: str
    done: int = 0
    total: int | None = None

    def __str__(self) -> str:
        share = f" ({self.done} of {self.total})" if self.total else ""
        return f"{self.source}: {self.text}{share}"


@dataclass(frozen=True)
class Failed:
    """One dataset of a source could not be read; the others go on. `title` names it for people."""

    dataset: str
    error: SourceError
    title: str = ""


@dataclass(frozen=True)
class Unchanged:
    """The source has nothing newer for this dataset."""

    dataset: str
    as_of: date | None = None


@dataclass(frozen=True)
class Complete:
    """A dataset was delivered to its end; `is_full` where that was its whole history.

    `note` is a sentence on what is missing all the same; the refresh was then good only in part.
    """

    dataset: str
    is_full: bool = False
    note: str = ""


Delivery = Batch | Failed | Unchanged | Complete


@dataclass(frozen=True)
class Question:
    """One assumption about a source, asked of the live host: whether it holds (None: could not be told)."""

    text: str
    holds: bool | None
    found: str = field(default="")


class Held(Protocol):
    """What a source may ask of the archive to know what is still missing."""

    def newest_report(self, report: Report, as_of: datetime, codes: Sequence[str] | None = None) -> date | None: ...

    def latest_positions(self, report: Report, as_of: datetime, reports: int = 1) -> Positions: ...

    def contracts(self, as_of: datetime) -> tuple[Contract, ...]: ...

    def observations(self, series: str, as_of: datetime) -> Observations | None: ...

    def snapshots(self, as_of: datetime, fund: str | None = None) -> tuple[SnapshotKey, ...]: ...

    def snapshot(self, key: SnapshotKey) -> Snapshot: ...

    def provenance(self, batch: int) -> Provenance: ...

    def statuses(self) -> tuple[SourceStatus, ...]: ...

    def validator(self, url: str) -> Validator | None: ...

    def last_full(self, source: str, dataset: str) -> datetime | None: ...


class Source(Protocol):
    """One provider. `deliver` is plain blocking work; parsing is pure and apart from it."""

    name: str
    title: str
    feeds: tuple[str, ...]
    terms: Terms
    is_default: bool
    datasets: tuple[str, ...]

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        """Checked batches in the order in which they should be saved, and what became of each dataset.

        A dataset that fails is delivered as `Failed`; only CANCELLED is raised.
        """
        ...

    def due(self, held: Held, now: datetime) -> datetime | None:
        """When the source should next be asked by itself; None: only on request."""
        ...

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        """Each assumption of the documentation as a question to the live host; raises SourceError."""
        ...
