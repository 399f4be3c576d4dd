"""The performance cards of the Market page: small minus large, the same stretch every year, the streak meter."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models import formats
from models.calc.performance import LeagueRow, MonthlyGaps
from models.pages.market import LeagueCard, MarketPage
from models.pages.market_words import streak_label
from models.pages.positioning import Option
from models.qt.table_model import Column, TableModel
from models.series import STREAK_FUNDS, SYMBOLS, SymbolKind, title_of
from models.windows import MTD, QTD, YTD, Window, window
from ui.charts.bar_chart import Bar, BarChart, BarGroup
from ui.charts.export import Figures, figures
from ui.charts.gap_line import GapLine
from ui.charts.market_figures import league_figures, month_figures, path_figures, session_figures
from ui.charts.market_stacks import ratio_content
from ui.charts.month_panels import MonthPanels
from ui.charts.pane_stack import PaneStack, preset_of
from ui.charts.streak_meter import Distribution, StreakGrid
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.combo import Combo, Stepper
from ui.widgets.quiet_button import QuietButton
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text

TABLE, IMAGE, FILE = "table", "image", "file"
LINE, RATIO, MONTHS, SECTORS = "line", "ratio", "months", "sectors"
VIEWS = {LINE: "Year", RATIO: "Ratio", MONTHS: "Months", SECTORS: "Sectors"}

_OTHER = "other"
_WINDOWS = {
    "": "Whole months",
    YTD.name: "This year",
    QTD.name: "This quarter",
    MTD.name: "This month",
    "5d": "Last 5 sessions",
    "20d": "Last 20 sessions",
    "60d": "Last 60 sessions",
}
_OTHER_HINT = "jan-may, 20d or 2017-01-01:2017-05-31"
_TABLE_WIDTH = 178
_HEAD_HEIGHT = 30
_YEARS_NAMED = 3
_FUND_WIDTH, _WINDOW_WIDTH = 150, 210


class ReasonCard(Card):
    """A card with a title, controls and a menu at its right, whose body gives way to a reason."""

    wanted = Signal(str)
    """One of `TABLE`, `IMAGE` and `FILE`, from the menu."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = Line(theme, "card_title", "ink", title)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.head.addStrut(_HEAD_HEIGHT)
        self.head.addWidget(self.title, 1)
        self._reason = Text(theme, "body", "ink2", wraps=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.column.addLayout(self.head)
        self.column.addWidget(self.content, 1)
        self.column.addWidget(self._reason, 1)
        self.show_reason("")

    def show_reason(self, reason: str) -> None:
        """Why there is nothing to show, "" shows the body."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.content.setVisible(not reason)

    @property
    def reason(self) -> str:
        return self._reason.text()

    def figures(self) -> Figures | None:
        """The plotted rows, None where nothing by the day is shown."""
        return None

    def add_menu(self) -> None:
        """At the right end of the head, for cards that have figures."""
        self.menu = QMenu(self)
        for kind, label in ((TABLE, "Show as table"), (IMAGE, "Copy as image"), (FILE, "Export figures (CSV)\u2026")):
            self.menu.addAction(label, partial(self.wanted.emit, kind)).setData(kind)
        self.menu.aboutToShow.connect(self._on_menu)
        button = QuietButton(self._theme, "\u22ef", "Card menu: table, copy and export", role="card_title")
        button.set_menu(self.menu)
        self.head.addWidget(button)
        self.column.setContentsMargins(PADDING, 10, 8, 10)
        self.content.setContentsMargins(0, 0, PADDING - 8, 0)

    def _on_menu(self) -> None:
        has_figures = self.figures() is not None
        for action in self.menu.actions():
            action.setEnabled(has_figures or action.data() == IMAGE)


class PathCard(ReasonCard):
    """Small minus large since New Year; the same pair as a ratio, by month, and what the sectors returned."""

    stretch_chosen = Signal(date, date)
    range_changed = Signal(str)
    view_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Small minus large since New Year", parent)
        self._theme = theme
        self._page: MarketPage | None = None
        self._captions = dict.fromkeys(VIEWS, "")
        self._preset = "All"
        self._has_letter_keys = True
        self.view = LINE
        self.views = SegmentedControl(theme, "What the card shows", padding=6)
        self.views.chosen.connect(self.set_view)
        self.head.addWidget(self.views)
        self.add_menu()
        self.caption = Line(theme, "cell", "ink2")
        self.line, self.months = GapLine(theme), MonthPanels(theme)
        self.line.setToolTip("Drag over a stretch to compare it over the years")
        self.ratio: PaneStack | None = None
        self.sectors = BarChart(theme, "Return of each sector's fund this month", "%")
        self.line.pointed.connect(self._on_pointed)
        self.line.stretch_chosen.connect(self.stretch_chosen)
        self.months.pointed.connect(self._on_pointed)
        self.sectors.pointed.connect(lambda group: self._on_pointed(group.tip if group else ""))
        self._charts = QStackedWidget()
        for chart in (self.line, self.months, self.sectors):
            self._charts.addWidget(chart)
        self.body.addWidget(self.caption)
        self.body.addWidget(self._charts, 1)

    def show_page(self, page: MarketPage) -> None:
        self._page = page
        card = page.relative
        self.line.show_card(card)
        self.months.show_gaps(page.months)
        small, large = title_of(page.options.small), title_of(page.options.large)
        self._captions = {
            LINE: card.caption if card else "",
            RATIO: f"{small} over {large}, and how far below its highest.",
            MONTHS: _months_caption(small, large, page.months),
            SECTORS: self._captions[SECTORS],
        }
        if self.ratio is not None:
            self._fill_ratio()
        self.set_view(self.view)

    def show_sectors(self, page: MarketPage) -> None:
        """What the sectors' funds returned, from a record that has them."""
        self.sectors.show_groups([_sector_group(found.symbol, found.return_pct) for found in page.sectors])
        self._captions[SECTORS] = page.sectors_caption or "No closes of the sectors' funds are held for this month."
        self._on_pointed("")

    def set_view(self, view: str) -> None:
        has_changed, self.view = view != self.view, view
        if view == RATIO and self.ratio is None:
            self._make_ratio()
        chart = {LINE: self.line, RATIO: self.ratio, MONTHS: self.months, SECTORS: self.sectors}[view]
        assert chart is not None
        self._charts.setCurrentWidget(chart)
        self.views.show_options([Option(name, label, name == view) for name, label in VIEWS.items()])
        if self._page is not None:
            card = self._page.relative
            titles = {RATIO: "Small over large", MONTHS: "Gap by month", SECTORS: "Sectors this month"}
            self.title.setText(titles.get(view) or (card.title if card else "Small minus large since New Year"))
            is_empty = view != SECTORS and card is None
            self.show_reason(self._page.reasons.get("relative", "") if is_empty else "")
        self._on_pointed("")
        if has_changed:
            self.view_changed.emit(view)

    def figures(self) -> Figures | None:
        page = self._page
        if page is None or page.relative is None:
            return None
        match self.view:
            case "months":
                return month_figures(page.months) if page.months is not None else None
            case "ratio" if self.ratio is not None:
                return figures(self.ratio.content, self.ratio.shown.start, self.ratio.shown.end)
            case "line":
                return path_figures(page.relative)
        return None

    def set_range(self, preset: str) -> None:
        self._preset = preset
        if self.ratio is not None:
            self.ratio.set_preset(preset)

    def set_letter_keys(self, is_allowed: bool) -> None:
        self._has_letter_keys = is_allowed
        if self.ratio is not None:
            self.ratio.has_letter_keys = is_allowed

    def _make_ratio(self) -> None:
        """Only when it is first looked at: two panes take longer to make than the rest of the card."""
        self.ratio = PaneStack(self._theme)
        self.ratio.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.ratio.has_letter_keys = self._has_letter_keys
        self.ratio.restore_range(preset_of(self._preset))
        self.ratio.range_changed.connect(self.range_changed)
        self._charts.addWidget(self.ratio)
        self._fill_ratio()

    def _fill_ratio(self) -> None:
        if self.ratio is not None and self._page is not None and self._page.relative is not None:
            self.ratio.show_content(ratio_content(self._page.relative, ratio_title(self._page)))

    def _on_pointed(self, reading: str) -> None:
        self.caption.setText(reading or self._captions[self.view])


def ratio_title(page: MarketPage) -> str:
    return f"{title_of(page.options.small)} over {title_of(page.options.large)}"


def _months_caption(small: str, large: str, gaps: MonthlyGaps | None) -> str:
    if gaps is None or not len(gaps):
        return ""
    low, high = (formats.decimal(float(value), 1, signed=True) for value in (gaps.points.min(), gaps.points.max()))
    return f"Points by which {small} led or trailed {large}, by year; one scale for all, {low} to {high}."


def _sector_group(symbol: str, return_pct: float) -> BarGroup:
    label = formats.decimal(return_pct, 1, signed=True)
    return BarGroup(symbol, f"{symbol} {title_of(symbol)}: {label}%", (Bar(return_pct, label, "ink2", False),))


class YearsCard(ReasonCard):
    """The stretch in every year as bars, and ranked in a table. `window_chosen` gives a `Window`, or None."""

    window_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Same stretch every year", parent)
        self._quiet = ""
        self._card: LeagueCard | None = None
        self.windows = Combo(theme, "Stretch that is compared over the years")
        self.windows.setMaximumWidth(_WINDOW_WIDTH)
        self.windows.activated.connect(self._on_activated)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(_OTHER_HINT)
        self.typed.setAccessibleName("Another stretch")
        self.typed.setAccessibleDescription(f"For instance {_OTHER_HINT}")
        self.typed.setFixedWidth(_WINDOW_WIDTH)
        self.typed.returnPressed.connect(self._on_typed)
        self.typed.hide()
        self.head.addWidget(self.typed)
        self.head.addWidget(self.windows)
        self.add_menu()
        self.caption = Line(theme, "cell", "ink2")
        self.chart = BarChart(theme, "Same stretch every year", "")
        self.chart.pointed.connect(self._on_pointed)
        self._model = TableModel(_league_columns({}), self, is_focus=lambda row: row.is_current)
        self.table = TableView(theme, self._model)
        self.table.setAccessibleName("Years by rank")
        self.table.setFixedWidth(_TABLE_WIDTH)
        self._note = Text(theme, "label", "ink3", wraps=True)
        self._lay_out()

    def show_page(self, page: MarketPage) -> None:
        self._show_windows(page.options.window)
        card = self._card = page.league
        self.show_reason("" if card else page.reasons.get("league", ""))
        if card is None:
            self.title.setText("Same stretch every year")
            return
        self.title.setText(card.title)
        points, _, place = card.caption.partition(". ")
        self._quiet = f"{place} {points}."
        rows = card.league.rows
        self.chart.setAccessibleName(card.title)
        self.chart.setAccessibleDescription(f"{card.caption} {_spoken(rows)}")
        by_year = sorted(rows, key=lambda row: row.year)
        self.chart.show_groups([_year_group(row, card) for row in by_year])
        self._model.show(rows, _league_columns(Counter(row.rank for row in rows)))
        at = self._model.place_of(lambda row: row.is_current)
        if at is not None:
            self.table.scrollTo(self._model.index(max(at - 2, 0), 0), TableView.ScrollHint.EnsureVisible)
            self.table.scrollTo(self._model.index(at, 0), TableView.ScrollHint.EnsureVisible)
        self._note.setText(f"{card.note}\n{_left_out(card.league.left_out)}".strip())
        self._on_pointed(None)

    def figures(self) -> Figures | None:
        return league_figures(self._card) if self._card is not None else None

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.table, 1)
        side.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.chart, 1)
        row.addLayout(side)
        self.body.addWidget(self.caption)
        self.body.addLayout(row, 1)

    def _show_windows(self, chosen: Window | None) -> None:
        name = chosen.name if chosen else ""
        entries = dict(_WINDOWS)
        if chosen is not None and name not in entries:
            entries[name] = _window_title(chosen)
        entries[_OTHER] = "Another\u2026"
        with QSignalBlocker(self.windows):
            self.windows.clear()
            for value, label in entries.items():
                self.windows.addItem(label, value)
            self.windows.setCurrentIndex(list(entries).index(name))
        self.windows.updateGeometry()
        self.typed.hide()

    def _on_activated(self, place: int) -> None:
        value = self.windows.itemData(place)
        self.typed.setVisible(value == _OTHER)
        if value == _OTHER:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.window_chosen.emit(window(value) if value else None)

    def _on_typed(self) -> None:
        try:
            found = window(self.typed.text())
        except ValueError as error:
            self.caption.setText(str(error))
        else:
            self.typed.clear()
            self.window_chosen.emit(found)

    def _on_pointed(self, group: object) -> None:
        self.caption.setText(group.tip if isinstance(group, BarGroup) else self._quiet)


