"""The dialogs: what they say, and that a setting applies at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.definitions import DEFINITIONS
from models.version import VERSION
from services.settings import Settings, load
from services.sources.registry import SOURCES
from ui.actions import SPECS, Actions
from ui.dialogs.about_dialog import AboutDialog
from ui.dialogs.definitions_dialog import DefinitionsDialog
from ui.dialogs.fault_dialog import FaultDialog
from ui.dialogs.fetch_dialog import FetchDialog
from ui.dialogs.keys_dialog import KeysDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.sheet import Sheet
from ui.jobs import Jobs
from ui.parts import PARTS
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.segmented import SegmentedControl


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def preferences(tmp_path: Path, qapp: QApplication) -> Iterator[Preferences]:
    jobs = Jobs()
    held = Preferences(tmp_path, Settings(has_consent=True), jobs)
    yield held
    jobs.shutdown()
    held.save()


def said(dialog: Sheet) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def button(dialog: Sheet, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def test_that_a_setting_applies_at_once_and_is_written(
    theme: Theme, host: QWidget, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(theme, preferences, tmp_path, host)
    dialog.open()
    choices = {one.accessibleName(): one for one in dialog.findChildren(SegmentedControl)}
    choices["Theme"].chosen.emit("dark")
    choices["Text size"].chosen.emit("115")
    boxes = dialog.findChildren(QCheckBox)
    for box in boxes:
        box.click()
    now = preferences.settings
    assert (now.theme, now.text_size_pct, now.auto_refresh, now.single_letter_keys) == ("dark", 115, False, False)
    qtbot.waitUntil(lambda: load(tmp_path)[0].theme == "dark")
    dialog.close()


def test_that_a_mirror_that_cannot_be_used_is_not_taken(
    theme: Theme, host: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    dialog = SettingsDialog(theme, preferences, tmp_path, host)
    dialog.open()
    mirror, problem = dialog.addresses["mirror"]
    mirror.setText("http://example.com")
    mirror.editingFinished.emit()
    assert preferences.settings.mirror == ""
    assert "must be https" in problem.text()
    assert problem.isVisibleTo(dialog)
    mirror.setText("https://mirror.example.com")
    mirror.editingFinished.emit()
    assert preferences.settings.mirror == "https://mirror.example.com"
    assert not problem.isVisibleTo(dialog)
    dialog.close()


def test_that_refreshing_by_itself_waits_for_the_first_download(
    theme: Theme, host: QWidget, preferences: Preferences, tmp_path: Path
) -> None:
    preferences.update(has_consent=False)
    dialog = SettingsDialog(theme, preferences, tmp_path, host)
    dialog.open()
    box = next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith("Refresh by itself"))
    assert (box.isEnabled(), box.isChecked()) == (False, False)
    dialog.close()


def test_that_settings_that_cannot_be_written_are_told_and_still_hold(
    preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "settings.json").mkdir()
    with qtbot.waitSignal(preferences.unsaved) as caught:
        preferences.update(theme="dark")
    assert caught.args is not None
    assert caught.args[0].startswith("The settings could not be saved.")
    assert preferences.settings.theme == "dark"
    (tmp_path / "settings.json").rmdir()


def test_that_what_will_be_fetched_names_each_source_with_its_terms(theme: Theme, host: QWidget, qtbot: QtBot) -> None:
    dialog = FetchDialog(theme, SOURCES[:1], 25, host)
    dialog.open()
    assert "about 25 MB" in " ".join(said(dialog))
    assert {"CFTC", "Story, Positioning, Check"} <= set(said(dialog))
    with qtbot.waitSignal(dialog.download_wanted):
        button(dialog, "Download").click()


def test_that_the_list_of_keys_comes_from_the_table(theme: Theme, host: QWidget) -> None:
    dialog = KeysDialog(theme, Actions(host), host)
    dialog.open()
    assert {spec.title for spec in SPECS if spec.keys} <= set(said(dialog))
    dialog.close()


def test_that_about_has_terms_and_diagnostics_without_figures(theme: Theme, host: QWidget, tmp_path: Path) -> None:
    dialog = AboutDialog(theme, SOURCES[:1], tmp_path, host)
    dialog.open()
    assert any("Not investment advice" in text for text in said(dialog))
    button(dialog, "Copy diagnostics").click()
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"Aboutface: {VERSION}, from source\n")
    assert "Data folder: <data folder>\n" in copied
    assert str(tmp_path) not in copied
    assert str(Path.home()) not in copied
    assert all(name in copied for name in ("Python", "Qt", "SQLite", "Screens"))
    dialog.close()


def test_that_about_names_every_source_with_its_terms_and_every_licence(
    theme: Theme, host: QWidget, tmp_path: Path
) -> None:
    dialog = AboutDialog(theme, SOURCES, tmp_path, host)
    told = said(dialog)
    assert not [source.name for source in SOURCES if f"{source.terms.owner}. {source.terms.sentence}" not in told]
    assert not [licence for licence, names in PARTS if licence not in told or ", ".join(names) not in told]
    assert any("may be replaced by other builds" in text for text in told)
    dialog.close()


def test_that_a_fault_can_be_copied(theme: Theme, host: QWidget, tmp_path: Path) -> None:
    dialog = FaultDialog(theme, "It has failed.", "Traceback: <b>boom</b>", tmp_path, host)
    dialog.open()
    button(dialog, "Copy report").click()
    assert "<b>boom</b>" in QApplication.clipboard().text()
    dialog.close()


def test_that_a_dialog_is_as_high_as_its_text(theme: Theme, host: QWidget, qtbot: QtBot) -> None:
    dialog = FetchDialog(theme, SOURCES[:2], 25, host)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert dialog._scroll.verticalScrollBar().maximum() == 0
    assert dialog.height() < 420
    dialog.close()


def test_that_definitions_are_searched_as_one_types(theme: Theme, host: QWidget, qtbot: QtBot) -> None:
    dialog = DefinitionsDialog(theme, host)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert dialog.shown_terms() == [one.term for one in DEFINITIONS]
    dialog.field.setText("percentile")
    assert "Percentile" in dialog.shown_terms()
    assert len(dialog.shown_terms()) < 5
    dialog.field.setText("no such word")
    assert dialog.shown_terms() == []
    assert "No definition has these words." in [
        label.text() for label in dialog.findChildren(QLabel) if label.isVisible()
    ]
    dialog.close()
