"""Workbooks from outside: what is one, what is a bomb."""

import io
import zipfile

import openpyxl
import pytest

from services import workbooks
from services.errors import ErrorKind, SourceError


def workbook(cells: list[tuple[str | float | None, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for row in cells:
        book.worksheets[0].append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def refusal(body: bytes, sheet: str = "Sheet") -> ErrorKind:
    with pytest.raises(SourceError) as caught, workbooks.opened(body) as book:
        workbooks.rows(book, sheet)
    return caught.value.kind


def zipped(**parts: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return body.getvalue()


def test_that_rows_come_as_plain_values() -> None:
    with workbooks.opened(workbook([("a", 1, 2.5, None), ("b", True, "x", 3)])) as book:
        assert workbooks.rows(book, "Sheet") == [("a", 1, 2.5, None), ("b", True, "x", 3)]


def test_that_what_is_no_workbook_is_refused() -> None:
    whole = workbook([("a", 1)])
    assert refusal(b"") is ErrorKind.BAD_CONTENT
    assert refusal(whole[:-40]) is ErrorKind.BAD_CONTENT
    assert refusal(zipped(a=b"x")) is ErrorKind.BAD_CONTENT
    assert refusal(whole, sheet="Index Data") is ErrorKind.CHANGED_FORMAT


def test_that_a_bomb_is_not_unpacked() -> None:
    assert refusal(zipped(**{"xl/worksheets/sheet1.xml": b"0" * 20_000_000})) is ErrorKind.TOO_BIG
    assert refusal(zipped(**{f"p{n}": b"" for n in range(600)})) is ErrorKind.TOO_BIG


def test_that_entities_are_not_expanded() -> None:
    source = workbook([("a", 1)])
    body = io.BytesIO()
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(body, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, laughs if part.filename.endswith("sheet1.xml") else old.read(part.filename))
    with pytest.raises((SourceError, ValueError)), workbooks.opened(body.getvalue()) as book:
        workbooks.rows(book, "Sheet")
