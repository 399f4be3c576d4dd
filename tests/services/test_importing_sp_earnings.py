import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from models.records import Estimate
from services.cancel import Cancel
from services.errors import ErrorKind, InputError, SourceError
from services.importing_sp_earnings import SpWorkbook, is_sp_earnings, parse, read, recognises, remark
from tests.services.sp_workbook import foreign_workbook, sp_workbook, summary_workbook
from tests.shared import SHARED, needs_shared

WORKBOOKS = sorted((SHARED / "data" / "spglobal").glob("*.xlsx"))


def by_key(book: SpWorkbook) -> dict[tuple[str, str, str, str], Estimate]:
    return {(e.subject, e.segment, e.period, e.basis): e for e in book.estimates}


def test_that_the_vintage_is_read_from_inside() -> None:
    book = parse(sp_workbook())
    assert book.as_of == date(2017, 7, 5)
    assert {e.vintage for e in book.estimates} == {date(2017, 7, 5)}


def test_that_a_date_written_as_text_is_read() -> None:
    assert parse(sp_workbook(as_of="7/5/2017")).as_of == date(2017, 7, 5)


def test_that_both_blocks_are_found_by_their_titles() -> None:
    found = by_key(parse(sp_workbook()))
    assert found["sp-500", "", "2016Q1", "operating"].value == 5.0
    assert found["sp-500", "", "2016Q1", "as_reported"].value == 4.0
    assert found["sp-600", "", "2017", "operating"].value == 12.0
    assert ("sp-600", "", "2017Q1", "as_reported") not in found


def test_that_headers_typed_in_every_way_are_read() -> None:
    periods = {e.period for e in parse(sp_workbook()).estimates if e.subject == "sp-600" and e.basis == "operating"}
    assert periods == {f"{year}Q{q}" for year in (2015, 2016, 2017) for q in (1, 2, 3, 4)} | {"2015", "2016", "2017"}


def test_that_prices_and_price_earnings_ratios_are_no_earnings() -> None:
    assert {e.value for e in parse(sp_workbook()).estimates}.isdisjoint({480.0, 15.0, 14.0, 400.0})


def test_that_quarters_after_the_last_actual_are_estimates() -> None:
    found = by_key(parse(sp_workbook()))
    assert not found["sp-500", "", "2016Q4", "operating"].is_estimate
    assert not found["sp-500", "", "2016", "operating"].is_estimate
    assert found["sp-500", "", "2017Q1", "operating"].is_estimate
    assert found["sp-500", "", "2017", "operating"].is_estimate


def test_that_sectors_have_their_gics_names() -> None:
    segments = {e.segment for e in parse(sp_workbook()).estimates}
    assert segments == {"", "Real Estate", "Communication Services"}


def test_that_an_error_in_a_cell_is_reported_and_not_a_figure() -> None:
    book = parse(sp_workbook(broken="#DIV/0!"))
    assert ("sp-500", "Real Estate", "2016Q4", "operating") not in by_key(book)
    assert [r.content for r in book.refused] == ["#DIV/0!"] * 2
    assert "sp-500 Real Estate 2016Q4" in book.refused[0].what


def test_that_without_sectors_the_summary_gives_a_vintage_a_row() -> None:
    book = parse(summary_workbook())
    assert book.as_of == date(2026, 1, 30)
    assert [(e.period, e.vintage, e.value) for e in book.estimates] == [
        ("2025", date(2025, 9, 30), 250.0),
        ("2025Q4", date(2025, 9, 30), 70.0),
        ("2026", date(2025, 9, 30), 300.0),
        ("2025", date(2026, 1, 30), 260.0),
        ("2025Q4", date(2026, 1, 30), 71.0),
    ]
    assert all(e.is_estimate and e.subject == "sp-500" for e in book.estimates)


def test_that_a_foreign_workbook_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match="no sheet 'SECTOR EPS' or 'ESTIMATES&PEs'"):
        parse(foreign_workbook())
    with pytest.raises(InputError, match="not an Excel workbook"):
        parse(b"<html>Sign in</html>")


def test_that_a_workbook_without_its_date_is_refused() -> None:
    with pytest.raises(InputError, match="does not say as of which day"):
        parse(sp_workbook(as_of=None))


