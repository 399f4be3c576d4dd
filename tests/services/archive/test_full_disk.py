"""A place that is full, or may not be written to."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.names import Report
from models.records import Refusal, Saved
from services.archive import migrations, schema
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError
from tests.services.archive.children import run
from tests.services.archive.samples import LATER, batch, figures, opened, row, save

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and modes are those of POSIX")

OI = "open_interest"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 1 MB."""
    with TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        try:
            mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        except OSError:
            mounted = False
        if not mounted:
            pytest.skip("no file system can be mounted here")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


def big(number: int) -> list[Refusal]:
    return [Refusal(f"{number}-{n}", "reason", "x" * 4_000) for n in range(50)]


def test_that_a_full_disk_is_told_and_costs_nothing_that_was_stored(place: Path, small_disk: Path) -> None:
    path = small_disk / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 1}))
        stored = 0
        with suppress(ArchiveError):
            for stored in range(100):
                archive.save(batch(refused=big(stored)))
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.save(batch(refused=big(stored)))
        assert figures(archive) == {OI: 1}
        assert len(archive.log()) == 1 + stored
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.backup()
        assert not list(small_disk.glob("*backup*"))
    with opened(path) as archive:
        assert archive.notices == ()
        assert len(archive.quarantine(10_000)) == 50 * stored


def test_that_an_archive_that_finds_no_room_lives_in_memory(place: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 1_040_000)
    with opened(small_disk / "archive.sqlite") as archive:
        (full, lost) = archive.notices
        assert "disk is full" in full
        assert "lost when the app is closed" in lost
        assert archive.is_in_memory
        assert save(archive, row({OI: 1})) == Saved(rows_new=1)
        assert figures(archive) == {OI: 1}
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_that_a_damaged_archive_on_a_full_disk_is_kept_and_both_are_told(place: Path, small_disk: Path) -> None:
    path = small_disk / "archive.sqlite"
    path.write_bytes(b"damaged")
    (small_disk / "filler").write_bytes(b"x" * 1_030_000)
    with opened(path) as archive:
        aside, full, _ = archive.notices
        assert "set aside" in aside
        assert "disk is full" in full
        assert archive.is_in_memory
    (kept,) = small_disk.glob("*.corrupt-*")
    assert kept.read_bytes() == b"damaged"


def test_that_an_archive_that_cannot_be_brought_up_to_date_is_read(
    place: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 1}))
        archive.save(batch(refused=big(0) + big(1)))
    monkeypatch.setattr(schema, "VERSION", 101)
    monkeypatch.setattr(migrations, "MIGRATIONS", [migrations.Migration(101, lambda _: None)])
    before = path.read_bytes()
    with opened(path) as archive:
        only_read, full = archive.notices
        assert "only read" in only_read
        assert "disk is full" in full
        assert figures(archive) == {OI: 1}
        with pytest.raises(ArchiveError, match="nothing new can be stored"):
            archive.save(batch())
    assert path.read_bytes() == before
    assert not list(small_disk.glob("*backup*"))


def test_that_a_fault_of_the_disk_is_told_and_costs_nothing_that_was_stored(place: Path) -> None:
    with opened(place) as archive:
        save(archive, row({OI: 1}))
    program = """
    import resource
    with opened(path) as archive:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000,) * 2)
        try:
            archive.save(batch(refused=[Refusal(str(n), "reason", "x" * 4_000) for n in range(100)]))
        except ArchiveError as error:
            say(error)
        say(figures(archive))
    """
    told, kept = run(program, place)
    assert "disk" in told
    assert "unchanged" in told
    assert kept == "{'open_interest': 1.0}"
    with opened(place) as archive:
        assert archive.notices == ()
        assert archive.quarantine() == ()


READ = """
with opened(path) as archive:
    say(archive.is_writable, archive.is_in_memory, len(archive.notices))
    say(archive.notices)
    say(len(archive.positions(Report.LEGACY_FUTURES, [CODE], LATER)))
    try:
        archive.save(batch())
    except ArchiveError as error:
        say(error)
"""


def test_that_an_archive_in_a_folder_that_may_not_be_written_to_is_read(place: Path, open_folder: Path) -> None:
    path = open_folder / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 1}))
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    state, notice, rows, refused = run(READ, path, unprivileged=True)
    assert state == "False False 1"
    assert "cannot be written to" in notice
    assert rows == "1"
    assert "cannot be written to" in refused
    assert path.read_bytes() == before


def test_that_a_folder_that_may_not_be_written_to_and_holds_nothing_gives_an_archive_in_memory(
    open_folder: Path,
) -> None:
    open_folder.chmod(0o555)
    for path in (open_folder / "archive.sqlite", open_folder / "below" / "archive.sqlite"):
        state, notice, rows = run(READ, path, unprivileged=True)
        assert state == "True True 2"
        assert "lost when the app is closed" in notice
        assert rows == "0"
        assert not list(open_folder.iterdir())


def test_that_an_archive_that_may_not_be_read_is_left_alone(place: Path, open_folder: Path) -> None:
    path = open_folder / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 1}))
    path.chmod(0)
    state, notice, _ = run(READ, path, unprivileged=True)
    assert state.startswith("True True")
    assert "permission denied" in notice
    assert not list(open_folder.glob("*corrupt*"))


def test_that_a_batch_cut_short_where_nothing_may_be_written_does_no_harm(place: Path, open_folder: Path) -> None:
    path = open_folder / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 1}))
    journal = path.with_name("archive.sqlite-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\0\0\0\1" + b"\1" * 10_000)
    open_folder.chmod(0o555)
    path.chmod(0o444)
    before = path.read_bytes()
    state, notice, *_ = run(READ, path, unprivileged=True)
    assert state.split()[0:1] in (["True"], ["False"])
    assert "cannot be" in notice
    assert path.read_bytes() == before
    assert journal.exists()


def test_that_a_profile_whose_place_is_a_file_gives_an_archive_in_memory(place: Path) -> None:
    place.parent.write_text("not a folder")
    archive = Archive.open(place, Clock())
    try:
        assert archive.is_in_memory
        assert "The data folder cannot be used" in archive.notices[0]
        assert len(archive.positions(Report.LEGACY_FUTURES, [], LATER)) == 0
        with pytest.raises(ArchiveError, match="no archive file"):
            archive.backup()
    finally:
        archive.close()
