"""A token by which a person stops work that is under way."""

import threading
from collections.abc import Callable

from services.errors import ErrorKind, SourceError


class Cancel:
    """Set once, from any thread; work looks at it between steps, sockets are cut through `on_cancel`."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def cancel(self) -> None:
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def wait(self, seconds: float) -> None:
        """Sleeps, and raises as soon as the work is cancelled."""
        if self._event.wait(seconds):
            raise SourceError(ErrorKind.CANCELLED)

    def check(self) -> None:
        """Raises if the work was cancelled."""
        self.wait(0)

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back once when cancelled (at once if it was already); returns a function that withdraws the wish."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return lambda: self._withdraw(callback)
        callback()
        return lambda: None

    def _withdraw(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
