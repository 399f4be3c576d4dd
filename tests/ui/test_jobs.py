"""The job runner: which thread work runs on, whose callbacks come, and how it ends."""

import threading
import time
from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from ui.jobs import Jobs, Lane, Progress


@pytest.fixture
def jobs(qapp: QCoreApplication) -> Iterator[Jobs]:
    runner = Jobs()
    yield runner
    runner.shutdown()


def fail(error: Exception) -> None:
    raise AssertionError(f"failed with {error!r}")


def ignore(_: object) -> None:
    pass


def test_that_work_runs_elsewhere_and_its_callback_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool]] = []

    def done(worker: int) -> None:
        seen.append((worker, QThread.currentThread() is QCoreApplication.instance().thread()))  # type: ignore[union-attr]

    jobs.submit(Lane.NETWORK, "a", lambda _: threading.get_ident(), done, fail)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(seen[0][0], True)]
    assert seen[0][0] != threading.get_ident()


def test_that_the_archive_lane_keeps_the_order(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[int] = []

    def work(number: int) -> None:
        time.sleep(0.02 if number == 0 else 0)
        order.append(number)

    for number in range(5):
        jobs.submit(Lane.ARCHIVE, str(number), lambda _, n=number: work(n), ignore, fail)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]


def test_that_the_network_lane_runs_several_at_once(jobs: Jobs, qtbot: QtBot) -> None:
    meeting = threading.Barrier(3, timeout=5)
    met: list[int] = []
    for number in range(3):
        jobs.submit(Lane.NETWORK, str(number), lambda _: meeting.wait(), met.append, fail)
    qtbot.waitUntil(lambda: len(met) == 3)


def test_that_a_newer_job_with_the_same_key_cancels_the_older_and_drops_its_result(jobs: Jobs, qtbot: QtBot) -> None:
    begun, cancelled = threading.Event(), threading.Event()
    results: list[str] = []

    def slow(cancel: Cancel) -> str:
        begun.set()
        cancel.on_cancel(cancelled.set)
        assert cancelled.wait(5)
        return "old"

    jobs.submit(Lane.NETWORK, "page", slow, results.append, fail)
    assert begun.wait(5)
    jobs.submit(Lane.NETWORK, "page", lambda _: "new", results.append, fail)
    qtbot.waitUntil(lambda: results == ["new"])
    assert cancelled.is_set()
    qtbot.wait(50)
    assert results == ["new"]


def test_that_a_job_cancelled_before_its_turn_is_not_run(jobs: Jobs, qtbot: QtBot) -> None:
    release = threading.Event()
    errors: list[Exception] = []
    jobs.submit(Lane.ARCHIVE, "first", lambda _: release.wait(5), ignore, fail)
    jobs.submit(Lane.ARCHIVE, "second", lambda _: pytest.fail("was run"), ignore, errors.append)
    jobs.cancel("second")
    release.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], SourceError)
    assert errors[0].kind is ErrorKind.CANCELLED


def test_that_an_error_goes_to_the_job_that_raised_it_and_the_next_one_runs(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    done: list[int] = []

    def broken(_: Cancel) -> int:
        raise ValueError("no figure")

    jobs.submit(Lane.ARCHIVE, "broken", broken, done.append, errors.append)
    jobs.submit(Lane.ARCHIVE, "sound", lambda _: 7, done.append, fail)
    qtbot.waitUntil(lambda: done == [7])
    assert [str(error) for error in errors] == ["no figure"]


def test_that_shutdown_cancels_and_waits_and_no_callback_comes_afterwards(jobs: Jobs, qtbot: QtBot) -> None:
    begun = threading.Event()
    called: list[object] = []

    def patient(cancel: Cancel) -> None:
        begun.set()
        cancel.wait(30)

    jobs.submit(Lane.NETWORK, "patient", patient, called.append, called.append)
    assert begun.wait(5)
    started = time.monotonic()
    assert jobs.shutdown()
    assert time.monotonic() - started < 1
    jobs.submit(Lane.NETWORK, "late", lambda _: 1, called.append, called.append)
    qtbot.wait(50)
    assert not called


def test_that_shutdown_does_not_wait_for_ever(jobs: Jobs, expect_log: object) -> None:
    expect_log("1 jobs had not ended")  # type: ignore[operator]
    begun, release = threading.Event(), threading.Event()

    def deaf(_: Cancel) -> None:
        begun.set()
        release.wait(10)

    jobs.submit(Lane.NETWORK, "deaf", deaf, ignore, ignore)
    assert begun.wait(5)
    assert not jobs.shutdown(timeout_s=0.1)
    release.set()
    assert jobs.shutdown()


def test_that_progress_comes_seldom_with_the_latest_of_each_topic(qtbot: QtBot) -> None:
    given: list[dict[str, int]] = []

    def take(latest: Mapping[str, int]) -> None:
        given.append(dict(latest))

    progress = Progress(take, interval_ms=60)

    def report() -> None:
        for number in range(200):
            progress.post("a", number)
            progress.post("b", -number)

    worker = threading.Thread(target=report)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(given))
    assert given == [{"a": 199, "b": -199}]
    progress.post("a", 300)
    progress.flush()
    assert given[1:] == [{"a": 300}]
