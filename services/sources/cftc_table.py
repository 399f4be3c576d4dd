"""A CFTC table, from the API or from a file, as columns of figures.

The API is asked for CSV and not for JSON. A page of 5,000 rows with the columns that are needed is 1.4 MB
instead of 6.1 MB, pandas reads it in 11 ms and lets other threads run meanwhile (the window waits 6 ms at
most); `json.loads` and a loop over its rows take 81 ms and hold the window up for 35 ms. It is also the
safer one: no nesting, no special constants, no keys given twice, and the header tells a column that has
gone from a figure that is unknown, which in JSON look the same.

Texts are read as categories, so Python looks at each different one only once.
"""

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, TYPE_CHECKING

import numpy as np

from models.records import Bools, Dates, Floats, Ints
from services.errors import ErrorKind, SourceError
from services.sources.cftc_fields import CODE, DATE, NAME, SCOPE, SHORT_DATE
from services.sources.columns import read_day

if TYPE_CHECKING:
    import pandas as pd

_PIECE_BYTES = 4 * 1024 * 1024
_MOST_HEADER_BYTES = 64 * 1024
_TEXTS = (CODE, DATE, SHORT_DATE, NAME, SCOPE)
_END = "end"
"""The last column of the table: where it is empty, the row was cut short."""

_MISSING = ("", ".")
_PADDED_MISSING = [" " * blanks + mark for mark in _MISSING for blanks in range(16)]
_FIGURE = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?")
_FIRST_TWO_DIGIT_YEAR = 86

_Frame = Mapping[str, "pd.Series[float]"]


@dataclass(frozen=True)
class Table:
    """Rows as they came, in columns of equal length.

    `code`, `name` and `scope` are places in the texts beside them. `date` is NaT where it could not be read, or
    where two columns of dates differ. A figure is NaN where it is unknown and infinite where it is no number.
    `is_cut` marks rows that end too soon. Only figures that the table has a column for are in `values`.
    """

    codes: tuple[str, ...]
    code: Ints
    names: tuple[str, ...]
    name: Ints
    scopes: tuple[str, ...]
    scope: Ints
    date: Dates
    values: Mapping[str, Floats]
    is_cut: Bools

    def __len__(self) -> int:
        return len(self.code)

    def only(self, keep: Bools) -> "Table":
        """The rows where `keep` is true."""
        if keep.all():
            return self
        return replace(
            self,
            code=self.code[keep],
            name=self.name[keep],
            scope=self.scope[keep],
            date=self.date[keep],
            values={figure: column[keep] for figure, column in self.values.items()},
            is_cut=self.is_cut[keep],
        )

    def cut(self, rows: Bools) -> "Table":
        """The same with more rows marked as cut short."""
        return replace(self, is_cut=self.is_cut | rows)


