import gzip
import json
from contextlib import closing
from datetime import date, timedelta

import pytest
from pytest_httpserver import HTTPServer

from models.calc.accounts import books, cash_and_debt, ebitda, trailing_year
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources.sec import BALANCES, FLOWS, SOURCE, frames, parse_companyfacts, parse_frame, parse_tickers
from services.sources.source import Complete, Failed, Unchanged, Wish
from tests.services.sources.companies_server import NOW, archive, deliver, facts, http
from tests.shared import SHARED, needs_shared

__all__ = ["archive", "http"]

DATA = "/data.sec.gov/api/xbrl"
TICKERS = {
    "0": {"cik_str": 1, "ticker": "AAA", "title": "Aaa Inc."},
    "1": {"cik_str": 3, "ticker": "CCC-A", "title": "Ccc"},
    "2": {"cik_str": 3, "ticker": "CCC-B", "title": "Ccc"},
}
BY_CIK = {1: ("AAA",), 3: ("CCC.A", "CCC.B")}


def frame(tag: str, *rows: dict[str, object]) -> dict[str, object]:
    return {"taxonomy": "us-gaap", "tag": tag, "uom": "USD", "pts": len(rows), "data": list(rows)}


def balance(cik: int, value: object, end: str = "2026-06-30") -> dict[str, object]:
    return {"accn": "1", "cik": cik, "entityName": "X", "loc": "US-DE", "end": end, "val": value}


def flow(cik: int, value: object, start: str = "2025-07-01", end: str = "2026-06-30") -> dict[str, object]:
    return balance(cik, value, end) | {"start": start}


def test_that_tickers_have_the_spelling_of_exchanges() -> None:
    assert parse_tickers(json.dumps(TICKERS).encode()) == BY_CIK


