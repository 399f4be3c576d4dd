"""The table of sources: a row each, its state as a mark with words, and the one thing to do about it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from models.calendars import NEW_YORK
from models.formats import count, day, eastern, short_day
from models.pages.data import FLAGGED, IMPORT, STARTER, STATE_TITLES, SourceRow, State
from models.qt.table_model import VALUE_ROLE, Column, TableModel
from ui.theme import Theme, qcolour
from ui.widgets.card import Card
from ui.widgets.tables import CellDelegate, TableView
from ui.widgets.text import Text
from ui.words import tr

ROW_HEIGHT = 33
_ACTION, _STATUS = "Action", "Status"
_MARK_PX, _MARK_ROOM = 4.5, 20
_MOST_ERROR_PX = 330
CANCEL = "Cancel"
_FAILED = frozenset({State.FAILED, State.PARTLY})


class SourceDelegate(CellDelegate):
    """Draws the mark of a state before its words, and underlines what can be clicked."""

    def paint_value(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        model, tokens = index.model(), self.theme.tokens
        assert isinstance(model, TableModel)
        title, row = model.columns[index.column()].title, model.row(index.row())
        if title == _ACTION:
            font = QFont(self.theme.font("cell"))  # the theme shares its own
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(qcolour(tokens.ink))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        elif title == _STATUS:
            is_flagged = row.state in FLAGGED
            ink = QColor(tokens.flag if is_flagged else tokens.ink)
            _paint_mark(painter, QPointF(area.left() + 6, area.center().y() + 0.5), row.state, ink)
            painter.setFont(self.theme.font("cell_strong" if is_flagged else "cell"))
            painter.setPen(ink)
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(area.adjusted(_MARK_ROOM, 0, 0, 0), flags, str(index.data()).strip())
        else:
            super().paint_value(painter, area, index)


def _paint_mark(painter: QPainter, at: QPointF, state: State, ink: QColor) -> None:
    """A disc for current, a triangle for what needs care, a ring for the rest."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if state is State.CURRENT else Qt.BrushStyle.NoBrush)
    if state in FLAGGED:
        painter.setBrush(ink)
        painter.drawPolygon([at + QPointF(0, -5), at + QPointF(5, 4), at + QPointF(-5, 4)])
    else:
        painter.drawEllipse(at, _MARK_PX, _MARK_PX)
    painter.restore()


class SourcesCard(Card):
    """`acted` gives the row whose action was clicked, `opened` the one whose details are wanted."""

    acted = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, accepted: Callable[[], frozenset[str]], parent: QWidget | None = None) -> None:
        """`accepted` gives the names of the sources whose terms have been accepted."""
        super().__init__(theme, parent)
        self._running: dict[str, str] = {}
        self._rows = TableModel(_columns(accepted, self._running), self)
        self.table = TableView(theme, self._rows, opens_by=2)
        self.table.setAccessibleName(tr("Sources"))
        self.table.setItemDelegate(SourceDelegate(theme, self.table))
        self.table.set_row_height(ROW_HEIGHT)
        self.table.row_chosen.connect(lambda place: self.opened.emit(self._rows.row(place)))
        self.table.clicked.connect(self._on_clicked)
        hint = Text(theme, "label", "ink3", tr("Enter on a row: datasets, rows, errors, terms and what can be done"))
        self.column.addWidget(Text(theme, "card_title", "ink", tr("Sources")))
        self.column.addWidget(hint)
        self.column.addWidget(self.table, 1)

    def show_running(self, running: Mapping[str, str]) -> None:
        """The sources that are being asked, with how far each is."""
        if dict(running) != self._running:
            self._running.clear()
            self._running.update(running)
            self._rows.write_again()

    def show_rows(self, rows: tuple[SourceRow, ...]) -> None:
        """The selection stays on the source that it was on."""
        index = self.table.currentIndex()
        chosen = self._rows.row(index.row()).name if index.isValid() else ""
        self._rows.show(rows)
        place = self._rows.place_of(lambda row: row.name == chosen)
        if place is not None:
            self.table.select_row(place)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if self._rows.columns[index.column()].title == _ACTION and index.data(VALUE_ROLE):
            self.acted.emit(row)


def action_of(row: SourceRow, accepted: frozenset[str], *, is_running: bool = False) -> str:
    """What can be done about a source: `Refresh`, `Cancel`, `Import…`, `Accept terms…` …, or "" for nothing."""
    if is_running:
        return CANCEL
    if row.name == IMPORT:
        return "Import\u2026"
    if row.name == STARTER:
        return ""
    if row.info.needs_consent and row.name not in accepted:
        return "Accept terms\u2026"
    return "Retry" if row.state in _FAILED else "Refresh"


def _columns(accepted: Callable[[], frozenset[str]], running: Mapping[str, str]) -> tuple[Column, ...]:
    """`running` gives how far the sources are that are being asked."""

    def status(row: SourceRow) -> str:
        return f"{'Refreshing' if row.name in running else STATE_TITLES[row.state]}      "

    def note(row: SourceRow) -> str:
        return running[row.name] if row.name in running else _note(row)

    def action(row: SourceRow) -> str:
        return action_of(row, accepted(), is_running=row.name in running)

    return (
        Column("Source", lambda row: row.info.title, is_number=False, is_strong=lambda _: True),
        Column("Feeds", lambda row: ", ".join(row.info.feeds), is_number=False, rank=6),
        Column("Data as of", lambda row: row.as_of, day, is_number=False),
        Column("Released", lambda row: row.released, eastern, is_number=False, rank=4),
        Column("Fetched", lambda row: row.fetched, _local_day, is_number=False, rank=2, tip_of=_fetched),
        Column("Next due", _due, is_number=False, rank=1),
        Column("Rows", lambda row: row.rows or None, count, rank=5),
        Column(_STATUS, status, is_number=False),
        Column("Last error or note", note, is_number=False, most_px=_MOST_ERROR_PX, tip_of=note),
        Column(_ACTION, action, tr, is_number=False),
    )


def _due(row: SourceRow) -> str | None:
    if row.name == IMPORT:
        return "by import"
    if not row.info.is_default:
        return f"where {row.info.stands_in_for} fails" if row.info.stands_in_for else "on request"
    due = row.info.due
    if due is None:
        return None
    if row.is_due:
        return "now"
    local = due.astimezone(NEW_YORK)
    return f"{short_day(local.date())} {local:%H:%M} ET"


def _note(row: SourceRow) -> str:
    if row.error:
        return row.error
    return "" if row.info.may_be_stored else "Held until the app is closed; its terms do not allow storing"


def _local_day(moment: datetime) -> str:
    return day(moment.astimezone().date())


def _fetched(row: SourceRow) -> str:
    return f"{_local_day(row.fetched)}, {row.fetched.astimezone():%H:%M} here" if row.fetched else ""
