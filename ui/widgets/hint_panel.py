"""Hints for a first start, one after the other, in a corner of the window; they never take the focus."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.text import Text
from ui.words import tr

_WIDTH, _MARGIN, _STATUS_BAR = 300, 14, 28


@dataclass(frozen=True)
class Hint:
    """One step."""

    title: str
    text: str


class HintPanel(QWidget):
    """`closed` comes once, when a person has seen the last hint or closes any."""

    closed = Signal()

    def __init__(self, theme: Theme, hints: Sequence[Hint], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._hints, self._at = theme, tuple(hints), 0
        self._window = parent
        self.setAccessibleName(tr("Hint"))
        self._step = Text(theme, "label", "ink3", "", self)
        self._title = Text(theme, "body_strong", "ink", "", self)
        self._text = Text(theme, "body", "ink2", "", self, wraps=True)
        self.next = theme.dress(QPushButton("", self))
        self.close_button = theme.dress(QPushButton(tr("Close"), self), "link")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button in (self.next, self.close_button):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self._step, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addStretch(1)
        column.addLayout(row)
        self.next.clicked.connect(self._on_next)
        self.close_button.clicked.connect(self._end)
        theme.changed.connect(self._show_step)
        parent.installEventFilter(self)
        self._show_step()
        self.show()

    @property
    def title(self) -> str:
        return self._title.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def _on_next(self) -> None:
        if self._at + 1 < len(self._hints):
            self._at += 1
            self._show_step()
        else:
            self._end()

    def _end(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _show_step(self) -> None:
        hint = self._hints[self._at]
        is_last = self._at + 1 == len(self._hints)
        self._step.setText(f"{self._at + 1} of {len(self._hints)}")
        self._title.setText(hint.title)
        self._text.setText(hint.text)
        self.next.setText(tr("Done") if is_last else tr("Next"))
        self.close_button.setVisible(not is_last)
        self.setAccessibleDescription(f"{hint.title}. {hint.text}")
        self._place()

    def _place(self) -> None:
        """At the lower right, above the status bar."""
        width = self._theme.pixels(_WIDTH)
        layout = self.layout()
        assert layout is not None
        self.setFixedSize(width, layout.heightForWidth(width))
        right, bottom = self._window.width() - _MARGIN, self._window.height() - _STATUS_BAR - _MARGIN
        self.move(right - self.width(), bottom - self.height())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolour(tokens.ink), 1))
        painter.setBrush(qcolour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
