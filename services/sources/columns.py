"""From the cells of a provider's file to observations: dates and figures read strictly, oddities counted.

A row that cannot be read is refused and named; when they are more than a few, so is the whole file.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from models.calendars import NEW_YORK, known_at
from models.names import Known
from models.records import Observations, Refusal
from services.errors import ErrorKind, SourceError

MISSING = frozenset({"", ".", "-", "--", "N/A", "NA", "null"})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FIGURE = re.compile(r"[+-]?(\d+(,\d{3})*|\d*)(\.\d*)?([eE][+-]?\d{1,2})?")
_MOST_REFUSED = 5
_MOST_REFUSED_SHARE = 0.02
_CLOSES = (Known.EXCHANGE_CLOSE, Known.CBOE_CLOSE)
_EARLIEST = date(1789, 1, 1)
_SHOWN_CHARACTERS = 120


@dataclass(frozen=True)
class Parsed:
    """What a file gave for one series, and what of it was kept out.

    `waiting` is how many of its newest closes were left out because their session had not ended.
    """

    observations: Observations
    refused: tuple[Refusal, ...] = ()
    waiting: int = 0


def csv_rows(body: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file, blank ones left out, its cells stripped.

    Raises BAD_CONTENT where it is no UTF-8 text or no CSV.
    """
    try:
        text = body.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, str(error)) from error


def expect_header(found: Sequence[str], expected: Sequence[str]) -> None:
    """Raises CHANGED_FORMAT unless the header is exactly this one."""
    if list(found) != list(expected):
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"header {list(found)[:12]} instead of {list(expected)}")


def column(header: Sequence[str], name: str) -> int:
    """The place of a column, whatever the case of its name; raises CHANGED_FORMAT where there is none."""
    names = [cell.strip().lower() for cell in header]
    if name.lower() not in names:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no column {name!r} in {list(header)[:12]}")
    return names.index(name.lower())


def read_day(text: str) -> date | None:
    """An ISO date or one like 07/08/2026 (month first); None where it is neither."""
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _US.fullmatch(text):
            return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None
    return None


def read_figure(text: str) -> float | None:
    """A finite number, with `$` and thousands commas where they stand right; None where it is none."""
    text = text.strip().removeprefix("$")
    if len(text) > 40 or not any(c.isdigit() for c in text) or not _FIGURE.fullmatch(text):
        return None
    value = float(text.replace(",", ""))
    return value if math.isfinite(value) else None


def from_cells(
    series: str,
    rows: Iterable[tuple[str, str]],
    *,
    known: Known,
    now: datetime,
    positive: bool = False,
) -> Parsed:
    """Observations from pairs of date and figure as text; missing figures are left out, unreadable ones refused.

    Raises what `observations` raises.
    """
    read: list[tuple[date, float]] = []
    refused: list[Refusal] = []
    for day_text, text in rows:
        day = read_day(day_text)
        if day is not None and text in MISSING:
            continue
        value = read_figure(text)
        if day is None or value is None:
            refused.append(_refusal(series, f"{day_text},{text}", "the row could not be read"))
        else:
            read.append((day, value))
    return observations(series, read, known=known, now=now, positive=positive, refused=refused)


def observations(
    series: str,
    values: Iterable[tuple[date, float]],
    *,
    known: Known,
    now: datetime,
    positive: bool = False,
    refused: Sequence[Refusal] = (),
) -> Parsed:
    """Values by day, sorted, one a day (the last given), without closes that are not yet final at `now`.

    `positive` refuses values that are not above zero, as prices are. Raises EMPTY where nothing is left,
    IMPLAUSIBLE where too much was refused or days lie in the future.
    """
    kept: dict[date, float] = {}
    out = list(refused)
    total = len(out)
    today = now.astimezone(NEW_YORK).date()
    for day, value in values:
        total += 1
        if not math.isfinite(value) or (positive and value <= 0) or day < _EARLIEST:
            out.append(_refusal(series, f"{day},{value}", "the value cannot be right"))
        elif day > today + timedelta(days=2):
            out.append(_refusal(series, f"{day},{value}", "the day lies in the future"))
        else:
            kept[day] = value
    if len(out) > max(_MOST_REFUSED, _MOST_REFUSED_SHARE * total):
        raise SourceError(
            ErrorKind.IMPLAUSIBLE, f"{series}: {len(out)} of {total} rows refused; first {out[0].content!r}"
        )
    days = sorted(kept)
    waiting = 0
    while days and known in _CLOSES and known_at(days[-1], known) > now:
        days.pop()
        waiting += 1
    if not days:
        raise SourceError(ErrorKind.EMPTY, f"{series}: no observation")
    made = Observations(series, np.array(days, dtype="M8[D]"), np.array([kept[day] for day in days]), known)
    return Parsed(made, tuple(out), waiting)


def _refusal(series: str, content: str, reason: str) -> Refusal:
    return Refusal(series, reason, content[:_SHOWN_CHARACTERS])
