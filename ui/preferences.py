"""The settings while the app runs: changes apply at once and are written soon after."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from services import settings as files
from services.cancel import Cancel
from services.errors import InputError
from services.settings import Settings
from ui.jobs import Jobs, Lane

_DELAY_MS = 800
_log = logging.getLogger(__name__)


class Preferences(QObject):
    """Holds the settings. `changed` gives the names of what changed; `unsaved` a sentence where writing failed."""

    changed = Signal(object)
    unsaved = Signal(str)

    def __init__(self, profile: Path, settings: Settings, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile, self._settings, self._jobs = profile, settings, jobs
        self._written = settings
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._save_soon)

    @property
    def settings(self) -> Settings:
        return self._settings

    def update(self, **changes: Any) -> None:
        """Replaces fields of the settings; silent where nothing changes."""
        changed = replace(self._settings, **changes)
        if changed != self._settings:
            self._settings = changed
            self._timer.start()
            self.changed.emit(frozenset(changes))

    def save(self) -> None:
        """Writes what has not been written yet, at once: at the end of the app."""
        self._timer.stop()
        if self._settings != self._written:
            try:
                files.save(self._profile, self._settings)
            except InputError as error:
                _log.warning("%s", error)

    def _save_soon(self) -> None:
        settings = self._settings

        def done(_: None) -> None:
            self._written = settings

        self._jobs.submit(Lane.ARCHIVE, "settings", _saver(self._profile, settings), done, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            raise error
        self.unsaved.emit(f"The settings could not be saved. {error} They hold until the app is closed.")


def _saver(profile: Path, settings: Settings) -> Callable[[Cancel], None]:
    return lambda _: files.save(profile, settings)
