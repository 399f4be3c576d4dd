"""Lines and bars, pixel by pixel."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from models.records import Floats
from ui.charts.content import Curve
from ui.charts.items import CurveItem, draw_line

BLUE = QColor("#1B5FBF")


def picture(ratio: float = 1.0) -> QImage:
    image = QImage(round(300 * ratio), round(120 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    return image


def darkness(image: QImage) -> float:
    return sum(255 - image.pixelColor(x, y).red() for x in range(image.width()) for y in range(image.height()))


def curve(x: list[float], y: list[float], *, is_bars: bool = False) -> Curve:
    return Curve("Net", np.array(x), np.array(y), "small", str, is_bars=is_bars)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("steepness", [0.0, 0.5, 4.0])
def test_that_hairlines_side_by_side_look_like_one_stroke(qapp: QApplication, ratio: float, steepness: float) -> None:
    points = [QPointF(20 + k, 60 + steepness * ((k * 7) % 11 - 5)) for k in range(0, 250, 3)]
    fast, stroked = picture(ratio), picture(ratio)
    painter = QPainter(fast)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_line(painter, [QPolygonF(points)], BLUE, 2.0, is_dashed=False)
    painter.end()
    painter = QPainter(stroked)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(BLUE, 2.0))
    painter.drawPolyline(QPolygonF(points))
    painter.end()
    assert darkness(fast) == pytest.approx(darkness(stroked), rel=0.15)


@pytest.mark.parametrize(
    ("x", "y", "runs"),
    [
        ([0, 7, 14, 21], [1, 2, 3, 4], 1),
        ([0, 7, 14, 35, 42], [1, 2, 3, 4, 5], 2),
        ([0, 7, 14, 21, 28], [1, 2, float("nan"), 4, 5], 2),
        ([0, 8, 16, 33], [1, 2, 3, 4], 1),
    ],
)
def test_that_a_missing_report_breaks_the_line(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, x: list[float], y: list[float], runs: int
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr("ui.charts.items.draw_line", lambda painter, lines, *_, **__: drawn.append(len(lines)))
    item = CurveItem()
    item.show_curve(curve(x, y), BLUE, BLUE)
    item.span = (0.0, 50.0)
    image = picture()
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    assert drawn == [runs]


def test_that_a_line_ends_at_the_edges_of_what_is_shown(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[QPolygonF] = []
    monkeypatch.setattr("ui.charts.items.draw_line", lambda painter, lines, *_, **__: drawn.extend(lines))
    item = CurveItem()
    item.show_curve(curve([0, 7, 14, 21], [0.0, 70.0, 70.0, 0.0]), BLUE, BLUE)
    item.span = (3.5, 17.5)
    image = picture()
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    assert [(point.x(), point.y()) for point in drawn[0].toList()] == [(3.5, 35.0), (7, 70), (14, 70), (17.5, 35.0)]


def test_that_only_the_visible_part_and_its_neighbours_are_mapped(qapp: QApplication) -> None:
    days: Floats = np.arange(0.0, 7000.0, 7.0)
    item = CurveItem()
    item.show_curve(curve(days.tolist(), np.sin(days).tolist()), BLUE, BLUE)
    item.span = (700.0, 770.0)
    x, y = item.visible_points()
    assert (x[0], x[-1]) == (693.0, 777.0)
    assert len(x) == len(y) == 13


def test_that_bars_start_at_zero_and_even_the_smallest_is_seen(qapp: QApplication) -> None:
    item = CurveItem()
    item.show_curve(curve([10, 17, 24], [40.0, -30.0, 0.001], is_bars=True), BLUE, QColor("black"))
    item.span = (0.0, 40.0)
    image = picture()
    painter = QPainter(image)
    painter.translate(0, 60)
    painter.scale(5, -1)
    item.paint(painter)
    painter.end()
    assert [image.pixelColor(50, y) == BLUE for y in (19, 21, 59, 60)] == [False, True, True, False]
    assert [image.pixelColor(85, y) == BLUE for y in (59, 60, 89, 90)] == [False, True, True, False]
    assert image.pixelColor(120, 59) == QColor("black")
