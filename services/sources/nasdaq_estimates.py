"""Nasdaq's pages of single companies: expected earnings with their range, and how the last quarters surprised.

HTTP 200 is no success there: an unknown symbol has `rCode` 400, one without analysts has null sections.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from models.fiscal import fiscal_quarter, fiscal_year, month_end
from models.records import Estimate, Refusal
from services import strict_json
from services.cancel import Cancel
from services.errors import STOPS_HOST, ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.sources.columns import read_day, read_figure
from services.sources.companies import by_portions, on_day, portions, tickers
from services.sources.source import Delivery, Failed, Held, Progress, Question, Terms, Wish

FOLDER = "https://api.nasdaq.com/api"
BASIS = "ex_items"
SYMBOLS_A_PORTION = 25
FRESH_FOR = timedelta(days=7)
_SECTIONS = {"quarterlyForecast": fiscal_quarter, "yearlyForecast": fiscal_year}


def forecast_request(symbol: str) -> Request:
    return Request(f"{FOLDER}/analyst/{symbol}/earnings-forecast", Content.JSON, deadline_s=30.0, tries=2)


def surprise_request(symbol: str) -> Request:
    return Request(f"{FOLDER}/company/{symbol}/earnings-surprise", Content.JSON, deadline_s=30.0, tries=2)


def parse_forecast(body: bytes, symbol: str, day: date) -> tuple[Estimate, ...]:
    """Expected earnings by fiscal quarter and year, as of the day on which they were asked for; () without analysts.

    Raises NOT_FOUND for an unknown symbol, WRONG_DATE for another one, CHANGED_FORMAT or BAD_CONTENT.
    """
    data = _data(body, symbol)
    made = []
    try:
        for section, name in _SECTIONS.items():
            for row in (data[section] or {}).get("rows") or []:
                end, value = month_end(str(row["fiscalEnd"])), _figure(row["consensusEPSForecast"])
                if end is None or value is None:
                    continue
                high, low, analysts = (
                    _figure(row.get(f"{k}")) for k in ("highEPSForecast", "lowEPSForecast", "noOfEstimates")
                )
                made.append(
                    Estimate(
                        symbol,
                        "",
                        name(end),
                        BASIS,
                        day,
                        value,
                        True,
                        high,
                        low,
                        None if analysts is None else int(analysts),
                    )
                )
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error
    return tuple(made)


def parse_revisions(body: bytes, symbol: str) -> tuple[int, int]:
    """How many analysts raised and lowered their estimate of the year under way in the last four weeks."""
    data = _data(body, symbol)
    try:
        rows = (data["yearlyForecast"] or {}).get("rows") or []
        return (int(rows[0]["up"]), int(rows[0]["down"])) if rows else (0, 0)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error


def parse_surprises(body: bytes, symbol: str) -> tuple[Estimate, ...]:
    """The last reported quarters, an actual and the consensus before it for each, both of the day of the report."""
    data = _data(body, symbol)
    made = []
    try:
        for row in (data["earningsSurpriseTable"] or {}).get("rows") or []:
            end, reported = month_end(str(row["fiscalQtrEnd"])), read_day(str(row["dateReported"]))
            actual, expected = _figure(row["eps"]), _figure(row["consensusForecast"])
            if end is None or reported is None or actual is None:
                continue
            period = fiscal_quarter(end)
            if expected is not None:
                made.append(Estimate(symbol, "", period, BASIS, reported - timedelta(days=1), expected, True))
            made.append(Estimate(symbol, "", period, BASIS, reported, actual, False))
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error
    return tuple(made)


def _data(body: bytes, symbol: str) -> dict[str, Any]:
    answer = strict_json.load(body)
    try:
        code, data = answer["status"]["rCode"], answer.get("data")
        if code != 200 or data is None:
            raise SourceError(ErrorKind.NOT_FOUND, f"{symbol}: rCode {code}")
        if str(data["symbol"]).upper() != symbol.upper():
            raise SourceError(ErrorKind.WRONG_DATE, f"{data['symbol']!r} instead of {symbol}")
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error
    assert isinstance(data, dict)
    return data


def _figure(cell: object) -> float | None:
    return read_figure(str(cell)) if cell is not None else None


def ask(http: Http, symbols: Sequence[str], cancel: Cancel) -> tuple[tuple[Estimate, ...], tuple[Refusal, ...], Reply]:
    """Forecasts and surprises, one company after the other; one that is unknown there is refused, not an error."""
    estimates: list[Estimate] = []
    refused: list[Refusal] = []
    reply: Reply | None = None
    for symbol in symbols:
        try:
            reply = http.fetch(forecast_request(symbol), cancel)
            estimates += parse_forecast(reply.body, symbol, on_day(reply.retrieved_at))
            reply = http.fetch(surprise_request(symbol), cancel)
            estimates += parse_surprises(reply.body, symbol)
        except SourceError as error:
            if error.kind is ErrorKind.CANCELLED or error.kind in STOPS_HOST:
                raise
            refused.append(Refusal(symbol, error.sentence, error.detail))
    if reply is None:
        raise SourceError(ErrorKind.NOT_FOUND, f"none of {', '.join(symbols)}"[:200])
    return tuple(estimates), tuple(refused), reply


class NasdaqEstimatesSource:
    """Fills gaps: about two questions a second for each company, so it is asked only on request."""

    name = "nasdaq-estimates"
    title = "Nasdaq forecasts"
    feeds: tuple[str, ...] = ("Earnings",)
    terms = Terms("Nasdaq", "Website data for your own use.", "https://www.nasdaq.com/legal")
    is_default = False
    datasets: tuple[str, ...] = ("forecasts",)

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
            asked = portions(tickers(held, wish, now), SYMBOLS_A_PORTION)
        except SourceError as error:
            yield Failed("forecasts", error, self.title)
            return
        fresh_for = timedelta(0) if wish.full else FRESH_FOR
        yield from by_portions(
            self.name, "forecasts", asked, partial(ask, http), held, now, cancel, progress, fresh_for=fresh_for
        )

    def due(self, held: Held, now: datetime) -> datetime | None:  # noqa: ARG002 - only on request
        return None

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        reply = http.fetch(forecast_request("AAPL"), cancel)
        found = parse_forecast(reply.body, "AAPL", on_day(reply.retrieved_at))
        yield Question("a large company has forecasts", bool(found), f"{len(found)} periods")


SOURCE = NasdaqEstimatesSource()
