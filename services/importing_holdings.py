"""A user's own file of holdings as a snapshot: a provider's download, or any table whose columns are mapped."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from models import funds
from models.calc.sectors import why_left_out
from models.records import Batch, Provenance, Refusal, Snapshot
from models.tickers import normal_ticker
from services.errors import ErrorKind, InputError, SourceError
from services.importing_tables import Table, read_table, unpacked
from services.sources import ishares_files, ssga
from services.sources.columns import read_day, read_figure
from services.sources.holdings_file import HoldingsFile, Lines, place

KIND = "holdings"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "ticker": ("Ticker", "Symbol", "Ticker Symbol"),
    "name": ("Name", "Company", "Company Name", "Security Name", "Holding", "Description", "Issuer"),
    "sector": ("Sector", "GICS Sector", "Industry Sector", "Sector Name"),
    "weight": ("Weight", "Weight (%)", "Weight %", "% Weight", "Index Weight", "% of Fund", "% of Net Assets"),
    "market_value": ("Market Value", "Market Value (USD)", "Market Value ($)", "Value", "Position Value"),
    "shares": ("Shares", "Quantity", "Shares Held", "shares_held", "Units"),
    "asset_class": ("Asset Class", "Asset Type", "Security Type"),
    "exchange": ("Exchange",),
    "price": ("Price", "Last", "Last Price"),
}
"""What a column can be, and the headers by which it is recognised."""

_TEXTS = ("ticker", "name", "sector", "asset_class", "exchange")
_FIGURES = {"weight": "weight_pct", "market_value": "market_value_usd", "shares": "shares", "price": "price"}
_WEIGHT_UNITS = ("percent", "fraction")
_MOST_MAPPING_BYTES = 64 * 1024
_FRACTIONS_UP_TO = 1.5
_WHOLE = (95.0, 105.0)
_MOST_REFUSED = 5
_MOST_REFUSED_SHARE = 0.02
_SHOWN_ROWS = 5
_STATED_DAY = re.compile(r"as of\b.*?(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """How a file's columns are to be read: field of `FIELDS` to the header in the file.

    `weight_unit` is percent or fraction, None where the sum of the weights decides; `decimal` is the mark
    before the decimals.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    weight_unit: str | None = None
    decimal: str | None = None


def load_columns(path: Path) -> Columns:
    """A mapping file: `{"columns": {"ticker": "Symbol", "weight": "Index Weight"}, "weight_unit": "percent"}`.

    Raises InputError that names what is wrong.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise InputError(f"The mapping {path.name} could not be read: {error.strerror}.") from error
    try:
        held = json.loads(text[:_MOST_MAPPING_BYTES])
    except (ValueError, RecursionError) as error:
        raise InputError(f"The mapping {path.name} is not JSON: {error}.") from error
    return columns_from(held, path.name)


def columns_from(held: object, name: str) -> Columns:
    """A mapping from plain JSON, as it is kept in a file or in the settings."""
    if not isinstance(held, dict) or not isinstance(held.get("columns"), dict):
        raise InputError(f'The mapping {name} has no "columns" object.')
    headers = held["columns"]
    unknown = sorted(key for key in headers if key not in FIELDS)
    if unknown:
        raise InputError(f"The mapping {name} maps {', '.join(unknown)}; known are {', '.join(FIELDS)}.")
    if not all(isinstance(value, str) for value in headers.values()):
        raise InputError(f"The mapping {name} must give a column's header as text for each field.")
    unit, decimal = held.get("weight_unit"), held.get("decimal")
    if unit not in (None, *_WEIGHT_UNITS):
        raise InputError(f"The mapping {name} has the weight unit {unit!r}; known are {', '.join(_WEIGHT_UNITS)}.")
    if decimal not in (None, ".", ","):
        raise InputError(f"The mapping {name} has the decimal mark {decimal!r}; it can be a point or a comma.")
    return Columns(dict(headers), unit, decimal)


def as_json(columns: Columns) -> dict[str, object]:
    """What `columns_from` reads back."""
    return {"columns": dict(columns.headers), "weight_unit": columns.weight_unit, "decimal": columns.decimal}


def recognises(content: bytes) -> bool:
    """Whether a file is one of holdings: it has a column that names companies and one that weighs them."""
    try:
        table = read_table(unpacked(content))
    except InputError:
        return False
    found = guessed(table)
    return found is not None and bool({"weight", "market_value"} & found.headers.keys())


def guessed(table: Table) -> Columns | None:
    """The columns by their headers, None where no row looks like a header."""
    at = table.header_row([name for names in FIELDS.values() for name in names])
    if at is None:
        return None
    header = table.rows[at]
    places = {name: place(header, *names) for name, names in FIELDS.items()}
    return Columns({name: header[i] for name, i in places.items() if i is not None})


@dataclass(frozen=True)
class Look:
    """A file before it is imported: its header and first rows, and what can be told of it.

    `is_download` is a provider's own file, whose columns need no mapping; `mark` is the same for files with the
    same header, so that a mapping can be remembered. `fund` is "" and `as_of` None where the file does not say.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    is_download: bool
    fund: str
    as_of: date | None
    mark: str


