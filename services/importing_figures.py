"""A plain table of CFTC figures: a CSV with the columns `date` and `code`, and what is known of each report.

Figures are called as in `models.records.position_fields`, or in short: `oi`, `nc_long`, `lev_short`, `mm_spread`.
An empty cell is an unknown figure. A net counts where its long and short are not given. A column `report`
(`legacy_futures` …) says which report a row belongs to; else the columns tell the family, and the figures count
as futures only.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.names import GROUPS, Family, Group, Report, Scope
from models.records import Refusal, position_fields
from services.errors import InputError
from services.sources.cftc_checks import FEW_ROWS, MOST_REFUSED_SHARE
from services.sources.cftc_table import Table
from services.sources.columns import MISSING, read_day, read_figure

_STEMS: dict[Group, tuple[str, ...]] = {
    Group.NONCOMMERCIAL: ("nc", "noncomm"),
    Group.COMMERCIAL: ("c", "comm"),
    Group.NONREPORTABLE: ("nr", "nonrept"),
    Group.DEALER: (),
    Group.ASSET_MANAGER: ("am", "asset_mgr"),
    Group.LEVERAGED_FUNDS: ("lev", "lev_money"),
    Group.OTHER_REPORTABLE: ("other", "other_rept"),
    Group.PRODUCER_MERCHANT: ("pm", "prod_merc"),
    Group.SWAP_DEALER: ("swap",),
    Group.MANAGED_MONEY: ("mm", "m_money"),
}
_SHORT_NAMES = {"open_interest": "oi", "traders_total": "traders"}
_CODE_CHARACTERS = 6
_SHOWN_CHARACTERS = 120
_SHOWN_ROWS = 3


@dataclass(frozen=True)
class Figures:
    """The rows of one report in a plain table, and its rows that could not be read."""

    report: Report
    table: Table
    refused: tuple[Refusal, ...] = ()


def is_plain(header: Sequence[str]) -> bool:
    """Whether a header is one of a plain table of figures."""
    names = _lower(header)
    return {"date", "code"} <= set(names) and bool(_families(names))


def read_plain(body: bytes, name: str) -> list[Figures]:
    """The figures by report. Raises InputError where too many rows cannot be read, naming the first."""
    try:
        lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
        names = _lower(next(lines, []))
        rows, refused = _rows(lines, names, name)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{name}: the file is no CSV in UTF-8 ({error}). Nothing was imported.") from error
    if len(refused) > max(FEW_ROWS, MOST_REFUSED_SHARE * (len(rows) + len(refused))) or not rows:
        listed = "; ".join(f"{refusal.what}: {refusal.reason}" for refusal in refused[:_SHOWN_ROWS])
        raise InputError(
            f"{name}: {len(refused)} rows cannot be read{f' ({listed})' if listed else ''}. Nothing was imported."
        )
    reports = dict.fromkeys(row.report for row in rows)
    tables = [(report, _table([row for row in rows if row.report is report])) for report in reports]
    return [Figures(report, table, tuple(refused) if n == 0 else ()) for n, (report, table) in enumerate(tables)]


@dataclass(frozen=True)
class _Row:
    report: Report
    code: str
    day: date
    name: str
    values: Mapping[str, float]


def _lower(header: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in header]


def _rows(lines: Iterator[list[str]], names: Sequence[str], file: str) -> tuple[list[_Row], list[Refusal]]:
    """The rows, and those that could not be read; both by the numbers that a spreadsheet shows."""
    families = _families(names)
    if "report" not in names and len(families) != 1:
        said = "more than one report" if families else "no report"
        raise InputError(f"{file}: its columns belong to {said} of the CFTC; a column report says to which.")
    columns = {family: _columns(names, family) for family in Family}
    rows: list[_Row] = []
    refused: list[Refusal] = []
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        try:
            rows.append(_row(cells, names, columns, families))
        except ValueError as error:
            content = ",".join(cells)[:_SHOWN_CHARACTERS]
            refused.append(Refusal(f"{file}, row {number}", str(error), content))
    return rows, refused


def _row(
    cells: Sequence[str], names: Sequence[str], columns: Mapping[Family, Mapping[str, int]], families: Sequence[Family]
) -> _Row:
    """One row; raises ValueError with the reason where it cannot be read."""
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} cells instead of {len(names)}")
    texts = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    report = _report(texts["report"]) if "report" in texts else Report.of(families[0], Scope.FUTURES)
    day = read_day(texts["date"])
    if day is None:
        raise ValueError("the date cannot be read")
    values = {figure: _figure(cells[place], names[place]) for figure, place in columns[report.family].items()}
    code = texts["code"].upper()
    code = code.zfill(_CODE_CHARACTERS) if code.isdecimal() else code  # a spreadsheet took it for a number
    return _Row(report, code, day, texts.get("name", ""), values)


def _report(text: str) -> Report:
    try:
        return Report(text.lower())
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no report; there are {', '.join(Report)}") from None


def _figure(cell: str, column: str) -> float:
    text = cell.strip()
    if text in MISSING:
        return math.nan
    value = read_figure(text)
    if value is None:
        raise ValueError(f"{column} is no number")
    return value


def _families(names: Sequence[str]) -> list[Family]:
    """The families to which most of the columns of positions belong; none where there are no such columns."""
    counts = {
        family: sum(figure.rpartition("_")[0] in GROUPS[family] for figure in _columns(names, family))
        for family in Family
    }
    most = max(counts.values())
    return [family for family in Family if most and counts[family] == most]


def _columns(names: Sequence[str], family: Family) -> dict[str, int]:
    """Figure to the place of its column, where the table has it."""
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    found = {}
    for figure in position_fields(family):
        known = [places[name] for name in _accepted(figure) if name in places]
        if known:
            found[figure] = known[0]
    return found


def _accepted(figure: str) -> Iterator[str]:
    """The names that a figure's column may have."""
    yield figure
    if figure in _SHORT_NAMES:
        yield _SHORT_NAMES[figure]
    stem, _, side = figure.rpartition("_")
    if stem in list(Group):
        endings = (side, "spread") if side == "spreading" else (side,)
        for start in (stem, *_STEMS[Group(stem)]):
            yield from (f"{start}_{ending}" for ending in endings)


def _table(rows: Sequence[_Row]) -> Table:
    codes = {code: place for place, code in enumerate(dict.fromkeys(row.code for row in rows))}
    names = {name: place for place, name in enumerate(dict.fromkeys(row.name for row in rows))}
    nothing = np.zeros(len(rows), np.int64)
    return Table(
        codes=tuple(codes),
        code=np.array([codes[row.code] for row in rows], np.int64),
        names=tuple(names),
        name=np.array([names[row.name] for row in rows], np.int64),
        scopes=("",),
        scope=nothing,
        date=np.array([row.day for row in rows], "M8[D]"),
        values={figure: np.array([row.values[figure] for row in rows]) for figure in rows[0].values},
        is_cut=nothing.astype(bool),
    )