@pytest.mark.parametrize(("body", "kind"), [([], "changed_format"), ({}, "empty"), ({"0": {}}, "changed_format")])
def test_that_another_list_of_tickers_is_refused(body: object, kind: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse_tickers(json.dumps(body).encode())
    assert raised.value.kind == kind


def test_that_a_frame_gives_a_figure_to_each_share_class() -> None:
    body = json.dumps(frame("LongTermDebt", balance(1, 100), balance(2, 5), balance(3, 7))).encode()
    found, refused = parse_frame(body, "LongTermDebt", "long_term_debt", BY_CIK, date(2026, 9, 25))
    assert [(f.ticker, f.value) for f in found] == [("AAA", 100), ("CCC.A", 7), ("CCC.B", 7)]
    assert {(f.period_start, f.period_end, f.filed) for f in found} == {(None, date(2026, 6, 30), date(2026, 9, 25))}
    assert refused == ()


def test_that_rows_that_are_no_figures_are_refused() -> None:
    body = json.dumps(frame("NetIncomeLoss", flow(1, "n/a"), balance(3, 5))).encode()
    found, refused = parse_frame(body, "NetIncomeLoss", "net_income", BY_CIK, NOW.date())
    assert found == () and len(refused) == 2


def test_that_another_tag_than_asked_for_is_refused() -> None:
    with pytest.raises(SourceError) as raised:
        parse_frame(json.dumps(frame("Assets")).encode(), "LongTermDebt", "long_term_debt", BY_CIK, NOW.date())
    assert raised.value.kind is ErrorKind.WRONG_DATE


def test_that_a_tag_gives_only_the_periods_that_a_better_one_has_not() -> None:
    def of(*rows: dict[str, object]) -> dict[str, object]:
        return {"units": {"USD": [row | {"filed": "2026-08-01"} for row in rows]}}

    body = {
        "cik": 1,
        "facts": {
            "us-gaap": {
                "DepreciationDepletionAndAmortization": of(flow(1, 10)),
                "DepreciationAndAmortization": of(flow(1, 99), flow(1, 8, "2024-07-01", "2025-06-30")),
            }
        },
    }
    found = parse_companyfacts(json.dumps(body).encode(), "AAA")
    assert [(f.concept, f.value) for f in found] == [("depreciation", 10), ("depreciation", 8)]
    assert {f.filed for f in found} == {date(2026, 8, 1)}


def test_that_frames_are_asked_for_from_45_days_after_a_quarter() -> None:
    early, later = frames(date(2026, 8, 10), full=False), frames(date(2026, 8, 20), full=False)
    assert "CY2026Q2I" not in {period for _, _, period in early}
    assert {"CY2026Q2I", "CY2026Q2", "CY2026", "CY2025"} <= {period for _, _, period in later}
    assert min(period for _, _, period in frames(date(2026, 8, 20), full=True)) == "CY2009"


def everything(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/www.sec.gov/files/company_tickers.json").respond_with_json(TICKERS)
    for concepts, make in ((BALANCES, balance), (FLOWS, flow)):
        for tags in concepts.values():
            for period in ("CY2026Q2", "CY2026Q2I"):
                httpserver.expect_request(f"{DATA}/frames/us-gaap/{tags[0]}/USD/{period}.json").respond_with_json(
                    frame(tags[0], make(1, 100))
                )
    httpserver.expect_request("/").respond_with_data("no such frame", status=404)


def test_that_frames_become_accounts_and_a_missing_frame_is_no_failure(
    httpserver: HTTPServer, http: Http, archive: Archive
) -> None:
    everything(httpserver)
    httpserver.no_handler_status_code = 404
    done = deliver(SOURCE, http, archive)
    assert isinstance(done[-1], Complete)
    assert not any(isinstance(d, Failed) for d in done)
    assert {f.concept for f in facts(done)} == FLOWS.keys() | BALANCES.keys()
    assert httpserver.log[0][0].headers["User-Agent"].endswith("desk@example.org")
    held = books(archive.facts(NOW + timedelta(days=5)))["AAA"]
    assert cash_and_debt(held, NOW.date()) == (200, 200)
    assert ebitda(held, NOW.date()) == 200
    asked = len(httpserver.log)
    again = deliver(SOURCE, http, archive, now=NOW + timedelta(days=1))
    assert sum(isinstance(d, Unchanged) for d in again) == len({f.concept for f in facts(done)})
    assert len(httpserver.log) < 2 * asked


def test_that_no_frame_at_all_is_a_failure(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    httpserver.expect_request("/www.sec.gov/files/company_tickers.json").respond_with_json(TICKERS)
    httpserver.no_handler_status_code = 404
    done = deliver(SOURCE, http, archive)
    assert [type(d) for d in done] == [Failed]


def test_that_without_a_contact_the_sec_is_not_asked(httpserver: HTTPServer, archive: Archive) -> None:
    with closing(Http(Clock(NOW), mirror=httpserver.url_for("").rstrip("/"))) as anonymous:
        done = deliver(SOURCE, anonymous, archive)
    assert isinstance(done[0], Failed) and "contact e-mail" in done[0].title
    assert not httpserver.log


def test_that_a_refused_address_ends_the_round(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    httpserver.expect_request("/www.sec.gov/files/company_tickers.json").respond_with_data(
        "<html>Undeclared Automated Tool</html>", status=403
    )
    done = deliver(SOURCE, http, archive)
    assert isinstance(done[0], Failed) and done[0].error.kind is ErrorKind.FORBIDDEN


def test_that_a_backfill_brings_true_filing_days(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    httpserver.expect_request("/www.sec.gov/files/company_tickers.json").respond_with_json(TICKERS)
    body = {
        "cik": 1,
        "facts": {"us-gaap": {"NetIncomeLoss": {"units": {"USD": [flow(1, 5) | {"filed": "2026-08-01"}]}}}},
    }
    httpserver.expect_request(f"{DATA}/companyfacts/CIK0000000001.json").respond_with_json(body)
    httpserver.expect_request(f"{DATA}/companyfacts/CIK0000000003.json").respond_with_data("", status=404)
    done = deliver(SOURCE, http, archive, Wish(backfill=True))
    assert [(f.ticker, f.filed) for f in facts(done)] == [("AAA", date(2026, 8, 1))]
    assert [entry.what for entry in archive.quarantine()] == ["CCC.A"]


def test_that_the_live_host_is_asked_for_its_companies(httpserver: HTTPServer, http: Http) -> None:
    httpserver.expect_request("/www.sec.gov/files/company_tickers.json").respond_with_json(TICKERS)
    assert [q.holds for q in SOURCE.questions(http, Cancel())] == [False]


@needs_shared
def test_that_a_real_company_agrees_with_its_filings_read_plainly() -> None:
    body = gzip.decompress((SHARED / "data" / "sec" / "CIK0001640147_companyfacts.json.gz").read_bytes())
    gaap = json.loads(body)["facts"]["us-gaap"]

    def filed(tag: str, start: str | None, end: str) -> float:
        rows = [r for r in gaap[tag]["units"]["USD"] if r["end"] == end and r.get("start") == start]
        return float(max(rows, key=lambda r: r["filed"])["val"])

    found = books(parse_companyfacts(body, "SNOW"))["SNOW"]
    on = date(2025, 6, 30)
    year, now, before = ("2024-02-01", "2025-01-31"), ("2025-02-01", "2025-04-30"), ("2024-02-01", "2024-04-30")

    def trailing(tag: str) -> float:
        return filed(tag, *year) + filed(tag, *now) - filed(tag, *before)

    depreciation = "DepreciationDepletionAndAmortization"
    assert trailing_year(found.flows["net_income"], on) == trailing("NetIncomeLoss")
    assert ebitda(found, on) == trailing("OperatingIncomeLoss") + trailing(depreciation)
    cash = filed("CashAndCashEquivalentsAtCarryingValue", None, "2025-04-30")
    balance_sheet = cash_and_debt(found, on)
    assert balance_sheet is not None
    assert balance_sheet[0] >= cash
    assert balance_sheet[1] == filed("ConvertibleDebtNoncurrent", None, "2025-04-30")
    growth = trailing_year(found.flows["net_income"], on), trailing_year(found.flows["net_income"], date(2025, 2, 15))
    assert growth[1] == filed("NetIncomeLoss", *year)
