"""Results in the asked format, on standard output or atomically in a file."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from models.tabular import csv_text, markdown_table, text_table
from ui.commands.context import Context, UsageError

FORMATS = ("text", "json", "csv", "md")


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
            body = markdown_table(output.fields, ([_word(row.get(f)) for f in output.fields] for row in output.rows))
        case "text":
            lines = [[_word(row.get(f)) for f in output.fields] for row in output.rows]
            body = output.text if output.text is not None else text_table(output.fields, lines)
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


def _word(value: object) -> str:
    made = _flat(value)
    return "" if made is None else str(made).lower() if isinstance(made, bool) else str(made)
