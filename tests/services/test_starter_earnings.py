"""The built-in earnings: annual figures only, as the page takes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.pages.choice import Choice
from models.pages.earnings import EarningsChoice
from models.pages.earnings_build import build
from models.records import Estimate
from services.archive.archive import Archive
from services.importing_sp_earnings import parse
from services.starter import earnings_table, tables
from tests.services.archive.samples import at, batch, opened
from tests.services.sp_workbook import sp_workbook

READ = tables.batches
AS_OF = at("2017-08-01 20:00")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "source.sqlite") as archive:
        archive.save(batch(parse(sp_workbook()).estimates))
        yield archive


def test_that_years_are_sums_of_quarters_and_nothing_else_is_written(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path / "out", AS_OF, [])
    (made,) = READ(tmp_path / "out")
    (rows,) = made.rows
    assert isinstance(rows, tuple)
    years = {(r.subject, r.basis, r.period): r for r in rows if isinstance(r, Estimate)}
    assert len(years) == len(rows)
    assert {period for _, _, period in years} == {"2015", "2016", "2017"}
    assert years["sp-600", "operating", "2017"] == Estimate(
        "sp-600", "", "2017", "operating", date(2017, 7, 5), 12.0, is_estimate=True
    )
    assert not years["sp-500", "as_reported", "2016"].is_estimate


def test_that_the_note_credits_the_publisher(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path / "out", AS_OF, [])
    note = (tmp_path / "out" / tables.NOTE).read_text("utf-8")
    assert "S&P Dow Jones Indices" in note and earnings_table.FILE in note


def test_that_the_same_earnings_give_the_same_bytes(source: Archive, tmp_path: Path) -> None:
    for name in ("one", "two"):
        tables.export(source, tmp_path / name, AS_OF, [])
    one, two = ((tmp_path / name / earnings_table.FILE).read_bytes() for name in ("one", "two"))
    assert one == two


def test_that_a_first_start_shows_the_earnings_page_without_quarters(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.export(source, tmp_path / "out", AS_OF, [])
    monkeypatch.setattr(tables, "batches", lambda: READ(tmp_path / "out"))
    with opened(tmp_path / "new" / "archive.sqlite") as archive:
        choice = Choice(datetime(2017, 7, 31, tzinfo=UTC), is_live=False)
        page = build(archive, choice, EarningsChoice())
        assert page.sentence == "Small-cap profits are expected to grow 50% in 2017, against 20% for large caps."
        assert page.gaps_title == "Growth gap by year"
        assert [gap.period for gap in page.gaps] == ["2016", "2017"]


def test_that_the_shipped_earnings_have_both_indices_and_bases() -> None:
    shipped = [rows for made in READ() for rows in made.rows if isinstance(rows, tuple)]
    if not shipped:
        pytest.skip("no earnings are built in")
    found = {(r.subject, r.basis) for rows in shipped for r in rows if isinstance(r, Estimate)}
    assert {(s, b) for s in ("sp-600", "sp-500") for b in ("operating", "as_reported")} <= found
