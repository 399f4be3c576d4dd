"""The pages at another scale of the display: run in a process of its own, as Qt reads the scale once at its start.

Prints what is cut off on any page as JSON.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from services.settings import Settings
from tests.ui.shell import context
from ui.app import App, application
from ui.pages.registry import PAGES
from ui.pages.story_cells import MatrixCell
from ui.widgets.text import Line, Text

SIZE = (1100, 700)
_ARROW_PX = 30
"""What a list to choose from needs beside its text."""
_PATIENCE_S = 60


def cut_off(page: QWidget) -> list[str]:
    """What of the texts that are seen on a page does not fit."""
    shown = (widget for widget in page.findChildren(QWidget) if widget.isVisible())
    return [said for widget in shown if (said := _cut(widget))]


def _cut(widget: QWidget) -> str:
    """What of a widget's text does not fit; a `Line` may be cut, as its tool tip has all of it."""
    if isinstance(widget, Text) and not isinstance(widget, Line):
        need = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        if widget.text() and (widget.height() + 2 < need or _is_narrow(widget)):
            return f"{widget.text()!r} has {widget.width()}x{widget.height()}"
    if isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget, MatrixCell):
        least, size = widget.minimumSizeHint(), widget.size()
        if size.width() + 1 < least.width() or size.height() + 1 < least.height():
            return f"{widget.text()!r} has {size.width()}x{size.height()} of {least.width()}x{least.height()}"
    if isinstance(widget, QComboBox):
        need = widget.fontMetrics().horizontalAdvance(widget.currentText()) + _ARROW_PX
        return f"{widget.currentText()!r} has {widget.width()} of {need}" if widget.width() < need else ""
    return ""


def _is_narrow(text: Text) -> bool:
    return not text.wordWrap() and text.width() + 2 < text.sizeHint().width()


def main(profile: Path, more_points: int) -> None:
    """With letters of the system that are so many points larger."""
    application([])
    font = QApplication.font()
    font.setPointSize(font.pointSize() + more_points)
    QApplication.setFont(font)
    app = App(context(profile), Settings(seen_hints=True), is_picture=True)
    app.window.resize(*SIZE)
    app.start()
    found: list[str] = []
    for entry in PAGES:
        app.window.show_page(entry.name)
        _wait(app)
        found += [f"{entry.name}: {said}" for said in cut_off(app.window)]
    ratio = app.window.devicePixelRatioF()
    app.stop()
    print(json.dumps({"scale": ratio, "cut": found}))


def _wait(app: App) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not (app.window.is_drawn and app.loader.is_settled and app.jobs.is_idle):
        if time.monotonic() > until:
            raise TimeoutError(app.window.page_name)
        QApplication.processEvents()
        time.sleep(0.005)
    for _ in range(3):
        QApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
