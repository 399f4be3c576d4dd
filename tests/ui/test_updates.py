"""Refreshing from the window where nothing answers, and starts that follow a crash."""

import json
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import pytest
from pytest_httpserver import HTTPServer
from pytestqt.qtbot import QtBot
from werkzeug import Request, Response

from services.lock import WriterLock
from services.refresh import Outcome, Status
from services.settings import Settings
from tests.ui.shell import NOW, context, only, running, texts, wait_for_page, wait_until
from ui.instance import Instance, raise_first

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def nobody() -> str:
    """An address on this machine at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_that_without_a_network_the_figures_stay_under_one_banner(folder: Path, nobody: str, qtbot: QtBot) -> None:
    with running(qtbot, context(folder, mirror=nobody), only("cftc", start_page="positioning")) as app:
        page = wait_for_page(qtbot, app)
        before = page.page
        app.window.commands["refresh"].trigger()
        assert app.window.top_bar.refresh.text() == "Cancel"
        assert app.window.progress.isVisible()
        wait_until(qtbot, lambda: app.window.banners.banner("offline") is not None)
        assert app.window.banners.keys() == ("offline",)
        banner = app.window.banners.banner("offline")
        assert banner is not None
        assert texts(banner).startswith("Offline. Showing the last good data: positions of ")
        wait_until(qtbot, lambda: app.window.status_bar.texts()[0].startswith("Offline since "))  # after what is told
        assert app.window.top_bar.refresh.text() == "Refresh"
        assert app.window.progress.isHidden()
        assert page.page is before
        assert not app.live.is_paused


def test_that_several_failures_share_one_banner_with_details(folder: Path, nobody: str, qtbot: QtBot) -> None:
    """Treasury's answer is not looked at here: it only has to fail in a way of its own."""
    with running(qtbot, context(folder, mirror=nobody), only("cftc", "treasury")) as app:
        wait_for_page(qtbot, app)
        app.window.commands["refresh"].trigger()
        wait_until(qtbot, lambda: bool(app.window.banners.keys()) and not app.refresher.is_running)
        assert len(app.window.banners.keys()) == 1


def test_that_a_mirror_that_cannot_be_used_is_said(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder), only("cftc", mirror="http://example.com")) as app:
        wait_for_page(qtbot, app)
        app.window.commands["refresh"].trigger()
        banner = app.window.banners.banner("asking")
        assert banner is not None
        assert "must be https" in texts(banner)
        assert not app.refresher.is_running


def test_that_a_refresh_is_shown_before_it_is_begun(folder: Path, nobody: str, qtbot: QtBot) -> None:
    with running(qtbot, context(folder, mirror=nobody), only("cftc")) as app:
        wait_for_page(qtbot, app)
        app.window.commands["refresh"].trigger()
        assert app.window.progress.isVisible()
        assert app.refresher.is_running and not app.jobs.is_running("refresh:cftc")
        wait_until(qtbot, lambda: app.jobs.is_running("refresh:cftc"))


def test_that_a_refresh_cancelled_before_it_is_begun_ends(folder: Path, nobody: str, qtbot: QtBot) -> None:
    with running(qtbot, context(folder, mirror=nobody), only("cftc", "treasury")) as app:
        wait_for_page(qtbot, app)
        ended: list[Sequence[Outcome]] = []
        app.refresher.ended.connect(ended.append)
        app.window.commands["refresh"].trigger()
        app.window.commands["cancel_refresh"].trigger()
        wait_until(qtbot, lambda: bool(ended))
        assert {outcome.source: outcome.status for outcome in ended[0]} == dict.fromkeys(
            ("cftc", "treasury"), Status.CANCELLED
        )
        assert app.window.top_bar.refresh.text() == "Refresh"


def accepted(qtbot: QtBot, silent: socket.socket) -> socket.socket:
    """The connection of a source, while the window lives on."""
    silent.settimeout(0)
    wait_until(qtbot, lambda: bool(select.select([silent], [], [], 0)[0]))
    return silent.accept()[0]


