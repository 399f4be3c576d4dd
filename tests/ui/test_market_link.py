"""What the Market page asks for, in the real window against a server on loopback."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from pytestqt.qtbot import QtBot
from werkzeug import Request, Response

from services.sources.session import SESSION
from tests.ui.shell import context, only, running, wait_for_page, wait_until
from ui.app import App
from ui.dialogs.source_dialog import TermsDialog
from ui.live import Pace

OPEN = datetime(2017, 6, 16, 18, 32, tzinfo=UTC)
QUOTES = re.compile("/query1.finance.yahoo.com/v8/finance/chart/.*")
FRED = re.compile("/fred.stlouisfed.org/graph/fredgraph.csv.*")
QUICK = Pace(after_s=0, jitter_s=0, apart_s=0, tick_s=0.05)


def quote(asked: Request) -> Response:
    meta = {
        "symbol": asked.path.rsplit("/", 1)[-1],
        "regularMarketPrice": 2410.3,
        "chartPreviousClose": 2400.0,
        "regularMarketTime": int(OPEN.timestamp()),
    }
    return Response(json.dumps({"chart": {"result": [{"meta": meta}], "error": None}}))


def spreads(asked: Request) -> Response:
    """Two years of made-up figures that cannot be mistaken for others."""
    days = [date(2015, 6, 15) + timedelta(days=at) for at in range(732)]
    rows = "\n".join(f"{day},{7.7100 + at % 7 / 100:.4f}" for at, day in enumerate(days))
    return Response(f"observation_date,{asked.args['id']}\n{rows}\n", mimetype="text/csv")


def quoted(server: HTTPServer) -> list[str]:
    return [asked.path.rsplit("/", 1)[-1] for asked, _ in server.log if QUOTES.match(asked.path)]


def test_that_quotes_come_while_the_page_is_seen_and_are_marked_as_delayed(
    tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot
) -> None:
    httpserver.expect_request(QUOTES).respond_with_handler(quote)
    of = context(tmp_path, now=OPEN, mirror=httpserver.url_for("").rstrip("/"))
    settings = only(has_consent=True, start_page="data")
    with running(qtbot, of, settings, pace=QUICK) as app:
        wait_for_page(qtbot, app)
        qtbot.wait(300)
        assert quoted(httpserver) == []
        app.window.show_page("market")
        page = wait_for_page(qtbot, app)
        wait_until(qtbot, lambda: page._quotes.isVisible())
        assert quoted(httpserver) == ["^RUT", "^GSPC"]
        expected = "Russell 2000 2,410.30 (+0.4%), S&P 500 2,410.30 (+0.4%); delayed, 14:32 ET"
        assert page._quotes.text() == expected
        assert app.market_link.quoted() == ("RUT", "SPX")
        app.window.hide()
        assert app.market_link.quoted() == ()


def test_that_no_quotes_are_asked_for_without_consent_or_rewound(
    tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot
) -> None:
    httpserver.expect_request(QUOTES).respond_with_handler(quote)
    mirror = httpserver.url_for("").rstrip("/")
    for changes, is_agreed in (({}, False), ({"as_of": OPEN - timedelta(days=9)}, True)):
        of = context(tmp_path, now=OPEN, mirror=mirror, **changes)
        with running(qtbot, of, only(has_consent=is_agreed, start_page="market"), pace=QUICK) as app:
            wait_for_page(qtbot, app)
            qtbot.wait(300)
    assert quoted(httpserver) == []


def accept_terms(app: App, qtbot: QtBot) -> None:
    app.window.page().source_wanted.emit("fred")
    dialog = app.window.findChild(TermsDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.accepted_terms.emit()
    dialog.close()
    wait_until(qtbot, lambda: not app.refresher.is_running and app.loader.is_settled and app.jobs.is_idle)


def test_that_fred_is_on_the_page_and_the_story_once_its_terms_are_accepted_and_never_on_disk(
    tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot
) -> None:
    httpserver.expect_request(FRED).respond_with_handler(spreads)
    of = context(tmp_path, mirror=httpserver.url_for("").rstrip("/"))
    try:
        with running(qtbot, of, only(start_page="market", auto_refresh=False)) as app:
            page = wait_for_page(qtbot, app)
            assert page.spread.fetch.isVisibleTo(page) and not page.page.has_fred
            accept_terms(app, qtbot)
            wait_until(qtbot, lambda: page.page.has_fred)
            assert page.spread.title.text() == "High-yield spread" and not page.spread.fetch.isVisibleTo(page)
            app.window.show_page("story")
            story = wait_for_page(qtbot, app)
            wait_until(qtbot, lambda: "HY, 4 weeks" in definitions(story))
        held = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert held and not any(b"fred:" in path.read_bytes() or b"7.71" in path.read_bytes() for path in held)
        SESSION.clear()
        with running(qtbot, of, only(start_page="market", auto_refresh=False)) as app:
            assert not wait_for_page(qtbot, app).page.has_fred
    finally:
        SESSION.clear()


def definitions(story: Any) -> list[str]:
    return [cell.definition for claim in story.matrix._panels.claims for cell in claim.cells]
