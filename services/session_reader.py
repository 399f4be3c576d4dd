"""The archive with the series of this session laid over it, as pages and commands read them."""

from datetime import datetime

from models.reader import Reader
from models.records import Observations, SourceStatus
from services.sources.session import SessionSeries


class SessionReader:
    """A `Reader`: everything is the archive's, but for series that only the session holds and their statuses."""

    def __init__(self, archive: Reader, session: SessionSeries) -> None:
        self.archive = archive
        self._session = session
        self.positions = archive.positions
        self.latest_positions = archive.latest_positions
        self.newest_report = archive.newest_report
        self.contracts = archive.contracts
        self.closes = archive.closes
        self.snapshots = archive.snapshots
        self.snapshot = archive.snapshot
        self.sector_weights = archive.sector_weights
        self.estimates = archive.estimates
        self.facts = archive.facts
        self.provenance = archive.provenance

    def observations(self, series: str, as_of: datetime) -> Observations | None:
        """From the session where it holds the series, else from the archive."""
        found = self._session.observations(series, as_of)
        return self.archive.observations(series, as_of) if found is None else found

    def statuses(self) -> tuple[SourceStatus, ...]:
        return self.archive.statuses() + self._session.statuses()
