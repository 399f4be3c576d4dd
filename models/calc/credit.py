"""One credit series at its newest observation: level, changes, percentile, direction."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.calc.prices import price_pair
from models.formats import as_date
from models.records import Closes, Observations
from models.series import CreditSeries, Frequency

_LATE_DAYS = {Frequency.DAILY: 7, Frequency.WEEKLY: 10}
"""An observation older than this stands for no other day."""
_SAMPLES = {Frequency.DAILY: 52, Frequency.WEEKLY: 52, Frequency.MONTHLY: 12}
"""How many changes make up the last year."""
_THRESHOLD = 0.1


class CreditDirection(StrEnum):
    NARROWING = "narrowing"
    WIDENING = "widening"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Reading:
    """A series at `date`, its newest observation. Changes are in the series' unit, None where undefined.

    The changes are over 1, 4 and 13 calendar weeks, for a monthly series over 1, 3 and 12 months; each from the
    last observation on or before the day. `percentile` is the share of all observations since `since` at or below
    the level, in percent, `below_pct` of those strictly below. The direction is that of the middle change, against
    a tenth of the standard deviation of such changes over the last year (`deviation`); None where a year is not held
    or the question does not arise.
    """

    date: dt.date
    level: float
    short: float | None
    middle: float | None
    long: float | None
    year_to_date: float | None
    one_year: float | None
    percentile: float
    below_pct: float
    since: dt.date
    observations: int
    deviation: float | None
    direction: CreditDirection | None


def reading(series: CreditSeries, observations: Observations) -> Reading | None:
    """None where there is no observation."""
    if not len(observations):
        return None
    days, values = observations.date, observations.value
    newest, level = as_date(days[-1]), float(values[-1])

    def change(horizon: int) -> float | None:
        return _difference(level, _before(series, observations, newest, horizon))

    spans = (1, 3, 12) if series.frequency is Frequency.MONTHLY else (1, 4, 13)
    middle = change(spans[1])
    deviation = _deviation(series, observations, spans[1])
    return Reading(
        date=newest,
        level=level,
        short=change(spans[0]),
        middle=middle,
        long=change(spans[2]),
        year_to_date=_difference(level, _on_or_before(series, observations, dt.date(newest.year - 1, 12, 31))),
        one_year=_difference(level, _on_or_before(series, observations, _year_earlier(newest))),
        percentile=100 * float((values <= level).mean()),
        below_pct=100 * float((values < level).mean()),
        since=as_date(days[0]),
        observations=len(observations),
        deviation=deviation,
        direction=_direction(series, middle, deviation),
    )


def _direction(series: CreditSeries, middle: float | None, deviation: float | None) -> CreditDirection | None:
    if middle is None or deviation is None or not series.narrows:
        return None
    move = middle * series.narrows
    if abs(move) <= _THRESHOLD * deviation:
        return CreditDirection.UNCHANGED
    return CreditDirection.NARROWING if move > 0 else CreditDirection.WIDENING


def _deviation(series: CreditSeries, observations: Observations, horizon: int) -> float | None:
    """The sample standard deviation of the middle changes over the last year, None where one is undefined."""
    newest = as_date(observations.date[-1])
    changes = []
    for step in range(_SAMPLES[series.frequency]):
        if series.frequency is Frequency.MONTHLY:
            ends = _before(series, observations, newest, step)
            starts = _before(series, observations, newest, step + horizon)
        else:
            day = newest - dt.timedelta(weeks=step)
            ends = _on_or_before(series, observations, day)
            starts = _on_or_before(series, observations, day - dt.timedelta(weeks=horizon))
        if ends is None or starts is None:
            return None
        changes.append(ends - starts)
    return float(np.std(changes, ddof=1))


def _before(series: CreditSeries, observations: Observations, newest: dt.date, horizon: int) -> float | None:
    """The value so many weeks, for a monthly series months, before its newest observation."""
    if series.frequency is not Frequency.MONTHLY:
        return _on_or_before(series, observations, newest - dt.timedelta(weeks=horizon))
    month = np.datetime64(newest, "M") - horizon
    row = int(np.searchsorted(observations.date, (month + 1).astype("M8[D]"))) - 1
    if row < 0 or observations.date[row].astype("M8[M]") != month:
        return None
    return float(observations.value[row])


def _on_or_before(series: CreditSeries, observations: Observations, day: dt.date) -> float | None:
    if series.frequency is Frequency.MONTHLY:
        return _before(series, observations, day, 0)
    row = int(np.searchsorted(observations.date, np.datetime64(day), side="right")) - 1
    if row < 0 or (np.datetime64(day) - observations.date[row]).astype(int) > _LATE_DAYS[series.frequency]:
        return None
    return float(observations.value[row])


def _difference(level: float, earlier: float | None) -> float | None:
    """Rounded far below what is published, so that 3.72 - 3.85 is -0.13."""
    return None if earlier is None else round(level - earlier, 10)


def _year_earlier(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def price_ratio(series: CreditSeries, numerator: Closes, denominator: Closes) -> Observations:
    """One price over another on the days on which both closed."""
    pair = price_pair(numerator, denominator)
    return Observations(series.id, pair.date, pair.ratio)
