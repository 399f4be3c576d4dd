"""What sectors and earnings cost: files of two thousand holdings, a whole workbook, two thousand companies."""

import contextlib
import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count, cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from models.calc.estimates import Members, by_sector, growth, loss_makers, price_earnings, revision_breadth
from models.pages.choice import Choice
from models.pages.earnings import EarningsChoice
from models.pages.earnings_build import build as build_earnings
from models.pages.sectors import SectorsChoice
from models.pages.sectors_build import build as build_sectors
from models.pages.shelf import Shelf
from models.qt.desk import Desk
from models.records import Holding, Snapshot
from models.taxonomies import GICS_SECTORS, Taxonomy
from services.archive.archive import Archive
from services.importing_sp_earnings import parse
from services.sources.ishares_files import parse_csv
from services.starter import tables
from tests.services.archive.samples import batch, opened
from tests.services.sp_workbook import sp_workbook
from tests.shared import SHARED, needs_shared
from ui.pages.sectors_page import SectorsPage
from ui.theme import LIGHT, Theme

NOW = datetime(2026, 7, 4, tzinfo=UTC)
DAY = date(2026, 6, 30)
PAGE_MS, FRAME_MS, PARSE_MS, WORKBOOK_MS, AGGREGATE_MS = 200.0, 16.0, 150.0, 2000.0, 100.0
"""The targets, on two idle cores."""


def measure(benchmark: Any, call: Callable[[], object], target_ms: float, rounds: int = 11) -> None:
    """Once unmeasured, as that fills what is kept, then so many times; the target stands beside the figures."""
    benchmark.extra_info["target_ms"] = target_ms
    benchmark.pedantic(call, rounds=rounds, warmup_rounds=1)


def fund(name: str, count: int, day: date = DAY) -> Snapshot:
    """Holdings with weights as uneven as those of an index."""
    values = 1e9 / np.arange(1, count + 1) ** 0.7
    lines = [
        Holding(f"T{n}", f"COMPANY NUMBER {n}", GICS_SECTORS[n % 11], "Equity", "NASDAQ", float(value), None, 10.0)
        for n, value in enumerate(values)
    ]
    return Snapshot(name, day, Taxonomy.GICS, tuple(lines))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(LIGHT)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two funds with five years of month-ends of the small one, and a workbook's estimates."""
    patch = pytest.MonkeyPatch()
    patch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path_factory.mktemp("funds") / "archive.sqlite") as made:
        months = [date(year, month, 28) for year in range(2021, 2026) for month in range(1, 13)]
        for snapshot in (fund("IWM", 2000), fund("IVV", 503), *(fund("IWM", 2000, day) for day in months)):
            made.save(batch(snapshot, source="ishares", dataset=snapshot.fund, retrieved_at=NOW))
        made.save(batch(parse(sp_workbook()).estimates, source="import", dataset="sp", retrieved_at=NOW))
        yield made
    patch.undo()


def test_open_the_sectors_page_of_two_thousand_holdings(benchmark: Any, archive: Archive) -> None:
    shelf = Shelf(archive)
    measure(benchmark, lambda: build_sectors(archive, Choice(NOW), SectorsChoice(), shelf), PAGE_MS)


def test_open_the_earnings_page(benchmark: Any, archive: Archive) -> None:
    shelf = Shelf(archive)
    measure(benchmark, lambda: build_earnings(archive, Choice(NOW), EarningsChoice(), shelf), PAGE_MS)


def test_draw_a_treemap_of_two_thousand_tiles(benchmark: Any, archive: Archive, theme: Theme) -> None:
    page = SectorsPage(Desk(Choice(NOW).with_page(SectorsChoice())), theme)
    page.resize(1356, 824)
    page.show_page(build_sectors(archive, Choice(NOW), SectorsChoice()))
    measure(benchmark, page.tiles.map._drawn, PAGE_MS)
    page.close()


def test_type_a_letter_over_two_thousand_holdings(benchmark: Any, archive: Archive, theme: Theme) -> None:
    page = SectorsPage(Desk(Choice(NOW).with_page(SectorsChoice())), theme)
    page.resize(1356, 824)
    page.show_page(build_sectors(archive, Choice(NOW), SectorsChoice()))
    typed = cycle("company number 1"[: 9 + n] for n in range(7))
    measure(benchmark, lambda: page.holdings.search.setText(next(typed)), FRAME_MS, rounds=21)
    page.close()


@needs_shared
@pytest.mark.parametrize("name", ["IWM_2025-11-05.csv.gz", "IVV_2023-04-06.csv.gz", "IJR_2017-06-30.csv.gz"])
def test_parse_a_file_of_holdings(benchmark: Any, name: str) -> None:
    body = gzip.decompress((SHARED / "data" / "ishares" / name).read_bytes())
    ticker, _, day = name.partition("_")
    when = date.fromisoformat(day[:10])
    measure(benchmark, lambda: parse_csv(body, ticker, when), PARSE_MS)


@needs_shared
@pytest.mark.parametrize("stem", ["rwkopcke__sp-eps_2017-07-05", "fshvets24__sp-500-eps-est"])
def test_import_a_workbook(benchmark: Any, stem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    content = (SHARED / "data" / "spglobal" / f"{stem}.xlsx").read_bytes()
    numbers = count()
    with contextlib.ExitStack() as stack:

        def import_it() -> None:
            made = stack.enter_context(opened(tmp_path / f"{next(numbers)}.sqlite"))
            made.save(batch(parse(content).estimates, source="import", dataset="sp", retrieved_at=NOW))

        measure(benchmark, import_it, WORKBOOK_MS, rounds=5)


def test_sum_two_thousand_companies(benchmark: Any) -> None:
    chance = np.random.default_rng(7)
    companies = 2000
    base = chance.normal(1.0, 2.0, companies)
    members = Members(
        ticker=np.array([f"T{n}" for n in range(companies)]),
        sector=np.array([GICS_SECTORS[n % 11] for n in range(companies)]),
        shares=chance.lognormal(16, 1, companies),
        price=chance.lognormal(3, 1, companies),
        base=base,
        next=base * chance.normal(1.1, 0.2, companies),
    )

    def everything() -> None:
        growth(members)
        by_sector(members)
        loss_makers(members)
        price_earnings(members, members.next)
        revision_breadth(members)

    measure(benchmark, everything, AGGREGATE_MS)
