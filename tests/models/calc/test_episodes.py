from datetime import date, timedelta

import numpy as np

from models.calc import episodes
from models.calc.episodes import WEEKS, close_paths, find, first_close_after, net_paths, outcome, overlapping
from models.records import Closes
from tests.models.samples import net_series, tuesdays


def test_that_of_overlapping_swings_the_largest_is_kept() -> None:
    nets = [0.0] * 10 + [80.0, 100.0, 100.0] + [0.0] * 10 + [0.0, 90.0, 90.0]
    found = find(net_series(nets), 2, 90.0)
    days = tuesdays(len(nets))
    assert [(episode.report, episode.change) for episode in found] == [(days[11], 100.0), (days[25], 90.0)]
    assert [episode.is_current for episode in found] == [False, True]


def test_that_a_smaller_swing_or_one_the_other_way_is_not_comparable() -> None:
    nets = [0.0, 74.0, 74.0, 74.0, 0.0, 0.0, 0.0, 0.0, -100.0, -100.0, -100.0, 0.0]
    found = find(net_series(nets), 1, 100.0)
    assert [episode.change for episode in found] == [100.0]


def test_that_the_newest_swing_stands_though_an_overlapping_one_is_larger() -> None:
    found = find(net_series([0.0, 0.0, 120.0, 100.0]), 2, 100.0)
    assert [(episode.change, episode.is_current) for episode in found] == [(100.0, True)]


def test_that_a_path_begins_at_the_first_close_after_the_release() -> None:
    assert first_close_after(date(2017, 6, 13)) == (date(2017, 6, 16), date(2017, 6, 16))
    # Independence Day on the Tuesday puts the report on the Monday, and its release on the Friday.
    assert first_close_after(date(2017, 7, 3))[0] == date(2017, 7, 7)


def test_that_paths_end_where_the_knowledge_ends() -> None:
    start = date(2017, 6, 16)
    days = [start + timedelta(weeks=week) for week in range(WEEKS + 1)]
    closes = Closes("IDX", "sample", np.array(days, dtype="M8[D]"), np.linspace(100.0, 126.0, WEEKS + 1))
    paths = close_paths(closes, [start], start + timedelta(weeks=4))
    assert np.allclose(paths[0, :5], [0, 1, 2, 3, 4])
    assert np.isnan(paths[0, 5:]).all()


def test_that_a_close_too_old_stands_for_no_week() -> None:
    start = date(2017, 6, 16)
    days = [start, start + timedelta(weeks=2)]
    closes = Closes("IDX", "sample", np.array(days, dtype="M8[D]"), np.array([100.0, 110.0]))
    paths = close_paths(closes, [start], start + timedelta(weeks=26))
    assert np.isnan(paths[0, 1])
    assert paths[0, 2] == 110.0 / 100.0 * 100 - 100 or np.isclose(paths[0, 2], 10.0)


def test_that_a_missing_report_is_no_report_of_another_week() -> None:
    days = tuesdays(40)
    kept = [day for week, day in enumerate(days) if week != 4]
    series = net_series([float(i) for i in range(39)], days=kept)
    paths = net_paths(series, [days[0]])
    assert paths[0, 3] == 3.0
    assert np.isnan(paths[0, 4])


def test_that_random_dates_are_always_the_same_and_as_many() -> None:
    rng = np.random.default_rng(3)
    everything = np.cumsum(rng.normal(size=(300, WEEKS + 1)), axis=1)
    first = outcome("x", "%", everything[:5], everything)
    again = outcome("x", "%", everything[:5], everything)
    assert np.array_equal(first.chance_low, again.chance_low)
    wide = first.chance_high[26] - first.chance_low[26]
    more = outcome("x", "%", everything[:80], everything)
    assert more.chance_high[26] - more.chance_low[26] < wide / 2


def test_that_no_episode_gives_no_figure_and_no_warning() -> None:
    made = outcome("x", "%", np.full((0, WEEKS + 1), np.nan), np.full((3, WEEKS + 1), np.nan))
    assert made.count.tolist() == [0] * (WEEKS + 1)
    assert np.isnan(made.median).all()
    assert find(net_series([1.0]), 2, 0.0) == ()


def test_that_shared_weeks_are_counted() -> None:
    nets = [0.0, 100.0] + [0.0] * 10 + [100.0] + [0.0] * 60 + [100.0]
    found = find(net_series(nets), 1, 100.0)
    assert len(found) == 3
    assert overlapping(found) == 2
    assert episodes.HORIZONS == (4, 13, 26)
