"""The controls of the frame: as-of, market, banners, status bar, progress."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day
from models.freshness import NextReport, StatusLine
from models.qt.desk import Desk
from models.stepping import new_york_day
from tests.ui.paints import Paints
from ui.pages.registry import PAGES
from ui.theme import Theme
from ui.widgets.as_of_control import AsOfControl
from ui.widgets.banner import BannerAction, BannerStack, Message
from ui.widgets.market_picker import MarketPicker
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.rail import WIDTH, WIDTH_COMPACT, Rail
from ui.widgets.status_bar import StatusBar
from ui.widgets.text import tip

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)
Shown = Callable[..., QWidget]


@pytest.fixture
def as_of(theme: Theme, desk: Desk, shown: Shown) -> AsOfControl:
    desk.go_live()
    control = AsOfControl(theme, desk, lambda: NOW)
    shown(control, 400, 40)
    return control


def test_that_live_shows_today_in_new_york_and_cannot_step_forward(as_of: AsOfControl, desk: Desk) -> None:
    assert as_of.field.text() == "Sat 17 Jun 2017"
    assert as_of.field.accessibleName() == "As of Sat 17 Jun 2017, live"
    as_of.step_forward()
    assert desk.choice.is_live


def test_that_steps_rewind_the_desk_and_lead_back_to_live(as_of: AsOfControl, desk: Desk) -> None:
    as_of.step_back()
    assert (desk.choice.is_live, desk.choice.as_of) == (False, end_of_day(date(2017, 6, 9)))
    assert as_of.field.text() == "Fri 9 Jun 2017"
    assert as_of.field.outline == "flag"
    as_of.step_forward()
    assert new_york_day(desk.choice.as_of) == date(2017, 6, 16)
    as_of.step_forward()
    assert desk.choice.is_live
    as_of.month_back()
    assert new_york_day(desk.choice.as_of) == date(2017, 5, 17)


def test_that_home_returns_to_live(as_of: AsOfControl, desk: Desk, qtbot: QtBot) -> None:
    as_of.step_back()
    QTest.keyClick(as_of.field, Qt.Key.Key_Home)
    assert desk.choice.is_live


def test_that_later_data_can_be_shown_while_rewound_only(as_of: AsOfControl, desk: Desk) -> None:
    seen = []
    for act in (as_of.toggle_later, as_of.step_back, as_of.toggle_later, as_of.go_live):
        act()
        seen.append(desk.choice.later_data)
    assert seen == [False, False, True, False]


def typed(as_of: AsOfControl, qtbot: QtBot, text: str) -> None:
    as_of.open()
    assert as_of._popup is not None
    field = as_of._popup._field
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_a_day_can_be_typed(as_of: AsOfControl, desk: Desk, qtbot: QtBot) -> None:
    typed(as_of, qtbot, "22 nov 2016")
    assert desk.choice.as_of == end_of_day(date(2016, 11, 22))
    assert as_of._popup is not None
    assert as_of._popup.isHidden()


def test_that_today_is_live_as_there_is_nothing_later_to_leave_out(
    as_of: AsOfControl, desk: Desk, qtbot: QtBot
) -> None:
    as_of.step_back()
    typed(as_of, qtbot, "17 jun 2017")
    assert desk.choice.is_live


@pytest.mark.parametrize(
    ("text", "said"), [("soon", "not a day"), ("1 Jan 1970", "Choose a day"), ("2030-01-01", "to 17 Jun")]
)
def test_that_a_day_that_cannot_be_is_refused_and_nothing_changes(
    as_of: AsOfControl, desk: Desk, qtbot: QtBot, text: str, said: str
) -> None:
    before = desk.choice
    typed(as_of, qtbot, text)
    assert as_of._popup is not None
    assert said in as_of._popup._problem.text()
    assert as_of._popup.isVisible()
    assert desk.choice == before
    as_of._popup.close()


def test_that_a_market_is_found_by_typing_and_taken_with_enter(theme: Theme, shown: Shown, qtbot: QtBot) -> None:
    picker = MarketPicker(theme)
    shown(picker, 200, 40)
    picker.set_market("russell-2000")
    assert picker.text() == "Russell 2000"
    picker.open()
    assert picker._popup is not None
    field = picker._popup._field
    QTest.keyClicks(field, "treasury")
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.chosen) as caught:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["us-5y"]


def test_that_an_arrow_passes_over_headings(theme: Theme, shown: Shown, qtbot: QtBot) -> None:
    picker = MarketPicker(theme)
    shown(picker, 200, 40)
    picker.set_market("lean-hogs")
    picker.open()
    assert picker._popup is not None
    with qtbot.waitSignal(picker.chosen) as caught:
        QTest.keyClick(picker._popup._field, Qt.Key.Key_Down)
        QTest.keyClick(picker._popup._field, Qt.Key.Key_Return)
    assert caught.args == ["bitcoin"]


def test_that_one_problem_has_one_banner_and_its_buttons_act(theme: Theme, shown: Shown, qtbot: QtBot) -> None:
    stack, pressed = BannerStack(theme), []
    shown(stack, 800, 100)
    again = BannerAction("Try again", lambda: pressed.append("again"))
    stack.show_message("cftc", Message("Not refreshed.", "It failed.", (again,), details="HTTP 503"))
    stack.show_message("cftc", Message("Not refreshed.", "It failed twice.", (again,), details="HTTP 503"))
    stack.show_message("other", Message("", "Another matter."))
    assert list(stack.keys()) == ["cftc", "other"]
    banner = stack.banner("cftc")
    assert banner is not None
    assert banner.accessibleName() == "Not refreshed. It failed twice."
    buttons = {button.text(): button for button in banner.buttons()}
    buttons["Try again"].click()
    assert pressed == ["again"]
    buttons["Show details"].click()
    assert banner._details.isVisible()
    buttons["Copy"].click()
    assert "HTTP 503" in QApplication.clipboard().text()
    for key in ("cftc", "other"):
        stack.dismiss(key)
    assert stack.isHidden()


def test_that_text_from_outside_is_shown_as_it_is(theme: Theme, shown: Shown) -> None:
    stack = BannerStack(theme)
    shown(stack, 800, 100)
    stack.show_message("x", Message("<b>lead</b>", "<img src=x>"))
    banner = stack.banner("x")
    assert banner is not None
    formats = {label.textFormat() for label in banner.findChildren(QWidget) if hasattr(label, "textFormat")}
    assert formats == {Qt.TextFormat.PlainText}


def test_that_the_status_bar_gives_way_to_what_is_told(theme: Theme, shown: Shown) -> None:
    bar = StatusBar(theme)
    shown(bar, 900, 28)
    bar.show_lines(
        [StatusLine("COT 13 Jun, released 16 Jun 15:30 ET", "COT 13 Jun"), StatusLine("Late", "Late", True)],
        NextReport("Next COT report: ", "Fri 23 Jun 2017, 15:30 ET", " in 6 d 7 h"),
    )
    assert bar.texts() == ["COT 13 Jun, released 16 Jun 15:30 ET", "Late"]
    assert bar.next_text == "Next COT report: Fri 23 Jun 2017, 15:30 ET in 6 d 7 h"
    bar.set_compact(True)
    assert bar.texts() == ["COT 13 Jun", "Late"]
    bar.show_progress("Refreshing: CFTC")
    assert bar.texts() == ["Refreshing: CFTC"]
    bar.tell("Saved figures.csv.")
    assert bar.texts() == ["Saved figures.csv."]
    bar.show_progress("")
    bar._timer.stop()
    bar._on_told_long_enough()
    assert bar.texts() == ["COT 13 Jun", "Late"]


def test_that_progress_is_shown_source_by_source(theme: Theme, shown: Shown) -> None:
    host = QWidget()
    shown(host, 800, 400)
    panel = ProgressPanel(theme, host)
    panel.begin({"cftc": "CFTC", "cboe": "Cboe"})
    panel.show()
    assert [row.text for row in panel.rows.values()] == ["queued", "queued"]
    panel.step("cftc", "legacy futures", 0.5)
    panel.end_source("cboe", "Nothing new.")
    assert [row.text for row in panel.rows.values()] == ["legacy futures", "Nothing new."]
    assert panel._foot.text().startswith("1 of 2 done")
    panel.clear()
    assert panel.isHidden()
    assert not panel.rows


def test_that_a_step_paints_nothing_of_what_lies_under_the_panel(theme: Theme, shown: Shown, qtbot: QtBot) -> None:
    host = QWidget()
    page = QWidget(host)
    page.setGeometry(0, 0, 800, 400)
    panel = ProgressPanel(theme, host)
    panel.begin({"cftc": "CFTC", "cboe": "Cboe"})
    panel.show()
    shown(host, 800, 400)
    qtbot.wait(50)
    under, row = Paints(page), Paints(panel.rows["cftc"])
    panel.step("cftc", "legacy futures", 0.5)
    qtbot.waitUntil(lambda: row.count > 0)
    assert under.count == 0


def test_that_the_rail_keeps_its_names_when_it_is_narrow(theme: Theme, shown: Shown, qtbot: QtBot) -> None:
    rail = Rail(theme, PAGES)
    shown(rail, 84, 600)
    assert rail.width() == WIDTH
    rail.set_compact(True)
    assert rail.width() == WIDTH_COMPACT
    buttons = list(rail._buttons.values())
    assert [button.accessibleName() for button in buttons] == [entry.label for entry in PAGES]
    assert all(button.toolTip() == tip(button.text()) for button in buttons)
    assert all(button.sizeHint().width() >= 28 and button.sizeHint().height() >= 28 for button in buttons)
    with qtbot.waitSignal(rail.chosen) as caught:
        buttons[-1].click()
    assert caught.args == [PAGES[-1].name]
