"""Cboe's daily closes of its indices: official, without a key, one CSV an index."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.names import Known
from models.series import SYMBOLS, price_id
from services.errors import ErrorKind, SourceError
from services.http import Content, Request
from services.sources.columns import Parsed, csv_rows, expect_header, from_cells
from services.sources.series_file import SeriesFile, SeriesFileSource
from services.sources.source import Terms

FOLDER = "https://cdn.cboe.com/api/global/us_indices/daily_prices"
OFFERED = tuple(symbol.name for symbol in SYMBOLS.values() if symbol.cboe)
WITH_RANGE = ("VIX", "RVX")
"""Indices whose file has open, high and low besides the close."""


def address(symbol: str) -> str:
    return f"{FOLDER}/{symbol}_History.csv"


def parse(body: bytes, symbol: str, now: datetime) -> Parsed:
    """The closes in a history file, today's left out until 18:00 New York.

    The header must be exactly the one of this index: another file of the same name holds the performance of
    an index without dividends. Raises CHANGED_FORMAT, BAD_CONTENT, EMPTY or IMPLAUSIBLE.
    """
    rows = csv_rows(body)
    header = next(rows, [])
    expected = ["DATE", "OPEN", "HIGH", "LOW", "CLOSE"] if symbol in WITH_RANGE else ["DATE", symbol]
    expect_header(header, expected)
    return from_cells(
        price_id("cboe", symbol),
        _dates_and_closes(rows, len(expected)),
        known=Known.CBOE_CLOSE,
        now=now,
        positive=True,
    )


def _dates_and_closes(rows: Iterable[list[str]], width: int) -> Iterable[tuple[str, str]]:
    for row in rows:
        if len(row) != width:
            raise SourceError(ErrorKind.BAD_CONTENT, f"{len(row)} cells in the row {row[:6]}")
        yield row[0], row[-1]


def _file(symbol: str) -> SeriesFile:
    return SeriesFile(
        dataset=symbol,
        title=f"{SYMBOLS[symbol].title} closes",
        request=Request(address(symbol), Content.CSV, deadline_s=40.0),
        series=(price_id("cboe", symbol),),
        parse=lambda body, now: (parse(body, symbol, now),),
        is_price=True,
    )


SOURCE = SeriesFileSource(
    name="cboe",
    title="Cboe",
    terms=Terms(
        "Cboe Global Indices",
        "Index closes for your own use; they may not be passed on.",
        "https://www.cboe.com/terms",
    ),
    files=tuple(_file(symbol) for symbol in OFFERED),
    rhythm=timedelta(days=1),
    feeds=("Market", "Positioning", "Story"),
)
