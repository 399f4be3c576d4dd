"""Closes made up for tests of returns: on real sessions, as levels or as changes in percent."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from models.calendars import sessions
from models.records import Closes, Observations


def closes(symbol: str, levels: Mapping[date, float]) -> Closes:
    return Closes(symbol, "sample", np.array(list(levels), dtype="M8[D]"), np.array(list(levels.values()), dtype=float))


def on_sessions(symbol: str, first: date, last: date, changes_pct: Sequence[float] = (0.1, -0.05, 0.2)) -> Closes:
    """A close for every session; the changes are repeated for as long as needed."""
    days = sessions(first, last)
    factors = 1 + np.resize(np.array(changes_pct), len(days)) / 100
    levels = np.array(100 * np.cumprod(factors), dtype=float)
    return Closes(symbol, "sample", np.array(days, dtype="M8[D]"), levels)


def without(of: Closes, *days: date) -> Closes:
    kept = ~np.isin(of.date, np.array(days, dtype="M8[D]"))
    return Closes(of.symbol, of.source, of.date[kept], of.close[kept])


def until(of: Closes, last: date) -> Closes:
    kept = of.date <= np.datetime64(last)
    return Closes(of.symbol, of.source, of.date[kept], of.close[kept])


def observed(values: Mapping[date, float]) -> Observations:
    return Observations("sample", np.array(list(values), dtype="M8[D]"), np.array(list(values.values()), dtype=float))
