"""S&P's earnings workbook (`sp-500-eps-est.xlsx`) in all its vintages, as records.

The file's name says nothing about its date, rows and columns move from vintage to vintage, and headers
are typed by hand (`2018  EPS`, `2019E EPS`, `2025EPS`), so everything is found by its title.
"""

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.calc.index_earnings import period_end
from models.formats import plural
from models.records import Batch, Estimate, Provenance, Refusal
from services.cancel import Cancel
from services.errors import ErrorKind, InputError, SourceError
from services.workbooks import opened, rows

KIND = "sp-earnings"
SECTOR_SHEET = "SECTOR EPS"
SUMMARY_SHEET = "ESTIMATES&PEs"

_FIRST_YEAR, _LAST_YEAR = 1980, 2100
_MAX_EPS_USD = 100_000.0
_MIN_PERIODS = 8
_ZIP = b"PK\x03\x04"

_SUBJECTS = {"S&P 500": "sp-500", "S&P 400": "sp-400", "S&P 600": "sp-600", "S&P Composite 1500": "sp-1500"}
_TITLES = {
    "operating earnings per share by economic sector": "operating",
    "as reported earnings per share by economic sector": "as_reported",
}
_SECTORS = {"Telecommunication Services": "Communication Services"}
"""Renamed in September 2018; S&P carries the old figures on under the new name."""

_ROW = re.compile(r"(S&P (?:500|400|600|Composite 1500))(?: (.+))?")
_QUARTER = re.compile(r"(\d{4})\s*[EP]?\s*Q([1-4])")
_ANNUAL = re.compile(r"(\d{4})\s*[EP]?\s*EPS")
_OBSERVED = re.compile(r"(?:Q([1-4])\s*)?(\d{4})\s*(?:E|EST)")
_ASIDE = re.compile(r"\s*\([^)]*\)")
Row = Sequence[object]


@dataclass(frozen=True)
class SpWorkbook:
    """One vintage: the day as of which it was made, its figures, and the cells that were no figures."""

    as_of: date
    estimates: tuple[Estimate, ...]
    refused: tuple[Refusal, ...] = ()


def is_sp_earnings(sheets: Iterable[str]) -> bool:
    """Whether sheets of these names make it S&P's earnings workbook."""
    return not {SECTOR_SHEET, SUMMARY_SHEET}.isdisjoint(name.strip() for name in sheets)


def parse(content: bytes, cancel: Cancel | None = None) -> SpWorkbook:
    """The figures of a workbook: indices and sectors by quarter and year, operating and as reported.

    Without the sheet `SECTOR EPS` the S&P 500's estimates are read from the table OBSERVATION of
    `ESTIMATES&PEs`, which has one vintage a row. Raises InputError where it is another kind of file.
    """
    if not content.startswith(_ZIP):
        raise InputError("The file is not an Excel workbook (.xlsx).")
    name, sheet = _read(content, cancel or Cancel())
    return _sector_eps(sheet) if name == SECTOR_SHEET else _summary(sheet)


