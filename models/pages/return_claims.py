"""Claims about returns: small against large this month, in the same stretch of every year, and by sessions in a row.

Each is made of the first definition and judged under all of them. A claim goes as far back as its first definition
does; another refutes it by a later case that is at least as large, and cannot show it where its sample starts later.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.calc.performance import (
    MonthlyGaps,
    MostSince,
    by_year,
    league,
    monthly_gaps,
    most_since,
    stands,
)
from models.calc.prices import Gap, PricePair, gap, locate
from models.explain.figures import gap_between
from models.formats import as_date, day, decimal, long_month, month, percent, plural, points, short_day
from models.names import Direction, Kind
from models.pages.market_words import named, rank_from
from models.pages.side_claims import FAILS, HOLDS, TOO_SHORT, SideCell, SideClaim, Standing
from models.records import Dates, Floats
from models.series import title_of
from models.statements.drawer import VERDICT_WORDS
from models.statements.evidence import Evidence, EvidenceRow, SourceLine, Strip
from models.windows import LONG_MONTHS, MTD, YTD, Window, WindowKind

LEAST_MONTHS_BACK, LEAST_YEARS_BACK = 3, 2
"""A lead that was as large more recently than this is not called the largest since then."""
_UNIT = "points"


@dataclass(frozen=True)
class Returns:
    """Small and large under one definition, in closes of `sources`; `title` is short enough for a cell."""

    title: str
    small: str
    large: str
    kind: str
    pair: PricePair
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """`RUT v SPX, price`."""
        return f"{self.small} v {self.large}, {'total return' if self.kind == 'total' else 'price'}"


@dataclass(frozen=True)
class _Case:
    """One stretch under one definition, and the sample that it is compared with; `every` says what that holds."""

    title: str
    of: Returns
    gap: Gap
    stands: MostSince
    days: Dates
    points: Floats
    every: str
    is_yearly: bool
    left_out: int = 0


@dataclass(frozen=True)
class _Reach:
    """What the first definition says: on which side, and back to which day (None: in all of its sample)."""

    leads: bool
    since: dt.date | None
    first: dt.date
    is_worth_saying: bool


def month_claim(definitions: Sequence[Returns], today: dt.date) -> SideClaim | None:
    """The newest month to date against earlier whole months, and against as many sessions of each."""
    cases = [case for of in definitions if (case := _month_case(of)) is not None]
    if not cases:
        return None
    if (same := _same_sessions(definitions[0])) is not None and cases[0].of is definitions[0]:
        cases.insert(1, same)
    first = cases[0]
    cases = [case for case in cases if case.gap.end.replace(day=1) == first.gap.end.replace(day=1)]
    reach = _reach(first, LEAST_MONTHS_BACK * 28)
    side = "lead" if reach.leads else "lag"
    if not reach.is_worth_saying:
        name = LONG_MONTHS[first.gap.end.month - 1]
        when = "this month" if _is_now(first, today) else f"in {name}{_other_year(first, today)}"
        title = f"Small caps {'ahead' if reach.leads else 'behind'} {when}"
    else:
        old = f", {month(first.gap.end)}" if _other_year(first, today) else ""
        title = f"Largest monthly {side} {_since(reach)}{old}"
    return _claim("month", title, first, reach, [_cell(case, reach, _month_sentence(case, today)) for case in cases])


def league_claim(definitions: Sequence[Returns], window: Window, today: dt.date) -> SideClaim | None:
    """The same stretch in every year; a stretch from January also to the same session of the year."""
    cases = [case for of in definitions if (case := _league_case(of, window, of.title)) is not None]
    if not cases:
        return None
    first = cases[0]
    cases = [case for case in cases if case.gap.end == first.gap.end]
    if window.months[0] == 1 and (to_date := _league_case(first.of, YTD, "To the same day")) is not None:
        cases.append(to_date)
    reach = _reach(first, LEAST_YEARS_BACK * 365 - 1)
    best = "Best" if reach.leads else "Worst"
    what = window.title.replace(" to ", "\u2013") if window.kind is WindowKind.MONTHS else "such stretch"
    what += _other_year(first, today)
    if reach.is_worth_saying:
        title = f"{best} {what} {_since(reach, is_yearly=True)}"
    else:
        title = f"Small caps {'ahead' if reach.leads else 'behind'}, {what}"
    cells = [_cell(case, reach, _league_sentence(case, window)) for case in cases]
    return _claim("league", title, first, reach, cells)


def _claim(name: str, title: str, first: _Case, reach: _Reach, cells: Sequence[SideCell]) -> SideClaim:
    return SideClaim(
        id=f"performance-{name}-{first.gap.end.isoformat()}",
        kind=Kind.PERFORMANCE,
        title=title,
        caption=f"{short_day(first.gap.start)} \u2192 {day(first.gap.end)}",
        date=first.gap.end,
        cells=tuple(cells),
        since=reach.since if reach.is_worth_saying else None,
        sample_start=first.stands.first,
        sources=first.of.sources,
    )


def _month_case(of: Returns) -> _Case | None:
    months, found = monthly_gaps(of.pair), gap(of.pair, MTD)
    return _month_of(of.title, of, found, months, "whole months")


def _same_sessions(of: Returns) -> _Case | None:
    rows = locate(of.pair, MTD)
    if rows is None:
        return None
    sessions = int(of.pair.session[rows[1]] - of.pair.session[rows[0]])
    months = monthly_gaps(of.pair, sessions)
    every = f"the first {plural(sessions, 'session')} of each month"
    return _month_of("Same sessions", of, gap(of.pair, MTD), months, every)


def _month_of(title: str, of: Returns, found: Gap | None, months: MonthlyGaps, every: str) -> _Case | None:
    stands = most_since(months) if found is not None else None
    if found is None or stands is None:
        return None
    return _Case(title, of, found, stands, months.month, months.points, every, is_yearly=False)


def _league_case(of: Returns, window: Window, title: str) -> _Case | None:
    found = league(of.pair, window)
    if found is None:
        return None
    days, gaps = by_year(found)
    place = stands(days, gaps)
    every = f"{window.title} of each year" if window != YTD else "each year to the same session"
    if place is None:
        return None
    return _Case(title, of, found.current.gap, place, days, gaps, every, True, len(found.left_out))


def _other_year(case: _Case, today: dt.date) -> str:
    """` 2025` where the case ends in another year than the page's: closes may end long before its day."""
    return "" if case.gap.end.year == today.year else f" {case.gap.end.year}"


