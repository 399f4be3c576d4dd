"""Figures of the other pages taken apart: spreads, returns, streaks, sector weights, contributions, growth, debt."""

from typing import TYPE_CHECKING, Protocol

from models.calc.attribution import Contribution
from models.calc.credit import Reading
from models.calc.index_earnings import YearOnYear
from models.calc.leverage import Leverage
from models.calc.performance import LeagueRow
from models.calc.prices import Gap
from models.calc.streaks import Streak
from models.explain.explanation import Explanation, Term, plain
from models.formats import count, day, decimal, dollars, ordinal, percent, points
from models.pages import market_words as words
from models.series import CreditSeries, title_of

if TYPE_CHECKING:  # these pages have explanations in their records
    from models.pages.earnings import ConsensusRow, Left, RevisionPath
    from models.pages.sectors import HoldingRow

_TIMES, _OVER, _LESS = "\u00d7", "\u00f7", "\u2212"
NM_SHARE_PCT = 0.5
_SINCE_NEW_YEAR = ("this year", "year to date")


class SeriesRead(Protocol):
    """A credit series and its reading."""

    @property
    def series(self) -> CreditSeries: ...

    @property
    def reading(self) -> Reading: ...


def credit_change(row: SeriesRead, change: float | None, span: str) -> Explanation | None:
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
            Term("Then", decimal(then, places), _then(span)),
        ),
        ("The sources are rounded to what they publish; an observation is known on the next business day.",),
    )


def _then(span: str) -> str:
    if span in _SINCE_NEW_YEAR:
        return "the last observation of the year before"
    return f"the last observation on or before the day {span} earlier"


def credit_level(row: SeriesRead) -> Explanation:
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
    """One year of the comparison."""
    note = f"{ordinal(row.rank)} of {years} years, from the worst for small caps."
    return gap_between(row.gap, f"Points, {row.year}", "Price returns", note)


def gap_between(gap: Gap, title: str, about: str, *notes: str) -> Explanation:
    """Return of small less return of large caps over one stretch."""
    value = points(gap.points)
    return Explanation(
        title,
        f"{about} between the closes of {day(gap.start)} and {day(gap.end)}",
        value,
        f"return of small {_LESS} return of large",
        f"{plain(gap.small_pct, 2)}% {_LESS} {plain(gap.large_pct, 2)}% = {value}",
        (
            Term("Small", percent(gap.small_pct, 2, signed=True)),
            Term("Large", percent(gap.large_pct, 2, signed=True)),
            Term("Ratio", percent(gap.ratio_pct, 2, signed=True), "(1 + small) \u00f7 (1 + large) \u2212 1"),
        ),
        notes,
    )


def streak(of: Streak) -> Explanation:
    """How many of the last sessions rose, and how often windows of that length rise so often."""
    signs = [int(sign) for sign in of.signs[-of.of :]]
    value = f"{of.ups} of {of.of}"
    return Explanation(
        f"Sessions up, {of.symbol}",
        f"{title_of(of.symbol)}, the last {of.of} sessions to {day(of.last)}",
        value,
        "sessions whose close is above the close before; an unchanged close is not up",
        f"{' + '.join('1' if sign > 0 else '0' for sign in signs)} = {of.ups}",
        (
            Term("Windows with as many or more", percent(of.frequency_pct, 1), f"of {count(of.windows)} windows"),
            Term("Sessions up in the sample", percent(of.up_share_pct, 1), f"{day(of.first)} to {day(of.last)}"),
            Term("The same by chance", percent(of.binomial_pct, 1), "were the sessions independent"),
        ),
        ("Windows with a session missing are left out.",),
    )


def sector_difference(
    sector: str, small_pct: float | None, large_pct: float | None, about: str, *notes: str
) -> Explanation | None:
    """The weight of a sector in small caps less that in large caps, or the one that is known."""
    if small_pct is None:
        return None
    title = f"Weight, {sector}"
    small = Term("Small", percent(small_pct, 2))
    if large_pct is None:
        formula = f"100 {_TIMES} market value of the sector {_OVER} market value of all equity holdings"
        return Explanation(title, about, percent(small_pct, 2), formula, "", (small,), notes)
    value = points(small_pct - large_pct, 2)
    terms = [small, Term("Large", percent(large_pct, 2))]
    if large_pct:
        terms.append(Term("Ratio", decimal(small_pct / large_pct, 2), f"small {_OVER} large"))
    return Explanation(
        title,
        about,
        value,
        f"share of the small fund's equity {_LESS} share of the large fund's",
        f"{plain(small_pct, 2)}% {_LESS} {plain(large_pct, 2)}% = {value}",
        tuple(terms),
        notes,
    )


