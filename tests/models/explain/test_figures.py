"""Figures of the other pages taken apart: the formula gives the figure."""

from dataclasses import replace
from datetime import date

import pytest

from models.calc.attribution import Contribution
from models.calc.credit import Reading
from models.calc.index_earnings import YearOnYear
from models.calc.performance import LeagueRow
from models.calc.prices import Gap
from models.explain import figures as explain
from models.pages.market import CreditRow
from models.pages.sectors import HoldingRow
from models.series import CREDIT
from tests.models.explain.working import worked


def credit(change: float) -> CreditRow:
    series = next(one for one in CREDIT.values() if one.in_basis_points)
    reading = Reading(
        date=date(2017, 6, 15),
        level=3.72,
        short=None,
        middle=change,
        long=None,
        year_to_date=None,
        one_year=None,
        percentile=12.0,
        below_pct=11.0,
        since=date(1996, 12, 31),
        observations=5000,
        deviation=None,
        direction=None,
    )
    return CreditRow(series, reading, False)


def test_that_a_spread_is_level_less_level_in_basis_points() -> None:
    shown = explain.credit_change(credit(-0.13), -0.13, "4 weeks")
    assert shown is not None
    left, right = (figure for figure in worked(shown))
    assert left == pytest.approx(-13)
    assert right == -13
    assert shown.value == "\u221213 bp"
    assert [term.value for term in shown.terms] == ["3.72", "3.85"]


def test_that_a_change_of_a_price_ratio_is_in_percent() -> None:
    row = credit(0.02)
    ratio = replace(row, series=next(one for one in CREDIT.values() if one.unit == "ratio"))
    shown = explain.credit_change(ratio, 0.02, "4 weeks")
    assert shown is not None
    assert worked(shown) == pytest.approx((0.54, 0.5), abs=0.01)


def test_that_an_unknown_change_is_not_explained() -> None:
    assert explain.credit_change(credit(0.0), None, "4 weeks") is None


def test_that_a_year_is_small_less_large() -> None:
    gap = Gap(date(2016, 12, 30), date(2017, 5, 31), 0.96, 7.73)
    shown = explain.year_gap(LeagueRow(5, 2017, gap, True), 29)
    left, right = worked(shown)
    assert left == pytest.approx(-6.77)
    assert right == pytest.approx(-6.8)
    assert shown.notes == ("5th of 29 years, from the worst for small caps.",)


def test_that_a_contribution_gives_the_weights_at_the_start() -> None:
    shown = explain.contribution(Contribution("Financials", 5.0, 0.9, 0.7, 0.2))
    assert shown is not None
    assert worked(shown) == pytest.approx((0.2, 0.2))
    values = {term.name: term.value for term in shown.terms}
    assert (values["Weight in small"], values["Weight in large"]) == ("18.00%", "14.00%")


def test_that_a_sector_without_a_return_is_not_explained() -> None:
    assert explain.contribution(Contribution("Other", None, None, None, None)) is None


def holding(value: float | None) -> HoldingRow:
    return HoldingRow("ABC", "ABC Corp", "Financials", "Financials", 0.25, value, 100.0, "abc")


def test_that_a_weight_is_a_share_of_all_equity() -> None:
    shown = explain.holding_weight(holding(2_500_000.0), "of IWM")
    assert shown.terms[1].value == "$1.0bn"
    assert worked(shown) == (0.25, 0.25)


def test_that_a_file_without_market_values_says_so() -> None:
    shown = explain.holding_weight(holding(None), "of IWM")
    assert shown.worked == ""
    assert "no market values" in shown.notes[0]


def test_that_growth_is_the_period_over_its_base() -> None:
    shown = explain.earnings_growth(YearOnYear("2017", 37.77, 25.66, 47.19, True), "S&P 600")
    assert shown is not None
    left, right = worked(shown)
    assert left == pytest.approx(right, abs=0.06)
    assert shown.terms[0].when == "estimate"


def test_that_a_growth_without_meaning_is_explained_as_such() -> None:
    shown = explain.earnings_growth(YearOnYear("2017", 3.0, -1.0, None, False, 0.4), "S&P 600")
    assert shown is not None
    assert (shown.value, shown.worked) == ("NM", "")
    assert len(shown.notes) == 2


def test_that_a_gap_needs_both_growths() -> None:
    small, large = YearOnYear("2017", 110.0, 100.0, 10.0, True), YearOnYear("2017", 104.0, 100.0, 4.0, True)
    shown = explain.growth_gap(small, large, "S&P 600 and S&P 500")
    assert shown is not None
    assert worked(shown) == (6.0, 6.0)
    assert explain.growth_gap(small, None, "") is None
