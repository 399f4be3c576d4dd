"""Two sets of holdings compared: what entered, what left, what weighs more or less."""

from dataclasses import dataclass
from enum import StrEnum

from models.calc.sectors import Equity


class Change(StrEnum):
    ENTERED = "entered"
    LEFT = "left"
    KEPT = "kept"


@dataclass(frozen=True)
class HoldingChange:
    """One holding in both sets; weights in percent of each set's equity, None where it is not in it."""

    ticker: str
    name: str
    change: Change
    before_pct: float | None
    after_pct: float | None
    points: float


@dataclass(frozen=True)
class Comparison:
    """All holdings of either set, the largest change of weight first, and how much weight came and went."""

    rows: tuple[HoldingChange, ...]
    entered_pct: float
    left_pct: float

    def count(self, change: Change) -> int:
        return sum(row.change is change for row in self.rows)


def compare(before: Equity, after: Equity) -> Comparison:
    """By ticker, or by name where a line has none; lines with the same one are added."""
    first, second = _by_key(before), _by_key(after)
    rows = []
    for key in dict.fromkeys([*second, *first]):
        old, new = first.get(key), second.get(key)
        change = Change.ENTERED if old is None else Change.LEFT if new is None else Change.KEPT
        name = (new or old or ("", "", 0.0))[1]
        old_pct, new_pct = (None if entry is None else entry[2] for entry in (old, new))
        ticker = (new or old or ("", "", 0.0))[0]
        rows.append(HoldingChange(ticker, name, change, old_pct, new_pct, (new_pct or 0.0) - (old_pct or 0.0)))
    rows.sort(key=lambda row: -abs(row.points))
    return Comparison(
        tuple(rows),
        sum(row.after_pct or 0.0 for row in rows if row.change is Change.ENTERED),
        sum(row.before_pct or 0.0 for row in rows if row.change is Change.LEFT),
    )


def _by_key(of: Equity) -> dict[str, tuple[str, str, float]]:
    found: dict[str, tuple[str, str, float]] = {}
    for line in of.lines:
        key = line.holding.ticker or line.holding.name.casefold()
        weight_pct = line.weight_pct + (found[key][2] if key in found else 0.0)
        found[key] = (line.holding.ticker, found[key][1] if key in found else line.holding.name, weight_pct)
    return found
