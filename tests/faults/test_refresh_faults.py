"""Each fault of the byte-level server in the way of a whole refresh; afterwards all is as it was, and then better."""

import itertools
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.archive.archive import Archive
from services.clock import Clock
from services.paths import archive_path
from services.refresh import Status
from services.starter import tables
from tests.faults.server import FAULTS
from tests.services.sources.socrata import Socrata
from tests.soak.desk import NOW, ask, client, small_cftc
from tests.soak.wire import NO_FAULT, SLOW, check_fault

_weeks = itertools.count(1)


@pytest.fixture(scope="module")
def hosts() -> Iterator[Socrata]:
    with small_cftc() as running:
        yield running


@pytest.fixture(scope="module")
def held(hosts: Socrata, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with the reports up to a week; each test adds the one after."""
    profile = tmp_path_factory.mktemp("profile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "batches", lambda folder=None: iter(()))
        clock = Clock(NOW)
        with closing(Archive.open(archive_path(profile), clock)) as archive, client(hosts.mirror, clock) as http:
            assert ask(archive, http, clock).status is Status.UPDATED
    return profile


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in SLOW and name != NO_FAULT])
def test_that_a_fault_on_the_wire_costs_nothing_and_is_told_once(held: Path, hosts: Socrata, fault: str) -> None:
    check_fault(fault, held, hosts, next(_weeks))
