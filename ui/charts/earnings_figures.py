"""What the Earnings page draws as bars, with what its cards leave to the pointer: for tables and exports."""

from collections.abc import Sequence
from functools import partial

from models.calc.index_earnings import Gap, YearOnYear
from models.figures import Figures, Value
from models.formats import decimal, percent
from models.pages.earnings import EarningsPage

_pct = partial(percent, places=1, signed=True)
_points = partial(decimal, places=1, signed=True)
_eps = partial(decimal, places=2)
_STATUS = {True: "estimate", False: "reported"}


def growth_figures(page: EarningsPage, since: str = "") -> Figures | None:
    """Growth and earnings a share of both indices by calendar year from `since` on, none where it means nothing."""
    years = [pair for pair in page.years if pair.period >= since]
    if not years:
        return None
    small, large = (side.title if side else name for side, name in ((page.small, "Small"), (page.large, "Large")))
    rows = tuple(
        (
            pair.period,
            _growth(pair.small),
            _growth(pair.large),
            pair.small.eps if pair.small else None,
            pair.large.eps if pair.large else None,
            _STATUS[pair.is_estimate],
        )
        for pair in years
    )
    headers = ("Year", f"{small}, %", f"{large}, %", f"{small}, $ a share", f"{large}, $ a share", "Status")
    return Figures("Growth in earnings per share by calendar year", headers, rows, (_pct, _pct, _eps, _eps, str))


def gap_figures(page: EarningsPage, shown: Sequence[Gap]) -> Figures | None:
    """Small less large, over the periods that are shown."""
    if not shown:
        return None
    rows: tuple[tuple[Value, ...], ...] = tuple((gap.period, gap.points, _STATUS[gap.is_estimate]) for gap in shown)
    return Figures(page.gaps_title, ("Period", "Gap, points", "Status"), rows, (_points, str))


def _growth(of: YearOnYear | None) -> float | None:
    return of.growth_pct if of is not None else None
