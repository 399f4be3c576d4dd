"""What a stack of linked panes shows, as frozen records. Days are numbers since 1970-01-01."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from models.figures import Figures, Value, known
from models.records import Bools, Dates, Floats
from ui.charts.ticks import day_of

LONGEST_STEP_DAYS = 17
"""Reports further apart than this have one missing between them: seven days, and ten for holidays."""


def days_of(dates: Dates) -> Floats:
    return dates.astype("datetime64[D]").astype(np.float64)


@dataclass(frozen=True, eq=False)
class Curve:
    """One series of a pane, oldest first; NaN breaks a line. `ink` names a colour of the theme.

    `name` stands at the line and heads its column where the chart is shown as a table; `short` heads the
    value in the crosshair's line, "" keeps it out of there. `form` prints one value,
    `change_form` a difference of two.
    """

    name: str
    x: Floats
    y: Floats
    ink: str
    form: Callable[[float], str]
    change_form: Callable[[float], str] | None = None
    short: str = ""
    width: float = 1.0
    is_dashed: bool = False
    is_bars: bool = False
    is_named: bool = False
    has_end_label: bool = False
    longest_step: float = LONGEST_STEP_DAYS
    drawn: Bools | None = None
    """Where it is drawn at all, None for everywhere; its values are known and read elsewhere too."""

    def form_change(self, change: float) -> str:
        """A difference of two values, written in its own form where it has one."""
        return (self.change_form or self.form)(change)


@dataclass(frozen=True)
class Hatching:
    """A stretch that is drawn hatched with its reason."""

    start: float
    end: float
    reason: str


@dataclass(frozen=True)
class Seam:
    """A dashed line through all panes, with what held before and after it; `note` stands below what held after."""

    day: float
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True)
class Swing:
    """A heavy stroke from a hollow to a filled dot; `label` and `note` stand at its end."""

    start: float
    end: float
    start_value: float
    end_value: float
    label: str
    note: str
    is_current: bool


@dataclass(frozen=True, eq=False)
class PaneContent:
    """One pane: the first curve leads. `weight` is its share of the height, `fixed` a value range that never moves."""

    key: str
    title: str
    weight: float
    tick: Callable[[float], str]
    curves: tuple[Curve, ...]
    most_ticks: int = 3
    fixed: tuple[float, float] | None = None
    has_zero_line: bool = False
    hatches: tuple[Hatching, ...] = ()
    swings: tuple[Swing, ...] = ()


@dataclass(frozen=True, eq=False)
class StackContent:
    """All panes over one time axis. The crosshair stops at `days`, with Shift at `marked` days only."""

    title: str
    description: str
    days: Floats
    panes: tuple[PaneContent, ...]
    seams: tuple[Seam, ...] = ()
    hatches: tuple[Hatching, ...] = ()
    marked: tuple[float, ...] = ()
    reason_empty: str = ""
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(pane.key for pane in self.panes))


EMPTY = StackContent(title="", description="", days=np.empty(0), panes=())


def value_at(curve: Curve, day: float) -> float:
    """The value of that very day, NaN where the curve has none."""
    place = int(np.searchsorted(curve.x, day))
    return float(curve.y[place]) if place < len(curve.x) and curve.x[place] == day else float("nan")


def values_at(curve: Curve, days: Floats) -> Floats:
    """The values of these very days, NaN where the curve has none."""
    if not len(curve.x):
        return np.full(len(days), np.nan)
    places = np.minimum(np.searchsorted(curve.x, days), len(curve.x) - 1)
    return np.where(curve.x[places] == days, curve.y[places], np.nan)


def figures(content: StackContent, start: float, end: float) -> Figures:
    """The reports between two days with the values of every curve, None where unknown."""
    curves = [curve for pane in content.panes for curve in pane.curves]
    days: Floats = content.days[(content.days >= start) & (content.days <= end)]
    rows: list[tuple[Value, ...]] = []
    for day in days.tolist():
        values = (known(value_at(curve, day)) for curve in curves)
        rows.append((day_of(day), *(None if value is None else _plain(value) for value in values)))
    headers = ("Report", *(curve.name for curve in curves))
    return Figures(content.title, headers, tuple(rows), tuple(curve.form for curve in curves))


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value
