"""The Market page as one frozen record: small against large, streaks, credit, leverage."""

import datetime as dt
from dataclasses import dataclass

from models.calc.credit import Reading
from models.calc.performance import League, MonthlyGaps, MostSince, Path
from models.calc.prices import Gap
from models.calc.streaks import Streak
from models.pages.choice import Choice
from models.pages.leverage import LeveragePage
from models.pages.positioning import Option
from models.records import Dates, Floats
from models.series import DEFAULT_PAIR, STREAK_FUNDS, CreditSeries
from models.windows import Window

PRICE, TOTAL = "price", "total"


@dataclass(frozen=True)
class MarketChoice:
    """What a person has selected on the page, besides the desk's own choice.

    `small` and `large` are symbols, `kind` is `price` or `total` (dividends reinvested). `window` is the stretch
    that is compared over the years, None the page's own: the whole months of this year. Of the `streak_funds`
    `streak_focus` has its distribution shown. `credit` is a series' id, "" the first one held. `has_sectors` and
    `has_leverage` are for the page itself: other pages that show performance leave those closes and accounts unread.
    """

    small: str = DEFAULT_PAIR.small
    large: str = DEFAULT_PAIR.large
    kind: str = PRICE
    window: Window | None = None
    streak_funds: tuple[str, ...] = STREAK_FUNDS
    streak_focus: str = STREAK_FUNDS[0]
    streak_sessions: int = 9
    credit: str = ""
    has_sectors: bool = False
    has_leverage: bool = False


@dataclass(frozen=True)
class Marked:
    """A point of a line with its label."""

    date: dt.date
    value: float
    label: str


@dataclass(frozen=True)
class RelativeCard:
    """Small minus large since New Year, in points, with the newest month marked off.

    `highlight` is the base close of the newest month; `ratio` small over large over the whole sample, with its
    `drawdown_pct`, on the days `dates`.
    """

    title: str
    caption: str
    path: Path
    highlight: dt.date | None
    highlight_label: str
    extreme: Marked | None
    end: Marked
    month: Gap | None
    year: Gap
    most_since: MostSince | None
    most_since_same_sessions: MostSince | None
    dates: Dates
    ratio: Floats
    drawdown_pct: Floats


@dataclass(frozen=True)
class LeagueCard:
    """The same stretch in every year; `worse` are the years with a gap worse than this one's."""

    title: str
    caption: str
    league: League
    worse: tuple[int, ...]
    note: str


@dataclass(frozen=True)
class StreakRow:
    """One fund's newest sessions: `signs` are 1, 0 or -1 on the card's days, None where it has no close."""

    streak: Streak
    label: str
    signs: tuple[int | None, ...]
    result: str


@dataclass(frozen=True)
class StreakCard:
    """The newest sessions of each fund, the last `of` boxed, and how often windows of that length rise so often."""

    days: tuple[dt.date, ...]
    of: int
    rows: tuple[StreakRow, ...]
    focus: Streak | None
    focus_title: str
    caption: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class FundReturn:
    """What one sector's fund returned over the stretch, in percent."""

    symbol: str
    title: str
    return_pct: float


@dataclass(frozen=True)
class CreditRow:
    """One series of the table; changes in basis points where the series is in percent, else in its unit."""

    series: CreditSeries
    reading: Reading
    is_focus: bool


@dataclass(frozen=True)
class CreditCard:
    """One series drawn, all in the table. `ratio_dates` and `ratio` are small over large beside it."""

    title: str
    unit_title: str
    series: CreditSeries
    dates: Dates
    values: Floats
    end: Marked
    rows: tuple[CreditRow, ...]
    caption: str
    ratio_dates: Dates
    ratio: Floats


@dataclass(frozen=True)
class MarketPage:
    """What the page shows as of `choice.as_of`. A card that is None has its reason in `reasons`, by its name.

    `has_fred` says whether the credit card has series that are only held while the app runs.
    """

    choice: Choice
    options: MarketChoice
    sentence: str
    subtitle: str
    chips: tuple[str, ...]
    pairs: tuple[Option, ...]
    kinds: tuple[Option, ...]
    credits: tuple[Option, ...]
    relative: RelativeCard | None
    league: LeagueCard | None
    months: MonthlyGaps | None
    streaks: StreakCard | None
    sectors: tuple[FundReturn, ...]
    sectors_caption: str
    credit: CreditCard | None
    leverage: LeveragePage | None
    reasons: dict[str, str]
    has_fred: bool
    prices_as_of: dt.date | None
    credit_as_of: dt.date | None
