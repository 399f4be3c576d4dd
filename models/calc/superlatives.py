"""Records of a series: ranked swings, levels with the date they go back to, signs and streaks.

Formulas and exclusions are those of the chapter on statements about records in the definitions.
"""

from dataclasses import dataclass

import numpy as np

from models.calc.positioning import crosses, windows_of
from models.calc.splice import Series
from models.names import Direction, Legs
from models.records import Bools, Floats, Ints

HOLE_DAYS = 26 * 7
"""A stretch without reports longer than this is named by every statement over it."""


@dataclass(frozen=True)
class Swings:
    """All ranked changes over `window` reports; `start` and `end` are rows of the series.

    `left_out` counts changes not ranked because the lead passed to another contract within them.
    """

    window: int
    start: Ints
    end: Ints
    value: Floats
    crosses_seam: Bools
    left_out: int

    def __len__(self) -> int:
        return len(self.end)

    def at(self, row: int) -> int | None:
        """The place of the change that ends at this row, or None where it is not ranked."""
        place = int(np.searchsorted(self.end, row))
        return place if place < len(self.end) and self.end[place] == row else None


@dataclass(frozen=True)
class Ranked:
    """The place of one window or level among all of its kind; ties take the better rank."""

    rank: int
    of: int
    ties: int
    winner: int
    runner_up: int | None


def swings(series: Series, window: int) -> Swings:
    """Every change over `window` reports that may be ranked.

    A change across a switch of the lead leg is one of contracts, not of positions, and is left out
    except on all legs, where the migration cancels.
    """
    start, end = windows_of(series, window)
    lead = crosses(series.lead_changes, start, end)
    kept = np.ones(len(end), dtype=bool) if series.definition.legs == Legs.ALL else ~lead
    start, end = start[kept], end[kept]
    return Swings(
        window=window,
        start=start,
        end=end,
        value=series.value[end] - series.value[start],
        crosses_seam=crosses(series.seam, start, end),
        left_out=int(np.count_nonzero(~kept)),
    )


def rank_swing(all_swings: Swings, place: int, direction: Direction) -> Ranked:
    """Rank of one swing by signed size in its direction (BOTH: by absolute size), of all ranked changes."""
    size = _signed(all_swings.value, direction)
    better = int(np.count_nonzero(size > size[place]))
    order = np.argsort(-size, kind="stable")
    winner = place if better == 0 else int(order[0])
    apart = np.abs(all_swings.end - all_swings.end[winner]) >= all_swings.window
    runner_up = next((int(i) for i in order if apart[i]), None)
    return Ranked(better + 1, len(size), int(np.count_nonzero(size == size[place])) - 1, winner, runner_up)


def ranks(all_swings: Swings, direction: Direction) -> Ints:
    """Rank of every swing as `rank_swing` has it: one more than there are larger ones."""
    size = _signed(all_swings.value, direction)
    return len(size) - np.searchsorted(np.sort(size), size, side="right") + 1


def ranking(all_swings: Swings, direction: Direction, *, separate: bool) -> Ints:
    """Places of the swings from the largest on; with `separate` only the largest of those that overlap.

    One direction lists its own alone; both list all that is ranked, a net that did not change last.
    """
    size = _signed(all_swings.value, direction)
    order = np.argsort(-size, kind="stable")
    if direction is not Direction.BOTH:
        order = order[size[order] > 0]
    if not separate:
        return order
    kept: list[int] = []
    taken = np.zeros(int(all_swings.end.max(initial=0)) + 2 * all_swings.window + 1, dtype=bool)
    for place in order.tolist():
        end = int(all_swings.end[place])
        if not taken[end]:
            kept.append(place)
            taken[max(0, end - all_swings.window + 1) : end + all_swings.window] = True
    return np.array(kept, dtype=np.int64)


def _signed(value: Floats, direction: Direction) -> Floats:
    match direction:
        case Direction.UP:
            return value
        case Direction.DOWN:
            return -value
        case Direction.BOTH:
            return np.abs(value)


def rank_level(series: Series, row: int, direction: Direction) -> Ranked:
    """Rank of the level at `row` among all levels up to it; UP ranks from the highest."""
    size = _signed(series.value[: row + 1], direction)
    better = int(np.count_nonzero(size > size[row]))
    order = np.argsort(-size, kind="stable")
    winner = row if better == 0 else int(order[0])
    runner_up = next((int(i) for i in order if i != winner), None)
    return Ranked(better + 1, len(size), int(np.count_nonzero(size == size[row])) - 1, winner, runner_up)


def refuting_row(series: Series, row: int, direction: Direction) -> int | None:
    """The latest earlier report at least as low (DOWN) or as high (UP), or None if there is none."""
    size = _signed(series.value[: row + 1], direction)
    earlier = np.flatnonzero(size[:row] >= size[row])
    return int(earlier[-1]) if len(earlier) else None


def last_of_sign(series: Series, row: int) -> int | None:
    """The last report before `row` whose net had the sign of the net at `row`, or None; zero has no sign."""
    same = np.flatnonzero(np.sign(series.value[:row]) == np.sign(series.value[row]))
    return int(same[-1]) if len(same) else None


@dataclass(frozen=True)
class Streaks:
    """Maximal runs of weekly changes of one sign: rows of the first and last change, and the sign."""

    start: Ints
    end: Ints
    sign: Ints

    @property
    def length(self) -> Ints:
        return self.end - self.start + 1


def streaks(series: Series) -> Streaks:
    """Runs of weekly changes of one sign; a missing report, an unchanged net or a change of lead ends a run."""
    sign = np.zeros(len(series), dtype=np.int64)
    weekly = swings(series, 1)
    sign[weekly.end] = np.sign(weekly.value).astype(np.int64)
    border = np.flatnonzero(np.diff(sign, prepend=0) != 0)
    last = np.append(border[1:] - 1, len(sign) - 1) if len(border) else border
    runs = sign[border] != 0
    return Streaks(border[runs], last[runs], sign[border][runs])


def holes(series: Series) -> list[tuple[np.datetime64, np.datetime64]]:
    """Last report before and first after every stretch of more than 26 weeks without one."""
    wide = np.flatnonzero(np.diff(series.date).astype(np.int64) > HOLE_DAYS)
    return [(series.date[i], series.date[i + 1]) for i in wide]
