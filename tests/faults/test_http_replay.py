"""What the faults of the replayed hosts become, asked through the mirror."""

import contextlib
import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.cancel import Cancel
from services.clock import Clock
from services.errors import STOPS_HOST, ErrorKind
from services.http import Content, Http, Request
from tests.faults.asking import HOST, failed
from tests.shared import SHARED, needs_shared

REPLAYED = [
    ("slow:5", ErrorKind.TIMEOUT, 1.0),
    ("drip:30", ErrorKind.TIMEOUT, 1.0),
    ("hang", ErrorKind.TIMEOUT, 1.0),
    ("reset", ErrorKind.TRUNCATED, 20.0),
    ("truncate", ErrorKind.TRUNCATED, 20.0),
    ("html200", ErrorKind.WEB_PAGE, 20.0),
    ("403", ErrorKind.FORBIDDEN, 20.0),
    ("404", ErrorKind.NOT_FOUND, 20.0),
    ("429", ErrorKind.RATE_LIMITED, 20.0),
    ("429:3600", ErrorKind.RATE_LIMITED, 20.0),
    ("500", ErrorKind.SERVER, 20.0),
    ("502", ErrorKind.SERVER, 20.0),
    ("503", ErrorKind.SERVER, 20.0),
    ("503:3600", ErrorKind.SERVER, 20.0),
    ("504", ErrorKind.SERVER, 20.0),
    ("empty", ErrorKind.EMPTY, 20.0),
    ("garbage", ErrorKind.BAD_CONTENT, 20.0),
    ("gzipbomb", ErrorKind.TOO_BIG, 20.0),
    ("huge", ErrorKind.TOO_BIG, 20.0),
    ("redirect", ErrorKind.REDIRECT, 20.0),
]
NEWEST = Request(
    f"{HOST}/resource/gpe5-46if.json",
    Content.JSON,
    (("$where", "cftc_contract_market_code='23977A'"), ("$limit", "20")),
    deadline_s=20.0,
)


class Replay:
    """The replay server, running in a process of its own."""

    def __init__(self, base: str) -> None:
        self.base = base

    def fault(self, kind: str) -> None:
        data = json.dumps({"host": "*" if kind == "none" else "publicreporting.cftc.gov", "fault": kind}).encode()
        asked = urllib.request.Request(f"{self.base}/_control/fault", data=data)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=10) as reply:
            reply.read()


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    command = [sys.executable, str(SHARED / "replay" / "serve.py"), "--port", "0", "--now", "2017-06-16T20:00Z"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Replay(process.stdout.readline().strip())
        process.terminate()


@pytest.fixture
def replayed(replay: Replay) -> Iterator[Http]:
    clock = Clock(datetime(2017, 6, 16, 20, tzinfo=UTC))
    with contextlib.closing(Http(clock, mirror=replay.base, backoff_s=0.1)) as opened:
        yield opened
    replay.fault("none")


@needs_shared
@pytest.mark.parametrize(("fault", "kind", "deadline_s"), REPLAYED, ids=[row[0] for row in REPLAYED])
def test_that_each_fault_of_a_real_host_ends_soon_and_mends(
    replay: Replay, replayed: Http, fault: str, kind: ErrorKind, deadline_s: float
) -> None:
    replay.fault(fault)
    asked = Request(NEWEST.url, NEWEST.content, NEWEST.params, deadline_s=deadline_s)
    started = time.monotonic()
    assert failed(replayed, asked).kind is kind
    assert time.monotonic() - started < 15.0
    if kind in STOPS_HOST:
        started = time.monotonic()
        assert failed(replayed, asked).kind is kind
        assert time.monotonic() - started < 0.05
    replay.fault("none")
    replayed.forget_failures()
    assert len(json.loads(replayed.fetch(NEWEST, Cancel()).body)) == 20


@needs_shared
@pytest.mark.parametrize(
    "fault", ["flaky:2", "slow:0.5", "badjson", "dropcolumn:lev_money_positions_long", "wrongdate"]
)
def test_that_what_only_a_parser_can_see_is_left_to_it(replay: Replay, replayed: Http, fault: str) -> None:
    replay.fault(fault)
    assert replayed.fetch(NEWEST, Cancel()).status == 200


@needs_shared
def test_that_the_real_hosts_validators_are_honoured(replayed: Http) -> None:
    first = replayed.fetch(NEWEST, Cancel())
    assert first.validator is not None and re.search("---gzip", first.validator.etag or "")
    again = Request(NEWEST.url, NEWEST.content, NEWEST.params, validator=first.validator)
    second = replayed.fetch(again, Cancel())
    assert second.not_modified and second.body == b"" and second.validator is not None
    assert second.retrieved_at.date().isoformat() == "2017-06-16"
