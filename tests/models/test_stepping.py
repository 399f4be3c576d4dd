"""Steps of the as-of moment: release by release, day by day, month by month."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendars import end_of_day, newest_released
from models.stepping import Step, back, first_day, forward, new_york_day

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)
MOMENTS = st.dates(date(1993, 1, 1), date(2026, 6, 30)).map(end_of_day)


def day(moment: datetime | None) -> date | None:
    return None if moment is None else new_york_day(moment)


def test_that_a_release_step_back_from_live_shows_the_report_before() -> None:
    assert day(back(NOW, Step.RELEASE)) == date(2017, 6, 9)
    assert newest_released(back(NOW, Step.RELEASE)) == date(2017, 6, 6)


def test_that_release_steps_forward_lead_over_every_release_to_live() -> None:
    moment: datetime | None = end_of_day(date(2017, 5, 31))
    seen = []
    while moment is not None:
        seen.append(day(moment))
        moment = forward(moment, Step.RELEASE, NOW)
    assert seen == [date(2017, 5, 31), date(2017, 6, 2), date(2017, 6, 9), date(2017, 6, 16)]


@given(MOMENTS)
def test_that_a_release_step_back_changes_the_newest_report_and_forward_undoes_it(moment: datetime) -> None:
    newest = newest_released(moment)
    earlier = back(moment, Step.RELEASE)
    assert newest_released(earlier) < newest
    again = forward(earlier, Step.RELEASE, datetime(2027, 1, 1, tzinfo=UTC))
    assert again is not None
    assert newest_released(again) > newest_released(earlier)


def test_that_several_reports_released_on_one_day_are_one_step() -> None:
    """After the 2025 shutdown reports came out twice a week."""
    seen = [end_of_day(date(2025, 12, 31))]
    for _ in range(4):
        seen.append(back(seen[-1], Step.RELEASE))
    assert [day(moment) for moment in seen[1:]] == [
        date(2025, 12, 23),
        date(2025, 12, 19),
        date(2025, 12, 16),
        date(2025, 12, 12),
    ]


@pytest.mark.parametrize(
    ("start", "target"),
    [
        (date(2017, 3, 31), date(2017, 2, 28)),
        (date(2016, 3, 31), date(2016, 2, 29)),
        (date(2017, 1, 15), date(2016, 12, 15)),
    ],
)
def test_that_a_month_back_keeps_the_day_where_the_month_has_it(start: date, target: date) -> None:
    assert day(back(end_of_day(start), Step.MONTH)) == target


def test_that_a_day_forward_reaches_the_present_as_live() -> None:
    assert day(forward(end_of_day(date(2017, 6, 15)), Step.DAY, NOW)) == date(2017, 6, 16)
    assert forward(end_of_day(date(2017, 6, 16)), Step.DAY, NOW) is None


@pytest.mark.parametrize("step", Step)
def test_that_no_step_leads_before_the_first_release(step: Step) -> None:
    moment = end_of_day(first_day())
    assert back(moment, step) == moment
