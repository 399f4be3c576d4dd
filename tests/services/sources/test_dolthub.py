import json
import re
from datetime import date, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.records import Batch
from services.archive.archive import Archive
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources.dolthub import MOST_SYMBOLS, SOURCE, ask, parse, query
from services.sources.source import Complete, Failed, Unchanged, Wish
from tests.services.sources.companies_server import COMPANIES, NOW, archive, deliver, estimates, http

__all__ = ["archive", "http"]

PATH = "/www.dolthub.com/api/v1alpha1/post-no-preference/earnings/master"


def row(
    symbol: str, period: str = "Current Year", end: str = "2026-09-30", **fields: str | None
) -> dict[str, str | None]:
    made: dict[str, str | None] = {
        "date": "2026-09-20",
        "act_symbol": symbol,
        "period": period,
        "period_end_date": end,
        "consensus": "8.74",
        "count": "5",
        "high": "8.77",
        "low": None,
    }
    return made | fields


def answer(*rows: dict[str, str | None], status: str = "Success", message: str = "") -> dict[str, object]:
    return {"query_execution_status": status, "query_execution_message": message, "schema": [], "rows": list(rows)}


def test_that_estimates_have_fiscal_periods_and_the_day_of_their_consensus() -> None:
    body = answer(row("AAA"), row("AAA", "Next Quarter", "2026-12-31", consensus="-0.12", high=None, count=None))
    (year, quarter), refused, was_cut = parse(json.dumps(body).encode())
    assert (year.subject, year.period, year.value, year.vintage) == ("AAA", "FY2026-09", 8.74, date(2026, 9, 20))
    assert (year.high, year.low, year.analysts, year.basis) == (8.77, None, 5, "ex_items")
    assert (quarter.period, quarter.value, quarter.analysts) == ("FQ2026-12", -0.12, None)
    assert refused == () and not was_cut


def test_that_rows_that_cannot_be_read_are_refused_one_by_one() -> None:
    body = answer(row("AAA", consensus=None), row("BBB", "Some Day"), row("A;DROP"), row("CCC"))
    found, refused, _ = parse(json.dumps(body).encode())
    assert [e.subject for e in found] == ["CCC"]
    assert len(refused) == 3


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (answer(status="Error", message="query error: timeout"), ErrorKind.SERVER),
        (answer(status="Error", message="syntax error at position 3"), ErrorKind.BAD_REQUEST),
        (answer(status="Timeout"), ErrorKind.TIMEOUT),
        ({"message": "hello"}, ErrorKind.CHANGED_FORMAT),
        ({"query_execution_status": "Success", "rows": None}, ErrorKind.CHANGED_FORMAT),
        ([], ErrorKind.CHANGED_FORMAT),
    ],
)
def test_that_200_is_no_success(body: object, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as raised:
        parse(json.dumps(body).encode())
    assert raised.value.kind is kind


def test_that_only_symbols_get_into_a_query() -> None:
    assert "IN ('AAA', 'CCC.A')" in query(["AAA", "CCC.A"], NOW)
    with pytest.raises(ValueError, match="no symbol"):
        query(["AAA' OR '1'='1"], NOW)
    with pytest.raises(ValueError, match="901 symbols"):
        query(["A"] * (MOST_SYMBOLS + 1), NOW)


def test_that_an_answer_that_was_cut_is_asked_for_in_halves(httpserver: HTTPServer, http: Http) -> None:
    asked: list[int] = []

    def respond(request: Request) -> Response:
        symbols = re.findall(r"'([A-Z]+)'", request.args["q"].partition(" IN ")[2])
        asked.append(len(symbols))
        cut = len(symbols) > 2
        body = answer(*[row(s) for s in symbols], status="RowLimit" if cut else "Success")
        return Response(json.dumps(body), mimetype="application/json")

    httpserver.expect_request(PATH).respond_with_handler(respond)
    found, _, _ = ask(http, NOW, ["AA", "BB", "CC", "DD", "EE"], Cancel())
    assert sorted(e.subject for e in found) == ["AA", "BB", "CC", "DD", "EE"]
    assert asked == [5, 2, 3, 1, 2]


def test_that_the_companies_of_the_held_fund_are_asked_for(
    httpserver: HTTPServer, http: Http, archive: Archive
) -> None:
    httpserver.expect_request(PATH).respond_with_json(answer(*[row(s) for s in COMPANIES]))
    done = deliver(SOURCE, http, archive)
    assert [e.subject for e in estimates(done)] == list(COMPANIES)
    assert isinstance(done[-1], Complete) and done[-1].is_full
    sql = httpserver.log[0][0].args["q"]
    assert "'USD'" not in sql and f">= '{NOW.date() - timedelta(days=14)}'" in sql
    assert [e.subject for e in archive.estimates(NOW, COMPANIES)] == list(COMPANIES)


def test_that_what_was_fetched_is_not_asked_for_again(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    httpserver.expect_request(PATH).respond_with_json(answer(row("AAA")))
    deliver(SOURCE, http, archive)
    again = deliver(SOURCE, http, archive, now=NOW + timedelta(days=1))
    assert isinstance(again[0], Unchanged) and len(httpserver.log) == 1
    deliver(SOURCE, http, archive, Wish(full=True), now=NOW + timedelta(days=1))
    assert len(httpserver.log) == 2


def test_that_an_error_of_the_database_leaves_what_is_held(
    httpserver: HTTPServer, http: Http, archive: Archive
) -> None:
    httpserver.expect_request(PATH).respond_with_json(answer(status="Error", message="not stored here"))
    done = deliver(SOURCE, http, archive)
    assert [type(d) for d in done] == [Failed]
    assert isinstance(done[0], Failed) and done[0].error.kind is ErrorKind.SERVER
    assert not any(isinstance(d, Batch) for d in done)


def test_that_without_holdings_nobody_is_asked(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    done = deliver(SOURCE, http, archive, Wish(funds=("IVV",)))
    assert isinstance(done[0], Failed) and done[0].error.kind is ErrorKind.EMPTY
    assert not httpserver.log


def test_that_the_periods_are_a_question_to_the_live_host(httpserver: HTTPServer, http: Http) -> None:
    rows: list[dict[str, str | None]] = [
        {"period": p} for p in ("Current Quarter", "Next Quarter", "Current Year", "Next Year")
    ]
    httpserver.expect_request(PATH).respond_with_json(answer(*rows))
    assert [q.holds for q in SOURCE.questions(http, Cancel())] == [True]
