"""Bodies: unpacked whole and within bounds, and taken only when they are what they should be."""

import contextlib
import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import ErrorKind, SourceError
from services.http_body import Content, read_body, sniff


@pytest.mark.parametrize(
    ("content", "body", "kind"),
    [
        (Content.JSON, b"nan", ErrorKind.BAD_CONTENT),
        (Content.CSV, b"\x00\x01\x02", ErrorKind.BAD_CONTENT),
        (Content.CSV, b"PK\x03\x04" + b"\x14\x00", ErrorKind.BAD_CONTENT),
        (Content.TEXT, "Datum,Wert".encode("utf-16"), ErrorKind.BAD_CONTENT),
        (Content.XLSX, b"PK\x05\x06", ErrorKind.BAD_CONTENT),
        (Content.ZIP, b" PK\x03\x04", ErrorKind.BAD_CONTENT),
        (Content.CSV, b"<?xml version='1.0'?><Error/>", None),
        (Content.JSON, b"<?xml version='1.0'?><Error/>", ErrorKind.BAD_CONTENT),
        (Content.CSV, b"\n\t<HTML lang=en>", ErrorKind.WEB_PAGE),
        (Content.TEXT, b"\xef\xbb\xbf<!doctype HTML>", ErrorKind.WEB_PAGE),
        (Content.ZIP, b"<html>", ErrorKind.WEB_PAGE),
        (Content.JSON, b"<!-- gateway --><head>", ErrorKind.WEB_PAGE),
        (Content.CSV, b"Edge: Too Many Requests", ErrorKind.RATE_LIMITED),
        (Content.CSV, b"\xef\xbb\xbf\r\n", ErrorKind.EMPTY),
        (Content.CSV, "Datum;Überschuß\r\n\x1a".encode("latin-1"), None),
    ],
)
def test_that_a_body_of_another_kind_is_recognised(content: Content, body: bytes, kind: ErrorKind | None) -> None:
    if kind is None:
        sniff(content, body)
        return
    with pytest.raises(SourceError) as caught:
        sniff(content, body)
    assert caught.value.kind is kind


@given(st.sampled_from(Content), st.binary(max_size=300))
def test_that_any_body_is_taken_or_refused_with_a_type(content: Content, body: bytes) -> None:
    with contextlib.suppress(SourceError):
        sniff(content, body)


class Wire:
    """A body that comes in pieces of a given size."""

    def __init__(self, data: bytes, piece: int) -> None:
        self._data = data
        self._piece = piece

    def read(self, amt: int | None = None, decode_content: bool | None = None) -> bytes:
        taken, self._data = self._data[: self._piece], self._data[self._piece :]
        return taken


def unpacked(data: bytes, encoding: str, piece: int = 65536, max_bytes: int = 1 << 28) -> bytes:
    return read_body(Wire(data, piece), encoding, max_wire_bytes=max_bytes, max_body_bytes=max_bytes)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
]


@given(st.sampled_from(PACKERS), st.binary(min_size=1, max_size=3000), st.integers(2, 50), st.integers(1, 200))
def test_that_unpacking_undoes_packing_at_any_size_and_in_any_pieces(
    packer: tuple[str, Callable[[bytes], bytes]], body: bytes, piece: int, repeats: int
) -> None:
    encoding, pack = packer
    packed = pack(body * repeats)
    assert unpacked(packed, encoding, piece) == body * repeats
    with pytest.raises(SourceError) as caught:
        unpacked(packed[:-1], encoding, piece)
    assert caught.value.kind is ErrorKind.TRUNCATED


@pytest.mark.parametrize("size", range(65536 - 260, 65536 + 261, 20))
def test_that_nothing_is_lost_where_a_piece_ends(size: int) -> None:
    body = b" " * size
    assert unpacked(raw_deflate(body), "deflate") == body


@given(st.sampled_from(["gzip", "deflate"]), st.binary(max_size=300))
def test_that_a_corrupt_body_is_refused_with_a_type(encoding: str, data: bytes) -> None:
    with contextlib.suppress(SourceError):
        unpacked(data, encoding)


def test_that_both_sizes_of_a_body_are_bounded() -> None:
    body = bytes(range(256)) * 4096
    for encoding, data in (("", body), ("gzip", gzip.compress(body))):
        with pytest.raises(SourceError) as caught:
            unpacked(data, encoding, max_bytes=len(body) // 2)
        assert caught.value.kind is ErrorKind.TOO_BIG
