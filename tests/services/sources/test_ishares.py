"""Deliveries over real sockets: a server on this machine stands in for the hosts of iShares."""

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models.records import Batch, Snapshot
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.sources import ishares
from services.sources.fund_delivery import is_up_to_date
from services.sources.ishares import IsharesSource, last_sessions
from services.sources.source import Complete, Delivery, Failed, Progress, Unchanged, Wish
from services.starter import tables
from tests.services.holdings_bodies import csv_2025, equities, v2, v2_body, with_bom

FUND = "239705"
"""An iShares fund by its number, of which nothing is known beforehand."""
FRIDAY, THURSDAY = date(2026, 7, 31), date(2026, 7, 30)
NOW = datetime(2026, 8, 3, 20, tzinfo=UTC)
LINES = equities(10)
PAGE = "<!doctype html><html><body>Enable JavaScript</body></html>"


class Provider:
    """What the hosts have: holdings by day. Days that it does not have get what the real ones send."""

    def __init__(self) -> None:
        self.days: dict[date, int] = {FRIDAY: 10}
        self.json_fault: Response | None = None
        self.document_fault: Response | None = None
        self.asked: list[str] = []

    @property
    def newest(self) -> date:
        return max(self.days)

    def json(self, request: Request) -> Response:
        self.asked.append(f"json {request.args['asOfDate']}")
        if self.json_fault is not None:
            return self.json_fault
        if request.headers.get("x-application-id") != "pp-ui-csr" or request.args["portfolioId"] != FUND:
            return Response("{}", 404)
        day = self._day(request.args["asOfDate"]) or self.newest
        shown = day if day in self.days else self.newest
        etag = f'"{shown}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        body = v2_body(equities(self.days[shown]), f"{shown:%Y%m%d}")
        return Response(body, headers={"ETag": etag, "Content-Type": "application/json"})

    def document(self, request: Request) -> Response:
        self.asked.append(f"document {request.args.get('asOfDate', '')}")
        if self.document_fault is not None:
            return self.document_fault
        day = self._day(request.args.get("asOfDate", "")) or self.newest
        lines = equities(self.days[day]) if day in self.days else []
        return Response(with_bom(csv_2025(lines, day if lines else None, "iShares Sample ETF")), mimetype="text/csv")

    def latest(self, request: Request) -> Response:
        self.asked.append("latest")
        return Response(with_bom(csv_2025(LINES, self.newest, "iShares Sample ETF")), mimetype="text/csv")

    @staticmethod
    def _day(text: str) -> date | None:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if text else None


@pytest.fixture
def provider(httpserver: HTTPServer) -> Provider:
    made = Provider()
    api = "varnish-api/blk-one01-product-data/product-data/api"
    httpserver.expect_request(f"/www.ishares.com/{api}/v2/get-product-data").respond_with_handler(made.json)
    httpserver.expect_request(f"/www.blackrock.com/{api}/v1/get-fund-document").respond_with_handler(made.document)
    httpserver.expect_request(f"/www.ishares.com/us/products/{FUND}/fund/latest-holdings.csv").respond_with_handler(
        made.latest
    )
    return made


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with contextlib.closing(Archive.open(tmp_path / "archive.sqlite", Clock(NOW))) as opened:
        yield opened


