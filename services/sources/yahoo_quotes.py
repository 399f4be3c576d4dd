"""Delayed quotes from Yahoo's charts, for a page that is being looked at."""

from datetime import UTC, datetime, timedelta

from models.calendars import NEW_YORK
from models.quotes import Quote, is_quoted
from models.series import SYMBOLS, Symbol
from services import strict_json
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from services.sources.yahoo import address

EVERY = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(minutes=15)


def request(symbol: Symbol) -> Request:
    return Request(address(symbol), Content.JSON, (("range", "1d"), ("interval", "1d")), deadline_s=15.0, tries=1)


def parse(body: bytes, symbol: Symbol) -> Quote:
    """The latest price in an answer; raises CHANGED_FORMAT, WRONG_DATE for another symbol, or BAD_CONTENT."""
    try:
        meta = strict_json.load(body)["chart"]["result"][0]["meta"]
        if str(meta["symbol"]).upper() != symbol.yahoo.upper():
            raise SourceError(ErrorKind.WRONG_DATE, f"{meta['symbol']!r} instead of {symbol.yahoo}")
        price, previous = float(meta["regularMarketPrice"]), float(meta["chartPreviousClose"])
        at = datetime.fromtimestamp(int(meta["regularMarketTime"]), UTC)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{symbol.name}: {error!r}"[:200]) from error
    if not (price > 0 and previous > 0):
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{symbol.name}: {price} after {previous}")
    return Quote(symbol.name, price, previous, at)


class QuoteFeed:
    """Asks once a minute while prices move, and twice as seldom after each failure."""

    def __init__(self) -> None:
        self._pause = EVERY
        self._next: datetime | None = None
        self._symbols: tuple[str, ...] = ()

    def is_due(self, symbols: tuple[str, ...], now: datetime) -> bool:
        """Whether these should be asked for; the caller asks only while they can be seen.

        Other symbols than before are due at once, unless the last answer was a failure.
        """
        has_waited = self._next is None or self._next <= now
        is_other = symbols != self._symbols and self._pause == EVERY
        return is_quoted(now) and (has_waited or is_other)

    def ask(self, symbols: tuple[str, ...], http: Http, now: datetime, cancel: Cancel) -> tuple[Quote, ...]:
        """One quote a symbol that has traded today; raises SourceError, after which the feed waits longer."""
        self._symbols = symbols
        try:
            quotes = tuple(parse(http.fetch(request(SYMBOLS[name]), cancel).body, SYMBOLS[name]) for name in symbols)
        except SourceError as error:
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            self._next = max(now + self._pause, error.retry_at or now)
            raise
        self._pause = EVERY
        self._next = now + EVERY
        today = now.astimezone(NEW_YORK).date()
        return tuple(quote for quote in quotes if quote.at.astimezone(NEW_YORK).date() == today)