def _reach(first: _Case, least_days: int) -> _Reach:
    stands = first.stands
    newest = as_date(first.days[-1])
    is_far = stands.since is None or (newest - stands.since).days >= least_days
    return _Reach(stands.points >= 0, stands.since, stands.first, is_far)


def _since(reach: _Reach, *, is_yearly: bool = False) -> str:
    if reach.since is None:
        return f"on record, since {reach.first.year}"
    return f"since {reach.since.year}" if is_yearly else f"since {month(reach.since)}"


def _mark(case: _Case, reach: _Reach) -> str:
    stands = case.stands
    if (stands.points >= 0) is not reach.leads:
        return FAILS
    if not reach.is_worth_saying:
        return HOLDS
    if stands.since is not None:
        return FAILS if reach.since is None or stands.since > reach.since else HOLDS
    return TOO_SHORT if stands.first > (reach.since or reach.first) else HOLDS


def _cell(case: _Case, reach: _Reach, sentence: str) -> SideCell:
    stands = case.stands
    mark = _mark(case, reach)
    return SideCell(
        definition=case.title,
        mark=mark,
        shown=points(stands.points),
        value=stands.points,
        unit=_UNIT,
        sentence=sentence,
        standing=Standing(
            sample_start=stands.first,
            rank=stands.rank,
            of=stands.of,
            ties=stands.ties,
            since=stands.since,
            winner=stands.largest,
            runner_up=stands.second,
            left_out=case.left_out,
            direction=Direction.UP if stands.points >= 0 else Direction.DOWN,
        ),
        sources=case.of.sources,
        basis=_definition(case),
        behind=_evidence(case, mark, sentence),
        how=gap_between(case.gap, f"Points, {case.title}", "Returns"),
    )


def _is_now(case: _Case, today: dt.date) -> bool:
    return case.gap.end.replace(day=1) == today.replace(day=1)


def _month_sentence(case: _Case, today: dt.date) -> str:
    end = case.gap.end
    when = (
        f"this month to {_long_day(end)}"
        if _is_now(case, today)
        else f"in {LONG_MONTHS[end.month - 1]} to {_long_day(end)}"
    )
    larger = _larger_of_late(case)
    if larger:
        return f"{_beat(case)} {when} ({_returns(case)}); {larger} ({_definition(case)})."
    return f"{_beat(case)} {when}, {_most(case)} ({_returns(case)}; {_definition(case)})."


def _league_sentence(case: _Case, window: Window) -> str:
    stands, found = case.stands, case.gap
    best = "best" if stands.points >= 0 else "worst"
    rank = "" if stands.rank == 1 else f", {_rank(stands)}"
    reach = f"since {stands.since.year}" if stands.since else f"since the sample begins in {stands.first.year}"
    is_notable = stands.since is None or found.end.year - stands.since.year >= LEAST_YEARS_BACK
    record = f", its {best} such stretch {reach}" if is_notable else ""
    is_whole = window.kind is WindowKind.MONTHS and "session" not in case.every
    when = (
        f"in {window.title} {found.end.year}"
        if is_whole
        else f"from {_long_day(found.start + dt.timedelta(days=1))} to {_long_day(found.end)}"
    )
    return f"{_beat(case)} {when}{record}{rank} ({_returns(case)}; {_definition(case)})."


