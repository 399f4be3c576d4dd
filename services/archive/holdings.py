"""Fund holdings in the archive: whole snapshots, versioned as one, and bare sector weights where no lines are held."""

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Any

from models.calendars import known_until
from models.names import Known
from models.records import Compared, Conflict, Holding, Saved, SectorWeights, Snapshot, SnapshotKey
from services.archive.merge import Merged, give_up
from services.archive.schema import moment_text
from services.starter.tables import SOURCE as STARTER

Delivered = Snapshot | SectorWeights

_LINE = ", ".join(field.name for field in fields(Holding))
_LINE_MARKS = ", ".join("?" * len(fields(Holding)))

_VERSION_OF = "WHERE s.fund = ? AND s.as_of = ? AND s.taxonomy = ?"
_NEWEST = f"""SELECT s.id, s.revision, s.batch, s.is_weights_only, b.source
    FROM snapshot AS s JOIN batch AS b ON b.id = s.batch {_VERSION_OF} ORDER BY s.revision DESC LIMIT 1"""
_KNOWN = """SELECT s.fund, s.as_of, s.taxonomy, b.source, s.batch, s.is_weights_only, MAX(s.revision)
    FROM snapshot AS s JOIN batch AS b ON b.id = s.batch
    WHERE s.as_of <= :until AND (s.revision = 0 OR b.retrieved_at <= :moment) AND (:fund IS NULL OR s.fund = :fund)
    GROUP BY s.fund, s.as_of, s.taxonomy ORDER BY s.fund, s.as_of, s.taxonomy"""


@dataclass(frozen=True)
class _Version:
    number: int
    revision: int
    batch: int
    is_weights_only: bool
    source: str


def save(connection: sqlite3.Connection, delivered: Delivered, batch: int, *, is_starter: bool) -> Merged:
    """Adds a snapshot: the first of its day, or a new version where its lines differ from the newest held.

    Each line counts as a row. Bare weights never stand in for lines, and the starter's give way to any other.
    """
    newest = _newest(connection, delivered)
    lines = _lines(delivered)
    if newest is None:
        _insert(connection, delivered, 0, batch)
        return Merged(Saved(rows_new=len(lines)), len(lines))
    held = _held_lines(connection, newest)
    if is_starter or (isinstance(delivered, SectorWeights) and not newest.is_weights_only):
        return Merged()
    if newest.source == STARTER:
        give_up(connection, [(newest.batch, len(held))])
        connection.execute("DELETE FROM snapshot WHERE id = ?", (newest.number,))
        _insert(connection, delivered, 0, batch)
        return Merged(Saved(rows_new=len(lines)), len(lines))
    if held == lines:
        return Merged()
    _insert(connection, delivered, newest.revision + 1, batch)
    changed = max(len(set(lines) - set(held)), len(set(held) - set(lines)), 1)  # 1 where only their order differs
    return Merged(Saved(rows_revised=changed))


def compare(connection: sqlite3.Connection, delivered: Delivered) -> Compared:
    """Lines of a day that is not held are new; of one that is, weights and market values that differ conflict."""
    newest = _newest(connection, delivered)
    lines = _lines(delivered)
    if newest is None or newest.source == STARTER:
        return Compared(rows_new=len(lines))
    before, after = _figures_by_line(_held_lines(connection, newest)), _figures_by_line(lines)
    where = f"{delivered.fund}, {delivered.as_of.isoformat()}"
    conflicts = (
        Conflict(f"{where}, {name}", field, held, given)
        for (name, field), given in after.items()
        if (held := before.get((name, field))) is not None and held != given
    )
    return Compared(0, tuple(conflicts))


def _figures_by_line(lines: tuple[object, ...]) -> dict[tuple[str, str], float]:
    """The known figures of each line, by its ticker or name; of two lines with one name the later counts."""
    found: dict[tuple[str, str], float] = {}
    for line in lines:
        if isinstance(line, Holding):
            figures = {field: getattr(line, field) for field in ("weight_pct", "market_value_usd", "shares")}
            found |= {(line.ticker or line.name, name): value for name, value in figures.items() if value is not None}
        elif isinstance(line, tuple):
            found[str(line[0]), "weight_pct"] = float(line[1])
    return found


