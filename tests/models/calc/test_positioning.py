from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc import positioning as measures
from tests.models.samples import net_series, tuesdays

values = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60).map(lambda xs: np.array(xs, dtype=float))


def test_that_the_index_runs_from_the_low_to_the_high_of_its_window() -> None:
    index = measures.cot_index(np.array([0.0, 10.0, 5.0, 10.0]), 3)
    assert np.isnan(index[:2]).all()
    assert index[2:].tolist() == [50.0, 100.0]


def test_that_the_index_of_a_flat_window_is_undefined() -> None:
    assert np.isnan(measures.cot_index(np.array([4.0, 4.0, 4.0]), 3)).all()


@given(values, st.integers(2, 20))
def test_that_measures_agree_with_their_definitions_at_the_last_report(value: np.ndarray, n: int) -> None:
    window = value[-n:]
    percentile, score = measures.percentile(value, n)[-1], measures.z_score(value, n)[-1]
    if len(value) < n:
        assert np.isnan(percentile)
        assert np.isnan(score)
        return
    assert percentile == pytest.approx(100 * np.mean(window <= value[-1]))
    spread = window.std(ddof=1)
    if spread > 0:
        assert score == pytest.approx((value[-1] - window.mean()) / spread)


@given(values)
def test_that_the_whole_sample_gives_the_same_as_a_window_of_its_length(value: np.ndarray) -> None:
    n = len(value)
    assert measures.percentile(value, None)[-1] == pytest.approx(measures.percentile(value, n)[-1])
    assert measures.cot_index(value, None)[-1] == pytest.approx(measures.cot_index(value, n)[-1], nan_ok=True)
    if n > 1 and np.ptp(value) > 0:
        assert measures.z_score(value, None)[-1] == pytest.approx(measures.z_score(value, n)[-1], rel=1e-6)


def test_that_a_change_over_a_hole_is_no_change() -> None:
    days = tuesdays(3) + [day + timedelta(weeks=30) for day in tuesdays(2)]
    shown = net_series([1.0, 2.0, 4.0, 8.0, 16.0], days=days)
    assert measures.change(shown, 1).tolist()[1:3] == [1.0, 2.0]
    assert np.isnan(measures.change(shown, 1)[3])
    assert measures.change(shown, 1)[4] == 8.0
    assert np.isnan(measures.change(shown, 2)[3:]).all()


def test_that_a_holiday_week_is_still_a_change_over_two_reports() -> None:
    days = tuesdays(3)
    days[1] -= timedelta(days=1)
    assert measures.change(net_series([0.0, 1.0, 5.0], days=days), 2)[-1] == 5.0
