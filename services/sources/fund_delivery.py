"""What the providers of holdings have in common: which funds are asked, and one file made a delivery."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models import funds
from models.calendars import known_at, known_until, sessions
from models.funds import FUNDS, Fund
from models.names import Known
from models.records import Batch, Provenance, Validator
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Reply
from services.sources.holdings_file import HoldingsFile
from services.sources.source import Delivery, Failed, Held, Progress, Unchanged, Wish

BETWEEN_ASKS = timedelta(hours=20)
"""A provider is asked by itself at most once a day."""
_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Fetched:
    """One file as it came; `file` is None where the provider has nothing newer (304)."""

    file: HoldingsFile | None
    url: str
    retrieved_at: datetime
    sha256: str
    validator: Validator | None = None

    @classmethod
    def of(cls, reply: Reply, file: HoldingsFile | None, *, keep_validator: bool = False) -> "Fetched":
        validator = reply.validator if keep_validator else None
        return cls(file, reply.url, reply.retrieved_at, reply.sha256, validator)


def wanted(provider: str, wish: Wish) -> tuple[Fund, ...]:
    """The funds of this provider that the wish names, or its default ones."""
    if wish.funds is None:
        return defaults(provider)
    return tuple(of for name in wish.funds if (of := funds.fund(name)).provider == provider)


def defaults(provider: str) -> tuple[Fund, ...]:
    return tuple(fund for fund in FUNDS if fund.provider == provider and fund.is_default)


def held_days(held: Held, fund: Fund, now: datetime) -> tuple[date, ...]:
    """The days of which the fund's lines are held, oldest first."""
    return tuple(key.as_of for key in held.snapshots(now + _AHEAD, fund.ticker) if not key.is_weights_only)


def is_up_to_date(held: Held, fund: Fund, now: datetime) -> bool:
    """Whether the newest file that can have been published by now is held."""
    days = held_days(held, fund, now)
    return bool(days) and days[-1] >= newest_session(now)


def newest_session(now: datetime) -> date:
    """The newest session whose holdings can be known."""
    last = known_until(now, Known.NEXT_MORNING)
    return sessions(last - timedelta(days=10), last)[-1]


def latest(
    source: str,
    wished: tuple[Fund, ...],
    held: Held,
    now: datetime,
    fetch: Callable[[Fund], Fetched],
    progress: Callable[[Progress], None],
    *,
    full: bool = False,
) -> Iterator[Delivery]:
    """The newest file of each fund that is not held yet; a fund that fails does not hold up the others."""
    for number, fund in enumerate(wished):
        progress(Progress(source, f"holdings of {fund.ticker}", number, len(wished)))
        if not full and is_up_to_date(held, fund, now):
            yield Unchanged(fund.ticker, held_days(held, fund, now)[-1])
            continue
        try:
            yield checked(source, fund, fetch(fund), held_days(held, fund, now))
        except SourceError as error:
            if error.kind is ErrorKind.CANCELLED:
                raise
            yield Failed(fund.ticker, error, f"Holdings of {fund.ticker}")


def checked(source: str, fund: Fund, got: Fetched, days: tuple[date, ...]) -> Batch | Unchanged:
    """The file as a batch; raises WRONG_DATE where it is older than what is held."""
    newest = days[-1] if days else None
    if got.file is None:
        return Unchanged(fund.ticker, newest)
    as_of = got.file.snapshot.as_of
    if newest is not None and as_of < newest:
        raise SourceError(
            ErrorKind.WRONG_DATE, f"{fund.ticker}: holdings of {as_of} while those of {newest} are held", url=got.url
        )
    return Unchanged(fund.ticker, as_of) if as_of in days else batch(source, fund, got)


def batch(source: str, fund: Fund, got: Fetched) -> Batch:
    assert got.file is not None
    snapshot = got.file.snapshot
    origin = Provenance(source, fund.ticker, got.url, got.retrieved_at, snapshot.as_of, got.sha256)
    return Batch(origin, (snapshot,), got.file.refused, got.validator)


def next_due(source: str, held: Held, now: datetime) -> datetime:
    """When the oldest of the default funds can have something newer, but not soon after the last time."""
    missing = [fund for fund in defaults(source) if not is_up_to_date(held, fund, now)]
    asked = [
        moment
        for status in held.statuses()
        if status.source == source
        for moment in (status.retrieved_at, status.last_error_at)
        if moment is not None
    ]
    if missing:
        return max(now, max(asked) + BETWEEN_ASKS) if asked else now
    following = newest_session(now) + timedelta(days=1)
    return known_at(sessions(following, following + timedelta(days=10))[0], Known.NEXT_MORNING)


def all_failed(errors: list[SourceError], what: str, cancel: Cancel) -> SourceError:
    """The error of several ways that all failed: the first one's, with the others in the detail."""
    cancel.check()
    first = errors[0]
    detail = "; then ".join(str(error) for error in errors)
    return SourceError(first.kind, f"{what}: {detail}", url=first.url, retry_at=first.retry_at)
