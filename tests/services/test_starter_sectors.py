"""The built-in sector weights: what is exported is what a page works out, and reads back as it was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.pages.shelf import Shelf
from models.records import SectorWeights
from models.taxonomies import Taxonomy, View
from services.archive.archive import Archive
from services.starter import sector_table, tables
from tests.models.holdings import by_sector, holding, snapshot
from tests.services.archive.samples import at, batch, opened

AS_OF = at("2018-01-02 15:00")
JUNE = date(2017, 6, 30)
READ = tables.batches


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    rows = (
        by_sector({"Financials": 18.0, "Energy": 77.0, "Other": 5.0}, "IWM", JUNE),
        snapshot(holding("A", sector="Financial Services"), fund="TWOK", as_of=JUNE, taxonomy=Taxonomy.RUSSELL),
        snapshot(holding("B", sector="-"), fund="SPY", as_of=JUNE, taxonomy=Taxonomy.NONE),
        by_sector({"Energy": 100.0}, "IVV", date(2018, 1, 31)),
    )
    with opened(tmp_path / "source.sqlite") as archive:
        for row in rows:
            archive.save(batch(row, source="ishares", dataset=row.fund, retrieved_at=datetime(2018, 1, 1, tzinfo=UTC)))
        yield archive


def exported(source: Archive, out: Path) -> tuple[SectorWeights, ...]:
    tables.export(source, out, AS_OF, [])
    found = [rows for item in READ(out) if item.provenance.dataset == sector_table.DATASET for rows in item.rows]
    assert all(isinstance(rows, SectorWeights) for rows in found)
    return tuple(rows for rows in found if isinstance(rows, SectorWeights))


def test_that_weights_are_exported_in_each_files_own_taxonomy(source: Archive, tmp_path: Path) -> None:
    made = {of.fund: of for of in exported(source, tmp_path / "out")}
    assert set(made) == {"IWM", "TWOK"}  # SPY has no sectors, IVV's file is not known yet
    assert dict(made["IWM"].weights_pct)["Financials"] == 18.0
    assert len(made["IWM"].weights_pct) == 12  # eleven sectors and what the provider calls Other
    assert made["TWOK"].taxonomy == Taxonomy.RUSSELL
    assert "iShares" in made["IWM"].note and "State Street" in made["TWOK"].note


def test_that_no_holding_is_exported(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path / "out", AS_OF, [])
    cells = sector_table.write(sector_table.weights(source, AS_OF))
    assert not any("IWM0" in cell for row in cells for cell in row)
    note = (tmp_path / "out" / tables.NOTE).read_text()
    assert "The holdings themselves are not included" in note


def test_that_an_archive_of_bare_weights_exports_them_again(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(source, tmp_path / "first")
    monkeypatch.setattr(tables, "batches", lambda: READ(tmp_path / "first"))
    with opened(tmp_path / "second.sqlite") as fresh:
        assert exported(fresh, tmp_path / "second") == first
        names = [path.name for path in (tmp_path / "first").iterdir()]
        assert all((tmp_path / "first" / n).read_bytes() == (tmp_path / "second" / n).read_bytes() for n in names)
        (held,) = (h for h in Shelf(fresh).held(AS_OF) if h.fund == "IWM")
        weights = Shelf(fresh).weights(held, View.GICS, ())
        assert weights is not None and weights.by_sector["Energy"] == 77.0
