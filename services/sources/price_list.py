"""Providers that give the closes of one symbol a request: the way around when Yahoo does not answer.

They are asked on request, Nasdaq by itself for what Yahoo could not bring (`registry.STAND_INS`). Their series stand
beside Yahoo's, never mixed with them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.formats import as_date
from models.names import Known
from models.records import Batch, Observations
from models.series import SYMBOLS, Symbol, price_id
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Http, Request
from services.keys import key
from services.sources.columns import Parsed
from services.sources.plausible import check, from_first_change, news
from services.sources.series_file import is_current, provenance
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Unchanged, Wish

FUNDS = "IWM SPY IJR IVV IWN IWO QQQ XLF KBE KRE HYG LQD IEF".split()
FIRST_DAY = date(1990, 1, 1)
_OVERLAP = timedelta(days=10)

Ask = Callable[[Symbol, date, date, str], Request]
"""The request for a symbol from one day to another, with the person's key ("" where none is needed)."""
Parse = Callable[[bytes, Symbol, datetime], Sequence[Parsed]]
"""The closes in an answer, and after them those with dividends where the provider has them."""


@dataclass
class PriceListSource:
    """One such provider. `asks_all` for those whose older closes change with every dividend or split."""

    name: str
    title: str
    terms: Terms
    ask: Ask
    parse: Parse
    needs_key: bool = False
    asks_all: bool = False
    feeds: tuple[str, ...] = ("Market", "Story")
    is_default: bool = False
    datasets: tuple[str, ...] = tuple(FUNDS)

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        own_key = self._key()
        if own_key is None:
            yield Failed(self.name, SourceError(ErrorKind.NO_KEY, self.name), self.title)
            return
        names = [name for name in self.datasets if wish.symbols is None or name in wish.symbols]
        for done, name in enumerate(names):
            symbol = SYMBOLS[name]
            progress(Progress(self.name, name, done, len(names)))
            before = held.observations(price_id(self.name, name), now)
            newest = None if before is None or wish.full else as_date(before.date[-1])
            if newest is not None and is_current(newest, Known.EXCHANGE_CLOSE, now):
                yield Unchanged(name, newest)
                continue
            start = FIRST_DAY if newest is None or self.asks_all else newest - _OVERLAP
            try:
                reply = http.fetch(self.ask(symbol, start, now.date() + timedelta(days=1), own_key), cancel)
                parsed = self.parse(reply.body, symbol, now)
                rows = [self._checked(found, held, now) for found in parsed]
            except SourceError as error:
                if error.kind is ErrorKind.CANCELLED:
                    raise
                yield Failed(name, error, symbol.label)
                continue
            if not any(len(row) for row in rows):
                yield Unchanged(name, newest)
                continue
            refused = tuple(refusal for found in parsed for refusal in found.refused)
            yield Batch(provenance(self.name, name, reply, parsed), tuple(row for row in rows if len(row)), refused)
            yield Complete(name, is_full=start == FIRST_DAY)

    def _key(self) -> str | None:
        return key(self.name) if self.needs_key else ""

    def _checked(self, found: Parsed, held: Held, now: datetime) -> Observations:
        one = found.observations
        before = held.observations(one.series, now)
        is_total = one.series.endswith(":total")
        check(one, None if self.asks_all else before, is_price=True, is_whole=self.asks_all)
        return from_first_change(one, before) if is_total else news(one, before)

    def due(self, held: Held, now: datetime) -> datetime | None:  # noqa: ARG002 - whatever is held, whenever
        """Only on request."""
        return None

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        own_key = self._key()
        if own_key is None:
            yield Question("a key of yours is known", None, "none was entered")
            return
        symbol = SYMBOLS[FUNDS[0]]
        reply = http.fetch(self.ask(symbol, FIRST_DAY, date.today(), own_key), cancel)  # noqa: DTZ011
        for found in self.parse(reply.body, symbol, reply.retrieved_at):
            one = found.observations
            yield Question(f"{one.series} can be read", True, f"{len(one):,} from {one.date[0]} to {one.date[-1]}")
