"""Yahoo's charts: daily closes of indices, funds and futures, with and without dividends.

Undocumented and for personal use. Yahoo restates closes with dividends on every payment and all closes on a
split; both show on the days that are asked for again, and then the whole series is.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import numpy as np

from models.formats import as_date
from models.names import Known
from models.records import Batch, Observations
from models.series import SYMBOLS, Symbol, price_id
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.sources.pace import Pace
from services.sources.plausible import RESTATED, check, from_first_change, news, rescaling
from services.sources.series_file import is_current, next_close, provenance
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Unchanged, Wish
from services.sources.yahoo_chart import Chart, parse_chart

URL = "https://query1.finance.yahoo.com/v8/finance/chart"
OFFERED = tuple(symbol for symbol in SYMBOLS.values() if symbol.yahoo)
_FIRST_MOMENT = datetime(1927, 1, 1, tzinfo=UTC)
_OVERLAP = timedelta(days=10)
_A_DAY = timedelta(days=1)
_SPLIT = 0.05


def address(symbol: Symbol) -> str:
    return f"{URL}/{quote(symbol.yahoo, safe='')}"


def request(symbol: Symbol, start: datetime, end: datetime) -> Request:
    """Daily bars between two moments; `range=max` would give monthly ones."""
    return Request(
        address(symbol),
        Content.JSON,
        (
            ("period1", str(int(start.timestamp()))),
            ("period2", str(int(end.timestamp()))),
            ("interval", "1d"),
            ("events", "div,splits"),
            ("includeAdjustedClose", "true"),
        ),
        deadline_s=40.0,
    )


class YahooSource:
    """One dataset a symbol; a symbol that is not there does not keep the others from being fetched."""

    name = "yahoo"
    title = "Yahoo"
    feeds: tuple[str, ...] = ("Market", "Positioning", "Story")
    terms = Terms(
        "Yahoo", "Not documented; for your own use, not to be passed on.", "https://legal.yahoo.com/us/en/yahoo/terms/"
    )
    is_default = True
    datasets: tuple[str, ...] = tuple(symbol.name for symbol in OFFERED)

    def __init__(self) -> None:
        self._pace = Pace()

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        self._pace.asked(now)
        for done, symbol in enumerate(OFFERED):
            progress(Progress(self.name, symbol.name, done, len(OFFERED)))
            try:
                yield from self._symbol(symbol, http, held, wish, now, cancel)
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                yield Failed(symbol.name, error, symbol.label)

    def _symbol(
        self, symbol: Symbol, http: Http, held: Held, wish: Wish, now: datetime, cancel: Cancel
    ) -> Iterator[Delivery]:
        price = held.observations(price_id(self.name, symbol.name), now)
        total = held.observations(price_id(self.name, symbol.name, "total"), now) if symbol.has_total else None
        if price is not None and (total is not None or not symbol.has_total) and not wish.full:
            newest = as_date(price.date[-1])
            if is_current(newest, Known.EXCHANGE_CLOSE, now):
                yield Unchanged(symbol.name, newest)
                return
            start = datetime.combine(newest - _OVERLAP, datetime.min.time(), UTC)
            reply = http.fetch(request(symbol, start, now + _A_DAY), cancel)
            chart = parse_chart(reply.body, symbol, now)
            if not is_restated(chart, price, total):
                yield from self._deliveries(symbol, reply, chart, price, total, is_whole=False)
                return
        reply = http.fetch(request(symbol, _FIRST_MOMENT, now + _A_DAY), cancel)
        chart = parse_chart(reply.body, symbol, now)
        yield from self._deliveries(symbol, reply, chart, price, total, is_whole=True)

    def _deliveries(
        self,
        symbol: Symbol,
        reply: Reply,
        chart: Chart,
        price: Observations | None,
        total: Observations | None,
        *,
        is_whole: bool,
    ) -> Iterator[Delivery]:
        """What is new in an answer. Closes with dividends replace the held ones from the first that differs on."""
        has_split = price is not None and any(day > as_date(price.date[-1]) - _OVERLAP for day in chart.splits)
        check(chart.price.observations, None if has_split else price, is_price=True, is_whole=is_whole)
        restated = replace(chart.price.observations, is_restated=True)
        rows = [restated if has_split else news(chart.price.observations, price)]
        parsed = [chart.price]
        if chart.total is not None:
            check(chart.total.observations, None, is_price=True, is_whole=is_whole)
            rows.append(from_first_change(chart.total.observations, total))
            parsed.append(chart.total)
        rows = [row for row in rows if len(row)]
        if not rows:
            yield Unchanged(symbol.name, as_date(chart.price.observations.date[-1]))
            return
        refused = tuple(refusal for found in parsed for refusal in found.refused)
        yield Batch(provenance(self.name, symbol.name, reply, parsed), tuple(rows), refused)
        yield Complete(symbol.name, is_full=is_whole)

    def due(self, held: Held, now: datetime) -> datetime:
        found = held.observations(price_id(self.name, OFFERED[0].name), now)
        expected = None if found is None else next_close(as_date(found.date[-1]), Known.EXCHANGE_CLOSE)
        return self._pace.due(expected, now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        for name in ("RUT", "IWM"):
            symbol = SYMBOLS[name]
            try:
                reply = http.fetch(request(symbol, _FIRST_MOMENT, datetime.now(UTC) + _A_DAY), cancel)
                chart = parse_chart(reply.body, symbol, reply.retrieved_at)
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                yield Question(f"{symbol.yahoo} can be read", False, f"{error.sentence} {error.detail}".strip())
                continue
            one = chart.price.observations
            yield Question(f"{symbol.yahoo} has daily bars", True, f"{len(one):,} from {one.date[0]} to {one.date[-1]}")
            if symbol.has_total:
                yield Question(f"{symbol.yahoo} has closes with dividends", chart.total is not None)


def is_restated(chart: Chart, price: Observations, total: Observations | None) -> bool:
    """Whether the days that were asked for again show that older ones have changed too: by a split or a dividend."""
    scale = rescaling(chart.price.observations, price)
    if scale is None or abs(scale - 1) > _SPLIT:
        return True
    if chart.total is None or total is None:
        return False
    before, after = _shares(price, total), _shares(chart.price.observations, chart.total.observations)
    scale = rescaling(after, before)
    return scale is None or abs(scale - 1) > RESTATED


def _shares(price: Observations, total: Observations) -> Observations:
    """Closes with dividends over closes: falls on every older day when a dividend is paid."""
    days, i, j = np.intersect1d(price.date, total.date, assume_unique=True, return_indices=True)
    return Observations(total.series, days, total.value[j] / price.value[i])
