"""Estimates of one company from providers that take the person's own key: Alpha Vantage and FMP.

Both allow few questions a day, so they are asked for one company at a time, when a person opens it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.fiscal import fiscal_quarter, fiscal_year
from models.records import Batch, Estimate, Provenance
from services import keys, strict_json
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from services.sources.columns import read_day, read_figure
from services.sources.companies import on_day
from services.sources.source import Terms

BASIS = "ex_items"
TREND_DAYS = (7, 30, 60, 90)
"""How far back Alpha Vantage tells what the consensus was."""


@dataclass(frozen=True)
class KeyedProvider:
    """One provider: how it is asked about a company, and how the answer is read."""

    name: str
    title: str
    terms: Terms
    ask: Callable[[str, str], Request]
    parse: Callable[[bytes, str, date], tuple[Estimate, ...]]

    def company(self, http: Http, symbol: str, cancel: Cancel) -> Batch:
        """What the provider expects of a company, as of today. Raises NO_KEY without a key, else SourceError."""
        key = keys.key(self.name)
        if key is None:
            raise SourceError(ErrorKind.NO_KEY, self.title)
        reply = http.fetch(self.ask(symbol, key), cancel)
        day = on_day(reply.retrieved_at)
        rows = self.parse(reply.body, symbol, day)
        provenance = Provenance(self.name, f"estimates/{symbol}", reply.url, reply.retrieved_at, day, reply.sha256)
        return Batch(provenance, (rows,) if rows else ())


def _alpha_vantage_request(symbol: str, key: str) -> Request:
    params = (("function", "EARNINGS_ESTIMATES"), ("symbol", symbol), ("apikey", key))
    return Request("https://www.alphavantage.co/query", Content.JSON, params, deadline_s=30.0, tries=1)


def parse_alpha_vantage(body: bytes, symbol: str, day: date) -> tuple[Estimate, ...]:
    """Estimates of today and, from the trend, of 7, 30, 60 and 90 days before; figures arrive as text.

    A limit that is reached comes as 200 with `Note` or `Information`: RATE_LIMITED.
    """
    answer = strict_json.load(body)
    if not isinstance(answer, dict):
        raise SourceError(ErrorKind.CHANGED_FORMAT, symbol)
    for name in ("Note", "Information"):
        if name in answer:
            raise SourceError(ErrorKind.RATE_LIMITED, str(answer[name])[:200])
    if "Error Message" in answer:
        raise SourceError(ErrorKind.NOT_FOUND, str(answer["Error Message"])[:200])
    try:
        _same(str(answer["symbol"]), symbol)
        return tuple(estimate for row in answer["estimates"] for estimate in _trend(row, symbol, day))
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error


def _trend(row: Mapping[str, Any], symbol: str, day: date) -> list[Estimate]:
    end = read_day(str(row["date"]))
    if end is None or row["horizon"] not in ("fiscal year", "fiscal quarter"):
        return []
    period = fiscal_year(end) if row["horizon"] == "fiscal year" else fiscal_quarter(end)
    analysts = _figure(row.get("eps_estimate_analyst_count"))
    made = []
    value = _figure(row.get("eps_estimate_average"))
    if value is not None:
        high, low = _figure(row.get("eps_estimate_high")), _figure(row.get("eps_estimate_low"))
        count = None if analysts is None else int(analysts)
        made.append(Estimate(symbol, "", period, BASIS, day, value, True, high, low, count))
    for ago in TREND_DAYS:
        before = _figure(row.get(f"eps_estimate_average_{ago}_days_ago"))
        if before is not None:
            made.append(Estimate(symbol, "", period, BASIS, day - timedelta(days=ago), before, True))
    return made


def _fmp_request(symbol: str, key: str) -> Request:
    params = (("symbol", symbol), ("period", "annual"), ("limit", "10"), ("apikey", key))
    url = "https://financialmodelingprep.com/stable/analyst-estimates"
    return Request(url, Content.JSON, params, deadline_s=30.0, tries=1)


def parse_fmp(body: bytes, symbol: str, day: date) -> tuple[Estimate, ...]:
    """Estimates by fiscal year. An error comes as an object with `Error Message`; small companies need a paid key."""
    answer = strict_json.load(body)
    if isinstance(answer, dict):
        said = str(answer.get("Error Message", ""))[:200]
        kind = ErrorKind.RATE_LIMITED if "limit" in said.lower() else ErrorKind.FORBIDDEN
        raise SourceError(kind, f"{symbol}: {said}")
    made = []
    try:
        for row in answer:
            _same(str(row["symbol"]), symbol)
            end, value = read_day(str(row["date"])), _figure(row["epsAvg"])
            if end is None or value is None:
                continue
            high, low, analysts = (_figure(row.get(name)) for name in ("epsHigh", "epsLow", "numAnalystsEps"))
            count = None if analysts is None else int(analysts)
            made.append(Estimate(symbol, "", fiscal_year(end), BASIS, day, value, True, high, low, count))
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol}: {error!r}"[:200]) from error
    return tuple(made)


def _same(found: str, symbol: str) -> None:
    if found.upper() != symbol.upper():
        raise SourceError(ErrorKind.WRONG_DATE, f"{found!r} instead of {symbol}")


def _figure(cell: object) -> float | None:
    return read_figure(str(cell)) if cell is not None else None


PROVIDERS = (
    KeyedProvider(
        "alphavantage",
        "Alpha Vantage",
        Terms(
            "Alpha Vantage",
            "On the terms of your own key, 25 questions a day.",
            "https://www.alphavantage.co/terms_of_service/",
        ),
        _alpha_vantage_request,
        parse_alpha_vantage,
    ),
    KeyedProvider(
        "fmp",
        "Financial Modeling Prep",
        Terms(
            "Financial Modeling Prep",
            "On the terms of your own key.",
            "https://site.financialmodelingprep.com/terms-of-service",
        ),
        _fmp_request,
        parse_fmp,
    ),
)
