"""The Positioning page: controls, chart, latest values, records, and the evidence beside or over them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.explain import positions
from models.explain.explanation import Explanation
from models.pages.episodes import EpisodesPage
from models.pages.positioning import PositioningPage as Page
from models.pages.positioning import ScannerPage
from models.pages.story_choice import LONGEST_WINDOW, StoryChoice, measured
from models.qt.desk import Desk
from ui.charts.pane_stack import preset_of
from ui.charts.ranges import PRESET_YEARS, TimeRange
from ui.charts.ticks import day_number
from ui.pages.chart_card import ChartCard
from ui.pages.episodes_view import EpisodesView
from ui.pages.positioning_controls import CHART, EPISODES, SCANNER, VIEWS, PositioningControls
from ui.pages.positioning_tables import LatestCard, RecordsCard
from ui.pages.scanner_view import ScannerView
from ui.theme import Theme
from ui.widgets.evidence_drawer import EvidenceDrawer
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.splitter import GAP, Splitter
from ui.words import tr

PUSHES_FROM = 1360
"""Width of the window from which the drawer makes room for itself; below, it lies over the page."""
_MARGIN, _MARGIN_COMPACT = 16, 12
_TABLES_HEIGHT = 234
_TWO_COLUMNS_FROM = 900
_DRAWN_HEIGHT = 824
"""Height of the page for which it was designed; the chart and the tables share what there is above it."""


class PositioningPage(QWidget):
    """Draws one record and keeps zoom, selection and focus when the next one comes.

    `range_changed` gives the preset that the chart is anchored to, or "". `view_changed` is one of `VIEWS`;
    the episodes and the scanner show what they were given last. `told` is a line for the status bar.
    """

    range_changed = Signal(str)
    view_changed = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._desk, self._theme, self._actions = desk, theme, actions
        self._opener: QWidget | None = None
        self.controls = PositioningControls(desk, theme)
        self.chart = ChartCard(theme)
        self.latest = LatestCard(desk, theme)
        self.records = RecordsCard(desk, theme)
        self.episodes = EpisodesView(theme)
        self.scanner = ScannerView(theme)
        self.drawer = EvidenceDrawer(theme, self)
        self.drawer.hide()
        self._lay_out()
        self._connect()

    # --- what the window calls

    def show_page(self, page: Page) -> None:
        """Draw a new record; the range, the crosshair, selections and the focus stay where they are."""
        had_drawer = self.drawer.isVisibleTo(self)
        self.page = page
        self.controls.show_page(page)
        self.chart.show_page(page)
        self.latest.show_page(page)
        self.records.show_page(page)
        focus = page.choice.focus if page.evidence is not None else None
        self.chart.stack.set_focus_day(day_number(focus) if focus is not None else None)
        if page.evidence is not None:
            self.drawer.show_evidence(page.evidence)
        self._show_drawer(page.evidence is not None and self.view == CHART, was_open=had_drawer)

    def show_scanner(self, page: ScannerPage) -> None:
        self.scanner.show_page(page)

    def show_episodes(self, page: EpisodesPage) -> None:
        self.episodes.show_page(page)

    def set_range(self, preset: str) -> None:
        """Show 1Y, 3Y, 5Y, 10Y or All of the chart."""
        self.chart.stack.set_preset(preset)

    @property
    def range_preset(self) -> str:
        """The preset that is shown, "" for a range chosen by hand."""
        return self.chart.stack.preset

    @property
    def view(self) -> str:
        return tuple(VIEWS)[self._views.currentIndex()]

    def set_view(self, view: str) -> None:
        """Show the chart, the episodes or the scanner."""
        if view == self.view:
            return
        shown, hidden = self._pages[view], self._pages[self.view]
        shown.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        hidden.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored
        )  # else its height makes the page scroll
        self._views.setCurrentWidget(shown)
        self.controls.show_view(view)
        has_evidence = self.page is not None and self.page.evidence is not None
        self._show_drawer(has_evidence and view == CHART, was_open=True)
        self.view_changed.emit(view)

    def show_week(self, day: date) -> None:
        """Put the crosshair on a report of the chart."""
        self.set_view(CHART)
        self.chart.stack.move_cursor(day_number(day))
        self.chart.stack.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo_range(self) -> bool:
        """One zoom back; False where there is none and the window may go back a page."""
        return self.view == CHART and self.chart.stack.undo_range()

    def redo_range(self) -> bool:
        return self.view == CHART and self.chart.stack.redo_range()

    def close_evidence(self) -> bool:
        """Close the drawer; False where none is open."""
        is_open = self.drawer.isVisibleTo(self)
        if is_open:
            self._desk.choose(focus=None)
        return is_open

    def explanation(self) -> Explanation | None:
        """How the newest net came about."""
        return positions.net(self.page.main) if self.page is not None else None

    def sentence_text(self) -> str:
        """The page's sentence with the definition that it holds under."""
        return f"{self.page.sentence} {self.page.title}, {self.page.main.unit}." if self.page is not None else ""

    def set_letter_keys(self, is_allowed: bool) -> None:
        """Whether Y 3 5 0 A choose a range while the chart has the focus."""
        self.chart.stack.has_letter_keys = is_allowed

    def search(self) -> None:
        """Ctrl+F: search in the page's table, which is the scanner's."""
        self.set_view(SCANNER)
        self.scanner.focus_filter()

    def state(self) -> dict[str, Any]:
        """What is remembered between starts, as plain values."""
        shown = self.chart.stack.shown
        where = {"preset": shown.preset} if shown.preset else {"start": shown.start, "end": shown.end}
        return {
            "view": self.view,
            "range": where,
            "panes": self.chart.shown_panes,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that was remembered; what is missing or makes no sense is left as it is."""
        self.chart.set_shown_panes(_texts(state.get("panes"), self.chart.shown_panes))
        wanted = _range(state.get("range"))
        if wanted is not None:
            self.chart.stack.restore_range(wanted)
        if state.get("view") in VIEWS:
            self.set_view(str(state["view"]))

    # --- arrangement

    def _lay_out(self) -> None:
        self._tables = Splitter(self._theme, "tables", Qt.Orientation.Horizontal, (566, 354))
        self._tables.add(self.latest, self.records)
        self._chart_view = Splitter(self._theme, "chart", Qt.Orientation.Vertical, (496, _TABLES_HEIGHT))
        self._chart_view.add(self.chart, self._tables)
        self._pages = {CHART: self._chart_view, EPISODES: self.episodes, SCANNER: self.scanner}
        self._views = QStackedWidget()
        self._views.addWidget(self._chart_view)
        for hidden in (self.episodes, self.scanner):
            self._views.addWidget(hidden)
            hidden.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        body = QWidget()
        body.setObjectName("page")
        self._body = QVBoxLayout(body)
        self._body.setSpacing(10)
        self._body.addWidget(self.controls)
        self._body.addWidget(self._views, 1)
        self._scroll = ScrollArea(self._theme, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)

    def _connect(self) -> None:
        self.controls.view_chosen.connect(self.set_view)
        self.chart.stack.day_chosen.connect(self._on_day_chosen)
        self.chart.stack.range_changed.connect(self.range_changed)
        self.chart.claim_wanted.connect(self._on_claim_wanted)
        self.drawer.closed.connect(self.close_evidence)
        self.scanner.market_chosen.connect(self._on_market_chosen)
        self._theme.changed.connect(self._place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        """The drawer pushes the page where the window is wide, and lies over it where not."""
        is_wide = self.window().width() >= PUSHES_FROM
        margin = _MARGIN if is_wide else _MARGIN_COMPACT
        right = margin
        if self.drawer.isVisibleTo(self):
            left, height = self.width() - self.drawer.width() - margin, self.height() - 2 * margin + 6
            self.drawer.setGeometry(left, margin - 2, self.drawer.width(), height)
            self.drawer.raise_()
            right = self.drawer.width() + 2 * margin - 4 if is_wide else margin
        self._body.setContentsMargins(margin, margin - 2, right, margin - 4)
        pixels = self._theme.pixels
        is_one_column = self.width() - margin - right < pixels(_TWO_COLUMNS_FROM)
        self._tables.setOrientation(Qt.Orientation.Vertical if is_one_column else Qt.Orientation.Horizontal)
        drawn, extra = pixels(_TABLES_HEIGHT), max(self.height() - _DRAWN_HEIGHT, 0)
        for card in (self.latest, self.records):
            card.setMinimumHeight(drawn)
        self._scroll.setGeometry(self.rect())
        if not self._chart_view.is_moved:
            tables = min(drawn + extra // 2, int(1.4 * drawn)) * (2 if is_one_column else 1)
            self._chart_view.setSizes([max(self._chart_view.height() - tables - GAP, 1), tables])

    def _show_drawer(self, is_open: bool, *, was_open: bool) -> None:
        focused = QApplication.focusWidget()
        if is_open and not was_open:
            self._opener = focused
        has_focus = focused is not None and self.drawer.isAncestorOf(focused)
        self.drawer.setVisible(is_open)
        self._place()
        if has_focus and not is_open:
            (self._opener or self.chart.stack).setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """While evidence is open, Escape closes it before the window takes the key for anything else."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.drawer.isVisibleTo(self)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.close_evidence():
            super().keyPressEvent(event)

    # --- what the parts ask for

    def _on_day_chosen(self, day: date) -> None:
        self._desk.choose(focus=day)

    def _on_claim_wanted(self, first: date, last: date) -> None:
        """Keep a measured swing on the Story, and show its evidence here."""
        claim = measured(self.page.main, first, last) if self.page is not None else None
        if claim is None:
            self.told.emit(f"A claim is about a swing over 1 to {LONGEST_WINDOW} reports.")
            return
        kept = self._desk.choice.on_page(StoryChoice).with_claim(claim)
        self._desk.restore(
            replace(
                self._desk.choice.with_page(kept),
                kind=claim.kind,
                direction=claim.direction,
                window=claim.window,
                focus=claim.date,
            )
        )
        self.told.emit(tr("Kept as a claim: the Story judges it under every definition."))

    def _on_market_chosen(self, market: str) -> None:
        self.set_view(CHART)
        self._desk.choose(market=market, focus=None)


def _texts(value: object, default: list[str]) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else default


def _range(value: object) -> TimeRange | None:
    if not isinstance(value, Mapping):
        return None
    if value.get("preset") in PRESET_YEARS:
        return preset_of(str(value["preset"]))
    start, end = value.get("start"), value.get("end")
    numbers = isinstance(start, int | float) and isinstance(end, int | float)
    return TimeRange(float(start), float(end)) if numbers and start < end else None  # type: ignore[arg-type, operator]
