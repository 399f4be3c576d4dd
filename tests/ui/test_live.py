"""The schedule, on a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from services.clock import Clock
from ui.live import Live, Pace

NOW = datetime(2017, 6, 23, 19, 29, tzinfo=UTC)
QUICK = Pace(after_s=2, jitter_s=0, apart_s=30, tick_s=0.01)


class MovedClock(Clock):
    """Stands still until it is moved."""

    def __init__(self) -> None:
        super().__init__(NOW)
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def live(qapp: QCoreApplication, clock: MovedClock) -> Iterator[Live]:
    schedule = Live(clock, QUICK)
    schedule.set_paused(False)
    schedule.start()
    yield schedule
    schedule.stop()


def test_that_a_source_is_asked_a_moment_after_it_is_due(live: Live, clock: MovedClock, qtbot: QtBot) -> None:
    live.plan({"cftc": NOW + timedelta(minutes=1)})
    with qtbot.assertNotEmitted(live.due, wait=50):
        clock.move(minutes=1)
    with qtbot.waitSignal(live.due) as caught:
        clock.move(seconds=3)
    assert caught.args == [("cftc",)]


def test_that_nothing_is_asked_again_until_a_new_plan_comes(live: Live, clock: MovedClock, qtbot: QtBot) -> None:
    live.plan({"cftc": NOW - timedelta(minutes=1)})
    with qtbot.waitSignal(live.due):
        pass
    live.note_asked("cftc")
    with qtbot.assertNotEmitted(live.due, wait=50):
        clock.move(hours=5)
    live.plan({"cftc": NOW})
    with qtbot.waitSignal(live.due):
        pass


def test_that_two_questions_to_one_source_keep_their_distance(live: Live, clock: MovedClock, qtbot: QtBot) -> None:
    live.note_asked("cftc")
    live.plan({"cftc": NOW - timedelta(days=1)})
    with qtbot.assertNotEmitted(live.due, wait=50):
        clock.move(seconds=29)
    with qtbot.waitSignal(live.due):
        clock.move(seconds=2)


def test_that_nothing_is_asked_while_it_is_paused(live: Live, qtbot: QtBot) -> None:
    live.set_paused(True)
    live.plan({"cftc": NOW - timedelta(days=1)})
    with qtbot.assertNotEmitted(live.due, wait=50):
        pass
    assert live.next_due() is None
    live.set_paused(False)
    assert live.next_due() is not None
    with qtbot.waitSignal(live.due):
        pass


def test_that_the_moment_of_a_release_is_announced_once_even_while_paused(
    live: Live, clock: MovedClock, qtbot: QtBot
) -> None:
    live.set_paused(True)
    with qtbot.waitSignal(live.released):
        clock.move(minutes=2)
    with qtbot.assertNotEmitted(live.released, wait=50):
        clock.move(minutes=2)


def test_that_a_computer_that_slept_asks_once_when_it_wakes(live: Live, clock: MovedClock, qtbot: QtBot) -> None:
    live.plan({"cftc": NOW + timedelta(minutes=1), "later": NOW + timedelta(days=30)})
    with qtbot.waitSignal(live.due) as caught:
        clock.move(days=3)
    assert caught.args == [("cftc",)]


def test_that_it_ticks_for_the_countdown(live: Live, qtbot: QtBot) -> None:
    with qtbot.waitSignals([live.ticked, live.ticked]):
        pass
