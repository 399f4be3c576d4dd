"""The tables of the archive, as SQL.

Rows that a source may revise lie in *versioned* tables: the key of the row, the number of its version
(0 is the first), the batch that brought it, its figures. Everything hangs on `batch`, which says where rows
came from. Days are ISO dates, moments ISO in UTC with microseconds, so that text compares as time does;
unknown figures are NULL, unknown key parts empty.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from models.names import Family
from models.records import position_fields

APPLICATION_ID = 0x41624661
"""Marks an SQLite file as an archive of this app ("AbFa")."""

VERSION = 100
"""Major × 100 + minor. An app reads any minor version of its major, and leaves a newer major alone."""

PAGE_BYTES = 8192


@dataclass(frozen=True, eq=False)
class VersionedTable:
    """A table of which a row keeps its earlier versions.

    `keys` maps the columns that identify a row to their SQL types, `fields` are its figures, `labels` texts
    that are not versioned: the newest that is not empty stands in all versions.
    """

    name: str
    keys: Mapping[str, str]
    fields: tuple[str, ...]
    labels: tuple[str, ...] = ()

    @property
    def staged(self) -> tuple[str, ...]:
        """The columns in which rows are handed over."""
        return (*self.keys, *self.labels, *self.fields)

    @property
    def _columns(self) -> str:
        labels = [f"{label} TEXT NOT NULL" for label in self.labels]
        return ", ".join([*labels, *(f"{field} REAL" for field in self.fields)])

    @property
    def _keys(self) -> str:
        return ", ".join(f"{name} {kind} NOT NULL" for name, kind in self.keys.items())

    @property
    def create(self) -> str:
        return (
            f"CREATE TABLE {self.name} ({self._keys}, revision INTEGER NOT NULL,"
            f" batch INTEGER NOT NULL REFERENCES batch(id), {self._columns},"
            f" PRIMARY KEY ({', '.join(self.keys)}, revision)) WITHOUT ROWID"
        )

    @property
    def create_stage(self) -> str:
        """The table of one connection in which delivered rows wait to be compared with what is held."""
        return (
            f"CREATE TEMP TABLE IF NOT EXISTS stage_{self.name} ({self._keys}, {self._columns},"
            f" PRIMARY KEY ({', '.join(self.keys)})) WITHOUT ROWID"
        )


POSITIONS = {
    family: VersionedTable(
        family.value, {"scope": "TEXT", "code": "TEXT", "report_date": "TEXT"}, position_fields(family), ("name",)
    )
    for family in Family
}
OBSERVATION = VersionedTable("observation", {"series": "INTEGER", "date": "TEXT"}, ("value",))
ESTIMATE = VersionedTable(
    "estimate",
    {"subject": "TEXT", "segment": "TEXT", "period": "TEXT", "basis": "TEXT", "vintage": "TEXT"},
    ("value", "is_estimate", "high", "low", "analysts"),
)
FACT = VersionedTable(
    "fact",
    {"ticker": "TEXT", "concept": "TEXT", "period_start": "TEXT", "period_end": "TEXT", "filed": "TEXT"},
    ("value",),
)
VERSIONED = (*POSITIONS.values(), OBSERVATION, ESTIMATE, FACT)

_LEDGER = (
    # rows_held: rows that still are what this batch brought; starter rows are taken over by downloaded ones.
    """CREATE TABLE batch (id INTEGER PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL, url TEXT NOT NULL,
        retrieved_at TEXT NOT NULL, as_of TEXT, sha256 TEXT NOT NULL, rows_new INTEGER NOT NULL DEFAULT 0,
        rows_revised INTEGER NOT NULL DEFAULT 0, rows_refused INTEGER NOT NULL DEFAULT 0,
        rows_held INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX batch_by_dataset ON batch (source, dataset)",
    """CREATE TABLE validator (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT,
        batch INTEGER NOT NULL REFERENCES batch(id)) WITHOUT ROWID""",
    """CREATE TABLE refused (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(id), what TEXT NOT NULL,
        reason TEXT NOT NULL, content TEXT NOT NULL)""",
    "CREATE INDEX refused_by_what ON refused (what)",
    """CREATE TABLE dataset (source TEXT NOT NULL, dataset TEXT NOT NULL, full_at TEXT, error TEXT NOT NULL DEFAULT '',
        error_detail TEXT NOT NULL DEFAULT '', error_at TEXT, PRIMARY KEY (source, dataset)) WITHOUT ROWID""",
)
_SERIES = "CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, known TEXT NOT NULL)"
_HOLDINGS = (
    """CREATE TABLE snapshot (id INTEGER PRIMARY KEY, fund TEXT NOT NULL, as_of TEXT NOT NULL, taxonomy TEXT NOT NULL,
        revision INTEGER NOT NULL, batch INTEGER NOT NULL REFERENCES batch(id), is_weights_only INTEGER NOT NULL,
        companies INTEGER, note TEXT NOT NULL DEFAULT '', UNIQUE (fund, as_of, taxonomy, revision))""",
    """CREATE TABLE holding (snapshot INTEGER NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
        line INTEGER NOT NULL, ticker TEXT NOT NULL, name TEXT NOT NULL, sector TEXT NOT NULL,
        asset_class TEXT NOT NULL, exchange TEXT NOT NULL, market_value_usd REAL, weight_pct REAL, shares REAL,
        price REAL, currency TEXT NOT NULL, PRIMARY KEY (snapshot, line)) WITHOUT ROWID""",
    """CREATE TABLE sector_weight (snapshot INTEGER NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
        line INTEGER NOT NULL, sector TEXT NOT NULL, weight_pct REAL NOT NULL, PRIMARY KEY (snapshot, line))
        WITHOUT ROWID""",
)

TABLES = frozenset(
    {"batch", "validator", "refused", "dataset", "series", "snapshot", "holding", "sector_weight"}
    | {table.name for table in VERSIONED}
)


def create(connection: sqlite3.Connection) -> None:
    """Makes all tables in an empty database, inside the transaction that is open."""
    for statement in (*_LEDGER, _SERIES, *_HOLDINGS, *(table.create for table in VERSIONED)):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def moment_text(moment: datetime) -> str:
    """An aware moment as it is stored: UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
