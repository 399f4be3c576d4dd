"""Explain this number, in the real window: a table's cell, a verdict, the large number."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day
from models.formats import count, day
from models.names import Kind
from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page
from ui.app import App
from ui.charts.bar_chart import BarChart
from ui.charts.gap_line import GapLine
from ui.charts.sector_bars import SectorBars
from ui.charts.sector_history import HistoryChart
from ui.charts.share_bars import ShareBars
from ui.charts.streak_meter import StreakGrid
from ui.charts.ticks import day_of
from ui.charts.treemap_view import Treemap
from ui.charts.vintage_chart import VintageChart
from ui.dialogs.explain_dialog import ExplainDialog
from ui.pages.story_cells import MatrixCell
from ui.pages.story_panels import Panel


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    as_of = end_of_day(date(2017, 6, 16))
    with running(qtbot, context(tmp_path, as_of=as_of), Settings(start_page="positioning", seen_hints=True)) as started:
        wait_for_page(qtbot, started)
        with qtbot.waitActive(started.window):
            started.window.activateWindow()
        yield started


def explained(app: App) -> ExplainDialog:
    app.window.commands["explain"].trigger()
    return next(one for one in app.window.findChildren(ExplainDialog) if one.isVisible())


def said(dialog: ExplainDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_that_the_cell_in_the_focus_is_explained_with_its_numbers(app: App) -> None:
    page = app.window.page()
    table = page.latest.table
    column = next(at for at, one in enumerate(table.table.columns) if one.title == "2 weeks")
    table.setFocus()
    table.selectionModel().setCurrentIndex(table.model().index(0, column), QItemSelectionModel.SelectionFlag.Current)
    dialog = explained(app)
    row = page.page.latest[0]
    assert dialog.windowTitle().startswith("Change over two weeks: ")
    assert any(text.endswith(f"= {count(row.changes[1], signed=True)}") for text in said(dialog))
    assert "report of 30 May 2017" in said(dialog)
    dialog.close()


def test_that_a_row_explains_its_first_figure_where_the_cell_is_text(app: App) -> None:
    table = app.window.page().latest.table
    table.setFocus()
    table.selectionModel().setCurrentIndex(table.model().index(0, 0), QItemSelectionModel.SelectionFlag.Current)
    dialog = explained(app)
    assert dialog.windowTitle().startswith("Net: ")
    dialog.close()


def test_that_a_verdict_and_the_large_number_are_explained(app: App, qtbot: QtBot) -> None:
    app.window.show_page("story")
    page = wait_for_page(qtbot, app)
    app.window.top_bar.refresh.setFocus()
    dialog = explained(app)
    assert page.page.headline.lead in dialog.windowTitle()
    dialog.close()
    page.matrix._cells[0][1].setFocus()
    dialog = explained(app)
    assert any("dollars a point" in text or "%" in text or "contracts" in text for text in said(dialog))
    dialog.close()


def test_that_it_can_be_copied(app: App) -> None:
    dialog = explained(app)
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy").click()
    assert QApplication.clipboard().text().startswith("Net: ")
    dialog.close()


def test_that_a_right_click_on_a_cell_offers_it(app: App) -> None:
    table = app.window.page().latest.table
    at = table.visualRect(table.model().index(1, 3)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), event)
    menus = [menu for menu in app.window.findChildren(QMenu) if menu.isVisible()]
    assert menus[0].actions()[0] is app.window.commands["explain"]
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 3)
    menus[0].close()


def test_that_a_page_without_figures_in_the_focus_says_what_to_do(app: App, qtbot: QtBot) -> None:
    app.window.show_page("data")
    wait_for_page(qtbot, app)
    app.window.commands["explain"].trigger()
    assert not app.window.findChildren(ExplainDialog)
    assert "Ctrl+I" in " ".join(app.window.status_bar.texts())


def test_that_a_menu_shows_where_it_is_asked_for(app: App) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), app.window.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(app.window, event)
    menus = [menu for menu in app.window.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    menus[0].close()


@pytest.mark.parametrize(("kind", "title"), [(Kind.LEVEL, "Net on "), (Kind.STREAK, "in a row, to ")])
def test_that_levels_and_streaks_of_the_records_are_explained(app: App, qtbot: QtBot, kind: Kind, title: str) -> None:
    table = app.window.page().records.table
    with qtbot.waitSignal(table.model().modelReset):
        app.desk.choose(kind=kind)
    table.setFocus()
    table.selectionModel().setCurrentIndex(table.model().index(0, 0), QItemSelectionModel.SelectionFlag.Current)
    dialog = explained(app)
    assert title in dialog.windowTitle()
    dialog.close()


def test_that_the_week_at_the_cursor_of_a_chart_is_explained(app: App) -> None:
    stack = app.window.page().chart.stack
    stack.setFocus()
    stack.move_cursor(float(stack.content.days[-3]))
    dialog = explained(app)
    assert any(day(day_of(stack.content.days[-3])) in text for text in said(dialog))
    dialog.close()


def test_that_the_menu_of_a_chart_explains_what_is_pointed_at(app: App) -> None:
    card = app.window.page().chart
    card.stack.setFocus()
    card.menu.aboutToShow.emit()
    next(one for one in card.menu.actions() if one.text() == "Explain this number").trigger()
    dialog = next(one for one in app.window.findChildren(ExplainDialog) if one.isVisible())
    assert dialog.windowTitle().startswith("Net: ")
    dialog.close()


@pytest.mark.parametrize(
    ("page", "part", "title"),
    [
        ("sectors", SectorBars, "Weight, "),
        ("sectors", Treemap, "Weight"),
        ("sectors", HistoryChart, "Weight, "),
        ("earnings", VintageChart, "Revision of 2017: "),
        ("earnings", ShareBars, "Left of operating profit, "),
        ("earnings", BarChart, "Gap, "),
        ("market", StreakGrid, "Sessions up, "),
        ("market", GapLine, "Points since New Year: "),
        ("market", BarChart, "Points, 2017: "),
        ("story", MatrixCell, "Weight, Financials: "),
        ("story", Panel, "Weight, Financial"),
    ],
)
def test_that_figures_of_charts_and_claims_are_explained(
    app: App, qtbot: QtBot, page: str, part: type[QWidget], title: str
) -> None:
    app.desk.choose(later_data=True)  # no holdings are known as early as this
    app.window.show_page(page)
    shown = wait_for_page(qtbot, app)

    def parts() -> list[QWidget]:
        return [one for one in shown.findChildren(part) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(parts()))
    parts()[-1 if part is MatrixCell else 0].setFocus()
    dialog = explained(app)
    assert dialog.windowTitle().startswith(title)
    assert len(said(dialog)) > 3
    dialog.close()
