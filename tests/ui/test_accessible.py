"""The pages for those who do not see them, or need larger letters: names, summaries, and no text cut off."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPropertyAnimation, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui.scaled import cut_off
from tests.ui.shell import context, running, wait_for_page
from ui.app import App
from ui.charts.chart import Chart
from ui.pages.registry import PAGES

ROOT = Path(__file__).resolve().parents[2]
NAMES = [entry.name for entry in PAGES]


@pytest.fixture
def app(qtbot: QtBot, profile: Path) -> Iterator[App]:
    with running(qtbot, context(profile), Settings(seen_hints=True)) as made:
        wait_for_page(qtbot, made)
        yield made


def pages(app: App, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    for name in NAMES:
        app.window.show_page(name)
        page = wait_for_page(qtbot, app)
        QApplication.processEvents()
        yield name, page


def test_that_every_control_that_takes_the_focus_has_a_name(app: App, qtbot: QtBot) -> None:
    nameless: list[str] = []
    for name, _ in pages(app, qtbot):
        for widget in app.window.findChildren(QWidget):
            takes_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            if widget.isVisible() and takes_tab and not widget.objectName().startswith("qt_"):
                said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                if not (said or widget.accessibleName()) and type(widget).__name__ != "QScrollArea":
                    nameless.append(f"{name}: {type(widget).__name__} {widget.objectName()} in {type(widget.parent())}")
    assert nameless == []


def test_that_every_chart_has_a_title_and_says_its_figures_in_words(app: App, qtbot: QtBot) -> None:
    found = 0
    for name, page in pages(app, qtbot):
        for chart in page.findChildren(Chart):
            if chart.isVisible() and chart.figures() is not None:
                found += 1
                assert chart.accessibleName(), f"{name}: {type(chart).__name__}"
                assert re.search(r"\d", chart.accessibleDescription()), f"{name}: {type(chart).__name__}"
    assert found >= 10


@pytest.mark.parametrize(("size", "percent"), [((1440, 900), 100), ((1100, 700), 100), ((1440, 900), 130)])
def test_that_no_label_and_no_button_is_cut_off(app: App, qtbot: QtBot, size: tuple[int, int], percent: int) -> None:
    """At 130 % a letter of 13 pixels has 17: the system's four points more."""
    app.theme.choose("light", percent)
    app.window.resize(*size)
    assert [f"{name}: {said}" for name, page in pages(app, qtbot) for said in cut_off(page)] == []


@pytest.mark.parametrize(
    ("scale", "more_points"),
    [(1.25, 0), (1.5, 0), (1.75, 0), (2.0, 0), (1.0, 4)],
    ids=["125 %", "150 %", "175 %", "200 %", "four points more"],
)
def test_that_nothing_is_cut_off_on_another_display(profile: Path, scale: float, more_points: int) -> None:
    """Each scale, and a system with larger letters, in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    command = [sys.executable, "-m", "tests.ui.scaled", str(profile), str(more_points)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["scale"] == scale
    assert found["cut"] == []


def test_that_nothing_moves_by_itself(app: App, qtbot: QtBot) -> None:
    """No animation anywhere, so that there is nothing to reduce."""
    for _ in pages(app, qtbot):
        assert not app.window.findChildren(QPropertyAnimation)
