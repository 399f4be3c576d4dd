"""The Story: what happened in positioning, whether it is a record, and under which definition."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.anatomy import Anatomy, anatomy
from models.calc.splice import Definition, Series
from models.calendars import Release, next_release, release
from models.formats import as_date, day, in_unit, weeks
from models.markets import Market, market
from models.names import GROUPS, Basis, Direction, Kind, Legs, Report, Scope
from models.pages import no_figures, story_panels
from models.pages.book import Book, MainChoice
from models.pages.choice import Choice
from models.pages.positioning import Hatch, RecordRow, SeamMark, SwingMark
from models.pages.positioning_build import as_reported, hatches, seams
from models.pages.records import ranking
from models.pages.story_choice import StoryChoice
from models.pages.story_panels import NO_PANELS, Panels
from models.reader import Reader
from models.records import Provenance
from models.statements.drawer import evidence
from models.statements.evidence import Evidence
from models.statements.finder import LEAST_REPORTS_SINCE, find, ordinary
from models.statements.headline import Headline, headline
from models.statements.matrix import ClaimRow, Matrix, definitions, judged, matrix
from models.statements.statement import Claim, Statement
from models.statements.words import GROUP_TITLES, report_title, short_report, superlative

CLAIMS_SHOWN = 6
_LARGER_MARKED = 2


@dataclass(frozen=True)
class WatchLine:
    """What the next report would have to show, and what that would be: `threshold` in `unit`."""

    condition: str
    meaning: str
    threshold: float
    unit: str


@dataclass(frozen=True)
class StoryPage:
    """The page as of `choice.as_of`. `headline` is None where no report is held; then `reason_empty` says so.

    `ordinary` are the rows that are shown where the matrix has none: what is asked of any report. `kept` are
    claims of the reader's own on this market, as far as their reports were known.
    """

    choice: Choice
    market: Market
    main: MainChoice
    headline: Headline | None
    matrix: Matrix | None
    ordinary: tuple[ClaimRow, ...]
    kept: tuple[ClaimRow, ...]
    series: Series
    as_reported: Series | None
    seams: tuple[SeamMark, ...]
    hatches: tuple[Hatch, ...]
    swings: tuple[SwingMark, ...]
    anatomy: Anatomy | None
    anatomy_title: str
    watch: tuple[WatchLine, ...]
    changed: tuple[str, ...]
    release: Release | None
    next_release: Release
    sources: tuple[Provenance, ...]
    evidence_of: Callable[[ClaimRow, Statement], Evidence]
    series_of: Callable[[Definition], Series]
    """The series behind any statement of the matrix."""
    reason_empty: str = ""
    anatomy_focus: str = ""
    panels: Panels = NO_PANELS

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """The claims of the report, the most unusual first; where nothing is unusual, what is asked of any."""
        return (self.matrix.rows if self.matrix else ()) or self.ordinary

    @property
    def group_title(self) -> str:
        return GROUP_TITLES[self.main.group].lower()


def build(reader: Reader, choice: Choice) -> StoryPage:
    """The whole story of one market, with what stands beside positioning."""
    return replace(page(reader, choice), panels=story_panels.build(reader, choice))


def page(reader: Reader, choice: Choice) -> StoryPage:
    """The story of one market's positions; the window adds the panels a moment later, as they take longer."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    main = book.main()
    primary = Definition(of.name, main.report, main.group, Basis.CONTRACTS, Legs.LEAD)
    contracts = book.series(primary)
    drawn = book.series(Definition(of.name, main.report, main.group, Basis.SIZE_ADJUSTED, Legs.LEAD))
    claims = find(contracts)[:CLAIMS_SHOWN]
    claimed = matrix(of, primary, claims, book.series) if len(contracts) else None
    usual = () if claims or claimed is None else _ordinary(of, primary, contracts, book)
    kept = _kept(of, choice.on_page(StoryChoice), primary, book)
    _fetch_origins(book, (*(claimed.rows if claimed else ()), *usual, *kept))
    swing = next((c for c in claims if c.kind is Kind.SWING and c.date == as_date(contracts.date[-1])), None)
    moves, moves_title, focus = _anatomy(book, main, contracts, swing.window if swing else 1)
    return StoryPage(
        choice=choice,
        market=of,
        main=main,
        headline=headline(claimed, contracts) if claimed else None,
        matrix=claimed,
        ordinary=usual,
        kept=kept,
        series=drawn,
        as_reported=as_reported(book, drawn.definition, drawn),
        seams=seams(of, drawn),
        hatches=hatches(of, book.positions(main.report), drawn),
        swings=_swing_marks(claimed, drawn) if claims else (),
        anatomy=moves,
        anatomy_title=moves_title,
        anatomy_focus=focus,
        watch=watch(contracts, swing.window if swing else 2),
        changed=_changed(contracts, claims),
        release=release(as_date(contracts.date[-1])) if len(contracts) else None,
        next_release=next_release(choice.as_of),
        sources=_sources(book, contracts),
        evidence_of=lambda row, shown: evidence(of, row, shown, book.series(shown.definition), book.provenance),
        series_of=book.series,
        reason_empty="" if len(contracts) else no_figures.of_market(book, choice),
    )


