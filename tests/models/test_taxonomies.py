from datetime import date

import pytest

from models import funds
from models.taxonomies import (
    COMMUNICATION,
    GICS_SECTORS,
    ICB_SECTORS,
    RUSSELL_SECTORS,
    Taxonomy,
    canonical,
    communication_note,
    counterpart,
    recognised,
)
from models.tickers import normal_ticker

TODAY = date(2025, 11, 5)
ISHARES_2017 = [name for name in GICS_SECTORS if name != COMMUNICATION] + ["Telecommunications"]


@pytest.mark.parametrize(
    ("names", "as_of", "taxonomy"),
    [
        (GICS_SECTORS, TODAY, Taxonomy.GICS),
        ([*GICS_SECTORS, "Cash and/or Derivatives", "-", "Other"], TODAY, Taxonomy.GICS),
        (ISHARES_2017, date(2017, 6, 30), Taxonomy.GICS),
        (["Information Technology"], date(2017, 6, 30), Taxonomy.GICS),
        ([n for n in ISHARES_2017 if n != "Real Estate"], date(2016, 6, 30), Taxonomy.GICS_PRE2016),
        (RUSSELL_SECTORS, date(2017, 6, 26), Taxonomy.RUSSELL),
        (ICB_SECTORS, TODAY, Taxonomy.ICB),
        (["Basic Materials", "Consumer Cyclical", "Financial Services", "Technology"], TODAY, Taxonomy.OTHER),
        (["Banks", "Biotech", "Software"], TODAY, Taxonomy.OTHER),
        (["-", "--", ""], TODAY, Taxonomy.NONE),
        ([], TODAY, Taxonomy.NONE),
    ],
)
def test_that_a_taxonomy_is_told_by_its_names(names: list[str], as_of: date, taxonomy: Taxonomy) -> None:
    assert recognised(names, as_of) is taxonomy


def test_that_a_damaged_name_is_taken_for_the_right_one() -> None:
    assert canonical("Producer Drables", Taxonomy.RUSSELL) == "Producer Durables"
    assert canonical("Health Care", Taxonomy.GICS) == "Health Care"


@pytest.mark.parametrize(
    "name", ["Communication", "Telecommunications", "Telecommunication Services", " communication "]
)
def test_that_the_names_of_communication_are_one_sector(name: str) -> None:
    assert canonical(name, Taxonomy.GICS) == COMMUNICATION


@pytest.mark.parametrize("name", ["-", "", "--", "Cash and/or Derivatives", "Other", "Underwater Basket Weaving"])
def test_that_what_is_no_sector_is_none(name: str) -> None:
    assert canonical(name, Taxonomy.GICS) is None


def test_that_telecoms_before_2018_are_flagged() -> None:
    assert "Telecommunication" in communication_note(date(2017, 6, 30))
    assert communication_note(date(2018, 9, 28)) == ""


def test_that_financials_have_a_counterpart_elsewhere() -> None:
    assert counterpart("Financials", Taxonomy.RUSSELL) == "Financial Services"
    assert counterpart("Real Estate", Taxonomy.GICS_PRE2016) == "Financials"
    assert counterpart("Energy", Taxonomy.RUSSELL) == "Energy"


@pytest.mark.parametrize("text", ["BRKB", "BRK.B", "BRK B", "BRK/B", "brk-b", "*BRK.B "])
def test_that_a_share_class_has_one_spelling(text: str) -> None:
    assert normal_ticker(text) == "BRK.B"


@pytest.mark.parametrize(
    ("text", "ticker"),
    [("MOG A", "MOG.A"), ("CMCSA", "CMCSA"), ("HUBB", "HUBB"), ("*KDX", "KDX"), ("-", ""), ("--", "")],
)
def test_that_other_tickers_stay_what_they_are(text: str, ticker: str) -> None:
    assert normal_ticker(text) == ticker


def test_that_a_fund_is_found_by_ticker_and_by_number() -> None:
    assert funds.fund("iwm").product_id == "239710"
    assert funds.fund("239726").ticker == "IVV"
    assert funds.fund("239705").provider == "ishares"
    assert funds.fund("XYZ").provider == ""
    with pytest.raises(funds.UnknownFund, match="239710"):
        funds.fund("iShares; DROP TABLE")


def test_that_every_fund_stands_for_an_index_that_has_a_title() -> None:
    assert all(fund.index in funds.INDEX_TITLES for fund in funds.FUNDS)
    assert len({fund.ticker for fund in funds.FUNDS}) == len(funds.FUNDS)
    assert funds.by_title("iShares Russell 2000 ETF") is funds.fund("IWM")
