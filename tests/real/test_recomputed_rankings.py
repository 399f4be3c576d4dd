"""Rankings of other markets and dates, recomputed with plain pandas from the files themselves."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from pandas.tseries.holiday import USFederalHolidayCalendar

from models.names import Basis, Direction, Group, Kind, Legs, Report
from models.pages.choice import Choice
from models.pages.positioning_build import series_of
from models.pages.records import ranking
from services.archive.archive import Archive
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

CASES = [
    ("sp-500", "13874A", "2008-10-31", 3),
    ("sp-500", "13874A", "2020-03-20", 2),
    ("euro", "099741", "2015-03-20", 8),
    ("euro", "099741", "2021-01-08", 1),
    ("wti", "067651", "2014-07-04", 13),
    ("wti", "067651", "2020-04-24", 6),
    ("us-10y", "043602", "2018-10-05", 5),
    ("nasdaq-100", "209742", "2022-11-25", 2),
]


def plain_changes(code: str, as_of: str, window: int) -> pd.Series:
    """Net changes over so many rows with close enough dates, by end date, of reports three business days old."""
    rows = pd.read_csv(SHARED / "data" / "cftc" / "legacy_futonly" / "compiled" / f"{code}.csv", parse_dates=["date"])
    rows["net"] = (rows.nc_long - rows.nc_short).fillna(rows.nc_net)
    three_days = 3 * pd.offsets.CustomBusinessDay(calendar=USFederalHolidayCalendar())
    released = pd.Series([day + three_days for day in rows.date], index=rows.index)
    rows = rows[(released <= pd.Timestamp(as_of)) & rows.net.notna()].sort_values("date").set_index("date")
    changes: pd.Series = rows.net.diff(window)
    apart = rows.index.to_series().diff(window).dt.days
    close_enough: pd.Series = changes[apart <= 7 * window + 10]
    return close_enough


@pytest.mark.parametrize(("market", "code", "as_of", "window"), CASES)
def test_that_the_ranking_is_that_of_plain_sorting(
    replayed: Archive, market: str, code: str, as_of: str, window: int
) -> None:
    expected = plain_changes(code, as_of, window)
    day = datetime.fromisoformat(as_of)
    choice = Choice(
        datetime(day.year, day.month, day.day, 23, tzinfo=UTC),
        is_live=False,
        market=market,
        report=Report.LEGACY_FUTURES,
        group=Group.NONCOMMERCIAL,
        basis=Basis.CONTRACTS,
    )
    shown = series_of(replayed, choice)
    for direction, sign in ((Direction.UP, 1), (Direction.DOWN, -1)):
        made = ranking(shown, Kind.SWING, window=window, direction=direction, separate=False, top=5)
        best = (sign * expected).sort_values(ascending=False, kind="stable").head(5)
        assert made.of == len(expected)
        assert [row.value for row in made.rows] == [float(sign * value) for value in best]
        assert np.array_equal([np.datetime64(row.date) for row in made.rows], best.index.to_numpy("datetime64[D]"))


RUSSELL_LEGS = {
    ("239741", 500, "1900-01-01", "2008-09-16"),
    ("239742", 100, "2001-10-30", "2008-09-16"),
    ("23977A", 100, "2008-07-22", "2016-11-29"),
    ("23977A", 50, "2016-12-06", "2018-06-05"),
    ("239742", 50, "2017-08-15", "2100-01-01"),
    ("239747", 5, "2021-11-30", "2100-01-01"),
}


def plain_sum_of_legs() -> pd.Series:
    """Net of all Russell 2000 contracts in $50 contracts, on the days on which each that exists is held."""
    folder = SHARED / "data" / "cftc" / "legacy_futonly" / "compiled"
    columns = []
    for code, points, first, last in RUSSELL_LEGS:
        rows = pd.read_csv(folder / f"{code}.csv", parse_dates=["date"]).set_index("date").sort_index()
        net = (rows.nc_long - rows.nc_short).fillna(rows.nc_net).loc[first:last]
        columns.append((net * points / 50, first, last))
    table = pd.concat([net for net, _, _ in columns], axis=1, sort=True)
    due = np.column_stack([(table.index >= first) & (table.index <= last) for _, first, last in columns])
    whole = table[(table.notna().to_numpy() | ~due).all(axis=1)].fillna(0.0)
    return pd.Series(whole.to_numpy().sum(axis=1), whole.index)


def test_that_the_sum_of_all_contracts_stands_only_where_each_is_held(replayed: Archive) -> None:
    choice = Choice(
        datetime(2026, 7, 7, tzinfo=UTC),
        is_live=False,
        market="russell-2000",
        report=Report.LEGACY_FUTURES,
        group=Group.NONCOMMERCIAL,
        basis=Basis.SIZE_ADJUSTED,
        legs=Legs.ALL,
    )
    expected = plain_sum_of_legs()
    shown = series_of(replayed, choice)
    assert np.array_equal(shown.date, expected.index.to_numpy("datetime64[D]"))
    assert shown.value.tolist() == pytest.approx(expected.tolist())
