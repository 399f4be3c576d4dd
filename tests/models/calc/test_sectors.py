from collections.abc import Iterator
from datetime import date

import pytest

from models.calc.attribution import attribute
from models.calc.banks import bank_share_pct, is_bank
from models.calc.fund_changes import Change, compare
from models.calc.sectors import (
    SectorMap,
    bare,
    classify,
    concentration,
    equity,
    paired,
    sector_map,
    with_real_estate,
)
from models.records import SectorWeights
from models.taxonomies import NOT_CLASSIFIED, Taxonomy, View
from tests.models.holdings import DAY, by_sector, holding, snapshot

NEXT_YEAR = date(2018, 6, 30)


def map_of(sectors: dict[str, str], fund: str = "REF", as_of: date = DAY) -> SectorMap:
    return SectorMap(fund, as_of, sectors)


# What is equity


def test_that_cash_rights_and_unlisted_lines_are_left_out_and_said() -> None:
    made = equity(
        snapshot(
            holding("AAA", 600.0),
            holding("BBB", 380.0, "Energy"),
            holding("USD", -20.0, "Cash and/or Derivatives", asset_class="Cash"),
            holding("RTYU7", 0.0, "Cash and/or Derivatives", asset_class="Futures"),
            holding("ADRO", 10.0, exchange="NO MARKET (E.G. UNLISTED)"),
            holding("GTXI", 20.0, name="GTXI INC - CVR"),
            holding("", 5.0, name="OMNIAB INC $15.00 VESTING Prvt"),
            holding("GRB", 5.0, name="GERBER SCIENTIFIC ESCROW"),
            holding("DEAD", 0.0),
        )
    )
    assert [line.holding.ticker for line in made.lines] == ["AAA", "BBB"]
    assert [line.weight_pct for line in made.lines] == pytest.approx([100 * 600 / 980, 100 * 380 / 980])
    assert made.share_pct == pytest.approx(98.0)
    left = {item.what: (item.lines, item.weight_pct) for item in made.left_out}
    assert left == {
        "Cash": (1, pytest.approx(-2.0)),
        "Futures": (1, 0.0),
        "Rights, escrow and unlisted": (4, pytest.approx(4.0)),
        "No value": (1, 0.0),
    }


def test_that_a_name_that_only_contains_such_a_word_is_equity() -> None:
    made = equity(snapshot(holding("RGHT", name="RIGHTS MANAGEMENT INC"), holding("B", name="ESCROW AGENTS CORP")))
    assert len(made.lines) == 2


def test_that_weights_come_from_market_values_and_not_from_rounded_weights() -> None:
    made = equity(snapshot(holding("A", 999.0, weight_pct=50.0), holding("B", 1.0, weight_pct=50.0)))
    assert made.is_by_value
    assert made.lines[0].weight_pct == pytest.approx(99.9)


def test_that_a_file_without_market_values_uses_its_own_weights() -> None:
    cash = holding("", None, "-", asset_class="Cash", weight_pct=1.0)
    made = equity(snapshot(holding("A", None, weight_pct=66.0), holding("B", None, weight_pct=33.0), cash))
    assert not made.is_by_value
    assert [line.weight_pct for line in made.lines] == pytest.approx([200 / 3, 100 / 3])
    assert made.share_pct == pytest.approx(99.0)


def test_that_a_file_without_any_equity_has_no_weights() -> None:
    made = equity(snapshot(holding("USD", 5.0, asset_class="Cash")))
    assert made.lines == () and made.share_pct == 0
    assert concentration(made) is None


# Taxonomies


def test_that_real_estate_stands_inside_financials_before_2016() -> None:
    made = equity(by_sector({"Financials": 18.0, "Real Estate": 8.0, "Energy": 74.0}))
    today, before = (classify(made, view).weights for view in (View.GICS, View.GICS_PRE2016))
    assert today.by_sector["Financials"] == pytest.approx(18.0)
    assert before.by_sector["Financials"] == pytest.approx(26.0)
    assert "Real Estate" not in before.by_sector
    assert with_real_estate(today) == pytest.approx(26.0)
    assert not today.is_estimate


