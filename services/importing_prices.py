"""A user's own file of closes: a table with a date and a close a row, as quote pages give it for download.

`Date,Open,High,Low,Close,Volume` and the like, oldest or newest first; a column of adjusted closes makes the
series with dividends, but of an index, whose adjusted closes have none. Cboe's `DATE,RUT` is read too. Whose closes
they are stands in no such file: it is said when importing, or taken from the file's name.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from models.formats import as_date, day
from models.names import Known
from models.records import Batch, Observations, Provenance
from models.series import SYMBOLS, price_id
from services.errors import ErrorKind, InputError, SourceError
from services.importing_tables import Table, read_table, unpacked
from services.sources.columns import Parsed, from_cells

KIND = "prices"
SOURCE = "import"
DATE_COLUMNS = ("Date", "Day", "Datetime", "Timestamp", "observation_date")
CLOSE_COLUMNS = ("Close", "Close/Last", "Last", "Last Price", "Price", "PX_LAST", "Closing Price")
TOTAL_COLUMNS = ("Adj Close", "Adj. Close", "Adjusted Close", "Adjusted_close", "AdjClose")

_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]{0,9}")
_NAME_ENDS = re.compile(r"([ _.-](us|d|daily|history|historical|prices?|data|max|\d{4}.*|\(\d+\)))+$", re.IGNORECASE)
_OTHER_NAMES = {symbol.yahoo.lstrip("^").split("=")[0]: symbol.name for symbol in SYMBOLS.values() if symbol.yahoo}


def recognises(content: bytes) -> bool:
    """Whether a file is one of closes: its header has a date and a close, and nothing that names companies."""
    try:
        table = read_table(unpacked(content))
    except InputError:
        return False
    return _columns(table) is not None


def symbol_of(name: str, given: str | None) -> str:
    """The symbol of a file: as given, else from its name (`IWM.csv`, `^RUT.csv`, `iwm_us_d.csv`).

    Raises InputError where neither says it.
    """
    stem = PurePath(name).name.split(".csv")[0].split(".txt")[0].split(".xlsx")[0]
    text = (given or _NAME_ENDS.sub("", stem)).strip().lstrip("^_").upper()
    if not _SYMBOL.fullmatch(text):
        raise InputError(f"{name}: say whose closes these are, for instance --fund IWM. Nothing was imported.")
    return text if text in SYMBOLS else _OTHER_NAMES.get(text, text)


def read(content: bytes, name: str, now: datetime, *, symbol: str | None) -> Batch:
    """The closes in a file as a batch; a row that cannot be read is refused.

    Raises InputError with what is missing or wrong. Nothing is half imported.
    """
    table = read_table(unpacked(content))
    found = _columns(table)
    if found is None:
        raise InputError(
            f"{name}: no header with a date and a close was found, such as Date,Open,High,Low,Close,Volume."
            " Nothing was imported."
        )
    own = symbol_of(name, symbol)
    header, date_place, close_place, total_place = found
    has_total = total_place is not None and (own not in SYMBOLS or SYMBOLS[own].has_total)
    places = {"price": close_place} | ({"total": total_place} if total_place is not None and has_total else {})
    try:
        parsed = [_series(table, header, date_place, place, own, kind, now) for kind, place in places.items()]
    except SourceError as error:
        raise InputError(_explained(name, error)) from error
    newest = max(as_date(one.observations.date[-1]) for one in parsed)
    origin = Provenance(SOURCE, own, f"file:{name}", now, newest, hashlib.sha256(content).hexdigest())
    return Batch(origin, tuple(one.observations for one in parsed), tuple(r for one in parsed for r in one.refused))


def remark(batch: Batch) -> str:
    """What was read, and when it is used."""
    one = next(rows for rows in batch.rows if isinstance(rows, Observations))
    return (
        f"{len(one):,} closes of {batch.provenance.dataset} from {day(one.date[0])} to {day(one.date[-1])};"
        " they are used where no provider's closes of it are held."
    )


def _columns(table: Table) -> tuple[int, int, int, int | None] | None:
    """The row of the header, and the places of the date, the close and the adjusted close in it."""
    for number, cells in enumerate(table.rows[:40]):
        day_place = _place(cells, DATE_COLUMNS)
        if day_place is None:
            continue
        close_place = _place(cells, CLOSE_COLUMNS)
        if close_place is None and len(cells) == 2 and cells[1 - day_place].upper() in SYMBOLS:
            close_place = 1 - day_place
        if close_place is None or _place(cells, ("Ticker", "Sector", "Asset Class")) is not None:
            return None
        return number, day_place, close_place, _place(cells, TOTAL_COLUMNS)
    return None


def _place(cells: Sequence[str], names: Sequence[str]) -> int | None:
    folded = [cell.strip().casefold() for cell in cells]
    return next((folded.index(name.casefold()) for name in names if name.casefold() in folded), None)


def _series(table: Table, header: int, day_place: int, place: int, symbol: str, kind: str, now: datetime) -> Parsed:
    return from_cells(
        price_id(SOURCE, symbol, kind),
        _cells(table, header, day_place, place),
        known=Known.EXCHANGE_CLOSE,
        now=now,
        positive=True,
    )


def _cells(table: Table, header: int, day_place: int, place: int) -> Iterator[tuple[str, str]]:
    """Pairs of date and figure; blank rows and rows cut short after the last figures are no rows."""
    for row in table.rows[header + 1 :]:
        if not any(row):
            continue
        text = row[place] if place < len(row) else ""
        if table.has_decimal_comma:
            text = text.replace(".", "").replace(",", ".")
        yield (row[day_place] if day_place < len(row) else ""), text


def _explained(name: str, error: SourceError) -> str:
    if error.kind is ErrorKind.EMPTY:
        return f"{name}: the file has no closes. Nothing was imported."
    if error.kind is ErrorKind.IMPLAUSIBLE:
        return (
            f"{name}: too many rows could not be read ({error.detail}). Dates must be like 2017-06-16 or 06/16/2017,"
            " closes plain numbers above zero. Nothing was imported."
        )
    return f"{name}: {error.sentence} ({error.detail}) Nothing was imported."
