"""New York Fed: the Corporate Bond Market Distress Index, one workbook with its whole weekly history."""

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.names import Known
from services import workbooks
from services.errors import ErrorKind, SourceError
from services.http import Content, Request
from services.sources.columns import Parsed, observations
from services.sources.series_file import SeriesFile, SeriesFileSource
from services.sources.source import Terms

URL = "https://www.newyorkfed.org/medialibrary/research/interactives/cmdi/downloads/Market%20CMDI.xlsx"
SHEET = "Index Data"
DAY_COLUMN = "eow_friday"
COLUMNS = {"nyfed:CMDI": "Market CMDI", "nyfed:CMDI-IG": "IG CMDI", "nyfed:CMDI-HY": "HY CMDI"}


def parse(body: bytes, now: datetime) -> tuple[Parsed, ...]:
    """One series for each index; the header is the row that begins with `eow_friday`, the sixth at present."""
    with workbooks.opened(body) as book:
        rows = workbooks.rows(book, SHEET)
    at = next((i for i, row in enumerate(rows) if row and _text(row[0]) == DAY_COLUMN), None)
    if at is None:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no row begins with {DAY_COLUMN!r}")
    header = [_text(cell) for cell in rows[at]]
    missing = [name for name in COLUMNS.values() if name not in header]
    if missing:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no columns {missing} in {header[:12]}")
    return tuple(
        observations(series, _values(rows[at + 1 :], header.index(name)), known=Known.NEXT_MORNING, now=now)
        for series, name in COLUMNS.items()
    )


def _values(rows: list[workbooks.Row], place: int) -> Iterator[tuple[date, float]]:
    """Days and figures up to the first row without a day; a cell without a figure is a hole, a text is not."""
    for row in rows:
        if not row or not isinstance(row[0], datetime | date):
            return
        day = row[0].date() if isinstance(row[0], datetime) else row[0]
        cell = row[place] if place < len(row) else None
        if cell is not None:
            yield day, float(cell) if isinstance(cell, int | float) else math.nan


def _text(cell: object) -> str:
    return str(cell or "").strip()


SOURCE = SeriesFileSource(
    name="nyfed",
    title="New York Fed",
    terms=Terms(
        "Federal Reserve Bank of New York",
        "May be used freely with the source named; the Bank endorses no use of it.",
        "https://www.newyorkfed.org/privacy/termsofuse",
    ),
    files=(
        SeriesFile(
            "cmdi", "Corporate bond distress index", Request(URL, Content.XLSX, deadline_s=40.0), tuple(COLUMNS), parse
        ),
    ),
    rhythm=timedelta(days=11),
)
