"""Walking the as-of moment through time: from release to release, day by day, month by month.

A step leads to the end of a day in New York. Walking forward past the present leads to None, which is live.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.calendars import FIRST_REPORT, NEW_YORK, end_of_day, newest_released, next_release, release, report_dates


class Step(StrEnum):
    """How far one step goes; a release step changes the newest report that is seen by one."""

    RELEASE = "release"
    DAY = "day"
    MONTH = "month"


_DAY = timedelta(days=1)
_LONGEST_GAP = timedelta(days=60)
"""No two report dates lie further apart."""


def new_york_day(moment: datetime) -> date:
    return moment.astimezone(NEW_YORK).date()


def first_day() -> date:
    """The first day as of which a report can be seen."""
    return new_york_day(release(FIRST_REPORT).at)


def back(as_of: datetime, step: Step) -> datetime:
    """One step back, but not beyond the first release."""
    day = new_york_day(as_of)
    match step:
        case Step.RELEASE:
            target = _day_before_newest(as_of)
        case Step.DAY:
            target = day - _DAY
        case Step.MONTH:
            target = _months_later(day, -1)
    return end_of_day(max(target, first_day()))


def forward(as_of: datetime, step: Step, now: datetime) -> datetime | None:
    """One step forward; None where that is the present or later."""
    day = new_york_day(as_of)
    match step:
        case Step.RELEASE:
            target = new_york_day(next_release(as_of).at)
        case Step.DAY:
            target = day + _DAY
        case Step.MONTH:
            target = _months_later(day, 1)
    moment = end_of_day(target)
    return moment if moment < now else None


def _day_before_newest(as_of: datetime) -> date:
    """The release day of the report before the newest one seen; several may come out on one day."""
    try:
        newest = newest_released(as_of)
    except ValueError:
        return first_day()
    earlier = report_dates(newest - _LONGEST_GAP, newest - _DAY)
    for report in reversed(earlier):
        day = new_york_day(release(report).at)
        if newest_released(end_of_day(day)) < newest:
            return day
    return first_day()


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
