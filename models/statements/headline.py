"""The sentence that leads the Story: the strongest statement and its main caveat, or that nothing is notable."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.calc.positioning import change
from models.calc.splice import Definition, Series
from models.formats import (
    as_date,
    day,
    decimal,
    in_unit,
    long_month,
    ordinal,
    ordinal_word,
    week_window,
    weeks,
    with_unit,
)
from models.markets import Market
from models.names import Basis, Direction, Kind, Verdict
from models.statements.matrix import ClaimRow, Matrix, holding
from models.statements.statement import Statement
from models.statements.words import (
    GROUP_TITLES,
    capital,
    change_words,
    column_phrase,
    failing_phrase,
    joined,
    net_bare,
    net_words,
    subject,
    superlative,
)

PHRASES = 2
"""More definitions against a claim than this are left to the caveat and the matrix: the sentence has two lines."""

SECOND = 2
"""One change alone is larger than the one of this rank; of a lower rank the largest is told."""

LITTLE_CHANGED = 0.25
"""A weekly change within this part of its standard deviation is called little changed."""

_WEEK_DAYS = 9
"""A report is of a Tuesday, or of the day before or after a holiday."""


@dataclass(frozen=True)
class Headline:
    """`lead` is the large number with its `caption` lines; `caveat` the second line, "" where there is none.

    `sentence` stands alone; `short` leaves out the market, which stands beside it on the page.
    """

    lead: str
    caption: tuple[str, str]
    sentence: str
    short: str
    caveat: str


def lead_row(matrix: Matrix, newest: date) -> ClaimRow | None:
    """The claim that leads the story; None where nothing about the newest report is notable."""
    row = next((r for r in matrix.rows if r.claim.date == newest and r.claim.kind is not Kind.STREAK), None)
    return None if row is None or row.primary.verdict is Verdict.UNKNOWN else row


def headline(matrix: Matrix, series: Series) -> Headline:
    """The headline of a market's newest report; `series` is the primary one."""
    row = lead_row(matrix, as_date(series.date[-1]))
    if row is None:
        return _quiet(matrix.market, series)
    shown = _distinct(matrix, series)
    group = row.primary.definition.group
    whole = f"{_event(subject(matrix.market, group), row.primary)}: {_comparison(matrix, row, shown)}."
    brief = _comparison(matrix, row, shown, names_start=False)
    short = f"{_event(GROUP_TITLES[group], row.primary)}: {brief}."
    lead, caption = _lead(row.primary)
    return Headline(lead, caption, whole, short, _caveat(matrix, row, shown))


def _distinct(matrix: Matrix, series: Series) -> tuple[Definition, ...]:
    """The columns that can differ: with one contract size throughout, size-adjusting only rescales."""
    if np.ptp(series.multiplier) > 0:
        return matrix.columns
    return tuple(d for d in matrix.columns if d.basis is not Basis.SIZE_ADJUSTED or d.group is not matrix.primary.group)


def _lead(statement: Statement) -> tuple[str, tuple[str, str]]:
    is_change = statement.kind is Kind.SWING
    unit = "" if statement.unit in ("USD", "% of OI") else statement.unit
    words = f"net, in {weeks(statement.claim.window)}" if is_change else "net"
    return (
        in_unit(statement.value, statement.unit, signed=True, is_change=is_change),
        (f"{unit} {words}".strip(), f"report of {day(statement.claim.date)}"),
    )


def _event(who: str, statement: Statement) -> str:
    who = capital(who)
    unit, when = statement.unit, day(statement.claim.date)
    if statement.kind is Kind.SWING:
        start, end = statement.start or 0.0, statement.end or 0.0
        return f"{who} {_move(start, end, unit)} in {week_window(statement.claim.window)} to {when}"
    return f"{who} were {net_words(statement.value or 0.0, unit)} on {when}"


def _move(start: float, end: float, unit: str) -> str:
    if start == 0 or end == 0 or (start > 0) is not (end > 0):
        return f"swung from {net_bare(start, unit)} to {net_words(end, unit)}"
    verb = "raised" if abs(end) > abs(start) else "cut"
    side = "long" if end > 0 else "short"
    return f"{verb} their net {side} from {in_unit(abs(start), unit)} to {with_unit(abs(end), unit)}"


