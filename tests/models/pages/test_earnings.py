from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from models.calc.index_earnings import VintagePoint, rebased
from models.pages.choice import Choice
from models.pages.earnings import EarningsChoice, Panel, RevisionPath
from models.pages.earnings_build import build, growth_rows
from models.pages.earnings_words import revisions_titles
from models.reader import Reader
from models.records import Estimate, Fact, Holding, Snapshot
from services.importing_sp_earnings import parse
from tests.models.pages.earnings_reader import InMemory, vintage
from tests.shared import SHARED, needs_shared

JULY = date(2017, 7, 5)
OCTOBER = date(2017, 10, 19)
APRIL = date(2018, 4, 5)
EARLIER = {"sp-600": {2015: 20.0, 2016: 25.0}, "sp-500": {2015: 100.0, 2016: 110.0}}


def years(small_2017: float, large_2017: float) -> dict[str, dict[int, float]]:
    return {
        "sp-600": {**EARLIER["sp-600"], 2017: small_2017, 2018: 50.0},
        "sp-500": {**EARLIER["sp-500"], 2017: large_2017, 2018: 150.0},
    }


def held() -> list[Estimate]:
    return [
        *vintage(JULY, years(35.0, 132.0)),
        *vintage(OCTOBER, years(33.0, 130.0)),
        *vintage(APRIL, years(30.0, 128.0), reported_to=2017),
        *vintage(JULY, {"sp-600": {2015: 10.0, 2016: 15.0}, "sp-500": {2015: 90.0, 2016: 95.0}}, basis="as_reported"),
        *vintage(JULY, {"sp-600": {2016: 4.0, 2017: 6.0}, "sp-500": {2016: 9.0, 2017: 9.9}}, segment="Energy"),
    ]


def reader(estimates: list[Estimate]) -> Reader:
    return cast(Reader, InMemory(estimates))


def at(year: int, month: int, day: int, **fields: object) -> Choice:
    return replace(Choice(datetime(year, month, day, 20, tzinfo=UTC), is_live=False), **fields)  # type: ignore[arg-type]


def test_that_growth_is_of_the_newest_vintage_known() -> None:
    page = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    assert page.small is not None and page.small.vintage == JULY and not page.is_later
    assert page.sentence == "Small-cap profits are expected to grow 40% in 2017, against 20% for large caps."
    assert [(p.period, p.is_estimate) for p in page.years] == [("2016", False), ("2017", True), ("2018", True)]


def test_that_a_vintage_counts_from_the_next_business_day_at_nine() -> None:
    on_the_day = Choice(datetime(2017, 10, 20, 12, 59, tzinfo=UTC), is_live=False)
    after = Choice(datetime(2017, 10, 20, 13, 1, tzinfo=UTC), is_live=False)
    pages = [build(reader(held()), choice, EarningsChoice()) for choice in (on_the_day, after)]
    assert [page.small.vintage if page.small else None for page in pages] == [JULY, OCTOBER]


def test_that_without_a_vintage_old_enough_the_next_is_named() -> None:
    page = build(reader(held()), at(2017, 6, 16), EarningsChoice())
    assert page.small is None and not page.years and not page.revisions
    assert page.reason_empty == "No estimates dated on or before 16 Jun 2017. The next is 5 Jul 2017."
    assert page.next_vintage == JULY


def test_that_later_data_are_shown_and_marked_when_asked_for() -> None:
    page = build(reader(held()), at(2017, 6, 16, later_data=True), EarningsChoice())
    assert page.is_later and page.small is not None and page.small.vintage == JULY
    assert page.later_note == "Estimates dated 5 Jul, after as-of"
    assert page.revisions_note == "all vintages are after the as-of date"
    assert page.revisions_title == "Expectations fell: 2017 small-cap growth ended at 20%"