def _lines(delivered: Delivered) -> tuple[object, ...]:
    return delivered.holdings if isinstance(delivered, Snapshot) else delivered.weights_pct


def _newest(connection: sqlite3.Connection, of: Delivered) -> _Version | None:
    row = connection.execute(_NEWEST, (of.fund, of.as_of.isoformat(), of.taxonomy)).fetchone()
    return _Version(row[0], row[1], row[2], bool(row[3]), row[4]) if row else None


def _held_lines(connection: sqlite3.Connection, version: _Version) -> tuple[object, ...]:
    read = _weights if version.is_weights_only else _holdings
    return read(connection, version.number)


def _insert(connection: sqlite3.Connection, delivered: Delivered, revision: int, batch: int) -> None:
    bare = delivered if isinstance(delivered, SectorWeights) else None
    key = (delivered.fund, delivered.as_of.isoformat(), delivered.taxonomy, revision, batch)
    number = connection.execute(
        "INSERT INTO snapshot (fund, as_of, taxonomy, revision, batch, is_weights_only, companies, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*key, bare is not None, bare.companies if bare else None, bare.note if bare else ""),
    ).lastrowid
    if isinstance(delivered, Snapshot):
        connection.executemany(
            f"INSERT INTO holding (snapshot, line, {_LINE}) VALUES (?, ?, {_LINE_MARKS})",
            ((number, line, *astuple(holding)) for line, holding in enumerate(delivered.holdings)),
        )
    else:
        connection.executemany(
            "INSERT INTO sector_weight (snapshot, line, sector, weight_pct) VALUES (?, ?, ?, ?)",
            ((number, line, *weight) for line, weight in enumerate(delivered.weights_pct)),
        )


def _holdings(connection: sqlite3.Connection, number: int) -> tuple[Holding, ...]:
    rows = connection.execute(f"SELECT {_LINE} FROM holding WHERE snapshot = ? ORDER BY line", (number,))
    return tuple(Holding(*row) for row in rows)


def _weights(connection: sqlite3.Connection, number: int) -> tuple[tuple[str, float], ...]:
    rows = connection.execute(
        "SELECT sector, weight_pct FROM sector_weight WHERE snapshot = ? ORDER BY line", (number,)
    )
    return tuple((sector, weight) for sector, weight in rows)


def snapshots(connection: sqlite3.Connection, as_of: datetime, fund: str | None) -> tuple[SnapshotKey, ...]:
    """The version of each fund, day and taxonomy that was known at a moment, sorted by fund and day."""
    until = known_until(as_of, Known.NEXT_MORNING).isoformat()
    rows = connection.execute(_KNOWN, {"until": until, "moment": moment_text(as_of), "fund": fund})
    return tuple(
        SnapshotKey(of, date.fromisoformat(day), taxonomy, source, batch, bool(is_weights_only))
        for of, day, taxonomy, source, batch, is_weights_only, _ in rows
    )


def snapshot(connection: sqlite3.Connection, key: SnapshotKey) -> Snapshot:
    """All lines of one snapshot, in the order of the provider's file; LookupError where it is not held."""
    number, _, _ = _find(connection, key, is_weights_only=False)
    return Snapshot(key.fund, key.as_of, key.taxonomy, _holdings(connection, number))


def sector_weights(connection: sqlite3.Connection, key: SnapshotKey) -> SectorWeights:
    """The bare weights of one snapshot; LookupError where none are held."""
    number, companies, note = _find(connection, key, is_weights_only=True)
    return SectorWeights(key.fund, key.as_of, key.taxonomy, _weights(connection, number), companies, note)


def _find(connection: sqlite3.Connection, key: SnapshotKey, *, is_weights_only: bool) -> Sequence[Any]:
    row: Sequence[Any] | None = connection.execute(
        f"SELECT s.id, s.companies, s.note FROM snapshot AS s {_VERSION_OF} AND s.batch = ? AND s.is_weights_only = ?"
        " ORDER BY s.revision DESC LIMIT 1",
        (key.fund, key.as_of.isoformat(), key.taxonomy, key.batch, is_weights_only),
    ).fetchone()
    if row is None:
        raise LookupError(f"no {'weights' if is_weights_only else 'lines'} are held of {key}")
    return row
