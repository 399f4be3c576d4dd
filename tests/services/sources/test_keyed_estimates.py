import json
from datetime import date, timedelta

import pytest
from pytest_httpserver import HTTPServer

from models.records import Estimate
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources.keyed_estimates import PROVIDERS, parse_alpha_vantage, parse_fmp
from tests.services.sources.companies_server import archive, http
from tests.shared import SHARED, needs_shared

__all__ = ["archive", "http"]

DAY = date(2026, 9, 24)
ALPHA_VANTAGE, FMP = PROVIDERS
AV_ROW = {
    "date": "2026-12-31",
    "horizon": "fiscal year",
    "eps_estimate_average": "-2.2839",
    "eps_estimate_high": "-2.0400",
    "eps_estimate_low": "-2.4900",
    "eps_estimate_analyst_count": "8.0000",
    "eps_estimate_average_30_days_ago": "-1.3862",
    "eps_estimate_average_60_days_ago": None,
}


def av(*rows: dict[str, object]) -> bytes:
    return json.dumps({"symbol": "ASTS", "estimates": list(rows)}).encode()


def test_that_the_trend_gives_earlier_vintages() -> None:
    today, month_ago = parse_alpha_vantage(av(dict(AV_ROW)), "ASTS", DAY)
    assert (today.period, today.value, today.vintage, today.analysts) == ("FY2026-12", -2.2839, DAY, 8)
    assert (month_ago.value, month_ago.vintage) == (-1.3862, DAY - timedelta(days=30))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"Note": "25 requests per day"}, ErrorKind.RATE_LIMITED),
        ({"Information": "25 requests per day"}, ErrorKind.RATE_LIMITED),
        ({"Error Message": "Invalid API call"}, ErrorKind.NOT_FOUND),
        ({"symbol": "MSFT", "estimates": []}, ErrorKind.WRONG_DATE),
        ({"symbol": "ASTS"}, ErrorKind.CHANGED_FORMAT),
        ([], ErrorKind.CHANGED_FORMAT),
    ],
)
def test_that_alpha_vantage_says_no_with_200(body: object, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as raised:
        parse_alpha_vantage(json.dumps(body).encode(), "ASTS", DAY)
    assert raised.value.kind is kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"Error Message": "Limit Reach."}, ErrorKind.RATE_LIMITED),
        ({"Error Message": "Exclusive Endpoint"}, ErrorKind.FORBIDDEN),
        ([{"symbol": "AAPL"}], ErrorKind.CHANGED_FORMAT),
        ([{"symbol": "MSFT", "date": "2026-09-28", "epsAvg": 1}], ErrorKind.WRONG_DATE),
    ],
)
def test_that_fmp_says_no_with_an_object(body: object, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as raised:
        parse_fmp(json.dumps(body).encode(), "AAPL", DAY)
    assert raised.value.kind is kind


def test_that_nobody_is_asked_without_a_key(
    http: Http, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.keys._from_keyring", lambda provider: None)
    for provider in PROVIDERS:
        monkeypatch.delenv(f"ABOUTFACE_KEY_{provider.name.upper()}", raising=False)
        with pytest.raises(SourceError) as raised:
            provider.company(http, "AAPL", Cancel())
        assert raised.value.kind is ErrorKind.NO_KEY
    assert not httpserver.log


def test_that_a_key_is_sent_and_never_written_down(
    http: Http, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_FMP", "secret-word")
    body = [{"symbol": "AAPL", "date": "2029-09-28", "epsAvg": 10.9, "epsHigh": 11.5, "epsLow": 10.4}]
    httpserver.expect_request("/financialmodelingprep.com/stable/analyst-estimates").respond_with_json(body)
    batch = FMP.company(http, "AAPL", Cancel())
    assert httpserver.log[0][0].args["apikey"] == "secret-word"
    assert "secret-word" not in str(batch)
    (rows,) = batch.rows
    assert isinstance(rows, tuple) and isinstance(rows[0], Estimate)
    assert (rows[0].period, rows[0].high, rows[0].analysts) == ("FY2029-09", 11.5, None)


def test_that_a_plan_that_does_not_include_a_company_is_a_plain_failure(
    http: Http, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_FMP", "secret-word")
    httpserver.expect_request("/financialmodelingprep.com/stable/analyst-estimates").respond_with_data(
        "pay", status=402
    )
    with pytest.raises(SourceError) as raised:
        FMP.company(http, "AAPL", Cancel())
    assert raised.value.kind is ErrorKind.BAD_REQUEST and "secret-word" not in str(raised.value)


@needs_shared
def test_that_recorded_answers_are_read() -> None:
    folder = SHARED / "data" / "api_samples"
    found = parse_alpha_vantage(
        (folder / "alphavantage_EARNINGS_ESTIMATES_ASTS_202609_excerpt.json").read_bytes(), "ASTS", DAY
    )
    assert len(found) == 10 and {e.period for e in found} == {"FY2026-12", "FY2027-12"}
    annual = parse_fmp((folder / "fmp_stable_analyst-estimates_AAPL_annual_20250923.json").read_bytes(), "AAPL", DAY)
    assert [(e.period, e.value, e.analysts) for e in annual] == [("FY2029-09", 10.91773, 13)]
