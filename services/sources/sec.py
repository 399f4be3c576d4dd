"""SEC EDGAR: the accounts that companies file, by period across all of them (frames) or one company with its history.

Frames do not say when a figure was filed, so there it counts from the day on which it was fetched; a company's
own facts have the true day. The fourth quarter is never filed alone; years are taken whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from models.records import Batch, Fact, Provenance, Refusal
from services import strict_json
from services.cancel import Cancel
from services.errors import STOPS_HOST, ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.sources.columns import read_day
from services.sources.companies import by_portions, on_day, portions, tickers
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Unchanged, Wish

TICKERS_URL = "https://www.sec.gov/files/company_tickers.json"
DATA = "https://data.sec.gov/api/xbrl"

FLOWS: dict[str, tuple[str, ...]] = {
    "net_income": ("NetIncomeLoss", "ProfitLoss"),
    "operating_income": ("OperatingIncomeLoss",),
    "depreciation": ("DepreciationDepletionAndAmortization", "DepreciationAndAmortization"),
    "interest_expense": ("InterestExpense", "InterestExpenseNonoperating"),
}
BALANCES: dict[str, tuple[str, ...]] = {
    "cash": (
        "CashAndCashEquivalentsAtCarryingValue",
        "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
    ),
    "short_term_investments": ("ShortTermInvestments", "MarketableSecuritiesCurrent"),
    "long_term_debt": ("LongTermDebt",),
    "debt_noncurrent": ("LongTermDebtNoncurrent", "ConvertibleDebtNoncurrent"),
    "long_term_debt_current": ("LongTermDebtCurrent",),
    "debt_current": ("DebtCurrent",),
    "short_term_borrowings": ("ShortTermBorrowings", "CommercialPaper"),
}
"""Concept to the tags that mean it, the preferred one first: companies change their tags over the years."""

WITHOUT_CONTACT = "SEC EDGAR wants a contact e-mail, which the settings take"
FRAMES_FRESH_FOR = timedelta(days=7)
FACTS_FRESH_FOR = timedelta(days=30)
COMPANIES_A_PORTION = 10
_FIRST_FILED_YEAR = 2009
_QUARTERS_ASKED = 5
_MOST_USD = 1e14


def parse_tickers(body: bytes) -> dict[int, tuple[str, ...]]:
    """CIK to its tickers (share classes), in the spelling of exchanges: `BRK.B`."""
    answer = strict_json.load(body)
    found: dict[int, list[str]] = {}
    try:
        for row in answer.values():
            found.setdefault(int(row["cik_str"]), []).append(str(row["ticker"]).upper().replace("-", "."))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"company_tickers: {error!r}"[:200]) from error
    if not found:
        raise SourceError(ErrorKind.EMPTY, "company_tickers names no company")
    return {cik: tuple(names) for cik, names in found.items()}


def parse_frame(
    body: bytes, tag: str, concept: str, by_cik: Mapping[int, tuple[str, ...]], fetched: date
) -> tuple[tuple[Fact, ...], tuple[Refusal, ...]]:
    """One tag over all companies in one period. Raises WRONG_DATE for another tag, CHANGED_FORMAT, BAD_CONTENT."""
    answer = strict_json.load(body)
    try:
        if answer["tag"] != tag:
            raise SourceError(ErrorKind.WRONG_DATE, f"{answer['tag']!r} instead of {tag}")
        rows = answer["data"]
        facts, refused = [], []
        for row in rows:
            names = by_cik.get(int(row["cik"]), ())
            made = _fact(names[0] if names else "", concept, row, fetched)
            if names and made is None:
                refused.append(Refusal(f"{names[0]} {tag}", "the row could not be read", str(row)[:200]))
            elif made is not None and names:
                facts += [made, *(_renamed(made, name) for name in names[1:])]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{tag}: {error!r}"[:200]) from error
    return tuple(facts), tuple(refused)


def parse_companyfacts(body: bytes, ticker: str) -> tuple[Fact, ...]:
    """Everything that one company has filed under the tags that are known here, in US dollars.

    A tag gives the periods that tags before it have not. Raises CHANGED_FORMAT or BAD_CONTENT.
    """
    answer = strict_json.load(body)
    made: list[Fact] = []
    try:
        filed_under = answer["facts"].get("us-gaap", {})
        for concept, tags in (FLOWS | BALANCES).items():
            taken: set[tuple[date | None, date]] = set()
            for tag in tags:
                units = filed_under.get(tag, {}).get("units", {}).get("USD", [])
                facts = [fact for row in units if (fact := _fact(ticker, concept, row, None)) is not None]
                made += [fact for fact in facts if (fact.period_start, fact.period_end) not in taken]
                taken |= {(fact.period_start, fact.period_end) for fact in facts}
    except (AttributeError, KeyError, TypeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{ticker}: {error!r}"[:200]) from error
    return tuple(dict.fromkeys(made))


def _fact(ticker: str, concept: str, row: Mapping[str, Any], fetched: date | None) -> Fact | None:
    """A row of a frame or of a company; None where it is not one figure of one period."""
    start = read_day(str(row["start"])) if "start" in row else None
    end, value = read_day(str(row["end"])), row["val"]
    filed = fetched or read_day(str(row.get("filed", "")))
    is_flow = concept in FLOWS
    if end is None or filed is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if is_flow is (start is None) or abs(value) > _MOST_USD or (start is not None and start >= end):
        return None
    return Fact(ticker, concept, start, end, float(value), filed)


def _renamed(fact: Fact, ticker: str) -> Fact:
    return Fact(ticker, fact.concept, fact.period_start, fact.period_end, fact.value, fact.filed)


def frames(day: date, *, full: bool) -> tuple[tuple[str, str, str], ...]:
    """(concept, tag, period) of the frames to be asked for: balances by quarter, flows by year and by quarter.

    A quarter is asked for once 45 days have passed since its end. `full` goes back to 2009.
    """
    quarters = _quarters_until(day - timedelta(days=45))
    chosen = quarters if full else quarters[-_QUARTERS_ASKED:]
    years = sorted({quarter[:6] for quarter in chosen})
    asked = [(c, tag, f"{quarter}I") for quarter in chosen for c, tags in BALANCES.items() for tag in tags]
    asked += [(c, tag, period) for period in (*years, *chosen) for c, tags in FLOWS.items() for tag in tags]
    return tuple(asked)


def _quarters_until(day: date) -> tuple[str, ...]:
    """`CY2009Q1` to the last quarter that had ended by a day."""
    last = day.year * 4 + (day.month - 1) // 3 - 1
    return tuple(f"CY{n // 4}Q{n % 4 + 1}" for n in range(_FIRST_FILED_YEAR * 4, last + 1))


class SecSource:
    """Frames for all companies; with a backfill each company's own facts, which have their true filing days.

    The SEC refuses whoever does not say who asks, so it is asked once a contact was entered and it was switched on.
    """

    name = "sec"
    title = "SEC EDGAR"
    feeds: tuple[str, ...] = ("Earnings", "Market")
    terms = Terms(
        "US Securities and Exchange Commission",
        "Public domain. The SEC wants to know who asks: enter a contact e-mail in the settings.",
        "https://www.sec.gov/os/accessing-edgar-data",
    )
    is_default = False
    datasets: tuple[str, ...] = ("frames", "companyfacts")

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        try:
            by_cik = parse_tickers(http.fetch(Request(TICKERS_URL, Content.JSON), cancel).body)
        except SourceError as error:
            if error.kind is ErrorKind.CANCELLED:
                raise
            needs_contact = error.kind is ErrorKind.NOT_ACCEPTED
            yield Failed("frames", error, WITHOUT_CONTACT if needs_contact else self.title)
            return
        if wish.backfill:
            yield from self._companies(http, held, wish, now, cancel, progress, by_cik)
        else:
            yield from self._frames(http, held, wish, now, cancel, progress, by_cik)

    def _frames(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
        by_cik: Mapping[int, tuple[str, ...]],
    ) -> Iterator[Delivery]:
        """A frame that does not exist (yet) is 404 and no failure: not every tag is used in every period."""
        fetched = {s.dataset: s.retrieved_at for s in held.statuses() if s.source == self.name}
        asked = frames(on_day(now), full=wish.full)
        found = 0
        for done, (concept, tag, period) in enumerate(asked):
            name = f"frames/{tag}/{period}"
            before = fetched.get(name)
            if before is not None and now - before < FRAMES_FRESH_FOR and not wish.full:
                found += 1
                yield Unchanged(name)
                continue
            progress(Progress(self.name, f"{tag} {period}", done, len(asked)))
            try:
                reply = http.fetch(Request(f"{DATA}/frames/us-gaap/{tag}/USD/{period}.json", Content.JSON), cancel)
                facts, refused = parse_frame(reply.body, tag, concept, by_cik, on_day(reply.retrieved_at))
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                if error.kind is not ErrorKind.NOT_FOUND:
                    yield Failed(name, error, f"{tag} {period}")
                    if error.kind in STOPS_HOST:
                        return
                continue
            newest = max((fact.period_end for fact in facts), default=None)
            provenance = Provenance(self.name, name, reply.url, reply.retrieved_at, newest, reply.sha256)
            found += 1
            yield Batch(provenance, (facts,) if facts else (), refused)
        if not found:
            yield Failed("frames", SourceError(ErrorKind.NOT_FOUND, f"none of {len(asked)} frames"), "Frames")
        else:
            yield Complete("frames", is_full=wish.full)

    def _companies(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
        by_cik: Mapping[int, tuple[str, ...]],
    ) -> Iterator[Delivery]:
        ciks = {name: cik for cik, names in by_cik.items() for name in names}
        try:
            asked = [name for name in tickers(held, wish, now) if name in ciks]
        except SourceError as error:
            yield Failed("companyfacts", error, self.title)
            return
        yield from by_portions(
            self.name,
            "companyfacts",
            portions(asked, COMPANIES_A_PORTION),
            partial(ask_companies, http, ciks),
            held,
            now,
            cancel,
            progress,
            fresh_for=timedelta(0) if wish.full else FACTS_FRESH_FOR,
        )

    def due(self, held: Held, now: datetime) -> datetime | None:
        fetched = [s.retrieved_at for s in held.statuses() if s.source == self.name and s.retrieved_at is not None]
        return max(fetched) + FRAMES_FRESH_FOR if fetched else now

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        by_cik = parse_tickers(http.fetch(Request(TICKERS_URL, Content.JSON), cancel).body)
        yield Question("companies are named by ticker", len(by_cik) > 5000, f"{len(by_cik):,} companies")


def ask_companies(
    http: Http, ciks: Mapping[str, int], names: Sequence[str], cancel: Cancel
) -> tuple[tuple[Fact, ...], tuple[Refusal, ...], Reply]:
    """The filed facts of some companies; one that has none is refused, not an error."""
    facts: list[Fact] = []
    refused: list[Refusal] = []
    reply: Reply | None = None
    for name in names:
        try:
            reply = http.fetch(Request(f"{DATA}/companyfacts/CIK{ciks[name]:010}.json", Content.JSON), cancel)
            facts += parse_companyfacts(reply.body, name)
        except SourceError as error:
            if error.kind is ErrorKind.CANCELLED or error.kind in STOPS_HOST or error.kind is ErrorKind.FORBIDDEN:
                raise
            refused.append(Refusal(name, error.sentence, error.detail))
    if reply is None:
        raise SourceError(ErrorKind.NOT_FOUND, f"none of {', '.join(names)}"[:200])
    return tuple(facts), tuple(refused), reply


SOURCE = SecSource()