def _fetch_origins(book: Book, rows: tuple[ClaimRow, ...]) -> None:
    """Asks for the batch behind the newest row of every definition, while there is an archive to ask."""
    for row in rows:
        for statement in row.statements:
            known = book.series(statement.definition).until(np.datetime64(statement.claim.date))
            if len(known) and known.batch[-1] >= 0:
                book.provenance(int(known.batch[-1]))


def _sources(book: Book, series: Series) -> tuple[Provenance, ...]:
    batches = dict.fromkeys(series.batch[-8:].tolist())
    return tuple(book.provenance(batch) for batch in batches if batch >= 0)


def _ordinary(of: Market, primary: Definition, contracts: Series, book: Book) -> tuple[ClaimRow, ...]:
    order = tuple(dict.fromkeys((primary, *definitions(of))))
    return tuple(judged(claim, order, book.series) for claim in ordinary(contracts))


def _kept(of: Market, chosen: StoryChoice, primary: Definition, book: Book) -> tuple[ClaimRow, ...]:
    rows = []
    for claim in chosen.claims:
        if claim.primary.market == of.name:
            order = tuple(dict.fromkeys((claim.primary, primary, *definitions(of))))
            row = judged(claim, order, book.series)
            if any(s.definition == claim.primary and s.value is not None for s in row.statements):
                rows.append(row)
    return tuple(rows)


def _swing_marks(claimed: Matrix | None, drawn: Series) -> tuple[SwingMark, ...]:
    """The week's swing, and of those over as many reports that were larger on what is drawn the largest few."""
    row = next((r for r in claimed.rows if r.claim.kind is Kind.SWING), None) if claimed else None
    if row is None:
        return ()
    claim = row.claim
    ranked = ranking(
        drawn, Kind.SWING, window=claim.window, direction=claim.direction, separate=True, top=_LARGER_MARKED + 1
    ).rows
    shown = row.under(drawn.definition) or row.primary
    marks = [_mark(drawn, r, claim.window) for r in ranked if r.date != claim.date and _is_larger(r, shown)]
    first, last = _value_on(drawn, shown.start_date), _value_on(drawn, claim.date)
    if shown.start_date is not None and first is not None and last is not None:
        label = in_unit(last - first, drawn.unit, is_change=True)
        marks.append(SwingMark(shown.start_date, claim.date, first, last, label, f"to {day(claim.date)}", True))
    return tuple(marks)


def _is_larger(record: RecordRow, shown: Statement) -> bool:
    return shown.value is None or abs(record.value) > abs(shown.value)


def _mark(drawn: Series, record: RecordRow, window: int) -> SwingMark:
    note = f"{weeks(window)} to {day(record.date)}" + ("\nthe record" if record.rank == 1 else "")
    label = in_unit(record.value, drawn.unit, is_change=True)
    assert record.start_date is not None and record.start is not None and record.end is not None
    return SwingMark(record.start_date, record.date, record.start, record.end, label, note, False)


