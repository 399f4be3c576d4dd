"""Claims about prices: returns, differences of returns, how they rank among earlier years, and days up or down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from models.calc.performance import League, league, monthly_gaps, weekly_gaps
from models.calc.prices import Gap, PricePair, gap, price_pair
from models.calc.streaks import streak
from models.calendars import NEW_YORK, close_known_at, sessions
from models.check.claims import Limit, ParsedClaim
from models.check.findings import Finding, to_refresh, unknown
from models.check.values import Unit
from models.formats import as_date, day, decimal, long_month, percent, plural
from models.markets import UnknownMarket, market
from models.names import Direction, Verdict
from models.reader import Reader
from models.records import Closes, Dates, Floats
from models.series import SYMBOLS, title_of
from models.windows import TO_DATE, Window, WindowKind

_INDEX_SYMBOLS: dict[str, tuple[str, ...]] = {
    "russell-2000": ("RUT", "IWM"),
    "sp-500": ("SPX", "SPY", "IVV"),
    "nasdaq-100": ("NDX", "QQQ"),
    "dow": ("DJI",),
    "vix": ("VIX",),
    "sp-400": ("MDY", "IJH"),
    "sp-600": ("IJR",),
    "russell-1000": ("IWB",),
    "russell-3000": ("IWV",),
    "russell-2000-value": ("IWN",),
    "russell-2000-growth": ("IWO",),
}
"""The index's own prices first; a fund stands for it where those are not held, or a total return is meant."""
_STALE_SESSIONS = 3
"""Figures to date need closes up to the article's day, but for so many sessions."""


_SAME_DAY_OF_YEAR = timedelta(days=7)
"""The same stretch of another year may end so much later by its date, as sessions are counted."""


class NotHeld(Exception):
    """Prices that a claim needs are not held; the message is for people."""


class Prices:
    """Closes as of one moment, and whether they reach it."""

    def __init__(self, reader: Reader, as_of: datetime) -> None:
        self.reader = reader
        self.as_of = as_of
        self.today = as_of.astimezone(NEW_YORK).date()

    def of_index(self, name: str, *, is_total: bool) -> Closes:
        """Closes of a market's index, or of the fund that stands for it."""
        names = _INDEX_SYMBOLS.get(name, ())
        wanted = [s for s in names if SYMBOLS[s].has_total] if is_total else list(names)
        for symbol in wanted:
            found = self.reader.closes(symbol, self.as_of, "total" if is_total else "price")
            if found is not None and len(found):
                return found
        if not names:
            raise NotHeld(f"No prices of {_title(name)} are among the app's sources.")
        what = "total returns" if is_total else "closes"
        raise NotHeld(f"No {what} of {title_of(names[0])} are held as of {day(self.today)}. {_refresh(*names)}")

    def of_symbol(self, symbol: str, *, is_total: bool = False) -> Closes:
        found = self.reader.closes(symbol, self.as_of, "total" if is_total else "price")
        if found is None or not len(found):
            raise NotHeld(f"No closes of {symbol} are held as of {day(self.today)}. {_refresh(symbol)}")
        return found

    def of(self, name: str | None, subject: tuple[str, ...], *, is_total: bool) -> tuple[Closes, ...]:
        """The closes of a market, or of each symbol that may be meant and is held."""
        if name is not None and not subject:
            return (self.of_index(name, is_total=is_total),)
        held, reasons = [], []
        for symbol in subject:
            try:
                held.append(self.of_symbol(symbol, is_total=is_total))
            except NotHeld as error:
                reasons.append(str(error))
        if not held:
            raise NotHeld(" ".join(reasons) or "No share is named.")
        return tuple(held)

    def check_is_current(self, closes: Closes) -> None:
        """Raises NotHeld where the newest close is too old to stand for the article's day."""
        newest = as_date(closes.date[-1])
        missed = [d for d in sessions(newest, self.today)[1:] if close_known_at(d, "cboe") <= self.as_of]
        if len(missed) > _STALE_SESSIONS:
            newest_held = f"The newest close of {title_of(closes.symbol)} that is held is of {day(newest)}."
            raise NotHeld(f"{newest_held} {_refresh(closes.symbol)}")


def _refresh(*symbols: str) -> str:
    providers = ((SYMBOLS[symbol].cboe, SYMBOLS[symbol].yahoo) for symbol in symbols)
    return to_refresh(*(title for pair in providers for title, has in zip(("Cboe", "Yahoo"), pair, strict=True) if has))


def _title(name: str) -> str:
    try:
        return market(name).title
    except UnknownMarket:
        return name


