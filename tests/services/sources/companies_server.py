"""An archive that knows which companies a fund holds, and the door to a server on this machine."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from models.records import Batch, Estimate, Fact, Holding, Snapshot
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.sources.source import Delivery, Progress, Source, Wish
from services.starter import tables
from tests.services.archive.samples import batch, opened

NOW = datetime(2026, 9, 25, 15, tzinfo=UTC)
COMPANIES = ("AAA", "BBB", "CCC.A")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """It holds one file of IWM with three companies and some cash."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    lines = [Holding(name, name, "Industrials", "Equity", market_value_usd=1e6) for name in COMPANIES]
    cash = Holding("USD", "US DOLLAR", "Cash", "Cash", market_value_usd=1e5)
    with opened(tmp_path / "archive.sqlite") as made:
        made.save(batch(Snapshot("IWM", date(2026, 9, 21), "gics", (*lines, cash))))
        yield made


@pytest.fixture
def http(httpserver: HTTPServer) -> Iterator[Http]:
    mirror = httpserver.url_for("").rstrip("/")
    with contextlib.closing(Http(Clock(NOW), mirror=mirror, contact="desk@example.org", backoff_s=0.01)) as opened_http:
        yield opened_http


def deliver(
    source: Source, http: Http, archive: Archive, wish: Wish | None = None, now: datetime = NOW
) -> list[Delivery]:
    """What a source delivers, saved as it comes."""
    said: list[Progress] = []
    made = []
    for delivery in source.deliver(http, archive, wish or Wish(), now, Cancel(), said.append):
        if isinstance(delivery, Batch):
            archive.save(delivery)
        made.append(delivery)
    return made


def estimates(deliveries: list[Delivery]) -> list[Estimate]:
    return [row for row in _rows(deliveries) if isinstance(row, Estimate)]


def facts(deliveries: list[Delivery]) -> list[Fact]:
    return [row for row in _rows(deliveries) if isinstance(row, Fact)]


def _rows(deliveries: list[Delivery]) -> Iterator[object]:
    for delivery in deliveries:
        if isinstance(delivery, Batch):
            for rows in delivery.rows:
                assert isinstance(rows, tuple)
                yield from rows
