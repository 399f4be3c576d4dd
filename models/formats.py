"""Numbers, dates and spans as people read them; exports use plain digits instead.

Each function rounds once, from the value it is given. An unknown figure (None or NaN) is an en dash.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.calendars import NEW_YORK

if TYPE_CHECKING:
    import numpy as np  # not loaded: the window's frame uses this module before its first paint

    Number = float | int | np.floating | np.integer
    Day = date | np.datetime64

MINUS = "\u2212"
DASH = "\u2013"

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def is_unknown(value: Number | None) -> bool:
    return value is None or math.isnan(float(value))


def count(value: Number | None, *, signed: bool = False) -> str:
    """Contracts and other whole figures: `7,542`, signed `+80,572` or `−73,030`; zero has no sign."""
    return decimal(value, 0, signed=signed)


def decimal(value: Number | None, places: int, *, signed: bool = False) -> str:
    """A figure with so many decimals, true minus, and a plus where `signed`."""
    if value is None or math.isnan(float(value)):
        return DASH
    text = f"{abs(float(value)):,.{places}f}"
    is_zero = not any(digit in text for digit in "123456789")
    sign = "" if is_zero else MINUS if float(value) < 0 else "+" if signed else ""
    return sign + text


def percent(value: Number | None, places: int = 1, *, signed: bool = False) -> str:
    """`+1.1%`, from percent."""
    text = decimal(value, places, signed=signed)
    return text if text == DASH else f"{text}%"


def points(value: Number | None, places: int = 1) -> str:
    """A difference of percentages: `+13.9 pts`."""
    text = decimal(value, places, signed=True)
    return text if text == DASH else f"{text} pts"


def basis_points(value: Number | None) -> str:
    text = decimal(value, 0, signed=True)
    return text if text == DASH else f"{text} bp"


def dollars(value: Number | None, *, signed: bool = False) -> str:
    """`$5.5bn`, `−$850m`, `$37.77` below ten thousand."""
    if value is None or math.isnan(float(value)):
        return DASH
    size = abs(float(value))
    for unit, scale, places in (("tn", 1e12, 2), ("bn", 1e9, 1), ("m", 1e6, 0), ("k", 1e3, 0)):
        if size >= (scale if scale > 1e3 else 1e4):
            text = f"${size / scale:,.{places}f}{unit}"
            break
    else:
        text = f"${size:,.2f}"
    return (MINUS if float(value) < 0 else "+" if signed and size else "") + text


def axis_tick(value: float) -> str:
    """A tick's label: `k` from 10,000, `m` and `bn` above, no decimals that are not needed."""
    size = abs(value)
    for unit, scale, start in (("bn", 1e9, 1e9), ("m", 1e6, 1e7), ("k", 1e3, 1e4)):
        if size >= start:
            return decimal(value / scale, 0 if (size / scale) % 1 < 1e-9 else 1) + unit
    return decimal(value, next((places for places in range(4) if abs(value - round(value, places)) < 1e-9), 4))


def in_unit(value: Number | None, unit: str, *, signed: bool = False, is_change: bool = False) -> str:
    """A value of a series in its unit, without naming contracts: `+7,542`, `+1.1%`, `+13.9 pts`, `$5.5bn`."""
    if unit == "% of OI":
        return points(value) if is_change else percent(value, signed=signed)
    if unit == "USD":
        return dollars(value, signed=signed or is_change)
    return count(value, signed=signed or is_change)


def with_unit(value: Number | None, unit: str, *, signed: bool = False, is_change: bool = False) -> str:
    """The same with the unit in words, for sentences: `7,542 contracts`, `13.9 points of open interest`."""
    if unit == "% of OI":
        if is_change:
            return f"{decimal(value, 1, signed=signed)} points of open interest"
        return f"{percent(value, signed=signed)} of open interest"
    if unit == "USD":
        return dollars(value, signed=signed)
    shown = count(value, signed=signed)
    return f"{shown} {unit.removesuffix('s') if shown.lstrip(f'+{MINUS}') == '1' else unit}"


def ordinal(n: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def ordinal_word(n: int) -> str:
    """`second` to `tenth` in words, digits above."""
    words = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    return words[n - 1] if n <= len(words) else ordinal(n)


def rank(position: int, of: int, ties: int = 0) -> str:
    """`1st of 448`, with `tied` where the rank is shared."""
    return f"{ordinal(position)} of {of:,}" + (", tied" if ties else "")


def number_word(n: int) -> str:
    """Up to twelve in words."""
    return _WORDS[n] if 0 <= n < len(_WORDS) else f"{n:,}"


def weeks(n: int) -> str:
    """The length of a window of n reports: `one week`, `two weeks`."""
    return f"{number_word(n)} week" + ("s" if n != 1 else "")


def week_window(n: int) -> str:
    """A window in a sentence: `the week`, `the two weeks`."""
    return "the week" if n == 1 else f"the {weeks(n)}"


def plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def as_date(day: Day) -> date:
    if isinstance(day, datetime):
        return day.date()
    return day if isinstance(day, date) else date.fromisoformat(str(day.astype("datetime64[D]")))


def day(value: Day | None) -> str:
    """`16 Jun 2017`."""
    if value is None:
        return DASH
    that = as_date(value)
    return f"{that.day} {_MONTHS[that.month - 1]} {that.year}"


def short_day(value: Day) -> str:
    """`16 Jun`."""
    that = as_date(value)
    return f"{that.day} {_MONTHS[that.month - 1]}"


def week_day(value: Day) -> str:
    """`Fri 16 Jun 2017`."""
    return f"{_DAYS[as_date(value).weekday()]} {day(value)}"


def month(value: Day) -> str:
    """`Jul 2016`."""
    that = as_date(value)
    return f"{_MONTHS[that.month - 1]} {that.year}"


def long_month(value: Day) -> str:
    """`July 2016`, for sentences."""
    that = as_date(value)
    return f"{_LONG_MONTHS[that.month - 1]} {that.year}"


def in_year(value: Day, today: date) -> str:
    """`this year`, of another year than today's `in 2025`."""
    year = as_date(value).year
    return "this year" if year == today.year else f"in {year}"


def eastern(moment: datetime) -> str:
    """`16 Jun 2017, 15:30 ET`."""
    local = moment.astimezone(NEW_YORK)
    return f"{day(local.date())}, {local:%H:%M} ET"


def span(start: Day, end: Day) -> str:
    """Time between two days in words, by the calendar and rounded down; `nearly` above three quarters of a year.

    Below two months it is weeks, below two years months.
    """
    first, last = as_date(start), as_date(end)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 2:
        return weeks((last - first).days // 7)
    years, rest = divmod(months, 12)
    if years and rest > 9:
        return f"nearly {number_word(years + 1)} years"
    if months < 24 and rest:
        return f"{number_word(months)} months"
    return f"{number_word(years)} year" + ("s" if years != 1 else "")


def duration(seconds: float) -> str:
    """A countdown: `6 d 23 h`, `3 h 12 min`, `4 min`, `50 s`."""
    whole = max(0, int(seconds))
    days, hours, minutes = whole // 86400, whole % 86400 // 3600, whole % 3600 // 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{whole} s"