def test_that_other_stays_in_the_denominator() -> None:
    weights = classify(equity(by_sector({"Energy": 95.0, "Other": 5.0})), View.GICS).weights
    assert weights.by_sector["Energy"] == pytest.approx(95.0)
    assert weights.by_sector["Other"] == pytest.approx(5.0)


def test_that_sectors_by_ticker_come_from_the_nearest_file_and_are_counted() -> None:
    made = equity(
        snapshot(
            holding("A", 60.0, "Financial Services"),
            holding("B", 30.0, "Financial Services"),
            holding("C", 10.0, "Technology"),
            taxonomy=Taxonomy.RUSSELL,
        )
    )
    near, far = (
        map_of({"A": "Financials", "B": "Real Estate"}),
        map_of({"A": "Energy", "C": "Energy"}, "FAR", NEXT_YEAR),
    )
    weights = classify(made, View.GICS, [near, far]).weights
    assert weights.by_sector["Financials"] == pytest.approx(60.0)
    assert weights.by_sector["Real Estate"] == pytest.approx(30.0)
    assert weights.by_sector["Energy"] == pytest.approx(10.0)
    assert [part.fund for part in weights.filled] == ["REF", "FAR"]
    assert [part.weight_pct for part in weights.filled] == pytest.approx([90.0, 10.0])
    assert weights.is_estimate and weights.split_pct == 0


def test_that_no_more_files_are_read_than_needed() -> None:
    made = equity(snapshot(holding("A", sector="Technology"), taxonomy=Taxonomy.RUSSELL))

    def nearest() -> Iterator[SectorMap]:
        yield map_of({"A": "Information Technology"})
        raise AssertionError("read on")

    assert classify(made, View.GICS, nearest()).weights.filled_pct == pytest.approx(100.0)


def test_that_what_is_in_no_file_is_split_like_the_rest_of_its_sector() -> None:
    made = equity(
        snapshot(
            holding("A", 30.0, "Financial Services"),
            holding("B", 10.0, "Financial Services"),
            holding("X", 20.0, "Financial Services"),
            holding("Y", 40.0, "Energy"),
            taxonomy=Taxonomy.RUSSELL,
        )
    )
    done = classify(made, View.GICS, [map_of({"A": "Financials", "B": "Real Estate"})])
    weights = done.weights
    assert weights.by_sector["Financials"] == pytest.approx(30 + 20 * 0.75)
    assert weights.by_sector["Real Estate"] == pytest.approx(10 + 20 * 0.25)
    assert weights.split_pct == pytest.approx(20.0)
    assert weights.unknown_pct == pytest.approx(40.0)
    assert sum(weights.by_sector.values()) == pytest.approx(100.0)
    assert done.sectors == (NOT_CLASSIFIED, "Financials", NOT_CLASSIFIED, "Real Estate")


def test_that_a_file_without_sectors_says_so_for_what_no_other_file_has() -> None:
    made = equity(snapshot(holding("A", 75.0, "-"), holding("X", 25.0, "-"), taxonomy=Taxonomy.NONE))
    weights = classify(made, View.GICS, [map_of({"A": "Energy"})]).weights
    assert weights.by_sector["Energy"] == pytest.approx(75.0)
    assert weights.unknown_pct == pytest.approx(25.0)


def test_that_the_financials_of_an_old_file_are_parted_by_ticker() -> None:
    made = equity(
        snapshot(
            holding("A", 50.0, "Financials"),
            holding("R", 30.0, "Financials"),
            holding("E", 20.0, "Energy"),
            taxonomy=Taxonomy.GICS_PRE2016,
        )
    )
    maps = [map_of({"A": "Financials", "R": "Real Estate", "E": "Utilities"})]
    weights = classify(made, View.GICS, maps).weights
    assert weights.by_sector["Real Estate"] == pytest.approx(30.0)
    assert weights.by_sector["Energy"] == pytest.approx(20.0)
    assert classify(made, View.GICS_PRE2016, maps).weights.is_estimate is False


