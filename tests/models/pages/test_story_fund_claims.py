"""The Story's claims on sectors, and how the figures of their cells came about."""

from models.calc.sectors import classify, equity
from models.pages.side_claims import explanation
from models.pages.story_fund_claims import sector_claims
from models.statements.sector_claims import statement
from models.taxonomies import Taxonomy, View
from tests.models.explain.working import worked
from tests.models.holdings import by_sector, holding, snapshot


def test_that_a_cell_is_taken_apart_and_two_taxonomies_are_not_subtracted() -> None:
    large = classify(equity(by_sector({"Financials": 14.0, "Energy": 86.0}, "IVV")), View.GICS).weights
    gics = classify(equity(by_sector({"Financials": 18.0, "Energy": 82.0}, "IWM")), View.GICS).weights
    nine = snapshot(
        holding("A", 26.0, "Financial Services"),
        holding("B", 74.0, "Technology"),
        taxonomy=Taxonomy.RUSSELL,
        fund="IWM",
    )
    russell = classify(equity(nine), View.PROVIDER, ()).weights
    made = (
        statement("Financials", View.GICS, gics, large),
        statement("Financials", View.PROVIDER, russell, large),
    )
    (claim,) = sector_claims(made)
    compared, alone = (explanation(claim, cell) for cell in claim.cells)
    assert compared is not None and alone is not None
    assert worked(compared) == (4.0, 4.0)
    assert compared.about == claim.cells[0].basis
    assert (alone.value, alone.worked) == ("26.00%", "")
