"""The Earnings page in a real window: what is drawn, said and chosen there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models.pages.choice import Choice
from models.pages.earnings import EarningsChoice, Panel
from models.pages.earnings_build import accounts
from models.pages.earnings_build import page as build_page
from models.pages.leverage import LeveragePage
from models.qt.desk import Desk
from models.reader import Reader
from models.records import Estimate
from models.statements.leverage_claims import Debt, statement
from tests.models.explain.working import worked
from tests.models.pages.earnings_reader import InMemory, vintage
from tests.models.pages.test_earnings import held
from ui.pages.earnings_page import EarningsPage
from ui.theme import DARK, Theme

AUGUST = datetime(2017, 8, 1, 20, tzinfo=UTC)
JUNE = datetime(2017, 6, 16, 20, tzinfo=UTC)
Shown = Callable[..., QWidget]
Open = Callable[..., tuple[EarningsPage, Desk]]


@pytest.fixture
def opened(theme: Theme, shown: Shown) -> Open:
    """Call it with a moment and what is held: the page on the screen, redrawn when the desk changes."""

    def call(as_of: datetime, estimates: list[Estimate] | None = None, **fields: Any) -> tuple[EarningsPage, Desk]:
        reader = cast(Reader, InMemory(held() if estimates is None else estimates))
        desk = Desk(replace(Choice(as_of, is_live=False), **fields))
        page = EarningsPage(desk, theme)
        desk.changed.connect(lambda: page.show_page(build_page(reader, desk.choice)))
        page.show_page(build_page(reader, desk.choice))
        shown(page, 1356, 818)
        return page, desk

    return call


def test_that_the_sentence_and_the_bars_are_of_the_vintage(opened: Open) -> None:
    page, _ = opened(AUGUST)
    assert page.sentence_text().startswith("Small-cap profits are expected to grow 40% in 2017")
    groups = page.growth.chart.groups
    assert [group.label for group in groups] == ["2016", "2017E", "2018E"]
    assert [bar.is_estimate for bar in groups[1].bars] == [True, True]
    assert [group.is_strong for group in groups] == [False, True, False]


def test_that_bars_stand_on_zero_and_estimates_are_outlined(opened: Open) -> None:
    page, _ = opened(AUGUST)
    chart = page.growth.chart
    solid, hatched = chart.bar_rect(0, 0), chart.bar_rect(1, 0)
    zero = round(chart.y_of(0))
    assert solid.bottom() == zero and hatched.bottom() == zero
    assert hatched.height() == pytest.approx(solid.height() * 40 / 25, abs=2)
    picture = chart.grab().toImage()
    inside_solid = {picture.pixelColor(QPoint(int(solid.left()) + 4, int(solid.top()) + y)).name() for y in range(3, 9)}
    inside_hatched = {
        picture.pixelColor(QPoint(int(hatched.left()) + 4, int(hatched.top()) + y)).name() for y in range(3, 15)
    }
    assert len(inside_solid) == 1 and len(inside_hatched) > 2


def test_that_growth_that_means_nothing_has_words_and_no_bar(opened: Open) -> None:
    from_loss = vintage(date(2017, 7, 5), {"sp-600": {2016: -1.0, 2017: 5.0}, "sp-500": {2016: 100.0, 2017: 120.0}})
    page, _ = opened(AUGUST, from_loss)
    small, large = page.growth.chart.groups[0].bars
    assert (small.value, small.label, large.label) == (None, "NM", "+20")


def test_that_without_an_old_vintage_a_button_shows_the_next_marked(opened: Open) -> None:
    page, desk = opened(JUNE)
    assert page.sentence_text() == "No estimates dated on or before 16 Jun 2017. The next is 5 Jul 2017."
    assert page.starts.title.text() == "Starts on 5 Jul 2017"
    assert page.starts.isVisible() and not page.growth.isVisible()
    QTest.mouseClick(page.starts.later, Qt.MouseButton.LeftButton)
    assert desk.choice.later_data
    assert "\u25c6 Estimates dated 5 Jul, after as-of" in page.sentence_text()
    assert page.revisions.chart.lines[0].complete == (False, False, True)


def test_that_a_press_goes_to_the_first_vintage(opened: Open) -> None:
    page, desk = opened(JUNE)
    QTest.mouseClick(page.starts.there, Qt.MouseButton.LeftButton)
    assert desk.choice.as_of == datetime(2017, 7, 6, 13, tzinfo=UTC)  # Thursday, 09:00 New York
    assert page.growth.isVisible() and not page.starts.isVisible()


def test_that_a_single_vintage_says_so_and_where_the_next_is(opened: Open) -> None:
    page, desk = opened(datetime(2017, 7, 7, 20, tzinfo=UTC))
    assert page.revisions._only.isVisible()
    assert page.revisions._only.text().startswith(
        "Only the vintage of 5 Jul 2017 has 2017, so nothing was revised yet."
    )
    assert page.revisions.there.isVisible() and page.revisions.later.isVisible()
    low, high = page.revisions.chart.range()
    assert (low, high) == (95.0, 105.0)
    QTest.mouseClick(page.revisions.there, Qt.MouseButton.LeftButton)
    assert desk.choice.as_of > datetime(2017, 7, 7, 20, tzinfo=UTC)
    assert not page.revisions._only.isVisible()


def test_that_the_range_keeps_the_newest_years(opened: Open) -> None:
    page, _ = opened(AUGUST)
    assert page.range_preset == "10Y"
    page.set_range("1Y")
    assert [group.label for group in page.growth.chart.groups] == ["2018E"]
    page.set_range("All")
    assert [group.label for group in page.growth.chart.groups] == ["2016", "2017E", "2018E"]
    page.set_range("7Q")
    assert page.range_preset == "All"


def test_that_wide_figures_of_the_axis_are_not_cut(opened: Open) -> None:
    doubled = {"sp-600": {2016: 10.0, 2017: 55.0}, "sp-500": {2016: 100.0, 2017: 120.0}}
    page, _ = opened(AUGUST, vintage(date(2017, 7, 5), doubled))
    chart = page.growth.chart
    assert chart.plot().left() >= chart.look.width("axis", "+400%") + 8


def test_that_what_was_left_is_drawn_by_year_until_there_are_accounts(opened: Open) -> None:
    page, desk = opened(AUGUST)
    page.show_accounts(accounts(cast(Reader, InMemory(held())), desk.choice))
    assert page.behind.years.isVisible()
    assert [group.label for group in page.behind.years.groups] == sorted({left.year for left in page.page.left_years})  # type: ignore[union-attr]


def test_that_the_basis_is_chosen_on_the_desk(opened: Open) -> None:
    page, desk = opened(AUGUST)
    page.basis.chosen.emit("as_reported")
    assert desk.choice.on_page(EarningsChoice).basis == "as_reported"
    assert page.page is not None and page.page.small is not None
    assert page.page.small.years[-1].growth_pct == pytest.approx(50)


def test_that_sectors_take_the_place_of_the_loss_makers(opened: Open) -> None:
    page, _ = opened(AUGUST)
    assert not page.behind.table.isVisible()
    page.behind.panel_chosen.emit("sectors")
    assert page.behind.table.isVisible()
    texts = [text for text, _ in page.behind.table.table.texts(0)]
    assert texts == ["Whole index", "Energy"]


def test_that_the_run_is_bracketed(opened: Open) -> None:
    page, _ = opened(AUGUST)
    bracket = page.gap.chart.bracket
    assert bracket is not None and bracket.words == "four reported quarters ahead"
    assert [page.gap.chart.groups[p].tip[:6] for p in (bracket.first, bracket.last)] == ["2016Q1", "2016Q4"]


def test_that_arrow_keys_tell_the_figures_of_a_year(opened: Open) -> None:
    page, _ = opened(AUGUST)
    told: list[object] = []
    page.growth.chart.pointed.connect(told.append)
    QTest.keyClick(page.growth.chart, Qt.Key.Key_Right)
    assert told and "small $25.00 after $20.00" in told[0].tip  # type: ignore[attr-defined]


def test_that_the_page_fits_a_small_window_and_is_drawn_in_the_dark(opened: Open, theme: Theme) -> None:
    page, _ = opened(AUGUST)
    page.resize(820, 640)
    QApplication.processEvents()
    assert page.gap.geometry().left() == page.growth.geometry().left()
    assert page.revisions.geometry().top() >= page.growth.geometry().bottom()
    theme.choose(DARK)
    dark = page.growth.chart.grab().toImage()
    area = page.growth.chart.bar_rect(0, 0)
    assert dark.pixelColor(area.center().toPoint()).name() == theme.colour("small").name()


def test_that_the_year_of_the_revisions_is_chosen_and_remembered(opened: Open) -> None:
    page, desk = opened(AUGUST.replace(year=2018))
    card = page.revisions
    assert page.page is not None
    offered = [action.text() for action in card.year.menu().actions()]
    assert card.year.text() == page.page.revised_year
    other = next(text for text in offered if text != card.year.text())
    next(action for action in card.year.menu().actions() if action.text() == other).trigger()
    assert desk.choice.on_page(EarningsChoice).year == int(other)
    assert page.state()["year"] == int(other)
    page.restore({"year": "1999"})
    assert page.state()["year"] == int(other)


def test_that_the_title_of_the_revisions_fits_where_the_card_is_narrow(opened: Open) -> None:
    page, _ = opened(AUGUST.replace(year=2018))
    card = page.revisions
    page.resize(1052, 620)
    QApplication.processEvents()
    title = card._title
    assert page.page is not None
    assert title.text() in (page.page.revisions_title, page.page.revisions_short_title)
    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width()


def test_that_a_revision_is_explained_by_its_two_vintages(opened: Open) -> None:
    page, _ = opened(AUGUST.replace(year=2018))
    shown = page.revisions.chart.explanation()
    assert shown is not None
    left, right = worked(shown)
    assert left == pytest.approx(right, abs=0.06)


def test_that_accounts_are_added_a_moment_later(opened: Open) -> None:
    page, desk = opened(AUGUST)
    reader = cast(Reader, InMemory(held()))
    page.show_accounts(accounts(reader, desk.choice))
    assert "the SEC source brings them" in page.behind._note.text()


def test_that_the_selection_is_remembered(opened: Open) -> None:
    page, desk = opened(AUGUST)
    page.restore({"basis": "as_reported", "panel": "sectors"})
    assert desk.choice.on_page(EarningsChoice) == EarningsChoice(basis="as_reported", panel=Panel.SECTORS)
    assert page.state() == {
        "basis": "as_reported",
        "year": None,
        "panel": "sectors",
        "view": "indices",
        "company": "",
        "range": "10Y",
    }
    page.restore({"basis": "guess", "panel": 7})
    assert page.state() == {
        "basis": "as_reported",
        "year": None,
        "panel": "sectors",
        "view": "indices",
        "company": "",
        "range": "10Y",
    }


def test_that_leverage_stands_with_the_loss_makers_once_accounts_are_held(opened: Open) -> None:
    page, desk = opened(AUGUST)
    label = page.behind.leverage
    page.show_leverage(LeveragePage(desk.choice, None, None, (), "", "No company accounts are held."))
    assert not label.isVisible()
    small, large = Debt("IWM", 3.24, 88.0, date(2009, 12, 31)), Debt("IVV", 1.7, 40.0, date(2009, 12, 31))
    made = statement(small, large, date(2017, 6, 15))
    page.show_leverage(LeveragePage(desk.choice, None, None, (), "", statement=made))
    assert label.isVisible() and label.text() == (
        "Net debt of IWM's companies is 3.2 times EBITDA, of IVV's 1.7 (15 Jun 2017);"
        " 88th percentile since 2009, and nothing is filed from before 2009."
    )
