"""Cboe's history files, made up in their documented layout."""

import re
from datetime import UTC, date, datetime

import pytest
from pytest_httpserver import HTTPServer

from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.sources import cboe
from services.sources.columns import Parsed
from services.sources.series_file import SeriesFileSource, ask
from tests.services.sources.delivering import NOW, Desk, as_dict, kinds

PATH = "/cdn.cboe.com/api/global/us_indices/daily_prices/RUT_History.csv"
RUT = b"DATE,RUT\n09/22/2026,2350.100000\n09/23/2026,2361.500000\n09/24/2026,2340.250000\n09/25/2026,2355.750000\n"


def parse(body: bytes, symbol: str = "RUT", now: datetime = NOW) -> Parsed:
    return cboe.parse(body, symbol, now)


def refusal(body: bytes, symbol: str = "RUT") -> ErrorKind:
    with pytest.raises(SourceError) as caught:
        parse(body, symbol)
    return caught.value.kind


def test_that_closes_are_read_by_day_and_month_first() -> None:
    found = parse(RUT).observations
    assert found.series == "cboe:RUT:price"
    assert as_dict(found)[date(2026, 9, 23)] == 2361.5
    assert len(found) == 4


def test_that_todays_close_waits_until_six_in_new_york() -> None:
    before, after = datetime(2026, 9, 25, 21, 59, tzinfo=UTC), datetime(2026, 9, 25, 22, 0, tzinfo=UTC)
    assert parse(RUT, now=before).observations.date[-1].astype(object) == date(2026, 9, 24)
    assert parse(RUT, now=before).waiting == 1
    assert parse(RUT, now=after).observations.date[-1].astype(object) == date(2026, 9, 25)


def test_that_an_index_with_a_range_gives_its_close() -> None:
    body = b"DATE,OPEN,HIGH,LOW,CLOSE\n09/24/2026,17.1,18.2,16.9,17.5\n"
    assert as_dict(parse(body, "VIX").observations) == {date(2026, 9, 24): 17.5}


@pytest.mark.parametrize(
    "header",
    [b"DATE,Value_Without_Dividends__USD_", b"DATE,SPX", b"Date,RUT", b"DATE,OPEN,HIGH,LOW,CLOSE", b"DATE,RUT,X", b""],
)
def test_that_a_file_with_any_other_header_is_refused(header: bytes) -> None:
    assert refusal(header + b"\n09/24/2026,7491.000000\n") is ErrorKind.CHANGED_FORMAT


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"DATE,RUT\n", ErrorKind.EMPTY),
        (b"DATE,RUT\n09/24/2026\n", ErrorKind.BAD_CONTENT),
        (b"DATE,RUT\n" + b"13/45/2026,1.0\n" * 9, ErrorKind.IMPLAUSIBLE),
        (b"DATE,RUT\n" + b"09/24/2026,-1.0\n" * 9, ErrorKind.IMPLAUSIBLE),
        (b"DATE,RUT\n\xff\xfe,1\n", ErrorKind.BAD_CONTENT),
    ],
)
def test_that_a_broken_file_is_refused(body: bytes, kind: ErrorKind) -> None:
    assert refusal(body) is kind


def test_that_a_few_odd_rows_are_refused_by_themselves() -> None:
    found = parse(RUT + b"09/24/2030,1.0\nsoon,2.0\n09/21/2026,\n")
    assert len(found.observations) == 4
    assert [r.reason for r in found.refused] == ["the row could not be read", "the day lies in the future"]


def serve(httpserver: HTTPServer, body: bytes, etag: str = '"1"') -> None:
    httpserver.clear()
    httpserver.expect_request(PATH, headers={"If-None-Match": etag}).respond_with_data(status=304)
    httpserver.expect_request(PATH).respond_with_data(body, headers={"ETag": etag}, content_type="text/csv")
    httpserver.expect_request(re.compile(".*")).respond_with_data("<Error/>", status=403)


def test_that_a_file_is_fetched_once_and_then_only_when_it_has_changed(desk: Desk, httpserver: HTTPServer) -> None:
    serve(httpserver, RUT)
    first = kinds(desk.deliver(cboe.SOURCE))
    assert first[:2] == ["saved", "complete"]
    assert kinds(desk.deliver(cboe.SOURCE))[0] == "unchanged"
    assert [answer.status_code for request, answer in httpserver.log if request.path == PATH] == [200, 304]


def test_that_one_missing_index_does_not_keep_the_others_away(desk: Desk, httpserver: HTTPServer) -> None:
    serve(httpserver, RUT)
    made = kinds(desk.deliver(cboe.SOURCE))
    assert made == ["saved", "complete"] + ["forbidden"] * (len(cboe.OFFERED) - 1)


def test_that_a_file_with_a_close_that_waits_is_asked_for_again(desk: Desk, httpserver: HTTPServer) -> None:
    serve(httpserver, RUT)
    desk.deliver(cboe.SOURCE, now=datetime(2026, 9, 25, 21, tzinfo=UTC))
    assert date(2026, 9, 25) not in desk.values("cboe:RUT:price")
    desk.deliver(cboe.SOURCE)
    assert desk.values("cboe:RUT:price")[date(2026, 9, 25)] == 2355.75


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (RUT[: RUT.index(b"09/25")], "wrong_date"),
        (RUT.replace(b",2", b",2000"), "implausible"),
        (b"DATE,RUT\n09/25/2026,2355.750000\n", "implausible"),
        (b"DATE,Value_Without_Dividends__USD_\n09/25/2026,7491.000000\n", "changed_format"),
        (b"<!DOCTYPE html><html></html>", "web_page"),
    ],
)
def test_that_what_does_not_fit_the_held_closes_is_not_saved(
    desk: Desk, httpserver: HTTPServer, body: bytes, kind: str
) -> None:
    serve(httpserver, RUT)
    desk.deliver(cboe.SOURCE)
    before = desk.values("cboe:RUT:price")
    serve(httpserver, body, etag='"2"')
    assert kinds(desk.deliver(cboe.SOURCE))[0] == kind
    assert desk.values("cboe:RUT:price") == before


def test_that_the_source_is_due_after_the_next_session_and_then_less_and_less_often(
    desk: Desk, httpserver: HTTPServer
) -> None:
    serve(httpserver, RUT)
    source = SeriesFileSource("cboe", "Cboe", cboe.SOURCE.terms, cboe.SOURCE.files[:1], cboe.SOURCE.rhythm)
    assert source.due(desk.archive, NOW) == NOW
    desk.deliver(source)
    monday = datetime(2026, 9, 28, 22, 15, tzinfo=UTC)
    assert source.due(desk.archive, NOW) == monday
    late = datetime(2026, 9, 28, 22, 30, tzinfo=UTC)
    desk.deliver(source, now=late)
    assert source.due(desk.archive, late) == datetime(2026, 9, 28, 22, 45, tzinfo=UTC)


def test_that_the_questions_say_what_the_file_holds(desk: Desk, httpserver: HTTPServer) -> None:
    serve(httpserver, RUT)
    asked = list(ask(cboe.SOURCE.files[0], desk.http, Cancel()))
    assert [question.holds for question in asked] == [True, True, True]
