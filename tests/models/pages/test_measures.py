"""The companies' consensus in every usual way: growth, P/E, revisions, breadth, beats, coverage."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc.consensus import change_pct, in_order, surprises
from models.pages.earnings import EX_ITEMS, EarningsChoice, Panel
from models.pages.earnings_build import build
from models.pages.measures import Measures, measures
from models.records import Estimate
from tests.models.pages.test_bottom_up import HELD, SMALL, holding, reader, years
from tests.models.pages.test_earnings import at

TODAY = date(2026, 6, 10)
THREE = [*SMALL.holdings[:3]]


def of(*estimates: Estimate) -> Measures:
    return measures("IWM", THREE, in_order(estimates), TODAY)


def quarter(ticker: str, value: float, day: date, *, is_estimate: bool) -> Estimate:
    return Estimate(ticker, "", "FQ2026-03", EX_ITEMS, day, value, is_estimate)


def test_that_the_next_twelve_months_weigh_two_fiscal_years_by_time() -> None:
    found = of(*years("AAA", 1.0, 2.0, 4.0))
    share = (date(2026, 12, 31) - TODAY).days / 365.25
    assert found.ahead.next_usd == pytest.approx(10 * (share * 2 + (1 - share) * 4))
    assert found.ahead.base_usd == pytest.approx(10 * (share * 1 + (1 - share) * 2), rel=1e-3)


def test_that_price_earnings_are_harmonic_with_losses_and_without() -> None:
    found = of(*years("AAA", 1.0, 2.0), *years("BBB", 1.0, -1.0))
    assert found.of_year.with_losses == pytest.approx(200 / 10)
    assert found.of_year.ex_negative == pytest.approx(100 / 20)
    assert found.losses.number_pct == 50


def test_that_revisions_compare_the_companies_held_on_both_days() -> None:
    found = of(
        *years("AAA", 1.0, 2.0, vintage=TODAY - timedelta(days=45)),
        *years("AAA", 1.0, 3.0, vintage=TODAY - timedelta(days=5)),
        *years("BBB", 1.0, 9.0, vintage=TODAY - timedelta(days=5)),  # not covered before: no revision
    )
    by_days = {one.days: one for one in found.revised}
    assert by_days[30].growth.growth_pct == pytest.approx(50) and by_days[30].breadth == 1
    assert by_days[60].growth.coverage.companies == 0 and by_days[60].breadth is None


def test_that_a_beat_is_against_the_consensus_before_the_report() -> None:
    report = date(2026, 4, 28)
    found = of(
        *years("AAA", 1.0, 2.0),
        quarter("AAA", 0.50, report - timedelta(days=30), is_estimate=True),
        quarter("AAA", 0.60, report - timedelta(days=1), is_estimate=True),
        quarter("AAA", 0.55, report, is_estimate=False),
        quarter("BBB", 0.10, report - timedelta(days=1), is_estimate=True),
        quarter("BBB", 0.20, report, is_estimate=False),
        quarter("CCC", 0.20, report, is_estimate=False),
    )
    assert found.beats is not None
    assert (found.beats.companies, found.beats.beat_pct, found.beats.missed_pct) == (2, 50, 50)


def test_that_an_estimate_after_the_report_is_no_expectation() -> None:
    report = date(2026, 4, 28)
    late = quarter("AAA", 0.9, report + timedelta(days=3), is_estimate=True)
    found = surprises(in_order([quarter("AAA", 0.5, report, is_estimate=False), late]))
    assert found["AAA"][0].expected is None and found["AAA"][0].share_pct is None


@given(st.floats(0.1, 50), st.floats(-50, 50))
def test_that_a_smaller_loss_is_a_rise(before: float, after: float) -> None:
    found = change_pct(-before, after)
    assert found is not None
    assert (found > 0) == (after > -before) or after == -before


@given(st.permutations(THREE), st.floats(0.1, 100))
def test_that_neither_order_nor_scale_of_the_holdings_matters(order: list, scale: float) -> None:  # type: ignore[type-arg]
    held = in_order([*years("AAA", 1.0, 2.0), *years("BBB", -1.0, 1.0), *years("CCC", 1.0, 3.0)])
    scaled = [holding(one.ticker, one.sector, shares=10 * scale) for one in order]
    one, other = measures("IWM", THREE, held, TODAY), measures("IWM", scaled, held, TODAY)
    assert one.of_year.with_losses == pytest.approx(other.of_year.with_losses)
    assert one.coverage.weight_pct == pytest.approx(other.coverage.weight_pct)


def test_that_the_panel_shows_them_on_every_basis_with_coverage_marked() -> None:
    choice = EarningsChoice(small="russell-2000", large="sp-500", panel=Panel.CONSENSUS)
    page = build(reader(HELD), at(2026, 6, 10), choice)
    rows = {row.title: (row.small, row.large) for row in page.measures}
    assert rows["P/E 2026E, losses in"] == ("6.0\u00d7", "0.9\u00d7")
    assert rows["Coverage"] == ("75% / 75%, thin", "100% / 100%")
    assert rows["Beat / missed"] == ("\u2013", "\u2013")
    assert page.measures_note.startswith("Company consensus before one-off items, newest vintage 1 Jun 2026")


def test_that_growth_from_nothing_tells_the_change_over_market_value() -> None:
    choice = EarningsChoice(small="russell-2000", large="sp-500", basis=EX_ITEMS)
    held = [*years("AAA", -2.0, 3.0), *years("XXX", 10.0, 11.0)]
    page = build(reader(held), at(2026, 6, 10), choice)
    assert page.small is not None
    assert page.small.years[0].growth_pct is None
    assert page.small.years[0].change_of_value_pct == pytest.approx(50)


def test_that_without_companies_the_panel_says_who_brings_them() -> None:
    page = build(reader([]), at(2026, 6, 10), EarningsChoice("russell-2000", "sp-500", panel=Panel.CONSENSUS))
    assert not page.measures and page.measures_note.endswith("the DoltHub source brings them.")
