"""What a source is to the rest of the app, and what travels between a source and the refresh.

A source brings datasets. Each is independent: where one fails, the others go on, so a failure is an item
of the delivery and not an exception. For every dataset it asks, a source yields its batches, in the order
in which they are to be saved, and then exactly one `Finished` or `Failed`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.names import Report
from models.records import Batch, Contract, Positions, SourceStatus, Validator
from services.cancel import Cancel
from services.errors import SourceError
from services.http import Http


@dataclass(frozen=True)
class Terms:
    """Whose figures they are, under what terms; with `needs_consent` nothing is fetched before a person agreed."""

    owner: str
    sentence: str
    url: str
    needs_consent: bool = False


@dataclass(frozen=True)
class Wish:
    """What a refresh is to bring.

    `markets` are names of the catalogue or contract codes, None the whole catalogue; `all_markets` asks for
    every code that is listed. `full` asks for whole histories again, `backfill` for what lies before them.
    `accepted_terms` names the sources whose terms have been accepted.
    """

    markets: tuple[str, ...] | None = None
    all_markets: bool = False
    full: bool = False
    backfill: bool = False
    accepted_terms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Progress:
    """How far a source has come; `total` is None where it is not known. Read as text it is a line for people."""

    source: str
    text: str
    done: int = 0
    total: int | None = None

    def __str__(self) -> str:
        return f"{self.source}: {self.text}"


@dataclass(frozen=True)
class Finished:
    """A dataset is as new as the provider has it.

    `is_full` says that its whole history was brought, `mark` under which name that is remembered (the
    dataset's own where it is empty). `note` is a sentence on what is missing all the same: then the refresh
    was good only in part.
    """

    dataset: str
    is_full: bool = False
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class Failed:
    """A dataset could not be brought; what is held of it stays. `title` names it in sentences."""

    dataset: str
    title: str
    error: SourceError


Delivery = Batch | Finished | Failed


@dataclass(frozen=True)
class Question:
    """One assumption about a provider, put to the live host; `holds` is None where it could not be asked."""

    text: str
    holds: bool | None
    found: str


class Held(Protocol):
    """What a source may ask of the archive: what is there already, so that it need not be fetched again."""

    def newest_report(self, report: Report, as_of: datetime, codes: Sequence[str] | None = None) -> date | None: ...

    def latest_positions(self, report: Report, as_of: datetime, reports: int = 1) -> Positions: ...

    def contracts(self, as_of: datetime) -> tuple[Contract, ...]: ...

    def statuses(self) -> tuple[SourceStatus, ...]: ...

    def validator(self, url: str) -> Validator | None: ...

    def last_full(self, source: str, dataset: str) -> datetime | None: ...


class Source(Protocol):
    """A provider of data. `name` is what people type, `feeds` the pages that show its figures."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def feeds(self) -> tuple[str, ...]: ...

    @property
    def hosts(self) -> tuple[str, ...]: ...

    @property
    def terms(self) -> Terms: ...

    @property
    def is_default(self) -> bool:
        """Whether a refresh without names asks it."""
        ...

    @property
    def datasets(self) -> tuple[str, ...]: ...

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        """Fetches what is due under the wish, as checked batches; raises SourceError only when cancelled."""
        ...

    def due(self, held: Held, now: datetime) -> datetime:
        """When it should next be asked; not after `now` where it is due."""
        ...

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        """Asks the live host whether what the source rests on still holds."""
        ...
