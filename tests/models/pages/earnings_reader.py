"""What is held, in memory: enough of a Reader for the Earnings page, as of a moment like the archive."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from models.calendars import known_at
from models.names import Known
from models.records import Estimate, Fact, Snapshot, SnapshotKey


class InMemory:
    def __init__(
        self, estimates: Sequence[Estimate] = (), facts: Sequence[Fact] = (), snapshots: Sequence[Snapshot] = ()
    ) -> None:
        self._estimates, self._facts, self._snapshots = tuple(estimates), tuple(facts), tuple(snapshots)

    def estimates(self, as_of: datetime, subjects: Sequence[str], segment: str = "") -> tuple[Estimate, ...]:
        return tuple(
            e
            for e in self._estimates
            if e.subject in subjects and e.segment == segment and known_at(e.vintage, Known.NEXT_MORNING_NINE) <= as_of
        )

    def facts(self, as_of: datetime, tickers: Sequence[str] | None = None) -> tuple[Fact, ...]:
        return tuple(f for f in self._facts if (tickers is None or f.ticker in tickers) and f.filed <= as_of.date())

    def snapshots(self, as_of: datetime, fund: str | None = None) -> tuple[SnapshotKey, ...]:
        return tuple(
            SnapshotKey(s.fund, s.as_of, s.taxonomy, "ishares", number)
            for number, s in enumerate(self._snapshots)
            if s.as_of < as_of.date()
        )

    def snapshot(self, key: SnapshotKey) -> Snapshot:
        return self._snapshots[key.batch]

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the Earnings page does not ask for {name}")


def vintage(
    day: date,
    years: dict[str, dict[int, float]],
    *,
    reported_to: int = 2016,
    basis: str = "operating",
    segment: str = "",
) -> list[Estimate]:
    """One workbook's quarters: a quarter of each year's earnings in every quarter."""
    return [
        Estimate(subject, segment, f"{year}Q{q}", basis, day, value / 4, is_estimate=year > reported_to)
        for subject, of in years.items()
        for year, value in of.items()
        for q in (1, 2, 3, 4)
    ]
