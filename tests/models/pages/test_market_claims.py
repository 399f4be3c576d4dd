"""Claims on returns, streaks and credit: what the first definition says, judged under each one by itself."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calc.prices import price_pair
from models.calc.streaks import streak
from models.calendars import end_of_day, sessions
from models.formats import ordinal
from models.names import Direction, Known
from models.pages import side_claims
from models.pages.choice import Choice
from models.pages.market import MarketChoice
from models.pages.market_build import build
from models.pages.market_claims import build as claims
from models.pages.return_claims import Returns, league_claim, month_claim
from models.pages.side_claims import FAILS, HOLDS, TOO_SHORT, SideClaim
from models.pages.streak_claims import streak_claim
from models.reader import Reader
from models.records import Closes, Observations
from models.windows import JANUARY_TO_MAY
from tests.models.calc.prices import on_sessions
from tests.models.pages.price_reader import in_memory

FIRST, LAST = date(2009, 12, 1), date(2017, 6, 16)
DAYS = np.array(sessions(FIRST, LAST), dtype="M8[D]")


def walk(symbol: str, seed: int, first: date = FIRST) -> Closes:
    steps = np.random.default_rng(seed).normal(0.02, 1.0, len(sessions(first, LAST)))
    return on_sessions(symbol, first, LAST, [float(step) for step in steps])


def returns(title: str, seed: int, first: date = FIRST) -> Returns:
    pair = price_pair(walk("RUT", seed, first), walk("SPX", seed + 1, first))
    return Returns(title, "RUT", "SPX", "price", pair, ("sample",))


def monthly(of: Returns) -> dict[np.datetime64, float]:
    """The gap of each month by a loop over the closes, the newest month to date last."""
    months = of.pair.date.astype("M8[M]")
    last = {month: int(np.flatnonzero(months == month)[-1]) for month in np.unique(months)}
    small, large = of.pair.small, of.pair.large
    return {
        month: 100 * float(small[end] / small[start] - large[end] / large[start])
        for month, end in last.items()
        if (start := last.get(month - np.timedelta64(1, "M"))) is not None
    }


def expected_mark(first: Returns, other: Returns) -> str:
    """By the words of the claim: largest in its direction since the first definition's month."""
    mine, theirs = monthly(first), monthly(other)
    side = 1 if list(mine.values())[-1] >= 0 else -1
    *earlier, newest = ((month, side * gap) for month, gap in mine.items())
    since = max((month for month, gap in earlier if gap >= newest[1]), default=None)
    *others, own = ((month, side * gap) for month, gap in theirs.items())
    if own[1] < 0:
        return FAILS
    if since is not None and (newest[0] - since).astype(int) < 3:
        return HOLDS
    refuting = [month for month, gap in others if gap >= own[1] and (since is None or month > since)]
    if refuting:
        return FAILS
    reaches = others[0][0] <= (since if since is not None else min(mine))
    return HOLDS if reaches or any(gap >= own[1] for _, gap in others) else TOO_SHORT


@given(st.integers(0, 400), st.integers(500, 900), st.sampled_from([FIRST, date(2014, 3, 3), date(2016, 11, 1)]))
@settings(max_examples=60, deadline=None)
def test_that_each_definition_is_judged_by_its_own_months(seed: int, other: int, first: date) -> None:
    both = (returns("Price index", seed), returns("Total return", other, first))
    claim = month_claim(both, LAST)
    assert claim is not None
    cells = {cell.definition: cell for cell in claim.cells}
    assert cells["Price index"].mark == HOLDS
    assert cells["Total return"].mark == expected_mark(*both)
    gaps = list(monthly(both[1]).values())
    stands = cells["Total return"].standing
    assert stands is not None and stands.of == len(gaps)
    size = np.sign(gaps[-1] or 1.0) * np.array(gaps)
    assert stands.rank == 1 + int((size > size[-1]).sum())
    assert stands.winner is not None and stands.winner[1] == pytest.approx(gaps[int(size.argmax())])


def test_that_the_same_stretch_of_each_year_is_claimed_with_its_rank() -> None:
    claim = league_claim(
        (returns("Price index", 3), returns("Total return", 40, date(2015, 12, 1))), JANUARY_TO_MAY, LAST
    )
    assert claim is not None and [cell.definition for cell in claim.cells] == [
        "Price index",
        "Total return",
        "To the same day",
    ]
    first = claim.cells[0]
    assert first.standing is not None and first.standing.of == 8
    assert "January to May 2017" in first.sentence and "January\u2013May" in claim.title
    assert first.basis == "RUT v SPX, price, January to May of each year"


def test_that_the_sentence_names_the_month_only_when_it_is_not_the_present_one() -> None:
    of = (returns("Price index", 3),)
    now, later = month_claim(of, LAST), month_claim(of, date(2017, 9, 1))
    assert now is not None and later is not None
    assert " this month to 16 June 2017 (" in now.cells[0].sentence
    assert " in June to 16 June 2017 (" in later.cells[0].sentence


def test_that_a_claim_on_another_year_than_the_pages_names_it() -> None:
    of = (returns("Price index", 3),)
    later = date(2018, 7, 1)
    for month in (month_claim(of, later), month_claim((returns("Price index", 11),), later)):
        assert month is not None and month.title.endswith((" in June 2017", ", Jun 2017"))
    league = league_claim(of, JANUARY_TO_MAY, later)
    assert league is not None and "January\u2013May 2017" in league.title
    now = league_claim(of, JANUARY_TO_MAY, LAST)
    assert now is not None and "2017" not in now.title


