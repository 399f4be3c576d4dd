"""Days and moments: federal holidays, when each report of the CFTC was released, sessions in New York.

Days are dates without a zone, moments are aware UTC, and times of day are New York's. Holidays are right
from 1986 on, where the reports begin; exchange sessions from 1987 on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from models.names import Known

NEW_YORK = ZoneInfo("America/New_York")
RELEASE_TIME = time(15, 30)
BUSINESS_DAYS_TO_RELEASE = 3
FIRST_REPORT = date(1986, 1, 15)
FIRST_WEEKLY_REPORT = date(1992, 10, 6)

_MONDAY, _TUESDAY, _THURSDAY = 0, 1, 3
_DAY = timedelta(days=1)
_LONGEST_DELAY = timedelta(days=120)

_KNOWN_RELEASES: dict[date, date] = {
    date(2023, 1, 31): date(2023, 2, 24),
    date(2025, 9, 30): date(2025, 11, 19),
    date(2025, 10, 7): date(2025, 11, 21),
    date(2025, 10, 14): date(2025, 11, 25),
    date(2025, 10, 21): date(2025, 12, 2),
    date(2025, 10, 28): date(2025, 12, 5),
    date(2025, 11, 4): date(2025, 12, 9),
    date(2025, 11, 10): date(2025, 12, 12),
    date(2025, 11, 18): date(2025, 12, 16),
    date(2025, 11, 25): date(2025, 12, 19),
    date(2025, 12, 2): date(2025, 12, 23),
    date(2025, 12, 9): date(2025, 12, 30),
    date(2025, 12, 16): date(2026, 1, 6),
    date(2025, 12, 23): date(2026, 1, 9),
    date(2025, 12, 30): date(2026, 1, 13),
    date(2026, 1, 6): date(2026, 1, 16),
    date(2026, 1, 13): date(2026, 1, 20),
    date(2026, 1, 20): date(2026, 1, 23),
}
"""Report date to the day of its release, where an incident made it late and the day is known (the CFTC's
announcements of 24 February 2023 and 18 November 2025)."""

_INCIDENTS: tuple[tuple[date, date, str], ...] = (
    (date(2013, 10, 1), date(2013, 10, 29), "2013 shutdown"),
    (date(2018, 12, 24), date(2019, 2, 26), "2018-19 shutdown"),
    (date(2023, 1, 31), date(2023, 3, 7), "2023 outage of ION"),
    (date(2025, 9, 30), date(2026, 1, 20), "2025 shutdown"),
)
"""First and last report date that an incident delayed."""

_BEFORE_WEEKLY_RELEASES = date(2001, 1, 1)
"""Until some day in 2000 the CFTC published every two weeks, before 1992 still less often and later."""

_CLOSED_BY_ORDER = frozenset(
    {
        date(2001, 12, 24),
        date(2003, 12, 26),
        date(2004, 6, 11),
        date(2007, 1, 2),
        date(2007, 12, 24),
        date(2008, 12, 26),
        date(2012, 12, 24),
        date(2014, 12, 26),
        date(2018, 12, 5),
        date(2018, 12, 24),
        date(2019, 12, 24),
        date(2020, 12, 24),
        date(2024, 12, 24),
        date(2025, 1, 9),
        date(2025, 12, 24),
        date(2025, 12, 26),
    }
)
"""Days on which the President closed federal offices. They are no holidays: the rule counts them as business
days, and a release across one is marked uncertain."""

_IRREGULAR_REPORTS: dict[date, date] = {
    date(1991, 9, 13): date(1991, 9, 16),
    date(1997, 11, 11): date(1997, 11, 11),
    date(2000, 7, 4): date(2000, 7, 5),
    date(2001, 9, 11): date(2001, 9, 10),
    date(2001, 12, 25): date(2001, 12, 21),
    date(2002, 1, 1): date(2001, 12, 28),
    date(2002, 12, 24): date(2002, 12, 23),
    date(2003, 11, 11): date(2003, 11, 11),
    date(2003, 12, 23): date(2003, 12, 22),
    date(2004, 4, 13): date(2004, 4, 12),
    date(2007, 1, 2): date(2007, 1, 3),
    date(2008, 11, 11): date(2008, 11, 11),
    date(2008, 12, 23): date(2008, 12, 22),
    date(2009, 11, 10): date(2009, 11, 9),
    date(2014, 11, 11): date(2014, 11, 11),
    date(2020, 12, 22): date(2020, 12, 21),
}
"""The day that the rule of `report_dates` gives (for weekly reports the Tuesday) to the day for which the
report was made instead, from the dates in the CFTC's files."""

_NYSE_CLOSURES = frozenset(
    {
        date(1994, 4, 27),
        *(date(2001, 9, day) for day in (11, 12, 13, 14)),
        date(2004, 6, 11),
        date(2007, 1, 2),
        *(date(2012, 10, day) for day in (29, 30)),
        date(2018, 12, 5),
        date(2025, 1, 9),
    }
)
"""Days of mourning, the attacks of 2001 and the hurricane of 2012."""


