"""FRED in its documented shapes, and that nothing of it is ever written down."""

import re
import struct
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.series import FRED_DEFAULT, credit_series
from services import refresh
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.session_reader import SessionReader
from services.sources.fred import FredSource, parse_api, parse_graph
from services.sources.session import SessionSeries
from services.sources.source import Wish
from tests.services.sources.delivering import NOW, Desk, as_dict, kinds

BAA = credit_series("BAA10Y")
ACCEPTED = Wish(accepted_terms=frozenset({"fred"}))
CANARY = 7.1234567


@pytest.mark.parametrize("header", ["DATE", "observation_date"])
@pytest.mark.parametrize("missing", [".", ""])
def test_that_the_first_column_is_the_date_whatever_its_name(header: str, missing: str) -> None:
    body = f"{header},BAA10Y\n2026-09-23,1.71\n2026-09-24,{missing}\n2026-09-25,1.70\n".encode()
    found = parse_graph(body, BAA, NOW).observations
    assert found.series == "fred:BAA10Y"
    assert as_dict(found) == {date(2026, 9, 23): 1.71, date(2026, 9, 25): 1.7}


def test_that_the_interface_for_programs_gives_the_same() -> None:
    body = b'{"observations":[{"date":"2026-09-24","value":"."},{"date":"2026-09-25","value":"1.70"}]}'
    assert as_dict(parse_api(body, BAA, NOW).observations) == {date(2026, 9, 25): 1.7}
    with pytest.raises(SourceError) as caught:
        parse_api(b'{"error_code":400,"error_message":"Bad Request.  The series does not exist."}', BAA, NOW)
    assert caught.value.kind is ErrorKind.BAD_REQUEST


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"observation_date,AAA10Y\n2026-09-23,1.0\n", ErrorKind.CHANGED_FORMAT),
        (b"observation_date,BAA10Y,AAA10Y\n2026-09-23,1.0,1.0\n", ErrorKind.CHANGED_FORMAT),
        (b"observation_date,BAA10Y\n", ErrorKind.EMPTY),
        (b"observation_date,BAA10Y\n" + b"x,y\n" * 9, ErrorKind.IMPLAUSIBLE),
    ],
)
def test_that_another_file_is_refused(body: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse_graph(body, BAA, NOW)
    assert caught.value.kind is kind


def respond(request: Request) -> Response:
    """One series a call, and nothing for whoever calls itself a browser."""
    name = request.args["id"]
    if "mozilla" in request.headers["User-Agent"].lower() or "," in name:
        return Response("<html></html>", status=503)
    rows = f"observation_date,{name}\n2026-09-23,{CANARY}\n2026-09-24,1.5\n"
    return Response(rows, content_type="application/csv")


@pytest.fixture
def fred(httpserver: HTTPServer) -> FredSource:
    httpserver.expect_request(re.compile("/fred.stlouisfed.org/graph/fredgraph.csv")).respond_with_handler(respond)
    return FredSource(SessionSeries())


def test_that_nothing_is_asked_before_the_terms_are_accepted(
    desk: Desk, httpserver: HTTPServer, fred: FredSource
) -> None:
    assert kinds(desk.deliver(fred)) == ["not_accepted"]
    assert httpserver.log == []


def test_that_series_are_read_over_the_archive_as_of_a_moment(desk: Desk, fred: FredSource) -> None:
    assert kinds(desk.deliver(fred, wish=ACCEPTED)) == ["complete"] * len(FRED_DEFAULT)
    reader = SessionReader(desk.archive, fred._session)
    friday = datetime(2026, 9, 25, 12, tzinfo=UTC)
    found = reader.observations(BAA.id, friday)
    assert found is not None and as_dict(found) == {date(2026, 9, 23): CANARY, date(2026, 9, 24): 1.5}
    thursday = reader.observations(BAA.id, datetime(2026, 9, 25, 11, 59, tzinfo=UTC))
    assert thursday is not None and len(thursday) == 1
    assert reader.observations(BAA.id, datetime(2026, 9, 23, tzinfo=UTC)) is None
    assert reader.observations("cboe:RUT:price", NOW) is None
    assert {status.source for status in reader.statuses()} == {"fred"}


def test_that_nothing_of_it_is_in_any_file_after_a_refresh(desk: Desk, fred: FredSource, tmp_path: Path) -> None:
    (outcome,) = refresh.refresh([fred], desk.archive, desk.http, ACCEPTED, Clock(NOW), Cancel(), lambda said: None)
    assert outcome.status is refresh.Status.CURRENT
    assert desk.archive.observations(BAA.id, NOW) is None
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert b"BAA10Y:" not in content and b"fred:" not in content
        assert str(CANARY).encode() not in content
        assert struct.pack(">d", CANARY) not in content


def test_that_withdrawn_consent_empties_the_session(desk: Desk, fred: FredSource) -> None:
    desk.deliver(fred, wish=ACCEPTED)
    fred._session.clear()
    assert fred._session.observations(BAA.id, NOW) is None


def test_that_a_key_of_the_persons_own_uses_the_interface_for_programs(
    desk: Desk, httpserver: HTTPServer, fred: FredSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_FRED", "a" * 32)
    body = '{"observations":[{"date":"2026-09-24","value":"1.60"}]}'
    httpserver.expect_request("/api.stlouisfed.org/fred/series/observations").respond_with_data(body)
    desk.deliver(fred, wish=ACCEPTED)
    assert {request.path for request, _ in httpserver.log} == {"/api.stlouisfed.org/fred/series/observations"}
    found = fred._session.observations(BAA.id, NOW)
    assert found is not None and as_dict(found) == {date(2026, 9, 24): 1.6}
    assert "a" * 32 not in repr(fred._session._held)
