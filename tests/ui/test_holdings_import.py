"""From a chosen file to rows in the archive: what the file does not say is asked, a mapping is remembered."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel, QWidget

from models.records import SnapshotKey
from services.clock import Clock
from services.importing_holdings import Columns, look
from services.settings import Settings
from services.starter import tables
from tests.services.holdings_bodies import csv_2025, equities, with_bom
from ui.archive_keeper import ArchiveKeeper
from ui.dialogs.conflicts_dialog import ConflictsDialog
from ui.dialogs.holdings_dialog import HoldingsDialog
from ui.holdings_import import HoldingsImport
from ui.jobs import Jobs
from ui.preferences import Preferences
from ui.theme import Theme

NOW = datetime(2026, 8, 3, tzinfo=UTC)
TABLE = "Kürzel;Firma;Branche;Anteil\nAAPL;Apple;Technology;70,5\nXOM;Exxon;Energy;29,5\n"
MAPPED = {"ticker": "Kürzel", "name": "Firma", "sector": "Branche", "weight": "Anteil"}


@pytest.fixture
def window(theme: Theme, shown: Callable[..., QWidget]) -> QWidget:
    return shown(QWidget())


@pytest.fixture
def jobs(qtbot: Any) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


@pytest.fixture
def keeper(tmp_path: Path, jobs: Jobs, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArchiveKeeper]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    made = ArchiveKeeper(tmp_path, Clock(NOW), jobs)
    with qtbot.waitSignal(made.opened):
        made.open(writable=True)
    yield made
    jobs.shutdown()
    made.close()


@pytest.fixture
def preferences(tmp_path: Path, jobs: Jobs) -> Iterator[Preferences]:
    made = Preferences(tmp_path, Settings(), jobs)
    yield made
    made.save()


@pytest.fixture
def job(keeper: ArchiveKeeper, preferences: Preferences, theme: Theme, window: QWidget) -> HoldingsImport:
    return HoldingsImport(keeper, Clock(NOW), preferences, theme, window)


def opened_dialog(window: QWidget, qtbot: Any) -> HoldingsDialog:
    qtbot.waitUntil(lambda: window.findChild(HoldingsDialog) is not None)
    found = window.findChild(HoldingsDialog)
    assert isinstance(found, HoldingsDialog)
    return found


def held(keeper: ArchiveKeeper) -> tuple[SnapshotKey, ...]:
    return keeper.get().snapshots(datetime(2030, 1, 1, tzinfo=UTC))


def choose(dialog: HoldingsDialog, key: str, header: str) -> None:
    combo = dialog._combos[key]
    combo.setCurrentIndex(combo.findData(header))


def test_that_columns_are_asked_once_and_remembered(
    job: HoldingsImport, keeper: ArchiveKeeper, window: QWidget, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    job.look_at(path)
    dialog = opened_dialog(window, qtbot)
    for key, header in MAPPED.items():
        choose(dialog, key, header)
    dialog.fund.setText("mine")
    dialog.day.setDate(QDate(2026, 7, 31))
    with qtbot.waitSignals([job.imported, job.told]):
        dialog._on_import()
    assert [(key.fund, key.as_of) for key in held(keeper)] == [("MINE", date(2026, 7, 31))]
    qtbot.waitUntil(lambda: window.findChild(HoldingsDialog) is None)
    job.look_at(path)
    again = opened_dialog(window, qtbot)
    assert {key: combo.currentData() for key, combo in again._combos.items() if combo.currentData()} == MAPPED


def test_that_a_providers_file_needs_no_columns(
    job: HoldingsImport, keeper: ArchiveKeeper, window: QWidget, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "IWM_holdings.csv"
    path.write_bytes(with_bom(csv_2025(equities(20), date(2026, 7, 31))))
    job.look_at(path)
    dialog = opened_dialog(window, qtbot)
    assert dialog._combos == {}
    assert (dialog.fund.text(), dialog.day.date()) == ("IWM", QDate(2026, 7, 31))
    with qtbot.waitSignal(job.imported):
        dialog._on_import()
    assert [key.fund for key in held(keeper)] == ["IWM"]


@pytest.mark.parametrize(
    ("fund", "columns", "said"),
    [
        ("", ("ticker", "weight"), "whose holdings"),
        ("not a fund", ("ticker", "weight"), "no fund's ticker"),
        ("MINE", ("ticker",), "weights or the market values"),
        ("MINE", ("weight",), "tickers or the companies"),
    ],
)
def test_that_what_is_missing_is_said_in_the_dialog(
    theme: Theme, window: QWidget, fund: str, columns: tuple[str, ...], said: str
) -> None:
    dialog = HoldingsDialog(theme, "mine.csv", look(TABLE.encode("cp1252"), NOW), None, window)
    dialog.open()
    dialog.fund.setText(fund)
    for key in columns:
        choose(dialog, key, MAPPED[key])
    dialog._on_import()
    if fund:
        assert "which day" in dialog.said.text()
        dialog.day.setDate(QDate(2026, 7, 31))
        dialog._on_import()
    assert said in dialog.said.text()
    assert dialog.isVisible()
    dialog.close()


def test_that_a_file_that_is_no_table_is_said_and_nothing_opens(
    job: HoldingsImport, window: QWidget, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    with qtbot.waitSignal(job.told) as told:
        job.look_at(path)
    assert "Save it as .xlsx" in told.args[0]
    with qtbot.waitSignal(job.told) as told:
        job.look_at(tmp_path / "missing.csv")
    assert "could not be read" in told.args[0]
    assert window.findChild(HoldingsDialog) is None


def test_that_a_file_of_half_a_fund_is_refused_with_its_reason(
    job: HoldingsImport, keeper: ArchiveKeeper, window: QWidget, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "half.csv"
    path.write_text("ticker,name,weight\nAAPL,Apple,30\nXOM,Exxon,20\n")
    job.look_at(path)
    dialog = opened_dialog(window, qtbot)
    dialog.fund.setText("MINE")
    dialog.day.setDate(QDate(2026, 7, 31))
    with qtbot.waitSignal(job.told) as told:
        dialog._on_import()
    assert "add up to 50.0 percent" in told.args[0]
    assert held(keeper) == ()


def test_that_nonsense_in_the_settings_is_no_mapping(job: HoldingsImport, preferences: Preferences) -> None:
    preferences.update(mappings={"m": {"columns": {"colour": "x"}}})
    assert job._remembered("m") is None
    assert job._remembered("none") is None
    job._remember("n", Columns({"ticker": "Symbol"}))
    assert job._remembered("n") == Columns({"ticker": "Symbol"})


def test_that_other_weights_of_the_same_day_are_listed(
    job: HoldingsImport, window: QWidget, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "mine.csv"
    for weights in (("70,5", "29,5"), ("71,0", "29,0")):
        path.write_bytes(TABLE.replace("70,5", weights[0]).replace("29,5", weights[1]).encode("cp1252"))
        with qtbot.waitSignal(job.told):
            job._save(path, "MINE", date(2026, 7, 31), Columns(MAPPED))
    dialog = window.findChild(ConflictsDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"MINE, 2026-07-31, AAPL", "70.5", "71"} <= set(said)
    dialog.close()
