"""The Data page: what is held, how old it is, what went wrong, what comes next; files come in here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.pages.data import IMPORT, SourceRow
from models.pages.data import DataPage as Page
from models.qt.desk import Desk
from ui.dialogs.source_dialog import KeptOutDialog, SourceDialog, TermsDialog
from ui.pages.data_cards import ImportCard, LogCard, NextReportCard
from ui.pages.data_table import SourcesCard, action_of
from ui.pages.watch_card import WatchCard
from ui.theme import Theme
from ui.widgets.quiet_button import QuietButton
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.sheet import Sheet
from ui.widgets.text import Sentence, Text
from ui.words import tr

if TYPE_CHECKING:
    from services.importing import Imported

ONE_COLUMN_BELOW = 980
_MARGIN, _BETWEEN = 16, 12
_LEAST_SOURCES, _LEAST_BELOW = 330, 340


class DataPage(QWidget):
    """Draws one record; what a person asks for goes out as signals, as the page itself uses no network."""

    refresh_wanted = Signal(object)
    """Names of sources."""
    cancel_wanted = Signal(str)
    history_wanted = Signal(str)
    """The name of a source that is to stop, and of one whose whole history is wanted."""
    terms_accepted = Signal(str)
    """The name of a source whose terms were accepted just now."""
    look_wanted = Signal(object)
    files_wanted = Signal(object)
    """Paths of files to recognise, and to import."""
    automatic_wanted = Signal(bool)
    folder_wanted = Signal()

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self.theme = theme
        self._accepted: frozenset[str] = frozenset()
        self._running: dict[str, str] = {}
        self._sentence = Sentence(theme)
        self._caption = Text(theme, "body", "ink2", wraps=True)
        self.sources = SourcesCard(theme, lambda: self._accepted)
        self.next_report = NextReportCard(theme)
        self.files = ImportCard(theme)
        self.log = LogCard(theme)
        self.watch = WatchCard(theme)
        self.to_watch = QuietButton(
            theme, tr("Watch"), tr("To the rules and what they have raised, below"), role="button"
        )
        self.to_watch.clicked.connect(self._on_to_watch)
        self.watch.raised.connect(self._show_raised)
        self._lay_out()
        self.sources.acted.connect(self.act)
        self.sources.opened.connect(self._on_opened)
        self.next_report.automatic.connect(self.automatic_wanted)
        self.files.looked.connect(self.look_wanted)
        self.files.wanted.connect(self.files_wanted)
        self.log.folder_wanted.connect(self.folder_wanted)
        self.log.kept_out_wanted.connect(self._on_kept_out)

    def show_page(self, page: Page) -> None:
        """Draws a new record; selection and files that wait to be imported stay."""
        self.page = page
        self._sentence.setText(page.sentence)
        self._caption.setText(page.caption)
        self._caption.setVisible(bool(page.caption))
        self.sources.show_rows(page.sources)
        self.next_report.show_page(page)
        self.log.show_page(page)

    def show_preferences(self, accepted: Sequence[str], *, is_automatic: bool, has_consent: bool) -> None:
        """What the settings say of sources and refreshing."""
        self._accepted = frozenset(accepted)
        self.next_report.show_automatic(is_automatic, has_consent)
        if self.page is not None:
            self.sources.show_rows(self.page.sources)

    def show_running(self, running: Mapping[str, str]) -> None:
        """The sources that are being asked, with how far each is."""
        self._running = dict(running)
        self.sources.show_running(running)

    def show_found(self, paths: Sequence[Path], found: "Sequence[Imported]") -> None:
        self.files.show_found(paths, found)

    def show_imported(self, done: "Sequence[Imported]") -> None:
        self.files.show_done(done)

    def tick(self, now: datetime) -> None:
        """A rewound desk has no running clock."""
        if self.page is not None and self.page.is_live:
            self.next_report.tick(now, is_live=True)

    def act(self, row: SourceRow) -> None:
        """Do what the row offers."""
        if row.name in self._running:
            self.cancel_wanted.emit(row.name)
        elif row.name == IMPORT:
            self.files.choose_files()
        elif row.info.needs_consent and row.name not in self._accepted:
            dialog = TermsDialog(self.theme, row.info, self)
            dialog.accepted_terms.connect(lambda: self.terms_accepted.emit(row.name))
            dialog.open()
        elif action_of(row, self._accepted):
            self.refresh_wanted.emit((row.name,))

    def set_range(self, preset: str) -> None:
        """There is no time axis here."""

    def state(self) -> dict[str, Any]:
        """Nothing but how it is arranged, which the window remembers."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """There is nothing to take up."""

    def sentence_text(self) -> str:
        return f"{self._sentence.text()} {self._caption.text()}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._below.setDirection(down if self.width() < ONE_COLUMN_BELOW else across)
        self.watch.turn(is_narrow=self.width() < ONE_COLUMN_BELOW)

    def _lay_out(self) -> None:
        body = Sheet()
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._caption)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.to_watch, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.sources.setMinimumHeight(_LEAST_SOURCES)
        column.addWidget(self.sources, 354)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(_BETWEEN)
        for card, share in ((self.next_report, 464), (self.files, 300), (self.log, 550)):
            card.setMinimumHeight(_LEAST_BELOW)
            self._below.addWidget(card, share)
        column.addLayout(self._below, 374)
        self.watch.setMinimumHeight(_LEAST_BELOW)
        column.addWidget(self.watch)
        scroll = self._scroll = ScrollArea(self.theme)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _show_raised(self, count: int) -> None:
        """The card stands below the edge of a small window; this leads to it and says how much is in it."""
        self.to_watch.setText(f"{tr('Watch')} ({count})" if count else tr("Watch"))
        self.to_watch.updateGeometry()

    def _on_to_watch(self) -> None:
        self._scroll.ensureWidgetVisible(self.watch, 0, _MARGIN)
        (self.watch.alerts if self.watch.alerts.isVisible() else self.watch.rules).setFocus()

    def _on_opened(self, row: SourceRow) -> None:
        dialog = SourceDialog(self.theme, row, action_of(row, self._accepted), self)
        dialog.acted.connect(lambda: self.act(row))
        dialog.history_wanted.connect(lambda: self.history_wanted.emit(row.name))
        dialog.open()

    def _on_kept_out(self) -> None:
        if self.page is not None:
            KeptOutDialog(self.theme, self.page.kept_out, self).open()
