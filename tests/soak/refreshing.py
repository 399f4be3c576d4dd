"""One window and refresh after refresh, good ones and failed ones: memory, threads and open files stay as they are."""

import gc
import os
import tempfile
import threading
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from services.paths import archive_path
from tests.services.sources.socrata import Socrata
from tests.soak.desk import assert_sound, evening, open_files, publish, small_cftc, week, without_starter
from tests.soak.effort import Effort
from tests.soak.window import (
    LONGEST_TURN_S,
    live_for,
    measured_turns,
    only_cftc,
    refresh,
    wait_for_page,
    watching,
    window,
)
from ui.app import App

REFRESHES, SAMPLE = 500, 20
WARM_UP = 0.2
MOST_GROWTH_MB = 24
_HOSTS = ("publicreporting.cftc.gov", "www.cftc.gov")
_STATUSES = (0, 0, 500, 0, 403, 429, 0)


def nothing_grows(effort: Effort) -> None:
    without_starter()
    numbers = effort.tries(REFRESHES, SAMPLE)
    with (
        tempfile.TemporaryDirectory() as folder,
        small_cftc() as hosts,
        watching() as slips,
        window(Path(folder), hosts.mirror, now=evening(60), settings=only_cftc(start_page="positioning")) as app,
    ):
        wait_for_page(app)
        refresh(app)
        with measured_turns(slips):
            for number in islice(numbers, int(WARM_UP * effort.count(REFRESHES, SAMPLE))):
                _refresh_once(app, hosts, number)
        before = _measured(app, hosts)
        with measured_turns(slips):
            for number in numbers:
                _refresh_once(app, hosts, number)
        _compare(before, _measured(app, hosts))
        slips.assert_none()
        assert slips.longest_s < LONGEST_TURN_S, f"the window stood still for {slips.longest_s * 1000:.0f} ms"
        assert_sound(archive_path(Path(folder)))
        print(f"the longest turn took {slips.longest_s * 1000:.0f} ms of processor time")


def _refresh_once(app: App, hosts: Socrata, number: int) -> None:
    """Good or failed by its number; now and then with a report that is new."""
    status = _STATUSES[number % len(_STATUSES)]
    hosts.failing = dict.fromkeys(_HOSTS, status) if status else {}
    if not status and number % 10 == 0:
        publish(hosts, week(number // 10))
    refresh(app)
    app.refresher.http().forget_failures()
    _check_messages(app, is_good=not status)


def _check_messages(app: App, *, is_good: bool) -> None:
    """One clear message where something failed, none where all is well."""
    live_for(1)
    keys = [key for key in sorted(app.window.banners.keys()) if key in {"failed", "offline", "asking", "archive"}]
    said = [(key, banner.message) for key in keys if (banner := app.window.banners.banner(key)) is not None]
    assert len(keys) == (0 if is_good else 1), said


def _measured(app: App, hosts: Socrata) -> tuple[int, int, dict[str, int], int]:
    """Resident kilobytes, threads, open files, windows and widgets, after a refresh in which nothing failed."""
    hosts.failing = {}
    refresh(app)
    live_for(1)
    gc.collect()
    QThreadPool.globalInstance().waitForDone(100)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1]) if Path("/proc/self/statm").is_file() else 0
    resident_kb = pages * (os.sysconf("SC_PAGE_SIZE") // 1024 if pages else 0)
    return resident_kb, threading.active_count(), open_files(), len(QApplication.allWidgets())


def _compare(before: tuple[int, int, dict[str, int], int], after: tuple[int, int, dict[str, int], int]) -> None:
    grown_mb = (after[0] - before[0]) / 1024
    print(f"memory {before[0] / 1024:.0f} MB, then {grown_mb:+.1f} MB; threads {before[1]}, then {after[1]}")
    assert grown_mb < MOST_GROWTH_MB, f"{grown_mb:.1f} MB more than at first"
    assert after[1] <= before[1] + 1, "threads were left"
    assert sum(after[2].values()) <= sum(before[2].values()) + 2, (before[2], after[2])
    assert after[3] <= before[3] + 5, "widgets were left"
