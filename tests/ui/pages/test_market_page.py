"""The Market page in a real window: what is drawn, said and chosen there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.calc.leverage import Leverage
from models.calendars import end_of_day
from models.pages.choice import Choice
from models.pages.leverage import FundLeverage, LeveragePage
from models.pages.market import MarketChoice
from models.pages.market_build import page as build_page
from models.pages.market_build import with_sectors
from models.qt.desk import Desk
from models.reader import Reader
from models.windows import WindowKind, window
from tests.models.pages.price_reader import in_memory
from tests.models.pages.test_market import LAST, READER
from tests.ui.shell import WAIT_MS, context, running, wait_for_page
from ui.pages.market_page import MarketPage
from ui.pages.market_path import LINE, MONTHS, RATIO, SECTORS
from ui.theme import DARK, Theme

Shown = Callable[..., QWidget]
Open = Callable[..., tuple[MarketPage, Desk]]


@pytest.fixture
def opened(theme: Theme, shown: Shown) -> Open:
    """Call it with a day and what is held: the page on the screen, redrawn when the desk changes."""

    def call(day: date = LAST, reader: Reader = READER, **options: Any) -> tuple[MarketPage, Desk]:
        choice = Choice(end_of_day(day), is_live=False).with_page(MarketChoice(**options))
        desk = Desk(choice)
        page = MarketPage(desk, theme)
        desk.changed.connect(lambda: page.show_page(build_page(reader, desk.choice)))
        page.show_page(build_page(reader, desk.choice))
        shown(page, 1356, 824)
        return page, desk

    return call


def chosen(desk: Desk) -> MarketChoice:
    return desk.choice.on_page(MarketChoice)


def test_that_the_page_says_its_sentence_and_draws_every_card(opened: Open) -> None:
    page, _ = opened()
    assert page.page is not None
    assert page.sentence_text() == f"{page.page.sentence} {page.page.subtitle}"
    assert page.path.line.card == page.page.relative
    assert len(page.years.chart.groups) == len(page.years.table.table.texts(0))
    assert page.meter.grid.card == page.page.streaks
    assert page.spread.chart.content.keys == ("credit", "ratio")
    assert "" not in [chart.accessibleName() for chart in (page.path.line, page.years.chart, page.spread.chart)]
    assert "" not in [
        chart.accessibleDescription()
        for chart in (page.path.line, page.years.chart, page.meter.grid, page.meter.distribution, page.spread.chart)
    ]


def test_that_the_current_year_is_blue_and_named_and_the_worse_ones_are_darker(opened: Open) -> None:
    page, _ = opened()
    assert page.page is not None and page.page.league is not None
    worse = page.page.league.worse
    inks = {group.tip.split(" to ")[1][7:11]: group.bars[0] for group in page.years.chart.groups}
    assert (inks["2017"].ink, inks["2017"].label) == ("small", "2017")
    assert {year for year, bar in inks.items() if bar.ink == "ink2"} == {str(year) for year in worse}


def test_that_a_stretch_that_is_dragged_over_is_compared_over_the_years(opened: Open) -> None:
    page, desk = opened()
    line = page.path.line
    assert line.card is not None
    first, last = (line.point(place).toPoint() for place in (20, 60))
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(line, first + QPoint(12, 0))
    QTest.mouseMove(line, last)
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=last)
    made = chosen(desk).window
    days = line.card.path.date.tolist()
    assert made is not None and made.kind is WindowKind.SPAN and made.span == (days[20], days[60])
    assert page.years.title.text().startswith("Same stretch every year: ")
    assert page.years.windows.currentText() == made.title


def test_that_a_stretch_can_be_marked_by_key(opened: Open) -> None:
    page, desk = opened()
    line = page.path.line
    assert line.card is not None
    QTest.keyClick(line, Qt.Key.Key_Left)
    for _ in range(3):
        QTest.keyClick(line, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line, Qt.Key.Key_Return)
    days = line.card.path.date.tolist()
    found = chosen(desk).window
    assert found is not None and found.span == (days[-4], days[-1])


def test_that_the_crosshair_of_the_line_is_read_in_the_caption(opened: Open) -> None:
    page, _ = opened()
    quiet = page.path.caption.text()
    QTest.keyClick(page.path.line, Qt.Key.Key_Left)
    assert page.path.caption.text().startswith("19 Jun 2017: ")
    page.path.line.leaveEvent(None)  # type: ignore[arg-type]
    assert page.path.caption.text() == quiet


def test_that_a_window_is_chosen_from_the_list_or_typed(opened: Open) -> None:
    page, desk = opened()
    years = page.years
    years.windows.activated.emit(years.windows.findData("mtd"))
    assert chosen(desk).window == window("mtd")
    years.windows.activated.emit(years.windows.findData("other"))
    years.typed.setText("may-june")
    QTest.keyClick(years.typed, Qt.Key.Key_Return)
    assert chosen(desk).window == window("mtd")
    assert "'may-june' is no window" in years.caption.text() and years.typed.text() == "may-june"
    years.typed.setText("apr-may")
    QTest.keyClick(years.typed, Qt.Key.Key_Return)
    assert chosen(desk).window == window("apr-may")
    assert years.windows.currentText() == "April to May" and not years.typed.isVisible()
    years.windows.activated.emit(years.windows.findData(""))
    assert chosen(desk).window is None


def test_that_the_fund_of_the_distribution_is_pressed_in_the_grid(opened: Open) -> None:
    page, desk = opened()
    grid = page.meter.grid
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(1, 2).center().toPoint())
    assert chosen(desk).streak_focus == "KBE"
    assert page.meter.distribution.streak is not None and page.meter.distribution.streak.symbol == "KBE"
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert chosen(desk).streak_focus == "KRE"
    page.meter.sessions.setValue(5)
    assert chosen(desk).streak_sessions == 5
    assert page.meter.grid.card is not None and page.meter.grid.card.of == 5


def test_that_another_fund_joins_the_banks_in_the_meter(opened: Open) -> None:
    page, desk = opened()
    page.meter.funds.setCurrentIndex(page.meter.funds.findData("XLE"))
    page.meter.funds.activated.emit(page.meter.funds.currentIndex())
    assert chosen(desk).streak_funds == ("XLF", "KBE", "KRE", "XLE")
    assert page.meter.grid.card is not None and len(page.meter.grid.card.rows) == 4


def test_that_the_box_holds_the_counted_sessions_and_rises_are_filled(opened: Open, theme: Theme) -> None:
    page, _ = opened()
    grid = page.meter.grid
    assert grid.card is not None
    inside = [place for place in range(12) if grid.box().contains(grid.cell(0, place).center())]
    assert inside == list(range(3, 12))
    picture = grid.grab().toImage()
    ups = [place for place, sign in enumerate(grid.card.rows[0].signs) if sign == 1]
    corners = {
        place: picture.pixelColor(grid.cell(0, place).topLeft().toPoint() + QPoint(2, 2)).name() for place in range(12)
    }
    filled = [place for place, colour in corners.items() if colour == theme.tokens.small.lower()]
    assert filled == ups


def test_that_the_distribution_stands_on_its_axis_with_the_current_count_in_blue(opened: Open, theme: Theme) -> None:
    page, _ = opened()
    shown = page.meter.distribution
    assert shown.streak is not None
    bars = [shown.bar(place) for place in range(10)]
    assert len({bar.bottom() for bar in bars}) == 1
    most = int(shown.streak.distribution_pct.argmax())
    assert max(bar.height() for bar in bars) == bars[most].height()
    current = bars[shown.streak.ups]
    assert current.height() > 4
    colour = shown.grab().toImage().pixelColor(current.center().toPoint()).name()
    assert colour == theme.tokens.small.lower()


def test_that_a_series_is_chosen_in_the_table_of_credit(opened: Open) -> None:
    page, desk = opened()
    page.spread.table.row_chosen.emit(1)
    assert chosen(desk).credit == "fred:BAA10Y"
    assert page.spread.title.text() == "Baa spread"
    assert page.spread.series.currentData() == "fred:BAA10Y"


def test_that_a_pair_of_indices_has_no_total_return(opened: Open) -> None:
    page, desk = opened()
    page.pairs.activated.emit(page.pairs.findData("iwm/spy"))
    page.kinds.chosen.emit("total")
    assert (chosen(desk).small, chosen(desk).kind) == ("IWM", "total")
    page.pairs.activated.emit(page.pairs.findData("russell-2000/sp-500"))
    assert (chosen(desk).small, chosen(desk).kind) == ("RUT", "price")


def test_that_cards_without_data_say_why_and_the_others_stay(opened: Open) -> None:
    page, _ = opened(small="IWM", large="SPY")
    assert page.path.reason == page.years.reason
    assert "IWM" in page.path.reason or "Russell 2000" in page.path.reason
    assert page.path.content.isHidden() and not page.meter.content.isHidden()
    page.path.set_view(SECTORS)
    assert not page.path.content.isHidden() or page.path.reason


def test_that_without_any_data_every_card_has_its_reason(opened: Open) -> None:
    page, _ = opened(reader=in_memory((), ()))
    for card in (page.path, page.years, page.meter, page.spread):
        assert card.reason, card.title.text()
        assert card.content.isHidden()


def leverage_of(net: float, median: float, share_pct: float) -> FundLeverage:
    sums = {"debt_usd": 300e9, "cash_usd": 50e9, "ebitda_usd": 100e9}
    latest = Leverage(net, net + 1, net, median, share_pct, companies=700, of=900, outliers=(), **sums)
    return FundLeverage("IWM", date(2017, 6, 15), latest, {})


def test_that_leverage_is_drawn_from_zero_and_unknown_is_a_dash(opened: Open) -> None:
    page, desk = opened()
    small = leverage_of(2.5, -0.4, 31.0)
    page.show_leverage(LeveragePage(desk.choice, small, None, (), "IWM: 700 of 900 companies have accounts."))
    assert page.debt.reason == ""
    said = page.debt.bars.accessibleDescription()
    assert "small \u22120.4x, large \u2013" in said and "small 31%, large \u2013" in said
    QTest.keyClick(page.debt.bars, Qt.Key.Key_Down)
    QTest.keyClick(page.debt.bars, Qt.Key.Key_Down)
    shown = page.debt.bars.explanation()
    assert shown is not None
    assert shown.worked == "(300.0 \u2212 50.0) \u00f7 100.0 = 2.50x, amounts in billions of dollars"
    page.show_leverage(LeveragePage(desk.choice, None, None, (), "", "No company accounts are held."))
    assert page.debt.reason == "No company accounts are held."


def test_that_the_card_shows_the_ratio_the_months_and_the_sectors(opened: Open) -> None:
    page, desk = opened()
    page.path.set_view(RATIO)
    assert page.path.ratio is not None
    assert page.path.ratio.content.keys == ("ratio", "drawdown")
    page.path.set_view(MONTHS)
    assert page.path.months.gaps is not None
    assert page.path.title.text() == "Gap by month"
    QTest.keyClick(page.path.months, Qt.Key.Key_Left)
    assert page.path.caption.text().startswith("June 2017 so far: ")
    heard: list[str] = []
    page.view_changed.connect(heard.append)
    page.path.set_view(SECTORS)
    assert heard == [SECTORS] and page.view == SECTORS
    page.show_sectors(with_sectors(READER, desk.choice))
    assert len(page.path.sectors.groups) == 11
    assert " led in June" in page.path.caption.text()


def test_that_the_range_goes_to_every_time_axis_and_back_to_the_window(opened: Open) -> None:
    page, _ = opened()
    page.path.set_view(RATIO)
    heard: list[str] = []
    page.range_changed.connect(heard.append)
    page.set_range("1Y")
    assert page.range_preset == page.spread.chart.preset == "1Y"
    assert page.path.ratio is not None and page.path.ratio.preset == "1Y"
    assert set(heard) == {"1Y"}
    page.set_letter_keys(False)
    assert not page.spread.chart.has_letter_keys and not page.path.ratio.has_letter_keys


def test_that_a_page_takes_up_what_another_one_kept(opened: Open, theme: Theme) -> None:
    page, desk = opened()
    page.path.set_view(MONTHS)
    page.set_range("3Y")
    page.years.window_chosen.emit(window("jan-mar"))
    page.meter.sessions.setValue(7)
    page.spread.table.row_chosen.emit(1)
    other = Desk(replace(desk.choice, pages=()))
    again = MarketPage(other, theme)
    again.restore(page.state())
    assert chosen(other) == chosen(desk)
    assert again.state() == page.state()
    again.deleteLater()


@pytest.mark.parametrize("state", [{}, {"pair": 3, "window": "soon", "fund": "?", "sessions": "9", "view": "sky"}])
def test_that_a_state_that_cannot_be_read_changes_nothing(opened: Open, state: dict[str, Any]) -> None:
    page, desk = opened()
    before = desk.choice
    page.restore(state)
    assert desk.choice == before and page.view == LINE


@pytest.mark.parametrize(("width", "rows"), [(1356, 2), (1052, 3), (800, 5)])
def test_that_the_cards_fall_below_each_other_where_it_is_narrow(opened: Open, width: int, rows: int) -> None:
    page, _ = opened()
    page.resize(width, 640)
    QApplication.processEvents()
    cards = (page.path, page.years, page.meter, page.spread, page.debt)
    assert len({card.y() for card in cards}) == rows
    assert all(card.x() >= 0 and card.geometry().right() < width for card in cards)


def test_that_the_theme_can_change_while_the_page_is_shown(opened: Open, theme: Theme) -> None:
    page, _ = opened()
    theme.choose(DARK)
    edge = page.path.geometry().topLeft() + QPoint(4, page.path.height() // 2)
    assert page.grab().toImage().pixelColor(edge).name() == theme.tokens.card.lower()


def test_that_the_figures_of_each_chart_are_what_it_draws(opened: Open) -> None:
    page, _ = opened()
    assert page.page is not None and page.page.relative is not None and page.page.league is not None
    shown = page.path.line.figures()
    assert shown is not None and [row[1] for row in shown.rows] == page.page.relative.path.points.tolist()
    years = page.years.chart.figures()
    assert years is not None and [row[0].year for row in years.rows] == [2013, 2014, 2015, 2016, 2017]  # type: ignore[union-attr]
    sessions = page.meter.grid.figures()
    assert sessions is not None and sessions.headers == ("Session", "XLF", "KBE", "KRE") and len(sessions.rows) == 12
    months = page.path.months.figures()
    assert months is not None and len(months.rows) == len(page.page.months or ())


def test_that_a_zoom_of_the_page_can_be_taken_back(opened: Open) -> None:
    page, _ = opened()
    assert not page.undo_range()
    page.spread.chart.zoom(0.5)
    assert page.range_preset == ""
    assert page.undo_range() and page.range_preset == "All"
    assert page.redo_range() and page.range_preset == ""


def test_that_the_window_builds_each_record_of_the_page(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile)) as app:
        app.window.show_page("market")
        page = wait_for_page(qtbot, app)
        assert isinstance(page, MarketPage)
        assert page.page is not None and page.sentence_text().startswith(page.page.sentence)
        assert page.debt.reason == "No company accounts are held; the SEC source brings them."
        page.path.set_view(SECTORS)
        qtbot.waitUntil(lambda: app.loader.is_settled, timeout=WAIT_MS)
        assert page.path.caption.text()
        page.path.set_view(LINE)
