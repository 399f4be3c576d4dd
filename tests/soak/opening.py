"""The real program opened, refreshed and closed at random moments: it ends with 0, soon, and says nothing."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from services import settings as settings_files
from services.paths import archive_path
from tests.soak.desk import NOW, assert_sound, evening, publish, small_cftc, week
from tests.soak.effort import Effort
from tests.soak.window import only_cftc

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = 100
LONGEST_S = 2.0
_PATIENCE_S = 90

# As `main` runs it, with a hand that presses F5 at the first paint and closes the window some milliseconds later.
PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
import main, ui.app

class Hasty(ui.app.App):
    def start(self):
        self.window.painted.connect(self.updates.refresh)
        self.window.painted.connect(lambda: QTimer.singleShot(int(sys.argv[1]), self.window, self.leave))
        super().start()

    def leave(self):
        print(time.monotonic(), flush=True)
        self.window.close()

ui.app.App = Hasty
sys.exit(main.main(sys.argv[2:]))
"""


def open_refresh_close(effort: Effort) -> None:
    longest_s = 0.0
    with tempfile.TemporaryDirectory() as folder, small_cftc() as hosts:
        profile = Path(folder, "profile")
        settings_files.save(profile, only_cftc())
        for number in effort.tries(OPENINGS, 1):
            publish(hosts, week(number % 50))
            delay_ms = int(effort.chance.choice((0, 20, 200, 600, 1_500)) * effort.chance.random())
            longest_s = max(longest_s, _once(profile, hosts.mirror, number % 50, delay_ms))
            if archive_path(profile).exists():  # not where the window was closed before it was made
                assert_sound(archive_path(profile))
    print(f"the longest close took {longest_s:.2f} s")


def _once(profile: Path, mirror: str, weeks: int, delay_ms: int) -> float:
    """Seconds from the closing of the window to the end of the process."""
    moment = (evening(weeks) if weeks else NOW).isoformat()
    arguments = ["--profile", str(profile), "--mirror", mirror, "--now", moment]
    command = [sys.executable, "-c", PROGRAM, str(delay_ms), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            out, err = process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    ended = time.monotonic()
    assert process.returncode == 0, f"ended with {process.returncode} after {delay_ms} ms: {err[-3_000:]}"
    said = [line for line in err.splitlines() if not line.startswith("This plugin does not support")]
    assert said == [], f"after {delay_ms} ms: {said}"
    closing_s = ended - float(out.split()[0])
    assert closing_s < LONGEST_S * _load(), f"took {closing_s:.1f} s to close"
    return closing_s


def _load() -> float:
    """How many processes want each processor; on a machine with nothing else to do it is one."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0