def moved(*eps: float) -> RevisionPath:
    """The estimate of 2026 in a vintage a month from July 2025 on."""
    points = tuple(VintagePoint(date(2025, 7 + n, 2), value, is_complete=False) for n, value in enumerate(eps))
    levels = rebased(points)
    change = None if levels[-1] is None else levels[-1] - 100
    return RevisionPath("sp-600", "S&P 600", points, levels, (False,) * len(points), change, 44.0)


@pytest.mark.parametrize(
    ("eps", "title", "short"),
    [
        ((96.42, 97.7, 96.41), "S&P 600: the 2026 estimate is back where it was in Jul 2025", "S&P 600 is back where"),
        ((96.42, 96.42), "S&P 600: the 2026 estimate is unchanged since Jul 2025", "S&P 600: unchanged since Jul 2025"),
        ((96.42, 90.0), "S&P 600: the 2026 estimate fell 6.7% since Jul 2025", "S&P 600: fell 6.7% since Jul 2025"),
    ],
)
def test_that_the_title_tells_a_path_that_came_back_from_one_that_stood_still(
    eps: tuple[float, ...], title: str, short: str
) -> None:
    long, few_words = revisions_titles((moved(*eps),), "2026")
    assert long == title
    assert few_words.startswith(short)


def test_that_the_years_with_several_vintages_can_be_drawn() -> None:
    page = build(reader(held()), at(2018, 6, 1), EarningsChoice(year=2018))
    assert page.revised_year == "2018" and "2017" in [option.value for option in page.revision_years]
    assert {point.vintage for point in page.revisions[0].points} <= {JULY, OCTOBER, APRIL}
    unknown = build(reader(held()), at(2018, 6, 1), EarningsChoice(year=1990))
    assert unknown.revised_year == unknown.year


def test_that_later_data_never_replace_what_was_known() -> None:
    page = build(reader(held()), at(2017, 10, 1, later_data=True), EarningsChoice())
    assert page.small is not None and page.small.vintage == JULY and not page.is_later
    assert page.revisions[0].later == (False, True, True)


def test_that_a_stale_vintage_says_its_age_and_gives_way_to_later_data_that_are_asked_for() -> None:
    stale = vintage(date(2016, 1, 28), EARLIER, reported_to=2015)
    strict, marked = (
        build(reader([*held(), *stale]), at(2017, 6, 16, later_data=asked), EarningsChoice()) for asked in (False, True)
    )
    assert strict.small is not None and strict.small.vintage == date(2016, 1, 28) and not strict.is_later
    assert strict.subtitle.startswith("The estimates are 16 months old.")
    assert marked.small is not None and marked.small.vintage == JULY and marked.is_later


def test_that_nothing_held_asks_for_the_workbook() -> None:
    page = build(reader([]), at(2017, 10, 1), EarningsChoice())
    assert "Import S&P's earnings workbook" in page.reason_empty
    assert page.next_vintage is None


def test_that_revisions_start_at_the_first_vintage_of_both() -> None:
    extra = vintage(date(2017, 3, 1), {"sp-500": years(0, 140.0)["sp-500"]})
    page = build(reader([*held(), *extra]), at(2018, 6, 1), EarningsChoice(year=2017))
    small, large = page.revisions
    assert [p.vintage for p in small.points] == [p.vintage for p in large.points] == [JULY, OCTOBER, APRIL]
    assert small.rebased[0] == large.rebased[0] == 100
    assert small.change_pct == pytest.approx(100 * (30 / 35 - 1))
    assert [p.is_complete for p in small.points] == [False, False, True]


def test_that_bases_are_never_mixed_and_the_other_is_said_beside() -> None:
    page = build(reader(held()), at(2017, 10, 1), EarningsChoice(basis="as_reported"))
    assert page.year == "2016"
    assert page.small is not None and page.small.years[-1].growth_pct == pytest.approx(50)
    assert page.subtitle == "Operating, it is +25% against +10%."
    assert page.chips == ("S&P 600 stands in for the Russell 2000", "as reported, bottom-up")


