"""What the sources of estimates and accounts share: which companies are asked about, and one way to go through them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from models.calendars import NEW_YORK
from models.funds import LARGE_DEFAULT, SMALL_DEFAULT
from models.records import Batch, Estimate, Fact, Provenance, Refusal, SnapshotKey
from services.cancel import Cancel
from services.errors import STOPS_HOST, ErrorKind, SourceError
from services.http import Reply
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Unchanged, Wish

_CASH = ("", "-", "USD")

Rows = tuple[Estimate, ...] | tuple[Fact, ...]
Answer = tuple[Rows, tuple[Refusal, ...], Reply]
Ask = Callable[[Sequence[str], Cancel], Answer]


def newest_files(held: Held, wish: Wish, now: datetime) -> tuple[SnapshotKey, ...]:
    """The newest holdings of the funds that were wished for, else of those that stand for small and large caps."""
    wanted = wish.funds or (SMALL_DEFAULT, LARGE_DEFAULT)
    newest = {key.fund: key for key in held.snapshots(now) if not key.is_weights_only}
    return tuple(newest[fund] for fund in wanted if fund in newest)


def tickers(held: Held, wish: Wish, now: datetime) -> tuple[str, ...]:
    """The companies in those funds, each once, sorted. Raises EMPTY where no holdings are held yet."""
    found = {
        holding.ticker
        for key in newest_files(held, wish, now)
        for holding in held.snapshot(key).holdings
        if holding.asset_class in ("", "Equity") and holding.ticker not in _CASH
    }
    if not found:
        raise SourceError(ErrorKind.EMPTY, "no holdings of a fund are held, which would name the companies to ask for")
    return tuple(sorted(found))


def portions(names: Sequence[str], size: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names[at : at + size]) for at in range(0, len(names), size))


def by_portions(
    source: str,
    dataset: str,
    asked: Sequence[tuple[str, ...]],
    ask: Ask,
    held: Held,
    now: datetime,
    cancel: Cancel,
    progress: Callable[[Progress], None],
    *,
    fresh_for: timedelta,
) -> Iterator[Delivery]:
    """One batch a portion, so that what was cut off goes on where it stopped: a portion is a dataset of its own.

    A portion that was fetched within `fresh_for` is not asked again. A failure that concerns the host ends it all,
    another one only its portion.
    """
    fetched = {status.dataset: status for status in held.statuses() if status.source == source}
    failed = 0
    for done, portion in enumerate(asked):
        name = f"{dataset}/{_mark(portion)}"
        status = fetched.get(name)
        if status is not None and status.retrieved_at is not None and now - status.retrieved_at < fresh_for:
            yield Unchanged(name, status.as_of)
            continue
        progress(Progress(source, f"{portion[0]} to {portion[-1]}", done, len(asked)))
        try:
            rows, refused, reply = ask(portion, cancel)
        except SourceError as error:
            if error.kind is ErrorKind.CANCELLED:
                raise
            yield Failed(name, error, f"{portion[0]} to {portion[-1]}")
            if error.kind in STOPS_HOST:
                return
            failed += 1
            continue
        yield Batch(_provenance(source, name, reply, rows), (rows,) if rows else (), refused)
    note = f"{failed} of {len(asked)} portions of the companies could not be fetched." if failed else ""
    yield Complete(dataset, is_full=not failed, note=note)


def _mark(portion: Sequence[str]) -> str:
    """A short name for a set of companies that stays the same from day to day."""
    import hashlib  # which loads OpenSSL

    return hashlib.sha256(",".join(portion).encode()).hexdigest()[:12]


def _provenance(source: str, dataset: str, reply: Reply, rows: Rows) -> Provenance:
    days = [row.vintage if isinstance(row, Estimate) else row.period_end for row in rows]
    return Provenance(source, dataset, reply.url, reply.retrieved_at, max(days, default=None), reply.sha256)


def on_day(moment: datetime) -> date:
    """The day of a moment in New York, which dates an answer that has no date of its own."""
    return moment.astimezone(NEW_YORK).date()
