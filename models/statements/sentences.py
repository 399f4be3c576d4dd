"""One sentence a statement: subject, verb, number with its unit and date, comparison, limit, definition."""

from models.formats import (
    count,
    day,
    in_unit,
    number_word,
    ordinal_word,
    plural,
    span,
    week_window,
    weeks,
    with_unit,
)
from models.markets import Market
from models.names import Direction, Kind, Verdict
from models.statements.statement import Statement
from models.statements.words import (
    capital,
    definition_title,
    joined,
    net_bare,
    net_words,
    none_held,
    subject,
    superlative,
)


def sentence(market: Market, statement: Statement) -> str:
    """The statement in words. It says `record` only where the rank is first, and never without the sample's start."""
    if statement.verdict is Verdict.UNKNOWN and statement.reason == "no_data":
        newest = f", the newest is of {day(statement.newest)}" if statement.newest else ""
        body = f"This cannot be shown for {day(statement.claim.date)}: the figure is not held{newest}"
    else:
        body = {
            Kind.SWING: _swing,
            Kind.LEVEL: _level,
            Kind.SIGN: _sign,
            Kind.STREAK: _streak,
        }[statement.kind](market, statement)
    return f"{body} ({definition_title(market, statement.definition)}).{_limits(statement)}"


def _limits(statement: Statement) -> str:
    """What a statement that holds must not hide: seams inside, stretches without reports."""
    parts = []
    if statement.crosses_seam and statement.kind is Kind.SWING:
        parts.append(" The contract changed within these weeks.")
    if statement.verdict is Verdict.TRUE and statement.holes:
        stretches = joined([f"between {day(a)} and {day(b)}" for a, b in statement.holes], "or")
        parts.append(f" {none_held(statement.definition)} {stretches}.")
    return "".join(parts)


def _group(market: Market, statement: Statement) -> str:
    return subject(market, statement.definition.group)


def _swing(market: Market, statement: Statement) -> str:
    value, unit, window = statement.value or 0.0, statement.unit, statement.claim.window
    verb = "rose" if value > 0 else "fell" if value < 0 else "did not change"
    size = f" by {with_unit(abs(value), unit, is_change=True)}" if value else ""
    when = f"in {week_window(window)} to {day(statement.claim.date)}"
    move = (
        f"The net position of {_group(market, statement)} {verb}{size} {when},"
        f" from {net_bare(statement.start or 0.0, unit)} to {net_bare(statement.end or 0.0, unit)}"
    )
    wanted = statement.claim.direction is Direction.UP
    if value == 0 or (value > 0) is not wanted:
        return f"{move}: not a {'rise' if wanted else 'fall'}"
    best = superlative(Kind.SWING, statement.claim.direction)
    sample = f"of {plural(statement.of or 0, 'change')} over {weeks(window)} since {day(statement.sample_start)}"
    if statement.rank == 1:
        tie = "equal to the " if statement.ties else "the "
        return f"{move}: {tie}{best} {sample}"
    winner = statement.winner
    other = f"; the largest was {in_unit(winner.value, unit, is_change=True)} to {day(winner.date)}" if winner else ""
    return f"{move}: the {ordinal_word(statement.rank or 0)} {best} {sample}{other}"


def _level(market: Market, statement: Statement) -> str:
    best = superlative(Kind.LEVEL, statement.claim.direction)
    now = statement.claim.date
    what = f"{_group(market, statement)} were {net_words(statement.value or 0.0, statement.unit)} on {day(now)}"
    what = capital(what)
    if statement.since is None:
        short = "; earlier years are not in the data" if statement.verdict is Verdict.UNKNOWN else ""
        return f"{what}, the {best} since the data begin on {day(statement.sample_start)}{short}"
    only = "only " if statement.verdict is Verdict.FALSE else ""
    return f"{what}, the {best} {only}since {day(statement.since)} ({span(statement.since, now)})"


def _sign(market: Market, statement: Statement) -> str:
    side = "net long" if statement.claim.direction is Direction.UP else "net short"
    what = f"{_group(market, statement)} were {net_words(statement.value or 0.0, statement.unit)}"
    what = f"{capital(what)} on {day(statement.claim.date)}"
    if statement.since is None:
        if statement.verdict is Verdict.FALSE:
            return f"{what}, so they were not {side}"
        return f"{what}, {side} for the first time since the data begin on {day(statement.sample_start)}"
    if statement.verdict is Verdict.FALSE:
        return f"{what}, as they already had been on {day(statement.since)}"
    return f"{what}, {side} for the first time since {day(statement.since)}"


def _streak(market: Market, statement: Statement) -> str:
    rising = statement.claim.direction is Direction.UP
    length = int(statement.value or 0)
    verb = "rose" if rising else "fell"
    claimed = number_word(statement.claim.length)
    if statement.verdict is Verdict.FALSE:
        done = f"only in the last {plural(length, 'report')}" if length else "not in the last report"
        return (
            f"The net position of {_group(market, statement)} {verb} {done} to {day(statement.claim.date)},"
            f" not {claimed} times in a row"
        )
    rank = "" if statement.rank != 1 else f", the {superlative(Kind.STREAK, statement.claim.direction)} of"
    others = f"{rank} {count(statement.of)} since {day(statement.sample_start)}" if rank else ""
    return (
        f"The net position of {_group(market, statement)} {verb} in {plural(length, 'report')} in a row"
        f" to {day(statement.claim.date)}{others}"
    )
