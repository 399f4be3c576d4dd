"""The Market page from made-up closes: what it says, what it leaves out, and that it never looks ahead."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calc.credit import reading
from models.calc.prices import price_pair
from models.calendars import end_of_day, sessions
from models.names import Known
from models.pages.choice import Choice
from models.pages.market import TOTAL, MarketChoice, MarketPage
from models.pages.market_build import build, default_window
from models.pages.market_words import credit_caption, share_pct
from models.reader import Reader
from models.records import Closes, Observations
from models.series import CREDIT, SECTOR_FUNDS, credit_series
from models.windows import window
from tests.models.calc.prices import on_sessions, until, without
from tests.models.pages.price_reader import in_memory

FIRST, LAST = date(2012, 12, 3), date(2017, 6, 19)
DAYS = np.array(sessions(FIRST, LAST), dtype="M8[D]")


def walk(symbol: str, seed: int, drift: float = 0.02) -> Closes:
    steps = np.random.default_rng(seed).normal(drift, 1.0, len(DAYS))
    return on_sessions(symbol, FIRST, LAST, [float(step) for step in steps])


def spread(name: str, seed: int) -> Observations:
    steps = np.random.default_rng(seed).normal(0, 0.03, len(DAYS)).round(2)
    return Observations(name, DAYS, 4 + np.cumsum(steps).round(2), Known.NEXT_MORNING)


SYMBOLS = ("RUT", "SPX", "XLF", "KBE", "KRE", *(s for s in SECTOR_FUNDS if s != "XLF"), "HYG", "LQD")
CLOSES = tuple(walk(symbol, seed) for seed, symbol in enumerate(SYMBOLS))
SERIES = (spread("fred:BAMLH0A0HYM2", 1), spread("fred:BAA10Y", 2), spread("nyfed:CMDI", 3))
READER = in_memory(CLOSES, SERIES)


def page(day: date = LAST, options: MarketChoice | None = None, reader: Reader = READER) -> MarketPage:
    return build(reader, Choice(end_of_day(day), is_live=False), options or MarketChoice(has_sectors=True))


def test_that_all_cards_are_there_and_agree_with_each_other() -> None:
    made = page()
    assert (
        made.relative is not None and made.league is not None and made.streaks is not None and made.credit is not None
    )
    assert made.relative.end.value == pytest.approx(made.relative.path.points[-1])
    assert made.relative.year.points == pytest.approx(made.relative.path.points[-1])
    assert made.league.league.current.gap.end == date(2017, 5, 31)
    assert [row.streak.symbol for row in made.streaks.rows] == ["XLF", "KBE", "KRE"]
    assert all(len(row.signs) == len(made.streaks.days) == 12 for row in made.streaks.rows)
    assert len(made.sectors) == 11 and made.sectors[0].return_pct == max(s.return_pct for s in made.sectors)
    assert [row.series.name for row in made.credit.rows] == ["BAMLH0A0HYM2", "BAA10Y", "CMDI", "HYG/LQD"]
    assert made.reasons == {}
    assert made.chips == ("price return", "Sample closes")


@given(st.dates(date(2014, 1, 1), LAST), st.integers(0, 50))
@settings(max_examples=40)
def test_that_no_figure_depends_on_a_later_row(day: date, seed: int) -> None:
    changed = np.random.default_rng(seed).normal(0, 1, len(DAYS))

    def garbled(of: Closes) -> Closes:
        later = of.date > np.datetime64(day)
        return Closes(of.symbol, of.source, of.date, np.where(later, of.close * np.exp(changed), of.close))

    series = [
        replace(one, value=np.where(one.date >= np.datetime64(day), one.value + changed, one.value)) for one in SERIES
    ]
    assert repr(page(day)) == repr(page(day, reader=in_memory([garbled(of) for of in CLOSES], series)))


_SENTENCE = re.compile(
    r"The Russell 2000 (has beaten|has trailed|beat|trailed|(has )?kept pace with) the S&P 500( by \d+\.\d points)?"
    r" in [A-Z][a-z]+( \d{4})?"
    r"( (and|but|but still) (leads|trails|led|trailed) by \d+\.\d (this|that) year"
    r"| and (is|was) level (this|that) year)?\."
)


@given(st.dates(date(2013, 1, 3), LAST))
@settings(max_examples=150)
def test_that_the_sentence_says_what_the_figures_say(day: date) -> None:
    made = page(day)
    assert made.relative is not None
    assert _SENTENCE.fullmatch(made.sentence), made.sentence
    month, year = made.relative.month, made.relative.year
    assert month is not None
    if abs(month.points) >= 0.05:
        assert bool(re.search(" (has beaten|beat) ", made.sentence)) is (month.points > 0)
    if " but " in made.sentence and abs(month.points) >= 0.05:
        assert (month.points >= 0) is not (year.points >= 0)
    assert ("this year" not in made.sentence) or year.end.year == day.year
    assert made.league is None or made.league.caption.endswith(".")
    assert made.subtitle == "" or made.subtitle.startswith("The high-yield spread ")


def test_that_the_first_days_of_a_year_speak_of_the_year_before() -> None:
    made = page(date(2017, 1, 2))
    assert made.sentence.endswith(" that year.") and " in Dec 2016 " in made.sentence
    assert made.league is not None and made.league.title.endswith("1 January to 31 December")
    assert " start" not in made.league.caption


def test_that_whole_months_so_far_are_the_stretch_unless_one_is_chosen() -> None:
    both = price_pair(CLOSES[0], CLOSES[1])
    assert default_window(both).name == "jan-may"
    assert default_window(price_pair(until(CLOSES[0], date(2017, 5, 31)), CLOSES[1])).name == "jan-may"
    assert default_window(price_pair(until(CLOSES[0], date(2017, 5, 30)), CLOSES[1])).name == "jan-apr"
    assert default_window(price_pair(until(CLOSES[0], date(2017, 1, 30)), CLOSES[1])).name == "jan-dec"
    chosen = page(options=MarketChoice(window=window("ytd")))
    assert chosen.league is not None and chosen.league.title == "Same stretch every year: this year"


def test_that_total_returns_need_a_pair_of_funds() -> None:
    made = page(options=MarketChoice(kind=TOTAL))
    assert made.relative is None and "No total returns of Russell 2000 or S&P 500" in made.reasons["relative"]
    assert next(option for option in made.kinds if option.value == TOTAL).reason
    totals = [Closes(c.symbol, c.source, c.date, c.close) for c in (walk("IWM", 7), walk("SPY", 8))]
    funds = page(options=MarketChoice(small="IWM", large="SPY", kind=TOTAL), reader=in_memory(CLOSES, (), totals))
    assert funds.relative is not None and funds.sentence.startswith("IWM has ")
    assert funds.chips[0] == "total return"


def test_that_an_empty_archive_has_reasons_instead_of_cards() -> None:
    made = page(reader=in_memory())
    assert made.relative is None and made.league is None and made.streaks is None and made.credit is None
    assert {"relative", "league", "months", "streaks", "credit"} <= set(made.reasons)
    assert made.sentence == made.reasons["relative"]
    assert all(reason.endswith(".") for reason in made.reasons.values())


def test_that_a_missing_year_end_leaves_its_card_empty_with_the_reason() -> None:
    holed = (without(CLOSES[0], date(2016, 12, 30)), *CLOSES[1:])
    made = page(reader=in_memory(holed, SERIES))
    assert made.relative is None and "previous year" in made.reasons["relative"]
    assert made.league is None
    assert made.sentence.startswith("The Russell 2000 ")


def test_that_a_fund_without_its_newest_session_says_to_when_it_reaches() -> None:
    short = tuple(until(of, date(2017, 6, 16)) if of.symbol == "KRE" else of for of in CLOSES)
    made = page(reader=in_memory(short, SERIES))
    assert made.streaks is not None
    kre = made.streaks.rows[-1]
    assert kre.result.endswith(", to 16 Jun 2017") and kre.signs[-1] is None


def test_that_a_series_of_credit_can_be_chosen() -> None:
    made = page(options=MarketChoice(credit="ratio:HYG/LQD"))
    assert made.credit is not None and made.credit.series.name == "HYG/LQD"
    assert [option.value for option in made.credits if option.is_chosen] == ["ratio:HYG/LQD"]
    assert made.credit.caption.startswith(("Higher", "Lower"))
    unknown = page(options=MarketChoice(credit="fred:NOPE"))
    assert unknown.credit is not None and unknown.credit.series.name == "BAMLH0A0HYM2"


def test_that_the_caption_of_an_extreme_says_so() -> None:
    baa = credit_series("BAA10Y")

    def caption(*values: float) -> str:
        days = np.array([datetime(2017, 6, 1, tzinfo=UTC).date() + timedelta(days=i) for i in range(len(values))])
        found = reading(baa, Observations(baa.id, days.astype("M8[D]"), np.array(values)))
        assert found is not None
        return credit_caption(baa, found)

    assert caption(3.0, 2.9, 2.0) == "Narrower than on all other days since 2017."
    assert caption(3.0, 2.9, 4.0) == "Wider than on all other days since 2017."
    assert caption(1.0, 3.0, 4.0, 5.0, 2.0) == "Narrower than on 60% of days since 2017."
    assert (share_pct(0.2), share_pct(0.0), share_pct(7.6)) == ("<1%", "0%", "8%")


def test_that_every_series_of_the_catalogue_reads_as_a_sentence() -> None:
    for series in CREDIT.values():
        assert series.phrase and series.definition.endswith(".") and series.id.count(":") == 1
        assert series.id.partition(":")[2] == series.name or series.source in ("treasury",)
