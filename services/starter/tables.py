"""The figures that a first start shows before any download: small tables, written by the app's own export.

A folder of tables holds `index.json`, which says what each file is, the files (CSV, compressed; an empty cell is
an unknown figure), and SOURCES.md for people. Another kind of table needs an entry in `_KINDS` and rows to export.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from models.markets import Market
from models.names import Report
from models.reader import Reader
from models.records import Batch, Positions, Provenance, Rows, position_fields
from services.files import make_folder, write_atomically
from services.starter import earnings_table, price_table, sector_table

SOURCE = "starter"
"""The source under which the archive holds these figures, until downloaded ones take their place."""

REPORTS = (Report.LEGACY_FUTURES, Report.TFF_FUTURES, Report.TFF_COMBINED)

INDEX = "index.json"
NOTE = "SOURCES.md"

Cells = list[list[str]]


@dataclass(frozen=True)
class _Kind:
    """How rows of one kind become the cells of a table, header first, and cells become rows again."""

    write: Callable[[Any], Cells]
    read: Callable[[str, Cells], tuple[Rows, ...]]


def batches(folder: Traversable | None = None) -> Iterator[Batch]:
    """The tables, one batch each, in the order of their index; none where the folder has no index."""
    folder = folder or files("services.starter")
    index = folder / INDEX
    if not index.is_file():
        return
    described = json.loads(index.read_text("utf-8"))
    moment = datetime.fromisoformat(described["as_of"])
    for entry in described["tables"]:
        text = gzip.decompress((folder / entry["file"]).read_bytes()).decode()
        cells = list(csv.reader(io.StringIO(text)))
        rows = _KINDS[entry["kind"]].read(entry["dataset"], cells)
        origin = Provenance(SOURCE, entry["dataset"], "", moment, date.fromisoformat(entry["last"]))
        yield Batch(origin, rows)


def export(reader: Reader, out: Path, as_of: datetime, markets: Sequence[Market]) -> list[Path]:
    """Writes the tables of these markets as of a moment, their index and note; the same figures give the same bytes.

    Raises InputError where something cannot be written.
    """
    written: dict[str, bytes] = {}
    entries = []
    for market in markets:
        for report in REPORTS:
            rows = reader.positions(report, market.codes, as_of)
            if len(rows):
                name = f"{market.name}-{report}.csv.gz"
                written[name] = _compressed(_KINDS["positions"].write(rows))
                first, last = (str(day) for day in (rows.date.min(), rows.date.max()))
                entry = {"file": name, "kind": "positions", "dataset": report.value}
                entries.append(entry | {"rows": len(rows), "first": first, "last": last})
    if weights := sector_table.weights(reader, as_of):
        written[sector_table.FILE] = _compressed(_KINDS["sectors"].write(weights))
        days = [str(of.as_of) for of in weights]
        entry = {"file": sector_table.FILE, "kind": "sectors", "dataset": sector_table.DATASET}
        entries.append(entry | {"rows": len(weights), "first": min(days), "last": max(days)})
    earnings = earnings_table.annual(reader, as_of)
    if earnings:
        written[earnings_table.FILE] = _compressed(_KINDS["estimates"].write(earnings))
        vintages = [str(row.vintage) for row in earnings]
        entry = {"file": earnings_table.FILE, "kind": "estimates", "dataset": earnings_table.DATASET}
        entries.append(entry | {"rows": len(earnings), "first": min(vintages), "last": max(vintages)})
    closes = price_table.closes(reader, as_of)
    if closes:
        written[price_table.FILE] = _compressed(_KINDS["closes"].write(closes))
        days = [str(day) for of in closes for day in (of.date[0], of.date[-1])]
        entry = {"file": price_table.FILE, "kind": "closes", "dataset": price_table.DATASET}
        entries.append(entry | {"rows": sum(len(of) for of in closes), "first": min(days), "last": max(days)})
    index = {"as_of": as_of.astimezone(UTC).isoformat(), "tables": entries}
    written[INDEX] = (json.dumps(index, indent=1) + "\n").encode()
    written[NOTE] = _note(as_of, entries).encode()
    make_folder(out)
    for name, content in written.items():
        write_atomically(out / name, content)
    return [out / name for name in written]


def _compressed(cells: Cells) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return gzip.compress(text.getvalue().encode(), mtime=0)


def _note(as_of: datetime, entries: Sequence[Mapping[str, object]]) -> str:
    kinds = {entry["kind"] for entry in entries}
    credits = {"estimates": earnings_table.CREDIT, "sectors": sector_table.CREDIT, "closes": price_table.CREDIT}
    credit = "".join(f"{text}\n" for kind, text in credits.items() if kind in kinds)
    lines = "".join("| {file} | {dataset} | {rows} | {first} | {last} |\n".format(**entry) for entry in entries)
    return (
        "# Built-in figures\n\n"
        "Positions from the Commitments of Traders reports of the U.S. Commodity Futures Trading Commission\n"
        "(https://www.cftc.gov/MarketReports/CommitmentsofTraders), which are in the public domain. Written by\n"
        f"`export starter` as of {as_of.astimezone(UTC):%Y-%m-%d %H:%M} UTC. An empty cell is a figure that is not\n"
        "known; downloaded figures take the place of these row by row.\n\n"
        f"{credit}"
        f"| file | report | rows | first | last |\n|---|---|---|---|---|\n{lines}"
    )


# Positions: date, code, name, then the figures of the report of which any is known


def _write_positions(rows: Positions) -> Cells:
    known = [field for field in position_fields(rows.report.family) if np.isfinite(rows.values[field]).any()]
    columns = [[_cell(value) for value in rows.values[field].tolist()] for field in known]
    days = np.datetime_as_string(rows.date).tolist()
    lines = zip(days, rows.code.tolist(), rows.name.tolist(), *columns, strict=True)
    return [["date", "code", "name", *known], *(list(line) for line in lines)]


def _cell(value: float) -> str:
    return "" if value != value else repr(value).removesuffix(".0")


def _read_positions(dataset: str, cells: Cells) -> tuple[Positions]:
    header, *lines = cells
    columns = dict(zip(header, zip(*lines, strict=True), strict=True))
    report = Report(dataset)
    unknown = np.full(len(lines), np.nan)
    fields = position_fields(report.family)
    values = {field: _figures(columns[field]) if field in columns else unknown for field in fields}
    days = np.array(columns["date"], "M8[D]")
    return (Positions(report, np.array(columns["code"]), days, np.array(columns["name"]), values),)


def _figures(cells: Iterable[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([float(cell) if cell else np.nan for cell in cells])


_KINDS: Mapping[str, _Kind] = {
    "positions": _Kind(_write_positions, _read_positions),
    "estimates": _Kind(earnings_table.write, earnings_table.read),
    "sectors": _Kind(sector_table.write, sector_table.read),
    "closes": _Kind(price_table.write, price_table.read),
}
