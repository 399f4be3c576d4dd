"""Nasdaq's public history of closes: without a key, some years deep, without dividends."""

from collections.abc import Sequence
from datetime import date, datetime

from models.names import Known
from models.series import Symbol, price_id
from services import strict_json
from services.errors import ErrorKind, SourceError
from services.http import Content, Request
from services.sources.columns import Parsed, from_cells
from services.sources.price_list import PriceListSource
from services.sources.source import Terms

FOLDER = "https://api.nasdaq.com/api/quote"


def request(symbol: Symbol, start: date, end: date, key: str) -> Request:  # noqa: ARG001 - it needs no key
    params = (
        ("assetclass", "etf"),
        ("fromdate", start.isoformat()),
        ("todate", end.isoformat()),
        ("limit", "9999"),
    )
    return Request(f"{FOLDER}/{symbol.name}/historical", Content.JSON, params, deadline_s=30.0)


def parse(body: bytes, symbol: Symbol, now: datetime) -> Sequence[Parsed]:
    """The closes of one fund, newest first in the answer. HTTP 200 is no success: `status.rCode` says so.

    Raises NOT_FOUND for an unknown symbol, WRONG_DATE for another one, CHANGED_FORMAT, EMPTY, IMPLAUSIBLE or
    BAD_CONTENT.
    """
    try:
        answer = strict_json.load(body)
        code = answer["status"]["rCode"]
        if code != 200 or answer.get("data") is None:
            raise SourceError(ErrorKind.NOT_FOUND, f"{symbol.name}: rCode {code}")
        if str(answer["data"]["symbol"]).upper() != symbol.name:
            raise SourceError(ErrorKind.WRONG_DATE, f"{answer['data']['symbol']!r} instead of {symbol.name}")
        rows = [(str(row["date"]), str(row["close"])) for row in answer["data"]["tradesTable"]["rows"] or []]
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error
    series = price_id("nasdaq", symbol.name)
    return (from_cells(series, rows, known=Known.EXCHANGE_CLOSE, now=now, positive=True),)


SOURCE = PriceListSource(
    name="nasdaq",
    title="Nasdaq closes",
    terms=Terms("Nasdaq", "Website data for your own use.", "https://www.nasdaq.com/legal"),
    ask=request,
    parse=parse,
)
