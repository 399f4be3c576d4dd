"""Leverage of small against large caps, from the accounts of the companies in the funds that stand for them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models import funds
from models.calc.accounts import Books, accounts, books
from models.calc.leverage import Leverage, leverage, own_percentile
from models.calendars import NEW_YORK
from models.formats import plural
from models.pages.choice import Choice
from models.pages.shelf import Shelf, pick
from models.reader import Reader

FIRST_YEAR = 2009
"""Companies file machine-readable accounts since June 2009."""
MULTIPLE, SHARE = "times EBITDA", "% of companies"

MEASURES: dict[str, tuple[str, str]] = {
    "net": ("net debt to EBITDA", MULTIPLE),
    "gross": ("gross debt to EBITDA", MULTIPLE),
    "net_positive": ("net debt to EBITDA where EBITDA is above zero", MULTIPLE),
    "median": ("median net debt to EBITDA", MULTIPLE),
    "negative_ebitda_pct": ("companies with EBITDA at or below zero", SHARE),
}


@dataclass(frozen=True)
class LeverageRow:
    """One measure of one fund. `percentile` is against its own year-ends since `since`, None where they are few."""

    series: str
    title: str
    unit: str
    date: dt.date
    level: float | None
    percentile: float | None
    since: dt.date | None


@dataclass(frozen=True)
class FundLeverage:
    """One fund's companies outside finance and real estate, with today's membership at every year-end."""

    fund: str
    holdings_as_of: dt.date
    latest: Leverage
    history: tuple[tuple[dt.date, Leverage], ...]


@dataclass(frozen=True)
class LeveragePage:
    """As of `choice.as_of`; `reason_empty` says why there is nothing."""

    choice: Choice
    small: FundLeverage | None
    large: FundLeverage | None
    rows: tuple[LeverageRow, ...]
    note: str
    reason_empty: str = ""


def build(reader: Reader, choice: Choice, shelf: Shelf | None = None) -> LeveragePage:
    """From accounts filed by the moment, for the holdings known by then."""
    held = shelf or Shelf(reader)
    small, large = (_of(held, choice, ticker) for ticker in (funds.SMALL_DEFAULT, funds.LARGE_DEFAULT))
    sides = [side for side in (small, large) if side is not None]
    day = choice.as_of.astimezone(NEW_YORK).date()
    return LeveragePage(
        choice=choice,
        small=small,
        large=large,
        rows=tuple(_row(side, measure, day) for side in sides for measure in MEASURES),
        note=" ".join(_note(side) for side in sides),
        reason_empty="" if sides else "No company accounts are held; the SEC source brings them.",
    )


def _of(shelf: Shelf, choice: Choice, ticker: str) -> FundLeverage | None:
    others = [fund.ticker for fund in funds.tracking(funds.fund(ticker).index) if fund.ticker != ticker]
    chosen = pick(shelf.held(choice.as_of), (), [ticker, *others])
    if chosen is None or chosen.held.lines is None:
        return None
    lines = shelf.equity(chosen.held.lines).lines
    sectors = {line.holding.ticker: line.holding.sector for line in lines if line.holding.ticker}
    of = books(shelf.reader.facts(choice.as_of, list(sectors)))
    if not of:
        return None
    day = choice.as_of.astimezone(NEW_YORK).date()
    latest = leverage(accounts(of, sectors, day))
    return FundLeverage(chosen.held.fund, chosen.held.as_of, latest, _history(of, sectors, day))


def _history(
    of: Mapping[str, Books], sectors: Mapping[str, str], until: dt.date
) -> tuple[tuple[dt.date, Leverage], ...]:
    """Every year-end at which anyone had accounts, before a day."""
    ends = [dt.date(year, 12, 31) for year in range(FIRST_YEAR, until.year)]
    made = [(end, leverage(accounts(of, sectors, end))) for end in ends]
    return tuple((end, found) for end, found in made if found.companies)


def _row(side: FundLeverage, measure: str, day: dt.date) -> LeverageRow:
    title, unit = MEASURES[measure]
    level = getattr(side.latest, measure)
    known = [(end, getattr(found, measure)) for end, found in side.history]
    values = np.array([np.nan if v is None else v for _, v in [*known, (day, level)]], float)
    percentile = own_percentile(values)
    since = known[0][0] if known and percentile is not None else None
    return LeverageRow(f"{side.fund.lower()}:{measure}", f"{side.fund}, {title}", unit, day, level, percentile, since)


def _note(side: FundLeverage) -> str:
    found = side.latest
    outliers = f", {plural(len(found.outliers), 'outlier')} among them" if found.outliers else ""
    return f"{side.fund}: {found.companies:,} of {found.of:,} companies have accounts{outliers}."