def _beat(case: _Case) -> str:
    subject, other = named(case.of.small), named(case.of.large)
    size = abs(case.gap.points)
    if size < 0.05:
        return f"{subject[:1].upper()}{subject[1:]} kept pace with {other}"
    verb = "beat" if case.gap.points > 0 else "trailed"
    return f"{subject[:1].upper()}{subject[1:]} {verb} {other} by {decimal(size, 1)} points"


def _larger_of_late(case: _Case) -> str:
    """`its lead was larger in August 2025, 5.2 points`; "" where the last such month is too long ago to be told so."""
    stands = case.stands
    if stands.since is None or (as_date(case.days[-1]) - stands.since).days >= LEAST_MONTHS_BACK * 28:
        return ""
    then = abs(float(case.points[int(np.searchsorted(case.days, np.datetime64(stands.since)))]))
    side = "lead" if stands.points >= 0 else "lag"
    size = "as large" if then == abs(stands.points) else "larger"
    return f"its {side} was {size} in {long_month(stands.since)}, {decimal(then, 1)} points"


def _most(case: _Case) -> str:
    """`the most since November 2016`."""
    stands = case.stands
    if stands.since is None:
        return f"the most of {plural(stands.of, 'month')} since {long_month(stands.first)}"
    return f"the most since {long_month(stands.since)}"


def _rank(stands: MostSince) -> str:
    """`2nd of 30 from the worst`: leads are counted from the largest, lags from the worst."""
    return rank_from(stands.rank, stands.of, is_worst=stands.points < 0)


def _returns(case: _Case) -> str:
    """`+2.7% against +0.9%`."""
    small, large = (percent(value, signed=True) for value in (case.gap.small_pct, case.gap.large_pct))
    return f"{small} against {large}"


def _definition(case: _Case) -> str:
    """`RUT v SPX, price, whole months`."""
    return f"{case.of.words}, {case.every}"


def _long_day(of: dt.date) -> str:
    return f"{of.day} {LONG_MONTHS[of.month - 1]} {of.year}"


# What stands behind a cell


def _evidence(case: _Case, mark: str, sentence: str) -> Evidence:
    stands, found = case.stands, case.gap
    noun = "year" if case.is_yearly else "month"
    small, large = case.of.small, case.of.large
    return Evidence(
        claim=f"{title_of(small)} v {title_of(large)}, {day(found.start)} to {day(found.end)}",
        verdict=VERDICT_WORDS[mark],
        lead=points(stands.points),
        lead_note=f"{_rank(stands)}, {noun}s since {_name(case, stands.first)}",
        strip=Strip(f"all {plural(stands.of, noun)}", case.points, tuple(_strip_marks(case))),
        definition=(
            f"{case.of.words}: return between the closes of {day(found.start)} and {day(found.end)}.",
            f"Points = {percent(found.small_pct, 2, signed=True)} \u2212 ({percent(found.large_pct, 2, signed=True)})"
            f" = {points(found.points, 2)}; as a ratio {percent(found.ratio_pct, 2, signed=True)}.",
            f"Compared with {case.every}, where the closes at both ends are held.",
        ),
        table_title=f"The {noun}s compared",
        headers=(noun.capitalize(), "Points"),
        rows=tuple(_rows(case)),
        others=(),
        sample=(
            f"{plural(stands.of, noun)}, {_name(case, stands.first)} first; ties take the better rank.",
            *([f"{plural(case.left_out, noun)} left out: a close at an end is not held."] if case.left_out else []),
        ),
        sources=tuple(SourceLine(source, "", found.end, None, False, None) for source in case.of.sources),
        sentence=f"{sentence} Source: {'; '.join(case.of.sources)}.",
        export_headers=("from", "points"),
        export_rows=tuple(
            (as_date(when).isoformat(), float(value)) for when, value in zip(case.days, case.points, strict=True)
        ),
    )


def _name(case: _Case, when: dt.date) -> str:
    return str(when.year) if case.is_yearly else month(when)


def _compared(case: _Case) -> list[tuple[dt.date, float]]:
    """The two largest, the latest at least as large, and this one, oldest first and each once."""
    stands = case.stands
    chosen = dict([stands.largest, stands.second, (as_date(case.days[-1]), stands.points)])
    if stands.since is not None:
        chosen[stands.since] = float(case.points[int(np.searchsorted(case.days, np.datetime64(stands.since)))])
    return sorted(chosen.items())


def _strip_marks(case: _Case) -> list[tuple[float, str, bool]]:
    this = as_date(case.days[-1])
    return [(value, _name(case, when), when == this) for when, value in _compared(case)]


def _rows(case: _Case) -> list[EvidenceRow]:
    this = as_date(case.days[-1])
    return [EvidenceRow((_name(case, when), points(value, 2)), when == this) for when, value in _compared(case)]