class Desk:
    """Takes deliveries and saves them, as a refresh does."""

    def __init__(self, archive: Archive, base: str) -> None:
        self.archive = archive
        self.base = base
        self.progress: list[Progress] = []
        self.cancel = Cancel()

    def refresh(
        self,
        *,
        backfill: bool = False,
        full: bool = False,
        most: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> list[Delivery]:
        taken: list[Delivery] = []
        wish = Wish(funds=(FUND,), backfill=backfill, full=full)
        with contextlib.closing(Http(Clock(NOW), mirror=self.base, backoff_s=0.01)) as http:
            said = progress or self.progress.append
            deliveries = IsharesSource().deliver(http, self.archive, wish, NOW, self.cancel, said)
            for item in deliveries:
                taken.append(item)
                if isinstance(item, Batch):
                    self.archive.save(item)
                elif isinstance(item, Complete):
                    self.archive.mark_full("ishares", item.dataset, NOW)
                if len(taken) == most:
                    break
        return taken

    def days(self) -> list[date]:
        return [key.as_of for key in self.archive.snapshots(datetime(2030, 1, 1, tzinfo=UTC), FUND)]


@pytest.fixture
def desk(archive: Archive, provider: Provider, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(ishares, "FIRST_MONTH", date(2025, 1, 1))  # keeps a backfill short
    return Desk(archive, httpserver.url_for("").rstrip("/"))


def only_failure(taken: list[Delivery]) -> SourceError:
    (item,) = taken
    assert isinstance(item, Failed)
    return item.error


def test_that_the_newest_holdings_are_kept_with_their_day_and_origin(desk: Desk, provider: Provider) -> None:
    (batch,) = desk.refresh()
    assert isinstance(batch, Batch) and isinstance(batch.rows[0], Snapshot)
    assert batch.provenance.as_of == FRIDAY
    assert batch.provenance.url.startswith("https://www.ishares.com/") and len(batch.provenance.sha256) == 64
    assert desk.days() == [FRIDAY]
    assert provider.asked == ["json "]


def test_that_a_fund_that_is_up_to_date_is_not_asked_for(desk: Desk, provider: Provider) -> None:
    desk.refresh()
    provider.asked.clear()
    assert desk.refresh() == [Unchanged(FUND, FRIDAY)]
    assert provider.asked == []


def test_that_holdings_that_did_not_change_are_not_sent_again(desk: Desk, provider: Provider) -> None:
    desk.refresh()
    assert desk.refresh(full=True) == [Unchanged(FUND, FRIDAY)]
    assert provider.asked == ["json ", "json "]


@pytest.mark.parametrize(
    "fault",
    [
        Response(PAGE, mimetype="application/json"),
        Response("{}", 400),
        Response(b'{"half": ', mimetype="application/json"),
        Response(json.dumps(v2(equities(3)[:2], "20260731") | {"x": 1})[:-40], mimetype="application/json"),
    ],
)
def test_that_the_second_way_is_taken_where_the_first_fails(desk: Desk, provider: Provider, fault: Response) -> None:
    provider.json_fault = fault
    (batch,) = desk.refresh()
    assert isinstance(batch, Batch)
    assert batch.provenance.url.startswith("https://www.blackrock.com/")
    assert provider.asked == ["json ", "document "]


def test_that_the_third_way_is_taken_where_both_fail(desk: Desk, provider: Provider) -> None:
    provider.json_fault = provider.document_fault = Response(PAGE, mimetype="text/csv")
    (batch,) = desk.refresh()
    assert isinstance(batch, Batch) and batch.provenance.url.endswith("/latest-holdings.csv")


def test_that_all_ways_failing_keeps_the_old_holdings_and_says_why(
    desk: Desk, provider: Provider, httpserver: HTTPServer
) -> None:
    desk.refresh()
    httpserver.clear()
    httpserver.expect_request("/").respond_with_data("", 404)
    error = only_failure(desk.refresh(full=True))
    assert error.kind is ErrorKind.SERVER  # the stand-in answers 500 to what it does not know
    assert desk.days() == [FRIDAY]


def test_that_holdings_older_than_those_held_are_refused(desk: Desk, provider: Provider) -> None:
    desk.refresh()
    provider.days = {THURSDAY: 10}
    error = only_failure(desk.refresh(full=True))
    assert error.kind is ErrorKind.WRONG_DATE
    assert desk.days() == [FRIDAY]


def test_that_month_ends_are_filled_in_newest_first(desk: Desk, provider: Provider) -> None:
    provider.days = {FRIDAY: 10, date(2026, 6, 30): 10, date(2026, 4, 30): 10, date(2025, 6, 30): 10}
    taken = desk.refresh(backfill=True)
    batches = [item.provenance.as_of for item in taken if isinstance(item, Batch)]
    assert batches == [FRIDAY, date(2026, 6, 30), date(2026, 4, 30), date(2025, 6, 30)]
    assert desk.days() == sorted(provider.days)
    marks = [item.dataset for item in taken if isinstance(item, Complete)]
    assert f"{FUND} 2026-05" in marks and f"{FUND} 2025-06" not in marks


def test_that_a_month_end_may_lie_a_session_earlier(desk: Desk, provider: Provider) -> None:
    provider.days = {FRIDAY: 10, date(2026, 6, 29): 10}
    desk.refresh(backfill=True)
    assert date(2026, 6, 29) in desk.days()
    assert provider.asked[1:4] == ["json 20260630", "document 20260630", "document 20260629"]


def test_that_todays_holdings_are_never_taken_for_a_month_end(desk: Desk, provider: Provider) -> None:
    desk.refresh(backfill=True)
    assert desk.days() == [FRIDAY]


def test_that_a_backfill_goes_on_where_it_was_stopped(desk: Desk, provider: Provider) -> None:
    provider.days = {FRIDAY: 10, date(2026, 6, 30): 10, date(2026, 5, 29): 10}
    desk.refresh(backfill=True, most=3)
    provider.asked.clear()
    desk.refresh(backfill=True)
    assert "json 20260630" not in provider.asked and "json 20260529" not in provider.asked
    provider.asked.clear()
    desk.refresh(backfill=True)
    assert provider.asked == []  # what is held or not archived is not asked for again


def test_that_a_backfill_tells_how_far_it_is(desk: Desk, provider: Provider) -> None:
    desk.refresh(backfill=True)
    shown = [item for item in desk.progress if item.total and item.total > 5]
    assert [item.text for item in shown[:2]] == [f"{FUND}, 2026", f"{FUND}, 2025"]
    assert shown[-1].done < (shown[-1].total or 0)


def test_that_a_cancelled_backfill_keeps_what_it_has(desk: Desk, provider: Provider) -> None:
    provider.days = {FRIDAY: 10, date(2026, 6, 30): 10, date(2026, 5, 29): 10}

    def stop(progress: Progress) -> None:
        if progress.text == f"{FUND}, 2025":
            desk.cancel.cancel()

    with pytest.raises(SourceError) as caught:
        desk.refresh(backfill=True, progress=stop)
    assert caught.value.kind is ErrorKind.CANCELLED
    assert desk.days() == [date(2026, 5, 29), date(2026, 6, 30), FRIDAY]


def test_that_a_host_in_trouble_stops_the_backfill(desk: Desk, provider: Provider) -> None:
    desk.refresh()
    provider.json_fault = provider.document_fault = Response("busy", 503)
    taken = [item for item in desk.refresh(backfill=True) if isinstance(item, Failed)]
    assert [item.error.kind for item in taken] == [ErrorKind.SERVER]
    assert not [mark for mark in (f"{FUND} 2026-06",) if desk.archive.last_full("ishares", mark)]


def test_that_the_last_sessions_of_a_month_come_last_first() -> None:
    assert last_sessions(date(2018, 3, 1))[:2] == (date(2018, 3, 29), date(2018, 3, 28))  # Good Friday was the 30th
    assert last_sessions(date(2017, 12, 1))[0] == date(2017, 12, 29)


def test_that_a_weekend_makes_no_fund_late(archive: Archive, desk: Desk) -> None:
    from models.funds import fund

    desk.refresh()
    assert is_up_to_date(archive, fund(FUND), datetime(2026, 8, 3, 20, tzinfo=UTC))
    assert not is_up_to_date(archive, fund(FUND), datetime(2026, 8, 4, 20, tzinfo=UTC))
    assert IsharesSource().due(archive, NOW) is not None
