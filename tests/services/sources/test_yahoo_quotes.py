"""Quotes of the running session, asked for politely."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer

from models.quotes import Quote, is_quoted, words
from models.series import SYMBOLS
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.sources.yahoo_quotes import QuoteFeed, parse
from tests.services.sources.delivering import Desk

OPEN = datetime(2026, 9, 25, 18, 32, tzinfo=UTC)
RUT = SYMBOLS["RUT"]


def body(symbol: str = "^RUT", **changes: object) -> bytes:
    meta = {
        "symbol": symbol,
        "regularMarketPrice": 2410.3,
        "chartPreviousClose": 2400.0,
        "regularMarketTime": int(OPEN.timestamp()),
    }
    return json.dumps({"chart": {"result": [{"meta": meta | changes}], "error": None}}).encode()


def test_that_a_quote_carries_its_own_time() -> None:
    assert parse(body(), RUT) == Quote("RUT", 2410.3, 2400.0, OPEN)
    assert words((parse(body(), RUT),)) == "Russell 2000 2,410.30 (+0.4%); delayed, 14:32 ET"
    assert words(()) == ""


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (body("^GSPC"), ErrorKind.WRONG_DATE),
        (body(regularMarketPrice=0), ErrorKind.IMPLAUSIBLE),
        (body(regularMarketTime=None), ErrorKind.CHANGED_FORMAT),
        (b"{}", ErrorKind.CHANGED_FORMAT),
    ],
)
def test_that_another_answer_is_no_quote(answer: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse(answer, RUT)
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-09-25 13:29", False),
        ("2026-09-25 13:30", True),
        ("2026-09-25 20:19", True),
        ("2026-09-25 20:20", False),
        ("2026-09-26 15:00", False),
        ("2026-09-07 15:00", False),
        ("2026-01-05 14:29", False),
        ("2026-01-05 14:30", True),
    ],
)
def test_that_prices_move_in_the_session_only(moment: str, is_open: bool) -> None:
    assert is_quoted(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is is_open


def test_that_the_close_of_the_day_before_is_no_quote(desk: Desk, httpserver: HTTPServer) -> None:
    path = re.compile("/query1.finance.yahoo.com/v8/finance/chart/.*")
    httpserver.expect_request(path).respond_with_data(body())
    assert QuoteFeed().ask(("RUT",), desk.http, OPEN + timedelta(days=3), Cancel()) == ()


def test_that_quotes_are_asked_for_once_a_minute_and_more_seldom_after_a_refusal(
    desk: Desk, httpserver: HTTPServer
) -> None:
    feed, rut = QuoteFeed(), ("RUT",)
    assert feed.is_due(rut, OPEN)
    path = re.compile("/query1.finance.yahoo.com/v8/finance/chart/.*")
    httpserver.expect_ordered_request(path).respond_with_data(body())
    httpserver.expect_request(path).respond_with_data("Edge: Too Many Requests", status=429)
    assert feed.ask(rut, desk.http, OPEN, Cancel())[0].price == 2410.3
    assert not feed.is_due(rut, OPEN + timedelta(seconds=59)) and feed.is_due(rut, OPEN + timedelta(seconds=60))
    assert feed.is_due(("SPX",), OPEN + timedelta(seconds=5))
    with pytest.raises(SourceError):
        feed.ask(rut, desk.http, OPEN, Cancel())
    assert not any(feed.is_due(pair, OPEN + timedelta(minutes=14)) for pair in (rut, ("SPX",)))
    assert len(httpserver.log) == 2
