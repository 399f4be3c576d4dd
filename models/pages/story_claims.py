"""Claims beside positioning: performance, streaks, credit, sectors and earnings, each under its own definitions.

They come from the records of the other pages; a cell names its own definition.
"""

import datetime as dt
from dataclasses import dataclass

from models.calc.credit import CreditDirection
from models.formats import (
    MINUS,
    as_date,
    basis_points,
    count,
    day,
    decimal,
    long_month,
    month,
    ordinal,
    percent,
    plural,
    points,
    short_day,
)
from models.names import Kind, Verdict
from models.pages.earnings import BASIS_TITLES, EarningsPage
from models.pages.market import CreditCard, LeagueCard, MarketPage, RelativeCard, StreakCard
from models.pages.sectors import SectorsPage

HOLDS, FAILS, TOO_SHORT, NO_DATA = "true", "false", "short", "missing"
MARKS = {Verdict.TRUE: HOLDS, Verdict.FALSE: FAILS, Verdict.UNKNOWN: NO_DATA}


@dataclass(frozen=True)
class SideCell:
    """A claim under one definition: what it is called, what it shows, and the sentence behind it."""

    definition: str
    mark: str
    shown: str
    value: float | None
    unit: str
    sentence: str


@dataclass(frozen=True)
class SideClaim:
    """One row of the matrix that is not about positions. `since` is the day a comparison goes back to."""

    id: str
    kind: Kind
    title: str
    caption: str
    date: dt.date
    cells: tuple[SideCell, ...]
    rank: int | None = None
    of: int | None = None
    since: dt.date | None = None
    sample_start: dt.date | None = None


def market_claims(page: MarketPage, others: tuple[MarketPage, ...] = ()) -> tuple[SideClaim, ...]:
    """Claims on performance, streaks and credit; `others` are the same page for other pairs or returns."""
    made = [_month(page, others), _league(page, others), _streaks(page.streaks), _credit(page.credit)]
    return tuple(claim for claim in made if claim is not None)


def _pair(page: MarketPage) -> str:
    kind = "total return" if page.options.kind == "total" else "price"
    return f"{page.options.small} v {page.options.large}, {kind}"


def _month(page: MarketPage, others: tuple[MarketPage, ...]) -> SideClaim | None:
    card = page.relative
    if card is None or card.month is None:
        return None
    leads = card.month.points >= 0
    verb = "ahead this month" if leads else "behind this month"
    cells = []
    for shown in (page, *others):
        if shown.relative is not None and shown.relative.month is not None:
            gap = shown.relative.month
            holds = (gap.points >= 0) is leads
            text = (
                f"{shown.options.small} returned {percent(gap.small_pct, signed=True)} and {shown.options.large}"
                f" {percent(gap.large_pct, signed=True)} from {day(gap.start)} to {day(gap.end)} ({_pair(shown)}):"
                f" {points(gap.points)}.{_most_since(shown.relative)}"
            )
            mark = HOLDS if holds else FAILS
            cells.append(SideCell(_pair(shown), mark, points(gap.points), gap.points, "points", text))
    most = card.most_since
    return SideClaim(
        id=f"performance-month-{card.month.end.isoformat()}",
        kind=Kind.PERFORMANCE,
        title=f"Small caps {verb}",
        caption=f"{short_day(card.month.start)} \u2192 {day(card.month.end)}",
        date=card.month.end,
        cells=tuple(cells),
        rank=most.rank if most else None,
        of=most.of if most else None,
        since=most.since if most else None,
        sample_start=most.first if most else None,
    )


def _most_since(card: RelativeCard) -> str:
    most = card.most_since
    if most is None:
        return ""
    side = "lead" if most.points >= 0 else "lag"
    if most.since is None:
        return f" The largest {side} of {count(most.of)} months since {long_month(most.first)}."
    return f" The largest {side} since {long_month(most.since)}, against whole months."


def _league(page: MarketPage, others: tuple[MarketPage, ...]) -> SideClaim | None:
    card = page.league
    if card is None:
        return None
    league, is_worse = card.league, card.league.current.gap.points < 0
    since = league.worst_since if is_worse else league.best_since
    cells = []
    for shown in (page, *others):
        if shown.league is not None:
            cells.append(_league_cell(shown, shown.league, since, is_worse=is_worse))
    word = "Worst" if is_worse else "Best"
    reach = f"since {since}" if since else f"of {len(league.rows)} years"
    gap = league.current.gap
    return SideClaim(
        id=f"performance-league-{gap.end.isoformat()}",
        kind=Kind.PERFORMANCE,
        title=f"{word} start of a year {reach}" if gap.start.year < gap.end.year else f"{word} such stretch {reach}",
        caption=f"{month(gap.start)} \u2192 {day(gap.end)}",
        date=gap.end,
        cells=tuple(cells),
        rank=league.current.rank if is_worse else len(league.rows) + 1 - league.current.rank,
        of=len(league.rows),
        since=dt.date(since, 1, 1) if since else None,
        sample_start=dt.date(league.first_year, 1, 1),
    )


def _league_cell(page: MarketPage, card: LeagueCard, since: int | None, *, is_worse: bool) -> SideCell:
    league = card.league
    gap = league.current.gap
    found = league.worst_since if is_worse else league.best_since
    is_same_side = (gap.points < 0) is is_worse
    if not is_same_side or (found is not None and (since is None or found > since)):
        mark = FAILS
    elif found is None and since is not None and league.first_year > since:
        mark = TOO_SHORT
    else:
        mark = HOLDS
    rank = f"{ordinal(league.current.rank)} from the bottom of {plural(len(league.rows), 'year')}"
    text = (
        f"From {day(gap.start)} to {day(gap.end)} {page.options.small} returned {percent(gap.small_pct, signed=True)}"
        f" and {page.options.large} {percent(gap.large_pct, signed=True)} ({_pair(page)}): {points(gap.points)},"
        f" {rank} since {league.first_year}."
    )
    return SideCell(_pair(page), mark, points(gap.points), gap.points, "points", text)


