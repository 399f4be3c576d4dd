"""The table of commands: no key twice, every command connected, letters that can be switched off."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import SPECS, Actions, ActionSpec, Section


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_that_no_key_is_given_twice(qapp: QCoreApplication) -> None:
    keys = [QKeySequence(key).toString() for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_that_a_name_is_given_once_and_a_title_says_what_is_done() -> None:
    names = [spec.name for spec in SPECS]
    assert len(names) == len(set(names))
    assert all(spec.title for spec in SPECS)


def test_that_letters_can_be_switched_off_and_on_again(window: QWidget) -> None:
    actions = Actions(window)
    actions.allow_letters(False)
    assert actions["release_back"].shortcuts() == []
    assert actions["refresh"].shortcuts() == [QKeySequence("F5"), QKeySequence("Ctrl+R")]
    actions.allow_letters(True)
    assert actions["release_back"].shortcuts() == [QKeySequence("[")]


def test_that_a_letter_acts_but_a_text_field_goes_first(window: QWidget, qtbot: QtBot) -> None:
    actions, pressed = Actions(window), []
    actions.on("release_back", lambda: pressed.append("["))
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.setFocus()
    QTest.keyClicks(window, "[")
    assert pressed == ["["]
    field.setFocus()
    QTest.keyClicks(field, "[")
    assert (pressed, field.text()) == (["["], "[")


def test_that_every_command_is_in_one_menu(window: QWidget) -> None:
    actions, menu = Actions(window), QMenu(window)
    actions.fill_sections(menu)
    parts = [entry.menu() for entry in menu.actions()]
    listed = [action.objectName() for part in parts if isinstance(part, QMenu) for action in part.actions()]
    assert [entry.text() for entry in menu.actions()] == list(Section)
    assert sorted(listed) == sorted(spec.name for spec in actions)


def test_that_a_command_that_nothing_answers_is_named(window: QWidget) -> None:
    actions = Actions(window)
    actions.on("refresh", lambda: None)
    actions.add(ActionSpec("more", "One more"), lambda: None)
    assert set(actions.orphans) == {spec.name for spec in SPECS} - {"refresh"}


def test_that_a_command_that_cannot_run_is_greyed_out(window: QWidget) -> None:
    actions, can_run = Actions(window), [False]
    actions.on("find", lambda: None, lambda: can_run[0])
    actions.update_states()
    assert not actions["find"].isEnabled()
    can_run[0] = True
    actions.update_states()
    assert actions["find"].isEnabled()


def test_that_a_tool_tip_names_the_key(window: QWidget) -> None:
    actions = Actions(window)
    assert actions.tip("refresh") == "Refresh (F5)"
    assert actions.tip("about") == "About Aboutface"


def test_that_a_key_of_a_part_is_shown_and_not_listened_to(window: QWidget) -> None:
    actions = Actions(window)
    assert actions["range_3y"].shortcuts() == []
    assert actions["range_3y"].text() == "Range: 3 years\t3"
    assert actions.spec("whole_range").key_text == "Ctrl+0"
