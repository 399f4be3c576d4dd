"""The Market page: small caps against large, the same stretch every year, streaks, credit and leverage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.formats import day
from models.pages.leverage import LeveragePage
from models.pages.market import PRICE, TOTAL, MarketChoice
from models.pages.market import MarketPage as Page
from models.pages.market_words import capital
from models.qt.desk import Desk
from models.quotes import Quote, words
from models.series import CREDIT, PAIRS, STREAK_FUNDS, SYMBOLS, Pair
from models.windows import Window, WindowKind, window
from ui.charts.pane_stack import PaneStack, preset_of
from ui.pages.market_credit import DebtCard, SpreadCard
from ui.pages.market_meter import Meter, MeterCard, streak_symbols
from ui.pages.market_path import VIEWS, PathCard
from ui.pages.market_years import YearsCard
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.chip import ChipRow
from ui.widgets.combo import Combo
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.segmented import SegmentedControl
from ui.widgets.sheet import Sheet
from ui.widgets.text import Line, Sentence
from ui.words import tr

COMPACT_BELOW = 1280
ONE_COLUMN_BELOW = 940
_MARGIN, _BETWEEN = 16, 12
_TOP_HEIGHT, _BOTTOM_HEIGHT = 340, 396
_LEAST_HEIGHT = 330
_PAIR_WIDTH = 226

Row = tuple[tuple[Card, int], ...]


class MarketPage(QWidget):
    """Draws one record; what is chosen here goes to the desk, and comes back as another record."""

    range_changed = Signal(str)
    told = Signal(str)
    view_changed = Signal(str)
    source_wanted = Signal(str)
    """The name of a source that the page could show and that nothing is held of."""

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._quoted: tuple[Quote, ...] = ()
        self._desk, self._theme = desk, theme
        self._sentence = Sentence(theme)
        self._subtitle = Line(theme, "body", "ink2")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips = ChipRow(theme)
        self._quotes = Line(theme, "cell", "ink2")
        self._quotes.hide()
        self.pairs = Combo(theme, tr("What is compared"))
        self.pairs.setMaximumWidth(_PAIR_WIDTH)
        self.kinds = SegmentedControl(theme, tr("Return"))
        self.path, self.years, self.meter = PathCard(theme), YearsCard(theme), MeterCard(theme)
        self.spread, self.debt = SpreadCard(theme), DebtCard(theme)
        self._lay_out()
        self._connect()

    # --- what the window calls

    def show_page(self, page: Page) -> None:
        """Draws a new record; views, ranges and the focus stay where they are."""
        self.page = page
        self._sentence.setText(page.sentence)
        self._subtitle.setText(page.subtitle)
        until = f" to {day(page.prices_as_of)}" if page.prices_as_of else ""
        self._chips.show_texts([*page.chips[1:-1], f"{page.chips[-1]}{until}"] if page.chips[1:] else page.chips)
        self.pairs.clear()
        for option in page.pairs:
            self.pairs.addItem(capital(option.label), option.value)
            if option.is_chosen:
                self.pairs.setCurrentIndex(self.pairs.count() - 1)
        self.pairs.updateGeometry()
        self.kinds.show_options(page.kinds)
        self.show_quotes(self._quoted)
        for card in (self.path, self.years, self.meter, self.spread):
            card.show_page(page)

    def show_quotes(self, quotes: Sequence[Quote]) -> None:
        """Prices of the running session of the pair that is shown: marked as delayed, part of no figure."""
        self._quoted = tuple(quotes)
        options = self._options()
        is_live = self.page is not None and self.page.choice.is_live
        of_pair = tuple(quote for quote in quotes if quote.symbol in (options.small, options.large))
        self._quotes.setText(words(of_pair) if is_live else "")
        self._quotes.setVisible(bool(self._quotes.text()))

    @property
    def view(self) -> str:
        """What the first card shows; the sectors have a record of their own."""
        return self.path.view

    def show_sectors(self, page: Page) -> None:
        self.path.show_sectors(page)

    def show_leverage(self, page: LeveragePage) -> None:
        """The last card has a record of its own, which takes longer to build."""
        self.debt.show_page(page)
        self._arrange()

    @property
    def range_preset(self) -> str:
        """The preset that the time axes are anchored to, "" for a range chosen by hand."""
        return self.spread.chart.preset

    def set_range(self, preset: str) -> None:
        self.spread.chart.set_preset(preset)
        self.path.set_range(preset)

    def undo_range(self) -> bool:
        """Back by one zoom where there is one; False where not."""
        return any(stack.undo_range() for stack in self._stacks() if stack.can_undo_range)

    def redo_range(self) -> bool:
        return any(stack.redo_range() for stack in self._stacks() if stack.can_redo_range)

    def _stacks(self) -> list[PaneStack]:
        """Those with a time axis of their own, the focused one first."""
        stacks = [stack for stack in (self.spread.chart, self.path.ratio) if stack is not None]
        return sorted(stacks, key=lambda stack: not stack.hasFocus())

    def set_letter_keys(self, is_allowed: bool) -> None:
        self.spread.chart.has_letter_keys = is_allowed
        self.path.set_letter_keys(is_allowed)

    def state(self) -> dict[str, Any]:
        options = self._options()
        return {
            "range": self.range_preset,
            "view": self.path.view,
            "pair": [options.small, options.large],
            "kind": options.kind,
            "window": options.window.name if options.window else "",
            "fund": options.streak_focus,
            "sessions": options.streak_sessions,
            "credit": options.credit,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Takes up what `state` gave; what it does not know is left as it is."""
        if isinstance(preset := state.get("range"), str) and preset:
            self.spread.chart.restore_range(preset_of(preset))
            self.path.set_range(preset)
        if state.get("view") in VIEWS:
            self.path.set_view(state["view"])
        pair = next((pair for pair in PAIRS if state.get("pair") == [pair.small, pair.large]), None)
        if pair is not None:
            self._choose_pair(pair, TOTAL if state.get("kind") == TOTAL else PRICE)
        changes: dict[str, Any] = {"window": _window(state.get("window"))}
        if state.get("credit") in CREDIT:
            changes["credit"] = state["credit"]
        self._choose(**changes)
        fund, sessions = state.get("fund"), state.get("sessions")
        if fund in streak_symbols() and isinstance(sessions, int) and sessions in self.meter.counts:
            self._on_meter(Meter(fund, sessions))

    def sentence_text(self) -> str:
        """The page's sentence with what stands below it, for the clipboard."""
        return " ".join(filter(None, (self._sentence.text(), self._subtitle.text())))

    # --- choices

    def _options(self) -> MarketChoice:
        return self._desk.choice.on_page(MarketChoice)

    def _choose(self, **changes: Any) -> None:
        wanted = replace(self._options(), **changes)
        if wanted != self._options():
            self._desk.restore(self._desk.choice.with_page(wanted))

    def _choose_pair(self, pair: Pair, kind: str) -> None:
        """An index has no dividends in it, so that a pair with one falls back to prices."""
        has_total = all(SYMBOLS[name].has_total for name in (pair.small, pair.large))
        self._choose(small=pair.small, large=pair.large, kind=kind if has_total else PRICE)

    def _on_pair(self, place: int) -> None:
        name = self.pairs.itemData(place)
        self._choose_pair(next(pair for pair in PAIRS if pair.name == name), self._options().kind)

    def _on_kind(self, kind: str) -> None:
        self._choose(kind=kind)

    def _on_window(self, chosen: object) -> None:
        self._choose(window=chosen)

    def _on_stretch(self, start: date, end: date) -> None:
        self._choose(window=Window(WindowKind.SPAN, span=(start, end)))
        self.told.emit(tr("The marked stretch is compared over the years."))

    def _on_meter(self, meter: object) -> None:
        assert isinstance(meter, Meter)
        funds = tuple(dict.fromkeys((*STREAK_FUNDS, meter.focus)))
        self._choose(streak_funds=funds, streak_focus=meter.focus, streak_sessions=meter.sessions)

    def _on_series(self, name: str) -> None:
        self._choose(credit=name)

    def _connect(self) -> None:
        self.pairs.activated.connect(self._on_pair)
        self.kinds.chosen.connect(self._on_kind)
        self.path.stretch_chosen.connect(self._on_stretch)
        self.path.range_changed.connect(self.range_changed)
        self.path.view_changed.connect(self.view_changed)
        self.years.window_chosen.connect(self._on_window)
        self.meter.meter_chosen.connect(self._on_meter)
        self.spread.series_chosen.connect(self._on_series)
        self.spread.chart.range_changed.connect(self.range_changed)
        self.spread.source_wanted.connect(self.source_wanted)
        self.debt.source_wanted.connect(self.source_wanted)

    # --- layout

    def _lay_out(self) -> None:
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        self._controls.addWidget(self.pairs)
        self._controls.addWidget(self.kinds)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._subtitle)
        below.addWidget(self._chips, 1)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._sentence)
        said.addLayout(below)
        said.addWidget(self._quotes)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self._head.addLayout(said, 1)
        self._head.addLayout(self._controls)
        self._head.setAlignment(self._controls, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._body = Sheet()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(_MARGIN, _MARGIN - 4, _MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN)
        column.addLayout(self._head)
        self._rows = [QHBoxLayout() for _ in range(5)]
        for row in self._rows:
            row.setSpacing(_BETWEEN)
            column.addLayout(row)
        self._column = column
        for card in (self.path, self.years, self.meter, self.spread):
            card.setMinimumHeight(_LEAST_HEIGHT)
        self._scroll = ScrollArea(self._theme)
        self._scroll.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._shape: tuple[bool, bool, bool] | None = None
        self._arrange()

    def _arrange(self) -> None:
        """Two cards above three; leverage below the others when compact; one under the other where it is narrow.

        A leverage card that only has its reason leaves room to the others.
        """
        is_empty = bool(self.debt.reason)
        shape = (self.width() < ONE_COLUMN_BELOW, self.width() < COMPACT_BELOW, is_empty)
        if shape == self._shape:
            return
        self._shape = shape
        is_narrow, is_compact, _ = shape
        self._sentence.set_role("sentence_compact" if is_compact else "sentence")
        way = QBoxLayout.Direction.TopToBottom if is_compact else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)
        shares = (460, 560, 280) if is_empty else (430, 500, 370)
        wide: list[Row] = [
            ((self.path, 640), (self.years, 672)),
            tuple(zip((self.meter, self.spread, self.debt), shares, strict=True)),
        ]
        compact: list[Row] = [wide[0], wide[1][:2], wide[1][2:]]
        one: list[Row] = [(placed,) for row in wide for placed in row]
        shown = one if is_narrow else compact if is_compact else wide
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        for place, row in enumerate(self._rows):
            for card, share in shown[place] if place < len(shown) else ():
                row.addWidget(card, share)
            heights = (_TOP_HEIGHT, _BOTTOM_HEIGHT)
            self._column.setStretchFactor(row, heights[place] if place < 2 and not is_narrow else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _window(name: object) -> Window | None:
    """The window of a name that was kept, None for the page's own or where it cannot be read."""
    if not isinstance(name, str) or not name:
        return None
    try:
        return window(name)
    except ValueError:
        return None