def consensus(row: "ConsensusRow", side: str, value: str, worked: str) -> Explanation:
    """One measure of the companies' consensus, on one side."""
    return Explanation(row.title, f"{side}, from the companies' estimates", value, row.formula, worked, (), (row.tip,))


def revision(path: "RevisionPath", year: str) -> Explanation | None:
    """How far the estimate of a year moved from the first vintage that is drawn to the last."""
    if len(path.points) < 2 or path.change_pct is None:
        return None
    first, last = path.points[0], path.points[-1]
    value = percent(path.change_pct, 1, signed=True)
    kind = "reported in full" if last.is_complete else "estimate"
    return Explanation(
        f"Revision of {year}",
        f"{path.title}, earnings per share of {year} in {len(path.points)} vintages",
        value,
        f"100 {_TIMES} (earnings in the last vintage {_OVER} earnings in the first {_LESS} 1)",
        f"100 {_TIMES} ({plain(last.eps, 2)} {_OVER} {plain(first.eps, 2)} {_LESS} 1) = {value}",
        (
            Term("First vintage", dollars(first.eps), day(first.vintage)),
            Term("Last vintage", dollars(last.eps), f"{day(last.vintage)}, {kind}"),
        ),
    )


def left_of_profit(of: "Left") -> Explanation | None:
    """The share of operating earnings that was left as reported; a loss leaves none."""
    if of.share_pct is None:
        return None
    value = percent(of.share_pct, 1)
    return Explanation(
        f"Left of operating profit, {of.year}",
        f"{of.title}, earnings per share",
        value,
        f"100 {_TIMES} earnings as reported {_OVER} operating earnings",
        f"100 {_TIMES} {plain(of.as_reported, 2)} {_OVER} {plain(of.operating, 2)} = {value}",
        (Term("As reported", dollars(of.as_reported)), Term("Operating", dollars(of.operating))),
    )


_LEVERAGE = {
    "net": f"(debt {_LESS} cash) {_OVER} EBITDA, each the sum over all companies",
    "median": f"the middle of (debt {_LESS} cash) {_OVER} EBITDA over the companies with EBITDA above zero",
    "negative_ebitda_pct": f"100 {_TIMES} companies with EBITDA at or below zero {_OVER} companies",
}


def leverage(of: Leverage, measure: str, title: str, about: str) -> Explanation | None:
    """What a fund's companies owe against what they earn."""
    level = getattr(of, measure)
    if level is None:
        return None
    is_share = measure.endswith("_pct")
    value = percent(level, 1) if is_share else f"{decimal(level, 2)}x"
    worked = ""
    if measure == "net":
        billions = [amount / 1e9 for amount in (of.debt_usd, of.cash_usd, of.ebitda_usd)]
        debt, cash, ebitda = (plain(amount, 1) for amount in billions)
        worked = f"({debt} {_LESS} {cash}) {_OVER} {ebitda} = {value}, amounts in billions of dollars"
    elif is_share:
        negative = round(level * of.companies / 100)
        worked = f"100 {_TIMES} {negative} {_OVER} {of.companies} = {value}"
    return Explanation(
        title,
        about,
        value,
        _LEVERAGE[measure],
        worked,
        (
            Term("Companies with accounts", f"{of.companies:,}", f"of {of.of:,} outside finance and real estate"),
            Term("Debt", dollars(of.debt_usd)),
            Term("Cash", dollars(of.cash_usd)),
            Term("EBITDA", dollars(of.ebitda_usd), "the last twelve months"),
        ),
        ("From what the companies file with the SEC; financials and real estate are left out.",),
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


def holding_weight(row: "HoldingRow", about: str) -> Explanation:
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
