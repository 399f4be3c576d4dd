"""Marks of the axes."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.charts.ticks import date_ticks, day_number, day_of, value_ticks


def labels(first: date, last: date, most: int) -> list[str]:
    return [tick.label for tick in date_ticks(day_number(first), day_number(last), most)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2008, 7, 22), date(2017, 6, 13), [str(year) for year in range(2009, 2018)]),
        (date(2014, 6, 13), date(2017, 6, 13), ["Jul", "2015", "Jul", "2016", "Jul", "2017"]),
        (
            date(2016, 6, 13),
            date(2017, 6, 13),
            ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "2017", "Feb", "Mar", "Apr", "May", "Jun"],
        ),
        (date(2017, 2, 10), date(2017, 6, 13), ["Mar 2017", "Apr", "May", "Jun"]),
        (
            date(2017, 4, 20),
            date(2017, 6, 13),
            ["25 Apr 2017", "2 May", "9 May", "16 May", "23 May", "30 May", "6 Jun", "13 Jun"],
        ),
    ],
)
def test_that_a_date_axis_uses_the_finest_marks_that_fit(first: date, last: date, expected: list[str]) -> None:
    assert labels(first, last, 12 if len(expected) != 4 else 6) == expected


@given(st.floats(0, 20_000), st.floats(20, 25_000), st.integers(1, 14))
def test_that_date_marks_fit_rise_and_lie_inside(start: float, days: float, most: int) -> None:
    ticks = date_ticks(start, start + days, most)
    places = [tick.at for tick in ticks]
    assert len(places) <= most + 1
    assert places == sorted(set(places))
    assert all(start <= place <= start + days for place in places)


def test_that_weekly_marks_stand_on_tuesdays() -> None:
    ticks = date_ticks(day_number(date(2017, 5, 1)), day_number(date(2017, 6, 20)), 10)
    assert {day_of(tick.at).weekday() for tick in ticks} == {1}


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 6))
def test_that_values_on_an_axis_are_evenly_spaced_and_inside(low: float, size: float, most: int) -> None:
    ticks = value_ticks(low, low + size, most)
    assert 1 <= len(ticks) <= most
    steps = [b - a for a, b in pairwise(ticks)]
    assert not steps or max(steps) - min(steps) <= size * 1e-3
    assert all(low - size * 1e-6 <= tick <= low + size * (1 + 1e-6) for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (-283e3, 123e3, 5, [-200e3, -100e3, 0, 100e3]),
        (-3, 103, 3, [0, 50, 100]),
        (380, 1520, 3, [500, 1000, 1500]),
        (5, 5, 3, []),
    ],
)
def test_that_values_on_an_axis_are_round(low: float, high: float, most: int, expected: list[float]) -> None:
    assert value_ticks(low, high, most) == expected
