"""When sources are asked by themselves: one timer that ticks each second and looks at what has come due.

It looks at the app's clock on each tick instead of waiting in one long stretch, so that a computer that slept, or a
clock that was moved, changes nothing. After a refresh nothing is asked until a new plan is given.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.calendars import next_release
from services.clock import Clock


@dataclass(frozen=True)
class Pace:
    """Seconds: after its due moment a source is asked with a delay of `after` to `after` + `jitter`.

    Two questions to one source are at least `apart` from each other, whatever the source says.
    """

    after_s: float = 3.0
    jitter_s: float = 4.0
    apart_s: float = 30.0
    tick_s: float = 1.0


class Live(QObject):
    """The schedule. `due` names the sources whose time has come, `ticked` comes each second.

    `released` comes when the moment of a report has passed, whether or not anything is asked.
    """

    due = Signal(object)
    ticked = Signal()
    released = Signal()

    def __init__(self, clock: Clock, pace: Pace | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._pace = pace or Pace()
        self._armed: dict[str, datetime] = {}
        self._asked: dict[str, datetime] = {}
        self._is_paused = True
        self._next_release = next_release(clock.now()).at
        self._timer = QTimer(self, interval=int(self._pace.tick_s * 1000), timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def set_paused(self, is_paused: bool) -> None:
        """Ask nothing by itself: before a person has agreed to it, without a network, or when switched off."""
        self._is_paused = is_paused

    def plan(self, dues: Mapping[str, datetime]) -> None:
        """When each source wants to be asked next; replaces the plan before."""
        self._armed = {name: self._moment(name, due) for name, due in dues.items()}

    def note_asked(self, name: str) -> None:
        """A source is being asked, by the schedule or by a person."""
        self._asked[name] = self._clock.now()
        self._armed.pop(name, None)

    def next_due(self) -> datetime | None:
        """When something will be asked next, None while nothing will."""
        return None if self._is_paused else min(self._armed.values(), default=None)

    def _moment(self, name: str, due: datetime) -> datetime:
        delay_s = self._pace.after_s + random.uniform(0, self._pace.jitter_s)
        moment = due + timedelta(seconds=delay_s)
        if (asked := self._asked.get(name)) is not None:
            moment = max(moment, asked + timedelta(seconds=self._pace.apart_s))
        return moment

    def _on_tick(self) -> None:
        now = self._clock.now()
        self.ticked.emit()
        if now >= self._next_release:
            self._next_release = next_release(now).at
            self.released.emit()
        if self._is_paused:
            return
        names = tuple(name for name, moment in self._armed.items() if moment <= now)
        if names:
            self.due.emit(names)
