"""Frozen records that travel between the layers: rows of the sources, and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.names import GROUPS, WITHOUT_SPREADING, Family, Group, Known, Report

Dates = NDArray[np.datetime64]
Floats = NDArray[np.float64]
Texts = NDArray[np.str_]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@cache
def position_fields(family: Family) -> tuple[str, ...]:
    """Names of the figures in one row of a report, in the order in which they are stored.

    Positions, open interest and numbers of traders are counts of contracts and traders;
    `top4_…` and `top8_…` are percent of open interest held by the largest traders, gross and net.
    `<group>_net` is filled only where the source gives a net without its long and short.
    """
    names = ["open_interest"]
    for group in GROUPS[family]:
        names += [f"{group}_long", f"{group}_short"]
        if group not in WITHOUT_SPREADING:
            names.append(f"{group}_spreading")
        if family is Family.LEGACY:
            names.append(f"{group}_net")
    names.append("traders_total")
    for group in GROUPS[family]:
        if group is not Group.NONREPORTABLE:
            names += [f"{group}_traders_long", f"{group}_traders_short"]
    names += [f"top{n}_{kind}_{side}" for kind in ("gross", "net") for n in (4, 8) for side in ("long", "short")]
    return tuple(names)


@dataclass(frozen=True)
class Positions:
    """Rows of one report, in columns of equal length, unknown figures NaN.

    Read from the archive they are sorted by code and date, at most one row for each pair;
    `batch` then names the batch that brought each row (see `Provenance`).
    """

    report: Report
    code: Texts
    date: Dates
    name: Texts
    values: Mapping[str, Floats]
    batch: Ints | None = None

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Validator:
    """What a server gave to ask later whether anything has changed."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Refusal:
    """A row, or a whole delivery, that was kept out of the archive, with the reason in plain words."""

    what: str
    reason: str
    content: str = ""


@dataclass(frozen=True)
class Provenance:
    """Where a batch of rows came from. `as_of` is the newest date inside it."""

    source: str
    dataset: str
    url: str
    retrieved_at: datetime
    as_of: date | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Observations:
    """Values of one daily, weekly or monthly series, oldest first, in the unit that its catalogue entry names.

    Closing prices are the series `source:symbol:price` and `source:symbol:total` (dividends reinvested).
    `is_restated` where they are on another scale than before, as after a split: then they are no new versions of
    what is held but take its place, from their first day on.
    """

    series: str
    date: Dates
    value: Floats
    known: Known = Known.NEXT_MORNING
    is_restated: bool = False

    def __len__(self) -> int:
        return len(self.date)

    @property
    def takes_place(self) -> bool:
        """Whether it replaces what is held: every dividend restates the whole history of returns."""
        return self.is_restated or self.series.endswith(":total")


@dataclass(frozen=True)
class Holding:
    """One line of a fund's holdings file; unknown figures are None. `weight_pct` is the provider's own."""

    ticker: str
    name: str
    sector: str
    asset_class: str
    exchange: str = ""
    market_value_usd: float | None = None
    weight_pct: float | None = None
    shares: float | None = None
    price: float | None = None
    currency: str = ""


@dataclass(frozen=True)
class Snapshot:
    """All lines of one fund's holdings as of one day, with the taxonomy that its sectors are in."""

    fund: str
    as_of: date
    taxonomy: str
    holdings: tuple[Holding, ...]


@dataclass(frozen=True)
class SnapshotKey:
    """A holdings snapshot that is held, without its lines."""

    fund: str
    as_of: date
    taxonomy: str
    source: str
    batch: int
    is_weights_only: bool = False


@dataclass(frozen=True)
class SectorWeights:
    """Sector weights of a fund on a day where its lines are not held (the starter's), in percent of equity."""

    fund: str
    as_of: date
    taxonomy: str
    weights_pct: tuple[tuple[str, float], ...]
    companies: int
    note: str = ""


@dataclass(frozen=True)
class Estimate:
    """Earnings of one subject for one period, as known on one day.

    `subject` is an index name (`sp-600`) or a company's ticker, `segment` a sector ("" for all of it),
    `period` is `2017` or `2017Q3`, for a company's own years and quarters as `models.fiscal` names them.
    `basis` is operating, as_reported or ex_items, `value` dollars per share. Read from the archive `batch` names
    the batch that brought it.
    """

    subject: str
    segment: str
    period: str
    basis: str
    vintage: date
    value: float
    is_estimate: bool
    high: float | None = None
    low: float | None = None
    analysts: int | None = None
    batch: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Fact:
    """One figure from a company's accounts: `concept` (`net_income`, `ebitda`, `debt`, `cash` …), in US dollars."""

    ticker: str
    concept: str
    period_start: date | None
    period_end: date
    value: float
    filed: date


Rows = Positions | Observations | Snapshot | SectorWeights | tuple[Estimate, ...] | tuple[Fact, ...]


@dataclass(frozen=True)
class Batch:
    """What is saved in one transaction: checked rows of one source, what was refused, and the validator.

    The validator stands only in the batch that completes a download; without its rows it would
    freeze a failed import for ever.
    """

    provenance: Provenance
    rows: tuple[Rows, ...]
    refused: tuple[Refusal, ...] = ()
    validator: Validator | None = None


@dataclass(frozen=True)
class Saved:
    """What a batch changed."""

    rows_new: int = 0
    rows_revised: int = 0
    rows_refused: int = 0

    def __add__(self, other: "Saved") -> "Saved":
        return Saved(
            self.rows_new + other.rows_new,
            self.rows_revised + other.rows_revised,
            self.rows_refused + other.rows_refused,
        )


@dataclass(frozen=True)
class Conflict:
    """A figure that is held and that a delivery states otherwise; `row` is its key in words."""

    row: str
    figure: str
    held: float
    given: float


@dataclass(frozen=True)
class Compared:
    """What a delivery would change: rows whose key is not held, and figures that differ from those held."""

    rows_new: int = 0
    conflicts: tuple[Conflict, ...] = ()

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(self.rows_new + other.rows_new, self.conflicts + other.conflicts)


@dataclass(frozen=True)
class Contract:
    """A code that the CFTC has listed: its latest name, and the span of its reports in the archive."""

    code: str
    name: str
    first: date
    last: date
    reports: tuple[Report, ...] = field(default=())


@dataclass(frozen=True)
class Closes:
    """Closing prices of one symbol, oldest first, from one source; `kind` is price or total return."""

    symbol: str
    source: str
    date: Dates
    close: Floats

    def __len__(self) -> int:
        return len(self.date)


@dataclass(frozen=True)
class SourceStatus:
    """What the archive knows of one dataset of one source."""

    source: str
    dataset: str
    as_of: date | None
    retrieved_at: datetime | None
    rows: int
    last_error: str = ""
    last_error_at: datetime | None = None
    is_starter: bool = False
