"""A user's own CFTC files, imported into a real archive."""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.names import Family, Report
from models.records import Batch, Compared, Conflict, Provenance
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import InputError
from services.importing import Imported, ImportWish, import_files, preview_files
from services.importing_figures import read_plain
from services.starter import tables
from tests.models.holdings import holding, snapshot
from tests.services.archive.samples import opened
from tests.services.sources.socrata import Row, as_csv, as_zip, figures, file_of, rows_of, tuesdays

NOW = datetime(2024, 6, 8, 12, tzinfo=UTC)
TUESDAY = date(2024, 6, 4)
CODES = ("002602", "085692", "084691", "083731")
LEGACY, TFF = Report.LEGACY_FUTURES, Report.TFF_FUTURES


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "archive.sqlite") as made:
        yield made


def brought(
    archive: Archive, folder: Path, files: Mapping[str, bytes], wish: ImportWish | None = None
) -> list[Imported]:
    paths = []
    for name, content in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return list(import_files(paths, wish or ImportWish(), archive, Clock(NOW), Cancel()))


def held(archive: Archive, report: Report) -> int:
    return len(archive.latest_positions(report, NOW, 1000))


def table(rows: Sequence[Mapping[str, object]]) -> bytes:
    columns = list(rows[0])
    return as_csv([{key: str(value) for key, value in row.items()} for row in rows], columns)


def net_only(code: str, day: date, net: int) -> Row:
    return {"date": str(day), "code": code, "oi": "", "nc_long": "", "nc_short": "", "nc_net": str(net), "note": ""}


def test_that_a_yearly_zip_is_recognised_and_stored(archive: Archive, tmp_path: Path) -> None:
    rows = rows_of(TFF, CODES, tuesdays(TUESDAY, 20))
    (done,) = brought(archive, tmp_path, {"fut_fin_txt_2024.zip": file_of(rows)})
    assert done == Imported("fut_fin_txt_2024.zip", "cftc", TUESDAY, 80, 0, "TFF, futures only, to 2024-06-04.")
    assert held(archive, TFF) == 80
    (status,) = archive.statuses()
    assert (status.source, status.dataset, status.as_of) == ("import", TFF.value, TUESDAY)


@pytest.mark.parametrize(
    ("name", "inside", "report"),
    [
        ("deacot2024.zip", "annual.txt", Report.LEGACY_FUTURES),
        ("deahistfo2024.zip", "annualof.txt", Report.LEGACY_COMBINED),
        ("download.zip", "annualof.txt", Report.LEGACY_COMBINED),
        ("download.zip", "FUT86_16.txt", Report.LEGACY_FUTURES),
        ("deacom.zip", "table.txt", Report.LEGACY_COMBINED),
    ],
)
def test_that_names_say_whether_options_are_in_a_legacy_file(
    archive: Archive, tmp_path: Path, name: str, inside: str, report: Report
) -> None:
    rows = [
        {key: text for key, text in row.items() if "futonly" not in key} for row in rows_of(LEGACY, CODES, [TUESDAY])
    ]
    (done,) = brought(archive, tmp_path, {name: file_of(rows, inside)})
    assert not done.is_failed, done.message
    assert held(archive, report) == len(CODES)


def test_that_a_legacy_file_that_says_nothing_is_not_guessed_at(archive: Archive, tmp_path: Path) -> None:
    rows = [
        {key: text for key, text in row.items() if "futonly" not in key} for row in rows_of(LEGACY, CODES, [TUESDAY])
    ]
    (done,) = brought(archive, tmp_path, {"download.zip": file_of(rows, "table.txt")})
    assert done.is_failed
    assert "does not say whether its figures are futures only" in done.message
    assert held(archive, LEGACY) == 0


def test_that_a_packed_text_is_read_too(archive: Archive, tmp_path: Path) -> None:
    rows = rows_of(TFF, CODES, tuesdays(TUESDAY, 3))
    (done,) = brought(archive, tmp_path, {"year.csv.gz": gzip.compress(as_csv(rows, list(rows[0])))})
    assert (done.rows_new, done.is_failed) == (12, False)


def test_that_a_file_of_one_contract_is_taken_beside_those_of_others(archive: Archive, tmp_path: Path) -> None:
    days = tuesdays(TUESDAY, 20)
    many, one_contract = rows_of(TFF, CODES, days), rows_of(TFF, ["088691"], days)
    first, second = brought(archive, tmp_path, {"a.zip": file_of(many), "b.zip": file_of(one_contract)})
    assert (first.rows_new, second.rows_new) == (80, 20)


def test_that_both_scopes_in_one_file_are_stored_apart(archive: Archive, tmp_path: Path) -> None:
    rows = rows_of(TFF, CODES, [TUESDAY]) + rows_of(Report.TFF_COMBINED, CODES, [TUESDAY])
    (done,) = brought(archive, tmp_path, {"all.zip": file_of(rows)})
    assert done.message == "TFF, futures only, to 2024-06-04; TFF, futures and options, to 2024-06-04."
    assert held(archive, TFF) == held(archive, Report.TFF_COMBINED) == len(CODES)


