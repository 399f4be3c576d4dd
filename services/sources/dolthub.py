"""DoltHub's public database of earnings estimates: consensus by company, dated since October 2017, without a key.

An answer holds at most 1,000 rows and says `RowLimit` where it was cut, with no way to go on, so each question
is about one kind of period and few enough companies, and is halved where that was still too many.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from models.fiscal import fiscal_quarter, fiscal_year
from models.records import Estimate, Refusal
from services import strict_json
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.sources.columns import read_day, read_figure
from services.sources.companies import by_portions, portions, tickers
from services.sources.source import Delivery, Failed, Held, Progress, Question, Terms, Wish

URL = "https://www.dolthub.com/api/v1alpha1/post-no-preference/earnings/master"
PERIODS = {"Current Quarter": fiscal_quarter, "Next Quarter": fiscal_quarter, "Current Year": fiscal_year}
PERIODS["Next Year"] = fiscal_year
COLUMNS = ("date", "act_symbol", "period", "period_end_date", "consensus", "count", "high", "low")
MOST_ROWS = 1000
MOST_SYMBOLS = 900
SYMBOLS_A_PORTION = 225
"""Four periods each, so an answer has 900 rows at most."""
LOOK_BACK = timedelta(days=14)
"""The database moves about once a week; of several days in this stretch the newest counts."""
FRESH_FOR = timedelta(days=5)
BASIS = "ex_items"

_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]{0,9}")


def query(symbols: Sequence[str], since: datetime) -> str:
    """Estimates of at most 900 companies from a day on. Raises ValueError for a symbol that has no place in SQL."""
    if len(symbols) > MOST_SYMBOLS:
        raise ValueError(f"{len(symbols)} symbols in one question")
    for symbol in symbols:
        if not _SYMBOL.fullmatch(symbol):
            raise ValueError(f"{symbol!r} is no symbol")
    names = ", ".join(f"'{symbol}'" for symbol in symbols)
    return (  # every symbol was held against the pattern above
        f"SELECT {', '.join(f'`{name}`' for name in COLUMNS)} FROM `eps_estimate`"  # noqa: S608
        f" WHERE `date` >= '{since:%Y-%m-%d}' AND `act_symbol` IN ({names}) ORDER BY `date`"
    )


def request(sql: str) -> Request:
    return Request(URL, Content.JSON, (("q", sql),), deadline_s=90.0)


def parse(body: bytes) -> tuple[tuple[Estimate, ...], tuple[Refusal, ...], bool]:
    """Estimates, the newest date of each company and period last; what was refused; whether the answer was cut.

    Raises SERVER, TIMEOUT or BAD_REQUEST where the database says that it failed, CHANGED_FORMAT or BAD_CONTENT.
    """
    rows, was_cut = _rows(body)
    estimates: list[Estimate] = []
    refused: list[Refusal] = []
    for row in rows:
        made = _estimate(row)
        if made is None:
            refused.append(Refusal(str(row.get("act_symbol", "")), "the row could not be read", str(row)[:200]))
        else:
            estimates.append(made)
    return tuple(estimates), tuple(refused), was_cut


def _rows(body: bytes) -> tuple[list[dict[str, object]], bool]:
    answer = strict_json.load(body)
    if not isinstance(answer, dict) or "query_execution_status" not in answer:
        raise SourceError(ErrorKind.CHANGED_FORMAT, "no query_execution_status")
    status = str(answer["query_execution_status"])
    said = str(answer.get("query_execution_message", ""))[:200]
    match status:
        case "Success" | "RowLimit":
            rows = answer.get("rows")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise SourceError(ErrorKind.CHANGED_FORMAT, "no rows")
            return rows, status == "RowLimit"
        case "Timeout":
            raise SourceError(ErrorKind.TIMEOUT, said)
        case _:
            is_ours = "syntax" in said or "column" in said or "table" in said
            raise SourceError(ErrorKind.BAD_REQUEST if is_ours else ErrorKind.SERVER, f"{status}: {said}")


def _estimate(row: dict[str, object]) -> Estimate | None:
    text = {name: str(row.get(name) if row.get(name) is not None else "") for name in COLUMNS}
    day, end = read_day(text["date"]), read_day(text["period_end_date"])
    value, name = read_figure(text["consensus"]), PERIODS.get(text["period"])
    if day is None or end is None or value is None or name is None or not _SYMBOL.fullmatch(text["act_symbol"]):
        return None
    analysts = read_figure(text["count"])
    return Estimate(
        subject=text["act_symbol"],
        segment="",
        period=name(end),
        basis=BASIS,
        vintage=day,
        value=value,
        is_estimate=True,
        high=read_figure(text["high"]),
        low=read_figure(text["low"]),
        analysts=None if analysts is None else int(analysts),
    )


def ask(
    http: Http, since: datetime, symbols: Sequence[str], cancel: Cancel
) -> tuple[tuple[Estimate, ...], tuple[Refusal, ...], Reply]:
    """The estimates of some companies since a day, in as many questions as it takes."""
    reply = http.fetch(request(query(symbols, since)), cancel)
    estimates, refused, was_cut = parse(reply.body)
    if not was_cut:
        return estimates, refused, reply
    if len(symbols) == 1:
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"more than {MOST_ROWS} rows for {symbols[0]}")
    half = len(symbols) // 2
    first = ask(http, since, symbols[:half], cancel)
    second = ask(http, since, symbols[half:], cancel)
    return first[0] + second[0], first[1] + second[1], second[2]


class DoltHubSource:
    """The consensus of every company in the funds that stand for small and large caps."""

    name = "dolthub"
    title = "DoltHub earnings"
    feeds: tuple[str, ...] = ("Earnings",)
    terms = Terms(
        "post-no-preference, on DoltHub",
        "May be used and passed on with attribution, under the same licence (CC BY-SA 4.0).",
        "https://www.dolthub.com/repositories/post-no-preference/earnings",
    )
    is_default = True
    datasets: tuple[str, ...] = ("estimates",)

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
            asked = [name for name in tickers(held, wish, now) if _SYMBOL.fullmatch(name)]
        except SourceError as error:
            yield Failed("estimates", error, self.title)
            return
        yield from by_portions(
            self.name,
            "estimates",
            portions(asked, SYMBOLS_A_PORTION),
            partial(ask, http, now - LOOK_BACK),
            held,
            now,
            cancel,
            progress,
            fresh_for=timedelta(0) if wish.full else FRESH_FOR,
        )

    def due(self, held: Held, now: datetime) -> datetime | None:
        fetched = [s.retrieved_at for s in held.statuses() if s.source == self.name and s.retrieved_at is not None]
        return max(fetched) + FRESH_FOR if fetched else now

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        reply = http.fetch(request("SELECT DISTINCT `period` FROM `eps_estimate` LIMIT 20"), cancel)
        rows, _ = _rows(reply.body)
        found = {str(row.get("period")) for row in rows}
        yield Question("the periods are those that are read", set(PERIODS) <= found, ", ".join(sorted(found)))


SOURCE = DoltHubSource()
