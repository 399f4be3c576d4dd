"""What reading costs: the providers' own files, where they are at hand, and the figures of a first start."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.importing_sp_earnings import parse as parse_workbook
from services.sources.ishares_files import parse_csv
from services.starter import tables
from tests.real.test_holdings import raw, stored
from tests.shared import SHARED, needs_shared

HOLDINGS_S, WORKBOOK_S = 0.15, 2.0
"""The targets, on two idle cores; they stand beside the figures and decide nothing."""


@needs_shared
def test_parse_the_largest_holdings_file(benchmark: Any) -> None:
    body, entry = max(((raw(entry["path"]), entry) for entry in stored()), key=lambda held: len(held[0]))
    fund, day = entry["fund"], date.fromisoformat(entry["asof"])
    assert benchmark(lambda: parse_csv(body, fund, day)).snapshot.holdings
    benchmark.extra_info |= {"fund": fund, "target_s": HOLDINGS_S}


@needs_shared
@pytest.mark.parametrize(
    "path",
    sorted((SHARED / "data" / "spglobal").glob("*.xlsx"), key=lambda p: -p.stat().st_size)[:3],
    ids=lambda p: p.stem,
)
def test_parse_a_workbook(benchmark: Any, path: Path) -> None:
    content = path.read_bytes()
    assert benchmark.pedantic(lambda: parse_workbook(content), rounds=3).estimates
    benchmark.extra_info["target_s"] = WORKBOOK_S


def test_read_the_figures_of_a_first_start(benchmark: Any) -> None:
    assert benchmark.pedantic(lambda: list(tables.batches()), rounds=5)
