"""Claims about spreads, under each series that may be meant. Different series are never joined."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from models.calc.credit import CreditDirection, reading
from models.calendars import NEW_YORK
from models.check.claims import Limit, ParsedClaim
from models.check.findings import Finding, to_refresh, unknown
from models.check.lexicon import Spread
from models.check.values import Unit
from models.formats import as_date, day, decimal, percent
from models.names import Direction, Verdict
from models.pages.choice import Choice
from models.pages.market_build import observations_of
from models.pages.market_words import change as change_words
from models.reader import Reader
from models.records import Observations
from models.series import CREDIT, CreditSeries, Frequency
from models.windows import Window, WindowKind

_MEANT: dict[Spread, tuple[str, ...]] = {
    Spread.CREDIT: ("fred:BAMLH0A0HYM2", "fred:BAMLC0A0CM", "fred:BAA10Y", "fed:GZ"),
    Spread.HIGH_YIELD: ("fred:BAMLH0A0HYM2",),
    Spread.INVESTMENT_GRADE: ("fred:BAMLC0A0CM",),
    Spread.BAA: ("fred:BAA10Y",),
    Spread.DISTRESS: ("nyfed:CMDI",),
}
_PROXIES: dict[Spread, tuple[str, ...]] = {
    Spread.CREDIT: ("ratio:HYG/LQD", "ratio:HYG/IEF"),
    Spread.HIGH_YIELD: ("ratio:HYG/LQD", "ratio:HYG/IEF"),
}
"""The first that is held stands for spreads of which no series is."""
_SOURCES = {"fred": "FRED", "fed": "the Federal Reserve Board", "nyfed": "the New York Fed"}
_DIRECTIONS = {Direction.DOWN: CreditDirection.NARROWING, Direction.UP: CreditDirection.WIDENING}
_STALE_DAYS = {Frequency.DAILY: 10, Frequency.WEEKLY: 21, Frequency.MONTHLY: 75}


def credit(reader: Reader, claim: ParsedClaim, as_of: datetime) -> Iterator[Finding]:
    """Direction, change, level or extreme of each series that is held, a direction else by proxy; never empty."""
    today = as_of.astimezone(NEW_YORK).date()
    is_current = False
    stale: list[Finding] = []
    for name in _MEANT[claim.spread or Spread.CREDIT]:
        series = CREDIT[name]
        observations = reader.observations(series.id, as_of)
        if observations is None or not len(observations):
            continue
        if _is_stale(series, observations, today):
            text = f"The newest observation that is held is of {day(observations.date[-1])}. {_refresh(name)}"
            stale.append(unknown(_definition(series), text))
        else:
            is_current = True
            yield _judged(claim, series, observations, today)
    yield from stale
    if not is_current:
        by_proxy = _by_proxy(reader, claim, as_of, today)
        if by_proxy:
            yield by_proxy
        elif not stale:
            sources = _refresh(*_MEANT[claim.spread or Spread.CREDIT])
            yield unknown("", f"No series of such spreads is held as of {day(today)}. {sources}")


def _refresh(*series: str) -> str:
    return to_refresh(*(_SOURCES[name.partition(":")[0]] for name in series))


def _is_stale(series: CreditSeries, of: Observations, today: date) -> bool:
    return (today - as_date(of.date[-1])).days > _STALE_DAYS[series.frequency]


def _by_proxy(reader: Reader, claim: ParsedClaim, as_of: datetime, today: date) -> Finding | None:
    """A direction by a price ratio, as the Story shows it; a price ratio tells nothing of a spread's size."""
    is_direction = claim.is_change and claim.amount is None and claim.limit is None and claim.window is None
    names = _PROXIES.get(claim.spread or Spread.CREDIT, ()) if is_direction else ()
    for series in (CREDIT[name] for name in names):
        of = observations_of(reader, series, Choice(as_of, is_live=False))
        if of is not None and not _is_stale(series, of, today):
            return _moving(claim, series, of, is_proxy=True)
    return None


def _definition(series: CreditSeries) -> str:
    return f"{series.title} ({series.name})"


def _level(series: CreditSeries, value: float) -> str:
    return percent(value, 2) if series.in_basis_points else decimal(value, 2)


def _judged(claim: ParsedClaim, series: CreditSeries, of: Observations, today: date) -> Finding:
    if claim.limit is not None:
        return _extreme(claim.limit, claim.direction, series, of)
    if claim.is_change and (claim.amount is not None or claim.window is not None):
        return _change(claim, series, of, today)
    if claim.amount is not None:
        return _of_level(claim, series, of)
    return _moving(claim, series, of)