def _value_on(series: Series, when: date | None) -> float | None:
    if when is None:
        return None
    at = np.flatnonzero(series.date == np.datetime64(when))
    return float(series.value[at[0]]) if len(at) else None


def _anatomy(book: Book, main: MainChoice, contracts: Series, window: int) -> tuple[Anatomy | None, str, str]:
    """Who moved over the swing, by the groups of the market's finer report where it has both dates."""
    if len(contracts) <= window:
        return None, "", ""
    start, end = contracts.date[-1 - window], contracts.date[-1]
    family = book.market.main_family
    candidates = [*(Report.of(family, scope) for scope in (Scope.COMBINED, Scope.FUTURES)), main.report]
    for report in dict.fromkeys(candidates):
        groups = {
            group.value: book.series(Definition(book.market.name, report, group, Basis.CONTRACTS, Legs.LEAD))
            for group in GROUPS[report.family]
        }
        found = anatomy(groups, next(iter(groups)), start, end)
        if all(move.net is not None for move in found.groups):
            focus = _focus(groups, main)
            steps = anatomy({main.group.value: contracts}, main.group.value, start, end).by_report
            made = replace(anatomy(groups, focus, start, end), by_report=steps)
            if report is not main.report:
                made = replace(
                    made, groups_in=short_report(report, main.report), steps_in=short_report(main.report, report)
                )
            return made, report_title(report), focus
    return None, "", ""


def _focus(groups: dict[str, Series], main: MainChoice) -> str:
    for name in (main.group.value, "leveraged_funds", "managed_money"):
        if name in groups:
            return name
    return next(iter(groups))


def watch(series: Series, window: int) -> tuple[WatchLine, ...]:
    """What the next report's net would have to be to make a statement; thresholds in the series' unit."""
    if len(series) < LEAST_REPORTS_SINCE:
        return ()
    lines = []
    recent = series.value[-LEAST_REPORTS_SINCE:]
    for direction, bound, word in ((Direction.UP, recent.max(), "above"), (Direction.DOWN, recent.min(), "below")):
        beyond = series.value > bound if direction is Direction.UP else series.value < bound
        earlier = np.flatnonzero(beyond)
        best = "highest" if direction is Direction.UP else "lowest"
        since = (
            f"since {day(series.date[earlier[-1]])}"
            if len(earlier)
            else f"since the data begin on {day(series.date[0])}"
        )
        lines.append(WatchLine(word, f"the {best} {since}", float(bound), series.unit))
    now = float(series.value[-1])
    if now:
        lines.append(
            WatchLine("below" if now > 0 else "above", f"net {'short' if now > 0 else 'long'} again", 0.0, series.unit)
        )
    changes = superlatives.swings(series, window)
    if len(changes) and len(series) >= window:
        base = float(series.value[len(series) - window])
        start = day(series.date[0])
        rise, fall = base + float(changes.value.max()), base + float(changes.value.min())
        span = weeks(window)
        lines.append(WatchLine("above", f"the largest rise over {span} since {start}", rise, series.unit))
        lines.append(WatchLine("below", f"the largest fall over {span} since {start}", fall, series.unit))
    return tuple(lines)


def _changed(series: Series, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """What could be said a report ago and no longer can, and what is new; the length of a window does not matter."""
    if len(series) < LEAST_REPORTS_SINCE:
        return ()
    before = find(series.until(series.date[-2]))
    now, then = {(c.kind, c.direction) for c in claims}, {(c.kind, c.direction) for c in before}
    words = [f"New this report: {_change_words(key)}." for key in sorted(now - then)]
    return tuple(words + [f"No longer said: {_change_words(key)}." for key in sorted(then - now)])


def _change_words(key: tuple[Kind, Direction]) -> str:
    kind, direction = key
    if kind is Kind.SIGN:
        return f"net {'long' if direction is Direction.UP else 'short'} again"
    return superlative(kind, direction)
