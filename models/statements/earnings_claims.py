"""Statements about expected and reported profits, one for each basis, and whether a sentence about them holds."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from models.calc.index_earnings import Streak, YearOnYear
from models.formats import day, number_word, percent
from models.names import Kind, Verdict

UNIT = "% growth"
YEARS = "years"

_BASES = {"operating": "operating", "as_reported": "as reported", "ex_items": "before one-off items"}


class EarningsMeasure(StrEnum):
    """What a sentence says of small caps' profits: growth, growth over that of large caps, years in a row behind."""

    GROWTH = "growth"
    RATIO = "ratio"
    LAG = "lag"


@dataclass(frozen=True)
class EarningsClaim:
    """A sentence's figure with the room that its words leave: growth in percent, a ratio, or a number of years."""

    measure: EarningsMeasure
    year: int
    least: float
    most: float


@dataclass(frozen=True)
class Growths:
    """One year's growth of small and large caps on one basis, in one vintage; `is_later` where it was not known yet."""

    year: str
    basis: str
    publisher: str
    small_title: str
    large_title: str
    small: YearOnYear | None
    large: YearOnYear | None
    vintage: dt.date
    sample_start: str
    is_later: bool = False


@dataclass(frozen=True)
class EarningsStatement:
    """One claim under one basis. `value` is the growth of small caps in percent, or the length of a run in years.

    `date` is the vintage, `sample_start` the first period held, `since` the first period of a run. `reason` says
    why the verdict is unknown: `no_data`, `not_meaningful` or `later_data`.
    """

    id: str
    definition: str
    basis: str
    verdict: Verdict
    reason: str
    value: float | None
    large_pct: float | None
    unit: str
    date: dt.date
    since: str | None
    sample_start: str
    is_estimate: bool
    is_later: bool
    sentence: str
    sources: tuple[str, ...]
    kind: Kind = Kind.EARNINGS

    @property
    def ratio(self) -> float | None:
        """Small growth over large growth; None unless both grow."""
        if self.unit != UNIT or self.value is None or not self.large_pct or self.large_pct <= 0:
            return None
        return self.value / self.large_pct


def growth_statement(found: Growths, sources: tuple[str, ...] = ()) -> EarningsStatement:
    """`Profits of S&P 600 companies are expected to grow 47% in 2017, S&P 500 20% (operating, S&P, 13 Jul 2017).`"""
    small, large = found.small, found.large
    reason = ""
    if small is None or large is None:
        reason = "no_data"
    elif small.growth_pct is None or large.growth_pct is None:
        reason = "not_meaningful"
    elif found.is_later:
        reason = "later_data"
    return EarningsStatement(
        id=f"earnings-growth-{found.year}-{found.basis.replace('_', '-')}-{found.vintage.isoformat()}",
        definition=_definition(found),
        basis=found.basis,
        verdict=Verdict.UNKNOWN if reason else Verdict.TRUE,
        reason=reason,
        value=small.growth_pct if small else None,
        large_pct=large.growth_pct if large else None,
        unit=UNIT,
        date=found.vintage,
        since=None,
        sample_start=found.sample_start,
        is_estimate=any(growth is not None and growth.is_estimate for growth in (small, large)),
        is_later=found.is_later,
        sentence=_growth_sentence(found),
        sources=sources,
    )


def _definition(found: Growths) -> str:
    return f"{_BASES[found.basis]}, {found.publisher}, {day(found.vintage)}"


def _growth_sentence(found: Growths) -> str:
    if found.small is None:
        return f"No growth of {found.small_title} profits in {found.year} is held ({_definition(found)})."
    head = f"Profits of {found.small_title} companies {_verb(found.small)} in {found.year}"
    if found.large is None:
        return f"{head} ({_definition(found)})."
    other = "NM" if found.large.growth_pct is None else percent(found.large.growth_pct, 0)
    return f"{head}, {found.large_title} {other} ({_definition(found)})."


def _verb(growth: YearOnYear) -> str:
    if growth.growth_pct is None:
        return "start from a base near or below zero, so growth means nothing,"
    size = percent(abs(growth.growth_pct), 0)
    grow = ("grow", "grew") if growth.growth_pct >= 0 else ("fall", "fell")
    return f"are expected to {grow[0]} {size}" if growth.is_estimate else f"{grow[1]} {size}"


def run_statement(found: Growths, run: Streak | None, sources: tuple[str, ...] = ()) -> EarningsStatement | None:
    """`Small-cap profits lagged large caps' in three years in a row, 2013 to 2015`; None without a reported year."""
    if run is None or not len(run):
        return None
    side = "grew faster than" if run.sign > 0 else "lagged"
    length = "in one year" if len(run) == 1 else f"in {number_word(len(run))} years in a row"
    span = run.periods[0] if len(run) == 1 else f"{run.periods[0]} to {run.periods[-1]}"
    reason = "later_data" if found.is_later else ""
    return EarningsStatement(
        id=f"earnings-run-{run.periods[-1]}-{found.basis.replace('_', '-')}-{found.vintage.isoformat()}",
        definition=_definition(found),
        basis=found.basis,
        verdict=Verdict.UNKNOWN if reason else Verdict.TRUE,
        reason=reason,
        value=float(run.sign * len(run)),
        large_pct=None,
        unit=YEARS,
        date=found.vintage,
        since=run.periods[0],
        sample_start=found.sample_start,
        is_estimate=False,
        is_later=found.is_later,
        sentence=f"{found.small_title} profits {side} those of the {found.large_title} {length}, {span}"
        f" ({_definition(found)}).",
        sources=sources,
    )


def judge(claim: EarningsClaim, made: EarningsStatement) -> tuple[Verdict, str]:
    """Whether a sentence's figure is what this basis says, and why not where it is unknown.

    `lag` is about a run (a negative `value` is years behind), the others about the growth of one year.
    """
    if made.reason:
        return Verdict.UNKNOWN, made.reason
    if claim.measure is EarningsMeasure.LAG:
        found = -made.value if made.unit == YEARS and made.value is not None else None
    else:
        found = made.value if claim.measure is EarningsMeasure.GROWTH else made.ratio
    if found is None:
        return Verdict.UNKNOWN, "no_data"
    return (Verdict.TRUE if claim.least <= found <= claim.most else Verdict.FALSE), ""
