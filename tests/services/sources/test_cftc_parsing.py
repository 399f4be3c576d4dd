"""From bytes to rows: pages of the API, yearly files, weekly texts; and what no bytes may do."""

import dataclasses
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import nan

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.names import Family, Report, Scope
from models.records import position_fields
from services.errors import ErrorKind, SourceError
from services.http import Reply
from services.sources import cftc_table
from services.sources.cftc_api import parse_extent, parse_page, parse_rows
from services.sources.cftc_checks import Checked, checked
from services.sources.cftc_fields import (
    ACCEPTED,
    DATE,
    NAME,
    SHORT_DATE,
    WEEKLY_PLACES,
    WEEKLY_WIDTH,
    documented,
    missing,
    required,
    resolved,
)
from services.sources.cftc_files import bundle, history, parse_zip, read_text, split, yearly
from services.sources.cftc_table import Table
from services.sources.zips import single_text
from tests.services.sources.socrata import Row, as_csv, as_zip, figures, file_of, row, rows_of, tuesdays

NOW = datetime(2024, 6, 8, 12, tzinfo=UTC)
TUESDAY = date(2024, 6, 4)
CODES = ("239742", "13874A", "13874+")
TFF = Report.TFF_FUTURES
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def page_of(rows: list[Row], report: Report = TFF) -> bytes:
    """A page of the API, in the order of columns in which it is asked for."""
    keys = [NAME, DATE, *documented(report.family).values(), "cftc_contract_market_code"]
    return as_csv(rows, keys)


def kept(table: Table, report: Report = TFF) -> Checked:
    return checked(table, report, NOW)


def one(changed: Mapping[str, str] | None = None, *, report: Report = TFF, code: str = "239742") -> Row:
    return row(report, code, TUESDAY, changed)


# Columns


@pytest.mark.parametrize("family", Family)
def test_that_every_figure_of_a_family_has_a_column(family: Family) -> None:
    without = {figure for figure in position_fields(family) if not figure.endswith("_net")}
    assert set(ACCEPTED[family]) == without
    assert set(required(family)) < without
    header = list(documented(family).values())
    assert resolved(family, header) == {figure: place for place, figure in enumerate(documented(family))}


def test_that_the_old_crop_is_not_taken_for_the_whole() -> None:
    header = [name for name in documented(Family.LEGACY).values() if "spread" not in name]
    header += ["noncomm_positions_spread", "noncomm_positions_spread_1", "cftc_contract_market_code", DATE]
    assert missing(Family.LEGACY, resolved(Family.LEGACY, header)) == ("noncommercial_spreading",)


def test_that_blanks_signs_and_case_do_not_matter() -> None:
    header = ["Swap  Positions-Short (All)", "swap__positions_spread_all", "SWAP_POSITIONS_LONG_ALL"]
    assert resolved(Family.DISAGG, header) == {
        "swap_dealer_short": 0,
        "swap_dealer_spreading": 1,
        "swap_dealer_long": 2,
    }


# Pages


@pytest.mark.parametrize("report", Report)
def test_that_a_page_is_read_as_it_was_sent(report: Report) -> None:
    rows = rows_of(report, CODES, tuesdays(TUESDAY, 5))
    found = kept(parse_page(page_of(rows, report), report), report)
    assert not found.refused
    keys = list(zip(found.code.tolist(), found.date.tolist(), strict=True))
    assert keys == sorted(keys)
    sent = {(each["cftc_contract_market_code"], each[DATE][:10]): each for each in rows}
    for n in range(len(found)):
        each = sent.pop((str(found.code[n]), str(found.date[n])))
        for figure, column in documented(report.family).items():
            assert found.values[figure][n] == float(each[column])
    assert not sent


