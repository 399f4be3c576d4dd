"""The notice of a newer version: only for those who asked for it, once a day, and never more than a notice."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytest_httpserver import HTTPServer
from pytestqt.qtbot import QtBot
from werkzeug import Request, Response

from models.version import VERSION
from services import releases
from services.settings import Settings
from tests.services.test_releases import ADDRESS, PATH
from tests.ui.shell import context, labels, running, texts, wait_for_page, wait_until
from ui import app as window
from ui.app import App
from ui.dialogs.settings_dialog import SettingsDialog
from ui.release_check import ReleaseCheck

ON = Settings(auto_refresh=False, seen_hints=True, check_releases=True)
OFF = Settings(auto_refresh=False, seen_hints=True)


class Place:
    """The place of the releases: counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer = Response(json.dumps({"tag_name": "v999.0.0"}), content_type="application/json")

    def __call__(self, request: Request) -> Response:
        self.asked += 1
        return self.answer


@pytest.fixture
def place(httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    file = tmp_path / "releases.txt"
    file.write_text(ADDRESS, "utf-8")
    monkeypatch.setattr(releases, "ADDRESS_FILE", file)
    made = Place()
    httpserver.expect_request(PATH).respond_with_handler(made)
    return made


def settle(qtbot: QtBot, app: App) -> None:
    wait_for_page(qtbot, app)
    wait_until(qtbot, lambda: app.updates.has_begun and app.jobs.is_idle)


def test_that_nothing_is_asked_until_a_person_wants_it(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot
) -> None:
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), OFF) as app:
        settle(qtbot, app)
        assert place.asked == 0
        assert app.window.banners.banner("release") is None


def test_that_a_newer_version_is_a_notice_and_opens_only_its_page(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window, "open_address", opened.append)
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), ON) as app:
        settle(qtbot, app)
        banner = app.window.banners.banner("release")
        assert banner is not None
        assert texts(banner).startswith(f"Aboutface 999.0.0 is out. This is {VERSION};")
        assert "Release page" in labels(banner.buttons())
        banner.message.actions[0].run()
        assert opened == ["https://github.com/owner/aboutface/releases"]
        assert place.asked == 1
        assert app.preferences.settings.releases_checked == "2017-06-17"


def test_that_it_is_asked_once_a_day(tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot) -> None:
    asked_today = Settings(auto_refresh=False, seen_hints=True, check_releases=True, releases_checked="2017-06-17")
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), asked_today) as app:
        settle(qtbot, app)
        assert place.asked == 0


@pytest.mark.parametrize("status", [404, 500])
def test_that_a_start_that_learns_nothing_says_nothing_and_asks_again_the_next_time(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot, status: int
) -> None:
    place.answer = Response("", status)
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), ON) as app:
        settle(qtbot, app)
        assert place.asked >= 1
        assert app.window.banners.banner("release") is None
        assert app.preferences.settings.releases_checked == ""


def test_that_offline_and_without_a_place_nothing_is_asked(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot
) -> None:
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/"), is_offline=True), ON) as app:
        settle(qtbot, app)
    releases.ADDRESS_FILE.write_text("", "utf-8")
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), ON) as app:
        settle(qtbot, app)
    assert place.asked == 0


@pytest.mark.parametrize(
    ("tag", "status", "said"),
    [
        (f"v{VERSION}", 200, f"Aboutface {VERSION} is the newest version."),
        ("", 404, "Whether there is a newer version could not be found out."),
    ],
)
def test_that_whoever_switches_it_on_is_answered_at_once(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot, tag: str, status: int, said: str
) -> None:
    place.answer = Response(json.dumps({"tag_name": tag}), status, content_type="application/json")
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), OFF) as app:
        settle(qtbot, app)
        told: list[str] = []
        app.findChildren(ReleaseCheck)[0].told.connect(told.append)
        app.preferences.update(check_releases=True)
        wait_until(qtbot, lambda: bool(told))
        assert told[0].startswith(said)


def test_that_the_setting_is_off_and_shown_only_where_there_is_a_place(
    tmp_path: Path, httpserver: HTTPServer, place: Place, qtbot: QtBot
) -> None:
    with running(qtbot, context(tmp_path, mirror=httpserver.url_for("/")), OFF) as app:
        settle(qtbot, app)
        for has_place in (True, False):
            dialog = SettingsDialog(app.theme, app.preferences, tmp_path, app.window, has_releases=has_place)
            boxes = [box for box in dialog.findChildren(QCheckBox) if "newer version" in box.text()]
            assert [box.isChecked() for box in boxes] == [False] * has_place
            dialog.close()
