"""What the app takes for granted about the CFTC's data without having been able to try it, as questions.

Each is small: a few rows from the API, one file of a year, and for larger files no more than whether they are
there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from models.calendars import newest_released, release
from models.markets import MARKETS
from models.names import Report
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from services.sources import cftc_files
from services.sources.cftc_api import Api, Extent
from services.sources.cftc_checks import checked
from services.sources.cftc_fields import CODE, DATASET_IDS, DATE, NAME, SCOPE, TITLES, documented
from services.sources.cftc_files import HistoryFile
from services.sources.columns import read_day
from services.sources.source import Question

_FIRST_REPORTS: dict[Report, date] = {
    Report.LEGACY_FUTURES: date(1986, 1, 15),
    Report.LEGACY_COMBINED: date(1995, 3, 21),
    Report.TFF_FUTURES: date(2006, 6, 13),
    Report.TFF_COMBINED: date(2006, 6, 13),
    Report.DISAGG_FUTURES: date(2006, 6, 13),
    Report.DISAGG_COMBINED: date(2006, 6, 13),
}
_SCOPE_TEXTS = {"futures": "FutOnly", "combined": "Combined"}
_ICE_RUSSELL = ("23977A", date(2008, 7, 22), date(2018, 6, 5))
_SHORTLY_S = 5 * 60

Answer = tuple[bool | None, str]


def ask_all(http: Http, cancel: Cancel) -> Iterator[Question]:
    """Every question in turn; one that cannot be asked is answered with None. Raises SourceError when cancelled."""
    moments = [datetime.now(UTC)]
    for report in Report:
        extents: list[Extent] = []
        yield from _about_report(_Asked(http, report, cancel), extents)
        moments += [extent.asked_at for extent in extents]
    yield from _about_codes(_Asked(http, Report.LEGACY_FUTURES, cancel))
    yield from _about_files(http, cancel, moments[-1].year - 1)


@dataclass(frozen=True)
class _Asked:
    """One dataset to which questions are put."""

    http: Http
    report: Report
    cancel: Cancel

    @property
    def api(self) -> Api:
        return Api(self.http, self.report, self.cancel)

    @property
    def title(self) -> str:
        return f"{TITLES[self.report]} ({DATASET_IDS[self.report]})"


def _question(text: str, ask: Callable[[], Answer]) -> Question:
    try:
        holds, found = ask()
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            raise
        is_unasked = error.kind in (ErrorKind.OFFLINE, ErrorKind.TIMEOUT, ErrorKind.RATE_LIMITED)
        return Question(text, None if is_unasked else False, f"{error.sentence} {error.detail}".strip())
    return Question(text, holds, found)


# The datasets


def _about_report(asked: _Asked, extents: list[Extent]) -> Iterator[Question]:
    """The first answer goes into `extents`; without it the other questions would have the same one."""
    questions: tuple[tuple[str, Callable[[], Answer]], ...] = (
        ("the dataset answers as CSV, without a token", lambda: _answers(asked, extents)),
        ("every column that the app reads has its documented name", lambda: _columns(asked)),
        ("it holds one scope only", lambda: _scope(asked)),
        ("its first report is that of the documentation", lambda: _first(asked)),
        ("the newest released report is there", lambda: _newest(extents)),
        ("the groups of the newest rows add up to open interest", lambda: _adds_up(asked, extents)),
        ("it answers 304 when nothing has changed", lambda: _unchanged(asked, extents)),
        ("it was last changed at the release of its newest report", lambda: _changed_at_release(extents)),
    )
    for text, ask in questions:
        question = _question(f"{asked.title}: {text}", ask)
        yield question
        if not extents:
            return


def _answers(asked: _Asked, extents: list[Extent]) -> Answer:
    extent = asked.api.extent(None)
    if extent is None:
        return False, "304 to an unconditional question"
    extents.append(extent)
    return extent.count > 0, f"{extent.count:,} rows, the newest of {extent.newest}"


def _columns(asked: _Asked) -> Answer:
    found = asked.api.columns()
    wanted = {NAME: NAME, DATE: DATE, CODE: CODE, **documented(asked.report.family)}
    other = [f"{key} is {found.get(key, 'missing')}" for key, name in wanted.items() if found.get(key) != name]
    return not other, ", ".join(other) or f"{len(wanted)} columns"


def _scope(asked: _Asked) -> Answer:
    rows = asked.api.ask(("$select", f"{SCOPE}, count(*) as n"), ("$group", SCOPE))
    found = [row.get(SCOPE, "") for row in rows]
    return found == [_SCOPE_TEXTS[asked.report.scope]], ", ".join(found) or "none"


def _first(asked: _Asked) -> Answer:
    rows = asked.api.ask(("$select", f"min({DATE}) as first"))
    first = read_day(rows[0].get("first", "")) if rows else None
    expected = _FIRST_REPORTS[asked.report]
    return first == expected, f"{first}, documented {expected}"


def _newest(extents: list[Extent]) -> Answer:
    try:
        expected = newest_released(extents[0].asked_at)
    except ValueError as error:
        return None, f"by this machine's clock {error}"
    newest = extents[0].newest
    return newest is not None and newest >= expected, f"{newest}, released {expected}"


def _adds_up(asked: _Asked, extents: list[Extent]) -> Answer:
    newest = extents[0].newest
    if newest is None:
        return None, "no rows"
    page = asked.api.page(None, newest, 0)
    found = checked(page.table, asked.report, page.reply.retrieved_at)
    first = f", the first {found.refused[0].what}: {found.refused[0].reason}" if found.refused else ""
    return not found.refused, f"{len(found.refused)} of {len(page.table)} rows do not{first}"


def _unchanged(asked: _Asked, extents: list[Extent]) -> Answer:
    validator = extents[0].validator
    if validator is None:
        return False, "neither ETag nor Last-Modified"
    named = [name for name, value in (("ETag", validator.etag), ("Last-Modified", validator.last_modified)) if value]
    is_unchanged = asked.api.extent(None, validator=validator) is None
    return is_unchanged, f"{' and '.join(named)}; {'304' if is_unchanged else '200 with the same'}"


def _changed_at_release(extents: list[Extent]) -> Answer:
    from email.utils import parsedate_to_datetime

    newest, validator = extents[0].newest, extents[0].validator
    text = validator.last_modified if validator else None
    if newest is None or not text:
        return False, "no Last-Modified"
    try:
        changed = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return False, text
    late_s = (changed - release(newest).at).total_seconds()
    return 0 <= late_s <= _SHORTLY_S, f"{text}; the release was at {release(newest).at:%Y-%m-%d %H:%M} UTC"


# Contracts and errors


def _about_codes(asked: _Asked) -> Iterator[Question]:
    questions: tuple[tuple[str, Callable[[], Answer]], ...] = (
        ("every contract of the catalogue is listed", lambda: _listed(asked)),
        ("23977A, the Russell at ICE, is listed from 2008-07-22 to 2018-06-05", lambda: _span(asked, *_ICE_RUSSELL)),
        ("239741 is the full-size Russell at CME", lambda: _full_size_russell(asked)),
        ("the id of a row is its date, its code and F", lambda: _row_id(asked)),
        ("an unknown column is answered with 400 and no-such-column", lambda: _bad_column(asked)),
    )
    for text, ask in questions:
        yield _question(f"{asked.title}: {text}", ask)


def _listed(asked: _Asked) -> Answer:
    rows = asked.api.ask(("$select", f"{CODE}, count(*) as n"), ("$group", CODE), ("$limit", "50000"))
    listed = {row.get(CODE, "").strip() for row in rows}
    missing = [f"{code} ({of.name})" for of in MARKETS for code in of.codes if code not in listed]
    return not missing, f"{len(listed)} contracts are listed, not {', '.join(missing)}" if missing else f"{len(listed)}"


def _span(asked: _Asked, code: str, first: date, last: date) -> Answer:
    rows = asked.api.ask(("$select", f"min({DATE}) as first, max({DATE}) as last"), ("$where", f"{CODE} = '{code}'"))
    found = [read_day(rows[0].get(key, "")) for key in ("first", "last")] if rows else []
    return found == [first, last], " to ".join(map(str, found)) or "not listed"


def _full_size_russell(asked: _Asked) -> Answer:
    rows = asked.api.ask(("$select", NAME), ("$where", f"{CODE} = '239741'"), ("$limit", "1"))
    name = rows[0].get(NAME, "") if rows else ""
    return "RUSSEL" in name.upper() and "MINI" not in name.upper(), name or "not listed"


def _row_id(asked: _Asked) -> Answer:
    rows = asked.api.ask(("$select", f"id, {DATE}, {CODE}"), ("$order", f"{DATE} DESC"), ("$limit", "1"))
    row = rows[0] if rows else {}
    day = read_day(row.get(DATE, ""))
    return bool(day) and row.get("id") == f"{day:%y%m%d}{row.get(CODE, '').strip()}F", row.get("id", "none")


def _bad_column(asked: _Asked) -> Answer:
    try:
        asked.api.ask(("$select", "no_column_has_this_name"), ("$limit", "1"))
    except SourceError as error:
        if error.kind is not ErrorKind.BAD_REQUEST:
            raise
        return "no-such-column" in error.detail, error.detail[:200]
    return False, "answered all the same"


# The files


def _about_files(http: Http, cancel: Cancel, year: int) -> Iterator[Question]:
    """Asked of a year that is over: the file of a new one comes with its first release."""
    for report in Report:
        for file in (cftc_files.yearly(report, year), cftc_files.bundle(report)):
            name = file.url.rpartition("/")[2]
            yield _question(f"{TITLES[report]}: the file {name} is there", partial(_is_there, http, file, cancel))
    file = cftc_files.yearly(Report.TFF_FUTURES, year)
    text = f"{TITLES[Report.TFF_FUTURES]}: the file of {year} is a zip with one text that can be read"
    yield _question(text, partial(_can_be_read, http, file, cancel))


def _is_there(http: Http, file: HistoryFile, cancel: Cancel) -> Answer:
    """The first bytes that are too many end the download."""
    try:
        http.fetch(Request(file.url, Content.ZIP, max_wire_bytes=1, tries=1), cancel)
    except SourceError as error:
        if error.kind is not ErrorKind.TOO_BIG:
            raise
    return True, file.url


def _can_be_read(http: Http, file: HistoryFile, cancel: Cancel) -> Answer:
    reply = http.fetch(Request(file.url, Content.ZIP, deadline_s=120.0), cancel)
    table = cftc_files.parse_zip(reply.body, Report.TFF_FUTURES)
    found = checked(table, Report.TFF_FUTURES, reply.retrieved_at)
    changed = reply.headers.get("last-modified", "no Last-Modified")
    return len(found) > 0 and not found.refused, f"{len(found):,} rows, {len(found.refused)} refused; {changed}"
