"""Joined buttons, and the row that turns them into lists."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from models.pages.positioning import Option
from ui.theme import Theme
from ui.widgets.option_row import OptionControl, OptionRow
from ui.widgets.segmented import Segment, SegmentedControl

OPTIONS = (
    Option("a", "Contracts", False),
    Option("b", "$50 contracts", True),
    Option("c", "$ value", False, "Needs <prices>."),
)


@pytest.fixture
def control(theme: Theme, shown: Callable[..., QWidget]) -> SegmentedControl:
    made = SegmentedControl(theme, "Measure")
    made.show_options(OPTIONS)
    shown(made, 400, 40)
    return made


def segments(control: QWidget) -> list[Segment]:
    return control.findChildren(Segment)


def test_that_the_chosen_one_is_down_and_the_impossible_one_says_why(control: SegmentedControl) -> None:
    assert [segment.isChecked() for segment in segments(control)] == [False, True, False]
    assert [segment.isEnabled() for segment in segments(control)] == [True, True, False]
    assert "Needs &lt;prices&gt;." in segments(control)[2].toolTip()
    assert segments(control)[2].accessibleDescription() == "Needs <prices>."


def test_that_a_press_gives_the_value(control: SegmentedControl, qtbot: QtBot) -> None:
    with qtbot.waitSignal(control.chosen) as chosen:
        QTest.mouseClick(segments(control)[0], Qt.MouseButton.LeftButton)
    assert chosen.args == ["a"]
    assert control.value() == "a"


def test_that_a_press_on_an_impossible_one_gives_nothing(control: SegmentedControl, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(control.chosen):
        QTest.mouseClick(segments(control)[2], Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_that_fewer_options_leave_no_old_button(control: SegmentedControl) -> None:
    control.show_options(OPTIONS[:2])
    assert [segment.isHidden() for segment in segments(control)] == [False, False, True]
    control.set_value("a")
    assert control.value() == "a"


def test_that_a_row_turns_buttons_into_lists_where_room_is_short(
    theme: Theme, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    row = OptionRow(theme)
    first, second = OptionControl(theme, "First"), OptionControl(theme, "Second")
    for control in (first, second):
        control.show_options(OPTIONS)
        row.add(control)
    row.set_order([second, first])
    shown(row, 900, 50)
    lists = [control.findChildren(QComboBox)[0] for control in (first, second)]
    assert [combo.isVisible() for combo in lists] == [False, False]
    row.resize(first.width_needed(is_compact=False) + second.width_needed(is_compact=True) + 20, 50)
    assert [combo.isVisible() for combo in lists] == [False, True]
    assert lists[1].currentText() == "$50 contracts"
    with qtbot.waitSignal(second.chosen) as chosen:
        lists[1].activated.emit(0)
    assert chosen.args == ["a"]


def test_that_a_row_is_arranged_anew_for_another_text_size(theme: Theme, shown: Callable[..., QWidget]) -> None:
    row = OptionRow(theme)
    controls = [OptionControl(theme, name) for name in ("First", "Second")]
    for control in controls:
        control.show_options(OPTIONS)
        row.add(control)
    row.set_order(controls)
    shown(row, sum(control.width_needed(is_compact=False) for control in controls) + 14, 60)
    assert not any(control.findChildren(QComboBox)[0].isVisible() for control in controls)
    theme.choose(theme.mode, 130)
    assert controls[0].findChildren(QComboBox)[0].isVisible()
    assert all(control.geometry().right() <= row.width() for control in controls)
