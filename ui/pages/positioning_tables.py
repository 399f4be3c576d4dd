"""The two tables below the Positioning chart: the latest values of all groups, and the ranking."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from models import formats
from models.explain import positions
from models.explain.explanation import Explanation
from models.explain.positions import of_row, share_of_row
from models.names import Direction, Kind
from models.pages.positioning import CHANGE_REPORTS, LatestRow, PositioningPage, RecordRow
from models.qt.desk import Desk
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.combo import Stepper
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text, set_tip
from ui.words import tr

_ROWS_SHOWN = 6
_MOST_REPORTS = 26
_CHANGE_RANKS = (0, 0, 3, 4)


class LatestCard(Card):
    """The newest figures of every group; a row chosen becomes the page's group."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk = desk
        self._title = Text(theme, "card_title", "ink", tr("Latest values"))
        self._subtitle = Line(theme, "label", "ink3")
        self._note = Line(theme, "label", "ink3")
        self._rows = TableModel(_latest_columns("", None), self, is_focus=lambda row: row.is_focus)
        self.table = TableView(theme, self._rows, padding=6)
        self.table.setAccessibleName(tr("Latest values of all groups"))
        self.table.row_chosen.connect(self._on_row_chosen)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._subtitle, 1)
        self.column.setContentsMargins(PADDING - 8, 10, PADDING - 8, 8)
        head.setContentsMargins(8, 0, 8, 0)
        self.column.addLayout(head)
        self.column.addWidget(self.table, 1)
        self._note.setContentsMargins(8, 0, 8, 0)
        self.column.addWidget(self._note)

    def show_page(self, page: PositioningPage) -> None:
        held = len(page.main) > 0
        self._title.setText(f"Latest values, {formats.day(page.main.date[-1])}" if held else tr("Latest values"))
        self._subtitle.setText(f"net and changes in {page.main.unit}, long and short in contracts" if held else "")
        self._rows.show(page.latest, _latest_columns(page.main.unit, page.choice.lookback))
        self.table.setMinimumHeight(self.table.height_of(min(max(len(page.latest), _ROWS_SHOWN), 9)))
        self._note.setText(page.reason_empty or page.latest_note)

    def _on_row_chosen(self, place: int) -> None:
        row: LatestRow = self._rows.row(place)
        self._desk.choose(report=row.report, group=row.group)


