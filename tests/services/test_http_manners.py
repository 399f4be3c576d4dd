"""How often a host is asked, and when it is left alone."""

import contextlib
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cancel import Cancel
from services.clock import Clock
from services.errors import RETRIED, ErrorKind, SourceError
from services.hosts import HOSTS, HostPolicy
from services.http_answer import MAX_PAUSE, retry_moment
from services.http_manners import Manners

NOW = datetime(2017, 6, 16, 20, tzinfo=UTC)


@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str), st.text(max_size=20))
def test_that_any_retry_after_is_clamped(value: str, date: str) -> None:
    moment = retry_moment({"retry-after": value, "date": date}, NOW)
    assert moment is None or NOW <= moment <= NOW + MAX_PAUSE


def test_that_only_errors_that_may_pass_are_tried_again() -> None:
    manners = Manners(Clock(NOW), backoff_s=1.0, is_polite=True)
    for kind in ErrorKind:
        pause_s = manners.pause_s(SourceError(kind), tried=1, tries=3)
        assert (pause_s is not None) == (kind in RETRIED)
    pauses = [manners.pause_s(SourceError(ErrorKind.SERVER), tried, 3) or 0.0 for tried in (1, 2)]
    assert sum(pauses) <= 3.0


def test_that_a_host_that_wants_a_pause_gets_it_even_from_a_new_refresh() -> None:
    policy = HOSTS["query1.finance.yahoo.com"]
    for is_polite, is_stopped in ((True, True), (False, False)):
        manners = Manners(Clock(NOW), backoff_s=1.0, is_polite=is_polite)
        error = SourceError(ErrorKind.RATE_LIMITED)
        error.retry_at = manners.retry_moment(error, policy)
        manners.remember(policy.host, error)
        manners.forget_failures()
        with pytest.raises(SourceError) if is_stopped else contextlib.nullcontext():
            manners.raise_if_left_alone(policy.host)


def test_that_a_clock_that_was_set_back_does_not_stop_a_host_for_ever() -> None:
    manners = Manners(Clock(NOW), backoff_s=1.0, is_polite=True)
    manners.remember("a", SourceError(ErrorKind.SERVER, retry_at=NOW + timedelta(days=300)))
    manners.remember("b", SourceError(ErrorKind.SERVER, retry_at=NOW - timedelta(seconds=1)))
    manners.forget_failures()
    manners.raise_if_left_alone("a")
    manners.raise_if_left_alone("b")


def test_that_requests_to_one_host_keep_their_distance() -> None:
    manners = Manners(Clock(), backoff_s=1.0, is_polite=True)
    policy = HostPolicy("a.example", "example", min_interval_s=0.1)
    moments: list[float] = []

    def ask() -> None:
        manners.take_turn("a.example", policy, Cancel())
        moments.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    manners.take_turn("b.example", policy, Cancel())
    assert time.monotonic() - started < 0.09
    for thread in threads:
        thread.join()
    gaps = [later - earlier for earlier, later in zip(sorted(moments), sorted(moments)[1:], strict=False)]
    assert all(gap > 0.07 for gap in gaps)
    assert max(moments) - started < 0.8


def test_that_cancel_ends_the_wait_for_a_turn() -> None:
    manners = Manners(Clock(), backoff_s=1.0, is_polite=True)
    policy = HostPolicy("a.example", "example", min_interval_s=30.0)
    cancel = Cancel()
    manners.take_turn("a.example", policy, cancel)
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        manners.take_turn("a.example", policy, cancel)
    timer.join()
    assert caught.value.kind is ErrorKind.CANCELLED
    assert time.monotonic() - started < 0.5
