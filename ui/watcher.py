"""Watch while the app runs: the rules are looked at after each refresh, and what they raise is noted and told once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.formats import plural
from models.watch import Alert, Rule
from models.watch_log import Noticed, Watch, from_store, to_store
from services.clock import Clock
from ui.archive_keeper import ArchiveKeeper
from ui.preferences import Preferences

if TYPE_CHECKING:
    from services.archive.archive import Archive

_TITLED = 3
"""So many alerts are named in one notification; the others are counted."""


class Watcher(QObject):
    """Keeps the rules and what they have raised in the settings.

    `changed` comes with the new state; `raised` with a title and a text for the person, once for each data.
    """

    changed = Signal(object)
    raised = Signal(str, str)

    def __init__(
        self, keeper: ArchiveKeeper, clock: Clock, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper, self._clock, self._preferences = keeper, clock, preferences
        self.watch = from_store(preferences.settings.watching)

    def check(self) -> None:
        """Looks at the newest figures under every rule, in the archive's lane; the desk's own day plays no part."""
        now, rules, seen = self._clock.now(), self.watch.rules, self.watch.seen

        def ask(archive: "Archive") -> tuple[Alert, ...]:
            from models.watch import evaluate
            from services.sources.registry import SOURCES

            return evaluate(archive, now, rules, seen, {source.name: source.title for source in SOURCES})

        self._keeper.ask("watch", ask, self._on_alerts)

    def keep_rule(self, rule: Rule) -> None:
        """Adds or replaces a rule, and looks whether it holds now."""
        self._set(self.watch.with_rule(rule))
        if rule.is_on:
            self.check()

    def drop_rule(self, name: str) -> None:
        self._set(self.watch.without_rule(name))

    def clear(self) -> None:
        """Takes what was raised out of the list; the same data are not raised again."""
        self._set(self.watch.cleared())

    def set_notifying(self, is_on: bool) -> None:
        self._set(self.watch.notifying(is_on))

    def _set(self, watch: Watch) -> None:
        if watch != self.watch:
            self.watch = watch
            self._preferences.update(watching=to_store(watch))
            self.changed.emit(watch)

    def _on_alerts(self, alerts: Sequence[Alert]) -> None:
        before = self.watch.seen
        self._set(self.watch.noting(alerts, self._clock.now()))
        new = [one for one in self.watch.log if one.key not in before]
        if new and self.watch.is_notifying:
            self.raised.emit(*notification(new))


def notification(new: Sequence[Noticed]) -> tuple[str, str]:
    """One title and text for all that was raised at once."""
    if len(new) == 1:
        return new[0].title, new[0].sentence
    named = "; ".join(one.title for one in new[:_TITLED])
    more = f"; and {len(new) - _TITLED} more" if len(new) > _TITLED else ""
    return f"Watch: {plural(len(new), 'rule')} met", f"{named}{more}."
