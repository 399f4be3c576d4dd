"""The claim that credit spreads narrow, widen or stand still, under one series and span a definition.

The direction over the middle span is that of the rule with its threshold; over a longer one the sign of the change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.calc.credit import CreditDirection, Reading
from models.explain.figures import credit_change
from models.formats import count, day, decimal, number_word, ordinal, percent
from models.names import Kind
from models.pages.market_words import change as change_words
from models.pages.side_claims import FAILS, HOLDS, SideCell, SideClaim, Standing
from models.series import CreditSeries
from models.statements.drawer import VERDICT_WORDS
from models.statements.evidence import Evidence, EvidenceRow, SourceLine

_MOST_LETTERS = 14


@dataclass(frozen=True)
class Read:
    """One series with its reading, whose figures they are, and how the reading's year is called: `this year`."""

    series: CreditSeries
    reading: Reading
    source: str
    year: str


@dataclass(frozen=True)
class _Span:
    """A change over one span: `4 weeks`, `this year`."""

    name: str
    change: float
    direction: CreditDirection


def credit_claim(held: Sequence[Read]) -> SideClaim | None:
    """The direction of the first series is claimed; of it the longer spans are definitions too."""
    known = [one for one in held if one.reading.direction is not None]
    if not known or known[0].reading.direction is None:
        return None
    first, claimed = known[0], known[0].reading.direction
    middle, *longer = _spans(first)
    cells = [_cell(first, middle, claimed)]
    cells += [_cell(one, _spans(one)[0], claimed) for one in known[1:]]
    if claimed is not CreditDirection.UNCHANGED:
        cells[1:1] = [_cell(first, span, claimed) for span in longer]
    verb = "are unchanged" if claimed is CreditDirection.UNCHANGED else f"are {claimed}"
    return SideClaim(
        id=f"credit-{first.series.id}-{first.reading.date.isoformat()}",
        kind=Kind.CREDIT,
        title=f"Credit spreads {verb}",
        caption=f"{_in_words(middle.name)} to {day(first.reading.date)}",
        date=first.reading.date,
        cells=tuple(cells),
        sample_start=first.reading.since,
        sources=(first.source,),
    )


def _spans(one: Read) -> list[_Span]:
    """The middle span with its direction by the rule, then its year by the sign alone."""
    found = one.reading
    made = []
    if found.middle is not None and found.direction is not None:
        made.append(_Span(one.series.horizons[1], found.middle, found.direction))
    if found.year_to_date is not None:
        made.append(_Span(one.year, found.year_to_date, _by_sign(one, found.year_to_date)))
    return made


def _by_sign(one: Read, change: float) -> CreditDirection:
    """What is printed as no change is none."""
    if not any(digit in change_words(one.series, one.reading.level, change) for digit in "123456789"):
        return CreditDirection.UNCHANGED
    return CreditDirection.NARROWING if change * one.series.narrows > 0 else CreditDirection.WIDENING


def _in_words(horizon: str) -> str:
    n, _, unit = horizon.partition(" ")
    return f"{number_word(int(n))} {unit}" if n.isdigit() else horizon


def _fitted(series: CreditSeries, span: str) -> str:
    """`HY, 4 weeks`; where that is too long for a cell `HYG/LQD, 4 wk`."""
    full = f"{series.short}, {span}"
    if len(full) <= _MOST_LETTERS:
        return full
    for word, less in (("weeks", "wk"), ("months", "mo"), ("this ", "")):
        span = span.replace(word, less)
    return f"{series.short}, {span}"


def level_words(series: CreditSeries, level: float) -> str:
    """`3.72%`, `0.6337`."""
    if series.in_basis_points:
        return percent(level, 2)
    return decimal(level, 4 if series.unit == "ratio" else 2)


def _cell(one: Read, span: _Span, claimed: CreditDirection) -> SideCell:
    series, found = one.series, one.reading
    mark = HOLDS if span.direction is claimed else FAILS
    shown = change_words(series, found.level, span.change)
    over = span.name if span.name == one.year else f"over {_in_words(span.name)}"
    sentence = (
        f"{series.phrase[:1].upper()}{series.phrase[1:]} stood at {level_words(series, found.level)} on"
        f" {day(found.date)}, {shown} {over}: {span.direction}. It was lower in {percent(found.below_pct, 0)} of"
        f" {count(found.observations)} observations since {found.since.year}."
    )
    value = 100 * span.change if series.in_basis_points else span.change
    return SideCell(
        definition=_fitted(series, span.name),
        mark=mark,
        shown=shown,
        value=value,
        unit="bp" if series.in_basis_points else series.unit,
        sentence=sentence,
        basis=f"{series.name}, {span.name}",
        standing=Standing(sample_start=found.since, of=found.observations),
        sources=(one.source,),
        behind=_evidence(one, span, mark, sentence),
        how=credit_change(one, span.change, span.name),
    )


def _evidence(one: Read, span: _Span, mark: str, sentence: str) -> Evidence:
    series, found = one.series, one.reading
    short, middle, long = series.horizons
    changes = (
        (short, found.short),
        (middle, found.middle),
        (long, found.long),
        (one.year, found.year_to_date),
        ("one year", found.one_year),
    )
    rule = "The direction is the sign of the change since the last observation of the year before."
    if span.name == middle and found.deviation is not None:
        tenth = change_words(series, found.level, found.deviation / 10).removeprefix("+")
        rule = (
            f"Narrowing or widening where the change over {middle} is more than a tenth ({tenth}) of the standard"
            " deviation of such changes over the last year, else unchanged."
        )
    return Evidence(
        claim=f"{series.title}: {span.direction}, {span.name}",
        verdict=VERDICT_WORDS[mark],
        lead=level_words(series, found.level),
        lead_note=f"on {day(found.date)}, {ordinal(round(found.percentile))} percentile since {found.since.year}",
        strip=None,
        definition=(series.definition, rule),
        table_title="Change to this day",
        headers=("Over", "Change"),
        rows=tuple(
            EvidenceRow((name, change_words(series, found.level, change)), name == span.name)
            for name, change in changes
        ),
        others=(),
        sample=(f"{count(found.observations)} observations from {day(found.since)} to {day(found.date)}.",),
        sources=(SourceLine(one.source, "", found.date, None, False, None),),
        sentence=f"{sentence} Source: {one.source}.",
        export_headers=("over", "change", "unit"),
        export_rows=tuple((name, change, series.unit) for name, change in changes),
    )
