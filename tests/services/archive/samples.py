"""Batches made up for tests: what matters is stated in the call, the rest is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from models.names import Known, Report
from models.records import (
    Batch,
    Observations,
    Positions,
    Provenance,
    Refusal,
    Rows,
    Saved,
    SectorWeights,
    Snapshot,
    Validator,
    position_fields,
)
from services.archive.archive import Archive
from services.clock import Clock

CODE = "23977A"
TUESDAY = date(2017, 6, 13)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
"""After everything that the tests store."""

Figures = Mapping[str, float]


def at(text: str) -> datetime:
    """A moment in UTC: `2017-06-16 19:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def positions(
    rows: Mapping[tuple[str, date], Figures], *, report: Report = Report.LEGACY_FUTURES, name: str = "RUSSELL 2000 MINI"
) -> Positions:
    """Rows by code and report date; figures that are not named are unknown."""
    return Positions(
        report,
        np.array([code for code, _ in rows], dtype="U8"),
        np.array([day for _, day in rows], dtype="M8[D]"),
        np.full(len(rows), name),
        {
            field: np.array([figures.get(field, np.nan) for figures in rows.values()], float)
            for field in position_fields(report.family)
        },
    )


def row(figures: Figures, *, report: Report = Report.LEGACY_FUTURES, name: str = "RUSSELL 2000 MINI") -> Positions:
    """The row of `CODE` on `TUESDAY`."""
    return positions({(CODE, TUESDAY): figures}, report=report, name=name)


def observations(series: str, values: Mapping[str, float], known: Known = Known.NEXT_MORNING) -> Observations:
    """A series by ISO date."""
    return Observations(series, np.array(list(values), "M8[D]"), np.array(list(values.values()), float), known)


def batch(
    *rows: Rows,
    source: str = "cftc",
    dataset: str = "legacy_futures",
    retrieved_at: datetime | str = "2017-06-16 19:31",
    as_of: date | None = None,
    refused: Sequence[Refusal] = (),
    validator: Validator | None = None,
) -> Batch:
    moment = at(retrieved_at) if isinstance(retrieved_at, str) else retrieved_at
    origin = Provenance(source, dataset, "https://example.org/data", moment, as_of, "0" * 64)
    return Batch(origin, rows, tuple(refused), validator)


def row_count(rows: Rows) -> int:
    """Rows as the archive counts them: the lines of a snapshot each by itself."""
    match rows:
        case Snapshot():
            return len(rows.holdings)
        case SectorWeights():
            return len(rows.weights_pct)
        case _:
            return len(rows)


def save(archive: Archive, *rows: Rows, source: str = "cftc", retrieved_at: str = "2017-06-16 19:31") -> Saved:
    return archive.save(batch(*rows, source=source, retrieved_at=retrieved_at))


@contextmanager
def opened(path: Path, *, writable: bool = True, now: datetime | None = None) -> Iterator[Archive]:
    archive = Archive.open(path, Clock(now), writable=writable)
    try:
        yield archive
    finally:
        archive.close()


def figures(archive: Archive, as_of: datetime = LATER, report: Report = Report.LEGACY_FUTURES) -> dict[str, float]:
    """The known figures of the one row of `CODE` as of a moment."""
    held = archive.positions(report, [CODE], as_of)
    assert len(held) == 1
    return {field: float(column[0]) for field, column in held.values.items() if np.isfinite(column[0])}
