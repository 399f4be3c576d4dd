"""Whose turn it is to compute, among threads that mostly wait for the network."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from services.cancel import Cancel
from services.errors import SourceError

_LOOK_S = 0.05


class Turn:
    """Had by one thread at a time; `lent` to the others while its owner waits.

    The interpreter runs one thread at a time in any case, so nothing takes longer. But each further thread that
    wants it makes the window wait: three of them slow a paint down by a factor of thirty to a hundred, one by two.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def taken(self, cancel: Cancel) -> Iterator[None]:
        """Waits for the turn, which the thread may not have yet. Raises SourceError as soon as it is cancelled."""
        self._take(cancel)
        try:
            yield
        finally:
            self._give_up()

    @contextmanager
    def lent(self, cancel: Cancel) -> Iterator[None]:
        """For a wait: others may go on meanwhile. Nothing is lent by a thread that does not have the turn.

        Raises SourceError where it is cancelled before its turn comes again, unless something else was raised.
        """
        if not self._give_up():
            yield
            return
        try:
            yield
        except BaseException:
            with suppress(SourceError):  # cancelled: it has nothing left to do, and need not wait for that
                self._take(cancel)
            raise
        self._take(cancel)

    def _take(self, cancel: Cancel) -> None:
        while not self._lock.acquire(timeout=_LOOK_S):
            cancel.check()
        self._owner = threading.get_ident()

    def _give_up(self) -> bool:
        """Whether the thread had the turn."""
        if self._owner != threading.get_ident():
            return False
        self._owner = None
        self._lock.release()
        return True
