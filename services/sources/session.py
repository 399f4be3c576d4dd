"""Series that may be shown but not kept: held in memory, gone when the process ends."""

import threading
from datetime import datetime

import numpy as np

from models.calendars import known_until
from models.records import Observations, Provenance, SourceStatus


class SessionSeries:
    """Observations by series, from any thread; a later delivery takes the place of an earlier one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[Observations, Provenance]] = {}

    def put(self, observations: Observations, origin: Provenance) -> None:
        with self._lock:
            self._held[observations.series] = (observations, origin)

    def observations(self, series: str, as_of: datetime) -> Observations | None:
        """Values known by then, or None where none are held."""
        with self._lock:
            found = self._held.get(series)
        if found is None:
            return None
        one = found[0]
        count = int(np.searchsorted(one.date, np.datetime64(known_until(as_of, one.known)), side="right"))
        return Observations(series, one.date[:count], one.value[:count], one.known) if count else None

    def statuses(self) -> tuple[SourceStatus, ...]:
        with self._lock:
            held = list(self._held.values())
        return tuple(
            SourceStatus(origin.source, origin.dataset, origin.as_of, origin.retrieved_at, len(one))
            for one, origin in held
        )

    def clear(self) -> None:
        """Forgets everything, as when consent is withdrawn."""
        with self._lock:
            self._held.clear()


SESSION = SessionSeries()
"""What this process has fetched under such terms."""
