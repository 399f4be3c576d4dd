"""Where a window of time lies in two price series, in this year and in others, and what was returned over it.

Returns are in percent between closes; `points` is r(small) - r(large), `ratio` (1 + r(small)) / (1 + r(large)) - 1.
Rows are positions in the dates of a `PricePair`. A window whose first or last close is not held is undefined;
no other close takes its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from models.calendars import nyse_holidays
from models.formats import as_date
from models.records import Closes, Dates, Floats, Ints
from models.windows import YTD, Window, WindowKind

_FIRST_YEAR = 1987
"""From here on the calendar knows every session."""
_LAST_YEAR = 2100
_SPAN_SLACK_DAYS = 7
"""A span may begin or end this many days after the close that stands for its day (weekends, holidays)."""


@dataclass(frozen=True)
class PricePair:
    """Closes of both on the days on which both have one, oldest first.

    `session` numbers the days (`session_numbers`); `month_ends` has the row of each month's last session, by
    months since January 1970, where that close is held.
    """

    date: Dates
    small: Floats
    large: Floats
    session: Ints
    month_ends: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.date)

    @property
    def ratio(self) -> Floats:
        return self.small / self.large


def price_pair(small: Closes, large: Closes) -> PricePair:
    days, i, j = np.intersect1d(small.date, large.date, assume_unique=True, return_indices=True)
    days = days.astype("M8[D]")
    return PricePair(days, small.close[i], large.close[j], session_numbers(days), _month_ends(days))


@lru_cache(maxsize=1)
def _holidays() -> Dates:
    days = sorted(day for year in range(_FIRST_YEAR, _LAST_YEAR) for day in nyse_holidays(year))
    return np.array(days, dtype="M8[D]")


def session_numbers(days: Dates) -> Ints:
    """A number for each day that rises by one from session to session, so that a missing one leaves a gap.

    Before 1987, where the calendar does not know every session, neighbouring days are taken for neighbours.
    """
    origin = np.datetime64(f"{_FIRST_YEAR}-01-01", "D")
    numbers = np.busday_count(origin, days, holidays=_holidays()).astype(np.int64)
    early = int(np.searchsorted(days, origin))
    if early:
        numbers[:early] = np.arange(early) - early + (numbers[early] if early < len(days) else 0)
    return numbers


@dataclass(frozen=True)
class Gap:
    """Both returns over one stretch, from the close of `start` to that of `end`."""

    start: date
    end: date
    small_pct: float
    large_pct: float

    @property
    def points(self) -> float:
        return self.small_pct - self.large_pct

    @property
    def ratio_pct(self) -> float:
        return 100 * ((100 + self.small_pct) / (100 + self.large_pct) - 1)


def gap_between(pair: PricePair, start: int, end: int) -> Gap:
    small = 100 * (pair.small[end] / pair.small[start] - 1)
    large = 100 * (pair.large[end] / pair.large[start] - 1)
    return Gap(as_date(pair.date[start]), as_date(pair.date[end]), float(small), float(large))


def gap(pair: PricePair, window: Window) -> Gap | None:
    """The returns over a window, where `locate` finds it; None where it is undefined."""
    rows = locate(pair, window)
    return gap_between(pair, *rows) if rows else None


def months_of(days: Dates) -> Ints:
    """Months since January 1970."""
    return days.astype("M8[M]").astype(np.int64)


def _month_ends(days: Dates) -> dict[int, int]:
    months = months_of(days)
    following = np.busday_offset(days, 1, roll="backward", holidays=_holidays())
    rows = np.flatnonzero(months_of(following) > months)
    return dict(zip(months[rows].tolist(), rows.tolist(), strict=True))


def _last_by(pair: PricePair, day: date) -> int | None:
    """The row of the last close on or before a day, not more than a week before it."""
    row = int(np.searchsorted(pair.date, np.datetime64(day), side="right")) - 1
    if row < 0 or (np.datetime64(day) - pair.date[row]).astype(int) > _SPAN_SLACK_DAYS:
        return None
    return row


def session_row(pair: PricePair, number: int) -> int | None:
    row = int(np.searchsorted(pair.session, number))
    return row if row < len(pair) and pair.session[row] == number else None


def locate(pair: PricePair, window: Window) -> tuple[int, int] | None:
    """First and last row of a window: to date, of the last n sessions, or in its latest whole occurrence."""
    if len(pair) < 2:
        return None
    last = len(pair) - 1
    match window.kind:
        case WindowKind.SPAN if window.span:
            return _checked(_last_by(pair, window.span[0]), _last_by(pair, window.span[1]))
        case WindowKind.SESSIONS:
            return _checked(session_row(pair, int(pair.session[last]) - window.sessions), last)
        case WindowKind.MONTHS:
            return _whole_months(pair, window, _latest_year(pair, window))
        case _:
            return _checked(pair.month_ends.get(_first_month(window.kind, pair.date[last]) - 1), last)


def _checked(start: int | None, end: int | None) -> tuple[int, int] | None:
    return (start, end) if start is not None and end is not None and start < end else None


def _first_month(kind: WindowKind, day: np.datetime64) -> int:
    """The first month of the period to date that a day lies in."""
    month = int(months_of(np.array([day]))[0])
    return {WindowKind.MTD: month, WindowKind.QTD: month // 3 * 3, WindowKind.YTD: month // 12 * 12}[kind]


def _latest_year(pair: PricePair, window: Window) -> int:
    """The year in which the window's last month has ended for the last time."""
    newest = int(months_of(pair.date[-1:])[0])
    ended = newest if newest in pair.month_ends else newest - 1
    return 1970 + (ended - window.months[1] + 1) // 12


