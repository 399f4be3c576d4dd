"""How delivered rows meet those that are held: the rule of versions, in SQL, so that other threads run meanwhile.

1. A row from the starter tables is replaced by a downloaded one; a starter row replaces nothing.
2. A figure that was unknown and is now known is filled in, in all versions: it was released then.
3. Where a figure was known and now differs from the newest version, the row gets a new version: the new figures
   over the old.
4. A figure that is unknown in the delivery takes nothing away.
5. A row that says nothing new is not written.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from models.records import Saved
from services.archive.schema import VersionedTable
from services.starter.tables import SOURCE as STARTER

ROWS_AT_ONCE = 5_000

_IS_STARTER = f"batch IN (SELECT id FROM batch WHERE source = '{STARTER}')"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Merged:
    """What a delivery changed, and how many rows are now its own: new ones, and ones taken over from the starter."""

    saved: Saved = field(default_factory=Saved)
    held: int = 0

    def __add__(self, other: "Merged") -> "Merged":
        return Merged(self.saved + other.saved, self.held + other.held)


@dataclass(frozen=True)
class _Statements:
    """The SQL of one table. `stage` is the delivery, `held` the table; staged rows leave as they are dealt with."""

    stage: str
    insert: str
    settle: str
    count_starter: str
    take_over: str
    fill_first: str
    fill_later: str
    revise: str
    label: str
    unheld: str
    conflicts: str


@cache
def _statements(table: VersionedTable) -> _Statements:
    stage, held = f"stage_{table.name}", table.name
    # The plus keeps SQLite from looking up each row that is held in the stage: it is the other way round that is quick.
    same_key = " AND ".join(f"held.{key} = +stage.{key}" for key in table.keys)
    says_nothing_new = " AND ".join(
        [f"(stage.{field} IS NULL OR stage.{field} IS held.{field})" for field in table.fields]
        + [f"(stage.{label} IN ('', held.{label}))" for label in table.labels]
    )
    differs = " OR ".join(f"stage.{field} <> held.{field}" for field in table.fields)
    fills = " OR ".join(f"(held.{field} IS NULL AND stage.{field} IS NOT NULL)" for field in table.fields)
    relabels = " OR ".join(f"stage.{label} NOT IN ('', held.{label})" for label in table.labels)
    over = {field: f"COALESCE(stage.{field}, held.{field})" for field in table.fields}
    over |= {label: f"COALESCE(NULLIF(stage.{label}, ''), held.{label})" for label in table.labels}
    keep = {field: f"COALESCE(held.{field}, stage.{field})" for field in table.fields}
    both = [f"{of}.{field}" for of in ("held", "stage") for field in table.fields]
    columns = ", ".join((*table.keys, *over))
    staged_keys = ", ".join(f"stage.{key}" for key in table.keys)
    update = f"UPDATE {held} AS held SET {{}} FROM {stage} AS stage WHERE {same_key}"
    fill = update.format(_assigned(keep))
    newest = f"(SELECT MAX(revision) FROM {held} AS held WHERE {same_key})"
    return _Statements(
        stage=f"INSERT OR REPLACE INTO {stage} ({', '.join(table.staged)}) VALUES ({_marks(len(table.staged))})",
        insert=(
            f"INSERT INTO {held} ({columns}, revision, batch) SELECT {columns}, 0, :batch FROM {stage}"
            " WHERE TRUE ON CONFLICT DO NOTHING"
        ),
        settle=(
            f"DELETE FROM {stage} AS stage WHERE (SELECT NOT held.{_IS_STARTER} AND {says_nothing_new}"
            f" FROM {held} AS held WHERE {same_key} ORDER BY held.revision DESC LIMIT 1)"
        ),
        count_starter=(
            f"SELECT held.batch, COUNT(*) FROM {stage} AS stage CROSS JOIN {held} AS held"
            f" WHERE {same_key} AND held.{_IS_STARTER} GROUP BY held.batch"
        ),
        take_over=f"{update.format(_assigned({'batch': ':batch', **over}))} AND held.{_IS_STARTER}",
        fill_first=f"{fill} AND held.revision = 0 AND ({fills})",
        fill_later=f"{fill} AND held.revision > 0 AND ({fills})",
        revise=(
            f"INSERT INTO {held} ({columns}, revision, batch)"
            f" SELECT {staged_keys}, {', '.join(over.values())}, held.revision + 1, :batch"
            f" FROM {stage} AS stage CROSS JOIN {held} AS held"
            f" WHERE {same_key} AND held.revision = {newest} AND ({differs})"
        ),
        unheld=(
            f"SELECT COUNT(*) FROM {stage} AS stage WHERE NOT EXISTS (SELECT 1 FROM {held} AS held WHERE {same_key})"
        ),
        conflicts=(
            f"SELECT {', '.join([*(f'stage.{key}' for key in table.keys), *both])}"
            f" FROM {stage} AS stage CROSS JOIN {held} AS held"
            f" WHERE {same_key} AND held.revision = {newest} AND NOT held.{_IS_STARTER} AND ({differs})"
        ),
        label=relabels
        and f"{update.format(_assigned({label: f'stage.{label}' for label in table.labels}))} AND ({relabels})",
    )


def _assigned(values: dict[str, str]) -> str:
    return ", ".join(f"{column} = {value}" for column, value in values.items())


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def stage(connection: sqlite3.Connection, table: VersionedTable, rows: Iterable[Row]) -> int:
    """Hands rows over, in the columns of `table.staged`; of two with the same key the later one counts."""
    return connection.executemany(_statements(table).stage, rows).rowcount


def count_unheld(connection: sqlite3.Connection, table: VersionedTable) -> int:
    """How many of the staged rows have a key that is not held."""
    (count,) = connection.execute(_statements(table).unheld).fetchone()
    return int(count)


def conflicting(connection: sqlite3.Connection, table: VersionedTable) -> Iterable[Row]:
    """Key, held figures and staged figures of each staged row that states a known figure otherwise."""
    return connection.execute(_statements(table).conflicts)


def merge(connection: sqlite3.Connection, table: VersionedTable, batch: int, *, is_starter: bool) -> Merged:
    """Brings the staged rows into their table under the rule of versions, and empties the stage.

    Rows count as new where their key was not held, or only from the starter, or where they made a figure
    known; as revised where a known figure changed. A row may count as both.
    """
    sql = _statements(table)
    staged = _count(connection, table)
    new = connection.execute(sql.insert, {"batch": batch}).rowcount
    merged = Merged(Saved(rows_new=new), new)
    if new < staged and not is_starter:
        connection.execute(sql.settle)
        if _count(connection, table):
            merged += _reconcile(connection, sql, batch)
    connection.execute(f"DELETE FROM stage_{table.name}")
    return merged


def _count(connection: sqlite3.Connection, table: VersionedTable) -> int:
    (count,) = connection.execute(f"SELECT COUNT(*) FROM stage_{table.name}").fetchone()
    return int(count)


def _reconcile(connection: sqlite3.Connection, sql: _Statements, batch: int) -> Merged:
    """Deals with staged rows that are held, but not quite so."""
    taken = _take_over(connection, sql, batch)
    filled = connection.execute(sql.fill_first).rowcount
    if filled:
        connection.execute(sql.fill_later)
    revised = connection.execute(sql.revise, {"batch": batch}).rowcount
    if sql.label:
        connection.execute(sql.label)
    return taken + Merged(Saved(filled, revised))


def _take_over(connection: sqlite3.Connection, sql: _Statements, batch: int) -> Merged:
    starters = connection.execute(sql.count_starter).fetchall()
    if not starters:
        return Merged()
    connection.execute(sql.take_over, {"batch": batch})
    give_up(connection, starters)
    taken = sum(count for _, count in starters)
    return Merged(Saved(rows_new=taken), taken)


def give_up(connection: sqlite3.Connection, counts: Iterable[tuple[int, int]]) -> None:
    """Notes for each (batch, rows) that so many rows of it now belong to another batch."""
    connection.executemany(
        "UPDATE batch SET rows_held = rows_held - ? WHERE id = ?", [(count, batch) for batch, count in counts]
    )
