"""The companies behind the indices, and one of them opened."""

from datetime import date, timedelta
from typing import cast

import pytest

from models.pages.company import CompaniesPage
from models.pages.company_build import build, period_title
from models.pages.earnings import EX_ITEMS, EarningsChoice
from models.reader import Reader
from models.records import Estimate
from tests.models.pages.earnings_reader import InMemory
from tests.models.pages.test_bottom_up import HELD, reader, years
from tests.models.pages.test_earnings import at

TODAY = date(2026, 6, 10)


def opened(ticker: str, *estimates: Estimate) -> CompaniesPage:
    options = EarningsChoice(small="russell-2000", large="sp-500", company=ticker)
    return build(reader(list(estimates)), at(2026, 6, 10), options)


def year(eps: float, days_ago: int, analysts: int | None = 5, *, ticker: str = "AAA") -> Estimate:
    day = TODAY - timedelta(days=days_ago)
    return Estimate(ticker, "", "FY2026-12", EX_ITEMS, day, eps, True, eps + 1, eps - 1, analysts)


def quarter(eps: float, day: date, *, is_estimate: bool) -> Estimate:
    return Estimate("AAA", "", "FQ2026-03", EX_ITEMS, day, eps, is_estimate)


def test_that_companies_with_estimates_come_first_and_are_counted() -> None:
    page = opened("", *HELD)
    assert page.title == "4 of 5 companies with estimates"
    assert page.rows[-1].ticker == "DDD" and page.rows[-1].eps is None
    assert {row.ticker: row.fund for row in page.rows}["XXX"] == "IVV"


def test_that_revisions_are_over_thirty_sixty_and_ninety_days() -> None:
    page = opened("AAA", year(2.0, 70), year(2.5, 40), year(3.0, 5))
    assert page.opened is not None
    (row,) = page.opened.periods
    assert [round(change) if change is not None else None for change in row.revised_pct] == [20, 50, None]
    assert (row.high, row.low, row.analysts) == (4.0, 2.0, 5)
    assert row.vintage == TODAY - timedelta(days=5) and period_title(row) == "year to Dec 2026"


def test_that_a_surprise_is_against_the_consensus_before_the_report() -> None:
    report = date(2026, 4, 28)
    before = quarter(0.5, report - timedelta(days=1), is_estimate=True)
    page = opened("AAA", before, quarter(0.6, report, is_estimate=False))
    assert page.opened is not None
    (row,) = page.opened.surprises
    assert (row.difference, row.day) == (0.1, report) and row.share_pct == pytest.approx(20)


def test_that_a_company_without_estimates_says_so() -> None:
    page = opened("DDD", *HELD)
    assert page.opened is not None and not page.opened.periods and not page.opened.caption
    assert page.opened.notes[0].startswith("No estimates of DDD are held")


def test_that_few_analysts_and_young_estimates_are_marked() -> None:
    page = opened("AAA", year(2.0, 5, analysts=2))
    assert page.opened is not None
    assert page.opened.notes[0] == "Thin: 2 analysts at most, so one opinion moves the average."
    assert "revisions are not known yet" in page.opened.notes[1]
    assert next(row for row in page.rows if row.ticker == "AAA").is_thin


def test_that_an_old_consensus_says_its_age() -> None:
    page = opened("AAA", year(2.0, 150), year(2.0, 120))
    assert page.opened is not None
    assert "The newest estimate is 120 days old." in page.opened.notes


def test_that_what_came_later_is_not_seen() -> None:
    page = opened("AAA", year(2.0, 5), year(9.0, -3))
    assert page.opened is not None and page.opened.periods[0].eps == 2.0


def test_that_a_company_that_no_fund_holds_is_not_opened() -> None:
    assert opened("ZZZ", *years("ZZZ", 1.0, 2.0)).opened is None


def test_that_without_holdings_the_list_says_why_it_is_empty() -> None:
    page = build(cast(Reader, InMemory(HELD)), at(2026, 6, 10), EarningsChoice("russell-2000", "sp-500"))
    assert not page.rows and page.reason_empty.startswith("No holdings of the funds")
