"""Providers of closes that take the person's own key: Tiingo, Twelve Data, Alpha Vantage."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from models.names import Known
from models.records import Observations
from models.series import Symbol, price_id
from services import strict_json
from services.errors import ErrorKind, SourceError
from services.http import Content, Request
from services.sources.columns import Parsed, from_cells, read_day
from services.sources.price_list import PriceListSource
from services.sources.source import Terms

_MOST_SHARES = 1000.0
"""For one old share."""


def _tiingo_request(symbol: Symbol, start: date, end: date, key: str) -> Request:
    return Request(
        f"https://api.tiingo.com/tiingo/daily/{symbol.name}/prices",
        Content.JSON,
        (("startDate", start.isoformat()), ("endDate", end.isoformat()), ("format", "json")),
        (("Authorization", f"Token {key}"),),
        deadline_s=30.0,
    )


def parse_tiingo(body: bytes, symbol: Symbol, now: datetime) -> Sequence[Parsed]:
    """Closes, with the splits after them taken out of older ones as other providers do, and closes with dividends."""
    answer = strict_json.load(body)
    if not isinstance(answer, list):
        detail = answer.get("detail", "") if isinstance(answer, dict) else ""
        raise SourceError(ErrorKind.BAD_REQUEST, f"{symbol.name}: {detail}"[:200])
    try:
        days = [str(row["date"])[:10] for row in answer]
        closes, totals = (
            [(day, str(row[name])) for day, row in zip(days, answer, strict=True)] for name in ("close", "adjClose")
        )
        splits = {str(read_day(day)): float(row["splitFactor"]) for day, row in zip(days, answer, strict=True)}
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error
    if not all(0 < factor < _MOST_SHARES for factor in splits.values()):
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{symbol.name}: a split into nothing or endlessly many")
    price = _closes("tiingo", symbol, closes, now)
    return _without_splits(price, splits), _closes("tiingo", symbol, totals, now, "total")


def _without_splits(found: Parsed, splits: dict[str, float]) -> Parsed:
    one = found.observations
    factors = np.array([splits[str(day)] for day in one.date])
    later = np.append(np.cumprod(factors[::-1])[::-1][1:], 1.0)
    return Parsed(Observations(one.series, one.date, one.value / later, one.known), found.refused, found.waiting)


def _twelve_data_request(symbol: Symbol, start: date, end: date, key: str) -> Request:
    params = (
        ("symbol", symbol.name),
        ("interval", "1day"),
        ("start_date", start.isoformat()),
        ("end_date", end.isoformat()),
        ("outputsize", "5000"),
        ("apikey", key),
    )
    return Request("https://api.twelvedata.com/time_series", Content.JSON, params, deadline_s=30.0)


def parse_twelve_data(body: bytes, symbol: Symbol, now: datetime) -> Sequence[Parsed]:
    """Closes without splits; an error comes as HTTP 200 with a code in the body."""
    answer = _object(body, symbol)
    if answer.get("status") == "error":
        kind = {429: ErrorKind.RATE_LIMITED, 401: ErrorKind.FORBIDDEN, 404: ErrorKind.NOT_FOUND}
        raise SourceError(kind.get(answer.get("code", 0), ErrorKind.BAD_REQUEST), str(answer.get("message", ""))[:200])
    try:
        rows = [(str(row["datetime"]), str(row["close"])) for row in answer["values"]]
    except (KeyError, TypeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error
    return (_closes("twelvedata", symbol, rows, now),)


def _alpha_vantage_request(symbol: Symbol, start: date, end: date, key: str) -> Request:  # noqa: ARG001 - the newest hundred
    params = (("function", "TIME_SERIES_DAILY"), ("symbol", symbol.name), ("outputsize", "compact"), ("apikey", key))
    return Request("https://www.alphavantage.co/query", Content.JSON, params, deadline_s=30.0)


def parse_alpha_vantage(body: bytes, symbol: Symbol, now: datetime) -> Sequence[Parsed]:
    """The last hundred closes, as traded; errors come as HTTP 200 with a note."""
    answer = _object(body, symbol)
    if "Error Message" in answer:
        raise SourceError(ErrorKind.NOT_FOUND, str(answer["Error Message"])[:200])
    if note := answer.get("Note") or answer.get("Information"):
        raise SourceError(ErrorKind.RATE_LIMITED, str(note)[:200])
    try:
        rows = [(day, str(row["4. close"])) for day, row in answer["Time Series (Daily)"].items()]
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error
    return (_closes("alphavantage", symbol, rows, now),)


def _object(body: bytes, symbol: Symbol) -> dict[str, Any]:
    answer = strict_json.load(body)
    if not isinstance(answer, dict):
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: not an object")
    return answer


def _closes(source: str, symbol: Symbol, rows: list[tuple[str, str]], now: datetime, kind: str = "price") -> Parsed:
    series = price_id(source, symbol.name, kind)
    return from_cells(series, rows, known=Known.EXCHANGE_CLOSE, now=now, positive=True)


TIINGO = PriceListSource(
    name="tiingo",
    title="Tiingo",
    terms=Terms(
        "Tiingo", "With your own key, under the terms you have agreed with it.", "https://www.tiingo.com/about/terms"
    ),
    ask=_tiingo_request,
    parse=parse_tiingo,
    needs_key=True,
    asks_all=True,
)
TWELVE_DATA = PriceListSource(
    name="twelvedata",
    title="Twelve Data",
    terms=Terms(
        "Twelve Data", "With your own key, under the terms you have agreed with it.", "https://twelvedata.com/terms"
    ),
    ask=_twelve_data_request,
    parse=parse_twelve_data,
    needs_key=True,
)
ALPHA_VANTAGE = PriceListSource(
    name="alphavantage",
    title="Alpha Vantage",
    terms=Terms(
        "Alpha Vantage",
        "With your own key, under the terms you have agreed with it.",
        "https://www.alphavantage.co/terms_of_service/",
    ),
    ask=_alpha_vantage_request,
    parse=parse_alpha_vantage,
    needs_key=True,
)