def test_that_the_own_view_keeps_the_providers_sectors() -> None:
    made = equity(
        snapshot(holding("A", 1.0, "Producer Drables"), holding("B", 3.0, "Utilities"), taxonomy=Taxonomy.RUSSELL)
    )
    weights = classify(made, View.PROVIDER).weights
    assert weights.taxonomy is Taxonomy.RUSSELL
    assert weights.by_sector["Producer Durables"] == pytest.approx(25.0)
    assert len(weights.by_sector) == 9


def test_that_only_files_in_todays_taxonomy_make_a_map() -> None:
    assert sector_map(snapshot(holding("A", sector="Technology"), taxonomy=Taxonomy.RUSSELL)) is None
    found = sector_map(snapshot(holding("A"), holding("B", sector="Other"), holding("", sector="Energy")))
    assert found is not None and dict(found.sectors) == {"A": "Financials"}


def test_that_bare_weights_are_shown_in_no_taxonomy_but_theirs() -> None:
    gics = SectorWeights("SML", DAY, Taxonomy.GICS, (("Financials", 18.0), ("Real Estate", 8.0), ("Energy", 74.0)), 3)
    russell = SectorWeights("SML", DAY, Taxonomy.RUSSELL, (("Financial Services", 26.1), ("Energy", 73.9)), 2)
    before = bare(gics, View.GICS_PRE2016)
    assert before is not None and before.by_sector["Financials"] == pytest.approx(26.0)
    assert bare(russell, View.GICS) is None
    own = bare(russell, View.PROVIDER)
    assert own is not None and own.by_sector["Financial Services"] == pytest.approx(26.1)


# Two funds


def test_that_pairs_are_sorted_by_their_difference() -> None:
    small = classify(equity(by_sector({"Financials": 18.0, "Energy": 80.0, "Other": 2.0})), View.GICS).weights
    large = classify(equity(by_sector({"Financials": 14.0, "Energy": 86.0}, "LRG")), View.GICS).weights
    rows = paired(small, large)
    assert (rows[0].sector, rows[-2].sector, rows[-1].sector) == ("Financials", "Energy", "Other")
    assert rows[0].difference_points == pytest.approx(4.0)
    assert rows[0].ratio == pytest.approx(18 / 14)


def test_that_two_taxonomies_are_not_compared() -> None:
    small = classify(
        equity(snapshot(holding("A", sector="Technology"), taxonomy=Taxonomy.RUSSELL)), View.PROVIDER
    ).weights
    large = classify(equity(by_sector({"Energy": 100.0}, "LRG")), View.PROVIDER).weights
    assert all(row.difference_points is None and row.ratio is None for row in paired(small, large))


def test_that_without_a_large_fund_small_stands_alone() -> None:
    small = classify(equity(by_sector({"Energy": 100.0})), View.GICS).weights
    rows = paired(small, None)
    assert rows[0].sector == "Energy" and rows[0].large_pct is None and rows[0].difference_points is None


def test_that_equal_names_are_as_many_as_they_are() -> None:
    found = concentration(equity(snapshot(*(holding(f"T{n}") for n in range(40)))))
    assert found is not None
    assert (found.holdings, found.top_10_pct, found.effective_names) == pytest.approx((40, 25.0, 40.0))


@pytest.mark.parametrize(
    ("name", "sector", "expected"),
    [
        ("IBERIABANK CORP", "Financials", True),
        ("HOME BANCSHARES INC", "Financial Services", True),
        ("TEXAS CAPITAL BANCSHARES INC", NOT_CLASSIFIED, True),
        ("BANKRATE INC", "Information Technology", False),
        ("SELECTIVE INSURANCE GROUP INC", "Financials", False),
    ],
)
def test_that_banks_are_financials_by_name(name: str, sector: str, expected: bool) -> None:
    assert is_bank(name, sector) is expected


