"""The Earnings page as one frozen record: what profits are expected, small caps against large."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from models.calc.accounts import Strain
from models.calc.index_earnings import Gap, Streak, VintagePoint, YearOnYear, rebased
from models.pages.choice import Choice
from models.pages.positioning import Option
from models.pages.sectors_thin import FundFiles

OPERATING, AS_REPORTED, EX_ITEMS = "operating", "as_reported", "ex_items"

BASIS_TITLES = {OPERATING: "Operating", AS_REPORTED: "As reported", EX_ITEMS: "Company consensus"}
INDEX_TITLES = {
    "sp-500": "S&P 500",
    "sp-400": "S&P 400",
    "sp-600": "S&P 600",
    "sp-1500": "S&P 1500",
    "russell-2000": "Russell 2000",
}


class Panel(StrEnum):
    """What the fourth card shows."""

    LOSSES = "losses"
    SECTORS = "sectors"
    CONSENSUS = "consensus"


@dataclass(frozen=True)
class EarningsChoice:
    """What a person has selected on the page, besides the desk's own choice.

    `year` is the one whose revisions are drawn, None the page's own: that of the newest vintage. `company` is the
    ticker whose estimates are open.
    """

    small: str = "sp-600"
    large: str = "sp-500"
    basis: str = OPERATING
    year: int | None = None
    panel: Panel = Panel.LOSSES
    company: str = ""


@dataclass(frozen=True)
class Side:
    """One index as of the page's moment: its vintage and its growth, oldest first. `eps` in US dollars a share.

    `coverage_pct` is the share of market value behind the figures, None where the publisher does not say.
    """

    subject: str
    title: str
    vintage: dt.date
    is_later: bool
    years: tuple[YearOnYear, ...]
    quarters: tuple[YearOnYear, ...]
    coverage_pct: float | None = None

    def year(self, period: str) -> YearOnYear | None:
        return next((growth for growth in self.years if growth.period == period), None)


@dataclass(frozen=True)
class YearPair:
    """One calendar year of both indices; either may be unknown."""

    period: str
    small: YearOnYear | None
    large: YearOnYear | None

    @property
    def is_estimate(self) -> bool:
        return any(growth is not None and growth.is_estimate for growth in (self.small, self.large))


@dataclass(frozen=True)
class RevisionPath:
    """How one year's earnings moved: points oldest first, `rebased` with the first as 100.

    `change_pct` is from the first to the last vintage, None where the first is not positive.
    `growth_pct` is the year's growth in the last vintage. `later` tells which points were not known yet then.
    """

    subject: str
    title: str
    points: tuple[VintagePoint, ...]
    rebased: tuple[float | None, ...]
    later: tuple[bool, ...]
    change_pct: float | None
    growth_pct: float | None

    def since(self, day: dt.date) -> "RevisionPath":
        """From the first vintage of a day or after it, which is then 100; the last one where none is as young."""
        first = next((n for n, point in enumerate(self.points) if point.vintage >= day), len(self.points) - 1)
        levels = rebased(self.points[first:])
        change = None if levels[-1] is None else levels[-1] - 100
        return replace(self, points=self.points[first:], rebased=levels, later=self.later[first:], change_pct=change)


@dataclass(frozen=True)
class Left:
    """What is left of a year's operating earnings as reported; `share_pct` is None from a loss."""

    subject: str
    title: str
    year: str
    operating: float
    as_reported: float
    share_pct: float | None


@dataclass(frozen=True)
class StrainPair:
    """Companies under strain in the funds that stand for small and large, with the day of the newest accounts."""

    small: Strain | None
    large: Strain | None
    small_fund: str
    large_fund: str


@dataclass(frozen=True)
class SectorGrowth:
    """One sector's growth in the page's main year; "" is the whole index."""

    sector: str
    small: YearOnYear | None
    large: YearOnYear | None

    @property
    def gap_points(self) -> float | None:
        small, large = self.small, self.large
        if small is None or large is None or small.growth_pct is None or large.growth_pct is None:
            return None
        return small.growth_pct - large.growth_pct


@dataclass(frozen=True)
class ConsensusRow:
    """One measure of the companies' consensus as it is written, with what explains it.

    `formula` says how it is computed, `worked` the same with the numbers of small and of large.
    """

    title: str
    small: str
    large: str
    tip: str = ""
    formula: str = ""
    worked: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class EarningsPage:
    """What the page shows as of `choice.as_of`; with `reason_empty` there is nothing, and it says why.

    `year` is the calendar year that the sentence, the sectors and the revisions are about. `next_vintage` is the
    first one that was not known yet at the moment, known from `next_known_at` on; None where none is held. `gaps`
    are by quarter, and by year where no quarters are held. `left` is the newest year of `left_years` of each index.
    `files` are the vintages that are held, given where none is shown.
    """

    choice: Choice
    options: EarningsChoice
    sentence: str
    subtitle: str
    later_note: str
    bases: tuple[Option, ...]
    panels: tuple[Option, ...]
    chips: tuple[str, ...]
    year: str
    small: Side | None
    large: Side | None
    years: tuple[YearPair, ...]
    revisions_title: str
    revisions_short_title: str
    revision_years: tuple[Option, ...]
    revisions_caption: str
    revisions_note: str
    only_vintage: str
    revisions: tuple[RevisionPath, ...]
    year_gaps: tuple[Gap, ...]
    year_streak: Streak | None
    gaps_title: str
    gaps: tuple[Gap, ...]
    streak: Streak | None
    streak_words: str
    left: tuple[Left, ...]
    left_years: tuple[Left, ...]
    left_reason: str
    strain: StrainPair | None
    strain_note: str
    sectors: tuple[SectorGrowth, ...]
    sectors_reason: str
    measures: tuple[ConsensusRow, ...]
    measures_note: str
    coverage: str
    next_vintage: dt.date | None
    next_known_at: dt.datetime | None
    files: tuple[FundFiles, ...]
    reason_empty: str = ""

    @property
    def revised_year(self) -> str:
        """The year whose revisions are drawn."""
        return next((option.value for option in self.revision_years if option.is_chosen), self.year)

    @property
    def is_later(self) -> bool:
        return any(side is not None and side.is_later for side in (self.small, self.large))
