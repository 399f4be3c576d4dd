"""What cuts a download short: its deadline, or a person.

The timeouts of sockets are no deadlines, as each byte that arrives starts them anew. So one thread
shuts the socket down when a deadline has passed, and whatever was blocked on it returns at once.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from services.cancel import Cancel
from services.errors import ErrorKind, SourceError


class Guard:
    """One try at a download: when it must be over, which socket it uses, and why it was cut, if it was."""

    def __init__(self, deadline: float) -> None:
        """`deadline` is a moment of `time.monotonic`."""
        self.deadline = deadline
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._reason: ErrorKind | None = None

    @property
    def is_cut(self) -> bool:
        return self._reason is not None

    def remaining_s(self) -> float:
        """Time left; raises when there is none, or when the try was cut."""
        self.check()
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            raise SourceError(ErrorKind.TIMEOUT, "the deadline has passed")
        return remaining

    def check(self) -> None:
        """Raises if the try was cut: what the socket then said is of no interest."""
        if self._reason is ErrorKind.TIMEOUT:
            raise SourceError(ErrorKind.TIMEOUT, "the answer was not complete at the deadline")
        if self._reason is not None:
            raise SourceError(self._reason)

    def attach(self, descriptor: int) -> None:
        """Watches this socket, instead of the one before.

        The guard holds a handle of its own. The library closes and replaces its sockets when it likes
        (TLS takes the first one over), and the number of a closed one may already belong to somebody else.
        """
        handle = socket.socket(fileno=socket.dup(descriptor))
        with self._lock:
            before, self._socket = self._socket, handle
            if self._reason is not None:
                _shut_down(handle)
        if before is not None:
            before.close()

    def cut(self, reason: ErrorKind) -> None:
        """Ends the try, from any thread; the first reason holds. Does no harm once it is over."""
        with self._lock:
            self._reason = self._reason or reason
            if self._socket is not None:
                _shut_down(self._socket)

    def close(self) -> None:
        """The try is over: its socket may serve another one and is not to be cut any more."""
        with self._lock:
            handle, self._socket = self._socket, None
        if handle is not None:
            handle.close()


current: ContextVar[Guard] = ContextVar("current")
"""The guard of the try that this thread is making, for the sockets that the library opens in between."""


def _shut_down(handle: socket.socket) -> None:
    with suppress(OSError):  # not connected yet, or the other side was faster
        handle.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """Cuts every guard at its deadline, from one thread that is started when first needed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._guards: set[Guard] = set()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    @contextmanager
    def watching(self, guard: Guard, cancel: Cancel) -> Iterator[None]:
        """Within the block the guard is cut at its deadline, on cancel, and when the watchdog is closed."""
        self._add(guard)
        token = current.set(guard)
        withdraw = cancel.on_cancel(lambda: guard.cut(ErrorKind.CANCELLED))
        try:
            yield
        finally:
            withdraw()
            current.reset(token)
            with self._changed:
                self._guards.discard(guard)
            guard.close()

    def close(self) -> None:
        """Cuts what is under way and ends the thread."""
        with self._changed:
            self._is_closed = True
            for guard in self._guards:
                guard.cut(ErrorKind.CANCELLED)
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _add(self, guard: Guard) -> None:
        with self._changed:
            if self._is_closed:
                raise SourceError(ErrorKind.CANCELLED, "the app is closing")
            self._guards.add(guard)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="http-watchdog", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                now = time.monotonic()
                for guard in self._guards:
                    if guard.deadline <= now:
                        guard.cut(ErrorKind.TIMEOUT)
                pending = [guard.deadline for guard in self._guards if guard.deadline > now]
                self._changed.wait(min(pending) - now if pending else None)
