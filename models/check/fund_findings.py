"""Claims about sector shares, earnings and leverage: what funds' holdings and index publishers' estimates say."""

from collections.abc import Iterator
from datetime import datetime

from models import funds
from models.calc.index_earnings import Table, YearOnYear, gaps, tables
from models.calendars import NEW_YORK
from models.check.claims import ClaimKind, ParsedClaim
from models.check.findings import Finding, to_refresh, unknown
from models.formats import day, decimal, percent, plural
from models.names import Direction, Verdict
from models.pages.choice import Choice
from models.pages.leverage import build as leverage_page
from models.pages.shelf import PROVIDERS, Held, Shelf, pick
from models.reader import Reader
from models.statements.sector_claims import UNIT, Measure, SectorClaim, SectorStatement, judge, statement
from models.taxonomies import View

_VIEWS = (View.GICS, View.GICS_PRE2016, View.PROVIDER)
_BASES = ("operating", "as_reported", "ex_items")
_OLD_ESTIMATE_DAYS = 120
"""Estimates are made anew each quarter."""
_PROXIES = {"russell-2000": "sp-600"}
"""Indexes without published estimates, and the one that is shown in their place, named as such."""
_LEVERAGE_FUNDS = {"russell-2000": "small", "sp-500": "large"}


# Sectors


def sectors(claim: ParsedClaim, as_of: datetime, shelf: Shelf) -> Iterator[Finding]:
    """A share, or a ratio of two, under each taxonomy, from files that were known by the moment."""
    known = shelf.held(as_of)
    small, large = (_newest(known, index) for index in (claim.market, claim.other or "sp-500"))
    if small is None:
        today = as_of.astimezone(NEW_YORK).date()
        title = funds.INDEX_TITLES.get(claim.market or "", claim.market or "")
        providers = {fund.provider: None for fund in funds.tracking(claim.market or "") if fund.provider}
        text = f"No holdings of a fund that tracks the {title} were known by {day(today)}."
        sources = to_refresh(*(PROVIDERS[provider] for provider in providers)) if providers else ""
        yield unknown("", f"{text} {sources} A file of that time can be imported.".replace("  ", " "))
        return
    seen: set[str] = set()
    for view in _VIEWS:
        mine = shelf.weights(small, view, known)
        other = shelf.weights(large, view, known) if large else None
        if mine is None:
            continue
        made = statement(claim.sector or "", view, mine, other)
        if made.definition not in seen:
            seen.add(made.definition)
            yield _sector_finding(claim, made)
    if not seen:
        yield unknown("", f"The holdings of {small.fund} have no sectors that can be shown.")


def _newest(known: tuple[Held, ...], index: str | None) -> Held | None:
    names = [fund.ticker for fund in funds.tracking(index or "")]
    found = pick(known, (), names) if names else None
    return found.held if found else None


def _sector_finding(claim: ParsedClaim, made: SectorStatement) -> Finding:
    is_share = claim.kind is ClaimKind.SECTOR_SHARE
    amount = claim.amount
    assert amount is not None
    wanted = SectorClaim(made.sector, Measure.SHARE if is_share else Measure.RATIO, amount.least, amount.most)
    verdict, reason = judge(wanted, made)
    value = made.value if is_share else made.ratio
    return Finding(verdict, made.definition, made.sentence, value, UNIT if is_share else "times", reason)


# Earnings


def earnings(reader: Reader, claim: ParsedClaim, as_of: datetime) -> Iterator[Finding]:
    """Growth of an index's earnings in a year, or how it compares with another's, on each basis that is held."""
    large = claim.other if claim.kind is ClaimKind.GROWTH_COMPARISON else None
    subject = claim.market or ""
    names = [name for name in (subject, _PROXIES.get(subject), large) if name]
    held = tables(reader.estimates(as_of, tuple(dict.fromkeys(names))))
    found = False
    for name in [n for n in (subject, _PROXIES.get(subject)) if n]:
        for basis in _BASES:
            mine = _growth(held.get((name, basis), ()), claim.year)
            other = _growth(held.get((large, basis), ()), claim.year) if large else None
            if mine is None or (large and other is None):
                continue
            found = True
            definition = _earnings_definition(name, subject, basis, mine[0], large)
            if _is_old(mine[0], mine[1], as_of):
                yield unknown(
                    definition,
                    f"The newest estimate of {claim.year} held is of {day(mine[0].vintage)}. {to_refresh('DoltHub')}",
                )
            elif claim.length:
                yield _streak_finding(claim, definition, mine[0], other[0] if other else None)
            else:
                yield _growth_finding(claim, definition, mine[1], other[1] if other else None)
        if found:
            return
    if not found:
        today = as_of.astimezone(NEW_YORK).date()
        yield unknown(
            "", f"No estimates of these earnings for {claim.year} were held as of {day(today)}. {to_refresh('DoltHub')}"
        )


def _is_old(table: Table, growth: YearOnYear, as_of: datetime) -> bool:
    """Whether an estimate is of so long before that it says nothing of the article's day; a result stays one."""
    today = as_of.astimezone(NEW_YORK).date()
    return growth.is_estimate and (today - table.vintage).days > _OLD_ESTIMATE_DAYS