def header_of(line: bytes) -> list[str]:
    """The names in the first line of a table; raises CHANGED_FORMAT where it is no line of CSV."""
    text = _utf8(line).decode("utf-8-sig").strip("\r\n")
    try:
        rows = list(csv.reader([text], skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"the header cannot be read: {error}") from error
    return [name.strip() for name in rows[0]] if rows else []


def first_line(stream: IO[bytes]) -> bytes:
    """The first line of a table, which must not be longer than a header can be."""
    line = stream.readline(_MOST_HEADER_BYTES)
    if len(line) >= _MOST_HEADER_BYTES:
        raise SourceError(ErrorKind.CHANGED_FORMAT, "the first line has no end")
    return line


def read_table(
    stream: IO[bytes],
    places: Mapping[str, int],
    width: int,
    *,
    begun: bytes = b"",
    is_wanted: Callable[[str], bool] | None = None,
    between: Callable[[], None] = lambda: None,
) -> Table:
    """The rows of a table whose header has been taken from the stream.

    `places` maps keys and figures to columns out of `width`; `begun` are rows that have been read already. Rows
    of other codes than wanted ones are left out. `between` is called every few megabytes. Raises BAD_CONTENT
    where it is no table of that width.
    """
    pieces = _Pieces(places, width, is_wanted)
    for piece in _pieces(stream, begun):
        between()
        pieces.add(piece)
    return pieces.table()


def _pieces(stream: IO[bytes], rest: bytes) -> Iterator[bytes]:
    """What follows `rest` in the stream, with it, in pieces of whole lines, each pure UTF-8."""
    while block := stream.read(_PIECE_BYTES):
        end = block.rfind(b"\n") + 1
        lines, rest = (rest + block[:end], block[end:]) if end else (b"", rest + block)
        if lines and not lines.isspace():
            yield _utf8(lines)
        elif len(rest) > _PIECE_BYTES:
            raise SourceError(ErrorKind.BAD_CONTENT, "a line has no end")
    if rest.strip():
        yield _utf8(rest)


def _utf8(piece: bytes) -> bytes:
    """The older files are in Windows' code page 1252."""
    if b"\x00" in piece:
        raise SourceError(ErrorKind.BAD_CONTENT, "not a text: there are zero bytes in it")
    if piece.isascii():
        return piece
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("cp1252", "replace").encode("utf-8")
    return piece


class _Texts:
    """Different texts in the order in which they came, stripped; the same text keeps its place over all pieces."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def add(self, column: "pd.Series[float]") -> Ints:
        """Places of one column's texts; a missing one is the empty text."""
        texts = [*map(str.strip, column.cat.categories.tolist()), ""]
        found = np.array([self.places.setdefault(text, len(self.places)) for text in texts], np.int64)
        return found[column.cat.codes.to_numpy()]


class _Pieces:
    """Puts the pieces of one table together."""

    def __init__(self, places: Mapping[str, int], width: int, is_wanted: Callable[[str], bool] | None) -> None:
        if max(places.values()) >= width:
            raise SourceError(ErrorKind.CHANGED_FORMAT, f"the table has {width} columns only")
        self._places = dict(places)
        if width - 1 not in self._places.values():
            self._places[_END] = width - 1
        self._width = width
        self._is_wanted = is_wanted
        self._texts = {key: _Texts() for key in _TEXTS if key in places}
        self._columns: dict[str, list[Ints]] = {key: [np.empty(0, np.int64)] for key in self._texts}
        self._is_cut: list[Bools] = [np.empty(0, bool)]
        self._figures = [figure for figure in places if figure not in _TEXTS]
        self._values: dict[str, list[Floats]] = {figure: [np.empty(0)] for figure in self._figures}

    def add(self, piece: bytes) -> None:
        frame = _frame(piece, self._places, self._width)
        found = {key: texts.add(frame[key]) for key, texts in self._texts.items()}
        keep = self._wanted(found[CODE])
        for key, column in found.items():
            self._columns[key].append(column[keep])
        self._is_cut.append(_is_cut(frame, len(keep))[keep])
        for figure in self._figures:
            self._values[figure].append(np.asarray(frame[figure], np.float64)[keep])

    def _wanted(self, code: Ints) -> Bools:
        if self._is_wanted is None:
            return np.ones(len(code), bool)
        wanted = np.array([self._is_wanted(text) for text in self._texts[CODE].places], bool)
        kept: Bools = wanted[code]
        return kept

    def table(self) -> Table:
        texts = {key: tuple(found.places) or ("",) for key, found in self._texts.items()}
        places = {key: np.concatenate(found) for key, found in self._columns.items()}
        nothing = np.zeros(len(places[CODE]), np.int64)
        return Table(
            texts[CODE],
            places[CODE],
            texts.get(NAME, ("",)),
            places.get(NAME, nothing),
            texts.get(SCOPE, ("",)),
            places.get(SCOPE, nothing),
            _dates(texts, places),
            {figure: np.concatenate(self._values.pop(figure)) for figure in self._figures},
            np.concatenate(self._is_cut),
        )


def _frame(piece: bytes, places: Mapping[str, int], width: int) -> _Frame:
    """The wanted columns of one piece: texts as categories, figures as floats, infinite where they are no numbers."""
    has_blanks = _check_width(piece, width)
    by_place = {place: key for key, place in places.items()}
    texts = {place: "category" for place, key in by_place.items() if key in (*_TEXTS, _END)}
    figures = [place for place in by_place if place not in texts]
    try:
        frame = _read(piece, texts | dict.fromkeys(figures, "float64"), has_blanks)
    except ValueError:  # somewhere a text stands for a figure: look at each
        frame = _read(piece, texts | dict.fromkeys(figures, "category"), has_blanks)
        for place in figures:
            frame[place] = _figures(frame[place])
    return {key: frame[place] for place, key in by_place.items()}


def _read(piece: bytes, types: Mapping[int, str], has_blanks: bool) -> "pd.DataFrame":
    """The columns of these types. Raises ValueError where a text stands for a float, BAD_CONTENT.

    To skip blanks at the beginning of cells costs as much as all the rest, and figures do not need it.
    """
    import io

    import pandas as pd

    try:
        return pd.read_csv(
            io.BytesIO(piece),
            header=None,
            usecols=sorted(types),
            dtype=dict(types),
            na_values=_PADDED_MISSING,
            keep_default_na=False,
            thousands=",",
            skipinitialspace=has_blanks,
            index_col=False,
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a table: {' '.join(str(error).split())}"[:300]) from error


def _check_width(piece: bytes, width: int) -> bool:
    """Looks at the first row, which decides how many columns the reader expects; whether blanks precede quotes."""
    start = next((n for n, byte in enumerate(piece) if byte not in b"\r\n"), 0)
    end = piece.find(b"\n", start)
    first = (piece[start:end] if end >= 0 else piece[start:]).decode("utf-8")
    try:
        cells = next(csv.reader([first], skipinitialspace=True), [])
    except csv.Error as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a table: {error}") from error
    if cells and len(cells) != width:
        raise SourceError(ErrorKind.BAD_CONTENT, f"{len(cells)} columns instead of {width}")
    return ', "' in first


def _figures(column: "pd.Series[float]") -> Floats:
    """Figures from categories, infinite where they are no numbers."""
    read = np.array([*(_figure(str(text)) for text in column.cat.categories), math.nan])
    found: Floats = read[column.cat.codes.to_numpy()]
    return found


def _figure(text: str) -> float:
    text = text.strip()
    if text in _MISSING:
        return math.nan
    is_figure = text.isascii() and len(text) < 30 and any(map(str.isdigit, text)) and _FIGURE.fullmatch(text)
    return float(text.replace(",", "")) if is_figure else math.inf


def _dates(texts: Mapping[str, Sequence[str]], places: Mapping[str, Ints]) -> Dates:
    """The days of all rows, NaT where they cannot be read or where the two columns of dates differ."""
    days = {
        key: np.array([read(text) for text in texts[key]], "M8[D]")[places[key]]
        for key, read in ((DATE, _day), (SHORT_DATE, _short_day))
        if key in texts
    }
    if len(days) < 2:
        return next(iter(days.values()))
    long, short = days[DATE], days[SHORT_DATE]
    differ = ~np.isnat(short) & (short != long)
    return np.where(differ, np.datetime64("NaT", "D"), long)


def _day(text: str) -> date | None:
    """`2017-06-13`, `2017-06-13T00:00:00.000` or, in the older bundles, `6/13/2017 12:00:00 AM`."""
    return read_day(text.partition(" ")[0])


def _short_day(text: str) -> date | None:
    """`170613`; programs that take it for a number lose the zeros at its front."""
    text = text.zfill(6)
    if not (len(text) == 6 and text.isascii() and text.isdecimal()):
        return None
    century = 1900 if int(text[:2]) >= _FIRST_TWO_DIGIT_YEAR else 2000
    try:
        return date(century + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _is_cut(frame: _Frame, count: int) -> Bools:
    """Rows whose last column is empty, in a table in which it is not always so."""
    last = frame.get(_END)
    if last is None:
        return np.zeros(count, bool)
    is_empty: Bools = last.isna().to_numpy()
    return np.zeros(count, bool) if is_empty.all() else is_empty


def texts_of(texts: Sequence[str], places: Ints) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """The texts at these places, as an array of its own width."""
    used, inverse = np.unique(places, return_inverse=True)
    return np.array([texts[place] for place in used.tolist()] or [""], np.str_)[inverse]
