"""The Sectors page: what small caps are made of, against large caps."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.formats import day
from models.funds import UnknownFund, fund
from models.pages.positioning import Option
from models.pages.sectors import FundDay, SectorsChoice
from models.pages.sectors import SectorsPage as Page
from models.qt.desk import Desk
from models.taxonomies import View
from ui.pages.sectors_cards import HistoryCard, TreemapCard, WeightsCard
from ui.pages.sectors_holdings import NOTHING, HoldingsCard
from ui.pages.sectors_thin import StartsCard
from ui.theme import Theme
from ui.widgets.chip import Chip
from ui.widgets.option_row import OptionControl, OptionRow
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.text import Line, Sentence
from ui.words import tr

DIAMOND = "\u25c6"
COMPACT_BELOW = 1280
ONE_COLUMN_BELOW = 900
_MARGIN, _MARGIN_COMPACT, _BETWEEN = 16, 12, 12
_LEFT_SHARE, _RIGHT_SHARE = 520, 792
_UPPER_HEIGHT, _LOWER_HEIGHT = 420, 304
_LEAST_UPPER, _LEAST_LOWER = 330, 250
NEWEST = "newest"
OTHER_FUNDS = "other"
MONTHS_FROM = "ishares"
"""The provider that has holdings of past days."""


class SectorsPage(QWidget):
    """Draws one record. The chosen sector and the search are the widget's own; all else goes to the desk."""

    range_changed = Signal(str)
    told = Signal(str)
    months_wanted = Signal(object)
    """Tickers of funds whose month-ends of past years are wanted."""
    funds_wanted = Signal(object)
    """Tickers of funds whose newest holdings are wanted."""
    import_wanted = Signal()

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self.sector = ""
        self._desk, self._theme = desk, theme
        self._has_own_sector = False
        self._sentence = Sentence(theme)
        self._subtitle = Line(theme, "body", "ink2")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._later = Chip(theme, is_flag=True)
        self.controls = OptionRow(theme)
        self.views = self._control(tr("Taxonomy"))
        self.pairs = self._control(tr("Small against large"), is_list=True)
        self.days = self._control(tr("Holdings of"), is_list=True)
        self.controls.set_order([self.views])
        self.weights, self.tiles = WeightsCard(theme), TreemapCard(theme)
        self.history, self.holdings = HistoryCard(theme), HoldingsCard(theme)
        self.starts = StartsCard(theme)
        self._lay_out()
        self._connect()

    # --- what the window calls

    def show_page(self, page: Page) -> None:
        """Draws a new record; the chosen sector, the search and the places in the tables stay."""
        self.page = page
        self._show_head(page)
        self._show_controls(page)
        for card in (self.weights, self.tiles, self.history, self.holdings, self.starts):
            card.show_page(page)
        self._arrange()
        names = {row.sector for row in page.rows}
        if not self._has_own_sector or self.sector not in names:
            self.sector, self._has_own_sector = page.sector, False
        self._choose_sector()

    def set_range(self, preset: str) -> None:
        """Show 1Y, 3Y, 5Y, 10Y or All of the history."""
        self.history.chart.set_preset(preset)

    @property
    def range_preset(self) -> str:
        return self.history.chart.preset

    def search(self) -> None:
        """Ctrl+F: search in the page's table."""
        self.holdings.focus_search()

    def find_holding(self, ticker: str) -> None:
        """Search the holdings for a ticker."""
        self.holdings.search.setText(ticker)
        self.holdings.focus_search()

    def sentence_text(self) -> str:
        """The page's sentence with what stands below it, for the clipboard."""
        return " ".join(filter(None, (self._sentence.text(), self._subtitle.text(), self._later.text())))

    def state(self) -> dict[str, Any]:
        """What is remembered between starts, as plain values; days and searches are not."""
        options = self._options()
        return {
            "small": options.small.fund,
            "large": options.large.fund,
            "view": options.view.value,
            "order": self.weights.bars.order,
            "range": self.range_preset,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that was remembered; what makes no sense is left as it is."""
        changes: dict[str, Any] = {}
        for side in ("small", "large"):
            with suppress(UnknownFund, AttributeError):  # written by another version, or by hand
                changes[side] = FundDay(fund(state.get(side)).ticker)  # type: ignore[arg-type]
        if state.get("view") in tuple(View):
            changes["view"] = View(str(state["view"]))
        if changes:
            self._choose(**changes)
        if state.get("order") in ("difference", "small", "large"):
            self.weights.bars.order_by(str(state["order"]))
        self.set_range(str(state.get("range", "All")))

    # --- showing

    def _show_head(self, page: Page) -> None:
        self._sentence.setText(page.sentence or _no_sentence(page))
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._later.setText(f"{DIAMOND} {page.later_note}")
        self._later.setVisible(bool(page.later_note))

    def _show_controls(self, page: Page) -> None:
        options = page.options
        self.views.show_options(page.views)
        self.pairs.show_options((*page.pairs, Option(OTHER_FUNDS, "Other funds\u2026", False)))
        newest = [Option(NEWEST, "Newest file", options.small.day is None)]
        self.days.show_options(newest + [_day_option(d, options.small.day) for d in reversed(page.days)])
        has_lines = bool(page.small and page.small.has_lines)
        self.days.setVisible(has_lines and len(page.days) > 1)
        asked = (fund(of.fund) for of in (options.small, options.large))
        self.history.fetch.setVisible(any(of.provider == MONTHS_FROM for of in asked))
        self.holdings.offer(page.files if has_lines else (), page.small, options.compare)
        self.controls.arrange()

    def _choose_sector(self) -> None:
        for card in (self.weights, self.history):
            card.choose(self.sector)
        self.holdings.choose(self.sector if self._has_own_sector else "")
        self.tiles.map.choose(self.sector, self.holdings.matches)

    # --- choices

    def _options(self) -> SectorsChoice:
        return self._desk.choice.on_page(SectorsChoice)

    def _choose(self, **changes: Any) -> None:
        self._desk.restore(self._desk.choice.with_page(replace(self._options(), **changes)))

    def _on_sector(self, sector: str) -> None:
        """A second press on the same sector shows all of them again."""
        is_same = self._has_own_sector and sector == self.sector
        self.sector, self._has_own_sector = (
            (self.page.sector if self.page else "", False) if is_same else (sector, True)
        )
        self._choose_sector()

    def _on_all_sectors(self) -> None:
        self._has_own_sector = False
        self.sector = self.page.sector if self.page else ""
        self._choose_sector()

    def _on_searched(self) -> None:
        self.tiles.map.choose(self.sector, self.holdings.matches)

    def _on_holding(self, holding: int) -> None:
        self.holdings.select(holding)

    def _on_view(self, view: str) -> None:
        self._choose(view=View(view))

    def _on_pair(self, pair: str) -> None:
        if pair == OTHER_FUNDS:
            self._ask_for_funds()
            return
        small, _, large = pair.partition(":")
        self._choose(small=FundDay(small), large=FundDay(large), compare=None)

    def _on_day(self, value: str) -> None:
        small = self._options().small
        self._choose(small=FundDay(small.fund, None if value == NEWEST else date.fromisoformat(value)))

    def _ask_for_funds(self) -> None:
        from ui.dialogs.funds_dialog import FundsDialog

        if self.page is None:
            return
        self._show_controls(self.page)  # the list stays at the pair that is shown
        options = self._options()
        dialog = FundsDialog(self._theme, self.page.files, options.small, options.large, self)
        dialog.chosen.connect(self._on_funds)
        dialog.fund_wanted.connect(self._on_fund_wanted)
        dialog.open()

    def _on_funds(self, small: FundDay, large: FundDay) -> None:
        self._choose(small=small, large=large, compare=None)

    def _on_fund_wanted(self, ticker: str) -> None:
        self.funds_wanted.emit((ticker,))

    def _on_compare(self, value: str) -> None:
        name, _, when = value.partition(":")
        self._choose(compare=None if value == NOTHING else FundDay(name, date.fromisoformat(when)))

    def _on_window(self, name: str) -> None:
        self._choose(window=name)

    def _on_months_wanted(self) -> None:
        asked = [fund(of.fund) for of in (self._options().small, self._options().large)]
        self.months_wanted.emit(tuple(of.ticker for of in asked if of.provider == MONTHS_FROM))

    def _on_show_later(self) -> None:
        self._desk.choose(later_data=True)

    def _on_go_there(self) -> None:
        if self.page is not None and self.page.thin is not None and self.page.thin.starts_at is not None:
            self._desk.rewind(self.page.thin.starts_at)

    # --- layout

    def _control(self, name: str, *, is_list: bool = False) -> OptionControl:
        control = OptionControl(self._theme, name, is_list=is_list)
        self.controls.add(control)
        return control

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.pairs.chosen.connect(self._on_pair)
        self.days.chosen.connect(self._on_day)
        for card in (self.weights, self.tiles, self.history):
            card.sector_chosen.connect(self._on_sector)
        self.weights.window_chosen.connect(self._on_window)
        self.history.months_wanted.connect(self._on_months_wanted)
        self.tiles.holding_chosen.connect(self._on_holding)
        self.holdings.compare_chosen.connect(self._on_compare)
        self.holdings.import_wanted.connect(self.import_wanted)
        self.holdings.searched.connect(self._on_searched)
        self.holdings.sector_dropped.connect(self._on_all_sectors)
        self.starts.go_there.connect(self._on_go_there)
        self.starts.pair_chosen.connect(self._on_pair)
        self.starts.later_wanted.connect(self._on_show_later)
        self.starts.import_wanted.connect(self.import_wanted)

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
        words.addStretch(1)
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        self._head.addLayout(words, 24)
        self._head.addWidget(self.controls, 25)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setSpacing(_BETWEEN)
        self._column.addLayout(self._head)
        self._grid = QGridLayout()
        self._grid.setSpacing(_BETWEEN)
        self._column.addLayout(self._grid, 1)
        for card, least in (
            (self.weights, _LEAST_UPPER),
            (self.tiles, _LEAST_UPPER),
            (self.history, _LEAST_LOWER),
            (self.holdings, _LEAST_LOWER),
            (self.starts, 0),
        ):
            card.setParent(body)
            card.setMinimumHeight(least)
        self._scroll = ScrollArea(self._theme)
        self._scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._arrangement: tuple[bool, bool] | None = None
        self._arrange()

    def _arrange(self) -> None:
        """Two by two, the right column wider; one below the other where it is narrow, or where a fund has no file."""
        is_compact = self.width() < COMPACT_BELOW
        margin = _MARGIN_COMPACT if is_compact else _MARGIN
        self._column.setContentsMargins(margin, margin - 2, margin, margin - 4)
        self._sentence.set_role("sentence_compact" if is_compact else "sentence")
        is_thin = self.page is not None and self.page.thin is not None
        arrangement = self.width() < ONE_COLUMN_BELOW, is_thin
        if arrangement == self._arrangement:
            return
        self._arrangement = arrangement
        is_narrow = is_thin or self.width() < ONE_COLUMN_BELOW
        all_cards = (self.weights, self.tiles, self.starts, self.history, self.holdings)
        absent = (self.weights, self.tiles, self.holdings) if is_thin else (self.starts,)
        cards = [card for card in all_cards if card not in absent]
        for card in all_cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(cards):
            row, column = (place, 0) if is_narrow else divmod(place, 2)
            self._grid.addWidget(card, row, column)
            card.show()
        for card in absent:
            card.hide()
        self._grid.setColumnStretch(0, _LEFT_SHARE)
        self._grid.setColumnStretch(1, 0 if is_narrow else _RIGHT_SHARE)
        shares = (0, 1) if is_thin else (1, 1, 1, 1) if is_narrow else (_UPPER_HEIGHT, _LOWER_HEIGHT)
        for row in range(4):
            self._grid.setRowStretch(row, shares[row] if row < len(shares) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _no_sentence(page: Page) -> str:
    """Where no file is known, or one that cannot be read in the chosen taxonomy."""
    if page.small is None:
        return page.reason_empty.partition(". ")[0].rstrip(".") + "."
    return f"The sectors of {page.small.fund} on {day(page.small.as_of)} cannot be shown in this taxonomy."


def _day_option(when: date, chosen: date | None) -> Option:
    return Option(when.isoformat(), day(when), when == chosen)
