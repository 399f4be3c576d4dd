"""Yahoo's charts, made up: a symbol's bars, its dividends and splits, restated as Yahoo restates them."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

NEW_YORK = ZoneInfo("America/New_York")
BROWSER = "Mozilla/"


def opening(day: date) -> int:
    return int(datetime.combine(day, time(9, 30), NEW_YORK).timestamp())


def answer(
    symbol: str,
    closes: dict[date, float | None],
    *,
    adjusted: dict[date, float | None] | None = None,
    granularity: str = "1d",
    splits: tuple[date, ...] = (),
    zone: str = "America/New_York",
) -> bytes:
    """The body of one chart in its documented shape."""
    result = {
        "meta": {
            "symbol": symbol,
            "currency": "USD",
            "exchangeTimezoneName": zone,
            "gmtoffset": -14400,
            "dataGranularity": granularity,
        },
        "timestamp": [opening(day) for day in closes],
        "events": {"splits": {str(opening(day)): {"date": opening(day), "numerator": 2} for day in splits}},
        "indicators": {
            "quote": [{"close": list(closes.values()), "volume": [1] * len(closes)}],
            "adjclose": [{"adjclose": list((adjusted or closes).values())}],
        },
    }
    return json.dumps({"chart": {"result": [result], "error": None}}).encode()


@dataclass
class Listed:
    """A symbol as it trades: raw closes, dividends by ex-date, splits (shares for one) by day."""

    closes: dict[date, float]
    dividends: dict[date, float] = field(default_factory=dict)
    splits: dict[date, float] = field(default_factory=dict)

    def bars(self) -> tuple[dict[date, float], dict[date, float]]:
        """Closes without splits, and closes without splits and dividends, as they read today."""
        price, total = {}, {}
        for day, close in self.closes.items():
            factor = 1.0
            for split_day, shares in self.splits.items():
                factor *= 1 / shares if day < split_day else 1.0
            price[day] = close * factor
            kept = factor
            for ex_day, paid in self.dividends.items():
                before = max(d for d in self.closes if d < ex_day)
                kept *= 1 - paid / self.closes[before] if day < ex_day else 1.0
            total[day] = close * kept
        return price, total


@dataclass
class Yahoo:
    """Answers as the real one: a browser-like name or 429, 404 for what is not listed, only the days asked for."""

    listed: dict[str, Listed]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def serve(self, httpserver: HTTPServer) -> None:
        path = re.compile("/query1.finance.yahoo.com/v8/finance/chart/.*")
        httpserver.expect_request(path).respond_with_handler(self.respond)

    def respond(self, request: Request) -> Response:
        if BROWSER not in request.headers.get("User-Agent", ""):
            return Response("Edge: Too Many Requests", status=429)
        symbol = unquote(request.path.rsplit("/", 1)[1])
        of = self.listed.get(symbol)
        if of is None:
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            return Response(json.dumps({"chart": {"result": None, "error": error}}), status=404)
        start, end = int(request.args["period1"]), int(request.args["period2"])
        self.asked.append((symbol, start))
        price, total = of.bars()
        days = [day for day in price if start <= opening(day) < end]
        return Response(
            answer(
                symbol,
                {day: price[day] for day in days},
                adjusted={day: total[day] for day in days},
                splits=tuple(day for day in of.splits if day in days),
            ),
            content_type="application/json",
        )