def performance(reader: Reader, claim: ParsedClaim, as_of: datetime) -> Iterator[Finding]:
    """The return of one thing, of each symbol that may be meant."""
    prices = Prices(reader, as_of)
    try:
        found = prices.of(claim.market, claim.subject, is_total=claim.wants_total)
        for closes in found:
            yield _single(prices, claim, closes)
    except NotHeld as error:
        yield unknown("", str(error))


def _single(prices: Prices, claim: ParsedClaim, closes: Closes) -> Finding:
    """Against a price that never moves, the difference of returns is the return itself."""
    still = replace(closes, close=np.ones(len(closes)))
    return _judged(prices, claim, price_pair(closes, still), closes, None, is_ratio=False)


def relative(reader: Reader, claim: ParsedClaim, as_of: datetime) -> Iterator[Finding]:
    """One return less another, in points, and as a ratio where the words leave that open."""
    prices = Prices(reader, as_of)
    is_percent = claim.amount is not None and claim.amount.unit is Unit.PERCENT
    try:
        smalls = prices.of(claim.market, claim.subject, is_total=claim.wants_total)
        larges = prices.of(claim.other, claim.other_subject, is_total=claim.wants_total)
        for small in smalls:
            pair = price_pair(small, larges[0])
            for is_ratio in (False, True) if is_percent else (False,):
                yield _judged(prices, claim, pair, small, larges[0], is_ratio=is_ratio)
    except NotHeld as error:
        yield unknown("", str(error))


def _judged(
    prices: Prices, claim: ParsedClaim, pair: PricePair, small: Closes, large: Closes | None, *, is_ratio: bool
) -> Finding:
    window = claim.window
    definition = _definition(claim, small, large, is_ratio=is_ratio)
    assert window is not None
    if window.kind in TO_DATE or window.kind is WindowKind.SESSIONS:
        for closes in filter(None, (small, large)):
            prices.check_is_current(closes)
    found = gap(pair, window) if len(pair) else None
    if found is None or _is_short(found, window):
        return unknown(definition, f"The closes of {window.title} are not all held.")
    if window.kind is WindowKind.MONTHS and found.end.replace(day=1) != (meant := _last_month(window, prices.today)):
        newest = f"{'' if large is None else 'of both '}are of {day(as_date(pair.date[-1]))}"
        text = f"The closes of {window.title} {meant.year} are not held; the newest that are held {newest}."
        text = f"{text} {_refresh(*(closes.symbol for closes in (small, large) if closes is not None))}"
        return unknown(definition, text)
    value = found.ratio_pct if is_ratio else found.points
    text = _sentence(found, small, large, is_ratio=is_ratio)
    unit = "%" if large is None or is_ratio else "points"
    wanted = {Direction.DOWN: -1, Direction.UP: 1}.get(claim.direction or Direction.BOTH, 1 if value > 0 else -1)
    holds = value * wanted > 0 and (claim.amount is None or claim.amount.allows(value))
    if claim.limit is None:
        return Finding(Verdict.TRUE if holds else Verdict.FALSE, definition, text, value, unit)
    verdict, place = _placed(pair, window, claim.limit, wanted, _Words(large is None))
    if not value * wanted > 0:
        verdict = Verdict.FALSE
    reason = "sample_too_short" if verdict is Verdict.UNKNOWN else ""
    return Finding(verdict, definition, f"{text} {place}", value, unit, reason)


def _last_month(window: Window, today: date) -> date:
    """The first day of the month with which whole months end that are over by today."""
    month = window.months[1]
    return date(today.year - (month >= today.month), month, 1)


def _is_short(found: Gap, window: Window) -> bool:
    """Whether a span's last close is days before its end, so that it would be another span."""
    return bool(window.span and (window.span[1] - found.end).days > _STALE_SESSIONS + 1)


def _definition(claim: ParsedClaim, small: Closes, large: Closes | None, *, is_ratio: bool) -> str:
    of = f"{title_of(small.symbol)} ({small.symbol})"
    against = "" if large is None else f" against {title_of(large.symbol)} ({large.symbol})"
    kind = "total return" if claim.wants_total else "price return"
    measure = ", as a ratio" if is_ratio else ", in points" if large is not None else ""
    return f"{of}{against}, {kind} between closes{measure}, {claim.window.title if claim.window else ''}".rstrip(", ")


def _sentence(found: Gap, small: Closes, large: Closes | None, *, is_ratio: bool) -> str:
    stretch = f"between the closes of {day(found.start)} and {day(found.end)}"
    mine = f"{title_of(small.symbol)} returned {percent(found.small_pct, 2, signed=True)}"
    if large is None:
        return f"{mine} {stretch}."
    other = f"{title_of(large.symbol)} {percent(found.large_pct, 2, signed=True)}"
    difference = (
        f"a ratio of {percent(found.ratio_pct, 2, signed=True)}"
        if is_ratio
        else f"a difference of {decimal(found.points, 2, signed=True)} points"
    )
    return f"{mine} and {other} {stretch}, {difference}."