def _growth(vintages: tuple[Table, ...], year: int | None) -> tuple[Table, YearOnYear] | None:
    """The newest vintage that has the year, and its growth."""
    for table in reversed(vintages):
        found = next((growth for growth in table.annual_growth() if growth.period == str(year)), None)
        if found:
            return table, found
    return None


def _earnings_definition(name: str, subject: str, basis: str, table: Table, large: str | None) -> str:
    title = funds.INDEX_TITLES.get(name, name)
    proxy = f", as a proxy for the {funds.INDEX_TITLES.get(subject, subject)}" if name != subject else ""
    against = f" against {funds.INDEX_TITLES.get(large, large)}" if large else ""
    return f"{title}{against}{proxy}, {basis.replace('_', ' ')} earnings, vintage of {day(table.vintage)}"


def _growth_finding(claim: ParsedClaim, definition: str, mine: YearOnYear, other: YearOnYear | None) -> Finding:
    if mine.growth_pct is None or (other is not None and other.growth_pct is None):
        return unknown(definition, "Growth means nothing here, as the earnings it starts from are not above zero.")
    what = "are expected to change" if mine.is_estimate else "changed"
    text = f"Earnings {what} by {percent(mine.growth_pct, 1, signed=True)} in {mine.period}"
    if other is None or other.growth_pct is None:
        wanted = -1 if claim.direction is Direction.DOWN else 1
        holds = mine.growth_pct * wanted > 0 and (claim.amount is None or claim.amount.allows(mine.growth_pct))
        return Finding(Verdict.TRUE if holds else Verdict.FALSE, definition, f"{text}.", mine.growth_pct, "%")
    text = f"{text}, against {percent(other.growth_pct, 1, signed=True)}"
    if claim.amount is None:
        slower = mine.growth_pct < other.growth_pct
        holds = slower is (claim.direction is Direction.DOWN)
        points = mine.growth_pct - other.growth_pct
        return Finding(Verdict.TRUE if holds else Verdict.FALSE, definition, f"{text}.", points, "points")
    if other.growth_pct <= 0:
        return unknown(definition, f"{text}: a multiple of growth that is not above zero means nothing.")
    times = mine.growth_pct / other.growth_pct
    holds = times > 0 and claim.amount.allows(times)
    text = f"{text}, {decimal(times, 2)} times the pace."
    return Finding(Verdict.TRUE if holds else Verdict.FALSE, definition, text, times, "times")


def _streak_finding(claim: ParsedClaim, definition: str, mine: Table, other: Table | None) -> Finding:
    """Years in a row, up to the claim's, on one side: of growth itself, or of its gap to another index's."""
    growth = mine.annual_growth()
    points = (
        {one.period: one.growth_pct for one in growth}
        if other is None
        else {one.period: one.points for one in gaps(growth, other.annual_growth())}
    )
    sign = -1 if claim.direction is Direction.DOWN else 1
    year, count = claim.year or 0, 0
    while (value := points.get(str(year - count))) is not None and value * sign > 0:
        count += 1
    first = min(points, default=str(year))
    what = "fell" if sign < 0 else "rose"
    if other is not None:
        what = "grew more slowly" if sign < 0 else "grew faster"
    text = f"Earnings {what} for {plural(count, 'year')} in a row up to {year}; the figures begin with {first}."
    is_cut = count and str(year - count) < first and count < (claim.length or 0)
    if str(year) not in points or is_cut:
        return unknown(definition, text, "sample_too_short")
    verdict = Verdict.TRUE if count == claim.length else Verdict.FALSE
    return Finding(verdict, definition, text, float(count), "years")


# Leverage


def leverage(reader: Reader, claim: ParsedClaim, as_of: datetime, shelf: Shelf) -> Iterator[Finding]:
    """The level from companies' accounts; that it is a record cannot be shown, as accounts begin in 2009."""
    side = _LEVERAGE_FUNDS.get(claim.market or "")
    page = leverage_page(reader, Choice(as_of, is_live=False), shelf) if side else None
    of = getattr(page, side) if page is not None and side else None
    if of is None or page is None:
        yield unknown("", page.reason_empty if page else "The companies' accounts of this index are not held.")
        return
    definition = (
        f"Net debt to EBITDA of {of.fund} holdings of {day(of.holdings_as_of)}, outside finance and real estate"
    )
    value = of.latest.net
    if value is None:
        yield unknown(definition, "The sum of EBITDA is not above zero.")
        return
    text = f"Net debt was {decimal(value, 1)} times EBITDA"
    if claim.amount is not None:
        verdict = Verdict.TRUE if claim.amount.allows(value) else Verdict.FALSE
        yield Finding(verdict, definition, f"{text}.", value, "times EBITDA")
        return
    yield Finding(
        Verdict.UNKNOWN,
        definition,
        f"{text}. Public accounts reach back to 2009 only, so no record can be shown.",
        value,
        "times EBITDA",
        "sample_too_short",
    )
