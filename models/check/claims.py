"""What was read from a sentence: claims with their slots, and what was not understood."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.check.lexicon import Spread, Traders
from models.check.values import Amount
from models.names import Basis, Direction, Kind, Scope
from models.windows import Window


class ClaimKind(StrEnum):
    """The kinds of claims that the grammar knows."""

    POSITION = "position"
    LEVEL = "level"
    SIGN = "sign"
    SWING = "swing"
    STREAK = "streak"
    PERFORMANCE = "performance"
    RELATIVE = "relative_performance"
    DAYS = "days"
    SECTOR_SHARE = "sector_share"
    SECTOR_RATIO = "sector_ratio"
    SPREAD = "spread"
    GROWTH = "earnings_growth"
    GROWTH_COMPARISON = "growth_comparison"
    LEVERAGE = "leverage"

    @property
    def family(self) -> str:
        """The kind that the command line prints: that of statements, and `position` for a bare figure."""
        return _FAMILY.get(self, self.value)

    @property
    def is_of_positions(self) -> bool:
        return self in _OF_POSITIONS


_OF_POSITIONS = frozenset([ClaimKind.POSITION, ClaimKind.LEVEL, ClaimKind.SIGN, ClaimKind.SWING, ClaimKind.STREAK])
_FAMILY: dict[ClaimKind, str] = {
    ClaimKind.RELATIVE: Kind.PERFORMANCE.value,
    ClaimKind.DAYS: Kind.STREAK.value,
    ClaimKind.SECTOR_SHARE: Kind.SECTOR.value,
    ClaimKind.SECTOR_RATIO: Kind.SECTOR.value,
    ClaimKind.SPREAD: Kind.CREDIT.value,
    ClaimKind.GROWTH: Kind.EARNINGS.value,
    ClaimKind.GROWTH_COMPARISON: Kind.EARNINGS.value,
}


@dataclass(frozen=True)
class Limit:
    """How far back a superlative goes: to `since` at least, on record where that is None.

    `unit` is the unit of time that the words count in (`year` for `in six years`). `text` is as written.
    """

    since: date | None
    text: str
    unit: str = ""


@dataclass(frozen=True)
class ParsedClaim:
    """One claim of a sentence; slots that its words leave open are None, and so are those its kind has not.

    `start` and `end` are places in the sentence. `day` is the day for which something is claimed, None for the
    newest report or close; `before_day` says that it is the start of a swing whose length is not known.
    `reports` is the length of a swing, `length` that of a streak, `hits` how many of the last `length` sessions.
    `side` is 1 for long, -1 for short. `subject` are symbols of which any may be meant. `mentions_contracts` binds
    the basis, as `basis` and `scope` do where the words name them.
    """

    kind: ClaimKind
    text: str
    start: int
    end: int
    market: str | None = None
    other: str | None = None
    subject: tuple[str, ...] = ()
    other_subject: tuple[str, ...] = ()
    traders: Traders | None = None
    direction: Direction | None = None
    side: int | None = None
    amount: Amount | None = None
    day: date | None = None
    before_day: bool = False
    reports: int | None = None
    length: int | None = None
    hits: int | None = None
    window: Window | None = None
    limit: Limit | None = None
    sector: str | None = None
    spread: Spread | None = None
    year: int | None = None
    is_change: bool = False
    is_negated: bool = False
    mentions_contracts: bool = False
    basis: Basis | None = None
    scope: Scope | None = None
    wants_total: bool = False
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A stretch of a sentence that looks like a claim and was not read, with the reason in plain words."""

    text: str
    reason: str


@dataclass(frozen=True)
class Parsed:
    """All that was read from one sentence."""

    claims: tuple[ParsedClaim, ...]
    unread: tuple[Unread, ...] = ()
