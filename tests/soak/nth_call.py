"""SQLite's own way to be sure: let the first call fail, then the second, and so on until a whole day goes through.

After each day the archive is sound, what was held is held, each thing that is missing was told once in a sentence,
nothing is left open, and the next day brings all there is.
"""

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.archive.archive import Archive
from services.clock import Clock
from services.paths import archive_path
from services.refresh import Status
from tests.services.sources.socrata import Socrata
from tests.soak.desk import (
    LISTED,
    NOW,
    assert_kept,
    assert_sound,
    held,
    open_files,
    own_threads,
    publish,
    refreshed,
    small_cftc,
    week,
    without_starter,
)
from tests.soak.effort import Effort
from tests.soak.sabotage import FAULTS, Saboteur, memory_that_ends, sabotaged
from tests.soak.workday import WEEK, Workday, assert_clear


@dataclass
class Bench:
    """A profile as it is before each day, and hosts that have one report more."""

    hosts: Socrata
    before: Path

    @contextmanager
    def day(self, place: Path | None = None, relief: Callable[[], None] = lambda: None) -> Iterator[Workday]:
        """A day that may go wrong in the block; what must hold after it is checked, once there is relief."""
        with tempfile.TemporaryDirectory(dir=place) as folder:
            profile = Path(folder, "profile")
            shutil.copytree(self.before, profile)
            day = Workday(profile, self.hosts.mirror, NOW + WEEK)
            files = open_files()
            yield day
            relief()
            assert open_files() == files
            assert own_threads() == []
            self._check(day)

    def _check(self, day: Workday) -> None:
        for message in day.told:
            assert_clear(message)
        assert_sound(archive_path(day.profile))
        with closing(Archive.open(archive_path(self.before), Clock(NOW), writable=False)) as archive:
            known = held(archive, NOW)
        with closing(Archive.open(archive_path(day.profile), Clock(day.now), writable=False)) as archive:
            assert archive.notices == ()
            assert_kept(known, held(archive, day.now))
            is_whole = all(archive.newest_report(report, day.now) == week(1) for report in LISTED)
        is_done = is_whole and day.export.is_file() and str(day.now.date()) in settings_text(day.profile)
        assert is_done or day.told or day.ran_out, "something is missing and nobody was told"
        left = [path.name for path in day.profile.iterdir() if ".tmp." in path.name or ".new-" in path.name]
        assert left == [] or day.ran_out, left
        assert refreshed(day.profile, day.mirror, day.now).status in (Status.UPDATED, Status.CURRENT)
        with closing(Archive.open(archive_path(day.profile), Clock(day.now), writable=False)) as archive:
            assert archive.notices == ()
            assert all(archive.newest_report(report, day.now) == week(1) for report in LISTED)


def settings_text(profile: Path) -> str:
    path = profile / "settings.json"
    return path.read_text("utf-8") if path.is_file() else ""


@contextmanager
def bench() -> Iterator[Bench]:
    """A profile with the reports up to a week ago, and hosts that have one more."""
    without_starter()
    with small_cftc() as hosts, tempfile.TemporaryDirectory() as folder:
        before = Path(folder, "before")
        refreshed(before, hosts.mirror)
        publish(hosts, week(1))
        yield Bench(hosts, before)


def every_call_fails_once(effort: Effort) -> None:
    _sweep(effort, for_good=False)


def every_call_fails_from_then_on(effort: Effort) -> None:
    _sweep(effort, for_good=True)


def _sweep(effort: Effort, *, for_good: bool) -> None:
    """N = 1, 2, 3 … until a day goes through, with one fault after the other; another seed turns them round."""
    with bench() as made:
        with made.day() as day:
            counting = Saboteur("no room", failing=0)
            with sabotaged(counting):
                day.work()
            assert (day.told, day.ran_out) == ([], False)
        faults = itertools.cycle(effort.chance.sample(list(FAULTS), len(FAULTS)))
        places = list(zip(faults, range(1, counting.count + 1), strict=False))
        if not effort.is_full:
            effort.chance.shuffle(places)
        for number in effort.tries(full=len(places), quick=12):
            fault, failing = places[number]
            with made.day() as day:
                saboteur = Saboteur(fault, failing, for_good)
                with sabotaged(saboteur):
                    day.work()
                assert saboteur.struck or failing > 0.9 * counting.count, f"call {failing} was not made"
                if not for_good:
                    assert len(day.told) <= 1, (saboteur.struck, day.told)


def memory_runs_out(effort: Effort) -> None:
    """In any function of the app, wherever that leaves its work."""
    with bench() as made:
        with made.day() as day:
            day.work()
        for _ in effort.tries(full=400, quick=8):
            with made.day() as day:
                with memory_that_ends(at=int(effort.chance.expovariate(1 / 3_000)) + 1) as struck:
                    day.work()
                assert struck == [] or day.ran_out or not day.told
