"""Claims on performance, streaks and credit, each under its own definitions, from the record of the Market page."""

import datetime as dt
from collections.abc import Mapping

from models.calc.credit import CreditDirection
from models.formats import (
    as_date,
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
from models.names import Kind
from models.pages.market import TOTAL, CreditCard, CreditRow, LeagueCard, MarketPage, RelativeCard, StreakCard
from models.pages.market_words import change as change_words
from models.pages.market_words import level as level_words
from models.pages.side_claims import CELLS_SHOWN, FAILS, HOLDS, NO_DATA, TOO_SHORT, SideCell, SideClaim

OTHER_PAIRS: Mapping[tuple[str, str, str], str] = {
    ("IWM", "SPY", TOTAL): "Total return",
    ("IJR", "IVV", TOTAL): "S&P 600 ETFs",
    ("IWM", "IWB", TOTAL): "v Russell 1000",
}
"""The other definitions of small against large: symbols and kind of return, and their name in a cell."""


def market_claims(page: MarketPage, others: tuple[MarketPage, ...] = ()) -> tuple[SideClaim, ...]:
    """Claims on performance, streaks and credit; `others` are the same page for other pairs or returns."""
    made = [_month(page, others), _league(page, others), _streaks(page.streaks), _credit(page.credit)]
    return tuple(claim for claim in made if claim is not None)


def _pair(page: MarketPage) -> str:
    kind = "total return" if page.options.kind == TOTAL else "price"
    return f"{page.options.small} v {page.options.large}, {kind}"


def _label(page: MarketPage) -> str:
    options = page.options
    return OTHER_PAIRS.get((options.small, options.large, options.kind), "Price index")


def _month(page: MarketPage, others: tuple[MarketPage, ...]) -> SideClaim | None:
    card = page.relative
    if card is None or card.month is None:
        return None
    leads = card.month.points >= 0
    when = long_month(card.month.end)
    if card.month.end.year == page.choice.as_of.year:
        when = when.split(" ")[0]
    verb = f"{'ahead' if leads else 'behind'} in {when}"
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
            cells.append(SideCell(_label(shown), mark, points(gap.points), gap.points, "points", text, _pair(shown)))
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
        sources=page.chips[1:],
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
        sources=page.chips[1:],
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
    return SideCell(_label(page), mark, points(gap.points), gap.points, "points", text, _pair(page))


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
            row.label,
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
    """The direction of the series drawn over four weeks, under the other series and over other spans."""
    if card is None:
        return None
    rows = [row for row in card.rows if row.reading.direction is not None]
    focus = next((row for row in rows if row.is_focus), rows[0] if rows else None)
    if focus is None or focus.reading.direction is None:
        return None
    claimed = focus.reading.direction
    middle = [_credit_cell(row, claimed) for row in (focus, *(r for r in rows if r is not focus))]
    spans = [_span_cell(focus, claimed, span, change) for span, change in _other_spans(focus)]
    cells = [*middle[: CELLS_SHOWN - 1], *spans, *middle[CELLS_SHOWN - 1 :]]
    return SideClaim(
        id=f"credit-{focus.series.id}-{focus.reading.date.isoformat()}",
        kind=Kind.CREDIT,
        title=_credit_title(claimed),
        caption=f"{focus.series.title}, {_middle_span(focus)} to {day(focus.reading.date)}",
        date=focus.reading.date,
        cells=tuple(cells),
        sample_start=focus.reading.since,
    )


def _middle_span(row: CreditRow) -> str:
    return row.series.horizons[1]


def _other_spans(row: CreditRow) -> list[tuple[str, float | None]]:
    return [("this year", row.reading.year_to_date), (row.series.horizons[2], row.reading.long)]


def _credit_cell(row: CreditRow, claimed: CreditDirection) -> SideCell:
    shown, value, unit = _credit_change(row, row.reading.middle)
    level = f"{level_words(row.series, row.reading.level)}{'%' if row.series.in_basis_points else ''}"
    text = (
        f"{row.series.title} stood at {level} on {day(row.reading.date)},"
        f" {shown} over {_middle_span(row)}: {row.reading.direction}."
    )
    mark = HOLDS if row.reading.direction is claimed else FAILS
    basis = f"{row.series.title}, {_middle_span(row)}"
    return SideCell(row.series.title, mark, shown, value, unit, text, basis)


def _span_cell(row: CreditRow, claimed: CreditDirection, span: str, change: float | None) -> SideCell:
    """The same series over another span, by the sign of its change alone."""
    shown, value, unit = _credit_change(row, change)
    if change is None:
        mark, text = NO_DATA, f"The change of {row.series.phrase} over {span} is not held."
    else:
        eases = change * row.series.narrows
        found = (
            CreditDirection.NARROWING
            if eases > 0
            else CreditDirection.WIDENING
            if eases < 0
            else CreditDirection.UNCHANGED
        )
        mark = HOLDS if found is claimed else FAILS
        text = f"{row.series.title}: {shown} over {span} to {day(row.reading.date)}, {found}."
    basis = f"{row.series.title}, {span}"
    return SideCell(span, mark, shown, value, unit, text, basis)


def _credit_change(row: CreditRow, change: float | None) -> tuple[str, float | None, str]:
    """A change as it is written, its value and its unit: basis points where the series is in percent."""
    is_bp = row.series.in_basis_points
    value = 100 * change if is_bp and change is not None else change
    return change_words(row.series, row.reading.level, change), value, "bp" if is_bp else row.series.unit


def _credit_title(direction: CreditDirection) -> str:
    return "Credit spreads are unchanged" if direction == "unchanged" else f"Credit spreads are {direction}"
