"""The job runner: the only place that starts threads.

Two lanes: one thread for the archive, so that reads come in the order in which they were asked for, and several
for the network. Work gets a `Cancel` and returns a result; callbacks run on the GUI thread. A newer job with the
same key cancels the older one, whose result is then dropped.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from services.cancel import Cancel

T = TypeVar("T")
P = TypeVar("P")

NETWORK_THREADS = 4
PROGRESS_MS = 100

_log = logging.getLogger(__name__)


class Lane(Enum):
    """Which threads a job may use."""

    NETWORK = "network"
    ARCHIVE = "archive"


@dataclass(eq=False)
class _Job:
    key: str
    work: Callable[[Cancel], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    cancel: Cancel = field(default_factory=Cancel)


class _Run(QRunnable):
    """One job on its thread. The outcome goes to the GUI thread as a signal of the runner."""

    def __init__(self, job: _Job, ended: Callable[[_Job, Any, Exception | None], None]) -> None:
        super().__init__()
        self._job, self._ended = job, ended

    def run(self) -> None:
        job = self._job
        result, error = None, None
        try:
            job.cancel.check()
            result = job.work(job.cancel)
        except Exception as caught:  # noqa: BLE001 - handed to the job's owner, who knows what it means
            error = caught
        self._ended(job, result, error)


class Jobs(QObject):
    """Runs jobs; made and used on the GUI thread. It needs an application, but no window."""

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {Lane.NETWORK: QThreadPool(self), Lane.ARCHIVE: QThreadPool(self)}
        self._pools[Lane.NETWORK].setMaxThreadCount(NETWORK_THREADS)
        self._pools[Lane.ARCHIVE].setMaxThreadCount(1)
        self._newest: dict[str, _Job] = {}
        self._under_way: set[_Job] = set()
        self._is_shut = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: Lane,
        key: str,
        work: Callable[[Cancel], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Runs `work` on a thread of the lane, then `done` or `failed` on the GUI thread.

        After `shutdown` nothing is run any more.
        """
        if self._is_shut:
            return
        if (older := self._newest.get(key)) is not None:
            older.cancel.cancel()
        job = _Job(key, work, done, failed)
        self._newest[key] = job
        self._under_way.add(job)
        self._pools[lane].start(_Run(job, self._ended.emit))

    def cancel(self, key: str) -> None:
        """Asks the job of that key to stop; it still ends in one of its callbacks."""
        if (job := self._newest.get(key)) is not None:
            job.cancel.cancel()

    def is_running(self, key: str) -> bool:
        return key in self._newest

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def shutdown(self, timeout_s: float = 5.0) -> bool:
        """Cancels everything and waits; no callback runs afterwards. False where a job did not end in time."""
        self._is_shut = True
        self._newest.clear()
        for job in self._under_way:
            job.cancel.cancel()
        deadline = time.monotonic() + timeout_s
        ended = [pool.waitForDone(max(int((deadline - time.monotonic()) * 1000), 1)) for pool in self._pools.values()]
        if not all(ended):
            _log.warning("%d jobs had not ended after %.1f s", len(self._under_way), timeout_s)
        return all(ended)

    def _on_ended(self, job: _Job, result: Any, error: Exception | None) -> None:
        self._under_way.discard(job)
        if self._newest.get(job.key) is not job:
            return
        del self._newest[job.key]
        if error is not None:
            job.failed(error)
        else:
            job.done(result)


class Progress(QObject, Generic[P]):
    """Brings progress from any thread to the GUI thread, the latest of each topic, at most every 100 ms."""

    _posted = Signal()

    def __init__(
        self, slot: Callable[[Mapping[str, P]], None], parent: QObject | None = None, interval_ms: int = PROGRESS_MS
    ) -> None:
        super().__init__(parent)
        self._slot = slot
        self._lock = threading.Lock()
        self._waiting: dict[str, P] = {}
        self._timer = QTimer(self, singleShot=True, interval=interval_ms)
        self._timer.timeout.connect(self._deliver)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, topic: str, progress: P) -> None:
        """May be called on any thread."""
        with self._lock:
            is_first = not self._waiting
            self._waiting[topic] = progress
        if is_first:
            self._posted.emit()

    def flush(self) -> None:
        """Delivers what is waiting at once."""
        self._timer.stop()
        self._deliver()

    def stop(self) -> None:
        """Delivers nothing any more of what is waiting."""
        self._timer.stop()
        with self._lock:
            self._waiting = {}

    def _on_posted(self) -> None:
        if self._waiting and not self._timer.isActive():
            self._timer.start()

    def _deliver(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if waiting:
            self._slot(waiting)
