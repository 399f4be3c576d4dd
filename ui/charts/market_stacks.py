"""From the Market page's record to panes: a credit series beside small over large, and that ratio with its drawdown."""

from collections.abc import Callable
from functools import partial

import numpy as np

from models.formats import axis_tick, basis_points, decimal, percent
from models.pages import market_words as words
from models.pages.market import CreditCard, RelativeCard
from models.records import Floats
from models.series import CreditSeries, Frequency
from ui.charts.content import Curve, PaneContent, StackContent, days_of

_LONGEST_STEP_DAYS = {Frequency.DAILY: 17.0, Frequency.WEEKLY: 24.0, Frequency.MONTHLY: 62.0}
"""Observations further apart than this have some missing between them."""
_MONTH_DAYS = 34.0


def credit_content(card: CreditCard, ratio_title: str) -> StackContent:
    """The series over its whole span; below it small over large on the days since it begins."""
    series = card.series
    curve = Curve(
        name=card.title,
        x=days_of(card.dates),
        y=card.values,
        ink="ink",
        form=partial(words.level, series),
        change_form=_difference(series),
        short=series.title,
        width=1.4,
        has_end_label=True,
        longest_step=_LONGEST_STEP_DAYS[series.frequency],
    )
    pane = PaneContent("credit", words.unit_title(series), 5, axis_tick, (curve,), most_ticks=4)
    beside = card.ratio_dates >= card.dates[0] if len(card.dates) else np.zeros(0, dtype=bool)
    panes: tuple[PaneContent, ...] = (pane,)
    if np.count_nonzero(beside) > 1:
        panes = (pane, _ratio_pane(ratio_title, days_of(card.ratio_dates[beside]), card.ratio[beside], 3, most_ticks=2))
    return StackContent(
        title=card.title,
        description=f"{card.caption} Last value {card.end.label}.",
        days=curve.x,
        panes=panes,
    )


def _difference(series: CreditSeries) -> Callable[[float], str]:
    """Of two values of the line, without the level from which a price ratio's percentage would be taken."""
    if series.in_basis_points:
        return lambda moved: basis_points(100 * moved)
    return partial(decimal, places=4 if series.unit == "ratio" else 2, signed=True)


def ratio_content(card: RelativeCard, ratio_title: str) -> StackContent:
    """Small over large over the whole sample, and how far below its highest so far."""
    days = days_of(card.dates)
    fall = Curve("below its highest, %", days, card.drawdown_pct, "ink2", percent, short="below its highest")
    return StackContent(
        title=ratio_title,
        description=f"{ratio_title}, last {decimal(float(card.ratio[-1]), 4)}, "
        f"{percent(float(card.drawdown_pct[-1]))} from its highest.",
        days=days,
        panes=(
            _ratio_pane(ratio_title, days, card.ratio, 3, most_ticks=5),
            PaneContent("drawdown", "below its highest, %", 2, axis_tick, (fall,), has_zero_line=True),
        ),
    )


def _longest_step(days: Floats) -> float:
    """Of closes: where at least a year has only its month-ends, a month lies between neighbours."""
    steps = np.diff(days)
    has_month_ends = np.count_nonzero((steps > 25) & (steps <= _MONTH_DAYS)) >= 12
    return _MONTH_DAYS if has_month_ends else _LONGEST_STEP_DAYS[Frequency.DAILY]


def _ratio_pane(title: str, days: Floats, ratio: Floats, weight: float, *, most_ticks: int) -> PaneContent:
    form = partial(decimal, places=4)
    curve = Curve(
        name=title,
        x=days,
        y=ratio,
        ink="small",
        form=form,
        short="ratio",
        width=1.4,
        has_end_label=True,
        longest_step=_longest_step(days),
    )
    return PaneContent("ratio", title, weight, axis_tick, (curve,), most_ticks=most_ticks)
