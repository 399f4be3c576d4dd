"""FRED of the St. Louis Fed: spreads that its terms allow to be shown, not kept.

Asked only after the person has accepted the terms; what comes is held in memory while the app runs and is never
part of a batch. One series a call, as longer lists are cut without a word; never with a browser's name, which
the host lets hang. With a key of the person's own the interface for programs is asked instead.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from models.calendars import NEW_YORK, known_at, next_federal_business_day
from models.formats import as_date
from models.names import Known
from models.records import Provenance
from models.series import FRED_DEFAULT, CreditSeries, credit_series
from services import strict_json
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from services.keys import key
from services.sources.columns import Parsed, csv_rows, from_cells
from services.sources.pace import Pace
from services.sources.session import SESSION, SessionSeries
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Wish

GRAPH_URL = "https://fred.stlouisfed.org/graph/fredgraph.csv"
API_URL = "https://api.stlouisfed.org/fred/series/observations"
FIRST_DAY = "1983-01-01"
NOTICE = "This product uses the FRED® API but is not endorsed or certified by the Federal Reserve Bank of St. Louis."


def graph_request(series: CreditSeries, now: datetime) -> Request:
    """The CSV behind a graph. `_` keeps copies of other days, which the host's cache holds, out of the way."""
    today = now.astimezone(NEW_YORK).date().isoformat()
    params = (("id", series.name), ("cosd", FIRST_DAY), ("coed", today), ("_", today))
    return Request(GRAPH_URL, Content.CSV, params, deadline_s=60.0, tries=2)


def api_request(series: CreditSeries, own_key: str) -> Request:
    params = (
        ("series_id", series.name),
        ("api_key", own_key),
        ("file_type", "json"),
        ("observation_start", FIRST_DAY),
    )
    return Request(API_URL, Content.JSON, params, deadline_s=60.0, tries=2)


def parse_graph(body: bytes, series: CreditSeries, now: datetime) -> Parsed:
    """The first column is the date, whatever its header says; missing figures are `.` or nothing.

    Raises CHANGED_FORMAT unless the second column is this series, EMPTY, IMPLAUSIBLE or BAD_CONTENT.
    """
    header, *rows = list(csv_rows(body)) or [[]]
    if len(header) != 2 or header[1] != series.name:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"header {header[:6]} instead of one with {series.name}")
    return _parsed(series, [(row[0], row[1] if len(row) > 1 else "") for row in rows], now)


def parse_api(body: bytes, series: CreditSeries, now: datetime) -> Parsed:
    try:
        answer = strict_json.load(body)
        if "error_code" in answer:
            raise SourceError(ErrorKind.BAD_REQUEST, str(answer.get("error_message", ""))[:200])
        rows = [(str(row["date"]), str(row["value"])) for row in answer["observations"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{series.name}: {error!r}"[:200]) from error
    return _parsed(series, rows, now)


def _parsed(series: CreditSeries, rows: Sequence[tuple[str, str]], now: datetime) -> Parsed:
    return from_cells(series.id, rows, known=Known.NEXT_MORNING, now=now)


class FredSource:
    """Puts what it fetches into the session; its deliveries carry no rows, so nothing of it can be saved."""

    name = "fred"
    title = "FRED"
    feeds: tuple[str, ...] = ("Market", "Story")
    terms = Terms(
        "Federal Reserve Bank of St. Louis",
        "FRED's terms allow its series to be shown but not to be stored: they are fetched into memory and gone when "
        f"the app is closed. {NOTICE}",
        "https://fred.stlouisfed.org/legal/",
        needs_consent=True,
        may_be_stored=False,
    )
    is_default = False
    datasets: tuple[str, ...] = FRED_DEFAULT

    def __init__(self, session: SessionSeries = SESSION) -> None:
        self._session = session
        self._pace = Pace()

    def deliver(
        self,
        http: Http,
        held: Held,  # noqa: ARG002 - nothing of it is in the archive
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        if self.name not in wish.accepted_terms:
            yield Failed(self.name, SourceError(ErrorKind.NOT_ACCEPTED, self.terms.url), self.title)
            return
        self._pace.asked(now)
        for done, name in enumerate(self.datasets):
            series = credit_series(name)
            progress(Progress(self.name, series.title, done, len(self.datasets)))
            try:
                self.fetch(series, http, now, cancel)
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                yield Failed(name, error, series.title)
            else:
                yield Complete(name)

    def fetch(self, series: CreditSeries, http: Http, now: datetime, cancel: Cancel) -> None:
        """One series into the session; raises SourceError."""
        if own_key := key(self.name):
            reply = http.fetch(api_request(series, own_key), cancel)
            found = parse_api(reply.body, series, now)
        else:
            reply = http.fetch(graph_request(series, now), cancel)
            found = parse_graph(reply.body, series, now)
        newest = as_date(found.observations.date[-1])
        origin = Provenance(self.name, series.name, reply.url, reply.retrieved_at, newest, reply.sha256)
        self._session.put(found.observations, origin)

    def due(self, held: Held, now: datetime) -> datetime:  # noqa: ARG002 - nothing of it is in the archive
        """At once in a new session, then each business day."""
        found = self._session.observations(credit_series(self.datasets[0]).id, now)
        if found is None:
            return self._pace.due(None, now)
        following = next_federal_business_day(as_date(found.date[-1]))
        return self._pace.due(known_at(following, Known.NEXT_MORNING), now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        """Asks without keeping anything, not even in memory."""
        for name in self.datasets:
            series = credit_series(name)
            try:
                now = datetime.now(NEW_YORK)
                found = parse_graph(http.fetch(graph_request(series, now), cancel).body, series, now).observations
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                yield Question(f"{name} can be read", False, f"{error.sentence} {error.detail}".strip())
                continue
            yield Question(f"{name} can be read", True, f"{len(found):,} from {found.date[0]} to {found.date[-1]}")
