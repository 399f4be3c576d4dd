"""A view as of a date never uses anything released later: without the later rows it is the same."""

import random
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.calendars import release, visible_until
from models.markets import MARKETS
from models.names import Report
from models.pages.brief import brief
from models.pages.choice import Choice
from models.pages.story import build
from services.archive.archive import Archive
from services.archive.schema import POSITIONS
from services.clock import Clock
from tests.shared import needs_shared
from ui.commands.output import to_json

pytestmark = needs_shared

FIRST, LAST = date(1995, 1, 3), date(2026, 6, 30)
VIEWS = 40


def view(archive: Archive, market: str, moment: datetime) -> str:
    page = build(archive, Choice(moment, is_live=False, market=market))
    return to_json(brief(archive, page))


def without_later_rows(path: Path, moment: datetime) -> None:
    db = sqlite3.connect(path)
    for table in POSITIONS.values():
        db.execute(f"DELETE FROM {table.name} WHERE report_date > ?", (visible_until(moment).isoformat(),))
    db.commit()
    db.close()


def moments() -> list[datetime]:
    """Random moments, and for some the last minute before and the minute of a release."""
    rng = random.Random(20170616)
    found = []
    for _ in range(VIEWS // 2):
        day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
        found.append(datetime(day.year, day.month, day.day, rng.randrange(24), tzinfo=UTC))
        released = release(day - timedelta(days=(day.weekday() - 1) % 7)).at
        found.append(released - timedelta(minutes=rng.choice((0, 1))))
    return sorted(found, reverse=True)


def test_that_no_view_of_the_past_depends_on_later_rows(replayed: Archive, replayed_path: Path, tmp_path: Path) -> None:
    rng = random.Random(7)
    markets = [rng.choice(MARKETS).name if rng.random() < 0.5 else "russell-2000" for _ in range(VIEWS)]
    views = [
        (moment, market, view(replayed, market, moment)) for moment, market in zip(moments(), markets, strict=True)
    ]
    path = tmp_path / "archive.sqlite"
    shutil.copy(replayed_path, path)
    for moment, market, seen in views:
        without_later_rows(path, moment)
        archive = Archive.open(path, Clock())
        try:
            assert view(archive, market, moment) == seen, f"{market} as of {moment}"
        finally:
            archive.close()


@pytest.mark.parametrize("minutes", [-1, 0])
def test_that_a_report_appears_with_the_minute_of_its_release(replayed: Archive, minutes: int) -> None:
    moment = release(date(2017, 6, 13)).at + timedelta(minutes=minutes)
    newest = replayed.newest_report(Report.LEGACY_FUTURES, moment, ("23977A",))
    assert newest == (date(2017, 6, 6) if minutes else date(2017, 6, 13))