def _window_title(chosen: Window) -> str:
    """`January to May`, `1 January 2017 to 31 May 2017`."""
    return chosen.title[:1].upper() + chosen.title[1:]


def _league_columns(ties: Counter[int] | dict[int, int]) -> tuple[Column, ...]:
    def rank(row: LeagueRow) -> str:
        return f"{row.rank}, tied" if ties.get(row.rank, 0) > 1 else str(row.rank)

    def tip(row: LeagueRow) -> str:
        return _told(row)

    return (
        Column("Rank", rank, is_number=False, tip="From the worst for the small side", tip_of=tip),
        Column("Year", lambda row: row.year, tip_of=tip),
        Column("Points", lambda row: row.gap.points, lambda v: formats.decimal(v, 1, signed=True), tip_of=tip),
    )


def _year_group(row: LeagueRow, card: LeagueCard) -> BarGroup:
    """The current year in blue, those that were worse darker than the rest; the worst and the current are named."""
    is_worst = row.rank == 1 and row.gap.points < 0
    ink = "small" if row.is_current else "ink2" if row.year in card.worse else "mute"
    label = str(row.year) if row.is_current or is_worst else ""
    below = str(row.year) if row.year % 5 == 0 else ""
    return BarGroup(below, _told(row), (Bar(row.gap.points, label, ink, False),))


