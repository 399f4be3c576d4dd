"""Statements about the leverage of small against large caps, and where it stands in its own history."""

import datetime as dt
from dataclasses import dataclass

from models.formats import day, decimal, ordinal
from models.names import Kind, Verdict

UNIT = "times EBITDA"
NEAR_RECORD_PCT = 95.0
"""A percentile from which on a level is near the highest of its history."""
DEFINITION = "net debt to EBITDA of all companies outside finance and real estate, from SEC filings"


@dataclass(frozen=True)
class Debt:
    """Net debt to EBITDA of one fund's companies; `percentile` is against its own history since `since`.

    `level` is None where EBITDA is not positive in sum, `percentile` where the history is too short.
    """

    fund: str
    level: float | None
    percentile: float | None
    since: dt.date | None


@dataclass(frozen=True)
class LeverageStatement:
    """`value` is that of small caps, in `unit`; the verdict is about whether it is near the highest on record.

    `reason` says why that is unknown: `no_data` or `sample_too_short`. Filings say nothing of the years before 2009.
    """

    id: str
    definition: str
    verdict: Verdict
    reason: str
    value: float | None
    large: float | None
    percentile: float | None
    unit: str
    date: dt.date
    sample_start: dt.date | None
    sentence: str
    sources: tuple[str, ...]
    kind: Kind = Kind.LEVERAGE


def statement(small: Debt, large: Debt | None, on: dt.date, sources: tuple[str, ...] = ()) -> LeverageStatement:
    """`Net debt of IWM's companies is 3.2 times EBITDA, of IVV's 1.7 (…); 88th percentile since 2009.`"""
    reason = "no_data" if small.level is None else "sample_too_short" if small.percentile is None else ""
    is_near = small.percentile is not None and small.percentile >= NEAR_RECORD_PCT
    return LeverageStatement(
        id=f"leverage-{small.fund.lower()}-{on.isoformat()}",
        definition=DEFINITION,
        verdict=Verdict.UNKNOWN if reason else Verdict.TRUE if is_near else Verdict.FALSE,
        reason=reason,
        value=small.level,
        large=large.level if large else None,
        percentile=small.percentile,
        unit=UNIT,
        date=on,
        sample_start=small.since,
        sentence=_sentence(small, large, on),
        sources=sources,
    )


def _sentence(small: Debt, large: Debt | None, on: dt.date) -> str:
    if small.level is None:
        return f"The companies of {small.fund} have no EBITDA in sum, so their leverage is not a number ({day(on)})."
    other = f", of {large.fund}'s {decimal(large.level, 1)}" if large and large.level is not None else ""
    head = f"Net debt of {small.fund}'s companies is {decimal(small.level, 1)} times EBITDA{other} ({day(on)})"
    if small.percentile is None or small.since is None:
        return f"{head}; its history is too short to rank it."
    rank = ordinal(round(small.percentile))
    return f"{head}; {rank} percentile since {small.since.year}, and nothing is filed from before 2009."
