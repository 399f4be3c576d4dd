"""Figures of the other pages taken apart: spreads, returns, sector weights, contributions, growth."""

from models.calc.attribution import Contribution
from models.calc.index_earnings import YearOnYear
from models.calc.performance import LeagueRow
from models.explain.explanation import Explanation, Term, plain
from models.formats import day, decimal, dollars, ordinal, percent, points
from models.pages import market_words as words
from models.pages.market import CreditRow
from models.pages.sectors import HoldingRow

_TIMES, _OVER, _LESS = "\u00d7", "\u00f7", "\u2212"
NM_SHARE_PCT = 0.5


def credit_change(row: CreditRow, change: float | None, span: str) -> Explanation | None:
    """A series now less the same a while ago; `span` says how long, as in `4 weeks`."""
    if change is None:
        return None
    series, reading = row.series, row.reading
    places = 4 if series.unit == "ratio" else 2
    now, then = reading.level, reading.level - change
    value = words.change(series, now, change)
    formula, numbers = f"level now {_LESS} level then", f"{plain(now, places)} {_LESS} {plain(then, places)}"
    if series.in_basis_points:
        formula, numbers = f"100 {_TIMES} ({formula}), in basis points", f"100 {_TIMES} ({numbers})"
    elif series.unit == "ratio":
        formula = f"100 {_TIMES} (ratio now {_OVER} ratio then {_LESS} 1)"
        numbers = f"100 {_TIMES} ({plain(now, places)} {_OVER} {plain(then, places)} {_LESS} 1)"
    return Explanation(
        f"Change, {span}",
        f"{series.title}: {series.definition}",
        value,
        formula,
        f"{numbers} = {value}",
        (
            Term("Now", decimal(now, places), f"observed on {day(reading.date)}"),
            Term("Then", decimal(then, places), f"the last observation on or before the day {span} earlier"),
        ),
        ("The sources are rounded to what they publish; an observation is known on the next business day.",),
    )


def credit_level(row: CreditRow) -> Explanation:
    """The newest observation, and where it lies among all that are held."""
    series, reading = row.series, row.reading
    return Explanation(
        "Level",
        f"{series.title}: {series.definition}",
        words.level(series, reading.level),
        "the newest observation that was known",
        "",
        (
            Term("Observed on", day(reading.date)),
            Term("At or below it", percent(reading.percentile, 0), f"of {reading.observations:,} observations"),
            Term("First observation", day(reading.since)),
        ),
    )


def year_gap(row: LeagueRow, years: int) -> Explanation:
    """One year of the comparison: return of small less return of large caps."""
    gap = row.gap
    value = points(gap.points)
    return Explanation(
        f"Points, {row.year}",
        f"Price returns between the closes of {day(gap.start)} and {day(gap.end)}",
        value,
        f"return of small {_LESS} return of large",
        f"{plain(gap.small_pct, 2)}% {_LESS} {plain(gap.large_pct, 2)}% = {value}",
        (
            Term("Small", percent(gap.small_pct, 2, signed=True)),
            Term("Large", percent(gap.large_pct, 2, signed=True)),
            Term("Ratio", percent(gap.ratio_pct, 2, signed=True), "(1 + small) \u00f7 (1 + large) \u2212 1"),
        ),
        (f"{ordinal(row.rank)} of {years} years, from the worst for small caps.",),
    )


def contribution(row: Contribution) -> Explanation | None:
    """What a sector added to the lead of small over large caps."""
    if row.lead_points is None or row.small_points is None or row.large_points is None:
        return None
    value = points(row.lead_points, 2)
    terms = [
        Term("Contribution to small", points(row.small_points, 2), "weight at the start \u00d7 return"),
        Term("Contribution to large", points(row.large_points, 2), "weight at the start \u00d7 return"),
        Term("Return of the sector", percent(row.return_pct, 2, signed=True)),
    ]
    if row.return_pct:
        weights = (100 * part / row.return_pct for part in (row.small_points, row.large_points))
        small, large = (percent(weight, 2) for weight in weights)
        terms += [Term("Weight in small", small, "at the start"), Term("Weight in large", large, "at the start")]
    return Explanation(
        "Lead",
        f"{row.sector}, by the return of one fund for the sector",
        value,
        f"contribution to small {_LESS} contribution to large",
        f"{plain(row.small_points, 2)} {_LESS} {plain(row.large_points, 2)} = {value}",
        tuple(terms),
    )


def holding_weight(row: HoldingRow, about: str) -> Explanation:
    """The share of one holding in the equity of its fund."""
    value = percent(row.weight_pct, 2)
    if row.market_value_usd is None or not row.weight_pct:
        note = "The file has no market values: this is its own weight."
        return Explanation("Weight", f"{row.name}, {about}", value, "the weight in the fund's file", "", (), (note,))
    total = 100 * row.market_value_usd / row.weight_pct
    return Explanation(
        "Weight",
        f"{row.name}, {about}",
        value,
        f"100 {_TIMES} market value {_OVER} market value of all equity holdings",
        f"100 {_TIMES} {plain(row.market_value_usd)} {_OVER} {plain(total)} = {value}",
        (Term("Market value", dollars(row.market_value_usd)), Term("All equity holdings", dollars(total))),
        ("Cash, futures, rights and lines without a listing are left out.",),
    )


def earnings_growth(growth: YearOnYear | None, about: str) -> Explanation | None:
    """Earnings of a period over those of the period before; NM is explained as well."""
    if growth is None:
        return None
    value = "NM" if growth.growth_pct is None else percent(growth.growth_pct, 1, signed=True)
    kind = "estimate" if growth.is_estimate else "reported"
    notes = []
    if growth.growth_pct is None:
        notes.append(f"NM: the base is zero, negative or below {NM_SHARE_PCT} % of market value.")
        if growth.change_of_value_pct is not None:
            notes.append(f"Over market value the change is {percent(growth.change_of_value_pct, 1, signed=True)}.")
    worked = f"100 {_TIMES} ({plain(growth.eps, 2)} {_OVER} {plain(growth.base, 2)} {_LESS} 1) = {value}"
    return Explanation(
        f"Growth, {growth.period}",
        about,
        value,
        f"100 {_TIMES} (earnings of the period {_OVER} earnings of the base period {_LESS} 1)",
        worked if growth.growth_pct is not None else "",
        (
            Term("Earnings of the period", decimal(growth.eps, 2), kind),
            Term("Earnings of the base period", decimal(growth.base, 2)),
        ),
        tuple(notes),
    )


def growth_gap(small: YearOnYear | None, large: YearOnYear | None, about: str) -> Explanation | None:
    """Growth of small less growth of large caps."""
    if small is None or large is None or small.growth_pct is None or large.growth_pct is None:
        return None
    value = points(small.growth_pct - large.growth_pct)
    return Explanation(
        f"Gap, {small.period}",
        about,
        value,
        f"growth of small {_LESS} growth of large",
        f"{plain(small.growth_pct, 1)}% {_LESS} {plain(large.growth_pct, 1)}% = {value}",
        (
            Term(
                "Small",
                percent(small.growth_pct, 1, signed=True),
                f"{plain(small.eps, 2)} {_OVER} {plain(small.base, 2)}",
            ),
            Term(
                "Large",
                percent(large.growth_pct, 1, signed=True),
                f"{plain(large.eps, 2)} {_OVER} {plain(large.base, 2)}",
            ),
        ),
    )
