from datetime import date
from typing import cast

import pytest

from models.calc.index_earnings import Streak, YearOnYear
from models.names import Verdict
from models.pages.earnings import EarningsChoice
from models.pages.earnings_build import build
from models.pages.earnings_report import brief, statements, story
from models.reader import Reader
from models.statements.earnings_claims import (
    EarningsClaim,
    EarningsMeasure,
    Growths,
    growth_statement,
    judge,
    run_statement,
)
from tests.models.pages.earnings_reader import InMemory
from tests.models.pages.test_earnings import at, held


def growth(pct: float | None, *, is_estimate: bool = True) -> YearOnYear:
    return YearOnYear("2017", 37.8, 25.6, pct, is_estimate)


def growths(small: YearOnYear | None, large: YearOnYear | None, *, is_later: bool = False) -> Growths:
    day = date(2017, 7, 13)
    return Growths("2017", "operating", "S&P", "S&P 600", "S&P 500", small, large, day, "2009", is_later)


def test_that_a_sentence_names_basis_publisher_and_vintage() -> None:
    made = growth_statement(growths(growth(47.2), growth(19.9)))
    assert made.sentence == (
        "Profits of S&P 600 companies are expected to grow 47% in 2017, S&P 500 20% (operating, S&P, 13 Jul 2017)."
    )
    assert made.verdict is Verdict.TRUE and made.is_estimate and made.sample_start == "2009"


@pytest.mark.parametrize(
    ("small", "words"),
    [
        (growth(-12.0), "are expected to fall 12% in 2017"),
        (growth(12.0, is_estimate=False), "grew 12% in 2017"),
        (growth(-12.0, is_estimate=False), "fell 12% in 2017"),
        (growth(None), "so growth means nothing"),
    ],
)
def test_that_actual_and_estimate_are_told_apart(small: YearOnYear, words: str) -> None:
    assert words in growth_statement(growths(small, growth(5.0, is_estimate=False))).sentence


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (growths(None, growth(5)), "no_data"),
        (growths(growth(5), None), "no_data"),
        (growths(growth(None), growth(5)), "not_meaningful"),
        (growths(growth(5), growth(5), is_later=True), "later_data"),
    ],
)
def test_that_what_cannot_be_shown_says_why(found: Growths, reason: str) -> None:
    made = growth_statement(found)
    assert (made.verdict, made.reason) == (Verdict.UNKNOWN, reason)
    claim = EarningsClaim(EarningsMeasure.GROWTH, 2017, 5, 6)
    assert judge(claim, made) == (Verdict.UNKNOWN, reason)


def test_that_a_claimed_figure_is_judged_on_the_basis() -> None:
    made = growth_statement(growths(growth(47.2), growth(19.9)))
    assert judge(EarningsClaim(EarningsMeasure.GROWTH, 2017, 5.65, 5.75), made)[0] is Verdict.FALSE
    assert judge(EarningsClaim(EarningsMeasure.GROWTH, 2017, 46.5, 47.5), made)[0] is Verdict.TRUE
    assert judge(EarningsClaim(EarningsMeasure.RATIO, 2017, 0.45, 0.55), made)[0] is Verdict.FALSE
    assert judge(EarningsClaim(EarningsMeasure.LAG, 2017, 3, 3), made) == (Verdict.UNKNOWN, "no_data")


def test_that_years_behind_are_a_run() -> None:
    found = growths(growth(47), growth(20))
    made = run_statement(found, Streak(-1, ("2013", "2014", "2015")))
    assert made is not None and made.value == -3 and made.since == "2013"
    assert made.sentence == (
        "S&P 600 profits lagged those of the S&P 500 in three years in a row, 2013 to 2015"
        " (operating, S&P, 13 Jul 2017)."
    )
    assert judge(EarningsClaim(EarningsMeasure.LAG, 2015, 3, 3), made)[0] is Verdict.TRUE
    assert judge(EarningsClaim(EarningsMeasure.LAG, 2015, 4, 4), made)[0] is Verdict.FALSE
    assert run_statement(found, None) is None


def test_that_the_story_has_both_bases_and_nothing_later() -> None:
    reader = cast(Reader, InMemory(held()))
    told = story(reader, at(2017, 10, 1, later_data=True))
    assert {made.basis for made in told} == {"operating", "as_reported"}
    assert all(made.date == date(2017, 7, 5) for made in told)
    assert story(reader, at(2017, 6, 16, later_data=True)) == ()
    assert brief(reader, at(2017, 6, 16)) is None


def test_that_later_data_give_no_verdict() -> None:
    page = build(cast(Reader, InMemory(held())), at(2017, 6, 16, later_data=True), EarningsChoice())
    assert statements(page)
    assert {made.reason for made in statements(page)} == {"later_data"}


def test_that_the_brief_has_rows_and_sentences() -> None:
    made = brief(cast(Reader, InMemory(held())), at(2017, 10, 1))
    assert made is not None and made["year"] == 2017 and made["streak_quarters"] == 4
    rows = made["rows"]
    assert isinstance(rows, list) and rows[-1]["is_estimate"] is True
