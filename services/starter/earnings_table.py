"""The built-in earnings: calendar-year figures per share by index, basis and vintage; nothing by quarter or sector."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from models.calc.index_earnings import tables
from models.reader import Reader
from models.records import Estimate

DATASET = "sp-earnings"
FILE = "earnings.csv.gz"
SUBJECTS = ("sp-600", "sp-500", "sp-400")
CREDIT = (
    "Calendar-year earnings per share of S&P indices, by vintage: S&P Dow Jones Indices, as published in its\n"
    "earnings workbooks (S&P 500 earnings and estimate report), summed from quarters, annual figures only.\n"
)

_HEADER = ["subject", "basis", "vintage", "year", "eps", "estimate"]


def annual(reader: Reader, as_of: datetime) -> tuple[Estimate, ...]:
    """Every vintage known by a moment, each year as the page takes it: the sum of its quarters, else the year."""
    return tuple(_annual(reader, as_of))


def _annual(reader: Reader, as_of: datetime) -> Iterator[Estimate]:
    for (subject, basis), vintages in sorted(tables(reader.estimates(as_of, SUBJECTS)).items()):
        for table in vintages:
            for year in table.years:
                eps = table.year(year)
                if eps is not None:
                    value = round(eps.value, 4)
                    yield Estimate(subject, "", str(year), basis, table.vintage, value, eps.is_estimate)


def write(rows: Sequence[Estimate]) -> list[list[str]]:
    cells = [
        [row.subject, row.basis, row.vintage.isoformat(), row.period, repr(row.value), "E" if row.is_estimate else ""]
        for row in rows
    ]
    return [_HEADER, *cells]


def read(_dataset: str, cells: list[list[str]]) -> tuple[tuple[Estimate, ...]]:
    rows = tuple(
        Estimate(subject, "", year, basis, date.fromisoformat(vintage), float(eps), flag == "E")
        for subject, basis, vintage, year, eps, flag in cells[1:]
    )
    return (rows,)
