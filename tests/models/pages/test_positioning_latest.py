"""The latest values of all groups: changes over the same reports, and what a dash stands for."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast

import numpy as np

from models.calc.splice import Definition
from models.markets import market
from models.names import Basis, Group, Report
from models.pages.book import Book
from models.pages.choice import Choice
from models.pages.positioning import CHANGE_REPORTS
from models.pages.positioning_latest import latest_note, latest_rows, unknown_note
from models.reader import Reader
from models.records import Positions
from tests.models.samples import positions, tuesdays

EURO = market("euro")
DAYS = tuesdays(40, date(2025, 9, 2))
GROUPS = (Group.NONCOMMERCIAL, Group.COMMERCIAL, Group.NONREPORTABLE)
NO_BATCH = np.zeros(len(DAYS), dtype=np.int64)


class Legacy:
    """A reader of one legacy report."""

    def __init__(self, rows: Positions) -> None:
        self._rows = rows

    def positions(self, report: Report, codes: Sequence[str], as_of: datetime) -> Positions:
        return self._rows if report is Report.LEGACY_FUTURES else positions((), report=report)

    def newest_report(self, report: Report, as_of: datetime, codes: Sequence[str] = ()) -> date | None:
        return cast(date, self._rows.date[-1].astype(object)) if report is Report.LEGACY_FUTURES else None

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> None:
        return None


def rows_without(*missing: tuple[Group, int]) -> Positions:
    """Nets of three groups that sum to zero, without those of a group in a week."""
    rng = np.random.default_rng(4)
    nets = rng.normal(0, 9_000, (2, len(DAYS))).round()
    columns = dict(zip(GROUPS, (*nets, -nets.sum(axis=0)), strict=True))
    extra: dict[str, list[float]] = {}
    for group, net in columns.items():
        net[[week for of, week in missing if of is group]] = np.nan
        extra |= {f"{group}_long": (500_000 + net).tolist(), f"{group}_short": [500_000.0] * len(DAYS)}
    extra["open_interest"] = [2_000_000.0] * len(DAYS)
    return positions([(EURO.codes[0], day, 0.0) for day in DAYS], extra=extra)


def book(rows: Positions) -> Book:
    return Book(cast(Reader, Legacy(rows)), EURO, datetime(2026, 12, 1, tzinfo=UTC))


DEFINITION = Definition("euro", Report.LEGACY_FUTURES, Group.NONCOMMERCIAL, Basis.CONTRACTS)
CHOICE = Choice(datetime(2026, 12, 1, tzinfo=UTC), market="euro")


def test_that_changes_are_over_the_same_reports_and_sum_to_zero() -> None:
    rows = rows_without()
    shown = latest_rows(book(rows), DEFINITION, CHOICE)
    assert [row.group for row in shown] == list(GROUPS)
    for place, k in enumerate(CHANGE_REPORTS):
        moves = [row.changes[place] for row in shown]
        for row, move in zip(shown, moves, strict=True):
            net = rows.values[f"{row.group}_long"] - rows.values[f"{row.group}_short"]
            assert move == net[-1] - net[-1 - k]
        assert sum(move for move in moves if move is not None) == 0


def test_that_a_change_from_a_week_that_is_not_held_is_missing() -> None:
    """Counted in its own reports it would start a week before that of the other groups."""
    made = book(rows_without((Group.COMMERCIAL, -14)))
    before = latest_rows(book(rows_without()), DEFINITION, CHOICE)
    shown = latest_rows(made, DEFINITION, CHOICE)
    assert shown[1].changes == (*before[1].changes[:3], None)
    assert (shown[0].changes, shown[2].changes) == (before[0].changes, before[2].changes)
    assert "not held for this week" in unknown_note(shown)
    assert "not held for this week" not in unknown_note(before)
    assert latest_note(made, DEFINITION, made.series(DEFINITION), shown).startswith("\u2013 = ")


def test_that_a_group_without_the_newest_report_has_no_latest_values() -> None:
    shown = latest_rows(book(rows_without((Group.COMMERCIAL, -1))), DEFINITION, CHOICE)
    assert shown[1].net is None and shown[1].long is None and set(shown[1].changes) == {None}
    assert shown[0].net is not None


def test_that_reports_too_far_apart_have_no_change_between_them() -> None:
    rows = rows_without()
    kept = np.array(DAYS, dtype="M8[D]") != np.datetime64(DAYS[-2])
    kept &= np.array(DAYS, dtype="M8[D]") != np.datetime64(DAYS[-3])
    values = {name: column[kept] for name, column in rows.values.items()}
    thinned = Positions(rows.report, rows.code[kept], rows.date[kept], rows.name[kept], values, NO_BATCH[kept])
    shown = latest_rows(book(thinned), DEFINITION, CHOICE)
    assert DAYS[-1] - DAYS[-4] == timedelta(days=21)
    assert all(row.changes[0] is None for row in shown)