def _told(row: LeagueRow) -> str:
    gap = row.gap
    small, large = (formats.percent(value, 1, signed=True) for value in (gap.small_pct, gap.large_pct))
    points = formats.decimal(gap.points, 1, signed=True)
    return f"{formats.day(gap.start)} to {formats.day(gap.end)}: {points} points, small {small}, large {large}"


def _left_out(years: tuple[int, ...]) -> str:
    if len(years) > _YEARS_NAMED:
        return f"{len(years)} incomplete years left out"
    return f"{', '.join(map(str, years))} incomplete, left out" if years else ""


def _spoken(rows: tuple[LeagueRow, ...]) -> str:
    worst, best = rows[0], rows[-1]
    current = next(row for row in rows if row.is_current)
    named = (("Worst", worst), ("best", best), ("this year", current))
    return "; ".join(f"{what} {r.year} {formats.decimal(r.gap.points, 1, signed=True)}" for what, r in named) + "."


@dataclass(frozen=True)
class Meter:
    """What the streak meter counts: the fund whose distribution is shown, and of how many sessions."""

    focus: str
    sessions: int


class MeterCard(ReasonCard):
    """The newest sessions of the banks' funds, and how unusual the count is. `meter_chosen` gives a `Meter`."""

    meter_chosen = Signal(object)
    counts = range(2, 13)
    """How many sessions can be asked for: no more than are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Streak meter", parent)
        self.funds = Combo(theme, "Fund whose sessions are counted")
        self.funds.setMaximumWidth(_FUND_WIDTH)
        self.sessions = Stepper(theme, "Sessions that are counted")
        self.sessions.setRange(self.counts[0], self.counts[-1])
        self.head.addWidget(self.funds)
        self.head.addWidget(Text(theme, "label", "ink3", "sessions"))
        self.head.addWidget(self.sessions)
        self.add_menu()
        self._boxed, self._unusual = Line(theme, "label_strong", "ink3"), Line(theme, "label_strong", "ink3")
        self.grid, self.distribution = StreakGrid(theme), Distribution(theme)
        self._caption = Text(theme, "cell", "ink", wraps=True)
        self._missing = Line(theme, "label", "ink3")
        for widget in (self._boxed, self.grid, self._unusual):
            self.body.addWidget(widget)
        self.body.addWidget(self.distribution, 1)
        self.body.addWidget(self._caption)
        self.body.addWidget(self._missing)
        self.funds.activated.connect(self._on_changed)
        self.sessions.valueChanged.connect(self._on_changed)
        self.grid.fund_chosen.connect(self._on_fund)

    def show_page(self, page: MarketPage) -> None:
        card = page.streaks
        self._show_choice(page)
        self.show_reason("" if card else page.reasons.get("streaks", ""))
        self.grid.show_card(card)
        self.distribution.show_streak(card.focus if card else None, card.focus_title if card else "")
        if card is None:
            return
        boxed = formats.number_word(card.of)
        self._boxed.setText(f"The last {len(card.days)} sessions, the last {boxed} boxed")
        self._unusual.setText(card.focus_title)
        self._caption.setText(card.caption)
        self._missing.setText(f"Not held so far back: {', '.join(card.missing)}." if card.missing else "")
        self._missing.setVisible(bool(card.missing))

    def figures(self) -> Figures | None:
        return session_figures(self.grid.card) if self.grid.card is not None else None

    def _show_choice(self, page: MarketPage) -> None:
        focus = page.streaks.focus.symbol if page.streaks and page.streaks.focus else page.options.streak_focus
        with QSignalBlocker(self.funds), QSignalBlocker(self.sessions):
            if not self.funds.count():
                for symbol in streak_symbols():
                    self.funds.addItem(streak_label(symbol), symbol)
                self.funds.updateGeometry()
            self.funds.setCurrentIndex(self.funds.findData(focus))
            self.sessions.setValue(page.options.streak_sessions)

    def _on_changed(self, _: Any) -> None:
        self.meter_chosen.emit(Meter(self.funds.currentData(), self.sessions.value()))

    def _on_fund(self, symbol: str) -> None:
        self.meter_chosen.emit(Meter(symbol, self.sessions.value()))


def streak_symbols() -> tuple[str, ...]:
    """The banks' funds first, then all others and the indices."""
    kinds = (SymbolKind.ETF, SymbolKind.INDEX)
    return tuple(dict.fromkeys((*STREAK_FUNDS, *(s.name for s in SYMBOLS.values() if s.kind in kinds))))
