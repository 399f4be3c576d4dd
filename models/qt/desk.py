"""The desk's selection: one `Choice` that every page is built from, and when it changes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.markets import market
from models.names import Family, Legs
from models.pages.choice import Choice


class Desk(QObject):
    """Holds one frozen choice; `changed` comes once for each call that changes something.

    While it is live `choice.as_of` is only some moment in the past; `choice_at` gives the choice as of now.
    """

    changed = Signal()

    def __init__(self, choice: Choice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice

    @property
    def choice(self) -> Choice:
        return self._choice

    def choice_at(self, now: datetime) -> Choice:
        """The selection with its moment: now, unless the desk is rewound."""
        return replace(self._choice, as_of=now) if self._choice.is_live else self._choice

    def choose(self, **changes: Any) -> None:
        """Replaces fields of the choice. Another market or moment closes the evidence that was open."""
        if {"market", "as_of", "is_live"} & changes.keys():
            changes = {"focus": None} | changes
        if changes.get("market", self._choice.market) != self._choice.market:
            changes = self._carried_over(changes["market"]) | changes
        self.restore(replace(self._choice, **changes))

    def rewind(self, moment: datetime) -> None:
        """Show only what was known at an aware moment."""
        self.choose(as_of=moment, is_live=False)

    def go_live(self) -> None:
        """The newest figures again; then nothing is later."""
        self.choose(is_live=True, later_data=False)

    def restore(self, choice: Choice) -> None:
        """Takes up a whole selection again."""
        if choice != self._choice:
            self._choice = choice
            self.changed.emit()

    def _carried_over(self, name: str) -> dict[str, Any]:
        """What cannot stay with another market: a single leg, and a report in which that market is not listed."""
        changes: dict[str, Any] = {}
        if self._choice.legs not in tuple(Legs):
            changes["legs"] = Legs.LEAD
        report = self._choice.report
        if report is not None and report.family not in (Family.LEGACY, market(name).main_family):
            changes |= {"report": None, "group": None}
        return changes
