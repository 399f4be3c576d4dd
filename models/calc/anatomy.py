"""What a swing was made of: longs and shorts of the group, and what the other groups did."""

from dataclasses import dataclass

import numpy as np

from models.calc.splice import Series


@dataclass(frozen=True)
class GroupMove:
    """Change of one group's net over a swing, with its longs and shorts; None where unknown. Contracts."""

    group: str
    net: float | None
    long: float | None
    short: float | None


@dataclass(frozen=True)
class Anatomy:
    """A swing by group (the nets sum to zero where all groups are known) and by report.

    `groups_in` and `steps_in` name the reports that these are from where they are not the same one.
    """

    start: np.datetime64
    end: np.datetime64
    unit: str
    groups: tuple[GroupMove, ...]
    by_report: tuple[tuple[np.datetime64, float], ...]
    groups_in: str = ""
    steps_in: str = ""

    @property
    def is_balanced(self) -> bool:
        nets = [move.net for move in self.groups]
        return all(net is not None for net in nets) and abs(sum(net or 0 for net in nets)) < 1


def anatomy(groups: dict[str, Series], focus: str, start: np.datetime64, end: np.datetime64) -> Anatomy:
    """The moves of all groups between two report dates; `groups` maps a group to its series of nets."""
    main = groups[focus]
    inside = np.flatnonzero((main.date > start) & (main.date <= end))
    steps = tuple((main.date[i], float(main.value[i] - main.value[i - 1])) for i in inside if i > 0)
    moves = tuple(
        GroupMove(
            name,
            _difference(series, series.value, start, end),
            _difference(series, series.long, start, end),
            _difference(series, series.short, start, end),
        )
        for name, series in groups.items()
    )
    return Anatomy(start, end, main.unit, moves, steps)


def _difference(series: Series, column: np.ndarray, start: np.datetime64, end: np.datetime64) -> float | None:
    places = [np.flatnonzero(series.date == day) for day in (start, end)]
    if not all(len(place) for place in places):
        return None
    move = float(column[places[1][0]] - column[places[0][0]])
    return None if np.isnan(move) else move
