"""Net positions and their measures taken apart, each at the newest report of its series."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from models.calc import positioning as measures
from models.calc.splice import Series
from models.explain.explanation import Explanation, Term, plain
from models.formats import as_date, count, day, decimal, in_unit, ordinal, percent, plural, weeks, with_unit
from models.markets import market
from models.names import Basis, Kind, Legs
from models.pages.positioning import RecordRow
from models.records import Floats
from models.statements.statement import Claim
from models.statements.words import definition_title

_TIMES, _OVER, _LESS = "\u00d7", "\u00f7", "\u2212"


class SeriesRow(Protocol):
    """A row of a table that keeps what it was computed from, where anything is held."""

    @property
    def series(self) -> Series | None: ...

    @property
    def share(self) -> Series | None: ...

    @property
    def share_of_oi_pct(self) -> float | None: ...


def of_row(explain: Callable[[Series], Explanation | None]) -> Callable[[SeriesRow], Explanation | None]:
    """The explanation of a figure that is computed from a row's series."""
    return lambda row: explain(row.series) if row.series is not None else None


def share_of_row(row: SeriesRow) -> Explanation | None:
    """How a row's share of open interest came about."""
    return net(row.share) if row.share is not None and row.share_of_oi_pct is not None else None


def net(of: Series) -> Explanation | None:
    """Long less short, and what the basis makes of it."""
    if not len(of):
        return None
    long, short = float(of.long[-1]), float(of.short[-1])
    is_known = np.isfinite(long) and np.isfinite(short)
    terms = [Term("Long", count(long)), Term("Short", count(short))] if is_known else []
    notes = [] if is_known else ["Only the net is held in this source; long and short are unknown."]
    words, numbers = "long \u2212 short", f"{plain(long)} {_LESS} {plain(short)}"
    basis, value = of.definition.basis, float(of.value[-1])
    points = float(of.multiplier[-1])
    is_sum = of.definition.legs == Legs.ALL
    match basis:
        case Basis.SIZE_ADJUSTED if not is_sum:
            today = market(of.definition.market).lead_multiplier
            words = f"({words}) {_TIMES} dollars a point {_OVER} dollars a point of today's contract"
            numbers = f"({numbers}) {_TIMES} {plain(points)} {_OVER} {plain(today)}"
            terms += [Term("Dollars a point, this contract", f"${points:,.0f}"), Term("Today's", f"${today:,.0f}")]
        case Basis.SHARE_OF_OI:
            interest = float(of.open_interest[-1])
            words = f"100 {_TIMES} ({words}) {_OVER} open interest"
            numbers = f"100 {_TIMES} ({numbers}) {_OVER} {plain(interest)}"
            terms.append(Term("Open interest", count(interest), _oi_note(of)))
        case Basis.NOTIONAL:
            words = f"({words}) {_TIMES} dollars a point {_TIMES} close of the index"
            close = _close(of, long - short, points)
            numbers = f"({numbers}) {_TIMES} {plain(points)} {_TIMES} {plain(close, 2)}"
            terms += [
                Term("Dollars a point", f"${points:,.0f}"),
                Term("Close", decimal(close, 2), "on or before the day"),
            ]
    if is_sum:
        notes.append("Longs and shorts are sums over all contracts of the market, each at its size.")
    shown = in_unit(value, of.unit, signed=True)
    worked = f"{numbers} = {shown}" if is_known else ""
    return Explanation(
        "Net", _about(of), with_unit(value, of.unit, signed=True), words, worked, tuple(terms), tuple(notes)
    )


def change(of: Series, reports: int) -> Explanation | None:
    """The net now less the net so many reports earlier."""
    if len(of) <= reports or not np.isfinite(measures.change(of, reports)[-1]):
        return None
    now, then = float(of.value[-1]), float(of.value[-1 - reports])
    places = _places(of)
    value = in_unit(now - then, of.unit, is_change=True)
    return Explanation(
        f"Change over {weeks(reports)}",
        _about(of),
        with_unit(now - then, of.unit, signed=True, is_change=True),
        f"net now \u2212 net {plural(reports, 'report')} earlier",
        f"{plain(now, places)} {_LESS} {plain(then, places)} = {value}",
        (_at("Now", of, -1), _at("Earlier", of, -1 - reports)),
        _seam_note(of, -1 - reports),
    )


def cot_index(of: Series, window: int | None) -> Explanation | None:
    """Where the net sits between the lowest and the highest of the window."""
    value = _last(measures.cot_index(of.value, window))
    if value is None:
        return None
    inside = _window(of, window)
    low, high = int(np.argmin(inside)), int(np.argmax(inside))
    offset, places = len(of) - len(inside), _places(of)
    now, least, most = float(of.value[-1]), float(inside[low]), float(inside[high])
    span = f"{plain(most, places)} {_LESS} {plain(least, places)}"
    return Explanation(
        "COT index",
        _about(of),
        decimal(value, 1),
        f"100 {_TIMES} (net {_LESS} lowest) {_OVER} (highest {_LESS} lowest)",
        f"100 {_TIMES} ({plain(now, places)} {_LESS} {plain(least, places)}) {_OVER} ({span}) = {decimal(value, 1)}",
        (_at("Net", of, -1), _at("Lowest", of, offset + low), _at("Highest", of, offset + high)),
        (_window_note(of, inside),),
    )