class RecordsCard(Card):
    """The ranking of swings, levels or streaks; a row chosen opens its evidence."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk = desk
        self._title = Text(theme, "card_title", "ink", tr("Records"))
        self._kinds = SegmentedControl(theme, tr("Records"), padding=8)
        self._kinds.chosen.connect(self._on_kind)
        self._separate = theme.dress(QCheckBox(tr("separate episodes")))
        set_tip(self._separate, tr("Keep only the largest of windows that overlap"))
        self._separate.clicked.connect(lambda is_on: self._desk.choose(separate=is_on))
        self._window = Stepper(theme, tr("Length of the ranked changes in reports"))
        self._window.setRange(1, _MOST_REPORTS)
        set_tip(self._window, tr("Length of the ranked changes, in reports"))
        self._window.valueChanged.connect(self._on_window)
        self._rows = TableModel((), self)
        self.table = TableView(theme, self._rows, padding=4)
        self.table.setAccessibleName(tr("Records"))
        self.table.row_chosen.connect(self._on_row_chosen)
        self._note = Line(theme, "label", "ink3")
        self._lay_out()

    def show_page(self, page: PositioningPage) -> None:
        choice = page.choice
        is_swing = choice.kind is Kind.SWING
        self._title.setText(f"Records, {page.main.unit}" if choice.kind is not Kind.STREAK else tr("Records, streaks"))
        self._kinds.show_options(_kinds(choice.kind, choice.direction))
        self._separate.setChecked(choice.separate)
        self._separate.setEnabled(choice.kind is not Kind.STREAK)
        self._window.blockSignals(True)
        self._window.setValue(choice.window)
        self._window.blockSignals(False)
        self._window.setVisible(is_swing)
        self._rows.show(page.records, _record_columns(page))
        self.table.setMinimumHeight(self.table.height_of(4))
        self.table.select_row(self._rows.place_of(lambda row: row.date == (choice.focus or _current(page))))
        self._note.setText(_records_note(page))

    def _lay_out(self) -> None:
        self.column.setContentsMargins(PADDING - 8, 10, PADDING - 8, 8)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setContentsMargins(8, 0, 8, 0)
        first.addWidget(self._title, 1)
        first.addWidget(self._separate)
        second.setContentsMargins(8, 0, 8, 0)
        second.addWidget(self._kinds)
        second.addStretch(1)
        second.addWidget(self._window)
        self._note.setContentsMargins(8, 0, 8, 0)
        self.column.addLayout(first)
        self.column.addLayout(second)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._note)

    def _on_kind(self, value: str) -> None:
        kind, _, direction = value.partition(" ")
        self._desk.choose(kind=Kind(kind), direction=Direction(direction))

    def _on_window(self, reports: int) -> None:
        self._desk.choose(window=reports)

    def _on_row_chosen(self, place: int) -> None:
        row: RecordRow = self._rows.row(place)
        self._desk.choose(focus=row.date)


@dataclass(frozen=True)
class _Ranking:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


def _kinds(kind: Kind, direction: Direction) -> list[_Ranking]:
    offered = (
        (Kind.SWING, Direction.UP, "Rises"),
        (Kind.SWING, Direction.DOWN, "Falls"),
        (Kind.LEVEL, Direction.UP, "Highs"),
        (Kind.LEVEL, Direction.DOWN, "Lows"),
        (Kind.STREAK, Direction.BOTH, "Streaks"),
    )
    return [
        _Ranking(f"{of} {way}", label, of is kind and (way is direction or of is Kind.STREAK))
        for of, way, label in offered
    ]


def _current(page: PositioningPage) -> object:
    return next((row.date for row in page.records if row.is_current), None)


def _records_note(page: PositioningPage) -> str:
    if not page.records:
        return page.reason_empty or "Nothing of this kind is in the sample."
    what = {Kind.SWING: "change", Kind.STREAK: "streak"}.get(page.choice.kind, "report")
    note = f"{formats.plural(page.records_of, what)} ranked"
    if page.choice.separate and page.choice.kind is not Kind.STREAK:
        note += f", {formats.plural(page.records_separate, 'episode')}"
    if page.records_left_out:
        note += f", {page.records_left_out:,} left out across a change of lead"
    return note + "."


def _change_of_row(place: int, reports: int, row: LatestRow) -> Explanation | None:
    """How a change came about; none where the group lacks a report that the others have."""
    return positions.change(row.series, reports) if row.series is not None and row.changes[place] is not None else None


def _latest_columns(unit: str, lookback: int | None) -> tuple[Column, ...]:
    def level(value: float) -> str:
        return formats.in_unit(value, unit, signed=True)

    def change(value: float) -> str:
        return formats.in_unit(value, unit, signed=True, is_change=True)

    def change_of(place: int) -> Callable[[LatestRow], float | None]:
        return lambda row: row.changes[place] if place < len(row.changes) else None

    weeks = ("1 week", "2 weeks", "4 weeks", "13 weeks")
    changes = [
        Column(
            title,
            change_of(place),
            change,
            rank=_CHANGE_RANKS[place],
            tip=f"Change over {reports} reports",
            explain=partial(_change_of_row, place, reports),
        )
        for place, (title, reports) in enumerate(zip(weeks, CHANGE_REPORTS, strict=True))
    ]
    return (
        Column("Group", lambda row: row.label, is_number=False),
        Column("Long", lambda row: row.long, formats.count, rank=1, tip="Contracts as reported"),
        Column("Short", lambda row: row.short, formats.count, rank=1, tip="Contracts as reported"),
        Column(
            "Net",
            lambda row: row.net,
            level,
            is_strong=lambda _: True,
            tip=f"Long less short, {unit}",
            explain=of_row(positions.net),
        ),
        *changes,
        Column(
            "% OI",
            lambda row: row.share_of_oi_pct,
            _share,
            tip="Net in percent of open interest",
            explain=share_of_row,
        ),
        Column(
            "Index",
            lambda row: row.index,
            _whole,
            tip="COT index: 0 is the lowest of the lookback, 100 the highest",
            explain=of_row(lambda of: positions.cot_index(of, lookback)),
        ),
        Column(
            "Perc.",
            lambda row: row.percentile,
            _whole,
            rank=5,
            tip="Share of the lookback's values at or below, %",
            explain=of_row(lambda of: positions.percentile(of, lookback)),
        ),
        Column("Traders long", lambda row: row.traders_long, formats.count, rank=6, tip="Traders with long positions"),
        Column("short", lambda row: row.traders_short, formats.count, rank=6, tip="Traders with short positions"),
    )


def _share(value: float) -> str:
    return formats.decimal(value, 1, signed=True)


def _whole(value: float) -> str:
    return formats.decimal(value, 0)


def _record_columns(page: PositioningPage) -> tuple[Column, ...]:
    kind, window, unit = page.choice.kind, page.choice.window, page.main.unit

    def level(value: float) -> str:
        return formats.in_unit(value, unit, signed=True)

    def change(value: float) -> str:
        return formats.in_unit(value, unit, signed=True, is_change=True)

    explain = partial(_explain_record, page)
    place = Column("#", lambda row: row.rank, str)
    sides = (
        Column("From", lambda row: row.start, level, rank=2),
        Column("To", lambda row: row.end, level, rank=1),
    )
    if kind is Kind.SWING:
        changes = Column("Change", lambda row: row.value, change, explain=explain)
        title = formats.weeks(window).capitalize() + " to"
        return (place, _day_column(title), changes, *sides)
    if kind is Kind.STREAK:
        weeks = Column("Weeks", lambda row: row.value, _whole, explain=explain)
        return (place, _day_column("Until"), weeks, *sides)
    return (place, _day_column("Report"), Column("Net", lambda row: row.value, level, explain=explain))


def _explain_record(page: PositioningPage, row: RecordRow) -> Explanation | None:
    return positions.record(page.main, page.choice.kind, row, page.records_of, page.records_left_out)


def _day_column(title: str) -> Column:
    def tip(row: RecordRow) -> str:
        return "Crosses a change of the contract" if row.crosses_seam else ""

    return Column(title, lambda row: row.date, formats.day, is_number=False, tip_of=tip)
