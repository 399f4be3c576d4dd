"""The Data page: what its record says of sources, and what its controls ask for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from models.calendars import upcoming
from models.pages.choice import Choice
from models.pages.data import DataPage as Page
from models.pages.data import State
from models.qt.desk import Desk
from models.records import Refusal
from services.archive.archive import Archive
from services.starter import tables
from tests.services.archive.samples import at, batch, observations, opened, row
from ui.dialogs.source_dialog import KeptOutDialog, SourceDialog, TermsDialog
from ui.pages.data_page import DataPage
from ui.pages.data_record import page as gathered
from ui.theme import DARK, Theme

Dialog = TypeVar("Dialog", bound=QWidget)
NOW = at("2017-06-17 12:00")
Shown = Callable[..., QWidget]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """The page's record of a real archive that a function has filled."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))

    def make(fill: Callable[[Archive], object] = lambda _: None, now: datetime = NOW, *, is_live: bool = True) -> Page:
        with opened(tmp_path / "archive.sqlite", now=now) as archive:
            fill(archive)
            return gathered(archive, Choice(now, is_live))

    return make


def held(archive: Archive) -> None:
    archive.save(batch(row({"open_interest": 5.0}), as_of=date(2017, 6, 13), refused=[Refusal("line 4", "no date")]))
    prices = observations("cboe:RUT:price", {"2017-06-15": 1410.0, "2017-06-16": 1406.7})
    archive.save(batch(prices, source="cboe", dataset="RUT", as_of=date(2017, 6, 16)))


def failing(archive: Archive) -> None:
    held(archive)
    archive.note_failure("cboe", "RVX", "The provider refused the request.", "HTTP 403")


def test_that_a_source_that_is_held_is_current_with_its_release(record: Callable[..., Page]) -> None:
    page = record(held)
    cftc = next(found for found in page.sources if found.name == "cftc")
    assert cftc.state is State.CURRENT
    assert cftc.as_of == date(2017, 6, 13)
    assert cftc.released == at("2017-06-16 19:30")
    assert page.sentence == "Every source that is held is current."


def test_that_a_failure_names_the_dataset_and_leads_the_page(record: Callable[..., Page]) -> None:
    page = record(failing)
    cboe = next(found for found in page.sources if found.name == "cboe")
    assert cboe.state is State.PARTLY
    assert cboe.error == "RVX: The provider refused the request."
    assert page.sentence == "Cboe could be refreshed only in part. The other sources held are current."
    assert "Cboe to 16 Jun 2017" in page.caption


def test_that_a_missing_report_is_late_only_on_a_live_desk(record: Callable[..., Page]) -> None:
    later = at("2017-06-24 12:00")
    states = {
        live: next(found.state for found in record(held, later, is_live=live).sources if found.name == "cftc")
        for live in (True, False)
    }
    assert states == {True: State.LATE, False: State.CURRENT}


def test_that_the_next_reports_carry_their_holidays(record: Callable[..., Page]) -> None:
    page = record(now=at("2026-11-23 12:00"))
    assert [release.report.isoformat() for release in page.coming][:2] == ["2026-11-24", "2026-12-01"]
    assert "Thanksgiving" in page.coming[0].note


def test_that_an_empty_archive_says_what_the_pages_show(record: Callable[..., Page]) -> None:
    assert "Nothing has been downloaded yet" in record().sentence


def test_that_the_log_is_newest_first_and_keeps_failures(record: Callable[..., Page]) -> None:
    log = record(failing).log
    assert [line.moment for line in log] == sorted((line.moment for line in log), reverse=True)
    assert [line.text for line in log if line.is_failure] == ["RVX: The provider refused the request."]


@pytest.fixture
def widget(desk: Desk, theme: Theme, shown: Shown, record: Callable[..., Page]) -> DataPage:
    made = DataPage(desk, theme)
    made.show_page(record(failing))
    shown(made, 1340, 820)
    return made


def dialog(widget: DataPage, kind: type[Dialog]) -> Dialog:
    found = widget.findChild(kind)
    assert found is not None
    return found


def place_of(widget: DataPage, name: str) -> int:
    place = widget.sources.table.table.place_of(lambda found: found.name == name)
    assert place is not None
    return int(place)


def test_that_the_action_of_a_row_asks_for_its_source(widget: DataPage, qtbot: object) -> None:
    asked: list[object] = []
    widget.refresh_wanted.connect(asked.append)
    table = widget.sources.table
    action = len(table.table.columns) - 1
    index = table.table.index(place_of(widget, "cboe"), action)
    assert index.data() == "Retry"
    qtbot.mouseClick(  # type: ignore[attr-defined]
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
    )
    assert asked == [("cboe",)]


