"""One answer of Yahoo's chart interface, read: the closes of each session, with and without dividends."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from models.calendars import is_session
from models.names import Known
from models.series import Symbol, SymbolKind, price_id
from services import strict_json
from services.errors import ErrorKind, SourceError
from services.sources.columns import Parsed, observations

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_KNOWN_YEAR = 1987
"""From here on the calendar knows every session."""


@dataclass(frozen=True)
class Chart:
    """Closes, closes with dividends reinvested (None where a symbol pays none), and the days of splits among them."""

    price: Parsed
    total: Parsed | None
    splits: tuple[date, ...]


def parse_chart(body: bytes, symbol: Symbol, now: datetime) -> Chart:
    """The daily bars of one symbol.

    A bar's day is that of its opening at the exchange. Bars without a close are holes and stay holes; the bar of a
    session that has not ended is left out, as are bars on days without one. Raises NOT_FOUND where the symbol is
    not known, WRONG_DATE for bars that are not daily or of another symbol, CHANGED_FORMAT, EMPTY, IMPLAUSIBLE or
    BAD_CONTENT.
    """
    try:
        result = _result(strict_json.load(body))
        zone = _checked_zone(result["meta"], symbol)
        days = [_day(stamp, zone) for stamp in result.get("timestamp") or []]
        closes = result["indicators"]["quote"][0]["close"] if days else []
        adjusted = result["indicators"]["adjclose"][0]["adjclose"] if days and symbol.has_total else None
        splits = (result.get("events") or {}).get("splits") or {}
        split_days = tuple(_day(split["date"], zone) for split in splits.values())
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error

    def series(kind: str, values: Sequence[Any]) -> Parsed:
        if len(values) != len(days):
            raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {len(values)} closes for {len(days)} days")
        named, bars = price_id("yahoo", symbol.name, kind), _bars(symbol, days, values)
        return observations(named, bars, known=Known.EXCHANGE_CLOSE, now=now, positive=True)

    return Chart(series("price", closes), series("total", adjusted) if adjusted is not None else None, split_days)


def _result(answer: Any) -> Any:
    chart = answer["chart"]
    if chart.get("error"):
        code = str(chart["error"].get("code", ""))
        kind = ErrorKind.NOT_FOUND if code == "Not Found" else ErrorKind.BAD_REQUEST
        raise SourceError(kind, f"{code}: {chart['error'].get('description', '')}"[:200])
    return chart["result"][0]


def _checked_zone(meta: Any, symbol: Symbol) -> tzinfo:
    """The exchange's zone; the offset in the answer is today's, not that of each bar, and only the next best."""
    if meta["dataGranularity"] != "1d":
        raise SourceError(ErrorKind.WRONG_DATE, f"{symbol.name}: bars of {meta['dataGranularity']!r}, not of days")
    if str(meta["symbol"]).upper() != symbol.yahoo.upper():
        raise SourceError(ErrorKind.WRONG_DATE, f"{meta['symbol']!r} instead of {symbol.yahoo}")
    try:
        return ZoneInfo(str(meta.get("exchangeTimezoneName", "")))
    except (KeyError, ValueError, OSError):
        return timezone(timedelta(seconds=int(meta["gmtoffset"])))


def _day(stamp: Any, zone: tzinfo) -> date:
    return (_EPOCH + timedelta(seconds=int(stamp))).astimezone(zone).date()


def _bars(symbol: Symbol, days: Sequence[date], values: Sequence[Any]) -> Iterator[tuple[date, float]]:
    """Futures also trade on days without a session of the exchange."""
    keeps_all = symbol.kind is SymbolKind.FUTURE
    for day, value in zip(days, values, strict=True):
        if value is not None and (keeps_all or day.year < _FIRST_KNOWN_YEAR or is_session(day)):
            yield day, float(value) if isinstance(value, int | float) else math.nan
