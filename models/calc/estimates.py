"""Earnings of an index, summed from its companies: growth, losses, price-earnings ratios, revisions, breadth.

A company counts with all its shares, losses included, as S&P and LSEG do it. Figures of one call are of one
basis; mixing bases is the caller's fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models.fiscal import end_month
from models.records import Bools, Floats, Texts

NM_SHARE_OF_VALUE = 0.005
"""A base below this share of market value gives no growth that means anything."""
THIN_COVERAGE_PCT = 80.0
_DAYS_OF_YEAR = 365.25


@dataclass(frozen=True)
class Members:
    """The holdings of a fund on one day, in columns of equal length, unknown figures NaN.

    `shares` in number, `price` in US dollars a share, `base` and `next` earnings per share in US dollars of the
    two periods (or vintages) that are compared.
    """

    ticker: Texts
    sector: Texts
    shares: Floats
    price: Floats
    base: Floats
    next: Floats

    def __len__(self) -> int:
        return len(self.ticker)

    @property
    def value_usd(self) -> Floats:
        return self.shares * self.price

    @property
    def covered(self) -> Bools:
        """Which companies have everything that growth needs."""
        return np.isfinite(self.value_usd) & np.isfinite(self.base) & np.isfinite(self.next)

    def where(self, keep: Bools) -> "Members":
        return replace(
            self,
            ticker=self.ticker[keep],
            sector=self.sector[keep],
            shares=self.shares[keep],
            price=self.price[keep],
            base=self.base[keep],
            next=self.next[keep],
        )


@dataclass(frozen=True)
class Coverage:
    """How much of an index a figure rests on, in percent of market value and of the number of companies."""

    weight_pct: float
    number_pct: float
    companies: int
    of: int

    @property
    def is_thin(self) -> bool:
        return self.weight_pct < THIN_COVERAGE_PCT


@dataclass(frozen=True)
class Growth:
    """Σ shares × EPS of two periods over the companies that have both, in US dollars.

    `growth_pct` is None where the base is not positive or below half a percent of market value ("NM");
    `change_of_value_pct` is the change over the market value of the same companies, None without them.
    """

    growth_pct: float | None
    change_of_value_pct: float | None
    base_usd: float
    next_usd: float
    coverage: Coverage

    @property
    def is_nm(self) -> bool:
        return self.growth_pct is None and self.coverage.companies > 0


@dataclass(frozen=True)
class LossMakers:
    """Companies whose base earnings are negative, as a share of those whose base is known."""

    number_pct: float | None
    weight_pct: float | None


@dataclass(frozen=True)
class PriceEarnings:
    """Harmonic means: with losses in, and without the companies that lose money. None where undefined."""

    with_losses: float | None
    ex_negative: float | None
    coverage: Coverage


@dataclass(frozen=True)
class Beats:
    """Reported against expected earnings: shares of the companies that have both, in percent."""

    beat_pct: float
    met_pct: float
    missed_pct: float
    companies: int


def coverage(members: Members, has: Bools) -> Coverage:
    """Of all members, how much has what is asked for; without any market value the weight is 0."""
    value = np.nan_to_num(members.value_usd)
    total, count = float(value.sum()), len(members)
    weight = 100 * float(value[has].sum()) / total if total > 0 else 0.0
    number = int(np.count_nonzero(has))
    return Coverage(weight, 100 * number / count if count else 0.0, number, count)


def growth_pct(base: float, following: float, market_value: float | None = None) -> float | None:
    """Growth in percent, None ("NM") from a base that is not positive or near zero against market value."""
    if base <= 0 or (market_value is not None and base < NM_SHARE_OF_VALUE * market_value):
        return None
    return 100 * (following / base - 1)


def growth(members: Members) -> Growth:
    """Growth of the index from `base` to `next`, losses included."""
    has = members.covered
    shares = members.shares[has]
    base, following = float(shares @ members.base[has]), float(shares @ members.next[has])
    value = float(members.value_usd[has].sum())
    return Growth(
        growth_pct=growth_pct(base, following, value) if has.any() else None,
        change_of_value_pct=100 * (following - base) / value if value > 0 else None,
        base_usd=base,
        next_usd=following,
        coverage=coverage(members, has),
    )


def profitable(members: Members) -> Members:
    """The lens without loss-makers: membership frozen on base earnings above zero."""
    return members.where(members.base > 0)


def loss_makers(members: Members) -> LossMakers:
    known = np.isfinite(members.base)
    losing = members.base < 0
    value = np.nan_to_num(members.value_usd)
    total = float(value[known].sum())
    return LossMakers(
        number_pct=100 * int(np.count_nonzero(losing)) / int(np.count_nonzero(known)) if known.any() else None,
        weight_pct=100 * float(value[losing].sum()) / total if total > 0 else None,
    )


def without_sector(members: Members, sector: str) -> Members:
    return members.where(members.sector != sector)


def by_sector(members: Members) -> dict[str, Growth]:
    """Growth of each sector, by name; coverage is of the sector."""
    return {str(name): growth(members.where(members.sector == name)) for name in np.unique(members.sector)}


def price_earnings(members: Members, eps: Floats) -> PriceEarnings:
    """Σ weight ÷ Σ (weight × EPS ÷ price) over the companies that have price and earnings."""
    has = np.isfinite(members.value_usd) & (members.price > 0) & np.isfinite(eps)
    return PriceEarnings(_harmonic(members, eps, has), _harmonic(members, eps, has & (eps > 0)), coverage(members, has))


def _harmonic(members: Members, eps: Floats, keep: Bools) -> float | None:
    earned = float((members.shares[keep] * eps[keep]).sum())
    return float(members.value_usd[keep].sum()) / earned if earned > 0 else None


def revision(members: Members) -> Growth:
    """The estimate today (`next`) over the same estimate earlier (`base`), on the companies that have both."""
    return growth(members)


def breadth(up: int, down: int) -> float | None:
    """(up − down) ÷ (up + down): between −1 and 1, None where nothing was revised."""
    return (up - down) / (up + down) if up + down else None


def revision_breadth(members: Members) -> float | None:
    """The same over companies whose estimate rose and fell."""
    change = (members.next - members.base)[members.covered]
    return breadth(int(np.count_nonzero(change > 0)), int(np.count_nonzero(change < 0)))


def beats(reported: Floats, expected: Floats) -> Beats | None:
    """Shares of beats and misses; a difference below half a cent is a figure that was met. None without any."""
    has = np.isfinite(reported) & np.isfinite(expected)
    count = int(np.count_nonzero(has))
    if not count:
        return None
    surprise = np.round(reported[has] - expected[has], 2)
    share = 100 / count
    return Beats(
        beat_pct=share * int(np.count_nonzero(surprise > 0)),
        met_pct=share * int(np.count_nonzero(surprise == 0)),
        missed_pct=share * int(np.count_nonzero(surprise < 0)),
        companies=count,
    )


def calendar_year(fiscal: Mapping[date, float], year: int) -> float | None:
    """Calendar-year earnings from fiscal years by the day they end: m/12 × FY(a) + (12 − m)/12 × FY(b).

    FY(a) ends in the year, m months into it, FY(b) a year later. None where one of them is missing.
    """
    by_month = {end_month(end): eps for end, eps in fiscal.items()}
    ends = [month for of, month in by_month if of == year]
    if not ends:
        return None
    months = max(ends)
    if months == 12:
        return by_month[year, 12]
    following = by_month.get((year + 1, months))
    return None if following is None else months / 12 * by_month[year, months] + (12 - months) / 12 * following


def next_twelve_months(fiscal: Mapping[date, float], day: date) -> float | None:
    """The two coming fiscal years, weighted by the time that the next twelve months share with each."""
    ends = sorted(end for end in fiscal if end > day)[:2]
    if len(ends) < 2:
        return None
    share = (ends[0] - day).days / _DAYS_OF_YEAR
    if share > 1:
        return None
    return share * fiscal[ends[0]] + (1 - share) * fiscal[ends[1]]
