"""What a delivery would change: rows that are new, and known figures that it states otherwise. Nothing is written."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from models.records import (
    Batch,
    Compared,
    Conflict,
    Estimate,
    Fact,
    Observations,
    Positions,
    Rows,
    SectorWeights,
    Snapshot,
)
from services.archive import holdings
from services.archive.merge import ROWS_AT_ONCE, Row, conflicting, count_unheld, stage
from services.archive.schema import ESTIMATE, FACT, OBSERVATION, POSITIONS, VERSIONED, VersionedTable
from services.archive.writes import estimate_row, fact_row, observation_rows, position_rows


def compare(connection: sqlite3.Connection, batch: Batch) -> Compared:
    """Against the newest versions that are held; rows of the starter, which give way to any other, conflict with none.

    A series that is delivered on another scale than before takes the place of what is held, so it conflicts with none.
    """
    for table in VERSIONED:
        connection.execute(table.create_stage)
    return sum((_compared(connection, rows) for rows in batch.rows), Compared())


def _compared(connection: sqlite3.Connection, rows: Rows) -> Compared:
    match rows:
        case Positions():
            return _versioned(connection, POSITIONS[rows.report.family], position_rows(rows), 1)
        case Observations():
            return _observations(connection, rows)
        case Snapshot() | SectorWeights():
            return holdings.compare(connection, rows)
        case _:
            estimates = (estimate_row(row) for row in rows if isinstance(row, Estimate))
            facts = (fact_row(row) for row in rows if isinstance(row, Fact))
            return _versioned(connection, ESTIMATE, estimates) + _versioned(connection, FACT, facts)


def _observations(connection: sqlite3.Connection, rows: Observations) -> Compared:
    found = connection.execute("SELECT id FROM series WHERE name = ?", (rows.series,)).fetchone()
    if found is None:
        return Compared(rows_new=int(np.isfinite(rows.value).sum()))
    compared = _versioned(connection, OBSERVATION, observation_rows(found[0], rows), 1, rows.series)
    return Compared(compared.rows_new) if rows.takes_place else compared


def _versioned(
    connection: sqlite3.Connection, table: VersionedTable, rows: Iterable[Row], keys_left_out: int = 0, named: str = ""
) -> Compared:
    """`keys_left_out` of the key's first columns are no words for a reader; `named` stands before the rest."""
    compared, rest = Compared(), iter(rows)
    while stage(connection, table, islice(rest, ROWS_AT_ONCE)) > 0:
        found = tuple(_conflicts(connection, table, keys_left_out, named))
        compared += Compared(count_unheld(connection, table), found)
        connection.execute(f"DELETE FROM stage_{table.name}")
    return compared


def _conflicts(
    connection: sqlite3.Connection, table: VersionedTable, keys_left_out: int, named: str
) -> Iterator[Conflict]:
    keys, fields = len(table.keys), table.fields
    for row in conflicting(connection, table):
        words = [named, *(str(part) for part in row[keys_left_out:keys])]
        held, given = row[keys : keys + len(fields)], row[keys + len(fields) :]
        for field, before, after in zip(fields, held, given, strict=True):
            if isinstance(before, float) and isinstance(after, float) and before != after:
                yield Conflict(", ".join(filter(None, words)), field, before, after)