def test_that_padded_codes_and_names_are_stripped() -> None:
    padded = one() | {"cftc_contract_market_code": "239742 ", NAME: " RUSSELL E-MINI - CHICAGO MERCANTILE EXCHANGE  "}
    (positions,) = kept(parse_page(page_of([padded]), TFF)).parts(10)
    assert positions.code.tolist() == ["239742"]
    assert positions.name.tolist() == ["RUSSELL E-MINI - CHICAGO MERCANTILE EXCHANGE"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("1,234", 1234),
        ("12.0", 12),
        ("+7", 7),
        ("-0", 0),
        ("", nan),
        (".", nan),
        (" . ", nan),
    ],
)
def test_that_figures_are_read_in_every_form(text: str, value: float) -> None:
    table = parse_page(page_of([one({"traders_total": text}), one(code="13874A")]), TFF)
    assert table.values["traders_total"][0] == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-Infinity", "1e999", "9" * 6000, "0x10", "12abc", "1 2", "--5", "٣"]
)
def test_that_what_is_no_figure_costs_its_row_and_no_other(text: str) -> None:
    found = kept(parse_page(page_of([one({"traders_total": text}), one(code="13874A")]), TFF))
    assert [refused.reason for refused in found.refused] == ["traders total is no number"]
    assert found.code.tolist() == ["13874A"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"nonreportable_long": "-1"}, "nonreportable long is negative"),
        ({"traders_total": "12.5"}, "traders total is no whole number"),
        ({"top4_gross_long": "100.1"}, "top4 gross long is above 100 %"),
        ({"open_interest": "0"}, "open interest is zero"),
        ({"dealer_long": "1"}, "the long positions of all groups do not add up to open interest"),
        ({"dealer_short": "1"}, "the short positions of all groups do not add up to open interest"),
        (dict.fromkeys(documented(Family.TFF), ""), "no figure is known"),
    ],
)
def test_that_a_row_that_cannot_be_right_is_kept_out(changed: dict[str, str], reason: str) -> None:
    found = kept(parse_page(page_of([one(changed), one(code="13874A")]), TFF))
    assert [(refused.what, refused.reason) for refused in found.refused] == [
        ("TFF, futures only: 239742, 2024-06-04", reason)
    ]
    assert found.code.tolist() == ["13874A"]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        (DATE, "2024-06-05", "reports are not made for that day of the week"),
        (DATE, "2024-06-08", "reports are not made for that day of the week"),
        (DATE, "2024-06-11", "the date lies in the future"),
        (DATE, "1985-06-11", "the date lies before the first report"),
        (DATE, "2024-02-30", "the date cannot be read, or two columns give different ones"),
        (DATE, "", "the date cannot be read, or two columns give different ones"),
        ("cftc_contract_market_code", "23974", "the contract code is none"),
        ("cftc_contract_market_code", "=239742", "the contract code is none"),
        ("cftc_contract_market_code", "", "the contract code is none"),
    ],
)
def test_that_a_row_with_an_odd_key_is_kept_out(column: str, text: str, reason: str) -> None:
    found = kept(parse_page(page_of([one() | {column: text}, one(code="13874A")]), TFF))
    assert [refused.reason for refused in found.refused] == [reason]


@pytest.mark.parametrize("day", ["2024-06-03", "2007-01-03", "2003-02-14", "1991-05-31", "2001-12-28"])
def test_that_days_for_which_reports_were_made_are_accepted(day: str) -> None:
    assert not kept(parse_page(page_of([one() | {DATE: day}]), TFF)).refused


def test_that_sums_may_be_rounded_with_options_and_in_consolidations_only() -> None:
    def off_by(contracts: int, report: Report, code: str) -> int:
        long = figures(report.family, code, TUESDAY)["nonreportable_long"]
        each = one({"nonreportable_long": str(long + contracts)}, report=report, code=code)
        return len(kept(parse_page(page_of([each], report), report), report).refused)

    assert [off_by(1, report, "239742") for report in Report] == [1, 0, 1, 0, 1, 0]
    assert [off_by(5, report, "13874+") for report in Report] == [0] * 6
    assert [off_by(6, report, "13874+") for report in Report] == [1] * 6


def test_that_a_row_given_twice_is_kept_once_and_a_contradiction_not_at_all() -> None:
    contradiction = [one(code="13874A"), row(TFF, "13874A", TUESDAY, version=1), one(code="13874A")]
    found = kept(parse_page(page_of([one(), one(), *contradiction]), TFF))
    assert found.code.tolist() == ["239742"]
    assert {refused.reason for refused in found.refused} == {"the row is given twice, with different figures"}
    assert len(found.refused) == 3


def test_that_many_bad_rows_condemn_the_good_ones() -> None:
    rows = rows_of(TFF, CODES, tuesdays(TUESDAY, 20))
    bad = [each | {"dealer_positions_long_all": "1"} for each in rows[:13]]
    with pytest.raises(SourceError, match="13 of 60 rows cannot be right") as caught:
        kept(parse_page(page_of(bad + rows[13:]), TFF))
    assert caught.value.kind is ErrorKind.IMPLAUSIBLE
    assert len(kept(parse_page(page_of(bad[:12] + rows[12:]), TFF))) == 48


