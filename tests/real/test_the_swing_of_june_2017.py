"""The worked example of the definitions, out of the general machinery and the replayed data alone."""

from datetime import date

import pytest

from models.calendars import parse_as_of
from models.names import Basis, Group, Kind, Legs, Report, Verdict
from models.pages.choice import Choice
from models.pages.story import StoryPage, build
from models.statements.matrix import ClaimRow
from models.statements.statement import Statement
from services.archive.archive import Archive
from tests.shared import needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def page(replayed: Archive) -> StoryPage:
    return build(replayed, Choice(parse_as_of("2017-06-16"), is_live=False))


def row(page: StoryPage, kind: Kind, day: date, window: int = 0) -> ClaimRow:
    assert page.matrix is not None
    return next(r for r in page.matrix.rows if (r.claim.kind, r.claim.date, r.claim.window) == (kind, day, window))


def cell(of: ClaimRow, report: Report, basis: Basis, legs: str = Legs.LEAD) -> Statement:
    group = Group.NONCOMMERCIAL if report is Report.LEGACY_FUTURES else Group.LEVERAGED_FUNDS
    return next(
        s
        for s in of.statements
        if (s.definition.report, s.definition.group, s.definition.basis, s.definition.legs)
        == (report, group, basis, legs)
    )


def test_that_the_swing_is_the_record_in_contracts_and_not_once_size_is_counted(page: StoryPage) -> None:
    swing = row(page, Kind.SWING, date(2017, 6, 13), 2)
    contracts = cell(swing, Report.LEGACY_FUTURES, Basis.CONTRACTS)
    assert (contracts.verdict, contracts.rank, contracts.of) == (Verdict.TRUE, 1, 506)
    assert (contracts.value, contracts.start, contracts.end) == (80572, -73030, 7542)
    assert contracts.sample_start == date(2006, 12, 26)
    assert contracts.runner_up is not None
    assert (contracts.runner_up.date, contracts.runner_up.value) == (date(2007, 8, 21), 64517)
    adjusted = cell(swing, Report.LEGACY_FUTURES, Basis.SIZE_ADJUSTED)
    assert (adjusted.verdict, adjusted.rank) == (Verdict.FALSE, 3)
    assert adjusted.winner is not None
    assert (adjusted.winner.date, adjusted.winner.value) == (date(2007, 8, 21), 129034)
    share = cell(swing, Report.LEGACY_FUTURES, Basis.SHARE_OF_OI)
    assert (share.verdict, share.rank) == (Verdict.FALSE, 2)
    assert share.value == pytest.approx(13.9, abs=0.05)
    assert share.winner is not None
    assert share.winner.value == pytest.approx(15.7, abs=0.05)


def test_that_leveraged_funds_tell_another_story(page: StoryPage) -> None:
    swing = row(page, Kind.SWING, date(2017, 6, 13), 2)
    combined = cell(swing, Report.TFF_COMBINED, Basis.CONTRACTS)
    assert (combined.rank, combined.value) == (1, 57320)
    assert cell(swing, Report.TFF_COMBINED, Basis.SIZE_ADJUSTED).rank == 20
    futures = cell(swing, Report.TFF_FUTURES, Basis.CONTRACTS)
    assert (futures.start, futures.end) == (-23628, 33383)


def test_that_the_start_of_the_swing_was_the_lowest_in_six_years_in_contracts_only(page: StoryPage) -> None:
    level = row(page, Kind.LEVEL, date(2017, 5, 30))
    since = {basis: cell(level, Report.LEGACY_FUTURES, basis).since for basis in Basis}
    assert since[Basis.CONTRACTS] == date(2011, 5, 17)
    assert since[Basis.SIZE_ADJUSTED] == date(2016, 7, 5)
    assert since[Basis.SHARE_OF_OI] == date(2016, 5, 3)


def test_that_the_net_was_long_for_the_first_time_since_february(page: StoryPage) -> None:
    sign = row(page, Kind.SIGN, date(2017, 6, 13))
    assert cell(sign, Report.LEGACY_FUTURES, Basis.CONTRACTS).since == date(2017, 2, 28)


def test_that_the_headline_says_both_halves(page: StoryPage) -> None:
    assert page.headline is not None
    assert "the largest rise on record" in page.headline.sentence
    assert "but not once contract size is counted" in page.headline.sentence
