"""The guards of conftest.py, seen to fail the tests that they are there to fail."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

TESTS = """
import logging, socket, threading, time, warnings
import pytest
from PySide6.QtCore import QThreadPool, QTimer, qWarning
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

KEPT = []

def test_a_thread():
    threading.Thread(target=time.sleep, args=(2,), name="slow", daemon=True).start()

def test_a_thread_that_ends_in_time():
    threading.Thread(target=time.sleep, args=(0.1,)).start()

def test_a_timer(qtbot):
    KEPT.append(QTimer())
    KEPT[-1].start(1000)

def test_a_stopped_timer(qtbot):
    KEPT.append(QTimer())
    KEPT[-1].start(1000)
    KEPT[-1].stop()

def test_a_pool(qtbot):
    KEPT.append(QThreadPool())
    KEPT[-1].start(lambda: time.sleep(2))

def test_a_window(qtbot):
    KEPT.append(QWidget())

def test_a_window_that_is_closed(qtbot):
    KEPT.append(QWidget())
    qtbot.addWidget(KEPT[-1])
    KEPT[-1].show()

def test_a_window_that_holds_itself(qtbot):
    window = QWidget()
    window.itself = window

def test_a_log_record():
    logging.getLogger("here").warning("the archive is odd")

@pytest.mark.expect_log("is odd$")
def test_an_expected_log_record(expect_log):
    expect_log("is even$")
    logging.getLogger("here").warning("the archive is odd")
    logging.getLogger("here").error("the archive is even")

@pytest.mark.expect_log("is odd$")
def test_an_expected_log_record_that_does_not_come():
    pass

def test_a_connection():
    with socket.socket() as s, pytest.raises(OSError):
        s.connect(("192.0.2.1", 80))

def test_a_look_up():
    with pytest.raises(OSError):
        socket.create_connection(("example.org", 80))

def test_a_connection_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass

def test_a_warning():
    warnings.warn("old")

def test_a_warning_of_qt(qtbot):
    qWarning("odd")

def test_a_good_model(model_tester):
    model = QStandardItemModel()
    model_tester(model)
    model.appendRow([QStandardItem("x")])
"""

FAILURES = {
    "a_thread": "left behind: thread slow",
    "a_timer": r"left behind: QTimer made at .*test_guarded\.py:\d+",
    "a_pool": r"left behind: QThreadPool made at .*test_guarded\.py:\d+",
    "a_window": "left behind: window QWidget ''",
    "a_log_record": "unexpected log records",
    "an_expected_log_record_that_does_not_come": "expected log records did not come",
    "a_connection": r"reached for 192\.0\.2\.1:80",
    "a_look_up": r"reached for example\.org",
    "a_warning": "UserWarning: old",
    "a_warning_of_qt": "",
}


def run_tests(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Runs tests of this text under this project's guards and configuration."""
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_guarded.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_that_each_guard_fails_what_it_should_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    output = run_tests(tmp_path, TESTS).stdout
    failures = dict(re.findall(r"^(?:FAILED|ERROR) \S+::test_(\w+)(.*)$", output, re.MULTILINE))
    assert failures.keys() == FAILURES.keys(), output
    assert not [name for name, why in FAILURES.items() if not re.search(why, failures[name])], output


def test_that_a_model_that_breaks_its_promises_ends_the_run(tmp_path: Path) -> None:
    broken = """
from PySide6.QtCore import QStringListModel

class Broken(QStringListModel):
    def rowCount(self, parent=None):
        return -1

def test_a_broken_model(model_tester):
    model_tester(Broken())
"""
    done = run_tests(tmp_path, broken)
    assert done.returncode not in {0, 1}
    assert "test_a_broken_model" in done.stderr
