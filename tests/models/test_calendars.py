"""Release moments, report dates, holidays and sessions, by rule and against what was published."""

import csv
import gzip
import importlib.util
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendars import (
    FIRST_REPORT,
    NEW_YORK,
    add_federal_business_days,
    close_known_at,
    end_of_day,
    federal_holidays,
    is_federal_business_day,
    is_session,
    known_at,
    known_next_business_day,
    known_until,
    newest_released,
    next_federal_business_day,
    next_release,
    nyse_holidays,
    parse_as_of,
    release,
    report_dates,
    sessions,
    upcoming,
    visible_until,
)
from models.names import Known
from tests.models import cftc_files
from tests.shared import SHARED, needs_shared

days = st.dates(date(1986, 2, 1), date(2035, 12, 31))
moments = st.datetimes(datetime(1986, 2, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def released_on(report: str) -> str:
    return release(date.fromisoformat(report)).at.astimezone(NEW_YORK).date().isoformat()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# Releases

PUBLISHED_2024 = """
    01-05 01-12 01-19 01-26 02-02 02-09 02-16 02-23 03-01 03-08 03-15 03-22 03-29 04-05 04-12 04-19 04-26
    05-03 05-10 05-17 05-24 05-31 06-07 06-14 06-24 06-28 07-08 07-12 07-19 07-26 08-02 08-09 08-16 08-23 08-30 09-06
    09-13 09-20 09-27 10-04 10-11 10-18 10-25 11-01 11-08 11-15 11-22 12-02 12-06 12-13 12-20 12-30"""
"""The CFTC's own calendar of releases in 2024, its notes on delays included."""

BACKLOG_2025 = """09-30>2025-11-19 10-07>2025-11-21 10-14>2025-11-25 10-21>2025-12-02 10-28>2025-12-05 11-04>2025-12-09
    11-10>2025-12-12 11-18>2025-12-16 11-25>2025-12-19 12-02>2025-12-23 12-09>2025-12-30 12-16>2026-01-06
    12-23>2026-01-09 12-30>2026-01-13"""

ORIGINAL_2025 = """09-30>10-03 10-07>10-10 10-14>10-17 10-21>10-24 10-28>10-31 11-04>11-07 11-10>11-14 11-18>11-21
    11-25>12-01 12-02>12-05 12-09>12-12 12-16>12-19 12-23>12-29"""


def test_that_the_rule_gives_the_whole_published_calendar_of_2024() -> None:
    reports = report_dates(date(2024, 1, 1), date(2024, 12, 24))
    assert [released_on(report.isoformat()) for report in reports] == [f"2024-{day}" for day in PUBLISHED_2024.split()]


@pytest.mark.parametrize("pair", ORIGINAL_2025.split())
def test_that_three_business_days_are_what_was_planned_before_the_shutdown_of_2025(pair: str) -> None:
    report, planned = (date.fromisoformat(f"2025-{day}") for day in pair.split(">"))
    assert add_federal_business_days(report, 3) == planned


@pytest.mark.parametrize("pair", BACKLOG_2025.split())
def test_that_the_backlog_of_2025_came_out_on_its_real_days(pair: str) -> None:
    report, day = pair.split(">")
    found = release(date.fromisoformat(f"2025-{report}"))
    assert found.at.astimezone(NEW_YORK).date().isoformat() == day
    assert (found.is_uncertain, found.note) == (False, "2025 shutdown")


@pytest.mark.parametrize(
    ("report", "day"),
    [
        ("2026-01-06", "2026-01-16"),
        ("2026-01-13", "2026-01-20"),
        ("2026-01-20", "2026-01-23"),
        ("2026-01-27", "2026-01-30"),
        ("2024-03-26", "2024-03-29"),  # Good Friday is no federal holiday
        ("2026-11-24", "2026-11-30"),
        ("2026-12-22", "2026-12-28"),
        ("2026-12-29", "2027-01-04"),
        ("2023-01-31", "2023-02-24"),
        ("2017-06-13", "2017-06-16"),
        ("2015-06-30", "2015-07-06"),
    ],
)
def test_that_a_report_came_out_on_the_day_known(report: str, day: str) -> None:
    assert released_on(report) == day


def test_that_a_delay_is_explained_by_its_holidays() -> None:
    assert release(date(2026, 11, 24)).note == "Thanksgiving Day"
    assert release(date(2026, 12, 29)).note == "New Year's Day"
    assert release(date(2026, 12, 1)).note == ""


@pytest.mark.parametrize(
    ("report", "note"),
    [
        ("2013-10-08", "2013 shutdown"),
        ("2019-01-08", "2018-19 shutdown"),
        ("2023-02-21", "2023 outage of ION"),
        ("2025-01-07", "federal offices closed on 2025-01-09"),
        ("1995-05-02", "not yet published weekly"),
    ],
)
def test_that_a_release_whose_day_is_not_known_keeps_the_rules_day_and_is_marked(report: str, note: str) -> None:
    found = release(date.fromisoformat(report))
    assert (found.is_uncertain, found.note) == (True, note)
    assert found.at.astimezone(NEW_YORK).date() == add_federal_business_days(found.report, 3)


def test_that_no_report_overtakes_the_one_that_an_outage_held_up() -> None:
    assert [released_on(report) for report in ("2023-02-07", "2023-02-14", "2023-02-28")] == [
        "2023-02-24",
        "2023-02-24",
        "2023-03-03",
    ]


@given(days)
def test_that_releases_are_at_half_past_three_in_new_york_all_year(day: date) -> None:
    moment = release(day).at
    assert moment.utcoffset() == timedelta()
    assert moment.astimezone(ZoneInfo("America/New_York")).time() == time(15, 30)


@given(days)
def test_that_releases_never_fall_as_report_dates_rise(day: date) -> None:
    assert release(day).at <= release(day + timedelta(days=1)).at
    assert is_federal_business_day(release(day).at.astimezone(NEW_YORK).date())
    assert timedelta(days=3) <= release(day).at.date() - day <= timedelta(days=60)


def test_that_summer_time_moves_the_release_in_utc() -> None:
    assert release(date(2026, 3, 3)).at == at("2026-03-06T20:30Z")
    assert release(date(2026, 3, 10)).at == at("2026-03-13T19:30Z")


# What is visible


def test_that_a_report_becomes_visible_at_its_release_and_not_before() -> None:
    assert visible_until(at("2017-06-16T19:29:59Z")) < date(2017, 6, 13) <= visible_until(at("2017-06-16T19:30Z"))
    assert newest_released(at("2017-06-16T19:29:59Z")) == date(2017, 6, 6)
    assert newest_released(at("2017-06-16T19:30Z")) == date(2017, 6, 13)


@pytest.mark.parametrize(
    ("moment", "newest"),
    [
        ("2018-12-28T20:30Z", "2018-12-24"),
        ("2013-01-04T20:30Z", "2012-12-31"),
        ("2025-11-18T23:00Z", "2025-09-23"),
        ("2025-11-19T20:30Z", "2025-09-30"),
        ("2025-12-12T20:30Z", "2025-11-10"),
        ("2026-01-22T00:00Z", "2026-01-13"),
        ("2023-02-23T00:00Z", "2023-01-24"),
        ("2023-02-24T20:30Z", "2023-02-21"),
    ],
)
def test_that_the_newest_report_is_known_around_holidays_and_incidents(moment: str, newest: str) -> None:
    assert newest_released(at(moment)) == date.fromisoformat(newest)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_that_what_is_visible_never_shrinks(moment: datetime, later: timedelta) -> None:
    assert visible_until(moment) <= visible_until(moment + later)


@given(moments)
def test_that_all_days_up_to_the_cut_off_are_released_and_none_after(moment: datetime) -> None:
    cut = visible_until(moment)
    assert all((release(cut - timedelta(days=back)).at <= moment) for back in range(100))
    assert all((release(cut + timedelta(days=ahead)).at > moment) for ahead in range(1, 100))


@given(moments)
def test_that_the_newest_report_is_the_last_expected_one_inside_the_cut_off(moment: datetime) -> None:
    cut = visible_until(moment)
    assert newest_released(moment) == report_dates(cut - timedelta(days=40), cut)[-1]


@given(moments)
def test_that_the_next_release_comes_after_the_moment_and_brings_the_next_report(moment: datetime) -> None:
    coming = next_release(moment)
    assert coming.at > moment
    expected = report_dates(newest_released(moment), coming.report)
    assert expected == (newest_released(moment), coming.report)


def test_that_a_release_is_not_its_own_next() -> None:
    this = release(date(2026, 6, 30))
    assert next_release(this.at).report == date(2026, 7, 7)
    assert next_release(this.at - timedelta(microseconds=1)) == this


def test_that_upcoming_releases_come_in_order_with_their_shifts() -> None:
    coming = upcoming(at("2026-11-22T12:00Z"), 6)
    assert [entry.report.isoformat()[5:] for entry in coming] == ["11-24", "12-01", "12-08", "12-15", "12-22", "12-29"]
    assert [entry.at.astimezone(NEW_YORK).strftime("%a") for entry in coming] == "Mon Fri Fri Fri Mon Mon".split()


def test_that_before_the_first_release_there_is_no_report() -> None:
    with pytest.raises(ValueError, match="no report had been released"):
        newest_released(at("1985-06-01T00:00Z"))
    assert visible_until(at("1985-06-01T00:00Z")) < date(1986, 1, 15)


# Report dates


def test_that_a_tuesday_holiday_moves_the_report_to_monday() -> None:
    assert report_dates(date(2018, 12, 18), date(2019, 1, 8)) == (
        date(2018, 12, 18),
        date(2018, 12, 24),
        date(2018, 12, 31),
        date(2019, 1, 8),
    )
    assert report_dates(date(2029, 12, 20), date(2030, 1, 5)) == (date(2029, 12, 24), date(2029, 12, 31))


def test_that_report_dates_are_cut_at_both_ends() -> None:
    assert report_dates(date(2026, 6, 23), date(2026, 6, 30)) == (date(2026, 6, 23), date(2026, 6, 30))
    assert report_dates(date(2026, 6, 24), date(2026, 6, 29)) == ()
    assert report_dates(date(2026, 6, 30), date(2026, 6, 1)) == ()
    assert report_dates(date(1970, 1, 1), date(1986, 2, 1)) == (date(1986, 1, 15), date(1986, 1, 31))


@given(days)
def test_that_reports_are_a_week_apart_give_or_take_the_days_of_a_holiday(day: date) -> None:
    weekly = report_dates(max(day, date(1992, 10, 6)), max(day, date(1992, 10, 6)) + timedelta(days=365))
    assert all(3 <= (b - a).days <= 11 for a, b in pairwise(weekly))
    assert len(weekly) in {52, 53}


@needs_shared
def test_that_the_report_dates_are_those_of_the_files() -> None:
    """The files hold two days more, Fridays on which a few contracts were reported a second time in the week."""
    known = cftc_files.report_dates()
    expected = set(report_dates(min(known), max(known)))
    assert expected - known == set()
    assert known - expected == {date(1997, 12, 19), date(2003, 2, 14)}


@needs_shared
def test_that_releases_agree_with_the_reference_clock() -> None:
    """It lets two reports of February 2023 overtake the one that the outage of ION held up until the 24th."""
    clock = _reference_clock()
    known = cftc_files.report_dates()
    different = {day for day in known if release(day).at != clock.cot_release(day.isoformat())}
    assert different == {date(2023, 2, 7), date(2023, 2, 14)}


def _reference_clock() -> ModuleType:
    path = SHARED / "replay" / "clock.py"
    spec = importlib.util.spec_from_file_location("reference_clock", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Federal holidays


def test_that_the_holidays_of_2026_are_those_of_the_statute() -> None:
    expected = "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"
    assert federal_holidays(2026) == {date.fromisoformat(f"2026-{day}") for day in expected.split()}


def test_that_holidays_begin_in_their_first_years_and_move_off_the_weekend() -> None:
    assert date(2020, 6, 19) not in federal_holidays(2020)
    assert date(2021, 6, 18) in federal_holidays(2021)
    assert {date(2021, 12, 31), date(2021, 12, 24)} <= federal_holidays(2021)
    assert date(2022, 1, 1) not in federal_holidays(2022)
    assert date(2023, 1, 2) in federal_holidays(2023)


def test_that_a_day_of_mourning_is_a_business_day() -> None:
    assert is_federal_business_day(date(2025, 1, 9))


@given(days, st.integers(1, 30))
def test_that_business_days_add_up(day: date, count: int) -> None:
    step = next_federal_business_day(add_federal_business_days(day, count - 1))
    assert add_federal_business_days(day, count) == step
    assert is_federal_business_day(step)


# When other data are known


def test_that_a_close_is_known_at_four_and_at_six_from_cboe() -> None:
    assert close_known_at(date(2017, 6, 16), "exchange") == at("2017-06-16T20:00Z")
    assert close_known_at(date(2017, 1, 17), "cboe") == at("2017-01-17T23:00Z")


def test_that_an_observation_waits_for_the_next_business_morning() -> None:
    assert known_next_business_day(date(2017, 6, 30), time(8)) == at("2017-07-03T12:00Z")
    assert known_at(date(2017, 7, 3), Known.NEXT_MORNING) == at("2017-07-05T12:00Z")
    assert known_at(date(2017, 7, 3), Known.NEXT_MORNING_NINE) == at("2017-07-05T13:00Z")


@given(moments, st.sampled_from(Known))
def test_that_known_until_is_the_last_day_known(moment: datetime, known: Known) -> None:
    day = known_until(moment, known)
    assert known_at(day, known) <= moment < known_at(day + timedelta(days=1), known)


# Moments


def test_that_a_date_means_its_end_in_new_york() -> None:
    assert end_of_day(date(2017, 6, 16)) == at("2017-06-17T03:59:59.999999Z")
    assert parse_as_of("2017-06-16") == end_of_day(date(2017, 6, 16))


@pytest.mark.parametrize("text", ["2017-06-16T19:30Z", "2017-06-16T15:30-04:00", "2017-06-16 19:30:00+00:00"])
def test_that_a_moment_is_read_with_its_zone(text: str) -> None:
    assert parse_as_of(text) == at("2017-06-16T19:30Z")
    assert parse_as_of(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2017-02-30",
        "2017-6-16",
        "20170616",
        "2017-06-16T19:30",
        "0001-01-01",
        "9999-12-31",
        "2017-13-01",
    ],
)
def test_that_any_other_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be used as a point in time"):
        parse_as_of(text)


# Sessions


def test_that_the_exchange_keeps_its_own_holidays() -> None:
    assert not is_session(date(2024, 3, 29))
    assert is_session(date(2024, 10, 14))
    assert is_session(date(2021, 12, 31))
    assert not is_session(date(2023, 1, 2))
    assert is_session(date(1997, 1, 20))
    assert not is_session(date(1998, 1, 19))
    assert date(2021, 6, 18) not in nyse_holidays(2021)


@pytest.mark.parametrize(
    "day",
    "1994-04-27 2001-09-11 2001-09-14 2004-06-11 2007-01-02 2012-10-29 2012-10-30 2018-12-05 2025-01-09".split(),
)
def test_that_special_closures_are_no_sessions(day: str) -> None:
    assert not is_session(date.fromisoformat(day))


@needs_shared
@pytest.mark.parametrize("name", ["alitalbi_yfinance/_RUT", "RenuDDogra_yahoo_download/_GSPC", "alitalbi_yfinance/SPY"])
def test_that_sessions_are_the_days_that_have_a_close(name: str) -> None:
    with gzip.open(SHARED / "data" / "prices" / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        texts = [line[0][:10] for line in csv.reader(file) if line and line[0][:2] in {"19", "20"}]
    closes = [day for day in map(date.fromisoformat, texts) if day.year >= 1987]
    assert sessions(closes[0], closes[-1]) == tuple(closes)


@pytest.mark.parametrize("text", ["1980-01-01", "1986-01-14"])
def test_that_before_the_first_report_the_first_release_is_next(text: str) -> None:
    assert next_release(parse_as_of(text)).report == FIRST_REPORT
