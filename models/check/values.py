"""What figures and dates in a sentence mean before they are set against the article's day."""

import math
from dataclasses import dataclass
from enum import StrEnum

_LOOSE, _TIGHT = 0.05, 0.10
"""`about` leaves a twentieth on either side, `almost` a tenth below; a long round number is never looser than that."""


class Unit(StrEnum):
    NONE = ""
    CONTRACTS = "contracts"
    PERCENT = "percent"
    POINTS = "points"
    BASIS_POINTS = "basis points"
    TIMES = "times"
    USD = "USD"
    MONEY = "money"


class Hedge(StrEnum):
    NONE = ""
    ABOUT = "about"
    ALMOST = "almost"
    MORE = "more than"
    LESS = "less than"


@dataclass(frozen=True)
class Amount:
    """A figure with the room that its words leave: it stands for anything from `least` to `most`."""

    value: float
    least: float
    most: float
    unit: Unit = Unit.NONE
    hedge: Hedge = Hedge.NONE

    def allows(self, found: float) -> bool:
        """Whether a computed figure, in the same unit, is what the words say; sizes are compared."""
        slack = 1e-9 * max(1.0, abs(found))
        return self.least - slack <= abs(found) <= self.most + slack

    def halved(self) -> "Amount":
        """Half of it, as in `half the pace`."""
        return Amount(self.value / 2, self.least / 2, self.most / 2, self.unit, self.hedge)


def amount(value: float, place: float, unit: Unit = Unit.NONE, hedge: Hedge = Hedge.NONE) -> Amount:
    """A figure rounded to `place` (100 for `7,500`): half a place on either side, and what the hedge adds.

    Above a hundred the rounding is taken for no more than a twentieth of the figure.
    """
    size = abs(value)
    half = min(place / 2, _LOOSE * size) if size >= 100 else place / 2
    match hedge:
        case Hedge.NONE:
            return Amount(value, size - half, size + half, unit)
        case Hedge.ABOUT:
            room = max(half, _LOOSE * size)
            return Amount(value, size - room, size + room, unit, hedge)
        case Hedge.ALMOST:
            return Amount(value, min((1 - _TIGHT) * size, size - half), (1 + _LOOSE) * size, unit, hedge)
        case Hedge.MORE:
            return Amount(value, size, math.inf, unit, hedge)
        case Hedge.LESS:
            return Amount(value, 0.0, size, unit, hedge)


@dataclass(frozen=True)
class Span:
    """So many units of time; `is_last` after `the last`, `hedge` of `nearly two years`.

    `until` is the day on which they end, as in `the week ended June 13`; with `is_around` one in their middle, as in
    `the week of June 13`.
    """

    count: float
    unit: str
    is_last: bool = False
    hedge: Hedge = Hedge.NONE
    until: "DayRef | None" = None
    is_around: bool = False

    @property
    def weeks(self) -> int:
        """In whole weeks, as reports are counted."""
        each = {"day": 1 / 7, "session": 1 / 5, "week": 1, "fortnight": 2, "month": 52 / 12, "quarter": 13, "year": 52}
        return max(1, round(self.count * each.get(self.unit, 520)))


@dataclass(frozen=True)
class DayRef:
    """A day as it is written; what is not said is None. `weekday` is 0 for Monday, `shift` days from the article.

    `is_end` is the last day of the month.
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None
    is_last: bool = False
    is_end: bool = False


@dataclass(frozen=True)
class Ago:
    """A span before the article's day (`ago`) or before another day of the sentence (`earlier`).

    `is_of_next` where it is the time of what follows, as in `two weeks after they were net short`.
    """

    span: Span
    from_article: bool
    is_of_next: bool = False


@dataclass(frozen=True)
class Period:
    """A stretch of time: `mtd qtd ytd wtd`, `month week quarter year` (the one before), or whole months."""

    name: str
    months: tuple[int, int] = (0, 0)
    year: int | None = None


@dataclass(frozen=True)
class Between:
    """From one day to another, as in `between May 31 and June 16`."""

    first: DayRef
    last: DayRef


@dataclass(frozen=True)
class Streak:
    """So many in a row."""

    count: int
    unit: str
