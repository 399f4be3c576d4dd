"""Dates and stretches of time of a sentence, set against the day of the article."""

import calendar
from datetime import date, timedelta

from models.calendars import sessions
from models.check.claims import Limit
from models.check.values import Ago, Between, DayRef, Hedge, Period, Span
from models.windows import MTD, QTD, YTD, Window, WindowKind

_TO_DATE = {"mtd": MTD, "qtd": QTD, "ytd": YTD}
_MOST_ROOM, _SHARE_OF_ROOM, _NEARLY = 0.5, 0.125, 0.25
"""A span is rounded as people round it: `four months` and `six years` are met from half a unit less on, `two years`
from a quarter less, as no more than an eighth is taken off; `nearly` takes a quarter of a unit at least."""
_YEARS_BACK = 200
_CLOSED_DAYS = 14
_LATE_IN_THE_WEEK = 3
"""Before Thursday the week of which one speaks as ended is the one before."""


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def back(day: date, span: Span) -> date:
    """The day so long before, by the calendar for months and years; parts of a month are days."""
    count, unit = span.count, span.unit
    if unit in ("day", "session"):
        return day - timedelta(days=round(count))
    if unit in ("week", "fortnight"):
        return day - timedelta(days=round(count * (14 if unit == "fortnight" else 7)))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    whole = min(int(months), 12 * min(_YEARS_BACK, day.year - 2))
    year, month = divmod(12 * day.year + day.month - 1 - whole, 12)
    moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return moved - timedelta(days=round((months - int(months)) * 30.4)) if moved.year > 2 else moved


def after(day: date, span: Span) -> date:
    """The day so many days or weeks later; months count as thirty days."""
    each = {"day": 1, "session": 1.4, "week": 7, "fortnight": 14, "month": 30.4}.get(span.unit, 365.25)
    return day + timedelta(days=round(span.count * each))


def day_of(ref: DayRef, article: date) -> date | None:
    """The day that a reference means, the latest one up to the article where the year is not written."""
    if ref.shift is not None:
        return article + timedelta(days=ref.shift)
    if ref.weekday is not None:
        since = (article.weekday() - ref.weekday) % 7
        return article - timedelta(days=since or (7 if ref.is_last else 0))
    if ref.is_end:
        found = month_of(ref, article, may_be_current=False)
        return month_end(*found) if found else None
    if ref.day is None or ref.month is None:
        return None
    for year in (ref.year,) if ref.year else range(article.year, article.year - 8, -1):
        if ref.day <= calendar.monthrange(year, ref.month)[1]:
            made = date(year, ref.month, ref.day)
            if ref.year or made <= article:
                return made
    return None


def month_of(ref: DayRef, article: date, *, may_be_current: bool) -> tuple[int, int] | None:
    """Year and month of a reference without a day; without a year the latest such month, this one where it may be."""
    if ref.month is None:
        return None
    if ref.year:
        return ref.year, ref.month
    is_over = ref.month < article.month or (may_be_current and ref.month == article.month and not ref.is_last)
    return (article.year if is_over else article.year - 1), ref.month


def ago(ref: Ago, now: date, other: date) -> date:
    """A span before now, or before another day of the sentence."""
    return back(now if ref.from_article else other, ref.span)


def since(value: object, article: date, text: str) -> Limit | None:
    """The limit of `since …`: anything of that day, month or year, or earlier, does not stand against the claim."""
    match value:
        case DayRef(day=None, month=None, weekday=None, shift=None, year=int(year)):
            return Limit(date(year, 12, 31), text, "year")
        case DayRef(day=None, month=int(), is_end=False):
            found = month_of(value, article, may_be_current=False)
            return Limit(month_end(*found), text, "month") if found else None
        case DayRef():
            day = day_of(value, article)
            return Limit(day, text) if day else None
        case Period(name="part of month", months=(month, _), year=year):
            return since(DayRef(None, month, year), article, text)
        case Period(name="month"):
            return Limit(month_before(article), text)
        case Period(name="year"):
            return Limit(date(article.year - 1, 12, 31), text)
        case _:
            return None


def within(span: Span, day: date, text: str) -> Limit:
    """The limit of `in six years`, counted back from the day of the claim with the room of the words."""
    count = span.count * 10 if span.unit == "decade" else span.count
    unit = "year" if span.unit == "decade" else span.unit
    room = 0.0 if span.hedge is Hedge.MORE else min(_MOST_ROOM, _SHARE_OF_ROOM * count)
    if span.hedge is Hedge.ALMOST:
        room = max(room, _NEARLY)
    return Limit(back(day, Span(count - room, unit)), text, unit)


