"""Leverage of small against large caps, from the accounts of the companies in the funds that stand for them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models import funds
from models.calc.accounts import Books, accounts, books
from models.calc.leverage import Leverage, leverage, own_percentile
from models.calendars import NEW_YORK
from models.formats import plural
from models.pages.choice import Choice
from models.pages.leverage_history import FIRST_YEAR, by_quarter, stored
from models.pages.shelf import Shelf, pick
from models.reader import Reader
from models.statements.leverage_claims import Debt, LeverageStatement, statement

MULTIPLE, SHARE = "times EBITDA", "% of companies"

MEASURES: dict[str, tuple[str, str]] = {
    "net": ("net debt to EBITDA", MULTIPLE),
    "gross": ("gross debt to EBITDA", MULTIPLE),
    "net_positive": ("net debt to EBITDA where EBITDA is above zero", MULTIPLE),
    "median": ("median net debt to EBITDA", MULTIPLE),
    "negative_ebitda_pct": ("companies with EBITDA at or below zero", SHARE),
}


History = tuple[tuple[dt.date, float], ...]


@dataclass(frozen=True)
class LeverageRow:
    """One measure of one fund. `percentile` is against its own history since `since`, None where that is short."""

    series: str
    title: str
    unit: str
    date: dt.date
    level: float | None
    percentile: float | None
    since: dt.date | None


@dataclass(frozen=True)
class FundLeverage:
    """One fund's companies outside finance and real estate, with one membership at all times.

    `history` is measure to its past values, oldest first: by quarter where they are kept, else by year-end.
    """

    fund: str
    holdings_as_of: dt.date
    latest: Leverage
    history: Mapping[str, History]


@dataclass(frozen=True)
class LeveragePage:
    """As of `choice.as_of`; `reason_empty` says why there is nothing, `statement` is about net debt of both."""

    choice: Choice
    small: FundLeverage | None
    large: FundLeverage | None
    rows: tuple[LeverageRow, ...]
    note: str
    reason_empty: str = ""
    statement: LeverageStatement | None = None


def build(reader: Reader, choice: Choice, shelf: Shelf | None = None) -> LeveragePage:
    """From accounts filed by the moment, for the holdings known by then."""
    held = shelf or Shelf(reader)
    small, large = (_of(held, choice, ticker) for ticker in (funds.SMALL_DEFAULT, funds.LARGE_DEFAULT))
    sides = [side for side in (small, large) if side is not None]
    day = choice.as_of.astimezone(NEW_YORK).date()
    rows = tuple(_row(side, measure, day) for side in sides for measure in MEASURES)
    return LeveragePage(
        choice=choice,
        small=small,
        large=large,
        rows=rows,
        note=" ".join(_note(side) for side in sides),
        statement=_statement(small, large, rows, day),
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
    name = chosen.held.fund
    kept = {measure: stored(shelf.reader, name, measure, choice.as_of) for measure in MEASURES}
    return FundLeverage(name, chosen.held.as_of, latest, kept if any(kept.values()) else _year_ends(of, sectors, day))


def _year_ends(of: Mapping[str, Books], sectors: Mapping[str, str], until: dt.date) -> dict[str, History]:
    """Every year-end at which anyone had accounts, before a day; by quarter it would take too long for a page."""
    made = by_quarter(of, sectors, [dt.date(year, 12, 31) for year in range(FIRST_YEAR, until.year)])
    return {
        measure: tuple((end, value) for end, found in made if (value := getattr(found, measure)) is not None)
        for measure in MEASURES
    }


def _statement(
    small: FundLeverage | None, large: FundLeverage | None, rows: Sequence[LeverageRow], on: dt.date
) -> LeverageStatement | None:
    """About net debt of both; None without the small fund."""

    def debt(side: FundLeverage) -> Debt:
        row = next(row for row in rows if row.series == _series(side, "net"))
        return Debt(side.fund, row.level, row.percentile, row.since)

    return statement(debt(small), debt(large) if large else None, on, ("sec",)) if small else None


def _series(side: FundLeverage, measure: str) -> str:
    return f"{side.fund.lower()}:{measure}"


def _row(side: FundLeverage, measure: str, day: dt.date) -> LeverageRow:
    title, unit = MEASURES[measure]
    level = getattr(side.latest, measure)
    known = side.history[measure]
    values = np.array([*(value for _, value in known), np.nan if level is None else level], float)
    percentile = own_percentile(values)
    since = known[0][0] if known and percentile is not None else None
    return LeverageRow(_series(side, measure), f"{side.fund}, {title}", unit, day, level, percentile, since)


def _note(side: FundLeverage) -> str:
    found = side.latest
    outliers = f", {plural(len(found.outliers), 'outlier')} among them" if found.outliers else ""
    return f"{side.fund}: {found.companies:,} of {found.of:,} companies have accounts{outliers}."