# Among earlier years and months


@dataclass(frozen=True)
class _Words:
    """How a return, or a difference of two, is printed."""

    is_return: bool

    def __call__(self, points: float) -> str:
        if self.is_return:
            return percent(points, 2, signed=True)
        return f"{decimal(points, 2, signed=True)} points"


def _placed(pair: PricePair, window: Window, limit: Limit, wanted: int, printed: _Words) -> tuple[Verdict, str]:
    """Whether nothing since the limit was as far in the claimed direction, and a sentence on what was."""
    if limit.unit == "month" and window.is_month:
        months = monthly_gaps(pair)
        return _among(months.month, months.points, limit, wanted, long_month, printed)
    if window.is_week and window.span:
        weeks = weekly_gaps(pair).until(window.span[1])
        return _among(weeks.day, weeks.points, limit, wanted, lambda last: f"the week to {day(last)}", printed)
    table = league(pair, window)
    if table is None:
        return Verdict.UNKNOWN, "Earlier years cannot be compared."
    return _among_years(table, limit, wanted, printed)


def _among_years(table: League, limit: Limit, wanted: int, printed: _Words) -> tuple[Verdict, str]:
    since = table.best_since if wanted > 0 else table.worst_since
    claimed = limit.since.year if limit.since else None
    first = table.first_year
    best = "best" if wanted > 0 else "worst"
    if since is None:
        if claimed is not None and first > claimed:
            return Verdict.UNKNOWN, f"Closes of the same stretch are held only from {first} on."
        return Verdict.TRUE, f"It is the {best} of {plural(len(table.rows), 'year')} since {first}."
    gap_then = next(row.gap for row in table.rows if row.year == since)
    is_met = limit.since is not None and gap_then.end <= limit.since + _SAME_DAY_OF_YEAR
    text = f"The last year at least as {'good' if wanted > 0 else 'bad'} was {since}"
    return (Verdict.TRUE if is_met else Verdict.FALSE), f"{text} ({printed(gap_then.points)})."


def _among(
    days: Dates, points: Floats, limit: Limit, wanted: int, named: Callable[[date], str], printed: _Words
) -> tuple[Verdict, str]:
    """Where the last of these stretches stands among those before it; `named` says which one a day stands for."""
    if len(points) < 2:
        return Verdict.UNKNOWN, "Earlier ones cannot be compared."
    size = wanted * points
    earlier = np.flatnonzero(size[:-1] >= size[-1])
    first, good = as_date(days[0]), "good" if wanted > 0 else "bad"
    if not len(earlier):
        if limit.since is not None and first > limit.since:
            return Verdict.UNKNOWN, f"Closes are held only from {named(first)} on."
        return Verdict.TRUE, f"None since {named(first)} was as {good}."
    since: date = as_date(days[earlier[-1]])
    is_met = limit.since is not None and since <= limit.since
    text = f"The last at least as {good} was {named(since)}"
    then = printed(float(points[earlier[-1]]))
    return (Verdict.TRUE if is_met else Verdict.FALSE), f"{text} ({then})."


# Days up or down


def days(reader: Reader, claim: ParsedClaim, as_of: datetime) -> Iterator[Finding]:
    """How many of the last sessions rose or fell, of each symbol that may be meant."""
    prices = Prices(reader, as_of)
    length, hits = claim.length or 0, claim.hits or 0
    try:
        for closes in prices.of(claim.market, claim.subject, is_total=False):
            found = _counted(closes, claim, length, hits)
            try:
                prices.check_is_current(closes)
            except NotHeld as error:  # what another fund says still counts
                text = f"{error} {found.sentence}" if found.value is not None else str(error)
                found = unknown(found.definition, text)
            yield found
    except NotHeld as error:
        yield unknown("", str(error))


def _counted(closes: Closes, claim: ParsedClaim, length: int, hits: int) -> Finding:
    definition = f"{title_of(closes.symbol)} ({closes.symbol}), closes of {closes.source}"
    found = streak(closes, length)
    if found is None:
        return unknown(definition, f"Not all of the last {length} closes of {closes.symbol} are held.")
    is_down = claim.direction is Direction.DOWN
    count = int(np.count_nonzero(found.signs < 0 if is_down else found.signs > 0))
    verb = "fell" if is_down else "rose"
    text = f"{closes.symbol} {verb} in {count} of the last {plural(length, 'session')} to {day(found.last)}."
    return Finding(Verdict.TRUE if count == hits else Verdict.FALSE, definition, text, float(count), "sessions")
