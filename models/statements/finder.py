"""The claims worth making of a market's newest report."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.splice import Series
from models.formats import as_date
from models.names import Direction, Kind
from models.statements.statement import Claim

LONGEST_WINDOW = 26
BEST_RANKS = 5
LEAST_RANKED = 26
LEAST_REPORTS_SINCE = 26
LEAST_STREAK = 6
ORDINARY_WINDOWS = (1, 4)


@dataclass(frozen=True)
class Found:
    """A claim with how unusual it is: the share of comparable windows that are at least as extreme."""

    claim: Claim
    unusual: float


def find(series: Series) -> tuple[Claim, ...]:
    """Claims of the last report of a series, the most unusual first.

    A swing also brings the level from which it started: "from the lowest in six years" is half of the story.
    """
    if len(series) < LEAST_RANKED:
        return ()
    found: list[Found] = []
    for direction in (Direction.UP, Direction.DOWN):
        found += _swings(series, direction)
        found += _levels(series, len(series) - 1, direction)
    found += _sign(series) + _streak(series)
    for swing in [f.claim for f in found if f.claim.kind is Kind.SWING]:
        opposite = Direction.DOWN if swing.direction is Direction.UP else Direction.UP
        found += _levels(series, len(series) - 1 - swing.window, opposite)
    unique = {f.claim.id: f for f in sorted(found, key=lambda f: -f.unusual)}
    return tuple(f.claim for f in sorted(unique.values(), key=lambda f: f.unusual))


def ordinary(series: Series) -> tuple[Claim, ...]:
    """What is asked of a report about which nothing is unusual: its week, its four weeks, and how far its level goes.

    The swings are claimed to be records in their own direction, the level to be an extreme since the report that
    was at least as far out, on the side that goes back further.
    """
    if len(series) < LEAST_RANKED:
        return ()
    row = len(series) - 1
    claims = []
    for window in ORDINARY_WINDOWS:
        changes = superlatives.swings(series, window)
        place = changes.at(row)
        if place is not None and changes.value[place]:
            way = Direction.UP if changes.value[place] > 0 else Direction.DOWN
            claims.append(replace(_claim(series, Kind.SWING, way, row, window=window), is_asked=True))
    up, down = (superlatives.refuting_row(series, row, way) for way in (Direction.UP, Direction.DOWN))
    is_high = up is None or (down is not None and up < down)
    way, at = (Direction.UP, up) if is_high else (Direction.DOWN, down)
    since = None if at is None else as_date(series.date[at])
    return (*claims, replace(_claim(series, Kind.LEVEL, way, row, since=since), is_asked=True))


def _swings(series: Series, direction: Direction) -> list[Found]:
    """The swing that ends now, over the number of reports at which it ranks best; of equals the largest.

    The week's own change is named as well where it ranks by itself.
    """
    ranked: list[tuple[int, float, int, float]] = []
    for window in range(1, LONGEST_WINDOW + 1):
        changes = superlatives.swings(series, window)
        place = changes.at(len(series) - 1)
        if place is None or len(changes) < LEAST_RANKED:
            continue
        value = float(changes.value[place])
        if (value > 0) is not (direction is Direction.UP) or value == 0:
            continue
        rank = superlatives.rank_swing(changes, place, direction).rank
        if rank <= BEST_RANKS:
            ranked.append((rank, -abs(value), window, rank / len(changes)))
    chosen = {best[2]: best for best in sorted(ranked)[:1] + [r for r in ranked if r[2] == 1]}
    return [
        Found(_claim(series, Kind.SWING, direction, len(series) - 1, window=window), unusual)
        for window, (_, _, _, unusual) in chosen.items()
    ]


def _levels(series: Series, row: int, direction: Direction) -> list[Found]:
    if row < LEAST_REPORTS_SINCE:
        return []
    refuter = superlatives.refuting_row(series, row, direction)
    reports = row - refuter if refuter is not None else row + 1
    if reports < LEAST_REPORTS_SINCE:
        return []
    since = None if refuter is None else as_date(series.date[refuter])
    return [Found(_claim(series, Kind.LEVEL, direction, row, since=since), 1 / reports)]


def _sign(series: Series) -> list[Found]:
    row = len(series) - 1
    before, now = float(series.value[row - 1]), float(series.value[row])
    if now == 0 or before * now > 0:
        return []
    last = superlatives.last_of_sign(series, row)
    reports = row - last if last is not None else row + 1
    direction = Direction.UP if now > 0 else Direction.DOWN
    since = None if last is None else as_date(series.date[last])
    return [Found(_claim(series, Kind.SIGN, direction, row, since=since), 1 / reports)]


def _streak(series: Series) -> list[Found]:
    runs = superlatives.streaks(series)
    if not len(runs.end) or int(runs.end[-1]) != len(series) - 1:
        return []
    length = int(runs.length[-1])
    if length < LEAST_STREAK:
        return []
    direction = Direction.UP if int(runs.sign[-1]) > 0 else Direction.DOWN
    unusual = float(np.mean(runs.length >= length))
    return [Found(_claim(series, Kind.STREAK, direction, len(series) - 1, length=length), unusual)]


def _claim(
    series: Series,
    kind: Kind,
    direction: Direction,
    row: int,
    *,
    window: int = 0,
    since: date | None = None,
    length: int = 0,
) -> Claim:
    return Claim(kind, direction, as_date(series.date[row]), series.definition, window, since, length)
