"""Vanguard's holdings: the month-end, without sectors, in pages of five hundred. A third way to an index."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from models import funds
from models.funds import Fund
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.http_body import sniff
from services.sources import fund_delivery as delivery
from services.sources.fund_delivery import Fetched
from services.sources.holdings_file import HoldingsFile, Lines, check
from services.sources.source import Delivery, Held, Progress, Question, Terms, Wish
from services.strict_json import load

PROFILE = "https://investor.vanguard.com/investment-products/etfs/profile/api"
PAGE = 500
_MOST_PAGES = 12


def request(fund: Fund, start: int) -> Request:
    """One page; `start` counts from 1."""
    url = f"{PROFILE}/{fund.product_id}/portfolio-holding/stock"
    return Request(url, Content.JSON, (("start", str(start)), ("count", str(PAGE))), (("Accept", "application/json"),))


class _Page:
    """One answer: the day, the number of all holdings, and those of the page."""

    def __init__(self, body: bytes, fund: str) -> None:
        sniff(Content.JSON, body)
        answer = load(body)
        container = answer.get("fund") if isinstance(answer, dict) else None
        entities = container.get("entity") if isinstance(container, dict) else None
        if not isinstance(entities, list):
            raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: no holdings in the answer")
        self.holdings = [item for item in entities if isinstance(item, dict)]
        self.day = _day(answer.get("asOfDate") or next((h.get("asOfDate") for h in self.holdings), None), fund)
        self.size = _size(answer.get("size"), fund)


def _day(value: object, fund: str) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        detail = f"{fund}: the day of the holdings reads {str(value)[:20]!r}"
        raise SourceError(ErrorKind.CHANGED_FORMAT, detail) from error


def _size(value: object, fund: str) -> int:
    text = str(value)
    if not text.isdecimal() or len(text) > 6:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: the number of holdings reads {text[:20]!r}")
    return int(text)


def parse(bodies: list[bytes], fund: str) -> HoldingsFile:
    """The holdings in all pages together.

    Raises WRONG_DATE where the pages are of different days, TRUNCATED where holdings are missing, else as the
    other sources.
    """
    pages = [_Page(body, fund) for body in bodies]
    if len({page.day for page in pages}) > 1:
        raise SourceError(ErrorKind.WRONG_DATE, f"{fund}: pages of {sorted({str(page.day) for page in pages})}")
    found = [item for page in pages for item in page.holdings]
    if len(found) < pages[0].size:
        raise SourceError(ErrorKind.TRUNCATED, f"{fund}: {len(found)} of {pages[0].size} holdings")
    lines = Lines(fund)
    for item in found:
        texts, figures = _cells(item)
        lines.add(texts, figures)
    return HoldingsFile(lines.snapshot(fund, pages[0].day), "", tuple(lines.refused))


def _cells(item: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    name = item.get("longName") or item.get("shortName")
    texts = {"ticker": item.get("ticker"), "name": name, "asset_class": "Equity" if item.get("ticker") else "Other"}
    figures = {
        "weight_pct": item.get("percentWeight"),
        "market_value_usd": item.get("marketValue"),
        "shares": item.get("sharesHeld"),
    }
    return texts, figures


class VanguardSource:
    """Fund holdings of Vanguard, asked only by name."""

    name = "vanguard"
    title = "Vanguard fund holdings"
    feeds: tuple[str, ...] = ("Sectors",)
    terms = Terms(
        "Vanguard",
        "Holdings are for your own use and stay on this machine; a fund stands for its index but is not the index.",
        "https://investor.vanguard.com/terms-conditions",
    )
    is_default = False
    datasets: tuple[str, ...] = tuple(fund.ticker for fund in funds.FUNDS if fund.provider == "vanguard")

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
        if wish.funds is None:
            wished = tuple(fund for fund in funds.FUNDS if fund.provider == self.name)

        def newest(fund: Fund) -> Fetched:
            return _fetch(http, fund, now, cancel)

        yield from delivery.latest(self.name, wished, held, now, newest, progress, full=wish.full)

    def due(self, held: Held, now: datetime) -> datetime | None:  # noqa: ARG002 - the protocol's
        return None

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        fund = funds.fund("VTWO")
        page = _Page(http.fetch(request(fund, 1), cancel).body, fund.ticker)
        found = f"{len(page.holdings)} of {page.size}, {page.day}"
        yield Question(f"a page has {PAGE} holdings", len(page.holdings) == PAGE, found)


def _fetch(http: Http, fund: Fund, now: datetime, cancel: Cancel) -> Fetched:
    replies: list[Reply] = []
    for number in range(_MOST_PAGES):
        replies.append(http.fetch(request(fund, 1 + number * PAGE), cancel))
        if _Page(replies[0].body, fund.ticker).size <= (number + 1) * PAGE:
            break
    file = parse([reply.body for reply in replies], fund.ticker)
    check(file, fund, now)
    return Fetched.of(replies[0], file)
