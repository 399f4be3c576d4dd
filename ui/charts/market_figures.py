"""What the Market page draws as tables, by the day: for its dialog and for exports."""

from functools import partial

from models.calc.performance import MonthlyGaps
from models.figures import Figures
from models.formats import as_date, decimal, percent
from models.pages.market import LeagueCard, RelativeCard, StreakCard

_points = partial(decimal, places=2, signed=True)
_return = partial(percent, places=2, signed=True)
_sign = partial(decimal, places=0, signed=True)


def path_figures(card: RelativeCard) -> Figures:
    """Every day since the base close: points of difference, and by how much the ratio has changed."""
    line = card.path
    rows = zip(map(as_date, line.date), line.points.tolist(), line.ratio_pct.tolist(), strict=True)
    return Figures(card.title, ("Day", "Points", "Ratio, %"), tuple(rows), (_points, _return))


def month_figures(gaps: MonthlyGaps) -> Figures:
    """Every month by its first day."""
    rows = zip(map(as_date, gaps.month), gaps.points.tolist(), strict=True)
    return Figures("Gap by month", ("Month", "Points"), tuple(rows), (_points,))


def league_figures(card: LeagueCard) -> Figures:
    """Every year by the last day of its stretch, oldest first."""
    years = sorted(card.league.rows, key=lambda row: row.year)
    rows = tuple((r.gap.end, r.rank, r.gap.points, r.gap.small_pct, r.gap.large_pct) for r in years)
    headers = ("Stretch ends", "Rank", "Points", "Small, %", "Large, %")
    return Figures(card.title, headers, rows, (partial(decimal, places=0), _points, _return, _return))


def session_figures(card: StreakCard) -> Figures:
    """The newest sessions: 1 for up, 0 for unchanged, -1 for down."""
    rows = zip(card.days, *(row.signs for row in card.rows), strict=True)
    headers = ("Session", *(row.streak.symbol for row in card.rows))
    return Figures("Streak meter", headers, tuple(rows), (_sign,) * len(card.rows))
