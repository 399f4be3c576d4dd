"""Figures as files: what is read back is what was shown, and nothing of it is a formula."""

import csv
import hashlib
import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.figures import Caption, Figures, summary
from models.tabular import tsv_text
from services.exports import SUMS, as_csv, as_pack, as_xlsx

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0")
CAPTION = Caption("Net position", ("Contracts as reported.", "Source: CFTC.", "As of 16 Jun 2017, 16:00 ET."))
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.tuples(st.sampled_from(ACTIVE), st.text(st.characters(codec="utf-8"), max_size=8)).map("".join),
)
VALUES = st.one_of(
    st.none(), TEXTS, st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False), st.dates()
)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=8).map(tuple)


def figures(*rows: Any) -> Figures:
    return Figures("Net: [position]", ("Report", "=Net", "Note"), tuple(rows))


def read_csv(body: bytes) -> tuple[list[str], list[list[str]]]:
    """The lines that begin with `#`, and the table below them."""
    lines = body.decode().splitlines(keepends=True)
    words = [line for line in lines[: len(CAPTION.lines) + 1] if line.startswith("#")]
    text = body.decode()[sum(map(len, words)) :]
    return words, list(csv.reader(io.StringIO(text, newline="")))


def is_active(text: str) -> bool:
    return text.startswith(ACTIVE)


def unguarded(text: str) -> str:
    """What a reader gets who takes the guard away again."""
    return text[1:] if text.startswith("'") and is_active(text[1:]) else text


@settings(max_examples=60)
@given(ROWS)
def test_that_a_csv_reads_back_as_it_was_written(rows: tuple[Any, ...]) -> None:
    words, (_, *read) = read_csv(as_csv(figures(*rows), CAPTION))
    assert words[0] == "# Net position\r\n" and len(words) == 4
    assert len(read) == len(rows)
    for cells, row in zip(read, rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                assert not is_active(cell)
                assert unguarded(cell) == unguarded(value)
            elif isinstance(value, float):
                assert float(cell) == value
            else:
                assert cell == ("" if value is None else str(value))


TRICKY: tuple[Any, ...] = (
    *(f"{letter}1+1" for letter in ACTIVE),
    "plain", "", "'=quoted", "#", "a\nb", "a\x01b", "\u2212 5", -5, 0, 10**15, -1.5, 1e-9, None, date(2017, 6, 13),
)  # fmt: skip


@pytest.mark.parametrize("value", TRICKY)
def test_that_a_workbook_holds_numbers_as_numbers_and_text_as_text(value: Any) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx(figures((1, value, "x")), CAPTION))).worksheets[0]["B2"]
    if isinstance(value, str):
        assert cell.data_type != "f"
        assert unguarded(str(cell.value or "")) == unguarded(value.replace("\0", "").replace("\x01", "")) or (
            value[:1] in "\t\r\0"
        )
        assert not is_active(str(cell.value or ""))
    elif isinstance(value, date):
        assert isinstance(cell.value, datetime) and cell.value.date() == value
    else:
        assert cell.data_type == "n" and cell.value == value


def test_that_a_header_is_no_formula_either() -> None:
    _, (headers, *_) = read_csv(as_csv(figures(), CAPTION))
    assert headers == ["Report", "'=Net", "Note"]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(figures(), CAPTION))).worksheets[0]
    assert sheet.title == "Net position"
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("'=Net", "s")


def test_that_the_words_of_the_caption_are_in_every_file() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(figures((1, 2, 3)), CAPTION)))
    assert [cell.value for cell in book["About"]["A"]] == [CAPTION.title, *CAPTION.lines]
    assert as_csv(figures(), Caption("a\n=b", ())).startswith(b"# a =b\r\n")


def test_that_negative_numbers_stay_numbers_on_the_clipboard() -> None:
    assert tsv_text(("a", "b"), [(-5, "-5"), ("=x\ty", None)]) == "a\tb\n-5\t'-5\n'=x y\t\n"


def test_that_a_pack_proves_each_of_its_files() -> None:
    files = {"rows.csv": b"1,2\r\n", "about.txt": b"words"}
    body = as_pack(files)
    assert body == as_pack(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.namelist() == ["about.txt", "rows.csv", SUMS]
        for line in archive.read(SUMS).decode().splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_that_a_summary_has_range_last_value_and_extremes() -> None:
    rows = ((date(2017, 6, 6), 5.0), (date(2017, 6, 13), -3.0), (date(2017, 6, 20), 1.0))
    said = summary(Figures("Net", ("Report", "Net"), rows))
    assert said == (
        "3 rows, 6 Jun 2017 to 20 Jun 2017. Net: last 1 (20 Jun 2017), lowest -3 (13 Jun 2017), highest 5 (6 Jun 2017)."
    )
