"""The companies behind an index's estimates, and one of them opened, as frozen records."""

import datetime as dt
from dataclasses import dataclass

from models.pages.choice import Choice

THIN_ANALYSTS = 3
"""An average of fewer opinions is hardly a consensus."""
SOURCE_TITLES = {
    "dolthub": "DoltHub",
    "nasdaq-estimates": "Nasdaq",
    "alphavantage": "Alpha Vantage",
    "fmp": "Financial Modeling Prep",
}
KEYED_SOURCES = ("alphavantage", "fmp")
"""Those that are asked for one company at a time, with a person's own key."""


@dataclass(frozen=True)
class CompanyRow:
    """One holding of the fund with what is expected of its fiscal year under way, in US dollars a share.

    Everything is None where nothing is held; `revised_pct` is over 30 days, of the size of the earlier estimate.
    """

    ticker: str
    name: str
    sector: str
    fund: str
    weight_pct: float
    year_end: dt.date | None
    eps: float | None
    analysts: int | None
    revised_pct: float | None
    surprise_pct: float | None
    vintage: dt.date | None

    @property
    def is_thin(self) -> bool:
        return self.analysts is not None and self.analysts < THIN_ANALYSTS


@dataclass(frozen=True)
class PeriodRow:
    """One fiscal period of a company. `revised_pct` has the changes over 30, 60 and 90 days, None where unknown."""

    period: str
    end: dt.date
    eps: float
    is_estimate: bool
    high: float | None
    low: float | None
    analysts: int | None
    revised_pct: tuple[float | None, ...]
    vintage: dt.date
    source: str


@dataclass(frozen=True)
class SurpriseRow:
    """One reported quarter against the last consensus before the report."""

    period: str
    reported: float
    expected: float | None
    difference: float | None
    share_pct: float | None
    day: dt.date


@dataclass(frozen=True)
class CompanySheet:
    """One company opened. `notes` say what is thin or missing, `caption` whose figures they are and of what day."""

    ticker: str
    name: str
    sector: str
    periods: tuple[PeriodRow, ...]
    surprises: tuple[SurpriseRow, ...]
    notes: tuple[str, ...]
    caption: str


@dataclass(frozen=True)
class CompaniesPage:
    """As of `choice.as_of`; `reason_empty` says why there is no company at all, `opened` is the one chosen."""

    choice: Choice
    title: str
    rows: tuple[CompanyRow, ...]
    opened: CompanySheet | None
    reason_empty: str = ""
