"""The window as it stands once nothing in it moves any more."""

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

_TURNS = 24
"""A change of size climbs from a part to the window by one widget a turn of the event loop."""
_STEP_MS = 20
_MOST_STEPS = 50


def still_picture(window: QWidget) -> QImage:
    """The first picture that the next one equals; the last one where it never comes to rest."""
    image = window.grab().toImage()
    for _ in range(_MOST_STEPS):
        wait(_STEP_MS)
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
        before, image = image, window.grab().toImage()
        if image == before:
            break
    return image


def wait(milliseconds: int) -> None:
    """Lets the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
