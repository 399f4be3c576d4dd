from datetime import date, timedelta

import numpy as np
import pytest

from models.calc.splice import close_on, series
from models.names import Basis, Group, Legs, Report
from tests.models.samples import closes, definition, halved, migrated, one_leg, positions, tuesdays


def test_that_size_adjusting_counts_old_contracts_in_todays_size() -> None:
    days = tuesdays(4)
    market = halved("111111", days[2])
    rows = positions([("111111", day, 100.0) for day in days])
    adjusted = series(market, rows, definition(Basis.SIZE_ADJUSTED))
    assert adjusted.value.tolist() == [200.0, 200.0, 100.0, 100.0]
    assert adjusted.unit == "$50 contracts"
    assert adjusted.resized.tolist() == [False, False, True, False]
    assert not adjusted.lead_changes.any()


def test_that_the_lead_series_takes_each_week_from_the_leading_leg_alone() -> None:
    days = tuesdays(6)
    market = migrated("AAA", "BBB", on=days[4], new_from=days[2])
    rows = positions([("AAA", d, 10.0) for d in days] + [("BBB", d, 7.0) for d in days[2:]])
    lead = series(market, rows, definition())
    assert lead.code.tolist() == ["AAA"] * 4 + ["BBB"] * 2
    assert lead.lead_changes.tolist() == [False] * 4 + [True, False]


def test_that_on_all_legs_a_migration_cancels_out() -> None:
    days = tuesdays(4)
    market = migrated("AAA", "BBB", on=days[2], new_from=days[1], old_until=days[2])
    rows = positions(
        [
            ("AAA", days[0], 100.0),
            ("AAA", days[1], 60.0),
            ("BBB", days[1], 40.0),
            ("AAA", days[2], 10.0),
            ("BBB", days[2], 90.0),
            ("BBB", days[3], 100.0),
        ]
    )
    total = series(market, rows, definition(Basis.SIZE_ADJUSTED, Legs.ALL))
    assert total.value.tolist() == [100.0, 100.0, 100.0, 100.0]
    assert not total.seam.any()


@pytest.mark.parametrize("missing", ["AAA", "BBB"])
def test_that_a_week_without_one_of_its_legs_has_no_sum(missing: str) -> None:
    days = tuesdays(3)
    market = migrated("AAA", "BBB", on=days[2] + timedelta(days=1), new_from=days[0])
    held = [(code, day) for code in ("AAA", "BBB") for day in days if (code, day) != (missing, days[1])]
    total = series(market, positions([(*row, 5.0) for row in held]), definition(Basis.SIZE_ADJUSTED, Legs.ALL))
    assert total.date.tolist() == [days[0], days[2]]
    assert total.unsummed.tolist() == [days[1]]
    assert not len(total.until(np.datetime64(days[0])).unsummed)


def test_that_a_leg_whose_net_is_unknown_leaves_no_sum() -> None:
    days = tuesdays(2)
    market = migrated("AAA", "BBB", on=days[0], new_from=days[0])
    rows = positions([(code, day, 5.0) for code in ("AAA", "BBB") for day in days])
    rows.values["noncommercial_long"][1] = np.nan
    total = series(market, rows, definition(Basis.SIZE_ADJUSTED, Legs.ALL))
    assert total.date.tolist() == [days[0]]


def test_that_a_leg_is_not_missed_before_it_exists_nor_after() -> None:
    days = tuesdays(4)
    market = migrated("AAA", "BBB", on=days[2], new_from=days[1], old_until=days[2])
    rows = positions([("AAA", day, 3.0) for day in days[:3]] + [("BBB", day, 1.0) for day in days[1:]])
    total = series(market, rows, definition(Basis.SIZE_ADJUSTED, Legs.ALL))
    assert total.value.tolist() == [3.0, 4.0, 4.0, 1.0]
    assert not len(total.unsummed)


def test_that_one_leg_is_shown_as_reported_beyond_its_lead() -> None:
    days = tuesdays(4)
    market = migrated("AAA", "BBB", on=days[2], new_from=days[0])
    rows = positions([(code, day, 3.0) for code in ("AAA", "BBB") for day in days])
    assert len(series(market, rows, definition(legs="AAA"))) == 4


def test_that_a_net_without_long_and_short_is_used_and_leaves_them_unknown() -> None:
    days = tuesdays(2)
    unknown = [float("nan")] * 2
    rows = positions(
        [("111111", day, 0.0) for day in days],
        extra={"noncommercial_long": unknown, "noncommercial_short": unknown, "noncommercial_net": [5.0, -7.0]},
    )
    shown = series(one_leg(), rows, definition())
    assert shown.value.tolist() == [5.0, -7.0]
    assert np.isnan(shown.long).all()
    assert np.isnan(shown.short).all()


def test_that_missing_open_interest_comes_from_the_first_report_that_has_it_and_is_named() -> None:
    days = tuesdays(3)
    rows = positions([("111111", day, 50.0) for day in days], open_interest=None)
    futures = positions(
        [("111111", days[0], 0.0)],
        report=Report.TFF_FUTURES,
        group=Group.LEVERAGED_FUNDS,
        open_interest=1000.0,
    )
    combined = positions(
        [("111111", day, 0.0) for day in days[:2]],
        report=Report.TFF_COMBINED,
        group=Group.LEVERAGED_FUNDS,
        open_interest=500.0,
    )
    shown = series(one_leg(), rows, definition(Basis.SHARE_OF_OI), oi_from=(futures, combined))
    assert shown.value.tolist() == [5.0, 10.0]
    assert shown.oi_report.tolist() == ["tff_futures", "tff_combined"]


def test_that_notional_takes_the_last_close_on_or_before_the_report_and_no_stale_one() -> None:
    days = tuesdays(3)
    prices = closes({days[0] - timedelta(days=1): 10.0, days[1]: 20.0})
    found = close_on(prices, np.array([*days, days[2] + timedelta(weeks=1)], dtype="M8[D]"))
    assert found[:3].tolist() == [10.0, 20.0, 20.0]
    assert np.isnan(found[3])
    rows = positions([("111111", day, 2.0) for day in days])
    assert series(one_leg(), rows, definition(Basis.NOTIONAL), closes=prices).value.tolist() == [1000.0, 2000.0, 2000.0]


def test_that_a_code_outside_the_span_of_its_legs_is_not_counted() -> None:
    market = migrated("AAA", "BBB", on=date(2010, 3, 2), new_from=date(2010, 2, 2))
    rows = positions([("BBB", date(2009, 6, 2), 9.0), ("BBB", date(2010, 3, 2), 1.0)])
    assert series(market, rows, definition(legs="BBB")).value.tolist() == [1.0]
