"""What the archive costs: a full history saved, the same again, and what pages ask of it."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.names import Report
from models.records import Positions, position_fields
from services.archive import seal
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import LATER, batch, opened

REPORT = Report.LEGACY_FUTURES
CODES, WEEKS = 300, 1_500
ROWS_A_BATCH = 5_000
AS_OF = datetime(2026, 7, 4, tzinfo=UTC)

SAVE_S, PEAK_MB, CONTRACT_S, LATEST_S = 6.0, 500, 0.006, 0.030
"""The targets, on two idle cores; they stand beside the figures and decide nothing."""


def history(start: int, count: int, offset: int = 0) -> Positions:
    """Rows of a history sorted by code and date, with every figure that the CFTC gives."""
    number = np.arange(start, start + count)
    chance = np.random.default_rng(start)
    unknown = np.full(count, np.nan)
    values = {
        field: unknown if field.endswith("_net") else chance.integers(0, 200_000, count).astype(float) + offset
        for field in position_fields(REPORT.family)
    }
    days = (np.datetime64("1997-09-30") + 7 * (number % WEEKS)).astype("M8[D]")
    name = np.full(count, "RUSSELL 2000 MINI INDEX FUTURE - ICE FUTURES U.S.")
    return Positions(REPORT, np.char.mod("%06d", number // WEEKS), days, name, values)


def save_history(archive: Archive, codes: int = CODES, offset: int = 0) -> None:
    for start in range(0, codes * WEEKS, ROWS_A_BATCH):
        archive.save(batch(history(start, ROWS_A_BATCH, offset)))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    return tmp_path / "archive.sqlite"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("full") / "archive.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "batches", lambda: iter(()))
        with opened(path) as archive:
            save_history(archive)
    yield path
    path.unlink()


@pytest.fixture
def archive(full: Path) -> Iterator[Archive]:
    with opened(full) as held:
        yield held


def test_save_full_history(benchmark: Any, place: Path) -> None:
    """450,000 rows of 24 figures in batches of 5,000."""
    deliveries = [batch(history(start, ROWS_A_BATCH)) for start in range(0, CODES * WEEKS, ROWS_A_BATCH)]

    def save_all() -> None:
        with opened(place) as archive:
            for delivery in deliveries:
                archive.save(delivery)

    benchmark.pedantic(save_all, setup=lambda: place.unlink(missing_ok=True), rounds=3)
    benchmark.extra_info["target_s"] = SAVE_S


def test_save_the_same_history_again(benchmark: Any, archive: Archive) -> None:
    benchmark.pedantic(lambda: save_history(archive), rounds=1)


def test_revise_every_row_of_30_codes(benchmark: Any, place: Path) -> None:
    with opened(place) as archive:
        save_history(archive, 30)
        benchmark.pedantic(lambda: save_history(archive, 30, offset=1), rounds=1)


def test_save_one_week_of_all_codes(benchmark: Any, archive: Archive) -> None:
    week = history(0, CODES * WEEKS)
    newest = {field: column[WEEKS - 1 :: WEEKS] for field, column in week.values.items()}
    rows = Positions(REPORT, week.code[WEEKS - 1 :: WEEKS], week.date[WEEKS - 1 :: WEEKS], week.name[:CODES], newest)
    benchmark.pedantic(lambda: archive.save(batch(rows)), rounds=5)


def test_read_one_contract(benchmark: Any, archive: Archive) -> None:
    held = benchmark(lambda: archive.positions(REPORT, ["000123"], LATER))
    assert len(held) == WEEKS
    benchmark.extra_info["target_s"] = CONTRACT_S


def test_read_the_latest_week_of_all_codes(benchmark: Any, archive: Archive) -> None:
    held = benchmark(lambda: archive.latest_positions(REPORT, AS_OF))
    assert len(held) == CODES
    benchmark.extra_info["target_s"] = LATEST_S


def test_read_the_history_of_a_catalogue(benchmark: Any, archive: Archive) -> None:
    codes = [f"{n:06d}" for n in range(60)]
    held = benchmark.pedantic(lambda: archive.positions(REPORT, codes, LATER), rounds=3)
    assert len(held) == 60 * WEEKS


def test_list_contracts(benchmark: Any, archive: Archive) -> None:
    assert len(benchmark(lambda: archive.contracts(LATER))) == CODES


def test_open_an_archive_closed_in_order(benchmark: Any, full: Path) -> None:
    def look() -> None:
        with opened(full) as archive:
            archive.newest_report(REPORT, LATER)

    benchmark(look)


def test_open_an_archive_that_must_be_checked(benchmark: Any, full: Path) -> None:
    def look() -> None:
        with opened(full, writable=False) as archive:
            archive.newest_report(REPORT, LATER)

    benchmark.pedantic(look, setup=lambda: seal.remove(full), rounds=5)


PEAK = """
import resource, sys
from pathlib import Path
from tests.bench.test_archive_bench import opened, save_history
with opened(Path(sys.argv[1])) as archive:
    save_history(archive)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in the units of Linux")
def test_peak_memory_of_a_full_save(benchmark: Any, place: Path) -> None:
    command = [sys.executable, "-c", PEAK, str(place)]
    root = Path(__file__).resolve().parents[2]

    def measure() -> float:
        told = subprocess.run(command, capture_output=True, check=True, cwd=root, text=True).stdout
        return int(told) / 1024

    peak_mb = benchmark.pedantic(measure, rounds=1)
    benchmark.extra_info |= {"peak_mb": peak_mb, "target_mb": PEAK_MB}


def test_make_other_threads_wait_while_rows_are_saved(benchmark: Any, place: Path) -> None:
    """The longest wait of a thread that wants to run every half millisecond, beside a save of 5,000 rows."""
    gaps: list[float] = []
    starts = iter(range(0, 10 * ROWS_A_BATCH, ROWS_A_BATCH))
    with opened(place) as archive:

        def save_beside() -> None:
            worker = threading.Thread(target=archive.save, args=(batch(history(next(starts), ROWS_A_BATCH)),))
            worker.start()
            longest, last = 0.0, time.perf_counter()
            while worker.is_alive():
                time.sleep(0.0005)
                now = time.perf_counter()
                longest, last = max(longest, now - last), now
            gaps.append(longest)

        benchmark.pedantic(save_beside, rounds=5)
    benchmark.extra_info |= {"longest_wait_ms": round(1e3 * sorted(gaps)[2], 1), "target_ms": 30}
