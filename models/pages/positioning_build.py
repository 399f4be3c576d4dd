"""Builds the Positioning page from the archive and a choice; the window and the commands use the same."""

from dataclasses import replace

import numpy as np

from models.calc import positioning as measures
from models.calc.splice import Definition, Series, close_on
from models.calendars import release
from models.formats import as_date, day, weeks
from models.markets import Market, market
from models.names import GROUPS, LOOKBACKS, MAIN_GROUP, Basis, Direction, Family, Group, Kind, Legs, Report, Scope
from models.pages import no_figures
from models.pages.book import Book
from models.pages.choice import Choice
from models.pages.positioning import (
    BASIS_LABELS,
    FAMILY_LABELS,
    Hatch,
    Option,
    PositioningPage,
    RecordRow,
    SeamMark,
    SwingMark,
)
from models.pages.positioning_latest import latest_note, latest_rows
from models.pages.records import ranking
from models.reader import Reader
from models.records import Dates, Floats, Positions
from models.statements.drawer import evidence
from models.statements.evidence import Evidence
from models.statements.headline import event
from models.statements.matrix import definitions, judged
from models.statements.statement import Claim
from models.statements.words import FAMILY_TITLES, GROUP_TITLES, SCOPE_TITLES, capital, report_title

RECORDS_SHOWN = 50
SCOPE_LABELS = {Scope.FUTURES: "Futures", Scope.COMBINED: "Fut + options"}


