"""Earnings of an index from the companies in its fund."""

from datetime import date
from typing import cast

import pytest

from models.pages.earnings import EX_ITEMS, EarningsChoice, Panel
from models.pages.earnings_build import build
from models.reader import Reader
from models.records import Estimate, Holding, Snapshot
from tests.models.pages.earnings_reader import InMemory
from tests.models.pages.test_earnings import at

DAY = date(2026, 6, 1)
CHOICE = EarningsChoice(small="russell-2000", large="sp-500", basis=EX_ITEMS, panel=Panel.SECTORS)


def holding(ticker: str, sector: str, shares: float = 10.0, price: float = 10.0) -> Holding:
    return Holding(ticker, ticker, sector, "Equity", market_value_usd=shares * price, shares=shares)


def years(ticker: str, *eps: float, vintage: date = DAY, month: int = 12) -> list[Estimate]:
    return [
        Estimate(ticker, "", f"FY{2025 + n}-{month:02}", EX_ITEMS, vintage, value, n > 0) for n, value in enumerate(eps)
    ]


SMALL = Snapshot(
    "IWM",
    date(2026, 5, 29),
    "gics",
    (
        holding("AAA", "Energy"),
        holding("BBB", "Health Care"),
        holding("CCC", "Health Care"),
        holding("DDD", "Industrials"),
    ),
)
LARGE = Snapshot("IVV", date(2026, 5, 29), "gics", (holding("XXX", "Energy"),))
HELD = [*years("AAA", 2.0, 3.0), *years("BBB", -1.0, 1.0), *years("CCC", 1.0, 1.0), *years("XXX", 10.0, 11.0)]


def reader(estimates: list[Estimate]) -> Reader:
    return cast(Reader, InMemory(estimates, snapshots=[SMALL, LARGE]))


def test_that_companies_are_summed_with_losses_and_coverage() -> None:
    page = build(reader(HELD), at(2026, 6, 10), CHOICE)
    assert page.sentence == "Small-cap profits are expected to grow 150% in 2026, against 10% for large caps."
    assert page.small is not None and page.small.years[0].eps == 50
    assert page.small.coverage_pct == 75
    assert "75% of market value, thin" in page.coverage
    assert page.small.vintage == DAY and not page.revisions and page.gaps[0].points == pytest.approx(140)


def test_that_lenses_show_losses_and_the_sector_that_moves_most() -> None:
    page = build(reader(HELD), at(2026, 6, 10), CHOICE)
    found = {row.sector: row.small.growth_pct for row in page.sectors if row.small is not None}
    assert found[""] == pytest.approx(150)
    assert found["Without loss-makers"] == pytest.approx(100 / 3)
    assert found["Without Health Care"] == pytest.approx(50)
    assert found["Health Care"] is None  # from nothing


def test_that_the_newest_consensus_known_counts() -> None:
    later = years("AAA", 2.0, 30.0, vintage=date(2026, 7, 1))
    page = build(reader([*HELD, *later]), at(2026, 6, 10), CHOICE)
    assert page.small is not None and page.small.vintage == DAY
    page = build(reader([*HELD, *later]), at(2026, 7, 10), CHOICE)
    assert page.small is not None and page.small.years[0].eps == 320


def test_that_fiscal_years_are_calendarised() -> None:
    june = [
        Estimate("AAA", "", f"FY{year}-06", EX_ITEMS, DAY, eps, True)
        for year, eps in ((2025, 2.0), (2026, 4.0), (2027, 6.0))
    ]
    page = build(reader(june), at(2026, 6, 10), CHOICE)
    assert page.small is not None
    assert (page.small.years[0].base, page.small.years[0].eps) == (30, 50)


def test_that_without_estimates_the_page_names_their_source() -> None:
    page = build(reader([]), at(2026, 6, 10), CHOICE)
    assert page.reason_empty.endswith("the DoltHub source brings them.") and not page.years


def test_that_a_fund_of_small_caps_stands_in_for_an_index_whose_own_is_not_held() -> None:
    page = build(reader(HELD), at(2026, 6, 10), EarningsChoice(basis=EX_ITEMS))
    assert page.small is not None and page.small.title == "IWM companies"
