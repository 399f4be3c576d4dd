"""Whatever is found where the archive should be, there are figures afterwards, and nothing is deleted."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from services.archive import schema, seal
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError, ArchiveTooNew
from services.starter import tables
from tests.services.archive.samples import at, batch, figures, opened, positions, row, row_count, save

OI = "open_interest"
NOON = at("2026-07-04 12:00")
ASIDE = "archive.sqlite.corrupt-20260704T120"


@pytest.fixture
def held(place: Path, built_in: Callable[..., None]) -> Path:
    """An archive with one downloaded row, that would start again from another figure."""
    built_in(row({OI: 1}))
    with opened(place) as archive:
        save(archive, row({OI: 2}))
    return place


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def open_interest(place: Path) -> float:
    with opened(place) as archive:
        assert archive.notices == ()
        return figures(archive)[OI]


def in_the_middle(place: Path, content: bytes) -> None:
    with place.open("r+b") as file:
        file.seek(place.stat().st_size // 2)
        file.write(content)


# A first start, and one like any other


def test_that_a_first_start_holds_the_built_in_figures(place: Path, built_in: Callable[..., None]) -> None:
    built_in(row({OI: 1}), positions({}))
    with opened(place) as archive:
        assert archive.notices == ()
        assert archive.is_writable
        assert not archive.is_in_memory
        assert figures(archive) == {OI: 1}
        assert [status.is_starter for status in archive.statuses()] == [True]
    assert files(place.parent) == ["archive.sqlite", "archive.sqlite.seal"]


def test_that_what_was_stored_is_there_at_the_next_start(held: Path) -> None:
    assert open_interest(held) == 2


@pytest.mark.parametrize("name", ["with space", "ümläut €", "50% #1?x=y&mode=ro", "📈"])
def test_that_any_folder_name_will_do(place: Path, name: str) -> None:
    path = place.parent / name / "archive.sqlite"
    with opened(path) as archive:
        save(archive, row({OI: 2}))
    assert open_interest(path) == 2
    assert files(path.parent) == ["archive.sqlite", "archive.sqlite.seal"]


def test_that_a_start_cut_short_while_the_archive_was_made_leaves_no_trace(place: Path) -> None:
    place.parent.mkdir()
    for name in ("archive.sqlite.new-1", "archive.sqlite.new-1-journal"):
        (place.parent / name).write_bytes(b"half")
    with opened(place) as archive:
        assert archive.notices == ()
    assert files(place.parent) == ["archive.sqlite", "archive.sqlite.seal"]


def test_that_the_journal_of_an_archive_that_is_gone_is_not_applied_to_a_new_one(held: Path) -> None:
    journal = hot_journal(held)
    held.unlink()
    assert open_interest(held) == 1
    assert not journal.exists()
    assert any(name.endswith("-journal") for name in files(held.parent))


# Something else is there


DAMAGE: dict[str, Callable[[Path], object]] = {
    "nothing in it": lambda path: path.write_bytes(b""),
    "a web page": lambda path: path.write_text("<!doctype html><title>Sign in</title>" * 100),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:20_000]),
    "cut off in its header": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "another program's database": lambda path: foreign(path),
    "damaged pages": lambda path: in_the_middle(path, b"\xff" * 20_000),
    "a missing table": lambda path: drop_table(path),
    "a folder": lambda path: folder(path),
}


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")


def drop_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE holding")


@pytest.mark.parametrize("kind", DAMAGE)
def test_that_what_is_no_archive_is_set_aside_and_a_new_one_made(held: Path, kind: str) -> None:
    DAMAGE[kind](held)
    content = None if held.is_dir() else held.read_bytes()
    with opened(held, now=NOON) as archive:
        (notice,) = archive.notices
        assert "was set aside as archive.sqlite.corrupt-2026" in notice
        assert "built-in figures" in notice
        assert figures(archive) == {OI: 1}
        save(archive, row({OI: 3}))
    (aside,) = [path for path in held.parent.iterdir() if path.name.startswith(ASIDE)]
    assert content is None or aside.read_bytes() == content
    assert open_interest(held) == 3


@pytest.mark.parametrize("kind", DAMAGE)
def test_that_the_newest_sound_backup_is_restored(held: Path, kind: str) -> None:
    with opened(held, now=at("2026-07-01 12:00")) as archive:
        archive.backup()
        save(archive, row({OI: 3}))
    broken = held.with_name("archive-backup-20260702T120000Z.sqlite")
    broken.write_bytes(b"no archive")
    DAMAGE[kind](held)
    with opened(held, now=NOON) as archive:
        (notice,) = archive.notices
        assert "The last backup was restored" in notice
        assert figures(archive) == {OI: 2}
    assert open_interest(held) == 2
    assert broken.exists()


@pytest.mark.parametrize("kind", DAMAGE)
def test_that_a_reader_shows_the_built_in_figures_and_changes_nothing(held: Path, kind: str) -> None:
    DAMAGE[kind](held)
    before = files(held.parent)
    with opened(held, writable=False) as archive:
        (notice,) = archive.notices
        assert "built-in figures" in notice
        assert figures(archive) == {OI: 1}
    assert files(held.parent) == before


def test_that_two_damaged_archives_within_a_second_are_both_kept(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "now", lambda _: NOON)
    for _ in range(2):
        held.write_text("damaged")
        with opened(held):
            pass
    names = [name for name in files(held.parent) if "corrupt" in name]
    assert names == ["archive.sqlite.corrupt-20260704T120000Z", "archive.sqlite.corrupt-20260704T120000Z-2"]


def test_that_damage_met_while_reading_is_told_and_found_at_the_next_start(held: Path) -> None:
    with opened(held) as archive:
        in_the_middle(held, b"\xff" * (held.stat().st_size // 2))
        with pytest.raises(ArchiveError, match="damaged"):
            figures(archive)
    with opened(held) as archive:
        assert len(archive.notices) == 1


def test_that_an_unchanged_archive_is_not_read_through_at_each_start(held: Path) -> None:
    status = held.stat()
    assert seal.holds(held)
    in_the_middle(held, b"\xff")
    assert not seal.holds(held)
    assert status.st_size == held.stat().st_size


# Another version of the app


@pytest.mark.parametrize("writable", [True, False])
def test_that_an_archive_of_a_newer_major_version_is_left_untouched(held: Path, writable: bool) -> None:
    with closing(sqlite3.connect(held)) as connection:
        connection.execute("PRAGMA user_version = 9900")
    content, names = held.read_bytes(), files(held.parent)
    with pytest.raises(ArchiveTooNew, match="newer version"):
        Archive.open(held, Clock(), writable=writable)
    assert held.read_bytes() == content
    assert files(held.parent) == names


def test_that_an_archive_of_a_newer_minor_version_is_used_and_stays_one(held: Path) -> None:
    with closing(sqlite3.connect(held)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    assert open_interest(held) == 2
    with closing(sqlite3.connect(held)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION + 1,)


# Left behind by a crash


def hot_journal(path: Path) -> Path:
    """What is on the disk when the machine stops while a batch is being written over the old pages."""
    copy = path.with_name("copy.sqlite")
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE legacy SET open_interest = 99")
        connection.execute("CREATE TABLE filler (a)")
        connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 5_000,)] * 200)
        journal = seal.journal(path)
        journal.write_bytes(seal.journal(copy).read_bytes())
        path.write_bytes(copy.read_bytes())
        connection.execute("ROLLBACK")
    copy.unlink()
    return journal


@pytest.mark.parametrize("writable", [True, False])
def test_that_a_batch_cut_short_is_undone_at_the_next_start(held: Path, writable: bool) -> None:
    journal = hot_journal(held)
    assert b"x" * 1_000 in held.read_bytes()
    with opened(held, writable=writable) as archive:
        assert archive.notices == ()
        assert figures(archive) == {OI: 2}
    assert not journal.exists()


def test_that_a_header_half_written_is_restored_from_the_journal(held: Path) -> None:
    hot_journal(held)
    with held.open("r+b") as file:
        file.write(b"\0" * 100)
    with opened(held) as archive:
        assert archive.notices == ()
        assert figures(archive) == {OI: 2}


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_that_a_worthless_file_beside_the_archive_does_no_harm(held: Path, suffix: str) -> None:
    held.with_name(held.name + suffix).write_bytes(b"left behind" * 1_000)
    assert open_interest(held) == 2


# Reading beside a writer


def test_that_a_reader_sees_what_the_writer_stores(held: Path) -> None:
    with opened(held) as writer, opened(held, writable=False) as reader:
        save(writer, row({OI: 5}), retrieved_at="2017-07-01 12:00")
        assert figures(reader) == {OI: 5}
        assert not reader.is_writable
        with pytest.raises(ArchiveError, match="nothing new can be stored"):
            reader.save(batch())


def test_that_a_reader_of_nothing_makes_nothing(place: Path, built_in: Callable[..., None]) -> None:
    built_in(row({OI: 1}))
    with opened(place, writable=False) as archive:
        assert archive.notices == ()
        assert archive.is_in_memory
        assert figures(archive) == {OI: 1}
    assert not place.parent.exists()


def test_that_an_archive_kept_busy_by_another_program_is_not_taken_for_damaged(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.archive.connections.BUSY_S", 0.05)
    with closing(sqlite3.connect(held, isolation_level=None)) as other:
        seal.remove(held)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ArchiveError, match="Another program is using the archive"):
            Archive.open(held, Clock())
        other.execute("ROLLBACK")
    assert open_interest(held) == 2


def test_that_the_figures_shipped_with_the_app_make_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path / "archive.sqlite") as archive:
        rows = sum(status.rows for status in archive.statuses())
    assert rows == sum(row_count(part) for one in tables.batches() for part in one.rows)


def test_that_even_memory_that_cannot_be_had_is_an_error_of_the_archive(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    monkeypatch.setattr(sqlite3, "connect", fail)
    with pytest.raises(ArchiveError, match="The disk reported a fault"):
        Archive.open(place, Clock())
