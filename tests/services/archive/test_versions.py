"""What happens when a row is delivered that is held already."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import Report
from models.records import Observations, Saved
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import (
    CODE,
    LATER,
    TUESDAY,
    Figures,
    at,
    figures,
    observations,
    opened,
    positions,
    row,
    save,
)

LONG, SHORT, NET, OI = "noncommercial_long", "noncommercial_short", "noncommercial_net", "open_interest"


def test_that_a_delivery_comes_back_as_it_was(archive: Archive) -> None:
    sent = positions({("A", TUESDAY): {LONG: 1, SHORT: 2.5}, ("13874+", TUESDAY): {OI: 16_777_217}}, name="É, Ω")
    assert save(archive, sent) == Saved(rows_new=2)
    held = archive.positions(Report.LEGACY_FUTURES, ["A", "13874+"], LATER)
    assert held.code.tolist() == ["13874+", "A"]
    assert held.date.dtype == np.dtype("M8[D]")
    assert held.name.tolist() == ["É, Ω", "É, Ω"]
    assert held.values[OI][0] == 16_777_217
    assert held.values[SHORT][1] == 2.5
    assert np.isnan(held.values[OI][1])
    assert held.batch is not None
    assert archive.provenance(int(held.batch[0])).source == "cftc"


def test_that_the_same_delivery_again_changes_nothing(archive: Archive) -> None:
    rows = row({LONG: 1, SHORT: 2})
    save(archive, rows)
    assert save(archive, rows) == Saved()


def test_that_a_changed_figure_makes_a_new_version_and_keeps_the_first(archive: Archive) -> None:
    save(archive, row({LONG: 1, SHORT: 2}), retrieved_at="2017-06-16 19:31")
    assert save(archive, row({LONG: 5, SHORT: 2}), retrieved_at="2017-06-23 19:31") == Saved(rows_revised=1)
    assert figures(archive, at("2017-06-23 19:30")) == {LONG: 1, SHORT: 2}
    assert figures(archive, at("2017-06-23 19:31")) == {LONG: 5, SHORT: 2}


def test_that_a_third_version_is_compared_with_the_second(archive: Archive) -> None:
    for day, value in (("16", 1), ("23", 5), ("30", 1)):
        save(archive, row({LONG: value}), retrieved_at=f"2017-06-{day} 19:31")
    seen = [figures(archive, at(f"2017-06-{day} 20:00"))[LONG] for day in ("16", "23", "30")]
    assert seen == [1, 5, 1]
    assert save(archive, row({LONG: 1}), retrieved_at="2017-07-07 19:31") == Saved()


def test_that_an_unknown_figure_is_filled_in_without_a_new_version(archive: Archive) -> None:
    save(archive, row({NET: 9}), retrieved_at="2017-06-16 19:31")
    assert save(archive, row({LONG: 10, SHORT: 1}), retrieved_at="2018-01-01 12:00") == Saved(rows_new=1)
    assert figures(archive, at("2017-06-16 19:31")) == {NET: 9, LONG: 10, SHORT: 1}


def test_that_a_figure_is_filled_into_every_version(archive: Archive) -> None:
    save(archive, row({LONG: 1}), retrieved_at="2017-06-16 19:31")
    save(archive, row({LONG: 2}), retrieved_at="2017-06-23 19:31")
    assert save(archive, row({OI: 7}), retrieved_at="2018-01-01 12:00") == Saved(rows_new=1)
    assert figures(archive, at("2017-06-20 12:00")) == {LONG: 1, OI: 7}
    assert figures(archive) == {LONG: 2, OI: 7}


def test_that_an_unknown_figure_takes_nothing_away(archive: Archive) -> None:
    save(archive, row({LONG: 1, SHORT: 2}))
    assert save(archive, row({LONG: 3}), retrieved_at="2017-06-23 19:31") == Saved(rows_revised=1)
    assert figures(archive) == {LONG: 3, SHORT: 2}


def test_that_one_delivery_may_fill_in_and_revise_the_same_row(archive: Archive) -> None:
    save(archive, row({LONG: 1}), retrieved_at="2017-06-16 19:31")
    save(archive, row({LONG: 2, OI: 7}), retrieved_at="2017-06-23 19:31")
    assert figures(archive, at("2017-06-20 12:00")) == {LONG: 1, OI: 7}
    assert figures(archive) == {LONG: 2, OI: 7}


def test_that_the_newest_name_that_is_not_empty_stands(archive: Archive) -> None:
    save(archive, row({LONG: 1}, name="RUSSEL"))
    assert save(archive, row({LONG: 1}, name="RUSSELL")) == Saved()
    assert save(archive, row({LONG: 1}, name="")) == Saved()
    assert archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).name.tolist() == ["RUSSELL"]


def test_that_scopes_and_families_are_kept_apart(archive: Archive) -> None:
    save(archive, row({LONG: 1}), row({LONG: 2}, report=Report.LEGACY_COMBINED))
    save(archive, row({OI: 3}, report=Report.TFF_FUTURES))
    assert figures(archive)[LONG] == 1
    assert figures(archive, report=Report.LEGACY_COMBINED)[LONG] == 2
    assert figures(archive, report=Report.TFF_FUTURES) == {OI: 3}


def test_that_a_batch_larger_than_one_merge_is_saved_whole(archive: Archive) -> None:
    days = [date.fromordinal(TUESDAY.toordinal() - 7 * week) for week in range(12_001)]
    many = positions({(CODE, day): {LONG: n} for n, day in enumerate(days)})
    assert save(archive, many) == Saved(rows_new=12_001)
    assert save(archive, many) == Saved()
    assert archive.positions(Report.LEGACY_FUTURES, [CODE], LATER).values[LONG].tolist() == list(range(12_000, -1, -1))


# The built-in figures


def test_that_a_downloaded_row_takes_the_place_of_a_built_in_one(place: Path, built_in: Callable[..., None]) -> None:
    built_in(positions({("A", TUESDAY): {NET: 9, LONG: 99}, ("B", TUESDAY): {NET: 1}}))
    with opened(place) as archive:
        assert save(archive, positions({("A", TUESDAY): {LONG: 10, SHORT: 1}})) == Saved(rows_new=1)
        held = archive.positions(Report.LEGACY_FUTURES, ["A", "B"], at("2017-06-16 19:30"))
        assert [held.values[field][0] for field in (NET, LONG, SHORT)] == [9, 10, 1]
        assert held.batch is not None
        assert [archive.provenance(int(number)).source for number in held.batch] == ["cftc", "starter"]
        rows = {status.source: (status.rows, status.is_starter) for status in archive.statuses()}
        assert rows == {"cftc": (1, False), "starter": (1, True)}


def test_that_an_equal_row_is_taken_over_too(place: Path, built_in: Callable[..., None]) -> None:
    built_in(row({LONG: 1}))
    with opened(place) as archive:
        assert save(archive, row({LONG: 1})) == Saved(rows_new=1)
        assert [status.source for status in archive.statuses()] == ["cftc"]
        assert save(archive, row({LONG: 1})) == Saved()


def test_that_built_in_rows_replace_nothing(archive: Archive) -> None:
    save(archive, row({LONG: 1}))
    rows = positions({("A", TUESDAY): {LONG: 7}, (CODE, TUESDAY): {LONG: 2, OI: 3}})
    assert save(archive, rows, source="starter") == Saved(rows_new=1)
    assert figures(archive) == {LONG: 1}


# Series


def series_of(archive: Archive, name: str, as_of: str = "2030-01-01 00:00") -> dict[str, float]:
    held = archive.observations(name, at(as_of))
    assert held is not None
    return dict(zip(np.datetime_as_string(held.date).tolist(), held.value.tolist(), strict=True))


def test_that_an_observation_is_revised_like_a_row(archive: Archive) -> None:
    name = "fed:BAA10Y"
    save(archive, observations(name, {"2017-06-14": 2.2, "2017-06-15": 2.18}), retrieved_at="2017-06-16 20:00")
    changed = observations(name, {"2017-06-15": 2.19, "2017-06-16": 2.17, "2017-06-19": np.nan})
    assert save(archive, changed, retrieved_at="2017-06-20 20:00") == Saved(rows_new=1, rows_revised=1)
    assert series_of(archive, name, "2017-06-20 19:00") == {"2017-06-14": 2.2, "2017-06-15": 2.18, "2017-06-16": 2.17}
    assert series_of(archive, name, "2017-06-20 20:00")["2017-06-15"] == 2.19


def test_that_a_total_return_series_is_restated_in_place(archive: Archive) -> None:
    name = "yahoo:IWM:total"
    save(archive, observations(name, {"2017-06-14": 10, "2017-06-15": 11, "2017-06-16": 12}))
    restated = observations(name, {"2017-06-15": 10.9, "2017-06-16": 11.9, "2017-06-19": 12.9})
    assert save(archive, restated, retrieved_at="2017-06-20 20:00") == Saved(rows_new=1)
    expected = {"2017-06-14": 10, "2017-06-15": 10.9, "2017-06-16": 11.9}
    assert series_of(archive, name, "2017-06-19 19:00") == expected
    assert save(archive, restated) == Saved()
    (status,) = archive.statuses()
    assert status.rows == 4


def test_that_closes_on_a_new_scale_take_the_place_of_the_old(archive: Archive) -> None:
    name = "yahoo:XLF:price"
    save(archive, observations(name, {"2017-06-14": 100, "2017-06-15": 104}))
    split = replace(observations(name, {"2017-06-14": 25, "2017-06-15": 26}), is_restated=True)
    save(archive, split, retrieved_at="2017-06-20 20:00")
    assert series_of(archive, name, "2017-06-19 19:00") == {"2017-06-14": 25, "2017-06-15": 26}


def test_that_a_restated_day_that_is_no_longer_delivered_goes(archive: Archive) -> None:
    name = "yahoo:IWM:total"
    save(archive, observations(name, {"2017-06-14": 10, "2017-06-15": 11, "2017-06-16": 12}))
    save(archive, observations(name, {"2017-06-14": 10, "2017-06-16": 12}))
    assert series_of(archive, name) == {"2017-06-14": 10, "2017-06-16": 12}


# Any history of deliveries

DELIVERY = st.fixed_dictionaries({}, optional={field: st.sampled_from([1.0, 2.0]) for field in (LONG, SHORT, OI)})


def expected_after(deliveries: list[Figures]) -> list[dict[str, float]]:
    """The rule of versions in plain Python: what is known after each delivery, seen once all have come."""
    versions: list[dict[str, float]] = []
    seen = []
    for delivery in deliveries:
        if not versions:
            versions.append(dict(delivery))
        elif any(versions[-1].get(field, value) != value for field, value in delivery.items()):
            versions.append({**versions[-1], **delivery})
        for version in versions:
            for field, value in delivery.items():
                version.setdefault(field, value)
        seen.append(len(versions) - 1)
    return [versions[number] for number in seen]


@pytest.fixture(scope="module")
def shared_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("versions") / "archive.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "batches", lambda: iter(()))
        with opened(path):
            return path


@given(deliveries=st.lists(DELIVERY, min_size=1, max_size=6))
def test_that_versions_follow_the_rule_whatever_is_delivered(shared_archive: Path, deliveries: list[Figures]) -> None:
    with opened(shared_archive) as archive:
        number = len(archive.contracts(LATER))
        code = f"X{number}"
        for n, delivery in enumerate(deliveries):
            save(archive, positions({(code, TUESDAY): delivery}), retrieved_at=f"2017-07-0{n + 1} 12:00")
        for n, expected in enumerate(expected_after(deliveries)):
            held = archive.positions(Report.LEGACY_FUTURES, [code], at(f"2017-07-0{n + 1} 12:00"))
            seen = {field: column[0] for field, column in held.values.items() if np.isfinite(column[0])}
            assert seen == expected


def test_that_series_without_known_values_are_none(archive: Archive) -> None:
    assert archive.observations("nothing", LATER) is None
    empty = Observations("fed:X", np.array([], "M8[D]"), np.array([], float))
    assert save(archive, empty) == Saved()
    assert archive.observations("fed:X", LATER) is None
