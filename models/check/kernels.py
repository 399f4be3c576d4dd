"""The kernels of claims in a sentence: where a rule of the grammar matches, and which tokens it keeps."""

import re
from collections.abc import Sequence

from models.check.kernel import Kernel
from models.check.rules import rules
from models.check.sound import is_sound
from models.check.tokens import Token

_SHARED, _UNUSED, _LONE = "also_", "only_", "lone_"
_PREFIX = re.compile(f"^(?:{_SHARED}|{_UNUSED}|{_LONE})")


def kernels(tokens: Sequence[Token]) -> tuple[Kernel, ...]:
    """The kernels in the order of the sentence; each kept token belongs to one."""
    tags = [token.tag for token in tokens]
    line = " ".join([*tags, ""])
    starts = [0]
    for tag in tags:
        starts.append(starts[-1] + len(tag) + 1)
    places = {start: place for place, start in enumerate(starts)}
    present = set(tags)
    taken: set[int] = set()
    used: set[int] = set()
    found: list[Kernel] = []
    for rule in rules():
        if not all(present & need for need in rule.needs):
            continue
        for match in _matches(rule.pattern, line):
            found_names = {name: places[match.start(name)] for name in match.groupdict() if match[name] is not None}
            own = sorted(place for name, place in found_names.items() if not name.startswith((_SHARED, _LONE)))
            unused = [place for name, place in found_names.items() if name.startswith((_UNUSED, _LONE))]
            kept = {_PREFIX.sub("", name): place for name, place in found_names.items()}
            kernel = Kernel(rule.kind, places[match.start()], places[match.end()], kept, tuple(own))
            if taken.isdisjoint(own) and used.isdisjoint(unused) and is_sound(kernel, tokens):
                taken.update(own)
                used.update(kept.values())
                found.append(kernel)
    return tuple(sorted(found, key=lambda kernel: kernel.own[0]))


def _matches(pattern: "re.Pattern[str]", line: str) -> list["re.Match[str]"]:
    """Every match, one for each place where one begins."""
    found, at = [], 0
    while match := pattern.search(line, at):
        found.append(match)
        at = line.index(" ", match.start()) + 1
    return found
