"""From the rows of a market's contracts to one series: the lead leg, all legs, or a single code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models.markets import Leg, Market
from models.names import Basis, Group, Legs, Report
from models.records import Bools, Closes, Dates, Floats, Ints, Positions, Texts

STALE_CLOSE_DAYS = 7
"""A close older than this at the report date is no price of that day."""


@dataclass(frozen=True)
class Definition:
    """One way to measure the position of one group in one market. `legs` is lead, all or a contract code."""

    market: str
    report: Report
    group: Group
    basis: Basis
    legs: str = Legs.LEAD


@dataclass(frozen=True)
class Series:
    """One figure a report, oldest first, only where the value is known; all columns have equal length.

    `value` is the net in `unit`; `long`, `short`, `spreading` and `open_interest` are contracts as reported
    (size-adjusted sums on all legs), NaN where unknown. `code` and `multiplier` (US dollars a point) name
    the leg behind each row. `lead_changes` marks rows before which the lead passed to another code,
    `resized` rows before which the contract's multiplier changed; either is a seam.
    `oi_report` names the report that the open interest came from, "" for the row's own. `unsummed` are the
    reports that have no sum of all legs, because one of the legs is missing.
    """

    definition: Definition
    unit: str
    date: Dates
    value: Floats
    long: Floats
    short: Floats
    spreading: Floats
    open_interest: Floats
    code: Texts
    multiplier: Floats
    lead_changes: Bools
    resized: Bools
    oi_report: Texts
    batch: Ints
    unsummed: Dates

    def __len__(self) -> int:
        return len(self.date)

    @property
    def seam(self) -> Bools:
        return self.lead_changes | self.resized

    def until(self, last: np.datetime64) -> "Series":
        """The series as it stood at the report of that date."""
        return replace(self.where(self.date <= last), unsummed=self.unsummed[self.unsummed <= last])

    def where(self, mask: Bools) -> "Series":
        columns = (
            "date value long short spreading open_interest code multiplier lead_changes resized oi_report batch".split()
        )
        return replace(self, **{name: getattr(self, name)[mask] for name in columns})


@dataclass(frozen=True)
class _Rows:
    """Rows of one group with their leg: `weight` turns contracts into those of the market's latest lead leg."""

    date: Dates
    code: Texts
    multiplier: Floats
    weight: Floats
    leads: Bools
    net: Floats
    long: Floats
    short: Floats
    spreading: Floats
    open_interest: Floats
    oi_report: Texts
    batch: Ints

    def take(self, index: Ints | Bools) -> "_Rows":
        return _Rows(**{name: getattr(self, name)[index] for name in self.__dataclass_fields__})


def series(
    market: Market,
    positions: Positions,
    definition: Definition,
    *,
    closes: Closes | None = None,
    oi_from: Sequence[Positions] = (),
) -> Series:
    """The spliced series of one definition (DOMAIN: a market is a chain of contracts).

    `oi_from` gives the reports from which open interest is taken, in this order, where the row has none.
    Notional needs `closes` of the market's index; without them the series is empty.
    """
    rows = _rows_of_legs(market, positions, definition.group, oi_from)
    unsummed = rows.date[:0]
    if definition.legs == Legs.LEAD:
        rows = rows.take(rows.leads)
    elif definition.legs == Legs.ALL:
        rows, unsummed = _summed(market, rows)
    else:
        rows = rows.take(rows.code == definition.legs)
    value, unit = _on_basis(market, rows, definition, closes)
    result = Series(
        definition=definition,
        unit=unit,
        date=rows.date,
        value=value,
        long=rows.long,
        short=rows.short,
        spreading=rows.spreading,
        open_interest=rows.open_interest,
        code=rows.code,
        multiplier=rows.multiplier,
        lead_changes=np.zeros(len(value), dtype=bool),
        resized=np.zeros(len(value), dtype=bool),
        oi_report=rows.oi_report,
        batch=rows.batch,
        unsummed=unsummed,
    )
    return _with_seams(result.where(np.isfinite(value)))


def net_of(positions: Positions, group: Group) -> Floats:
    """Long less short, and where these are unknown the net that the source gave."""
    net = positions.values[f"{group}_long"] - positions.values[f"{group}_short"]
    given = positions.values.get(f"{group}_net")
    return net if given is None else np.where(np.isnan(net), given, net)


def _span_mask(days: Dates, first: date | None, last: date | None) -> Bools:
    mask = np.ones(len(days), dtype=bool)
    if first is not None:
        mask &= days >= np.datetime64(first)
    if last is not None:
        mask &= days <= np.datetime64(last)
    return mask


def _leg_mask(leg: Leg, code: Texts, days: Dates, *, leading: bool) -> Bools:
    mask: Bools = (code == leg.code) & _span_mask(days, leg.first, leg.last)
    return mask & leg.leads & _span_mask(days, leg.lead_from, leg.lead_to) if leading else mask


