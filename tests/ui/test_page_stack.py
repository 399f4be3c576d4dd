"""Pages are made step by step when they are first shown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui.paints import Paints
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.app import App
from ui.pages.placeholder import Placeholder
from ui.pages.registry import PAGES


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    with running(qtbot, context(tmp_path), Settings(seen_hints=True)) as app:
        wait_for_page(qtbot, app)
        yield app


def test_that_a_page_is_not_made_in_the_turn_that_shows_it(app: App, qtbot: QtBot) -> None:
    made: list[str] = []
    app.window.pages.made.connect(lambda name, _: made.append(name))
    app.window.show_page("sectors")
    assert app.window.page() is None and made == []
    assert isinstance(app.window.pages.currentWidget(), Placeholder)
    assert wait_for_page(qtbot, app) is app.window.pages.currentWidget()
    assert made == ["sectors"]


def test_that_a_page_left_before_it_is_made_is_made_all_the_same_and_stays_behind(app: App, qtbot: QtBot) -> None:
    for entry in reversed(PAGES):
        app.window.show_page(entry.name)
    app.window.show_page("check")
    check = wait_for_page(qtbot, app)
    wait_until(qtbot, lambda: all(app.window.page(entry.name) is not None for entry in PAGES))
    assert app.window.page_name == "check"
    assert app.window.pages.currentWidget() is check
    for entry in PAGES:
        app.window.show_page(entry.name)
        assert wait_for_page(qtbot, app) is app.window.pages.currentWidget()


def test_that_a_page_that_cannot_be_made_is_tried_again_when_it_is_next_shown(app: App, qtbot: QtBot) -> None:
    entries = app.window.pages._entries
    entry = entries["sectors"]
    for _ in range(2):
        entries["sectors"] = replace(entry, widget="no_such_module:Page")
        with qtbot.captureExceptions() as caught:
            app.window.show_page("sectors")
            wait_until(qtbot, lambda: bool(caught))
        assert caught[0][0] is ModuleNotFoundError
        app.window.show_page("story")
    entries["sectors"] = entry
    app.window.show_page("sectors")
    assert wait_for_page(qtbot, app) is app.window.pages.currentWidget()


def test_that_what_was_to_be_done_on_a_page_is_forgotten_with_another_page(app: App, qtbot: QtBot) -> None:
    done: list[str] = []
    app.window.open_page("market", lambda _: done.append("market"))
    app.window.show_page("story")
    wait_until(qtbot, lambda: app.window.page("market") is not None)
    app.window.show_page("market")
    wait_for_page(qtbot, app)
    qtbot.wait(50)
    assert done == []


def test_that_a_window_is_closed_while_a_page_is_being_made(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(seen_hints=True)) as app:
        wait_for_page(qtbot, app)
        app.window.show_page("earnings")


def test_that_a_record_is_taken_in_and_painted_in_turns_of_their_own(app: App, qtbot: QtBot) -> None:
    paints = Paints(app.window.page().chart)
    model = app.loader.model(PAGES[0].parts[0])
    qtbot.wait(50)
    paints.count = 0
    model.show(model.page)
    app.window.event(QEvent(QEvent.Type.UpdateRequest))
    assert paints.count == 0
    wait_until(qtbot, lambda: paints.count > 0)
