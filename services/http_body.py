"""The body of an answer: taken off the wire within its limits, unpacked, and looked at before anybody parses it.

Neither status nor Content-Type is believed; a login page comes as 200 and `text/csv`.
"""

import io
import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from services.errors import ErrorKind, SourceError


class Content(StrEnum):
    """What a body must be; its first bytes decide."""

    JSON = "json"
    CSV = "csv"
    ZIP = "zip"
    XLSX = "xlsx"
    TEXT = "text"


class RawBody(Protocol):
    """The body as it comes off the wire."""

    def read(self, amt: int | None = None, decode_content: bool | None = None) -> bytes: ...


_CHUNK_BYTES = 64 * 1024
_BOMB_FROM_BYTES = 16 * 1024 * 1024
_BOMB_RATIO = 200
"""A body above 16 MiB that grew more than 200 times in unpacking is no table of figures (these grow 10 to 30 times)."""

_BOM = b"\xef\xbb\xbf"
_WEB_PAGE = re.compile(rb"<(!doctype|!--|html|head|body|title|meta|script)", re.IGNORECASE)
_TOO_MANY = re.compile(rb"(edge: )?too many requests", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_LOOKED_AT_BYTES = 4096


def read_body(raw: RawBody, encoding: str, *, max_wire_bytes: int, max_body_bytes: int) -> bytes:
    """The whole body, unpacked; `encoding` is its Content-Encoding.

    Raises TOO_BIG above either limit or for a decompression bomb, TRUNCATED when the packed stream has
    no end, BAD_CONTENT when it is corrupt or packed in a way that was not asked for.
    """
    wire = _Wire(raw, max_wire_bytes)
    body = io.BytesIO()
    for piece in _unpacked(iter(wire), encoding.strip().lower()):
        body.write(piece)
        size = body.tell()
        if size > max_body_bytes:
            raise SourceError(ErrorKind.TOO_BIG, f"more than {max_body_bytes} bytes when unpacked")
        if size > max(_BOMB_FROM_BYTES, _BOMB_RATIO * wire.taken):
            raise SourceError(ErrorKind.TOO_BIG, f"{wire.taken} bytes unpack to more than {size}")
    return body.getvalue()


class _Wire:
    """Iterates over a raw body in chunks; `taken` counts the bytes."""

    def __init__(self, raw: RawBody, max_bytes: int) -> None:
        self._raw = raw
        self._max_bytes = max_bytes
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._raw.read(_CHUNK_BYTES, decode_content=False):
            self.taken += len(chunk)
            if self.taken > self._max_bytes:
                raise SourceError(ErrorKind.TOO_BIG, f"more than {self._max_bytes} bytes sent")
            yield chunk


def _unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        return chunks
    if encoding in ("gzip", "x-gzip"):
        return _inflated(chunks, zlib.MAX_WBITS | 16)
    if encoding == "deflate":
        return _deflated(chunks)
    raise SourceError(ErrorKind.BAD_CONTENT, f"packed as {encoding!r}")


def _deflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """`deflate` is the zlib format (RFC 9110, 8.4.1.2), but some servers leave its two header bytes away."""
    first = next(chunks, b"")
    has_header = first[:1] and first[0] & 0x0F == zlib.DEFLATED and int.from_bytes(first[:2], "big") % 31 == 0
    yield from _inflated(_chain(first, chunks), zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _inflated(chunks: Iterator[bytes], wbits: int) -> Iterator[bytes]:
    """Pieces of at most one chunk's size, however much a byte unpacks to."""
    stream = None
    try:
        for data in chunks:
            while data:
                if stream is None or stream.eof:  # gzip may consist of several members (RFC 1952, 2.2)
                    stream = zlib.decompressobj(wbits)
                yield stream.decompress(data, _CHUNK_BYTES)
                data = stream.unused_data if stream.eof else stream.unconsumed_tail
        if stream is not None and not stream.eof:
            yield stream.flush()
    except zlib.error as error:
        raise SourceError(ErrorKind.BAD_CONTENT, str(error)) from error
    if stream is not None and not stream.eof:
        raise SourceError(ErrorKind.TRUNCATED, "the packed stream has no end")


def sniff(content: Content, body: bytes) -> None:
    """Raises unless the body begins as `content` must: EMPTY, WEB_PAGE, RATE_LIMITED or BAD_CONTENT."""
    start = body[:_LOOKED_AT_BYTES].removeprefix(_BOM).lstrip()
    if not start:
        raise SourceError(ErrorKind.EMPTY)
    if is_web_page(body):
        raise SourceError(ErrorKind.WEB_PAGE, excerpt(body))
    if _TOO_MANY.match(start):
        raise SourceError(ErrorKind.RATE_LIMITED, excerpt(body))
    match content:
        case Content.JSON:
            is_right = start[:1] in (b"{", b"[")
        case Content.ZIP | Content.XLSX:
            is_right = body.startswith(b"PK\x03\x04")
        case Content.CSV | Content.TEXT:
            is_right = not _BINARY.search(start)
    if not is_right:
        raise SourceError(ErrorKind.BAD_CONTENT, f"not {content}: {excerpt(body)}")


def is_web_page(body: bytes) -> bool:
    return _WEB_PAGE.match(body[:_LOOKED_AT_BYTES].removeprefix(_BOM).lstrip()) is not None


def excerpt(body: bytes, characters: int = 300) -> str:
    """The first characters on one line, with a dot for each that cannot be printed."""
    text = " ".join(body[: 4 * characters].decode("utf-8", "replace").split())[:characters]
    return "".join(c if c.isprintable() else "." for c in text)
