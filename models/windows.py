"""Stretches of time over which returns are compared, as they are named on the command line.

`mtd`, `qtd`, `ytd`; whole months (`jan-may`, `nov-jan` into the next year, `may`); `DATE:DATE` from the last
close on or before the first day to that of the second; `20d` for the last twenty sessions.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LONG_MONTHS = "January February March April May June July August September October November December".split()
_SESSIONS = re.compile(r"([1-9]\d{0,3})d")
MOST_SESSIONS = 2600
_WEEK = timedelta(days=7)


class WindowKind(StrEnum):
    MTD = "mtd"
    QTD = "qtd"
    YTD = "ytd"
    MONTHS = "months"
    SPAN = "span"
    SESSIONS = "sessions"


TO_DATE = (WindowKind.MTD, WindowKind.QTD, WindowKind.YTD)


@dataclass(frozen=True)
class Window:
    """One stretch; `months` are the first and last whole month (1 to 12), `span` both days, `sessions` a count."""

    kind: WindowKind
    months: tuple[int, int] = (0, 0)
    span: tuple[date, date] | None = None
    sessions: int = 0

    @property
    def name(self) -> str:
        """What `window` reads back."""
        match self.kind:
            case WindowKind.MONTHS:
                first, last = (MONTH_NAMES[month - 1] for month in self.months)
                return first if first == last else f"{first}-{last}"
            case WindowKind.SPAN if self.span:
                return f"{self.span[0].isoformat()}:{self.span[1].isoformat()}"
            case WindowKind.SESSIONS:
                return f"{self.sessions}d"
            case kind:
                return kind.value

    @property
    def title(self) -> str:
        """For people: `January to May`, `this year`, `the last 20 sessions`."""
        match self.kind:
            case WindowKind.MONTHS:
                first, last = (LONG_MONTHS[month - 1] for month in self.months)
                return first if first == last else f"{first} to {last}"
            case WindowKind.SPAN if self.span:
                return f"{_plain(self.span[0])} to {_plain(self.span[1])}"
            case WindowKind.SESSIONS:
                return "the last session" if self.sessions == 1 else f"the last {self.sessions} sessions"
            case WindowKind.MTD:
                return "this month"
            case WindowKind.QTD:
                return "this quarter"
            case _:
                return "this year"

    @property
    def is_week(self) -> bool:
        return self.span is not None and self.span[1] - self.span[0] == _WEEK

    @property
    def is_month(self) -> bool:
        is_one = self.kind is WindowKind.MONTHS and self.months[0] == self.months[1]
        return is_one or self.kind is WindowKind.MTD

    @property
    def crosses_new_year(self) -> bool:
        return self.months[1] < self.months[0]


MTD, QTD, YTD = (Window(kind) for kind in TO_DATE)
JANUARY_TO_MAY = Window(WindowKind.MONTHS, (1, 5))


def window(text: str) -> Window:
    """The window of that name; ValueError with a sentence for people where there is none."""
    name = text.strip().lower()
    if name in TO_DATE:
        return Window(WindowKind(name))
    if found := _SESSIONS.fullmatch(name):
        if int(found[1]) <= MOST_SESSIONS:
            return Window(WindowKind.SESSIONS, sessions=int(found[1]))
    elif ":" in name:
        return _span(text, *name.split(":", 1))
    else:
        months = name.split("-")
        if len(months) <= 2 and all(month in MONTH_NAMES for month in months):
            return Window(WindowKind.MONTHS, (MONTH_NAMES.index(months[0]) + 1, MONTH_NAMES.index(months[-1]) + 1))
    raise ValueError(f"{text!r} is no window; mtd, qtd, ytd, jan-may, 2017-01-01:2017-05-31 and 20d are.")


def _span(text: str, first: str, last: str) -> Window:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise ValueError(f"{text!r} is no window: both days must be dates such as 2017-05-31.") from error
    if not start < end:
        raise ValueError(f"{text!r} is no window: the first day must come before the second.")
    return Window(WindowKind.SPAN, span=(start, end))


def _plain(day: date) -> str:
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"