def build(reader: Reader, choice: Choice) -> PositioningPage:
    """The page of one market as of `choice.as_of`; what cannot be chosen there falls back to what can."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    main = book.main()
    report = choice.report or main.report
    group = choice.group if choice.group in GROUPS[report.family] else MAIN_GROUP[report.family]
    bases = _bases(book, report, group, choice)
    chosen = {option.value for option in bases if option.is_chosen}
    basis = next(b for b in Basis if b.value in chosen)
    legs = choice.legs if choice.legs in (Legs.LEAD, *of.codes) or len(of.codes) > 1 else Legs.LEAD
    definition = Definition(of.name, report, group, basis, legs)
    shown = book.series(definition)
    ranked = ranking(
        shown, choice.kind, window=choice.window, direction=choice.direction, separate=True, top=len(shown) or 1
    )
    listed = (
        ranked
        if choice.separate
        else ranking(
            shown, choice.kind, window=choice.window, direction=choice.direction, separate=False, top=RECORDS_SHOWN
        )
    )
    index, title = _index(shown, choice)
    closes = book.closes
    latest = latest_rows(book, definition, choice)
    return PositioningPage(
        choice=choice,
        title=f"{GROUP_TITLES[group]}, {report_title(report)}",
        sentence=_sentence(of, shown),
        subtitle="" if choice.report or report is Report.LEGACY_FUTURES else f"shown because it is {main.reason}",
        release=release(as_date(shown.date[-1])) if len(shown) else None,
        reports=_reports(book, report),
        scopes=_scopes(book, report),
        groups=tuple(Option(g.value, GROUP_TITLES[g], g is group) for g in GROUPS[report.family]),
        bases=bases,
        legs=_legs(of, legs),
        lookbacks=_lookbacks(shown, choice.lookback),
        main=shown,
        as_reported=as_reported(book, definition, shown),
        weekly_change=measures.change(shown, 1),
        index=index,
        percentile=measures.percentile(shown.value, choice.lookback),
        z_score=measures.z_score(shown.value, choice.lookback or None),
        index_title=title,
        closes=closes,
        closes_title=f"{of.title} price" if closes is not None else "",
        price_dates=shown.date,
        prices=close_on(closes, shown.date),
        seams=seams(of, shown),
        hatches=hatches(of, book.positions(report), shown),
        swings=_swing_marks(shown, choice),
        latest=latest,
        latest_note=latest_note(book, definition, shown, latest),
        records=listed.rows[:RECORDS_SHOWN],
        records_of=listed.of,
        records_left_out=listed.left_out,
        records_separate=len(ranked.rows),
        evidence=_evidence(book, definition, choice),
        reason_empty=no_figures.of_series(book, shown, choice),
    )


def _sentence(of: Market, shown: Series) -> str:
    return event(of, shown) if len(shown) else ""


def _index(shown: Series, choice: Choice) -> tuple[Floats, str]:
    window = f"{choice.lookback} weeks" if choice.lookback else "all reports"
    if choice.measure == "percentile":
        return measures.percentile(shown.value, choice.lookback), f"Percentile, {window}: share of values at or below"
    if choice.measure == "movement":
        reports = measures.MOVEMENT_REPORTS
        title = f"Movement index, {window}: COT index less that of {reports} reports ago"
        return measures.movement(shown.value, choice.lookback), title
    if choice.measure == "willco":
        title = f"WILLCO: COT index of net \u00f7 open interest, {measures.WILLCO_WINDOW} weeks"
        return measures.willco(shown), title
    if choice.measure == "z_score":
        return measures.z_score(shown.value, choice.lookback), f"Z-score, {window}: standard deviations from the mean"
    index = measures.cot_index(shown.value, choice.lookback)
    return index, f"COT index, {window}: where the net sits between its low (0) and high (100)"


def _reports(book: Book, report: Report) -> tuple[Option, ...]:
    options = []
    for family in Family:
        if family is Family.DISAGG and book.market.main_family is Family.TFF:
            continue
        if family is Family.TFF and book.market.main_family is Family.DISAGG:
            continue
        held = any(book.newest(Report.of(family, scope)) for scope in Scope)
        reason = "" if held else f"No rows of the {FAMILY_TITLES[family]} are held for {book.market.title}."
        options.append(Option(family.value, FAMILY_LABELS[family], family is report.family, reason))
    return tuple(options)


def _scopes(book: Book, report: Report) -> tuple[Option, ...]:
    options = []
    for scope in Scope:
        held = book.newest(Report.of(report.family, scope)) is not None
        reason = "" if held else f"No {SCOPE_TITLES[scope]} rows of this report are held for {book.market.title}."
        options.append(Option(scope.value, SCOPE_LABELS[scope], scope is report.scope, reason))
    return tuple(options)


def _bases(book: Book, report: Report, group: Group, choice: Choice) -> tuple[Option, ...]:
    of = book.market
    reasons: dict[Basis, str] = {}
    if not of.is_resized:
        reasons[Basis.SIZE_ADJUSTED] = "The same as contracts: this contract was never resized."
    if not of.index_symbol:
        reasons[Basis.NOTIONAL] = "No price series is assigned to this market."
    elif book.closes is None:
        reasons[Basis.NOTIONAL] = "Needs prices of the index; none are held as of this day."
    positions = book.positions(report)
    if len(positions) and not len(book.series(Definition(of.name, report, group, Basis.SHARE_OF_OI))):
        reasons[Basis.SHARE_OF_OI] = "Open interest is not held for this report."
    chosen = choice.basis if choice.basis not in reasons else Basis.CONTRACTS
    labels = BASIS_LABELS | {Basis.SIZE_ADJUSTED: capital(of.size_unit)}
    return tuple(Option(b.value, labels[b], b is chosen, reasons.get(b, "")) for b in Basis)


def _legs(of: Market, chosen: str) -> tuple[Option, ...]:
    several = len(of.codes) > 1
    reason = "" if several else "This market has one contract."
    options = [
        Option(Legs.LEAD, "Lead contract", chosen == Legs.LEAD),
        Option(Legs.ALL, "All contracts", chosen == Legs.ALL, reason),
    ]
    return tuple(options + [Option(code, f"Code {code}", chosen == code) for code in of.codes if several])


def _lookbacks(shown: Series, chosen: int | None) -> tuple[Option, ...]:
    options = []
    for n in LOOKBACKS:
        short = n is not None and len(shown) < n
        reason = f"Needs {n} reports; {len(shown)} are held." if short else ""
        options.append(Option("" if n is None else str(n), "All" if n is None else f"{n}w", n == chosen, reason))
    return tuple(options)


def as_reported(book: Book, definition: Definition, shown: Series) -> Series | None:
    if definition.basis is not Basis.SIZE_ADJUSTED or definition.legs == Legs.ALL or not len(shown):
        return None
    if np.ptp(shown.multiplier) == 0 and shown.multiplier[-1] == book.market.lead_multiplier:
        return None
    return book.series(replace(definition, basis=Basis.CONTRACTS))


def seams(of: Market, shown: Series) -> tuple[SeamMark, ...]:
    marks = []
    for i in np.flatnonzero(shown.seam):
        before, after = shown.multiplier[i - 1], shown.multiplier[i]
        if before != after:
            texts = (f"${before:,.0f} a point", f"${after:,.0f} a point")
        else:
            texts = (_venue(of, str(shown.code[i - 1])), _venue(of, str(shown.code[i])))
        marks.append(SeamMark(as_date(shown.date[i]), *texts))
    return tuple(marks)


def _venue(of: Market, code: str) -> str:
    return next((f"{leg.venue} {code}" if leg.venue else code for leg in of.legs if leg.code == code), code)


def hatches(of: Market, positions: Positions, shown: Series) -> tuple[Hatch, ...]:
    """Stretches without reports, and the weeks in which the old and the new lead traded side by side."""
    hatches = []
    why = "a contract is not held" if shown.definition.legs == Legs.ALL else "no reports held"
    gaps = np.flatnonzero(np.diff(shown.date).astype(np.int64) > measures.gap_limit_days(4))
    for i in gaps:
        hatches.append(Hatch(as_date(shown.date[i]), as_date(shown.date[i + 1]), why))
    for i in np.flatnonzero(shown.lead_changes):
        old, new = str(shown.code[i - 1]), str(shown.code[i])
        both = np.intersect1d(
            _days_of(of, positions, old, shown.date[i - 1]), _days_of(of, positions, new, shown.date[i])
        )
        if len(both):
            side = f"{_venue(of, old)} and {_venue(of, new)} side by side"
            hatches.append(Hatch(as_date(both[0]), as_date(both[-1]), side))
    return tuple(hatches)


def _days_of(of: Market, positions: Positions, code: str, around: np.datetime64) -> Dates:
    """The report dates of a code in the life that it had on one of them: 239742 has had two."""
    days: Dates = positions.date[positions.code == code]
    if (leg := of.leg_of(code, as_date(around))) is not None:
        days = days[[leg.exists_on(as_date(each)) for each in days]]
    return days


def _swing_marks(shown: Series, choice: Choice) -> tuple[SwingMark, ...]:
    """The record swing in the chosen direction and the one that ends at the newest report."""
    if choice.kind is not Kind.SWING or not len(shown):
        return ()
    best = ranking(shown, Kind.SWING, window=choice.window, direction=choice.direction, separate=False, top=1)
    marks = [_mark(row, "the record", is_current=row.is_current) for row in best.rows]
    if marks and not marks[0].is_current:
        start = len(shown) - 1 - choice.window
        if start >= 0 and np.isfinite(measures.change(shown, choice.window)[-1]):
            first, last = float(shown.value[start]), float(shown.value[-1])
            dates = as_date(shown.date[start]), as_date(shown.date[-1])
            marks.append(SwingMark(*dates, first, last, "", f"{weeks(choice.window)} to {day(dates[1])}", True))
    return tuple(marks)


def _mark(row: RecordRow, note: str, *, is_current: bool) -> SwingMark:
    start = row.start_date or row.date
    return SwingMark(start, row.date, row.start or 0.0, row.end or 0.0, "", note, is_current)


def _evidence(book: Book, definition: Definition, choice: Choice) -> Evidence | None:
    """The drawer of the report in focus: the claim that its swing, level or streak is a record."""
    if choice.focus is None:
        return None
    shown = book.series(definition).until(np.datetime64(choice.focus))
    if not len(shown) or as_date(shown.date[-1]) != choice.focus:
        return None
    direction = choice.direction
    if choice.kind is Kind.SWING and direction is Direction.BOTH:
        move = measures.change(shown, choice.window)[-1]
        direction = Direction.UP if move >= 0 else Direction.DOWN
    if direction is Direction.BOTH:
        direction = Direction.UP if shown.value[-1] >= 0 else Direction.DOWN
    window = choice.window if choice.kind is Kind.SWING else 0
    claim = Claim(choice.kind, direction, choice.focus, definition, window, length=1)
    order = dict.fromkeys((definition, *definitions(book.market)))
    row = judged(claim, tuple(order), book.series)
    return evidence(book.market, row, row.primary, book.series(definition), book.provenance)


def series_of(reader: Reader, choice: Choice) -> Series:
    """The series of exactly the definition chosen, for the command line; empty where it cannot be computed."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    if choice.report is None or choice.group is None:
        main = book.main()
        report = choice.report or main.report
        group = choice.group or (main.group if report is main.report else MAIN_GROUP[report.family])
        return book.series(Definition(of.name, report, group, choice.basis, choice.legs))
    return book.series(Definition(of.name, choice.report, choice.group, choice.basis, choice.legs))
