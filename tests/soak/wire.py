"""Every fault of the byte-level server in the way of a real refresh: the archive is as if nothing had happened."""

import tempfile
from contextlib import closing
from pathlib import Path
from unittest import mock

from services.archive.archive import Archive
from services.clock import Clock
from services.errors import SENTENCES
from services.paths import archive_path
from services.refresh import Status
from services.sources import cftc_api, cftc_delivery
from tests.faults.server import FAULTS, FaultServer
from tests.services.sources.socrata import Socrata
from tests.soak.desk import (
    NOW,
    ask,
    assert_kept,
    assert_sound,
    client,
    evening,
    held,
    open_files,
    own_threads,
    publish,
    small_cftc,
    week,
    without_starter,
)
from tests.soak.effort import Effort
from tests.soak.workday import assert_clear

_SHORT_S = 0.3
NO_FAULT = "unasked_304"
"""Here it was asked for, as validators are held."""
SLOW = {"gzip_bomb", "endless", "huge_announced"}
"""They move a hundred megabytes; a sample leaves them to the tests of the network's door."""


def every_fault_of_a_server(effort: Effort) -> None:
    """All hosts answer every question of a refresh with one fault, then all is well again."""
    without_starter()
    names = [name for name in FAULTS if name != NO_FAULT and (effort.is_full or name not in SLOW)]
    if not effort.is_full:
        effort.chance.shuffle(names)
    with tempfile.TemporaryDirectory() as folder, small_cftc() as hosts:
        profile = Path(folder)
        clock = Clock(NOW)
        with closing(Archive.open(archive_path(profile), clock)) as archive, client(hosts.mirror, clock) as http:
            assert ask(archive, http, clock).status is Status.UPDATED
        for number in effort.tries(full=len(names), quick=len(names)):
            check_fault(names[number], profile, hosts, number + 1)


def check_fault(fault: str, profile: Path, hosts: Socrata, weeks: int) -> None:
    """A new report comes out while all hosts answer with a fault; raises AssertionError where that costs anything."""
    now = evening(weeks)
    clock = Clock(now)
    publish(hosts, week(weeks))
    files = open_files()
    with closing(Archive.open(archive_path(profile), clock)) as archive:
        before = held(archive, now)
        with (
            FaultServer(always=fault) as server,
            client(server.url, clock) as http,
            mock.patch.object(cftc_api, "_QUESTION_DEADLINE_S", _SHORT_S),
            mock.patch.object(cftc_delivery, "_IMPATIENT_S", _SHORT_S),
        ):
            outcome = ask(archive, http, clock)
        assert outcome.status in (Status.FAILED, Status.PARTLY), f"{fault}: {outcome}"
        assert_clear(outcome.message)
        assert any(sentence in outcome.message for sentence in SENTENCES.values()), outcome.message
        assert_kept(before, held(archive, now))
        with client(hosts.mirror, clock) as http:
            good = ask(archive, http, clock)
        assert good.status is Status.UPDATED, f"after {fault} ({outcome}): {good}"
        assert archive.newest_report(next(iter(before)), now) == week(weeks)
    assert_sound(archive_path(profile))
    assert open_files() == files
    assert own_threads() == []
