"""iShares' holdings: three ways to the same figures, tried in order, each believed only for the day asked for."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from models import funds
from models.calendars import NEW_YORK, sessions
from models.formats import month as month_title
from models.funds import Fund
from models.records import Validator
from services.cancel import Cancel
from services.errors import STOPS_HOST, ErrorKind, SourceError
from services.http import Content, Http, Request
from services.sources import fund_delivery as delivery
from services.sources.fund_delivery import Fetched
from services.sources.holdings_file import HoldingsFile, check
from services.sources.ishares_files import parse_csv, parse_json
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Wish

_API = "varnish-api/blk-one01-product-data/product-data/api"
JSON_URL = f"https://www.ishares.com/{_API}/v2/get-product-data"
DOCUMENT_URL = f"https://www.blackrock.com/{_API}/v1/get-fund-document"
_COMMON = (
    ("appSubType", "ISHARES"),
    ("appType", "PRODUCT_PAGE"),
    ("locale", "en_US"),
    ("targetSite", "us-ishares"),
    ("userType", "individual"),
)
_JSON_HEADERS = (("Accept", "application/json"), ("x-application-id", "pp-ui-csr"))
_CSV_HEADERS = (("Accept", "text/csv,*/*"),)

FIRST_MONTH = date(2011, 6, 1)
"""The oldest month of which a fund's history was seen."""
NOT_ARCHIVED = frozenset({ErrorKind.WRONG_DATE, ErrorKind.EMPTY, ErrorKind.NOT_FOUND})
_ASKED_AGAIN_AFTER = timedelta(days=180)
_DAYS_TRIED = 3
"""Sessions at the end of a month that are asked for; each miss costs one small answer after the first."""
_DAYS_BACK = 7


def json_request(fund: Fund, day: date | None, validator: Validator | None = None) -> Request:
    params = (
        *_COMMON,
        ("component", "holdings.all"),
        ("portfolioId", fund.product_id),
        ("excludeContent", "true"),
        ("includeConfig", "true"),
        ("asOfDate", f"{day:%Y%m%d}" if day else ""),
    )
    return Request(JSON_URL, Content.JSON, params, _JSON_HEADERS, validator, deadline_s=45.0)


def document_request(fund: Fund, day: date | None) -> Request:
    params = (*_COMMON, ("component", "holdings"), ("portfolioId", fund.product_id))
    dated = (*params, ("asOfDate", f"{day:%Y%m%d}")) if day else params
    return Request(DOCUMENT_URL, Content.CSV, dated, _CSV_HEADERS, deadline_s=30.0)


def latest_request(fund: Fund) -> Request:
    """The file that knows only the current day; it ignores every date."""
    url = f"https://www.ishares.com/us/products/{fund.product_id}/{fund.slug}/latest-holdings.csv"
    return Request(url, Content.CSV, (), _CSV_HEADERS, deadline_s=30.0)


def fetch(
    http: Http,
    fund: Fund,
    cancel: Cancel,
    now: datetime,
    *,
    day: date | None = None,
    validator: Validator | None = None,
) -> Fetched:
    """A fund's holdings of a day, the newest without one; from the first way that gives just that.

    Raises the first way's error where all failed. `latest-holdings.csv` is asked only for the newest.
    """
    ways: list[Callable[[], Fetched]] = [
        lambda: _from_json(http, fund, cancel, now, day, validator),
        lambda: _from_document(http, fund, cancel, now, day),
    ]
    if day is None:
        ways.append(lambda: _from_latest(http, fund, cancel, now))
    errors: list[SourceError] = []
    for ask in ways:
        try:
            return ask()
        except SourceError as error:
            cancel.check()
            errors.append(error)
    raise delivery.all_failed(errors, fund.ticker, cancel)


def _from_json(
    http: Http,
    fund: Fund,
    cancel: Cancel,
    now: datetime,
    day: date | None = None,
    validator: Validator | None = None,
) -> Fetched:
    reply = http.fetch(json_request(fund, day, validator), cancel)
    if reply.not_modified:
        return Fetched.of(reply, None)
    return Fetched.of(reply, _believed(parse_json(reply.body, fund.ticker, day), fund, now), keep_validator=day is None)


def _from_document(http: Http, fund: Fund, cancel: Cancel, now: datetime, day: date | None = None) -> Fetched:
    reply = http.fetch(document_request(fund, day), cancel)
    file = _believed(parse_csv(reply.body, fund.ticker), fund, now)
    if day is not None and file.snapshot.as_of != day:
        raise SourceError(ErrorKind.WRONG_DATE, f"holdings of {file.snapshot.as_of} instead of {day}", url=reply.url)
    return Fetched.of(reply, file)


def _from_latest(http: Http, fund: Fund, cancel: Cancel, now: datetime) -> Fetched:
    reply = http.fetch(latest_request(fund), cancel)
    return Fetched.of(reply, _believed(parse_csv(reply.body, fund.ticker), fund, now))