def _comparison(matrix: Matrix, row: ClaimRow, shown: tuple[Definition, ...], *, names_start: bool = True) -> str:
    market, primary, claim = matrix.market, row.primary, row.claim
    holds, fails = holding(row, shown)
    if claim.kind is Kind.SIGN:
        side = "net long" if claim.direction is Direction.UP else "net short"
        what = f"{side} for the first time {_since(primary)}"
    else:
        best = superlative(claim.kind, claim.direction)
        if not holds:
            place = ordinal_word(primary.rank or 0)
            return f"only the {place} {best} since {long_month(primary.sample_start)} in contracts"
        on_record = claim.kind is Kind.SWING or claim.since is None
        tie = "equal to the" if primary.ties and primary.rank == 1 and on_record else "the"
        what = f"{tie} {best}"
        if primary.verdict is not Verdict.TRUE:
            rank = f"the {ordinal_word(primary.rank or 0)} {best} since {long_month(primary.sample_start)} in contracts"
            first = best.split()[0]
            return (
                f"{rank}, but the {first} {joined([column_phrase(market, s.definition, claim.primary) for s in holds])}"
            )
        if fails and on_record:
            what += " on record" + (f" (since {long_month(primary.sample_start)})" if names_start else "")
        else:
            what += f" {_since(primary)}"
    if not fails:
        return f"{what}, however it is counted" if len(holds) > 1 else f"{what} in contracts"
    inside = joined([column_phrase(market, s.definition, claim.primary) for s in holds])
    outside = joined([failing_phrase(market, s.definition, claim.primary) for s in fails[:PHRASES]], "or")
    return f"{what} {inside}, but not {outside}"


def _since(statement: Statement) -> str:
    if statement.kind is not Kind.SWING and statement.since is not None:
        return f"since {day(statement.since)}"
    return f"since {long_month(statement.sample_start)}"


def _caveat(matrix: Matrix, row: ClaimRow, shown: tuple[Definition, ...]) -> str:
    """What stands against the claim under the definitions shown, at most two of them."""
    _, fails = holding(row, shown)
    return " ".join(_against(matrix.market, s, row) for s in fails[:2])


def _against(market: Market, statement: Statement, row: ClaimRow) -> str:
    where = capital(column_phrase(market, statement.definition, row.claim.primary))
    other = statement.refuted_by
    if statement.kind is Kind.SWING and other is not None and statement.value is not None:
        rank = f"{where} this ranks {ordinal(statement.rank or 0)} of {statement.of:,}"
        if statement.definition.basis is Basis.SHARE_OF_OI:
            than = "against" if (statement.rank or 0) <= SECOND else "against the largest,"
            return f"{rank} ({_bare_points(statement.value)} points {than} {_bare_points(other.value)})."
        size = in_unit(other.value, statement.unit, is_change=True)
        if (statement.rank or 0) > SECOND:
            return f"{rank}: the largest was {size} to {day(other.date)}."
        verb = "was" if row.claim.window == 1 else "were"
        return f"{rank}: {week_window(row.claim.window)} to {day(other.date)} {verb} larger ({size})."
    if other is not None:
        return f"{where} the net was already {in_unit(other.value, statement.unit, signed=True)} on {day(other.date)}."
    return f"{where} it does not hold."


def _bare_points(value: float) -> str:
    return decimal(value, 1)


def event(market: Market, series: Series) -> str:
    """What the newest report of a series says, without a claim."""
    return _quiet(market, series).sentence


def _trend(series: Series) -> str:
    """How the newest net compares with that of the report before."""
    moves = change(series, 1)
    move = float(moves[-1])
    known = moves[np.isfinite(moves)]
    if np.isnan(move):
        return "the report before is not held"
    now, before = float(series.value[-1]), float(series.value[-2])
    is_little = len(known) > 1 and abs(move) <= LITTLE_CHANGED * float(known.std(ddof=1))
    if is_little and now * before > 0:
        return "little changed on the week" if move else "unchanged on the week"
    is_week = (as_date(series.date[-1]) - as_date(series.date[-2])).days <= _WEEK_DAYS
    return change_words(now, before, series.unit, "a week before" if is_week else "in the report before")


def _quiet(market: Market, series: Series) -> Headline:
    now, unit, when = float(series.value[-1]), series.unit, day(series.date[-1])
    trend = _trend(series)
    caption_unit = "" if unit in ("USD", "% of OI") else unit
    whole, short = (
        f"On {when} {who} were {net_words(now, unit)}, {trend}."
        for who in (subject(market, series.definition.group), GROUP_TITLES[series.definition.group].lower())
    )
    caption = (f"{caption_unit} net".strip(), f"report of {when}")
    return Headline(in_unit(now, unit, signed=True), caption, whole, short, "")