def test_that_growth_from_a_loss_is_nm_in_words() -> None:
    from_loss = vintage(JULY, {"sp-600": {2016: -1.0, 2017: 5.0}, "sp-500": {2016: 100.0, 2017: 120.0}})
    page = build(reader(from_loss), at(2017, 10, 1), EarningsChoice())
    assert page.years[0].small is not None and page.years[0].small.is_nm
    assert "growth means nothing" in page.sentence
    assert page.gaps[0].points is None


def test_that_the_streak_counts_reported_quarters() -> None:
    page = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    assert page.streak is not None and page.streak.periods == ("2016Q1", "2016Q2", "2016Q3", "2016Q4")
    assert page.streak_words == "four reported quarters ahead"
    assert page.year_streak is not None and page.year_streak.sign == 1


def test_that_what_is_left_as_reported_is_of_a_year_reported_on_both_bases() -> None:
    page = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    assert [(left.year, left.operating, left.as_reported) for left in page.left] == [
        ("2016", 25.0, 15.0),
        ("2016", 110.0, 95.0),
    ]
    assert page.left[0].share_pct == pytest.approx(60)


def test_that_accounts_are_read_only_when_asked_for() -> None:
    quiet = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    asked = build(reader(held()), at(2017, 10, 1), EarningsChoice(), with_accounts=True)
    assert quiet.strain_note == ""
    assert asked.strain is None and asked.strain_note == "No company accounts are held; the SEC source brings them."


def test_that_companies_under_strain_are_counted_outside_finance() -> None:
    lines = [Holding(name, name, "Industrials", "Equity", market_value_usd=1.0) for name in ("AAA", "BBB", "CCC")]
    bank = Holding("BANK", "BANK", "Financials", "Equity", market_value_usd=1.0)
    year, filed = (date(2016, 1, 1), date(2016, 12, 31)), date(2017, 3, 1)
    facts = [
        Fact(name, "net_income", *year, value, filed) for name, value in (("AAA", -1.0), ("BBB", 1.0), ("BANK", -1.0))
    ]
    snapshot = Snapshot("IWM", date(2017, 6, 1), "gics", (*lines, bank))
    reads = cast(Reader, InMemory(held(), facts, [snapshot]))
    page = build(reads, at(2017, 10, 1), EarningsChoice(), with_accounts=True)
    assert page.strain is not None and page.strain.small is not None
    assert page.strain.small.lost_money_pct == 50
    assert page.strain_note.startswith("IWM: 2 of 3 companies have accounts. Companies since delisted are missing")


def test_that_sectors_are_read_only_when_shown() -> None:
    quiet = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    shown = build(reader(held()), at(2017, 10, 1), EarningsChoice(panel=Panel.SECTORS))
    assert quiet.sectors == ()
    assert [row.sector for row in shown.sectors] == ["", "Energy"]
    assert shown.sectors[1].gap_points == pytest.approx(40)


def test_that_rows_of_the_command_are_by_year_small_first() -> None:
    page = build(reader(held()), at(2017, 10, 1), EarningsChoice())
    assert [(growth.period, side.subject) for side, growth in growth_rows(page)][:2] == [
        ("2016", "sp-600"),
        ("2016", "sp-500"),
    ]


@needs_shared
def test_that_the_workbooks_tell_the_story_of_2017() -> None:
    estimates: list[Estimate] = []
    for path in sorted((SHARED / "data" / "spglobal").glob("*.xlsx")):
        book = parse(path.read_bytes())
        if book.as_of < date(2019, 1, 1):
            estimates += book.estimates
    reads = reader(estimates)
    july = build(reads, at(2017, 7, 10), EarningsChoice())
    assert july.sentence == "Small-cap profits are expected to grow 47% in 2017, against 21% for large caps."
    assert july.streak_words == "five reported quarters ahead"
    assert [round(left.share_pct or 0) for left in july.left] == [66, 89]
    later = build(reads, at(2018, 4, 30), EarningsChoice(year=2017))
    assert later.revisions_title == "Expectations fell: 2017 small-cap growth ended at 22%"
    assert [path.points[-1].is_complete for path in later.revisions] == [True, True]
