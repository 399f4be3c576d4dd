"""Results in the asked format, on standard output or atomically in a file."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from models.tabular import csv_text, markdown_table, text_table
from ui.commands.context import Context, UsageError

FORMATS = ("text", "json", "csv", "md")

_PLACES = {"share_of_oi": 1, "cot_index": 0, "percentile": 0, "z_": 2, "_pct": 2, "_points": 2}
"""Decimals by how a field's name starts or ends."""

_IN_UNIT = ("value", "from", "to")
_DIGITS = 4
"""Digits that count of any other figure."""


@dataclass(frozen=True)
class Output:
    """A table with figures around it: `fields` name the columns, `top` stands beside the rows in JSON."""

    fields: tuple[str, ...]
    rows: Sequence[Mapping[str, object]]
    top: Mapping[str, object] = field(default_factory=dict)
    text: str | None = None


def emit(context: Context, output: Output) -> None:
    """Writes a table; JSON is one object whose `rows` hold the table."""
    match context.format:
        case "json":
            body = to_json({**output.top, "rows": [{f: row.get(f) for f in output.fields} for row in output.rows]})
        case "csv":
            body = csv_text(output.fields, ([_flat(row.get(f)) for f in output.fields] for row in output.rows))
        case "md":
            body = markdown_table(output.fields, _words(output))
        case "text":
            body = output.text if output.text is not None else text_table(output.fields, _words(output))
        case other:
            raise UsageError(f"--format {other} does not suit this command; one of {', '.join(FORMATS)}.")
    write(context, body.encode())


def write(context: Context, body: bytes) -> None:
    """To `--out`, whole or not at all, else to standard output."""
    if context.out is not None:
        from services.files import write_atomically

        write_atomically(context.out, body)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()


def to_json(value: object) -> str:
    """One object, UTF-8, ISO dates, aware UTC moments, plain numbers, null for unknown."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(value: object) -> object:
    """A value as JSON knows it; NaN becomes null, whole floats stay numbers."""
    match value:
        case Enum():
            return value.value
        case bool() | None | str() | int():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return _number(float(value))  # type: ignore[arg-type]


def _number(value: float) -> float | int | None:
    if value != value:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _flat(value: object) -> object:
    made = plain(value)
    return "; ".join(str(item) for item in made) if isinstance(made, list) else made


def _words(output: Output) -> list[list[str]]:
    return [[_word(_rounded(row.get(field), field, row)) for field in output.fields] for row in output.rows]


def _rounded(value: object, field: str, row: Mapping[str, object]) -> object:
    """A figure as people read it, with the decimals of the screen; JSON and CSV keep all of it."""
    made = plain(value)
    if not isinstance(made, float):
        return value
    places = next((n for part, n in _PLACES.items() if field.startswith(part) or field.endswith(part)), None)
    if places is None and field in _IN_UNIT and row.get("unit") == "% of OI":
        places = 1
    if places is None:
        places = max(0, _DIGITS - 1 - math.floor(math.log10(abs(made))))
    return f"{made:z.{places}f}"


def _word(value: object) -> str:
    made = _flat(value)
    return "" if made is None else str(made).lower() if isinstance(made, bool) else str(made)
