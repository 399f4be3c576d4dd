"""Measures of one series of positions: index, percentile, z-score, changes. A window of n means n reports."""

import numpy as np

from models.calc.splice import Series
from models.records import Bools, Floats, Ints

Z_WINDOW = 52
INDEX_WINDOW = 156
MOVEMENT_REPORTS = 6
WILLCO_WINDOW = 26


def gap_limit_days(reports: int) -> int:
    """Dates further apart than this are not `reports` reports apart: some in between are missing."""
    return 7 * reports + 10


def _windows(value: Floats, n: int) -> Floats:
    return np.lib.stride_tricks.sliding_window_view(value, n)


def cot_index(value: Floats, n: int | None) -> Floats:
    """100 x (x - min) / (max - min) over the last n reports, today included; NaN with fewer or if max = min.

    With n None the window is everything up to the report (at least two reports).
    """
    if n is None:
        low, high = np.minimum.accumulate(value), np.maximum.accumulate(value)
    else:
        low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
        if len(value) >= n:
            low[n - 1 :], high[n - 1 :] = _windows(value, n).min(axis=1), _windows(value, n).max(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(high > low, 100 * (value - low) / (high - low), np.nan)


def percentile(value: Floats, n: int | None) -> Floats:
    """Share of the last n values at or below today's, in percent; NaN with fewer than n reports."""
    if n is None:
        order = np.empty(len(value))
        seen: list[float] = []
        for i, x in enumerate(value.tolist()):
            place = int(np.searchsorted(seen, x, side="right"))
            seen.insert(place, x)
            order[i] = 100 * (place + 1) / (i + 1)
        return order
    result = np.full(len(value), np.nan)
    if len(value) >= n:
        result[n - 1 :] = 100 * (_windows(value, n) <= value[n - 1 :, None]).mean(axis=1)
    return result


def z_score(value: Floats, n: int | None) -> Floats:
    """(x - mean) / sample standard deviation (n - 1) over the last n reports; NaN with fewer."""
    if n is None:
        count = np.arange(1, len(value) + 1)
        centred = value - (value[0] if len(value) else 0.0)
        mean = np.cumsum(centred) / count
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = (np.cumsum(centred**2) - count * mean**2) / (count - 1)
        deviation, score = np.sqrt(np.maximum(variance, 0)), centred - mean
    else:
        deviation, score = np.full(len(value), np.nan), np.full(len(value), np.nan)
        if len(value) >= max(n, 2):
            windows = _windows(value, n)
            deviation[n - 1 :] = windows.std(axis=1, ddof=1)
            score[n - 1 :] = value[n - 1 :] - windows.mean(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(deviation > 0, score / deviation, np.nan)


def change(series: Series, k: int) -> Floats:
    """x now - x k reports earlier; NaN where there are fewer or where reports between are missing."""
    result = np.full(len(series), np.nan)
    start, end = windows_of(series, k)
    result[end] = series.value[end] - series.value[start]
    return result


def windows_of(series: Series, k: int) -> tuple[Ints, Ints]:
    """First and last row of every change over k reports whose dates are close enough to be one."""
    end = np.arange(k, len(series), dtype=np.int64)
    days = (series.date[end] - series.date[end - k]).astype(np.int64)
    end = end[days <= gap_limit_days(k)]
    return end - k, end


def movement(value: Floats, n: int | None) -> Floats:
    """COT index now less the index six reports ago."""
    index = cot_index(value, n)
    result = np.full(len(value), np.nan)
    result[MOVEMENT_REPORTS:] = index[MOVEMENT_REPORTS:] - index[:-MOVEMENT_REPORTS]
    return result


def willco(series: Series) -> Floats:
    """COT index over 26 reports of the net as a share of open interest."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = series.value / series.open_interest
    return cot_index(share, WILLCO_WINDOW)


def crosses(mask: Bools, start: Ints, end: Ints) -> Bools:
    """Whether any marked row lies after `start`, up to and including `end`."""
    count = np.concatenate(([0], np.cumsum(mask)))
    return np.asarray(count[end + 1] > count[start + 1])
