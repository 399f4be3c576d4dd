"""The CFTC's hosts as they may behave: releases, faults of every kind, and what is held all the while."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.names import Report
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.refresh import Outcome, Status, refresh
from services.sources import cftc_api, cftc_delivery
from services.sources.cftc import CftcSource
from services.sources.source import Wish
from services.starter import tables
from tests.real.replaying import Replay, replaying
from tests.shared import needs_shared

pytestmark = needs_shared

BEFORE, RELEASE = datetime(2017, 6, 9, 20, tzinfo=UTC), datetime(2017, 6, 16, 19, 30, tzinfo=UTC)
RUSSELL = Wish(markets=("russell-2000",))
LEGACY = Report.LEGACY_FUTURES
LONGEST_S = 15.0

QUICK = [
    *("reset", "truncate", "html200", "403", "404", "429", "429:3600", "500", "502", "503", "503:3600", "504"),
    *("badjson", "empty", "garbage", "gzipbomb", "huge", "redirect", "wrongdate", "dropcolumn", "renamecolumn"),
]
SLOW = ["hang", "drip:30", "slow:20"]


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with replaying("--now", BEFORE.isoformat()) as running:
        yield running


@dataclass
class Desk:
    replay: Replay
    archive: Archive
    source: CftcSource

    def refresh(self, now: datetime, wish: Wish = RUSSELL, cancel: Cancel | None = None) -> Outcome:
        clock = Clock(now)
        with contextlib.closing(Http(clock, mirror=self.replay.base, backoff_s=0.1)) as http:
            (outcome,) = refresh(
                [self.source], self.archive, http, wish, clock, cancel or Cancel(), lambda progress: None
            )
        return outcome

    def net(self, day: date) -> float:
        found = self.archive.positions(LEGACY, ["23977A"], datetime(2018, 1, 1, tzinfo=UTC))
        row = found.date.tolist().index(day)
        return float(found.values["noncommercial_long"][row] - found.values["noncommercial_short"][row])


@pytest.fixture(autouse=True)
def _without_built_in_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))


@pytest.fixture
def desk(replay: Replay, tmp_path: Path) -> Iterator[Desk]:
    """What is held on the Friday before: the report of 6 June 2017."""
    replay.set_now(BEFORE)
    with contextlib.closing(Archive.open(tmp_path / "archive.sqlite", Clock(BEFORE))) as archive:
        desk = Desk(replay, archive, CftcSource())
        desk.refresh(BEFORE)
        assert desk.archive.newest_report(LEGACY, BEFORE, ["23977A"]) == date(2017, 6, 6)
        yield desk
    replay.heal()


def test_that_a_new_report_is_there_from_its_release_on(desk: Desk) -> None:
    early = RELEASE - timedelta(minutes=1)
    desk.replay.set_now(early)
    assert desk.refresh(early).status is Status.CURRENT
    soon = RELEASE + timedelta(minutes=1)
    desk.replay.set_now(soon)
    outcome = desk.refresh(soon)
    assert outcome.status is Status.UPDATED
    assert outcome.as_of == date(2017, 6, 13)
    assert desk.net(date(2017, 6, 13)) == 7_542
    assert desk.net(date(2017, 5, 30)) == -73_030


@pytest.mark.parametrize("fault", [*QUICK, *SLOW])
def test_that_a_fault_costs_nothing_but_the_new_report(desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault in SLOW:
        monkeypatch.setattr(cftc_api, "_QUESTION_DEADLINE_S", 0.6)
        monkeypatch.setattr(cftc_delivery, "_IMPATIENT_S", 0.3)
    before = desk.archive.positions(LEGACY, ["23977A", "239742"], BEFORE)
    later = RELEASE + timedelta(minutes=1)
    desk.replay.set_now(later)
    desk.replay.set_fault("*", fault)
    outcome = desk.refresh(later)
    assert outcome.status in (Status.FAILED, Status.PARTLY)
    assert outcome.message.startswith("Legacy, futures only")
    assert "The figures held, to 6 Jun 2017, stay." in outcome.message
    after = desk.archive.positions(LEGACY, ["23977A", "239742"], BEFORE)
    assert after.date.tolist() == before.date.tolist()
    assert all((after.values[figure] == column)[column == column].all() for figure, column in before.values.items())
    desk.replay.heal()
    assert desk.refresh(later).status is Status.UPDATED
    assert desk.net(date(2017, 6, 13)) == 7_542


def test_that_two_hosts_that_never_answer_are_given_up_in_time() -> None:
    assert cftc_api._QUESTION_DEADLINE_S + cftc_delivery._IMPATIENT_S < LONGEST_S - 1


def test_that_a_host_that_recovers_by_itself_is_not_noticed(desk: Desk) -> None:
    later = RELEASE + timedelta(minutes=1)
    desk.replay.set_now(later)
    desk.replay.set_fault("publicreporting.cftc.gov", "flaky:2")
    assert desk.refresh(later).status is Status.UPDATED


def test_that_cancel_ends_a_refresh_that_hangs(desk: Desk) -> None:
    desk.replay.set_fault("*", "hang")
    cancel = Cancel()
    timer = threading.Timer(0.3, cancel.cancel)
    timer.start()
    started = time.monotonic()
    outcome = desk.refresh(RELEASE, cancel=cancel)
    assert time.monotonic() - started < 1.3
    assert outcome.status is Status.CANCELLED
    timer.join()


def test_that_the_files_bring_the_report_when_the_api_is_out(desk: Desk) -> None:
    later = RELEASE + timedelta(minutes=1)
    desk.replay.set_now(later)
    desk.replay.set_fault("publicreporting.cftc.gov", "500")
    outcome = desk.refresh(later)
    assert outcome.status is Status.PARTLY
    assert (
        "TFF, futures only: The provider reports a fault of its own. The CFTC's yearly files were used"
        in outcome.message
    )
    assert desk.archive.newest_report(Report.TFF_FUTURES, later, ["23977A"]) == date(2017, 6, 13)


def test_that_a_full_refresh_brings_all_there_is_and_says_what_is_missing(replay: Replay, tmp_path: Path) -> None:
    now = datetime(2026, 7, 10, tzinfo=UTC)
    replay.set_now(now)
    with contextlib.closing(Archive.open(tmp_path / "archive.sqlite", Clock(now))) as archive:
        desk = Desk(replay, archive, CftcSource())
        outcome = desk.refresh(now, Wish())
        assert outcome.status is Status.PARTLY
        gone = "Disaggregated, futures only; Disaggregated, futures and options"
        assert f"{gone}: The provider no longer has this address. None of it is held yet." in outcome.message
        assert outcome.rows_new > 50_000
        assert outcome.rows_refused == 0
        assert archive.newest_report(LEGACY, now) == date(2026, 6, 30)
        started = time.monotonic()
        assert desk.refresh(now, Wish()).rows_new == 0
        assert time.monotonic() - started < 1.0
