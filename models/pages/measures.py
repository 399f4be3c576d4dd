"""What a fund's companies are expected to earn, seen in every usual way: growth, P/E, revisions, beats, coverage."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.calc.consensus import Fiscal, Surprise, days_before, fiscal_years, newest, surprises
from models.calc.estimates import (
    Beats,
    Coverage,
    Growth,
    LossMakers,
    Members,
    PriceEarnings,
    beats,
    calendar_year,
    coverage,
    growth,
    loss_makers,
    next_twelve_months,
    price_earnings,
    revision,
    revision_breadth,
)
from models.records import Estimate, Floats, Holding


@dataclass(frozen=True)
class Revised:
    """A year's estimate against the one `days` before, on the companies that had both; breadth from -1 to 1."""

    days: int
    growth: Growth
    breadth: float | None


@dataclass(frozen=True)
class Measures:
    """One fund as of a day. `ahead` is the next twelve months over the last twelve, both weighted by time.

    `beats` is about each company's last reported quarter, None where no reports are held. `of_year` and
    `of_ahead` are price-earnings ratios; their coverage tells how many companies have the earnings.
    """

    fund: str
    year: int
    of_year: PriceEarnings
    of_ahead: PriceEarnings
    ahead: Growth
    losses: LossMakers
    revised: tuple[Revised, ...]
    beats: Beats | None
    coverage: Coverage


def members(holdings: Sequence[Holding], base: Floats, following: Floats) -> Members:
    """The holdings as columns, with two sets of earnings in their order."""
    values = np.array([holding.market_value_usd for holding in holdings], float)
    shares = np.array([holding.shares or np.nan for holding in holdings], float)
    tickers, sectors = (np.array([getattr(h, name) for h in holdings]) for name in ("ticker", "sector"))
    return Members(tickers, sectors, shares, values / shares, base, following)


def in_year(holdings: Sequence[Holding], fiscal: Mapping[str, Fiscal], year: int) -> Floats:
    """Earnings of a calendar year by holding, NaN where unknown."""
    return _column(calendar_year(fiscal.get(holding.ticker, {}), year) for holding in holdings)


def measures(fund: str, holdings: Sequence[Holding], ordered: Sequence[Estimate], day: dt.date) -> Measures:
    """`ordered` are the estimates of one basis known by the moment, oldest vintage first."""
    fiscal = fiscal_years(newest(ordered, day).values())
    this_year = in_year(holdings, fiscal, day.year)
    last, coming = (_twelve_months(holdings, fiscal, start) for start in (_year_before(day), day))
    year = members(holdings, in_year(holdings, fiscal, day.year - 1), this_year)
    ahead = members(holdings, last, coming)
    return Measures(
        fund=fund,
        year=day.year,
        of_year=price_earnings(year, this_year),
        of_ahead=price_earnings(ahead, coming),
        ahead=growth(ahead),
        losses=loss_makers(members(holdings, this_year, this_year)),
        revised=tuple(_revised(holdings, ordered, this_year, day.year, *ago) for ago in days_before(day).items()),
        beats=_beats(holdings, surprises(ordered)),
        coverage=coverage(year, year.covered),
    )


def _revised(
    holdings: Sequence[Holding],
    ordered: Sequence[Estimate],
    today: Floats,
    year: int,
    days: int,
    then: dt.date,
) -> Revised:
    before = in_year(holdings, fiscal_years(newest(ordered, then).values()), year)
    both = members(holdings, before, today)
    return Revised(days, revision(both), revision_breadth(both))


def _beats(holdings: Sequence[Holding], found: Mapping[str, Sequence[Surprise]]) -> Beats | None:
    last = [found[holding.ticker][-1] for holding in holdings if holding.ticker in found]
    return beats(_column(one.reported for one in last), _column(one.expected for one in last))


def _twelve_months(holdings: Sequence[Holding], fiscal: Mapping[str, Fiscal], start: dt.date) -> Floats:
    return _column(next_twelve_months(fiscal.get(holding.ticker, {}), start) for holding in holdings)


def _year_before(day: dt.date) -> dt.date:
    return dt.date(day.year - 1, day.month, min(day.day, 28))


def _column(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], float)
