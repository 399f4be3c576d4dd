"""How far a refresh is, source by source, in a panel that floats under the refresh button."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.quiet_button import QuietButton
from ui.widgets.text import Text
from ui.words import tr

_WIDTH = 300
_BAR, _ROW = 6, 42
_UNKNOWN_SHARE = 0.08
_RADIUS = 6.0


class SourceProgress(QWidget):
    """One source: its title, what it is doing, and a bar; `share` is None where the end is not known.

    It covers what lies under the panel, so that nothing of the page is painted with every step.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._title = theme, title
        self._text, self._share = "", 0.0
        self.setFixedHeight(_ROW)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.show_step("queued", 0.0)
        theme.changed.connect(self.update)

    def show_step(self, text: str, share: float | None) -> None:
        drawn = _UNKNOWN_SHARE if share is None else min(max(share, 0.0), 1.0)
        if (text, drawn) == (self._text, self._share):
            return
        self._text, self._share = text, drawn
        self.setAccessibleName(f"{self._title}: {text}")
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolour(tokens.card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = QRectF(0, 4, self.width(), 18)
        painter.setFont(theme.font("cell_strong"))
        painter.setPen(qcolour(tokens.ink))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._title)
        taken = painter.fontMetrics().horizontalAdvance(self._title) + 10
        painter.setFont(theme.font("cell"))
        painter.setPen(qcolour(tokens.ink2))
        room = words.adjusted(taken, 0, 0, 0)
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        bar = QRectF(0, 26, self.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolour(tokens.hov))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if self._share > 0:
            painter.setBrush(qcolour(tokens.ink))
            painter.drawRoundedRect(QRectF(0, 26, self.width() * self._share, _BAR), _BAR / 2, _BAR / 2)
        painter.end()


class ProgressPanel(QWidget):
    """Lies over the page without taking the focus; the status bar says the same in one line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._host = theme, parent
        self._rows: dict[str, SourceProgress] = {}
        self._done = 0
        self.setAccessibleName(tr("Refreshing"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(0)
        self._title = Text(theme, "card_title", "ink", tr("Refreshing"), self)
        self._foot = Text(theme, "cell", "ink3", "", self)
        self._close = QuietButton(theme, "\u2715", tr("Hide the progress"), self, role="body")
        self._close.clicked.connect(self.hide)
        self._column.addWidget(self._title)
        self._column.addSpacing(6)
        self._column.addWidget(self._foot)
        self.setFixedWidth(_WIDTH)
        self.hide()
        theme.changed.connect(self.update)

    @property
    def rows(self) -> Mapping[str, SourceProgress]:
        return self._rows

    def begin(self, titles: Mapping[str, str]) -> None:
        """Show these sources, besides those that are shown already while a refresh is running."""
        for name, title in titles.items():
            if name not in self._rows:
                self._rows[name] = SourceProgress(self._theme, title, self)
                self._column.insertWidget(self._column.count() - 1, self._rows[name])
                self._rows[name].show()
        self._count()

    def step(self, name: str, text: str, share: float | None) -> None:
        if name in self._rows:
            self._rows[name].show_step(text, share)

    def end_source(self, name: str, text: str) -> None:
        if name in self._rows:
            self._rows[name].show_step(text, 1.0)
            self._done += 1
            self._count()

    def clear(self) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows, self._done = {}, 0
        self.hide()

    def place_under(self, anchor: QWidget) -> None:
        """At the right edge of a control of the same window, just below it."""
        corner = anchor.mapTo(self._host, QPoint(anchor.width(), anchor.height() + 6))
        self.adjustSize()
        self.move(max(corner.x() - self.width(), 0), corner.y())
        self._close.adjustSize()
        self._close.move(self.width() - self._close.width() - 6, 5)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(tokens.line2), 1))
        painter.setBrush(qcolour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def _count(self) -> None:
        self._foot.setText(f"{self._done} of {len(self._rows)} done. Esc cancels what is left.")
        self.adjustSize()
