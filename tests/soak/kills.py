"""A process is killed at random moments of an import or a migration, from outside, as the system does it.

What it reported as saved is there, what it was about is there whole or not at all, and the next start is in order.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from models.names import Family, Report
from models.records import Batch, Saved
from services.archive import migrations, schema
from services.archive.archive import Archive
from services.archive.migrations import Migration
from services.cancel import Cancel
from services.clock import Clock
from services.importing import ImportWish, import_files
from services.paths import archive_path
from services.refresh import Status
from tests.services.sources.socrata import Socrata, file_of, rows_of, tuesdays
from tests.soak.desk import (
    CODES,
    LISTED,
    NEWEST,
    NOW,
    REPORTS,
    ask,
    assert_sound,
    client,
    refreshed,
    small_cftc,
    without_starter,
)
from tests.soak.effort import Effort

KILLS, SAMPLE = 200, 4
FILES = 12
FILE_REPORTS = 80
STEPS = 5
_PATIENCE_S = 30.0

Say = Callable[[str], None]


def killed(work: Callable[[Say], None], said: Path, *, after_lines: int, after_s: float) -> list[str]:
    """A copy of this process begins the work and is killed; the lines that it had said until then."""
    said.write_bytes(b"")
    child = os.fork()
    if child == 0:
        handle = os.open(said, os.O_WRONLY | os.O_APPEND)
        try:
            work(lambda word: _write_line(handle, word))
        finally:
            os._exit(1)  # whatever came of it: the copy must not go on as the one that it was copied from
    deadline = time.monotonic() + _PATIENCE_S
    while said.read_bytes().count(b"\n") < after_lines and time.monotonic() < deadline:
        time.sleep(0.0005)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return said.read_text("utf-8").splitlines()


def _write_line(handle: int, word: str) -> None:
    os.write(handle, f"{word}\n".encode())


def killed_while_importing(effort: Effort) -> None:
    """By turns while reports are downloaded and while a person's own files are read."""
    without_starter()
    with tempfile.TemporaryDirectory() as name, small_cftc() as hosts:
        folder = Path(name)
        files = _own_files(folder)
        refreshed(folder / "first", hosts.mirror)  # everything is loaded before the first copy is made
        for number in effort.tries(KILLS, SAMPLE):
            profile = folder / f"profile-{number}"
            if number % 2:
                _kill_reading(profile, files, effort)
            else:
                _kill_downloading(profile, hosts, effort)
            shutil.rmtree(profile)


def _own_files(folder: Path) -> list[Path]:
    made = []
    for number in range(FILES):
        rows = rows_of(Report.LEGACY_FUTURES, [_code(number)], tuesdays(NEWEST, FILE_REPORTS))
        made.append(folder / f"year-{number}.zip")
        made[-1].write_bytes(file_of(rows))
    return made


def _code(number: int) -> str:
    return f"{990000 + number}"


def _kill_reading(profile: Path, files: list[Path], effort: Effort) -> None:
    def work(say: Say) -> None:
        clock = Clock(NOW)
        archive = Archive.open(archive_path(profile), clock)
        for number, file in enumerate(files):
            (done,) = import_files([file], ImportWish(), archive, clock, Cancel())
            assert not done.is_failed
            say(str(number))

    reported = killed(
        work, profile.with_suffix(".said"), after_lines=effort.chance.randrange(FILES), after_s=_moment(effort)
    )
    counts = _rows(profile, [_code(number) for number in range(FILES)])
    assert set(counts) <= {0, FILE_REPORTS}, "a file is there in part"
    assert all(counts[int(number)] for number in reported), "what was reported as saved is missing"
    with closing(Archive.open(archive_path(profile), Clock(NOW))) as archive:
        done = import_files(files, ImportWish(), archive, Clock(NOW), Cancel())
        assert not any(file.is_failed for file in done)
    assert _rows(profile, [_code(number) for number in range(FILES)]) == [FILE_REPORTS] * FILES


