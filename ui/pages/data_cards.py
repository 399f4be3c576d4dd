"""The three cards below the sources: the next report, import, and the log."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.calendars import NEW_YORK, Release
from models.formats import count, day, duration, plural, short_day, week_day
from models.pages.data import DataPage, LogLine
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.tables import TableView
from ui.widgets.text import Text, set_tip
from ui.words import tr

if TYPE_CHECKING:
    from services.importing import Imported

_CONFLICTS = "Figures that are held otherwise; the button below lists them"
_KEPT_OUT = "Rows that cannot be right"
_AUTOMATIC = "Refresh by itself when the report is due"
_FILES = "CFTC, S&P, holdings and price files (*.txt *.zip *.csv *.xlsx *.xls *.gz *.tsv);;All files (*)"


class NextReportCard(Card):
    """Counts down to the next COT report; `automatic` tells whether to refresh by itself then."""

    automatic = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._coming: tuple[Release, ...] = ()
        self._left = Text(theme, "lead", "ink")
        self._when = Text(theme, "body", "ink2", wraps=True)
        self._rows = TableModel(_coming_columns(), self)
        table = self.table = TableView(theme, self._rows, padding=5)
        table.setAccessibleName(tr("The next COT reports"))
        self.box = theme.dress(QCheckBox(tr(_AUTOMATIC), self))
        self.box.toggled.connect(self.automatic)
        self.column.addWidget(Text(theme, "card_title", "ink", tr("Next COT report")))
        for widget in (self._left, self._when):
            self.column.addWidget(widget)
        self.column.addWidget(table, 1)
        self.column.addWidget(self.box)

    def show_page(self, page: DataPage) -> None:
        self._coming = page.coming
        self._rows.show(page.coming)
        self.tick(page.moment, is_live=page.is_live)

    def show_automatic(self, is_on: bool, is_allowed: bool) -> None:
        """Without consent to use the network nothing is refreshed by itself."""
        self.box.blockSignals(True)
        self.box.setChecked(is_on and is_allowed)
        self.box.blockSignals(False)
        self.box.setEnabled(is_allowed)
        self.box.setText(tr(_AUTOMATIC) if is_allowed else tr("Refresh by itself, from the first download on"))

    def tick(self, now: datetime, *, is_live: bool) -> None:
        if not self._coming:
            return
        at = self._coming[0].at
        local, here = at.astimezone(NEW_YORK), at.astimezone()
        self._left.setText(duration((at - now).total_seconds()) if is_live else short_day(local.date()))
        self._when.setText(
            f"to {week_day(local.date())}, {local:%H:%M} in New York\n({week_day(here.date())}, {here:%H:%M} here)"
        )


def _coming_columns() -> tuple[Column, ...]:
    return (
        Column("Report of", lambda row: row.report, _short_week_day, is_number=False),
        Column("Released, ET", lambda row: row.at, _short_eastern, is_number=False),
        Column("Note", lambda row: row.note, is_number=False, most_px=120, tip_of=lambda row: str(row.note)),
    )


def _short_week_day(when: date) -> str:
    """`Tue 24 Nov`: within the next weeks the year says nothing."""
    return f"{week_day(when)[:3]} {short_day(when)}"


def _short_eastern(at: datetime) -> str:
    local = at.astimezone(NEW_YORK)
    return f"{_short_week_day(local.date())}, {local:%H:%M}"


class ImportCard(Card):
    """Files are dropped or chosen, looked at, and imported when a person says so.

    `looked` gives the paths to recognise, `wanted` those to import.
    """

    looked = Signal(object)
    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._ready: tuple[Path, ...] = ()
        self._files: tuple[Imported, ...] = ()
        self.setAcceptDrops(True)
        self.choose = theme.dress(QPushButton(tr("Choose files\u2026"), self))
        self.choose.clicked.connect(self.choose_files)
        self.start = theme.dress(QPushButton(tr("Import"), self), "primary")
        self.start.clicked.connect(lambda: self.wanted.emit(self._ready))
        self.clear = theme.dress(QPushButton(tr("Clear"), self))
        self.clear.clicked.connect(self.forget)
        self.conflicts = theme.dress(QPushButton("", self))
        set_tip(self.conflicts, tr("Figures that the files state otherwise than the archive, one by one"))
        self.conflicts.clicked.connect(self._on_conflicts)
        self.said = Text(theme, "cell", "ink2", wraps=True)
        self._rows = TableModel(_file_columns(), self)
        self.table = TableView(theme, self._rows)
        self.table.setAccessibleName(tr("Files to import"))
        self.column.addWidget(Text(theme, "card_title", "ink", tr("Import")))
        self._zone = _DropZone(theme, self.choose)
        self.column.addWidget(self._zone, 1)
        self.column.addWidget(self.table, 2)
        self.column.addWidget(self.said)
        buttons = QHBoxLayout()
        for button in (self.start, self.conflicts, self.clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.forget()

    def choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Import files"), "", tr(_FILES))
        self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        if paths:
            self.said.setText(tr("Looking at the files."))
            self.looked.emit(tuple(paths))

    def show_found(self, paths: Sequence[Path], found: "Sequence[Imported]") -> None:
        """What was recognised; what was not stays in the list with its reason and is not imported."""
        self._ready = tuple(path for path, one in zip(paths, found, strict=True) if not one.is_failed)
        self._show_rows(found)
        self.said.setText(" ".join(one.message for one in found if one.is_failed))
        self.start.setText(f"Import {plural(len(self._ready), 'file')}" if self._ready else tr("Import"))
        self.start.setVisible(bool(self._ready))
        self.clear.show()

    def show_done(self, done: "Sequence[Imported]") -> None:
        self.forget()
        self._show_rows(done)
        self.said.setText(" ".join(f"{one.file}: {one.message}" for one in done))
        self.clear.show()

    def _show_rows(self, rows: "Sequence[Imported]") -> None:
        self._files = tuple(rows)
        self._rows.show(rows)
        self.table.setVisible(bool(rows))
        found = sum(len(one.conflicts) for one in rows)
        self.conflicts.setText(f"{plural(found, 'conflict')}\u2026")
        self.conflicts.setVisible(bool(found))

    def _on_conflicts(self) -> None:
        from ui.dialogs.conflicts_dialog import ConflictsDialog

        ConflictsDialog(self._theme, {one.file: one.conflicts for one in self._files}, self).open()

    def forget(self) -> None:
        self._ready = ()
        self._show_rows(())
        self.said.setText("")
        self.start.setText(tr("Import"))
        self.start.hide()
        self.clear.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _file_columns() -> tuple[Column, ...]:
    return (
        Column("File", lambda row: row.file, is_number=False, most_px=150),
        Column("Recognised as", _kind, is_number=False, most_px=150, tip_of=lambda row: str(row.message)),
        Column("New rows", lambda row: None if row.is_failed else row.rows_new, count),
        Column("Conflicts", lambda row: None if row.is_failed else len(row.conflicts), count, tip=_CONFLICTS),
        Column("Kept out", lambda row: None if row.is_failed else row.rows_refused, count, tip=_KEPT_OUT),
    )


def _kind(row: "Imported") -> str:
    if row.is_failed:
        return "\u25b2 Cannot be used"
    return f"{row.kind}, {day(row.as_of)}" if row.as_of else row.kind


class _DropZone(QWidget):
    """A dashed outline around where files can be dropped, with the button that chooses them."""

    def __init__(self, theme: Theme, choose: QPushButton) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Text(theme, "cell_strong", "ink", tr("Drop files here")), 0, Qt.AlignmentFlag.AlignHCenter)
        for kinds in ("CFTC text or zip, S&P workbook,", "holdings, prices or estimates"):
            column.addWidget(Text(theme, "cell", "ink3", tr(kinds)), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("mute"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()


class LogCard(Card):
    """What happened, newest first, in local time."""

    folder_wanted = Signal()
    kept_out_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows = TableModel(_log_columns(), self)
        self.table = TableView(theme, self._rows)
        self.table.setAccessibleName(tr("Log"))
        self.copy = theme.dress(QPushButton(tr("Copy log"), self))
        self.copy.clicked.connect(self._on_copy)
        self.folder = theme.dress(QPushButton(tr("Open data folder"), self))
        self.folder.clicked.connect(self.folder_wanted)
        self.kept_out = theme.dress(QPushButton(tr("Kept out"), self))
        self.kept_out.clicked.connect(self.kept_out_wanted)
        self.column.addWidget(Text(theme, "card_title", "ink", tr("Log")))
        self.column.addWidget(Text(theme, "label", "ink3", tr("local time")))
        self.column.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        for button in (self.copy, self.folder, self.kept_out):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)

    def show_page(self, page: DataPage) -> None:
        self._rows.show(page.log)
        self.kept_out.setText(f"Kept out ({len(page.kept_out):,})\u2026")
        self.kept_out.setEnabled(bool(page.kept_out))
        set_tip(self.kept_out, "" if page.kept_out else tr("Nothing was kept out"))

    def _on_copy(self) -> None:
        lines = [
            f"{_local(line.moment)}\t{line.source}\t{line.text} {line.detail}".rstrip()
            for line in (self._rows.row(place) for place in range(self._rows.rowCount()))
        ]
        QApplication.clipboard().setText("\n".join(lines) + "\n")


def _log_columns() -> tuple[Column, ...]:
    return (
        Column("When", lambda row: row.moment, _local, is_number=False),
        Column("Source", lambda row: row.source, is_number=False, is_strong=lambda _: True, rank=1),
        Column("What", _what, is_number=False, most_px=270, tip_of=lambda row: f"{row.text} {row.detail}".strip()),
    )


def _what(row: LogLine) -> str:
    return f"\u25b2 {row.text}" if row.is_failure else row.text


def _local(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{short_day(here.date())} {here:%H:%M}"
