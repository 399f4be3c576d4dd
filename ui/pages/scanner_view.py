"""All markets of the catalogue in one table: sort, filter, open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from models import formats
from models.calc.positioning import INDEX_WINDOW, Z_WINDOW
from models.explain import positions
from models.explain.positions import of_row, share_of_row
from models.names import Report
from models.pages.positioning import ScannerPage, ScannerRow
from models.qt.table_model import Column, TableModel
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.tables import SparkDelegate, TableView
from ui.widgets.text import Line, Text
from ui.words import tr

_ALL_GROUPS = "All groups"


class ScannerView(Card):
    """Shows a `ScannerPage`; `market_chosen` is emitted for Enter or a double click on a row."""

    market_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.page: ScannerPage | None = None
        self._market = ""
        self._title = Text(theme, "card_title", "ink", tr("All markets"))
        self._sentence = Line(theme, "label", "ink3")
        self._groups = Combo(theme, tr("Group of markets"))
        self._groups.activated.connect(self._on_filtered)
        self._filter = theme.dress(QLineEdit())
        self._filter.setPlaceholderText(tr("Filter by name, code or mark"))
        self._filter.setAccessibleName(tr("Filter the markets"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedSize(240, 30)
        self._filter.textChanged.connect(self._on_filtered)
        columns = _columns()
        self._rows = TableModel(columns, self, is_focus=lambda row: row.market == self._market)
        self.table = TableView(theme, self._rows, opens_by=2)
        self.table.setAccessibleName(tr("All markets"))
        self.table.set_row_height(26)
        self.table.set_sortable()
        self.table.row_chosen.connect(self._on_row_chosen)
        for place, column in enumerate(columns):
            if column.is_drawn:
                self.table.setItemDelegateForColumn(place, SparkDelegate(theme, self.table))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._sentence, 1)
        head.addWidget(self._groups)
        head.addWidget(self._filter)
        self.column.addLayout(head)
        self.column.addSpacing(4)
        self.column.addWidget(self.table, 1)

    def show_page(self, page: ScannerPage) -> None:
        """Replace the rows; sort, filter and selection stay."""
        chosen = self._chosen_market()
        self.page, self._market = page, page.choice.market
        self._sentence.setText(f"{page.sentence} Latest figures of each market's main report, in contracts.")
        self._fill_groups([_ALL_GROUPS, *dict.fromkeys(row.group for row in page.rows)])
        self._show_rows()
        place = self._rows.place_of(lambda row: row.market == chosen) if chosen else None
        if place is not None:
            self.table.select_row(place)

    def focus_filter(self) -> None:
        """Ctrl+F: begin a new filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._filter.hasFocus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.select_row(0 if self._rows.rowCount() else None)
        elif event.key() == Qt.Key.Key_Escape and self._filter.text():
            self._filter.clear()
        else:
            super().keyPressEvent(event)

    def _fill_groups(self, groups: list[str]) -> None:
        if groups == [self._groups.itemText(place) for place in range(self._groups.count())]:
            return
        chosen = self._groups.currentText()
        self._groups.clear()
        self._groups.addItems(groups)
        self._groups.setCurrentText(chosen if chosen in groups else _ALL_GROUPS)

    def _show_rows(self) -> None:
        assert self.page is not None
        group = self._groups.currentText()
        self._rows.filter(self._filter.text())
        self._rows.show([row for row in self.page.rows if group in (_ALL_GROUPS, row.group)])

    def _chosen_market(self) -> str:
        index = self.table.currentIndex()
        return str(self._rows.row(index.row()).market) if index.isValid() else ""

    def _on_filtered(self) -> None:
        if self.page is not None:
            self._show_rows()

    def _on_row_chosen(self, place: int) -> None:
        row: ScannerRow = self._rows.row(place)
        self.market_chosen.emit(row.market)


def _columns() -> tuple[Column, ...]:
    return (
        Column("Market", lambda row: row.title, is_number=False, tip_of=_about),
        Column("Group", lambda row: row.group, is_number=False, rank=7),
        Column("Report", _report, is_number=False, rank=6),
        Column("Day", lambda row: row.report_date, formats.day, rank=5, tip="Day of the newest report"),
        Column("Net", lambda row: row.net, _signed, is_strong=lambda _: True, explain=of_row(positions.net)),
        Column(
            "% OI",
            lambda row: row.share_of_oi_pct,
            _one_place,
            tip="Net in percent of open interest",
            explain=share_of_row,
        ),
        Column("1 week", lambda row: row.change_1, _signed, explain=of_row(lambda of: positions.change(of, 1))),
        Column(
            "4 weeks", lambda row: row.change_4, _signed, rank=2, explain=of_row(lambda of: positions.change(of, 4))
        ),
        Column(
            "Index",
            lambda row: row.cot_index_156,
            _whole,
            tip="COT index over 156 reports",
            explain=of_row(lambda of: positions.cot_index(of, INDEX_WINDOW)),
        ),
        Column(
            "Perc.",
            lambda row: row.percentile_156,
            _whole,
            rank=4,
            tip="Percentile over 156 reports",
            explain=of_row(lambda of: positions.percentile(of, INDEX_WINDOW)),
        ),
        Column(
            "Z",
            lambda row: row.z_52,
            _one_place,
            rank=3,
            tip="Z-score over 52 reports",
            explain=of_row(lambda of: positions.z_score(of, Z_WINDOW)),
        ),
        Column("Extreme", lambda row: row.weeks_since_extreme, str, rank=1, tip=_EXTREME_TIP, tip_of=_extreme_since),
        Column("", lambda row: row.extreme, _extreme, is_number=False, rank=1, tip_of=_extreme_since),
        Column("52 weeks", lambda row: row.spark, is_drawn=True),
        Column(
            "Records", _marks, is_number=False, most_px=180, tip="Statements that hold as of this report", tip_of=_marks
        ),
    )


_EXTREME_TIP = "Reports for which the net has not been as high, or as low"


def _about(row: ScannerRow) -> str:
    return f"{row.title}, {row.group}, {', '.join(row.codes)}"


def _report(row: ScannerRow) -> str:
    names = {Report.LEGACY_FUTURES: "Legacy", Report.LEGACY_COMBINED: "Legacy, with options"}
    return names.get(row.report, row.report.family.value.upper()) if row.report is not None else formats.DASH


def _marks(row: ScannerRow) -> str:
    return " ".join(row.statements)


def _extreme(name: str) -> str:
    return {"high": "week high", "low": "week low"}.get(name, "")


def _extreme_since(row: ScannerRow) -> str:
    if row.weeks_since_extreme is None:
        return ""
    since = f"since {formats.day(row.extreme_since)}" if row.extreme_since else "of all reports held"
    return f"The {'highest' if row.extreme == 'high' else 'lowest'} net {since}"


def _signed(value: float) -> str:
    return formats.count(value, signed=True)


def _one_place(value: float) -> str:
    return formats.decimal(value, 1, signed=True)


def _whole(value: float) -> str:
    return formats.decimal(value, 0)
