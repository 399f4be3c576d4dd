"""The built-in closes: month-ends of two indices, daily closes of a half-year and of the last weeks at hand."""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from models.calc.prices import price_pair
from models.names import Known
from models.reader import Reader
from models.records import Closes, Dates, Observations
from models.series import price_id

DATASET = "closes"
FILE = "closes.csv.gz"
INDICES = ("RUT", "SPX")
FUNDS = ("XLF", "KBE", "KRE", "HYG", "LQD")
DAILY = (date(2016, 12, 30), date(2017, 6, 30))
"""The half-year whose every session is there."""
NEWEST = 60
"""How many of the newest sessions are there besides."""
CREDIT = (
    "Closes of the Russell 2000 and the S&P 500 (Cboe Global Indices) and of five exchange-traded funds (Yahoo):\n"
    "plain figures, rounded, of the half-year to 30 June 2017 and of the newest sessions, and month-ends of the two\n"
    "indices. They belong to their providers; a download takes their place.\n"
)

_HEADER = ["symbol", "date", "close"]
_PLACES = 4


def closes(reader: Reader, as_of: datetime) -> tuple[Closes, ...]:
    """What of the closes known by a moment is built in; of the indices also the newest sessions that both have."""
    indices = [reader.closes(symbol, as_of) for symbol in INDICES]
    small, large = indices
    common = np.array([], dtype="M8[D]")
    if small is not None and large is not None:
        pair = price_pair(small, large)
        common = np.concatenate((pair.date[-NEWEST:], pair.date[list(pair.month_ends.values())]))
    funds = [reader.closes(symbol, as_of) for symbol in FUNDS]
    return tuple(_kept(one, common) for one in indices if one is not None) + tuple(
        _kept(one, common[:0]) for one in funds if one is not None
    )


def _kept(of: Closes, chosen: Dates) -> Closes:
    """The chosen days, those of the half-year, and the newest."""
    first, last = (np.datetime64(day) for day in DAILY)
    rows = np.isin(of.date, chosen) | ((of.date >= first) & (of.date <= last))
    rows[-NEWEST:] = True
    return Closes(of.symbol, of.source, of.date[rows], of.close[rows].round(_PLACES))


def write(rows: Sequence[Closes]) -> list[list[str]]:
    """One line a symbol and day."""
    lines = [
        [of.symbol, str(day), repr(close)] for of in rows for day, close in zip(of.date, of.close.tolist(), strict=True)
    ]
    return [_HEADER, *lines]


def read(_dataset: str, cells: list[list[str]]) -> tuple[Observations, ...]:
    found: dict[str, list[tuple[str, float]]] = {}
    for symbol, day, close in cells[1:]:
        found.setdefault(symbol, []).append((day, float(close)))
    return tuple(
        Observations(
            price_id("starter", symbol),
            np.array([day for day, _ in pairs], dtype="M8[D]"),
            np.array([close for _, close in pairs]),
            Known.EXCHANGE_CLOSE,
        )
        for symbol, pairs in found.items()
    )
