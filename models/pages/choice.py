"""What a person has selected on the desk: everything that a page is built from besides the data."""

from dataclasses import dataclass
from datetime import date, datetime

from models.names import Basis, Direction, Group, Kind, Legs, Report

DEFAULT_MARKET = "russell-2000"


@dataclass(frozen=True)
class Choice:
    """The selection. `as_of` is an aware moment (now, when live); None for report and group means the page's own.

    `lookback` is in reports, None for all; `window` is the length of ranked swings in reports;
    `focus` is the report whose evidence is open.
    """

    as_of: datetime
    is_live: bool = True
    market: str = DEFAULT_MARKET
    report: Report | None = None
    group: Group | None = None
    basis: Basis = Basis.SIZE_ADJUSTED
    legs: str = Legs.LEAD
    lookback: int | None = 156
    measure: str = "cot_index"
    window: int = 2
    kind: Kind = Kind.SWING
    direction: Direction = Direction.UP
    separate: bool = True
    focus: date | None = None
    later_data: bool = False
