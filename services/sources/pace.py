"""How often a provider is asked by itself while what is due has not come."""

from datetime import datetime, timedelta

_POLLS = (
    (timedelta(hours=2), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta.max, timedelta(hours=6)),
)
"""How late something is (less than), and how long to wait between two questions for it."""


class Pace:
    """Remembers when a provider was asked, for as long as the process runs."""

    def __init__(self) -> None:
        self._first: datetime | None = None
        self._last: datetime | None = None

    def asked(self, now: datetime) -> None:
        self._first = self._first or now
        self._last = now

    def due(self, expected: datetime | None, now: datetime) -> datetime:
        """At the expected moment; once that is past more and more seldom. None: nothing is held, so at once."""
        if expected is not None and expected > now:
            return expected
        if self._last is None or self._last > now:
            return now
        late = now - (expected or self._first or now)
        return self._last + next(pause for limit, pause in _POLLS if late < limit)
