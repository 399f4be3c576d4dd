"""What the status bar says, recomputed on each tick but announced only where a word has changed."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from models.formats import day
from models.freshness import Held, NextReport, StatusLine, next_report, status_lines


class StatusModel(QObject):
    """`lines` and `next` as of the last call; `changed` comes when one of them reads differently."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[StatusLine, ...] = ()
        self.next: NextReport | None = None
        self._held: Held | None = None
        self._offline_since: datetime | None = None

    @property
    def held(self) -> Held | None:
        return self._held

    def show(self, held: Held, moment: datetime, *, is_live: bool) -> None:
        self._held = held
        self.tick(moment, is_live=is_live)

    def set_offline(self, since: datetime | None) -> None:
        """Since when no provider could be reached; seen on the next tick."""
        self._offline_since = since

    def tick(self, moment: datetime, *, is_live: bool) -> None:
        """`moment` is now, or the as-of moment of a rewound desk."""
        if self._held is None:
            return
        lines = status_lines(self._held, moment, is_live=is_live)
        if self._offline_since is not None and is_live:
            lines = (_offline_line(self._offline_since, moment), *lines)
        coming = next_report(self._held, moment, is_live=is_live)
        if (lines, coming) != (self.lines, self.next):
            self.lines, self.next = lines, coming
            self.changed.emit()


def _offline_line(since: datetime, now: datetime) -> StatusLine:
    local = since.astimezone()
    when = f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{day(local.date())}, {local:%H:%M}"
    text = f"Offline since {when}"
    return StatusLine(text, text, True, "No provider could be reached. What is held is shown.")
