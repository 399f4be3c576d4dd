"""The built-in figures: written by the export, read at a first start."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from models.markets import Leg, Market, market
from models.names import Report
from models.records import Positions, Provenance, position_fields
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import InputError
from services.starter import tables
from tests.services.archive.samples import LATER, Figures, at, batch, opened, positions, row, row_count, save

LONG, OI, TOP = "noncommercial_long", "open_interest", "top4_gross_long"
BEFORE, TUESDAY = date(2017, 6, 6), date(2017, 6, 13)
AS_OF = at("2017-06-16 20:00")
RUSSELL = market("russell-2000")
OTHER = Market("other", "Other", "Others", (Leg("000001", 1.0, None, None), Leg("000002", 1.0, None, None)))

HELD: dict[tuple[str, date], Figures] = {
    ("23977A", BEFORE): {LONG: 12_345, OI: 400_000},
    ("23977A", TUESDAY): {LONG: 16_777_217, TOP: 45.6},
    ("239742", TUESDAY): {OI: 0},
}

READ = tables.batches
"""As it is, where a test has put something else in its place."""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "source.sqlite") as archive:
        save(archive, positions(HELD, name='RUSSELL 2000, "MINI"'))
        save(archive, row({OI: 5, "dealer_long": 3}, report=Report.TFF_COMBINED))
        save(archive, row({OI: 6}, report=Report.LEGACY_COMBINED))
        yield archive


def same(one: Positions, other: Positions) -> bool:
    return (
        one.report is other.report
        and one.code.tolist() == other.code.tolist()
        and one.date.tolist() == other.date.tolist()
        and one.name.tolist() == other.name.tolist()
        and all(np.array_equal(one.values[field], other.values[field], equal_nan=True) for field in one.values)
    )


def test_that_tables_read_back_as_they_were_held(source: Archive, tmp_path: Path) -> None:
    written = tables.export(source, tmp_path / "out", AS_OF, [RUSSELL, OTHER])
    assert sorted(path.name for path in written) == sorted(
        ["SOURCES.md", "index.json", "russell-2000-legacy_futures.csv.gz", "russell-2000-tff_combined.csv.gz"]
    )
    legacy, tff = READ(tmp_path / "out")
    assert legacy.provenance == Provenance("starter", "legacy_futures", "", AS_OF, TUESDAY)
    assert tff.provenance.dataset == "tff_combined"
    for one, report in ((legacy, Report.LEGACY_FUTURES), (tff, Report.TFF_COMBINED)):
        (rows,) = one.rows
        assert isinstance(rows, Positions)
        assert same(rows, source.positions(report, RUSSELL.codes, AS_OF))


def test_that_nothing_released_later_is_written(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path / "out", AS_OF - timedelta(days=5), [RUSSELL])
    (legacy,) = READ(tmp_path / "out")
    assert legacy.provenance.as_of == BEFORE


def test_that_the_same_figures_give_the_same_bytes(source: Archive, tmp_path: Path) -> None:
    for name in ("one", "two"):
        tables.export(source, tmp_path / name, AS_OF, [RUSSELL])
        time.sleep(0.01)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_that_a_table_is_plain_csv_without_columns_of_which_nothing_is_known(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path, AS_OF, [RUSSELL])
    text = gzip.decompress((tmp_path / "russell-2000-legacy_futures.csv.gz").read_bytes()).decode()
    name = '"RUSSELL 2000, ""MINI"""'
    assert text.splitlines() == [
        "date,code,name,open_interest,noncommercial_long,top4_gross_long",
        f"2017-06-13,239742,{name},0,,",
        f"2017-06-06,23977A,{name},400000,12345,",
        f"2017-06-13,23977A,{name},,16777217,45.6",
    ]


def test_that_the_note_names_every_table(source: Archive, tmp_path: Path) -> None:
    tables.export(source, tmp_path, AS_OF, [RUSSELL])
    note = (tmp_path / tables.NOTE).read_text("utf-8")
    assert "public domain" in note
    assert "2017-06-16 20:00 UTC" in note
    for entry in json.loads((tmp_path / tables.INDEX).read_bytes())["tables"]:
        assert f"| {entry['file']} | {entry['dataset']} | {entry['rows']} |" in note


def test_that_a_folder_without_an_index_holds_no_tables(tmp_path: Path) -> None:
    assert list(READ(tmp_path)) == []


def test_that_an_export_that_cannot_be_written_says_so(source: Archive, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(InputError, match="out"):
        tables.export(source, tmp_path / "out", AS_OF, [RUSSELL])


def test_that_a_new_archive_holds_the_tables_and_a_download_takes_their_place(
    source: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.export(source, tmp_path / "out", AS_OF, [RUSSELL])
    monkeypatch.setattr(tables, "batches", lambda: READ(tmp_path / "out"))
    with opened(tmp_path / "new" / "archive.sqlite") as archive:
        held = archive.positions(Report.LEGACY_FUTURES, RUSSELL.codes, LATER)
        assert same(held, source.positions(Report.LEGACY_FUTURES, RUSSELL.codes, LATER))
        archive.save(batch(positions(HELD)))
        starters = {status.dataset: status.rows for status in archive.statuses() if status.is_starter}
        assert starters == {"tff_combined": 1}


# As large as the real ones


def large(report: Report, code: str, weeks: int) -> Positions:
    chance = np.random.default_rng(weeks)
    walk = {
        field: np.abs(100_000 + chance.integers(-4_000, 4_000, weeks).cumsum()).astype(float)
        for field in position_fields(report.family)
    }
    days = (np.datetime64("2000-01-04") + 7 * np.arange(weeks)).astype("M8[D]")
    return Positions(report, np.full(weeks, code), days, np.full(weeks, "SAMPLE MARKET - AN EXCHANGE"), walk)


def test_that_seven_markets_are_read_at_once_and_stay_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    markets = [Market(f"m{n}", f"M{n}", "M", (Leg(f"{n:06d}", 1.0, None, None),)) for n in range(7)]
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "archive.sqlite") as archive:
        for each in markets:
            code = each.codes[0]
            archive.save(batch(large(Report.LEGACY_FUTURES, code, 1_000), large(Report.TFF_COMBINED, code, 800)))
        written = tables.export(archive, tmp_path / "out", datetime(2026, 7, 4, tzinfo=UTC), markets)
    read = READ(tmp_path / "out")
    assert sum(len(part) for one in read for part in one.rows if isinstance(part, Positions)) == 12_600
    assert sum(path.stat().st_size for path in written) < 1_800_000  # every figure known, and all of them by chance


def test_that_the_tables_shipped_with_the_app_can_all_be_read() -> None:
    for one in tables.batches():
        assert one.rows
        assert all(row_count(part) for part in one.rows)
        assert one.provenance.retrieved_at <= Clock().now()