def look(content: bytes, now: datetime) -> Look:
    """What a dialog shows of a file. Raises InputError where it is no table at all."""
    body = unpacked(content)
    table = read_table(body)
    columns = guessed(table)
    at = table.header_row([name for names in FIELDS.values() for name in names])
    header = table.rows[at] if at is not None else next((row for row in table.rows if any(row)), ())
    start = (at if at is not None else table.rows.index(header) if header else 0) + 1
    named = tuple(cell for cell in header if cell)
    mark = hashlib.sha256("\n".join(named).encode()).hexdigest()[:16]
    rows = table.rows[start : start + _SHOWN_ROWS]
    try:
        snapshot = _read(body, "", None, None, None).snapshot
        found = Look(named, rows, columns or Columns(), True, snapshot.fund, snapshot.as_of, mark)
        return found if snapshot.as_of <= now.date() else replace(found, as_of=None)
    except (InputError, SourceError):
        stated = _stated_day(table, at) if at is not None else None
        return Look(named, rows, columns or Columns(), False, "", stated, mark)


def read(
    content: bytes, name: str, now: datetime, *, fund: str | None, as_of: date | None, columns: Columns | None = None
) -> Batch:
    """The holdings in a file as a batch; a line that cannot be read is refused with its row.

    `fund` and `as_of` are needed where the file does not say. Raises InputError: what is missing or wrong,
    by row, and what to do. Nothing is half imported.
    """
    try:
        file = _read(unpacked(content), name, fund, as_of, columns)
    except funds.UnknownFund as error:
        raise InputError(str(error)) from error
    except SourceError as error:
        raise InputError(_explained(name, error)) from error
    snapshot = file.snapshot
    if snapshot.as_of > now.date():
        raise InputError(f"{name}: the holdings are of {snapshot.as_of}, a day to come.")
    origin = Provenance(
        "import", snapshot.fund, f"file:{Path(name).name}", now, snapshot.as_of, hashlib.sha256(content).hexdigest()
    )
    return Batch(origin, (snapshot,), file.refused)


def remark(batch: Batch) -> str:
    """What a person should know of an import: how many holdings, and whether that is unusual for the fund."""
    snapshot = next(rows for rows in batch.rows if isinstance(rows, Snapshot))
    held = sum(not why_left_out(h) for h in snapshot.holdings)
    of = funds.fund(snapshot.fund)
    text = f"{held:,} equity holdings of {of.ticker} as of {snapshot.as_of}"
    least, most = of.equities
    if of.provider and not least <= held <= most:
        text += f"; {of.ticker} usually has {least:,} to {most:,}"
    return f"{text}."


def _read(body: bytes, name: str, fund: str | None, as_of: date | None, columns: Columns | None) -> HoldingsFile:
    if columns is None and body.startswith(b"PK\x03\x04"):
        try:
            return ssga.parse(body, _fund_of(fund, _ssga_ticker(body), name))
        except SourceError as error:
            if error.kind is not ErrorKind.CHANGED_FORMAT:
                raise
    table = read_table(body)
    if columns is None and (title := _ishares_title(table)) is not None:
        named = funds.by_title(title) if title else None
        return ishares_files.parse_csv(body, _fund_of(fund, named.ticker if named else "", name), as_of)
    found = columns or guessed(table)
    if found is None:
        raise InputError(_no_columns(name, table))
    return _mapped(table, name, found, fund, as_of)


def _ishares_title(table: Table) -> str | None:
    """The fund's name in an iShares file, empty where its preamble is lost; None for any other table."""
    for cells in table.rows[:40]:
        if cells and cells[0] == "Ticker" and "Asset Class" in cells and "Market Value" in cells:
            first = table.rows[0][0] if table.rows[0] else ""
            return "" if first == "Ticker" else first
    return None


def _ssga_ticker(body: bytes) -> str:
    table = read_table(body)
    return next((row[1] for row in table.rows[:12] if len(row) > 1 and row[0].casefold() == "ticker symbol:"), "")


def _fund_of(given: str | None, found: str, name: str) -> str:
    if not given and not found:
        raise InputError(f"{name}: say whose holdings these are, for instance --fund IWM.")
    if given and found and funds.fund(given).ticker != found:
        raise InputError(f"{name}: the file holds {found}'s holdings, not {given}'s. Nothing was imported.")
    return funds.fund(given or found).ticker


def _mapped(table: Table, name: str, columns: Columns, fund: str | None, as_of: date | None) -> HoldingsFile:
    at = table.header_row([*columns.headers.values(), *(n for names in FIELDS.values() for n in names)])
    if at is None:
        raise InputError(_no_columns(name, table))
    header = table.rows[at]
    places = {key: place(header, text) for key, text in columns.headers.items()}
    missing = [columns.headers[key] for key, i in places.items() if i is None]
    if missing:
        raise InputError(
            f"{name}: row {at + 1} has no column {', '.join(map(repr, missing))}; it has {_listed(header)}."
        )
    if not {"ticker", "name"} & places.keys() or not {"weight", "market_value"} & places.keys():
        raise InputError(
            f"{name}: holdings need a ticker or a name, and a weight or a market value; row {at + 1} has"
            f" {_listed(header)}. A mapping can say which column is which."
        )
    day = as_of or _stated_day(table, at)
    if day is None:
        raise InputError(f"{name}: say of which day the holdings are, for instance --as-of-date 2017-06-26.")
    lines = _lines(table, at, {key: i for key, i in places.items() if i is not None}, columns, name)
    snapshot = lines.snapshot(_fund_of(fund, "", name), day)
    return HoldingsFile(snapshot, "", tuple(lines.refused))


