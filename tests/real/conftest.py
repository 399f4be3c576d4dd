"""The real thing end to end: the public hosts replayed on loopback, the real client, the real archive."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services import refresh
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.sources.registry import SOURCES
from services.sources.source import Wish
from tests.shared import SHARED


@pytest.fixture(scope="session")
def replay() -> Iterator[str]:
    """The base address of a replay in which everything stored is visible."""
    command = [sys.executable, str(SHARED / "replay" / "serve.py"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


@pytest.fixture(scope="session")
def replayed_path(replay: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive after one refresh of the CFTC from nothing; slow, so once a session."""
    path = tmp_path_factory.mktemp("replayed") / "archive.sqlite"
    clock = Clock()
    with closing(Http(clock, mirror=replay)) as http, closing(Archive.open(path, clock)) as archive:
        sources = [source for source in SOURCES if source.name == "cftc"]
        refresh.refresh(sources, archive, http, Wish(), clock, Cancel(), lambda progress: None)
    return path


@pytest.fixture(scope="session")
def replayed(replayed_path: Path) -> Iterator[Archive]:
    with closing(Archive.open(replayed_path, Clock(), writable=False)) as archive:
        yield archive
