"""What the Market page costs with forty years of daily closes of thirty symbols."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

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
from models.windows import JANUARY_TO_MAY, YTD, Window
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import batch, opened

NOW = datetime(2026, 7, 4, tzinfo=UTC)
DAYS = np.array(sessions(date(1987, 1, 2), date(2026, 7, 2)), dtype="M8[D]")
SYMBOLS = ("RUT", "SPX", "XLF", "KBE", "KRE", *(s for s in SECTOR_FUNDS if s != "XLF"), "HYG", "LQD", "IEF")
OTHERS = tuple(f"S{n}" for n in range(30 - len(SYMBOLS)))

PAGE_S, LEAGUE_S = 0.200, 0.050
"""The targets, on two idle cores; they stand beside the figures and decide nothing."""


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


def test_build_the_market_page(benchmark: Any, archive: Archive) -> None:
    assert benchmark(lambda: build(archive, Choice(NOW), MarketChoice()))
    benchmark.extra_info["target_s"] = PAGE_S


@pytest.mark.parametrize("window", [JANUARY_TO_MAY, YTD], ids=lambda window: window.name)
def test_make_a_league_table(benchmark: Any, archive: Archive, window: Window) -> None:
    small, large = archive.closes("RUT", NOW), archive.closes("SPX", NOW)
    assert small is not None and large is not None
    assert benchmark(lambda: league(price_pair(small, large), window))
    benchmark.extra_info["target_s"] = LEAGUE_S
