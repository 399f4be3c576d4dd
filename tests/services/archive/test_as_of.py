"""What is seen as of a moment."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest

from models.calendars import release
from models.names import Known, Report
from models.reader import Reader
from models.records import Contract, position_fields
from services.archive.archive import Archive
from tests.services.archive.samples import CODE, LATER, TUESDAY, at, observations, opened, positions, row, save

OI = "open_interest"
BEFORE = date(2017, 6, 6)


def weeks(archive: Reader, as_of: datetime) -> list[date]:
    held = archive.positions(Report.LEGACY_FUTURES, [CODE], as_of)
    return [date.fromisoformat(day) for day in np.datetime_as_string(held.date)]


@pytest.fixture
def two_weeks(archive: Archive) -> Archive:
    save(archive, positions({(CODE, BEFORE): {OI: 1}, (CODE, TUESDAY): {OI: 2}}), retrieved_at="2020-01-01 00:00")
    return archive


def test_that_a_report_is_seen_from_its_release_however_late_it_was_fetched(two_weeks: Archive) -> None:
    moment = release(TUESDAY).at
    assert weeks(two_weeks, moment) == [BEFORE, TUESDAY]
    assert weeks(two_weeks, moment - timedelta(microseconds=1)) == [BEFORE]


def test_that_nothing_is_seen_before_the_first_release(two_weeks: Archive) -> None:
    early = at("2017-01-01 00:00")
    held = two_weeks.positions(Report.LEGACY_FUTURES, [CODE], early)
    assert len(held) == 0
    assert set(held.values) == set(two_weeks.positions(Report.LEGACY_FUTURES, [CODE], LATER).values)
    assert two_weeks.newest_report(Report.LEGACY_FUTURES, early) is None
    assert len(two_weeks.latest_positions(Report.LEGACY_FUTURES, early)) == 0
    assert two_weeks.contracts(early) == ()


def test_that_no_codes_give_no_rows(two_weeks: Archive) -> None:
    assert len(two_weeks.positions(Report.LEGACY_FUTURES, [], LATER)) == 0
    assert two_weeks.newest_report(Report.LEGACY_FUTURES, LATER, []) is None


def test_that_the_newest_report_may_be_of_some_codes_only(archive: Archive) -> None:
    save(archive, positions({("A", BEFORE): {OI: 1}, ("B", TUESDAY): {OI: 2}}))
    assert archive.newest_report(Report.LEGACY_FUTURES, LATER) == TUESDAY
    assert archive.newest_report(Report.LEGACY_FUTURES, LATER, ["A"]) == BEFORE
    assert archive.newest_report(Report.LEGACY_FUTURES, release(BEFORE).at) == BEFORE
    assert archive.newest_report(Report.TFF_FUTURES, LATER) is None


def test_that_the_latest_rows_are_those_of_the_newest_report_dates(archive: Archive) -> None:
    days = [TUESDAY - timedelta(weeks=n) for n in range(4)]
    save(archive, positions({(code, day): {OI: n} for code in ("B", "A") for n, day in enumerate(days)}))
    save(archive, positions({("A", days[0]): {OI: 9}}), retrieved_at="2018-01-01 00:00")
    latest = archive.latest_positions(Report.LEGACY_FUTURES, LATER, 2)
    assert list(zip(latest.code.tolist(), latest.values[OI].tolist(), strict=True)) == [
        ("A", 1), ("A", 9), ("B", 1), ("B", 0),
    ]  # fmt: skip
    as_known = archive.latest_positions(Report.LEGACY_FUTURES, release(days[0]).at)
    assert as_known.values[OI].tolist() == [0, 0]


def test_that_contracts_carry_their_latest_name_and_their_span(archive: Archive) -> None:
    save(archive, positions({("A", BEFORE): {OI: 1}}, name="OLD"), positions({("A", TUESDAY): {OI: 1}}, name="NEW"))
    save(archive, positions({("A", BEFORE): {OI: 1}, ("B", TUESDAY): {OI: 1}}, report=Report.TFF_COMBINED, name="T"))
    both = (Report.LEGACY_FUTURES, Report.TFF_COMBINED)
    assert archive.contracts(LATER) == (
        Contract("A", "NEW", BEFORE, TUESDAY, both),
        Contract("B", "T", TUESDAY, TUESDAY, (Report.TFF_COMBINED,)),
    )
    assert [(c.code, c.last) for c in archive.contracts(release(BEFORE).at)] == [("A", BEFORE)]


@pytest.mark.parametrize(
    ("known", "moment"),
    [
        (Known.EXCHANGE_CLOSE, "2017-06-16 20:00"),
        (Known.CBOE_CLOSE, "2017-06-16 22:00"),
        (Known.NEXT_MORNING, "2017-06-19 12:00"),
        (Known.NEXT_MORNING_NINE, "2017-06-19 13:00"),
    ],
)
def test_that_an_observation_is_seen_from_the_moment_at_which_it_was_known(
    archive: Archive, known: Known, moment: str
) -> None:
    save(archive, observations("x:Y", {"2017-06-15": 1, "2017-06-16": 2}, known), retrieved_at="2020-01-01 00:00")
    seen = archive.observations("x:Y", at(moment))
    before = archive.observations("x:Y", at(moment) - timedelta(seconds=1))
    assert seen is not None
    assert before is not None
    assert (seen.value.tolist(), before.value.tolist(), seen.known) == ([1, 2], [1], known)


def test_that_closes_come_from_one_source_the_preferred_one_that_knew_any(archive: Archive) -> None:
    save(archive, observations("cboe:RUT:price", {"2017-06-16": 3}, Known.CBOE_CLOSE))
    save(archive, observations("yahoo:RUT:price", {"2017-06-15": 1, "2017-06-16": 2}, Known.EXCHANGE_CLOSE))
    late, early = (archive.closes("RUT", at(moment)) for moment in ("2017-06-17 00:00", "2017-06-16 21:00"))
    assert late is not None
    assert early is not None
    assert (late.source, late.close.tolist()) == ("cboe", [3])
    assert (early.source, early.close.tolist()) == ("yahoo", [1, 2])
    assert archive.closes("RUT", LATER, "total") is None
    assert archive.closes("NDX", LATER) is None


def test_that_what_is_read_has_the_columns_of_its_family(archive: Archive) -> None:
    for report in Report:
        save(archive, row({OI: 1}, report=report))
        held = archive.positions(report, [CODE], LATER)
        assert tuple(held.values) == position_fields(report.family)
        assert all(column.dtype == np.float64 and len(column) == 1 for column in held.values.values())


def test_that_a_moved_clock_sees_what_was_known_then(place: Path, built_in: Callable[..., None]) -> None:
    built_in(positions({(CODE, BEFORE): {OI: 1}, (CODE, TUESDAY): {OI: 2}}))
    moment = datetime.combine(TUESDAY, time(12), UTC)
    with opened(place, now=moment) as archive:
        assert weeks(archive, moment) == [BEFORE]
