"""Keeping the figures current: when to refresh, what came of it, and what the window says about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.funds import fund
from models.qt.desk import Desk
from models.qt.status_model import StatusModel
from services.clock import Clock
from services.errors import ArchiveError, InputError
from ui import messages
from ui.archive_keeper import ArchiveKeeper
from ui.company_fetch import CompanyFetch
from ui.live import Live
from ui.main_window import MainWindow
from ui.page_loader import PageLoader
from ui.preferences import Preferences
from ui.refresher import Refresher
from ui.survey import Plan, Survey, default_sources, is_in_memory, plan, sources_named, survey
from ui.widgets.banner import BannerAction, Message
from ui.words import tr

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.refresh import Outcome
    from services.sources.source import Progress

_FIRST, _OFFLINE, _ASKING, _FAILED = "first", "offline", "asking", "failed"
_ARCHIVE, _LOCKED, _SETTINGS = "archive", "locked", "settings"


class Updates(QObject):
    """Joins schedule, refresher and window. `surveyed` comes whenever the state of the figures was looked at."""

    surveyed = Signal()
    fetch_wanted = Signal()
    """Someone asks what would be downloaded."""
    retry_wanted = Signal()
    """Someone asks to open the archive again."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Clock,
        keeper: ArchiveKeeper,
        loader: PageLoader,
        refresher: Refresher,
        live: Live,
        preferences: Preferences,
        companies: CompanyFetch,
        *,
        is_offline: bool = False,
        is_reading: bool = False,
        is_safe: bool = False,
    ) -> None:
        """`is_offline`: the network must not be used; `is_reading`: another instance writes the archive.

        `is_safe`: nothing is asked that a person does not ask for.
        """
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self._keeper, self._loader, self._refresher = keeper, loader, refresher
        self._live, self._preferences, self._companies = live, preferences, companies
        self._is_offline, self._is_reading, self._is_safe = is_offline, is_reading, is_safe
        self.status = StatusModel(self)
        self._ended: Sequence[Outcome] = ()
        self._survey: Survey | None = None
        self._titles: Mapping[str, str] = {}
        self._failed: dict[str, Outcome] = {}
        self.has_begun = False
        self._moment = desk.choice.moment
        self._connect()
        self._arm()

    # --- what a person asks for

    def refresh(self, names: Iterable[str] | None = None, **wish: Any) -> None:
        """A person asks; that is the consent to use the network, and from then on it goes by itself.

        `wish` are fields of `services.sources.source.Wish`.
        """
        if not self._may_refresh():
            return
        self._preferences.update(has_consent=True)
        self._window.banners.dismiss(_FIRST)
        self._window.banners.dismiss(_OFFLINE)
        self._start(names, **wish)
        if self._refresher.is_running:
            self._window.progress.show()
            self._window.progress.place_under(self._window.top_bar.refresh)

    def accept_terms(self, name: str) -> None:
        """A person has agreed to the terms of a source: remembered, and asked at once."""
        accepted = self._preferences.settings.accepted_terms
        self._preferences.update(accepted_terms=tuple(dict.fromkeys((*accepted, name))))
        self.refresh((name,))

    def refresh_page(self) -> None:
        """A person asks for the sources of the page in front only; those that are switched off stay so."""
        wanted = set(self._window.page_sources)
        names = [source.name for source in default_sources(self._preferences.settings)]
        names = [name for name in names if name in wanted or not wanted]
        if names:
            self.refresh(names)
        else:
            self._window.status_bar.tell(tr("The sources of this page are switched off."))

    def fetch_months(self, funds: Sequence[str]) -> None:
        """A person asks for the month-ends of past years of these funds; what is held is not asked for again."""
        self.refresh({fund(name).provider for name in funds}, funds=tuple(funds), backfill=True)

    def fetch_funds(self, funds: Sequence[str]) -> None:
        """A person asks for the newest holdings of these funds."""
        self.refresh({fund(name).provider for name in funds}, funds=tuple(funds))

    def import_holdings(self) -> None:
        """A person wants a file of holdings in the archive."""
        if self._is_reading:
            self.show_locked()
            return
        from ui.holdings_import import HoldingsImport

        job = HoldingsImport(self._keeper, self._clock, self._preferences, self._window.theme, self._window)
        job.told.connect(self._window.status_bar.tell)
        job.imported.connect(self._loader.invalidate)
        job.choose_file()

    def look_for_keys(self) -> None:
        """Which keyed sources may be asked; none offline or where another instance writes the archive."""
        if not (self._is_offline or self._is_reading):
            self._companies.look()

    def fetch_company(self, source: str, ticker: str) -> None:
        """A person asks a source with their own key about a company."""
        if self._may_refresh():
            self._companies.fetch(source, ticker)

    def cancel(self) -> None:
        self._window.progress.hide()
        if self._refresher.is_running:
            self._window.top_bar.set_cancelling()
            self._refresher.cancel()

    def _can_cancel(self) -> bool:
        return self._refresher.is_running or self._window.progress.isVisible()

    def become_writer(self) -> None:
        """The lock is now this instance's."""
        self._is_reading = False
        self._window.banners.dismiss(_LOCKED)
        self._arm()
        self.reopen()

    def reopen(self) -> None:
        """Opens the archive anew and shows what is in it."""
        self._window.banners.dismiss(_ARCHIVE)
        self._keeper.open(writable=not self._is_reading)
        self._loader.invalidate()

    def look(self) -> None:
        """Asks the archive how things stand; the answer moves the status bar, the schedule and the banners."""
        choice = self._desk.choice_at(self._clock.now())

        def ask(archive: "Archive") -> Survey:
            return survey(archive, choice)

        self._keeper.ask("survey", ask, self._on_surveyed)

    def plan(self) -> None:
        """Asks each source when it wants to be asked next."""
        now, settings, is_offline = self._clock.now(), self._preferences.settings, self._is_offline

        def ask(archive: "Archive") -> Plan:
            return plan(archive, now, settings, is_offline=is_offline)

        self._keeper.ask("plan", ask, self._on_planned)

    def begin(self) -> None:
        """The first page has been drawn; now what takes time and is not seen."""
        self.has_begun = True
        self._live.start()
        self._list_contracts()
        self.plan()

    # --- connections

    def _connect(self) -> None:
        self._keeper.opened.connect(self._on_opened)
        self._keeper.failed.connect(self._on_archive_failed)
        self._loader.failed.connect(self._on_archive_failed)
        self._refresher.started.connect(self._on_started)
        self._refresher.progressed.connect(self._on_progressed)
        self._refresher.source_ended.connect(self._on_source_ended)
        self._refresher.ended.connect(self._on_ended)
        self._refresher.refused.connect(self._on_refused)
        self._live.due.connect(self._on_due)
        self._live.ticked.connect(self._on_tick)
        self._live.released.connect(self._on_released)
        self._preferences.changed.connect(self._on_preferences_changed)
        self._preferences.unsaved.connect(self._on_unsaved)
        self._desk.changed.connect(self._on_desk_changed)
        self.status.changed.connect(self._on_status_changed)
        self._window.top_bar.refresh_wanted.connect(self.refresh)
        self._window.top_bar.cancel_wanted.connect(self.cancel)
        self._window.months_wanted.connect(self.fetch_months)
        self._window.funds_wanted.connect(self.fetch_funds)
        self._window.import_wanted.connect(self.import_holdings)
        self._window.keys_wanted.connect(self.look_for_keys)
        self._window.company_wanted.connect(self.fetch_company)
        self._companies.keys_found.connect(self._window.show_keys)
        self._companies.told.connect(self._window.status_bar.tell)
        self._companies.fetched.connect(self._loader.invalidate)
        self._window.commands.on("refresh", self.refresh)
        self._window.commands.on("refresh_page", self.refresh_page)
        self._window.commands.on("cancel_refresh", self.cancel, self._can_cancel)

    def _arm(self) -> None:
        settings = self._preferences.settings
        may_ask = settings.has_consent and settings.auto_refresh and not (self._is_offline or self._is_reading)
        self._live.set_paused(not may_ask or self._is_safe)

    def _may_refresh(self) -> bool:
        if self._is_offline:
            self._say(
                _ASKING, Message(tr("Offline."), tr("The app was started with --offline, so nothing is downloaded."))
            )
        elif self._is_reading:
            self.show_locked()
        return not (self._is_offline or self._is_reading)

    def show_locked(self) -> None:
        """Another process writes the archive, and is no window that could come to the front."""
        self._say(_LOCKED, messages.locked(self.retry_wanted.emit))

    def _start(self, names: Iterable[str] | None, **wish: Any) -> None:
        from services.sources.source import Wish

        settings = self._preferences.settings
        sources = default_sources(settings) if names is None else sources_named(names)
        for source in sources:
            self._live.note_asked(source.name)
        asked = Wish(accepted_terms=frozenset(settings.accepted_terms), **wish)
        self._refresher.start(sources, asked, settings.sources_off)

    def _say(self, key: str, message: Message) -> None:
        self._window.banners.show_message(key, message)

    # --- the archive

    def _on_opened(self, notices: Sequence[str]) -> None:
        if notices:
            self._say(_ARCHIVE, Message("", " ".join(notices)))
        if self._is_reading:
            self.show_locked()
        self.look()
        if self.has_begun:  # opened anew
            self._list_contracts()
            self.plan()

    def _list_contracts(self) -> None:
        """The codes outside of the catalogue, for the market picker."""
        now = self._clock.now()

        def ask(archive: "Archive") -> tuple[tuple[str, str], ...]:
            return tuple((contract.code, contract.name) for contract in archive.contracts(now))

        self._keeper.ask("contracts", ask, self._window.top_bar.market.set_others)

    def _on_archive_failed(self, error: Exception) -> None:
        if not isinstance(error, ArchiveError):
            raise error
        self._window.pages.say_empty(str(error))
        self._say(_ARCHIVE, Message("", str(error), (BannerAction(tr("Try again"), self.retry_wanted.emit),)))

    def _on_planned(self, plan: Plan) -> None:
        self._titles = plan.titles
        running = self._refresher.running
        self._live.plan({name: due for name, due in plan.dues.items() if name not in running})
        self._offer_download()

    def _on_surveyed(self, found: Survey) -> None:
        self._survey = found
        choice = self._desk.choice_at(self._clock.now())
        self.status.show(found.held, choice.as_of, is_live=choice.is_live)
        self._offer_download()
        self._explain(found)
        self.surveyed.emit()

    def _offer_download(self) -> None:
        """The first start: what is shown, and the one click that brings the rest."""
        if self._preferences.settings.has_consent or self._is_offline or self._is_reading:
            self._window.banners.dismiss(_FIRST)
            return
        if self._survey is None or not self._titles:
            return
        titles = list(self._titles.values())
        self._say(_FIRST, messages.offer(self._survey.held, titles, self.refresh, self.fetch_wanted.emit))

    # --- a refresh

    def _on_due(self, names: Sequence[str]) -> None:
        if not self._is_offline:
            self._start(names)

    def _on_started(self, titles: Mapping[str, str]) -> None:
        self._ended = ()
        self._window.progress.begin(titles)
        self._window.top_bar.set_refreshing(True)
        self._window.commands.update_states()
        self._window.status_bar.show_progress(f"Refreshing: {', '.join(titles.values())}")

    def _on_progressed(self, steps: "Mapping[str, Progress]") -> None:
        for name, step in steps.items():
            share = step.done / step.total if step.total else None
            self._window.progress.step(name, step.text, share)
        self._window.status_bar.show_progress("Refreshing: " + "; ".join(str(step) for step in steps.values()))

    def _on_source_ended(self, outcome: "Outcome") -> None:
        self._window.progress.end_source(outcome.source, outcome.message)
        if outcome.rows_new or outcome.rows_revised or is_in_memory(outcome.source):
            self._loader.invalidate()

    def _on_ended(self, outcomes: "Sequence[Outcome]") -> None:
        self._ended = outcomes
        self._window.progress.clear()
        self._window.top_bar.set_refreshing(False)
        self._window.commands.update_states()
        self._window.status_bar.show_progress("")
        if any(outcome.status == "cancelled" for outcome in outcomes):
            self._window.status_bar.tell(tr("The refresh was cancelled. What had arrived before is kept."))
        elif outcomes and all(outcome.status == "current" for outcome in outcomes):
            self._window.status_bar.tell(tr("Nothing new."))
        if any(outcome.rows_new for outcome in outcomes):
            self._list_contracts()
        self.look()
        self.plan()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, InputError | ArchiveError):
            raise error
        self._say(_ASKING, Message(tr("Nothing was downloaded."), str(error)))

    def _explain(self, found: Survey) -> None:
        """Say once what failed in the refresh that has just ended; what goes well takes its failure away."""
        outcomes, self._ended = self._ended, ()
        if not outcomes:
            return
        is_offline = messages.is_offline(outcomes, found)
        self.status.set_offline(self._clock.now() if is_offline else None)
        if is_offline:
            self._say(_OFFLINE, messages.offline(found, self.refresh))
        else:
            self._window.banners.dismiss(_OFFLINE)
            self._note_failures(outcomes, found)
        self._on_tick()

    def _note_failures(self, outcomes: "Sequence[Outcome]", found: Survey) -> None:
        for outcome in outcomes:
            self._failed.pop(outcome.source, None)
            if outcome.status in ("failed", "partly"):
                self._failed[outcome.source] = outcome
        if self._failed:
            failed = list(self._failed.values())
            self._say(_FAILED, messages.failure(failed, self._titles, found, lambda: self.refresh(tuple(self._failed))))
        else:
            self._window.banners.dismiss(_FAILED)

    # --- the status bar

    def _on_status_changed(self) -> None:
        self._window.status_bar.show_lines(self.status.lines, self.status.next)

    def _on_tick(self) -> None:
        choice = self._desk.choice_at(self._clock.now())
        self.status.tick(choice.as_of, is_live=choice.is_live)
        self._window.top_bar.as_of.refresh()

    def _on_released(self) -> None:
        """A report held already may be seen from now on."""
        if self._desk.choice.is_live:
            self._loader.invalidate()
        self.look()

    def _on_desk_changed(self) -> None:
        moment = self._desk.choice.moment
        if moment != self._moment:
            self._moment = moment
            self.look()

    def _on_preferences_changed(self, names: frozenset[str]) -> None:
        self._arm()
        if names & {"mirror", "proxy", "contact_email", "board_file"}:
            self._refresher.drop_http()
        if "sources_off" in names:
            self.plan()

    def _on_unsaved(self, sentence: str) -> None:
        self._say(_SETTINGS, Message("", sentence))