def test_that_a_running_source_says_how_far_it_is_and_can_be_stopped_alone(widget: DataPage) -> None:
    stopped: list[str] = []
    widget.cancel_wanted.connect(stopped.append)
    widget.show_running({"cboe": "closes, 3 of 11"})
    model, place = widget.sources.table.table, place_of(widget, "cboe")
    texts = [str(model.index(place, column).data()).strip() for column in range(len(model.columns))]
    assert texts[-3:] == ["Refreshing", "closes, 3 of 11", "Cancel"]
    widget.act(model.row(place))
    assert stopped == ["cboe"]
    widget.show_running({})
    assert model.index(place, len(model.columns) - 1).data() == "Retry"


def test_that_the_whole_history_of_a_source_can_be_asked_for(widget: DataPage) -> None:
    wanted: list[str] = []
    widget.history_wanted.connect(wanted.append)
    widget._on_opened(widget.sources.table.table.row(place_of(widget, "cftc")))
    dialog(widget, SourceDialog)._on_history()
    assert wanted == ["cftc"]


def test_that_terms_are_shown_and_accepted_before_a_source_is_asked(widget: DataPage) -> None:
    accepted: list[str] = []
    asked: list[object] = []
    widget.terms_accepted.connect(accepted.append)
    widget.refresh_wanted.connect(asked.append)
    fred = widget.sources.table.table.row(place_of(widget, "fred"))
    widget.act(fred)
    assert not asked
    dialog(widget, TermsDialog)._on_accept()
    assert accepted == ["fred"]
    widget.show_preferences(accepted, is_automatic=True, has_consent=True)
    widget.act(fred)
    assert asked == [("fred",)]


def test_that_enter_opens_the_datasets_of_a_source(widget: DataPage, qtbot: object) -> None:
    table = widget.sources.table
    table.select_row(place_of(widget, "cboe"))
    qtbot.keyClick(table, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert dialog(widget, SourceDialog).windowTitle() == "Cboe"


def test_that_what_was_kept_out_can_be_looked_at(widget: DataPage) -> None:
    assert widget.log.kept_out.text() == "Kept out (1)\u2026"
    widget.log.kept_out.click()
    assert dialog(widget, KeptOutDialog).isVisible()


def test_that_the_log_can_be_copied(widget: DataPage) -> None:
    widget.log.copy.click()
    assert "RVX: The provider refused the request. HTTP 403" in QGuiApplication.clipboard().text()


def test_that_the_countdown_runs_and_follows_the_clock(widget: DataPage) -> None:
    widget.tick(at("2017-06-23 18:30"))
    assert widget.next_report._left.text() == "1 h 0 min"


def test_that_dropped_files_are_looked_at(widget: DataPage, tmp_path: Path) -> None:
    looked: list[object] = []
    widget.look_wanted.connect(looked.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv")), QUrl("https://example.org/b.csv")])
    widget.files.take([Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()])
    assert looked == [(tmp_path / "a.csv",)]


def test_that_it_is_drawn_in_the_dark_and_when_narrow(widget: DataPage, theme: Theme) -> None:
    theme.choose(DARK)
    widget.resize(880, 560)
    assert not widget.grab().isNull()


def test_that_the_way_to_the_watch_card_is_seen_in_a_small_window(widget: DataPage, theme: Theme) -> None:
    widget.resize(1052, 624)
    QApplication.processEvents()
    assert widget.rect().contains(widget.to_watch.mapTo(widget, widget.to_watch.rect().bottomRight()))
    widget.watch.raised.emit(2)
    assert widget.to_watch.text() == "Watch (2)"
    widget.to_watch.click()
    top = widget.watch.mapTo(widget, QPoint(0, 0)).y()
    assert 0 <= top < widget.height() - 60
    assert widget.watch.isAncestorOf(widget.window().focusWidget())


def test_that_the_note_of_a_holiday_is_whole_in_a_small_window(widget: DataPage, theme: Theme) -> None:
    widget.resize(1036, 624)
    QApplication.processEvents()
    assert widget.page is not None
    widget.next_report.show_page(replace(widget.page, coming=upcoming(at("2026-07-01 12:00"), 3)))
    table = widget.next_report.table
    notes = [text for text, _ in table.table.texts(2)]
    assert "Independence Day" in notes
    room = table.columnWidth(2) - 2 * table.padding
    assert max(QFontMetricsF(theme.font("cell")).horizontalAdvance(note) for note in notes) <= room + 1
