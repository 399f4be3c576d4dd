"""What pages may ask of the archive: the read methods, all as of a moment."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from models.names import Report
from models.records import (
    Closes,
    Contract,
    Estimate,
    Fact,
    Observations,
    Positions,
    Provenance,
    SectorWeights,
    Snapshot,
    SnapshotKey,
    SourceStatus,
)


class Reader(Protocol):
    """The archive as pages see it.

    `as_of` is an aware moment: only rows that had been released by then are seen, and of the versions
    of one row the newest that had been fetched by then (the first version counts from its release).
    """

    def positions(self, report: Report, codes: Sequence[str], as_of: datetime) -> Positions:
        """Every row of these contract codes, sorted by code and date."""
        ...

    def latest_positions(self, report: Report, as_of: datetime, reports: int = 1) -> Positions:
        """The rows of all codes in the newest `reports` report dates."""
        ...

    def newest_report(self, report: Report, as_of: datetime, codes: Sequence[str] | None = None) -> date | None:
        """The newest report date held, of these codes or of any."""
        ...

    def contracts(self, as_of: datetime) -> tuple[Contract, ...]:
        """Every code held, sorted by code."""
        ...

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> Closes | None:
        """Closing prices known by then, or None where none are held. Sources are not mixed."""
        ...

    def observations(self, series: str, as_of: datetime) -> Observations | None:
        """Values of one series known by then, or None where none are held."""
        ...

    def snapshots(self, as_of: datetime, fund: str | None = None) -> tuple[SnapshotKey, ...]:
        """The holdings snapshots (and bare sector weights) known by then, sorted by fund and date."""
        ...

    def snapshot(self, key: SnapshotKey) -> Snapshot:
        """All lines of one snapshot."""
        ...

    def sector_weights(self, key: SnapshotKey) -> SectorWeights:
        """The bare sector weights of a snapshot that is held without its lines."""
        ...

    def estimates(self, as_of: datetime, subjects: Sequence[str], segment: str = "") -> tuple[Estimate, ...]:
        """Every vintage known by then of these subjects, sorted by subject, period, basis and vintage."""
        ...

    def facts(self, as_of: datetime, tickers: Sequence[str] | None = None) -> tuple[Fact, ...]:
        """Figures from accounts that had been filed by then, sorted by ticker, concept and period end."""
        ...

    def provenance(self, batch: int) -> Provenance:
        """Where the rows of a batch came from."""
        ...

    def statuses(self) -> tuple[SourceStatus, ...]:
        """One status for each dataset that was ever asked for."""
        ...
