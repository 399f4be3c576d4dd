"""The desk's selection: when a change is announced, and what another market keeps."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QCoreApplication

from models.names import Group, Legs, Report
from models.pages.choice import Choice
from models.qt.desk import Desk
from models.qt.page_model import PageModel

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)


@pytest.fixture
def desk(qapp: QCoreApplication) -> Desk:
    return Desk(Choice(as_of=NOW))


def heard(desk: Desk) -> list[Choice]:
    choices: list[Choice] = []
    desk.changed.connect(lambda: choices.append(desk.choice))
    return choices


def test_that_a_change_is_announced_once_and_no_change_not_at_all(desk: Desk) -> None:
    choices = heard(desk)
    desk.choose(lookback=26, measure="z_score")
    desk.choose(lookback=26)
    assert [(choice.lookback, choice.measure) for choice in choices] == [(26, "z_score")]


def test_that_a_live_choice_is_as_of_now_and_a_rewound_one_as_of_its_moment(desk: Desk) -> None:
    later = datetime(2017, 7, 1, tzinfo=UTC)
    assert desk.choice_at(later).as_of == later
    desk.rewind(NOW)
    assert desk.choice_at(later).as_of == NOW
    desk.go_live()
    assert desk.choice_at(later).is_live


def test_that_another_market_or_moment_closes_the_evidence(desk: Desk) -> None:
    for changes in ({"market": "sp-500"}, {"as_of": NOW, "is_live": False}, {"is_live": True}):
        desk.choose(focus=date(2017, 6, 13))
        desk.choose(**changes)
        assert desk.choice.focus is None
    desk.choose(market="dow", focus=date(2017, 6, 13))
    assert desk.choice.focus == date(2017, 6, 13)


def test_that_later_data_are_hidden_again_when_the_desk_goes_live(desk: Desk) -> None:
    desk.rewind(datetime(2017, 6, 16, tzinfo=UTC))
    desk.choose(later_data=True)
    desk.go_live()
    assert not desk.choice.later_data


def test_that_a_single_leg_stays_with_its_market(desk: Desk) -> None:
    desk.choose(legs="23977A")
    desk.choose(market="sp-500")
    assert desk.choice.legs == Legs.LEAD
    desk.choose(legs=Legs.ALL)
    desk.choose(market="russell-2000")
    assert desk.choice.legs == Legs.ALL


def test_that_a_report_goes_along_where_the_market_is_listed_in_it(desk: Desk) -> None:
    desk.choose(report=Report.TFF_FUTURES, group=Group.LEVERAGED_FUNDS)
    desk.choose(market="euro")
    assert (desk.choice.report, desk.choice.group) == (Report.TFF_FUTURES, Group.LEVERAGED_FUNDS)
    desk.choose(market="wti")
    assert (desk.choice.report, desk.choice.group) == (None, None)


def test_that_a_page_model_gives_each_new_page(qapp: QCoreApplication) -> None:
    model = PageModel()
    pages: list[object] = []
    model.shown.connect(pages.append)
    assert model.page is None
    model.show("one")
    assert [model.page] == pages == ["one"]
