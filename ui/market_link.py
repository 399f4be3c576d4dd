"""What the Market page asks for, done: quotes while it can be seen, and sources that need a person's word first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.series import SYMBOLS
from services.clock import Clock
from ui.jobs import Jobs
from ui.live import Live
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.quote_watch import QuoteWatch
from ui.refresher import Refresher
from ui.survey import sources_named
from ui.updates import Updates

if TYPE_CHECKING:
    from ui.pages.market_page import MarketPage

NAME = "market"
_NEEDS_CONTACT = "sec"


class MarketLink(QObject):
    """Joins the page with what runs behind the window; `join` is called when the page has been made.

    `contact_wanted` comes where a source wants to know who asks and no address was given yet.
    """

    contact_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        window: MainWindow,
        updates: Updates,
        refresher: Refresher,
        live: Live,
        preferences: Preferences,
    ) -> None:
        super().__init__(updates)
        self._window, self._updates, self._preferences = window, updates, preferences
        self._page: MarketPage | None = None
        self.quotes = QuoteWatch(jobs, clock, refresher.http, live, self.quoted, self)

    def join(self, name: str, page: "MarketPage") -> None:
        """Any page may be given; only the Market page is taken."""
        if name != NAME:
            return
        self._page = page
        page.source_wanted.connect(self.fetch)
        self.quotes.came.connect(page.show_quotes)

    def quoted(self) -> tuple[str, ...]:
        """The symbols that the page shows right now and that are quoted; none while it cannot be seen."""
        window, page = self._window, self._page
        is_seen = window.isVisible() and not window.isMinimized() and window.windowHandle().isExposed()
        if page is None or page.page is None or not is_seen or window.page_name != NAME or window.is_rewound:
            return ()
        options = page.page.options
        return tuple(name for name in (options.small, options.large) if name in SYMBOLS and SYMBOLS[name].yahoo)

    def fetch(self, name: str) -> None:
        """Asks a source, after its terms where these must be accepted and are not yet."""
        settings = self._preferences.settings
        (source,) = sources_named((name,))
        if source.terms.needs_consent and name not in settings.accepted_terms:
            from ui.dialogs.source_dialog import TermsDialog
            from ui.pages.data_record import info_of

            dialog = TermsDialog(self._window.theme, info_of(source), self._window)
            dialog.accepted_terms.connect(lambda: self._updates.accept_terms(name))
            dialog.open()
        elif name == _NEEDS_CONTACT and not settings.contact_email:
            self.contact_wanted.emit()
        else:
            self._updates.refresh((name,))
