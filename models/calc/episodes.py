"""What followed swings of comparable size, and what followed dates drawn at random.

Every path begins at the first close after the report's release, so that nothing in it was known before. An index
path is the return in per cent since then, a ratio path that of small over large, a net path the change of the net
in the series' unit since the report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from models.calc import superlatives
from models.calc.splice import Series
from models.calendars import NEW_YORK, is_session, release
from models.formats import as_date
from models.names import Direction
from models.records import Closes, Dates, Floats, Ints

HORIZONS = (4, 13, 26)
"""Weeks at which outcomes are tabled; paths run to the last."""
WEEKS = HORIZONS[-1]
COMPARABLE_SHARE = 0.75
"""A swing counts as comparable from this share of the one compared with on, in its direction."""
DRAWS, SEED = 1_000, 20170616
LOW_PCT, HIGH_PCT = 5, 95
_STALE_DAYS = 5
_LATE_REPORT_DAYS = 6


@dataclass(frozen=True)
class Episode:
    """A swing that ended with a report: its size in the series' unit, and the first close after its release."""

    report: date
    released: date
    start_close: date
    change: float
    is_current: bool
    crosses_seam: bool


@dataclass(frozen=True)
class Outcome:
    """One measure after the episodes, week by week from 0 to 26; `paths` has one row an episode, NaN where unknown.

    `median`, `low` and `high` (the extremes) are over the `count` known episodes of each week. `chance_median` is
    the median of dates drawn at random, `chance_low` and `chance_high` are between which nine in ten medians of as
    many random dates lie.
    """

    name: str
    unit: str
    paths: Floats
    median: Floats
    low: Floats
    high: Floats
    count: Ints
    chance_median: Floats
    chance_low: Floats
    chance_high: Floats


def find(series: Series, window: int, size: float, share: float = COMPARABLE_SHARE) -> tuple[Episode, ...]:
    """Swings over `window` reports at least `share` of `size` in its direction, oldest first; of overlapping ones
    (ends less than `window` reports apart) only the largest.

    The last report's own swing is the current one, and always among them.
    """
    swings = superlatives.swings(series, window)
    if not len(swings) or size == 0:
        return ()
    direction = Direction.UP if size > 0 else Direction.DOWN
    last = len(series) - 1
    order = superlatives.ranking(swings, direction, separate=False)
    large = [int(place) for place in order if abs(swings.value[place]) >= share * abs(size)]
    current = [place for place in large if swings.end[place] == last]
    kept: list[int] = []
    for place in current + large:
        end = int(swings.end[place])
        if all(abs(end - int(swings.end[other])) >= window for other in kept):
            kept.append(place)
    return tuple(
        _episode(series, swings, place, is_current=int(swings.end[place]) == last)
        for place in sorted(kept, key=lambda place: int(swings.end[place]))
    )


def _episode(series: Series, swings: superlatives.Swings, place: int, *, is_current: bool) -> Episode:
    report = as_date(series.date[swings.end[place]])
    released, close = first_close_after(report)
    return Episode(report, released, close, float(swings.value[place]), is_current, bool(swings.crosses_seam[place]))


def first_close_after(report: date) -> tuple[date, date]:
    """The day of a report's release in New York, and of the first close after it (16:00, the release is at 15:30)."""
    released = release(report).at.astimezone(NEW_YORK).date()
    close = released
    while not is_session(close):
        close += timedelta(days=1)
    return released, close


def overlapping(episodes: Sequence[Episode]) -> int:
    """How many of the episodes have another's start within the weeks that they look at, so that they share data."""
    days = [episode.start_close for episode in episodes]
    reach = timedelta(weeks=WEEKS)
    return sum(any(other != day and abs(other - day) < reach for other in days) for day in days)


# Paths


def close_paths(closes: Closes, starts: Sequence[date], as_of: date) -> Floats:
    """Returns in per cent from the close of each start, week by week; shape (starts, 27).

    Each week's close is the last one on or before its day and at most 5 days old; later weeks than `as_of` are NaN.
    """
    days = _weekly(starts)
    levels = _last_on(closes.date, closes.close, days, _STALE_DAYS)
    levels[days > np.datetime64(as_of)] = np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(100 * (levels / levels[:, :1] - 1), dtype=float)


def net_paths(series: Series, reports: Sequence[date]) -> Floats:
    """Changes of the net since each report, week by week; NaN where no report lies within the week."""
    days = _weekly(reports)
    levels = _last_on(series.date, series.value, days, _LATE_REPORT_DAYS)
    newest = series.date[-1] if len(series) else np.datetime64("NaT")
    levels[days > newest] = np.nan
    return np.asarray(levels - levels[:, :1], dtype=float)


def _weekly(starts: Sequence[date]) -> Dates:
    """Each start and the 26 days that lie whole weeks after it, one row a start."""
    weeks = np.arange(WEEKS + 1) * np.timedelta64(7, "D")
    return np.asarray(np.array(starts, dtype="M8[D]")[:, None] + weeks[None, :], dtype="M8[D]")


def _last_on(dates: Dates, values: Floats, days: Dates, stale_days: int) -> Floats:
    """The value of the last date on or before each day; NaN where that is too old or there is none."""
    if not len(dates):
        return np.full(days.shape, np.nan)
    place = np.searchsorted(dates, days, side="right") - 1
    known = np.maximum(place, 0)
    age = (days - dates[known]).astype(np.int64)
    return np.where((place >= 0) & (age <= stale_days), values[known], np.nan)


def outcome(name: str, unit: str, paths: Floats, everything: Floats, seed: int = SEED) -> Outcome:
    """The paths of the episodes beside those of random dates, drawn from `everything` (one row a report)."""
    known = np.isfinite(paths)
    chance = _chance(everything, int(np.count_nonzero(known[:, HORIZONS[0]])) if len(paths) else 0, seed)
    return Outcome(
        name=name,
        unit=unit,
        paths=paths,
        median=_over(paths, np.nanmedian),
        low=_over(paths, np.nanmin),
        high=_over(paths, np.nanmax),
        count=np.count_nonzero(known, axis=0).astype(np.int64),
        chance_median=_over(everything, np.nanmedian),
        chance_low=_over(chance, lambda column: np.nanpercentile(column, LOW_PCT)),
        chance_high=_over(chance, lambda column: np.nanpercentile(column, HIGH_PCT)),
    )


def _over(paths: Floats, measure: Callable[[Floats], np.floating]) -> Floats:
    """A measure of each week over the known paths, NaN where none is known."""
    columns = (paths[:, week] for week in range(WEEKS + 1))
    return np.array([measure(column) if np.isfinite(column).any() else np.nan for column in columns], dtype=float)


def _chance(everything: Floats, size: int, seed: int) -> Floats:
    """Medians of as many random dates, drawn 1,000 times; shape (draws, 27)."""
    complete = everything[np.isfinite(everything).all(axis=1)]
    if not size or not len(complete):
        return np.full((1, WEEKS + 1), np.nan)
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(complete), size=(DRAWS, size))
    return np.asarray(np.median(complete[picks], axis=1), dtype=float)
