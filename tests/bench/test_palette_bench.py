"""What the command palette takes: to open, and to answer a key with 3,000 entries to look through.

The targets are medians on two cores; a run prints the smallest, the median and the largest time.
"""

from collections.abc import Iterator
from itertools import cycle

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from models.desk_search import Entry, EntryKind, search
from tests.bench.test_chart_bench import told
from tests.models.test_desk_search import ALL, TODAY
from ui.theme import Theme
from ui.widgets.palette import CommandPalette

OPEN_MS, KEY_MS = 50.0, 16.0
HOLDINGS = 3000


@pytest.fixture
def palette(qapp: QApplication, qtbot: QtBot) -> Iterator[CommandPalette]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    lines = [Entry(EntryKind.HOLDING, f"T{n}", n, f"Company of number {n}") for n in range(HOLDINGS)]
    entries = [*ALL, *lines]
    made = CommandPalette(Theme("light"), lambda text: search(entries, [], text, TODAY), window)
    made.open_centred()  # made and loaded once, as in the app
    made.hide()
    yield made
    made.hide()


def test_open_the_palette(palette: CommandPalette, benchmark: BenchmarkFixture) -> None:
    def open_it() -> None:
        palette.hide()
        palette.open_centred()
        palette.repaint()

    benchmark(open_it)
    told(benchmark, "open the palette", OPEN_MS)


def test_answer_a_key(palette: CommandPalette, benchmark: BenchmarkFixture) -> None:
    typed = cycle(["c", "co", "com", "comp", "compa", "compan", "nov 2016", "22 nov", "rfrsh", "russell"])
    palette.open_centred()

    def answer() -> None:
        palette.field.setText(next(typed))
        palette.repaint()

    benchmark(answer)
    told(benchmark, "answer a key", KEY_MS)
