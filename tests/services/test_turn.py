"""Whose turn it is to compute."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from services.cancel import Cancel
from services.errors import SourceError
from services.turn import Turn

SOON_S = 5.0


def test_that_one_thread_has_the_turn_and_others_go_on_while_it_waits() -> None:
    turn, cancel = Turn(), Cancel()
    asked, answered = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        with turn.taken(cancel):
            done.append("asks")
            with turn.lent(cancel):
                asked.set()
                assert answered.wait(SOON_S)
            done.append("reads")

    def second() -> None:
        assert asked.wait(SOON_S)
        with turn.taken(cancel):
            done.append("another")
            answered.set()
            assert not lock_is_free(turn)
            done.append("still another")

    with ThreadPoolExecutor(2) as pool:
        for work in [pool.submit(first), pool.submit(second)]:
            work.result(SOON_S)
    assert done == ["asks", "another", "still another", "reads"]
    assert lock_is_free(turn)


def lock_is_free(turn: Turn) -> bool:
    """Whether another thread could take the turn at once."""

    def take() -> bool:
        cancel = Cancel()
        cancel.cancel()
        try:
            with turn.taken(cancel):
                return True
        except SourceError:
            return False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(take).result(SOON_S)


def test_that_who_waits_for_the_turn_can_be_cancelled() -> None:
    turn, cancel = Turn(), Cancel()
    with turn.taken(Cancel()), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: turn.taken(cancel).__enter__())
        cancel.cancel()
        with pytest.raises(SourceError):
            waiting.result(SOON_S)
    assert lock_is_free(turn)


def test_that_who_lent_the_turn_can_be_cancelled_and_then_does_not_have_it() -> None:
    turn, cancel = Turn(), Cancel()
    taken, ended = threading.Event(), threading.Event()

    def other() -> None:
        with turn.taken(Cancel()):
            taken.set()
            assert ended.wait(SOON_S)

    with ThreadPoolExecutor(1) as pool:

        def ask() -> None:
            with turn.taken(cancel), turn.lent(cancel):
                working.append(pool.submit(other))
                assert taken.wait(SOON_S)
                cancel.cancel()

        working: list[Future[None]] = []
        with pytest.raises(SourceError):
            ask()
        ended.set()
        working[0].result(SOON_S)
    assert lock_is_free(turn)


def test_that_what_goes_wrong_in_a_wait_is_raised_with_the_turn_taken_again() -> None:
    turn = Turn()
    with turn.taken(Cancel()):
        with pytest.raises(LookupError), turn.lent(Cancel()):
            raise LookupError
        assert not lock_is_free(turn)
    assert lock_is_free(turn)


def test_that_a_wait_that_is_cancelled_ends_while_another_still_has_the_turn() -> None:
    turn, cancel = Turn(), Cancel()
    asked = threading.Event()

    def ask() -> None:
        with turn.taken(cancel), turn.lent(cancel):
            asked.set()
            cancel.wait(SOON_S)

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        assert asked.wait(SOON_S)
        with turn.taken(Cancel()):
            cancel.cancel()
            with pytest.raises(SourceError):
                asking.result(SOON_S)
            assert not lock_is_free(turn)
    assert lock_is_free(turn)


def test_that_a_thread_without_the_turn_has_nothing_to_lend() -> None:
    turn = Turn()
    with turn.lent(Cancel()):
        assert lock_is_free(turn)
    assert lock_is_free(turn)
