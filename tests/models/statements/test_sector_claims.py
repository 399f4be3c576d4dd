from datetime import date

import pytest

from models.calc.sectors import SectorMap, Weights, classify, equity
from models.names import Kind, Verdict
from models.records import Holding
from models.statements.sector_claims import Measure, SectorClaim, SectorStatement, almost, judge, statement
from models.taxonomies import Taxonomy, View
from tests.models.holdings import DAY, by_sector, holding, snapshot

THIRD = SectorClaim("Financials", Measure.SHARE, *almost(100 / 3))
TWICE = SectorClaim("Financials", Measure.RATIO, *almost(2.0))


def weights(sectors: dict[str, float], fund: str, view: View = View.GICS, as_of: date = DAY) -> Weights:
    return classify(equity(by_sector(sectors, fund, as_of)), view).weights


def russell(*holdings: Holding, view: View = View.PROVIDER, maps: tuple[SectorMap, ...] = ()) -> Weights:
    return classify(equity(snapshot(*holdings, taxonomy=Taxonomy.RUSSELL)), view, maps).weights


def verdicts(made: SectorStatement) -> tuple[Verdict, Verdict]:
    return judge(THIRD, made)[0], judge(TWICE, made)[0]


def test_that_a_statement_gives_share_ratio_taxonomy_and_days() -> None:
    small = weights({"Financials": 18.0, "Real Estate": 8.0, "Energy": 74.0}, "SML")
    large = weights({"Financials": 15.0, "Energy": 85.0}, "LRG", as_of=date(2017, 7, 31))
    made = statement("Financials", View.GICS, small, large, sources=("https://example.org",))
    assert (made.kind, made.verdict, made.reason) == (Kind.SECTOR, Verdict.TRUE, "")
    assert made.value == pytest.approx(18.0)
    assert made.ratio == pytest.approx(1.2)
    assert made.sentence == (
        "Financials are 18.0% of SML holdings, 1.20 times their share of LRG (GICS, 30 Jun 2017; LRG 31 Jul 2017)."
    )
    assert made.definition == "GICS, SML holdings of 30 Jun 2017, LRG holdings of 31 Jul 2017"
    assert made.id == "sector-financials-gics-sml-2017-06-30"
    assert made.sources == ("https://example.org",)


def test_that_a_singular_sector_reads_right() -> None:
    made = statement(
        "Energy", View.GICS, weights({"Energy": 100.0}, "SML"), weights({"Energy": 50, "Materials": 50}, "LRG")
    )
    assert made.sentence == "Energy is 100.0% of SML holdings, 2.00 times its share of LRG (GICS, 30 Jun 2017)."


def test_that_two_taxonomies_give_a_share_but_no_ratio() -> None:
    small = russell(holding("A", 26.1, "Financial Services"), holding("B", 73.9, "Technology"))
    made = statement("Financials", View.PROVIDER, small, weights({"Financials": 14.0, "Energy": 86.0}, "LRG"))
    assert (made.verdict, made.reason, made.ratio) == (Verdict.UNKNOWN, "other_taxonomy", None)
    assert made.sector == "Financial Services"
    assert made.value == pytest.approx(26.1)
    assert "no ratio" in made.sentence
    assert verdicts(made) == (Verdict.FALSE, Verdict.UNKNOWN)


def test_that_almost_twice_holds_only_in_the_taxonomy_in_which_it_does() -> None:
    small = {"Financials": 19.0, "Real Estate": 1.0, "Energy": 80.0}
    large = {"Financials": 10.0, "Real Estate": 10.0, "Energy": 80.0}
    by_view = {
        view: statement("Financials", view, weights(small, "SML", view), weights(large, "LRG", view)) for view in View
    }
    assert judge(TWICE, by_view[View.GICS]) == (Verdict.TRUE, "")
    assert judge(TWICE, by_view[View.GICS_PRE2016]) == (Verdict.FALSE, "")


def test_that_almost_leaves_a_tenth_below() -> None:
    least, most = almost(100 / 3)
    assert least == pytest.approx(30.0)
    assert most == pytest.approx(35.0)


def test_that_a_weak_estimate_gives_no_verdict() -> None:
    lines = (holding("A", 50.0, "Financial Services"), holding("X", 50.0, "Financial Services"))
    maps = (SectorMap("REF", DAY, {"A": "Financials"}),)
    made = statement(
        "Financials", View.GICS, russell(*lines, view=View.GICS, maps=maps), weights({"Financials": 100.0}, "LRG")
    )
    assert (made.verdict, made.reason) == (Verdict.UNKNOWN, "weak_estimate")
    assert judge(TWICE, made) == (Verdict.UNKNOWN, "weak_estimate")
    assert made.is_estimate and "about" in made.sentence


def test_that_an_estimate_from_files_is_judged_and_named() -> None:
    lines = (holding("A", 30.0, "Financial Services"), holding("X", 70.0, "Technology"))
    maps = (SectorMap("REF", DAY, {"A": "Financials", "X": "Energy"}),)
    small = russell(*lines, view=View.GICS, maps=maps)
    made = statement("Financials", View.GICS, small, weights({"Financials": 15.0, "Energy": 85.0}, "LRG"))
    assert made.verdict is Verdict.TRUE
    assert made.estimated_pct == pytest.approx(100.0)
    assert "estimated" in made.definition
    assert judge(TWICE, made) == (Verdict.TRUE, "")


def test_that_later_data_gives_no_verdict() -> None:
    made = statement("Financials", View.GICS, weights({"Financials": 33.0, "Energy": 67.0}, "SML"), None, is_later=True)
    assert made.verdict is Verdict.UNKNOWN
    made = statement(
        "Financials",
        View.GICS,
        weights({"Financials": 33.0, "Energy": 67.0}, "SML"),
        weights({"Financials": 11.0, "Energy": 89.0}, "LRG"),
        is_later=True,
    )
    assert (made.verdict, made.reason) == (Verdict.UNKNOWN, "later_data")
    assert judge(THIRD, made) == (Verdict.UNKNOWN, "later_data")


def test_that_a_share_can_be_judged_without_the_large_fund() -> None:
    made = statement("Financials", View.GICS, weights({"Financials": 33.0, "Energy": 67.0}, "SML"), None)
    assert (made.verdict, made.reason) == (Verdict.UNKNOWN, "no_data")
    assert verdicts(made) == (Verdict.TRUE, Verdict.UNKNOWN)


def test_that_weight_without_a_sector_gives_no_ratio_and_says_so() -> None:
    lines = (holding("A", 50.0, "-"), holding("X", 50.0, "-"))
    maps = [SectorMap("REF", DAY, {"A": "Financials"})]
    small = classify(equity(snapshot(*lines, taxonomy=Taxonomy.NONE)), View.GICS, maps).weights
    made = statement("Financials", View.GICS, small, weights({"Financials": 100.0}, "LRG"))
    assert (made.verdict, made.reason, made.ratio) == (Verdict.UNKNOWN, "weak_estimate", None)
    assert made.sentence.endswith("Too much weight has no sector for a ratio.")