# Plain tables


def test_that_a_plain_table_fills_what_is_known(archive: Archive, tmp_path: Path) -> None:
    known = figures(Family.LEGACY, "23977A", date(2017, 1, 3))
    row = {"date": "2017-01-03", "code": "23977A", "kind": "partial", "oi": known["open_interest"]}
    row |= {"nc_long": known["noncommercial_long"], "nc_short": known["noncommercial_short"], "nc_net": "", "note": ""}
    row["nc_net"] = known["noncommercial_long"] - known["noncommercial_short"]
    (done,) = brought(
        archive, tmp_path, {"23977A.csv": table([row, row | net_only("23977A", date(2008, 7, 22), -601)])}
    )
    assert (done.kind, done.rows_new, done.as_of) == ("cftc", 2, date(2017, 1, 3))
    found = archive.positions(LEGACY, ["23977A"], NOW)
    assert found.date.astype(str).tolist() == ["2008-07-22", "2017-01-03"]
    assert np.array_equal(found.values["noncommercial_net"], [-601, np.nan], equal_nan=True)
    assert np.array_equal(found.values["noncommercial_long"], [np.nan, known["noncommercial_long"]], equal_nan=True)
    assert np.array_equal(found.values["open_interest"], [np.nan, known["open_interest"]], equal_nan=True)


def test_that_rows_without_any_figure_are_kept_out(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 5) for day in tuesdays(TUESDAY, 9)]
    rows[4]["nc_net"] = ""
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert (done.rows_new, done.rows_refused) == (8, 1)
    assert "no figure is known" in done.message


def test_that_a_net_must_be_that_of_its_sides(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 5) | {"nc_long": "10", "nc_short": "5"} for day in tuesdays(TUESDAY, 9)]
    rows[2]["nc_net"] = "6"
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert (done.rows_new, done.rows_refused) == (8, 1)
    assert "the net of noncommercial is not its long less its short" in done.message


def test_that_rows_that_cannot_be_read_are_named_by_their_number(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 5) for day in tuesdays(TUESDAY, 9)]
    rows[1]["date"] = "yesterday"
    rows[2]["nc_net"] = "many"
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert (done.rows_new, done.rows_refused) == (7, 2)
    assert done.message.endswith("Kept out: 2, the first nets.csv, row 3 (the date cannot be read).")
    assert {refused.what for refused in archive.quarantine()} == {"nets.csv, row 3", "nets.csv, row 4"}


def test_that_a_table_full_of_errors_is_refused_whole(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 5) | {"date": "?"} for day in tuesdays(TUESDAY, 9)]
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert done.is_failed
    assert done.message.startswith("nets.csv: 9 rows cannot be read (nets.csv, row 2: the date cannot be read;")
    assert done.message.endswith("Nothing was imported.")


def test_that_a_column_says_to_which_report_a_row_belongs(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", TUESDAY, 5) | {"report": report} for report in (LEGACY, Report.LEGACY_COMBINED)]
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert not done.is_failed
    assert held(archive, LEGACY) == held(archive, Report.LEGACY_COMBINED) == 1


def test_that_the_columns_tell_the_family(archive: Archive, tmp_path: Path) -> None:
    tff = {"date": TUESDAY, "code": "239742", "oi": 900, "lev_long": 1, "lev_short": 2, "am_long": 3, "nr_long": 4}
    disagg = {"date": TUESDAY, "code": "067651", "oi": 900, "mm_long": 1, "mm_short": 2, "nr_long": 4}
    for done in brought(archive, tmp_path, {"tff.csv": table([tff]), "disagg.csv": table([disagg])}):
        assert not done.is_failed, done.message
    assert archive.positions(TFF, ["239742"], NOW).values["leveraged_funds_short"].tolist() == [2]
    assert archive.positions(Report.DISAGG_FUTURES, ["067651"], NOW).values["managed_money_short"].tolist() == [2]


def test_that_columns_of_any_family_need_a_report(archive: Archive, tmp_path: Path) -> None:
    (done,) = brought(archive, tmp_path, {"x.csv": table([{"date": TUESDAY, "code": "239742", "nr_long": 4}])})
    assert done.is_failed
    assert "a column report says to which" in done.message


def test_that_a_code_that_lost_its_zeros_is_mended(archive: Archive, tmp_path: Path) -> None:
    brought(archive, tmp_path, {"corn.csv": table([net_only("2602", TUESDAY, 7)])})
    assert [contract.code for contract in archive.contracts(NOW)] == ["002602"]


# What is refused


def test_that_figures_in_another_unit_do_not_get_in(archive: Archive, tmp_path: Path) -> None:
    days = tuesdays(TUESDAY, 9)
    rows = [net_only("23977A", day, 1) | {"nc_long": "4000", "nc_short": "3000", "nc_net": ""} for day in days]
    thousandfold = [row | {"nc_long": "4000000", "nc_short": "3000000"} for row in rows]
    first, second = brought(archive, tmp_path, {"a.csv": table(rows), "b.csv": table(thousandfold)})
    assert not first.is_failed
    assert second.is_failed
    assert "b.csv: its figures cannot be right" in second.message
    assert set(archive.positions(LEGACY, ["23977A"], NOW).values["noncommercial_long"].tolist()) == {4000.0}


def test_that_a_correction_is_stored_beside_what_was_held(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 500) for day in tuesdays(TUESDAY, 9)]
    later = [*rows[:-1], rows[-1] | {"nc_net": "501"}]
    _, second = brought(archive, tmp_path, {"a.csv": table(rows), "b.csv": table(later)})
    assert second.message.endswith("Revised: 1; what was held before is kept beside it.")
    assert second.conflicts == (Conflict(f"23977A, {TUESDAY}", "noncommercial_net", 500.0, 501.0),)


