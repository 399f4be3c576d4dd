"""Zip files from outside: the one text in them is read in place, nothing is ever unpacked to a disk."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

from services.errors import ErrorKind, SourceError

_MOST_ENTRIES = 50
_MOST_BYTES = 768 * 1024 * 1024
_MOST_RATIO = 200
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
)
"""What zipfile raises on files that are damaged or made to do harm."""


@contextmanager
def single_text(body: bytes) -> Iterator[IO[bytes]]:
    """The text file inside, whatever its name, for reading.

    A false checksum shows only at its end, so nothing that was read counts before. Raises CHANGED_FORMAT where
    there is not exactly one, TOO_BIG for what unpacks to more than a history can be, BAD_CONTENT for the rest.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed, packed.open(_member(packed)) as stream:
            yield stream
    except _BROKEN as error:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not a sound zip file: {error}"[:200]) from error


def _member(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    entries = packed.infolist()
    if len(entries) >= _MOST_ENTRIES:
        raise SourceError(ErrorKind.BAD_CONTENT, f"{len(entries)} files in one zip file")
    for entry in entries:
        _check(entry)
    files = [entry for entry in entries if not entry.is_dir()]
    texts = [entry for entry in files if entry.filename.lower().endswith(".txt")]
    if not texts and len(files) == 1 and files[0].filename.lower().endswith(".csv"):
        texts = files
    if len(texts) != 1:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"{len(texts)} text files among {len(files)} in the zip file")
    return texts[0]


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or PureWindowsPath(name).drive:
        raise SourceError(ErrorKind.BAD_CONTENT, f"the zip file points outside itself: {name[:80]!r}")
    if entry.flag_bits & 1:
        raise SourceError(ErrorKind.BAD_CONTENT, "the zip file is encrypted")
    if entry.compress_type not in _METHODS:
        raise SourceError(ErrorKind.BAD_CONTENT, f"packed by method {entry.compress_type}")
    if entry.file_size > _MOST_BYTES or entry.file_size > _MOST_RATIO * max(entry.compress_size, 1024):
        raise SourceError(ErrorKind.TOO_BIG, f"{entry.compress_size} bytes unpack to {entry.file_size}")
