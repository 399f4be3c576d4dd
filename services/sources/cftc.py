"""The CFTC's Commitments of Traders: six reports by the public API, by the yearly files where it fails."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from models.calendars import FIRST_REPORT, newest_released, next_release, release
from models.markets import MARKETS, Market, UnknownMarket, market
from models.names import Family, Report
from services.cancel import Cancel
from services.errors import ErrorKind, InputError, SourceError
from services.http import Http
from services.sources.cftc_delivery import SOURCE, Run, deliver_report
from services.sources.cftc_questions import ask_all
from services.sources.source import Delivery, Failed, Held, Progress, Question, Terms, Wish

_POLLS = (
    (timedelta(hours=1), timedelta(minutes=1)),
    (timedelta(days=1), timedelta(minutes=15)),
    (timedelta.max, timedelta(hours=6)),
)
"""How late a report is (less than), and how long to wait between two questions for it."""

_FIRST_RELEASE = release(FIRST_REPORT).at


class CftcSource:
    """One dataset a report. What is held decides how far back is asked: all of it, or the newest eight reports."""

    name = SOURCE
    title = "CFTC"
    feeds: tuple[str, ...] = ("Story", "Positioning", "Check")
    terms = Terms(
        "U.S. Commodity Futures Trading Commission",
        "A work of the US government in the public domain; the CFTC does not endorse this app.",
        "https://www.cftc.gov/WebPolicy/index.htm",
    )
    is_default = True
    datasets: tuple[str, ...] = tuple(report.value for report in Report)

    def __init__(self) -> None:
        self._asked_at: datetime | None = None

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        """See `Source`. Raises InputError where the wish names an unknown market."""
        self._asked_at = now
        run = Run(http, held, wish, now, cancel, progress)
        asked = [(report, codes) for report in Report if (codes := wanted_codes(wish, report.family)) != ()]
        for report, codes in asked:
            yield from deliver_report(run, report, codes)
        if asked and wish.markets is not None and not run.has_rows and not run.has_failed:
            named = ", ".join(wish.markets)
            yield Failed(asked[0][0], SourceError(ErrorKind.EMPTY, f"the CFTC lists no contract of {named}"), named)

    def due(self, held: Held, now: datetime) -> datetime:
        """At the next release; while a released report is missing, more and more seldom as it gets late."""
        if now < _FIRST_RELEASE:  # a clock that was never set
            return _FIRST_RELEASE
        newest = [
            held.newest_report(report, now) for report in Report if held.last_full(self.name, report.value) is not None
        ]
        expected = newest_released(now)
        if newest and all(day is not None and day >= expected for day in newest):
            return next_release(now).at
        if self._asked_at is None:
            return now
        late = now - release(expected).at
        return min(self._asked_at, now) + next(pause for limit, pause in _POLLS if late < limit)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        yield from ask_all(http, cancel)


def wanted_codes(wish: Wish, family: Family) -> Sequence[str] | None:
    """The contract codes that the wish concerns in the reports of a family; None for all that are listed.

    The catalogue knows for each market whether TFF or Disaggregated classifies its traders; Legacy has all, and
    for codes outside of the catalogue every report is asked.
    """
    if wish.all_markets:
        return None
    markets = MARKETS if wish.markets is None else [_market(name) for name in wish.markets]
    suits = (family, Family.LEGACY)
    codes = [code for of in markets if family is Family.LEGACY or of.main_family in suits for code in of.codes]
    return tuple(dict.fromkeys(codes))


def _market(name: str) -> Market:
    try:
        return market(name)
    except UnknownMarket as error:
        raise InputError(str(error)) from error
