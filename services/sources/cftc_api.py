"""The CFTC's reports by the public API (Socrata's SODA 2.1): what is asked for, and what came.

Rows come newest first, so that a download that is cut short has brought what matters most. Without an order
the API gives none, and without a limit only a thousand rows.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.names import Report
from models.records import Validator
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Reply, Request
from services.http_address import with_query
from services.sources.cftc_fields import CODE, DATASET_IDS, DATE, NAME, TITLES, documented, missing, resolved
from services.sources.cftc_table import Table, first_line, header_of, read_table
from services.sources.columns import read_day

HOST = "publicreporting.cftc.gov"
PAGE_ROWS = 5_000
ORDER = f"{DATE} DESC, {CODE} ASC"

_QUESTION_DEADLINE_S = 9.0
_PAGE_DEADLINE_S = 60.0
_MIB = 1024 * 1024
_MOST_DIGITS = 9

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Extent:
    """How many rows there are and how far they reach; `validator` serves to ask whether that has changed."""

    count: int
    newest: date | None
    validator: Validator | None
    asked_at: datetime


@dataclass(frozen=True)
class Page:
    """One page as it was answered, and the table in it."""

    reply: Reply
    table: Table


class Api:
    """The dataset of one report. Every method raises SourceError."""

    def __init__(self, http: Http, report: Report, cancel: Cancel) -> None:
        self._http = http
        self._report = report
        self._cancel = cancel
        self._columns: dict[str, str] | None = None

    @property
    def url(self) -> str:
        return f"https://{HOST}/resource/{DATASET_IDS[self._report]}.csv"

    def extent_url(self, codes: Sequence[str] | None) -> str:
        """The address, with its query, under which the archive keeps the validator of `extent`."""
        return with_query(self.url, _extent_params(codes, None))

    def extent(
        self, codes: Sequence[str] | None, since: date | None = None, validator: Validator | None = None
    ) -> Extent | None:
        """Number and newest date of the rows of these codes (all where None) from a day on; None for 304."""
        try:
            reply = self._fetch(_extent_params(codes, since), _QUESTION_DEADLINE_S, _MIB, validator)
        except SourceError as error:
            if error.kind is ErrorKind.BAD_REQUEST:
                self.columns()  # raises where one that must be there has gone
            raise
        return None if reply.not_modified else parse_extent(reply)

    def page(self, codes: Sequence[str] | None, since: date | None, offset: int) -> Page:
        """The page that begins at `offset`, newest rows first, with all columns that the app knows and the API has."""
        columns = self._columns or {NAME: NAME, DATE: DATE, **documented(self._report.family), CODE: CODE}
        try:
            reply = self._fetch(_page_params(columns, codes, since, offset), _PAGE_DEADLINE_S, 16 * _MIB)
        except SourceError as error:
            if error.kind is not ErrorKind.BAD_REQUEST or self._columns is not None:
                raise
            columns = self.columns()
            reply = self._fetch(_page_params(columns, codes, since, offset), _PAGE_DEADLINE_S, 16 * _MIB)
        self._columns = columns
        return Page(reply, parse_page(reply.body, self._report))

    def columns(self) -> dict[str, str]:
        """Keys and figures to the names that their columns have today.

        Raises CHANGED_FORMAT where one that must be there has gone. The code comes last: a row without it was
        cut short.
        """
        reply = self._fetch((("$limit", "1"),), _QUESTION_DEADLINE_S, _MIB)
        header = header_of(first_line(io.BytesIO(reply.body)))
        found = resolved(self._report.family, header)
        lost = missing(self._report.family, found)
        if lost:
            raise SourceError(
                ErrorKind.CHANGED_FORMAT, f"{TITLES[self._report]}: no column for {', '.join(lost)}", url=reply.url
            )
        wanted = (NAME, DATE, *documented(self._report.family), CODE)
        return {key: header[found[key]] for key in wanted if key in found}

    def ask(self, *params: tuple[str, str]) -> list[dict[str, str]]:
        """The rows of any small query."""
        return parse_rows(self._fetch(params, _QUESTION_DEADLINE_S, _MIB).body)

    def _fetch(self, params: Params, deadline_s: float, max_bytes: int, validator: Validator | None = None) -> Reply:
        return self._http.fetch(
            Request(
                self.url,
                Content.CSV,
                params,
                validator=validator,
                deadline_s=deadline_s,
                max_wire_bytes=max_bytes,
                max_body_bytes=max_bytes,
            ),
            self._cancel,
        )


def _extent_params(codes: Sequence[str] | None, since: date | None) -> Params:
    return (("$select", f"count(*) as n, max({DATE}) as newest"), *_where(codes, since))


def _page_params(columns: Mapping[str, str], codes: Sequence[str] | None, since: date | None, offset: int) -> Params:
    return (
        ("$select", ",".join(columns.values())),
        *_where(codes, since),
        ("$order", ORDER),
        ("$limit", str(PAGE_ROWS)),
        ("$offset", str(offset)),
    )


def _where(codes: Sequence[str] | None, since: date | None) -> Params:
    conditions = []
    if codes is not None:
        quoted = ",".join("'{}'".format(code.replace("'", "''")) for code in codes)
        conditions.append(f"{CODE} in ({quoted})")
    if since is not None:
        conditions.append(f"{DATE} >= '{since.isoformat()}T00:00:00'")
    return (("$where", " AND ".join(conditions)),) if conditions else ()


def parse_rows(body: bytes) -> list[dict[str, str]]:
    """The rows of a small answer, by the names in its header; raises BAD_CONTENT, CHANGED_FORMAT."""
    try:
        lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, str(error)) from error
    header, *rows = [line for line in lines if line] or [[]]
    if not header or any(len(row) != len(header) for row in rows):
        raise SourceError(ErrorKind.BAD_CONTENT, "rows that are not as long as their header")
    return [dict(zip((name.strip().lower() for name in header), row, strict=True)) for row in rows]


def parse_extent(reply: Reply) -> Extent:
    """Raises CHANGED_FORMAT unless the answer is one row with a number and a date."""
    rows = parse_rows(reply.body)
    row = rows[0] if len(rows) == 1 else {}
    count, newest = row.get("n", "").strip(), row.get("newest", "").strip()
    day = read_day(newest)
    is_number = count.isascii() and count.isdecimal() and len(count) <= _MOST_DIGITS
    if not is_number or (day is None and (newest != "" or int(count) > 0)):
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no number of rows and newest date: {reply.body[:100]!r}")
    return Extent(int(count), day, reply.validator, reply.retrieved_at)


def parse_page(body: bytes, report: Report) -> Table:
    """The table in a page. Raises CHANGED_FORMAT, BAD_CONTENT."""
    stream = io.BytesIO(body)
    header = header_of(first_line(stream))
    found = resolved(report.family, header)
    lost = missing(report.family, found)
    if lost:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{TITLES[report]}: no column for {', '.join(lost)}")
    return read_table(stream, found, len(header))