def percentile(of: Series, window: int | None) -> Explanation | None:
    """The share of the window's values at or below the net."""
    value = _last(measures.percentile(of.value, window))
    if value is None:
        return None
    inside = _window(of, window)
    below = int(np.count_nonzero(inside <= inside[-1]))
    return Explanation(
        "Percentile",
        _about(of),
        percent(value, 1),
        f"100 {_TIMES} values at or below the net {_OVER} values",
        f"100 {_TIMES} {below} {_OVER} {len(inside)} = {percent(value, 1)}",
        (_at("Net", of, -1), Term("Values at or below", str(below)), Term("Values", str(len(inside)))),
        (_window_note(of, inside), "It is not the COT index, which knows only the lowest and the highest."),
    )


def z_score(of: Series, window: int | None) -> Explanation | None:
    """How far the net is from the window's mean, in standard deviations."""
    value = _last(measures.z_score(of.value, window))
    if value is None:
        return None
    inside = _window(of, window)
    mean, deviation = float(inside.mean()), float(inside.std(ddof=1))
    now, places = float(of.value[-1]), _places(of)
    top = f"({plain(now, places)} {_LESS} {plain(mean, places)})"
    return Explanation(
        "Z-score",
        _about(of),
        decimal(value, 2, signed=True),
        f"(net {_LESS} mean) {_OVER} standard deviation of the sample",
        f"{top} {_OVER} {plain(deviation, places)} = {decimal(value, 2, signed=True)}",
        (
            _at("Net", of, -1),
            Term("Mean", in_unit(mean, of.unit, signed=True)),
            Term("Standard deviation", decimal(deviation, places)),
        ),
        (_window_note(of, inside),),
    )


def statement(of: Series, claim: Claim) -> Explanation | None:
    """The figure that a claim is about, under the definition of the series."""
    known = of.until(np.datetime64(claim.date))
    if not len(known) or as_date(known.date[-1]) != claim.date:
        return None
    return change(known, claim.window) if claim.kind is Kind.SWING else net(known)


def measure(of: Series, name: str, window: int | None) -> Explanation | None:
    """The value of a measure by its name in the choice: `cot_index`, `willco` …"""
    return {"percentile": percentile, "z_score": z_score, "movement": movement, "willco": _willco}.get(name, cot_index)(
        of, window
    )


def in_pane(of: Series, pane: str, name: str, window: int | None) -> Explanation | None:
    """What a pane of the Positioning chart shows at the newest report of the series; `name` is that of the measure."""
    match pane:
        case "weekly_change":
            return change(of, 1)
        case "measure":
            return measure(of, name, window)
        case _:
            return net(of)


def movement(of: Series, window: int | None) -> Explanation | None:
    """The COT index now less the index six reports earlier."""
    back = measures.MOVEMENT_REPORTS
    value = _last(measures.movement(of.value, window))
    if value is None:
        return None
    index = measures.cot_index(of.value, window)
    now, then = float(index[-1]), float(index[-1 - back])
    text = decimal(value, 1, signed=True)
    return Explanation(
        "Movement index",
        _about(of),
        text,
        f"COT index now {_LESS} COT index {plural(back, 'report')} earlier",
        f"{plain(now, 1)} {_LESS} {plain(then, 1)} = {text}",
        (
            Term("COT index now", decimal(now, 1), f"report of {day(of.date[-1])}"),
            Term("COT index then", decimal(then, 1), f"report of {day(of.date[-1 - back])}"),
        ),
        (_window_note(of, _window(of, window)),),
    )


def willco(of: Series) -> Explanation | None:
    """The COT index of the net over open interest, over 26 reports."""
    window = measures.WILLCO_WINDOW
    value = _last(measures.willco(of))
    if value is None:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100 * of.value[-window:] / of.open_interest[-window:]
    low, high = int(np.argmin(share)), int(np.argmax(share))
    now, least, most = (float(share[at]) for at in (-1, low, high))
    offset = len(of) - window
    span = f"{plain(most, 2)} {_LESS} {plain(least, 2)}"

    def term(name: str, at: int) -> Term:
        return Term(name, decimal(float(share[at]), 2, signed=True), f"report of {day(of.date[offset + at])}")

    return Explanation(
        "WILLCO",
        f"{_about(of)}: the COT index over {window} reports of the net in percent of open interest",
        decimal(value, 1),
        f"100 {_TIMES} (share {_LESS} lowest) {_OVER} (highest {_LESS} lowest)",
        f"100 {_TIMES} ({plain(now, 2)} {_LESS} {plain(least, 2)}) {_OVER} ({span}) = {decimal(value, 1)}",
        (term("Net, % of open interest", window - 1), term("Lowest", low), term("Highest", high)),
        (_window_note(of, of.value[-window:]),),
    )


