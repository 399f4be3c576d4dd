"""Builds the objects of the window, runs them, and takes them apart in order."""

import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication

from models.figures import Figures
from models.markets import UnknownMarket, market
from models.pages.choice import DEFAULT_MARKET, Choice
from models.qt.desk import Desk
from models.version import NAME, VERSION
from services import starts
from services.errors import ArchiveError, ArchiveLocked, ArchiveUnwritable
from services.lock import WriterLock
from services.logs import take_last_crash
from services.settings import Settings
from ui import messages
from ui.archive_keeper import ArchiveKeeper
from ui.commands.context import EXIT_OK, Context
from ui.company_fetch import CompanyFetch
from ui.data_link import DataLink
from ui.desk_palette import DeskPalette
from ui.exporter import Exporter
from ui.faults import Faults
from ui.frame_commands import FrameCommands
from ui.jobs import Jobs
from ui.live import Live, Pace
from ui.main_window import MainWindow
from ui.market_link import MarketLink
from ui.memory import Memory
from ui.notifier import Notifier
from ui.page_loader import PageLoader
from ui.pages.registry import HOME, PAGES, page_named
from ui.preferences import Preferences
from ui.refresher import Refresher
from ui.resources.files import resource
from ui.survey import default_sources, source_offers
from ui.theme import Theme
from ui.trace import mark
from ui.updates import Updates
from ui.watcher import Watcher
from ui.widgets.banner import Message
from ui.widgets.save_file import last_folder, start_in
from ui.words import tr

if TYPE_CHECKING:
    from models.watch_log import Noticed
    from services.http import Http
    from ui.data_folder import DataFolder
    from ui.instance import Instance


SWITCH_S = 0.00002
"""How long a busy thread keeps the interpreter from the window; with Python's own 5 ms paints stuttered."""

GOES_ON = (
    "Something in the app has failed. The figures held are safe and the window goes on; if it behaves strangely,"
    " close it and start it again."
)
HAS_ENDED = "The app was ended by a crash. The figures held are safe, and what was stored until then is there."


