"""What happened to each source: batches, refusals, failures, validators, and when a whole history was last fetched."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.records import Provenance, SourceStatus, Validator
from services.archive.schema import moment_text
from services.starter.tables import SOURCE as STARTER

_IMPORT = "import"


@dataclass(frozen=True)
class LogEntry:
    """One batch that was stored, or the failure that a dataset is left with (then `message` says what it was)."""

    moment: datetime
    source: str
    dataset: str
    rows_new: int
    rows_revised: int
    rows_refused: int
    as_of: date | None
    message: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Refused:
    """A row that was kept out, with the reason in plain words and the row as it came."""

    what: str
    reason: str
    content: str
    source: str
    dataset: str
    moment: datetime


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def provenance(connection: sqlite3.Connection, batch: int) -> Provenance:
    """Where the rows of a batch came from; LookupError where there is no such batch."""
    row = connection.execute(
        "SELECT source, dataset, url, retrieved_at, as_of, sha256 FROM batch WHERE id = ?", (batch,)
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no batch {batch}")
    source, dataset, url, retrieved_at, as_of, sha256 = row
    return Provenance(source, dataset, url, datetime.fromisoformat(retrieved_at), _day(as_of), sha256)


def newest_batches(connection: sqlite3.Connection, sources: Sequence[str]) -> tuple[Provenance, ...]:
    """The newest batch of each dataset of which rows are held; `sources` leaves out those of other providers."""
    rows = connection.execute(
        """SELECT source, MAX(id) FROM batch WHERE rows_held > 0 GROUP BY source, dataset ORDER BY source, dataset"""
    )
    always = {*sources, STARTER, _IMPORT}
    return tuple(provenance(connection, batch) for source, batch in rows.fetchall() if not sources or source in always)


def statuses(connection: sqlite3.Connection) -> tuple[SourceStatus, ...]:
    """One status for each dataset asked for, and for the starter's as long as any of their rows is held."""
    rows = connection.execute(
        """SELECT source, dataset, MAX(as_of), MAX(retrieved_at), SUM(rows_held) AS held, MAX(error), MAX(error_at)
        FROM (SELECT source, dataset, as_of, retrieved_at, rows_held, '' AS error, NULL AS error_at FROM batch
            UNION ALL SELECT source, dataset, NULL, NULL, 0, error, error_at FROM dataset)
        GROUP BY source, dataset HAVING source <> ? OR held > 0 ORDER BY source, dataset""",
        (STARTER,),
    )
    return tuple(
        SourceStatus(
            source, dataset, _day(as_of), _moment(retrieved_at), held, error, _moment(error_at), source == STARTER
        )
        for source, dataset, as_of, retrieved_at, held, error, error_at in rows
    )


def log(connection: sqlite3.Connection, limit: int) -> tuple[LogEntry, ...]:
    """What happened last, newest first."""
    rows = connection.execute(
        """SELECT retrieved_at AS moment, source, dataset, rows_new, rows_revised, rows_refused, as_of, '', '', id
        FROM batch UNION ALL SELECT error_at, source, dataset, 0, 0, 0, NULL, error, error_detail, 0 FROM dataset
        WHERE error_at IS NOT NULL ORDER BY moment DESC, id DESC LIMIT ?""",
        (limit,),
    )
    return tuple(
        LogEntry(datetime.fromisoformat(moment), source, dataset, new, revised, refused, _day(as_of), message, detail)
        for moment, source, dataset, new, revised, refused, as_of, message, detail, _ in rows
    )


def quarantine(connection: sqlite3.Connection, limit: int) -> tuple[Refused, ...]:
    """What was kept out last, newest first."""
    rows = connection.execute(
        """SELECT r.what, r.reason, r.content, b.source, b.dataset, b.retrieved_at
        FROM refused AS r JOIN batch AS b ON b.id = r.batch ORDER BY r.id DESC LIMIT ?""",
        (limit,),
    )
    return tuple(
        Refused(what, reason, content, source, dataset, datetime.fromisoformat(moment))
        for what, reason, content, source, dataset, moment in rows
    )


def note_failure(
    connection: sqlite3.Connection, source: str, dataset: str, sentence: str, detail: str, moment: datetime
) -> None:
    connection.execute(
        """INSERT INTO dataset (source, dataset, error, error_detail, error_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET error = excluded.error, error_detail = excluded.error_detail,
        error_at = excluded.error_at""",
        (source, dataset, sentence, detail, moment_text(moment)),
    )


def clear_failure(connection: sqlite3.Connection, source: str, dataset: str) -> None:
    connection.execute(
        "UPDATE dataset SET error = '', error_detail = '', error_at = NULL WHERE source = ? AND dataset = ?",
        (source, dataset),
    )


def mark_full(connection: sqlite3.Connection, source: str, dataset: str, moment: datetime) -> None:
    connection.execute(
        """INSERT INTO dataset (source, dataset, full_at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET full_at = excluded.full_at""",
        (source, dataset, moment_text(moment)),
    )


def last_full(connection: sqlite3.Connection, source: str, dataset: str) -> datetime | None:
    row = connection.execute(
        "SELECT full_at FROM dataset WHERE source = ? AND dataset = ?", (source, dataset)
    ).fetchone()
    return _moment(row[0]) if row else None


def validator(connection: sqlite3.Connection, url: str) -> Validator | None:
    row = connection.execute("SELECT url, etag, last_modified FROM validator WHERE url = ?", (url,)).fetchone()
    return Validator(*row) if row else None


def drop_validators(connection: sqlite3.Connection, url_prefix: str) -> None:
    connection.execute("DELETE FROM validator WHERE substr(url, 1, length(?)) = ?", (url_prefix, url_prefix))


def size_bytes(connection: sqlite3.Connection) -> int:
    """The size of the database, in the file or in memory."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_bytes)
