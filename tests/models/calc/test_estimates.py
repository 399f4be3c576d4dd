from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc.estimates import (
    Members,
    beats,
    breadth,
    by_sector,
    calendar_year,
    coverage,
    growth,
    growth_pct,
    loss_makers,
    next_twelve_months,
    price_earnings,
    profitable,
    revision_breadth,
    without_sector,
)

NAN = float("nan")
Row = tuple[str, float, float, float, float]
"""sector, shares, price, base, next"""


def members(*rows: Row) -> Members:
    sectors, shares, price, base, following = zip(*rows, strict=True)
    return Members(
        np.array([f"T{i}" for i in range(len(rows))]),
        np.array(sectors),
        np.array(shares, float),
        np.array(price, float),
        np.array(base, float),
        np.array(following, float),
    )


eps = st.one_of(st.just(NAN), st.floats(-20, 20).filter(lambda x: x == 0 or abs(x) > 1e-3))
row = st.tuples(
    st.sampled_from(["Energy", "Financials", "Health Care"]), st.floats(1, 1e6), st.floats(1, 1e3), eps, eps
)
rows = st.lists(row, min_size=1, max_size=30)


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-6, abs=1e-6)


def test_that_losses_stay_in_the_sum() -> None:
    found = growth(members(("Energy", 10, 10, 2, 3), ("Energy", 10, 10, -1, -2)))
    assert (found.base_usd, found.next_usd) == (10, 10)
    assert found.growth_pct == 0


def test_that_only_companies_with_both_periods_count() -> None:
    found = growth(members(("Energy", 10, 10, 1, 2), ("Energy", 30, 10, NAN, 5), ("Energy", 10, 10, 1, NAN)))
    assert found.growth_pct == 100
    assert found.coverage.weight_pct == 20
    assert found.coverage.number_pct == pytest.approx(100 / 3)
    assert found.coverage.is_thin


@pytest.mark.parametrize(("base", "nm"), [(-1.0, True), (0.0, True), (0.049, True), (0.05, False), (1.0, False)])
def test_that_growth_from_a_base_at_or_near_zero_means_nothing(base: float, nm: bool) -> None:
    found = growth(members(("Energy", 100, 10, base, 1.5)))
    assert found.is_nm is nm
    assert found.change_of_value_pct == pytest.approx(10 * (1.5 - base))


def test_that_nothing_known_is_not_called_nm() -> None:
    found = growth(members(("Energy", 100, 10, NAN, 1.5)))
    assert found.growth_pct is None and not found.is_nm and found.change_of_value_pct is None


def test_that_without_loss_makers_membership_is_frozen_on_the_base() -> None:
    of = members(("Energy", 10, 10, 2, -1), ("Energy", 10, 10, -1, 3))
    assert growth(profitable(of)).growth_pct == -150
    assert loss_makers(of).number_pct == 50
    assert loss_makers(of).weight_pct == 50


def test_that_price_earnings_are_harmonic_both_ways() -> None:
    of = members(("Energy", 10, 20, 0, 1), ("Energy", 10, 20, 0, -0.5), ("Energy", 5, 20, 0, NAN))
    found = price_earnings(of, of.next)
    assert found.with_losses == 400 / 5
    assert found.ex_negative == 20
    assert found.coverage.weight_pct == 80
    assert price_earnings(of, -of.next).with_losses is None


def test_that_breadth_is_between_minus_one_and_one() -> None:
    assert breadth(3, 1) == 0.5
    assert breadth(0, 2) == -1
    assert breadth(0, 0) is None
    assert (
        revision_breadth(members(("E", 1, 1, 1, 2), ("E", 1, 1, 1, 2), ("E", 1, 1, 2, 1), ("E", 1, 1, 1, NAN))) == 1 / 3
    )


def test_that_a_surprise_below_half_a_cent_is_none() -> None:
    found = beats(np.array([1.0, 1.004, 0.9, NAN]), np.array([0.9, 1.0, 1.0, 1.0]))
    assert found is not None
    assert (found.companies, round(found.beat_pct), round(found.met_pct), round(found.missed_pct)) == (3, 33, 33, 33)
    assert beats(np.array([NAN]), np.array([1.0])) is None


