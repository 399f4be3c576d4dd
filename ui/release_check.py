"""The notice that a newer version is out, for those who have asked for it in the settings. It downloads nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.version import NAME, VERSION
from services.cancel import Cancel
from services.clock import Clock
from services.errors import InputError, SourceError
from ui.jobs import Jobs, Lane
from ui.preferences import Preferences
from ui.widgets.banner import BannerAction, Message
from ui.words import tr

if TYPE_CHECKING:
    from services.http import Http


class ReleaseCheck(QObject):
    """Asks at most once a day when the app starts, and at once when the setting is switched on.

    `found` gives the notice of a newer version. `told` gives a sentence only to a person who has just switched it on;
    what a start does not learn is nobody's concern.
    """

    found = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        address: str,
        jobs: Jobs,
        clock: Clock,
        preferences: Preferences,
        http: Callable[[], "Http"],
        open_page: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """`address` is "" where nothing may be asked; `http` may raise InputError."""
        super().__init__(parent)
        self._address, self._jobs, self._clock = address, jobs, clock
        self._preferences, self._http, self._open_page = preferences, http, open_page
        preferences.changed.connect(self._on_preferences_changed)

    def begin(self) -> None:
        """The app has started."""
        settings = self._preferences.settings
        if settings.check_releases and settings.releases_checked != self._today():
            self._ask(is_awaited=False)

    def _on_preferences_changed(self, names: frozenset[str]) -> None:
        if "check_releases" in names and self._preferences.settings.check_releases:
            self._ask(is_awaited=True)

    def _ask(self, *, is_awaited: bool) -> None:
        if not self._address:
            return
        try:
            http = self._http()
        except InputError as error:
            self._fail(error, is_awaited=is_awaited)
            return

        def work(cancel: Cancel) -> str | None:
            from services.releases import newer_version

            return newer_version(http, self._address, cancel)

        def done(version: str | None) -> None:
            self._preferences.update(releases_checked=self._today())
            if version is not None:
                self.found.emit(self._notice(version))
            elif is_awaited:
                self.told.emit(f"{NAME} {VERSION} is the newest version.")

        def failed(error: Exception) -> None:
            self._fail(error, is_awaited=is_awaited)

        self._jobs.submit(Lane.NETWORK, "releases", work, done, failed)

    def _fail(self, error: Exception, *, is_awaited: bool) -> None:
        if not isinstance(error, SourceError | InputError):
            raise error
        if is_awaited:
            sentence = error.sentence if isinstance(error, SourceError) else str(error)
            self.told.emit(f"Whether there is a newer version could not be found out. {sentence}")

    def _notice(self, version: str) -> Message:
        from services.releases import page_of

        show = BannerAction(tr("Release page"), lambda: self._open_page(page_of(self._address)))
        sentence = f"This is {VERSION}; nothing is downloaded or installed by itself."
        return Message(f"{NAME} {version} is out.", sentence, (show,), is_flagged=False)

    def _today(self) -> str:
        return self._clock.now().date().isoformat()
