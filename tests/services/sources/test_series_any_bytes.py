"""Whatever a provider of closes or spreads sends: a series, or one typed error."""

import contextlib
import json
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.series import SYMBOLS, credit_series
from services.errors import SourceError
from services.sources import cboe, fedboard, fred, keyed_prices, nasdaq_prices, ofr, treasury, yahoo_chart, yahoo_quotes
from services.sources.columns import Parsed
from tests.services.sources.delivering import NOW

IWM, BAA = SYMBOLS["IWM"], credit_series("BAA10Y")
CHART = {
    "chart": {
        "result": [
            {
                "meta": {
                    "symbol": "IWM",
                    "dataGranularity": "1d",
                    "exchangeTimezoneName": "America/New_York",
                    "gmtoffset": -18000,
                    "regularMarketPrice": 1.0,
                    "chartPreviousClose": 1.0,
                    "regularMarketTime": 1,
                },
                "timestamp": [1474895400, 1474981800],
                "events": {"splits": {"1": {"date": 1474895400}}},
                "indicators": {"quote": [{"close": [1.0, 2.0]}], "adjclose": [{"adjclose": [1.0, 2.0]}]},
            }
        ],
        "error": None,
    }
}

SAMPLES: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "cboe": (lambda body: cboe.parse(body, "RUT", NOW), b"DATE,RUT\n09/24/2026,2340.25\n09/25/2026,2355.75\n"),
    "yahoo": (lambda body: yahoo_chart.parse_chart(body, IWM, NOW), json.dumps(CHART).encode()),
    "quote": (lambda body: yahoo_quotes.parse(body, IWM), json.dumps(CHART).encode()),
    "nasdaq": (
        partial(nasdaq_prices.parse, symbol=IWM, now=NOW),
        b'{"data":{"symbol":"IWM","tradesTable":{"rows":[{"date":"09/25/2026","close":"$1"}]}},"status":{"rCode":200}}',
    ),
    "tiingo": (
        partial(keyed_prices.parse_tiingo, symbol=IWM, now=NOW),
        b'[{"date":"2026-09-25T00:00:00.000Z","close":1.0,"adjClose":1.0,"splitFactor":1.0}]',
    ),
    "twelve": (
        partial(keyed_prices.parse_twelve_data, symbol=IWM, now=NOW),
        b'{"values":[{"datetime":"2026-09-25","close":"1.0"}],"status":"ok"}',
    ),
    "alpha": (
        partial(keyed_prices.parse_alpha_vantage, symbol=IWM, now=NOW),
        b'{"Time Series (Daily)":{"2026-09-25":{"4. close":"1.0"}}}',
    ),
    "ofr": (lambda body: ofr.parse(body, NOW), b"Date,OFR FSI,Credit\n2026-09-22,-2.4,-0.7\n"),
    "fed": (lambda body: fedboard.parse(body, NOW), b"date,gz_spread,ebp\n7/1/2026,1.1,-0.02\n"),
    "treasury": (lambda body: treasury.parse(body, NOW), b'Date,"2 Yr","10 Yr"\n09/24/2026,3.9,4.25\n'),
    "fred": (lambda body: fred.parse_graph(body, BAA, NOW), b"observation_date,BAA10Y\n2026-09-25,1.70\n"),
    "api": (lambda body: fred.parse_api(body, BAA, NOW), b'{"observations":[{"date":"2026-09-25","value":"1.7"}]}'),
}


def parsed(of: object) -> list[Parsed]:
    match of:
        case Parsed():
            return [of]
        case yahoo_chart.Chart():
            return [one for one in (of.price, of.total) if one is not None]
        case tuple():
            return list(of)
    return []


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """The body with pieces cut out, doubled or replaced."""
    body = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(body) - 1, 0)))
        end = min(len(body), start + draw(st.integers(0, 12)))
        words = st.sampled_from(
            [b"", b"null", b"[]", b"{}", b"-1", b"1e999", b'"', b",", b"\n", b"0", b"\xff", b"9" * 30]
        )
        body[start:end] = draw(words | st.binary(max_size=6) | st.just(bytes(body[start:end]) * 2))
    return bytes(body)


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
@settings(max_examples=120)
def test_that_any_bytes_are_a_series_or_one_kind_of_error(name: str, data: st.DataObject) -> None:
    parse, whole = SAMPLES[name]
    body = data.draw(damaged(whole) | st.binary(max_size=60))
    with contextlib.suppress(SourceError):
        for found in parsed(parse(body)):
            one = found.observations
            assert len(one) and np.isfinite(one.value).all()
            assert (np.diff(one.date).astype(int) > 0).all()


@pytest.mark.parametrize("name", SAMPLES)
def test_that_the_undamaged_body_is_read(name: str) -> None:
    parse, whole = SAMPLES[name]
    assert parse(whole) is not None
