"""One writer at a time, whatever becomes of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.errors import ArchiveLocked, ArchiveUnwritable
from services.lock import WriterLock

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from services.lock import WriterLock
lock = WriterLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_that_a_second_writer_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    profile = tmp_path / "a profile"
    first = WriterLock.acquire(profile)
    with pytest.raises(ArchiveLocked, match="Another instance"):
        WriterLock.acquire(profile)
    first.release()
    first.release()
    with WriterLock.acquire(profile), pytest.raises(ArchiveLocked):
        WriterLock.acquire(profile)
    WriterLock.acquire(profile).release()


def test_that_profiles_do_not_lock_each_other(tmp_path: Path) -> None:
    with WriterLock.acquire(tmp_path / "one"), WriterLock.acquire(tmp_path / "two"):
        pass


def test_that_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            with pytest.raises(ArchiveLocked):
                WriterLock.acquire(tmp_path)
        finally:
            process.kill()
    WriterLock.acquire(tmp_path).release()


def test_that_a_profile_that_cannot_be_written_to_is_no_locked_one(tmp_path: Path) -> None:
    profile = tmp_path / "file"
    profile.write_text("not a folder")
    with pytest.raises(ArchiveUnwritable, match="cannot be written to"):
        WriterLock.acquire(profile)
