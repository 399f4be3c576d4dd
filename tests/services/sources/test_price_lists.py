"""Nasdaq and the providers with a key of the person's own, in their documented shapes."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from models.series import SYMBOLS
from services.errors import ErrorKind, SourceError
from services.sources import keyed_prices, nasdaq_prices
from services.sources.price_list import Parse
from tests.services.sources.delivering import NOW, Desk, as_dict, kinds

THU, FRI = date(2026, 9, 24), date(2026, 9, 25)
IWM = SYMBOLS["IWM"]


def nasdaq(rows: list[dict[str, str]] | None, symbol: str = "IWM", code: int = 200) -> bytes:
    data = None if rows is None else {"symbol": symbol, "totalRecords": 2, "tradesTable": {"rows": rows}}
    return json.dumps({"data": data, "message": None, "status": {"rCode": code, "bCodeMessage": None}}).encode()


ROWS = [
    {"date": "09/25/2026", "close": "$1,241.50", "volume": "31,234,567"},
    {"date": "09/24/2026", "close": "240.12", "volume": "N/A"},
]


def test_that_nasdaqs_rows_are_read_with_their_dollars_and_commas() -> None:
    (found,) = nasdaq_prices.parse(nasdaq(ROWS), IWM, NOW)
    assert as_dict(found.observations) == {THU: 240.12, FRI: 1241.5}


TIINGO = [
    {"date": "2026-09-23T00:00:00.000Z", "close": 400.0, "adjClose": 99.0, "splitFactor": 1.0},
    {"date": "2026-09-24T00:00:00.000Z", "close": 100.0, "adjClose": 99.5, "splitFactor": 4.0},
    {"date": "2026-09-25T00:00:00.000Z", "close": 101.0, "adjClose": 101.0, "splitFactor": 1.0},
]


def test_that_tiingos_closes_are_freed_of_splits() -> None:
    price, total = keyed_prices.parse_tiingo(json.dumps(TIINGO).encode(), IWM, NOW)
    assert list(as_dict(price.observations).values()) == [100.0, 100.0, 101.0]
    assert list(as_dict(total.observations).values()) == [99.0, 99.5, 101.0]


def test_that_twelve_datas_and_alpha_vantages_closes_are_read() -> None:
    values = [{"datetime": "2026-09-25", "close": "241.5"}, {"datetime": "2026-09-24", "close": "240.1"}]
    (twelve,) = keyed_prices.parse_twelve_data(json.dumps({"values": values, "status": "ok"}).encode(), IWM, NOW)
    days = {"2026-09-25": {"4. close": "241.5"}, "2026-09-24": {"4. close": "240.1"}}
    (alpha,) = keyed_prices.parse_alpha_vantage(json.dumps({"Time Series (Daily)": days}).encode(), IWM, NOW)
    assert as_dict(twelve.observations) == as_dict(alpha.observations) == {THU: 240.1, FRI: 241.5}


@pytest.mark.parametrize(
    ("parse", "body", "kind"),
    [
        (nasdaq_prices.parse, nasdaq(None, code=400), ErrorKind.NOT_FOUND),
        (nasdaq_prices.parse, nasdaq(None), ErrorKind.NOT_FOUND),
        (nasdaq_prices.parse, nasdaq(ROWS, symbol="SPY"), ErrorKind.WRONG_DATE),
        (nasdaq_prices.parse, nasdaq([]), ErrorKind.EMPTY),
        (nasdaq_prices.parse, b'{"data":{}}', ErrorKind.CHANGED_FORMAT),
        (keyed_prices.parse_tiingo, b'{"detail":"Error: run over your hourly limit"}', ErrorKind.BAD_REQUEST),
        (keyed_prices.parse_tiingo, b'[{"date":"2026-09-25"}]', ErrorKind.CHANGED_FORMAT),
        (keyed_prices.parse_twelve_data, b'{"status":"error","code":429,"message":"x"}', ErrorKind.RATE_LIMITED),
        (keyed_prices.parse_twelve_data, b'{"status":"error","code":401,"message":"x"}', ErrorKind.FORBIDDEN),
        (keyed_prices.parse_twelve_data, b"[]", ErrorKind.CHANGED_FORMAT),
        (keyed_prices.parse_alpha_vantage, b'{"Note":"25 requests per day"}', ErrorKind.RATE_LIMITED),
        (keyed_prices.parse_alpha_vantage, b'{"Information":"premium"}', ErrorKind.RATE_LIMITED),
        (keyed_prices.parse_alpha_vantage, b'{"Error Message":"Invalid API call"}', ErrorKind.NOT_FOUND),
        (keyed_prices.parse_alpha_vantage, b"{}", ErrorKind.CHANGED_FORMAT),
    ],
)
def test_that_errors_that_come_as_success_are_recognised(parse: Parse, body: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse(body, IWM, NOW)
    assert caught.value.kind is kind


def test_that_nasdaqs_closes_stand_beside_others_and_grow(desk: Desk, httpserver: HTTPServer) -> None:
    path = re.compile("/api.nasdaq.com/api/quote/IWM/historical")
    httpserver.expect_request(path, headers={"Referer": "https://www.nasdaq.com/"}).respond_with_data(nasdaq(ROWS[1:]))
    httpserver.expect_request(re.compile(".*")).respond_with_data(nasdaq(None, code=400))
    thursday = datetime(2026, 9, 24, 23, tzinfo=UTC)
    assert kinds(desk.deliver(nasdaq_prices.SOURCE, now=thursday))[:2] == ["saved", "complete"]
    assert desk.values("nasdaq:IWM:price") == {THU: 240.12}
    assert kinds(desk.deliver(nasdaq_prices.SOURCE, now=thursday))[0] == "unchanged"
    assert "fromdate=2026-09-14" not in str(httpserver.log[-1][0].url)
    asked = [request for request, _ in httpserver.log if "IWM" in request.path]
    assert len(asked) == 1 and asked[0].args["assetclass"] == "etf"


def test_that_a_provider_with_a_key_is_not_asked_without_one(desk: Desk, httpserver: HTTPServer) -> None:
    assert kinds(desk.deliver(keyed_prices.TIINGO)) == ["no_key"]
    assert httpserver.log == []


def test_that_the_key_is_sent_and_never_kept(
    desk: Desk, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_TWELVEDATA", "CANARY-0123")
    body = json.dumps({"values": [{"datetime": "2026-09-25", "close": "241.5"}], "status": "ok"})
    httpserver.expect_request("/api.twelvedata.com/time_series").respond_with_data(body)
    made = desk.deliver(keyed_prices.TWELVE_DATA)
    assert "saved" in kinds(made)
    assert httpserver.log[0][0].args["apikey"] == "CANARY-0123"
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert written and not any(b"CANARY" in content for content in written)
    assert "CANARY" not in repr(made)
