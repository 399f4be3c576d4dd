"""Figures as files for other programs: CSV, a workbook, and a pack that proves what is in it."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from models.figures import Caption, Figures
from models.tabular import csv_text, safe_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a pack, so that the same figures make the same file."""
_ABOUT = "About"
_MOST_TITLE = 31
_WIDEST, _NARROWEST = 60, 9


def as_csv(figures: Figures, caption: Caption, *, has_bom: bool = False) -> bytes:
    """UTF-8: title, definition, source and as-of as lines that begin with `#`, then a header line and the rows.

    Excel takes a file for UTF-8 where it begins with the mark of that, `has_bom`; other programs stumble over it.
    """
    words = "".join(f"# {_one_line(line)}\r\n" for line in (caption.title, *caption.lines))
    return (words + csv_text(figures.headers, figures.rows)).encode("utf-8-sig" if has_bom else "utf-8")


def as_xlsx(figures: Figures, caption: Caption) -> bytes:
    """A workbook: the rows on one sheet, numbers and dates as such and no text as a formula; the words on another."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _sheet_title(figures.title)
    _fill(sheet, [figures.headers, *figures.rows])
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_ABOUT)
    _fill(about, [(line,) for line in (caption.title, *caption.lines)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, with their SHA-256 sums in a file that `sha256sum -c` reads."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*sorted(files.items()), (SUMS, sums.encode())):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _fill(sheet: "Worksheet", rows: Sequence[Sequence[object]]) -> None:
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _put(sheet.cell(line, place), value)
            widths[place] = max(widths.get(place, _NARROWEST), min(len(str(value or "")) + 2, _WIDEST))
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width


def _put(cell: Any, value: object) -> None:
    """Text is marked as text, so that no spreadsheet takes it for a formula; characters XML cannot hold are dropped."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(safe_cell(value)))
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _sheet_title(title: str) -> str:
    """What a spreadsheet takes as the name of a sheet."""
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return " ".join(kept.split())[:_MOST_TITLE] or "Figures"


def _one_line(text: str) -> str:
    return " ".join(text.split())
