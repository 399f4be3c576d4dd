"""What a person has kept on the Story: claims of their own, beside those that the report itself suggests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.calc.splice import Definition, Series
from models.formats import as_date
from models.markets import UnknownMarket, market
from models.names import Basis, Direction, Group, Kind, Report
from models.statements.statement import Claim

MOST_KEPT = 12
LONGEST_WINDOW = 26


@dataclass(frozen=True)
class StoryChoice:
    """Claims of any market, oldest first."""

    claims: tuple[Claim, ...] = ()

    def with_claim(self, claim: Claim) -> "StoryChoice":
        """The same with one more at the end; the oldest go where there are too many."""
        others = tuple(held for held in self.claims if held != claim)
        return StoryChoice((*others, claim)[-MOST_KEPT:])

    def without(self, claim: Claim) -> "StoryChoice":
        return StoryChoice(tuple(held for held in self.claims if held != claim))


def measured(series: Series, first: date, last: date) -> Claim | None:
    """The claim that a swing between two reports of a series is a record; None where it cannot be one."""
    days = [as_date(day) for day in series.date]
    if first not in days or last not in days:
        return None
    start, end = sorted((days.index(first), days.index(last)))
    change = float(series.value[end] - series.value[start])
    if not 1 <= end - start <= LONGEST_WINDOW or change == 0:
        return None
    direction = Direction.UP if change > 0 else Direction.DOWN
    return Claim(Kind.SWING, direction, days[end], series.definition, window=end - start)


def as_plain(claim: Claim) -> dict[str, Any]:
    """A kept claim as settings hold it."""
    of = claim.primary
    return {
        "market": of.market,
        "report": of.report.value,
        "group": of.group.value,
        "basis": of.basis.value,
        "legs": str(of.legs),
        "direction": claim.direction.value,
        "date": claim.date.isoformat(),
        "window": claim.window,
    }


def from_plain(held: object) -> StoryChoice:
    """What was remembered, without what makes no sense any more."""
    found = (_claim(one) for one in held) if isinstance(held, Sequence) and not isinstance(held, str) else ()
    return StoryChoice(tuple(claim for claim in found if claim is not None)[-MOST_KEPT:])


def _claim(held: object) -> Claim | None:
    if not isinstance(held, Mapping):
        return None
    try:
        definition = Definition(
            market(str(held["market"])).name,
            Report(held["report"]),
            Group(held["group"]),
            Basis(held["basis"]),
            str(held["legs"]),
        )
        day, window = date.fromisoformat(str(held["date"])), int(held["window"])
        return Claim(Kind.SWING, Direction(held["direction"]), day, definition, window=window)
    except (KeyError, TypeError, ValueError, UnknownMarket):
        return None
