"""Expected earnings of an index summed from the companies in the fund that stands for it, with coverage."""

import datetime as dt
from dataclasses import dataclass

from models import funds
from models.calc.consensus import fiscal_years, in_order, newest
from models.calc.estimates import Growth, Members, by_sector, growth, profitable, without_sector
from models.calc.index_earnings import YearOnYear
from models.calendars import NEW_YORK
from models.fiscal import is_fiscal_year
from models.pages.choice import Choice
from models.pages.measures import in_year, members
from models.pages.shelf import Shelf, pick
from models.records import Estimate, Holding

YEARS_BACK, YEARS_AHEAD = 1, 2


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


@dataclass(frozen=True)
class Companies:
    """The holdings of the fund that stands for an index, and their estimates of one basis, oldest vintage first."""

    fund: str
    as_of: dt.date
    holdings: tuple[Holding, ...]
    estimates: tuple[Estimate, ...]


def companies(shelf: Shelf, choice: Choice, subject: str, basis: str, stand_in: str) -> Companies | None:
    """Of a fund that tracks the index, else of the fund that stands in for it.

    None where no holdings were known by the moment.
    """
    held = shelf.held(choice.as_of)
    chosen = pick(held, (), [fund.ticker for fund in funds.tracking(subject)]) or pick(held, (), [stand_in])
    if chosen is None or chosen.held.lines is None:
        return None
    lines = shelf.equity(chosen.held.lines).lines
    holdings = tuple(line.holding for line in lines if line.holding.market_value_usd)
    found = shelf.reader.estimates(choice.as_of, [holding.ticker for holding in holdings])
    ordered = in_order(estimate for estimate in found if estimate.basis == basis)
    return Companies(chosen.held.fund, chosen.held.as_of, holdings, tuple(ordered))


def consensus(of: Companies | None, choice: Choice) -> Consensus | None:
    """None where no holdings or no estimates were known by the moment."""
    if of is None:
        return None
    today = choice.as_of.astimezone(NEW_YORK).date()
    current = [estimate for estimate in newest(of.estimates, today).values() if is_fiscal_year(estimate.period)]
    fiscal = fiscal_years(current)
    eps = {
        year: in_year(of.holdings, fiscal, year)
        for year in range(today.year - YEARS_BACK - 1, today.year + YEARS_AHEAD + 1)
    }
    of_year = {year: members(of.holdings, eps[year - 1], eps[year]) for year in list(eps)[1:]}
    years = tuple(_year_on_year(year, growth(found)) for year, found in of_year.items() if found.covered.any())
    if not years:
        return None
    main = of_year[today.year]
    is_covered = bool(main.covered.any())
    return Consensus(
        of.fund,
        max(estimate.vintage for estimate in current),
        years,
        growth(main).coverage.weight_pct if is_covered else None,
        _lenses(today.year, main) if is_covered else (),
    )


def _year_on_year(year: int, found: Growth) -> YearOnYear:
    return YearOnYear(
        str(year), found.next_usd, found.base_usd, found.growth_pct, True, change_of_value_pct=found.change_of_value_pct
    )


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
