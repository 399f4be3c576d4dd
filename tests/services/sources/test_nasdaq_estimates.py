import json
from datetime import date

import pytest
from pytest_httpserver import HTTPServer

from services.archive.archive import Archive
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources.nasdaq_estimates import SOURCE, parse_forecast, parse_revisions, parse_surprises
from services.sources.source import Failed
from tests.services.sources.companies_server import archive, deliver, estimates, http
from tests.shared import SHARED, needs_shared

__all__ = ["archive", "http"]

DAY = date(2026, 9, 24)
HOST = "/api.nasdaq.com/api"


def answer(data: object, code: int = 200) -> dict[str, object]:
    return {"data": data, "message": None, "status": {"rCode": code, "bCodeMessage": None}}


def forecast(symbol: str) -> dict[str, object]:
    year = {
        "fiscalEnd": "Sep 2026",
        "consensusEPSForecast": 8.74,
        "highEPSForecast": 8.77,
        "lowEPSForecast": 8.73,
        "noOfEstimates": 5,
        "up": 2,
        "down": 1,
    }
    quarter = year | {"fiscalEnd": "Dec 2026", "consensusEPSForecast": "1.98", "lowEPSForecast": None}
    return {"symbol": symbol, "quarterlyForecast": {"rows": [quarter]}, "yearlyForecast": {"rows": [year]}}


def surprise(symbol: str) -> dict[str, object]:
    row = {"fiscalQtrEnd": "Jun 2026", "dateReported": "7/30/2026", "eps": 1.57, "consensusForecast": "1.43"}
    return {"symbol": symbol, "earningsSurpriseTable": {"rows": [row | {"percentageSurprise": "9.79"}]}}


def test_that_forecasts_are_dated_by_the_day_of_the_question() -> None:
    quarter, year = parse_forecast(json.dumps(answer(forecast("aapl"))).encode(), "AAPL", DAY)
    assert (quarter.period, quarter.value, quarter.low, quarter.vintage) == ("FQ2026-12", 1.98, None, DAY)
    assert (year.period, year.value, year.high, year.low, year.analysts) == ("FY2026-09", 8.74, 8.77, 8.73, 5)
    assert year.is_estimate


def test_that_revisions_count_up_and_down() -> None:
    assert parse_revisions(json.dumps(answer(forecast("aapl"))).encode(), "AAPL") == (2, 1)


def test_that_a_surprise_is_an_actual_and_what_was_expected_before() -> None:
    expected, actual = parse_surprises(json.dumps(answer(surprise("AAPL"))).encode(), "AAPL")
    assert (expected.value, expected.is_estimate, expected.vintage) == (1.43, True, date(2026, 7, 29))
    assert (actual.value, actual.is_estimate, actual.vintage) == (1.57, False, date(2026, 7, 30))
    assert actual.period == expected.period == "FQ2026-06"


def test_that_a_company_without_analysts_has_no_estimates() -> None:
    data = {"symbol": "ater", "quarterlyForecast": None, "yearlyForecast": None}
    assert parse_forecast(json.dumps(answer(data)).encode(), "ATER", DAY) == ()
    assert parse_revisions(json.dumps(answer(data)).encode(), "ATER") == (0, 0)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (answer(None, 400), ErrorKind.NOT_FOUND),
        (answer(forecast("MSFT")), ErrorKind.WRONG_DATE),
        (answer({"symbol": "AAPL"}), ErrorKind.CHANGED_FORMAT),
        ({"data": {}}, ErrorKind.CHANGED_FORMAT),
        ([], ErrorKind.CHANGED_FORMAT),
    ],
)
def test_that_200_is_no_success(body: object, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as raised:
        parse_forecast(json.dumps(body).encode(), "AAPL", DAY)
    assert raised.value.kind is kind


def test_that_an_unknown_company_is_refused_and_the_others_go_on(
    httpserver: HTTPServer, http: Http, archive: Archive
) -> None:
    httpserver.expect_request(f"{HOST}/analyst/AAA/earnings-forecast").respond_with_json(answer(None, 400))
    for symbol in ("BBB", "CCC.A"):
        httpserver.expect_request(f"{HOST}/analyst/{symbol}/earnings-forecast").respond_with_json(
            answer(forecast(symbol))
        )
        httpserver.expect_request(f"{HOST}/company/{symbol}/earnings-surprise").respond_with_json(
            answer(surprise(symbol))
        )
    done = deliver(SOURCE, http, archive)
    assert {e.subject for e in estimates(done)} == {"BBB", "CCC.A"}
    assert [entry.what for entry in archive.quarantine()] == ["AAA"]
    sent = httpserver.log[0][0].headers
    assert sent["Referer"] == "https://www.nasdaq.com/" and sent["User-Agent"].startswith("Mozilla/5.0")


def test_that_a_host_that_is_down_ends_the_round(httpserver: HTTPServer, http: Http, archive: Archive) -> None:
    httpserver.expect_request(f"{HOST}/analyst/AAA/earnings-forecast").respond_with_data("gone", status=503)
    done = deliver(SOURCE, http, archive)
    assert [type(d) for d in done] == [Failed]
    assert isinstance(done[0], Failed) and done[0].error.kind is ErrorKind.SERVER


def test_that_it_is_asked_only_on_request(archive: Archive) -> None:
    from tests.services.sources.companies_server import NOW

    assert SOURCE.due(archive, NOW) is None and not SOURCE.is_default


@needs_shared
@pytest.mark.parametrize(("symbol", "count"), [("AAPL", 4), ("ATER", 0)])
def test_that_recorded_answers_are_read(symbol: str, count: int) -> None:
    path = SHARED / "data" / "api_samples" / f"nasdaq_analyst_{symbol}_earnings-forecast_20260924.json"
    assert len(parse_forecast(path.read_bytes(), symbol, DAY)) == count