def _whole_months(pair: PricePair, window: Window, year: int) -> tuple[int, int] | None:
    """The months of a window that ends in a year."""
    first, last = window.months
    before = 12 * (year - 1970 - window.crosses_new_year) + first - 2
    return _checked(pair.month_ends.get(before), pair.month_ends.get(12 * (year - 1970) + last - 1))


def same_window(pair: PricePair, window: Window, year: int) -> tuple[int, int] | None:
    """The same stretch in another year, or None where its ends are not held.

    Whole months; a span by its days of the year; a window to date from the same start to the same session after
    it, or to the period's last where that year had fewer; the last n sessions up to the same session of the year.
    """
    now = locate(pair, window)
    if now is None:
        return None
    this_year = as_date(pair.date[now[1]]).year
    if year == this_year:
        return now
    match window.kind:
        case WindowKind.MONTHS:
            return _whole_months(pair, window, year)
        case WindowKind.SPAN if window.span:
            start, end = (_in_year(day, day.year + year - this_year) for day in window.span)
            return _checked(_last_by(pair, start), _last_by(pair, end))
        case WindowKind.SESSIONS:
            end_row = _same_session(pair, YTD, now[1], year)
            if end_row is None:
                return None
            return _checked(session_row(pair, int(pair.session[end_row]) - window.sessions), end_row)
        case _:
            start_row = pair.month_ends.get(_first_month(window.kind, pair.date[-1]) - 1 + 12 * (year - this_year))
            return _checked(start_row, _same_session(pair, window, now[1], year))


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _same_session(pair: PricePair, window: Window, row: int, year: int) -> int | None:
    """The row in `year` that is as many sessions into its period as `row` is into its own."""
    first_month = _first_month(window.kind, pair.date[row])
    shift = 12 * (year - as_date(pair.date[row]).year)
    begun, begins = pair.month_ends.get(first_month - 1), pair.month_ends.get(first_month - 1 + shift)
    if begun is None or begins is None:
        return None
    number = int(pair.session[begins] + pair.session[row] - pair.session[begun])
    length = {WindowKind.MTD: 1, WindowKind.QTD: 3, WindowKind.YTD: 12}[window.kind]
    period_end = np.datetime64(first_month + shift + length, "M").astype("M8[D]")
    last_number = int(np.busday_count(pair.date[begins], period_end, holidays=_holidays()))
    return session_row(pair, min(number, int(pair.session[begins]) + max(last_number - 1, 0)))
