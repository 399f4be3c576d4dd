"""Deliveries in perfect form that cannot be true: set aside whole, shown, and what was held stays."""

import re
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from models.names import Report
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import SENTENCES, ErrorKind
from services.paths import archive_path
from services.refresh import Status
from services.sources.cftc_fields import CODE, DATE, NAME, SCOPE
from tests.services.sources.socrata import Row, Socrata
from tests.soak.desk import (
    LISTED,
    NOW,
    ask,
    assert_kept,
    assert_sound,
    client,
    evening,
    held,
    publish,
    small_cftc,
    week,
    without_starter,
)
from tests.soak.effort import Effort
from tests.soak.workday import assert_clear

Change = Callable[[list[Row]], list[Row]]
_KEYS = (CODE, DATE, NAME, SCOPE)


def _figures(change: Callable[[str], str]) -> Change:
    """The same done to every figure."""

    def changed(rows: list[Row]) -> list[Row]:
        return [{key: value if key in _KEYS else change(value) for key, value in row.items()} for row in rows]

    return changed


def _dates(change: Callable[[date], date]) -> Change:
    def changed(rows: list[Row]) -> list[Row]:
        return [row | {DATE: f"{change(date.fromisoformat(row[DATE][:10]))}T00:00:00.000"} for row in rows]

    return changed


def _renamed(pattern: str, name: str) -> Change:
    return lambda rows: [{re.sub(pattern, name, key): value for key, value in row.items()} for row in rows]


NONSENSE: dict[str, tuple[Change, ErrorKind | None]] = {
    "a thousand times as much": (_figures(lambda text: f"{text}000"), ErrorKind.IMPLAUSIBLE),
    "in thousands": (_figures(lambda text: str(int(text) // 1000)), ErrorKind.IMPLAUSIBLE),
    "all zero": (_figures(lambda text: "0"), ErrorKind.IMPLAUSIBLE),
    "a year ahead": (_dates(lambda day: day + timedelta(days=371)), ErrorKind.IMPLAUSIBLE),
    "a day that is never reported": (_dates(lambda day: day + timedelta(days=3)), None),
    "half of the rows": (lambda rows: rows[::2], None),
    "old rows alone": (lambda rows: sorted(rows, key=lambda row: row[DATE])[:-20], ErrorKind.WRONG_DATE),
    "nothing at all": (lambda rows: [], None),
    "open interest renamed": (_renamed("^open_interest_all$", "total_interest"), None),
    "codes renamed": (_renamed(f"^{CODE}$", "commodity"), None),
    "negative": (_figures(lambda text: f"-{text}"), ErrorKind.IMPLAUSIBLE),
    "fractions": (_figures(lambda text: f"{text}.5"), ErrorKind.IMPLAUSIBLE),
    "words": (_figures(lambda text: "n/a"), None),
    "sides that do not add up": (
        lambda rows: [row | {key: "77" for key in row if "long" in key} for row in rows],
        ErrorKind.IMPLAUSIBLE,
    ),
}
"""What is done to a report's rows, and the kind of error, where it is one for sure."""


def nonsense_is_set_aside(effort: Effort) -> None:
    without_starter()
    with tempfile.TemporaryDirectory() as folder, small_cftc() as hosts:
        profile = Path(folder)
        clock = Clock(NOW)
        with closing(Archive.open(archive_path(profile), clock)) as archive, client(hosts.mirror, clock) as http:
            assert ask(archive, http, clock).status is Status.UPDATED
        names = list(NONSENSE)
        if not effort.is_full:
            effort.chance.shuffle(names)
        for number in effort.tries(full=3 * len(names), quick=4):
            _try(names[number % len(names)], profile, hosts, number + 1)


def _try(name: str, profile: Path, hosts: Socrata, weeks: int) -> None:
    """A new week of which every report is nonsense; then the CFTC mends it."""
    change, kind = NONSENSE[name]
    now = evening(weeks)
    clock = Clock(now)
    with closing(Archive.open(archive_path(profile), clock)) as archive, client(hosts.mirror, clock) as http:
        before = held(archive, now)
        publish(hosts, week(weeks))
        for report in LISTED:
            hosts.rows[report] = change(hosts.rows[report])
        outcome = ask(archive, http, clock)
        assert outcome.status in (Status.FAILED, Status.PARTLY), f"{name} was taken for good: {outcome.message}"
        assert_clear(outcome.message)
        assert "stay" in outcome.message
        if kind is not None:
            assert SENTENCES[kind] in outcome.message, f"{name}: {outcome.message}"
        if kind is ErrorKind.IMPLAUSIBLE:
            assert any("rows" in refused.what for refused in archive.quarantine()), "what was set aside is not shown"
        assert_kept(before, held(archive, now))
        assert all(archive.newest_report(report, now) == before[report].date.max().item() for report in LISTED)
        publish(hosts, week(weeks))
        http.forget_failures()
        assert ask(archive, http, clock).status is Status.UPDATED, f"after {name} the good report was not taken"
        assert archive.newest_report(Report.LEGACY_FUTURES, now) == week(weeks)
    assert_sound(archive_path(profile))
