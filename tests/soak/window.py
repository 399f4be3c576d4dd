"""The real window in this process, driven without a test runner, and everything that it lets slip."""

import gc
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.lock import WriterLock
from services.settings import Settings
from services.sources.registry import SOURCES
from tests.soak.desk import NOW
from tests.ui.shell import context
from ui.app import App, application
from ui.memory import Memory

PATIENCE_S = 60.0
LONGEST_TURN_S = 0.2
_PACE_MS = 5
_HARMLESS = ("This plugin does not support",)


@dataclass
class Slips:
    """Exceptions and warnings that nobody took, and the longest work of the first thread between two turns."""

    said: list[str] = field(default_factory=list)
    longest_s: float = 0.0

    def assert_none(self) -> None:
        assert self.said == [], "\n".join(self.said[:5])


@contextmanager
def watching() -> Iterator[Slips]:
    """Takes what slips out of slots, threads, finalizers and Qt."""
    application([])
    slips = Slips()
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

    def caught(kind: Any, error: Any, trace: Any) -> None:
        slips.said.append("".join(traceback.format_exception(kind, error, trace)))

    def from_qt(kind: QtMsgType, _: object, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not text.startswith(_HARMLESS):
            slips.said.append(f"Qt: {text}")

    sys.excepthook = caught
    threading.excepthook = lambda of: caught(of.exc_type, of.exc_value, of.exc_traceback)
    sys.unraisablehook = lambda of: caught(of.exc_type, of.exc_value, of.exc_traceback)
    qInstallMessageHandler(from_qt)
    try:
        yield slips
    finally:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qInstallMessageHandler(None)
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


@contextmanager
def measured_turns(slips: Slips) -> Iterator[None]:
    """Notes how long the first thread works without coming back to its events, in processor time: load is no fault."""
    timer = QTimer(interval=_PACE_MS)
    before = time.thread_time()

    def turn() -> None:
        nonlocal before
        now = time.thread_time()
        slips.longest_s = max(slips.longest_s, now - before)
        before = now

    timer.timeout.connect(turn)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def only_cftc(**changes: Any) -> Settings:
    """A person who has agreed to downloads, of the CFTC's reports alone, when asked."""
    off = tuple(source.name for source in SOURCES if source.name != "cftc")
    return replace(Settings(has_consent=True, auto_refresh=False, sources_off=off), **changes)


@contextmanager
def window(
    profile: Path, mirror: str, *, now: datetime = NOW, settings: Settings | None = None, **options: Any
) -> Iterator[App]:
    """Open until the block ends, then taken apart in order; garbage is collected as in the app."""
    lock = None if options.get("is_locked") else WriterLock.acquire(profile)
    app = App(context(profile, now=now, mirror=mirror), settings or only_cftc(), lock=lock, **options)
    gc.disable()
    app.start()
    memory = Memory(app.keeper, app.refresher, app.window, app)
    try:
        yield app
    finally:
        memory.stop()
        app.stop()
        gc.unfreeze()
        gc.enable()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_until(condition: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, f"not in time: {what}"
        live_for(2)


def live_for(milliseconds: int) -> None:
    QTest.qWait(milliseconds)


def wait_for_page(app: App) -> None:
    wait_until(lambda: app.window.is_drawn and app.loader.is_settled, "the page")
    wait_until(lambda: app.updates.has_begun and app.updates.status.held is not None, "the state of the figures")


def refresh(app: App) -> None:
    """One refresh as F5 asks for it, to its end."""
    app.updates.refresh()
    wait_until(lambda: not app.refresher.is_running and app.jobs.is_idle, "the refresh")


def left_windows() -> list[str]:
    return [f"{type(one).__name__} {one.windowTitle()!r}" for one in QApplication.topLevelWidgets() if one.isVisible()]
