"""A user's own table, CSV or workbook, as rows of text: found out rather than asked for."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from services.errors import InputError, SourceError
from services.sources.holdings_file import plain_text
from services.workbooks import opened, rows

_MOST_BYTES = 64 * 1024 * 1024
_MOST_ROWS = 50_000
_MOST_LINE = 65_536  # characters; a row of cells costs forty times its text
_DELIMITERS = (",", ";", "\t", "|")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_LOOKED_AT_ROWS = 40
_SHOWN_CELLS, _SHOWN_CHARACTERS = 6, 40
_DECIMAL_COMMA = re.compile(r"-?\d{1,3}(\.\d{3})*,\d+|-?\d+,\d+")


@dataclass(frozen=True)
class Table:
    """Rows of cells as plain text; row numbers for people count from 1, as a spreadsheet does."""

    rows: tuple[tuple[str, ...], ...]
    has_decimal_comma: bool = False

    def header_row(self, known: Sequence[str]) -> int | None:
        """The first row in which at least two cells are known names of columns."""
        names = {name.casefold() for name in known}
        for number, cells in enumerate(self.rows[:_LOOKED_AT_ROWS]):
            if len({cell.casefold() for cell in cells} & names) >= 2:
                return number
        return None


def unpacked(content: bytes) -> bytes:
    """The content of a .gz file, else the content itself; raises InputError where it is damaged or too large."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            body = packed.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError("The packed file is damaged and could not be read. Nothing was imported.") from error
    if len(body) > _MOST_BYTES:
        raise InputError("The file is far larger than a table of holdings and was not read.")
    return body


def read_table(content: bytes) -> Table:
    """Raises InputError with a sentence where the content is no table."""
    if content.startswith(_OLD_EXCEL):
        raise InputError("The file is in Excel's old binary format (.xls). Save it as .xlsx or CSV and import that.")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    return _csv(_text(content))


def what_it_is(content: bytes) -> str:
    """What to say of a file that no import knows: that it is no table, or which columns it has."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start:
        return "The file is empty."
    if start.startswith((b"<!doctype html", b"<html")):
        return "The file is a web page, not a table. Download the file itself and import that."
    if start.startswith(b"%pdf"):
        return "The file is a PDF, in which no figures are read. Look for a spreadsheet or CSV of the same."
    try:
        table = read_table(unpacked(content))
    except InputError as error:
        return str(error)
    header = next((row for row in table.rows if any(row)), ())
    cells = [repr(cell[:_SHOWN_CHARACTERS]) for cell in header if cell]
    more = f" and {len(cells) - _SHOWN_CELLS} more" if len(cells) > _SHOWN_CELLS else ""
    return f"No kind of file here begins with {', '.join(cells[:_SHOWN_CELLS])}{more}."


def _workbook(content: bytes) -> Table:
    try:
        with opened(content) as book:
            read = rows(book, book.sheetnames[0])
    except SourceError as error:
        raise InputError(f"The workbook could not be read: {error.sentence} Nothing was imported.") from error
    return Table(tuple(tuple(plain_text(cell) for cell in row) for row in read[:_MOST_ROWS]))


def _text(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError("The file is neither a workbook nor a text file.")


def _csv(text: str) -> Table:
    if max(map(len, io.StringIO(text)), default=0) > _MOST_LINE:
        raise InputError("A line of the file is far longer than a row of a table. Nothing was imported.")
    delimiter = max(_DELIMITERS, key=lambda mark: _columns(text, mark))
    try:
        read = [tuple(plain_text(cell) for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise InputError(f"The file could not be read as CSV ({error}). Nothing was imported.") from error
    has_comma = delimiter != "," and any(_DECIMAL_COMMA.fullmatch(cell) for row in read[:200] for cell in row)
    return Table(tuple(read[:_MOST_ROWS]), has_comma)


def _columns(text: str, delimiter: str) -> int:
    """How many of the first lines' cells a delimiter makes, over the lines that it cuts alike."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT_ROWS] if line.strip()]
    counts = [line.count(delimiter) for line in lines]
    return max((count * counts.count(count) for count in counts if count), default=0)
