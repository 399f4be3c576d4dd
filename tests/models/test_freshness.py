"""What the status bar says of the figures, before, during and after a release."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from models.freshness import GRACE, Held, held, is_late, next_report, status_lines
from models.names import Report
from models.reader import Reader
from models.records import SourceStatus

RELEASE = datetime(2017, 6, 23, 19, 30, tzinfo=UTC)
BEFORE = Held(report=date(2017, 6, 13))
AFTER = Held(report=date(2017, 6, 20))


class Statuses:
    """A reader that holds one report and these statuses."""

    def __init__(self, *statuses: SourceStatus, newest: date | None = date(2017, 6, 13)) -> None:
        self._statuses, self._newest = statuses, newest

    def statuses(self) -> tuple[SourceStatus, ...]:
        return self._statuses

    def newest_report(self, report: Report, as_of: datetime, codes: object = None) -> date | None:
        return self._newest if report is Report.LEGACY_FUTURES else None


def status(source: str, as_of: date | None = date(2017, 6, 13), rows: int = 9, **more: Any) -> SourceStatus:
    return SourceStatus(source, "d", as_of, RELEASE, rows, **more)


def seen(*statuses: SourceStatus, is_live: bool = True, newest: date | None = date(2017, 6, 13)) -> Held:
    return held(cast(Reader, Statuses(*statuses, newest=newest)), RELEASE, is_live=is_live)


def texts(of: Held, moment: datetime, *, is_live: bool = True) -> list[str]:
    return [line.text for line in status_lines(of, moment, is_live=is_live)]


def coming(of: Held, moment: datetime, *, is_live: bool = True) -> str:
    said = next_report(of, moment, is_live=is_live)
    return f"{said.lead}{said.moment}{said.rest}"


def test_that_before_the_release_the_clock_runs_towards_it() -> None:
    moment = RELEASE - timedelta(days=6, hours=23, minutes=30)
    assert texts(BEFORE, moment) == ["COT 13 Jun, released 16 Jun 15:30 ET"]
    assert coming(BEFORE, moment) == "Next COT report: Fri 23 Jun 2017, 15:30 ET in 6 d 23 h"


def test_that_from_the_moment_of_the_release_the_report_is_called_due() -> None:
    assert coming(BEFORE, RELEASE) == "COT report of 20 Jun was due Fri 23 Jun 2017, 15:30 ET"
    assert texts(BEFORE, RELEASE) == ["COT 13 Jun, released 16 Jun 15:30 ET"]
    assert not is_late(BEFORE, RELEASE)


def test_that_it_is_late_only_after_some_grace() -> None:
    late = RELEASE + GRACE
    line = status_lines(BEFORE, late, is_live=True)[0]
    assert (line.text, line.is_flagged) == ("COT 13 Jun, the report of 20 Jun is late", True)
    assert next_report(BEFORE, late, is_live=True).is_flagged


def test_that_after_it_has_come_the_next_one_is_named() -> None:
    moment = RELEASE + timedelta(minutes=1)
    assert texts(AFTER, moment) == ["COT 20 Jun, released 23 Jun 15:30 ET"]
    assert coming(AFTER, moment).startswith("Next COT report: Fri 30 Jun 2017, 15:30 ET in 6 d")


def test_that_a_rewound_desk_has_no_running_clock_and_is_never_late() -> None:
    moment = RELEASE + timedelta(days=30)
    assert coming(BEFORE, RELEASE - timedelta(hours=1), is_live=False) == "Next COT report: Fri 23 Jun 2017, 15:30 ET"
    assert not status_lines(BEFORE, moment, is_live=False)[0].is_flagged


def test_that_the_year_stands_where_it_is_not_the_present_one() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    assert texts(Held(report=date(2017, 6, 13), starter_until=date(2017, 6, 13)), moment) == [
        "Built-in figures to 13 Jun 2017"
    ]


def test_that_built_in_figures_are_not_called_late() -> None:
    of = seen(status("starter", is_starter=True))
    assert of.starter_until == date(2017, 6, 13)
    assert not is_late(of, RELEASE + timedelta(days=900))


def test_that_downloaded_rows_end_the_built_in_figures() -> None:
    assert seen(status("starter", is_starter=True), status("cftc")).starter_until is None


def test_that_a_download_that_brought_nothing_leaves_them() -> None:
    of = seen(status("starter", is_starter=True), status("cftc", None, 0, last_error="The provider refused."))
    assert of.starter_until == date(2017, 6, 13)


def test_that_a_failure_is_flagged_and_says_what_is_shown() -> None:
    of = seen(status("cftc", last_error="The provider did not answer in time."))
    line = status_lines(of, RELEASE - timedelta(hours=1), is_live=True)[0]
    assert (line.text, line.is_flagged) == ("COT: last try failed, showing 13 Jun", True)
    assert line.detail.endswith("The provider did not answer in time.")


def test_that_other_kinds_stand_beside_with_their_newest_day() -> None:
    of = seen(status("cboe", date(2017, 6, 15)), status("yahoo", date(2017, 6, 16)), status("ishares"))
    assert texts(of, RELEASE)[1:] == ["Prices 16 Jun", "Sectors 13 Jun"]
    assert len(texts(seen(status("cboe"), is_live=False), RELEASE, is_live=False)) == 1


@pytest.mark.parametrize("is_live", [True, False])
def test_that_nothing_held_is_said(is_live: bool) -> None:
    assert texts(seen(newest=None), RELEASE, is_live=is_live) == ["No COT report held"]


def test_that_old_closes_of_a_live_desk_are_called_stale_with_their_year() -> None:
    of = seen(status("yahoo", as_of=date(2017, 6, 12)), status("ishares", as_of=date(2016, 1, 4)))
    fresh, stale = (status_lines(of, RELEASE + timedelta(days=days), is_live=True)[1] for days in (-1, 0))
    assert (fresh.text, fresh.is_flagged) == ("Prices 12 Jun", False)
    assert (stale.text, stale.is_flagged) == ("Prices stale, to 12 Jun 2017", True)
    assert "11 days old" in stale.detail
    rewound = Held(report=date(2017, 6, 13), others=(("Prices", date(2017, 1, 2)),))
    assert texts(rewound, RELEASE, is_live=False)[1] == "Prices 2 Jan close"