def _kill_downloading(profile: Path, hosts: Socrata, effort: Effort) -> None:
    def work(say: Say) -> None:
        clock = Clock(NOW)
        archive = Archive.open(archive_path(profile), clock)
        save = archive.save

        def saving(batch: Batch) -> Saved:
            saved = save(batch)
            say(batch.provenance.dataset)
            return saved

        archive.save = saving  # type: ignore[method-assign]
        with client(hosts.mirror, clock) as http:
            ask(archive, http, clock)

    lines = effort.chance.randrange(len(LISTED))
    reported = killed(work, profile.with_suffix(".said"), after_lines=lines, after_s=_moment(effort))
    whole = len(CODES) * REPORTS
    counts = {report: sum(_rows(profile, CODES, report)) for report in LISTED}
    assert set(counts.values()) <= {0, whole}, "a report is there in part"
    assert all(counts[Report(dataset)] for dataset in reported), "what was reported as saved is missing"
    assert refreshed(profile, hosts.mirror).status in (Status.UPDATED, Status.CURRENT)
    assert all(sum(_rows(profile, CODES, report)) == whole for report in LISTED)


def _moment(effort: Effort) -> float:
    return effort.chance.choice((0.0, 0.001, 0.004, 0.015, 0.04)) * effort.chance.random()


def _rows(profile: Path, codes: Sequence[str], report: Report = Report.LEGACY_FUTURES) -> list[int]:
    """Rows held of each code; the archive opens in order and is sound."""
    with closing(Archive.open(archive_path(profile), Clock(NOW))) as archive:
        assert archive.notices == ()
        held = archive.positions(report, list(codes), NOW).code.tolist()
    assert_sound(archive_path(profile))
    return [held.count(code) for code in codes]


def killed_while_migrating(effort: Effort) -> None:
    """In each of five steps, and before and after them; every step is taken once in the end."""
    without_starter()
    with tempfile.TemporaryDirectory() as name, small_cftc() as hosts:
        before = Path(name, "before")
        refreshed(before, hosts.mirror)
        first, rows = _sum(before), sum(len(CODES) * REPORTS for report in LISTED if report.family is Family.LEGACY)
        for number in effort.tries(KILLS, SAMPLE):
            profile = Path(name, f"profile-{number}")
            shutil.copytree(before, profile)
            steps = number % (STEPS + 1)

            def work(say: Say, profile: Path = profile) -> None:
                with _migrations(say):
                    Archive.open(archive_path(profile), Clock(NOW)).close()
                    say("open")

            killed(work, profile.with_suffix(".said"), after_lines=steps, after_s=_moment(effort))
            with _migrations(lambda word: None):
                assert set(_rows(profile, CODES)) == {REPORTS}
            assert _sum(profile) == first + STEPS * rows
            assert len(list(profile.glob("archive-backup-*.sqlite"))) <= 2
            shutil.rmtree(profile)


def _sum(profile: Path) -> float:
    with closing(sqlite3.connect(archive_path(profile))) as connection:
        (total,) = connection.execute("SELECT SUM(open_interest) FROM legacy").fetchone()
    return float(total)


@contextmanager
def _migrations(say: Say) -> Iterator[None]:
    """As if the app were five versions further: each step adds one to every open interest and takes its time."""

    def step(version: int) -> Migration:
        def apply(connection: sqlite3.Connection) -> None:
            say(str(version))
            connection.execute("UPDATE legacy SET open_interest = open_interest + 1")
            connection.execute(f"CREATE TABLE filler{version} (text TEXT)")
            connection.executemany(f"INSERT INTO filler{version} VALUES (?)", [("x" * 4_000,)] * 100)

        return Migration(version, apply)

    steps = tuple(step(number) for number in range(schema.VERSION + 1, schema.VERSION + STEPS + 1))
    with (
        mock.patch.object(migrations, "MIGRATIONS", steps),
        mock.patch.object(schema, "VERSION", steps[-1].version),
    ):
        yield
