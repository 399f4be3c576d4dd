"""What a table of ten thousand holdings costs while a person types and scrolls."""

from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.pages.choice import Choice
from models.qt.desk import Desk
from tests.ui.pages.test_sectors_page import LIVE, PAIR, record, ten_thousand
from ui.pages.sectors_page import SectorsPage
from ui.theme import Theme

FRAME_MS = 16.0
"""The target of one keystroke and of one step of scrolling."""


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[SectorsPage]:
    made = SectorsPage(Desk(Choice(LIVE).with_page(PAIR)), Theme("light"))
    qtbot.addWidget(made)
    made.resize(1356, 824)
    made.show()
    qtbot.waitExposed(made)
    made.show_page(record(holdings=200))
    made.holdings.rows.show(ten_thousand())
    yield made
    made.close()


def test_type_a_letter_of_a_search(benchmark: Any, page: SectorsPage) -> None:
    typed = cycle("company number 1"[: 9 + n] for n in range(7))
    benchmark.pedantic(lambda: page.holdings.search.setText(next(typed)), rounds=21, warmup_rounds=1)
    benchmark.extra_info["target_ms"] = FRAME_MS


def test_scroll(benchmark: Any, page: SectorsPage) -> None:
    bar, steps = page.holdings.table.verticalScrollBar(), count()

    def scroll() -> None:
        bar.setValue(bar.maximum() * (next(steps) % 6 + 1) // 6)
        page.holdings.table.viewport().repaint()

    benchmark.pedantic(scroll, rounds=30, warmup_rounds=1)
    benchmark.extra_info["target_ms"] = FRAME_MS
