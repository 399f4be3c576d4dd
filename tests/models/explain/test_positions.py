"""Figures of positions taken apart: the formula gives the figure, and the terms carry their days."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc import positioning as measures
from models.calc.splice import Definition, Series, series
from models.explain import positions as explain
from models.explain.explanation import Explanation
from models.markets import market
from models.names import Basis, Direction, Group, Kind, Report
from models.pages.records import ranking
from tests.models.explain.working import worked
from tests.models.samples import closes, positions

MARKET = market("russell-2000")
FIRST = date(2015, 1, 6)
CODE = "23977A"


def held(nets: Sequence[float], basis: Basis = Basis.CONTRACTS, first: date = FIRST) -> Series:
    """Weekly reports of the Russell 2000 mini with these nets."""
    days = [first + timedelta(weeks=i) for i in range(len(nets))]
    rows = [(CODE, day, net) for day, net in zip(days, nets, strict=True)]
    of = Definition(MARKET.name, Report.LEGACY_FUTURES, Group.NONCOMMERCIAL, basis)
    return series(MARKET, positions(rows), of, closes=closes(dict.fromkeys(days, 1200.5)))


NETS = [-73_030.0, -40_000.0, -35_676.0, 7_542.0, 1_000.0]


@pytest.mark.parametrize("basis", list(Basis))
def test_that_the_net_follows_from_long_and_short_on_every_basis(basis: Basis) -> None:
    shown = explain.net(held(NETS, basis))
    assert shown is not None
    if basis is Basis.NOTIONAL:
        assert shown.worked.endswith("= +$120m")
        return
    left, right = worked(shown)
    assert left == pytest.approx(right, abs=0.06)


def test_that_the_size_of_the_contract_is_named() -> None:
    """Before 6 December 2016 a contract was $100 a point: one counts as two of today's."""
    shown = explain.net(held(NETS, Basis.SIZE_ADJUSTED))
    assert shown is not None
    assert shown.value == "+2,000 $50 contracts"
    assert ("Dollars a point, this contract", "$100") in [(term.name, term.value) for term in shown.terms]


def test_that_a_change_names_both_reports() -> None:
    shown = explain.change(held(NETS), 2)
    assert shown is not None
    assert worked(shown) == (36_676.0, 36_676.0)
    assert [(term.value, term.when) for term in shown.terms] == [
        ("+1,000", "report of 3 Feb 2015"),
        ("\u221235,676", "report of 20 Jan 2015"),
    ]


def test_that_a_change_across_a_hole_is_not_explained_as_one() -> None:
    known = held([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    assert explain.change(known.where(np.array([1, 1, 1, 0, 0, 0, 1, 1], bool)), 2) is None


MEASURES: dict[str, tuple[Callable[[Series, int | None], Explanation | None], Callable[..., np.ndarray]]] = {
    "COT index": (explain.cot_index, measures.cot_index),
    "Percentile": (explain.percentile, measures.percentile),
    "Z-score": (explain.z_score, measures.z_score),
}


@pytest.mark.parametrize("title", list(MEASURES))
@given(nets=st.lists(st.integers(-90_000, 90_000), min_size=4, max_size=30), window=st.sampled_from([4, None]))
def test_that_a_measure_is_explained_where_it_is_defined_and_as_it_is_computed(
    title: str, nets: list[int], window: int | None
) -> None:
    taken_apart, computed = MEASURES[title]
    known = held([float(net) for net in nets])
    expected = float(computed(known.value, window)[-1])
    shown = taken_apart(known, window)
    if not np.isfinite(expected):
        assert shown is None
        return
    assert shown is not None
    assert shown.title == title
    left, right = worked(shown)
    assert right == pytest.approx(expected, abs=0.051)
    spread = float(known.value[-4:].std(ddof=1))
    if title != "Z-score" or spread > 100:  # mean and deviation are printed as whole contracts
        assert left == pytest.approx(right, abs=0.08)


def test_that_the_window_is_named_with_its_ends() -> None:
    shown = explain.cot_index(held(NETS), 4)
    assert shown is not None
    assert shown.notes == ("Over 4 reports, from 13 Jan 2015 to 3 Feb 2015, today's included.",)
    assert [term.value for term in shown.terms] == ["+1,000", "\u221240,000", "+7,542"]


def test_that_a_record_has_its_place_and_what_was_left_out() -> None:
    known = held(NETS)
    ranked = ranking(known, Kind.SWING, window=2, direction=Direction.UP, separate=True, top=1)
    shown = explain.record(known, Kind.SWING, ranked.rows[0], ranked.of, 3)
    assert shown is not None
    assert worked(shown) == (47_542.0, 47_542.0)
    assert shown.notes[0] == "1st of 3 changes over as many reports since 6 Jan 2015."
    assert shown.notes[1] == "3 changes across a change of the lead contract are left out."


def test_that_a_record_low_is_a_net_with_its_place() -> None:
    known = held(NETS)
    ranked = ranking(known, Kind.LEVEL, window=2, direction=Direction.DOWN, separate=False, top=1)
    shown = explain.record(known, Kind.LEVEL, ranked.rows[0], ranked.of, 0)
    assert shown is not None
    assert shown.title == "Net on 6 Jan 2015"
    assert worked(shown)[1] == min(NETS)
    assert shown.notes[0] == f"1st of {len(NETS)} reports since 6 Jan 2015."


def test_that_a_streak_shows_the_changes_that_it_is_made_of() -> None:
    known = held([0, 5, 9, 10, 4, 6])
    ranked = ranking(known, Kind.STREAK, window=2, direction=Direction.UP, separate=True, top=1)
    shown = explain.record(known, Kind.STREAK, ranked.rows[0], ranked.of, 0)
    assert shown is not None
    assert (shown.value, shown.worked) == ("three weeks", "+5, +4, +1: three weeks")
    assert shown.notes[0].startswith("1st of 3 streaks")


def test_that_the_movement_index_and_willco_work_out() -> None:
    nets = [float((7 * n) % 41 - 20) * 1_000 for n in range(40)]
    known = held(nets)
    for shown in (explain.measure(known, "movement", 13), explain.measure(known, "willco", None)):
        assert shown is not None
        left, right = worked(shown)
        assert left == pytest.approx(right, abs=0.6)
    frame = pd.Series(nets) / known.open_interest
    low, high = frame.rolling(26).min(), frame.rolling(26).max()
    willco = (100 * (frame - low) / (high - low)).iloc[-1]
    shown = explain.willco(known)
    assert shown is not None and shown.value == f"{willco:.1f}"


def test_that_a_pane_is_explained_by_what_it_shows() -> None:
    known = held(NETS)
    shown = [explain.in_pane(known, pane, "percentile", 4) for pane in ("net", "weekly_change", "measure", "")]
    assert [one.title for one in shown if one is not None] == ["Net", "Change over one week", "Percentile", "Net"]


def test_that_the_whole_can_be_copied_as_text() -> None:
    shown = explain.change(held(NETS), 1)
    assert shown is not None
    assert shown.text.splitlines()[0] == "Change over one week: \u22126,542 contracts"
    assert "Now: +1,000 (report of 3 Feb 2015)" in shown.text
