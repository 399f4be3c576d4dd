"""Tables of the commands: rounded for people, whole for programs."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.clock import Clock
from ui.commands.context import Context
from ui.commands.output import Output, emit

FIELDS = ("market", "net", "share_of_oi", "cot_index_156", "z_52", "gap_points", "level", "long", "value", "unit")
ROWS: tuple[dict[str, object], ...] = (
    {"market": "one", "net": -26838.0, "share_of_oi": -6.938164558434608, "cot_index_156": 56.25904843379837,
     "z_52": 0.2435276173694433, "gap_points": 0.1465, "level": 0.723912345, "value": -12.691, "unit": "% of OI"},
    {"market": "two", "net": None, "share_of_oi": -0.0401, "level": 1234567.891, "value": 39699673924.37,
     "unit": "USD"},
)  # fmt: skip


def said(form: str, tmp_path: Path, rows: tuple[dict[str, object], ...] = ROWS) -> str:
    out = tmp_path / f"out.{form}"
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    emit(Context(Clock(moment), tmp_path, None, True, moment, True, form, out, True), Output(FIELDS, rows))
    return out.read_text("utf-8")


def test_that_text_is_rounded_and_without_empty_columns(tmp_path: Path) -> None:
    head, first, second = said("text", tmp_path).splitlines()
    assert head.split() == [field for field in FIELDS if field != "long"]
    assert first.split() == ["one", "-26838", "-6.9", "56", "0.24", "0.15", "0.7239", "-12.7", "%", "of", "OI"]
    assert second.split() == ["two", "0.0", "1234568", "39699673924", "USD"]


def test_that_a_table_without_rows_keeps_its_head(tmp_path: Path) -> None:
    assert said("text", tmp_path, ()).split() == list(FIELDS)


def test_that_markdown_is_rounded_and_keeps_its_columns(tmp_path: Path) -> None:
    head, _, first, _ = said("md", tmp_path).splitlines()
    assert head.count("|") == len(FIELDS) + 1
    assert "| -26838 | -6.9 | 56 | 0.24 | 0.15 | 0.7239 |  | -12.7 |" in first


@pytest.mark.parametrize("field", ["share_of_oi", "cot_index_156", "z_52", "level", "value"])
def test_that_programs_get_every_digit(field: str, tmp_path: Path) -> None:
    assert json.loads(said("json", tmp_path))["rows"][0][field] == ROWS[0][field]
    lines = said("csv", tmp_path).splitlines()
    assert lines[1].split(",")[FIELDS.index(field)] == repr(ROWS[0][field])
