"""Quotes of the running session, once a minute while the page that shows them can be seen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.quotes import is_quoted
from services.cancel import Cancel
from services.clock import Clock
from services.errors import InputError, SourceError
from ui.jobs import Jobs, Lane
from ui.live import Live

if TYPE_CHECKING:
    from models.quotes import Quote
    from services.http import Http
    from services.sources.yahoo_quotes import QuoteFeed

_JOB = "quotes"


class QuoteWatch(QObject):
    """Asks on the schedule's tick, never while that is paused. `came` gives the quotes as a tuple.

    `wanted` says which symbols can be seen right now: none while the page is hidden, covered or rewound.
    """

    came = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        http: Callable[[], "Http"],
        live: Live,
        wanted: Callable[[], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        """`http` is called on the GUI thread; it may raise InputError."""
        super().__init__(parent)
        self._jobs, self._clock, self._http, self._live, self._wanted = jobs, clock, http, live, wanted
        self._feed: QuoteFeed | None = None
        self._is_asking = False
        live.ticked.connect(self._on_tick)

    def _on_tick(self) -> None:
        now = self._clock.now()
        if self._is_asking or self._live.is_paused or not is_quoted(now) or not (symbols := self._wanted()):
            return
        if self._feed is None:
            from services.sources.yahoo_quotes import QuoteFeed

            self._feed = QuoteFeed()
        if self._feed.is_due(symbols, now):
            self._ask(self._feed, symbols)

    def _ask(self, feed: "QuoteFeed", symbols: tuple[str, ...]) -> None:
        try:
            http = self._http()
        except InputError:
            return  # the mirror that cannot be used is said where a refresh is asked for

        def work(cancel: Cancel) -> "tuple[Quote, ...]":
            return feed.ask(symbols, http, self._clock.now(), cancel)

        self._is_asking = True
        self._jobs.submit(Lane.NETWORK, _JOB, work, self._on_quotes, self._on_failed)

    def _on_quotes(self, quotes: "tuple[Quote, ...]") -> None:
        self._is_asking = False
        self.came.emit(quotes)

    def _on_failed(self, error: Exception) -> None:
        """Quotes are an extra: without them the last ones stand with their time, and the feed waits longer."""
        self._is_asking = False
        if not isinstance(error, SourceError):
            raise error
