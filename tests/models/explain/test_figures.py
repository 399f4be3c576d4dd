"""Figures of the other pages taken apart: the formula gives the figure."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models.calc.attribution import Contribution
from models.calc.credit import Reading
from models.calc.index_earnings import YearOnYear
from models.calc.leverage import Accounts, leverage
from models.calc.performance import LeagueRow
from models.calc.prices import Gap
from models.calc.streaks import Streak
from models.explain import figures as explain
from models.pages.earnings import ConsensusRow
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


def test_that_a_change_since_new_year_says_from_when() -> None:
    shown = explain.credit_change(credit(-0.13), -0.13, "this year")
    assert shown is not None
    assert shown.terms[1].when == "the last observation of the year before"


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


def test_that_a_streak_counts_the_sessions_that_rose() -> None:
    days = np.arange("2017-06-01", "2017-06-10", dtype="datetime64[D]")
    of = Streak(
        symbol="KRE",
        source="cboe",
        ups=2,
        of=4,
        frequency_pct=70.0,
        binomial_pct=68.0,
        up_share_pct=51.0,
        distribution_pct=np.array([5.0, 25.0, 40.0, 25.0, 5.0]),
        windows=1_000,
        first=date(2006, 6, 19),
        last=date(2017, 6, 9),
        days=days,
        signs=np.array([1, 1, 1, 1, 1, 0, -1, 1, 1])[-9:],
    )
    shown = explain.streak(of)
    assert worked(shown) == (2.0, 2.0)
    assert shown.worked == "0 + 0 + 1 + 1 = 2"
    assert ("Windows with as many or more", "70.0%") in [(term.name, term.value) for term in shown.terms]


def test_that_a_sector_is_weight_less_weight() -> None:
    shown = explain.sector_difference("Financials", 18.25, 14.0, "IWM and IVV")
    assert shown is not None
    assert worked(shown) == pytest.approx((4.25, 4.25))
    alone = explain.sector_difference("Financials", 18.25, None, "IWM")
    assert alone is not None
    assert (alone.value, alone.worked) == ("18.25%", "")
    assert explain.sector_difference("Financials", None, 14.0, "IWM and IVV") is None


def test_that_leverage_is_the_sum_of_debt_over_the_sum_of_earnings() -> None:
    accounts = Accounts(
        ticker=np.array(["A", "B", "C"]),
        sector=np.array(["Energy", "Energy", "Materials"]),
        debt_usd=np.array([40e9, 12e9, 9e9]),
        cash_usd=np.array([4e9, 2e9, 1e9]),
        ebitda_usd=np.array([10e9, -1e9, 4e9]),
    )
    found = leverage(accounts)
    assert (found.debt_usd, found.cash_usd, found.ebitda_usd) == (61e9, 7e9, 13e9)
    net = explain.leverage(found, "net", "Net debt \u00f7 EBITDA", "Companies of IWM")
    share = explain.leverage(found, "negative_ebitda_pct", "Negative EBITDA", "Companies of IWM")
    median = explain.leverage(found, "median", "Median", "Companies of IWM")
    assert net is not None and share is not None and median is not None
    left, right = worked(replace(net, worked=net.worked.partition(",")[0]))
    assert left == pytest.approx(right, abs=0.005)
    assert share.worked == "100 \u00d7 1 \u00f7 3 = 33.3%"
    assert median.worked == ""


def test_that_the_consensus_shows_the_sums_behind_its_growth() -> None:
    row = ConsensusRow(
        "Growth", "+20.0%", "\u2013", "On both", "next \u00f7 base", ("100 \u00d7 (12 \u00f7 10 \u2212 1) = +20.0%", "")
    )
    shown = explain.consensus(row, "Small caps", row.small, row.worked[0])
    assert worked(shown) == pytest.approx((20.0, 20.0))
    assert (shown.formula, shown.notes) == ("next \u00f7 base", ("On both",))
