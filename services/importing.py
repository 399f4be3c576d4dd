"""A user's own files: what they are is found out from their content, and what they hold goes into the archive.

Another kind of file is another entry in `_IMPORTERS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.records import Batch, Compared, Conflict, Saved
from services import (
    importing_cftc,
    importing_estimates,
    importing_holdings,
    importing_prices,
    importing_sp_earnings,
)
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ArchiveError, InputError
from services.importing_tables import what_it_is

_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class ImportWish:
    """What a person says of the files: their kind (None: recognise it), the fund, the day, a mapping of columns."""

    kind: str | None = None
    fund: str | None = None
    as_of: date | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What became of one file; `kind` is empty where it was not recognised.

    `conflicts` are the figures that the file states otherwise than the archive did before it.
    """

    file: str
    kind: str
    as_of: date | None
    rows_new: int
    rows_refused: int
    message: str
    is_failed: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Importer:
    """One kind of file: whether a content is of that kind, and how it is read.

    `read` gets content, name, wish, the moment and the archive, and raises InputError. `remark` is a sentence on
    what was found.
    """

    kind: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str, ImportWish, datetime, Archive], Sequence[Batch]]
    remark: Callable[[Sequence[Batch]], str]


def _read_cftc(content: bytes, name: str, _wish: ImportWish, now: datetime, archive: Archive) -> Sequence[Batch]:
    return importing_cftc.read(content, name, now, archive)


def _read_holdings(content: bytes, name: str, wish: ImportWish, now: datetime, _archive: Archive) -> Sequence[Batch]:
    columns = importing_holdings.load_columns(wish.mapping) if wish.mapping else None
    return (importing_holdings.read(content, name, now, fund=wish.fund, as_of=wish.as_of, columns=columns),)


def _remark_holdings(batches: Sequence[Batch]) -> str:
    return " ".join(importing_holdings.remark(batch) for batch in batches)


def _read_sp_earnings(
    content: bytes, name: str, _wish: ImportWish, now: datetime, _archive: Archive
) -> Sequence[Batch]:
    return (importing_sp_earnings.read(content, name, now),)


def _remark_sp_earnings(batches: Sequence[Batch]) -> str:
    return " ".join(importing_sp_earnings.remark(batch) for batch in batches)


def _read_estimates(content: bytes, name: str, wish: ImportWish, now: datetime, _archive: Archive) -> Sequence[Batch]:
    mapped = importing_estimates.load_mapping(wish.mapping) if wish.mapping else None
    return (importing_estimates.read(content, name, now, mapped=mapped, as_of=wish.as_of),)


def _remark_estimates(batches: Sequence[Batch]) -> str:
    return " ".join(importing_estimates.remark(batch) for batch in batches)


def _read_prices(content: bytes, name: str, wish: ImportWish, now: datetime, _archive: Archive) -> Sequence[Batch]:
    return (importing_prices.read(content, name, now, symbol=wish.fund),)


def _remark_prices(batches: Sequence[Batch]) -> str:
    return " ".join(importing_prices.remark(batch) for batch in batches)


_IMPORTERS = (
    Importer(importing_cftc.KIND, importing_cftc.recognises, _read_cftc, importing_cftc.remark),
    Importer(importing_sp_earnings.KIND, importing_sp_earnings.recognises, _read_sp_earnings, _remark_sp_earnings),
    Importer(importing_holdings.KIND, importing_holdings.recognises, _read_holdings, _remark_holdings),
    Importer(importing_prices.KIND, importing_prices.recognises, _read_prices, _remark_prices),
    Importer(importing_estimates.KIND, importing_estimates.recognises, _read_estimates, _remark_estimates),
)

KINDS: tuple[str, ...] = tuple(importer.kind for importer in _IMPORTERS)


def import_files(
    files: Sequence[Path], wish: ImportWish, archive: Archive, clock: Clock, cancel: Cancel
) -> tuple[Imported, ...]:
    """Each file by itself: one that cannot be used does not keep the others out. Raises CANCELLED."""
    done = []
    for file in files:
        cancel.check()
        done.append(_imported(file, wish, archive, clock))
    return tuple(done)


def preview_files(files: Sequence[Path], wish: ImportWish, archive: Archive, clock: Clock) -> tuple[Imported, ...]:
    """The same without saving anything: what would be new, and what conflicts with what is held."""
    return tuple(_previewed(file, wish, archive, clock) for file in files)


def _previewed(file: Path, wish: ImportWish, archive: Archive, clock: Clock) -> Imported:
    kind = wish.kind or ""
    try:
        content = content_of(file)
        importer = _importer(content, file.name, wish.kind)
        kind = importer.kind
        batches = importer.read(content, file.name, wish, clock.now(), archive)
        found = _compared(batches, archive)
    except (InputError, ArchiveError) as error:
        return Imported(file.name, kind, None, 0, 0, str(error), is_failed=True)
    refused = sum(len(batch.refused) for batch in batches)
    return Imported(
        file.name, kind, _newest(batches), found.rows_new, refused, importer.remark(batches), conflicts=found.conflicts
    )


def _compared(batches: Sequence[Batch], archive: Archive) -> Compared:
    return sum((archive.compare(batch) for batch in batches), Compared())


def _newest(batches: Sequence[Batch]) -> date | None:
    return max((batch.provenance.as_of for batch in batches if batch.provenance.as_of), default=None)


def _imported(file: Path, wish: ImportWish, archive: Archive, clock: Clock) -> Imported:
    kind = wish.kind or ""
    try:
        content = content_of(file)
        importer = _importer(content, file.name, wish.kind)
        kind = importer.kind
        batches = importer.read(content, file.name, wish, clock.now(), archive)
        conflicts = _compared(batches, archive).conflicts
        saved = sum((archive.save(batch) for batch in batches), start=Saved())
    except (InputError, ArchiveError) as error:
        return Imported(file.name, kind, None, 0, 0, str(error), is_failed=True)
    message = " ".join((importer.remark(batches), *_sentences(batches, saved)))
    return Imported(file.name, kind, _newest(batches), saved.rows_new, saved.rows_refused, message, conflicts=conflicts)


def content_of(file: Path) -> bytes:
    """What a file holds; raises InputError where it cannot be read or is far too large."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{file.name} is larger than {_MOST_BYTES // 1024**2} MB and was not read.")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file.name} could not be read: {error.strerror or error}.") from error


def _importer(content: bytes, name: str, kind: str | None) -> Importer:
    if kind is None:
        found = next((importer for importer in _IMPORTERS if importer.recognises(content)), None)
        if found is None:
            why = what_it_is(content)
            raise InputError(f"{name} is no file of a kind that is known here ({', '.join(KINDS)}). {why}")
        return found
    named = next((importer for importer in _IMPORTERS if importer.kind == kind), None)
    if named is None:
        raise InputError(f"There is no kind of file called {kind!r}; there are {', '.join(KINDS)}.")
    return named


def _sentences(batches: Sequence[Batch], saved: Saved) -> list[str]:
    """What was kept out and what was revised."""
    said = []
    refused = [refusal for batch in batches for refusal in batch.refused]
    if refused:
        first = refused[0]
        said.append(f"Kept out: {len(refused)}, the first {first.what} ({first.reason}).")
    if saved.rows_revised:
        said.append(f"Revised: {saved.rows_revised}; what was held before is kept beside it.")
    return said
