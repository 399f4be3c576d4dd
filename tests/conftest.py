"""What every test stands on: a profile of its own, Qt off screen, no network, and nothing left behind.

A test fails if it logs a warning that it did not expect, if it reaches for anything but this machine,
or if it leaves a thread, a running timer or a window.
"""

import gc
import ipaddress
import logging
import os
import re
import socket
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from hypothesis import settings
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

GRACE_S = 1.0

_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows that tests open")
    parser.addoption("--update-pictures", action="store_true", help="keep the pictures of the pages as they are now")


def pytest_configure(config: pytest.Config) -> None:
    # A busy machine is no fault of the code, and what a run finds must not depend on chance.
    settings.register_profile("project", deadline=None, derandomize=True)
    settings.register_profile("search", deadline=None, max_examples=2000)
    settings.load_profile("search" if os.environ.get("ABOUTFACE_SEARCH") else "project")
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns of any other encoding
    if not config.getoption("--onscreen"):
        for name in [name for name in os.environ if name.startswith("QT_")]:
            del os.environ[name]
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeats what failed before the tests, so that it is not lost above their output."""
    if failed := os.environ.get("ABOUTFACE_FAILED_CHECKS"):
        terminalreporter.write_line(f"FAILED before the tests: {failed}", red=True, bold=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


# --- a profile of its own --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: whatever a test writes where the user's files belong lands in here."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    for name in list(os.environ):
        if name.startswith("ABOUTFACE_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    folders = {"HOME": home, "USERPROFILE": home, "XDG_RUNTIME_DIR": runtime}
    folders |= {f"XDG_{kind}_HOME": home / kind.lower() for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    folders |= {name: home / name.lower() for name in ("APPDATA", "LOCALAPPDATA")}
    folders |= {f"WIN_PD_OVERRIDE_{name}": home / name.lower() for name in ("APPDATA", "LOCAL_APPDATA")}
    for name, folder in folders.items():
        monkeypatch.setenv(name, str(folder))
    return home


# --- log records -----------------------------------------------------------------------------------------------


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expect_log(request: pytest.FixtureRequest) -> Iterator[Callable[[str], None]]:
    """Call it (or mark the test `expect_log`) with a pattern that a warning or error of this test matches.

    Fails the test for a record of that weight that no pattern expects, and for a pattern that no record matches.
    """
    patterns = [pattern for marker in request.node.iter_markers("expect_log") for pattern in marker.args]
    warnings = _Warnings()
    logging.getLogger().addHandler(warnings)
    yield patterns.append
    logging.getLogger().removeHandler(warnings)
    if request.node.stash.get(_failed, False):
        return
    unexpected = [line for line in warnings.lines if not any(re.search(pattern, line) for pattern in patterns)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)
    missed = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in warnings.lines)]
    if missed:
        pytest.fail(f"expected log records did not come: {missed}", pytrace=False)


# --- the network -----------------------------------------------------------------------------------------------


def _is_this_machine(host: Any) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        address = ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback or address.is_unspecified


@pytest.fixture(scope="session")
def _reached() -> Iterator[list[str]]:
    """Hosts other than this machine that anything reached for; the attempts are refused."""
    reached: list[str] = []
    patch = pytest.MonkeyPatch()

    def guard(name: str) -> None:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if isinstance(address, tuple) and not _is_this_machine(address[0]):
                reached.append(f"{address[0]}:{address[1]}")
                raise ConnectionRefusedError(f"a test reached for {address}")
            return original(self, *arguments)

        patch.setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _is_this_machine(host):
            reached.append(str(host))
            raise socket.gaierror(socket.EAI_NONAME, f"a test looked up {host}")
        return look_up(host, *arguments, **named)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield reached
    patch.undo()


@pytest.fixture(autouse=True)
def _no_network(_reached: list[str]) -> Iterator[None]:
    _reached.clear()
    yield
    if _reached:
        pytest.fail(f"reached for {', '.join(dict.fromkeys(_reached))}; tests stay on this machine", pytrace=False)


# --- nothing left behind ---------------------------------------------------------------------------------------

_made: weakref.WeakKeyDictionary[QObject, str] = weakref.WeakKeyDictionary()


def _note_makers(of: type[QObject]) -> None:
    """Makes `of` note the line on which each of its objects is made."""
    original = of.__init__

    def make(self: QObject, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        caller = sys._getframe(1)
        _made[self] = f"{caller.f_code.co_filename}:{caller.f_lineno}"

    of.__init__ = make  # type: ignore[method-assign]


for _class in (QTimer, QThread, QThreadPool):
    _note_makers(_class)


def _is_busy(thing: QObject) -> bool:
    if not shiboken6.isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QThread):
        return thing.isRunning()
    return isinstance(thing, QThreadPool) and thing.activeThreadCount() > 0


def _busy(things: Iterable[tuple[QObject, str]]) -> list[str]:
    return [f"{type(thing).__name__} made at {where}" for thing, where in things if _is_busy(thing)]


def _threads(before: set[threading.Thread]) -> list[str]:
    """Threads started since, without the stand-ins that Python makes for the threads of Qt's pools."""
    now = set(threading.enumerate()) - before
    return [f"thread {thread.name}" for thread in now if not isinstance(thread, threading._DummyThread)]


def _windows(before: set[QWidget]) -> list[str]:
    new = [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None and widget not in before]
    return [f"window {widget.metaObject().className()} {widget.windowTitle()!r}" for widget in new]


def _wait_for(left: Callable[[], list[str]]) -> list[str]:
    """What is left after a moment for things that were told to stop."""
    deadline = time.monotonic() + GRACE_S
    while (names := left()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return names


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest, profile: Path) -> Iterator[None]:
    threads = set(threading.enumerate())
    windows = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    _made.clear()
    yield
    if request.node.stash.get(_failed, False):
        return
    left = _wait_for(lambda: _threads(threads))
    if QApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        things = [*_made.items(), (QThreadPool.globalInstance(), "the application")]
        left += _wait_for(lambda: _busy(things))
        if _windows(windows):
            gc.collect()  # a window that nobody holds but itself is not left, only not yet collected
        left += _windows(windows)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


# --- item models -----------------------------------------------------------------------------------------------


@pytest.fixture
def model_tester(qapp: QApplication) -> Iterator[Callable[[QAbstractItemModel], None]]:
    """Call it with an item model: from then on Qt checks each change of it, and a mistake ends the test run."""
    testers: list[QAbstractItemModelTester] = []

    def watch(model: QAbstractItemModel) -> None:
        testers.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal))

    yield watch
    testers.clear()
