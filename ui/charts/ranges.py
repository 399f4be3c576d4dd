"""Which stretch of time a chart shows, and the way back to the stretches it showed before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PRESET_YEARS: dict[str, float] = {"1Y": 1, "3Y": 3, "5Y": 5, "10Y": 10, "All": math.inf}
SHORTEST_DAYS = 56.0
"""No zoom goes below eight weekly reports."""
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class TimeRange:
    """A stretch in days since 1970-01-01. One with a preset is anchored: it follows the end of the data."""

    start: float
    end: float
    preset: str = ""

    @property
    def days(self) -> float:
        return self.end - self.start

    def zoomed(self, factor: float, at: float) -> "TimeRange":
        """The stretch made `factor` times as long, with the day `at` staying in its place."""
        return TimeRange(at - (at - self.start) * factor, at + (self.end - at) * factor)

    def moved(self, days: float) -> "TimeRange":
        return TimeRange(self.start + days, self.end + days)


ALL = TimeRange(0.0, 0.0, "All")


class RangeHistory:
    """The current stretch with undo and redo; as many undos as there were changes lead back to the first.

    `bounds` are the first and last day with data. Presets are kept by name and resolved against the
    bounds of the moment, so that new data extend them, while a stretch chosen by hand stays as it is.
    """

    def __init__(self, bounds: TimeRange = ALL, first: TimeRange = ALL) -> None:
        self.bounds = bounds
        self._entries = [first]
        self._place = 0
        self._is_gesture = False

    @property
    def current(self) -> TimeRange:
        return self._resolved(self._entries[self._place])

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place < len(self._entries) - 1

    def go(self, wanted: TimeRange, *, same_gesture: bool = False) -> None:
        """Show another stretch; several steps of one gesture (a drag, a touch pad) make one entry."""
        new = wanted if wanted.preset else self._within_bounds(wanted)
        if same_gesture and self._is_gesture:
            self._entries[self._place] = new
            return
        if self._resolved(new) == self.current:
            return
        del self._entries[self._place + 1 :]
        self._entries.append(new)
        self._place += 1
        self._is_gesture = same_gesture

    def end_gesture(self) -> None:
        self._is_gesture = False

    def undo(self) -> bool:
        """Back to the stretch before; False where there is none."""
        return self._step(-1)

    def redo(self) -> bool:
        return self._step(+1)

    def start_at(self, wanted: TimeRange) -> None:
        """Forget the history and begin with this stretch (a restored window)."""
        self._entries, self._place = [wanted], 0
        self.end_gesture()

    def _step(self, by: int) -> bool:
        self.end_gesture()
        if not 0 <= self._place + by < len(self._entries):
            return False
        self._place += by
        return True

    def _resolved(self, entry: TimeRange) -> TimeRange:
        if not entry.preset:
            overlaps = entry.end > self.bounds.start and entry.start < self.bounds.end
            return entry if overlaps else self._resolved(ALL)
        days = PRESET_YEARS[entry.preset] * DAYS_A_YEAR
        start = max(self.bounds.start, self.bounds.end - days)
        return TimeRange(start, self.bounds.end, entry.preset)

    def _within_bounds(self, wanted: TimeRange) -> TimeRange:
        """No shorter than the shortest, no longer than the data, and never quite off them."""
        longest = max(self.bounds.days, SHORTEST_DAYS)
        days = min(max(wanted.days, SHORTEST_DAYS), longest)
        middle = (wanted.start + wanted.end) / 2
        start = middle - days / 2 if days != wanted.days else wanted.start
        latest = self.bounds.end - days / 2
        earliest = self.bounds.start - days / 2
        if days == longest:
            earliest = latest = self.bounds.end - days
        start = min(max(start, earliest), latest)
        return TimeRange(start, start + days)


def spans(values: Sequence[float]) -> TimeRange:
    """The stretch from the first to the last of the days; a single day gets a week around it."""
    if not len(values):
        return TimeRange(0.0, SHORTEST_DAYS)
    first, last = float(values[0]), float(values[-1])
    return TimeRange(first, last) if last > first else TimeRange(first - 7, last + 7)