def _willco(of: Series, _: int | None) -> Explanation | None:
    return willco(of)


def record(of: Series, kind: Kind, row: RecordRow, ranked: int, left_out: int) -> Explanation | None:
    """A row of the table of records: how large it is, and which place it takes."""
    if kind is Kind.LEVEL:
        return _level_record(of, row, ranked)
    if row.start is None or row.end is None or row.start_date is None:
        return None
    if kind is Kind.STREAK:
        return _streak_record(of, row, ranked)
    places = _places(of)
    value = in_unit(row.value, of.unit, is_change=True)
    notes = [f"{ordinal(row.rank)} of {plural(ranked, 'change')} over as many reports since {day(of.date[0])}."]
    if left_out:
        notes.append(f"{left_out:,} changes across a change of the lead contract are left out.")
    if row.crosses_seam:
        notes.append("It crosses a change of the contract.")
    return Explanation(
        f"Change to {day(row.date)}",
        _about(of),
        with_unit(row.value, of.unit, signed=True, is_change=True),
        f"net at the end {_LESS} net at the start",
        f"{plain(row.end, places)} {_LESS} {plain(row.start, places)} = {value}",
        (
            Term("End", in_unit(row.end, of.unit, signed=True), day(row.date)),
            Term("Start", in_unit(row.start, of.unit, signed=True), day(row.start_date)),
        ),
        tuple(notes),
    )


def _level_record(of: Series, row: RecordRow, ranked: int) -> Explanation | None:
    found = net(of.until(np.datetime64(row.date)))
    if found is None:
        return None
    place = f"{ordinal(row.rank)} of {plural(ranked, 'report')} since {day(of.date[0])}."
    return replace(found, title=f"Net on {day(row.date)}", notes=(place, *found.notes))


def _streak_record(of: Series, row: RecordRow, ranked: int) -> Explanation:
    """Weeks in a row with a change of one sign, each change from the report before."""
    assert row.start is not None and row.end is not None and row.start_date is not None
    weekly = int(row.value)
    is_up = row.end > row.start
    first = int(np.searchsorted(of.date, np.datetime64(row.start_date)))
    changes = np.diff(of.value[first : first + weekly + 1])
    places = _places(of)
    value = weeks(weekly)
    shown = ", ".join(decimal(float(change), places, signed=True) for change in changes)
    return Explanation(
        f"{'Rises' if is_up else 'Falls'} in a row, to {day(row.date)}",
        _about(of),
        value,
        f"weekly changes in a row that are all {'above' if is_up else 'below'} zero",
        f"{shown}: {value}",
        (
            Term("Start", in_unit(row.start, of.unit, signed=True), day(row.start_date)),
            Term("End", in_unit(row.end, of.unit, signed=True), day(row.date)),
        ),
        (
            f"{ordinal(row.rank)} of {plural(ranked, 'streak')} since {day(of.date[0])}.",
            "A missing report, an unchanged net or a change of the lead contract ends a streak.",
        ),
    )


def _about(of: Series) -> str:
    """`Russell 2000, CFTC legacy report, futures only, speculators, $50 contracts, lead contract, report of …`."""
    named = market(of.definition.market)
    return f"{named.title}, {definition_title(named, of.definition)}, report of {day(of.date[-1])}"


def _at(name: str, of: Series, row: int) -> Term:
    return Term(name, in_unit(float(of.value[row]), of.unit, signed=True), f"report of {day(of.date[row])}")


def _window(of: Series, window: int | None) -> Floats:
    return of.value if window is None else of.value[-window:]


def _window_note(of: Series, inside: Floats) -> str:
    first = as_date(of.date[len(of) - len(inside)])
    return f"Over {plural(len(inside), 'report')}, from {day(first)} to {day(of.date[-1])}, today's included."


def _seam_note(of: Series, start: int) -> tuple[str, ...]:
    if not of.seam[start + 1 :].any():
        return ()
    return ("The contract changes in between.",)


def _oi_note(of: Series) -> str:
    source = str(of.oi_report[-1])
    return f"from the {source.replace('_', ' ')} report" if source else "of the row itself"


def _close(of: Series, contracts: float, points: float) -> float:
    """The close behind a value in dollars; NaN where the contracts are unknown or none."""
    return float(of.value[-1]) / (contracts * points) if contracts and points else float("nan")


def _places(of: Series) -> int:
    return 2 if of.definition.basis is Basis.SHARE_OF_OI else 0


def _last(values: Floats) -> float | None:
    return float(values[-1]) if len(values) and np.isfinite(values[-1]) else None
