"""Whether a claim holds under one definition."""

from dataclasses import replace
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.splice import Definition, Series
from models.formats import as_date
from models.names import Direction, Kind, Verdict
from models.statements.statement import Claim, Statement, Window


def judge(claim: Claim, whole: Series) -> Statement | None:
    """What this series says of the claim, over the sample up to the claim's report.

    None where the series has not a single report by then: there is no sample to speak of.
    """
    series = whole.until(np.datetime64(claim.date))
    if not len(series):
        return None
    blank = _not_shown(claim, series)
    if as_date(series.date[-1]) != claim.date:
        return blank
    match claim.kind:
        case Kind.SWING:
            return _judge_swing(blank, series)
        case Kind.LEVEL:
            return _judge_level(blank, series)
        case Kind.SIGN:
            return _judge_sign(blank, series)
        case Kind.STREAK:
            return _judge_streak(blank, series)
        case _:
            raise ValueError(f"{claim.kind} is not judged on positions")


def not_shown(claim: Claim, definition: Definition, held: Series) -> Statement | None:
    """The statement of a definition that has no figure at all, over the reports that are `held` in contracts."""
    series = held.until(np.datetime64(claim.date))
    return replace(_not_shown(claim, series), definition=definition, newest=None) if len(series) else None


def _not_shown(claim: Claim, series: Series) -> Statement:
    return Statement(
        claim=claim,
        definition=series.definition,
        verdict=Verdict.UNKNOWN,
        reason="no_data",
        unit=series.unit,
        sample_start=as_date(series.date[0]),
        observations=len(series),
        holes=tuple((as_date(a), as_date(b)) for a, b in superlatives.holes(series)),
        newest=as_date(series.date[-1]),
    )


def _judge_swing(blank: Statement, series: Series) -> Statement:
    claim = blank.claim
    changes = superlatives.swings(series, claim.window)
    place = changes.at(len(series) - 1)
    if place is None:
        return replace(blank, left_out=changes.left_out)
    ranked = superlatives.rank_swing(changes, place, claim.direction)
    absolute = superlatives.rank_swing(changes, place, Direction.BOTH)
    value = float(changes.value[place])
    is_claimed_way = value > 0 if claim.direction is Direction.UP else value < 0
    holds = ranked.rank == 1 and is_claimed_way
    winner = _swing_window(series, changes, ranked.winner)
    return replace(
        blank,
        verdict=Verdict.TRUE if holds else Verdict.FALSE,
        reason="",
        rank=ranked.rank,
        of=ranked.of,
        absolute_rank=absolute.rank,
        ties=ranked.ties,
        value=value,
        start=float(series.value[changes.start[place]]),
        start_date=as_date(series.date[changes.start[place]]),
        end=float(series.value[-1]),
        winner=winner,
        runner_up=None if ranked.runner_up is None else _swing_window(series, changes, ranked.runner_up),
        refuted_by=None if holds else winner,
        crosses_seam=bool(changes.crosses_seam[place]),
        left_out=changes.left_out,
    )


def _swing_window(series: Series, changes: superlatives.Swings, place: int) -> Window:
    start, end = int(changes.start[place]), int(changes.end[place])
    return Window(
        date=as_date(series.date[end]),
        value=float(changes.value[place]),
        start_date=as_date(series.date[start]),
        start=float(series.value[start]),
        crosses_seam=bool(changes.crosses_seam[place]),
    )


def _level_window(series: Series, row: int) -> Window:
    last = len(series) - 1
    return Window(
        date=as_date(series.date[row]),
        value=float(series.value[row]),
        crosses_seam=bool(series.seam[row + 1 : last + 1].any()),
    )