@dataclass(frozen=True)
class Release:
    """When the report for a day became public.

    `is_uncertain` where the real moment is not known and `at` follows the rule; `note` says why, or names the
    holidays and the incident behind a release that is not on the Friday.
    """

    report: date
    at: datetime
    is_uncertain: bool
    note: str


# Federal holidays


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _observed(holiday: date) -> date:
    """A holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday."""
    return holiday + {5: -_DAY, 6: _DAY}.get(holiday.weekday(), timedelta())


@lru_cache(maxsize=256)
def _federal_holiday_names(year: int) -> dict[date, str]:
    names = {
        _nth_weekday(year, 2, _MONDAY, 3): "Washington's Birthday",
        _last_monday_of_may(year): "Memorial Day",
        _observed(date(year, 7, 4)): "Independence Day",
        _nth_weekday(year, 9, _MONDAY, 1): "Labor Day",
        _nth_weekday(year, 10, _MONDAY, 2): "Columbus Day",
        _observed(date(year, 11, 11)): "Veterans Day",
        _nth_weekday(year, 11, _THURSDAY, 4): "Thanksgiving Day",
        _observed(date(year, 12, 25)): "Christmas Day",
    }
    if year >= 1986:
        names[_nth_weekday(year, 1, _MONDAY, 3)] = "Martin Luther King Day"
    if year >= 2021:
        names[_observed(date(year, 6, 19))] = "Juneteenth"
    new_years = (_observed(date(of, 1, 1)) for of in (year, year + 1))
    return names | {day: "New Year's Day" for day in new_years if day.year == year}


def federal_holidays(year: int) -> frozenset[date]:
    """The days of a year on which a US federal holiday was observed (5 U.S.C. 6103).

    Days on which the President closed the offices (days of mourning, some Christmas Eves) are not holidays.
    """
    return frozenset(_federal_holiday_names(year))


def is_federal_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _federal_holiday_names(day.year)


def add_federal_business_days(day: date, count: int) -> date:
    """The `count`-th business day after a day, which itself may be any day."""
    for _ in range(count):
        day += _DAY
        while not is_federal_business_day(day):
            day += _DAY
    return day


def next_federal_business_day(day: date) -> date:
    return add_federal_business_days(day, 1)


# Moments


