"""A user's own files of CFTC figures: yearly zips and texts, weekly texts, and plain tables (`importing_figures`).

What a Legacy text does not say, whether options are in its figures, only its name does: `deafut` and `annual` are
futures only, `deacom` and `annualof` both.
"""

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO

import numpy as np

from models.formats import as_date
from models.names import Report, Scope
from models.records import Batch, Provenance
from services.errors import ErrorKind, InputError, SourceError
from services.importing_figures import Figures, is_plain, read_plain
from services.sources.cftc_checks import check_against, checked, only
from services.sources.cftc_fields import TITLES
from services.sources.cftc_files import ROWS_AT_ONCE, layout_of, read_text, split
from services.sources.cftc_table import first_line, header_of
from services.sources.source import Held
from services.sources.zips import single_text

KIND = "cftc"
SOURCE = "import"

_MOST_BYTES = 768 * 1024 * 1024
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_COMBINED = re.compile(r"deahistfo|deacom|annualof|com95|combined", re.IGNORECASE)
_FUTURES = re.compile(r"deacot|deafut|annual(?!of)|fut86|fut.?only", re.IGNORECASE)


def recognises(content: bytes) -> bool:
    """Whether the content is a table of CFTC figures in any of these forms."""
    try:
        with _text(content) as stream:
            line = first_line(stream)
        return layout_of(line) is not None or is_plain(header_of(line))
    except SourceError:
        return False


def read(content: bytes, name: str, now: datetime, held: Held) -> tuple[Batch, ...]:
    """The rows of every report in a file, checked by themselves and against what is held.

    Raises InputError with what is wrong; then nothing of the file is to be stored.
    """
    origin = Provenance(SOURCE, "", f"file:{name}", now, None, hashlib.sha256(content).hexdigest())
    batches: list[Batch] = []
    try:
        for figures in _figures(content, name):
            batches += _batches(figures, origin, now, held)
    except SourceError as error:
        raise InputError(_explained(name, error)) from error
    return tuple(batches)


def remark(batches: Sequence[Batch]) -> str:
    """Which reports a file held: `Legacy, futures only, to 2026-06-30.`"""
    newest: dict[str, str] = {}
    for batch in batches:
        origin = batch.provenance
        newest[origin.dataset] = max(newest.get(origin.dataset, ""), str(origin.as_of))
    return "; ".join(f"{TITLES[Report(dataset)]}, to {day}" for dataset, day in newest.items()) + "."


@contextmanager
def _text(content: bytes) -> Iterator[IO[bytes]]:
    """The text in a file, be it packed as zip or gzip or not at all."""
    if content.startswith(_ZIP):
        with single_text(content) as stream:
            yield stream
    else:
        yield io.BytesIO(_unpacked(content))


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            body = packed.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a sound gzip file: {error}") from error
    if len(body) > _MOST_BYTES:
        raise SourceError(ErrorKind.TOO_BIG)
    return body


def _figures(content: bytes, name: str) -> Iterator[Figures]:
    with _text(content) as stream:
        line = first_line(stream)
        is_official = layout_of(line) is not None
        if not is_official and is_plain(header_of(line)):
            yield from read_plain(line + stream.read(), name)
            return
    with _text(content) as stream:
        family, table = read_text(stream)
        inside = str(getattr(stream, "name", ""))
    for scope, rows in split(table).items():
        yield Figures(Report.of(family, scope or _scope_by_name(name, inside)), rows)


def _scope_by_name(name: str, inside: str) -> Scope:
    """What the name of the file, or that of the text packed in it, says of options."""
    for text in (inside, name):
        is_combined, is_futures = _COMBINED.search(text) is not None, _FUTURES.search(text) is not None
        if is_combined != is_futures:
            return Scope.COMBINED if is_combined else Scope.FUTURES
    raise InputError(
        f"{name}: the file does not say whether its figures are futures only. Name it as the CFTC does"
        " (deafut or annual for futures only, deacom or annualof with options) and import it again."
    )


def _batches(figures: Figures, origin: Provenance, now: datetime, held: Held) -> Iterator[Batch]:
    rows = checked(figures.table, figures.report, now)
    reports = len(np.unique(rows.date))
    if reports:
        before = held.latest_positions(figures.report, now, reports)
        check_against(only(before, np.isin(before.code, np.unique(rows.code))), rows)  # a file may hold one contract
    parts = list(rows.parts(ROWS_AT_ONCE))
    refused = (*figures.refused, *rows.refused)
    for number, part in enumerate(parts, 1):
        newest = as_date(part.date.max())
        come = Provenance(SOURCE, figures.report.value, origin.url, origin.retrieved_at, newest, origin.sha256)
        yield Batch(come, (part,), refused if number == len(parts) else ())
    if not parts and refused:
        come = Provenance(SOURCE, figures.report.value, origin.url, origin.retrieved_at, None, origin.sha256)
        yield Batch(come, (), refused)


def _explained(name: str, error: SourceError) -> str:
    why = f" ({error.detail})" if error.detail else ""
    said = {
        ErrorKind.IMPLAUSIBLE: "its figures cannot be right",
        ErrorKind.EMPTY: "it has no rows",
        ErrorKind.TOO_BIG: "it unpacks to far more than a history of reports",
        ErrorKind.CHANGED_FORMAT: "its form is not known here",
    }.get(error.kind, "it could not be read")
    return f"{name}: {said}{why}. Nothing was imported."
