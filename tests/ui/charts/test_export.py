"""The chart as a picture and as figures."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.ui.pages import sample
from ui.charts.content import figures
from ui.charts.export import png_bytes, render_image, svg_bytes
from ui.charts.pane_stack import PaneStack
from ui.charts.positioning_chart import PRICE, caption, stack_content
from ui.theme import Theme


@pytest.fixture
def stack(theme: Theme, shown: Callable[..., QWidget]) -> PaneStack:
    made = PaneStack(theme)
    made.show_content(stack_content(sample.page(300), frozenset({PRICE})))
    shown(made, 800, 420)
    return made


def test_that_a_picture_has_twice_the_size_and_room_for_its_caption(stack: PaneStack) -> None:
    said = caption(sample.page(300))
    image = render_image(stack, said)
    assert image.width() == 2 * (800 + 32)
    assert image.height() > 2 * 420
    foot = [
        image.pixelColor(x, y).lightness()
        for x in range(30, 900)
        for y in range(image.height() - 90, image.height() - 40)
    ]
    assert min(foot) < 150


def test_that_the_caption_names_definition_source_and_as_of() -> None:
    said = caption(sample.page(300))
    text = " ".join(said.lines)
    assert said.title.startswith("Russell 2000: Speculators")
    for part in (
        "$50 contracts",
        "13 Jun 2017",
        "$100 a point before 6 Dec 2016",
        "Source: CFTC",
        "As of 16 Jun 2017, 16:00 ET",
        "rewound",
    ):
        assert part in text


def test_that_png_and_svg_can_be_read_again(stack: PaneStack) -> None:
    said = caption(sample.page(300))
    image = QImage.fromData(QByteArray(png_bytes(render_image(stack, said))))
    assert image.width() == 1664
    svg = svg_bytes(stack, said)
    assert svg.startswith(b"<?xml")
    assert b"<polyline" in svg
    assert b"Russell 2000" in svg


def test_that_a_picture_is_light_in_the_dark_theme_as_well(stack: PaneStack, theme: Theme) -> None:
    theme.choose("dark")
    assert stack.grab().toImage().pixelColor(2, 2).name() == "#1a1e23"
    corner = render_image(stack, caption(sample.page(300))).pixelColor(2, 2)
    assert corner.name() == "#ffffff"


def test_that_figures_hold_exactly_what_is_drawn(stack: PaneStack) -> None:
    page = sample.page(300)
    start, end = float(stack.content.days[-30]), float(stack.content.days[-1])
    found = figures(stack.content, start, end)
    assert found.headers == (
        "Report",
        "Size-adjusted net",
        "Contracts as reported",
        "Weekly change",
        "COT index",
        "Russell 2000 price",
    )
    assert len(found.rows) == 30
    assert [row[1] for row in found.rows] == page.main.value[-30:].tolist()
    assert [row[5] for row in found.rows] == pytest.approx(page.prices[-30:].tolist())


def test_that_an_unknown_figure_is_left_empty(stack: PaneStack) -> None:
    found = figures(stack.content, float(stack.content.days[0]), float(stack.content.days[-1]))
    assert found.rows[0][3] is None
    assert found.rows[0][4] is None
    assert not any(isinstance(cell, float) and np.isnan(cell) for row in found.rows for cell in row)