def _read(content: bytes, cancel: Cancel) -> tuple[str, list[Row]]:
    """The name and the cells of the sheet to be used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and extensions that are left out
            with opened(content) as book:
                cancel.check()
                names = {name.strip(): name for name in book.sheetnames}
                for wanted in (SECTOR_SHEET, SUMMARY_SHEET):
                    if wanted in names:
                        return wanted, list(rows(book, names[wanted]))
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            raise
        if error.kind is ErrorKind.TOO_BIG:
            raise InputError("The workbook is far larger than S&P's earnings workbook and was not opened.") from error
        raise InputError("The workbook is damaged and could not be read. Nothing was imported.") from error
    raise InputError(
        f"The workbook has no sheet {SECTOR_SHEET!r} or {SUMMARY_SHEET!r}, so it is not S&P's earnings workbook."
    )


def _sector_eps(sheet: list[Row]) -> SpWorkbook:
    as_of = _labelled_date(sheet, "data as of")
    if as_of is None:
        raise InputError(f"The sheet {SECTOR_SHEET!r} does not say as of which day it was made.")
    actual_to = _labelled_date(sheet, "historical actuals") or as_of
    found: dict[tuple[str, str, str, str], Estimate] = {}
    refused: list[Refusal] = []
    for basis, subject, segment, period, cell in _figures(sheet):
        value = _number(cell)
        if value is not None:
            is_estimate = period_end(period) > actual_to
            found.setdefault(
                (subject, segment, period, basis),
                Estimate(subject, segment, period, basis, as_of, value, is_estimate),
            )
        elif isinstance(cell, str) and cell.strip():
            refused.append(Refusal(f"{subject} {segment} {period} {basis}".replace("  ", " "), "not a number", cell))
    whole_index = sum(1 for key in found if key[0] == "sp-500" and not key[1])
    if whole_index < _MIN_PERIODS:
        raise InputError(f"The sheet {SECTOR_SHEET!r} has another form than S&P's; no earnings were found in it.")
    return SpWorkbook(as_of, tuple(found.values()), tuple(refused))


def _figures(sheet: list[Row]) -> Iterator[tuple[str, str, str, str, object]]:
    """(basis, subject, segment, period, cell) of both blocks.

    A block's title stands above its header in one block and below it in the other.
    """
    basis, label_at = "", 0
    periods: dict[int, str] = {}
    for row in sheet:
        title = next((_text(cell) for cell in row if cell is not None), "")
        if title.casefold() in _TITLES:
            basis = _TITLES[title.casefold()]
        elif title.casefold() == "index name":
            label_at = next(i for i, cell in enumerate(row) if cell is not None)
            periods = {i: period for i, cell in enumerate(row) if (period := _period(_text(cell)))}
        elif basis and (match := _ROW.fullmatch(_text(row[label_at]) if label_at < len(row) else "")):
            segment = _ASIDE.sub("", match[2] or "").strip()
            for i, period in periods.items():
                if i < len(row) and row[i] is not None:
                    yield basis, _SUBJECTS[match[1]], _SECTORS.get(segment, segment), period, row[i]


def _summary(sheet: list[Row]) -> SpWorkbook:
    """The table OBSERVATION: operating estimates of the S&P 500, a vintage a row, the last one `Current`."""
    as_of = next((day for row in sheet[:40] if row and (day := _day(row[0]))), None)
    if as_of is None:
        raise InputError(f"The sheet {SUMMARY_SHEET!r} does not say as of which day it was made.")
    estimates: list[Estimate] = []
    periods: dict[int, str] = {}
    for row in sheet:
        label = _text(row[0]) if row else ""
        if label.casefold() == "observation":
            periods = {i: period for i, cell in enumerate(row) if (period := _observed(_text(cell)))}
            continue
        vintage = as_of if label.casefold() == "current" else _day(row[0]) if row else None
        if periods and vintage is None:
            break
        for i, period in periods.items():
            value = _number(row[i]) if i < len(row) else None
            if value is not None and vintage is not None:
                estimates.append(Estimate("sp-500", "", period, "operating", vintage, value, is_estimate=True))
    if not estimates:
        raise InputError(f"The sheet {SUMMARY_SHEET!r} has another form than S&P's; no estimates were found in it.")
    return SpWorkbook(as_of, tuple(estimates))


def _period(header: str) -> str:
    """`2017Q3` or `2017` for a header of earnings, else nothing (prices, P/E)."""
    if match := _QUARTER.fullmatch(header):
        return f"{match[1]}Q{match[2]}" if _is_year(match[1]) else ""
    if match := _ANNUAL.fullmatch(header):
        return match[1] if _is_year(match[1]) else ""
    return ""


def _observed(header: str) -> str:
    match = _OBSERVED.fullmatch(header)
    if match is None or not _is_year(match[2]):
        return ""
    return f"{match[2]}Q{match[1]}" if match[1] else match[2]


def _is_year(text: str) -> bool:
    return _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _labelled_date(sheet: list[Row], label: str) -> date | None:
    """The date that stands right of a label in the sheet's head."""
    for row in sheet[:40]:
        for i, cell in enumerate(row[:-1]):
            if _text(cell).casefold().startswith(label):
                return next((day for other in row[i + 1 :] if (day := _day(other))), None)
    return None


def _day(cell: object) -> date | None:
    """A cell as a day: a date, or text like `6/30/2017`."""
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, str):
        try:
            day = datetime.strptime(cell.strip(), "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            return None
    else:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _number(cell: object) -> float | None:
    """A plausible figure in dollars per share; errors such as `#DIV/0!` arrive as text."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return float(cell) if abs(cell) <= _MAX_EPS_USD else None


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def recognises(content: bytes) -> bool:
    """Whether a file is a workbook with S&P's sheets."""
    if not content.startswith(_ZIP):
        return False
    try:
        with opened(content) as book:
            return is_sp_earnings(book.sheetnames)
    except SourceError:
        return False


def read(content: bytes, name: str, now: datetime, cancel: Cancel | None = None) -> Batch:
    """One vintage as a batch; raises InputError, also for a day to come."""
    book = parse(content, cancel)
    if book.as_of > now.date():
        raise InputError(f"{name}: the estimates are of {book.as_of}, a day to come.")
    digest = hashlib.sha256(content).hexdigest()
    origin = Provenance("import", KIND, f"file:{name}", now, book.as_of, digest)
    return Batch(origin, (book.estimates,), book.refused)


def remark(batch: Batch) -> str:
    """`S&P estimates as of 2017-07-05: 4 indices, 11 sectors, 4,685 figures.`"""
    found = [row for rows in batch.rows if isinstance(rows, tuple) for row in rows if isinstance(row, Estimate)]
    indices, sectors = {row.subject for row in found}, {row.segment for row in found if row.segment}
    return (
        f"S&P estimates as of {batch.provenance.as_of}: {len(indices)} {'index' if len(indices) == 1 else 'indices'},"
        f" {plural(len(sectors), 'sector')}, {plural(len(found), 'figure')}."
    )
