"""Performance and credit as plain records, for the command line and the brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.calc import credit as spreads
from models.calc.performance import MostSince, league, monthly_gaps, most_since
from models.calc.prices import PricePair, gap, locate, price_pair
from models.calc.streaks import Streak, streak
from models.pages.choice import Choice
from models.pages.market_build import observations_of
from models.pages.market_words import league_rank
from models.reader import Reader
from models.records import Closes
from models.series import CREDIT, CreditSeries, title_of
from models.windows import JANUARY_TO_MAY, MTD, QTD, YTD, Window, WindowKind

DEFAULT_WINDOWS = (MTD, QTD, YTD, JANUARY_TO_MAY)


@dataclass(frozen=True)
class PerformanceWish:
    """Which pair, windows and streaks (symbol and sessions) are reported; `kind` is price or total."""

    small: str
    large: str
    kind: str = "price"
    windows: tuple[Window, ...] = DEFAULT_WINDOWS
    streaks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Report:
    """A record in the fields of the command line, and a sentence for each thing that is missing from it."""

    record: dict[str, object]
    missing: tuple[str, ...]


def performance(reader: Reader, as_of: datetime, wish: PerformanceWish) -> Report:
    """Returns, gaps, league tables and streaks as of a moment."""
    small, large = (reader.closes(symbol, as_of, wish.kind) for symbol in (wish.small, wish.large))
    missing = list(_not_held(wish, small, large))
    windows: dict[str, object] = {window.name: None for window in wish.windows}
    if small is not None and large is not None:
        pair = price_pair(small, large)
        for window in wish.windows:
            windows[window.name] = _window(pair, window, small, large)
            if windows[window.name] is None:
                missing.append(f"The closes at both ends of {window.title} ({window.name}) are not held.")
    streaks = []
    for symbol, sessions in wish.streaks:
        closes = reader.closes(symbol, as_of)
        found = streak(closes, sessions) if closes is not None else None
        if found is None:
            missing.append(f"The last {sessions} sessions of {symbol} are not held.")
        streaks.append(_streak(symbol, sessions, found))
    record = {
        "small": wish.small,
        "large": wish.large,
        "as_of": as_of,
        "return": wish.kind,
        "windows": windows,
        "streaks": streaks,
    }
    return Report(record, tuple(missing))


def _not_held(wish: PerformanceWish, small: Closes | None, large: Closes | None) -> Iterator[str]:
    what = "total returns" if wish.kind == "total" else "closes"
    for symbol, found in ((wish.small, small), (wish.large, large)):
        if found is None:
            yield f"No {what} of {title_of(symbol)} ({symbol}) are held for this moment."


def _window(pair: PricePair, window: Window, small: Closes, large: Closes) -> dict[str, object] | None:
    found, table = gap(pair, window), league(pair, window)
    if found is None or table is None:
        return None

    def side(closes: Closes, return_pct: float) -> dict[str, object]:
        return {
            "symbol": closes.symbol,
            "source": closes.source,
            "return_pct": return_pct,
            "from": found.start,
            "to": found.end,
        }

    record: dict[str, object] = {
        "small": side(small, found.small_pct),
        "large": side(large, found.large_pct),
        "gap_points": found.points,
        "ratio_pct": found.ratio_pct,
        "league": [
            {"rank": row.rank, "year": row.year, "gap_points": row.gap.points, "from": row.gap.start, "to": row.gap.end}
            for row in table.rows
        ],
        "league_rank": table.current.rank,
        "league_rank_from": "worst",
        "league_place": league_rank(table),
        "league_of": len(table.rows),
        "league_ties": table.ties,
        "league_left_out": list(table.left_out),
        "worst_since": table.worst_since,
        "best_since": table.best_since,
    }
    if window.kind is WindowKind.MTD and (rows := locate(pair, window)):
        sessions = int(pair.session[rows[1]] - pair.session[rows[0]])
        record["most_since"] = {
            "whole_months": _most_since(most_since(monthly_gaps(pair))),
            "same_sessions": _most_since(most_since(monthly_gaps(pair, sessions))),
        }
    return record


def _most_since(found: MostSince | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {"since": found.since, "rank": found.rank, "of": found.of, "ties": found.ties, "sample_start": found.first}


def _streak(symbol: str, sessions: int, found: Streak | None) -> dict[str, object]:
    return {
        "symbol": symbol,
        "source": found.source if found else None,
        "up": found.ups if found else None,
        "of": sessions,
        "frequency_pct": found.frequency_pct if found else None,
        "binomial_pct": found.binomial_pct if found else None,
        "up_share_pct": found.up_share_pct if found else None,
        "windows": found.windows if found else None,
        "sample_start": found.first if found else None,
        "to": found.last if found else None,
    }


CREDIT_FIELDS = (
    "series",
    "unit",
    "date",
    "level",
    "change_1w_bp",
    "change_4w_bp",
    "change_13w_bp",
    "change_ytd_bp",
    "percentile",
    "since",
    "direction",
    "source",
    "title",
    "frequency",
    "horizons",
    "change_1w",
    "change_4w",
    "change_13w",
    "change_ytd",
    "observations",
)
"""Changes in basis points are unknown where the unit is not percent; the others are in the unit. The three spans
are in `horizons`: a monthly series has changes over 1, 3 and 12 months."""


def credit(reader: Reader, choice: Choice, wanted: Sequence[CreditSeries] = tuple(CREDIT.values())) -> Report:
    """Each series that is held, in the catalogue's order."""
    rows, missing = [], []
    for series in wanted:
        found = observations_of(reader, series, choice)
        made = spreads.reading(series, found) if found is not None else None
        if made is None:
            missing.append(f"No observations of {series.title} ({series.name}) are held for this moment.")
        else:
            rows.append(_credit_row(series, made))
    return Report({"as_of": choice.as_of, "rows": rows}, tuple(missing))


def _credit_row(series: CreditSeries, made: spreads.Reading) -> dict[str, object]:
    changes = {"1w": made.short, "4w": made.middle, "13w": made.long, "ytd": made.year_to_date}
    row: dict[str, object] = {
        "series": series.name,
        "unit": series.unit,
        "date": made.date,
        "level": made.level,
        "percentile": made.percentile,
        "since": made.since,
        "direction": made.direction,
        "source": series.source,
        "title": series.title,
        "frequency": series.frequency,
        "horizons": list(series.horizons),
        "observations": made.observations,
    }
    for name, change in changes.items():
        row[f"change_{name}"] = change
        row[f"change_{name}_bp"] = round(100 * change, 8) if change is not None and series.in_basis_points else None
    return row
