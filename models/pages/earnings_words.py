"""The sentences of the Earnings page. Measured, on one basis, with what is not known."""

import datetime as dt

from models.calc.accounts import Strain
from models.calc.estimates import THIN_COVERAGE_PCT
from models.calc.index_earnings import Gap, Streak, YearOnYear
from models.formats import day, month, number_word, percent, short_day, span
from models.pages.earnings import AS_REPORTED, BASIS_TITLES, OPERATING, RevisionPath, Side

LEVEL_POINTS = 0.5
"""Growth rates closer than this are called level."""


def sentence(small: Side | None, large: Side | None, year: str) -> str:
    """`Small-cap profits are expected to grow 47% in 2017, against 21% for large caps.`"""
    mine, other = (side.year(year) if side else None for side in (small, large))
    if mine is None and other is None:
        return f"Earnings are held, but growth in {year} cannot be computed from them."
    if mine is None:
        return f"Large-cap profits {_moves(other, year)}; no small-cap figure is held."
    if other is None:
        return f"Small-cap profits {_moves(mine, year)}; no large-cap figure is held."
    return f"Small-cap profits {_moves(mine, year)}, {_against(mine, other)}."


def _moves(growth: YearOnYear | None, year: str) -> str:
    assert growth is not None
    if growth.growth_pct is None:
        tail = "are expected to come from a base near or below zero" if growth.is_estimate else "came from such a base"
        return f"{tail} in {year}, so growth means nothing"
    size = percent(abs(growth.growth_pct), 0)
    up = growth.growth_pct >= 0
    if growth.is_estimate:
        return f"are expected to {'grow' if up else 'fall'} {size} in {year}"
    return f"{'grew' if up else 'fell'} {size} in {year}"


def _against(mine: YearOnYear, other: YearOnYear) -> str:
    if other.growth_pct is None:
        return "while for large caps growth means nothing"
    size = percent(abs(other.growth_pct), 0)
    if mine.growth_pct is not None and abs(mine.growth_pct - other.growth_pct) < LEVEL_POINTS:
        return "level with large caps"
    opposite = mine.growth_pct is not None and (mine.growth_pct >= 0) is not (other.growth_pct >= 0)
    verb = (" growth" if other.growth_pct >= 0 else " decline") if opposite or mine.growth_pct is None else ""
    return f"against {size}{verb} for large caps"


def age(vintage: dt.date, today: dt.date) -> str:
    """Said of estimates that are no longer of the moment."""
    return f"The estimates are {span(vintage, today)} old."


def contrast(basis: str, small: YearOnYear | None, large: YearOnYear | None, year: str) -> str:
    """What the other basis says of the same year."""
    other = AS_REPORTED if basis == OPERATING else OPERATING
    if small is None or large is None:
        missing = "small caps" if small is None else "large caps"
        return f"{BASIS_TITLES[other]}, no figure for {missing} in {year} is held."
    return f"{BASIS_TITLES[other]}, it is {_growth(small)} against {_growth(large)}."


def _growth(growth: YearOnYear) -> str:
    return "NM" if growth.growth_pct is None else percent(growth.growth_pct, 0, signed=True)


def chips(basis: str, small: Side | None, market_title: str, proxy_for: str) -> tuple[str, ...]:
    """Which index stands in for which, then the basis, which is the first to go where room is short."""
    found = [f"{BASIS_TITLES[basis].lower()}, bottom-up"]
    if small is not None and proxy_for and market_title and small.subject != proxy_for:
        found.insert(0, f"{small.title} stands in for the {market_title}")
    return tuple(found)


def later_note(*sides: Side | None) -> str:
    """`Estimates dated 5 Jul, after as-of`, empty where nothing later is shown."""
    days = [side.vintage for side in sides if side is not None and side.is_later]
    return f"Estimates dated {short_day(min(days))}, after as-of" if days else ""


_STILL_PCT = 0.05
"""A change that is printed as none."""


