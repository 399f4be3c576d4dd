"""Markets and rows made up for tests: what matters is stated in the call, the rest is filled in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from models.calc.splice import Definition, Series, series
from models.markets import Leg, Market
from models.names import Basis, Family, Group, Legs, Report
from models.records import Closes, Positions, position_fields

FIRST = date(2010, 1, 5)


def tuesdays(count: int, first: date = FIRST) -> list[date]:
    return [first + timedelta(weeks=i) for i in range(count)]


def positions(
    rows: Sequence[tuple[str, date, float]],
    *,
    report: Report = Report.LEGACY_FUTURES,
    group: Group = Group.NONCOMMERCIAL,
    open_interest: float | None = 1_000_000.0,
    extra: Mapping[str, Sequence[float]] | None = None,
) -> Positions:
    """Rows (code, report date, net) of one group; the net is held as longs over a million shorts."""
    ordered = sorted(rows, key=lambda row: (row[0], row[1]))
    count = len(ordered)
    values = {name: np.full(count, np.nan) for name in position_fields(report.family)}
    values[f"{group}_short"] = np.full(count, 1_000_000.0)
    values[f"{group}_long"] = np.array([1_000_000.0 + net for _, _, net in ordered])
    if open_interest is not None:
        values["open_interest"] = np.full(count, open_interest)
    for name, column in (extra or {}).items():
        values[name] = np.array(column, dtype=float)
    return Positions(
        report=report,
        code=np.array([code for code, _, _ in ordered], dtype="U8"),
        date=np.array([day for _, day, _ in ordered], dtype="M8[D]"),
        name=np.full(count, "SAMPLE"),
        values=values,
        batch=np.zeros(count, dtype=np.int64),
    )


def one_leg(code: str = "111111", multiplier: float = 50.0) -> Market:
    return Market("sample", "Sample", "Samples", (Leg(code, multiplier, None, None),), main_family=Family.TFF)


def halved(code: str, on: date) -> Market:
    """One code whose contract was $100 a point before `on` and $50 from then."""
    before = on - timedelta(days=1)
    legs = (Leg(code, 100.0, None, before, None, before), Leg(code, 50.0, on, None, on, None))
    return Market("sample", "Sample", "Samples", legs, main_family=Family.TFF)


def migrated(old: str, new: str, on: date, new_from: date, old_until: date | None = None) -> Market:
    """The lead passes from `old` to `new` at `on`; both trade from `new_from` to `old_until`."""
    legs = (
        Leg(old, 50.0, None, old_until, None, on - timedelta(days=1)),
        Leg(new, 50.0, new_from, None, on, None),
    )
    return Market("sample", "Sample", "Samples", legs, main_family=Family.TFF)


def definition(basis: Basis = Basis.CONTRACTS, legs: str = Legs.LEAD) -> Definition:
    return Definition("sample", Report.LEGACY_FUTURES, Group.NONCOMMERCIAL, basis, legs)


def net_series(nets: Sequence[float], *, days: Sequence[date] | None = None, market: Market | None = None) -> Series:
    """The series of one contract with these nets, weekly from `FIRST` unless days are given."""
    of = market or one_leg()
    dates = days or tuesdays(len(nets))
    rows = [(of.codes[0], day, net) for day, net in zip(dates, nets, strict=True)]
    return series(of, positions(rows), definition())


def closes(levels: Mapping[date, float]) -> Closes:
    return Closes("IDX", "sample", np.array(list(levels), dtype="M8[D]"), np.array(list(levels.values())))
