"""The files of the New York Fed, the OFR, the Board and the Treasury, made up in their documented layouts."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import openpyxl
import pytest
from pytest_httpserver import HTTPServer

from services.errors import ErrorKind, SourceError
from services.sources import fedboard, nyfed, ofr, treasury
from services.sources.columns import Parsed
from services.sources.source import Wish
from tests.services.sources.delivering import NOW, Desk, as_dict, kinds

CMDI_HEADER = ("eow_friday", "Market CMDI", "IG CMDI", "HY CMDI")


def workbook(rows: Sequence[tuple[object, ...]], *, above: int = 5, header: tuple[str, ...] = CMDI_HEADER) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Read Me")
    sheet = book.create_sheet(nyfed.SHEET)
    for line in range(above):
        sheet.append((f"line {line}",))
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


FRIDAYS = [(date(2026, 9, 11), 0.2, 0.15, 0.3), (date(2026, 9, 18), 0.21, 0.16, 0.31)]


def by_series(parsed: tuple[Parsed, ...]) -> dict[str, dict[date, float]]:
    return {found.observations.series: as_dict(found.observations) for found in parsed}


def kind_of(call: object, *arguments: object) -> ErrorKind:
    assert callable(call)
    with pytest.raises(SourceError) as caught:
        call(*arguments)
    return caught.value.kind


@pytest.mark.parametrize("above", [0, 5, 9])
def test_that_the_distress_index_is_found_by_its_header(above: int) -> None:
    found = by_series(nyfed.parse(workbook(FRIDAYS, above=above), NOW))
    assert set(found) == {"nyfed:CMDI", "nyfed:CMDI-IG", "nyfed:CMDI-HY"}
    assert found["nyfed:CMDI-HY"] == {date(2026, 9, 11): 0.3, date(2026, 9, 18): 0.31}


def test_that_a_week_without_a_figure_is_a_hole() -> None:
    rows: list[tuple[object, ...]] = [*FRIDAYS, (date(2026, 9, 25), None, 0.1, 0.2), ("Source: staff",)]
    found = by_series(nyfed.parse(workbook(rows), NOW))
    assert len(found["nyfed:CMDI"]) == 2 and len(found["nyfed:CMDI-IG"]) == 3


def test_that_another_workbook_is_refused() -> None:
    assert kind_of(nyfed.parse, workbook(FRIDAYS, header=("week", "a", "b", "c")), NOW) is ErrorKind.CHANGED_FORMAT
    assert (
        kind_of(nyfed.parse, workbook(FRIDAYS, header=("eow_friday", "a", "b", "c")), NOW) is ErrorKind.CHANGED_FORMAT
    )
    assert kind_of(nyfed.parse, b"PK\x03\x04nonsense", NOW) is ErrorKind.BAD_CONTENT
    assert kind_of(nyfed.parse, workbook([]), NOW) is ErrorKind.EMPTY
    texts = [(date(2026, 1, 2 + 7 * i), "n/a", 1.0, 1.0) for i in range(4)] * 3
    assert kind_of(nyfed.parse, workbook(texts), NOW) is ErrorKind.IMPLAUSIBLE


FSI = b"Date,OFR FSI,Credit,Equity valuation\n2026-09-22,-2.4,-0.7,-0.6\n2026-09-23,-2.5,,-0.6\n"


def test_that_the_stress_index_is_read_by_the_names_of_its_columns() -> None:
    found = by_series(ofr.parse(FSI, NOW))
    assert found["ofr:FSI"] == {date(2026, 9, 22): -2.4, date(2026, 9, 23): -2.5}
    assert found["ofr:FSI-CREDIT"] == {date(2026, 9, 22): -0.7}
    assert kind_of(ofr.parse, FSI.replace(b"Credit", b"Kredit"), NOW) is ErrorKind.CHANGED_FORMAT
    assert kind_of(ofr.parse, b"", NOW) is ErrorKind.CHANGED_FORMAT
    assert len(ofr.parse(FSI + b"2026-09-24,1\n", NOW)[0].refused) == 1


@pytest.mark.parametrize("first", ["2026-07-01", "7/1/2026"])
def test_that_a_month_stands_at_its_end_however_its_first_day_is_written(first: str) -> None:
    body = f"date,gz_spread,ebp,est_prob\n{first},1.10,-0.02,0.18\n9/1/2026,1.05,-0.03,0.18\n".encode()
    found = by_series(fedboard.parse(body, NOW))
    assert found == {"fed:GZ": {date(2026, 7, 31): 1.1}, "fed:EBP": {date(2026, 7, 31): -0.02}}


YIELDS = 'Date,"1 Mo","1.5 Month","2 Yr","10 Yr"\n09/24/2026,4.1,4.2,3.9,4.25\n09/23/2026,4.1,,3.8,4.20\n'


def test_that_yields_are_read_by_the_names_of_their_columns() -> None:
    found = by_series(treasury.parse(YIELDS.encode(), NOW))
    assert found["treasury:10Y"] == {date(2026, 9, 23): 4.2, date(2026, 9, 24): 4.25}
    assert found["treasury:2Y"] == {date(2026, 9, 23): 3.8, date(2026, 9, 24): 3.9}


def test_that_the_last_years_of_yields_come_first_and_then_only_the_newest(desk: Desk, httpserver: HTTPServer) -> None:
    folder = "/home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv"
    for year in range(1990, 2027):
        body = YIELDS.replace("2026", str(year))
        httpserver.expect_request(f"{folder}/{year}/all").respond_with_data(body, content_type="text/csv")
    source = treasury.TreasurySource()
    assert kinds(desk.deliver(source)) == ["saved", "complete"] * treasury.YEARS_AT_FIRST
    assert httpserver.log[0][0].args["type"] == "daily_treasury_yield_curve"
    httpserver.log.clear()
    assert kinds(desk.deliver(source)) == ["unchanged"]
    httpserver.log.clear()
    assert kinds(desk.deliver(source, wish=Wish(backfill=True))).count("saved") == 2026 - 1990 + 1 - 5


def test_that_years_that_are_not_there_end_the_download_at_once(desk: Desk, httpserver: HTTPServer) -> None:
    httpserver.expect_request(re.compile(".*")).respond_with_data("<html></html>", status=404)
    assert kinds(desk.deliver(treasury.TreasurySource())) == ["not_found"]
    assert len(httpserver.log) == 1


def test_that_a_workbook_becomes_three_series_that_are_known_the_next_morning(
    desk: Desk, httpserver: HTTPServer
) -> None:
    path = "/www.newyorkfed.org/medialibrary/research/interactives/cmdi/downloads/Market CMDI.xlsx"
    httpserver.expect_request(path).respond_with_data(workbook(FRIDAYS))
    assert kinds(desk.deliver(nyfed.SOURCE)) == ["saved", "complete"]
    weekend, monday = datetime(2026, 9, 20, 15, tzinfo=UTC), datetime(2026, 9, 21, 12, tzinfo=UTC)
    assert max(desk.values("nyfed:CMDI", weekend)) == date(2026, 9, 11)
    assert max(desk.values("nyfed:CMDI", monday)) == date(2026, 9, 18)
    assert kinds(desk.deliver(nyfed.SOURCE)) == ["unchanged"]


def test_that_history_that_is_estimated_anew_becomes_revisions(desk: Desk, httpserver: HTTPServer) -> None:
    path = "/www.federalreserve.gov/econres/notes/feds-notes/ebp_csv.csv"

    def months(factor: float) -> str:
        rows = [f"{month}/1/2026,{factor * month:.4f},{factor / month:.4f},0.1" for month in range(1, 9)]
        return "\n".join(["date,gz_spread,ebp,est_prob", *rows, ""])

    httpserver.expect_request(path).respond_with_data(months(1.0))
    desk.deliver(fedboard.SOURCE)
    httpserver.clear()
    httpserver.expect_request(path).respond_with_data(months(1.1))
    assert kinds(desk.deliver(fedboard.SOURCE)) == ["saved", "complete"]
    httpserver.clear()
    httpserver.expect_request(path).respond_with_data(months(110.0))
    assert kinds(desk.deliver(fedboard.SOURCE)) == ["implausible"]
