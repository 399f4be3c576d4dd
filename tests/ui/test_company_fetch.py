"""A source with a person's own key, asked about one company from the window against a server on loopback."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page, wait_until

ANSWER = {
    "symbol": "ACME",
    "estimates": [
        {
            "date": "2017-12-31",
            "horizon": "fiscal year",
            "eps_estimate_average": "2.10",
            "eps_estimate_high": "2.50",
            "eps_estimate_low": "1.90",
            "eps_estimate_analyst_count": "7",
            "eps_estimate_average_30_days_ago": "2.00",
        }
    ],
}


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_ALPHAVANTAGE", "A-KEY-OF-ONES-OWN")


def asked(profile: Path, mirror: str, qtbot: QtBot, **changes: Any) -> tuple[str, list[float]]:
    """What the status bar said last, and the estimates of ACME that are held afterwards."""
    said: list[str] = []
    of = context(profile, mirror=mirror, **changes)
    with running(qtbot, of, Settings(auto_refresh=False, start_page="earnings")) as app:
        wait_for_page(qtbot, app)
        wait_until(qtbot, lambda: app.jobs.is_idle)
        app.updates._companies.told.connect(said.append)
        app.window.company_wanted.emit("alphavantage", "ACME")
        if not of.is_offline:
            wait_until(qtbot, lambda: len(said) == 2)
        found: list[float] = []

        def keep(estimates: list[float]) -> None:
            found.extend([*estimates, -1.0])

        def held(archive: object) -> list[float]:
            return [e.value for e in archive.estimates(of.clock.now(), ["ACME"])]  # type: ignore[attr-defined]

        app.keeper.ask("held", held, keep)
        wait_until(qtbot, lambda: bool(found))
        return (said[-1] if said else ""), found[:-1]


@pytest.mark.usefixtures("key")
def test_that_an_answer_is_saved_and_told(tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot) -> None:
    httpserver.expect_request("/www.alphavantage.co/query").respond_with_data(
        json.dumps(ANSWER), content_type="application/json"
    )
    said, held = asked(tmp_path, httpserver.url_for("/"), qtbot)
    assert said.startswith("Alpha Vantage: 2 estimates of ACME; today's are shown from 19 Jun 2017, 09:00 ET.")
    assert held == [2.0]  # that of 30 days ago; today's is known on the next business morning


@pytest.mark.usefixtures("key")
def test_that_a_limit_is_said_in_plain_words(tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot) -> None:
    httpserver.expect_request("/www.alphavantage.co/query").respond_with_data(
        json.dumps({"Note": "25 requests a day"}), content_type="application/json"
    )
    said, held = asked(tmp_path, httpserver.url_for("/"), qtbot)
    assert said.endswith("What was held before is still shown.") and not held


def test_that_without_a_key_nobody_is_asked(tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot) -> None:
    said, held = asked(tmp_path, httpserver.url_for("/"), qtbot)
    assert said.startswith("This source needs a key of your own") and not held and not httpserver.log


@pytest.mark.usefixtures("key")
def test_that_offline_nobody_is_asked(tmp_path: Path, httpserver: HTTPServer, qtbot: QtBot) -> None:
    said, held = asked(tmp_path, httpserver.url_for("/"), qtbot, is_offline=True)
    assert not said and not held and not httpserver.log


@pytest.mark.usefixtures("key")
def test_that_the_page_learns_which_keys_are_held(tmp_path: Path, qtbot: QtBot) -> None:
    with running(qtbot, context(tmp_path), Settings(auto_refresh=False, start_page="earnings")) as app:
        page = wait_for_page(qtbot, app)
        page.search()
        wait_until(qtbot, lambda: bool(page.companies.sheet._held))
        assert page.companies.sheet._held == {"alphavantage": True, "fmp": False}