def application(arguments: Sequence[str]) -> QApplication:
    """The one application object of this process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    made = QApplication([NAME, *arguments])
    made.setApplicationName(NAME)
    made.setApplicationVersion(VERSION)
    made.setDesktopFileName(NAME.lower())
    return made


class App(QObject):
    """The window with everything behind it. `start` shows it, `stop` ends it in order and may be called once.

    `lock` makes it the writer of the archive, and is released at the end; with `is_locked` another process is.
    With `is_picture` it only stands for its picture: it reads, remembers nothing and asks nobody. With `is_safe` it
    takes up nothing that was remembered, leaves that as it is, and downloads only what a person asks for.
    """

    def __init__(
        self,
        context: Context,
        settings: Settings,
        *,
        page: str = "",
        lock: WriterLock | None = None,
        is_locked: bool = False,
        is_picture: bool = False,
        is_safe: bool = False,
        pace: Pace | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self._lock, self._is_picture, self._is_safe = lock, is_picture, is_safe
        self._is_reading = is_locked or is_picture
        self._has_ended = False
        self.jobs = Jobs(self)
        self.preferences = Preferences(context.profile, settings, self.jobs, self)
        self.theme = Theme(settings.theme, settings.text_size_pct, self)
        self.theme.apply()
        self.desk = Desk(_first_choice(context, settings), self)
        self.keeper = ArchiveKeeper(context.profile, context.clock, self.jobs, self)
        self.loader = PageLoader(self.jobs, self.desk, context.clock, self.keeper.get, self)
        self.live = Live(context.clock, pace, self)
        self.refresher = Refresher(self.jobs, context.clock, self.keeper.get, self._make_http, self)
        self.window = MainWindow(self.theme, self.desk, self.loader, PAGES, context.clock.now)
        self.frame_commands = FrameCommands(self.window)
        self.updates = Updates(
            self.window,
            self.desk,
            context.clock,
            self.keeper,
            self.loader,
            self.refresher,
            self.live,
            self.preferences,
            CompanyFetch(self.jobs, self.keeper.get, self.refresher.http, self),
            is_offline=context.is_offline or is_picture,
            is_reading=is_locked,
            is_safe=is_safe,
        )
        self.watcher = Watcher(self.keeper, context.clock, self.preferences, self)
        self.notifier = Notifier(self.window)
        self.data_link = DataLink(
            context.profile,
            context.clock,
            self.updates,
            self.keeper,
            self.loader,
            self.refresher,
            self.live,
            self.preferences,
            self.watcher,
        )
        self.palette = DeskPalette(self.window, self.desk, context.clock, self.keeper, self.loader)
        self.palette.restore(settings.layout.get("recent"))
        self.market_link = MarketLink(
            self.jobs, context.clock, self.window, self.updates, self.refresher, self.live, self.preferences
        )
        self.exporter = Exporter(self.window, self.jobs, self._data_status, self.keeper.batches, self)
        start_in(settings.export_folder)
        self._instance: Instance | None = None
        self._connect()
        if is_safe:
            self.window.banners.show_message("safe", messages.safe_mode(self._forget_layout, was_asked=context.is_safe))
        else:
            self.window.restore(settings.layout, settings.pages)
            page = page or settings.start_page or str(settings.layout.get("page", ""))
        self.window.show_page(page if page_named(page) else HOME)
        self.window.allow_letter_keys(settings.single_letter_keys)

    def start(self) -> None:
        self.window.show()

    def stop(self) -> None:
        """Schedule, then jobs, then settings, then windows."""
        self._has_ended = True
        self.live.stop()
        self.refresher.cancel()
        self.jobs.shutdown()
        self.refresher.stop()
        self.keeper.close()
        if not self._is_picture:
            self._remember()
            self.preferences.save()
        if self._instance is not None:
            self._instance.close()
        if self._lock is not None:
            self._lock.release()
        self.notifier.close()
        self.window.close()
        self.window.deleteLater()

    def warn(self, sentences: Sequence[str]) -> None:
        """What was wrong with the settings."""
        if sentences:
            self.window.banners.show_message("settings", Message("", " ".join(sentences)))

    def offer_report(self, trace: str) -> None:
        """The last run was ended by a crash, which left this trace."""
        from services import reports

        reports.keep(trace, self.context.profile, self.context.clock.now())
        self.window.banners.show_message("crash", messages.crashed(lambda: self._show_report(trace, HAS_ENDED)))

    def _connect(self) -> None:
        window, commands = self.window, self.window.commands
        window.painted.connect(self._on_painted)
        window.page_painted.connect(self._on_page_painted)
        window.pages.made.connect(self.data_link.join)
        window.pages.made.connect(self.market_link.join)
        self.market_link.contact_wanted.connect(self.open_settings)
        window.rail.settings_wanted.connect(self.open_settings)
        commands.on("settings", self.open_settings)
        commands.on("definitions", self.open_definitions)
        commands.on("keys", self.open_keys)
        commands.on("about", self.open_about)
        self.updates.fetch_wanted.connect(self.open_fetch)
        self.updates.retry_wanted.connect(self._on_retry)
        self.keeper.failed.connect(self._begin)
        self.keeper.mended.connect(self._on_archive_mended)
        self.refresher.ended.connect(lambda _: self.watcher.check())
        self.watcher.raised.connect(self._on_watch_raised)
        self.notifier.clicked.connect(self._on_watch_followed)
        self.data_link.alert_opened.connect(self._on_alert_opened)
        self.preferences.changed.connect(self._on_preferences_changed)
        self.desk.changed.connect(self._on_desk_changed)

    def _make_http(self) -> "Http":
        """Raises InputError where the mirror, the proxy or the address of a file cannot be used."""
        from services.network import open_http

        settings = self.preferences.settings
        return open_http(self.context.clock, settings, self.context.mirror or settings.mirror or None)

    # --- the start

    def _on_painted(self) -> None:
        """The frame is on the screen; now the archive and the page, which take longer."""
        if self._has_ended:  # closed at once, and only now told
            return
        mark("window painted")
        self.keeper.open(writable=not self._is_reading)
        self.window.pages.start()
        mark("page widget made")

    def _on_page_painted(self, name: str) -> None:
        mark(f"page painted: {name}")
        self._begin()

    def _begin(self) -> None:
        """Once the first page is there, or it is clear that there will be none."""
        if not (self._is_picture or self._has_ended or self.updates.has_begun):
            self.window.setWindowIcon(QIcon(str(resource("aboutface.svg"))))
            starts.succeed(self.context.profile)
            self.updates.begin()
            self._listen()
            self._watch_releases()
            if not self.preferences.settings.seen_hints:
                self._show_hints()

    def _watch_releases(self) -> None:
        """As far as this build has a place of releases and the network may be used."""
        from services.releases import address
        from ui.release_check import ReleaseCheck

        asked = address()
        if asked and not (self.context.is_offline or self._is_safe):
            http = self.refresher.http
            check = ReleaseCheck(asked, self.jobs, self.context.clock, self.preferences, http, open_address, self)
            check.found.connect(self._on_release_found)
            check.told.connect(self.window.status_bar.tell)
            check.begin()

    def _on_release_found(self, message: Message) -> None:
        self.window.banners.show_message("release", message)

    def _show_hints(self) -> None:
        """Once in the life of a profile: closed, they never come back."""
        from ui.widgets.hint_panel import Hint, HintPanel

        key = self.window.commands.spec
        hints = (
            Hint(
                tr("Market"),
                f"Every page shows one market. Choose another at the top left or with {key('market').first_key}.",
            ),
            Hint(
                tr("As of"), tr("Beside it, go back to any day: only what had been released by the end of it is used.")
            ),
            Hint(
                tr("Evidence"),
                "Click a verdict, a week or a row, or press Enter, and its figures, definition and sources open. "
                f"{key('definitions').first_key} says what the words mean.",
            ),
        )
        self.hints = HintPanel(self.theme, hints, self.window)
        self.hints.closed.connect(lambda: self.preferences.update(seen_hints=True))

    def _listen(self) -> None:
        if self._lock is not None and self._instance is None:
            from ui.instance import Instance

            self._instance = Instance(self.context.profile, self)
            self._instance.raise_wanted.connect(self._on_raise_wanted)

    def _on_raise_wanted(self) -> None:
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _on_watch_raised(self, title: str, text: str) -> None:
        self.notifier.show(title, text)
        self.window.status_bar.tell(f"Watch: {text}" if not title.startswith("Watch") else f"{title}: {text}")

    def _on_watch_followed(self) -> None:
        """A notification was clicked: to the list."""
        self._on_raise_wanted()
        self.window.show_page("data")

    def _on_alert_opened(self, alert: "Noticed") -> None:
        """The figures behind an alert, as of the newest moment."""
        self.desk.go_live()
        if alert.market:
            self.desk.choose(market=alert.market)
        self.window.show_page(alert.page)

    def _on_retry(self) -> None:
        """Open the archive again, as its writer if it can be had."""
        try:
            self._lock = self._lock or WriterLock.acquire(self.context.profile)
        except ArchiveLocked:
            self.updates.reopen()
            return
        except ArchiveError as error:
            self.warn([str(error)])
        self._is_reading = False
        self._listen()
        self.updates.become_writer()

    # --- settings and dialogs

    def _on_preferences_changed(self, names: frozenset[str]) -> None:
        settings = self.preferences.settings
        if names & {"theme", "text_size_pct"}:
            self.theme.choose(settings.theme, settings.text_size_pct)
        if "single_letter_keys" in names:
            self.window.allow_letter_keys(settings.single_letter_keys)

    def _on_desk_changed(self) -> None:
        self.preferences.update(market=self.desk.choice.market)

    def _data_status(self) -> Figures | None:
        """How old what is held is, for what leaves the app."""
        rows = tuple((line.text, line.detail) for line in self.updates.status.lines)
        return Figures("Data status", ("Data", "Note"), rows) if rows else None

    def _remember(self) -> None:
        if self._is_safe:
            return
        self.preferences.update(export_folder=last_folder())
        layout = {**self.window.layout_state(), "recent": self.palette.recent}
        self.preferences.update(layout=layout, pages=self.window.pages.states())

    def _forget_layout(self) -> None:
        """What may have kept the app from starting; from now on this run's is remembered."""
        self._is_safe = False
        self.preferences.update(layout={}, pages={})
        self.window.banners.dismiss("safe")
        self.window.status_bar.tell(tr("The next start uses this layout."))

    def open_settings(self) -> None:
        from services.releases import address
        from ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self.theme,
            self.preferences,
            self.context.profile,
            self.window,
            folder=self._data_folder(),
            sources=source_offers(),
            pages=[(entry.name, entry.label) for entry in PAGES],
            has_releases=bool(address()),
        )
        dialog.about_wanted.connect(self.open_about)
        dialog.layout_reset_wanted.connect(self.window.reset_layout)
        dialog.open()

    def _data_folder(self) -> "DataFolder | None":
        """None while another instance writes, or the app is started safely: then nothing of it may be changed."""
        from ui.data_folder import DataFolder

        if self._is_reading or self._is_safe:
            return None
        folder = DataFolder(self.context.profile, self.context.clock, self.jobs, self.keeper, self)
        folder.changed.connect(self.loader.invalidate)
        folder.keys_found.connect(self.window.show_keys)
        return folder

    def open_definitions(self) -> None:
        from ui.dialogs.definitions_dialog import DefinitionsDialog

        DefinitionsDialog(self.theme, self.window).open()

    def open_keys(self) -> None:
        from ui.dialogs.keys_dialog import KeysDialog

        KeysDialog(self.theme, self.window.commands, self.window).open()

    def open_about(self) -> None:
        from services.sources.registry import SOURCES
        from ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self.theme, SOURCES, self.context.profile, self.window).open()

    def open_fetch(self) -> None:
        from ui.dialogs.fetch_dialog import FetchDialog

        dialog = FetchDialog(self.theme, default_sources(self.preferences.settings), messages.DOWNLOAD_MB, self.window)
        dialog.download_wanted.connect(self.updates.refresh)
        dialog.open()

    def show_fault(self, trace: str) -> None:
        """A fault of the app's own, now."""
        from services import reports

        reports.keep(trace, self.context.profile, self.context.clock.now())
        self._show_report(trace, GOES_ON)

    def _show_report(self, trace: str, what: str) -> None:
        from ui.dialogs.fault_dialog import FaultDialog

        FaultDialog(self.theme, what, trace, self.context.profile, self.window).open()

    def _on_archive_mended(self, notices: Sequence[str]) -> None:
        from ui.dialogs.recovery_dialog import RecoveryDialog

        dialog = RecoveryDialog(self.theme, notices, self.window)
        dialog.refresh_wanted.connect(self.updates.refresh)
        dialog.open()


