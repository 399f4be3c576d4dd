"""Where an axis has its marks: round values, and days by the calendar."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from models.formats import short_day

_EPOCH = date(1970, 1, 1)
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Tick:
    """A mark at a value or day (days since 1970-01-01) with its label."""

    at: float
    label: str


def day_number(day: date) -> float:
    return float((day - _EPOCH).days)


def day_of(number: float) -> date:
    return _EPOCH + timedelta(days=math.floor(number + 0.5))


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values inside [low, high], at most `most` of them, the finest such step (1, 2, 2.5 or 5 by tens)."""
    if not high > low or most < 1:
        return []
    scale = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (scale * factor for factor in _STEPS):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [place * step for place in range(first, last + 1)]
    return []


def date_ticks(start: float, end: float, most: int) -> list[Tick]:
    """Marks at weeks, months or years, the finest of which at most `most` fit; each year is named once."""
    if not end > start or most < 1:
        return []
    for days, marks, step in _CALENDAR:
        if (end - start) / days <= most:
            return marks(start, end, step)
    return _years(start, end, 100)


def _years(start: float, end: float, step: int) -> list[Tick]:
    first = -(-day_of(start).year // step) * step
    found = [Tick(day_number(date(year, 1, 1)), str(year)) for year in range(first, day_of(end).year + 1, step)]
    return [tick for tick in found if start <= tick.at <= end]


def _months(start: float, end: float, step: int) -> list[Tick]:
    """January carries the year alone; where no January is in sight the first mark carries both."""
    begin = day_of(start)
    count = begin.year * 12 + -(-(begin.month - 1) // step) * step
    found = []
    while (at := day_number(date(count // 12, count % 12 + 1, 1))) <= end:
        if at >= start:
            found.append((at, count // 12, count % 12))
        count += step
    has_year = any(month == 0 for _, _, month in found)
    return [
        Tick(at, str(year) if month == 0 else _MONTHS[month] + (f" {year}" if place == 0 and not has_year else ""))
        for place, (at, year, month) in enumerate(found)
    ]


def _days(start: float, end: float, step: int) -> list[Tick]:
    """Tuesdays, the days of the reports; the first carries its year."""
    tuesday = day_number(date(1970, 1, 6))
    at = tuesday + math.ceil((start - tuesday) / step) * step
    found: list[Tick] = []
    while at <= end:
        day = day_of(at)
        found.append(Tick(at, short_day(day) + ("" if found else f" {day.year}")))
        at += step
    return found


_CALENDAR: tuple[tuple[float, Callable[[float, float, int], list[Tick]], int], ...] = (
    *((float(days), _days, days) for days in (7, 14)),
    *((30.44 * months, _months, months) for months in (1, 3, 6)),
    *((365.25 * years, _years, years) for years in (1, 2, 5, 10, 20, 50)),
)
