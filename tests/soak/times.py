"""Clocks that are wrong or jump, zones and the ends of summer time: dates, releases and the countdown stay right."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.calendars import newest_released, next_release, parse_as_of, release, report_dates
from models.formats import day as day_text
from models.formats import eastern
from services.archive.archive import Archive
from services.clock import Clock
from services.paths import archive_path
from services.refresh import Status
from services.sources.cftc import CftcSource
from tests.soak.desk import NEWEST, NOW, ask, client, refreshed, small_cftc, without_starter
from tests.soak.effort import Effort

ROOT = Path(__file__).resolve().parents[2]
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland")
MOMENTS = (
    *("2026-03-08T06:59", "2026-03-08T07:01", "2026-11-01T05:30", "2026-11-01T06:30"),  # New York
    *("2026-03-29T00:59", "2026-03-29T01:01", "2026-10-25T00:30", "2026-10-25T01:30"),  # Berlin
    *("2026-04-04T14:00", "2026-09-26T14:00", "2026-04-05T02:30"),  # Auckland
    *("2017-06-16T19:29", "2017-06-16T19:31", "2016-11-25T20:29", "2018-12-26T12:00", "2019-02-01T12:00"),
    *("2025-10-15T12:00", "2025-12-01T12:00", "2013-10-10T12:00", "2012-10-30T12:00", "2024-02-29T23:59"),
    *("2026-01-01T00:00", "2025-12-31T23:59", "2026-07-03T19:31", "2026-07-06T19:31"),
)
"""In UTC: the ends of summer time, a release, holidays, the shutdowns, a storm, a leap day, a turn of the year."""

FACTS = {
    # report date: its release in UTC, as the calendar of the CFTC has it
    "2017-06-13": "2017-06-16T19:30",
    "2016-11-22": "2016-11-28T20:30",  # after Thanksgiving
    "2026-03-10": "2026-03-13T19:30",  # in summer time
    "2026-03-03": "2026-03-06T20:30",  # the week before
    "2026-06-30": "2026-07-06T19:30",  # after the holiday of Friday 3 July
}


@contextmanager
def zone(name: str) -> Iterator[None]:
    """The machine's time zone, as its user has set it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def right_in_every_zone(effort: Effort) -> None:
    for text, released in FACTS.items():
        assert release(date.fromisoformat(text)).at == _utc(released), text
    expected = {moment: _said(_utc(moment)) for moment in MOMENTS}
    trials = [(name, moment) for name in ZONES for moment in MOMENTS]
    if not effort.is_full:
        effort.chance.shuffle(trials)
    for number in effort.tries(len(trials), 40):
        name, moment = trials[number]
        with zone(name):
            assert _said(_utc(moment)) == expected[moment], f"{moment} in {name}"
    _clock_jumps(effort)
    for name in ZONES if effort.is_full else ZONES[-1:]:
        _command_in(name)
        effort.tried += 1


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _said(now: datetime) -> list[str]:
    """What is shown of a moment: newest report and its release, the next one, the time left, the reports of a year."""
    newest, coming = newest_released(now), next_release(now)
    assert release(newest).at <= now < coming.at, now
    year = report_dates(date(now.year - 1, 1, 1), date(now.year - 1, 12, 31))
    assert 50 <= len(year) <= 53
    return [
        day_text(newest),
        eastern(release(newest).at),
        eastern(coming.at),
        str(coming.at - now),
        str(parse_as_of(str(now.date()))),
        str(len(year)),
    ]


def _clock_jumps(effort: Effort) -> None:
    """The computer's clock is set back, forward and to 1970 between refreshes; nothing is lost and none hangs."""
    without_starter()
    with tempfile.TemporaryDirectory() as folder, small_cftc() as hosts:
        profile = Path(folder)
        assert refreshed(profile, hosts.mirror).status is Status.UPDATED
        for jump in (
            -timedelta(days=1),
            timedelta(days=1),
            timedelta(days=400),
            NOW - datetime(1970, 1, 2, tzinfo=UTC),
        ):
            clock = Clock(NOW - jump if jump > timedelta(days=10_000) else NOW + jump)
            source = CftcSource()
            with closing(Archive.open(archive_path(profile), clock)) as archive, client(hosts.mirror, clock) as http:
                due = source.due(archive, clock.now())
                assert due.tzinfo is not None
                ask(archive, http, clock)
                effort.tried += 1
        with closing(Archive.open(archive_path(profile), Clock(NOW), writable=False)) as archive:
            assert archive.newest_report(next(iter(hosts.rows)), NOW) == NEWEST
        assert refreshed(profile, hosts.mirror).status in (Status.CURRENT, Status.UPDATED)


def _command_in(name: str) -> None:
    """The program itself in another zone: a date as of is the end of that day in New York."""
    command = [sys.executable, "main.py", "series", "--profile", "none", "--now", "2026-07-01T12:00Z"]
    command += ["--as-of", "2017-06-16", "--format", "json", "--quiet"]
    environment = os.environ | {"TZ": name}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=90)
    said = json.loads(done.stdout)
    assert said["as_of"] == "2017-06-17T03:59:59.999999Z" or said["as_of"].startswith("2017-06-17T0"), said["as_of"]
    assert said["rows"][-1]["date"] == "2017-06-13"
    assert said["rows"][-1]["released_at"] == "2017-06-16T19:30:00Z"
