"""Snapshots of fund holdings, and bare weights where no lines are held."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.records import Holding, Saved, SectorWeights, Snapshot
from services.archive.archive import Archive
from tests.services.archive.samples import LATER, at, opened, save

FRIDAY = date(2017, 6, 16)
APPLE = Holding("AAPL", "Apple", "Information Technology", "Equity", "NASDAQ", 2e9, 3.5, 14e6, 142.27, "USD")
CASH = Holding("USD", "Cash", "", "Cash")


def snapshot(*holdings: Holding, day: date = FRIDAY, fund: str = "IVV") -> Snapshot:
    return Snapshot(fund, day, "gics", holdings)


def weights(day: date = FRIDAY) -> SectorWeights:
    return SectorWeights("IVV", day, "gics", (("Financials", 14.0), ("Energy", 6.25)), 505, "from a fact sheet")


def test_that_a_snapshot_comes_back_line_by_line(archive: Archive) -> None:
    assert save(archive, snapshot(APPLE, CASH), source="ishares") == Saved(rows_new=2)
    (key,) = archive.snapshots(LATER)
    assert (key.fund, key.as_of, key.taxonomy, key.source, key.is_weights_only) == (
        "IVV", FRIDAY, "gics", "ishares", False,
    )  # fmt: skip
    assert archive.snapshot(key) == snapshot(APPLE, CASH)
    with pytest.raises(LookupError):
        archive.sector_weights(key)


def test_that_a_snapshot_is_known_on_the_next_business_day(archive: Archive) -> None:
    save(archive, snapshot(APPLE), snapshot(APPLE, fund="IWM"), retrieved_at="2020-01-01 00:00")
    assert archive.snapshots(at("2017-06-19 11:59")) == ()
    assert [key.fund for key in archive.snapshots(at("2017-06-19 12:00"))] == ["IVV", "IWM"]
    assert [key.fund for key in archive.snapshots(LATER, "IWM")] == ["IWM"]


def test_that_a_changed_snapshot_is_kept_beside_the_first(archive: Archive) -> None:
    save(archive, snapshot(APPLE, CASH), retrieved_at="2017-06-19 20:00")
    assert save(archive, snapshot(APPLE, CASH), retrieved_at="2017-06-20 20:00") == Saved()
    assert save(archive, snapshot(APPLE), retrieved_at="2017-06-21 20:00") == Saved(rows_revised=1)
    other = Holding("USD", "Cash", "", "Cash", market_value_usd=5.0)
    assert save(archive, snapshot(APPLE, other), retrieved_at="2017-06-22 20:00") == Saved(rows_revised=1)
    seen = [archive.snapshot(archive.snapshots(at(f"2017-06-{day} 21:00"))[0]) for day in (20, 21, 22)]
    assert [len(held.holdings) for held in seen] == [2, 1, 2]
    assert seen[2].holdings[1] == other


def test_that_bare_weights_give_way_to_lines_and_never_the_other_way(archive: Archive) -> None:
    assert save(archive, weights()) == Saved(rows_new=2)
    (key,) = archive.snapshots(LATER)
    assert key.is_weights_only
    assert archive.sector_weights(key) == weights()
    save(archive, snapshot(APPLE))
    assert save(archive, weights()) == Saved()
    (key,) = archive.snapshots(LATER)
    assert not key.is_weights_only
    assert archive.snapshot(key) == snapshot(APPLE)


def test_that_downloaded_lines_take_the_place_of_built_in_weights(place: Path, built_in: Callable[..., None]) -> None:
    built_in(weights())
    with opened(place) as archive:
        assert save(archive, snapshot(APPLE), source="ishares") == Saved(rows_new=1)
        (key,) = archive.snapshots(at("2017-06-19 12:00"))
        assert key.source == "ishares"
        assert [status.source for status in archive.statuses()] == ["ishares"]
        assert save(archive, weights(), source="starter") == Saved()
