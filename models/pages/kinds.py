"""How far the kinds of data beside positions reach at a rewound moment, as the pages show them."""

import datetime as dt

from models.formats import as_date
from models.pages import earnings_build, sectors_build
from models.pages.choice import Choice
from models.pages.earnings import EarningsChoice
from models.pages.market_build import observations_of
from models.pages.sectors import SectorsChoice
from models.pages.shelf import Shelf
from models.reader import Reader
from models.series import CREDIT, CREDIT_TABLE, DEFAULT_PAIR

Days = tuple[tuple[str, dt.date], ...]


def kinds(reader: Reader, choice: Choice) -> tuple[Days, Days]:
    """The newest day of each kind that is known, and of each kind that is shown although it was not known yet."""
    known: list[tuple[str, dt.date]] = []
    later: list[tuple[str, dt.date]] = []
    closes = (reader.closes(symbol, choice.as_of) for symbol in (DEFAULT_PAIR.small, DEFAULT_PAIR.large))
    prices = [as_date(found.date[-1]) for found in closes if found is not None and len(found.date)]
    if prices:
        known.append(("Prices", max(prices)))
    for name in CREDIT_TABLE:
        observed = observations_of(reader, CREDIT[name], choice)
        if observed is not None and len(observed):
            known.append(("Credit", as_date(observed.date[-1])))
            break
    shelf = Shelf(reader)
    sectors = sectors_build.build(reader, choice, SectorsChoice(), shelf)
    if sectors.small is not None:
        (later if sectors.small.is_later else known).append(("Sectors", sectors.small.as_of))
    earnings = earnings_build.build(reader, choice, EarningsChoice(), shelf)
    if earnings.small is not None:
        (later if earnings.small.is_later else known).append(("Earnings", earnings.small.vintage))
    return tuple(known), tuple(later)
