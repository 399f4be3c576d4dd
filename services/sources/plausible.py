"""What a newly fetched series must share with the one that is held, before it may take its place."""

import numpy as np

from models.records import Observations
from services.errors import ErrorKind, SourceError

_LEAST_SHARE_OF_ROWS = 0.9
_MOST_RESCALED = 2.0
_MOST_JUMP = 4.0
_JUMP_ROWS = 30
RESTATED = 1e-6
"""Closes that differ by more than this share are not the same rounded differently."""


def check(
    new: Observations, held: Observations | None, *, is_price: bool, is_whole: bool, reaches_now: bool = True
) -> None:
    """Raises WRONG_DATE for a series that ends before the held one, IMPLAUSIBLE for one that cannot be its successor.

    `is_whole` is for an answer with all of its history, in which held rows must not be missing; `reaches_now` for
    one that ends with the newest. Prices must not leap fourfold from one of the newest days to the next.
    """
    if is_price:
        recent = new.value[-_JUMP_ROWS:]
        steps = recent[1:] / recent[:-1]
        if len(steps) and max(float(steps.max()), 1 / float(steps.min())) > _MOST_JUMP:
            raise SourceError(ErrorKind.IMPLAUSIBLE, f"{new.series}: a leap from one day to the next")
    if held is None or not len(held):
        return
    if reaches_now and new.date[-1] < held.date[-1]:
        raise SourceError(ErrorKind.WRONG_DATE, f"{new.series}: ends on {new.date[-1]}, {held.date[-1]} is held")
    if is_whole and len(new) < _LEAST_SHARE_OF_ROWS * len(held):
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{new.series}: {len(new)} rows, {len(held)} are held")
    scale = rescaling(new, held)
    if scale is not None and not 1 / _MOST_RESCALED <= scale <= _MOST_RESCALED:
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{new.series}: {scale:.3g} times what is held")


def rescaling(new: Observations, held: Observations) -> float | None:
    """How many times larger the new values are on the days that both have; None where that cannot be told."""
    _, i, j = np.intersect1d(new.date, held.date, assume_unique=True, return_indices=True)
    before = float(np.median(np.abs(held.value[j]))) if len(j) else 0.0
    return float(np.median(np.abs(new.value[i]))) / before if before else None


def news(new: Observations, held: Observations | None) -> Observations:
    """The observations that are not held, or held with another value."""
    if held is None:
        return new
    places = np.searchsorted(held.date, new.date)
    inside = places < len(held)
    at = np.where(inside, places, 0)
    same = inside & (held.date[at] == new.date) & (held.value[at] == new.value)
    return Observations(new.series, new.date[~same], new.value[~same], new.known)


def from_first_change(new: Observations, held: Observations | None) -> Observations:
    """The observations from the first one on that is not held, or differs by more than a rounding."""
    if held is None:
        return new
    places = np.minimum(np.searchsorted(held.date, new.date), len(held) - 1)
    same = (held.date[places] == new.date) & (np.abs(held.value[places] / new.value - 1) <= RESTATED)
    start = len(new) if same.all() else int(np.argmin(same))
    return Observations(new.series, new.date[start:], new.value[start:], new.known)
