"""When garbage is looked for and memory given back, so that neither is felt in the window.

By itself Python looks through all objects whenever enough are new, in whichever thread that happens: every thread
waits, up to 0.3 s while a download is read, and objects of Qt would end in a thread that is not theirs.
"""

import ctypes
import gc
import linecache
import sys
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from ui.archive_keeper import ArchiveKeeper

_LOADED_MS = 2500
"""By then every module of the first page has been loaded."""
_BETWEEN_MS, _SOON_MS = 250, 25
"""How often it is looked whether there is much; the second while downloads are read."""
_MANY = 8_000
"""So many young objects are looked through in some milliseconds."""


class Memory(QObject):
    """Takes over from Python's own collector, which is off from the start; on the GUI thread only."""

    def __init__(self, keeper: ArchiveKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.settle)
        self._timer.start(_LOADED_MS)

    def settle(self) -> None:
        """What was made at the start stays to the end and need not be looked at each time.

        Qt for Python has read the source of every module meanwhile and kept it: some 20 MB that nobody needs.
        """
        linecache.clearcache()
        gc.freeze()
        self._timer.timeout.disconnect()
        self._timer.timeout.connect(self._collect_young)
        self._timer.start(_BETWEEN_MS)

    def stop(self) -> None:
        self._timer.stop()

    def hurry(self) -> None:
        """During a refresh: many objects come at once."""
        self._timer.setInterval(_SOON_MS)

    def tidy(self) -> None:
        """After a refresh: gives back what the archive and the downloads took."""
        self._timer.setInterval(_BETWEEN_MS)
        self._keeper.ask("memory", lambda archive: archive.release_memory(), lambda _: _collect_all())

    def _collect_young(self) -> None:
        if gc.get_count()[0] > _MANY:
            gc.collect(1)


def _collect_all() -> None:
    gc.collect()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library keeps its memory as it likes
            ctypes.CDLL(None).malloc_trim(0)
