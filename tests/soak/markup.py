"""Text from outside that looks like markup is shown as it is, wherever the window shows it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip

from models.names import Report
from models.records import Batch, Provenance, Refusal
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.importing import ImportWish, import_files
from services.paths import archive_path
from services.sources.cftc_fields import NAME
from tests.services.holdings_bodies import csv_2025, equities
from tests.services.sources.socrata import rows_of, tuesdays
from tests.soak.desk import NEWEST, NOW, refreshed, small_cftc, without_starter
from tests.soak.effort import Effort
from tests.soak.window import live_for, only_cftc, wait_for_page, wait_until, watching, window
from ui.app import App
from ui.dialogs.fault_dialog import FaultDialog
from ui.dialogs.recovery_dialog import RecoveryDialog
from ui.pages.registry import PAGES
from ui.widgets.banner import Message

RED = 0xFFFF0000
PROBE = '<font color="#ff0000" style="background:#ff0000"><b>\u2588\u2588\u2588</b></font><img src="{red}">'


def nothing_renders(effort: Effort) -> None:
    without_starter()
    with tempfile.TemporaryDirectory() as name, small_cftc() as hosts, watching() as slips:
        folder = Path(name)
        probe = _probe(folder)
        for report in hosts.rows:
            hosts.rows[report] += [row | {NAME: probe} for row in rows_of(report, ["990001"], tuesdays(NEWEST, 5))]
        profile = folder / "profile"
        refreshed(profile, hosts.mirror)
        _fill(profile, folder, probe)
        with window(profile, hosts.mirror, settings=only_cftc(mappings={})) as app:
            wait_for_page(app)
            places = list(_places(app, probe))
            if not effort.is_full:
                effort.chance.shuffle(places)
            for number in effort.tries(len(places), len(places)):
                place, show = places[number]
                show()
                live_for(30)
                _look(place, probe)
        slips.assert_none()


def _probe(folder: Path) -> str:
    """Red letters, a red ground and a red picture, if anyone reads it as markup."""
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(RED)
    assert picture.save(str(folder / "red.png"))
    return PROBE.format(red=folder / "red.png")


def _fill(profile: Path, folder: Path, probe: str) -> None:
    """The probe as names of holdings and a fund's file, as what was kept out, as what a source said."""
    clock = Clock(NOW)
    lines = [(ticker, probe, *rest) for ticker, _, *rest in equities(12)]
    file = folder / "IWM_holdings <b>bold.csv"
    file.write_bytes(csv_2025(lines, NEWEST, title=probe.replace('"', "'")).encode("utf-8-sig"))  # type: ignore[arg-type]
    with closing(Archive.open(archive_path(profile), clock)) as archive:
        (done,) = import_files([file], ImportWish(fund="IWM", as_of=NEWEST), archive, clock, Cancel())
        assert not done.is_failed, done.message
        origin = Provenance("cftc", Report.LEGACY_FUTURES.value, "https://example.org/", NOW, None, "0" * 64)
        archive.save(Batch(origin, (), (Refusal(probe, probe, probe),)))
        archive.note_failure("cftc", probe, probe, probe)


def _places(app: App, probe: str) -> Iterator[tuple[str, Callable[[], object]]]:
    for entry in PAGES:
        yield f"page {entry.name}", partial(_show_page, app, entry.name)
    yield "positioning of the contract", lambda: _choose(app)
    yield "market picker", app.window.top_bar.market.open
    yield "banner", lambda: app.window.banners.show_message("probe", Message(probe, probe, (), probe))
    yield "status bar", lambda: app.window.status_bar.tell(probe)
    yield "progress", lambda: _show_progress(app, probe)
    yield "settings notice", lambda: app.warn([probe])
    yield "empty page", lambda: app.window.pages.say_empty(probe)
    yield "fault", lambda: FaultDialog(app.theme, probe, probe, app.context.profile, app.window).open()
    yield "recovery", lambda: RecoveryDialog(app.theme, [probe], app.window).open()
    yield "settings", app.open_settings
    yield "about", app.open_about


def _show_progress(app: App, probe: str) -> None:
    app.window.progress.begin({"cftc": probe})
    app.window.progress.show()


def _show_page(app: App, name: str) -> None:
    app.window.show_page(name)
    wait_until(lambda: app.loader.is_settled and app.jobs.is_idle, f"page {name}")


def _choose(app: App) -> None:
    app.window.show_page("positioning")
    app.desk.choose(legs="990001")
    wait_until(lambda: app.loader.is_settled and app.jobs.is_idle, "the contract")


def _look(place: str, probe: str) -> None:
    """No red anywhere, no label that reads markup, no tool tip that does."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            assert not _has_red(top.grab().toImage()), f"{place}: the probe was rendered"
    for widget in QApplication.allWidgets():
        if not shiboken6.isValid(widget):  # went while another one showed its tool tip
            continue
        if isinstance(widget, QLabel) and not widget.inherits("QTipLabel"):  # that of tool tips, which are markup
            is_plain = widget.textFormat() is Qt.TextFormat.PlainText or "<" not in widget.text()
            assert is_plain, f"{place}: a label takes {widget.text()[:60]!r} for markup"
        for tip in (widget.toolTip(), *(_tips(widget) if isinstance(widget, QAbstractItemView) else ())):
            assert probe not in tip, f"{place}: a tool tip of {type(widget).__name__} takes text for markup"
    for dialog in [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.parent() is not None]:
        dialog.close()


def _tips(view: QAbstractItemView) -> Iterator[str]:
    """What the tool tips of cells say that hold the probe, asked for as a hovering hand does."""
    model: QAbstractItemModel | None = view.model()
    if model is None or not view.isVisible():
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 30)):
        for index in [model.index(row, column) for column in range(columns)]:
            texts = [str(index.data(role)) for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole)]
            if any("<" in text for text in texts):
                place = view.visualRect(index).center()
                asked = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
                QApplication.sendEvent(view.viewport(), asked)
                yield QToolTip.text()


def _has_red(image: QImage) -> bool:
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)  # held, as the pixels are its own
    pixels = np.frombuffer(plain.constBits(), np.uint32)
    return bool((pixels == RED).any())
