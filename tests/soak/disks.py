"""A disk without room, and a data folder that may only be read: archive, settings, export and log."""

import faulthandler
import logging
import os
import re
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from services import settings as settings_files
from services import starts
from services.archive.archive import Archive
from services.archive.connections import READ_ONLY
from services.clock import Clock
from services.errors import ArchiveError, InputError
from services.files import write_atomically
from services.lock import WriterLock
from services.logs import keep_logs, take_last_crash
from services.paths import archive_path
from services.settings import Settings
from tests.services.archive.samples import batch
from tests.soak.desk import LISTED, NOW, assert_kept, held, refreshed, small_cftc, without_starter
from tests.soak.effort import Effort
from tests.soak.nth_call import bench
from tests.soak.sabotage import Saboteur, sabotaged

DISK_KB = 2_048
STEP_KB = 4
NOBODY = 65534


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A file system of two megabytes; None where nothing may be mounted."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", folder]
        try:
            is_mounted = (
                sys.platform == "linux" and subprocess.run(command, capture_output=True, check=False).returncode == 0
            )
        except OSError:
            is_mounted = False
        try:
            yield Path(folder) if is_mounted else None
        finally:
            if is_mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)


def full_disk(effort: Effort) -> None:
    """A day with so many kilobytes left, from none upwards; where no disk can be mounted every write fails instead."""
    with bench() as made, small_disk() as disk:
        for number in effort.tries(full=100, quick=3):
            if disk is None:
                with made.day() as day, sabotaged(Saboteur("no room", failing=number + 1, for_good=True)):
                    day.work()
                continue
            filler = disk / "filler"
            with made.day(disk, relief=partial(_relieve, filler)) as day:
                keep_logs(day.profile)
                _fill(filler, keep_kb=number * STEP_KB)
                day.work()
                logging.getLogger("soak").warning("x" * 20_000)  # whatever becomes of it, it raises nothing


def _relieve(filler: Path) -> None:
    filler.unlink()
    forget_log()


def _fill(path: Path, keep_kb: int) -> None:
    """Takes all room but so much."""
    with path.open("wb", buffering=0) as file:
        room = os.statvfs(path.parent)
        left = room.f_bavail * room.f_frsize - keep_kb * 1024
        while left > 0:
            try:
                left -= file.write(b"x" * min(left, 4_096))
            except OSError:
                break


def forget_log() -> None:
    """What `keep_logs` has opened is closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the app keeps it open to its end
        faulthandler.enable()
    for handler in [one for one in logging.getLogger().handlers if isinstance(one, logging.FileHandler)]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def in_a_copy(work: Callable[[], None]) -> None:
    """In a copy of this process; what it raises is printed, and raised here."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - reported by the code
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status == 0, "see above"


def give_up_rights() -> None:
    """Root may write anywhere; nobody may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def read_only_profile(effort: Effort) -> None:
    """With an archive and without one; a folder that cannot even be made; each read, and each write told."""
    without_starter()
    with tempfile.TemporaryDirectory() as name, small_cftc() as hosts:
        folder = Path(name)
        folder.chmod(0o755)
        profile = folder / "held"
        refreshed(profile, hosts.mirror)
        settings_files.save(profile, Settings(theme="dark"))
        with closing(Archive.open(archive_path(profile), Clock(NOW), writable=False)) as archive:
            before = held(archive, NOW)
        (folder / "empty").mkdir()
        for file in (*profile.iterdir(), profile, folder / "empty"):
            file.chmod(0o555 if file.is_dir() else 0o444)
        cases: list[Callable[[], None]] = [
            lambda: _read_only(profile, len(before[LISTED[0]])),
            lambda: _read_only(folder / "empty", 0),
            lambda: _read_only(folder / "held" / "not-made", 0),
        ]
        _rehearse(folder / "rehearsal")
        for number in effort.tries(full=len(cases), quick=len(cases)):

            def work(number: int = number) -> None:
                give_up_rights()
                cases[number]()

            in_a_copy(work)
        profile.chmod(0o755)
        with closing(Archive.open(archive_path(profile), Clock(NOW), writable=False)) as archive:
            assert_kept(before, held(archive, NOW))


def _rehearse(folder: Path) -> None:
    """Loads what nobody could not load: here all of it can be written, which is the first thing found wrong."""
    keep_logs(folder)
    forget_log()
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        _read_only(folder, 0)


def _read_only(profile: Path, rows: int) -> None:
    with pytest.raises(ArchiveError, match="cannot be written to"):
        WriterLock.acquire(profile).release()
    keep_logs(profile)
    assert starts.begin(profile) == 0
    assert take_last_crash(profile) == ""
    logging.getLogger("soak").warning("a word for the log")
    forget_log()
    settings, _ = settings_files.load(profile)
    with pytest.raises(InputError, match=r"\.$"):
        settings_files.save(profile, Settings(theme="light", market="vix"))
    with pytest.raises(InputError, match="could not be written"):
        write_atomically(profile / "export.csv", b"1")
    assert settings_files.load(profile)[0] == settings
    with closing(Archive.open(archive_path(profile), Clock(NOW))) as archive:
        assert archive.notices
        assert len(held(archive, NOW)[LISTED[0]]) == rows
        if rows:
            assert archive.notices == (READ_ONLY,)
            with pytest.raises(ArchiveError, match=re.escape(READ_ONLY)):
                archive.save(batch())
