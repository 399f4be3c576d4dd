"""A label that shows its text as it is, in a role of the theme."""

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused

_AIR = 9
_MOST_ON_ONE_LINE = 64


def tip(text: str) -> str:
    """Text for a tool tip, shown as it is: Qt would read anything that looks like HTML as such.

    The cell of a table is the one thing that stands clear of the tool tip's edge on all sides. Qt would break even a
    few words, to keep the tool tip narrow.
    """
    if not text:
        return ""
    breaks = "nowrap" if len(text) <= _MOST_ON_ONE_LINE else "normal"
    cell = f'<td style="white-space: {breaks}">{html.escape(text)}</td>'
    return f'<table cellspacing="0" cellpadding="{_AIR}"><tr>{cell}</tr></table>'


def set_tip(widget: QWidget, text: str) -> None:
    """The tool tip of a control; who hears it instead is told the words, as Qt would have the markup read aloud."""
    widget.setToolTip(tip(text))
    widget.setAccessibleDescription(text)


class Text(QLabel):
    """Plain text in one of the theme's fonts and inks; both follow the theme."""

    def __init__(
        self,
        theme: Theme,
        role: str,
        ink: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._ink = theme, role, ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wraps)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.changed.connect(self._dress)
        self._dress()

    def set_role(self, role: str) -> None:
        """Another role; the font is set in any case, as a style sheet may have put back an earlier one."""
        self._role = role
        self._dress()

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, qcolour(getattr(self._theme.tokens, self._ink)))
        self.setPalette(palette)


class Sentence(Text):
    """The sentence at the top of a page. The focus stops at it, so that it can be copied with the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "sentence", "ink", "", parent, wraps=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if is_key_focused(self):
            painter = QPainter(self)
            painter.setPen(QPen(qcolour(self._theme.tokens.ink), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()


class Line(Text):
    """One line that gives way: what does not fit is cut off, and the tool tip has all of it."""

    def __init__(self, theme: Theme, role: str, ink: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, role, ink, text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
        self.setToolTip(tip(self.text()) if shown != self.text() else "")
