"""Workbooks (.xlsx) from outside: opened without trust, read as rows of plain values."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from services.errors import ErrorKind, SourceError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_PARTS = 500
_MOST_BYTES = 256 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_FROM_BYTES = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What openpyxl raises, here and there, on a damaged workbook; malformed XML is a SyntaxError."""

Row = tuple[object, ...]


@contextmanager
def opened(body: bytes) -> "Iterator[Workbook]":
    """A workbook for reading, formulas as their stored values.

    Raises BAD_CONTENT where it is none (or encrypted, or broken), TOO_BIG where it would unpack to far more than
    a table of figures does.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _check_archive(body)
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("workbooks are not read without defusedxml")
    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except (InvalidFileException, *_BROKEN) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a workbook: {error!r}"[:200]) from error
    try:
        yield book
    finally:
        book.close()


def rows(book: "Workbook", sheet: str) -> list[Row]:
    """All rows of a sheet; raises CHANGED_FORMAT where there is no such sheet, BAD_CONTENT where it is broken."""
    if sheet not in book.sheetnames:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no sheet {sheet!r} in {book.sheetnames[:12]}")
    try:
        return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    except _BROKEN as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"sheet {sheet!r}: {error!r}"[:200]) from error


def _check_archive(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a workbook: {error}") from error
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError(ErrorKind.BAD_CONTENT, "the workbook is encrypted")
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or size > _MOST_BYTES or size > max(_RATIO_FROM_BYTES, _MOST_RATIO * packed):
        raise SourceError(ErrorKind.TOO_BIG, f"{len(parts)} parts of {size} bytes")
