"""The open window against the replayed hosts: the first download, a release, faults and what mends them."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from services import refresh
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.paths import archive_path
from services.sources.registry import SOURCES
from services.sources.source import Wish
from tests.real.replaying import Replay, replaying
from tests.shared import needs_shared
from tests.ui.shell import context, only, running, texts, wait_for_page, wait_until
from ui.live import Pace

pytestmark = needs_shared

CFTC = "publicreporting.cftc.gov"
BEFORE = datetime(2017, 6, 16, 19, 29, tzinfo=UTC)
AFTER = datetime(2017, 6, 16, 19, 31, tzinfo=UTC)
QUICK = Pace(after_s=0.2, jitter_s=0.1, apart_s=1.0, tick_s=0.1)


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying("--now", BEFORE.isoformat(), "--hang-max", "20") as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def fill(folder: Path, base: str, now: datetime = BEFORE) -> None:
    """An archive as a refresh of one market would leave it."""
    clock = Clock(now)
    with closing(Http(clock, mirror=base)) as http, closing(Archive.open(archive_path(folder), clock)) as archive:
        cftc = [source for source in SOURCES if source.name == "cftc"]
        refresh.refresh(cftc, archive, http, Wish(markets=("russell-2000",)), clock, Cancel(), lambda step: None)


def newest(page: object) -> str:
    return str(page.page.main.date[-1])  # type: ignore[attr-defined]


def test_that_one_click_downloads_and_shows_what_came(replay: Replay, folder: Path, qtbot: QtBot) -> None:
    settings = only("cftc", start_page="positioning")
    with running(qtbot, context(folder, now=BEFORE, mirror=replay.base), settings) as app:
        wait_for_page(qtbot, app)
        wait_until(qtbot, lambda: app.window.banners.banner("first") is not None)
        banner = app.window.banners.banner("first")
        assert banner is not None
        heart = QTimer(interval=1)
        beats = [time.perf_counter()]
        heart.timeout.connect(lambda: beats.append(time.perf_counter()))
        heart.start()
        banner.buttons()[-1].click()
        assert app.preferences.settings.has_consent
        assert app.window.banners.banner("first") is None
        assert list(app.window.progress.rows) == ["cftc"]
        wait_until(qtbot, lambda: not app.refresher.is_running, 60)
        heart.stop()
        wait_until(qtbot, lambda: app.window.status_bar.texts()[0].startswith("COT"), 10)
        wait_until(qtbot, lambda: app.loader.is_settled)
        assert newest(app.window.page()) == "2017-06-06"
        assert not app.live.is_paused
        failed = app.window.banners.banner("failed")  # the replay has no Disaggregated reports
        assert failed is not None
        assert texts(failed).startswith("Refreshed in part.")
    gaps = [later - earlier for earlier, later in pairwise(beats)]
    assert max(gaps) < 0.5, "the window stood still"


def test_that_a_new_report_appears_by_itself_and_the_zoom_is_kept(replay: Replay, folder: Path, qtbot: QtBot) -> None:
    fill(folder, replay.base)
    now = datetime(2017, 6, 16, 19, 29, 56, tzinfo=UTC)
    settings = only("cftc", start_page="positioning", has_consent=True)
    with running(qtbot, context(folder, now=now, mirror=replay.base), settings, pace=QUICK) as app:
        page = wait_for_page(qtbot, app)
        page.set_range("3Y")
        stack = page.chart.stack
        assert newest(page) == "2017-06-06"
        assert app.window.status_bar.texts()[0] == "COT 6 Jun, released 9 Jun 15:30 ET"
        said = app.window.status_bar
        wait_until(qtbot, lambda: said.next_text == "COT report of 13 Jun was due Fri 16 Jun 2017, 15:30 ET", 10)
        replay.set_now(AFTER)
        wait_until(qtbot, lambda: newest(page) == "2017-06-13", 90)
        assert page.range_preset == "3Y"
        assert page.chart.stack is stack
        wait_until(qtbot, lambda: said.texts()[0] == "COT 13 Jun, released 16 Jun 15:30 ET", 15)
        assert said.next_text.startswith("Next COT report: Fri 23 Jun 2017, 15:30 ET in 6 d 23 h")


@pytest.mark.parametrize("fault", ["503", "html200", "truncate", "403"])
def test_that_a_fault_is_told_once_and_the_next_good_refresh_mends_it(
    replay: Replay, folder: Path, qtbot: QtBot, fault: str
) -> None:
    fill(folder, replay.base)
    replay.set_fault("*", fault)
    settings = only("cftc", start_page="positioning", has_consent=True, auto_refresh=False)
    with running(qtbot, context(folder, now=BEFORE, mirror=replay.base), settings) as app:
        page = wait_for_page(qtbot, app)
        shown = page.page
        app.window.commands["refresh"].trigger()
        wait_until(qtbot, lambda: bool(app.window.banners.keys()) and not app.refresher.is_running, 60)
        assert app.window.banners.keys() == ("failed",)
        assert page.page is shown
        banner = app.window.banners.banner("failed")
        assert banner is not None
        assert "Show details" in [button.text() for button in banner.buttons()]
        said = app.window.status_bar
        wait_until(qtbot, lambda: said.texts()[0] == "COT: last try failed, showing 6 Jun", 10)
        replay.heal()
        app.window.commands["refresh"].trigger()
        wait_until(qtbot, lambda: said.texts()[0] == "COT 6 Jun, released 9 Jun 15:30 ET", 60)


def test_that_cancel_leaves_a_hanging_host_within_a_second(replay: Replay, folder: Path, qtbot: QtBot) -> None:
    fill(folder, replay.base)
    replay.set_fault(CFTC, "hang")
    settings = only("cftc", has_consent=True, auto_refresh=False)
    with running(qtbot, context(folder, now=BEFORE, mirror=replay.base), settings) as app:
        wait_for_page(qtbot, app)
        app.window.commands["refresh"].trigger()
        qtbot.wait(400)
        assert app.refresher.is_running
        started = time.monotonic()
        app.window.commands["cancel_refresh"].trigger()
        wait_until(qtbot, lambda: not app.refresher.is_running, 5)
        assert time.monotonic() - started < 1
        replay.heal()
        app.window.commands["refresh"].trigger()
        wait_until(qtbot, lambda: not app.refresher.is_running, 60)
        assert app.window.banners.banner("offline") is None