def test_that_a_month_that_was_larger_of_late_is_named_with_its_size() -> None:
    of = returns("Price index", 3)
    claim = month_claim((of,), LAST)
    assert claim is not None
    (*earlier, (newest, lag)) = monthly(of).items()
    when, size = next((month, gap) for month, gap in reversed(earlier) if gap <= lag < 0)
    assert (newest - when).astype(int) < 3
    words = when.astype(object).strftime("%B %Y")
    assert f"; its lag was larger in {words}, {-size:.1f} points (RUT v SPX" in claim.cells[0].sentence


def test_that_a_rank_says_from_which_end_it_is_counted() -> None:
    found = league_claim((returns("Price index", 3),), JANUARY_TO_MAY, LAST)
    assert found is not None
    first = found.cells[0]
    stands, behind = first.standing, first.behind
    assert stands is not None and stands.rank is not None and behind is not None and first.value is not None
    end = "best" if first.value >= 0 else "worst"
    assert behind.lead_note.startswith(f"{ordinal(stands.rank)} of 8 from the {end}, years since 2010")
    assert (stands.rank == 1) is (f" of 8 from the {end} (" not in first.sentence)
    assert stands.direction is (Direction.UP if first.value >= 0 else Direction.DOWN)


def test_that_the_drawer_is_about_the_claim_and_then_its_definition() -> None:
    made = month_claim((returns("Price index", 3), returns("Total return", 500)), LAST)
    for claim in (made, credit(spread("fred:BAMLH0A0HYM2", -0.5))):
        assert claim is not None
        for cell in claim.cells:
            shown = side_claims.evidence(claim, cell)
            assert cell.behind is not None and shown.claim == claim.title != cell.behind.claim
            assert shown.definition[0] == f"{cell.behind.claim}."


def test_that_few_rises_are_said_to_be_few() -> None:
    falling = on_sessions("XLF", date(2016, 1, 4), LAST, [1.0, -1.0, -1.0])
    found, other = streak(falling, 9), streak(walk("KBE", 8), 9)
    assert found is not None and other is not None
    claim = streak_claim([found, other])
    assert claim is not None
    assert claim.title == "XLF up in only 3 of 9 sessions"
    assert "as often or less in 100% of all nine-session windows since 2016" in claim.cells[0].sentence
    assert claim.cells[1].mark == (HOLDS if other.ups <= 3 else FAILS)


def held(series: list[Observations]) -> Reader:
    return in_memory([walk(name, at) for at, name in enumerate(("RUT", "SPX", "XLF", "KBE", "KRE"))], series)


def spread(name: str, last_change: float) -> Observations:
    """A wave that ends with a step from where it stood four weeks before the last day that is known."""
    values = (4 + 0.1 * np.sin(np.arange(len(DAYS)) / 30)).round(2)
    values[-3:] = values[np.datetime64("2017-05-18") == DAYS] + last_change
    return Observations(name, DAYS, values, Known.NEXT_MORNING)


def credit(*series: Observations, today: date = LAST) -> SideClaim:
    choice = Choice(end_of_day(today), is_live=False)
    page = build(held(list(series)), choice, MarketChoice())
    return next(claim for claim in claims(held(list(series)), choice, page) if claim.kind == "credit")


def test_that_credit_is_judged_under_each_series_and_over_the_year() -> None:
    claim = credit(spread("fred:BAMLH0A0HYM2", -0.5), spread("fred:BAA10Y", 0.5), spread("nyfed:CMDI", -0.4))
    assert claim.title == "Credit spreads are narrowing"
    assert [(cell.definition, cell.mark) for cell in claim.cells] == [
        ("HY, 4 weeks", HOLDS),
        ("HY, this year", HOLDS),
        ("Baa, 4 weeks", FAILS),
        ("CMDI, 4 weeks", HOLDS),
    ]
    assert claim.cells[0].shown == "\u221250 bp" and claim.cells[0].sources == ("FRED",)


def test_that_credit_of_another_year_is_not_said_to_be_of_this_one() -> None:
    claim = credit(spread("fred:BAMLH0A0HYM2", -0.5), today=date(2018, 1, 5))
    year = claim.cells[1]
    assert (year.definition, year.basis.rpartition(", ")[2]) == ("HY, in 2017", "in 2017")
    assert " bp in 2017: " in year.sentence
    assert year.behind is not None and all(row.cells[0] != "this year" for row in year.behind.rows)


def test_that_the_evidence_of_a_cell_has_its_rows_and_the_other_definitions() -> None:
    claim = month_claim((returns("Price index", 3), returns("Total return", 500)), LAST)
    assert claim is not None
    shown = side_claims.evidence(claim, claim.cells[0])
    assert shown.strip is not None and len(shown.strip.values) == len(monthly(returns("Price index", 3)))
    assert len(shown.others) == 2 and shown.rows[-1].cells[0] == "Jun 2017" and shown.rows[-1].is_sum
    assert len(shown.export_rows) == len(shown.strip.values)
    assert shown.sentence.endswith("Source: sample.")


@given(st.dates(date(2011, 1, 3), LAST))
@settings(max_examples=25, deadline=None)
def test_that_no_claim_depends_on_a_later_close(day: date) -> None:
    choice = Choice(end_of_day(day), is_live=False)
    closes = [walk(name, at) for at, name in enumerate(("RUT", "SPX", "XLF", "KBE", "KRE"))]

    def garbled(of: Closes) -> Closes:
        return replace(of, close=np.where(of.date > np.datetime64(day), of.close * 1.3, of.close))

    told = []
    for reader in (in_memory(closes), in_memory([garbled(of) for of in closes])):
        told.append(repr(claims(reader, choice, build(reader, choice, MarketChoice()))))
    assert told[0] == told[1]
