"""Archives of earlier versions of the app."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from services.archive import migrations, schema
from services.archive.migrations import Migration
from services.errors import ArchiveError
from tests.services.archive.samples import at, batch, figures, opened, row, save

OI = "open_interest"


def doubled(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE legacy SET open_interest = open_interest * 2")


def with_notes(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE note (text TEXT)")


def broken(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE legacy SET open_interest = 0")
    raise sqlite3.OperationalError("a mistake in the step")


Update = Callable[[Sequence[Migration]], None]


@pytest.fixture
def update(place: Path, monkeypatch: pytest.MonkeyPatch) -> Update:
    """An archive is made at `place`; call it with the steps of a newer version of the app."""
    with opened(place) as archive:
        save(archive, row({OI: 1}))

    def install(steps: Sequence[Migration]) -> None:
        monkeypatch.setattr(migrations, "MIGRATIONS", steps)
        monkeypatch.setattr(schema, "VERSION", steps[-1].version)

    return install


def backups(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.glob("archive-backup-*"))


def test_that_the_steps_lead_to_the_present_version() -> None:
    versions = [step.version for step in migrations.MIGRATIONS]
    assert versions == sorted(set(versions))
    assert versions[-1:] in ([], [schema.VERSION])


def test_that_each_step_is_taken_once_after_a_backup(place: Path, update: Update) -> None:
    update([Migration(101, doubled), Migration(102, with_notes)])
    for _ in range(2):
        with opened(place, now=at("2026-07-04 12:00")) as archive:
            assert archive.notices == ()
            assert figures(archive) == {OI: 2}
    update([Migration(101, doubled), Migration(102, with_notes), Migration(103, doubled)])
    with opened(place, now=at("2026-08-04 12:00")) as archive:
        assert figures(archive) == {OI: 4}
    assert len(backups(place)) == 2


def test_that_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(place: Path, update: Update) -> None:
    update([Migration(101, doubled)])
    with opened(place):
        pass
    place.write_bytes(b"damaged")
    with opened(place) as archive:
        assert "last backup was restored" in archive.notices[0]
        assert figures(archive) == {OI: 2}


def test_that_a_reader_sees_an_earlier_version_as_the_present_one_without_changing_it(
    place: Path, update: Update
) -> None:
    update([Migration(101, doubled)])
    content = place.read_bytes()
    with opened(place, writable=False) as archive:
        assert figures(archive) == {OI: 2}
        with pytest.raises(ArchiveError, match="nothing new can be stored"):
            archive.save(batch())
    assert place.read_bytes() == content
    assert backups(place) == []


def test_that_a_step_that_fails_leaves_the_archive_as_it_was(
    place: Path, update: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    update([Migration(101, broken)])
    with pytest.raises(sqlite3.OperationalError, match="a mistake"):
        opened(place).__enter__()
    monkeypatch.setattr(migrations, "MIGRATIONS", ())
    monkeypatch.setattr(schema, "VERSION", 100)
    with opened(place) as archive:
        assert figures(archive) == {OI: 1}


def test_that_a_step_may_not_leave_rows_without_their_batch(place: Path, update: Update) -> None:
    update([Migration(101, lambda connection: forget_batches(connection))])
    with pytest.raises(sqlite3.IntegrityError):
        opened(place).__enter__()


def forget_batches(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("DELETE FROM batch")


def test_that_backups_are_made_when_asked_for_and_the_last_two_kept(place: Path) -> None:
    with opened(place) as archive:
        save(archive, row({OI: 1}))
    for day in (1, 2, 3):
        with opened(place, now=at(f"2026-07-0{day} 12:00")) as archive:
            made = archive.backup()
    assert backups(place) == [f"archive-backup-2026070{day}T120000Z.sqlite" for day in (2, 3)]
    with opened(made) as copy:
        assert figures(copy) == {OI: 1}
