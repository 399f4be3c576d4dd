import gc
import weakref
from datetime import UTC, date, datetime

import numpy as np
import pytest

from models.calendars import end_of_day
from models.names import Verdict
from models.pages import sectors_thin
from models.pages.choice import Choice
from models.pages.sectors import (
    FundDay,
    SectorsChoice,
    SectorsPage,
    matching,
    running_weight,
    searched,
    weight_of,
)
from models.pages.sectors_build import build
from models.pages.sectors_build import page as build_selected
from models.pages.sectors_words import cards_far_apart
from models.pages.shelf import Held, Shelf, shelf_of
from models.pages.story_fund_claims import sector_claims
from models.records import SectorWeights, Snapshot
from models.taxonomies import Taxonomy, View
from tests.models.holdings import HoldingsReader, by_sector, closes, holding, snapshot

LIVE = datetime(2018, 3, 1, 21, tzinfo=UTC)
MAY, JUNE, JULY = date(2017, 5, 31), date(2017, 6, 30), date(2017, 7, 31)
SMALL = {"Financials": 18.0, "Real Estate": 8.0, "Energy": 14.0, "Health Care": 60.0}
LARGE = {"Financials": 14.0, "Real Estate": 3.0, "Energy": 63.0, "Health Care": 20.0}
PAIR = SectorsChoice(small=FundDay("SML"), large=FundDay("LRG"))


def page(
    *rows: Snapshot | SectorWeights, options: SectorsChoice = PAIR, as_of: datetime = LIVE, later: bool = False
) -> SectorsPage:
    choice = Choice(as_of, is_live=as_of is LIVE, later_data=later)
    return build(HoldingsReader(*rows), choice, options)  # type: ignore[arg-type]


def two(day: date = JUNE) -> tuple[Snapshot, Snapshot]:
    return by_sector(SMALL, "SML", day), by_sector(LARGE, "LRG", day)


def test_that_the_page_names_the_leading_sector_and_both_files() -> None:
    made = page(*two())
    assert made.sentence == "Health Care leads small caps: 60%."
    assert made.subtitle == "Large caps: 20%. SML of 30 Jun 2017 against LRG of 30 Jun 2017."
    assert made.rows[0].sector == "Health Care"
    assert made.rows[0].difference_points == pytest.approx(40.0)


def test_that_real_estate_is_named_where_it_changes_the_answer() -> None:
    made = page(by_sector({"Financials": 18.0, "Real Estate": 8.0, "Energy": 17.0, "Materials": 17.0, "Utilities": 17.0,
                           "Health Care": 17.0, "Industrials": 6.0}, "SML"), two()[1])  # fmt: skip
    assert made.sentence == "Financials lead small caps: 18%, or 26% with real estate."
    assert made.subtitle.startswith("Large caps: 14% and 17%.")


def test_that_a_file_of_the_day_is_known_only_on_the_next_business_day() -> None:
    # 30 June 2017 is a Friday; its holdings are known on Monday 3 July at 08:00 New York.
    assert page(*two(), as_of=end_of_day(date(2017, 7, 2))).small is None
    assert page(*two(), as_of=datetime(2017, 7, 3, 12, 1, tzinfo=UTC)).small is not None


def test_that_an_empty_page_names_the_next_file() -> None:
    made = page(*two(), as_of=end_of_day(JUNE))
    assert made.reason_empty == "No holdings of SML are known as of 30 Jun 2017. The next are of 30 Jun 2017."
    assert made.rows == () and made.blocks == () and made.statements == ()


def test_that_later_data_is_marked_and_gives_no_verdict() -> None:
    made = page(*two(), as_of=end_of_day(date(2017, 6, 16)), later=True)
    assert made.small is not None and made.small.is_later
    assert made.later_note == "Holdings dated 30 Jun 2017, after as-of"
    assert {s.verdict for s in made.statements} == {Verdict.UNKNOWN}
    assert {s.reason for s in made.statements} == {"later_data"}


def test_that_a_known_file_is_preferred_to_a_later_one() -> None:
    made = page(*two(MAY), *two(JULY), as_of=end_of_day(date(2017, 6, 16)), later=True)
    assert made.small is not None and (made.small.as_of, made.small.is_later) == (MAY, False)


