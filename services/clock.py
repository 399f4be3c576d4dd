"""The app's clock: the machine's, or one that starts at a given moment and runs on."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC moments. With `start` the clock stood at that moment when it was made."""

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment")
        self._start = start.astimezone(UTC) if start else None
        self._origin = time.monotonic()

    @property
    def is_moved(self) -> bool:
        return self._start is not None

    def now(self) -> datetime:
        if self._start is None:
            return datetime.now(UTC)
        return self._start + timedelta(seconds=time.monotonic() - self._origin)
