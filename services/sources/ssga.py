"""State Street's daily holdings workbooks: weights without market values and, since 2026, without sectors."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from models import funds
from models.calendars import NEW_YORK
from models.funds import Fund
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from services.http_body import sniff
from services.sources import fund_delivery as delivery
from services.sources.fund_delivery import Fetched
from services.sources.holdings_file import HoldingsFile, Lines, check, place, plain_text
from services.sources.source import Delivery, Held, Progress, Question, Terms, Wish
from services.workbooks import opened, rows

FOLDER = "https://www.ssga.com/library-content/products/fund-data/etfs/us"
_AS_OF = re.compile(r"as of (\d{1,2})-([A-Za-z]{3})-(\d{4})", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FUTURE = re.compile(r"[A-Z]{2,4}[FGHJKMNQUVXZ]\d{1,2}")
_TEXT_COLUMNS = {"ticker": ("Ticker",), "name": ("Name",), "sector": ("Sector",), "currency": ("Local Currency",)}
_FIGURE_COLUMNS = {"weight_pct": ("Weight",), "shares": ("Shares Held",)}
_NEEDED = ("ticker", "name", "weight_pct")


def request(fund: Fund) -> Request:
    return Request(f"{FOLDER}/holdings-daily-us-en-{fund.product_id}.xlsx", Content.XLSX)


def parse(body: bytes, fund: str) -> HoldingsFile:
    """The holdings in a workbook, found by its labels: the fund, the day, the header.

    Raises CHANGED_FORMAT where a label or column is missing, IMPLAUSIBLE where the workbook is another fund's,
    else what `services.workbooks` raises.
    """
    sniff(Content.XLSX, body)
    with opened(body) as book:
        cells = [[plain_text(cell) for cell in row] for row in rows(book, book.sheetnames[0])]
    labels = {row[0].casefold(): row[1] for row in cells[:12] if len(row) > 1}
    at = next((i for i, row in enumerate(cells[:40]) if row and row[0].casefold() == "name"), None)
    day = _day(labels.get("holdings:", ""))
    if at is None or day is None:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: no header or no day in the workbook")
    named = labels.get("ticker symbol:", "").upper()
    if named and named != fund:
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{fund}: the workbook is {named}'s")
    places = {name: place(cells[at], *columns) for name, columns in (_TEXT_COLUMNS | _FIGURE_COLUMNS).items()}
    missing = [name for name in _NEEDED if places[name] is None]
    if missing:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: no column for {', '.join(missing)} in {cells[at][:12]}")
    lines = Lines(fund)
    identifier = place(cells[at], "Identifier")
    for row in cells[at + 1 :]:
        line = {name: row[i] for name, i in places.items() if i is not None and i < len(row)}
        if not line.get("name") or not line.get("weight_pct"):
            break
        asset = asset_class(line["ticker"], row[identifier] if identifier is not None else "")
        texts: dict[str, object] = {name: line.get(name, "") for name in _TEXT_COLUMNS}
        lines.add(texts | {"asset_class": asset}, {name: line.get(name, "") for name in _FIGURE_COLUMNS})
    return HoldingsFile(lines.snapshot(fund, day), labels.get("fund name:", ""), tuple(lines.refused))


def asset_class(ticker: str, identifier: str) -> str:
    """What a line is, as the workbook has no column for it: rights have a digit first or CVR in the identifier."""
    bare = ticker.strip().upper()
    if "CVR" in identifier.upper() or bare[:1].isdigit():
        return "Rights"
    if bare in ("", "-"):
        return "Cash"
    return "Futures" if _FUTURE.fullmatch(bare) else "Equity"


def _day(text: str) -> date | None:
    found = _AS_OF.search(text)
    if found is None or found[2].lower() not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None


class SsgaSource:
    """Fund holdings of State Street; sectors are joined by ticker when a page reads them."""

    name = "ssga"
    title = "State Street fund holdings"
    feeds: tuple[str, ...] = ("Sectors",)
    terms = Terms(
        "State Street Global Advisors",
        "Holdings are for your own use and stay on this machine; a fund stands for its index but is not the index.",
        "https://www.ssga.com/us/en/intermediary/terms-and-conditions",
    )
    is_default = True
    datasets: tuple[str, ...] = tuple(fund.ticker for fund in delivery.defaults("ssga"))

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        def newest(fund: Fund) -> Fetched:
            return _fetch(http, held, fund, now, cancel)

        wished = delivery.wanted(self.name, wish)
        yield from delivery.latest(self.name, wished, held, now, newest, progress, full=wish.full)

    def due(self, held: Held, now: datetime) -> datetime | None:
        return delivery.next_due(self.name, held, now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        fund = funds.fund("SPY")
        file = parse(http.fetch(request(fund), cancel).body, fund.ticker)
        check(file, fund, datetime.now(NEW_YORK))
        yield Question("the workbook of SPY has its layout", True, f"of {file.snapshot.as_of}")


def _fetch(http: Http, held: Held, fund: Fund, now: datetime, cancel: Cancel) -> Fetched:
    asked = request(fund)
    known = held.validator(asked.url) if delivery.held_days(held, fund, now) else None
    reply = http.fetch(Request(asked.url, asked.content, validator=known), cancel)
    if reply.not_modified:
        return Fetched.of(reply, None)
    file = parse(reply.body, fund.ticker)
    check(file, fund, now)
    return Fetched.of(reply, file, keep_validator=True)
