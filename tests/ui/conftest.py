"""What the window's tests share: a theme, a desk, and a way to put a widget on the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from models.qt.desk import Desk
from tests.ui.pages import sample
from ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme()


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    return Desk(sample.choice())


@pytest.fixture
def shown(qtbot: object) -> Callable[..., QWidget]:
    """Show a widget in a size and close it after the test."""

    def show(widget: QWidget, width: int = 1000, height: int = 600) -> QWidget:
        qtbot.addWidget(widget)  # type: ignore[attr-defined]
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)  # type: ignore[attr-defined]
        QApplication.processEvents()
        return widget

    return show
