"""Every control looks as the design has it, and no other widget pays for the style sheet that makes it so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProxyStyle,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page
from ui.app import App
from ui.dialogs.sheet import Sheet
from ui.pages.registry import PAGES
from ui.theme import DARK, LIGHT, Theme
from ui.tokens import DARK_TOKENS, LIGHT_TOKENS
from ui.widgets.combo import Combo
from ui.widgets.menu import Menu
from ui.widgets.text import set_tip

CONTROLS = (QPushButton, QLineEdit, QAbstractSpinBox, QCheckBox, QPlainTextEdit, QDialog)
MOST_DRESSED = 80


@pytest.fixture
def app(qtbot: QtBot, profile: Path) -> Iterator[App]:
    with running(qtbot, context(profile), Settings(seen_hints=True)) as made:
        for entry in PAGES:
            made.window.show_page(entry.name)
            wait_for_page(qtbot, made)
        yield made


def is_dressed(widget: QWidget | None) -> bool:
    """By a sheet of its own or of something that it stands in; a bar by its style."""
    if isinstance(widget, QScrollBar) and isinstance(widget.style(), QProxyStyle):
        return True
    return widget is not None and (bool(widget.styleSheet()) or is_dressed(widget.parentWidget()))


def test_that_no_control_of_any_page_is_left_undressed(app: App, qapp: QApplication) -> None:
    parts = app.window.findChildren(QWidget)
    controls = [one for one in parts if isinstance(one, CONTROLS)]
    bars = [bar for entry in PAGES for bar in _bars(app, entry.name)]
    assert len(controls) > 30 and bars
    assert [(type(one), one.accessibleName()) for one in controls + bars if not is_dressed(one)] == []
    assert [menu for menu in parts if isinstance(menu, QMenu) and not isinstance(_top(menu), Menu)] == []
    assert qapp.styleSheet() == ""


def _bars(app: App, page: str) -> list[QScrollBar]:
    """Those that are seen on a page."""
    app.window.show_page(page)
    QApplication.processEvents()
    return [bar for bar in app.window.findChildren(QScrollBar) if bar.isVisible()]


def _top(menu: QMenu) -> QWidget:
    """What a submenu belongs to: it is dressed with it."""
    above = menu.parentWidget()
    return _top(above) if isinstance(above, QMenu) else menu


def test_that_only_the_controls_pay_for_a_sheet(app: App) -> None:
    dressed = [one for one in app.window.findChildren(QWidget) if is_dressed(one) and not isinstance(one, QScrollBar)]
    assert len(dressed) < MOST_DRESSED


def test_that_a_question_in_a_dialog_wears_what_the_dialog_wears(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = Sheet(theme, "Title", holder)
    question = QMessageBox(QMessageBox.Icon.NoIcon, "", "?", QMessageBox.StandardButton.Ok, dialog)
    assert question.findChildren(QPushButton)
    assert all(map(is_dressed, question.findChildren(QPushButton)))


@pytest.mark.parametrize("kind", [QPushButton, QLineEdit, QCheckBox, QPlainTextEdit])
def test_that_a_switch_dresses_again_what_is_still_there(kind: type[QWidget], qtbot: QtBot) -> None:
    theme = Theme(LIGHT)
    kept, gone = theme.dress(kind()), theme.dress(kind())
    qtbot.addWidget(kept)
    assert LIGHT_TOKENS.ink in kept.styleSheet()
    gone.deleteLater()
    QApplication.processEvents()
    theme.choose(DARK)
    assert DARK_TOKENS.ink in kept.styleSheet() and LIGHT_TOKENS.ink not in kept.styleSheet()


def test_that_a_switch_leaves_alone_what_others_have_dressed(qtbot: QtBot) -> None:
    theme, other = Theme(LIGHT), QWidget()
    qtbot.addWidget(other)
    other.setStyleSheet("color: red")
    theme.dress(QPushButton(other))
    theme.choose(DARK)
    assert other.styleSheet() == "color: red"


def test_that_lists_and_menus_are_dressed_when_they_open(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    combo, menu = Combo(theme, "List", holder), Menu(theme, holder)
    combo.addItems(["One", "Two"])
    menu.addAction("One")
    assert not is_dressed(combo) and not is_dressed(menu)
    holder.show()
    combo.showPopup()
    assert is_dressed(combo.view())
    combo.hidePopup()
    menu.popup(QPoint(0, 0))
    assert is_dressed(menu)
    menu.close()


def test_that_a_tool_tip_shows_its_text_as_it_is_and_is_heard_without_markup(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, "Needs <prices>")
    assert "Needs &lt;prices&gt;" in widget.toolTip()
    assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description) == "Needs <prices>"
    set_tip(widget, "")
    assert widget.toolTip() == ""
