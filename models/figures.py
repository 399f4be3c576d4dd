"""What a chart or a table shows, as plain rows with the words that belong to them: for tables, copies and files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from models.formats import DASH, day, plural

_TOLD = 3
"""Columns of numbers that a summary speaks of."""

Value = date | str | float | int | None
"""A cell of a figure's row: unrounded, None where it is unknown."""


@dataclass(frozen=True)
class Caption:
    """What stands above and below a picture: its title; definition, source and as-of."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Exactly what is drawn or listed. Units are in the headers or the caption.

    `forms` write the values of each column after the first on screen; without them values are written as they are.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    forms: tuple[Callable[[float], str], ...] = ()

    def text(self, row: Sequence[Value], column: int) -> str:
        """A cell as it is written on screen."""
        return self.text_of(row[column], column)

    def text_of(self, value: Value, column: int) -> str:
        """A value of a column as it is written on screen."""
        if value is None:
            return DASH
        if isinstance(value, date):
            return day(value)
        if isinstance(value, str):
            return value
        form = self.forms[column - 1] if column and self.forms else plain_number
        return form(value)

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, by the first value that is known."""
        known = next((row[column] for row in self.rows if row[column] is not None), None)
        return isinstance(known, int | float)


def known(value: float) -> float | None:
    """None for what is not a number."""
    return value if value == value else None


def plain_value(value: object) -> Value:
    """What is no number, date or text in words."""
    return value if value is None or isinstance(value, date | str | float | int) else str(value)


def plain_number(value: float) -> str:
    """Up to four decimals with thousands, for a column that has no form of its own."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")


def summary(figures: Figures) -> str:
    """What the rows say, for those who do not see them: how many, from where to where, the last value and extremes."""
    rows = figures.rows
    if not rows:
        return "There is nothing to show."
    first, last = figures.text(rows[0], 0), figures.text(rows[-1], 0)
    said = [f"{plural(len(rows), 'row')}, {first} to {last}." if len(rows) > 1 else f"{first}."]
    numbers = [at for at in range(1, len(figures.headers)) if figures.is_number(at)]
    for at in numbers[:_TOLD]:
        known = [row for row in rows if isinstance(row[at], int | float)]
        low, high = min(known, key=lambda row: row[at]), max(known, key=lambda row: row[at])  # type: ignore[arg-type, return-value]
        end = known[-1]
        said.append(f"{figures.headers[at]}: last {figures.text(end, at)} ({figures.text(end, 0)})")
        if len(known) > 1:
            said[-1] += f", lowest {figures.text(low, at)} ({figures.text(low, 0)})"
            said[-1] += f", highest {figures.text(high, at)} ({figures.text(high, 0)})"
        said[-1] += "."
    return " ".join(said)
