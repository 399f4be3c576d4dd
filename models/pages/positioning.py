"""The Positioning page as one frozen record."""

import datetime as dt
from dataclasses import dataclass, field

from models.calc.splice import Series
from models.calendars import Release
from models.names import Basis, Family, Group, Report
from models.pages.choice import Choice
from models.records import Closes, Dates, Floats
from models.statements.evidence import Evidence


@dataclass(frozen=True)
class Option:
    """One entry of a control; where it cannot be chosen, `reason` says why."""

    value: str
    label: str
    is_chosen: bool
    reason: str = ""


@dataclass(frozen=True)
class SeamMark:
    """A vertical line at the first report affected."""

    date: dt.date
    before: str
    after: str


@dataclass(frozen=True)
class Hatch:
    """A stretch without figures, with the reason; dates are inclusive ends of the stretch."""

    start: dt.date
    end: dt.date
    reason: str


@dataclass(frozen=True)
class SwingMark:
    """A swing drawn on the main line, from a hollow to a filled dot."""

    start: dt.date
    end: dt.date
    start_value: float
    end_value: float
    label: str
    note: str
    is_current: bool


@dataclass(frozen=True)
class LatestRow:
    """Latest figures of one group. Positions in contracts as reported, changes and net in the page's unit.

    `series` is what they were computed from, `share` the same as a share of open interest.
    """

    group: Group
    report: Report
    label: str
    long: float | None
    short: float | None
    net: float | None
    changes: tuple[float | None, ...]
    share_of_oi_pct: float | None
    index: float | None
    percentile: float | None
    traders_long: float | None
    traders_short: float | None
    is_focus: bool
    series: Series | None = field(default=None, repr=False, compare=False)
    share: Series | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class RecordRow:
    """One line of the ranking; `start` and `end` are values of the net in the page's unit."""

    rank: int
    date: dt.date
    value: float
    start: float | None
    end: float | None
    start_date: dt.date | None
    crosses_seam: bool
    is_current: bool


CHANGE_REPORTS = (1, 2, 4, 13)


@dataclass(frozen=True)
class PositioningPage:
    """What the page shows, as of `choice.as_of`. Series are oldest first; `reason_empty` is set where there is none."""

    choice: Choice
    title: str
    sentence: str
    subtitle: str
    release: Release | None
    reports: tuple[Option, ...]
    scopes: tuple[Option, ...]
    groups: tuple[Option, ...]
    bases: tuple[Option, ...]
    legs: tuple[Option, ...]
    lookbacks: tuple[Option, ...]
    main: Series
    as_reported: Series | None
    weekly_change: Floats
    index: Floats
    percentile: Floats
    z_score: Floats
    index_title: str
    closes: Closes | None
    closes_title: str
    price_dates: Dates
    prices: Floats
    seams: tuple[SeamMark, ...]
    hatches: tuple[Hatch, ...]
    swings: tuple[SwingMark, ...]
    latest: tuple[LatestRow, ...]
    latest_note: str
    records: tuple[RecordRow, ...]
    records_of: int
    records_left_out: int
    records_separate: int
    evidence: Evidence | None
    reason_empty: str = ""


@dataclass(frozen=True)
class ScannerRow:
    """The latest figures of one market, in its main series."""

    market: str
    title: str
    group: str
    codes: tuple[str, ...]
    report_date: dt.date | None
    report: Report | None
    net: float | None
    unit: str
    share_of_oi_pct: float | None
    cot_index_156: float | None
    percentile_156: float | None
    z_52: float | None
    change_1: float | None
    change_4: float | None
    extreme: str
    extreme_since: dt.date | None
    weeks_since_extreme: int | None
    statements: tuple[str, ...]
    spark: Floats
    series: Series | None = field(default=None, repr=False, compare=False)
    share: Series | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class ScannerPage:
    """All markets of the catalogue in one table."""

    choice: Choice
    sentence: str
    rows: tuple[ScannerRow, ...]


BASIS_LABELS: dict[Basis, str] = {
    Basis.CONTRACTS: "Contracts",
    Basis.SIZE_ADJUSTED: "Size-adjusted",
    Basis.SHARE_OF_OI: "% of OI",
    Basis.NOTIONAL: "$ value",
}

FAMILY_LABELS = {Family.LEGACY: "Legacy", Family.TFF: "TFF", Family.DISAGG: "Disagg."}
