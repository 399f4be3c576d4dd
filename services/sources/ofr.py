"""Office of Financial Research: the Financial Stress Index and its parts, one CSV with the whole daily history."""

from datetime import datetime, timedelta

from models.names import Known
from services.http import Content, Request
from services.sources.columns import Parsed, column, csv_rows, from_cells
from services.sources.series_file import SeriesFile, SeriesFileSource
from services.sources.source import Terms

URL = "https://www.financialresearch.gov/financial-stress-index/data/fsi.csv"
COLUMNS = {"ofr:FSI": "OFR FSI", "ofr:FSI-CREDIT": "Credit"}


def parse(body: bytes, now: datetime) -> tuple[Parsed, ...]:
    """The index itself and what credit contributes to it."""
    header, *rows = list(csv_rows(body)) or [[]]
    day = column(header, "Date")
    places = {series: column(header, name) for series, name in COLUMNS.items()}
    whole = [row for row in rows if len(row) == len(header)]
    cut = [(",".join(row), "") for row in rows if len(row) != len(header)]
    return tuple(
        from_cells(series, [*((row[day], row[place]) for row in whole), *cut], known=Known.NEXT_MORNING, now=now)
        for series, place in places.items()
    )


SOURCE = SeriesFileSource(
    name="ofr",
    title="Office of Financial Research",
    terms=Terms(
        "Office of Financial Research, US Treasury",
        "A work of the US government, free to use.",
        "https://www.financialresearch.gov/financial-stress-index/",
    ),
    files=(
        SeriesFile("fsi", "Financial stress index", Request(URL, Content.CSV, deadline_s=40.0), tuple(COLUMNS), parse),
    ),
    rhythm=timedelta(days=2),
)
