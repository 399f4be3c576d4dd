"""Banners under the top bar: one for each problem or offer, never a dialog."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.quiet_button import QuietButton
from ui.widgets.text import Text
from ui.words import tr

_DETAILS_HEIGHT = 120


@dataclass(frozen=True)
class BannerAction:
    """One thing that can be done about it; `is_main` for the one that is offered first."""

    label: str
    run: Callable[[], None]
    is_main: bool = False


@dataclass(frozen=True)
class Message:
    """What a banner says: a word or two in bold, the sentence, and details that can be copied.

    `is_flagged` for what went wrong or is late, in plum; an offer is not.
    """

    lead: str
    sentence: str
    actions: tuple[BannerAction, ...] = ()
    details: str = ""
    is_flagged: bool = True
    can_close: bool = True


class InfoBanner(QWidget):
    """One message with its buttons."""

    def __init__(self, theme: Theme, message: Message, on_closed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.message = theme, message
        self.setAccessibleName(f"{message.lead} {message.sentence}".strip())
        self._details = theme.dress(QPlainTextEdit(message.details, self))
        self._details.setReadOnly(True)
        self._details.setFixedHeight(_DETAILS_HEIGHT)
        self._details.setAccessibleName(tr("Details"))
        self._details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 5, 8, 5)
        column.addLayout(self._row(on_closed))
        column.addWidget(self._details)
        theme.changed.connect(self.update)

    def buttons(self) -> list[QPushButton]:
        return self.findChildren(QPushButton)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.fillPath(path, QColor(tokens.flagT if self.message.is_flagged else tokens.sel))
        painter.setClipPath(path)
        painter.fillRect(0, 0, 3, self.height(), QColor(tokens.flag if self.message.is_flagged else tokens.ink))
        painter.end()

    def _row(self, on_closed: Callable[[], None]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        words = [Text(self._theme, "body", "ink", self.message.sentence, self, wraps=True)]
        if self.message.lead:
            words.insert(0, Text(self._theme, "body_strong", "ink", self.message.lead, self))
        for label in words:
            label.setContentsMargins(0, 6, 0, 6)
            row.addWidget(label, 1 if label is words[-1] else 0)
        if self.message.details:
            row.addWidget(self._button(tr("Show details"), self._toggle_details, is_main=False))
            row.addWidget(self._button(tr("Copy"), self._copy_details, is_main=False))
        for action in self.message.actions:
            row.addWidget(self._button(action.label, action.run, is_main=action.is_main))
        if self.message.can_close:
            close = QuietButton(self._theme, "\u2715", tr("Close this message"), self, role="body")
            close.clicked.connect(on_closed)
            row.addWidget(close)
        return row

    def _button(self, label: str, run: Callable[[], None], *, is_main: bool) -> QPushButton:
        button = self._theme.dress(QPushButton(label, self), "primary" if is_main else "link")
        button.clicked.connect(lambda: run())
        return button

    def _toggle_details(self) -> None:
        is_shown = self._details.isHidden()
        self._details.setVisible(is_shown)
        sender = next(button for button in self.buttons() if button.text().endswith("details"))
        sender.setText(tr("Hide details") if is_shown else tr("Show details"))

    def _copy_details(self) -> None:
        text = f"{self.message.lead} {self.message.sentence}\n{self.message.details}"
        QApplication.clipboard().setText(text.strip())


class BannerStack(QWidget):
    """At most one banner for each problem, the newest at the bottom."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._banners: dict[str, InfoBanner] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        self.set_compact(False)
        self.hide()

    def set_compact(self, is_compact: bool) -> None:
        """In line with the margins of the page."""
        margin = 12 if is_compact else 16
        self._column.setContentsMargins(margin, 10, margin, 0)

    def show_message(self, key: str, message: Message) -> None:
        """Show it in place of what the same problem said before; the same message stays as it is."""
        old = self._banners.get(key)
        if old is not None and (old.message.lead, old.message.sentence, old.message.details) == (
            message.lead,
            message.sentence,
            message.details,
        ):
            return
        banner = InfoBanner(self._theme, message, lambda: self.dismiss(key), self)
        if old is not None:
            self._column.replaceWidget(old, banner)
            old.deleteLater()
        else:
            self._column.addWidget(banner)
        self._banners[key] = banner
        banner.show()
        self.show()

    def dismiss(self, key: str) -> None:
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def keys(self) -> Sequence[str]:
        return tuple(self._banners)

    def banner(self, key: str) -> InfoBanner | None:
        return self._banners.get(key)