def _judge_level(blank: Statement, series: Series) -> Statement:
    claim, row = blank.claim, len(series) - 1
    ranked = superlatives.rank_level(series, row, claim.direction)
    refuter = superlatives.refuting_row(series, row, claim.direction)
    verdict, reason = _since_verdict(claim.since, _date_of(series, refuter), blank.sample_start)
    return replace(
        blank,
        verdict=verdict,
        reason=reason,
        rank=ranked.rank,
        of=ranked.of,
        ties=ranked.ties,
        value=float(series.value[row]),
        end=float(series.value[row]),
        since=_date_of(series, refuter),
        winner=_level_window(series, ranked.winner),
        runner_up=None if ranked.runner_up is None else _level_window(series, ranked.runner_up),
        refuted_by=None if refuter is None or verdict is not Verdict.FALSE else _level_window(series, refuter),
        crosses_seam=bool(series.seam[(refuter or 0) + 1 :].any()),
    )


def _since_verdict(claimed: date | None, found: date | None, sample_start: date) -> tuple[Verdict, str]:
    """Nothing at least as extreme may lie after the date claimed; the sample must reach that date."""
    if found is not None:
        return (Verdict.FALSE, "") if claimed is None or found > claimed else (Verdict.TRUE, "")
    if claimed is not None and sample_start > claimed:
        return Verdict.UNKNOWN, "sample_too_short"
    return Verdict.TRUE, ""


def _date_of(series: Series, row: int | None) -> date | None:
    return None if row is None else as_date(series.date[row])


def _judge_sign(blank: Statement, series: Series) -> Statement:
    claim, row = blank.claim, len(series) - 1
    value = float(series.value[row])
    last = superlatives.last_of_sign(series, row)
    is_claimed_sign = value > 0 if claim.direction is Direction.UP else value < 0
    if is_claimed_sign:
        verdict, reason = _since_verdict(claim.since, _date_of(series, last), blank.sample_start)
    else:
        verdict, reason = Verdict.FALSE, ""
    against = last if is_claimed_sign else row
    return replace(
        blank,
        verdict=verdict,
        reason=reason,
        value=value,
        end=value,
        since=_date_of(series, last) if is_claimed_sign else None,
        refuted_by=_level_window(series, against) if verdict is Verdict.FALSE and against is not None else None,
        crosses_seam=bool(series.seam[(last or 0) + 1 :].any()),
    )


def _judge_streak(blank: Statement, series: Series) -> Statement:
    claim, row = blank.claim, len(series) - 1
    runs = superlatives.streaks(series)
    way = 1 if claim.direction is Direction.UP else -1
    is_running = len(runs.end) > 0 and int(runs.end[-1]) == row and int(runs.sign[-1]) == way
    length = int(runs.length[-1]) if is_running else 0
    same = runs.length[runs.sign == way]
    longest = np.flatnonzero((runs.sign == way) & (runs.length == same.max(initial=0)))
    holds = length >= claim.length
    return replace(
        blank,
        verdict=Verdict.TRUE if holds else Verdict.FALSE,
        reason="",
        rank=int(np.count_nonzero(same > length)) + 1 if is_running else None,
        of=len(same) if is_running else None,
        ties=max(0, int(np.count_nonzero(same == length)) - 1) if is_running else 0,
        value=float(length),
        unit="reports",
        end=float(series.value[row]),
        start_date=as_date(series.date[runs.start[-1] - 1]) if is_running else None,
        start=float(series.value[runs.start[-1] - 1]) if is_running else None,
        winner=_streak_window(series, runs, int(longest[-1])) if len(longest) else None,
        refuted_by=None if holds else _level_window(series, row),
        crosses_seam=bool(is_running and series.seam[runs.start[-1] :].any()),
    )


def _streak_window(series: Series, runs: superlatives.Streaks, run: int) -> Window:
    start, end = int(runs.start[run]) - 1, int(runs.end[run])
    return Window(
        date=as_date(series.date[end]),
        value=float(end - start),
        start_date=as_date(series.date[start]),
        start=float(series.value[start]),
        crosses_seam=bool(series.seam[start + 1 : end + 1].any()),
    )
