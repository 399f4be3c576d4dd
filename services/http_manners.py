"""How often a host is asked: its turn, the pauses between tries, and when it is left alone."""

import random
import threading
import time
from datetime import datetime, timedelta

from services.cancel import Cancel
from services.clock import Clock
from services.errors import RETRIED, STOPS_HOST, ErrorKind, SourceError
from services.hosts import HostPolicy
from services.http_answer import MAX_PAUSE

_MAX_WAIT_S = 5.0
"""A host that wants to be left alone for longer is not waited for; the source fails and says until when."""


class Manners:
    """Shared by all threads that ask. Without `is_polite` (a mirror on this machine) nobody waits for a turn."""

    def __init__(self, clock: Clock, *, backoff_s: float, is_polite: bool) -> None:
        self._clock = clock
        self._backoff_s = backoff_s
        self._is_polite = is_polite
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}
        self._stopped: dict[str, SourceError] = {}

    def take_turn(self, host: str, policy: HostPolicy, cancel: Cancel) -> None:
        """Returns when the host's interval since the start of the last request is over; raises when cancelled."""
        if not self._is_polite:
            cancel.check()
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + policy.min_interval_s
        cancel.wait(turn - now)

    def pause_s(self, error: SourceError, tried: int, tries: int) -> float | None:
        """Seconds before the next try: doubling, spread at random, never less than the host asks for.

        None where another try would not help, or not soon enough.
        """
        if error.kind not in RETRIED or tried >= tries:
            return None
        pause_s: float = self._backoff_s * 2 ** (tried - 1) * random.uniform(0.5, 1.0)
        if error.retry_at is not None:
            pause_s = max(pause_s, (error.retry_at - self._clock.now()).total_seconds())
        return pause_s if pause_s <= _MAX_WAIT_S else None

    def retry_moment(self, error: SourceError, policy: HostPolicy) -> datetime | None:
        """When the host may be asked again, as it said itself or as its policy knows."""
        if error.kind is not ErrorKind.RATE_LIMITED or not policy.rate_limit_pause_s:
            return error.retry_at
        pause = self._clock.now() + timedelta(seconds=policy.rate_limit_pause_s)
        return max(pause, error.retry_at or pause)

    def remember(self, host: str, error: SourceError) -> None:
        """The host is left alone for the rest of the refresh if the error will not pass at once."""
        if error.kind in STOPS_HOST:
            with self._lock:
                self._stopped[host] = error

    def raise_if_left_alone(self, host: str) -> None:
        with self._lock:
            error = self._stopped.get(host)
        if error is not None:
            raise SourceError(error.kind, f"not asked again: {error.detail}", url=error.url, retry_at=error.retry_at)

    def forget_failures(self) -> None:
        """A new refresh may ask every host, but for those that want to be left alone for longer."""
        now = self._clock.now()
        with self._lock:
            self._stopped = {host: error for host, error in self._stopped.items() if self._is_waiting(error, now)}

    def _is_waiting(self, error: SourceError, now: datetime) -> bool:
        if error.retry_at is None or not self._is_polite:
            return False
        return timedelta(0) < error.retry_at - now <= MAX_PAUSE  # else the clock was set back
