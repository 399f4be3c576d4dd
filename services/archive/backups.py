"""Copies of the archive beside it: one before each migration and whenever asked for, the last two kept."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from services.archive.connections import connect
from services.files import stamp, sync_folder

KEPT = 2
PAGES_AT_ONCE = 2_000

_PATTERN = "archive-backup-*.sqlite"


def make(source: sqlite3.Connection, archive: Path, moment: datetime) -> Path:
    """Copies what `source` sees into a file beside the archive, then removes all but the newest copies.

    Raises sqlite3.Error or OSError; nothing half-written stays.
    """
    copy = archive.with_name(f"archive-backup-{stamp(moment)}.sqlite")
    waiting = copy.with_name(f"{copy.name}.tmp.{os.getpid()}")
    try:
        target = connect(waiting, "create")
        try:
            source.backup(target, pages=PAGES_AT_ONCE)
        finally:
            target.close()
        waiting.replace(copy)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(copy.parent)
    for old in list(newest_first(archive))[KEPT:]:
        old.unlink()
    return copy


def newest_first(archive: Path) -> Iterator[Path]:
    yield from sorted(archive.parent.glob(_PATTERN), key=lambda path: path.stat().st_mtime_ns, reverse=True)
