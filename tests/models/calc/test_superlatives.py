from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.calc import superlatives
from models.calc.splice import series
from models.names import Basis, Direction, Legs
from tests.models.samples import definition, halved, migrated, net_series, positions, tuesdays

nets = st.lists(st.integers(-1000, 1000), min_size=3, max_size=80)


def test_that_a_swing_across_a_lead_change_is_left_out_and_counted() -> None:
    days = tuesdays(8)
    market = migrated("AAA", "BBB", on=days[4], new_from=days[3])
    rows = positions([("AAA", d, 0.0) for d in days[:5]] + [("BBB", d, 999.0) for d in days[3:]])
    changes = superlatives.swings(series(market, rows, definition()), 2)
    assert changes.left_out == 2
    assert len(changes) == 4
    assert changes.value.max() == 0.0
    assert superlatives.swings(series(market, rows, definition(Basis.SIZE_ADJUSTED, Legs.ALL)), 2).left_out == 0


def test_that_a_swing_across_a_resizing_is_ranked_with_a_warning() -> None:
    days = tuesdays(6)
    rows = positions([("111111", day, float(i)) for i, day in enumerate(days)])
    changes = superlatives.swings(series(halved("111111", days[3]), rows, definition()), 1)
    assert changes.crosses_seam.tolist() == [False, False, True, False, False]
    assert changes.left_out == 0


def test_that_ties_take_the_better_rank() -> None:
    changes = superlatives.swings(net_series([0.0, 5.0, 5.0, 10.0, 10.0, 13.0]), 1)
    ranked = superlatives.rank_swing(changes, 0, Direction.UP)
    assert (ranked.rank, ranked.of, ranked.ties) == (1, 5, 1)
    assert superlatives.rank_swing(changes, 4, Direction.UP).rank == 3


def test_that_the_runner_up_does_not_overlap_the_winner() -> None:
    changes = superlatives.swings(net_series([0.0, 0.0, 50.0, 100.0, 100.0, 100.0, 100.0, 130.0]), 2)
    ranked = superlatives.rank_swing(changes, 1, Direction.UP)
    assert changes.value[ranked.winner] == 100.0
    assert ranked.runner_up is not None
    assert changes.value[ranked.runner_up] == 30.0


@given(nets, st.integers(1, 5), st.booleans())
def test_that_ranks_agree_with_sorting_every_change(values: list[int], window: int, falling: bool) -> None:
    direction = Direction.DOWN if falling else Direction.UP
    changes = superlatives.swings(net_series([float(v) for v in values]), window)
    expected = [values[i] - values[i - window] for i in range(window, len(values))]
    assert changes.value.tolist() == expected
    if not expected:
        return
    last = expected[-1]
    better = sum(v < last for v in expected) if falling else sum(v > last for v in expected)
    assert superlatives.rank_swing(changes, len(expected) - 1, direction).rank == better + 1
    each = [superlatives.rank_swing(changes, place, direction).rank for place in range(len(changes))]
    assert superlatives.ranks(changes, direction).tolist() == each


@given(nets, st.integers(1, 5))
def test_that_both_directions_list_all_that_they_count(values: list[int], window: int) -> None:
    changes = superlatives.swings(net_series([float(v) for v in values]), window)
    listed = changes.value[superlatives.ranking(changes, Direction.BOTH, separate=False)]
    assert sorted(listed.tolist()) == sorted(changes.value.tolist())
    assert (abs(listed[:-1]) >= abs(listed[1:])).all()


@given(nets)
def test_that_the_refuting_row_is_the_latest_at_least_as_low(values: list[int]) -> None:
    row = len(values) - 1
    found = superlatives.refuting_row(net_series([float(v) for v in values]), row, Direction.DOWN)
    earlier = [i for i in range(row) if values[i] <= values[row]]
    assert found == (earlier[-1] if earlier else None)


def test_that_separate_episodes_keep_the_largest_of_overlapping_swings() -> None:
    changes = superlatives.swings(net_series([0.0, 10.0, 30.0, 40.0, 40.0, 40.0, 45.0]), 2)
    kept = superlatives.ranking(changes, Direction.UP, separate=True)
    assert changes.value[kept].tolist() == [30.0, 10.0, 5.0]
    ends = changes.end[kept]
    assert ends.tolist() == [2, 4, 6]


def test_that_an_unchanged_week_or_a_hole_ends_a_streak() -> None:
    days = tuesdays(5) + [day + timedelta(weeks=20) for day in tuesdays(3)]
    runs = superlatives.streaks(net_series([0.0, 1.0, 2.0, 2.0, 3.0, 9.0, 10.0, 11.0], days=days))
    assert runs.length.tolist() == [2, 1, 2]
    assert runs.sign.tolist() == [1, 1, 1]


def test_that_a_stretch_of_over_half_a_year_is_a_hole() -> None:
    days = [*tuesdays(2), tuesdays(1)[0] + timedelta(weeks=40)]
    assert len(superlatives.holes(net_series([1.0, 2.0, 3.0], days=days))) == 1
