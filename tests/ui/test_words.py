"""Words of the frame, the menus and the dialogs can be translated; figures and files stay English.

The rule: a text written in these files that goes straight into a widget goes through `tr`.
"""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import Actions
from ui.words import CONTEXT

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "ui/actions.py",
    "ui/frame_commands.py",
    *(f"ui/widgets/{name}.py" for name in "as_of_popup frame_buttons hint_panel market_popup palette splitter".split()),
    "ui/widgets/top_bar.py",
    *(f"ui/dialogs/{name}_dialog.py" for name in "definitions explain fault fetch keys".split()),
    "ui/dialogs/sheet.py",
)
SINKS = frozenset(
    "setText setToolTip setWindowTitle setAccessibleName setPlaceholderText addAction addMenu add_button add_text "
    "QPushButton QCheckBox QAction Text Line QuietButton".split()
)
_TEXT_PLACE = {"Text": 3, "Line": 3}


def untranslated(source: str) -> list[str]:
    """Texts with letters that a call of a sink is given as they are."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in SINKS:
            given = node.args[_TEXT_PLACE.get(name, 0) :]
            texts = [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            found += [text for text in texts if any(letter.isalpha() for letter in text)]
    return found


@pytest.mark.parametrize("path", FILES)
def test_that_every_text_of_a_widget_can_be_translated(path: str) -> None:
    assert untranslated((ROOT / path).read_text("utf-8")) == []


def test_that_the_rule_finds_a_text_that_was_forgotten() -> None:
    assert untranslated('QPushButton("Close", self)\nlabel.setText(tr("Open"))') == ["Close"]
    assert untranslated('Text(theme, "body", "ink", "Shown", self)') == ["Shown"]


class _Shouting(QTranslator):
    """A language that is English in capitals."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, *_: object) -> str:
        return text.upper() if context == CONTEXT else text


def test_that_commands_speak_the_language_of_the_window(qtbot: QtBot) -> None:
    translator = _Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        actions = Actions(window)
        assert actions["refresh"].text() == "REFRESH"
        assert actions.tip("refresh") == "REFRESH (F5)"
    finally:
        QCoreApplication.removeTranslator(translator)
