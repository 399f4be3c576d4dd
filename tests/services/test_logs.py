"""What is written when the process is ended by a fault, and that the log is never a fault of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.logs import take_last_crash
from services.paths import logs_folder

ROOT = Path(__file__).resolve().parents[2]
CRASH = """
import os, signal, sys
from pathlib import Path
from services.logs import keep_logs
keep_logs(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGSEGV)
"""
WARNING = """
import logging, sys
from pathlib import Path
from services.logs import keep_logs
keep_logs(Path(sys.argv[1]))
logging.getLogger("here").warning("no room for this")
"""
FULL = Path("/dev/full")


@pytest.mark.skipif(sys.platform == "win32", reason="the crash is a signal")
def test_that_a_crash_leaves_a_trace_that_is_taken_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode < 0
    trace = take_last_crash(tmp_path)
    assert "Segmentation fault" in trace
    assert take_last_crash(tmp_path) == ""


def test_that_a_start_without_a_crash_has_no_trace(tmp_path: Path) -> None:
    assert take_last_crash(tmp_path / "nothing") == ""


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_that_a_log_without_room_is_silent(tmp_path: Path) -> None:
    logs_folder(tmp_path).mkdir()
    (logs_folder(tmp_path) / "aboutface.log").symlink_to(FULL)
    command = [sys.executable, "-c", WARNING, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
