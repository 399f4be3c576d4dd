"""Saving one batch: each kind of rows into its tables, inside the transaction that is open."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import assert_never

import numpy as np

from models.records import (
    Batch,
    Dates,
    Estimate,
    Fact,
    Observations,
    Positions,
    Refusal,
    Rows,
    Saved,
    SectorWeights,
    Snapshot,
    Validator,
    position_fields,
)
from services.archive import holdings
from services.archive.merge import ROWS_AT_ONCE, Merged, Row, give_up, merge, stage
from services.archive.schema import ESTIMATE, FACT, OBSERVATION, POSITIONS, VERSIONED, VersionedTable, moment_text
from services.starter.tables import SOURCE as STARTER

CHUNK = 1_000
"""Rows turned into Python objects at a time: more would hold up other threads for longer than a frame."""

LONGEST_CONTENT = 4_000
REFUSED_KEPT = 10_000


def save(connection: sqlite3.Connection, batch: Batch) -> Saved:
    """Writes rows, refusals and validator of one batch and notes in the ledger what became of them."""
    for table in VERSIONED:
        connection.execute(table.create_stage)
    number = _enter(connection, batch)
    is_starter = batch.provenance.source == STARTER
    merged = sum((_save_rows(connection, rows, number, is_starter) for rows in batch.rows), Merged())
    merged += Merged(Saved(rows_refused=len(batch.refused)))
    _save_refused(connection, number, batch)
    if batch.validator is not None:
        _save_validator(connection, number, batch.validator)
    saved = merged.saved
    connection.execute(
        "UPDATE batch SET rows_new = ?, rows_revised = ?, rows_refused = ?, rows_held = ? WHERE id = ?",
        (saved.rows_new, saved.rows_revised, saved.rows_refused, merged.held, number),
    )
    return saved


def _enter(connection: sqlite3.Connection, batch: Batch) -> int:
    origin = batch.provenance
    cursor = connection.execute(
        "INSERT INTO batch (source, dataset, url, retrieved_at, as_of, sha256) VALUES (?, ?, ?, ?, ?, ?)",
        (
            origin.source,
            origin.dataset,
            origin.url,
            moment_text(origin.retrieved_at),
            origin.as_of.isoformat() if origin.as_of else None,
            origin.sha256,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _save_rows(connection: sqlite3.Connection, rows: Rows, batch: int, is_starter: bool) -> Merged:
    match rows:
        case Positions():
            return _save_positions(connection, rows, batch, is_starter)
        case Observations():
            return _save_observations(connection, rows, batch, is_starter)
        case Snapshot() | SectorWeights():
            return holdings.save(connection, rows, batch, is_starter=is_starter)
        case tuple():
            estimates = [estimate_row(row) for row in rows if isinstance(row, Estimate)]
            facts = [fact_row(row) for row in rows if isinstance(row, Fact)]
            merged = _save_versioned(connection, ESTIMATE, estimates, batch, is_starter)
            return merged + _save_versioned(connection, FACT, facts, batch, is_starter)
        case _:
            assert_never(rows)


def _save_versioned(
    connection: sqlite3.Connection, table: VersionedTable, rows: Iterable[Row], batch: int, is_starter: bool
) -> Merged:
    merged = Merged()
    rest = iter(rows)
    while stage(connection, table, islice(rest, ROWS_AT_ONCE)) > 0:
        merged += merge(connection, table, batch, is_starter=is_starter)
    return merged


def _save_positions(connection: sqlite3.Connection, rows: Positions, batch: int, is_starter: bool) -> Merged:
    family = rows.report.family
    return _save_versioned(connection, POSITIONS[family], position_rows(rows), batch, is_starter)


def position_rows(rows: Positions) -> Iterator[Row]:
    values = [rows.values[field] for field in position_fields(rows.report.family)]
    for start in range(0, len(rows), CHUNK):
        part = slice(start, start + CHUNK)
        columns: list[Iterable[object]] = [rows.code[part].tolist(), _iso(rows.date[part]), rows.name[part].tolist()]
        columns += [column[part].tolist() for column in values]  # SQLite stores NaN as NULL
        yield from zip(repeat(rows.report.scope.value), *columns)


def _iso(days: Dates) -> list[str]:
    return list(np.datetime_as_string(days.astype("datetime64[D]")).tolist())


def _save_observations(connection: sqlite3.Connection, rows: Observations, batch: int, is_starter: bool) -> Merged:
    (series,) = connection.execute(
        "INSERT INTO series (name, known) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET known = excluded.known"
        " RETURNING id",
        (rows.series, rows.known.value),
    ).fetchone()
    observations = observation_rows(series, rows)
    if rows.takes_place and not is_starter:
        return _restate(connection, series, observations, batch)
    return _save_versioned(connection, OBSERVATION, observations, batch, is_starter)


def observation_rows(series: int, rows: Observations) -> Iterator[Row]:
    is_known = np.isfinite(rows.value)
    days, values = rows.date[is_known], rows.value[is_known]
    for start in range(0, len(days), CHUNK):
        part = slice(start, start + CHUNK)
        yield from zip(repeat(series), _iso(days[part]), values[part].tolist())


def _restate(connection: sqlite3.Connection, series: int, rows: Iterable[Row], batch: int) -> Merged:
    """Replaces a series from the first delivered day on; its earlier scale means nothing beside the new one.

    Only days that were not held count as new: a restatement is no news.
    """
    stage(connection, OBSERVATION, rows)
    (first,) = connection.execute("SELECT MIN(date) FROM stage_observation").fetchone()
    tail = "FROM observation WHERE series = ? AND date >= ?"
    staged = "SELECT date, value FROM stage_observation"
    (changes,) = connection.execute(
        f"SELECT (SELECT COUNT(*) FROM ({staged} EXCEPT SELECT date, value {tail}))"
        f" + (SELECT COUNT(*) FROM (SELECT date {tail} EXCEPT SELECT date FROM stage_observation))",
        (series, first) * 2,
    ).fetchone()
    merged = Merged()
    if changes:
        held = connection.execute(f"SELECT batch, COUNT(*) {tail} GROUP BY batch", (series, first)).fetchall()
        (new,) = connection.execute(
            f"SELECT COUNT(*) FROM (SELECT date FROM stage_observation EXCEPT SELECT date {tail})", (series, first)
        ).fetchone()
        connection.execute(f"DELETE {tail}", (series, first))
        give_up(connection, held)
        written = merge(connection, OBSERVATION, batch, is_starter=False)
        merged = Merged(Saved(rows_new=new), written.held)
    connection.execute("DELETE FROM stage_observation")
    return merged


def estimate_row(row: Estimate) -> Row:
    keys = (row.subject, row.segment, row.period, row.basis, row.vintage.isoformat())
    return (*keys, row.value, row.is_estimate, row.high, row.low, row.analysts)


def fact_row(row: Fact) -> Row:
    start = row.period_start.isoformat() if row.period_start else ""
    return (row.ticker, row.concept, start, row.period_end.isoformat(), row.filed.isoformat(), row.value)


def _save_refused(connection: sqlite3.Connection, number: int, batch: Batch) -> None:
    """Keeps what was refused for inspection, each row once: the same faulty row may come with every refresh."""
    if not batch.refused:
        return
    rows = [_refused_row(refusal) for refusal in batch.refused]
    connection.executemany(
        "DELETE FROM refused WHERE what = ? AND reason = ? AND content = ?"
        " AND batch IN (SELECT id FROM batch WHERE source = ? AND dataset = ?)",
        [(*row, batch.provenance.source, batch.provenance.dataset) for row in rows],
    )
    connection.executemany(
        "INSERT INTO refused (batch, what, reason, content) VALUES (?, ?, ?, ?)", [(number, *row) for row in rows]
    )
    connection.execute("DELETE FROM refused WHERE id <= (SELECT MAX(id) FROM refused) - ?", (REFUSED_KEPT,))


def _refused_row(refusal: Refusal) -> tuple[str, str, str]:
    return refusal.what, refusal.reason, refusal.content[:LONGEST_CONTENT]


def _save_validator(connection: sqlite3.Connection, batch: int, validator: Validator) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO validator (url, etag, last_modified, batch) VALUES (?, ?, ?, ?)",
        (validator.url, validator.etag, validator.last_modified, batch),
    )