def new_york_moment(day: date, at: time) -> datetime:
    """The aware UTC moment of a time of day in New York."""
    return datetime.combine(day, at, NEW_YORK).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last microsecond of a day in New York: what "as of" a date means."""
    return new_york_moment(day, time.max)


def parse_as_of(text: str) -> datetime:
    """An ISO date (its end in New York) or an ISO moment with its offset, as an aware UTC moment.

    Raises ValueError with a sentence for people, also for years outside 1900 to 2199.
    """
    try:
        is_date = len(text) == len("2017-06-16")
        moment = end_of_day(date.fromisoformat(text)) if is_date else datetime.fromisoformat(text)
        is_usable = moment.tzinfo is not None and 1900 <= moment.year < 2200
    except (ValueError, OverflowError):
        is_usable = False
    if not is_usable:
        example = "a date such as 2017-06-16 or a moment with its zone such as 2017-06-16T19:30Z"
        raise ValueError(f"{text!r} cannot be used as a point in time; {example} can.")
    return moment.astimezone(UTC)


def close_known_at(session: date, venue: Literal["cboe", "exchange"]) -> datetime:
    """When a session's close is known: 16:00, in Cboe's files 18:00. An early close counts as a full day."""
    return new_york_moment(session, time(18) if venue == "cboe" else time(16))


def known_next_business_day(day: date, at: time) -> datetime:
    """A time of day in New York on the next federal business day."""
    return new_york_moment(next_federal_business_day(day), at)


def known_at(day: date, known: Known) -> datetime:
    """When the observation of a day became known."""
    match known:
        case Known.EXCHANGE_CLOSE:
            return close_known_at(day, "exchange")
        case Known.CBOE_CLOSE:
            return close_known_at(day, "cboe")
        case Known.NEXT_MORNING:
            return known_next_business_day(day, time(8))
        case Known.NEXT_MORNING_NINE:
            return known_next_business_day(day, time(9))


def known_until(moment: datetime, known: Known) -> date:
    """The newest day whose observation was known at a moment; so were those of all earlier days."""
    day = moment.astimezone(NEW_YORK).date()
    while known_at(day, known) > moment:
        day -= _DAY
    return day


# Reports of the CFTC


@lru_cache(maxsize=8192)
def release(report_date: date) -> Release:
    """When the report for a day was released, be it a regular report date or not.

    Rule: three federal business days later at 15:30 New York, Friday for a Tuesday. Incidents whose days are
    known come from a table, others keep the rule's day and are marked. No report is published before the
    one ahead of it, so releases never fall as report dates rise.
    """
    ruled = add_federal_business_days(report_date, BUSINESS_DAYS_TO_RELEASE)
    known = _KNOWN_RELEASES.get(report_date)
    ahead = max((day for report, day in _KNOWN_RELEASES.items() if report < report_date), default=ruled)
    day = known or max(ruled, ahead)
    incident = next((note for first, last, note in _INCIDENTS if first <= report_date <= last), "")
    doubt = "" if known else incident or _doubt(report_date, day)
    note = doubt or incident or ", ".join(_holidays_between(report_date, day))
    return Release(report_date, new_york_moment(day, RELEASE_TIME), bool(doubt), note)


def _doubt(report_date: date, day: date) -> str:
    if report_date < _BEFORE_WEEKLY_RELEASES:
        return "not yet published weekly"
    closed = [order for order in _CLOSED_BY_ORDER if report_date < order <= day]
    return f"federal offices closed on {min(closed)}" if closed else ""


def _holidays_between(report_date: date, day: date) -> list[str]:
    names = _federal_holiday_names(report_date.year) | _federal_holiday_names(day.year)
    return [names[holiday] for holiday in sorted(names) if report_date < holiday <= day]


def report_dates(first: date, last: date) -> tuple[date, ...]:
    """The days from first to last, both included, for which a report was or will be made, oldest first.

    Tuesdays, or Mondays where the Tuesday is a federal holiday; until September 1992 the last session of each
    half of a month.
    """
    around = timedelta(days=7)
    days = (*_half_monthly_reports(first, last), *_weekly_reports(first - around, last + around))
    return tuple(day for day in days if max(first, FIRST_REPORT) <= day <= last)


def _weekly_reports(first: date, last: date) -> Iterator[date]:
    start = max(first, FIRST_WEEKLY_REPORT)
    tuesday = start + timedelta(days=(_TUESDAY - start.weekday()) % 7)
    while tuesday <= last:
        is_holiday = tuesday in _federal_holiday_names(tuesday.year)
        yield _IRREGULAR_REPORTS.get(tuesday, tuesday - _DAY if is_holiday else tuesday)
        tuesday += timedelta(days=7)


def _half_monthly_reports(first: date, last: date) -> Iterator[date]:
    for year in range(first.year, min(last, FIRST_WEEKLY_REPORT).year + 1):
        for month in range(1, 13):
            following = date(year + month // 12, month % 12 + 1, 1)
            for day in (date(year, month, 15), following - _DAY):
                if day < FIRST_WEEKLY_REPORT:
                    session = _last_session(day)
                    yield _IRREGULAR_REPORTS.get(session, session)


def newest_released(moment: datetime) -> date:
    """The newest expected report date whose report had been released at a moment; ValueError before the first."""
    today = moment.astimezone(NEW_YORK).date()
    expected = report_dates(today - _LONGEST_DELAY, today)
    found = next((day for day in reversed(expected) if release(day).at <= moment), None)
    if found is None:
        raise ValueError(f"no report had been released by {moment.isoformat()}")
    return found


def visible_until(moment: datetime) -> date:
    """The newest day, report date or not, such that reports for it and all earlier days had been released."""
    day = moment.astimezone(NEW_YORK).date()
    while release(day).at > moment:
        day -= _DAY
    return day


def next_release(moment: datetime) -> Release:
    """The first release strictly after a moment."""
    return upcoming(moment, 1)[0]


def upcoming(moment: datetime, count: int) -> tuple[Release, ...]:
    """The next releases strictly after a moment, soonest first; before all reports those of the first ones."""
    first = max(visible_until(moment) + _DAY, FIRST_REPORT)
    last = first + timedelta(days=7 * (count + 2)) + _LONGEST_DELAY
    return tuple(islice((release(day) for day in report_dates(first, last) if release(day).at > moment), count))


# Sessions of the New York Stock Exchange


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def nyse_holidays(year: int) -> frozenset[date]:
    """Weekdays of a year, from 1987 on, on which the New York Stock Exchange had no session."""
    days = {
        _observed(date(year, 1, 1)),
        _nth_weekday(year, 2, _MONDAY, 3),
        _easter(year) - timedelta(days=2),
        _last_monday_of_may(year),
        _observed(date(year, 7, 4)),
        _nth_weekday(year, 9, _MONDAY, 1),
        _nth_weekday(year, 11, _THURSDAY, 4),
        _observed(date(year, 12, 25)),
    }
    if year >= 1998:
        days.add(_nth_weekday(year, 1, _MONDAY, 3))
    if year >= 2022:
        days.add(_observed(date(year, 6, 19)))
    # A New Year's Day on a Saturday is not made up for: its Friday is the last session of the old year.
    return frozenset(day for day in days if day.year == year) | {day for day in _NYSE_CLOSURES if day.year == year}


def is_session(day: date) -> bool:
    return day.weekday() < 5 and day not in nyse_holidays(day.year)


def _last_session(day: date) -> date:
    while not is_session(day):
        day -= _DAY
    return day


def sessions(first: date, last: date) -> tuple[date, ...]:
    """The sessions from first to last, both included, oldest first."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(day for day in days if is_session(day))
