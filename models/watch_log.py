"""What a person's rules are and what they have raised, as the settings keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from models.watch import DEFAULT_RULES, OF_CREDIT, OF_POSITIONS, Alert, Rule, record, rule_of

MOST_KEPT = 200
"""So many alerts are kept, the newest first. An older one cannot come again, as its data are no longer the newest."""


@dataclass(frozen=True)
class Noticed:
    """An alert that was raised at a moment, with the place where its figures can be seen.

    `market` is that of a rule on positions, "" for others. One that is not listed was cleared away by the person.
    """

    key: str
    at: datetime
    title: str
    sentence: str
    definition: str
    data_date: date | None
    page: str
    market: str = ""
    is_listed: bool = True


@dataclass(frozen=True)
class Watch:
    """The rules with what they have raised, newest first. `unread` are stored rules that this version cannot use."""

    rules: tuple[Rule, ...] = DEFAULT_RULES
    log: tuple[Noticed, ...] = ()
    is_notifying: bool = True
    unread: tuple[Mapping[str, Any], ...] = ()

    @property
    def seen(self) -> frozenset[str]:
        return frozenset(one.key for one in self.log)

    def noting(self, alerts: Iterable[Alert], at: datetime) -> "Watch":
        """With these alerts, each once."""
        new = tuple(_noticed(alert, at) for alert in alerts if alert.key not in self.seen)
        return replace(self, log=(*new, *self.log)[:MOST_KEPT])

    def with_rule(self, rule: Rule) -> "Watch":
        """With a rule in the place of the one with its id, or as the last; an edited rule may raise anew."""
        before = next((held for held in self.rules if held.id == rule.id), None)
        if before is None:
            return replace(self, rules=(*self.rules, rule))
        rules = tuple(rule if held.id == rule.id else held for held in self.rules)
        is_same = before == replace(rule, is_on=before.is_on)
        log = self.log if is_same else tuple(one for one in self.log if not one.key.startswith(f"{rule.id}@"))
        return replace(self, rules=rules, log=log)

    def without_rule(self, name: str) -> "Watch":
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id != name))

    def cleared(self) -> "Watch":
        """With an empty list; the keys stay, so that the same data are not raised again."""
        return replace(self, log=tuple(replace(one, is_listed=False) for one in self.log))

    def notifying(self, is_on: bool) -> "Watch":
        return replace(self, is_notifying=is_on)

    @property
    def listed(self) -> tuple[Noticed, ...]:
        return tuple(one for one in self.log if one.is_listed)

    def free_id(self, kind: str) -> str:
        """An id for a new rule of this kind."""
        used = {rule.id for rule in self.rules} | {one.key.partition("@")[0] for one in self.log}
        return next(name for number in range(1, len(used) + 2) if (name := f"{kind}-{number}") not in used)


def _noticed(alert: Alert, at: datetime) -> Noticed:
    page, market = place_of(alert.rule)
    return Noticed(
        alert.key, at, alert.title, alert.sentence, alert.definition, alert.data_date, page=page, market=market
    )


def place_of(rule: Rule) -> tuple[str, str]:
    """The page, and the market where there is one, on which a rule's figures can be seen."""
    if rule.kind in OF_POSITIONS:
        return "positioning", rule.market
    return ("market", "") if rule.kind in OF_CREDIT else ("data", "")


# As stored


def to_store(watch: Watch) -> dict[str, Any]:
    return {
        "rules": [*(record(rule) for rule in watch.rules), *(dict(stored) for stored in watch.unread)],
        "log": [_plain(one) for one in watch.log],
        "is_notifying": watch.is_notifying,
    }


def from_store(stored: Mapping[str, Any]) -> Watch:
    """What was stored; nothing stored is the rules of the start. What cannot be used is kept aside, not lost."""
    if "rules" not in stored:
        return Watch()
    rules: dict[str, Rule] = {}
    unread: list[Mapping[str, Any]] = []
    for one in stored["rules"] if isinstance(stored["rules"], list) else ():
        if not isinstance(one, Mapping):
            continue
        try:
            rule = rule_of(one)
        except (ValueError, TypeError):
            unread.append(one)
        else:
            rules[rule.id] = rule
    log = stored.get("log")
    kept = tuple(found for one in log[:MOST_KEPT] if (found := _noted(one))) if isinstance(log, list) else ()
    return Watch(tuple(rules.values()), kept, stored.get("is_notifying") is not False, tuple(unread))


_TEXTS = ("key", "title", "sentence", "definition", "page", "market")


def _plain(one: Noticed) -> dict[str, Any]:
    texts = {name: getattr(one, name) for name in _TEXTS}
    data_date = one.data_date.isoformat() if one.data_date else None
    return {**texts, "at": one.at.isoformat(), "data_date": data_date, "is_listed": one.is_listed}


def _noted(stored: object) -> Noticed | None:
    """One stored alert; None where it cannot be read, which at worst raises it again."""
    if not isinstance(stored, Mapping) or not all(isinstance(stored.get(name), str) for name in _TEXTS):
        return None
    try:
        at = datetime.fromisoformat(str(stored.get("at")))
        data_date = date.fromisoformat(stored["data_date"]) if stored.get("data_date") else None
    except (ValueError, TypeError):
        return None
    texts = {name: stored[name] for name in _TEXTS}
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Noticed(**texts, at=at, data_date=data_date, is_listed=stored.get("is_listed") is not False)
