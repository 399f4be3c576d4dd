"""Earnings per share of an index as its publisher gives them: years, quarters, vintages, the gap between two.

A vintage is a whole table as known on one day, so growth compares two periods of the same vintage.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.calc.estimates import growth_pct
from models.records import Estimate


def period_end(period: str) -> date:
    """The last day of `2017` or `2017Q3`."""
    year, _, quarter = period.partition("Q")
    month = 3 * int(quarter or 4)
    return date(int(year), month, 31 if month in (3, 12) else 30)


@dataclass(frozen=True)
class Eps:
    """Earnings per share in US dollars for one period; an estimate as soon as part of it is one."""

    period: str
    value: float
    is_estimate: bool


@dataclass(frozen=True)
class YearOnYear:
    """Growth of one period over the same period a year earlier; `growth_pct` is None where it means nothing (NM).

    `change_of_value_pct` is the change over market value, None where the publisher gives none.
    """

    period: str
    eps: float
    base: float
    growth_pct: float | None
    is_estimate: bool
    change_of_value_pct: float | None = None

    @property
    def is_nm(self) -> bool:
        return self.growth_pct is None


@dataclass(frozen=True)
class Gap:
    """Small growth minus large growth of one period, in points; None where either means nothing."""

    period: str
    points: float | None
    is_estimate: bool


@dataclass(frozen=True)
class Streak:
    """The newest run of gaps on one side, oldest period first; `sign` is 1 where small grew faster, else -1."""

    sign: int
    periods: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.periods)


@dataclass(frozen=True)
class VintagePoint:
    """One year's earnings as a vintage had them; `is_complete` once all of the year had been reported."""

    vintage: date
    eps: float
    is_complete: bool


class Table:
    """One index on one basis as known in one vintage."""

    def __init__(self, vintage: date, estimates: Iterable[Estimate]) -> None:
        self.vintage = vintage
        self._by_period = {e.period: e for e in estimates}

    def __len__(self) -> int:
        return len(self._by_period)

    def quarter(self, period: str) -> Eps | None:
        found = self._by_period.get(period)
        return Eps(period, found.value, found.is_estimate) if found else None

    def year(self, year: int) -> Eps | None:
        """The sum of the four quarters, else the annual figure."""
        quarters = [self._by_period.get(f"{year}Q{q}") for q in (1, 2, 3, 4)]
        known = [q for q in quarters if q is not None]
        if len(known) == 4:
            return Eps(str(year), math.fsum(q.value for q in known), any(q.is_estimate for q in known))
        return self.quarter(str(year))

    @property
    def years(self) -> tuple[int, ...]:
        found = {int(period[:4]) for period in self._by_period}
        return tuple(year for year in sorted(found) if self.year(year) is not None)

    @property
    def quarters(self) -> tuple[str, ...]:
        return tuple(sorted(period for period in self._by_period if "Q" in period))

    def annual_growth(self) -> tuple[YearOnYear, ...]:
        """Each year over the one before, oldest first."""
        return _compared((self.year(year), self.year(year - 1)) for year in self.years)

    def quarterly_growth(self) -> tuple[YearOnYear, ...]:
        """Each quarter over the same of the year before, oldest first."""
        return _compared((self.quarter(q), self.quarter(f"{int(q[:4]) - 1}{q[4:]}")) for q in self.quarters)


def _compared(pairs: Iterable[tuple[Eps | None, Eps | None]]) -> tuple[YearOnYear, ...]:
    return tuple(
        YearOnYear(now.period, now.value, base.value, growth_pct(base.value, now.value), now.is_estimate)
        for now, base in pairs
        if now is not None and base is not None
    )


def tables(estimates: Iterable[Estimate]) -> dict[tuple[str, str], tuple[Table, ...]]:
    """(subject, basis) to its vintages, oldest first. The estimates are of one segment."""
    sorted_out: dict[tuple[str, str], dict[date, list[Estimate]]] = {}
    for estimate in estimates:
        vintages = sorted_out.setdefault((estimate.subject, estimate.basis), {})
        vintages.setdefault(estimate.vintage, []).append(estimate)
    return {
        key: tuple(Table(vintage, vintages[vintage]) for vintage in sorted(vintages))
        for key, vintages in sorted_out.items()
    }


def gaps(small: Sequence[YearOnYear], large: Sequence[YearOnYear]) -> tuple[Gap, ...]:
    """Small minus large over the periods that both have, oldest first; an estimate where either is one."""
    others: Mapping[str, YearOnYear] = {growth.period: growth for growth in large}
    return tuple(
        Gap(mine.period, _difference(mine.growth_pct, other.growth_pct), mine.is_estimate or other.is_estimate)
        for mine in small
        if (other := others.get(mine.period)) is not None
    )


def _difference(small: float | None, large: float | None) -> float | None:
    return None if small is None or large is None else small - large


def streak(of: Sequence[Gap]) -> Streak | None:
    """The run of reported gaps on one side up to the newest reported one; None where that one is zero or unknown.

    A gap that means nothing, or a period that is missing, ends the run.
    """
    reported = [gap for gap in of if not gap.is_estimate]
    run: list[Gap] = []
    for gap in reversed(reported):
        if not gap.points or (run and (_sign(gap) != _sign(run[-1]) or _next(gap.period) != run[-1].period)):
            break
        run.append(gap)
    return Streak(_sign(run[0]), tuple(gap.period for gap in reversed(run))) if run else None


def _sign(gap: Gap) -> int:
    return 1 if (gap.points or 0.0) > 0 else -1


def _next(period: str) -> str:
    year, _, quarter = period.partition("Q")
    if not quarter:
        return str(int(year) + 1)
    return f"{int(year) + 1}Q1" if quarter == "4" else f"{year}Q{int(quarter) + 1}"


def revisions(vintages: Sequence[Table], year: int) -> tuple[VintagePoint, ...]:
    """How the earnings of one year moved, vintage by vintage, to the first in which the year is complete."""
    points: list[VintagePoint] = []
    for table in vintages:
        eps = table.year(year)
        if eps is not None:
            points.append(VintagePoint(table.vintage, eps.value, is_complete=not eps.is_estimate))
            if not eps.is_estimate:
                break
    return tuple(points)


def rebased(points: Sequence[VintagePoint]) -> tuple[float | None, ...]:
    """The same with the first vintage as 100; unknown where that is not positive."""
    first = points[0].eps if points else 0.0
    return tuple(100 * point.eps / first if first > 0 else None for point in points)
