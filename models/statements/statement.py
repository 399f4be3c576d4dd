"""A claim about positions, and what one definition says of it."""

import datetime as dt
from dataclasses import dataclass

from models.calc.splice import Definition
from models.names import Direction, Kind, Verdict


@dataclass(frozen=True)
class Claim:
    """What is claimed of a market's report, whatever the definition.

    `since` is the date a level or sign goes back to (None: on record), `window` the reports of a swing,
    `length` the changes of a streak. `primary` is the definition under which the claim was found. `is_asked` where
    it is asked of any report, not found in this one.
    """

    kind: Kind
    direction: Direction
    date: dt.date
    primary: Definition
    window: int = 0
    since: dt.date | None = None
    length: int = 0
    is_asked: bool = False

    @property
    def id(self) -> str:
        parts = [self.kind.value, self.direction.value, self.date.isoformat()]
        if self.window:
            parts.append(f"{self.window}w")
        return "-".join(parts)


@dataclass(frozen=True)
class Window:
    """A swing or level that a statement is compared with. `start` and `start_date` are None for a level."""

    date: dt.date
    value: float
    start_date: dt.date | None = None
    start: float | None = None
    crosses_seam: bool = False


@dataclass(frozen=True)
class Statement:
    """A claim under one definition, with everything needed to show why it holds or not.

    `value` is the change of a swing, the net of a level or sign, the length of a streak, in `unit`.
    `rank` is among `of` in the claim's direction, `absolute_rank` by size whatever the direction.
    `since` is the date this definition goes back to; `refuted_by` the row that stands against the claim.
    `reason` says why a verdict is unknown: `sample_too_short` or `no_data`. `newest` is the last report by then
    that has a figure under the definition, None where none has.
    """

    claim: Claim
    definition: Definition
    verdict: Verdict
    unit: str
    sample_start: dt.date
    observations: int
    reason: str = ""
    rank: int | None = None
    of: int | None = None
    absolute_rank: int | None = None
    ties: int = 0
    value: float | None = None
    start: float | None = None
    start_date: dt.date | None = None
    end: float | None = None
    since: dt.date | None = None
    holes: tuple[tuple[dt.date, dt.date], ...] = ()
    winner: Window | None = None
    runner_up: Window | None = None
    refuted_by: Window | None = None
    crosses_seam: bool = False
    left_out: int = 0
    newest: dt.date | None = None

    @property
    def kind(self) -> Kind:
        return self.claim.kind

    @property
    def holes_within(self) -> int:
        """How many of the holes lie in what a claim that holds is about: since its day, else the whole sample."""
        first = self.since or self.sample_start
        return sum(end > first for _, end in self.holes) if self.verdict is Verdict.TRUE else 0

    @property
    def mark(self) -> str:
        """The shape that shows the verdict: true, false, short (sample too short) or missing (no data)."""
        if self.verdict is Verdict.UNKNOWN:
            return "short" if self.reason == "sample_too_short" else "missing"
        return self.verdict.value
