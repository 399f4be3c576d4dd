"""Sources that publish series as files with their whole history: one way to fetch, check and deliver them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from models.calendars import is_session, known_at
from models.formats import as_date
from models.names import Known
from models.records import Batch, Provenance
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Http, Reply, Request
from services.http_address import with_query
from services.sources.columns import Parsed
from services.sources.pace import Pace
from services.sources.plausible import check, news
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Unchanged, Wish

Parse = Callable[[bytes, datetime], Sequence[Parsed]]


@dataclass(frozen=True)
class SeriesFile:
    """One file: how it is asked for, which series it holds and how it is read.

    `is_whole` is false for one that has only a part of its series' history.
    """

    dataset: str
    title: str
    request: Request
    series: tuple[str, ...]
    parse: Parse
    is_price: bool = False
    is_whole: bool = True


def deliver(
    source: str, file: SeriesFile, http: Http, held: Held, now: datetime, cancel: Cancel, *, afresh: bool = False
) -> Iterator[Delivery]:
    """What of a file is new. It is asked whether it has changed only while all its series are held, not `afresh`."""
    before = {series: held.observations(series, now) for series in file.series}
    has_all = all(found is not None for found in before.values())
    validator = held.validator(with_query(file.request.url, file.request.params)) if has_all and not afresh else None
    newest = max((as_date(found.date[-1]) for found in before.values() if found is not None), default=None)
    try:
        reply = http.fetch(replace(file.request, validator=validator), cancel)
        if reply.not_modified:
            yield Unchanged(file.dataset, newest)
            return
        parsed = file.parse(reply.body, now)
        for found in parsed:
            one = found.observations
            check(
                one,
                before[one.series],
                is_price=file.is_price,
                is_whole=file.is_whole,
                reaches_now=file.is_whole,
            )
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            raise
        yield Failed(file.dataset, error, file.title)
        return
    fresh = [news(found.observations, before[found.observations.series]) for found in parsed]
    if not any(len(one) for one in fresh):
        yield Unchanged(file.dataset, max(as_date(found.observations.date[-1]) for found in parsed))
        return
    yield Batch(
        provenance(source, file.dataset, reply, parsed),
        tuple(one for one in fresh if len(one)),
        tuple(refusal for found in parsed for refusal in found.refused),
        None if any(found.waiting for found in parsed) else reply.validator,
    )
    yield Complete(file.dataset, is_full=file.is_whole)


def provenance(source: str, dataset: str, reply: Reply, parsed: Sequence[Parsed]) -> Provenance:
    """Where series came from; their newest day is the batch's."""
    newest = max(as_date(found.observations.date[-1]) for found in parsed)
    return Provenance(source, dataset, reply.url, reply.retrieved_at, newest, reply.sha256)


@dataclass
class SeriesFileSource:
    """A provider of one or more such files. `rhythm` is after how long its newest observation is expected to be old."""

    name: str
    title: str
    terms: Terms
    files: tuple[SeriesFile, ...]
    rhythm: timedelta
    feeds: tuple[str, ...] = ("Market", "Story")
    is_default: bool = True
    datasets: tuple[str, ...] = field(init=False)
    _pace: Pace = field(init=False, default_factory=Pace)

    def __post_init__(self) -> None:
        self.datasets = tuple(file.dataset for file in self.files)

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        self._pace.asked(now)
        for done, file in enumerate(self.files):
            progress(Progress(self.name, file.title, done, len(self.files)))
            yield from deliver(self.name, file, http, held, now, cancel, afresh=wish.full)

    def due(self, held: Held, now: datetime) -> datetime:
        first = self.files[0]
        found = held.observations(first.series[0], now)
        if found is None:
            return self._pace.due(None, now)
        newest = as_date(found.date[-1])
        if first.is_price:
            return self._pace.due(next_close(newest, found.known), now)
        return self._pace.due(known_at(newest + self.rhythm, Known.NEXT_MORNING), now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        for file in self.files:
            yield from ask(file, http, cancel)


def ask(file: SeriesFile, http: Http, cancel: Cancel) -> Iterator[Question]:
    """Whether a file is where it was and as it was, how far it reaches, and whether it says when it has not changed."""
    try:
        reply = http.fetch(file.request, cancel)
        yield Question(f"{file.title} answers", True, f"{len(reply.body):,} bytes")
        parsed = file.parse(reply.body, reply.retrieved_at)
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            raise
        yield Question(f"{file.title} can be read", False, f"{error.sentence} {error.detail}".strip())
        return
    for found in parsed:
        one = found.observations
        yield Question(f"{one.series} has its columns", True, f"{len(one):,} from {one.date[0]} to {one.date[-1]}")
    if reply.validator is None:
        yield Question(f"{file.title} can be asked for changes only", False, "no ETag and no Last-Modified")
        return
    again = http.fetch(replace(file.request, validator=reply.validator), cancel)
    yield Question(f"{file.title} can be asked for changes only", again.not_modified, f"HTTP {again.status}")


def next_close(newest: date, known: Known) -> datetime:
    """When the close of the session after a day should be there, a quarter of an hour after it is known."""
    return known_at(_next_session(newest), known) + timedelta(minutes=15)


def _next_session(day: date) -> date:
    day += timedelta(days=1)
    while not is_session(day):
        day += timedelta(days=1)
    return day


def is_current(newest: date, known: Known, now: datetime) -> bool:
    """Whether no later session's close was known at a moment."""
    return known_at(_next_session(newest), known) > now
