"""The streak meter against counting by hand."""

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calc.streaks import at_least, streak
from models.calendars import sessions
from tests.models.calc.prices import closes, on_sessions, without

FIRST, LAST = date(2016, 1, 4), date(2017, 6, 19)


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=12, max_size=80), st.integers(1, 10))
@settings(max_examples=80)
def test_that_frequencies_are_counts_of_windows(changes: list[float], n: int) -> None:
    days = sessions(FIRST, LAST)[: len(changes) + 1]
    levels = 100 + np.concatenate(([0], np.cumsum(changes)))
    found = streak(closes("X", dict(zip(days, levels.tolist(), strict=True))), n)
    assert found is not None
    ups = [sum(change > 0 for change in changes[i : i + n]) for i in range(len(changes) - n + 1)]
    assert found.ups == ups[-1] and found.windows == len(ups)
    assert found.frequency_pct == pytest.approx(100 * sum(k >= found.ups for k in ups) / len(ups))
    assert found.distribution_pct.sum() == pytest.approx(100)
    assert found.up_share_pct == pytest.approx(100 * sum(change > 0 for change in changes) / len(changes))
    assert found.signs.tolist() == [int(np.sign(change)) for change in changes[-n:]]


def test_that_the_binomial_counts_every_outcome() -> None:
    for k in range(6):
        outcomes = [ups for ups in product([0, 1], repeat=5) if sum(ups) >= k]
        assert at_least(k, 5, 0.5) == pytest.approx(len(outcomes) / 32)
    assert at_least(0, 9, 0.3) == pytest.approx(1)


def test_that_an_unchanged_close_is_not_up() -> None:
    days = sessions(date(2017, 6, 1), date(2017, 6, 7))
    found = streak(closes("X", dict(zip(days, (1.0, 2.0, 2.0, 3.0, 3.0), strict=True))), 4)
    assert found is not None and (found.ups, found.of) == (2, 4)


def test_that_windows_over_a_missing_session_are_not_counted() -> None:
    whole = on_sessions("X", FIRST, LAST)
    holed = without(whole, date(2016, 6, 1))
    full, less = streak(whole, 9), streak(holed, 9)
    assert full is not None and less is not None
    assert less.windows == full.windows - 10
    assert streak(without(whole, date(2017, 6, 15)), 9) is None


def test_that_a_streak_needs_one_close_more_than_sessions() -> None:
    days = sessions(date(2017, 6, 1), date(2017, 6, 7))
    of = closes("X", dict(zip(days, (1.0, 2.0, 3.0, 4.0, 5.0), strict=True)))
    assert streak(of, 5) is None and streak(of, 0) is None
    assert streak(of, 4) is not None
