"""What the palette cannot say of Qt's own controls: outlines, corners and paddings.

Qt keeps several kilobytes for each widget that a style sheet reaches, whether a rule is about it or not. So there is
none for the application: `Theme.dress` gives each control the part that is about it.
"""

from collections.abc import Callable
from dataclasses import asdict
from string import Template

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui.resources.files import resource
from ui.tokens import LIGHT_TOKENS, Tokens

_BUTTON = """
QPushButton { background: $card; color: $ink; border: 1px solid $mute; border-radius: 5px; min-height: 28px;
  padding: 0 10px; font-size: ${px13}px; }
QPushButton:hover { background: $hov; }
QPushButton:pressed { background: $sel; }
QPushButton:disabled { color: $mute; border-color: $line2; }
QPushButton:focus { border: 2px solid $ink; min-height: 26px; padding: 0 9px; }
"""
_PRIMARY = """
QPushButton#primary { background: $ink; color: $card; border-color: $ink; font-weight: 600; }
QPushButton#primary:focus { border: 2px solid $mute; }
"""
_LINK = """
QPushButton#link { background: transparent; border: 0; padding: 0 4px; text-decoration: underline; }
QPushButton#link:hover { color: $ink2; }
QPushButton#link:focus { border: 2px solid $ink; padding: 0 2px; }
"""
_FIELD = """
QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit { background: $card; color: $ink; border: 1px solid $mute;
  border-radius: 5px; font-size: ${px13}px; selection-background-color: $sel; selection-color: $ink; }
QLineEdit, QSpinBox, QDoubleSpinBox { min-height: 28px; padding: 0 8px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 2px solid $ink; min-height: 26px; padding: 0 7px; }
QPlainTextEdit:focus { border: 2px solid $ink; }
QPlainTextEdit { padding: 4px; font-size: ${px12}px; }
"""
_DATE = """
QDateEdit { background: $card; color: $ink; border: 1px solid $mute; border-radius: 5px; padding: 0 8px;
  font-size: ${px13}px; selection-background-color: $sel; selection-color: $ink; }
QDateEdit:focus { border: 2px solid $ink; padding: 0 7px; }
QDateEdit::drop-down { border: 0; width: 24px; }
QDateEdit::down-arrow { image: url($down); width: 10px; height: 6px; }
"""
_PALETTE = """
QLineEdit#palette, QLineEdit#palette:focus { border: 0; background: transparent; padding: 0 15px;
  font-size: ${px16}px; }
"""
_LIST = """
QComboBox QAbstractItemView { background: $card; border: 1px solid $line2; outline: 0;
  selection-background-color: $sel; selection-color: $ink; }
QListView#options { background: $card; border: 0; outline: 0; }
"""
_CHECK = """
QCheckBox { spacing: 7px; color: $ink; font-size: ${px12}px; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid $mute; border-radius: 3px; background: $card; }
QCheckBox::indicator:checked { background: $ink; border-color: $ink; image: url($tick); }
QCheckBox::indicator:focus { border: 2px solid $ink; width: 11px; height: 11px; }
QCheckBox::indicator:checked:focus { border-color: $mute; }
QCheckBox:disabled { color: $mute; }
"""
_MENU = """
QMenu { background: $card; color: $ink; border: 1px solid $line2; padding: 4px; font-size: ${px13}px; }
QMenu::item { padding: 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: $sel; }
QMenu::item:disabled { color: $mute; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
"""
_BAR = """
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: $mute; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: 0;
  width: 0; height: 0; }
"""
_CALENDAR = """
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $card; }
QCalendarWidget QToolButton { background: transparent; color: $ink; border: 0; border-radius: 4px; padding: 4px 8px;
  font-weight: 600; }
QCalendarWidget QToolButton:hover { background: $hov; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView { background: $card; border: 0; outline: 0;
  selection-background-color: $ink; selection-color: $card; }
"""

_PARTS: tuple[tuple[type[QWidget], str], ...] = (
    (QPushButton, _BUTTON),
    (QCheckBox, _CHECK),
    (QMenu, _MENU),
    (QComboBox, _LIST + _BAR),
    (QLineEdit, _FIELD + _MENU),
    (QDateEdit, _FIELD + _DATE + _CALENDAR + _MENU),
    (QAbstractSpinBox, _FIELD + _MENU),
    (QPlainTextEdit, _FIELD + _MENU + _BAR),
)
"""What each control needs for itself and for what it opens: a list, a calendar, a menu."""

_NAMED = {"primary": _PRIMARY, "link": _LINK}
"""What buttons of these names need besides."""

_WHOLE = _BUTTON + _PRIMARY + _LINK + _FIELD + _PALETTE + _DATE + _LIST + _CHECK + _MENU + _BAR + _CALENDAR


def rules_for(widget: QWidget) -> str:
    """The rules for a control and what it opens; all of them for a dialog, for everything in it."""
    own = next((rules for kind, rules in _PARTS if isinstance(widget, kind)), "")
    return own + _NAMED.get(widget.objectName(), "") if own else _WHOLE


def style_sheet(rules: str, tokens: Tokens, pixels: Callable[[int], int]) -> str:
    """The rules in these colours; `pixels` gives a size of text at the chosen text size."""
    shade = "light" if tokens is LIGHT_TOKENS else "dark"
    pictures = {name: f'"{resource(f"{name}-{shade}.svg").as_posix()}"' for name in ("tick", "down")}
    sizes = {f"px{size}": pixels(size) for size in (12, 13, 16)}
    return Template(rules).substitute(asdict(tokens), **pictures, **sizes)
