"""The companies behind the indices in a real window: listed, searched, opened, and asked about."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.pages.company_build import page as build_companies
from models.pages.earnings import EX_ITEMS, EarningsChoice, Panel
from models.pages.earnings_build import page as build_page
from models.qt.desk import Desk
from models.reader import Reader
from models.records import Estimate
from tests.models.pages.earnings_reader import InMemory
from tests.models.pages.test_bottom_up import HELD, LARGE, SMALL, years
from tests.models.pages.test_company import quarter, year
from tests.models.pages.test_earnings import at
from ui.pages.earnings_page import COMPANIES, INDICES, EarningsPage
from ui.theme import Theme

Open = Callable[..., tuple[EarningsPage, Desk]]


@pytest.fixture
def opened(theme: Theme, shown: Callable[..., QWidget]) -> Open:
    """Call it with what is held: the page with both of its records, redrawn when the desk changes."""

    def call(*estimates: Estimate, **options: object) -> tuple[EarningsPage, Desk]:
        reader = cast(Reader, InMemory(estimates or HELD, snapshots=[SMALL, LARGE]))
        chosen = replace(EarningsChoice(small="russell-2000"), **options)  # type: ignore[arg-type]
        desk = Desk(replace(at(2026, 6, 10), pages=(chosen,)))
        page = EarningsPage(desk, theme)

        def show() -> None:
            page.show_page(build_page(reader, desk.choice))
            page.show_companies(build_companies(reader, desk.choice))

        desk.changed.connect(show)
        show()
        shown(page, 1356, 818)
        return page, desk

    return call


def test_that_enter_opens_the_company_under_the_cursor(opened: Open) -> None:
    page, desk = opened()
    page.search()
    assert page.view == COMPANIES
    QTest.keyClicks(page.companies.search, "bbb")
    QTest.keyClick(page.companies.search, Qt.Key.Key_Down)
    QTest.keyClick(page.companies.table, Qt.Key.Key_Return)
    assert desk.choice.on_page(EarningsChoice).company == "BBB"
    assert page.companies.sheet.title.text() == "BBB  BBB"
    assert page.companies.sheet.periods.rowCount() == 1  # the year that is over is not shown as an estimate


def test_that_without_any_estimate_the_sheet_says_who_brings_them(opened: Open) -> None:
    page, _ = opened(replace(HELD[0], subject="NOT-HELD"))
    page.search()
    assert "A refresh of DoltHub brings their consensus" in page.companies.sheet.notes.text()
    page, _ = opened()
    assert page.companies.sheet.notes.text() == "Double click a company, or press Enter on it."


def test_that_escape_clears_the_search_and_then_goes_back(opened: Open) -> None:
    page, _ = opened()
    page.search()
    QTest.keyClicks(page.companies.search, "bbb")
    assert page.companies.rows.rowCount() == 1
    QTest.keyClick(page.companies.search, Qt.Key.Key_Escape)
    assert page.companies.rows.rowCount() == 5
    QTest.keyClick(page.companies.search, Qt.Key.Key_Escape)
    assert page.view == INDICES


def test_that_a_sheet_shows_range_revisions_and_surprises(opened: Open) -> None:
    report = at(2026, 4, 28).as_of.date()
    page, _ = opened(
        year(2.0, 40),
        year(3.0, 5),
        quarter(0.5, report.replace(day=27), is_estimate=True),
        quarter(0.6, report, is_estimate=False),
        company="AAA",
    )
    sheet = page.companies.sheet
    texts = [sheet.periods.index(0, column).data() for column in range(6)]
    assert texts == ["year to Dec 2026", "3.00", "2.00", "4.00", "5", "+50.0%"]
    assert [sheet.surprises.index(0, column).data() for column in range(4)] == [
        "quarter to Mar 2026",
        "0.60",
        "0.50",
        "+0.10",
    ]


def test_that_a_company_without_analysts_says_so(opened: Open) -> None:
    page, _ = opened(company="DDD")
    assert page.companies.sheet.notes.text().startswith("No estimates of DDD are held")
    assert page.companies.sheet.periods.rowCount() == 0


def test_that_keyed_sources_are_offered_only_with_a_key(opened: Open) -> None:
    page, _ = opened(company="AAA")
    page.set_view(COMPANIES)
    buttons = page.companies.sheet.buttons
    assert not buttons["fmp"].isVisible()
    assert "once your own key is in the system's keyring" in page.companies.sheet.keys.text()
    page.show_keys({"alphavantage": True, "fmp": False})
    wanted: list[tuple[str, str]] = []
    page.company_wanted.connect(lambda source, ticker: wanted.append((source, ticker)))
    QTest.mouseClick(buttons["alphavantage"], Qt.MouseButton.LeftButton)
    assert wanted == [("alphavantage", "AAA")]
    assert not buttons["fmp"].isVisible()
    assert page.companies.sheet.keys.text().startswith("Financial Modeling Prep can be asked")


def test_that_the_view_and_the_company_are_remembered(opened: Open) -> None:
    page, desk = opened(company="AAA")
    page.search()
    state = page.state()
    other, desk = opened()
    other.restore(state)
    assert other.view == COMPANIES and desk.choice.on_page(EarningsChoice).company == "AAA"


def test_that_the_panel_tells_the_consensus_with_coverage_first(opened: Open) -> None:
    page, _ = opened(panel=Panel.CONSENSUS)
    rows = page.behind.measures.rows
    assert [rows.index(0, column).data() for column in range(3)] == ["Coverage", "75% / 75%, thin", "100% / 100%"]
    assert "by weight / by number" in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_growth_from_a_loss_tells_the_change_over_market_value(opened: Open) -> None:
    page, _ = opened(*years("AAA", -2.0, 3.0), *years("XXX", 10.0, 11.0), basis=EX_ITEMS)
    group = page.growth.chart.groups[0]
    assert group.bars[0].value is None and "+50.00% of market value" in group.tip
