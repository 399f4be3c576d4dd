"""What a person has selected on the desk: everything that a page is built from besides the data."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from models.calendars import NEW_YORK
from models.names import Basis, Direction, Group, Kind, Legs, Report

DEFAULT_MARKET = "russell-2000"

Options = TypeVar("Options")


@dataclass(frozen=True)
class Choice:
    """The selection. `as_of` is an aware moment (now, when live); None for report and group means the page's own.

    `lookback` is in reports, None for all; `window` is the length of ranked swings in reports;
    `focus` is the report whose evidence is open. `pages` holds what is selected on single pages, at most one
    record of a kind (`SectorsChoice` …).
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
    pages: tuple[object, ...] = ()

    @property
    def moment(self) -> "Choice":
        """A choice of the same moment, later data included or not, and of nothing else."""
        return Choice(as_of=self.as_of, is_live=self.is_live, later_data=self.later_data)

    @property
    def day(self) -> date:
        """The day of the moment in New York."""
        return self.as_of.astimezone(NEW_YORK).date()

    def on_page(self, kind: type[Options]) -> Options:
        """The selection of one page, as it is at first where nothing was chosen there."""
        return next((options for options in self.pages if isinstance(options, kind)), kind())

    def with_page(self, options: object) -> "Choice":
        """The same selection with that of one page replaced."""
        others = tuple(held for held in self.pages if type(held) is not type(options))
        return replace(self, pages=(*others, options))
