"""Changes, percentile and direction of credit series against the definitions."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calc.credit import CreditDirection, price_ratio, reading
from models.records import Observations
from models.series import credit_series
from tests.models.calc.prices import closes, observed

DAILY, MONTHLY, RATIO = (credit_series(name) for name in ("BAA10Y", "GZ", "HYG/LQD"))
NEWEST = date(2017, 6, 15)


def walk(seed: int, last: date = NEWEST, days: int = 900) -> Observations:
    dates = pd.bdate_range(end=pd.Timestamp(last), periods=days)
    values = 3 + np.cumsum(np.random.default_rng(seed).normal(0, 0.03, days)).round(2)
    return Observations("sample", dates.to_numpy().astype("M8[D]"), values)


@given(st.integers(0, 10_000), st.integers(0, 300))
@settings(max_examples=40)
def test_that_changes_and_direction_are_what_pandas_finds(seed: int, back: int) -> None:
    whole = walk(seed)
    of = Observations("sample", whole.date[: len(whole) - back], whole.value[: len(whole) - back])
    found = reading(DAILY, of)
    assert found is not None
    series = pd.Series(of.value, index=pd.DatetimeIndex(of.date))
    newest = series.index[-1]

    def at(day: pd.Timestamp) -> float:
        return float(series[:day].iloc[-1])

    for value, weeks in ((found.short, 1), (found.middle, 4), (found.long, 13)):
        assert value == pytest.approx(series.iloc[-1] - at(newest - pd.Timedelta(weeks=weeks)), abs=1e-9)
    assert found.year_to_date == pytest.approx(series.iloc[-1] - at(pd.Timestamp(newest.year - 1, 12, 31)), abs=1e-9)
    sampled = [newest - pd.Timedelta(weeks=i) for i in range(52)]
    deviation = pd.Series([at(day) - at(day - pd.Timedelta(weeks=4)) for day in sampled]).std()
    assert found.deviation == pytest.approx(deviation)
    move = found.middle or 0.0
    expected = "unchanged" if abs(move) <= 0.1 * deviation else "narrowing" if move < 0 else "widening"
    assert found.direction == expected
    assert found.percentile == pytest.approx(100 * (series <= series.iloc[-1]).mean())


def test_that_direction_needs_a_whole_year() -> None:
    short = reading(DAILY, walk(1, days=120))
    assert short is not None and short.direction is None and short.middle is not None


def test_that_an_old_observation_stands_for_no_other_day() -> None:
    of = observed({NEWEST - timedelta(days=60): 3.0, NEWEST - timedelta(days=20): 3.1, NEWEST: 3.5})
    found = reading(DAILY, of)
    assert found is not None
    assert (found.short, found.middle, found.long, found.year_to_date) == (None, None, None, None)


def test_that_a_monthly_series_looks_back_by_months() -> None:
    ends = pd.date_range("2015-01-31", "2017-05-31", freq="ME")
    of = observed({day.date(): 1 + 0.1 * i for i, day in enumerate(ends)})
    found = reading(MONTHLY, of)
    assert found is not None
    assert [found.short, found.middle, found.long] == pytest.approx([0.1, 0.3, 1.2])
    assert found.year_to_date == pytest.approx(0.5)
    assert found.direction is CreditDirection.WIDENING
    holed = {day.date(): 1.0 for day in ends if day.month != 2 or day.year != 2017}
    missing = reading(MONTHLY, observed(holed))
    assert missing is not None and missing.middle is None and missing.direction is None


def test_that_a_rising_ratio_of_high_yield_prices_is_narrowing() -> None:
    days = pd.bdate_range(end=pd.Timestamp(NEWEST), periods=600)
    rising = closes("HYG", {day.date(): 80 + 0.01 * i + (i % 5) * 0.1 for i, day in enumerate(days)})
    flat = closes("LQD", {day.date(): 100.0 for day in days})
    found = reading(RATIO, price_ratio(RATIO, rising, flat))
    assert found is not None and found.direction is CreditDirection.NARROWING
    assert found.level == pytest.approx(float(rising.close[-1]) / 100)


def test_that_the_percentile_counts_values_at_or_below_the_level() -> None:
    of = observed(
        {NEWEST - timedelta(days=3): 2.0, NEWEST - timedelta(days=2): 4.0, NEWEST - timedelta(days=1): 3.0, NEWEST: 3.0}
    )
    found = reading(DAILY, of)
    assert found is not None and found.percentile == 75 and found.since == NEWEST - timedelta(days=3)


def test_that_nothing_is_read_from_nothing() -> None:
    assert reading(DAILY, observed({})) is None
