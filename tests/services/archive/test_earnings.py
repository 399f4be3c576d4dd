"""Estimates by vintage, and figures from accounts by the day on which they were filed."""

from dataclasses import replace
from datetime import date

from models.records import Estimate, Fact, Saved
from services.archive.archive import Archive
from tests.services.archive.samples import LATER, at, batch, save

JULY = Estimate("sp-600", "", "2017", "operating", date(2017, 7, 14), 39.5, True, 41.0, None, 12)
INCOME = Fact("ACME", "net_income", date(2017, 1, 1), date(2017, 3, 31), 5e6, date(2017, 5, 5))


def test_that_estimates_come_back_sorted_with_every_vintage(archive: Archive) -> None:
    actual = replace(JULY, vintage=date(2018, 7, 13), value=40.1, is_estimate=False, high=None, analysts=None)
    energy = replace(JULY, segment="Energy")
    other = replace(JULY, subject="sp-500")
    assert archive.save(batch((actual, JULY, energy, other))) == Saved(rows_new=4)
    assert archive.estimates(LATER, ["sp-600", "sp-500"]) == (other, JULY, actual)
    assert archive.estimates(LATER, ["sp-600"], "Energy") == (energy,)
    assert archive.estimates(LATER, []) == ()


def test_that_an_estimate_names_the_batch_that_brought_it(archive: Archive) -> None:
    archive.save(batch((JULY,)))
    (found,) = archive.estimates(LATER, ["sp-600"])
    assert found.batch is not None and archive.provenance(found.batch).source


def test_that_an_estimate_is_known_at_nine_on_the_next_business_day(archive: Archive) -> None:
    archive.save(batch((JULY,)))
    assert archive.estimates(at("2017-07-17 12:59"), ["sp-600"]) == ()
    assert archive.estimates(at("2017-07-17 13:00"), ["sp-600"]) == (JULY,)


def test_that_a_corrected_vintage_counts_from_the_day_on_which_it_was_fetched(archive: Archive) -> None:
    archive.save(batch((JULY,)))
    corrected = replace(JULY, value=38.0)
    assert archive.save(batch((corrected,), retrieved_at="2017-08-01 12:00")) == Saved(rows_revised=1)
    assert archive.estimates(at("2017-08-01 11:59"), ["sp-600"]) == (JULY,)
    assert archive.estimates(at("2017-08-01 12:00"), ["sp-600"]) == (corrected,)


def test_that_facts_are_known_on_the_business_day_after_their_filing(archive: Archive) -> None:
    debt = Fact("ACME", "debt", None, date(2017, 3, 31), 7e6, date(2017, 5, 5))
    assert archive.save(batch((INCOME, debt))) == Saved(rows_new=2)
    assert archive.facts(at("2017-05-08 11:59")) == ()
    assert archive.facts(at("2017-05-08 12:00")) == (debt, INCOME)
    assert archive.facts(LATER, ["NONE"]) == ()


def test_that_an_amended_filing_stands_beside_the_first(archive: Archive) -> None:
    amended = replace(INCOME, value=4e6, filed=date(2017, 8, 4))
    archive.save(batch((INCOME, amended)))
    assert archive.facts(LATER, ["ACME"]) == (INCOME, amended)
    assert archive.facts(at("2017-06-01 00:00"), ["ACME"]) == (INCOME,)
    assert save(archive, (INCOME, amended)) == Saved()
