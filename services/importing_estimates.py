"""A user's own estimates, exported from another program: one row a company (or index) and period.

The columns are recognised by their usual names, or named by a mapping like
`{"columns": {"subject": "Identifier", "value": "EPS Mean"}, "basis": "operating", "vintage": "2017-07-13"}`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from models.fiscal import fiscal_quarter, fiscal_year, month_end
from models.formats import plural
from models.records import Batch, Estimate, Provenance, Refusal
from services.errors import InputError
from services.importing_tables import Table, read_table, unpacked
from services.sources.columns import read_day, read_figure

KIND = "estimates"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "subject": ("Ticker", "Symbol", "Index", "Company", "Identifier"),
    "period": ("Period", "Fiscal Period", "Year", "Fiscal Year", "Fiscal Period End", "Period End Date"),
    "value": ("EPS", "EPS Mean", "Mean", "Consensus", "Estimate", "EPS Estimate", "Value"),
    "high": ("High", "EPS High"),
    "low": ("Low", "EPS Low"),
    "analysts": ("Analysts", "Number of Analysts", "# of Estimates", "Count"),
    "vintage": ("Date", "As Of", "As-of Date", "Vintage", "Estimate Date"),
    "basis": ("Basis",),
    "segment": ("Segment", "Sector"),
    "actual": ("Actual", "Is Actual", "Reported"),
}
REQUIRED = ("subject", "period", "value")
BASES = ("operating", "as_reported", "ex_items")

_MOST_MAPPING_BYTES = 64 * 1024
_MOST_REFUSED_SHARE = 0.2
_CALENDAR = re.compile(r"((?:19|20)\d{2})(?:\s*-?\s*Q([1-4]))?[EA]?")
_QUARTER_FIRST = re.compile(r"Q([1-4])\s*-?\s*((?:19|20)\d{2})[EA]?")
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&' -]{0,40}")
_YES = frozenset({"actual", "a", "yes", "true", "1", "reported"})
_INDICES = {"s&p 500": "sp-500", "s&p 400": "sp-400", "s&p 600": "sp-600", "s&p 1500": "sp-1500"}


@dataclass(frozen=True)
class Mapped:
    """Which header holds what, and what the file does not say: its basis and the day of its consensus."""

    headers: Mapping[str, str] = field(default_factory=dict)
    basis: str | None = None
    vintage: date | None = None


def load_mapping(path: Path) -> Mapped:
    """A mapping from a JSON file; raises InputError that names what is wrong."""
    try:
        held = json.loads(path.read_bytes()[:_MOST_MAPPING_BYTES])
    except OSError as error:
        raise InputError(f"The mapping {path.name} could not be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"The mapping {path.name} is not JSON: {error}.") from error
    headers = held.get("columns") if isinstance(held, dict) else None
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise InputError(f'The mapping {path.name} has no "columns" object of texts.')
    if unknown := sorted(set(headers) - set(COLUMNS)):
        raise InputError(f"The mapping {path.name} maps {', '.join(unknown)}; known are {', '.join(COLUMNS)}.")
    basis, vintage = held.get("basis"), held.get("vintage")
    if basis not in (None, *BASES):
        raise InputError(f"The mapping {path.name} has the basis {basis!r}; known are {', '.join(BASES)}.")
    day = None if vintage is None else read_day(str(vintage))
    if vintage is not None and day is None:
        raise InputError(f"The mapping {path.name} has the vintage {vintage!r}, which is no date like 2017-07-13.")
    return Mapped(headers, basis, day)


def recognises(content: bytes) -> bool:
    """Whether a file has columns for a company, a period, its earnings, and the day of the consensus."""
    try:
        table = read_table(unpacked(content))
    except InputError:
        return False
    found = _places(table, Mapped())
    return found is not None and {*REQUIRED, "vintage"} <= found[1].keys()


def read(content: bytes, name: str, now: datetime, *, mapped: Mapped | None = None, as_of: date | None = None) -> Batch:
    """Raises InputError where columns are missing, or where more than a fifth of the rows cannot be read."""
    mapped = mapped or Mapped()
    table = read_table(unpacked(content))
    places = _places(table, mapped)
    if places is None:
        raise InputError(
            f"{name}: no columns for {', '.join(REQUIRED)} were found. Name them with a mapping. Nothing was imported."
        )
    start, columns = places
    estimates: list[Estimate] = []
    refused: list[Refusal] = []
    for number, cells in enumerate(table.rows[start + 1 :], start=start + 2):
        if not any(cells):
            continue
        row = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
        made = _estimate(row, mapped, as_of, has_comma=table.has_decimal_comma)
        if isinstance(made, str):
            refused.append(Refusal(f"row {number}", made, ";".join(cells)[:120]))
        else:
            estimates.append(made)
    if not estimates or len(refused) > _MOST_REFUSED_SHARE * (len(estimates) + len(refused)):
        why = f"; the first is {refused[0].what}: {refused[0].reason}" if refused else ""
        raise InputError(f"{name}: {len(refused)} rows cannot be read{why}. Nothing was imported.")
    newest = max(estimate.vintage for estimate in estimates)
    if newest > now.date():
        raise InputError(f"{name}: estimates are of {newest}, a day to come.")
    origin = Provenance("import", KIND, f"file:{name}", now, newest, hashlib.sha256(content).hexdigest())
    return Batch(origin, (tuple(dict.fromkeys(estimates)),), tuple(refused))


def remark(batch: Batch) -> str:
    found = [row for rows in batch.rows if isinstance(rows, tuple) for row in rows if isinstance(row, Estimate)]
    subjects = len({row.subject for row in found})
    return f"{plural(len(found), 'estimate')} of {plural(subjects, 'subject')}, the newest of {batch.provenance.as_of}."


def _places(table: Table, mapped: Mapped) -> tuple[int, dict[str, int]] | None:
    """The row of the header and where each column is; None where a required one is missing."""
    names = {key: (mapped.headers[key],) if key in mapped.headers else usual for key, usual in COLUMNS.items()}
    start = table.header_row([name for usual in names.values() for name in usual])
    if start is None:
        return None
    header = [cell.casefold() for cell in table.rows[start]]
    columns = {key: at for key, usual in names.items() if (at := _first(header, usual)) is not None}
    return (start, columns) if columns.keys() >= set(REQUIRED) else None


def _first(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name.casefold()) for name in names if name.casefold() in header), None)


def _estimate(row: Mapping[str, str], mapped: Mapped, as_of: date | None, *, has_comma: bool) -> Estimate | str:
    """The row as an estimate, or why it is none."""
    subject = row["subject"].strip()
    period = _period(row["period"].strip())
    value = _number(row["value"], has_comma=has_comma)
    vintage = read_day(row.get("vintage", "").strip()) or mapped.vintage or as_of
    basis = row.get("basis", "").strip().lower().replace(" ", "_") or mapped.basis or "ex_items"
    if not _SUBJECT.fullmatch(subject):
        return "no company or index is named"
    if period is None:
        return "the period is none like 2017, 2017Q3, Sep 2017 or 2017-09-30"
    if value is None:
        return "the earnings are no number"
    if vintage is None:
        return "the day of the consensus is not given; name it with --as-of-date or in the mapping"
    if basis not in BASES:
        return f"the basis is none of {', '.join(BASES)}"
    analysts = _number(row.get("analysts", ""), has_comma=has_comma)
    return Estimate(
        subject=_INDICES.get(subject.casefold(), subject),
        segment=row.get("segment", "").strip(),
        period=period,
        basis=basis,
        vintage=vintage,
        value=value,
        is_estimate=row.get("actual", "").strip().lower() not in _YES,
        high=_number(row.get("high", ""), has_comma=has_comma),
        low=_number(row.get("low", ""), has_comma=has_comma),
        analysts=None if analysts is None else int(analysts),
    )


def _period(text: str) -> str | None:
    """`2017`, `2017Q3`; `Sep 2017` or a date is the fiscal year that ends there, with `FQ:` before it the quarter."""
    if match := _CALENDAR.fullmatch(text):
        return f"{match[1]}Q{match[2]}" if match[2] else match[1]
    if match := _QUARTER_FIRST.fullmatch(text):
        return f"{match[2]}Q{match[1]}"
    is_quarter = text.upper().startswith("FQ:")
    rest = text[3:].strip() if is_quarter else text
    end = read_day(rest) or month_end(rest)
    if end is None:
        return None
    return fiscal_quarter(end) if is_quarter else fiscal_year(end)


def _number(text: str, *, has_comma: bool) -> float | None:
    text = text.strip()
    return read_figure(text.replace(".", "").replace(",", ".") if has_comma else text)
