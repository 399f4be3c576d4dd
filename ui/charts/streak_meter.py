"""The streak meter: the newest sessions of some funds as plus, minus and equals, and how often so many rise."""

from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.streaks import Streak
from models.figures import Figures
from models.formats import DASH, MINUS
from models.pages.market import StreakCard
from models.pages.market_words import share_pct
from models.windows import LONG_MONTHS
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.charts.market_figures import session_figures
from ui.theme import Theme
from ui.widgets.focus import is_key_focused
from ui.words import tr

_SIGNS = {1: "+", -1: MINUS, 0: "="}
_SPOKEN = {1: "up", -1: "down", 0: "unchanged", None: "no close"}
_HEAD, _ROW, _FOOT = 20.0, 29.0, 20.0
_LATE_ROW = 35.0
_CELL, _LEAST_CELL = 20.0, 13.0
_RESULT_ROOM = 12.0
_UNTIL = 12.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class StreakGrid(Chart):
    """One row a fund, one cell a session, the counted ones boxed. `fund_chosen` gives the row that is pressed."""

    fund_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.card: StreakCard | None = None
        self._look.changed.connect(self.updateGeometry)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Streak meter"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: StreakCard | None) -> None:
        self.card = card
        if card is not None:
            self.setAccessibleDescription(". ".join(_spoken(card, place) for place in range(len(card.rows))))
        self.updateGeometry()
        self.update()

    def figures(self) -> Figures | None:
        return session_figures(self.card) if self.card is not None else None

    def sizeHint(self) -> QSize:
        rows = len(self.card.rows) if self.card else 3
        return QSize(400, int(_HEAD + rows * self.row_height + _FOOT + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(270, self.sizeHint().height())

    # --- where things are

    def _names_width(self) -> float:
        assert self.card is not None
        widest = max(self._look.width("cell_strong", row.label) for row in self.card.rows)
        return min(widest + 10, self.width() * 0.34)

    def _results_width(self) -> float:
        assert self.card is not None
        counts = (row.result.partition(", ") for row in self.card.rows)
        return max(
            max(self._look.width("body_strong", count), self._look.width("label", until)) for count, _, until in counts
        )

    @property
    def row_height(self) -> float:
        """Higher where a fund's sessions end earlier and the day stands below its count."""
        is_late = self.card is not None and any(", " in row.result for row in self.card.rows)
        return _LATE_ROW if is_late else _ROW

    def cell(self, row: int, place: int) -> QRectF:
        """The square of one session of one fund."""
        assert self.card is not None
        left, room = self._names_width(), self.width() - self._names_width() - self._results_width() - _RESULT_ROOM
        step = max(min(room / max(len(self.card.days), 1), _CELL + 6), _LEAST_CELL + 1)
        size = min(_CELL, step - 2)
        top = _HEAD + row * self.row_height + (self.row_height - size) / 2
        return QRectF(round(left + place * step), round(top), round(size), round(size))

    def box(self) -> QRectF:
        """Around the sessions that are counted."""
        assert self.card is not None
        last, rows = len(self.card.days) - 1, len(self.card.rows)
        first = max(last + 1 - self.card.of, 0)
        around = self.cell(0, first).united(self.cell(rows - 1, last))
        return around.adjusted(-2.5, -5.5, 2.5, 6.5)

    def row_at(self, y: float) -> int:
        """The fund at a height of the widget, -1 for none."""
        place = int((y - _HEAD) // self.row_height)
        return place if self.card is not None and 0 <= place < len(self.card.rows) else -1

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        card = self.card
        if card is None or not card.rows or not card.days:
            return
        painter = QPainter(self)
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink3"))
        is_tight = self.cell(0, 1).left() - self.cell(0, 0).left() < self._look.width("label", "00") + 3
        for place, session in enumerate(card.days):
            if is_tight and (len(card.days) - 1 - place) % 2:
                continue
            area = self.cell(0, place)
            painter.drawText(QRectF(area.left() - 6, 0, area.width() + 12, _HEAD - 3), _CENTRE, str(session.day))
        for row in range(len(card.rows)):
            self._paint_row(painter, card, row)
        self._paint_ends(painter, card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("ink"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.box(), 3, 3)
        painter.end()

    def _paint_row(self, painter: QPainter, card: StreakCard, row: int) -> None:
        found = card.rows[row]
        is_focus = card.focus is not None and found.streak.symbol == card.focus.symbol
        names, top = self._names_width(), _HEAD + row * self.row_height
        painter.setFont(self._look.font("cell_strong" if is_focus else "cell"))
        painter.setPen(self._look.colour("ink"))
        text = painter.fontMetrics().elidedText(found.label, Qt.TextElideMode.ElideRight, int(names - 6))
        painter.drawText(QRectF(0, top, names, self.row_height), _LEFT, text)
        for place, sign in enumerate(found.signs):
            self._paint_cell(painter, self.cell(row, place), sign)
        right = self.box().right() + 8
        painter.setFont(self._look.font("body_strong" if is_focus else "body"))
        painter.setPen(self._look.colour("ink"))
        self._write_result(painter, QRectF(right, top, self.width() - right, self.row_height), found.result)
        if is_focus and is_key_focused(self):
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawLine(QLineF(0, top + self.row_height - 6, width, top + self.row_height - 6))

    def _write_result(self, painter: QPainter, area: QRectF, result: str) -> None:
        """The count, and below it the day that it is of where that is not the newest."""
        count, _, until = result.partition(", ")
        painter.drawText(area.adjusted(0, 0, 0, -_UNTIL if until else 0), _LEFT, count)
        if until:
            painter.save()
            painter.setFont(self._look.font("label"))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(area.adjusted(0, _UNTIL + 2, 0, 4), _LEFT, until)
            painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRectF, sign: int | None) -> None:
        """Up is filled; down, unchanged and unknown are outlined, and each has its own sign."""
        is_up = sign == 1
        if is_up:
            painter.fillRect(area, self._look.colour("small"))
        elif sign is not None:
            painter.setPen(hairline(self._look.colour("mute")))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(self._look.font("label_strong"))
        painter.setPen(self._look.colour("card" if is_up else "ink2"))
        painter.drawText(area, _CENTRE, DASH if sign is None else _SIGNS[sign])

    def _paint_ends(self, painter: QPainter, card: StreakCard) -> None:
        top = _HEAD + len(card.rows) * self.row_height + 6
        first, last = self.cell(0, 0), self.cell(0, len(card.days) - 1)
        painter.setFont(self._look.font("label"))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(QRectF(first.left(), top, 120, _FOOT - 4), _LEFT, _day(card.days[0]))
        painter.drawText(QRectF(last.right() - 120, top, 120, _FOOT - 4), _RIGHT, _day(card.days[-1]))

    # --- choosing

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and self.card is not None:
            self.fund_chosen.emit(self.card.rows[place].streak.symbol)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or self.card is None or self.card.focus is None:
            super().keyPressEvent(event)
            return
        symbols = [row.streak.symbol for row in self.card.rows]
        at = symbols.index(self.card.focus.symbol) + step
        self.fund_chosen.emit(symbols[min(max(at, 0), len(symbols) - 1)])


class Distribution(Chart):
    """The share of windows with each number of rises, the current number in the colour of small caps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.streak: Streak | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_streak(self, streak: Streak | None, title: str) -> None:
        self.streak = streak
        self.setAccessibleName(title)
        if streak is not None:
            shares = (f"{ups} up {share_pct(float(pct))}" for ups, pct in enumerate(streak.distribution_pct))
            self.setAccessibleDescription(f"Of {streak.windows:,} windows: {', '.join(shares)}.")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 110)

    def figures(self) -> Figures | None:
        """The share of windows with each number of rises."""
        if self.streak is None:
            return None
        rows = tuple(enumerate(self.streak.distribution_pct.tolist()))
        return Figures(self.accessibleName(), ("Sessions up", "Share of windows, %"), rows, (share_pct,))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 84)

    def bar(self, place: int) -> QRectF:
        """The bar of a number of rises, snapped to pixels; one that is not zero has a pixel at least."""
        assert self.streak is not None
        share = self.streak.distribution_pct
        head, foot = self._look.height("label") + 2, self._look.height("label") + 4
        room, bottom = self.height() - head - foot, round(self.height() - foot)
        step = self.width() / len(share)
        height = round(room * float(share[place]) / float(share.max()))
        if share[place] > 0:
            height = max(height, 1)
        width = round(min(step * 0.74, 46.0))
        return QRectF(round((place + 0.5) * step - width / 2), bottom - height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.streak is None:
            return
        painter = QPainter(self)
        height = self._look.height("label")
        bottom = self.bar(0).bottom() + 0.5
        for place, share in enumerate(self.streak.distribution_pct.tolist()):
            area, is_now = self.bar(place), place == self.streak.ups
            painter.fillRect(area, self._look.colour("small" if is_now else "mute"))
            painter.setFont(self._look.font("label_strong" if is_now else "label"))
            painter.setPen(self._look.colour("ink" if is_now else "ink3"))
            above = QRectF(area.left() - 10, area.top() - height - 2, area.width() + 20, height)
            painter.drawText(above, _CENTRE, share_pct(share).removesuffix("%"))
            below = QRectF(area.left() - 10, bottom + 3, area.width() + 20, height)
            painter.drawText(below, _CENTRE, str(place))
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        painter.end()


def _day(session: date) -> str:
    return f"{session.day} {LONG_MONTHS[session.month - 1]}"


def _spoken(card: StreakCard, place: int) -> str:
    row = card.rows[place]
    days = ", ".join(f"{_day(d)} {_SPOKEN[sign]}" for d, sign in zip(card.days, row.signs, strict=True))
    return f"{row.label}: up {row.result}; {days}"
