"""The tokens keep the contrasts that the design asks for, and a switch reaches everything."""

import ast
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import ui
from ui.stylesheet import rules_for, style_sheet
from ui.theme import DARK, LIGHT, ROLES, Theme
from ui.tokens import DARK_TOKENS, LIGHT_TOKENS, Tokens

TEXT = ("ink", "ink2", "ink3", "small", "large", "flag")
GROUNDS = ("card", "win", "sel")


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_that_text_can_be_read_on_every_ground(tokens: Tokens, ground: str) -> None:
    low = {name: contrast(getattr(tokens, name), getattr(tokens, ground)) for name in TEXT}
    assert not {name: ratio for name, ratio in low.items() if ratio < 4.5}


@pytest.mark.parametrize("tokens", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
def test_that_marks_and_outlines_can_be_seen(tokens: Tokens) -> None:
    assert min(contrast(tokens.mute, getattr(tokens, ground)) for ground in GROUNDS) >= 3.0
    assert contrast(tokens.small, tokens.smallT) >= 4.5
    assert contrast(tokens.flag, tokens.flagT) >= 4.5
    assert contrast(tokens.ink, tokens.flagT) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
def test_that_a_filled_control_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.card, tokens.ink) >= 4.5


def test_that_small_and_large_differ_in_lightness_or_hue_without_red_and_green() -> None:
    for tokens in (LIGHT_TOKENS, DARK_TOKENS):
        small, large = QColor(tokens.small), QColor(tokens.large)
        assert abs(small.hslHueF() - large.hslHueF()) > 0.3


def test_that_fonts_have_figures_of_one_width_and_follow_the_text_size(qapp: QApplication) -> None:
    theme = Theme(LIGHT)
    tag = QFont.Tag("tnum")
    assert all(theme.font(role).featureValue(tag) == 1 for role in ROLES)
    assert theme.font("body").pixelSize() == 13
    theme.choose(LIGHT, 130)
    assert theme.font("body").pixelSize() == 17
    assert min(size for size, _ in ROLES.values()) == 11


def test_that_a_switch_is_announced_once_and_dresses_the_application(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(LIGHT)
    theme.apply()
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.is_dark))
    theme.choose(DARK)
    theme.choose(DARK)
    assert heard == [True]
    assert qapp.palette().window().color() == QColor(DARK_TOKENS.win)
    theme.choose(LIGHT)
    assert qapp.palette().window().color() == QColor(LIGHT_TOKENS.win)
    assert qapp.styleSheet() == ""


def test_that_the_style_sheet_uses_tokens_alone(qapp: QApplication) -> None:
    """A colour that is not a token would be the same in light and dark."""
    sheet = style_sheet(rules_for(QDialog()), DARK_TOKENS, lambda size: size)
    found = {
        word.strip("; ,}").upper() for word in sheet.split() if word.startswith("#") and len(word.strip("; ")) == 7
    }
    assert found <= {value.upper() for value in asdict(DARK_TOKENS).values()}


def test_that_the_interface_is_set_in_inter_in_four_weights(qtbot: QtBot) -> None:
    widths = {
        QFontMetricsF(Theme(LIGHT).font(role)).horizontalAdvance("0123") / ROLES[role][0]
        for role in ("body", "header", "body_strong", "lead")
    }
    assert QFontInfo(Theme(LIGHT).font("body")).family() == "Inter"
    assert len(widths) == 4


def test_that_only_copies_of_shared_colours_are_changed() -> None:
    """`qcolour` gives everybody the same object."""
    changed = 0
    for file in sorted(Path(ui.__file__).parent.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            made = {
                target.id
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
                if isinstance(node.value.func, ast.Name) and node.value.func.id == "QColor"
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and node.attr in {"setAlpha", "setAlphaF", "setRgb", "setHsv"}:
                    changed += 1
                    assert isinstance(node.value, ast.Name) and node.value.id in made, f"{file.name}:{node.lineno}"
    assert changed
