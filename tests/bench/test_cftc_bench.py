"""What the CFTC's reports cost: a page, a file of one year, and the whole history, read, checked and stored.

The texts are made up in the shape of the Legacy files, 129 columns wide. The history is parsed from a zip and
stored in a process of its own, so that its memory can be told apart.
"""

import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.names import Family, Report
from models.records import Batch, Provenance
from services.archive.archive import Archive
from services.sources.cftc_api import PAGE_ROWS, parse_page
from services.sources.cftc_checks import checked
from services.sources.cftc_fields import WEEKLY_PLACES, WEEKLY_WIDTH
from services.sources.cftc_files import ROWS_AT_ONCE, parse_zip
from services.starter import tables
from tests.services.archive.samples import opened
from tests.services.sources.socrata import rows_of, tuesdays
from tests.services.sources.test_cftc_parsing import page_of

REPORT = Report.LEGACY_FUTURES
NOW = datetime(2026, 7, 4, tzinfo=UTC)
NEWEST = date(2026, 6, 30)
YEAR_CODES, YEAR_WEEKS = 360, 52
"""As many contracts as the CFTC lists in 2026."""
CODES, WEEKS = 300, 1_500

YEAR_S, HISTORY_S, PEAK_MB, GAP_S = 0.25, 8.0, 500, 0.015
"""The targets, on two idle cores; they stand beside the figures and decide nothing."""


def _header() -> str:
    from services.sources.cftc_fields import ACCEPTED

    names = [f"Column {place}" for place in range(WEEKLY_WIDTH[Family.LEGACY])]
    for key, place in WEEKLY_PLACES[Family.LEGACY].items():
        names[place] = ACCEPTED[Family.LEGACY].get(key, (key,))[-1]
    return ",".join(f'"{name}"' for name in names)


def lines(codes: int, weeks: int) -> Iterator[str]:
    """A Legacy file, market by market, newest week first; the groups add up to open interest."""
    yield _header()
    chance = np.random.default_rng(1)
    days = [NEWEST - timedelta(days=7 * n) for n in range(weeks)]
    dates = [f"{day:%y%m%d},{day}" for day in days]
    rest = ",".join(f"{n % 90:8d}" for n in range(17, 125)) + ',"(CONTRACTS OF 1,000 BARRELS)","CODE","NYME","067 "'
    for number in range(codes):
        code = f"{number:05d}A"
        figures = chance.integers(1_000, 100_000, (weeks, 6)).tolist()
        for when, (long, short, spread, hedged, sold, small) in zip(dates, figures, strict=True):
            other = long + hedged + small - short - sold
            low = max(0, -other)
            total = long + spread + hedged + small + low
            yield (
                f'"CRUDE OIL, LIGHT SWEET {number} - NEW YORK MERCANTILE EXCHANGE",{when},{code},NYME,01 ,067 ,'
                f"{total:8d},{long:8d},{short:8d},{spread:8d},{hedged:8d},{sold:8d},{total - small:8d},{total:8d},"
                f"{small + low:8d},{other + low:8d},{rest}"
            )


def write_zip(path: Path, codes: int, weeks: int) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("annual.txt", "w") as text,
    ):
        for line in lines(codes, weeks):
            text.write(line.encode() + b"\r\n")
    return path


def store(archive: Archive, body: bytes) -> int:
    """Reads, checks and saves a zip as a refresh does; the number of rows."""
    found = checked(parse_zip(body, REPORT), REPORT, NOW)
    assert not found.refused
    origin = Provenance("cftc", REPORT.value, "", NOW, NEWEST)
    return sum(archive.save(Batch(origin, (part,))).rows_new for part in found.parts(ROWS_AT_ONCE))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    return tmp_path / "archive.sqlite"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_zip(tmp_path_factory.mktemp("year") / "year.zip", YEAR_CODES, YEAR_WEEKS).read_bytes()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_zip(tmp_path_factory.mktemp("history") / "history.zip", CODES, WEEKS)


def test_read_a_year(benchmark: Any, year: bytes) -> None:
    table = benchmark(lambda: parse_zip(year, REPORT))
    assert len(table) == YEAR_CODES * YEAR_WEEKS


def test_read_and_store_a_year(benchmark: Any, year: bytes, place: Path) -> None:
    spent: list[float] = []

    def run() -> None:
        with opened(place) as archive:
            started = time.process_time()
            assert store(archive, year) == YEAR_CODES * YEAR_WEEKS
            spent.append(time.process_time() - started)

    benchmark.pedantic(run, setup=lambda: place.unlink(missing_ok=True), rounds=9)
    benchmark.extra_info |= {"cpu_s": min(spent), "target_s": YEAR_S}


HISTORY = """
import resource, sys, time
from pathlib import Path
from services.starter import tables
tables.batches = lambda: iter(())
from tests.bench.test_cftc_bench import opened, store
body = Path(sys.argv[1]).read_bytes()
with opened(Path(sys.argv[2])) as archive:
    started, spent = time.perf_counter(), time.process_time()
    rows = store(archive, body)
    print(rows, time.perf_counter() - started, time.process_time() - spent)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in the units of Linux")
def test_read_and_store_a_full_history(benchmark: Any, history: Path, place: Path) -> None:
    command = [sys.executable, "-c", HISTORY, str(history), str(place)]
    root = Path(__file__).resolve().parents[2]

    def measure() -> list[float]:
        done = subprocess.run(command, capture_output=True, check=True, cwd=root, text=True)
        return [float(figure) for figure in done.stdout.split()]

    rows, wall_s, cpu_s, peak_mb = benchmark.pedantic(measure, rounds=1)
    benchmark.extra_info |= {
        "wall_s": wall_s,
        "cpu_s": cpu_s,
        "peak_mb": peak_mb,
        "rows_a_second": round(rows / wall_s),
        "target_s": HISTORY_S,
        "target_mb": PEAK_MB,
    }
    assert rows == CODES * WEEKS


@contextmanager
def heartbeat(gaps: list[float]) -> Iterator[None]:
    """Notes how long another thread has to wait for its turn, over what a millisecond's sleep takes."""
    stop = threading.Event()

    def beat() -> None:
        last = time.perf_counter()
        while not stop.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    thread = threading.Thread(target=beat)
    thread.start()
    yield
    stop.set()
    thread.join()


def test_read_a_page_beside_another_thread(benchmark: Any) -> None:
    codes = [f"{n:05d}A" for n in range(100)]
    body = page_of(rows_of(Report.TFF_FUTURES, codes, tuesdays(NEWEST, PAGE_ROWS // len(codes))))
    gaps: list[float] = []
    with heartbeat(gaps):
        found = benchmark(lambda: checked(parse_page(body, Report.TFF_FUTURES), Report.TFF_FUTURES, NOW))
    assert len(found) == PAGE_ROWS
    benchmark.extra_info |= {
        "longest_gap_ms": round(1e3 * max(gaps), 1),
        "gap_ms_99th_percentile": round(1e3 * float(np.percentile(gaps, 99)), 1),
        "target_ms": 1e3 * GAP_S,
    }