def test_that_a_damaged_workbook_is_refused_wherever_it_is_damaged() -> None:
    whole = sp_workbook()
    for part in range(1, 20):
        with pytest.raises(InputError, match="damaged"):
            parse(whole[: len(whole) * part // 20])
    for at in range(40, len(whole), 97):
        flipped = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with suppress(InputError):  # and nothing else is raised
            parse(flipped)


def test_that_a_workbook_that_unpacks_without_end_is_not_opened() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/workbook.xml", "w") as entry:
        for _ in range(300):
            entry.write(b" " * 1024 * 1024)
    with pytest.raises(InputError, match="far larger"):
        parse(out.getvalue())


def test_that_an_import_can_be_cancelled() -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(SourceError) as raised:
        parse(sp_workbook(), cancel)
    assert raised.value.kind is ErrorKind.CANCELLED


def test_that_the_kind_is_told_by_the_sheets() -> None:
    assert is_sp_earnings(["Cover", "SECTOR EPS "])
    assert is_sp_earnings(["ESTIMATES&PEs"])
    assert not is_sp_earnings(["Sheet"])


def plainly(path: Path) -> tuple[date, dict[tuple[str, str, str], float]]:
    """(index, basis, header) to value from the first 120 rows, read with nothing but fixed labels."""
    sheet = openpyxl.load_workbook(path, data_only=True)["SECTOR EPS"]
    made = sheet["B2"].value
    assert made is not None and hasattr(made, "date")
    values: dict[tuple[str, str, str], float] = {}
    for basis, header, first, last in (("operating", 6, 8, 58), ("as_reported", 62, 63, 112)):
        # The block of 2016 is shorter, so the second header is looked for.
        if basis == "as_reported":
            header = next(r for r in range(40, 70) if sheet.cell(r, 1).value == "INDEX NAME")
            first, last = header + 1, header + 50
        for r in range(first, min(last, header + 52)):
            name = sheet.cell(r, 1).value
            if name in ("S&P 500", "S&P 600"):
                for c in range(3, sheet.max_column):
                    head, value = sheet.cell(header, c).value, sheet.cell(r, c).value
                    if isinstance(head, str) and isinstance(value, int | float):
                        values.setdefault((str(name), basis, head.replace("E ", " ")), float(value))
    return made.date(), values


def year(values: dict[tuple[str, str, str], float], index: str, basis: str, of: int) -> float | None:
    quarters = [values.get((index, basis, f"{of} Q{q}")) for q in (1, 2, 3, 4)]
    known = [q for q in quarters if q is not None]
    return sum(known) if len(known) == 4 else None


@needs_shared
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda p: p.stem)
def test_that_every_workbook_at_hand_is_read(path: Path) -> None:
    book = parse(path.read_bytes())
    assert book.estimates
    if "fixture" not in path.stem:
        assert {e.subject for e in book.estimates} == {"sp-500", "sp-400", "sp-600", "sp-1500"}
        assert {e.basis for e in book.estimates} == {"operating", "as_reported"}
        assert len({e.segment for e in book.estimates}) >= 11


VINTAGES = {
    "rwkopcke__sp-eps_2017-07-05": date(2017, 7, 5),
    "mrbcuda__sp-500-eps-est": date(2016, 1, 28),
    "dghiles__sp-500-eps-est": date(2017, 10, 19),
    "MoreCoffee12__sp-500-eps-est_180226": date(2018, 2, 22),
    "MoreCoffee12__sp-500-eps-est_180414": date(2018, 4, 5),
    "rahulkumarrk__sp-500-eps-est": date(2018, 9, 20),
    "fshvets24__sp-500-eps-est": date(2026, 1, 29),
}


@needs_shared
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("stem", VINTAGES)
def test_that_yearly_growth_agrees_with_the_sheet_read_independently(stem: str) -> None:
    path = SHARED / "data" / "spglobal" / f"{stem}.xlsx"
    as_of, values = plainly(path)
    book = parse(path.read_bytes())
    assert book.as_of == as_of == VINTAGES[stem]
    found = {key: e.value for key, e in by_key(book).items()}
    compared = 0
    for index, subject in (("S&P 500", "sp-500"), ("S&P 600", "sp-600")):
        for basis in ("operating", "as_reported"):
            for of in range(2009, 2019):
                now, before = year(values, index, basis, of), year(values, index, basis, of - 1)
                mine = [[found.get((subject, "", f"{y}Q{q}", basis)) for q in (1, 2, 3, 4)] for y in (of, of - 1)]
                if now is None or before is None:
                    continue
                growth = sum(q or 0.0 for q in mine[0]) / sum(q or 0.0 for q in mine[1]) - 1
                assert growth == pytest.approx(now / before - 1)
                compared += 1
    assert compared >= 28


def test_that_a_workbook_becomes_a_batch_of_its_vintage() -> None:
    now = datetime(2017, 7, 20, tzinfo=UTC)
    batch = read(sp_workbook(), "sp-500-eps-est.xlsx", now)
    assert batch.provenance.as_of == date(2017, 7, 5) and batch.provenance.sha256
    assert remark(batch) == "S&P estimates as of 2017-07-05: 2 indices, 2 sectors, 78 figures."
    with pytest.raises(InputError, match="a day to come"):
        read(sp_workbook(), "sp-500-eps-est.xlsx", datetime(2017, 7, 1, tzinfo=UTC))


def test_that_only_workbooks_with_its_sheets_are_recognised() -> None:
    assert recognises(sp_workbook()) and recognises(summary_workbook())
    assert not recognises(foreign_workbook())
    assert not recognises(sp_workbook()[:500])
    assert not recognises(b"Ticker,Weight\n")
