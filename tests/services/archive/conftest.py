"""An archive of its own for each test, with the built-in figures that the test chooses: none, unless it says so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.records import Rows
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import batch, opened


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an archive may be made."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    return tmp_path / "profile" / "archive.sqlite"


@pytest.fixture
def built_in(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call it with rows that new archives then start from."""

    def choose(*rows: Rows) -> None:
        shipped = [batch(part, source=tables.SOURCE, retrieved_at="2026-07-03 20:00") for part in rows]
        monkeypatch.setattr(tables, "batches", lambda: iter(shipped))

    return choose


@pytest.fixture
def archive(place: Path) -> Iterator[Archive]:
    with opened(place) as made:
        yield made