def test_that_a_page_cut_inside_its_last_row_is_refused_whole() -> None:
    body = page_of(rows_of(TFF, CODES, tuesdays(TUESDAY, 20)))
    with pytest.raises(SourceError) as caught:
        parse_page(body[: -len('"239742"\n"') - 40], TFF)
    assert caught.value.kind is ErrorKind.BAD_CONTENT


def test_that_pieces_of_a_table_are_joined_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(TFF, CODES, tuesdays(TUESDAY, 20))
    whole = parse_page(page_of(rows), TFF)
    monkeypatch.setattr(cftc_table, "_PIECE_BYTES", 1_000)
    pieces = parse_page(page_of(rows).rstrip(b"\n"), TFF)
    for mine, other in zip(kept(pieces).parts(100), kept(whole).parts(100), strict=True):
        assert mine.code.tolist() == other.code.tolist()
        assert mine.name.tolist() == other.name.tolist()
        assert mine.date.tolist() == other.date.tolist()
        assert {figure: column.tolist() for figure, column in mine.values.items()} == {
            figure: column.tolist() for figure, column in other.values.items()
        }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"error": true}', ErrorKind.CHANGED_FORMAT),
        (b"[]", ErrorKind.CHANGED_FORMAT),
        (b"", ErrorKind.CHANGED_FORMAT),
        (b"\xef\xbb\xbf", ErrorKind.CHANGED_FORMAT),
        (b"a" * 100_000, ErrorKind.CHANGED_FORMAT),
        (b"\x00" * 100, ErrorKind.BAD_CONTENT),
        ("a,b\n".encode("utf-16"), ErrorKind.BAD_CONTENT),
        (b'"a\n', ErrorKind.CHANGED_FORMAT),
        (page_of([one()]) + b'"unfinished', ErrorKind.BAD_CONTENT),
        (page_of([one()]) + b"1,2\n" + b"1," * 99, ErrorKind.BAD_CONTENT),
        (page_of([one()]).split(b"\n")[0] + b"\n1,2,3\n", ErrorKind.BAD_CONTENT),
    ],
)
def test_that_what_is_no_page_is_an_error_of_its_kind(body: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse_page(body, TFF)
    assert caught.value.kind is kind


def test_that_an_empty_page_is_no_delivery() -> None:
    with pytest.raises(SourceError) as caught:
        kept(parse_page(page_of([]), TFF))
    assert caught.value.kind is ErrorKind.EMPTY


# Small answers


def reply(body: bytes) -> Reply:
    return Reply("https://publicreporting.cftc.gov/", 200, body, {}, NOW, None, "")


def test_that_the_extent_of_a_dataset_is_read() -> None:
    extent = parse_extent(reply(b'"n","newest"\n"13571","2026-06-30T00:00:00.000"\n'))
    assert (extent.count, extent.newest) == (13571, date(2026, 6, 30))
    assert parse_extent(reply(b'"n","newest"\n"0",""\n')).newest is None


@pytest.mark.parametrize(
    "body",
    [
        b'"n","newest"\n',
        b'"n","newest"\n"5",""\n',
        b'"n"\n"5"\n',
        b'"n","newest"\n"-5","2024-06-04"\n',
        b'"n","newest"\n"1","2024-06-04"\n"1","2024-06-04"\n',
        b'"n","newest"\n"9999999999","2024-06-04"\n',
        b'"n","newest"\n"5","soon"\n',
    ],
)
def test_that_an_extent_that_says_something_else_is_a_changed_format(body: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        parse_extent(reply(body))
    assert caught.value.kind is ErrorKind.CHANGED_FORMAT


# Files


def test_that_files_are_called_as_the_cftc_calls_them() -> None:
    assert [file.url.rpartition("/")[2] for file in history(TFF, date(2015, 12, 30), date(2018, 1, 2))] == [
        "fut_fin_txt_2018.zip",
        "fut_fin_txt_2017.zip",
        "fin_fut_txt_2006_2016.zip",
    ]
    assert [file.years for file in history(Report.LEGACY_FUTURES, None, date(2017, 5, 1))] == ["2017", "1986-2016"]
    assert [file.years for file in history(Report.DISAGG_COMBINED, date(2023, 12, 5), date(2024, 1, 9))] == [
        "2024",
        "2023",
    ]
    assert bundle(Report.LEGACY_COMBINED).url.endswith("/deahistfo_1995_2016.zip")
    assert yearly(Report.DISAGG_FUTURES, 2020).url == ("https://www.cftc.gov/files/dea/history/fut_disagg_txt_2020.zip")


@pytest.mark.parametrize("report", Report)
def test_that_a_yearly_file_gives_the_rows_that_the_api_gives(report: Report) -> None:
    rows = rows_of(report, CODES, tuesdays(TUESDAY, 5))
    from_file = kept(parse_zip(file_of(rows), report), report)
    from_page = kept(parse_page(page_of(rows, report), report), report)
    assert from_file.code.tolist() == from_page.code.tolist()
    assert from_file.date.tolist() == from_page.date.tolist()
    for figure in documented(report.family):
        assert from_file.values[figure].tolist() == from_page.values[figure].tolist()


def test_that_only_wanted_codes_are_kept() -> None:
    table = parse_zip(file_of(rows_of(TFF, CODES, tuesdays(TUESDAY, 3))), TFF, lambda code: code == "13874+")
    assert kept(table).code.tolist() == ["13874+"] * 3


def test_that_a_file_of_another_report_is_refused() -> None:
    body = file_of(rows_of(TFF, CODES, [TUESDAY]))
    for report in (Report.TFF_COMBINED, Report.LEGACY_FUTURES):
        with pytest.raises(SourceError) as caught:
            parse_zip(body, report)
        assert caught.value.kind is ErrorKind.CHANGED_FORMAT


def test_that_two_scopes_in_one_file_are_told_apart() -> None:
    rows = [
        row(report, code, TUESDAY, version=n) for n, report in enumerate((TFF, Report.TFF_COMBINED)) for code in CODES
    ]
    body = file_of(rows)
    for n, report in enumerate((TFF, Report.TFF_COMBINED)):
        found = kept(parse_zip(body, report), report)
        assert sorted(found.values["open_interest"].tolist()) == sorted(
            figures(Family.TFF, code, TUESDAY, n)["open_interest"] for code in CODES
        )


def weekly(report: Report, code: str, day: date) -> list[str]:
    """A row of a weekly text file, which has no header."""
    family = report.family
    cells = ["0"] * WEEKLY_WIDTH[family]
    each = row(report, code, day)
    columns = documented(family)
    for key, place in WEEKLY_PLACES[family].items():
        cells[place] = each[columns.get(key, key)] if key != SHORT_DATE else f"{day:%y%m%d}"
    cells[WEEKLY_PLACES[family][DATE]] = str(day)
    return cells


def text_of(rows: list[list[str]]) -> bytes:
    return "".join(
        ",".join(f'"{cell}"' if n == 0 else f" {cell}" for n, cell in enumerate(cells)) + "\r\n" for cells in rows
    ).encode()


@pytest.mark.parametrize("report", Report)
def test_that_a_weekly_text_is_read_by_its_places(report: Report) -> None:
    body = text_of([weekly(report, code, TUESDAY) for code in CODES])
    family, table = read_text(io.BytesIO(body))
    assert family is report.family
    by_scope = split(table)
    assert list(by_scope) == [None if family is Family.LEGACY else report.scope]
    (rows,) = by_scope.values()
    found = kept(rows, report)
    assert sorted(found.code.tolist()) == sorted(CODES)
    assert set(found.values["traders_total"].tolist()) == {20.0}
    assert set(found.values["top8_net_short"].tolist()) == {20.0}


def test_that_two_dates_in_a_row_must_agree() -> None:
    cells = weekly(TFF, "239742", TUESDAY)
    cells[WEEKLY_PLACES[Family.TFF][SHORT_DATE]] = "240528"
    rows = [weekly(TFF, code, TUESDAY) for code in CODES[1:]]
    found = kept(split(read_text(io.BytesIO(text_of([*rows, cells])))[1])[Scope.FUTURES])
    assert [refused.reason for refused in found.refused] == [
        "the date cannot be read, or two columns give different ones"
    ]


def test_that_a_row_cut_short_is_kept_out() -> None:
    lines = text_of([weekly(TFF, code, TUESDAY) for code in CODES]).splitlines(keepends=True)
    cut = lines[1].rpartition(b",")[0] + b"\r\n"
    found = kept(split(read_text(io.BytesIO(b"".join([lines[0], cut, lines[2]])))[1])[Scope.FUTURES])
    assert [refused.reason for refused in found.refused] == ["the row is not complete"]


def test_that_names_in_the_older_code_page_are_read() -> None:
    body = text_of([weekly(TFF, "239742", TUESDAY)]).replace(b"CONTRACT", "MÉXICO".encode("cp1252"))
    (positions,) = kept(split(read_text(io.BytesIO(body))[1])[Scope.FUTURES]).parts(9)
    assert positions.name.tolist() == ["MÉXICO 239742 - EXCHANGE"]


# Zip files


def in_zip(body: bytes) -> bytes:
    with single_text(body) as stream:
        return stream.read()


def test_that_the_one_text_in_a_zip_is_found_whatever_its_name() -> None:
    assert in_zip(as_zip({"folder/": b"", "folder/F_Year.TXT": b"x", "readme.md": b"y"})) == b"x"
    assert in_zip(as_zip({"rows.csv": b"x"})) == b"x"


def encrypted() -> bytes:
    body = bytearray(as_zip({"a.txt": b"x"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        body[body.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(body)


def with_a_wrong_checksum() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("a.txt", b"the figures")
    return body.getvalue().replace(b"the figures", b"the fugures")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html>", ErrorKind.BAD_CONTENT),
        (as_zip({"a.txt": b"x" * 9999})[:60], ErrorKind.BAD_CONTENT),
        (as_zip({"../a.txt": b"x"}), ErrorKind.BAD_CONTENT),
        (as_zip({"/etc/a.txt": b"x"}), ErrorKind.BAD_CONTENT),
        (as_zip({"C:\\a.txt": b"x"}), ErrorKind.BAD_CONTENT),
        (as_zip({f"{n}.txt": b"x" for n in range(60)}), ErrorKind.BAD_CONTENT),
        (as_zip({"a.txt": b"x", "b.txt": b"y"}), ErrorKind.CHANGED_FORMAT),
        (as_zip({"a.xml": b"x"}), ErrorKind.CHANGED_FORMAT),
        (as_zip({"a.txt": b" " * 50_000_000}), ErrorKind.TOO_BIG),
        (encrypted(), ErrorKind.BAD_CONTENT),
        (with_a_wrong_checksum(), ErrorKind.BAD_CONTENT),
    ],
    ids=range(11),
)
def test_that_a_zip_that_may_do_harm_is_refused(body: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        in_zip(body)
    assert caught.value.kind is kind


# No bytes may do anything but give rows or a SourceError

PAGE = page_of(rows_of(TFF, CODES, tuesdays(TUESDAY, 3)))
ZIP = file_of(rows_of(Report.LEGACY_FUTURES, CODES, tuesdays(TUESDAY, 3)))
TEXT = text_of([weekly(Report.DISAGG_FUTURES, code, TUESDAY) for code in CODES])


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with a few pieces replaced, repeated or taken out."""
    body = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(body) - 1)))
        end = draw(st.integers(start, min(len(body), start + 200)))
        odd = st.sampled_from(
            [b'"', b"\n", b",", b"\r", b"\x00", b"\xff", b"nan", b"-", b"1e999", b"9" * 400, body[start:end] * 2]
        )
        body = body[:start] + draw(odd | st.binary(max_size=20)) + body[end:]
    return body


@FEW
@given(damaged(PAGE) | st.binary(max_size=300))
@example(b"")
def test_that_any_page_is_rows_or_an_error_that_is_known(body: bytes) -> None:
    try:
        found = kept(parse_page(body, TFF))
    except SourceError:
        return
    assert np.isfinite(found.values["open_interest"][~np.isnan(found.values["open_interest"])]).all()
    assert all(len(column) == len(found) for column in found.values.values())


@FEW
@given(damaged(ZIP) | st.binary(max_size=300))
def test_that_any_zip_is_rows_or_an_error_that_is_known(body: bytes) -> None:
    try:
        kept(parse_zip(body, Report.LEGACY_FUTURES), Report.LEGACY_FUTURES)
    except SourceError:
        return


@FEW
@given(damaged(TEXT) | st.binary(max_size=300))
def test_that_any_text_is_rows_or_an_error_that_is_known(body: bytes) -> None:
    try:
        for rows in split(read_text(io.BytesIO(body))[1]).values():
            kept(rows, Report.DISAGG_FUTURES)
    except SourceError:
        return


@FEW
@given(st.binary(max_size=200) | damaged(b'"n","newest"\n"13571","2026-06-30T00:00:00.000"\n'))
def test_that_any_small_answer_is_rows_or_an_error_that_is_known(body: bytes) -> None:
    try:
        parse_rows(body)
        parse_extent(dataclasses.replace(reply(b""), body=body))
    except SourceError:
        return
