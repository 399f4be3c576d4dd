"""The table of commands: no key twice, every command connected, letters that can be switched off."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import SPECS, Actions


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