def _rows_of_legs(market: Market, positions: Positions, group: Group, oi_from: Sequence[Positions]) -> _Rows:
    count = len(positions)
    multiplier = np.full(count, np.nan)
    leads = np.zeros(count, dtype=bool)
    for leg in market.legs:
        multiplier[_leg_mask(leg, positions.code, positions.date, leading=False)] = leg.multiplier
        leads |= _leg_mask(leg, positions.code, positions.date, leading=True)
    open_interest, oi_report = _open_interest(positions, oi_from)
    unknown = np.full(count, np.nan)
    rows = _Rows(
        date=positions.date,
        code=positions.code,
        multiplier=multiplier,
        weight=multiplier / market.lead_multiplier,
        leads=leads,
        net=net_of(positions, group),
        long=positions.values[f"{group}_long"],
        short=positions.values[f"{group}_short"],
        spreading=positions.values.get(f"{group}_spreading", unknown),
        open_interest=open_interest,
        oi_report=oi_report,
        batch=positions.batch if positions.batch is not None else np.full(count, -1),
    )
    belongs = np.isfinite(multiplier)
    order = np.lexsort((rows.code, rows.date))
    return rows.take(order[belongs[order]])


def _open_interest(positions: Positions, oi_from: Sequence[Positions]) -> tuple[Floats, Texts]:
    open_interest = positions.values["open_interest"].copy()
    origin = np.full(len(positions), "", dtype="U16")
    for other in oi_from:
        missing = np.flatnonzero(np.isnan(open_interest))
        if not len(missing) or not len(other):
            continue
        known = dict(
            zip(zip(other.code.tolist(), other.date.tolist(), strict=True), other.values["open_interest"], strict=True)
        )
        wanted = zip(positions.code[missing].tolist(), positions.date[missing].tolist(), strict=True)
        found = np.array([known.get(key, np.nan) for key in wanted])
        open_interest[missing] = found
        origin[missing[np.isfinite(found)]] = other.report.value
    return open_interest, origin


def _summed(market: Market, rows: _Rows) -> tuple[_Rows, Dates]:
    """One row a date, the size-adjusted sum over the legs, and the dates that have none: a leg is missing there.

    A leg that exists and is not held is unknown, not zero: without it a sum would look like a swing.
    """
    rows = rows.take(np.isfinite(rows.net))
    dates, place, legs = np.unique(rows.date, return_inverse=True, return_counts=True)
    whole = (legs >= _legs_existing(market, dates)) & np.isin(dates, rows.date[rows.leads])
    leading = rows.take(rows.leads & whole[place])

    def total(column: Floats) -> Floats:
        sums = np.zeros(len(dates))
        np.add.at(sums, place, column * rows.weight)
        return sums[whole]

    count = len(leading.date)
    summed = replace(
        leading,
        multiplier=np.full(count, market.lead_multiplier),
        weight=np.ones(count),
        net=total(rows.net),
        long=total(rows.long),
        short=total(rows.short),
        spreading=total(rows.spreading),
        open_interest=total(rows.open_interest),
    )
    return summed, dates[~whole]


def _legs_existing(market: Market, dates: Dates) -> Ints:
    """How many contracts the catalogue knows at each date."""
    count = np.zeros(len(dates), dtype=np.int64)
    for leg in market.legs:
        count += _span_mask(dates, leg.first, leg.last)
    return count


def _on_basis(market: Market, rows: _Rows, definition: Definition, closes: Closes | None) -> tuple[Floats, str]:
    match definition.basis:
        case Basis.CONTRACTS:
            return rows.net, (market.size_unit if definition.legs == Legs.ALL else "contracts")
        case Basis.SIZE_ADJUSTED:
            return rows.net * rows.weight, market.size_unit
        case Basis.SHARE_OF_OI:
            with np.errstate(divide="ignore", invalid="ignore"):
                share = 100 * rows.net / rows.open_interest
            return np.where(rows.open_interest > 0, share, np.nan), "% of OI"
        case Basis.NOTIONAL:
            return rows.net * rows.multiplier * close_on(closes, rows.date), "USD"


def close_on(closes: Closes | None, date: Dates) -> Floats:
    """The close of the last session on or before each date; NaN where the nearest is over a week old."""
    if closes is None or not len(closes):
        return np.full(len(date), np.nan)
    place = np.searchsorted(closes.date, date, side="right") - 1
    found = closes.close[np.maximum(place, 0)]
    age = (date - closes.date[np.maximum(place, 0)]).astype(np.int64)
    return np.where((place >= 0) & (age <= STALE_CLOSE_DAYS), found, np.nan)


def _with_seams(result: Series) -> Series:
    lead_changes = np.zeros(len(result), dtype=bool)
    resized = np.zeros(len(result), dtype=bool)
    if len(result) and result.definition.legs != Legs.ALL:
        lead_changes[1:] = result.code[1:] != result.code[:-1]
        resized[1:] = result.multiplier[1:] != result.multiplier[:-1]
    return replace(result, lead_changes=lead_changes, resized=resized)
