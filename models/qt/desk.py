"""The selection of the desk: which market, which definition, as of when. Pages and top bar share one."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.pages.choice import Choice


class Desk(QObject):
    """Holds one frozen choice; `changed` comes once for every call that changes something."""

    changed = Signal()

    def __init__(self, choice: Choice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice

    @property
    def choice(self) -> Choice:
        return self._choice

    def choose(self, **changes: Any) -> None:
        """Replaces fields of the choice. Another market or moment closes the evidence that was open."""
        if {"market", "as_of"} & changes.keys() and "focus" not in changes:
            changes["focus"] = None
        chosen = replace(self._choice, **changes)
        if chosen != self._choice:
            self._choice = chosen
            self.changed.emit()
