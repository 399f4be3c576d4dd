"""Rows as text for other programs: CSV that no spreadsheet takes for formulas, TSV for the clipboard, Markdown."""

import csv
import io
from collections.abc import Iterable, Sequence

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0")
_NOTHING = ("", "\u2013")
_TAKEN_OFF = ' "'
"""What a spreadsheet may take off the beginning of a cell before it looks whether that is a formula."""


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(_TAKEN_OFF).startswith(_ACTIVE):
        return "'" + value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180 with a header line, a point as decimal separator and plain digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(header) for header in headers])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def tsv_text(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Tab-separated, for pasting into a spreadsheet."""

    def line(cells: Sequence[object]) -> str:
        return "\t".join(str(safe_cell(cell)).replace("\t", " ").replace("\n", " ") for cell in cells)

    return "\n".join([line(headers), *(line(row) for row in rows)]) + "\n"


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def line(cells: Sequence[object]) -> str:
        return "| " + " | ".join(_inline(cell) for cell in cells) + " |"

    return "\n".join([line(headers), "|" + " --- |" * len(headers), *(line(row) for row in rows)]) + "\n"


def _inline(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns padded for a terminal; a column of figures is right-aligned, an empty one left out."""
    headers, rows = _without_empty(headers, rows)
    table = [headers, *rows]
    widths = [max((len(row[i]) for row in table), default=0) for i in range(len(headers))]
    right = [all(_is_figure(row[i]) for row in rows) for i in range(len(headers))]

    def line(row: Sequence[str]) -> str:
        cells = (cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True))
        return "  ".join(cells).rstrip()

    return "\n".join(line(row) for row in table) + "\n"


def _without_empty(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """The columns that say something in at least one row; all of them where there are no rows."""
    kept = [n for n in range(len(headers)) if not rows or any(row[n] not in _NOTHING for row in rows)]
    return [headers[n] for n in kept], [[row[n] for n in kept] for row in rows]


def _is_figure(text: str) -> bool:
    return not text or text[0].isdigit() or text[0] in "+-\u2212\u2013$"