def _moving(claim: ParsedClaim, series: CreditSeries, of: Observations, *, is_proxy: bool = False) -> Finding:
    made = reading(series, of)
    if made is None or made.direction is None or made.middle is None:
        return unknown(_definition(series), "A year of observations is needed to call a direction; less is held.")
    wanted = _DIRECTIONS[claim.direction or Direction.DOWN]
    verdict = Verdict.TRUE if made.direction is wanted else Verdict.FALSE
    change = change_words(series, made.level, made.middle)
    if is_proxy:
        text = f"No series of such spreads is held; as a proxy, {series.phrase} moved by {change} in"
        text = f"{text} {series.horizons[1]} to {day(made.date)}: {made.direction.value}."
        definition = f"{series.title}, a price ratio as a proxy for the spread, {series.horizons[1]}"
        return Finding(verdict, definition, text, 100 * made.middle / (made.level - made.middle), "%", is_proxy=True)
    text = f"{series.title}: {_level(series, made.level)} on {day(made.date)}, {change} in {series.horizons[1]}"
    text = f"{text}, {made.direction.value}."
    value = 100 * made.middle if series.in_basis_points else made.middle
    return Finding(verdict, f"{_definition(series)}, {series.horizons[1]}", text, value, _change_unit(series))


def _change_unit(series: CreditSeries) -> str:
    return "bp" if series.in_basis_points else series.unit


def _change(claim: ParsedClaim, series: CreditSeries, of: Observations, today: date) -> Finding:
    start = _start(claim.window, today)
    until = claim.window.span[1] if claim.window and claim.window.span else today
    row, last = (int(np.searchsorted(of.date, np.datetime64(d), side="right")) - 1 for d in (start, until))
    if row < 0:
        return unknown(_definition(series), f"No observation of {day(start)} or before is held.")
    change = float(of.value[last] - of.value[row])
    points = 100 * change if claim.amount and claim.amount.unit is Unit.BASIS_POINTS else change
    wanted = -1 if claim.direction is Direction.DOWN else 1
    holds = change * wanted > 0 and (claim.amount is None or claim.amount.allows(points))
    text = f"{series.title} moved from {_level(series, float(of.value[row]))} on {day(of.date[row])}"
    text = f"{text} to {_level(series, float(of.value[last]))} on {day(of.date[last])}."
    value = 100 * change if series.in_basis_points else change
    verdict = Verdict.TRUE if holds else Verdict.FALSE
    return Finding(verdict, f"{_definition(series)}, since {day(of.date[row])}", text, value, _change_unit(series))


def _start(window: Window | None, today: date) -> date:
    """The day from which a change counts; four weeks where the words name no stretch."""
    if window is None:
        return today - timedelta(weeks=4)
    if window.span:
        return window.span[0]
    if window.kind is WindowKind.SESSIONS:
        return today - timedelta(days=round(window.sessions * 7 / 5))
    first = today.replace(month=1, day=1) if window.kind is WindowKind.YTD else today.replace(day=1)
    return first - timedelta(days=1)


def _of_level(claim: ParsedClaim, series: CreditSeries, of: Observations) -> Finding:
    value = float(of.value[-1])
    in_unit = 100 * value if claim.amount and claim.amount.unit is Unit.BASIS_POINTS else value
    holds = claim.amount is not None and claim.amount.allows(in_unit)
    text = f"{series.title} was {_level(series, value)} on {day(of.date[-1])}."
    return Finding(Verdict.TRUE if holds else Verdict.FALSE, _definition(series), text, value, series.unit)


def _extreme(limit: Limit, direction: Direction | None, series: CreditSeries, of: Observations) -> Finding:
    sign = -1 if direction is Direction.DOWN else 1
    value = float(of.value[-1])
    earlier = np.flatnonzero(sign * of.value[:-1] >= sign * value)
    best, extreme = ("lowest", "low") if sign < 0 else ("highest", "high")
    text = f"{series.title} was {_level(series, value)} on {day(of.date[-1])}"
    first = as_date(of.date[0])
    if not len(earlier):
        is_short = limit.since is not None and first > limit.since
        verdict = Verdict.UNKNOWN if is_short else Verdict.TRUE
        text = f"{text}, the {best} since the data begin on {day(first)}."
        reason = "sample_too_short" if is_short else ""
        return Finding(verdict, _definition(series), text, value, series.unit, reason)
    since = as_date(of.date[earlier[-1]])
    holds = limit.since is not None and since <= limit.since
    text = f"{text}; it was last as {extreme} on {day(since)}."
    return Finding(Verdict.TRUE if holds else Verdict.FALSE, _definition(series), text, value, series.unit)
