"""Claims beside positioning as the Story shows them: a row of the matrix whose cells name their own definitions."""

import datetime as dt
from dataclasses import dataclass, replace

from models.explain.explanation import Explanation, Term
from models.formats import day, plural, short_day
from models.formats import rank as rank_of
from models.freshness import LATER
from models.names import Direction, Kind, Verdict
from models.pages.market_words import rank_from
from models.statements.drawer import VERDICT_WORDS
from models.statements.evidence import Evidence, OtherDefinition

HOLDS, FAILS, TOO_SHORT, NO_DATA = "true", "false", "short", "missing"
MARKS = {Verdict.TRUE: HOLDS, Verdict.FALSE: FAILS, Verdict.UNKNOWN: NO_DATA}
CELLS_SHOWN = 4


@dataclass(frozen=True)
class Standing:
    """Where a value stands in its sample under one definition; `winner` and `runner_up` are the two largest.

    `since` is the day of the latest earlier case that is at least as large, None where the sample has none. The rank is
    counted from the highest (up) or from the lowest (down) `direction`.
    """

    sample_start: dt.date
    rank: int | None = None
    of: int | None = None
    ties: int = 0
    since: dt.date | None = None
    winner: tuple[dt.date, float] | None = None
    runner_up: tuple[dt.date, float] | None = None
    left_out: int = 0
    direction: Direction | None = None


@dataclass(frozen=True)
class SideCell:
    """A claim under one definition: its name in few words, what it shows, and the sentence behind it.

    `basis` is the definition in full. `later` is the day of a figure that was not known yet at the page's moment;
    such a figure is shown and marked, and has no verdict. `sources` are those of this definition, none where they are
    the claim's; `behind` is what is known besides the sentence, for the drawer: its own claim is what the definition is
    about. `how` takes the figure apart.
    """

    definition: str
    mark: str
    shown: str
    value: float | None
    unit: str
    sentence: str
    basis: str
    later: dt.date | None = None
    standing: Standing | None = None
    sources: tuple[str, ...] = ()
    behind: Evidence | None = None
    how: Explanation | None = None


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
    sources: tuple[str, ...] = ()


def verdict_words(cell: SideCell) -> str:
    """`holds`, `does not hold`, or why neither can be said."""
    if cell.later is not None:
        return f"has no verdict: newer than the as-of date {LATER}"
    return VERDICT_WORDS[cell.mark]


def marked(cell: SideCell) -> str:
    """What the cell shows, with its mark and date where it was not known yet."""
    return cell.shown if cell.later is None else f"{cell.shown} {LATER} {short_day(cell.later)}"


def explanation(claim: SideClaim, cell: SideCell) -> Explanation | None:
    """How the figure of a cell came about, with its place in the sample and where it is from."""
    if cell.how is None:
        return None
    standing, terms, notes = cell.standing, [], []
    if standing is not None and standing.rank and standing.of:
        terms.append(Term("Rank", _place(standing.rank, standing.of, standing), f"since {day(standing.sample_start)}"))
    if standing is not None and standing.left_out:
        notes.append(f"{plural(standing.left_out, 'case')} without a close at an end left out.")
    if cell.later is not None:
        notes.append(f"{LATER} Of {day(cell.later)}, newer than the as-of date.")
    if sources := cell.sources or claim.sources:
        notes.append(f"Source: {'; '.join(sources)}.")
    how = cell.how
    about = ". ".join(filter(None, (cell.basis, how.about)))
    return replace(how, about=about, terms=(*how.terms, *terms), notes=(*how.notes, *notes))


def _place(place: int, of: int, standing: Standing) -> str:
    """`2nd of 30`, and from which end where that is known."""
    if standing.direction is None:
        return rank_of(place, of)
    return rank_from(place, of, is_worst=standing.direction is Direction.DOWN)


def evidence(claim: SideClaim, cell: SideCell) -> Evidence:
    """The drawer of one cell: its sentence, the other definitions, the sample, and where the figures are from."""
    others = tuple(OtherDefinition(o.mark, o.definition, marked(o)) for o in claim.cells if o is not cell)
    if cell.behind is not None:
        behind = cell.behind
        return replace(behind, claim=claim.title, definition=(f"{behind.claim}.", *behind.definition), others=others)
    rank = rank_of(claim.rank, claim.of) if cell is claim.cells[0] and claim.rank and claim.of else ""
    start = f"Sample from {day(claim.sample_start)}." if claim.sample_start else ""
    source = f"Source: {'; '.join(claim.sources)}." if claim.sources else ""
    mark = f" {LATER} Of {day(cell.later)}, newer than the as-of date." if cell.later else ""
    said = f"{cell.sentence}{mark}"
    return Evidence(
        claim=claim.title,
        verdict=verdict_words(cell),
        lead=cell.shown,
        lead_note=cell.definition,
        strip=None,
        definition=(said, f"Definition: {cell.basis}."),
        table_title="",
        headers=(),
        rows=(),
        others=others,
        sample=tuple(filter(None, (f"{claim.caption}.", f"Rank {rank}." if rank else "", start, source))),
        sources=(),
        sentence=" ".join(filter(None, (said, source))),
        export_headers=("claim", "definition", "verdict", "value", "unit", "date", "later_data", "sentence"),
        export_rows=tuple(
            (
                claim.title,
                one.basis,
                one.mark,
                one.value,
                one.unit,
                claim.date.isoformat(),
                one.later.isoformat() if one.later else "",
                one.sentence,
            )
            for one in claim.cells
        ),
    )
