"""A real archive for models that read one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import opened


@pytest.fixture
def empty_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive without the built-in figures."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "archive.sqlite") as made:
        yield made
