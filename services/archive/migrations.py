"""Steps from the schema of an earlier version of the app to the present one."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.archive import schema


@dataclass(frozen=True)
class Migration:
    """Brings an archive to a version from the one before, inside a transaction that it does not end."""

    version: int
    apply: Callable[[sqlite3.Connection], None]


MIGRATIONS: Sequence[Migration] = ()
"""Oldest first, the last one to `schema.VERSION`. The first released schema needs none."""


def version_of(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration] | None = None) -> None:
    """Takes each step that is due in a transaction of its own.

    Raises what SQLite raises; the archive is then at the version of the last step that went through.
    """
    held = version_of(connection)
    for step in MIGRATIONS if steps is None else steps:
        if step.version <= held:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            step.apply(connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise sqlite3.IntegrityError(f"the step to version {step.version} leaves {broken} without its batch")
            connection.execute(f"PRAGMA user_version = {step.version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def is_due(version: int) -> bool:
    return version < schema.VERSION
