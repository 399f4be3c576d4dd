"""Windows, league tables and months of small against large, on closes whose answer is known or found another way."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calc.performance import drawdown, league, monthly_gaps, most_since, path, weekly_gaps
from models.calc.prices import PricePair, gap, gap_between, locate, price_pair, same_window, session_numbers
from models.calendars import is_session, sessions
from models.formats import as_date
from models.records import Closes
from models.windows import JANUARY_TO_MAY, MTD, QTD, YTD, Window, WindowKind, window
from tests.models.calc.prices import closes, on_sessions, until, without

FIRST, LAST = date(2009, 12, 1), date(2017, 6, 19)


def random_walk(seed: int, first: date = FIRST, last: date = LAST) -> Closes:
    steps = np.random.default_rng(seed).normal(0.02, 1.0, 4000)
    return on_sessions(f"S{seed}", first, last, [float(step) for step in steps])


@pytest.fixture(scope="module")
def pair() -> PricePair:
    return price_pair(random_walk(1), random_walk(2))


def frame(pair: PricePair) -> pd.DataFrame:
    return pd.DataFrame({"small": pair.small, "large": pair.large}, index=pd.DatetimeIndex(pair.date))


def points(data: pd.DataFrame, start: str, end: str) -> float:
    """The gap between the last closes on or before two days, straight from the definition."""
    change = 100 * (data.loc[:end].iloc[-1] / data.loc[:start].iloc[-1] - 1)
    return float(change["small"] - change["large"])


def test_that_points_and_ratio_are_the_difference_and_the_quotient_of_the_returns() -> None:
    days = (date(2017, 5, 31), date(2017, 6, 1))
    both = price_pair(
        closes("A", dict(zip(days, (100, 103), strict=True))), closes("B", dict(zip(days, (50, 51), strict=True)))
    )
    found = gap_between(both, 0, 1)
    assert [found.small_pct, found.large_pct] == pytest.approx([3, 2])
    assert found.points == pytest.approx(1)
    assert found.ratio_pct == pytest.approx(100 * (1.03 / 1.02 - 1))


@pytest.mark.parametrize(
    ("name", "start"),
    [("mtd", "2017-05-31"), ("qtd", "2017-03-31"), ("ytd", "2016-12-30"), ("2017-01-01:2017-06-19", "2016-12-30")],
)
def test_that_a_window_to_date_starts_at_the_last_close_before_its_period(
    pair: PricePair, name: str, start: str
) -> None:
    found = gap(pair, window(name))
    assert found is not None
    assert (found.start.isoformat(), found.end) == (start, LAST)
    assert found.points == pytest.approx(points(frame(pair), start, LAST.isoformat()))


def test_that_a_month_has_no_return_while_its_start_is_not_held(pair: PricePair) -> None:
    holed = price_pair(without(random_walk(1), date(2017, 5, 31)), random_walk(2))
    assert gap(holed, MTD) is None
    assert gap(holed, QTD) is not None


def test_that_whole_months_are_those_that_have_ended_last() -> None:
    for last, year in ((date(2017, 5, 30), 2016), (date(2017, 5, 31), 2017), (date(2018, 1, 5), 2017)):
        both = price_pair(random_walk(1, last=last), random_walk(2, last=last))
        found = gap(both, JANUARY_TO_MAY)
        assert found is not None and found.end.year == year
        assert (found.start, found.end) == (
            sessions(date(year - 1, 12, 1), date(year - 1, 12, 31))[-1],
            date(year, 5, 31),
        )


def test_that_months_that_have_ended_but_are_not_held_are_not_replaced_by_last_years() -> None:
    both = price_pair(without(random_walk(1), date(2017, 5, 31)), random_walk(2))
    assert locate(both, JANUARY_TO_MAY) is None


def test_that_months_across_new_year_count_for_the_year_in_which_they_end(pair: PricePair) -> None:
    found = gap(pair, window("nov-jan"))
    assert found is not None and (found.start, found.end) == (date(2016, 10, 31), date(2017, 1, 31))


def test_that_the_last_sessions_are_counted_by_the_calendar() -> None:
    both = price_pair(random_walk(1), random_walk(2))
    found = gap(both, window("9d"))
    assert found is not None and found.start == sessions(date(2017, 6, 1), LAST)[-10]
    holed = price_pair(without(random_walk(1), found.start), random_walk(2))
    assert gap(holed, window("9d")) is None


@given(st.sampled_from(["ytd", "qtd", "mtd", "jan-may", "nov-jan"]), st.integers(0, 1850))
@settings(max_examples=60)
def test_that_the_league_ranks_what_pandas_finds_for_each_year(name: str, back: int) -> None:
    last = as_date(random_walk(1).date[-1 - back])
    both = price_pair(until(random_walk(1), last), until(random_walk(2), last))
    table = league(both, window(name))
    if table is None:
        assert locate(both, window(name)) is None
        return
    data = frame(both)
    for row in table.rows:
        assert row.gap.points == pytest.approx(points(data, row.gap.start.isoformat(), row.gap.end.isoformat()))
        assert row.rank == 1 + sum(other.gap.points < row.gap.points for other in table.rows)
        assert row.gap.end.year == row.year
    years = {row.year: row.gap.points for row in table.rows}
    earlier = [year for year, value in years.items() if year < table.current.year]
    mine = table.current.gap.points
    assert table.worst_since == max((y for y in earlier if years[y] <= mine), default=None)
    assert table.best_since == max((y for y in earlier if years[y] >= mine), default=None)
    assert set(years) | set(table.left_out) == set(range(as_date(both.date[0]).year, table.current.year + 1))


@given(st.sampled_from([MTD, QTD, YTD]), st.integers(0, 1500))
@settings(max_examples=60)
def test_that_the_same_window_ends_after_as_many_sessions_in_every_year(of: Window, back: int) -> None:
    last = as_date(random_walk(1).date[-1 - back])
    both = price_pair(until(random_walk(1), last), until(random_walk(2), last))
    table = league(both, of)
    assert table is not None
    count = len(sessions(table.current.gap.start, table.current.gap.end)) - 1
    for row in table.rows:
        held = len(sessions(row.gap.start, row.gap.end)) - 1
        following = next(day for n in range(1, 6) if is_session(day := row.gap.end + timedelta(days=n)))
        assert held == count or (held < count and following.month != row.gap.end.month)


def test_that_equal_gaps_share_the_better_rank_and_are_counted() -> None:
    days = [date(year, 12, 31) for year in (2013, 2014, 2015)] + [
        date(2014, 5, 30),
        date(2015, 5, 29),
        date(2016, 5, 31),
    ]
    small = closes("A", {day: 100.0 if day.month == 12 else 90.0 for day in sorted(days)})
    table = league(price_pair(small, closes("B", dict.fromkeys(sorted(days), 100.0))), JANUARY_TO_MAY)
    assert table is not None
    assert [(row.rank, row.year) for row in table.rows] == [(1, 2016), (1, 2015), (1, 2014)]
    assert (table.ties, table.worst_since, table.best_since) == (2, 2015, 2015)
    assert table.left_out == (2013,)


def test_that_a_year_without_its_closes_is_left_out_and_named(pair: PricePair) -> None:
    holed = price_pair(without(random_walk(1), date(2012, 5, 31)), random_walk(2))
    table = league(holed, JANUARY_TO_MAY)
    assert table is not None and table.left_out == (2009, 2012)


def test_that_a_leap_day_stands_for_the_28th_in_other_years() -> None:
    both = price_pair(random_walk(1, last=date(2016, 3, 1)), random_walk(2, last=date(2016, 3, 1)))
    leap = window("2015-12-31:2016-02-29")
    rows = same_window(both, leap, 2015)
    assert rows is not None and as_date(both.date[rows[1]]) == date(2015, 2, 27)


def test_that_a_span_beyond_the_newest_close_is_undefined(pair: PricePair) -> None:
    assert locate(pair, window("2017-01-01:2017-12-31")) is None
    assert locate(pair, window("1990-01-01:2017-05-31")) is None


def test_that_scaling_prices_changes_nothing(pair: PricePair) -> None:
    scaled = PricePair(pair.date, pair.small * 7, pair.large / 3, pair.session, pair.month_ends)
    for name in ("ytd", "jan-may", "20d"):
        one, other = gap(pair, window(name)), gap(scaled, window(name))
        assert one is not None and other is not None
        assert one.points == pytest.approx(other.points) and one.ratio_pct == pytest.approx(other.ratio_pct)


def test_that_swapping_the_sides_turns_points_round(pair: PricePair) -> None:
    swapped = PricePair(pair.date, pair.large, pair.small, pair.session, pair.month_ends)
    one, other = league(pair, YTD), league(swapped, YTD)
    assert one is not None and other is not None
    assert one.current.gap.points == pytest.approx(-other.current.gap.points)
    assert one.current.rank + other.current.rank == len(one.rows) + 1


def test_that_monthly_gaps_are_those_between_month_ends(pair: PricePair) -> None:
    found = monthly_gaps(pair)
    ends = frame(pair).groupby(pd.DatetimeIndex(pair.date).to_period("M")).last()
    change = 100 * ends.pct_change().dropna()
    assert found.points == pytest.approx((change["small"] - change["large"]).to_numpy())
    assert found.is_whole.tolist() == [True] * (len(found) - 1) + [False]
    assert as_date(found.month[0]) == date(2010, 1, 1)


def test_that_the_most_since_is_the_latest_earlier_month_at_least_as_large(pair: PricePair) -> None:
    for count in range(2, 90):
        gaps = monthly_gaps(price_pair(random_walk(count), random_walk(count + 100)))
        found = most_since(gaps)
        assert found is not None
        sign = 1 if gaps.points[-1] >= 0 else -1
        earlier = [
            as_date(m)
            for m, x in zip(gaps.month[:-1], gaps.points[:-1], strict=True)
            if sign * x >= sign * found.points
        ]
        assert found.since == max(earlier, default=None)
        assert found.rank == len(earlier) + 1 and found.of == len(gaps)


def test_that_the_first_sessions_of_each_month_are_as_many_as_asked_for(pair: PricePair) -> None:
    found = monthly_gaps(pair, sessions=5)
    data = frame(pair)
    march = sessions(date(2014, 3, 1), date(2014, 3, 31))
    at = found.month.tolist().index(date(2014, 3, 1))
    assert found.points[at] == pytest.approx(points(data, "2014-02-28", march[4].isoformat()))


def test_that_the_path_ends_at_the_gap_and_the_drawdown_is_zero_at_a_high(pair: PricePair) -> None:
    rows = locate(pair, YTD)
    assert rows is not None
    line, found = path(pair, *rows), gap_between(pair, *rows)
    assert (line.points[0], line.ratio_pct[0]) == (0, 0)
    assert line.points[-1] == pytest.approx(found.points) and line.ratio_pct[-1] == pytest.approx(found.ratio_pct)
    fall = drawdown(pair.ratio)
    assert fall.max() == 0 and fall[int(np.argmax(pair.ratio))] == 0
    assert fall == pytest.approx(100 * (pd.Series(pair.ratio) / pd.Series(pair.ratio).cummax() - 1).to_numpy())


def test_that_sessions_are_numbered_without_gaps_but_where_one_is_missing() -> None:
    days = np.array(sessions(date(1987, 1, 2), date(2017, 6, 19)), dtype="M8[D]")
    assert (np.diff(session_numbers(days)) == 1).all()
    assert np.diff(session_numbers(np.delete(days, 4000))).max() == 2
    early = np.array([date(1986, 12, 26), date(1986, 12, 30), *days[:3].tolist()], dtype="M8[D]")
    assert np.diff(session_numbers(early)).tolist() == [1, 1, 1, 1]


def test_that_pairs_without_common_days_have_no_windows() -> None:
    one = closes("A", {date(2017, 6, 1): 1.0})
    other = closes("B", {date(2017, 6, 2): 1.0})
    both = price_pair(one, other)
    assert len(both) == 0
    assert locate(both, YTD) is None and league(both, YTD) is None and len(monthly_gaps(both)) == 0
    assert locate(both, Window(WindowKind.SESSIONS, sessions=1)) is None


def test_that_weeks_are_those_of_the_calendar(pair: PricePair) -> None:
    found = weekly_gaps(pair)
    ends = frame(pair).resample("W").last().pct_change(fill_method=None).dropna() * 100
    assert len(found) == len(ends)
    assert found.points == pytest.approx((ends["small"] - ends["large"]).to_numpy())
    assert as_date(found.until(date(2017, 6, 18)).day[-1]) == date(2017, 6, 16)


def test_that_a_week_without_its_last_close_is_no_week_and_begins_none() -> None:
    whole = [random_walk(seed) for seed in (1, 2)]
    gone = date(2016, 9, 23)  # a Friday
    found = weekly_gaps(price_pair(*(without(closes, gone) for closes in whole)))
    weeks = weekly_gaps(price_pair(*whole))
    assert set(map(as_date, weeks.day)) - set(map(as_date, found.day)) == {gone, date(2016, 9, 30)}
