"""What the palette finds in the figures of one market as of one moment: records, claims, seams and holdings."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.calc.splice import Definition, Series
from models.calendars import release
from models.desk_search import Entry, EntryKind, GoToDay
from models.formats import day, in_unit, ordinal, week_day, weeks
from models.funds import fund
from models.markets import Market, market
from models.names import Basis, Direction, Kind, Legs
from models.pages.book import Book
from models.pages.choice import Choice
from models.pages.positioning_build import seams
from models.pages.records import ranking
from models.pages.sectors import SectorsChoice
from models.reader import Reader
from models.statements.drawer import claim_title
from models.statements.finder import find
from models.statements.matrix import columns, matrix
from models.statements.words import GROUP_TITLES, basis_title
from models.stepping import new_york_day

WINDOW = 2
"""Reports in a ranked swing: the two weeks of the story."""

_TOP = 6


@dataclass(frozen=True)
class ShowEvidence:
    """Open the evidence of a report on the Positioning page under these fields of the choice."""

    choice: dict[str, Any]


@dataclass(frozen=True)
class ShowWeek:
    """Put the crosshair of the Positioning chart on a report."""

    day: date


@dataclass(frozen=True)
class ShowClaim:
    """Open the evidence of one claim on the Story page, under its own definition."""

    place: int


@dataclass(frozen=True)
class FindHolding:
    """Search the holdings of the Sectors page."""

    ticker: str


def build(reader: Reader, choice: Choice) -> tuple[Entry, ...]:
    """Every entry that depends on the figures; heavy, for the archive's lane."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    main = book.main()
    primary = Definition(of.name, main.report, main.group, Basis.CONTRACTS, Legs.LEAD)
    contracts = book.series(primary)
    if not len(contracts):
        return tuple(_holdings(reader, choice))
    return (
        *_records(book, columns(of, primary)),
        *_claims(book, of, primary, contracts),
        *_seams(of, contracts),
        *_holdings(reader, choice),
    )


def _records(book: Book, definitions: tuple[Definition, ...]) -> list[Entry]:
    """The largest rises and falls, highs and lows under each definition that is shown side by side."""
    entries = []
    for definition in definitions:
        series = book.series(definition)
        under = basis_title(book.market, definition)
        if definition.group is not definitions[0].group:
            under = f"{GROUP_TITLES[definition.group].lower()}, {under}"
        for kind in (Kind.SWING, Kind.LEVEL):
            for direction in (Direction.UP, Direction.DOWN):
                ranked = ranking(series, kind, window=WINDOW, direction=direction, separate=True, top=_TOP)
                for row in ranked.rows:
                    title, words = _record_words(kind, direction, row.value, series.unit, row.date)
                    chosen = _chosen(definition, kind, direction, row.date)
                    note = f"{ordinal(row.rank)} of {ranked.of:,}, {under}"
                    entries.append(
                        Entry(
                            EntryKind.RECORD,
                            title,
                            ShowEvidence(chosen),
                            note,
                            "Evidence",
                            day=row.date,
                            rank=row.rank,
                            words=words,
                        )
                    )
    return entries


def _record_words(kind: Kind, direction: Direction, value: float, unit: str, when: date) -> tuple[str, str]:
    figure = in_unit(value, unit, signed=True, is_change=kind is Kind.SWING)
    if kind is Kind.SWING:
        return (
            f"{figure} in {weeks(WINDOW)} to {day(when)}",
            "rise swing" if direction is Direction.UP else "fall swing",
        )
    word = "high bullish" if direction is Direction.UP else "low bearish"
    return f"{figure} net on {day(when)}", word


def _chosen(definition: Definition, kind: Kind, direction: Direction, when: date) -> dict[str, Any]:
    return {
        "report": definition.report,
        "group": definition.group,
        "basis": definition.basis,
        "legs": definition.legs,
        "kind": kind,
        "direction": direction,
        "window": WINDOW,
        "focus": when,
    }


def _claims(book: Book, of: Market, primary: Definition, contracts: Series) -> list[Entry]:
    claimed = matrix(of, primary, find(contracts), book.series)
    return [
        Entry(
            EntryKind.CLAIM,
            claim_title(row.primary),
            ShowClaim(place),
            f"{day(row.claim.date)}, {basis_title(of, primary)}",
            "Evidence",
            day=row.claim.date,
            words="claim story",
        )
        for place, row in enumerate(claimed.rows)
    ]


def _seams(of: Market, contracts: Series) -> list[Entry]:
    """Each change of the contract, and the day on which its first report was released."""
    entries = []
    for seam in seams(of, contracts):
        title = f"Contract: {seam.before} \u2192 {seam.after}"
        note = f"report of {day(seam.date)}"
        entries.append(
            Entry(EntryKind.SEAM, title, ShowWeek(seam.date), note, "Positioning", day=seam.date, words="seam contract")
        )
        public = new_york_day(release(seam.date).at)
        first = f"first report of {seam.after}"
        entries.append(Entry(EntryKind.AS_OF, f"Go to {week_day(public)}", GoToDay(public), first, day=seam.date))
    return entries


def _holdings(reader: Reader, choice: Choice) -> list[Entry]:
    """The lines of the newest file of the small fund that the Sectors page shows."""
    name = choice.on_page(SectorsChoice).small.fund
    keys = [key for key in reader.snapshots(choice.as_of, name) if not key.is_weights_only]
    if not keys:
        return []
    newest = max(keys, key=lambda key: key.as_of)
    lines = reader.snapshot(newest).holdings
    note = f"{fund(name).ticker} holdings of {day(newest.as_of)}"
    plain = Entry(EntryKind.HOLDING, "", None, "", "Sectors")
    return [
        replace(plain, title=line.ticker, target=FindHolding(line.ticker), note=line.name, words=note)
        for line in lines
        if line.ticker and line.asset_class == "Equity"
    ]
