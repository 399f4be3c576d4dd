"""One archive, used from many threads at once."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from models.names import Report
from models.records import Positions, position_fields
from services.archive import seal
from services.archive.archive import Archive
from services.errors import ArchiveError
from tests.services.archive.samples import CODE, LATER, TUESDAY, batch, opened, positions, row, save

OI = "open_interest"
OPEN_FILES = Path("/proc/self/fd")


def many(count: int, start: int = 0) -> Positions:
    """Rows with every figure known, 1,000 weeks of each code."""
    report = Report.LEGACY_FUTURES
    number = np.arange(count)
    return Positions(
        report,
        np.char.mod("%06d", number // 1_000),
        (np.datetime64("2000-01-04") + 7 * (number % 1_000)).astype("M8[D]"),
        np.full(count, "NAME"),
        {field: (number + start).astype(float) for field in position_fields(report.family)},
    )


def in_threads(*work: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(part) for part in work]:
            done.result()


def test_that_threads_that_save_at_once_lose_nothing(archive: Archive) -> None:
    def store(code: int) -> None:
        for week in range(10):
            save(archive, positions({(f"{code}", TUESDAY + timedelta(weeks=week)): {OI: week}}))

    in_threads(*(lambda code=code: store(code) for code in range(4)))
    assert len(archive.positions(Report.LEGACY_FUTURES, [str(code) for code in range(4)], LATER)) == 40


def test_that_a_reader_sees_a_batch_whole_or_not_at_all(archive: Archive) -> None:
    stop = threading.Event()
    seen = set()

    def store() -> None:
        try:
            for value in range(1, 30):
                rows = {(code, TUESDAY): {OI: value} for code in "ABCDEF"}
                archive.save(batch(positions(rows), retrieved_at="2017-06-16 20:00"))
        finally:
            stop.set()

    def look() -> None:
        while not stop.is_set():
            seen.add(tuple(archive.positions(Report.LEGACY_FUTURES, list("ABCDEF"), LATER).values[OI].tolist()))

    in_threads(store, look, look)
    assert len(seen) > 1
    assert all(len(set(state)) <= 1 for state in seen)


@pytest.mark.parametrize("is_file", [True, False])
def test_that_what_is_read_in_several_steps_stays_the_same_while_another_saves(place: Path, is_file: bool) -> None:
    """A page once listed the weights that the app came with, which a download replaced before they were read."""
    with opened(place, writable=is_file) as archive, ThreadPoolExecutor(1) as pool:
        later = positions({(CODE, TUESDAY + timedelta(weeks=1)): {OI: 2}})
        save(archive, row({OI: 1}))
        with archive.unchanged():
            seen = [archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).values[OI].tolist()]
            saving = pool.submit(save, archive, later)
            time.sleep(0.05)
            assert not saving.done()
            seen += [archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).values[OI].tolist()]
        saving.result()
        assert seen == [[1], [1]]
        assert archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).values[OI].tolist() == [1, 2]


def test_that_an_archive_in_memory_may_be_used_from_many_threads(place: Path) -> None:
    with opened(place, writable=False) as archive:
        assert archive.is_in_memory
        in_threads(*(lambda: save(archive, row({OI: 1})) for _ in range(4)), lambda: archive.statuses())
        assert len(archive.log()) == 4


def test_that_a_state_within_a_state_does_not_end_it(archive: Archive) -> None:
    connections = archive._connections
    with connections.unchanged(), connections.reading() as held:
        with connections.unchanged(), connections.reading() as inner:
            assert inner is held
        with connections.reading() as after:
            assert after is held


@pytest.mark.parametrize("is_file", [True, False])
def test_that_giving_back_memory_waits_for_no_batch(place: Path, is_file: bool) -> None:
    with opened(place, writable=is_file) as archive, ThreadPoolExecutor(1) as pool:
        save(archive, row({OI: 1}))
        with archive._connections.writing():
            pool.submit(archive.release_memory).result(timeout=5)
        archive.release_memory()
        assert archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).values[OI].tolist() == [1]


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="open files are counted in /proc")
def test_that_closing_gives_back_every_file(place: Path) -> None:
    with opened(place):
        pass
    before = len(list(OPEN_FILES.iterdir()))
    for _ in range(3):
        with opened(place) as archive:
            in_threads(*(lambda: archive.contracts(LATER) for _ in range(8)))
            save(archive, row({OI: 1}))
    assert len(list(OPEN_FILES.iterdir())) == before


def test_that_reading_again_and_again_opens_no_more_files(archive: Archive) -> None:
    for _ in range(50):
        in_threads(lambda: archive.statuses())  # each in a thread of its own
    assert len(archive._connections._idle) == 1


def test_that_closing_waits_for_a_save_under_way(place: Path) -> None:
    large = batch(many(20_000))
    with opened(place) as archive:
        thread = threading.Thread(target=archive.save, args=(large,))
        thread.start()
        while thread.is_alive() and not seal.journal(place).exists():
            time.sleep(0.001)
        archive.close()
        thread.join()
    with opened(place) as archive:
        assert archive.notices == ()
        codes = [contract.code for contract in archive.contracts(LATER)]
        assert len(archive.positions(Report.LEGACY_FUTURES, codes, LATER)) == 20_000


def test_that_a_save_after_closing_is_refused(archive: Archive) -> None:
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        save(archive, row({OI: 1}))