def test_that_fiscal_years_are_calendarised_by_months() -> None:
    september = {date(2025, 9, 30): 8.0, date(2026, 9, 26): 12.0}
    assert calendar_year(september, 2025) == pytest.approx(9 / 12 * 8 + 3 / 12 * 12)
    assert calendar_year(september, 2026) is None
    assert calendar_year({date(2025, 12, 31): 5.0}, 2025) == 5.0
    assert calendar_year({}, 2025) is None


def test_that_a_year_of_52_weeks_that_runs_over_belongs_to_the_month_before() -> None:
    assert calendar_year({date(2026, 1, 3): 5.0}, 2025) == 5.0


def test_that_the_next_twelve_months_weigh_two_years_by_time() -> None:
    fiscal = {date(2017, 12, 31): 10.0, date(2018, 12, 31): 20.0}
    assert next_twelve_months(fiscal, date(2017, 6, 30)) == pytest.approx(15, abs=0.1)
    assert next_twelve_months(fiscal, date(2017, 12, 30)) == pytest.approx(20, abs=0.1)
    assert next_twelve_months(fiscal, date(2016, 6, 30)) is None
    assert next_twelve_months(fiscal, date(2018, 6, 30)) is None


@given(rows, st.floats(0.1, 1000))
def test_that_growth_does_not_depend_on_the_scale(given_rows: list[Row], factor: float) -> None:
    of = members(*given_rows)
    bigger = members(*[(s, n * factor, p, a, b) for s, n, p, a, b in given_rows])
    one, other = growth(of), growth(bigger)
    assert one.coverage.companies == other.coverage.companies
    assert one.coverage.weight_pct == pytest.approx(other.coverage.weight_pct)
    if abs(one.base_usd) > 1e-6 * float(np.nansum(np.abs(of.shares * of.base))):  # not the rest of a cancellation
        at_limit = one.growth_pct is None or other.growth_pct is None
        assert at_limit or same(one.growth_pct, other.growth_pct)


@given(rows, st.randoms())
def test_that_the_order_of_the_companies_does_not_matter(given_rows: list[Row], chance: object) -> None:
    shuffled = list(given_rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = growth(members(*given_rows)), growth(members(*shuffled))
    assert one.base_usd == pytest.approx(other.base_usd, abs=1e-3)
    assert one.next_usd == pytest.approx(other.next_usd, abs=1e-3)
    assert one.coverage == pytest.approx(other.coverage) or same(one.coverage.weight_pct, other.coverage.weight_pct)


@given(rows, st.data())
def test_that_coverage_never_falls_when_an_estimate_is_added(given_rows: list[Row], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(given_rows) - 1))
    s, n, p, a, b = given_rows[i]
    filled = [*given_rows[:i], (s, n, p, 1.0 if a != a else a, 1.0 if b != b else b), *given_rows[i + 1 :]]
    before, after = growth(members(*given_rows)).coverage, growth(members(*filled)).coverage
    assert after.companies >= before.companies
    assert after.weight_pct >= before.weight_pct - 1e-9


@given(rows)
def test_that_growth_means_nothing_at_a_base_that_is_not_positive(given_rows: list[Row]) -> None:
    found = growth(members(*given_rows))
    if found.base_usd <= 0:
        assert found.growth_pct is None
    if found.growth_pct is not None:
        assert same(found.growth_pct, 100 * (found.next_usd / found.base_usd - 1))


@given(rows)
def test_that_a_sector_and_the_rest_make_the_whole(given_rows: list[Row]) -> None:
    of = members(*given_rows)
    whole, rest = growth(of), growth(without_sector(of, "Energy"))
    energy = by_sector(of).get("Energy")
    if energy is None:
        assert rest == whole
    else:
        assert energy.base_usd + rest.base_usd == pytest.approx(whole.base_usd, abs=1e-3)
        assert energy.next_usd + rest.next_usd == pytest.approx(whole.next_usd, abs=1e-3)
        assert energy.coverage.companies + rest.coverage.companies == whole.coverage.companies


@given(rows)
def test_that_shares_of_coverage_and_losses_are_shares(given_rows: list[Row]) -> None:
    of = members(*given_rows)
    losing = loss_makers(of)
    for share in (coverage(of, of.covered).weight_pct, losing.number_pct, losing.weight_pct):
        assert share is None or -1e-9 <= share <= 100 + 1e-9


def test_that_growth_pct_knows_market_value_only_where_it_is_given() -> None:
    assert growth_pct(0.1, 0.2) == 100
    assert growth_pct(0.1, 0.2, market_value=100) is None