def test_that_another_fund_of_the_index_stands_in() -> None:
    rows = by_sector(SMALL, "VTWO"), by_sector(LARGE, "SPY")
    made = page(*rows, options=SectorsChoice())
    assert made.small is not None and (made.small.fund, made.small.stands_in_for) == ("VTWO", "IWM")
    assert "VTWO stands in for IWM: both track the Russell 2000." in made.notes


def test_that_an_empty_page_says_where_the_files_begin_and_what_is_held_instead() -> None:
    known = by_sector(SMALL, "IJR", date(2017, 4, 28))
    made = page(known, *two(), options=PAIR, as_of=end_of_day(date(2017, 6, 16))).thin
    assert made is not None
    assert made.title == "Starts on 30 Jun 2017"
    assert made.starts_at == datetime(2017, 7, 3, 12, tzinfo=UTC)  # Monday, 08:00 New York
    assert (made.pair, made.pair_label) == ("IJR:LRG", "Show S&P 600 (IJR, 28 Apr 2017)")
    assert [(of.fund, of.known) for of in made.files] == [("SML", 0), ("IJR", 1), ("LRG", 0)]


def test_that_at_the_moment_named_the_page_has_its_file() -> None:
    rows = two()
    made = page(*rows, as_of=end_of_day(date(2017, 6, 16))).thin
    assert made is not None and made.starts_at is not None
    assert page(*rows, as_of=made.starts_at).small is not None


def test_that_a_fund_that_never_was_held_has_no_start() -> None:
    made = page(two()[1]).thin
    assert made is not None
    assert (made.title, made.starts, made.starts_at, made.pair) == ("No holdings of SML", None, None, "")


def test_that_weights_in_another_taxonomy_are_shown_in_their_own_and_said() -> None:
    own = SectorWeights("SML", JUNE, Taxonomy.RUSSELL, (("Financial Services", 26.0), ("Energy", 74.0)), 2000, "")
    reader = HoldingsReader(own, two()[1])
    made = build_selected(reader, Choice(LIVE).with_page(PAIR))  # type: ignore[arg-type]
    assert made.options.view is View.GICS  # what was selected stays
    assert made.rows[0].sector == "Energy" and made.rows[0].difference_points is None
    assert made.cautions[0] == (
        "What is held of SML on 30 Jun 2017 cannot be shown in GICS; Russell's nine sectors are shown instead."
    )
    assert {block.name for block in made.blocks} == {"Financial Services", "Energy"}


def test_that_the_composition_names_what_was_left_out() -> None:
    cash = holding("USD", 25.0, "Cash and/or Derivatives", asset_class="Cash")
    small = snapshot(holding("A", 75.0), cash, fund="SML", as_of=JUNE)
    rows = {row.title: (row.small, row.large) for row in page(small, two()[1]).composition}
    assert rows["Equity, of the fund"] == ("75.00%", "100.00%")
    assert rows["Left out: cash"] == ("25.00% in 1", "0")
    assert rows["Effective names"][0] == "1"


def test_that_a_day_can_be_chosen() -> None:
    options = SectorsChoice(small=FundDay("SML", MAY), large=FundDay("LRG"))
    made = page(*two(MAY), *two(JUNE), options=options)
    assert made.small is not None and made.large is not None
    assert (made.small.as_of, made.large.as_of) == (MAY, JUNE)
    assert made.days == (MAY, JUNE)


def test_that_sectors_by_ticker_never_come_from_a_file_that_is_not_known_yet() -> None:
    own = snapshot(holding("A", sector="Financial Services"), fund="SML", as_of=JUNE, taxonomy=Taxonomy.RUSSELL)
    later = snapshot(holding("A"), fund="REF", as_of=JULY)
    large = by_sector(LARGE, "LRG", JUNE)
    before = page(own, later, large, as_of=end_of_day(date(2017, 7, 20)))
    assert before.small is not None and before.small.weights is not None
    assert before.small.weights.unknown_pct == pytest.approx(100.0)
    after = page(own, later, large)
    assert after.small is not None and after.small.weights is not None
    assert after.small.weights.by_sector["Financials"] == pytest.approx(100.0)
    assert "by ticker from other files for 100% of weight" in after.rows_caption


def test_that_two_taxonomies_leave_the_difference_out() -> None:
    own = snapshot(holding("A", sector="Financial Services"), fund="SML", taxonomy=Taxonomy.RUSSELL)
    made = page(own, two()[1], options=SectorsChoice(FundDay("SML"), FundDay("LRG"), View.PROVIDER))
    assert all(row.difference_points is None for row in made.rows)
    assert "not to be compared" in made.subtitle


