"""What a person has arranged: remembered page by page, restored safely, and reset."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from services.settings import Settings, load
from tests.ui.shell import context, running, wait_for_page
from ui.app import App
from ui.main_window import SMALLEST
from ui.page_layout import arrange, arranged
from ui.theme import Theme
from ui.widgets.splitter import Splitter

START: dict[str, Any] = {"start_page": "positioning", "seen_hints": True}


def gap(app: App, name: str = "chart") -> Splitter:
    found: Splitter = app.window.page().findChild(Splitter, name)
    return found


def test_that_columns_gaps_and_range_are_there_at_the_next_start(tmp_path: Path, qtbot: QtBot) -> None:
    """Offline, as the offer to download would come and take some of the height at a moment of its own."""
    with running(qtbot, context(tmp_path, is_offline=True), Settings(**START)) as app:
        page = wait_for_page(qtbot, app)
        page.set_range("1Y")
        page.latest.table.setColumnWidth(0, 177)
        handle = gap(app).handle(1)
        handle.setFocus()
        QTest.keyClick(handle, Qt.Key.Key_Up)
        sizes = gap(app).sizes()
    settings, notices = load(tmp_path)
    assert not notices
    with running(qtbot, context(tmp_path, is_offline=True), settings) as app:
        page = wait_for_page(qtbot, app)
        assert page.range_preset == "1Y"
        assert page.latest.table.widths() == {"Group": 177}
        assert gap(app).sizes() == pytest.approx(sizes, abs=2)


def test_that_reset_gives_back_size_columns_gaps_and_range_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(**START)) as app:
        page = wait_for_page(qtbot, app)
        first = page.range_preset
        app.window.setGeometry(QRect(10, 10, 1200, 700))
        page.set_range("1Y")
        page.latest.table.setColumnWidth(0, 177)
        QTest.keyClick(gap(app).handle(1), Qt.Key.Key_Up)
        app.window.commands["reset_layout"].trigger()
        assert page.range_preset == first
        assert app.window.geometry() != QRect(10, 10, 1200, 700)
        assert not gap(app).is_moved
        assert arranged(page) == {"columns": {}, "left_out": {}, "gaps": {}}


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        {"columns": 3, "gaps": []},
        {"columns": {"Records": {"#": "wide", "Change": -5, "From": 10**9}}, "gaps": {"chart": [1, "x"]}},
        {"gaps": {"chart": [0, 0], "tables": [1, 2, 3]}},
        {"gaps": {"chart": [-1, 10**9]}},
    ],
)
def test_that_an_arrangement_that_makes_no_sense_is_not_taken(tmp_path: Path, qtbot: QtBot, state: Any) -> None:
    settings = Settings(**START, pages={"positioning": {"arranged": state}})
    with running(qtbot, context(tmp_path), settings) as app:
        page = wait_for_page(qtbot, app)
        assert arranged(page) == {"columns": {}, "left_out": {}, "gaps": {}}
        assert min(gap(app).sizes()) > 100


def test_that_a_gap_is_kept_in_proportion_on_a_window_of_another_size(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    splitter = Splitter(theme, "s", Qt.Orientation.Horizontal, (300, 100))
    splitter.setParent(host)
    splitter.add(QWidget(), QWidget())
    arrange(host, {"gaps": {"s": [200, 200]}})
    host.resize(900, 100)
    splitter.resize(812, 100)
    host.show()
    left, right = splitter.sizes()
    assert left + right == 800
    assert splitter.is_moved


def test_that_the_window_never_gets_smaller_than_it_can_be_read(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(**START, layout={"window": [0, 0, 100, 100]})) as app:
        wait_for_page(qtbot, app)
        assert app.window.width() >= SMALLEST[0]
        assert app.window.height() >= SMALLEST[1]


def test_that_a_very_wide_window_keeps_its_content_together(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(**START)) as app:
        page = wait_for_page(qtbot, app)
        app.window.resize(2400, 900)
        assert page.width() == 1760


def test_that_full_screen_and_back_keep_the_place(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(**START)) as app:
        wait_for_page(qtbot, app)
        app.window.setGeometry(QRect(30, 40, 1200, 700))
        app.window.commands["full_screen"].trigger()
        assert app.window.layout_state()["window"] == [30, 40, 1200, 700]
        app.window.commands["full_screen"].trigger()
        assert app.window.geometry() == QRect(30, 40, 1200, 700)
