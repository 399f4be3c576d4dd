"""A small CFTC, an archive that is refreshed from it, and what must hold whatever was done to them."""

import gc
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from models.calendars import release
from models.markets import market
from models.names import Report
from models.records import Positions
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.paths import archive_path
from services.refresh import Outcome, refresh
from services.sources.cftc import CftcSource
from services.sources.source import Wish
from services.starter import tables
from tests.services.sources.socrata import Socrata, rows_of, tuesdays

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
"""A Friday, 19:00 in New York; the report of 22 September is out."""
NEWEST = date(2026, 9, 22)
REPORTS = 30
CODES = ("239742", "239747")
LISTED = (Report.LEGACY_FUTURES, Report.LEGACY_COMBINED, Report.TFF_FUTURES, Report.TFF_COMBINED)
RUSSELL = Wish(markets=("russell-2000",))


def without_starter() -> None:
    """New archives of this process begin empty."""
    tables.batches = lambda folder=None: iter(())


@contextmanager
def small_cftc(until: date = NEWEST) -> Iterator[Socrata]:
    with Socrata() as hosts:
        publish(hosts, until)
        yield hosts


def publish(hosts: Socrata, until: date) -> None:
    """What the hosts offer from now on: thirty reports of two contracts, up to a day."""
    for report in Report:
        codes = CODES if report in LISTED else market("wti").codes[:1]
        hosts.rows[report] = rows_of(report, codes, tuesdays(until, REPORTS))


def week(number: int) -> date:
    """The report date so many weeks after the newest one."""
    return NEWEST + timedelta(days=7 * number)


def evening(number: int) -> datetime:
    """Some hours after the release of that report, which holidays may put off."""
    return release(week(number)).at + timedelta(hours=3)


@contextmanager
def client(mirror: str, clock: Clock) -> Iterator[Http]:
    with closing(Http(clock, mirror=mirror, backoff_s=0.001)) as http:
        yield http


def ask(archive: Archive, http: Http, clock: Clock) -> Outcome:
    """One refresh of the CFTC's reports."""
    (outcome,) = refresh([CftcSource()], archive, http, RUSSELL, clock, Cancel(), lambda progress: None)
    return outcome


def refreshed(profile: Path, mirror: str, now: datetime = NOW) -> Outcome:
    """One refresh from the opening of the archive to its close."""
    clock = Clock(now)
    with closing(Archive.open(archive_path(profile), clock)) as archive, client(mirror, clock) as http:
        return ask(archive, http, clock)


def held(archive: Archive, now: datetime) -> dict[Report, Positions]:
    return {report: archive.positions(report, CODES, now) for report in LISTED}


def assert_kept(before: dict[Report, Positions], after: dict[Report, Positions]) -> None:
    """Every figure that was held is there, unchanged."""
    for report, old in before.items():
        new = after[report]
        places = {key: n for n, key in enumerate(_keys(new))}
        rows = np.array([places[key] for key in _keys(old)], np.int64)  # KeyError: a row is missing
        for figure, column in old.values.items():
            found = new.values[figure][rows]
            same = (column == found) | np.isnan(column)
            assert same.all(), f"{report} {figure} has changed in {int((~same).sum())} rows"


def _keys(of: Positions) -> list[tuple[str, str]]:
    return list(zip(of.code.tolist(), of.date.astype(str).tolist(), strict=True))


def assert_sound(path: Path) -> None:
    """The file passes SQLite's own checks."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None


def own_threads() -> list[str]:
    """Names of the threads of this process but for the first and those that play the hosts."""
    hosts = ("process_request_thread", "serve_forever")
    return [
        thread.name
        for thread in threading.enumerate()
        if thread is not threading.main_thread()
        and not isinstance(thread, threading._DummyThread)  # Python's stand-ins for those of Qt's pools
        and not any(word in thread.name for word in hosts)
    ]


def open_files() -> dict[str, int]:
    """What this process holds open, and how often, but for sockets; empty where the system does not list it."""
    gc.collect()
    found: dict[str, int] = {}
    folder = Path("/proc/self/fd")
    for entry in folder.iterdir() if folder.is_dir() else ():
        try:
            name = str(entry.readlink())
        except OSError:  # the listing's own
            continue
        found[name] = found.get(name, 0) + 1
    return {name: count for name, count in found.items() if not name.startswith(("socket:", "/proc/"))}
