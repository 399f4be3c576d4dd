"""The two forms in which iShares gives a fund's holdings: a CSV with a preamble, and JSON by columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from services.errors import ErrorKind, SourceError
from services.http_body import Content, sniff
from services.sources.columns import csv_rows
from services.sources.holdings_file import HoldingsFile, Lines, place
from services.strict_json import load

AS_OF_LABEL = "fund holdings as of"
_TEXT_COLUMNS: dict[str, tuple[str, ...]] = {
    "ticker": ("Ticker",),
    "name": ("Name",),
    "sector": ("Sector",),
    "asset_class": ("Asset Class",),
    "exchange": ("Exchange",),
    "currency": ("Currency", "Market Currency"),
}
_FIGURE_COLUMNS: dict[str, tuple[str, ...]] = {
    "market_value_usd": ("Market Value",),
    "weight_pct": ("Weight (%)",),
    "shares": ("Quantity", "Shares"),
    "price": ("Price",),
}
_NEEDED = ("ticker", "name", "sector", "asset_class", "market_value_usd")
_TEXT_FIELDS = {
    "ticker": "ticker",
    "name": "issueName",
    "sector": "sectorName",
    "asset_class": "assetClass",
    "exchange": "exchange",
    "currency": "currencyCode",
}
_FIGURE_FIELDS = {
    "market_value_usd": "marketValue",
    "weight_pct": "holdingPercent",
    "shares": "unitsHeld",
    "price": "unitPrice",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_US_DAY = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})")


def us_day(text: str) -> date | None:
    """`Jul 31, 2026`, whatever the machine's language; None where it is no such day."""
    found = _US_DAY.fullmatch(text.strip())
    if found is None or found[1].lower() not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[1].lower()) + 1, int(found[2]))
    except ValueError:
        return None


# CSV


def parse_csv(body: bytes, fund: str, as_of: date | None = None) -> HoldingsFile:
    """The holdings in a CSV of any of its layouts.

    The header is found by its first cells, the end by the first line without an asset class, which also ends
    the first copy where a response holds the document twice. `as_of` is for a file that has lost its
    preamble. Raises WEB_PAGE, EMPTY (no holdings of that day), CHANGED_FORMAT, BAD_CONTENT or IMPLAUSIBLE.
    """
    sniff(Content.CSV, body)
    rows = csv_rows(body)
    title, stated, header = _preamble(rows)
    places = {name: place(header, *columns) for name, columns in (_TEXT_COLUMNS | _FIGURE_COLUMNS).items()}
    missing = [name for name in _NEEDED if places[name] is None]
    if missing:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: no column for {', '.join(missing)} in {header[:16]}")
    lines = Lines(fund)
    for cells in _data(rows, places["asset_class"] or 0):
        lines.add(_cells(cells, places, _TEXT_COLUMNS), _cells(cells, places, _FIGURE_COLUMNS))
    day = us_day(stated) if stated else as_of
    if day is None:
        if not lines.holdings:
            raise SourceError(ErrorKind.EMPTY, f"{fund}: no holdings of the day asked for")
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: the file does not say of which day it is")
    return HoldingsFile(lines.snapshot(fund, day), title, tuple(lines.refused))


def _preamble(rows: Iterator[list[str]]) -> tuple[str, str, list[str]]:
    """(fund's name, day as it is written, header) of the lines up to the header."""
    title, stated = "", ""
    for number, cells in enumerate(rows):
        if cells[0].casefold() == "ticker" and len(cells) > 3:
            return title, stated, cells
        if cells[0].casefold() == AS_OF_LABEL and len(cells) > 1:
            stated = cells[1]
        elif number == 0:
            title = cells[0]
        if number > 40:
            break
    raise SourceError(ErrorKind.CHANGED_FORMAT, "no line that begins with Ticker")


def _data(rows: Iterator[list[str]], asset_class: int) -> Iterator[list[str]]:
    for cells in rows:
        if len(cells) <= asset_class or not cells[asset_class] or cells[0].casefold() == "ticker":
            return
        yield cells


def _cells(
    cells: Sequence[str], places: Mapping[str, int | None], wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, object]:
    return {name: cells[at] if (at := places[name]) is not None and at < len(cells) else "" for name in wanted}


# JSON


def parse_json(body: bytes, fund: str, wanted: date | None = None) -> HoldingsFile:
    """The holdings in an answer of `get-product-data`: columns of equal length, and the day.

    Raises WRONG_DATE, before the lines are read, where it is of another day than `wanted` (iShares sends
    today's holdings for days it does not have), EMPTY without any data point, CHANGED_FORMAT where columns are
    missing or of different length, else as `parse_csv`.
    """
    sniff(Content.JSON, body)
    points = _data_points(load(body))
    if not points:
        raise SourceError(ErrorKind.EMPTY, f"{fund}: no data points")
    day = _json_day(points)
    if wanted is not None and day != wanted:
        raise SourceError(ErrorKind.WRONG_DATE, f"{fund}: holdings of {day} instead of {wanted}")
    columns = {
        name: _column(points, field, needed=name in _NEEDED) for name, field in (_TEXT_FIELDS | _FIGURE_FIELDS).items()
    }
    lengths = {len(column) for column in columns.values() if column is not None}
    if len(lengths) != 1:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{fund}: columns of {sorted(lengths)} values")
    lines = Lines(fund)
    for i in range(lengths.pop()):
        lines.add(
            {name: None if (column := columns[name]) is None else column[i] for name in _TEXT_FIELDS},
            {name: None if (column := columns[name]) is None else column[i] for name in _FIGURE_FIELDS},
        )
    return HoldingsFile(lines.snapshot(fund, day), "", tuple(lines.refused))


def _data_points(answer: object) -> dict[str, object]:
    path = ("componentsByNameMap", "holdings", "containersByNameMap", "all", "dataPointsByNameMap")
    at = answer
    for key in path:
        if not isinstance(at, dict) or key not in at:
            raise SourceError(ErrorKind.CHANGED_FORMAT, f"no {key} in the answer")
        at = at[key]
    if not isinstance(at, dict):
        raise SourceError(ErrorKind.CHANGED_FORMAT, "the data points are no object")
    return at


def _json_day(points: Mapping[str, object]) -> date:
    point = points.get("asOfDate")
    value = point.get("value") if isinstance(point, dict) else None
    if isinstance(value, list):
        value = value[0] if value else None
    text = str(value).strip()
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 else date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"the day of the holdings reads {text[:20]!r}") from error


def _column(points: Mapping[str, object], field: str, *, needed: bool) -> list[object] | None:
    point = points.get(field)
    values = point.get("value") if isinstance(point, dict) else None
    if isinstance(values, list):
        return values
    if needed or values is not None:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no column {field} in the answer")
    return None