def test_that_bare_weights_make_a_page_without_holdings() -> None:
    weights = SectorWeights("SML", JUNE, Taxonomy.GICS, tuple(SMALL.items()), 600, "computed from the fund's file")
    made = page(weights, two()[1])
    assert made.holdings == ()
    assert [[index for index, _ in block.tiles] for block in made.blocks] == [[-1]] * len(SMALL)
    assert made.small is not None and made.small.has_lines is False and made.small.companies == 600
    assert made.rows[0].difference_points == pytest.approx(40.0)
    assert "computed from the fund's file" in made.notes


def test_that_weights_in_another_taxonomy_are_said_not_guessed() -> None:
    weights = SectorWeights("SML", JUNE, Taxonomy.RUSSELL, (("Technology", 100.0),), 600)
    made = page(weights, two()[1])
    assert made.sentence == ""
    assert any("cannot be shown in this taxonomy" in note for note in made.notes)


def test_that_history_breaks_where_a_month_is_missing() -> None:
    days = [date(2017, 2, 28), date(2017, 3, 31), date(2017, 4, 28), JUNE, JULY, date(2017, 12, 29)]
    made = page(*(by_sector(SMALL, "SML", day) for day in days), two()[1])
    assert made.history is not None
    assert made.history.runs == ((0, 2), (3, 4), (5, 5))
    assert np.allclose(made.history.weights.sum(axis=0), 100.0)
    assert made.history.sectors[0] == "Health Care"


def test_that_history_needs_two_files() -> None:
    assert page(*two()).history is None
    assert "needs two files" in page(*two()).history_reason


def test_that_history_marks_what_was_not_known_yet() -> None:
    made = page(*two(MAY), *two(JUNE), *two(JULY), as_of=end_of_day(date(2017, 7, 10)), later=True)
    assert made.history is not None and made.history.later_from == 2
    hidden = page(*two(MAY), *two(JUNE), *two(JULY), as_of=end_of_day(date(2017, 7, 10)))
    assert hidden.history is not None and len(hidden.history) == 2 and hidden.history.later_from is None


def test_that_two_days_of_a_fund_are_compared() -> None:
    before = snapshot(holding("A", 50.0), holding("B", 50.0), fund="SML", as_of=MAY)
    after = snapshot(holding("A", 60.0), holding("C", 40.0), fund="SML", as_of=JUNE)
    options = SectorsChoice(FundDay("SML"), FundDay("LRG"), compare=FundDay("SML", MAY))
    made = page(before, after, two()[1], options=options)
    assert made.compared is not None
    assert made.compared.caption == "1 holding entered (40.0%), 1 left (50.0%)"
    assert made.compared.title == "SML, 30 Jun 2017 against SML, 31 May 2017"


def test_that_a_search_takes_words_or_alternatives() -> None:
    rows = page(
        snapshot(
            holding("IBKC", 3.0, name="IBERIABANK CORP"),
            holding("HOMB", 2.0, name="HOME BANCSHARES INC"),
            holding("XOM", 5.0, "Energy", name="EXXON"),
            fund="SML",
        ),
        two()[1],
    ).holdings
    assert searched("Banc | bank ") == ("banc", "bank")
    found = matching(rows, "", "banc|bank")
    assert [rows[i].ticker for i in found] == ["IBKC", "HOMB"]
    assert weight_of(rows, found) == pytest.approx(50.0)
    assert running_weight(rows, found) == pytest.approx((30.0, 50.0))
    assert [rows[i].ticker for i in matching(rows, "Energy", "")] == ["XOM"]
    assert matching(rows, "Energy", "bank") == ()
    assert len(matching(rows, "", " | ")) == 3


def test_that_tiles_stand_for_the_holdings_rows() -> None:
    made = page(*two())
    assert {block.name for block in made.blocks} == set(SMALL)
    for block in made.blocks:
        assert all(made.holdings[index].sector == block.name for index, _ in block.tiles)