def _stated_day(table: Table, header: int) -> date | None:
    found = (_STATED_DAY.search(cell) for row in table.rows[:header] for cell in row)
    return next((read_day(match[1]) for match in found if match), None)


def _lines(table: Table, header: int, places: Mapping[str, int], columns: Columns, name: str) -> Lines:
    has_comma = columns.decimal == "," or (columns.decimal is None and table.has_decimal_comma)
    rows = [(n, row) for n, row in enumerate(table.rows[header + 1 :], header + 2) if _is_holding(row, places)]
    unit = columns.weight_unit or _weight_unit([_cell(row, places, "weight", has_comma) for _, row in rows])
    lines = Lines(name)
    for number, row in rows:
        texts: dict[str, object] = {key: _cell(row, places, key) for key in _TEXTS if key in places}
        if not texts.get("asset_class"):
            texts["asset_class"] = "Cash" if _is_cash(texts) else "Equity"
        figures: dict[str, object] = {
            target: _cell(row, places, key, has_comma) for key, target in _FIGURES.items() if key in places
        }
        if unit == "fraction" and (weight := _number(str(figures.get("weight_pct", "")))) is not None:
            figures["weight_pct"] = 100 * weight
        before = len(lines.refused)
        lines.add(texts, figures)
        if len(lines.refused) > before:
            said = lines.refused.pop()
            lines.refused.append(Refusal(f"{name}, row {number}", said.reason, said.content))
    _check_refused(lines, name)
    _check_whole(lines, name)
    return lines


def _check_refused(lines: Lines, name: str) -> None:
    """A few unreadable lines are left out and named; more than that is the wrong file or mapping."""
    total = len(lines.holdings) + len(lines.refused)
    if len(lines.refused) > max(_MOST_REFUSED, _MOST_REFUSED_SHARE * total):
        shown = "; ".join(f"{item.what.rpartition(', ')[2]}: {item.reason}" for item in lines.refused[:_SHOWN_ROWS])
        raise InputError(
            f"{name}: {len(lines.refused):,} of {total:,} lines cannot be read ({shown}). Nothing was imported."
        )


def _is_cash(texts: Mapping[str, object]) -> bool:
    """Whether a line of a table without asset classes is cash: by its sector, or by its name without a ticker."""
    sector, ticker, name = (str(texts.get(key, "")).casefold() for key in ("sector", "ticker", "name"))
    return "cash" in sector or (not normal_ticker(ticker) and ("cash" in name or "dollar" in name))


def _is_holding(row: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether a row is a line of the table: it names something and weighs it. Notes below the table do not."""
    named = any(_cell(row, places, key) for key in ("ticker", "name") if key in places)
    weighed = any(_cell(row, places, key) for key in ("weight", "market_value") if key in places)
    return named and weighed


def _cell(row: Sequence[str], places: Mapping[str, int], key: str, has_comma: bool = False) -> str:
    at = places.get(key)
    text = row[at] if at is not None and at < len(row) else ""
    return text.replace(".", "").replace(",", ".") if has_comma else text


def _number(text: str) -> float | None:
    return read_figure(text.removesuffix("%").strip())


def _weight_unit(cells: Sequence[str]) -> str:
    """Weights that add up to about one are fractions, unless a percent sign says otherwise."""
    total = sum(_number(cell) or 0.0 for cell in cells)
    return "fraction" if 0 < total <= _FRACTIONS_UP_TO and not any("%" in cell for cell in cells) else "percent"


def _check_whole(lines: Lines, name: str) -> None:
    """A file of weights alone must be of the whole fund, or its sectors would be wrong."""
    weights = [h.weight_pct for h in lines.holdings if h.weight_pct is not None]
    has_values = any(h.market_value_usd for h in lines.holdings)
    if weights and not has_values and not _WHOLE[0] <= sum(weights) <= _WHOLE[1]:
        raise InputError(
            f"{name}: the weights of {len(weights):,} lines add up to {sum(weights):.1f} percent, not to about 100."
            " Only a whole fund can be compared; nothing was imported."
        )


def _no_columns(name: str, table: Table) -> str:
    first = next((row for row in table.rows if any(row)), ())
    return (
        f"{name}: no row names columns of holdings (ticker or name, with weight or market value). The first row has"
        f" {_listed(first)}. A mapping can say which column is which."
    )


def _listed(cells: Sequence[str]) -> str:
    named = [repr(cell[:30]) for cell in cells if cell][:12]
    return ", ".join(named) or "no text"


def _explained(name: str, error: SourceError) -> str:
    return f"{name} could not be read as holdings: {error.detail or error.sentence}. Nothing was imported."
