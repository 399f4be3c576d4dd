import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.records import Batch, Snapshot
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources.source import Delivery, Wish
from services.sources.vanguard import PAGE, VanguardSource, parse
from services.starter import tables

NOW = datetime(2026, 8, 20, 20, tzinfo=UTC)


def answer(count: int, size: int, day: str = "2026-07-31T00:00:00-04:00", start: int = 0) -> dict[str, Any]:
    entities = [
        {"ticker": f"T{n}", "shortName": f"Company {n}", "percentWeight": f"{100 / size:.5f}", "marketValue": 1e6}
        for n in range(start, start + count)
    ]
    return {"size": size, "asOfDate": day, "fund": {"entity": entities}}


def body(*arguments: Any, **named: Any) -> bytes:
    return json.dumps(answer(*arguments, **named)).encode()


def test_that_pages_become_one_snapshot() -> None:
    file = parse([body(3, 5), body(2, 5, start=3)], "VTWO")
    assert (file.snapshot.as_of, len(file.snapshot.holdings)) == (date(2026, 7, 31), 5)
    assert file.snapshot.holdings[0].weight_pct == 20.0
    assert file.snapshot.holdings[0].asset_class == "Equity"


@pytest.mark.parametrize(
    ("bodies", "kind"),
    [
        ([body(3, 5)], ErrorKind.TRUNCATED),
        ([body(3, 5), body(2, 5, day="2026-06-30", start=3)], ErrorKind.WRONG_DATE),
        ([body(3, 3, day="soon")], ErrorKind.CHANGED_FORMAT),
        ([b'{"status": 404}'], ErrorKind.CHANGED_FORMAT),
        ([b'{"fund": {"entity": []}, "size": "many", "asOfDate": "2026-07-31"}'], ErrorKind.CHANGED_FORMAT),
        ([b'{"fund": {"entity": []}, "size": 0, "asOfDate": "2026-07-31"}'], ErrorKind.EMPTY),
    ],
)
def test_that_a_wrong_answer_is_refused_with_its_reason(bodies: list[bytes], kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse(bodies, "VTWO")
    assert caught.value.kind is kind


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with contextlib.closing(Archive.open(tmp_path / "archive.sqlite", Clock(NOW))) as opened:
        yield opened


def test_that_all_pages_are_asked_for(archive: Archive, httpserver: HTTPServer) -> None:
    size = 1900

    def page(request: Request) -> Response:
        start = int(request.args["start"])
        shown = answer(min(PAGE, size - start + 1), size, start=start - 1)
        return Response(json.dumps(shown), mimetype="application/json")

    path = "/investor.vanguard.com/investment-products/etfs/profile/api/VTWO/portfolio-holding/stock"
    httpserver.expect_request(path).respond_with_handler(page)
    taken: list[Delivery] = []
    with contextlib.closing(Http(Clock(NOW), mirror=httpserver.url_for("").rstrip("/"))) as http:
        wish = Wish(funds=("VTWO",))
        taken += VanguardSource().deliver(http, archive, wish, NOW, Cancel(), lambda progress: None)
    (batch,) = taken
    assert isinstance(batch, Batch) and isinstance(batch.rows[0], Snapshot)
    assert len(batch.rows[0].holdings) == size
    assert VanguardSource().due(archive, NOW) is None