def _streaks(card: StreakCard | None) -> SideClaim | None:
    if card is None or not card.rows:
        return None
    first = card.rows[0].streak
    cells = tuple(
        SideCell(
            row.streak.symbol,
            HOLDS if row.streak.ups >= first.ups else FAILS,
            f"{row.streak.ups} of {row.streak.of}",
            float(row.streak.ups),
            "sessions",
            f"{row.streak.symbol} rose in {row.streak.ups} of the last {row.streak.of} sessions to"
            f" {day(row.streak.days[-1])}, as often as or more than in {decimal(row.streak.frequency_pct, 0)}%"
            " of all such windows.",
        )
        for row in card.rows
        if row.streak.of == first.of
    )
    return SideClaim(
        id=f"performance-streak-{first.symbol}-{as_date(first.days[-1]).isoformat()}",
        kind=Kind.PERFORMANCE,
        title=f"{first.symbol} up in {first.ups} of {first.of} sessions",
        caption=f"to {day(first.days[-1])}",
        date=as_date(first.days[-1]),
        cells=cells,
    )


def _credit(card: CreditCard | None) -> SideClaim | None:
    if card is None:
        return None
    rows = [row for row in card.rows if row.reading.direction is not None]
    focus = next((row for row in rows if row.is_focus), rows[0] if rows else None)
    if focus is None or focus.reading.direction is None:
        return None
    claimed = focus.reading.direction
    cells = []
    for row in (focus, *(r for r in rows if r is not focus)):
        change = row.reading.middle
        is_pct = row.series.unit == "%"
        places = 3 if row.series.unit == "ratio" else 2
        shown = basis_points(100 * change) if is_pct and change is not None else decimal(change, places, signed=True)
        level = f"{decimal(row.reading.level, places)}{'%' if is_pct else ''}"
        text = (
            f"{row.series.title} stood at {level} on {day(row.reading.date)},"
            f" {shown} over four weeks: {row.reading.direction}."
        )
        mark = HOLDS if row.reading.direction is claimed else FAILS
        value = 100 * change if is_pct and change is not None else change
        cells.append(SideCell(row.series.name, mark, shown, value, "bp" if is_pct else row.series.unit, text))
    return SideClaim(
        id=f"credit-{focus.series.id}-{focus.reading.date.isoformat()}",
        kind=Kind.CREDIT,
        title=_credit_title(claimed),
        caption=f"4 weeks to {day(focus.reading.date)}",
        date=focus.reading.date,
        cells=tuple(cells),
        sample_start=focus.reading.since,
    )


def _credit_title(direction: CreditDirection) -> str:
    return "Credit spreads are unchanged" if direction == "unchanged" else f"Credit spreads are {direction}"


def sector_claims(page: SectorsPage) -> tuple[SideClaim, ...]:
    """The statements of the Sectors page on its leading sector, one cell a taxonomy."""
    found = [s for s in page.statements if s.value is not None and s.date is not None]
    first = found[0] if found else None
    if first is None or first.date is None:
        return ()
    cells = tuple(
        SideCell(
            s.view.value, MARKS[s.verdict], f"{percent(s.value)} v {percent(s.large_pct)}", s.value, s.unit, s.sentence
        )
        for s in found
    )
    claim = SideClaim(
        id=f"sector-{first.sector}-{first.date.isoformat()}".lower().replace(" ", "-"),
        kind=Kind.SECTOR,
        title=f"{first.sector}: {percent(first.value)} of {first.small_fund}",
        caption=f"holdings of {day(first.date)}",
        date=first.date,
        cells=cells,
    )
    return (claim,)


def earnings_claims(pages: tuple[EarningsPage, ...]) -> tuple[SideClaim, ...]:
    """Expected growth of the page's year, small against large, one cell a basis; the first page's side is claimed."""
    cells: list[SideCell] = []
    leads: bool | None = None
    for page in pages:
        pair = next((p for p in page.years if p.period == pages[0].year), None)
        if pair is None or pair.small is None or pair.large is None or page.small is None or page.large is None:
            continue
        small, large = pair.small.growth_pct, pair.large.growth_pct
        basis = BASIS_TITLES.get(page.options.basis, page.options.basis)
        shown = f"{_growth(small)} v {_growth(large)}"
        mark = NO_DATA
        if small is not None and large is not None:
            leads = small >= large if leads is None else leads
            mark = HOLDS if (small >= large) is leads else FAILS
        verb = "are expected to change by" if pair.is_estimate else "changed by"
        text = (
            f"Profits of {page.small.title} companies {verb} {_growth(small)} in {pair.period}, {page.large.title}"
            f" {_growth(large)} ({basis.lower()}, {day(page.small.vintage)})."
        )
        cells.append(SideCell(f"{pair.period}, {basis.lower()}", mark, shown, small, "%", text))
    first = pages[0] if pages else None
    if first is None or first.small is None or first.large is None or leads is None:
        return ()
    side = "grow faster" if leads else "grow more slowly"
    claim = SideClaim(
        id=f"earnings-{first.year}-{first.small.vintage.isoformat()}",
        kind=Kind.EARNINGS,
        title=f"Small-cap profits {side} in {first.year}",
        caption=f"{first.small.title} v {first.large.title}, {day(first.small.vintage)}",
        date=first.small.vintage,
        cells=tuple(cells),
    )
    return (claim,)


def _growth(value: float | None) -> str:
    return "NM" if value is None else percent(value, 0, signed=True).replace(f"{MINUS}0%", "0%")
