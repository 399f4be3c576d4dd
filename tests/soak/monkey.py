"""Random hands on the whole window, while refreshes, faults of the hosts, themes and moments come and go."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest import mock

import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from models.markets import MARKETS
from tests.services.sources.socrata import Socrata
from tests.soak.desk import NOW, own_threads, publish, small_cftc, week, without_starter
from tests.soak.effort import Effort
from tests.soak.window import (
    LONGEST_TURN_S,
    Slips,
    left_windows,
    live_for,
    measured_turns,
    wait_for_page,
    wait_until,
    watching,
    window,
)
from ui.app import App
from ui.pages.registry import PAGES

SEEDS, EVENTS = 20, 2_000
SAMPLE_EVENTS = 50
_HOSTS = ("publicreporting.cftc.gov", "www.cftc.gov")
_KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_F5, Qt.Key.Key_F6),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Delete),
    *(Qt.Key(code) for code in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)),
)
_MODIFIERS = (
    *[Qt.KeyboardModifier.NoModifier] * 4,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_BUTTONS = (*[Qt.MouseButton.LeftButton] * 4, Qt.MouseButton.RightButton)


class Monkey:
    """One seed's hands: an event whenever the window is ready for one, also inside of menus and dialogs."""

    def __init__(self, app: App, hosts: Socrata, chance: Random, events: int) -> None:
        self._app, self._hosts, self._chance, self._left = app, hosts, chance, events
        self._front: QWidget = app.window
        self._deeds: list[tuple[int, Callable[[], None]]] = [
            (30, self._click),
            (10, self._wheel),
            (6, self._drag),
            (30, self._press),
            (6, self._show_page),
            (5, self._rewind),
            (3, self._market),
            (2, self._dress),
            (2, self._resize),
            (2, self._refresh),
            (3, self._trouble),
        ]

    @property
    def is_done(self) -> bool:
        return self._left <= 0

    def start(self) -> None:
        """A shot for each event: a timer would not fire in the loop of a menu that its own event has opened."""
        QTimer.singleShot(0, self._do)

    def _do(self) -> None:
        self._left -= 1
        if self.is_done:
            _close_what_is_open()
            return
        self.start()
        if not self._app.window.isVisible():
            self._app.window.showNormal()
        weights = [weight for weight, _ in self._deeds]
        (deed,) = self._chance.choices([deed for _, deed in self._deeds], weights)
        deed()

    def _target(self) -> QWidget:
        """Whatever is in front, and there any visible part of it."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._app.window
        self._front = top  # once Python lets go of what Qt made itself, its parts count as deleted
        parts = [one for one in top.findChildren(QWidget) if one.isVisible() and one.width() > 2 and one.height() > 2]
        return self._chance.choice(parts) if parts else top

    def _place(self, widget: QWidget) -> QPoint:
        return QPoint(self._chance.randrange(widget.width() or 1), self._chance.randrange(widget.height() or 1))

    def _click(self) -> None:
        widget = self._target()
        click = QTest.mouseDClick if self._chance.random() < 0.1 else QTest.mouseClick
        click(widget, self._chance.choice(_BUTTONS), self._chance.choice(_MODIFIERS), self._place(widget))

    def _drag(self) -> None:
        widget = self._target()
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._place(widget))
        for _ in range(3):
            if shiboken6.isValid(widget):
                QTest.mouseMove(widget, self._place(widget))
        if shiboken6.isValid(widget):
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._place(widget))

    def _wheel(self) -> None:
        widget = self._target()
        place = QPointF(self._place(widget))
        turn = QPoint(0, self._chance.choice((-360, -120, 120, 360)))
        modifier = self._chance.choice(_MODIFIERS)
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(
            place, widget.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, modifier, phase, False
        )
        QApplication.sendEvent(widget, event)

    def _press(self) -> None:
        key, modifier = self._chance.choice(_KEYS), self._chance.choice(_MODIFIERS)
        leaves = {Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_F4}
        if not (key in leaves and modifier is not Qt.KeyboardModifier.NoModifier):
            QTest.keyClick(QApplication.focusWidget() or self._app.window, key, modifier)

    def _show_page(self) -> None:
        self._app.window.show_page(self._chance.choice(PAGES).name)

    def _rewind(self) -> None:
        if self._chance.random() < 0.3:
            self._app.desk.go_live()
        else:
            self._app.desk.rewind(NOW - timedelta(days=self._chance.randrange(1, 12_000)))

    def _market(self) -> None:
        self._app.desk.choose(market=self._chance.choice(MARKETS).name)

    def _dress(self) -> None:
        theme = self._chance.choice(("light", "dark", "system"))
        self._app.preferences.update(theme=theme, text_size_pct=self._chance.choice((90, 100, 115, 130)))

    def _resize(self) -> None:
        self._app.window.resize(self._chance.randrange(960, 1_700), self._chance.randrange(640, 1_000))

    def _refresh(self) -> None:
        self._app.updates.refresh()

    def _trouble(self) -> None:
        """The hosts fail, recover, or have news."""
        match self._chance.randrange(3):
            case 0:
                self._hosts.failing = dict.fromkeys(_HOSTS, self._chance.choice((403, 404, 429, 500, 503)))
            case 1:
                self._hosts.failing = {}
            case _:
                publish(self._hosts, week(-self._chance.randrange(8)))


def _close_what_is_open() -> None:
    """Menus and dialogs, one in the other."""
    for _ in range(20):
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not None:
            front.close()


def random_hands(effort: Effort) -> None:
    without_starter()
    events = effort.count(EVENTS, SAMPLE_EVENTS)
    for number in effort.tries(SEEDS, 1):
        _one_seed(Random(effort.seed + number), events)
        effort.tried += events - 1


def _one_seed(chance: Random, events: int) -> None:
    opened: list[str] = []

    def open_address(url: QUrl) -> bool:
        opened.append(url.scheme())
        return True

    with (
        tempfile.TemporaryDirectory() as folder,
        small_cftc() as hosts,
        watching() as slips,
        mock.patch.object(QDesktopServices, "openUrl", open_address),
        mock.patch.object(QFileDialog, "getOpenFileName", return_value=("", "")),
        mock.patch.object(QFileDialog, "getOpenFileNames", return_value=([], "")),
        mock.patch.object(QFileDialog, "getSaveFileName", return_value=("", "")),
        mock.patch.object(QFileDialog, "getExistingDirectory", return_value=""),
    ):
        with window(Path(folder, "profile"), hosts.mirror) as app:
            wait_for_page(app)
            _play(app, hosts, chance, events, slips)
        live_for(20)
        slips.assert_none()
        assert left_windows() == []
        assert set(opened) <= {"https", "file"}, opened
    assert own_threads() == []


def _play(app: App, hosts: Socrata, chance: Random, events: int, slips: Slips) -> None:
    monkey = Monkey(app, hosts, chance, events)
    with measured_turns(slips):
        monkey.start()
        wait_until(lambda: monkey.is_done, f"{events} events", patience_s=30 + events)
    hosts.failing = {}
    app.refresher.cancel()
    wait_until(lambda: not app.refresher.is_running and app.jobs.is_idle, "the end of all jobs")
    print(f"the longest turn took {slips.longest_s * 1000:.0f} ms of processor time")
    assert slips.longest_s < LONGEST_TURN_S, f"the window stood still for {slips.longest_s * 1000:.0f} ms"
