"""The status bar: how old the figures are, at the right when the next report comes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from models.freshness import NextReport, StatusLine
from ui.theme import Theme, qcolour
from ui.widgets.text import Line, Text, tip
from ui.words import tr

HEIGHT = 28
_TOLD_MS = 6000
_MARK_PX = 12


class StatusLabel(QWidget):
    """One entry; where it needs care it is plum and starts with a triangle."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line = StatusLine("", "")
        self._is_compact = False
        self.is_first = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_line(self, line: StatusLine, *, is_compact: bool) -> None:
        self._line, self._is_compact = line, is_compact
        self.setToolTip(tip(line.detail))
        warning = "Warning: " if line.is_flagged else "Newer than the as-of date: " if line.is_later else ""
        self.setAccessibleName(f"{warning}{line.text}")
        self.setAccessibleDescription(line.detail)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return self._line.short if self._is_compact and not self._line.is_flagged else self._line.text

    def sizeHint(self) -> QSize:
        width = self._theme.metrics("label").horizontalAdvance(self.text)
        return QSize(int(width) + 1 + self._text_at() + 12, HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.is_first:
            painter.fillRect(0, 8, 1, self.height() - 16, qcolour(tokens.line2))
        ink = QColor(tokens.flag if self._line.is_flagged or self._line.is_later else tokens.ink2)
        if self._line.is_flagged:
            _paint_triangle(painter, QPointF(self._text_at() - _MARK_PX + 4.0, self.height() / 2), ink)
        painter.setFont(self._theme.font("label"))
        painter.setPen(ink)
        painter.drawText(
            QRectF(self.rect()).adjusted(self._text_at(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text
        )
        painter.end()

    def _text_at(self) -> int:
        return (0 if self.is_first else 12) + (_MARK_PX if self._line.is_flagged else 0)


class StatusBar(QWidget):
    """Entries side by side; while something is told it takes their place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_compact = False
        self._lines: tuple[StatusLine, ...] = ()
        self._labels: list[StatusLabel] = []
        self._told = Line(theme, "label", "ink2", "", self)
        self._told.hide()
        self._lead = Text(theme, "label", "ink2", "", self)
        self._moment = Text(theme, "label_strong", "ink", "", self)
        self._rest = Text(theme, "label", "ink2", "", self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 1, 14, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._told, 1)
        self._row.addStretch(1)
        for label in (self._lead, self._moment, self._rest):
            self._row.addWidget(label)
        self._progress = ""
        self._timer = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._timer.timeout.connect(self._on_told_long_enough)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Status"))
        theme.changed.connect(self.update)

    def show_lines(self, lines: Sequence[StatusLine], coming: NextReport | None) -> None:
        self._lines = tuple(lines)
        while len(self._labels) < len(lines):
            label = StatusLabel(self._theme, self)
            label.is_first = not self._labels
            self._row.insertWidget(len(self._labels), label)
            self._labels.append(label)
        self._arrange()
        if coming is not None:
            _say(self._lead, coming.lead)
            _say(self._moment, coming.moment)
            _say(self._rest, coming.rest)
        self.setAccessibleDescription("; ".join(line.text for line in lines))

    def tell(self, sentence: str) -> None:
        """Show a sentence for some seconds."""
        self._told.setText(sentence)
        self._timer.start()
        self._arrange()

    def show_progress(self, sentence: str) -> None:
        """Show how far a refresh is until it is called with ""."""
        self._progress = sentence
        if not self._timer.isActive():
            self._told.setText(sentence)
        self._arrange()

    def set_compact(self, is_compact: bool) -> None:
        self._is_compact = is_compact
        self._arrange()

    def texts(self) -> list[str]:
        """What is shown, from left to right."""
        if self._is_telling:
            return [self._told.text()]
        return [label.text for label in self._labels if not label.isHidden()]

    @property
    def next_text(self) -> str:
        return f"{self._lead.text()}{self._moment.text()}{self._rest.text()}"

    @property
    def _is_telling(self) -> bool:
        return self._timer.isActive() or bool(self._progress)

    def _arrange(self) -> None:
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(self._lines) and not self._is_telling)
            if place < len(self._lines):
                label.show_line(self._lines[place], is_compact=self._is_compact)
        self._told.setVisible(self._is_telling)

    def _on_told_long_enough(self) -> None:
        self._told.setText(self._progress)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolour(self._theme.tokens.card))
        painter.fillRect(0, 0, self.width(), 1, qcolour(self._theme.tokens.line))
        if self.hasFocus():
            painter.setPen(qcolour(self._theme.tokens.ink))
            painter.drawRect(self.rect().adjusted(1, 2, -2, -2))
        painter.end()


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def _paint_triangle(painter: QPainter, centre: QPointF, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon([centre + QPointF(0, -4), centre + QPointF(4.5, 4), centre + QPointF(-4.5, 4)])
