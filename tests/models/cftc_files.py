"""Rows of the CFTC's own files among the reference data: which contracts were listed when, under which names."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tests.shared import SHARED


@dataclass(frozen=True)
class Row:
    report: str
    code: str
    date: date
    name: str
    units: str
    open_interest: float


@cache
def rows() -> tuple[Row, ...]:
    """Every line of the weekly and yearly files; those of the compiled series are not lines of the CFTC."""
    found: list[Row] = []
    for folder in sorted((SHARED / "data" / "cftc").glob("*_*")):
        for path in sorted(folder.rglob("*")):
            if path.parent.name != "compiled" and path.suffix in {".gz", ".zip", ".txt"}:
                found += _rows_of(folder.name, path)
    return tuple(found)


@cache
def report_dates() -> frozenset[date]:
    """Every report date that any file knows, from 1986 on."""
    known = {row.date for row in rows()}
    for path in (SHARED / "data" / "cftc").glob("*/compiled/*.csv"):
        with path.open(encoding="utf-8") as file:
            known |= {date.fromisoformat(line["date"]) for line in csv.DictReader(file)}
    return frozenset(known)


def _rows_of(report: str, path: Path) -> Iterator[Row]:
    for line in csv.reader(io.StringIO(_text(path))):
        if len(line) < 80 or not line[1].strip().isdigit():
            continue
        units = next((text for text in line[80:] if "(" in text), "")
        yield Row(report, line[3].strip(), _date(line[2]), line[0].strip(), units.strip(), float(line[7] or "nan"))


def _text(path: Path) -> str:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.read(archive.namelist()[0]).decode("latin-1")
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode("latin-1")


def _date(text: str) -> date:
    text = text.strip()
    if "/" in text:
        month, day, year = text.split()[0].split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text[:10])
