"""Prices of the running session: shown with their time, never kept, never part of a figure."""

from dataclasses import dataclass
from datetime import datetime, time

from models.calendars import NEW_YORK, is_session
from models.formats import decimal, percent
from models.series import title_of

_OPENS, _CLOSES = time(9, 30), time(16, 20)
"""New York's session, and the quarter of an hour by which the last quotes are late."""


@dataclass(frozen=True)
class Quote:
    """The latest price of a symbol at `at` (an aware moment); `previous` is the last close before it."""

    symbol: str
    price: float
    previous: float
    at: datetime

    @property
    def change_pct(self) -> float:
        return 100 * (self.price / self.previous - 1)


def is_quoted(moment: datetime) -> bool:
    """Whether prices move: on a session, from its opening until the last delayed quote."""
    local = moment.astimezone(NEW_YORK)
    return is_session(local.date()) and _OPENS <= local.time() < _CLOSES


def words(quotes: tuple[Quote, ...]) -> str:
    """`Russell 2000 2,410.30 (+0.4%), S&P 500 6,001.20 (−0.1%); delayed, 14:32 ET`; empty without quotes."""
    if not quotes:
        return ""
    prices = ", ".join(
        f"{title_of(quote.symbol)} {decimal(quote.price, 2)} ({percent(quote.change_pct, signed=True)})"
        for quote in quotes
    )
    oldest = min(quote.at for quote in quotes).astimezone(NEW_YORK)
    return f"{prices}; delayed, {oldest:%H:%M} ET"
