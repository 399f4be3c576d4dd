"""The Data page in the real window: what is asked for there is done."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.dialogs.conflicts_dialog import ConflictsDialog


def test_that_a_file_is_looked_at_and_what_cannot_be_used_is_said(qtbot: QtBot, profile: Path, tmp_path: Path) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("nothing of use")
    with running(qtbot, context(profile, is_offline=True), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        page.files.take([bad])
        wait_until(qtbot, lambda: "no file of a kind that is known" in page.files.said.text())
        assert page.files.start.isHidden()


def test_that_the_box_is_the_setting_and_follows_it(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile, is_offline=True), Settings(has_consent=True), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        assert page.next_report.box.isChecked()
        page.next_report.box.click()
        assert not app.preferences.settings.auto_refresh
        app.preferences.update(auto_refresh=True)
        assert page.next_report.box.isChecked()


def test_that_accepted_terms_are_remembered(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile, is_offline=True), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        page.terms_accepted.emit("fred")
        assert app.preferences.settings.accepted_terms == ("fred",)


def test_that_a_file_is_shown_before_it_is_imported(qtbot: QtBot, profile: Path, tmp_path: Path) -> None:
    good = tmp_path / "IWM.csv"
    good.write_text("Date,Open,High,Low,Close,Volume\n2017-06-14,1,2,3,140.5,1000\n2017-06-15,1,2,3,141.5,1000\n")
    with running(qtbot, context(profile, is_offline=True), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        page.files.take([good])
        wait_until(qtbot, lambda: page.files.start.text() == "Import 1 file")
        assert not any(row.name == "import" and row.rows for row in page.page.sources)
        page.files.start.click()
        wait_until(qtbot, lambda: any(row.name == "import" and row.rows for row in page.page.sources))
        assert page.files.said.text().startswith("IWM.csv: ")


def test_that_conflicts_are_listed_before_they_are_imported(qtbot: QtBot, profile: Path, tmp_path: Path) -> None:
    file = tmp_path / "IWM.csv"
    rows = "Date,Open,High,Low,Close,Volume\n2017-06-14,1,2,3,140.5,1000\n2017-06-15,1,2,3,{},1000\n"
    with running(qtbot, context(profile, is_offline=True), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        file.write_text(rows.format(141.5))
        page.files.take([file])
        wait_until(qtbot, lambda: page.files.start.text() == "Import 1 file")
        assert page.files.conflicts.isHidden()
        page.files.start.click()
        wait_until(qtbot, lambda: page.files.start.isHidden())
        file.write_text(rows.format(141.75))
        page.files.take([file])
        wait_until(qtbot, lambda: page.files.conflicts.text() == "1 conflict\u2026")
        page.files.conflicts.click()
        dialog = page.files.findChild(ConflictsDialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert {"import:IWM:price, 2017-06-15", "141.5", "141.75"} <= set(said)
        dialog.close()
