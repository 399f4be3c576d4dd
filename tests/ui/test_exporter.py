"""Every chart and every table of every page can be taken along in every form, from its own menu and by commands."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from services.exports import SUMS
from tests.ui.shell import WAIT_MS, context, running, wait_for_page
from ui.app import App
from ui.charts.chart import Chart
from ui.dialogs.figures_dialog import FiguresDialog
from ui.exhibits import Exhibit, exhibits, exhibits_of_page, holders
from ui.exporter import OF_CHART, OF_ROWS
from ui.pages.registry import PAGES
from ui.theme import DARK
from ui.widgets.tables import TableView

VIEWS = [(entry.name, "") for entry in PAGES] + [
    ("positioning", "scanner"),
    ("positioning", "episodes"),
    ("market", "ratio"),
    ("market", "months"),
    ("market", "sectors"),
]
"""Every page, and every view of it that a page can be asked for."""


@pytest.fixture
def app(qtbot: QtBot, profile: Path) -> Iterator[App]:
    with running(qtbot, context(profile)) as made:
        wait_for_page(qtbot, made)
        yield made


def shown(app: App, qtbot: QtBot, name: str, view: str = "") -> Any:
    app.window.show_page(name)
    page = wait_for_page(qtbot, app)
    if view:
        (page.path if name == "market" else page).set_view(view)
        wait_for_page(qtbot, app)
    QApplication.processEvents()
    return page


class Files:
    """Answers the file dialog, and reads what was saved."""

    def __init__(self, folder: Path, app: App, qtbot: QtBot) -> None:
        self._folder, self._app, self._qtbot = folder, app, qtbot
        self.offered: list[Path] = []

    def ask(self, _: QWidget, title: str, offered: str, filters: str) -> tuple[str, str]:
        self.offered.append(Path(offered))
        return str(self._folder / Path(offered).name), filters

    def saved(self, name: str, exhibit: Exhibit) -> bytes:
        with self._qtbot.waitSignal(self._app.exporter.told, timeout=WAIT_MS) as told:
            self._app.exporter.run(name, exhibit)
        path = self._folder / self.offered[-1].name
        assert told.args == [f"Saved {path.name}."]
        return path.read_bytes()


@pytest.fixture
def files(app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    made = Files(tmp_path, app, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", made.ask)
    return made


@pytest.mark.parametrize(("name", "view"), VIEWS)
def test_that_every_chart_and_table_of_a_page_is_offered_and_taken_along(
    app: App, qtbot: QtBot, files: Files, name: str, view: str
) -> None:
    page = shown(app, qtbot, name, view)
    drawn = {one for one in page.findChildren(QWidget) if isinstance(one, Chart | TableView) and one.isVisible()}
    filled = {one for one in drawn if (found := one.figures()) is not None and found.rows}
    offered = exhibits_of_page(page)
    assert filled <= {one.widget for one in offered}
    for holder in holders(page):
        if exhibits(holder):
            _check_menu(holder)
    for exhibit in offered:
        assert len(exhibit.caption.lines) >= 2 and all(exhibit.caption.lines)
        _check_rows(files, exhibit)
        if exhibit.chart is not None:
            _check_pictures(files, exhibit)


def _check_menu(holder: Any) -> None:
    menu: QMenu = holder.menu
    menu.aboutToShow.emit()
    names = [action.data() for action in _actions(menu)]
    for exhibit in exhibits(holder):
        wanted = (*OF_CHART, *OF_ROWS) if exhibit.chart is not None else OF_ROWS
        assert set(wanted) <= set(names)
    assert names.count("save_csv") == len(exhibits(holder))


def _actions(menu: QMenu) -> list[Any]:
    found: list[Any] = []
    for action in menu.actions():
        part: Any = action.menu()
        found += _actions(part) if isinstance(part, QMenu) else [action]
    return found


def _check_rows(files: Files, exhibit: Exhibit) -> None:
    figures, caption = exhibit.figures, exhibit.caption
    body = files.saved("save_csv", exhibit).decode()
    head = "".join(f"# {' '.join(line.split())}\r\n" for line in (caption.title, *caption.lines))
    assert body.startswith(head)
    assert files.saved("save_csv_excel", exhibit) == b"\xef\xbb\xbf" + body.encode()
    headers, *rows = csv.reader(io.StringIO(body[len(head) :], newline=""))
    assert len(headers) == len(figures.headers) and len(rows) == len(figures.rows)
    book = openpyxl.load_workbook(io.BytesIO(files.saved("save_xlsx", exhibit)))
    sheet = book.worksheets[0]
    assert sheet.max_row == len(figures.rows) + 1
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(files.saved("save_pack", exhibit))) as archive:
        sums = dict(line.split("  ")[::-1] for line in archive.read(SUMS).decode().splitlines())
        assert set(archive.namelist()) == {*sums, SUMS} >= {"rows.csv", "about.txt", "sources.csv"}
        assert archive.read("sources.csv").count(b"\r\n") > 1
        assert all(hashlib.sha256(archive.read(part)).hexdigest() == digest for part, digest in sums.items())
        assert ("chart.png" in sums) is (exhibit.chart is not None)
    files._app.exporter.run("copy_rows", exhibit)
    copied = QApplication.clipboard().text()
    assert copied.count("\n") == len(figures.rows) + 1 and "\t" in copied


def _check_pictures(files: Files, exhibit: Exhibit) -> None:
    one = QImage.fromData(QByteArray(files.saved("save_png", exhibit)))
    two = QImage.fromData(QByteArray(files.saved("save_png_2x", exhibit)))
    assert exhibit.chart is not None
    assert one.width() == exhibit.chart.width() + 32 and one.height() > exhibit.chart.height()
    assert (two.width(), two.height()) == (2 * one.width(), 2 * one.height())
    assert one.pixelColor(2, 2).name() == "#ffffff"
    svg = files.saved("save_svg", exhibit)
    assert QSvgRenderer(QByteArray(svg)).isValid() and b"<image" not in svg
    pdf = files.saved("save_pdf", exhibit)
    assert pdf.startswith(b"%PDF") and b"/Subtype /Image" not in pdf
    files._app.exporter.run("copy_chart", exhibit)
    assert QApplication.clipboard().image().width() == two.width()
    files._app.exporter.run("show_table", exhibit)
    (dialog,) = files._app.window.findChildren(FiguresDialog)
    assert dialog.table.table.rowCount() == len(exhibit.figures.rows)
    dialog.close()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, 52)


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_that_a_page_becomes_a_pdf_and_a_pack(app: App, qtbot: QtBot, files: Files, tmp_path: Path, name: str) -> None:
    page = shown(app, qtbot, name)
    for command, suffix in (("save_page_pdf", "pdf"), ("save_page_pack", "zip")):
        with qtbot.waitSignal(app.exporter.told, timeout=WAIT_MS):
            app.window.commands[command].trigger()
        assert files.offered[-1].suffix == f".{suffix}"
    pdf = next(tmp_path.glob("*.pdf")).read_bytes()
    sheets = len(re.findall(rb"/Type /Page\b(?!s)", pdf))
    assert sheets == len(exhibits_of_page(page)) + 1
    assert b"/Subtype /Image" not in pdf
    with zipfile.ZipFile(next(tmp_path.glob("*.zip"))) as archive:
        names = archive.namelist()
        assert {"page.pdf", "about.txt", "sources.csv", SUMS} <= set(names)
        assert len([one for one in names if one.endswith("/rows.csv")]) == len(exhibits_of_page(page))


def test_that_what_is_exported_is_light_in_the_dark_theme(app: App, qtbot: QtBot, files: Files) -> None:
    page = shown(app, qtbot, "story")
    (chart,) = (one for one in exhibits_of_page(page) if one.widget is page.chart)
    light = files.saved("save_png", chart)
    app.theme.choose(DARK)
    QApplication.processEvents()
    dark_before = page.chart.grab().toImage()
    (chart,) = (one for one in exhibits_of_page(page) if one.widget is page.chart)
    assert files.saved("save_png", chart) == light
    assert page.chart.grab().toImage() == dark_before


def test_that_the_evidence_of_a_claim_becomes_a_pack(app: App, qtbot: QtBot, files: Files) -> None:
    page = shown(app, qtbot, "story")
    page.matrix._cells[0][0].click()
    QApplication.processEvents()
    offered = exhibits(page.drawer)
    rows = next(one for one in offered if one.widget is page.drawer)
    with zipfile.ZipFile(io.BytesIO(files.saved("save_pack", rows))) as archive:
        about = archive.read("about.txt").decode()
        assert page.drawer.evidence.claim in about and page.drawer.evidence.verdict in about
        assert all(source.title in about for source in page.drawer.evidence.sources)
        assert b"sha256" in archive.read("sources.csv")
    _check_menu(page.drawer)


def test_that_the_folder_is_remembered(app: App, qtbot: QtBot, files: Files, tmp_path: Path) -> None:
    page = shown(app, qtbot, "story")
    exhibit = exhibits_of_page(page)[0]
    files.saved("save_csv", exhibit)
    files.saved("save_csv", exhibit)
    assert files.offered[-1].parent == tmp_path
    app._remember()
    assert app.preferences.settings.export_folder == str(tmp_path)


def test_that_a_file_that_cannot_be_written_is_said_and_nothing_is_left(
    app: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file where a folder is due")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "taken" / "x.csv"), ""))
    page = shown(app, qtbot, "story")
    with qtbot.waitSignal(app.exporter.told, timeout=WAIT_MS) as told:
        app.exporter.run("save_csv", exhibits_of_page(page)[0])
    assert told.args is not None and "could not be written" in told.args[0]
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


def test_that_the_keys_act_on_the_chart_with_the_focus(app: App, qtbot: QtBot) -> None:
    page = shown(app, qtbot, "market")
    page.years.chart.setFocus()
    app.window.commands["copy_chart"].trigger()
    assert QApplication.clipboard().image().width() == 2 * (page.years.chart.width() + 32)
    page.meter.grid.setFocus()
    app.window.commands["export"].trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    labels = [action.text() for action in _actions(menu)]
    assert "Save as SVG\u2026" in labels and "Save the page as PDF\u2026" in labels
    menu.close()