def revisions_titles(paths: tuple[RevisionPath, ...], year: str) -> tuple[str, str]:
    """What became of the small caps' estimate, and the same in few words, for a head that names the year beside it.

    `Expectations fell: 2017 small-cap growth ended at 22%`; `Expectations fell: growth ended at 22%`.
    """
    path = paths[0] if paths else None
    if not year:
        return "Revisions of the estimates", "Revisions"
    if path is None or path.change_pct is None or len(path.points) < 2:
        return f"Expected earnings of {year}, vintage by vintage", "Vintage by vintage"
    moved = _moved(path)
    if path.points[-1].is_complete and path.growth_pct is not None:
        expectations = "Expectations did not change" if moved in ("unchanged", "back") else f"Expectations {moved}"
        growth = percent(path.growth_pct, 0)
        return (
            f"{expectations}: {year} small-cap growth ended at {growth}",
            f"{expectations}: growth ended at {growth}",
        )
    since = month(path.points[0].vintage)
    if moved == "unchanged":
        return f"{path.title}: the {year} estimate is unchanged since {since}", f"{path.title}: unchanged since {since}"
    if moved == "back":
        back = f"is back where it was in {since}"
        return f"{path.title}: the {year} estimate {back}", f"{path.title} {back}"
    change = f"{moved} {percent(abs(path.change_pct), 1)} since {since}"
    return f"{path.title}: the {year} estimate {change}", f"{path.title}: {change}"


def _moved(path: RevisionPath) -> str:
    """`fell`, `rose`; with the last vintage where the first was `unchanged`, or `back` where those between differ."""
    change = path.change_pct or 0.0
    if abs(change) > _STILL_PCT:
        return "rose" if change > 0 else "fell"
    is_still = all(abs(level - 100) <= _STILL_PCT for level in path.rebased if level is not None)
    return "unchanged" if is_still else "back"


def revisions_caption(year: str, *, is_consensus: bool) -> str:
    if is_consensus:
        return "How the companies' estimates moved over 30, 60 and 90 days stands under Consensus."
    return f"{year} estimate, first vintage = 100. Filled dot = year fully reported"


def revisions_note(paths: tuple[RevisionPath, ...]) -> str:
    later = [flag for path in paths for flag in path.later]
    if later and all(later):
        return "all vintages are after the as-of date"
    if any(later):
        return "shaded vintages are after the as-of date"
    return ""


def streak_words(run: Streak | None, unit: str) -> str:
    """`five reported quarters ahead`: how long small caps have grown faster, or slower."""
    if run is None:
        return ""
    side = "ahead" if run.sign > 0 else "behind"
    return f"{number_word(len(run))} reported {unit}{'' if len(run) == 1 else 's'} {side}"


def strain_note(small: Strain | None, large: Strain | None, small_title: str, large_title: str) -> str:
    """How many companies have accounts, and which way what is missing leans."""
    parts = [
        f"{title}: {strain.companies:,} of {strain.of:,} companies have accounts."
        for title, strain in ((small_title, small), (large_title, large))
        if strain is not None
    ]
    if small is not None and small.companies < small.of:
        parts.append("Companies since delisted are missing, so small-cap losses are likely understated.")
    return " ".join(parts)


def coverage(small: Side | None, large: Side | None) -> str:
    """Whose sums these are, and how much of the index is behind them."""
    said: dict[str, list[str]] = {}
    for side in (small, large):
        if side is not None:
            said.setdefault(_coverage(side), []).append(side.title)
    return " ".join(f"{' and '.join(titles)}: {text}." for text, titles in said.items())


def _coverage(side: Side) -> str:
    if side.coverage_pct is None:
        return f"S&P's own sums of {day(side.vintage)}, which state no coverage"
    thin = ", thin" if side.coverage_pct < THIN_COVERAGE_PCT else ""
    return f"{percent(side.coverage_pct, 0)} of market value{thin}, {day(side.vintage)}"


def only_vintage(paths: tuple[RevisionPath, ...], year: str, following: dt.date | None) -> str:
    """Said where no path can be drawn: `Only the vintage of 28 Jan 2016 is known; the next is of 5 Jul 2017.`"""
    days = {point.vintage for path in paths for point in path.points}
    if len(days) != 1:
        return ""
    text = f"Only the vintage of {day(days.pop())} has {year}, so nothing was revised yet."
    return f"{text} The next is of {day(following)}." if following else text


def gap_label(gap: Gap) -> str:
    return "NM" if gap.points is None else percent(gap.points, 0, signed=True).removesuffix("%")
