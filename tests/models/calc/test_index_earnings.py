from datetime import date

import pytest

from models.calc.index_earnings import (
    Gap,
    Table,
    YearOnYear,
    gaps,
    period_end,
    rebased,
    revisions,
    streak,
    tables,
)
from models.records import Estimate

DAY = date(2017, 7, 5)


def quarters(year: int, *values: float, actual: int = 4, vintage: date = DAY) -> list[Estimate]:
    return [
        Estimate("sp-600", "", f"{year}Q{q}", "operating", vintage, value, is_estimate=q > actual)
        for q, value in enumerate(values, start=1)
    ]


def annual(year: int, value: float, *, is_estimate: bool = False) -> Estimate:
    return Estimate("sp-600", "", str(year), "operating", DAY, value, is_estimate)


def test_that_a_year_is_the_sum_of_its_quarters() -> None:
    table = Table(DAY, [*quarters(2016, 1, 2, 3, 4), annual(2016, 99)])
    year = table.year(2016)
    assert year is not None and year.value == 10 and not year.is_estimate


def test_that_a_year_without_all_quarters_is_the_annual_figure() -> None:
    year = Table(DAY, [*quarters(2016, 1, 2, 3), annual(2016, 99)]).year(2016)
    assert year is not None and year.value == 99
    assert Table(DAY, quarters(2016, 1, 2, 3)).year(2016) is None


def test_that_a_year_is_an_estimate_as_soon_as_a_quarter_is() -> None:
    year = Table(DAY, quarters(2017, 1, 1, 1, 1, actual=3)).year(2017)
    assert year is not None and year.is_estimate


def test_that_growth_is_year_on_year_and_nm_from_a_loss() -> None:
    table = Table(DAY, [*quarters(2015, -2, 1, 1, -1), *quarters(2016, 1, 1, 1, 1), *quarters(2017, 2, 2, 2, 2)])
    assert [(g.period, g.growth_pct) for g in table.annual_growth()] == [("2016", None), ("2017", 100)]
    assert table.annual_growth()[0].is_nm
    by_quarter = {g.period: g.growth_pct for g in table.quarterly_growth()}
    assert by_quarter["2016Q1"] is None and by_quarter["2016Q2"] == 0 and by_quarter["2017Q4"] == 100


def test_that_vintages_and_bases_are_kept_apart() -> None:
    other = Estimate("sp-600", "", "2016", "as_reported", DAY, 5.0, is_estimate=False)
    later = quarters(2016, 2, 2, 2, 2, vintage=date(2018, 1, 1))
    found = tables([*later, *quarters(2016, 1, 1, 1, 1), other])
    assert [t.vintage.year for t in found["sp-600", "operating"]] == [2017, 2018]
    assert len(found["sp-600", "as_reported"]) == 1


def yoy(period: str, growth: float | None, *, is_estimate: bool = False) -> YearOnYear:
    return YearOnYear(period, 1.0, 1.0, growth, is_estimate)


def test_that_a_gap_needs_both_and_is_an_estimate_where_one_is() -> None:
    small = [yoy("2015", 5), yoy("2016", None), yoy("2017", 10)]
    large = [yoy("2016", 1), yoy("2017", 4, is_estimate=True)]
    assert gaps(small, large) == (Gap("2016", None, False), Gap("2017", 6, True))


def gap(period: str, points: float | None, *, is_estimate: bool = False) -> Gap:
    return Gap(period, points, is_estimate)


def test_that_the_streak_counts_reported_periods_only() -> None:
    run = streak([gap("2015Q3", -1), gap("2015Q4", 2), gap("2016Q1", 3), gap("2016Q2", -9, is_estimate=True)])
    assert run is not None and run.sign == 1 and run.periods == ("2015Q4", "2016Q1")


@pytest.mark.parametrize("breaker", [gap("2015Q4", None), gap("2015Q4", 0.0), gap("2015Q2", 4)])
def test_that_a_gap_that_means_nothing_or_is_missing_ends_the_streak(breaker: Gap) -> None:
    run = streak([gap("2015Q1", 5), breaker, gap("2016Q1", 3)])
    assert run is not None and run.periods == ("2016Q1",)


def test_that_there_is_no_streak_without_reported_gaps() -> None:
    assert streak([]) is None
    assert streak([gap("2017", 5, is_estimate=True)]) is None
    assert streak([gap("2016", 0.0)]) is None


def test_that_revisions_run_to_the_vintage_in_which_the_year_is_complete() -> None:
    vintages = [
        Table(date(2017, 7, 5), quarters(2017, 2, 2, 2, 2, actual=1)),
        Table(date(2017, 8, 1), []),
        Table(date(2017, 10, 19), quarters(2017, 2, 2, 1, 1, actual=2)),
        Table(date(2018, 4, 5), quarters(2017, 1, 1, 1, 1)),
        Table(date(2018, 9, 20), quarters(2017, 1, 1, 1, 1)),
    ]
    points = revisions(vintages, 2017)
    assert [(p.vintage.month, p.eps, p.is_complete) for p in points] == [(7, 8, False), (10, 6, False), (4, 4, True)]
    assert rebased(points) == (100, 75, 50)


def test_that_a_path_from_a_loss_cannot_be_rebased() -> None:
    points = revisions([Table(DAY, quarters(2017, -2, -2, -2, -2))], 2017)
    assert rebased(points) == (None,)


@pytest.mark.parametrize(
    ("period", "day"), [("2017", date(2017, 12, 31)), ("2017Q2", date(2017, 6, 30)), ("2020Q1", date(2020, 3, 31))]
)
def test_that_a_period_ends_on_its_last_day(period: str, day: date) -> None:
    assert period_end(period) == day
