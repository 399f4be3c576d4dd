"""Expected earnings of an index summed from the companies in the fund that stands for it, with coverage."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models import funds
from models.calc.estimates import Growth, Members, by_sector, calendar_year, growth, profitable, without_sector
from models.calc.index_earnings import YearOnYear
from models.calendars import NEW_YORK
from models.fiscal import fiscal_end, is_fiscal_year
from models.pages.choice import Choice
from models.pages.shelf import Shelf, pick
from models.records import Estimate, Holding

YEARS_BACK, YEARS_AHEAD = 1, 2

Fiscal = dict[dt.date, float]


@dataclass(frozen=True)
class Lens:
    """Growth of the index seen in one way: whole, without loss-makers, one sector, all but one sector."""

    title: str
    found: YearOnYear


@dataclass(frozen=True)
class Consensus:
    """A fund's companies as their consensus had them at a moment. Sums are in US dollars, losses included.

    `vintage` is the newest consensus among them; `coverage_pct` the share of market value behind the moment's year.
    """

    fund: str
    vintage: dt.date
    years: tuple[YearOnYear, ...]
    coverage_pct: float | None
    lenses: tuple[Lens, ...]


def consensus(shelf: Shelf, choice: Choice, subject: str, basis: str) -> Consensus | None:
    """None where no holdings or no estimates were known by the moment."""
    chosen = pick(shelf.held(choice.as_of), (), [fund.ticker for fund in funds.tracking(subject)])
    if chosen is None or chosen.held.lines is None:
        return None
    holdings = [line.holding for line in shelf.equity(chosen.held.lines).lines if line.holding.market_value_usd]
    found = shelf.reader.estimates(choice.as_of, [holding.ticker for holding in holdings])
    newest = _newest(estimate for estimate in found if estimate.basis == basis and is_fiscal_year(estimate.period))
    this_year = choice.as_of.astimezone(NEW_YORK).year
    of_year = {
        year: _members(holdings, _by_ticker(newest.values()), year)
        for year in range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    }
    years = tuple(_year_on_year(year, growth(members)) for year, members in of_year.items() if members.covered.any())
    if not years:
        return None
    main = of_year[this_year]
    is_covered = bool(main.covered.any())
    return Consensus(
        chosen.held.fund,
        max(estimate.vintage for estimate in newest.values()),
        years,
        growth(main).coverage.weight_pct if is_covered else None,
        _lenses(this_year, main) if is_covered else (),
    )


def _members(holdings: Sequence[Holding], fiscal: Mapping[str, Fiscal], year: int) -> Members:
    """The companies with their calendar years: the one before as base, and the year itself."""
    values = np.array([holding.market_value_usd for holding in holdings], float)
    shares = np.array([holding.shares or np.nan for holding in holdings], float)
    base, following = (
        np.array([_known(calendar_year(fiscal.get(holding.ticker, {}), of)) for holding in holdings], float)
        for of in (year - 1, year)
    )
    tickers, sectors = (np.array([getattr(h, name) for h in holdings]) for name in ("ticker", "sector"))
    return Members(tickers, sectors, shares, values / shares, base, following)


def _known(value: float | None) -> float:
    return np.nan if value is None else value


def _newest(estimates: Iterable[Estimate]) -> dict[tuple[str, str], Estimate]:
    """The latest vintage of each company's period; an actual takes the place of what was expected."""
    newest: dict[tuple[str, str], Estimate] = {}
    for estimate in sorted(estimates, key=lambda e: (e.vintage, not e.is_estimate)):
        newest[estimate.subject, estimate.period] = estimate
    return newest


def _by_ticker(estimates: Iterable[Estimate]) -> dict[str, Fiscal]:
    found: dict[str, Fiscal] = {}
    for estimate in estimates:
        end = fiscal_end(estimate.period)
        if end is not None:
            found.setdefault(estimate.subject, {})[end] = estimate.value
    return found


def _year_on_year(year: int, found: Growth) -> YearOnYear:
    return YearOnYear(str(year), found.next_usd, found.base_usd, found.growth_pct, is_estimate=True)


def _lenses(year: int, members: Members) -> tuple[Lens, ...]:
    """The whole, without loss-makers, without the sector that moves the whole most, then each sector."""
    sectors = by_sector(members)
    moves = {name: abs(found.next_usd - found.base_usd) for name, found in sectors.items()}
    largest = max(moves, key=lambda name: moves[name])
    lenses = [
        Lens("", _year_on_year(year, growth(members))),
        Lens("Without loss-makers", _year_on_year(year, growth(profitable(members)))),
        Lens(f"Without {largest}", _year_on_year(year, growth(without_sector(members, largest)))),
    ]
    return (*lenses, *(Lens(name, _year_on_year(year, found)) for name, found in sectors.items()))
