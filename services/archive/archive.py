"""The archive: one SQLite file with every figure held, where it came from, and when it was known."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from models.names import Report
from models.records import (
    Batch,
    Closes,
    Compared,
    Contract,
    Estimate,
    Fact,
    Observations,
    Positions,
    Provenance,
    Saved,
    SectorWeights,
    Snapshot,
    SnapshotKey,
    SourceStatus,
    Validator,
)
from services.archive import backups, compare, holdings, ledger, reads, writes
from services.archive.connections import Connections
from services.archive.ledger import LogEntry, Refused
from services.archive.opening import open_archive
from services.clock import Clock
from services.errors import ArchiveError
from services.files import reason


class Archive:
    """Written by one process at a time (see `services.lock`), read by any; every method may be called in any thread.

    Implements `models.reader.Reader`. Every method may raise ArchiveError with a sentence for people; what was
    stored before is then unchanged. `notices` tell how the archive was found, in plain sentences; with
    `was_set_aside` it was damaged or foreign, and the first of them says what was done.
    """

    def __init__(
        self, connections: Connections, clock: Clock, notices: tuple[str, ...] = (), *, was_set_aside: bool = False
    ) -> None:
        self.notices, self.was_set_aside = notices, was_set_aside
        self._connections = connections
        self._clock = clock

    @classmethod
    def open(cls, path: Path, clock: Clock, *, writable: bool = True) -> "Archive":
        """Opens, mends or makes the archive at `path` (the table in `opening` says what happens when).

        Only the holder of the writer's lock may open it for writing. Raises ArchiveTooNew where a newer version
        of the app wrote it, ArchiveError where another process keeps it busy.
        """
        opened = open_archive(path, clock, writable=writable)
        return cls(opened.connections, clock, opened.notices, was_set_aside=opened.was_set_aside)

    @property
    def is_writable(self) -> bool:
        return self._connections.is_writable

    @property
    def is_in_memory(self) -> bool:
        """Whether there is no file, so that nothing is kept after `close`."""
        return self._connections.path is None

    def close(self) -> None:
        """Waits for a batch that is being saved; may be called again."""
        self._connections.close()

    # Writing

    def save(self, batch: Batch) -> Saved:
        """Stores a batch with its refusals and validator, whole or not at all."""
        with self._connections.writing() as connection:
            return writes.save(connection, batch)

    def compare(self, batch: Batch) -> Compared:
        """What saving a batch would change; nothing is written but tables that go with the connection."""
        with self._connections.writing() as connection:
            return compare.compare(connection, batch)

    def note_failure(self, source: str, dataset: str, sentence: str, detail: str = "") -> None:
        """Notes why a dataset could not be brought up to date, in place of what was noted before."""
        with self._connections.writing() as connection:
            ledger.note_failure(connection, source, dataset, sentence, detail, self._clock.now())

    def clear_failure(self, source: str, dataset: str) -> None:
        with self._connections.writing() as connection:
            ledger.clear_failure(connection, source, dataset)

    def drop_validators(self, url_prefix: str) -> None:
        """Forgets the validators of all addresses that begin so; they are then fetched whole again."""
        with self._connections.writing() as connection:
            ledger.drop_validators(connection, url_prefix)

    def mark_full(self, source: str, dataset: str, moment: datetime) -> None:
        """Notes that a dataset's whole history was fetched at a moment."""
        with self._connections.writing() as connection:
            ledger.mark_full(connection, source, dataset, moment)

    def backup(self) -> Path:
        """Copies the archive into a file beside it and removes all but the newest two copies."""
        path = self._connections.path
        if path is None:
            raise ArchiveError("There is no archive file to copy; nothing is kept in this run.")
        with self._connections.exclusive() as connection:
            try:
                return backups.make(connection, path, self._clock.now())
            except OSError as error:
                raise ArchiveError(f"The backup could not be written: {reason(error)}.") from error

    def vacuum(self) -> None:
        """Rewrites the file without the room that deleted rows have left."""
        with self._connections.exclusive() as connection:
            connection.execute("VACUUM")

    def release_memory(self) -> None:
        """Lets go of what batches and reads have left in memory, where it is not in use at this moment."""
        self._connections.shrink()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """For what is read in several steps: this thread sees the figures as they are now until it ends.

        Batches that others save wait for the end; the thread itself may save none. Raises ArchiveError.
        """
        with self._connections.unchanged():
            yield

    # About the sources

    def validator(self, url: str) -> Validator | None:
        with self._connections.reading() as connection:
            return ledger.validator(connection, url)

    def last_full(self, source: str, dataset: str) -> datetime | None:
        with self._connections.reading() as connection:
            return ledger.last_full(connection, source, dataset)

    def quarantine(self, limit: int = 200) -> tuple[Refused, ...]:
        """What was kept out last, newest first."""
        with self._connections.reading() as connection:
            return ledger.quarantine(connection, limit)

    def log(self, limit: int = 200) -> tuple[LogEntry, ...]:
        """Batches stored and failures that stand, newest first."""
        with self._connections.reading() as connection:
            return ledger.log(connection, limit)

    def statuses(self) -> tuple[SourceStatus, ...]:
        with self._connections.reading() as connection:
            return ledger.statuses(connection)

    def provenance(self, batch: int) -> Provenance:
        with self._connections.reading() as connection:
            return ledger.provenance(connection, batch)

    def newest_batches(self, sources: Sequence[str] = ()) -> tuple[Provenance, ...]:
        """The newest batch of each dataset of these sources, a person's own files and the starter; of all without."""
        with self._connections.reading() as connection:
            return ledger.newest_batches(connection, sources)

    def size_bytes(self) -> int:
        with self._connections.reading() as connection:
            return ledger.size_bytes(connection)

    # Figures as of a moment

    def positions(self, report: Report, codes: Sequence[str], as_of: datetime) -> Positions:
        with self._connections.reading() as connection:
            return reads.positions(connection, report, codes, as_of)

    def latest_positions(self, report: Report, as_of: datetime, reports: int = 1) -> Positions:
        with self._connections.reading() as connection:
            return reads.latest_positions(connection, report, as_of, reports)

    def newest_report(self, report: Report, as_of: datetime, codes: Sequence[str] | None = None) -> date | None:
        with self._connections.reading() as connection:
            return reads.newest_report(connection, report, as_of, codes)

    def contracts(self, as_of: datetime) -> tuple[Contract, ...]:
        with self._connections.reading() as connection:
            return reads.contracts(connection, as_of)

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> Closes | None:
        with self._connections.reading() as connection:
            return reads.closes(connection, symbol, as_of, kind)

    def observations(self, series: str, as_of: datetime) -> Observations | None:
        with self._connections.reading() as connection:
            return reads.observations(connection, series, as_of)

    def snapshots(self, as_of: datetime, fund: str | None = None) -> tuple[SnapshotKey, ...]:
        with self._connections.reading() as connection:
            return holdings.snapshots(connection, as_of, fund)

    def snapshot(self, key: SnapshotKey) -> Snapshot:
        with self._connections.reading() as connection:
            return holdings.snapshot(connection, key)

    def sector_weights(self, key: SnapshotKey) -> SectorWeights:
        with self._connections.reading() as connection:
            return holdings.sector_weights(connection, key)

    def estimates(self, as_of: datetime, subjects: Sequence[str], segment: str = "") -> tuple[Estimate, ...]:
        with self._connections.reading() as connection:
            return reads.estimates(connection, as_of, subjects, segment)

    def facts(self, as_of: datetime, tickers: Sequence[str] | None = None) -> tuple[Fact, ...]:
        with self._connections.reading() as connection:
            return reads.facts(connection, as_of, tickers)
