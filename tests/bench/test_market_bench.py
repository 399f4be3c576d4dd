"""What the Market page costs with forty years of daily closes of thirty symbols."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest

from models.calc.performance import league
from models.calc.prices import price_pair
from models.calendars import sessions
from models.names import Known
from models.pages.choice import Choice
from models.pages.market import MarketChoice
from models.pages.market_build import build
from models.records import Observations
from models.series import SECTOR_FUNDS
from models.windows import JANUARY_TO_MAY, YTD
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import batch, opened

NOW = datetime(2026, 7, 4, tzinfo=UTC)
DAYS = np.array(sessions(date(1987, 1, 2), date(2026, 7, 2)), dtype="M8[D]")
SYMBOLS = ("RUT", "SPX", "XLF", "KBE", "KRE", *(s for s in SECTOR_FUNDS if s != "XLF"), "HYG", "LQD", "IEF")
OTHERS = tuple(f"S{n}" for n in range(30 - len(SYMBOLS)))

PAGE_S, LEAGUE_S = 0.200, 0.050
"""The targets, on two idle cores."""

SLACK = 1.2
"""How much longer it may take on a slower machine."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    patch = pytest.MonkeyPatch()
    patch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path_factory.mktemp("market") / "archive.sqlite") as made:
        for seed, symbol in enumerate((*SYMBOLS, *OTHERS)):
            steps = np.random.default_rng(seed).normal(0.02, 1.0, len(DAYS)) / 100
            levels = np.array(100 * np.cumprod(1 + steps), dtype=float)
            series = Observations(f"yahoo:{symbol}:price", DAYS, levels, Known.EXCHANGE_CLOSE)
            made.save(batch(series, source="yahoo", dataset=symbol, retrieved_at=NOW))
        yield made
    patch.undo()


def best_of(call: Callable[[], object], tries: int = 5) -> float:
    """Seconds of this process; what else the machine does is not counted."""
    times = []
    for _ in range(tries):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def test_that_the_page_opens_in_time(archive: Archive, record_property: Callable[[str, object], None]) -> None:
    took_s = best_of(lambda: build(archive, Choice(NOW), MarketChoice()))
    record_property("seconds", took_s)
    print(f"market page: {1000 * took_s:.0f} ms")
    assert took_s < PAGE_S * SLACK


def test_that_a_league_table_is_made_in_time(archive: Archive, record_property: Callable[[str, object], None]) -> None:
    small, large = archive.closes("RUT", NOW), archive.closes("SPX", NOW)
    assert small is not None and large is not None
    for window in (JANUARY_TO_MAY, YTD):
        took_s = best_of(lambda of=window: league(price_pair(small, large), of))  # type: ignore[misc]
        record_property(window.name, took_s)
        print(f"league {window.name}: {1000 * took_s:.1f} ms")
        assert took_s < LEAGUE_S * SLACK
