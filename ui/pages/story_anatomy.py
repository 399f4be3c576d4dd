"""The anatomy of a swing: by week, by group (the moves sum to zero), and longs against shorts."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.calc.anatomy import Anatomy, GroupMove
from models.figures import Figures
from models.formats import as_date, count, short_day
from models.names import Group
from models.pages.story import StoryPage
from models.statements.words import GROUP_TITLES
from ui.charts.chart import Chart
from ui.theme import Theme, qcolour
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import tr

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 16.0
_FIGURE = 66.0
"""Room for a strong figure of seven digits at the right of the weeks."""
_WEEKS_SHOWN = 4


class AnatomyCard(Card):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = Text(theme, "card_title", "ink", tr("Swing anatomy"))
        self.column.addWidget(self._title)
        self.bars = AnatomyBars(theme)
        self.column.addWidget(self.bars, 1)

    def show_page(self, page: StoryPage) -> None:
        has_swing = len(page.series) > 1
        reason = tr("The groups of this swing are not held.") if has_swing else tr("No two reports are held.")
        self.bars.show_anatomy(page.anatomy, page.anatomy_focus, reason)
        self._title.setText(f"Swing anatomy, {page.anatomy_title}" if page.anatomy else tr("Swing anatomy"))


class AnatomyBars(Chart):
    """Three small bar charts side by side, drawn with the painter; every bar has its figure beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._anatomy: Anatomy | None = None
        self._focus: GroupMove | None = None
        self._reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(560, 98)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 98)

    def show_anatomy(self, anatomy: Anatomy | None, focus: str, reason: str = "") -> None:
        """`reason` stands in its place where there is none."""
        self._anatomy, self._reason = anatomy, reason
        self._focus = next((m for m in anatomy.groups if m.group == focus), None) if anatomy else None
        self.setAccessibleName(tr("Swing anatomy"))
        self.setAccessibleDescription(self._summary())
        self.update()

    def figures(self) -> Figures | None:
        """The steps by report, then the move of each group with its longs and shorts. Contracts."""
        if self._anatomy is None:
            return None
        shown = self._anatomy
        by_report, by_group = _of("By report", shown.steps_in), _of("By group", shown.groups_in)
        steps = ((as_date(when).isoformat(), move, None, None, by_report) for when, move in shown.by_report)
        moves = ((_title(m.group), m.net, m.long, m.short, by_group) for m in shown.groups)
        headers = ("Report or group", "Net, contracts", "Long, contracts", "Short, contracts", "Part")
        forms = (*(partial(count, signed=True),) * 3, str)
        return Figures("Swing anatomy", headers, (*steps, *moves), forms)

    def _summary(self) -> str:
        if self._anatomy is None:
            return self._reason
        moves = ", ".join(f"{_title(m.group)} {count(m.net, signed=True)}" for m in self._anatomy.groups)
        return f"{_of('Change of net contracts by group', self._anatomy.groups_in)}: {moves}."

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, QSizeF(self.size()))
        painter.end()

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Draws the three charts into an area of this size, on the screen or on paper."""
        width, height = size.width(), size.height()
        if self._anatomy is None:
            painter.setFont(self._theme.font("cell"))
            painter.setPen(qcolour(self._theme.tokens.ink3))
            painter.drawText(QRectF(0, 0, width, height), _LEFT, self._reason)
            return
        self._paint_weeks(painter, QRectF(0, 0, width * 0.25, height))
        self._paint_groups(painter, QRectF(width * 0.28, 0, width * 0.40, height))
        self._paint_sides(painter, QRectF(width * 0.71, 0, width * 0.29, height))

    def _head(self, painter: QPainter, area: QRectF, text: str) -> float:
        painter.setFont(self._theme.font("label"))
        painter.setPen(qcolour(self._theme.tokens.ink3))
        painter.drawText(QRectF(area.left(), area.top(), area.width(), _ROW), _LEFT, text)
        return area.top() + _ROW + 1

    def _write(self, painter: QPainter, area: QRectF, text: str, *, strong: bool = False, right: bool = False) -> None:
        painter.setFont(self._theme.font("cell_strong" if strong else "cell"))
        painter.setPen(QColor(self._theme.tokens.ink if strong else self._theme.tokens.ink2))
        painter.drawText(area, _RIGHT if right else _LEFT, text)

    def _paint_weeks(self, painter: QPainter, area: QRectF) -> None:
        assert self._anatomy is not None
        top = self._head(painter, area, _of(tr("By week"), self._anatomy.steps_in))
        steps = self._anatomy.by_report
        shown = steps[-_WEEKS_SHOWN:] if len(steps) > _WEEKS_SHOWN else steps
        bars = QRectF(area.left() + 48, top, max(8.0, area.width() - 48 - _FIGURE), 0)
        step = min(_ROW + 1, (area.bottom() - top - _ROW - 3) / max(len(shown), 1))
        low, high = min(0.0, *(move for _, move in shown), 0.0), max(0.0, *(move for _, move in shown), 0.0)
        scale = bars.width() / ((high - low) or 1.0)
        zero = bars.left() - low * scale
        for day, move in shown:
            self._write(painter, QRectF(area.left(), top, 44, _ROW), short_day(day))
            left, length = zero + min(move, 0.0) * scale, abs(move) * scale
            painter.fillRect(QRectF(left, top + 3, length, _ROW - 6), qcolour(self._theme.tokens.small))
            self._write_figure(painter, area, top, move)
            top += step
        painter.setPen(qcolour(self._theme.tokens.line2))
        painter.drawLine(int(zero), int(bars.top()), int(zero), int(top))
        painter.drawLine(int(area.left()), int(top) + 2, int(area.right()), int(top) + 2)
        self._write(painter, QRectF(area.left(), top + 3, 70, _ROW), "Total")
        self._write_figure(painter, area, top + 3, sum(move for _, move in steps))

    def _write_figure(self, painter: QPainter, area: QRectF, top: float, move: float) -> None:
        figure = QRectF(area.right() - _FIGURE, top, _FIGURE, _ROW)
        self._write(painter, figure, count(move, signed=True), strong=True, right=True)

    def _paint_groups(self, painter: QPainter, area: QRectF) -> None:
        assert self._anatomy is not None
        balanced = ", sums to zero" if self._anatomy.is_balanced else ""
        top = self._head(painter, area, f"{_of('Who moved', self._anatomy.groups_in)}{balanced}")
        moves = sorted(self._anatomy.groups, key=lambda m: -(m.net or 0))
        largest = max((abs(m.net or 0) for m in moves), default=1.0) or 1.0
        names = 104.0
        middle = area.left() + names + (area.width() - names) / 2
        half = (area.width() - names) / 2
        for move in moves:
            self._write(painter, QRectF(area.left(), top, names, _ROW), _title(move.group), strong=move is self._focus)
            if move.net is not None:
                length = max(1.0, half * abs(move.net) / largest)
                start = middle if move.net >= 0 else middle - length
                painter.fillRect(QRectF(start, top + 3, length, _ROW - 6), qcolour(self._theme.tokens.small))
                text = count(move.net, signed=True)
                # The figure stands on the other side of the axis, where its bar leaves room.
                if move.net >= 0:
                    self._write(painter, QRectF(middle - 74, top, 70, _ROW), text, right=True)
                else:
                    self._write(painter, QRectF(middle + 4, top, 70, _ROW), text)
            else:
                self._write(painter, QRectF(middle + 4, top, 70, _ROW), "\u2013")
            top += _ROW
        painter.setPen(qcolour(self._theme.tokens.line2))
        painter.drawLine(int(middle), int(area.top() + _ROW), int(middle), int(top))

    def _paint_sides(self, painter: QPainter, area: QRectF) -> None:
        move = self._focus
        if move is None or move.long is None or move.short is None:
            self._head(painter, area, tr("Longs and shorts are not held"))
            return
        top = self._head(painter, area, f"{_title(move.group)}: how")
        tokens = self._theme.tokens
        closing, opening = abs(move.short), abs(move.long)
        total = closing + opening or 1.0
        edge = area.width() * closing / total
        painter.fillRect(QRectF(area.left(), top + 2, edge, 13), qcolour(tokens.small))
        painter.fillRect(QRectF(area.left() + edge, top + 2, area.width() - edge, 13), qcolour(tokens.smallT))
        painter.setPen(qcolour(tokens.small))
        painter.drawRect(QRectF(area.left(), top + 2, area.width() - 1, 13))
        lines = (
            ("Shorts closed" if move.short <= 0 else "Shorts opened", closing),
            ("Longs opened" if move.long >= 0 else "Longs closed", opening),
        )
        top += 21
        for words, size in lines:
            self._write(painter, QRectF(area.left(), top, area.width(), _ROW), words)
            figure = QRectF(area.left(), top, area.width() - 34, _ROW)
            self._write(painter, figure, count(size), strong=True, right=True)
            share = QRectF(area.left(), top, area.width(), _ROW)
            self._write(painter, share, f"{100 * size / total:.0f}%", right=True)
            top += _ROW + 1


def _of(what: str, report: str) -> str:
    """`By week, legacy`; the report is named where the parts are from two."""
    return f"{what}, {report}" if report else what


def _title(group: str) -> str:
    return GROUP_TITLES[Group(group)]