def this_period(period: Period, article: date, text: str) -> Limit | None:
    """The limit of `the most this year`: what lies before the period does not stand against the claim."""
    starts = {"ytd": date(article.year, 1, 1), "mtd": article.replace(day=1)}
    start = starts.get(period.name)
    return Limit(start - timedelta(days=1), text) if start else None


def window(value: object, article: date) -> Window | None:
    """The stretch over which a return is meant; None where the words name none that can be computed."""
    match value:
        case Period():
            return _of_period(value, article)
        case Between(first=first, last=last):
            days = day_of(first, article), day_of(last, article)
            return _span(days[0], days[1]) if days[0] and days[1] and days[0] < days[1] else None
        case DayRef(day=None, month=int(), year=year, is_end=False):
            found = month_of(value, article, may_be_current=True)
            if found == (article.year, article.month):
                return MTD
            return _months((found[1], found[1]), found[0] if year else None) if found else None
        case DayRef(day=None, month=None, weekday=None, shift=None, year=int(year)):
            return YTD if year == article.year else _span(date(year - 1, 12, 31), date(year, 12, 31))
        case DayRef(is_end=True):
            return None  # the end of a stretch, whose beginning is said elsewhere
        case DayRef():
            day = day_of(value, article)
            return _span(day - timedelta(days=1), day) if day else None
        case Ago(span=span, from_article=True):
            return _span(back(article, span), article)
        case Span(until=DayRef() as until):
            day = day_of(until, article)
            return _span_to(day, value) if day else None
        case Span(unit="day" | "session", count=count):
            return Window(WindowKind.SESSIONS, sessions=max(1, int(count)))
        case Span():
            return _span(back(article, value), article)
        case _:
            return None


def _quarter_of(day: date) -> tuple[int, int]:
    first = 3 * ((day.month - 1) // 3) + 1
    return first, first + 2


def _span_to(day: date, span: Span) -> Window:
    """So long up to a day; around it the week from Friday to Friday."""
    if span.is_around:
        friday = day + timedelta(days=4 - day.weekday())
        return _span(friday - timedelta(days=7), friday)
    if span.unit in ("day", "session"):
        held = sessions(day - timedelta(days=2 * round(span.count) + _CLOSED_DAYS), day)
        return _span(held[-1 - round(span.count)], day)
    return _span(back(day, span), day)


def _of_period(period: Period, article: date) -> Window | None:
    if period.name in _TO_DATE:
        return _TO_DATE[period.name]
    is_this_year = period.year in (None, article.year)
    monday = article - timedelta(days=article.weekday())
    match period.name:
        case "months" if is_this_year and period.months[0] == 1 and 1 < article.month <= period.months[1]:
            return YTD  # `the first half` before it is over
        case "months" if is_this_year and period.months == _quarter_of(article):
            return QTD
        case "months":
            return _months(period.months, None if is_this_year else period.year)
        case "since month" if period.months[0] == article.month:
            return MTD
        case "since month":
            return window_since(DayRef(month=period.months[0]), article)
        case "month":
            month = month_before(article).month
            return _months((month, month), None)
        case "year":
            return _span(date(article.year - 2, 12, 31), date(article.year - 1, 12, 31))
        case "quarter":
            last = (article.month - 1) // 3 * 3 or 12
            return _months((last - 2, last), None)
        case "ended week":
            return _of_period(Period("week" if article.weekday() < _LATE_IN_THE_WEEK else "wtd"), article)
        case "wtd":
            return _span(monday - timedelta(days=3), article)
        case "week":
            return _span(monday - timedelta(days=10), monday - timedelta(days=3))
        case name if name.startswith("rolling "):
            return _span(back(article, Span(1, name.removeprefix("rolling "))), article)
        case _:
            return None


def _months(months: tuple[int, int], year: int | None) -> Window:
    if year is None:
        return Window(WindowKind.MONTHS, months)
    first = date(year - (months[1] < months[0]), months[0], 1)
    return _span(first - timedelta(days=1), month_end(year, months[1]))


def _span(first: date, last: date) -> Window:
    return Window(WindowKind.SPAN, span=(first, last))


def window_since(value: object, article: date) -> Window | None:
    """The stretch from a day, or from the end of the month or year before, to the article: `since January`."""
    match value:
        case DayRef(day=None, month=int(), is_end=False):
            found = month_of(value, article, may_be_current=False)
            return _span(date(*found, 1) - timedelta(days=1), article) if found else None
        case DayRef(is_end=True) if day_of(value, article) == month_before(article):
            return MTD
        case DayRef(day=None, month=None, weekday=None, shift=None, year=int(year)):
            return _span(date(year, 12, 31), article)
        case DayRef():
            day = day_of(value, article)
            return _span(day, article) if day and day < article else None
        case _:
            return None
