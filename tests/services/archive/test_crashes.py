"""A process is killed while it writes: nothing that it reported as saved is missing, and no batch is torn."""

import random
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from models.names import Report
from services.archive import migrations, schema
from services.archive.archive import Archive
from tests.services.archive.children import child
from tests.services.archive.samples import LATER, figures, opened, row, save

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed with a signal")

ROUNDS = 5
ROWS = 400
SAVES = f"""
with opened(path) as archive:
    first = len(archive.log(100_000))
    say("open")
    for number in range(first, first + 100_000):
        rows = {{(f"{{code:06d}}", TUESDAY): {{"open_interest": number, "noncommercial_long": code}}
                for code in range(number * 97, number * 97 + {ROWS})}}
        archive.save(batch(positions(rows), dataset=str(number)))
        say(number)
"""


def check_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None


def kill_while_saving(place: Path, chance: random.Random) -> list[int]:
    """The numbers of the batches that the process said were saved before it was killed in the middle of another."""
    with child(SAVES, place) as (process, output):
        assert output.readline() == "open\n"
        for _ in range(chance.randint(2, 8)):
            output.readline()
        with pytest.raises(Exception, match="timed out"):
            process.wait(chance.uniform(0, 0.03))
        process.kill()
        return [int(line) for line in output.read().splitlines()]


def test_that_killed_saves_leave_whole_batches_and_all_that_were_reported(place: Path) -> None:
    chance = random.Random(20170613)
    with opened(place):
        pass
    for _ in range(ROUNDS):
        reported = kill_while_saving(place, chance)
        with opened(place) as archive:
            assert archive.notices == ()
            logged = {int(entry.dataset) for entry in archive.log(100_000)}
            assert set(reported) <= logged
            assert logged == set(range(len(logged)))
            held = archive.latest_positions(Report.LEGACY_FUTURES, LATER)
            newest = Counter(held.values["open_interest"].tolist())
            assert newest[max(newest)] == ROWS
        check_sound(place)


STEP = """
import time
def step(connection):
    connection.execute("ALTER TABLE legacy ADD COLUMN extra REAL")
    connection.execute("UPDATE legacy SET open_interest = 99, extra = 1")
    connection.execute("CREATE TABLE filler (a)")
    connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 5_000,)] * 20_000)
    say("half")
    time.sleep(60)
migrations.MIGRATIONS = [migrations.Migration(101, step)]
schema.VERSION = 101
Archive.open(path, Clock())
"""


def step(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE legacy SET open_interest = open_interest + 1")


def test_that_a_migration_that_was_killed_is_undone_and_taken_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(place) as archive:
        save(archive, row({"open_interest": 1}))
    with child(STEP, place) as (process, output):
        assert output.readline() == "half\n"
        process.kill()
        process.wait()
    monkeypatch.setattr(schema, "VERSION", 101)
    monkeypatch.setattr(migrations, "MIGRATIONS", [migrations.Migration(101, step)])
    with opened(place) as archive:
        assert archive.notices == ()
        assert figures(archive) == {"open_interest": 2}
    check_sound(place)


def test_that_a_process_killed_while_it_makes_the_archive_leaves_none(place: Path) -> None:
    program = """
    def wait():
        say("half")
        import time
        time.sleep(60)
        yield
    tables.batches = wait
    Archive.open(path, Clock())
    """
    with child(program, place) as (process, output):
        assert output.readline() == "half\n"
        process.kill()
        process.wait()
    assert not place.exists()
    with opened(place) as archive:
        assert archive.notices == ()
    assert isinstance(archive, Archive)
    assert sorted(path.name for path in place.parent.iterdir()) == ["archive.sqlite", "archive.sqlite.seal"]
