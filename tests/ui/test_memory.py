"""Garbage is collected on the GUI thread only, and a refresh gives back what it took."""

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.memory import Memory


@pytest.fixture
def without_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


class Ring:
    """Only a collector can end it."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread()))


@pytest.fixture
def memory(qtbot: QtBot, profile: Path, without_collector: None) -> Iterator[Memory]:
    """Of a window that has come to rest."""
    with running(qtbot, context(profile, is_offline=True)) as app:
        wait_for_page(qtbot, app)
        made = Memory(app.keeper, app.refresher, app.window, app)
        made.settle()
        yield made
        made.stop()


def test_that_garbage_of_another_thread_ends_on_the_gui_thread(qtbot: QtBot, memory: Memory) -> None:
    ended: list[threading.Thread] = []
    worker = threading.Thread(target=lambda: [Ring(ended) for _ in range(100)])
    worker.start()
    worker.join()
    memory.tidy()
    wait_until(qtbot, lambda: len(ended) == 100)
    assert set(ended) == {threading.main_thread()}


def test_that_what_a_page_opened_later_leaves_is_given_back(qtbot: QtBot, memory: Memory) -> None:
    ended: list[threading.Thread] = []
    Ring(ended)
    memory.settle_soon()
    wait_until(qtbot, lambda: bool(ended))


def test_that_a_page_once_opened_is_not_looked_at_again(qtbot: QtBot, memory: Memory) -> None:
    kept = [Ring([])]
    before = gc.get_freeze_count()
    memory.settle_soon()
    wait_until(qtbot, lambda: gc.get_freeze_count() > before)
    assert not any(one is kept[0] for one in gc.get_objects())


def test_that_a_refresh_that_ends_at_the_start_is_tidied_up_after_when_all_is_loaded(
    qtbot: QtBot, profile: Path, without_collector: None
) -> None:
    """Before that all objects of the start would be looked through, which takes 0.1 s and more."""
    ended: list[threading.Thread] = []
    with running(qtbot, context(profile, is_offline=True)) as app:
        wait_for_page(qtbot, app)
        memory = Memory(app.keeper, app.refresher, app.window, app)
        Ring(ended)
        app.refresher.ended.emit(())
        qtbot.wait(100)
        assert ended == []
        memory.settle()
        Ring(ended)
        app.refresher.ended.emit(())
        wait_until(qtbot, lambda: len(ended) == 1)
        memory.stop()


def test_that_much_garbage_is_collected_before_any_refresh_ends(qtbot: QtBot, memory: Memory) -> None:
    ended: list[threading.Thread] = []
    for _ in range(50_000):
        Ring(ended)
    wait_until(qtbot, lambda: len(ended) == 50_000)
