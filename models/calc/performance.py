"""Small against large: the same window in every year, by month, day by day."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.calc.prices import Gap, PricePair, gap_between, locate, months_of, same_window
from models.formats import as_date
from models.records import Bools, Closes, Dates, Floats
from models.windows import Window

_MONDAY = 3
"""Days counted from a Thursday, plus so many, are whole weeks on a Monday."""

# The same window in every year


@dataclass(frozen=True)
class LeagueRow:
    """One year's gap; rank 1 is the worst for the small side, equal gaps share the better rank."""

    rank: int
    year: int
    gap: Gap
    is_current: bool


@dataclass(frozen=True)
class League:
    """All years up to the current one, worst first.

    `worst_since` is the latest earlier year with a gap at least as bad, `best_since` one at least as good;
    None where the sample has none. `left_out` are years of the sample in which the window's closes are not held.
    """

    rows: tuple[LeagueRow, ...]
    current: LeagueRow
    ties: int
    worst_since: int | None
    best_since: int | None
    left_out: tuple[int, ...]

    @property
    def first_year(self) -> int:
        return min(row.year for row in self.rows)


def league(pair: PricePair, window: Window) -> League | None:
    """The window in every year of the sample; None where it is undefined now."""
    now = locate(pair, window)
    if now is None:
        return None
    this_year, first_year = as_date(pair.date[now[1]]).year, as_date(pair.date[0]).year
    years = range(first_year, this_year + 1)
    found = {year: rows for year in years if (rows := same_window(pair, window, year))}
    gaps = {year: gap_between(pair, *rows) for year, rows in found.items()}
    points = np.array([g.points for g in gaps.values()])
    table = [
        LeagueRow(1 + int(np.count_nonzero(points < g.points)), year, g, year == this_year) for year, g in gaps.items()
    ]
    current = table[-1]
    mine = current.gap.points
    return League(
        rows=tuple(sorted(table, key=lambda row: (row.rank, -row.year))),
        current=current,
        ties=int(np.count_nonzero(points == mine)) - 1,
        worst_since=max((row.year for row in table[:-1] if row.gap.points <= mine), default=None),
        best_since=max((row.year for row in table[:-1] if row.gap.points >= mine), default=None),
        left_out=tuple(year for year in years if year not in found),
    )


# Months


@dataclass(frozen=True)
class MonthlyGaps:
    """The gap of every month, oldest first; `is_whole` is false for a month that has not ended.

    `month` is the first day; a month whose first or last close is not held is left out.
    """

    month: Dates
    points: Floats
    is_whole: Bools

    def __len__(self) -> int:
        return len(self.month)


def monthly_gaps(pair: PricePair, sessions: int | None = None) -> MonthlyGaps:
    """Gaps by month; with `sessions` only the first n sessions of each month (the whole month where it had fewer)."""
    newest = int(months_of(pair.date[-1:])[0]) if len(pair) else -1
    ends = dict(pair.month_ends) if newest in pair.month_ends else {**pair.month_ends, newest: len(pair) - 1}
    months, last = np.array(list(ends), dtype=np.int64), np.array(list(ends.values()), dtype=np.int64)
    first = np.array([pair.month_ends.get(month - 1, -1) for month in ends], dtype=np.int64)
    is_known = first >= 0
    if sessions is not None:
        wanted = np.minimum(pair.session[first] + sessions, pair.session[last])
        last = np.minimum(np.searchsorted(pair.session, wanted), len(pair) - 1)
        is_known &= pair.session[last] == wanted
    months, first, last = months[is_known], first[is_known], last[is_known]
    small, large = (100 * (side[last] / side[first] - 1) for side in (pair.small, pair.large))
    is_whole = np.array([month in pair.month_ends for month in months.tolist()], dtype=bool)
    return MonthlyGaps(months.astype("M8[M]").astype("M8[D]"), small - large, is_whole)


# Weeks


@dataclass(frozen=True)
class WeeklyGaps:
    """The gap of every week, oldest first, from the last close of the week before to its own last close on `day`.

    A week of which one of the two is not held is left out; the newest may not have ended.
    """

    day: Dates
    points: Floats

    def until(self, day: date) -> "WeeklyGaps":
        kept = self.day <= np.datetime64(day)
        return WeeklyGaps(self.day[kept], self.points[kept])

    def __len__(self) -> int:
        return len(self.day)


