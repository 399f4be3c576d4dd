"""Measures the whole window on figures that a mirror serves: the event loop, a market switched, memory.

    python tests/bench/desk.py --mirror http://127.0.0.1:PORT --now 2026-07-01T12:00Z

Prints min/median/max: the longest gaps of the event loop while every market is downloaded into an empty profile; the
time from another market chosen to the Story and the Positioning page drawn; resident memory with the home page, and
with every page opened once.
"""

import argparse
import gc
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from services.clock import Clock  # noqa: E402
from services.lock import WriterLock  # noqa: E402
from services.settings import Settings  # noqa: E402
from ui.app import SWITCH_S, App, application  # noqa: E402
from ui.commands.context import Context  # noqa: E402
from ui.memory import Memory  # noqa: E402

MARKETS = ("sp-500", "us-10y", "wti", "euro", "nasdaq-100", "gold", "vix", "yen", "russell-2000")
ROUNDS = 3
WAIT_S = 120.0


def told(what: str, values: Sequence[float], unit: str = "ms") -> None:
    print(f"{what:44} {min(values):7.1f} / {statistics.median(values):7.1f} / {max(values):7.1f} {unit}", flush=True)


def wait(condition: Callable[[], bool]) -> None:
    """Runs the event loop until it holds; ends the measurement where it does not."""
    until = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > until:
            raise SystemExit("The window was not ready in time.")
        QApplication.processEvents()
        time.sleep(0.0005)


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def wait_for_page(app: App) -> None:
    wait(lambda: app.window.is_drawn and app.loader.is_settled and app.jobs.is_idle)


def rest(seconds: float) -> None:
    """Lets everything that is still to be painted be painted."""
    until = time.monotonic() + seconds
    wait(lambda: time.monotonic() > until)


class Pulse:
    """How long the event loop kept a timer of a millisecond waiting, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1e3 * (now - self._last))
        self._last = now

    def start(self) -> None:
        self.gaps.clear()
        self._last = time.perf_counter()
        self._timer.start(1)

    def stop(self) -> None:
        self._timer.stop()


def measure_refresh(app: App, sources: Sequence[str]) -> None:
    pulse = Pulse()
    ended: list[object] = []
    app.refresher.ended.connect(ended.append)
    rest(0.5)
    pulse.start()
    started = time.perf_counter()
    app.updates.refresh(sources or None)
    wait(lambda: bool(ended) and app.loader.is_settled and app.jobs.is_idle)
    took = time.perf_counter() - started
    pulse.stop()
    longest = sorted(pulse.gaps, reverse=True)
    of = ", ".join(sources) or "every default source"
    print(f"refresh of {of}: {took:.1f} s; the ten longest gaps of the event loop, ms:")
    print("  " + ", ".join(f"{gap:.1f}" for gap in longest[:10]))


def measure_switch(app: App, page: str) -> None:
    app.window.show_page(page)
    wait_for_page(app)
    took = []
    for market in MARKETS * ROUNDS:
        started = time.perf_counter()
        app.desk.choose(market=market)
        wait_for_page(app)
        app.window.grab()
        took.append(1e3 * (time.perf_counter() - started))
    told(f"market chosen to {page} drawn, first round", took[: len(MARKETS)])
    told(f"market chosen to {page} drawn, later rounds", took[len(MARKETS) :])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", required=True)
    parser.add_argument("--now", required=True, type=datetime.fromisoformat)
    parser.add_argument("--page", default="story", help="in front while figures are downloaded")
    parser.add_argument("--source", action="append", default=[], help="download from this one alone; may be repeated")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application([])
    gc.disable()
    sys.setswitchinterval(SWITCH_S)
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        context = Context(
            clock=Clock(options.now),
            profile=profile,
            mirror=options.mirror,
            is_offline=False,
            as_of=options.now,
            is_live=True,
            format="text",
            out=None,
            is_quiet=True,
        )
        app = App(context, Settings(seen_hints=True), lock=WriterLock.acquire(profile))
        app.window.resize(1440, 900)
        app.start()
        try:
            wait_for_page(app)
            memory = Memory(app.keeper, app.refresher, app.window, app)
            memory.settle()
            app.window.show_page(options.page)
            wait_for_page(app)
            measure_refresh(app, options.source)
            wait(lambda: app.jobs.is_idle)
            home_mb = resident_mb()
            for page in ("story", "positioning"):
                measure_switch(app, page)
            for page in ("sectors", "earnings", "market", "check", "data"):
                app.window.show_page(page)
                wait_for_page(app)
            print(f"resident after the refresh {home_mb:.0f} MB, with every page opened {resident_mb():.0f} MB")
        finally:
            app.stop()


if __name__ == "__main__":
    main()
