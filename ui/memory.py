"""When garbage is looked for and memory given back, so that neither is felt in the window.

By itself Python looks through all objects whenever enough are new, in whichever thread that happens: every thread
waits, up to 0.3 s while a download is read, and objects of Qt would end in a thread that is not theirs.
"""

import ctypes
import gc
import linecache
import sys
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from ui.archive_keeper import ArchiveKeeper
from ui.main_window import MainWindow
from ui.refresher import Refresher

_LOADED_MS = 2500
"""By then every module of the page has been loaded."""
_BETWEEN_MS, _SOON_MS = 250, 25
"""How often it is looked whether there is much; the second while downloads are read."""
_MANY = 8_000
"""So many young objects are looked through in some milliseconds."""


class Memory(QObject):
    """Takes over from Python's own collector, which is off from the start; on the GUI thread only."""

    def __init__(
        self, keeper: ArchiveKeeper, refresher: Refresher, window: MainWindow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper, self._refresher = keeper, refresher
        self._timer = QTimer(self, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._collect_young)
        self._rest = QTimer(self, singleShot=True, interval=_LOADED_MS)
        self._rest.timeout.connect(self.settle)
        self._rest.start()
        window.page_painted.connect(self.settle_soon)
        refresher.started.connect(self._hurry)
        refresher.ended.connect(self._rest_again)

    def settle_soon(self) -> None:
        """A page has been painted for the first time: once it is loaded, what that took is given back."""
        self._rest.start()

    def settle(self) -> None:
        """What is there now stays to the end, as a page does, and need not be looked at each time.

        Qt for Python has read the source of every module meanwhile and kept it: some 20 MB that nobody needs.
        """
        linecache.clearcache()
        if not self._timer.isActive():  # at the start there is too much to look through it even once
            gc.freeze()
            self._timer.start()
        if not self._refresher.is_running:  # its end is followed by the same
            self.tidy(gc.freeze)

    def stop(self) -> None:
        self._rest.stop()
        self._timer.stop()

    def tidy(self, then: Callable[[], object] = lambda: None) -> None:
        """Gives back what reads of the archive and downloads took."""

        def given_back(_: object) -> None:
            _collect_all()
            then()

        self._keeper.ask("memory", lambda archive: archive.release_memory(), given_back)

    def _hurry(self) -> None:
        """While downloads are read, many objects come at once."""
        self._timer.setInterval(_SOON_MS)

    def _rest_again(self) -> None:
        """The end of a refresh; one that ends before all is settled is tidied up after then."""
        self._timer.setInterval(_BETWEEN_MS)
        if self._timer.isActive():
            self.tidy()

    def _collect_young(self) -> None:
        if gc.get_count()[0] > _MANY:
            gc.collect(1)


def _collect_all() -> None:
    gc.collect()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library keeps its memory as it likes
            ctypes.CDLL(None).malloc_trim(0)
