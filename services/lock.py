"""The lock that makes one process the writer of a profile's archive. Readers need none."""

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from services.errors import ArchiveError, ArchiveLocked, ArchiveUnwritable
from services.files import reason
from services.paths import lock_path

LOCKED = "Another instance of the app holds the archive; close it, or wait until its refresh has ended."

_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""What the systems answer where another process has the lock."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held until `release`, or until the process ends in whatever way: the system's kernel keeps it.

    The file stays: if it were removed, two processes could hold locks on two files of the same name.
    """

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, profile: Path) -> Self:
        """Raises ArchiveLocked if another has it, ArchiveUnwritable or ArchiveError if there can be no lock."""
        path = lock_path(profile)
        try:
            profile.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise ArchiveUnwritable(f"The data folder {profile} cannot be written to: {reason(error)}.") from error
        try:
            _try_lock(handle)
            return cls(handle)
        except BaseException as error:
            os.close(handle)
            if not isinstance(error, OSError):
                raise
            if error.errno in _HELD:
                raise ArchiveLocked(LOCKED) from error
            raise ArchiveError(f"The data folder {profile} cannot be locked: {reason(error)}.") from error

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
