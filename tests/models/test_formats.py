"""Numbers, dates and spans as they are read on screen."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import formats


@pytest.mark.parametrize(
    ("value", "signed", "expected"),
    [
        (80_572, True, "+80,572"),
        (-73_030, True, "−73,030"),
        (-73_030, False, "−73,030"),
        (7_542, False, "7,542"),
        (0, True, "0"),
        (-0.4, True, "0"),
        (None, True, "–"),
        (float("nan"), True, "–"),
        (np.float64(1_406.6), False, "1,407"),
    ],
)
def test_that_counts_have_a_true_minus_and_zero_has_no_sign(value: float | None, signed: bool, expected: str) -> None:
    assert formats.count(value, signed=signed) == expected


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_that_a_number_is_rounded_once_from_the_value_given(value: float, places: int) -> None:
    text = formats.decimal(value, places).replace("−", "-").replace(",", "")
    assert abs(float(text) - value) <= 0.5 * 10**-places * (1 + 1e-9) + abs(value) * 1e-12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (formats.percent(1.1, signed=True), "+1.1%"),
        (formats.percent(None), "–"),
        (formats.points(13.91), "+13.9 pts"),
        (formats.points(-6.76), "−6.8 pts"),
        (formats.basis_points(-45), "−45 bp"),
        (formats.dollars(37.77), "$37.77"),
        (formats.dollars(5.5e9), "$5.5bn"),
        (formats.dollars(-850e6, signed=True), "−$850m"),
        (formats.dollars(12_300), "$12k"),
        (formats.dollars(0, signed=True), "$0.00"),
    ],
)
def test_that_each_kind_of_number_has_its_own_form(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (-100_000, "−100k"),
        (12_500, "12.5k"),
        (20_000_000, "20m"),
        (-2.5e9, "−2.5bn"),
        (0.25, "0.25"),
        (1.5, "1.5"),
        (0.7225, "0.7225"),
        (3 * 0.0025, "0.0075"),
    ],
)
def test_that_an_axis_counts_in_thousands_from_ten_thousand_on(value: float, expected: str) -> None:
    assert formats.axis_tick(value) == expected


@pytest.mark.parametrize(
    ("value", "unit", "is_change", "expected"),
    [
        (7_542, "contracts", False, "+7,542"),
        (80_572, "$50 contracts", True, "+80,572"),
        (1.1, "% of OI", False, "+1.1%"),
        (13.9, "% of OI", True, "+13.9 pts"),
        (-5.5e9, "USD", False, "−$5.5bn"),
    ],
)
def test_that_a_value_is_written_in_the_unit_of_its_series(
    value: float, unit: str, is_change: bool, expected: str
) -> None:
    assert formats.in_unit(value, unit, signed=True, is_change=is_change) == expected


def test_that_sentences_carry_the_unit_in_words() -> None:
    assert formats.with_unit(7_542, "contracts") == "7,542 contracts"
    assert formats.with_unit(-73_030, "$50 contracts", signed=True) == "−73,030 $50 contracts"
    assert formats.with_unit(-1.0, "contracts", signed=True) == "−1 contract"
    assert formats.with_unit(1, "$50 contracts") == "1 $50 contract"
    assert formats.with_unit(13.9, "% of OI", is_change=True) == "13.9 points of open interest"
    assert formats.with_unit(1.1, "% of OI") == "1.1% of open interest"


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (112, "112th"),
        (1_003, "1,003rd"),
    ],
)
def test_that_ordinals_end_as_they_are_spoken(n: int, expected: str) -> None:
    assert formats.ordinal(n) == expected


def test_that_a_rank_carries_its_sample_and_says_when_it_is_shared() -> None:
    assert formats.rank(1, 448) == "1st of 448"
    assert formats.rank(2, 1_448, ties=1) == "2nd of 1,448, tied"


def test_that_dates_are_written_the_same_from_any_type() -> None:
    assert formats.day(date(2017, 6, 16)) == "16 Jun 2017"
    assert formats.day(np.datetime64("2017-06-16")) == "16 Jun 2017"
    assert formats.day(datetime(2017, 6, 16, 23, tzinfo=UTC)) == "16 Jun 2017"
    assert formats.day(None) == "–"
    assert formats.short_day(np.datetime64("2017-06-13")) == "13 Jun"
    assert formats.week_day(date(2017, 6, 16)) == "Fri 16 Jun 2017"
    assert formats.month(date(2016, 7, 5)) == "Jul 2016"
    assert formats.long_month(date(2016, 7, 5)) == "July 2016"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2017, 6, 16, 19, 30, tzinfo=UTC), "16 Jun 2017, 15:30 ET"),
        (datetime(2017, 1, 6, 20, 30, tzinfo=UTC), "6 Jan 2017, 15:30 ET"),
        (datetime(2017, 6, 17, 2, 0, tzinfo=UTC), "16 Jun 2017, 22:00 ET"),
    ],
)
def test_that_moments_are_told_in_new_york_time_in_summer_and_winter(moment: datetime, expected: str) -> None:
    assert formats.eastern(moment) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2011, 5, 17), date(2017, 5, 30), "six years"),
        (date(2011, 7, 17), date(2017, 5, 30), "nearly six years"),
        (date(2016, 7, 5), date(2017, 5, 30), "ten months"),
        (date(2017, 2, 28), date(2017, 6, 13), "three months"),
        (date(2017, 5, 30), date(2017, 6, 13), "two weeks"),
        (date(2017, 6, 6), date(2017, 6, 13), "one week"),
    ],
)
def test_that_spans_are_counted_by_the_calendar_and_rounded_down(start: date, end: date, expected: str) -> None:
    assert formats.span(start, end) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(600_000, "6 d 22 h"), (11_520, "3 h 12 min"), (240, "4 min"), (50, "50 s"), (-3, "0 s")],
)
def test_that_a_countdown_names_its_two_largest_units(seconds: float, expected: str) -> None:
    assert formats.duration(seconds) == expected


def test_that_small_numbers_are_words() -> None:
    assert (formats.number_word(2), formats.number_word(13)) == ("two", "13")
    assert (formats.weeks(1), formats.weeks(2)) == ("one week", "two weeks")
    assert (formats.ordinal_word(2), formats.ordinal_word(21)) == ("second", "21st")
    assert (formats.plural(1, "report"), formats.plural(1_450, "report")) == ("1 report", "1,450 reports")
