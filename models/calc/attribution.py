"""How much each sector contributed to small caps' lead over large caps.

Contribution of a sector to a fund's return = its weight at the start x the sector's return (DOMAIN: sectors).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.calc.sectors import Weights


@dataclass(frozen=True)
class Contribution:
    """One sector; returns in percent, contributions in points. Unknown where the sector has no return."""

    sector: str
    return_pct: float | None
    small_points: float | None
    large_points: float | None
    lead_points: float | None


@dataclass(frozen=True)
class Attribution:
    """The lead of small caps taken apart, the largest contribution to it first.

    `lead_points` = the contributions' sum + `residual_points`; the residual holds all that sector returns
    of one market cannot say: that small companies of a sector did otherwise than the sector, cash, fees and
    sectors without a return (`uncovered_pct`, of the two funds the larger weight).
    """

    contributions: tuple[Contribution, ...]
    small_return_pct: float
    large_return_pct: float
    lead_points: float
    explained_points: float
    residual_points: float
    uncovered_pct: float


def attribute(
    small: Weights,
    large: Weights,
    returns_pct: Mapping[str, float],
    small_return_pct: float,
    large_return_pct: float,
) -> Attribution | None:
    """None where the two have no taxonomy in common. `returns_pct` is each sector's return over the window."""
    if small.taxonomy is not large.taxonomy:
        return None
    rows = [
        _contribution(name, small.by_sector.get(name, 0.0), large.by_sector.get(name, 0.0), returns_pct.get(name))
        for name in dict.fromkeys([*small.by_sector, *large.by_sector])
    ]
    rows.sort(key=lambda row: (row.lead_points is None, -abs(row.lead_points or 0.0)))
    lead = small_return_pct - large_return_pct
    explained = sum(row.lead_points or 0.0 for row in rows)
    missing = [row.sector for row in rows if row.lead_points is None]
    uncovered = max(sum(of.by_sector.get(name, 0.0) for name in missing) for of in (small, large))
    return Attribution(tuple(rows), small_return_pct, large_return_pct, lead, explained, lead - explained, uncovered)


def _contribution(sector: str, small_pct: float, large_pct: float, return_pct: float | None) -> Contribution:
    if return_pct is None:
        return Contribution(sector, None, None, None, None)
    first, second = small_pct * return_pct / 100, large_pct * return_pct / 100
    return Contribution(sector, return_pct, first, second, first - second)
