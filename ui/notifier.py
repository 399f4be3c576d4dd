"""Notifications of the desktop, through its tray; where there is none, the window asks for attention."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from models.version import NAME
from ui.resources.files import resource

_SHOWN_MS = 12_000
_MARKUP = str.maketrans("<>", "\u2039\u203a")
"""Desktops render a few tags in a notification, and the names of contracts come from outside."""


def plain(text: str) -> str:
    """Without anything that a desktop could take for a tag."""
    return text.translate(_MARKUP)


class Notifier(QObject):
    """`clicked` when a person follows a notification."""

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    @staticmethod
    def has_tray() -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def show(self, title: str, text: str) -> None:
        """Tells the person, also where the window is hidden behind others."""
        if self.has_tray():
            self._icon().showMessage(plain(title), plain(text), self._icon().icon(), _SHOWN_MS)
        QApplication.alert(self._window)

    def close(self) -> None:
        if self._tray is not None:
            self._tray.hide()

    def _icon(self) -> QSystemTrayIcon:
        """The icon without which desktops show no message; there from the first message on."""
        if self._tray is None:
            self._tray = QSystemTrayIcon(QIcon(str(resource("aboutface.svg"))), self)
            self._tray.setToolTip(NAME)
            self._tray.messageClicked.connect(self.clicked)
            self._tray.activated.connect(lambda _: self.clicked.emit())
            self._tray.show()
        return self._tray