def weekly_gaps(pair: PricePair) -> WeeklyGaps:
    """Gaps by week, Monday to Sunday."""
    week = (pair.date.astype("M8[D]").astype(np.int64) + _MONDAY) // 7
    begins = np.flatnonzero(np.diff(week)) + 1  # the first row of each week but the first
    last = np.append(begins[1:] - 1, len(pair) - 1)[: len(begins)]
    is_next = pair.session[begins] == pair.session[begins - 1] + 1
    ends_whole = np.append(is_next[1:], True)[: len(begins)]
    is_known = is_next & ends_whole
    first, last = begins[is_known] - 1, last[is_known]
    small, large = (100 * (side[last] / side[first] - 1) for side in (pair.small, pair.large))
    return WeeklyGaps(pair.date[last], small - large)


@dataclass(frozen=True)
class MostSince:
    """The newest gap among earlier ones of its kind: months, or the same stretch in other years.

    `since` is the first day of the latest earlier month (or year) with a gap at least as large in its direction, None
    where the sample (from `first`) has none; rank 1 is the largest in that direction. `largest` and `second` are the
    first two by that rank, with the day that names them.
    """

    points: float
    since: date | None
    rank: int
    of: int
    ties: int
    first: date
    largest: tuple[date, float]
    second: tuple[date, float]


def most_since(gaps: MonthlyGaps) -> MostSince | None:
    """Where the newest month stands among earlier ones; a lead is compared with leads, a lag with lags."""
    return stands(gaps.month, gaps.points)


def by_year(found: League) -> tuple[Dates, Floats]:
    """The gaps of a league table, oldest year first, each named by the first day of its year."""
    rows = sorted(found.rows, key=lambda row: row.year)
    days = np.array([f"{row.year:04d}-01-01" for row in rows], dtype="M8[D]")
    return days, np.array([row.gap.points for row in rows], dtype=float)


def stands(days: Dates, points: Floats) -> MostSince | None:
    """Where the last of these gaps stands among those before it; None where there is no other."""
    if len(points) < 2:
        return None
    size = points if points[-1] >= 0 else -points
    earlier = np.flatnonzero(size[:-1] >= size[-1])
    best = np.argsort(-size, kind="stable")[:2]
    return MostSince(
        points=float(points[-1]),
        since=as_date(days[earlier[-1]]) if len(earlier) else None,
        rank=1 + int(np.count_nonzero(size > size[-1])),
        of=len(points),
        ties=int(np.count_nonzero(size == size[-1])) - 1,
        first=as_date(days[0]),
        largest=(as_date(days[best[0]]), float(points[best[0]])),
        second=(as_date(days[best[1]]), float(points[best[1]])),
    )


# Paths


@dataclass(frozen=True)
class Path:
    """Day by day from a base close: points of difference, and the ratio's change and drawdown in percent."""

    date: Dates
    points: Floats
    ratio_pct: Floats

    def __len__(self) -> int:
        return len(self.date)


def path(pair: PricePair, start: int, end: int) -> Path:
    """From the close at row `start` (points 0) to the one at row `end`, both included."""
    small = pair.small[start : end + 1] / pair.small[start]
    large = pair.large[start : end + 1] / pair.large[start]
    return Path(pair.date[start : end + 1], 100 * (small - large), 100 * (small / large - 1))


def since_start(of: Path, place: int) -> Gap | None:
    """Both returns from the base close to one day of a path; None where the two do not differ."""
    points, ratio = float(of.points[place]), float(of.ratio_pct[place])
    if not ratio:
        return None
    large = points / ratio  # 100 (s - l) over 100 (s / l - 1)
    small = large * (1 + ratio / 100)
    return Gap(as_date(of.date[0]), as_date(of.date[place]), 100 * (small - 1), 100 * (large - 1))


def drawdown(value: Floats) -> Floats:
    """Each value below the highest one so far, in percent (0 at a new high)."""
    return 100 * (value / np.maximum.accumulate(value) - 1)


def change_pct(closes: Closes, start: date, end: date) -> float | None:
    """The return between two days in percent; None where one of the closes is not held."""
    rows = np.searchsorted(closes.date, np.array([start, end], dtype="M8[D]"))
    if rows[1] >= len(closes) or as_date(closes.date[rows[0]]) != start or as_date(closes.date[rows[1]]) != end:
        return None
    return float(100 * (closes.close[rows[1]] / closes.close[rows[0]] - 1))
