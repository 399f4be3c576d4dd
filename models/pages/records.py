"""The ranking of a series' swings, levels or streaks, for the records table and the `records` command."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.splice import Series
from models.formats import as_date
from models.names import Direction, Kind
from models.pages.positioning import RecordRow

LEVEL_EPISODE_REPORTS = 13
"""Highs or lows within a quarter of a larger one belong to its episode."""


@dataclass(frozen=True)
class Ranking:
    """Rows from the largest on; `of` counts all that was ranked, in both directions."""

    rows: tuple[RecordRow, ...]
    of: int
    left_out: int
    sample_start: date | None
    unit: str


def ranking(series: Series, kind: Kind, *, window: int, direction: Direction, separate: bool, top: int) -> Ranking:
    """The `top` swings over `window` reports, levels or streaks of a series; `separate` keeps one an episode."""
    if not len(series):
        return Ranking((), 0, 0, None, series.unit)
    start = as_date(series.date[0])
    match kind:
        case Kind.SWING:
            return _swings(series, window, direction, separate=separate, top=top)
        case Kind.LEVEL:
            rows = _levels(series, direction, separate=separate, top=top)
            return Ranking(rows, len(series), 0, start, series.unit)
        case Kind.STREAK:
            rows, of = _streaks(series, direction, top)
            return Ranking(rows, of, 0, start, "reports")
        case _:
            raise ValueError(f"there is no ranking of {kind}")


def _swings(series: Series, window: int, direction: Direction, *, separate: bool, top: int) -> Ranking:
    changes = superlatives.swings(series, window)
    order = superlatives.ranking(changes, direction, separate=separate)[:top]
    ranks = superlatives.ranks(changes, direction)
    rows = []
    for place in order.tolist():
        start, end = int(changes.start[place]), int(changes.end[place])
        rows.append(
            RecordRow(
                rank=int(ranks[place]),
                date=as_date(series.date[end]),
                value=float(changes.value[place]),
                start=float(series.value[start]),
                end=float(series.value[end]),
                start_date=as_date(series.date[start]),
                crosses_seam=bool(changes.crosses_seam[place]),
                is_current=end == len(series) - 1,
            )
        )
    return Ranking(tuple(rows), len(changes), changes.left_out, as_date(series.date[0]), series.unit)


def _levels(series: Series, direction: Direction, *, separate: bool, top: int) -> tuple[RecordRow, ...]:
    size = np.abs(series.value) if direction is Direction.BOTH else series.value
    size = -size if direction is Direction.DOWN else size
    rows: list[RecordRow] = []
    kept: list[int] = []
    for i in np.argsort(-size, kind="stable").tolist():
        if separate and any(abs(i - j) < LEVEL_EPISODE_REPORTS for j in kept):
            continue
        kept.append(i)
        rank = int(np.count_nonzero(size > size[i])) + 1
        value = float(series.value[i])
        when, current = as_date(series.date[i]), i == len(series) - 1
        rows.append(RecordRow(rank, when, value, None, value, None, bool(series.seam[i + 1 :].any()), current))
        if len(rows) == top:
            break
    return tuple(rows)


def _streaks(series: Series, direction: Direction, top: int) -> tuple[tuple[RecordRow, ...], int]:
    runs = superlatives.streaks(series)
    wanted = {Direction.UP: (1,), Direction.DOWN: (-1,), Direction.BOTH: (1, -1)}[direction]
    chosen = np.flatnonzero(np.isin(runs.sign, wanted))
    rows = []
    for run in chosen[np.argsort(-runs.length[chosen], kind="stable")][:top].tolist():
        start, end = int(runs.start[run]) - 1, int(runs.end[run])
        rows.append(
            RecordRow(
                rank=int(np.count_nonzero(runs.length[chosen] > runs.length[run])) + 1,
                date=as_date(series.date[end]),
                value=float(runs.length[run]),
                start=float(series.value[start]),
                end=float(series.value[end]),
                start_date=as_date(series.date[start]),
                crosses_seam=bool(series.seam[start + 1 : end + 1].any()),
                is_current=end == len(series) - 1,
            )
        )
    return tuple(rows), len(runs.length)