def open_address(address: str) -> None:
    """In the person's browser."""
    QDesktopServices.openUrl(QUrl(address))


def close_on_signals(app: App) -> None:
    """Asked to end from outside, the window closes as by hand, and not before it has been shown.

    Closed any earlier it would be shown all the same, by a start that nothing ends any more.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, app.window.close))


def _first_choice(context: Context, settings: Settings) -> Choice:
    """The market that was shown last, if it is still known, as of the moment that was asked for."""
    try:
        name = market(settings.market).name
    except UnknownMarket:
        name = DEFAULT_MARKET
    return Choice(as_of=context.as_of, is_live=context.is_live, market=name)


def run(context: Context, settings: Settings, notices: Sequence[str]) -> int:
    """Shows the window until it is closed. A second start for a profile brings the first window to the front."""
    qt = application([])
    sys.setswitchinterval(SWITCH_S)
    lock, is_locked = None, False
    try:
        lock = WriterLock.acquire(context.profile)
    except ArchiveLocked:
        from ui.instance import raise_first

        if raise_first(context.profile):
            return EXIT_OK
        is_locked = True
    except ArchiveUnwritable:  # opening the archive says so, and what is shown instead
        pass
    except ArchiveError as error:
        notices = (*notices, str(error))
    faults = Faults()
    faults.install()
    failed_starts = starts.begin(context.profile) if lock is not None else 0
    is_safe = context.is_safe or failed_starts >= starts.SAFE_AFTER
    app = App(context, settings, lock=lock, is_locked=is_locked, is_safe=is_safe)
    app.warn(notices)
    if lock is not None and (trace := take_last_crash(context.profile)):
        app.offer_report(trace)
    faults.happened.connect(app.show_fault)
    close_on_signals(app)
    app.start()
    memory = Memory(app.keeper, app.refresher, app.window, app)
    try:
        qt.exec()
    finally:
        memory.stop()
        app.stop()
        faults.remove()
    return EXIT_OK
