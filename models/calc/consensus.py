"""How the consensus of companies stands and moved: the newest estimate by company and period as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.fiscal import fiscal_end, is_fiscal_year
from models.records import Estimate

SPANS_DAYS = (30, 60, 90)
"""Over which revisions are told."""
NEAR_ZERO_USD = 0.05
"""A change from an estimate this near to zero gives no percentage that means anything."""

Fiscal = dict[date, float]


@dataclass(frozen=True)
class Surprise:
    """A reported quarter; figures in US dollars a share. `share_pct` is of the expected figure, None near zero."""

    end: date
    reported: float
    expected: float | None
    day: date

    @property
    def difference(self) -> float | None:
        return None if self.expected is None else round(self.reported - self.expected, 4)

    @property
    def share_pct(self) -> float | None:
        return None if self.expected is None else change_pct(self.expected, self.reported)


def change_pct(before: float, after: float) -> float | None:
    """In percent of the size of the first figure, so that a smaller loss is a rise; None near zero."""
    return 100 * (after - before) / abs(before) if abs(before) >= NEAR_ZERO_USD else None


def in_order(estimates: Iterable[Estimate]) -> list[Estimate]:
    """Oldest vintage first; of one day an actual comes after what was expected, and so takes its place."""
    return sorted(estimates, key=lambda estimate: (estimate.vintage, not estimate.is_estimate))


def newest(ordered: Iterable[Estimate], by: date) -> dict[tuple[str, str], Estimate]:
    """(subject, period) to the last of the vintages up to a day."""
    return {(e.subject, e.period): e for e in ordered if e.vintage <= by}


def fiscal_years(found: Iterable[Estimate]) -> dict[str, Fiscal]:
    """Ticker to earnings per share by the end of the fiscal year."""
    by_ticker: dict[str, Fiscal] = {}
    for estimate in found:
        end = fiscal_end(estimate.period)
        if end is not None and is_fiscal_year(estimate.period):
            by_ticker.setdefault(estimate.subject, {})[end] = estimate.value
    return by_ticker


def surprises(ordered: Sequence[Estimate]) -> dict[str, tuple[Surprise, ...]]:
    """Ticker to its reported quarters, oldest first; the consensus is the last one before the day of the report."""
    expected: dict[tuple[str, str], float] = {}
    reported: dict[str, dict[date, Surprise]] = {}
    for estimate in ordered:
        end, key = fiscal_end(estimate.period), (estimate.subject, estimate.period)
        if end is None or is_fiscal_year(estimate.period):
            continue
        if estimate.is_estimate:
            expected[key] = estimate.value
        else:
            made = Surprise(end, estimate.value, expected.get(key), estimate.vintage)
            reported.setdefault(estimate.subject, {}).setdefault(end, made)
    return {ticker: tuple(of[end] for end in sorted(of)) for ticker, of in reported.items()}


def days_before(day: date) -> dict[int, date]:
    """The days against which revisions are told, by their span."""
    return {span: day - timedelta(days=span) for span in SPANS_DAYS}
