"""Federal Reserve Board: the Gilchrist-Zakrajšek spread and the excess bond premium, monthly since 1973.

The Board estimates the whole history anew with each update, so every download may revise it all.
"""

from datetime import date, datetime, timedelta

from models.names import Known
from services.http import Content, Request
from services.sources.columns import Parsed, column, csv_rows, from_cells, read_day
from services.sources.series_file import SeriesFile, SeriesFileSource
from services.sources.source import Terms

URL = "https://www.federalreserve.gov/econres/notes/feds-notes/ebp_csv.csv"
COLUMNS = {"fed:GZ": "gz_spread", "fed:EBP": "ebp"}


def parse(body: bytes, now: datetime) -> tuple[Parsed, ...]:
    """Each month stands in the file at its first day; here at its last, as it was not known before its end."""
    header, *rows = list(csv_rows(body)) or [[]]
    day = column(header, "date")
    places = {series: column(header, name) for series, name in COLUMNS.items()}
    cells = [(_month_end(row[day]) if day < len(row) else "", row) for row in rows]
    return tuple(
        from_cells(
            series,
            ((end, row[place] if place < len(row) else "") for end, row in cells if not _is_unfinished(end, now)),
            known=Known.NEXT_MORNING,
            now=now,
        )
        for series, place in places.items()
    )


def _month_end(text: str) -> str:
    first = read_day(text)
    if first is None:
        return text
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def _is_unfinished(end: str, now: datetime) -> bool:
    day = read_day(end)
    return day is not None and day >= now.date()


SOURCE = SeriesFileSource(
    name="fed",
    title="Federal Reserve Board",
    terms=Terms(
        "Board of Governors of the Federal Reserve System",
        "A work of the US government, free to use with the source named.",
        "https://www.federalreserve.gov/disclaimer.htm",
    ),
    files=(
        SeriesFile("ebp", "Excess bond premium", Request(URL, Content.CSV, deadline_s=40.0), tuple(COLUMNS), parse),
    ),
    rhythm=timedelta(days=40),
)