def test_that_the_share_of_banks_is_summed() -> None:
    made = equity(snapshot(holding("A", 3.0, name="FIRST BANK"), holding("B", 7.0, name="FIRST INSURANCE")))
    assert bank_share_pct(made.lines, ["Financials", "Financials"]) == pytest.approx((30.0, 1))


def test_that_a_comparison_says_what_entered_and_what_left() -> None:
    before = equity(snapshot(holding("A", 50.0), holding("B", 30.0), holding("C", 20.0)))
    after = equity(snapshot(holding("A", 60.0), holding("D", 40.0), as_of=NEXT_YEAR))
    made = compare(before, after)
    assert {row.ticker: (row.change, round(row.points, 9)) for row in made.rows} == {
        "A": (Change.KEPT, 10.0),
        "B": (Change.LEFT, -30.0),
        "C": (Change.LEFT, -20.0),
        "D": (Change.ENTERED, 40.0),
    }
    assert made.rows[0].ticker == "D"
    assert (made.entered_pct, made.left_pct) == pytest.approx((40.0, 50.0))
    assert sum(row.points for row in made.rows) == pytest.approx(0.0)


# Attribution


def test_that_contributions_and_residual_add_up_to_the_lead() -> None:
    small = classify(equity(by_sector({"Financials": 60.0, "Energy": 40.0})), View.GICS).weights
    large = classify(equity(by_sector({"Financials": 20.0, "Energy": 80.0}, "LRG")), View.GICS).weights
    made = attribute(small, large, {"Financials": 10.0, "Energy": -5.0}, 5.0, -1.0)
    assert made is not None
    by_name = {row.sector: row.lead_points for row in made.contributions}
    assert by_name["Financials"] == pytest.approx(4.0)
    assert by_name["Energy"] == pytest.approx(2.0)
    assert made.lead_points == pytest.approx(6.0)
    assert made.explained_points + made.residual_points == pytest.approx(made.lead_points)
    assert made.residual_points == pytest.approx(0.0)


def test_that_a_sector_without_a_return_is_counted_as_uncovered() -> None:
    small = classify(equity(by_sector({"Financials": 60.0, "Energy": 40.0})), View.GICS).weights
    large = classify(equity(by_sector({"Financials": 20.0, "Energy": 80.0}, "LRG")), View.GICS).weights
    made = attribute(small, large, {"Financials": 10.0}, 5.0, -1.0)
    assert made is not None
    assert made.uncovered_pct == pytest.approx(80.0)
    assert made.residual_points == pytest.approx(2.0)


def test_that_a_fund_of_mostly_unknown_sectors_is_not_compared() -> None:
    lines = [holding("A", 70.0, "-"), holding("X", 30.0, "-")]
    made = equity(snapshot(*lines, taxonomy=Taxonomy.NONE))
    small = classify(made, View.GICS, [map_of({"A": "Energy"})]).weights
    large = classify(equity(by_sector({"Energy": 100.0}, "LRG")), View.GICS).weights
    assert all(row.difference_points is None for row in paired(small, large))
    better = classify(
        equity(snapshot(*lines[:1], holding("X", 10.0, "-"), taxonomy=Taxonomy.NONE)),
        View.GICS,
        [map_of({"A": "Energy"})],
    )
    assert paired(better.weights, large)[0].difference_points is not None


def test_that_little_known_of_a_sector_says_nothing_of_its_rest() -> None:
    lines = [holding("A", 10.0, "Financial Services"), holding("X", 90.0, "Financial Services")]
    made = equity(snapshot(*lines, taxonomy=Taxonomy.RUSSELL))
    weights = classify(made, View.GICS, [map_of({"A": "Financials"})]).weights
    assert weights.split_pct == 0
    assert weights.unknown_pct == pytest.approx(90.0)
