"""Leverage of an index: debt against earnings before interest, taxes, depreciation and amortisation.

Financials and real estate are left out: their debt is their raw material. Amounts are US dollars.
"""

from dataclasses import dataclass

import numpy as np

from models.records import Bools, Floats, Texts
from models.taxonomies import FINANCIALS, REAL_ESTATE

OUTLIER_MULTIPLE = 20.0
"""A company whose net debt is further from zero than so many years of EBITDA is listed by name."""
MIN_QUARTERS = 8
"""A percentile against fewer points of its own history says nothing."""


@dataclass(frozen=True)
class Accounts:
    """Companies of an index at one date, in columns of equal length, unknown figures NaN."""

    ticker: Texts
    sector: Texts
    debt_usd: Floats
    cash_usd: Floats
    ebitda_usd: Floats

    def __len__(self) -> int:
        return len(self.ticker)


@dataclass(frozen=True)
class Outlier:
    ticker: str
    net_debt_usd: float
    ebitda_usd: float
    multiple: float


@dataclass(frozen=True)
class Leverage:
    """Multiples of EBITDA; None where Σ EBITDA is not positive or nobody has accounts.

    `net` and `gross` are over all companies, `net_positive` over those with EBITDA above zero, `median` is the
    middle of their own multiples. `companies` have accounts, of `of` outside finance and real estate; the amounts
    are their sums in US dollars.
    """

    net: float | None
    gross: float | None
    net_positive: float | None
    median: float | None
    negative_ebitda_pct: float | None
    companies: int
    of: int
    outliers: tuple[Outlier, ...]
    debt_usd: float = 0.0
    cash_usd: float = 0.0
    ebitda_usd: float = 0.0


def leverage(accounts: Accounts) -> Leverage:
    """Σ (debt − cash) ÷ Σ EBITDA and its neighbours. Outliers are in the sums, and listed largest first."""
    asked = ~np.isin(accounts.sector, (FINANCIALS, REAL_ESTATE))
    has = asked & np.isfinite(accounts.debt_usd) & np.isfinite(accounts.cash_usd) & np.isfinite(accounts.ebitda_usd)
    net_debt, ebitda = accounts.debt_usd - accounts.cash_usd, accounts.ebitda_usd
    earning = has & (ebitda > 0)
    multiples = net_debt[earning] / ebitda[earning]
    count = int(np.count_nonzero(has))
    return Leverage(
        net=_ratio(net_debt, ebitda, has),
        gross=_ratio(accounts.debt_usd, ebitda, has),
        net_positive=_ratio(net_debt, ebitda, earning),
        median=float(np.median(multiples)) if len(multiples) else None,
        negative_ebitda_pct=100 * (count - int(np.count_nonzero(earning))) / count if count else None,
        companies=count,
        of=int(np.count_nonzero(asked)),
        outliers=_outliers(accounts, net_debt, earning),
        debt_usd=float(accounts.debt_usd[has].sum()),
        cash_usd=float(accounts.cash_usd[has].sum()),
        ebitda_usd=float(ebitda[has].sum()),
    )


def _ratio(debt: Floats, ebitda: Floats, keep: Bools) -> float | None:
    earned = float(ebitda[keep].sum())
    return float(debt[keep].sum()) / earned if earned > 0 else None


def _outliers(accounts: Accounts, net_debt: Floats, earning: Bools) -> tuple[Outlier, ...]:
    found = [
        Outlier(str(accounts.ticker[i]), float(net_debt[i]), float(accounts.ebitda_usd[i]), multiple)
        for i in np.flatnonzero(earning).tolist()
        if abs(multiple := float(net_debt[i] / accounts.ebitda_usd[i])) > OUTLIER_MULTIPLE
    ]
    return tuple(sorted(found, key=lambda outlier: -abs(outlier.multiple)))


def own_percentile(history: Floats) -> float | None:
    """Share of a history at or below its last value, in percent; None where it is too short."""
    known = history[np.isfinite(history)]
    if len(known) < MIN_QUARTERS or not np.isfinite(history[-1]):
        return None
    return 100 * float(np.count_nonzero(known <= history[-1])) / len(known)
