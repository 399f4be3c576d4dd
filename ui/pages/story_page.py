"""The Story: one number and one sentence, the claims, the chart, the anatomy; evidence one click away."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.explain import positions
from models.explain.explanation import Explanation
from models.formats import as_date, eastern, with_unit
from models.pages.brief_text import as_html, as_markdown, heading, watch_lines
from models.pages.captions import quoted
from models.pages.story import StoryPage as Page
from models.pages.story import WatchLine
from models.pages.story_choice import StoryChoice, as_plain, from_plain
from models.pages.story_panels import NO_PANELS, Panels
from models.qt.desk import Desk
from models.statements.evidence import Evidence
from models.statements.headline import lead_row
from models.statements.statement import Claim
from ui.charts.pane_stack import PaneStack, preset_of
from ui.charts.story_chart import story_content, story_subtitle, story_title
from ui.charts.ticks import day_of
from ui.pages.story_anatomy import AnatomyCard
from ui.pages.story_matrix import ClaimMatrix
from ui.pages.story_panels import StoryPanels
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.evidence_drawer import EvidenceDrawer
from ui.widgets.menu import Menu
from ui.widgets.quiet_button import QuietButton
from ui.widgets.save_file import ask_and_save
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.sheet import Sheet
from ui.widgets.text import Sentence, Text
from ui.words import tr

COMPACT_BELOW = 1280
ONE_COLUMN_BELOW = 940
_FIRST_RANGE, _COMPACT_RANGE = "3Y", "1Y"
_MARGIN, _BETWEEN = 16, 12
_MAIN_SHARE, _PANEL_SHARE = 446, 252
_SHARES, _COMPACT_SHARES = (692, 620), (640, 376)
_ROW_SHARES = (296, 138, 0)
_WATCH_SHOWN = 4
BRIEF_FORMS = {"pdf": "PDF", "png": "picture", "html": "HTML", "md": "Markdown"}


class StoryPage(QWidget):
    """Draws one record. `range_changed` gives the chart's preset, or ""; `told` is a line for the status bar."""

    range_changed = Signal(str)
    told = Signal(str)
    page_wanted = Signal(str)
    """The name of the page whose panel was clicked."""

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._desk, self._theme, self._actions = desk, theme, actions
        self._opener: QWidget | None = None
        self.matrix = ClaimMatrix(theme)
        self.chart = PaneStack(theme)
        self.chart.explain = self._explain_week
        self.anatomy = AnatomyCard(theme)
        self.panels = StoryPanels(theme)
        for panel in self.panels.all:
            panel.opened.connect(self.page_wanted)
        self.drawer = EvidenceDrawer(theme, self)
        self.drawer.hide()
        self._lead = Text(theme, "lead", "small")
        self._caption = Text(theme, "cell", "ink2")
        self._report = Text(theme, "cell", "ink3")
        self._sentence = Sentence(theme)
        self._caveat = Text(theme, "body", "ink2", wraps=True)
        self._chart_title = Text(theme, "card_title", "ink")
        self._chart_subtitle = Text(theme, "cell", "ink3")
        self._watch_title = Text(theme, "card_title", "ink")
        self._watch = Text(theme, "cell", "ink2", wraps=True)
        self._changed = Text(theme, "cell", "ink2", wraps=True)
        self._lay_out()
        self.matrix.evidence_wanted.connect(self._on_evidence_wanted)
        self.matrix.removal_wanted.connect(self._on_removal_wanted)
        self.drawer.closed.connect(self._on_drawer_closed)
        self.chart.range_changed.connect(self.range_changed)

    def show_page(self, page: Page) -> None:
        """Draws a new record; zoom, the chosen cell and the focus stay where they are."""
        self.page = page
        head = page.headline
        self._lead.setText(head.lead if head else "")
        self._caption.setText(head.caption[0] if head else "")
        self._report.setText(head.caption[1] if head else "")
        self._sentence.setText(head.short if head else page.reason_empty)
        self._caveat.setText(head.caveat if head else "")
        self._caveat.setVisible(bool(head and head.caveat))
        self.matrix.show_page(page)
        self.chart.show_content(story_content(page))
        self._chart_title.setText(story_title(page))
        self._chart_subtitle.setText(story_subtitle(page))
        self.anatomy.show_page(page)
        if page.panels is not NO_PANELS:
            self.show_panels(page.panels)
        self._watch_title.setText(f"What the next report would have to show, {eastern(page.next_release.at)}")
        self._watch.setText("\n".join(watch_line(line) for line in page.watch[:_WATCH_SHOWN]) or page.reason_empty)
        self._changed.setText(
            "\n".join(page.changed) or page.reason_empty or tr("The same can be said as a report ago.")
        )
        self._close_drawer_without_cell()

    def show_panels(self, panels: Panels) -> None:
        """What stands beside positioning, which takes longer to build."""
        self.matrix.show_panels(panels)
        self.panels.show_panels(panels)
        self._place_panels()

    def set_range(self, preset: str) -> None:
        self._has_own_range = False
        self.chart.set_preset(preset)

    def open_claim(self, place: int) -> None:
        """Open the evidence of a claim, by its place in the matrix, under its own definition."""
        rows = self.page.claims if self.page is not None else ()
        if place < len(rows):
            self.matrix.open_row(rows[place])

    def explanation(self) -> Explanation | None:
        """How the large number came about."""
        page = self.page
        if page is None or page.matrix is None or not len(page.series):
            return None
        row = lead_row(page.matrix, as_date(page.series.date[-1]))
        contracts = page.series_of(page.matrix.primary)
        return positions.statement(contracts, row.claim) if row else positions.net(contracts)

    def _explain_week(self) -> Explanation | None:
        """The net of the week at the cursor, else of the newest."""
        if self.page is None:
            return None
        day = self.chart.cursor_day
        return positions.net(self.page.series if day is None else self.page.series.until(np.datetime64(day_of(day))))

    def set_letter_keys(self, is_allowed: bool) -> None:
        self.chart.has_letter_keys = is_allowed

    @property
    def range_preset(self) -> str:
        """The preset that is shown, "" for a range chosen by hand."""
        return self.chart.preset

    def state(self) -> dict[str, Any]:
        kept = self._desk.choice.on_page(StoryChoice)
        return {"range": self.chart.preset, "claims": [as_plain(claim) for claim in kept.claims]}

    def restore(self, state: Mapping[str, Any]) -> None:
        kept = from_plain(state.get("claims"))
        if kept.claims and not self._desk.choice.on_page(StoryChoice).claims:
            self._desk.restore(self._desk.choice.with_page(kept))
        preset = state.get("range")
        if isinstance(preset, str) and preset:
            self._has_own_range = False
            self.chart.restore_range(preset_of(preset))

    def sentence_text(self) -> str:
        """The page's sentence with its caveat, for the clipboard."""
        head = self.page.headline if self.page is not None else None
        return f"{head.sentence} {head.caveat}".strip() if head is not None else self._sentence.text()

    # --- layout

    def _lay_out(self) -> None:
        number = QVBoxLayout()
        number.setSpacing(0)
        for label in (self._lead, self._caption, self._report):
            number.addWidget(label)
        number.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._sentence)
        words.addWidget(self._caveat)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(28)
        head.addLayout(number)
        head.addLayout(words, 1)
        head.addWidget(self._menu_button(), 0, Qt.AlignmentFlag.AlignTop)
        self._body = Sheet()
        column = self._column = QVBoxLayout(self._body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN)
        column.addLayout(head)
        self._chart_card = self._make_chart_card()
        self._columns = QGridLayout()
        self._columns.setSpacing(_BETWEEN)
        column.addLayout(self._columns, _MAIN_SHARE)
        self._panel_grid = QGridLayout()
        self._panel_grid.setSpacing(_BETWEEN)
        column.addLayout(self._panel_grid, _PANEL_SHARE)
        notes = QHBoxLayout()
        notes.setSpacing(_BETWEEN)
        notes.addWidget(self._make_note_card(self._watch_title, self._watch), 3)
        changed = Text(self._theme, "card_title", "ink", tr("Changed since the report before"))
        notes.addWidget(self._make_note_card(changed, self._changed), 2)
        column.addLayout(notes)
        self._scroll = ScrollArea(self._theme)
        self._scroll.setWidget(self._body)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        self._shape: tuple[bool, bool] | None = None
        self._has_own_range = True
        self._arrange()

    def _menu_button(self) -> QuietButton:
        menu = Menu(self._theme, self)
        menu.addAction(tr("Copy sentence")).triggered.connect(self.copy_sentence)
        menu.addSeparator()
        for form, title in BRIEF_FORMS.items():
            menu.addAction(f"Save brief as {title}\u2026").triggered.connect(partial(self.save_brief, form))
        button = QuietButton(self._theme, "\u22ef", tr("Story menu: copy, save brief"))
        button.set_menu(menu)
        return button

    def copy_sentence(self) -> None:
        """The sentence with its caveat and its source, as plain text."""
        if self.page is not None:
            QApplication.clipboard().setText(quoted(self.sentence_text(), self.page))
            self.told.emit(tr("The sentence was copied."))

    def save_brief(self, form: str = "pdf", _checked: bool = False) -> None:
        """The story on one sheet, in a file that the user names."""
        if self.page is None:
            return
        match form:
            case "html":
                body = as_html(self.page).encode()
            case "md":
                body = as_markdown(self.page).encode()
            case _:
                from ui.report import render

                body = render(self.page, form, heading(self.page), watch_lines(self.page))
        when = self.page.release.report.isoformat() if self.page.release else "empty"
        self.told.emit(ask_and_save(self, f"aboutface-{self.page.market.name}-{when}.{form}", body))

    def _make_chart_card(self) -> Card:
        card = Card(self._theme)
        card.column.addWidget(self._chart_title)
        card.column.addWidget(self._chart_subtitle)
        card.column.addWidget(self.chart, 1)
        self.chart.setMinimumSize(310, 200)
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return card

    def _make_note_card(self, title: Text, text: Text) -> Card:
        card = Card(self._theme)
        card.column.addWidget(title)
        card.column.addWidget(text)
        card.column.addStretch(1)
        return card

    def _arrange(self) -> None:
        """Two columns where there is room, the anatomy below the chart; one under the other when narrow."""
        is_narrow, is_compact = self.width() < ONE_COLUMN_BELOW, self.width() < COMPACT_BELOW
        if (is_narrow, is_compact) == self._shape:
            return
        self._shape = (is_narrow, is_compact)
        grid = self._columns
        if is_narrow:
            places = ((self.matrix, 0, 0, 1, 2), (self._chart_card, 1, 0, 1, 2), (self.anatomy, 2, 0, 1, 2))
        elif is_compact:
            places = ((self.matrix, 0, 0, 1, 1), (self._chart_card, 0, 1, 1, 1), (self.anatomy, 1, 0, 1, 2))
        else:
            places = ((self.matrix, 0, 0, 2, 1), (self._chart_card, 0, 1, 1, 1), (self.anatomy, 1, 1, 1, 1))
        for widget, *place in places:
            grid.addWidget(widget, *place)
        shares = _COMPACT_SHARES if is_compact else _SHARES
        for column, share in enumerate(shares):
            grid.setColumnStretch(column, share)
        for row, share in enumerate((0, 0, 0) if is_narrow else _ROW_SHARES):
            grid.setRowStretch(row, share)
        self._place_panels()
        self._sentence.set_role("sentence_compact" if is_compact else "sentence")
        if self._has_own_range:
            self.chart.set_preset(_COMPACT_RANGE if is_compact else _FIRST_RANGE)

    def _place_panels(self) -> None:
        """Those that are shown in a row, two by two when compact."""
        in_a_row = 2 if self.width() < COMPACT_BELOW else len(self.panels.all)
        for panel in self.panels.all:
            self._panel_grid.removeWidget(panel)
        for place, panel in enumerate(self.panels.shown or self.panels.all):
            self._panel_grid.addWidget(panel, place // in_a_row, place % in_a_row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._place_drawer()

    # --- evidence

    def _on_removal_wanted(self, claim: Claim) -> None:
        kept = self._desk.choice.on_page(StoryChoice).without(claim)
        self._desk.restore(self._desk.choice.with_page(kept))

    def _on_evidence_wanted(self, evidence: Evidence) -> None:
        self._opener = self.focusWidget()
        self.drawer.show_evidence(evidence)
        self.drawer.show()
        self._place_drawer()
        self.drawer.raise_()
        self.drawer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_drawer(self) -> None:
        """The evidence lies over the right column, so that the claims beside it stay where they are."""
        if self.drawer.isVisibleTo(self):
            self.drawer.setGeometry(self.width() - self.drawer.width(), 0, self.drawer.width(), self.height())

    def _on_drawer_closed(self) -> None:
        self.drawer.hide()
        self.matrix.clear_choice()
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
            self._opener = None

    def _close_drawer_without_cell(self) -> None:
        """The evidence of a cell belongs to the record that it was opened from."""
        if self.drawer.isVisibleTo(self):
            self._opener = None
            self._on_drawer_closed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drawer.isVisibleTo(self):
            self._on_drawer_closed()
        else:
            super().keyPressEvent(event)


def watch_line(line: WatchLine) -> str:
    """`Above +92,652 contracts: the highest since the data begin on 26 Dec 2006.`"""
    figure = with_unit(line.threshold, line.unit, signed=True)
    return f"{line.condition.capitalize()} {figure}: {line.meaning}."