def _believed(file: HoldingsFile, fund: Fund, now: datetime) -> HoldingsFile:
    named = funds.by_title(file.title) if file.title else None
    if named is not None and named.product_id != fund.product_id:
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{fund.ticker}: the file is {named.ticker}'s")
    check(file, fund, now)
    return file


class IsharesSource:
    """Fund holdings of iShares, with sectors; month-ends of past years on request."""

    name = "ishares"
    title = "iShares fund holdings"
    feeds: tuple[str, ...] = ("Sectors", "Earnings")
    terms = Terms(
        "BlackRock",
        "Holdings are for your own use and stay on this machine; a fund stands for its index but is not the index.",
        "https://www.ishares.com/us/terms-and-conditions",
    )
    is_default = True
    datasets: tuple[str, ...] = tuple(fund.ticker for fund in delivery.defaults("ishares"))

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        wished = delivery.wanted(self.name, wish)

        def newest(fund: Fund) -> Fetched:
            known = held.validator(http_url(json_request(fund, None))) if delivery.held_days(held, fund, now) else None
            return fetch(http, fund, cancel, now, validator=known)

        yield from delivery.latest(self.name, wished, held, now, newest, progress, full=wish.full)
        if wish.backfill:
            yield from self._backfill(http, held, wished, now, cancel, progress)

    def _backfill(
        self,
        http: Http,
        held: Held,
        wished: tuple[Fund, ...],
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        """Month-ends that are not held, the newest first; each is saved by itself, so that it can go on later.

        A fund that could never be reached is left out. A month that is not archived is remembered.
        """
        reached = [fund for fund in wished if delivery.held_days(held, fund, now)]
        todo = [(fund, month) for fund in reached for month in self._missing_months(held, fund, now)]
        stopped: set[str] = set()
        said = ""
        for number, (fund, month) in enumerate(todo):
            if fund.ticker in stopped:
                continue
            text = f"{fund.ticker}, {month.year}"
            if text != said:
                progress(Progress(self.name, text, number, len(todo)))
                said = text
            try:
                yield delivery.batch(self.name, fund, month_end(http, fund, month, cancel, now))
            except SourceError as error:
                cancel.check()
                if error.kind in NOT_ARCHIVED:
                    yield Complete(_mark(fund, month), is_full=True)
                else:
                    yield Failed(fund.ticker, error, f"Holdings of {fund.ticker}, {month_title(month)}")
                    if error.kind in STOPS_HOST:
                        stopped.add(fund.ticker)

    def _missing_months(self, held: Held, fund: Fund, now: datetime) -> Iterator[date]:
        """Whole months whose end is not held and was not asked for in vain lately, newest first."""
        days = set(delivery.held_days(held, fund, now))
        today = now.astimezone(NEW_YORK).date()
        month = today.replace(day=1)
        while month > FIRST_MONTH:
            month = (month - timedelta(days=1)).replace(day=1)
            asked = held.last_full(self.name, _mark(fund, month))
            is_recent = asked is not None and now - asked < _ASKED_AGAIN_AFTER
            if not is_recent and days.isdisjoint(last_sessions(month)):
                yield month

    def due(self, held: Held, now: datetime) -> datetime | None:
        return delivery.next_due(self.name, held, now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        fund = funds.fund("IWM")
        now = datetime.now(NEW_YORK)
        newest = _from_json(http, fund, cancel, now).file
        assert newest is not None
        yield Question("the JSON interface gives the current holdings", True, f"of {newest.snapshot.as_of}")
        document = _from_document(http, fund, cancel, now).file
        assert document is not None
        yield Question("the document interface gives a CSV", True, f"of {document.snapshot.as_of}")
        file = _from_latest(http, fund, cancel, now).file
        assert file is not None
        yield Question("latest-holdings.csv gives the current holdings", True, f"of {file.snapshot.as_of}")


def month_end(http: Http, fund: Fund, month: date, cancel: Cancel, now: datetime) -> Fetched:
    """The holdings of the last day of a month that the provider has, within a week of its end.

    The JSON interface is asked for the last session only: for a day that it does not have it sends all of
    today's holdings. Raises WRONG_DATE, EMPTY or NOT_FOUND where the month is not archived.
    """
    last, *earlier = last_sessions(month)
    try:
        return fetch(http, fund, cancel, now, day=last)
    except SourceError as error:
        cancel.check()
        if error.kind not in NOT_ARCHIVED:
            raise
        missing = error
    for day in earlier[: _DAYS_TRIED - 1]:
        try:
            return _from_document(http, fund, cancel, now, day)
        except SourceError as error:
            cancel.check()
            if error.kind not in NOT_ARCHIVED:
                raise
    raise missing


def last_sessions(month: date) -> tuple[date, ...]:
    """The sessions of a month's last week, the last first."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return sessions(following - timedelta(days=_DAYS_BACK), following - timedelta(days=1))[::-1]


def _mark(fund: Fund, month: date) -> str:
    """The dataset under which a month that is not archived is remembered."""
    return f"{fund.ticker} {month:%Y-%m}"


def http_url(request: Request) -> str:
    """The address under which the validator of a request is kept."""
    from services.http_address import redact, with_query

    return redact(with_query(request.url, request.params))
