"""How one report of the CFTC is brought up to date: what is asked for, in which order, and what if it fails."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from models.calendars import NEW_YORK
from models.formats import as_date
from models.markets import MARKETS
from models.names import Report
from models.records import Batch, Positions, Provenance, Refusal, Validator
from services.cancel import Cancel
from services.errors import RETRIED, ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.sources import cftc_api, cftc_files
from services.sources.cftc_api import PAGE_ROWS, Api, Extent
from services.sources.cftc_checks import check_against, checked, only
from services.sources.cftc_fields import TITLES
from services.sources.cftc_files import ROWS_AT_ONCE, HistoryFile
from services.sources.cftc_table import Table, texts_of
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Unchanged, Wish

SOURCE = "cftc"

REVISED_REPORTS = 8
"""So many of the newest reports are asked for again each time: the CFTC may correct them."""

FULL_EVERY = timedelta(days=30)

_COMPARED_REPORTS = 520
"""So many of the newest reports held must agree with a whole history that is delivered again."""

_FILE_DEADLINE_S = 120.0
_IMPATIENT_S = 4.0
"""For the first file after the API did not answer in time: probably the network is at fault."""

_MOST_MISSING_FILES = 3
_NO_FILES = frozenset({ErrorKind.OFFLINE, ErrorKind.NOT_ALLOWED})
"""Errors after which the files are not tried."""


@dataclass
class Run:
    """One refresh: what is asked, and what has been learnt on the way.

    `given_up` holds hosts that failed as often as they are tried, which are then left alone.
    """

    http: Http
    held: Held
    wish: Wish
    now: datetime
    cancel: Cancel
    progress: Callable[[Progress], None]
    given_up: dict[str, SourceError] = field(default_factory=dict)
    has_rows: bool = False
    has_failed: bool = False

    def check_host(self, host: str) -> None:
        if host in self.given_up:
            raise self.given_up[host]

    def note(self, host: str, error: SourceError) -> None:
        if error.kind in RETRIED:
            self.given_up[host] = error


@dataclass(frozen=True)
class _Plan:
    """What of a report is asked for: rows of these codes (all where None) from a day on (all where None)."""

    report: Report
    codes: Sequence[str] | None
    newest_held: date | None
    since: date | None
    validator: Validator | None

    @property
    def dataset(self) -> str:
        return self.report.value

    @property
    def title(self) -> str:
        return TITLES[self.report]

    @property
    def is_wanted(self) -> Callable[[str], bool] | None:
        return None if self.codes is None else frozenset(self.codes).__contains__


def deliver_report(run: Run, report: Report, codes: Sequence[str] | None) -> Iterator[Delivery]:
    """One report by the API or, where that fails, by the files; nothing where it does not list the markets wished for.

    Raises only CANCELLED.
    """
    api = Api(run.http, report, run.cancel)
    plan = _plan(run, api, report, codes)
    try:
        run.check_host(cftc_api.HOST)
        yield from _by_api(run, api, plan)
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            raise
        run.note(cftc_api.HOST, error)
        yield from _by_files(run, plan, error)


def _plan(run: Run, api: Api, report: Report, codes: Sequence[str] | None) -> _Plan:
    """The whole history at first, when asked to, and once a month; else the newest reports, if anything changed.

    The validator is saved with the last page of a download. So where there is one for these very codes, all of
    their history was brought once; a catalogue with more codes has another address and no validator.
    """
    newest = run.held.newest_report(report, run.now, codes)
    validator = run.held.validator(api.extent_url(codes)) if newest is not None else None
    full_at = run.held.last_full(SOURCE, report.value)
    is_stale = full_at is not None and run.now - full_at >= FULL_EVERY
    if newest is None or validator is None or is_stale or run.wish.full or run.wish.backfill:
        return _Plan(report, codes, newest, None, None)
    since = _held_to(run, report, codes, newest) - timedelta(days=7 * REVISED_REPORTS - 1)
    return _Plan(report, codes, newest, since, validator)


def _held_to(run: Run, report: Report, codes: Sequence[str] | None, newest: date) -> date:
    """The report up to which all that is asked for was brought.

    Where that is every code that is listed, those outside the catalogue may have been left behind: a refresh
    of the catalogue alone does not bring them.
    """
    if codes is not None:
        return newest
    catalogue = {code for market in MARKETS for code in market.codes}
    held = [contract.code for contract in run.held.contracts(run.now) if report in contract.reports]
    others = [code for code in held if code not in catalogue]
    newest_other = run.held.newest_report(report, run.now, others) if others else None
    return newest if newest_other is None else min(newest, newest_other)


# By the API


def _by_api(run: Run, api: Api, plan: _Plan) -> Iterator[Delivery]:
    run.progress(Progress(SOURCE, plan.title))
    extent = api.extent(plan.codes, validator=plan.validator)
    if extent is None:
        run.has_rows = True
        yield Unchanged(plan.dataset, plan.newest_held)
        return
    _check_extent(run, plan, extent)
    if extent.count == 0:
        return
    run.has_rows = True
    for is_last_try in (False, True):
        asked = extent if plan.since is None else api.extent(plan.codes, plan.since) or extent
        try:
            yield from _pages(run, api, plan, asked, extent.validator)
            break
        except _Shifted as shifted:
            if is_last_try:
                raise SourceError(ErrorKind.IMPLAUSIBLE, f"{plan.title}: {shifted}", url=api.url) from shifted
        extent = api.extent(plan.codes) or extent
    is_full = plan.since is None and run.wish.markets is None
    yield Complete(plan.dataset, is_full=is_full)


def _check_extent(run: Run, plan: _Plan, extent: Extent) -> None:
    if extent.count == 0 and run.wish.markets is None:
        raise SourceError(ErrorKind.EMPTY, f"{plan.title}: no rows at all")
    if plan.newest_held is not None and (extent.newest is None or extent.newest < plan.newest_held):
        detail = f"{plan.title}: the newest report is {extent.newest}, {plan.newest_held} is held"
        raise SourceError(ErrorKind.WRONG_DATE, detail)


class _Shifted(Exception):
    """Rows were added or removed while pages were being fetched."""


def _pages(run: Run, api: Api, plan: _Plan, extent: Extent, validator: Validator | None) -> Iterator[Batch]:
    """Every page as a batch, the last one with the validator that was given before the first page was asked for."""
    held = _held(run, plan)
    before: set[tuple[str, str]] = set()
    for offset in range(0, extent.count, PAGE_ROWS):
        page = api.page(plan.codes, plan.since, offset)
        rows, keys = len(page.table), _keys(page.table)
        if rows != min(PAGE_ROWS, extent.count - offset):
            raise _Shifted(f"{rows} rows from row {offset} on, {extent.count} in all were announced")
        if before & keys:
            raise _Shifted(f"the page from row {offset} on repeats rows of the page before")
        before = keys
        is_last = offset + rows == extent.count
        yield from _batches(run, plan, held, page.table, page.reply, api.url, validator if is_last else None)
        run.progress(Progress(SOURCE, plan.title, offset + rows, extent.count))


def _keys(table: Table) -> set[tuple[str, str]]:
    dates = table.date.astype(str)
    return set(zip(texts_of(table.codes, table.code).tolist(), dates.tolist(), strict=True))


def _held(run: Run, plan: _Plan) -> Positions:
    """What this source itself brought before, of the reports that will be compared.

    Neither the built-in figures nor a user's own files can stand against what the CFTC says.
    """
    reports = _COMPARED_REPORTS if plan.since is None else REVISED_REPORTS + 2
    found = run.held.latest_positions(plan.report, run.now, reports)
    assert found.batch is not None
    own = [batch for batch in np.unique(found.batch).tolist() if run.held.provenance(batch).source == SOURCE]
    keep = np.isin(found.batch, own)
    return only(found, keep if plan.codes is None else keep & np.isin(found.code, list(plan.codes)))


def _batches(
    run: Run,
    plan: _Plan,
    held: Positions,
    table: Table,
    reply: Reply,
    url: str,
    validator: Validator | None = None,
) -> Iterator[Batch]:
    """The checked rows of one answer. One that is not believed is delivered as refused, before the error is raised."""
    origin = Provenance(SOURCE, plan.dataset, url, reply.retrieved_at, None, reply.sha256)
    try:
        found = checked(table, plan.report, run.now)
        check_against(held, found)
    except SourceError as error:
        if error.kind is ErrorKind.IMPLAUSIBLE:
            yield Batch(origin, (), (Refusal(f"{plan.title}: {len(table)} rows", error.detail),))
        raise
    parts = list(found.parts(ROWS_AT_ONCE))
    for number, part in enumerate(parts, 1):
        run.cancel.check()
        newest = Provenance(SOURCE, plan.dataset, url, reply.retrieved_at, as_date(part.date.max()), reply.sha256)
        is_last = number == len(parts)
        yield Batch(newest, (part,), found.refused if is_last else (), validator if is_last else None)
    if not parts:
        yield Batch(origin, (), found.refused, validator)


# By the files


def _by_files(run: Run, plan: _Plan, error: SourceError) -> Iterator[Delivery]:
    """The files that reach back as far as the plan does; says which are missing, and fails where all are."""
    if error.kind in _NO_FILES or cftc_files.HOST in run.given_up:
        run.has_failed = True
        yield Failed(plan.dataset, error, plan.title)
        return
    today = run.now.astimezone(NEW_YORK).date()
    files = cftc_files.history(plan.report, plan.since, today)
    held = _held(run, plan)
    brought = 0
    missing: list[str] = []
    for done, file in enumerate(files):
        run.progress(Progress(SOURCE, f"{plan.title}, file of {file.years}", done, len(files)))
        deadline_s = _IMPATIENT_S if error.kind is ErrorKind.TIMEOUT and not brought else _FILE_DEADLINE_S
        try:
            yield from _file(run, plan, held, file, deadline_s)
        except SourceError as failure:
            if failure.kind is ErrorKind.CANCELLED:
                raise
            if failure.kind is ErrorKind.NOT_FOUND and file.last_year == today.year and today.month == 1:
                continue  # comes with the first release of the year
            missing.append(file.years)
            run.note(cftc_files.HOST, failure)
            if failure.kind is not ErrorKind.NOT_FOUND or (not brought and len(missing) >= _MOST_MISSING_FILES):
                missing += [later.years for later in files[done + 1 :]]
                break
        else:
            brought += 1
    run.has_rows = run.has_rows or brought > 0
    if not brought:
        run.has_failed = True
        yield Failed(plan.dataset, error, plan.title)
        return
    yield Complete(plan.dataset, note=_files_note(plan, error, missing))


def _file(run: Run, plan: _Plan, held: Positions, file: HistoryFile, deadline_s: float) -> Iterator[Batch]:
    reply = run.http.fetch(Request(file.url, Content.ZIP, deadline_s=deadline_s), run.cancel)
    table = cftc_files.parse_zip(reply.body, plan.report, plan.is_wanted, run.cancel.check)
    if len(table):
        yield from _batches(run, plan, held, table, reply, file.url)


def _files_note(plan: _Plan, error: SourceError, missing: Sequence[str]) -> str:
    lost = f", but not those of {', '.join(missing)}" if missing else ""
    return f"{plan.title}: {error.sentence} The CFTC's yearly files were used instead{lost}."
