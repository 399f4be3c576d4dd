"""Faults of the app itself are logged, shown once, and go back to Python's own hooks at the end."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, qWarning
from pytestqt.qtbot import QtBot

from ui.faults import Faults


@pytest.fixture
def faults(qapp: QCoreApplication) -> Iterator[Faults]:
    hooks = sys.excepthook, threading.excepthook
    taken = Faults()
    yield taken
    taken.remove()
    assert (sys.excepthook, threading.excepthook) == hooks


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_that_a_fault_is_logged_and_shown_once(faults: Faults, qtbot: QtBot, expect_log: Callable[[str], None]) -> None:
    expect_log("a fault in the app")
    traces: list[str] = []
    faults.happened.connect(traces.append)
    faults.install()
    for word in ("first", "second"):
        error = raised(ValueError(word))
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(traces))
    qtbot.wait(20)
    assert len(traces) == 1
    assert "ValueError: first" in traces[0]


def test_that_a_fault_in_a_thread_reaches_the_gui_thread(
    faults: Faults, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("a fault in the app")
    faults.install()

    def broken() -> None:
        raise RuntimeError("in a thread")

    worker = threading.Thread(target=broken)
    with qtbot.waitSignal(faults.happened) as caught:
        worker.start()
        worker.join()
    assert caught.args is not None
    assert "in a thread" in caught.args[0]


def test_that_an_interrupt_is_no_fault(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: given.append(kind))
    faults = Faults()
    faults.install()
    with qtbot.assertNotEmitted(faults.happened, wait=20):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    faults.remove()
    assert given == [KeyboardInterrupt]


@pytest.mark.expect_log("a word from Qt")
def test_that_what_qt_says_is_logged(faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "qt"):
        faults.install()
        qWarning("a word from Qt")
        faults.remove()
    assert ("qt", logging.WARNING, "a word from Qt") in caplog.record_tuples