def test_that_a_look_at_a_file_says_what_is_new_and_what_conflicts(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 500) for day in tuesdays(TUESDAY, 10)]
    brought(archive, tmp_path, {"a.csv": table(rows[:-1])})
    path = tmp_path / "b.csv"
    path.write_bytes(table([rows[0] | {"nc_net": "499"}, *rows[1:]]))
    (found,) = preview_files([path], ImportWish(), archive, Clock(NOW))
    assert (found.rows_new, found.is_failed) == (1, False)
    assert [(one.held, one.given) for one in found.conflicts] == [(500.0, 499.0)]
    (again,) = preview_files([path], ImportWish(), archive, Clock(NOW))
    assert again == found
    assert held(archive, LEGACY) == 9


def test_that_other_weights_of_the_same_day_conflict_line_by_line(archive: Archive) -> None:
    def delivered(weight: float) -> Batch:
        lines = (holding("KRE", 10.0, weight_pct=weight), holding("XLF", 20.0, weight_pct=66.0))
        return Batch(
            Provenance("import", "IWM", "file:a", NOW, TUESDAY), (snapshot(*lines, fund="IWM", as_of=TUESDAY),)
        )

    assert archive.compare(delivered(34.0)).rows_new == 2
    archive.save(delivered(34.0))
    assert archive.compare(delivered(34.0)) == Compared()
    (conflict,) = archive.compare(delivered(33.0)).conflicts
    assert conflict == Conflict(f"IWM, {TUESDAY}, KRE", "weight_pct", 34.0, 33.0)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "neither a workbook nor a text file"),
        ("page.html", b"<!DOCTYPE html><html></html>", "is a web page"),
        ("endless.csv", b"a," * 50_000, "far longer than a row"),
        ("empty.csv", b"", "is empty"),
        ("other.csv", b"a,b\n1,2\n", "begins with 'a', 'b'"),
        ("other.zip", as_zip({"a.xml": b"<a/>"}), "could not be read"),
        ("broken.gz", b"\x1f\x8b123", "is damaged"),
        ("book.xls", b"\xd0\xcf\x11\xe0" + bytes(99), "old binary format"),
        ("paper.pdf", b"%PDF-1.7", "is a PDF"),
    ],
)
def test_that_other_files_are_refused_with_a_reason(
    archive: Archive, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (done,) = brought(archive, tmp_path, {name: content})
    assert done.is_failed
    assert done.message.startswith(f"{name} is no file of a kind that is known here (cftc")
    assert why in done.message
    (done,) = brought(archive, tmp_path, {name: content}, ImportWish(kind="cftc"))
    assert done.is_failed
    assert "Nothing was imported." in done.message


def test_that_a_file_that_is_not_there_does_not_keep_out_the_others(archive: Archive, tmp_path: Path) -> None:
    good = tmp_path / "nets.csv"
    good.write_bytes(table([net_only("23977A", TUESDAY, 5)]))
    first, second = import_files([tmp_path / "gone.csv", good], ImportWish(), archive, Clock(NOW), Cancel())
    assert first.message == "gone.csv could not be read: No such file or directory."
    assert not second.is_failed


def test_that_reports_of_the_future_are_kept_out(archive: Archive, tmp_path: Path) -> None:
    rows = [net_only("23977A", day, 5) for day in tuesdays(TUESDAY + timedelta(days=7), 9)]
    (done,) = brought(archive, tmp_path, {"nets.csv": table(rows)})
    assert (done.rows_new, done.rows_refused) == (8, 1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(
            st.sampled_from(["2024-06-04", "239742", "", "5", "-5", "1e9", "nan", '"', "x\ny", "9" * 50]), max_size=5
        ),
        max_size=6,
    )
)
def test_that_any_plain_table_is_rows_or_an_error_for_people(cells: list[list[str]]) -> None:
    body = "date,code,nc_long,nc_short\n" + "\n".join(",".join(row) for row in cells)
    try:
        found = read_plain(body.encode(), "x.csv")
    except InputError:
        return
    assert all(len(each.table) for each in found)
