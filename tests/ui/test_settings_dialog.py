"""The settings: each applies at once, what cannot be used is not taken, and the data folder is handled with care."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from services.keys import key
from services.paths import settings_path
from services.reports import redacted
from services.settings import Settings, load, save
from services.sources.registry import SOURCES
from tests.ui.shell import WAIT_MS, context, running, wait_for_page
from ui.app import App
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.settings_sources import SourceList


class Keyring(KeyringBackend):
    """One that forgets everything at the end of the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.held.pop((service, username), None)


@pytest.fixture
def ring() -> Iterator[Keyring]:
    before, made = keyring.get_keyring(), Keyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def app(qtbot: QtBot, profile: Path, ring: Keyring) -> Iterator[App]:
    with running(qtbot, context(profile)) as made:
        wait_for_page(qtbot, made)
        yield made


@pytest.fixture
def dialog(app: App) -> SettingsDialog:
    app.open_settings()
    return app.window.findChildren(SettingsDialog)[0]


def test_that_the_first_page_can_be_chosen(app: App, dialog: SettingsDialog) -> None:
    dialog._start.setCurrentIndex(dialog._start.findData("market"))
    dialog._start.activated.emit(dialog._start.currentIndex())
    assert app.preferences.settings.start_page == "market"


def test_that_each_source_has_its_terms_and_a_switch(app: App, dialog: SettingsDialog) -> None:
    listed = dialog.findChildren(SourceList)[0]
    assert set(listed.boxes) == {source.name for source in SOURCES}
    assert all(box.accessibleDescription() and box.toolTip() for box in listed.boxes.values())
    for name in ("cboe", "nasdaq"):
        for wanted in ([name], []):
            listed.boxes[name].click()
            assert list(app.preferences.settings.sources_off) == wanted
    listed.boxes["fred"].click()
    assert app.preferences.settings.accepted_terms == ("fred",)


@pytest.mark.parametrize(
    ("setting", "bad", "good"),
    [
        ("contact_email", "nobody", "me@example.com"),
        ("board_file", "ebp.csv", "https://www.federalreserve.gov/econres/ebp_2026.csv"),
        ("mirror", "http://example.com", "https://mirror.example.com"),
        ("proxy", "socks://x", "http://proxy.example.com:8080"),
    ],
)
def test_that_an_address_that_cannot_be_used_is_not_taken(
    app: App, dialog: SettingsDialog, setting: str, bad: str, good: str
) -> None:
    line, _ = dialog.addresses[setting]
    for text, wanted in ((bad, ""), (good, good)):
        line.setText(text)
        line.editingFinished.emit()
        assert getattr(app.preferences.settings, setting) == wanted


def test_that_a_key_goes_into_the_keyring_and_out_again(
    app: App, dialog: SettingsDialog, ring: Keyring, qtbot: QtBot
) -> None:
    field = dialog._keys["tiingo"]
    field.setText("a-key-of-mine")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(ring.held), timeout=WAIT_MS)
    assert field.text() == "" and key("tiingo") == "a-key-of-mine"
    assert "a-key-of-mine" not in redacted("asked with a-key-of-mine", app.context.profile)
    qtbot.waitUntil(lambda: field.placeholderText().startswith("a key is held"), timeout=WAIT_MS)
    dialog._on_remove_key("tiingo")
    qtbot.waitUntil(lambda: not ring.held, timeout=WAIT_MS)
    app.preferences.save()
    assert not [one for one in (app.context.profile).rglob("*.json") if "a-key-of-mine" in one.read_text()]


def test_that_the_archive_is_backed_up_cleared_and_restored(
    app: App, dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.sqlite"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Ok)
    dialog._on_back_up()
    qtbot.waitUntil(lambda: dialog._told.text() == "The archive was copied to copy.sqlite.", timeout=WAIT_MS)
    dialog._on_clear()
    qtbot.waitUntil(lambda: dialog._told.text().startswith("The downloads were cleared"), timeout=WAIT_MS)
    dialog._on_restore()
    qtbot.waitUntil(lambda: dialog._told.text().startswith("The archive of copy.sqlite is in use"), timeout=WAIT_MS)
    kept = [path.name for path in app.context.profile.iterdir()]
    assert any("cleared" in name for name in kept) and any("replaced" in name for name in kept)
    wait_for_page(qtbot, app)
    qtbot.waitUntil(lambda: dialog._size.text().endswith("MB"), timeout=WAIT_MS)


def test_that_a_file_that_is_no_archive_is_not_put_back(
    app: App, dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"no archive at all")
    archive = app.context.profile / "archive.sqlite"
    before = archive.read_bytes()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    dialog._on_restore()
    qtbot.waitUntil(lambda: "no archive" in dialog._told.text(), timeout=WAIT_MS)
    assert archive.read_bytes() == before
    wait_for_page(qtbot, app)


def test_that_a_reset_brings_the_first_settings_back_and_keeps_what_was_agreed(
    app: App, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Ok)
    app.preferences.update(
        theme="dark", text_size_pct=130, mirror="https://m.example.com", market="gold", accepted_terms=("fred",)
    )
    dialog._on_reset()
    now = app.preferences.settings
    assert (now.theme, now.text_size_pct, now.mirror) == ("system", 100, "")
    assert now.accepted_terms == ("fred",) and now.market == "gold"
    assert dialog.addresses["mirror"][0].text() == ""


def test_that_broken_settings_give_defaults_one_bar_and_are_kept(qtbot: QtBot, profile: Path) -> None:
    folder = profile / "data"
    save(folder, Settings(theme="dark"))
    settings_path(folder).write_text("{ this is not JSON")
    settings, notices = load(folder)
    assert settings == Settings()
    with running(qtbot, context(folder), settings) as app:
        app.warn(notices)
        wait_for_page(qtbot, app)
        assert app.window.banners.keys().count("settings") == 1
    kept = list(folder.glob("settings.json.bad-*"))
    assert [path.read_text() for path in kept] == ["{ this is not JSON"]
