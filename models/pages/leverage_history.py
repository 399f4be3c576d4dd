"""Leverage by quarter, worked out once from accounts and kept as series of their own."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from models import funds
from models.calc.accounts import Books, accounts, books
from models.calc.leverage import Leverage, leverage
from models.calendars import NEW_YORK
from models.pages.shelf import Shelf, pick
from models.reader import Reader
from models.records import Observations

FIRST_YEAR = 2009
"""Companies file machine-readable accounts since June 2009."""
SETTLED_DAYS = 90
"""So long after a quarter nearly all of its accounts have been filed; earlier its figure would still move."""
KEPT = ("net", "gross", "net_positive", "median", "negative_ebitda_pct")


def series_name(fund: str, measure: str) -> str:
    """`sec:leverage:IWM:net`."""
    return f"sec:leverage:{fund}:{measure}"


def quarter_ends(until: dt.date) -> tuple[dt.date, ...]:
    """The quarters since 2009 whose accounts were settled by a day."""
    last = until - dt.timedelta(days=SETTLED_DAYS)
    ends = (
        dt.date(year, month, 30 if month in (6, 9) else 31)
        for year in range(FIRST_YEAR, last.year + 1)
        for month in (3, 6, 9, 12)
    )
    return tuple(end for end in ends if end <= last)


def by_quarter(
    of: Mapping[str, Books],
    sectors: Mapping[str, str],
    ends: Sequence[dt.date],
    check: Callable[[], None] = lambda: None,
) -> tuple[tuple[dt.date, Leverage], ...]:
    """Each quarter at which anyone had accounts, with one membership at all of them.

    `check` is called before each quarter and may raise, as the whole takes half a minute for 1,500 companies.
    """
    made = []
    for end in ends:
        check()
        found = leverage(accounts(of, sectors, end))
        if found.companies:
            made.append((end, found))
    return tuple(made)


def observations(
    reader: Reader, moment: dt.datetime, check: Callable[[], None] = lambda: None
) -> tuple[Observations, ...]:
    """Every measure of both funds by quarter, with the members of today; () without holdings or accounts."""
    shelf = Shelf(reader)
    held = shelf.held(moment)
    ends = quarter_ends(moment.astimezone(NEW_YORK).date())
    made: list[Observations] = []
    for fund in (funds.SMALL_DEFAULT, funds.LARGE_DEFAULT):
        chosen = pick(held, (), [fund])
        if chosen is None or chosen.held.lines is None:
            continue
        lines = shelf.equity(chosen.held.lines).lines
        sectors = {line.holding.ticker: line.holding.sector for line in lines if line.holding.ticker}
        found = by_quarter(books(reader.facts(moment, list(sectors))), sectors, ends, check)
        made += [series for measure in KEPT if len(series := _series(fund, measure, found))]
    return tuple(made)


def _series(fund: str, measure: str, found: Sequence[tuple[dt.date, Leverage]]) -> Observations:
    known = [(end, value) for end, of in found if (value := getattr(of, measure)) is not None]
    return Observations(
        series_name(fund, measure),
        np.array([end for end, _ in known], "datetime64[D]"),
        np.array([value for _, value in known], float),
    )


def stored(reader: Reader, fund: str, measure: str, moment: dt.datetime) -> tuple[tuple[dt.date, float], ...]:
    """What was kept of one measure, as far as its accounts were settled by the moment."""
    found = reader.observations(series_name(fund, measure), moment)
    if found is None:
        return ()
    settled = set(quarter_ends(moment.astimezone(NEW_YORK).date()))
    pairs = ((day.item(), float(value)) for day, value in zip(found.date, found.value, strict=True))
    return tuple((day, value) for day, value in pairs if day in settled)
