"""The stretch of time that a chart shows, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.charts.ranges import ALL, SHORTEST_DAYS, RangeHistory, TimeRange, spans

BOUNDS = TimeRange(10_000.0, 17_000.0)

changes = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.3, 3.0), st.floats(9_000, 18_000)),
        st.tuples(st.just("pan"), st.floats(-4_000, 4_000), st.just(0.0)),
        st.tuples(st.just("preset"), st.sampled_from(["1Y", "3Y", "5Y", "10Y", "All"]), st.just(0.0)),
    ),
    max_size=30,
)


def apply(history: RangeHistory, change: tuple[str, object, float]) -> None:
    kind, amount, at = change
    if kind == "preset":
        history.go(TimeRange(0, 0, str(amount)))
    elif kind == "zoom":
        history.go(history.current.zoomed(float(str(amount)), at))
    else:
        history.go(history.current.moved(float(str(amount))))


@given(changes)
def test_that_as_many_undos_as_changes_lead_back_to_the_start(steps: list[tuple[str, object, float]]) -> None:
    history = RangeHistory(BOUNDS)
    shown = []
    for step in steps:
        apply(history, step)
        shown.append(history.current)
    for _ in steps:
        history.undo()
    assert history.current == TimeRange(10_000.0, 17_000.0, "All")
    assert not history.can_undo
    while history.redo():
        pass
    assert history.current == (shown[-1] if shown else history.current)


@given(changes)
def test_that_no_change_leaves_the_data_or_goes_below_eight_weeks(steps: list[tuple[str, object, float]]) -> None:
    history = RangeHistory(BOUNDS)
    for step in steps:
        apply(history, step)
        shown = history.current
        assert SHORTEST_DAYS - 1e-6 <= shown.days <= BOUNDS.days + 1e-6
        assert shown.end > BOUNDS.start
        assert shown.start < BOUNDS.end


def test_that_a_preset_follows_the_end_of_new_data() -> None:
    history = RangeHistory(BOUNDS)
    history.go(TimeRange(0, 0, "3Y"))
    length = history.current.days
    history.bounds = TimeRange(10_000.0, 17_007.0)
    assert history.current.end == 17_007.0
    assert history.current.days == length


def test_that_a_range_chosen_by_hand_stays_when_new_data_arrive() -> None:
    history = RangeHistory(BOUNDS)
    history.go(TimeRange(16_000.0, 17_000.0))
    history.bounds = TimeRange(10_000.0, 17_007.0)
    assert history.current == TimeRange(16_000.0, 17_000.0)


def test_that_a_range_without_any_data_of_the_new_market_shows_all_of_it() -> None:
    history = RangeHistory(BOUNDS)
    history.go(TimeRange(10_500.0, 11_000.0))
    history.bounds = TimeRange(15_000.0, 17_000.0)
    assert history.current == TimeRange(15_000.0, 17_000.0, "All")
    history.bounds = BOUNDS
    assert history.current == TimeRange(10_500.0, 11_000.0)


def test_that_the_steps_of_one_gesture_are_one_step_back() -> None:
    history = RangeHistory(BOUNDS)
    history.go(TimeRange(12_000.0, 14_000.0))
    for by in (10.0, 20.0, 30.0):
        history.go(TimeRange(12_000.0 + by, 14_000.0 + by), same_gesture=True)
    history.end_gesture()
    assert history.undo()
    assert history.current == TimeRange(12_000.0, 14_000.0)


def test_that_a_new_change_after_an_undo_drops_what_was_undone() -> None:
    history = RangeHistory(BOUNDS)
    history.go(TimeRange(12_000.0, 14_000.0))
    history.undo()
    history.go(TimeRange(0, 0, "1Y"))
    assert not history.can_redo


def test_that_a_zoom_keeps_the_day_under_the_pointer_in_its_place() -> None:
    zoomed = TimeRange(0.0, 100.0).zoomed(0.5, 25.0)
    assert zoomed == TimeRange(12.5, 62.5)


def test_that_a_preset_longer_than_the_data_shows_all_of_them() -> None:
    history = RangeHistory(TimeRange(16_500.0, 17_000.0), ALL)
    history.go(TimeRange(0, 0, "10Y"))
    assert (history.current.start, history.current.end) == (16_500.0, 17_000.0)


@pytest.mark.parametrize(("days", "expected"), [([], 56.0), ([100.0], 14.0), ([100.0, 300.0], 200.0)])
def test_that_data_of_any_length_give_a_stretch(days: list[float], expected: float) -> None:
    assert spans(days).days == expected
