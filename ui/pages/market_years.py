"""The card of the Market page with the same stretch in every year, as bars and ranked in a table."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from models import formats
from models.calc.performance import LeagueRow
from models.explain.figures import year_gap
from models.pages.market import LeagueCard, MarketPage
from models.qt.table_model import Column, TableModel
from models.windows import MTD, QTD, YTD, Window, window
from ui.charts.bar_chart import Bar, BarChart, BarGroup
from ui.charts.market_figures import league_figures
from ui.pages.reason_card import ReasonCard
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

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
_WINDOW_WIDTH = 210
_YEARS_NAMED = 3
_FOOT = 16
"""Below the note: the card's padding and what lies between."""


class YearsCard(ReasonCard):
    """The stretch in every year as bars, and ranked in a table. `window_chosen` gives a `Window`, or None."""

    window_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Same stretch every year"), parent)
        self._quiet = ""
        self._card: LeagueCard | None = None
        self.windows = Combo(theme, tr("Stretch that is compared over the years"))
        self.windows.setMaximumWidth(_WINDOW_WIDTH)
        self.windows.activated.connect(self._on_activated)
        self.typed = theme.dress(QLineEdit())
        self.typed.setPlaceholderText(tr(_OTHER_HINT))
        self.typed.setAccessibleName(tr("Another stretch"))
        self.typed.setAccessibleDescription(f"For instance {_OTHER_HINT}")
        self.typed.setFixedWidth(_WINDOW_WIDTH)
        self.typed.returnPressed.connect(self._on_typed)
        self.typed.hide()
        self.head.addWidget(self.typed)
        self.head.addWidget(self.windows)
        self.caption = Line(theme, "cell", "ink2")
        self.chart = BarChart(theme, "Same stretch every year", "", is_dense=True)
        self.chart.pointed.connect(self._on_pointed)
        self._model = TableModel(_league_columns({}, 0), self, is_focus=lambda row: row.is_current)
        self.table = TableView(theme, self._model)
        self.table.setAccessibleName(tr("Years by rank"))
        self.table.setFixedWidth(_TABLE_WIDTH)
        self._note = Text(theme, "label", "ink3", wraps=True)
        self._lay_out()

    def show_page(self, page: MarketPage) -> None:
        self._show_windows(page.options.window)
        card = self._card = page.league
        self.show_reason("" if card else page.reasons.get("league", ""))
        if card is None:
            self.title.setText(tr("Same stretch every year"))
            return
        self.title.setText(card.title)
        points, _, place = card.caption.partition(". ")
        self._quiet = f"{place} {points}."
        rows = card.league.rows
        self.chart.setAccessibleName(card.title)
        by_year = sorted(rows, key=lambda row: row.year)
        self.chart.show_groups([_year_group(row, card) for row in by_year], figures=league_figures(card))
        self.chart.setAccessibleDescription(f"{card.caption} {_spoken(rows)}")
        self._model.show(rows, _league_columns(Counter(row.rank for row in rows), len(rows)))
        at = self._model.place_of(lambda row: row.is_current)
        if at is not None:
            self.table.scrollTo(self._model.index(max(at - 2, 0), 0), TableView.ScrollHint.EnsureVisible)
            self.table.scrollTo(self._model.index(at, 0), TableView.ScrollHint.EnsureVisible)
        self._note.setText(f"{card.note}\n{_left_out(card.league.left_out)}".strip())
        self._on_pointed(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table ends with a whole row."""
        super().resizeEvent(event)
        room = self.height() - self.chart.mapTo(self, QPoint(0, 0)).y() - self._note.sizeHint().height() - _FOOT
        self.table.setMaximumHeight(self.table.height_of(self.table.rows_in(room)))

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.table, 1)
        side.addWidget(self._note)
        side.addStretch(0)
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
                self.windows.addItem(tr(label), value)
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


def _league_columns(ties: Mapping[int, int], years: int) -> tuple[Column, ...]:
    def rank(row: LeagueRow) -> str:
        return f"{row.rank}, tied" if ties.get(row.rank, 0) > 1 else str(row.rank)

    def tip(row: LeagueRow) -> str:
        return _told(row)

    return (
        Column("Rank", rank, is_number=False, tip="From the worst for the small side", tip_of=tip),
        Column("Year", lambda row: row.year, tip_of=tip),
        Column(
            "Points",
            lambda row: row.gap.points,
            lambda v: formats.decimal(v, 1, signed=True),
            tip_of=tip,
            explain=lambda row: year_gap(row, years),
        ),
    )


def _year_group(row: LeagueRow, card: LeagueCard) -> BarGroup:
    """The current year in blue, those that were worse darker than the rest; the worst and the current are named."""
    is_worst = row.rank == 1 and row.gap.points < 0
    ink = "small" if row.is_current else "ink2" if row.year in card.worse else "mute"
    label = str(row.year) if row.is_current or is_worst else ""
    below = str(row.year) if row.year % 5 == 0 else ""
    return BarGroup(
        below,
        _told(row),
        (Bar(row.gap.points, label, ink, False),),
        row.is_current,
        partial(year_gap, row, len(card.league.rows)),
    )


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
