"""What the settings do with the data folder and with keys: on threads, each ending in one sentence."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ArchiveError, InputError
from ui.archive_keeper import ArchiveKeeper
from ui.jobs import Jobs, Lane


class DataFolder(QObject):
    """`measured` gives bytes, `keys_found` provider to whether a key is held, `told` what came of an order.

    `changed` comes when another archive has taken the place of the one before.
    """

    measured = Signal(object)
    keys_found = Signal(object)
    told = Signal(str)
    changed = Signal()

    def __init__(
        self, profile: Path, clock: Clock, jobs: Jobs, keeper: ArchiveKeeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._profile, self._clock, self._jobs, self._keeper = profile, clock, jobs, keeper
        self._providers: Sequence[str] = ()

    def measure(self) -> None:
        def work(_: Cancel) -> int:
            from services.data_folder import size_of

            return size_of(self._profile)

        self._jobs.submit(Lane.NETWORK, "folder-size", work, self.measured.emit, self._on_failed)

    def back_up(self, target: Path) -> None:
        """A sound copy of the archive in a file."""

        def work(_: Cancel) -> str:
            from services.data_folder import copy_archive

            return f"The archive was copied to {copy_archive(self._keeper.get(), target).name}."

        self._order(work)

    def restore(self, source: Path) -> None:
        """The archive of a file takes the place of this one, which is kept beside it."""

        def change(path: Path) -> None:
            from services.data_folder import put_back

            put_back(source, path, self._clock)

        self._swap(change, f"The archive of {source.name} is in use; the one before is kept in the data folder.")

    def clear(self) -> None:
        """Begin again with the built-in figures; the archive is kept beside."""

        def change(path: Path) -> None:
            from services.data_folder import clear

            clear(path, self._clock)

        self._swap(change, "The downloads were cleared; the archive before is kept in the data folder.")

    def look_for_keys(self, providers: Sequence[str]) -> None:
        """Asks the keyring, which may take a while."""
        self._providers = providers

        def work(_: Cancel) -> Mapping[str, bool]:
            from services.keys import key

            return {name: key(name) is not None for name in providers}

        self._jobs.submit(Lane.NETWORK, "settings-keys", work, self.keys_found.emit, self._on_failed)

    def store_key(self, provider: str, value: str) -> None:
        """Into the system's keyring; "" takes it out."""

        def work(_: Cancel) -> str:
            from services.keys import store

            store(provider, value)
            return "The key is in the system's keyring." if value else "The key was taken out of the keyring."

        def done(said: str) -> None:
            self.told.emit(said)
            self.look_for_keys(self._providers)

        self._jobs.submit(Lane.NETWORK, f"key:{provider}", work, done, self._on_failed)

    def _order(self, work: Callable[[Cancel], str]) -> None:
        self._jobs.submit(Lane.ARCHIVE, "data-folder", work, self._on_done, self._on_failed)

    def _swap(self, change: Callable[[Path], None], said: str) -> None:
        def swapped(error: Exception | None) -> None:
            if error is not None:
                self._on_failed(error)
                return
            self.changed.emit()
            self._on_done(said)

        self._keeper.swap(change, swapped)

    def _on_done(self, said: str) -> None:
        self.told.emit(said)
        self.measure()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, InputError | ArchiveError):
            raise error
        self.told.emit(str(error))
