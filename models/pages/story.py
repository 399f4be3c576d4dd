"""The Story: what happened in positioning, whether it is a record, and under which definition."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.anatomy import Anatomy, anatomy
from models.calc.splice import Definition, Series
from models.calendars import Release, next_release, release
from models.formats import as_date, day, in_unit, week_window, weeks
from models.markets import Market, market
from models.names import GROUPS, Basis, Direction, Kind, Legs, Report, Scope
from models.pages import story_panels
from models.pages.book import Book, MainChoice
from models.pages.choice import Choice
from models.pages.positioning import Hatch, SeamMark, SwingMark
from models.pages.positioning_build import as_reported, hatches, seams
from models.pages.story_panels import NO_PANELS, Panels
from models.reader import Reader
from models.records import Provenance
from models.statements.drawer import evidence
from models.statements.evidence import Evidence
from models.statements.finder import LEAST_REPORTS_SINCE, find
from models.statements.headline import Headline, headline
from models.statements.matrix import ClaimRow, Matrix, matrix
from models.statements.statement import Claim, Statement
from models.statements.words import GROUP_TITLES, report_title, superlative

CLAIMS_SHOWN = 6


@dataclass(frozen=True)
class WatchLine:
    """What the next report would have to show, and what that would be: `threshold` in `unit`."""

    condition: str
    meaning: str
    threshold: float
    unit: str


@dataclass(frozen=True)
class StoryPage:
    """The page as of `choice.as_of`. `headline` is None where no report is held; then `reason_empty` says so."""

    choice: Choice
    market: Market
    main: MainChoice
    headline: Headline | None
    matrix: Matrix | None
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
    reason_empty: str = ""
    anatomy_focus: str = ""
    panels: Panels = NO_PANELS

    @property
    def group_title(self) -> str:
        return GROUP_TITLES[self.main.group].lower()


def build(reader: Reader, choice: Choice) -> StoryPage:
    """The story of one market; the window and the `brief` command use the same."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    main = book.main()
    primary = Definition(of.name, main.report, main.group, Basis.CONTRACTS, Legs.LEAD)
    contracts = book.series(primary)
    drawn = book.series(Definition(of.name, main.report, main.group, Basis.SIZE_ADJUSTED, Legs.LEAD))
    claims = find(contracts)[:CLAIMS_SHOWN]
    claimed = matrix(of, primary, claims, book.series) if len(contracts) else None
    _fetch_origins(book, claimed)
    swing = next((c for c in claims if c.kind is Kind.SWING and c.date == as_date(contracts.date[-1])), None)
    moves, moves_title, focus = _anatomy(book, main, contracts, swing.window if swing else 1)
    return StoryPage(
        choice=choice,
        market=of,
        main=main,
        headline=headline(claimed, contracts) if claimed else None,
        matrix=claimed,
        series=drawn,
        as_reported=as_reported(book, drawn.definition, drawn),
        seams=seams(of, drawn),
        hatches=hatches(of, book.positions(main.report), drawn),
        swings=_swing_marks(claimed, drawn),
        anatomy=moves,
        anatomy_title=moves_title,
        anatomy_focus=focus,
        watch=watch(contracts, swing.window if swing else 2),
        changed=_changed(contracts, claims),
        release=release(as_date(contracts.date[-1])) if len(contracts) else None,
        next_release=next_release(choice.as_of),
        sources=_sources(book, contracts),
        evidence_of=lambda row, shown: evidence(of, row, shown, book.series(shown.definition), book.provenance),
        panels=story_panels.build(reader, choice),
        reason_empty="" if len(contracts) else f"No figures for {of.title} are held as of {day(choice.as_of.date())}.",
    )


def _fetch_origins(book: Book, claimed: Matrix | None) -> None:
    """Asks for the batch behind the newest row of every definition, while there is an archive to ask."""
    for row in claimed.rows if claimed else ():
        for statement in row.statements:
            known = book.series(statement.definition).until(np.datetime64(statement.claim.date))
            if len(known) and known.batch[-1] >= 0:
                book.provenance(int(known.batch[-1]))


def _sources(book: Book, series: Series) -> tuple[Provenance, ...]:
    batches = dict.fromkeys(series.batch[-8:].tolist())
    return tuple(book.provenance(batch) for batch in batches if batch >= 0)


def _swing_marks(claimed: Matrix | None, drawn: Series) -> tuple[SwingMark, ...]:
    """The week's swing and, where another was larger once size is counted, that one."""
    row = next((r for r in claimed.rows if r.claim.kind is Kind.SWING), None) if claimed else None
    if row is None:
        return ()
    shown = row.under(drawn.definition) or row.primary
    marks = []
    for window, is_current in ((shown.winner, False), (None, True)):
        if is_current and shown.start_date is not None:
            start, end, value = shown.start_date, shown.claim.date, shown.value or 0.0
        elif window is not None and window.start_date is not None and window.date != shown.claim.date:
            start, end, value = window.start_date, window.date, window.value
        else:
            continue
        first, last = _value_on(drawn, start), _value_on(drawn, end)
        if first is None or last is None:
            continue
        note = f"to {day(end)}" if is_current else f"{week_window(row.claim.window)} to {day(end)}"
        marks.append(SwingMark(start, end, first, last, in_unit(value, drawn.unit, is_change=True), note, is_current))
    return tuple(marks)


def _value_on(series: Series, when: date) -> float | None:
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
            weeks = anatomy({main.group.value: contracts}, main.group.value, start, end).by_report
            return replace(anatomy(groups, focus, start, end), by_report=weeks), report_title(report), focus
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
