"""Sources against a server on this machine and a real archive."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from services.clock import Clock
from services.http import Http
from services.starter import tables
from tests.services.archive.samples import opened
from tests.services.sources.delivering import NOW, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> Iterator[Desk]:
    """An empty archive, and every host played by the server."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    mirror = httpserver.url_for("").rstrip("/")
    with (
        opened(tmp_path / "archive.sqlite") as archive,
        contextlib.closing(Http(Clock(NOW), mirror=mirror, backoff_s=0.01)) as http,
    ):
        yield Desk(http, archive)