def test_that_the_lead_is_taken_apart_where_prices_are_held() -> None:
    start, end = "2016-12-30", "2017-07-31"
    prices = [
        closes("SML", (start, 100.0), (end, 104.0)),
        closes("LRG", (start, 100.0), (end, 110.0)),
        closes("XLF", (start, 20.0), (end, 22.0)),
        closes("XLE", (start, 50.0), (end, 45.0)),
        closes("XLV", (start, 70.0), (end, 77.0)),
    ]
    day = date(2016, 11, 30)
    reader = HoldingsReader(*two(day), closes=prices)
    options = SectorsChoice(FundDay("SML"), FundDay("LRG"), window=f"{start}:{end}")
    made = build(reader, Choice(LIVE), options)  # type: ignore[arg-type]
    found = made.attribution
    assert found is not None, made.attribution_caption
    assert found.lead_points == pytest.approx(-6.0)
    by_name = {row.sector: row.lead_points for row in found.contributions}
    assert by_name["Financials"] == pytest.approx((18 - 14) * 0.10)
    assert by_name["Energy"] == pytest.approx((14 - 63) * -0.10)
    assert by_name["Real Estate"] is None
    assert found.explained_points + found.residual_points == pytest.approx(found.lead_points)


def test_that_attribution_says_what_it_misses() -> None:
    assert page(*two()).attribution_caption == "Needs prices of SML and LRG."


def test_that_a_statement_is_made_under_each_taxonomy_that_differs() -> None:
    made = page(*two())
    financials = [s for s in made.statements if s.sector == "Financials"]
    assert [(s.view, s.taxonomy) for s in financials] == [
        (View.GICS, Taxonomy.GICS),
        (View.GICS_PRE2016, Taxonomy.GICS_PRE2016),
    ]
    assert [s.value for s in financials] == pytest.approx([18.0, 26.0])


def test_that_a_shelf_reads_the_lines_of_a_file_once() -> None:
    reader = HoldingsReader(*two(MAY), *two(JUNE))
    shelf = Shelf(reader)  # type: ignore[arg-type]
    for view in (View.GICS, View.GICS, View.GICS_PRE2016):
        build(reader, Choice(LIVE), SectorsChoice(FundDay("SML"), FundDay("LRG"), view), shelf)  # type: ignore[arg-type]
    assert reader.lines_read == 3  # SML twice for the history, LRG once


def test_that_what_is_selected_on_the_page_makes_the_page() -> None:
    reader = HoldingsReader(*two())
    choice = Choice(LIVE).with_page(PAIR).with_page(SectorsChoice(PAIR.small, PAIR.large, View.GICS_PRE2016))
    assert len(choice.pages) == 1
    made = build_selected(reader, choice)  # type: ignore[arg-type]
    assert made.options.view is View.GICS_PRE2016
    assert Choice(LIVE).on_page(SectorsChoice) == SectorsChoice()


def test_that_a_reader_is_not_kept_by_its_shelf() -> None:
    reader = HoldingsReader(*two())
    build_selected(reader, Choice(LIVE).with_page(PAIR))  # type: ignore[arg-type]
    assert shelf_of(reader) is shelf_of(reader)  # type: ignore[arg-type]
    seen = weakref.ref(reader)
    del reader
    gc.collect()
    assert seen() is None


def test_that_the_next_file_of_the_index_is_named_by_its_fund() -> None:
    ijr, twok, iwm = (
        Held(fund, day, None, ())
        for fund, day in (("IJR", date(2017, 4, 28)), ("TWOK", date(2017, 6, 26)), ("IWM", date(2023, 11, 22)))
    )
    said = sectors_thin.reason("IWM", date(2017, 6, 16), [ijr], [ijr, twok, iwm])
    assert said == (
        "No holdings of IWM are known as of 16 Jun 2017. The next of its index are those of TWOK of 26 Jun 2017. "
        "IJR's of 28 Apr 2017 are known."
    )
    shown = sectors_thin.thin("IWM", "IVV", date(2017, 6, 16), [ijr], [ijr, twok, iwm])
    assert shown.title == "Starts on 26 Jun 2017, TWOK"


def test_that_files_far_apart_are_both_named_on_the_story() -> None:
    assert cards_far_apart(page(*two())) == ()
    made = page(by_sector(SMALL, "SML", JUNE), by_sector(LARGE, "LRG", date(2015, 6, 30)))
    assert [(card.fund, card.as_of) for card in cards_far_apart(made)] == [("SML", JUNE), ("LRG", date(2015, 6, 30))]
    (claim,) = sector_claims(made.statements)
    assert claim.caption == "SML holdings of 30 Jun 2017, LRG of 30 Jun 2015"
    assert sector_claims(page(*two()).statements)[0].caption == "SML holdings of 30 Jun 2017"
