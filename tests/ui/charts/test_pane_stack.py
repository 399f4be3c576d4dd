"""The linked panes: ranges, crosshair, keys, mouse, and what a refresh leaves alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages import sample
from ui.charts import labels
from ui.charts.content import Seam, StackContent
from ui.charts.pane_stack import PaneStack
from ui.charts.positioning_chart import LONG_SHORT, OPEN_INTEREST, PRICE, stack_content
from ui.charts.ranges import TimeRange
from ui.charts.readout import readings
from ui.charts.ticks import day_number, day_of
from ui.theme import Theme

LAST = day_number(date(2017, 6, 13))
Show = Callable[..., QWidget]


@pytest.fixture
def stack(theme: Theme, shown: Show) -> PaneStack:
    made = PaneStack(theme)
    made.show_content(content())
    shown(made, 900, 450)
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    return made


def content(
    reports: int = 400, *, last: np.datetime64 = sample.LAST, shown: frozenset[str] = frozenset({PRICE})
) -> StackContent:
    return stack_content(sample.page(reports, last=last), shown)


def wheel(stack: PaneStack, x: float, notches: int) -> None:
    at = QPointF(x, 100)
    event = QWheelEvent(
        at,
        stack.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stack, event)


def test_that_all_panes_show_the_same_days_after_any_change(stack: PaneStack) -> None:
    changes: list[Callable[[], None]] = [
        partial(stack.set_preset, "3Y"),
        partial(stack.zoom, 0.5),
        partial(wheel, stack, 300, 2),
    ]
    for change in changes:
        change()
        assert len({(pane.start, pane.end) for pane in stack.panes}) == 1
        assert len({(pane.plot.left(), pane.plot.width()) for pane in stack.panes}) == 1


def test_that_the_wheel_zooms_at_the_pointer(stack: PaneStack) -> None:
    day = stack.day_at(400)
    wheel(stack, 400, 3)
    assert stack.shown.days < 400 * 7 * 0.6
    assert stack.day_at(400) == pytest.approx(day, abs=3)


def test_that_as_many_undos_as_zooms_lead_back_to_the_start(stack: PaneStack, qtbot: QtBot) -> None:
    start = stack.shown
    for notches in (1, 1, -1, 2):
        wheel(stack, 500, notches)
    QTest.keyClick(stack, Qt.Key.Key_Plus)
    QTest.keyClick(stack, Qt.Key.Key_5)
    for _ in range(6):
        assert stack.shown != start
        QTest.keyClick(stack, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert stack.shown == start
    assert not stack.can_undo_range
    QTest.keyClick(stack, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert stack.shown != start


def test_that_a_drag_pans_and_is_one_step_back(stack: PaneStack, qtbot: QtBot) -> None:
    stack.set_preset("1Y")
    before = stack.shown
    QTest.mousePress(stack, Qt.MouseButton.LeftButton, pos=QPoint(500, 100))
    for x in (520, 560, 600):
        QTest.mouseMove(stack, QPoint(x, 100))
    QTest.mouseRelease(stack, Qt.MouseButton.LeftButton, pos=QPoint(600, 100))
    assert stack.shown.start < before.start
    assert stack.shown.days == pytest.approx(before.days)
    assert stack.undo_range()
    assert stack.shown == before


def test_that_a_double_click_shows_everything_and_opens_nothing(stack: PaneStack, qtbot: QtBot) -> None:
    stack.set_preset("1Y")
    with qtbot.assertNotEmitted(stack.day_chosen, wait=400):
        QTest.mouseClick(stack, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
        QTest.mouseDClick(stack, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert stack.preset == "All"


def test_that_a_click_chooses_the_nearest_report(stack: PaneStack, qtbot: QtBot) -> None:
    wanted = float(stack.content.days[-40])
    with qtbot.waitSignal(stack.day_chosen, timeout=1000) as chosen:
        QTest.mouseClick(stack, Qt.MouseButton.LeftButton, pos=QPoint(round(stack.x_of(wanted)), 100))
    assert day_number(chosen.args[0]) == wanted


def test_that_the_crosshair_reads_every_pane_at_the_precision_of_the_data(stack: PaneStack) -> None:
    page = sample.page(400)
    day = float(stack.content.days[-10])
    stack.set_cursor(day)
    read = {reading.name: reading.text for reading in readings(stack)}
    value = page.main.value[-10]
    assert read["Net"].replace("−", "-").replace(",", "").replace("+", "") == f"{value:.0f}"
    assert read[""] == "11 Apr 2017"
    assert read["Price"] == f"{page.prices[-10]:,.{0 if page.prices.max() >= 1000 else 2}f}"
    assert set(read) == {"", "Net", "As reported", "Week", "Index", "Price"}


def test_that_arrows_step_week_by_week_and_take_the_range_along(stack: PaneStack, qtbot: QtBot) -> None:
    stack.set_preset("1Y")
    QTest.keyClick(stack, Qt.Key.Key_End)
    assert stack.cursor_day == LAST
    for _ in range(60):
        QTest.keyClick(stack, Qt.Key.Key_Left)
    assert stack.cursor_day == stack.content.days[-61]
    assert stack.shown.start <= stack.cursor_day <= stack.shown.end


def test_that_shift_and_an_arrow_go_to_the_next_marked_extreme(stack: PaneStack, qtbot: QtBot) -> None:
    stack.set_cursor(LAST)
    QTest.keyClick(stack, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert stack.cursor_day == max(day for day in stack.content.marked if day < LAST)
    QTest.keyClick(stack, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert stack.cursor_day == LAST


def test_that_enter_chooses_the_week_under_the_crosshair(stack: PaneStack, qtbot: QtBot) -> None:
    stack.set_cursor(LAST)
    with qtbot.waitSignal(stack.day_chosen) as chosen:
        QTest.keyClick(stack, Qt.Key.Key_Return)
    assert chosen.args == [date(2017, 6, 13)]


def test_that_letters_choose_presets_unless_they_are_switched_off(stack: PaneStack, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stack.range_changed) as changed:
        QTest.keyClick(stack, Qt.Key.Key_3)
    assert changed.args == ["3Y"]
    stack.has_letter_keys = False
    QTest.keyClick(stack, Qt.Key.Key_Y)
    assert stack.preset == "3Y"


def test_that_shift_and_a_drag_measure_the_change_over_a_stretch(stack: PaneStack, qtbot: QtBot) -> None:
    page = sample.page(400)
    first, last = float(stack.content.days[-60]), float(stack.content.days[-20])
    start, end = QPoint(round(stack.x_of(first)), 90), QPoint(round(stack.x_of(last)), 90)
    before = stack.shown
    QTest.mousePress(stack, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=start)
    QTest.mouseMove(stack, (start + end) / 2)
    QTest.mouseMove(stack, end)
    QTest.mouseRelease(stack, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=end)
    assert stack.measured == (first, last)
    assert stack.shown == before
    texts = [reading.text for reading in readings(stack)]
    change = page.main.value[-20] - page.main.value[-60]
    assert "40 reports" in texts
    assert texts[-1].replace("−", "-").replace(",", "") == f"{change:+.0f}"
    QTest.keyClick(stack, Qt.Key.Key_Escape)
    assert stack.measured is None


def test_that_a_newer_report_keeps_a_range_chosen_by_hand_and_the_crosshair(stack: PaneStack) -> None:
    stack.restore_range(TimeRange(LAST - 700, LAST - 100))
    stack.set_cursor(float(stack.content.days[-50]))
    kept = (stack.shown, stack.cursor_day)
    stack.show_content(content(401, last=np.datetime64("2017-06-20")))
    assert (stack.shown, stack.cursor_day) == kept


@pytest.mark.parametrize("preset", ["1Y", "All"])
def test_that_a_preset_takes_in_a_newer_report(stack: PaneStack, preset: str) -> None:
    stack.set_preset(preset)
    stack.show_content(content(401, last=np.datetime64("2017-06-20")))
    assert stack.shown.end == LAST + 7
    assert stack.preset == preset


def test_that_panes_are_used_again_for_another_market(stack: PaneStack) -> None:
    before = list(stack.panes)
    stack.show_content(stack_content(sample.page(300, seed=3), frozenset({PRICE, LONG_SHORT, OPEN_INTEREST})))
    assert stack.panes[:4] == before
    assert stack.content.keys == ("net", "weekly_change", "measure", LONG_SHORT, OPEN_INTEREST, PRICE)
    stack.show_content(content())
    assert stack.panes == before


def test_that_a_market_without_rows_says_so_instead_of_empty_axes(stack: PaneStack) -> None:
    page = sample.empty_page()
    stack.show_content(stack_content(page, frozenset({PRICE})))
    stack.grab()
    assert stack.panes == []
    assert stack.accessibleDescription() == page.reason_empty


def test_that_a_gap_breaks_the_line_and_is_hatched(stack: PaneStack) -> None:
    full = content(1000)
    stack.show_content(full)
    stack.set_preset("All")
    image = stack.grab().toImage()
    pane = stack.panes[0]
    hole = full.hatches[0]
    middle = round(pane.x_of((hole.start + hole.end) / 2))
    column = {
        image.pixelColor(middle, y).name() for y in range(round(pane.plot.top()) + 2, round(pane.plot.bottom()) - 2)
    }
    assert "#1b5fbf" not in column
    assert "#c3c9d1" in column


def test_that_no_label_covers_another(stack: PaneStack, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, object]] = []
    original = labels.Shelf.write

    def write(self: labels.Shelf, painter: object, lines: tuple[labels.Line, ...], rect: object, align: object) -> None:
        written.append((lines[0].text, rect))
        original(self, painter, lines, rect, align)  # type: ignore[arg-type]

    monkeypatch.setattr(labels.Shelf, "write", write)
    for reports, width in ((400, 900), (120, 500), (1000, 640)):
        stack.resize(width, 420)
        stack.show_content(content(reports, shown=frozenset({PRICE, LONG_SHORT, OPEN_INTEREST})))
        for preset in ("All", "3Y", "1Y"):
            stack.set_preset(preset)
            written.clear()
            stack.grab()
            assert written
            for place, (text, rect) in enumerate(written):
                for other, other_rect in written[:place]:
                    assert not rect.intersects(other_rect), f"{text} covers {other} at {preset}, {width}"  # type: ignore[attr-defined]


def test_that_the_line_as_reported_is_drawn_only_where_it_differs() -> None:
    curve = content().panes[0].curves[1]
    assert curve.drawn is not None
    first_same = int(np.flatnonzero(~curve.drawn)[0])
    assert day_of(curve.x[first_same]) == date(2016, 12, 13)
    assert not curve.drawn[first_same:].any()
    assert np.isfinite(curve.y).all()


def test_that_a_series_that_ends_early_carries_its_last_day(stack: PaneStack, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, ...]] = []
    original = labels.Shelf.write

    def write(self: labels.Shelf, painter: object, lines: tuple[labels.Line, ...], *rest: object) -> None:
        written.append(tuple(line.text for line in lines))
        original(self, painter, lines, *rest)  # type: ignore[arg-type]

    page = sample.page(400)
    prices = page.prices.copy()
    prices[-60:] = np.nan
    stack.show_content(stack_content(replace(page, prices=prices), frozenset({PRICE})))
    stack.set_preset("3Y")
    monkeypatch.setattr(labels.Shelf, "write", write)
    stack.repaint_picture()
    stack.grab()
    assert any(lines[-1] == "19 Apr" for lines in written)


def test_that_names_from_outside_are_drawn_as_they_are(stack: PaneStack) -> None:
    plain = content()
    marked = StackContent(
        title="<b>Bold</b> & co",
        description="<i>no</i>",
        days=plain.days,
        panes=plain.panes,
        seams=(Seam(LAST - 400, "<b>old</b>", "<script>"),),
    )
    stack.show_content(marked)
    stack.grab()
    assert stack.accessibleName() == "<b>Bold</b> & co"


def test_that_the_chart_tells_what_it_shows_to_those_who_cannot_see_it(stack: PaneStack) -> None:
    description = stack.accessibleDescription()
    assert stack.accessibleName() == "Speculators, legacy report, futures only"
    for part in ("400 reports", "Last +7,542 $50 contracts on 13 Jun 2017", "lowest", "highest"):
        assert part in description


def test_that_the_theme_is_taken_up_without_losing_the_range(stack: PaneStack, theme: Theme) -> None:
    stack.set_preset("3Y")
    stack.set_cursor(LAST)
    theme.changed.emit()
    assert stack.preset == "3Y"
    assert stack.cursor_day == LAST


def test_that_moving_the_crosshair_repaints_no_curve(stack: PaneStack, monkeypatch: pytest.MonkeyPatch) -> None:
    stack.grab()
    painted: list[object] = []
    monkeypatch.setattr(PaneStack, "paint_chart", lambda self, painter: painted.append(painter))
    for day in stack.content.days[-20:].tolist():
        stack.set_cursor(day)
        stack.repaint()
    assert painted == []


def test_that_a_chart_out_of_sight_keeps_no_picture_and_looks_the_same_afterwards(stack: PaneStack) -> None:
    before = stack.grab().toImage()
    had_one = stack._picture is not None
    stack.hide()
    assert (had_one, stack._picture) == (True, None)
    stack.show()
    QApplication.processEvents()
    assert stack.grab().toImage() == before
