"""What the Positioning page takes: a market switched, a frame of panning, a move of the crosshair.

The targets are medians on two cores; a run prints the smallest, the median and the largest time.
"""

from collections.abc import Iterator
from itertools import count, cycle

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from models.qt.desk import Desk
from tests.ui.pages import sample
from ui.charts.export import render_image
from ui.charts.pane_stack import PaneStack
from ui.charts.positioning_chart import OPEN_INTEREST, PRICE, caption, stack_content
from ui.charts.ranges import TimeRange
from ui.pages.positioning_page import PositioningPage
from ui.theme import Theme

SWITCH_MS, PAN_MS, CROSSHAIR_MS = 60.0, 20.0, 2.0


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[PositioningPage]:
    theme = Theme("light")
    made = PositioningPage(Desk(sample.choice()), theme)
    qtbot.addWidget(made)
    made.show_page(sample.page())
    made.resize(1356, 824)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def stack(qapp: QApplication, qtbot: QtBot) -> PaneStack:
    """Five linked panes of 1,700 reports at the size of a whole window."""
    made = PaneStack(Theme("light"))
    qtbot.addWidget(made)
    made.show_content(stack_content(sample.page(1700), frozenset({PRICE, OPEN_INTEREST})))
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def told(benchmark: BenchmarkFixture, what: str, target_ms: float) -> None:
    times = benchmark.stats.stats  # type: ignore[union-attr]
    figures = " / ".join(f"{1000 * value:.2f}" for value in (times.min, times.median, times.max))
    print(f"\n{what}: min / median / max {figures} ms, target {target_ms:g} ms")
    benchmark.extra_info["target_ms"] = target_ms


def test_switch_a_market(page: PositioningPage, benchmark: BenchmarkFixture) -> None:
    markets = cycle([sample.page(seed=seed) for seed in range(5)])

    def switch() -> None:
        page.show_page(next(markets))
        QApplication.processEvents()

    benchmark.pedantic(switch, rounds=30, warmup_rounds=3)  # type: ignore[no-untyped-call]
    told(benchmark, "market switched, page drawn", SWITCH_MS)


@pytest.mark.parametrize("years", [3, 10, 30])
def test_pan_linked_panes(stack: PaneStack, benchmark: BenchmarkFixture, years: int) -> None:
    end = float(stack.content.days[-1])
    steps = count()

    def pan() -> None:
        shift = 40.0 + next(steps) % 200
        stack.show_range(TimeRange(end - years * 365 - shift, end - shift))
        stack.repaint()

    benchmark.pedantic(pan, rounds=60, warmup_rounds=5)  # type: ignore[no-untyped-call]
    told(benchmark, f"five linked panes panned over {years} years at 1280 x 800", PAN_MS)


def test_move_the_crosshair(page: PositioningPage, benchmark: BenchmarkFixture) -> None:
    stack = page.chart.stack
    days = cycle(stack.content.days[-300:].tolist())

    def move() -> None:
        stack.set_cursor(next(days))
        QApplication.processEvents()

    benchmark.pedantic(move, rounds=200, warmup_rounds=5)  # type: ignore[no-untyped-call]
    told(benchmark, "crosshair moved, values in the title row, drawn", CROSSHAIR_MS)


def test_make_a_picture_for_the_clipboard(page: PositioningPage, benchmark: BenchmarkFixture) -> None:
    assert page.page is not None
    stack, said = page.chart.stack, caption(page.page)
    benchmark.pedantic(lambda: render_image(stack, said), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
    told(benchmark, "picture at twice the size", 300.0)