def test_that_closing_while_a_source_hangs_ends_at_once(folder: Path, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mirror = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with running(qtbot, context(folder, mirror=mirror), only("cftc")) as app:
            wait_for_page(qtbot, app)
            app.window.commands["refresh"].trigger()
            connection = accepted(qtbot, silent)
            started = time.monotonic()
        assert time.monotonic() - started < 2
        connection.close()


def test_that_cancel_ends_a_refresh_that_hangs_within_a_second(folder: Path, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mirror = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with running(qtbot, context(folder, mirror=mirror), only("cftc")) as app:
            wait_for_page(qtbot, app)
            app.window.commands["refresh"].trigger()
            connection = accepted(qtbot, silent)
            started = time.monotonic()
            with mock.patch.object(app.window.status_bar, "tell") as told:
                app.window.top_bar.refresh.click()
                wait_until(qtbot, lambda: not app.refresher.is_running, 5)
            assert time.monotonic() - started < 1
            assert app.window.top_bar.refresh.text() == "Refresh"
            assert told.mock_calls[0] == mock.call("The refresh was cancelled. What had arrived before is kept.")
            assert not app.window.banners.keys()
            connection.close()


KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from services.lock import WriterLock
from ui.instance import Instance
app = QCoreApplication([])
profile = Path(sys.argv[1])
lock, instance = WriterLock.acquire(profile), Instance(profile)
print("listening", flush=True)
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 leaves no name of a socket behind there")
def test_that_a_name_left_behind_by_a_killed_process_is_taken_over(folder: Path, qtbot: QtBot) -> None:
    command = [sys.executable, "-c", KILLED, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "listening"
        first.send_signal(signal.SIGKILL)
    assert not raise_first(folder)
    with WriterLock.acquire(folder):
        instance = Instance(folder)
        with qtbot.waitSignal(instance.raise_wanted):
            ask = f"{KILLED.partition('app =')[0]}from ui.instance import raise_first\n"
            again = f"{ask}app = QCoreApplication([])\nsys.exit(not raise_first(Path(sys.argv[1])))"
            second = subprocess.Popen([sys.executable, "-c", again, str(folder)], cwd=ROOT)
        wait_until(qtbot, lambda: second.poll() is not None)
        assert second.returncode == 0
        instance.close()


def test_that_refreshing_by_itself_can_be_switched_off(folder: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(folder), Settings(has_consent=True, auto_refresh=False)) as app:
        wait_for_page(qtbot, app)
        assert app.live.is_paused
        assert app.window.banners.banner("first") is None


YAHOO, NASDAQ = re.compile(r"/query1\.finance\.yahoo\.com/.*"), re.compile(r"/api\.nasdaq\.com/api/quote/(\w+)/.*")


def closes_of(request: Request) -> Response:
    """Nasdaq's answer for IWM; of the others it knows nothing."""
    found = NASDAQ.fullmatch(request.path)
    if found is None or found[1] != "IWM":
        return Response(status=404)
    rows = [{"date": "06/15/2017", "close": "140.90"}, {"date": "06/14/2017", "close": "141.20"}]
    table = {"data": {"symbol": "IWM", "tradesTable": {"rows": rows}}, "status": {"rCode": 200}}
    return Response(json.dumps(table), mimetype="application/json")


@pytest.mark.parametrize("is_off", [False, True])
def test_that_nasdaq_stands_in_for_what_yahoo_could_not_bring(
    folder: Path, qtbot: QtBot, httpserver: HTTPServer, *, is_off: bool
) -> None:
    httpserver.expect_request(YAHOO).respond_with_data("", status=404)
    httpserver.expect_request(NASDAQ).respond_with_handler(closes_of)
    settings = only("yahoo") if is_off else only("yahoo", "nasdaq")
    with running(qtbot, context(folder, mirror=httpserver.url_for("").rstrip("/")), settings) as app:
        wait_for_page(qtbot, app)
        with qtbot.waitSignal(app.refresher.ended, timeout=20_000) as ended:
            app.window.commands["refresh"].trigger()
        wait_until(qtbot, lambda: app.loader.is_settled and app.jobs.is_idle)
        found = app.keeper.get().closes("IWM", NOW)
    asked = {outcome.source: outcome for outcome in ended.args[0]}
    if is_off:
        assert list(asked) == ["yahoo"]
        assert found is None
    else:
        assert asked["nasdaq"].rows_new == 2
        assert "IWM" not in asked["nasdaq"].failed
        assert set(asked["nasdaq"].failed) <= set(asked["yahoo"].failed)
        assert found is not None
        assert found.source == "nasdaq"
