"""The Earnings page: what profits are expected, how the expectations moved, small caps against large."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.calendars import NEW_YORK
from models.formats import day
from models.pages.company import CompaniesPage
from models.pages.earnings import BASIS_TITLES, EarningsChoice, Panel
from models.pages.earnings import EarningsPage as Page
from models.pages.leverage import LeveragePage
from models.pages.positioning import Option
from models.qt.desk import Desk
from ui.charts.ranges import DAYS_A_YEAR, PRESET_YEARS
from ui.pages.earnings_behind import BehindCard
from ui.pages.earnings_cards import DIAMOND, GapCard, GrowthCard, RevisionsCard
from ui.pages.earnings_companies import CompaniesView
from ui.pages.thin_card import ThinCard
from ui.theme import Theme
from ui.widgets.chip import Chip
from ui.widgets.option_row import OptionControl
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.text import Line, Sentence
from ui.words import tr

COMPACT_BELOW = 1280
ONE_COLUMN_BELOW = 900
_MARGIN, _BETWEEN = 16, 12
_GROWTH_HEIGHT, _GAP_HEIGHT = 392, 336
_LEAST_HEIGHT = 250
HIDE, SHOW = "hide", "show"
_EARLIER = "Older vintages come with an import of S&P's earnings workbook of that time."
INDICES, COMPANIES = "indices", "companies"


class EarningsPage(QWidget):
    """Draws one record; what is chosen here goes to the desk, and comes back as another record.

    `view_changed` is `indices` or `companies`; `keys_wanted` asks which keyed sources can be asked, which
    `show_keys` answers, and `company_wanted` has one of them asked about a company.
    """

    range_changed = Signal(str)
    told = Signal(str)
    view_changed = Signal(str)
    keys_wanted = Signal()
    company_wanted = Signal(str, str)

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._desk, self._theme = desk, theme
        self._sentence = Sentence(theme)
        self._subtitle = Line(theme, "body", "ink2")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._later = Chip(theme, is_flag=True)
        self.basis = OptionControl(theme, tr("Basis"))
        self.later_data = OptionControl(theme, tr("Later data"))
        self.growth, self.revisions = GrowthCard(theme), RevisionsCard(theme)
        self.gap, self.behind = GapCard(theme), BehindCard(theme)
        self.starts = ThinCard(theme, tr("Show it"))
        self.companies = CompaniesView(theme)
        self.range_preset = "10Y"
        self._lay_out()
        self.basis.chosen.connect(self._on_basis)
        self.later_data.chosen.connect(self._on_later_data)
        self.revisions.year_chosen.connect(lambda year: self._choose(year=year))
        self.behind.panel_chosen.connect(self._on_panel)
        self.behind.companies_wanted.connect(self.search)
        self.companies.left.connect(lambda: self.set_view(INDICES))
        self.companies.opened.connect(self._on_company)
        self.companies.company_wanted.connect(self.company_wanted)
        for card in (self.starts, self.revisions):
            card.later_wanted.connect(self._on_show_later)
            card.go_there.connect(self._on_go_there)

    # --- what the window calls

    def show_page(self, page: Page) -> None:
        """Draws a new record."""
        self.page = page
        self._show_head(page)
        self._show_cards(page)

    def _show_cards(self, page: Page) -> None:
        """The years of the range, counted back from the newest; vintages back from the as-of day."""
        years = PRESET_YEARS[self.range_preset]
        newest = max((int(pair.period) for pair in page.years), default=0)
        since = "" if years == math.inf else str(newest - int(years) + 1)
        today = page.choice.as_of.astimezone(NEW_YORK).date()
        first = date.min if years == math.inf else today - timedelta(days=round(years * DAYS_A_YEAR))
        for card in (self.growth, self.gap, self.behind):
            card.show_page(page, since)
        self.revisions.show_page(page, first)
        self.starts.title.setText(f"Starts on {day(page.next_vintage)}" if page.next_vintage else tr("No estimates"))
        self.starts.reason.setText(tr(_EARLIER))
        self.starts.show_files(tr("Vintages that are held; hollow ones come later"), page.files, today)
        self.starts.there.setVisible(page.next_known_at is not None)
        self.starts.later.setVisible(page.next_known_at is not None and not page.choice.later_data)
        self._arrange()

    def show_accounts(self, page: Page) -> None:
        """Adds what the companies' accounts say; until then what was drawn last stays."""
        self.behind.show_accounts(page)

    def show_leverage(self, page: LeveragePage) -> None:
        """What the companies owe against what they earn, which takes longest to read."""
        self.behind.show_leverage(page)

    def show_companies(self, page: CompaniesPage) -> None:
        """The list of companies with the one that is open."""
        self.companies.show_page(page)

    def show_keys(self, held: Mapping[str, bool]) -> None:
        self.companies.show_keys(held)

    @property
    def view(self) -> str:
        return COMPANIES if self._views.currentWidget() is self.companies else INDICES

    def set_view(self, view: str) -> None:
        """`indices` or `companies`."""
        if view == self.view:
            return
        self._views.setCurrentWidget(self.companies if view == COMPANIES else self._scroll)
        self.view_changed.emit(view)
        if view == COMPANIES:
            self.keys_wanted.emit()

    def search(self) -> None:
        """Ctrl+F: find a company."""
        self.set_view(COMPANIES)
        self.companies.focus_search()

    def set_range(self, preset: str) -> None:
        """Show the years and vintages of the last 1Y, 3Y, 5Y, 10Y or All."""
        if preset in PRESET_YEARS and preset != self.range_preset:
            self.range_preset = preset
            if self.page is not None:
                self._show_cards(self.page)
            self.range_changed.emit(preset)

    def state(self) -> dict[str, Any]:
        options = self._options()
        return {
            "basis": options.basis,
            "year": options.year,
            "panel": options.panel.value,
            "view": self.view,
            "company": options.company,
            "range": self.range_preset,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        basis, panel = state.get("basis"), state.get("panel")
        if basis in BASIS_TITLES:
            self._choose(basis=basis)
        if panel in tuple(Panel):
            self._choose(panel=Panel(panel))
        if type(state.get("year")) is int:
            self._choose(year=state["year"])
        self.set_range(str(state.get("range", "")))
        if isinstance(state.get("company"), str):
            self._choose(company=state["company"])
        if state.get("view") in (INDICES, COMPANIES):
            self.set_view(str(state["view"]))

    def sentence_text(self) -> str:
        """The page's sentence with what stands below it, for the clipboard."""
        return " ".join(filter(None, (self._sentence.text(), self._subtitle.text(), self._later.text())))

    def _show_head(self, page: Page) -> None:
        self._sentence.setText(page.sentence)
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._later.setText(f"{DIAMOND} {page.later_note}" if page.later_note else "")
        self._later.setVisible(bool(page.later_note))
        shows = page.choice.later_data
        self.basis.show_options(page.bases)
        self.later_data.show_options(
            (Option(HIDE, "Hide", not shows), Option(SHOW, f"Show marked {DIAMOND}", shows)),
        )
        self.later_data.setVisible(not page.choice.is_live)

    # --- choices

    def _options(self) -> EarningsChoice:
        return self._desk.choice.on_page(EarningsChoice)

    def _choose(self, **changes: Any) -> None:
        self._desk.restore(self._desk.choice.with_page(replace(self._options(), **changes)))

    def _on_basis(self, basis: str) -> None:
        self._choose(basis=basis)

    def _on_panel(self, panel: str) -> None:
        self._choose(panel=Panel(panel))

    def _on_company(self, ticker: str) -> None:
        self._choose(company=ticker)

    def _on_later_data(self, value: str) -> None:
        self._desk.choose(later_data=value == SHOW)

    def _on_show_later(self) -> None:
        self._desk.choose(later_data=True)

    def _on_go_there(self) -> None:
        if self.page is not None and self.page.next_known_at is not None:
            self._desk.rewind(self.page.next_known_at)

    # --- layout

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        for widget in (self._subtitle, self._later):
            below.addWidget(widget)
        below.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addLayout(below)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self.basis)
        head.addWidget(self.later_data)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(_BETWEEN)
        column.addLayout(self._grid, 1)
        for card in (self.growth, self.revisions, self.gap, self.behind):
            card.setMinimumHeight(_LEAST_HEIGHT)
            card.setParent(self._body)
        self.starts.setParent(self._body)
        self._scroll = ScrollArea(self._theme)
        self._scroll.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.companies.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._views = QStackedWidget()
        self._views.addWidget(self._scroll)
        self._views.addWidget(self.companies)
        outer.addWidget(self._views)
        self._arrangement: tuple[bool, bool] | None = None
        self._arrange()

    def _arrange(self) -> None:
        """Two by two, the left column wider; one under the other where it is narrow; one card before the data begin."""
        self._sentence.set_role("sentence_compact" if self.width() < COMPACT_BELOW else "sentence")
        is_thin = self.page is not None and bool(self.page.reason_empty)
        arrangement = self.width() < ONE_COLUMN_BELOW, is_thin
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        is_narrow = is_thin or arrangement[0]
        drawn: list[QWidget] = [self.growth, self.revisions, self.gap, self.behind]
        shown: list[QWidget] = [self.starts] if is_thin else drawn
        for place, widget in enumerate(shown):
            row, column = (place, 0) if is_narrow else divmod(place, 2)
            self._grid.addWidget(widget, row, column)
        for widget in (*drawn, self.starts):
            widget.setVisible(widget in shown)
        self._grid.setColumnStretch(0, 760)
        self._grid.setColumnStretch(1, 0 if is_narrow else 552)
        shares = (0, 1) if is_thin else (1, 1, 1, 1) if is_narrow else (_GROWTH_HEIGHT, _GAP_HEIGHT)
        for row in range(4):
            self._grid.setRowStretch(row, shares[row] if row < len(shares) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
