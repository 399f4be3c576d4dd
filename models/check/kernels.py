"""The kernels of claims in a sentence: where a rule of the grammar matches, and which tokens it keeps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from models.check.claims import ClaimKind
from models.check.rules import rules
from models.check.tokens import Token
from models.check.values import Amount, Span

T = TypeVar("T")

_COSTS = {"COMMA": 6, "STOP": 15, "AND": 4}
_ABSENT = 10_000
_SHARED, _UNUSED = "also_", "only_"
LEAST_BARE_CONTRACTS = 100
"""A bare number below this beside `net long` is no number of contracts."""


@dataclass(frozen=True)
class Kernel:
    """One match: the places of its first token and after its last, and the tokens kept by name.

    `own` are the places that no other kernel keeps; the first of them is where its claim stands in the sentence.
    """

    kind: ClaimKind
    first: int
    end: int
    kept: dict[str, int]
    own: tuple[int, ...]

    def value(self, name: str, tokens: Sequence[Token], kind: type[T]) -> T | None:
        """The value of a kept token where it is of that type."""
        found = tokens[self.kept[name]].value if name in self.kept else None
        return found if isinstance(found, kind) else None

    def tag(self, name: str, tokens: Sequence[Token]) -> str:
        return tokens[self.kept[name]].tag if name in self.kept else ""


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
            own = sorted(place for name, place in found_names.items() if not name.startswith(_SHARED))
            unused = [place for name, place in found_names.items() if name.startswith(_UNUSED)]
            kept = {name.removeprefix(_SHARED).removeprefix(_UNUSED): place for name, place in found_names.items()}
            kernel = Kernel(rule.kind, places[match.start()], places[match.end()], kept, tuple(own))
            if taken.isdisjoint(own) and used.isdisjoint(unused) and _is_sound(kernel, tokens):
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


def _is_sound(kernel: Kernel, tokens: Sequence[Token]) -> bool:
    """Whether what the tags allow also makes sense: figures of the right size, words of the right topic."""
    present = {token.tag for token in tokens}
    inside = {token.tag for token in tokens[kernel.first : kernel.end]}
    is_positional = bool(present & {"NET", "LONG", "SHORT", "GROUP", "BULL", "BEAR"})
    if "NTH" in inside or _is_of_before(tokens, kernel):
        return False
    match kernel.kind:
        case ClaimKind.POSITION | ClaimKind.SWING if kernel.tag("amount", tokens) == "NUM":
            figure = kernel.value("amount", tokens, Amount)
            return figure is not None and abs(figure.value) >= LEAST_BARE_CONTRACTS
        case ClaimKind.SWING if kernel.kept.keys() == {"move", "tone"}:
            is_from = any(token.tag == "FROM" for token in tokens[kernel.end : kernel.end + 2])
            is_counted = any(a.tag == "NUM" and b.tag == "OF" for a, b in pairwise(tokens))
            return not (is_from or is_counted or clause_tags(tokens, kernel) & _UNCHECKED_SIZES)
        case ClaimKind.SWING if "move" in kernel.kept and "tone" in kernel.kept:
            return bool(inside & {"NET", "LONG", "SHORT", "BULL", "BEAR"})
        case ClaimKind.SWING if "move" in kernel.kept:
            return bool(present & {"NET", "LONG", "SHORT"})
        case ClaimKind.LEVEL if kernel.tag("sup", tokens) == "RECORD" and _is_left(tokens, kernel):
            return False
        case ClaimKind.LEVEL if _is_of_change(tokens, kernel) or _is_than(tokens, kernel):
            return False
        case ClaimKind.LEVEL if "tone" not in kernel.kept:
            return bool(present & {"NET", "LONG", "SHORT"}) or (
                kernel.tag("sup", tokens) == "RECORD" and "CON" in present
            )
        case ClaimKind.STREAK:
            return bool(present & {"NET", "LONG", "SHORT", "GROUP"}) and bool(inside & {"NET", "LONG", "SHORT", "POSN"})
        case ClaimKind.LEVEL if kernel.tag("tone", tokens) == "POSN":
            return "NET" in inside or ("ON" in inside and "GROUP" in present)
        case ClaimKind.SIGN if clause_tags(tokens, kernel) & {"UP", "DOWN"}:
            return False  # `cut net longs for the first time since May`: what is the first is the cut
        case ClaimKind.SIGN if kernel.tag("side", tokens) in ("BULL", "BEAR"):
            return bool(present & {"GROUP", "PRON", "IT"})
        case ClaimKind.SECTOR_SHARE if "other" in kernel.kept:
            return "SECTOR" in present
        case ClaimKind.GROWTH if "other" in kernel.kept:
            return "EARN" in present
        case ClaimKind.SECTOR_SHARE:
            return not inside & {"UP", "DOWN", "EARN", "BEAT", "LAG"}
        case ClaimKind.SECTOR_RATIO:
            return "EARN" not in inside and "PACE" not in inside and ("EARN" not in present or "SECTOR" in present)
        case ClaimKind.GROWTH_COMPARISON if kernel.tag("pace", tokens) in ("LAG", "BEAT"):
            return "COMMA" not in inside
        case ClaimKind.GROWTH_COMPARISON:
            return "EARN" in present or ("PACE" in inside and "SECTOR" not in present)
        case ClaimKind.POSITION if "side" not in kernel.kept and "FROM" in inside:
            return {"NET", "POSN"} <= present
        case ClaimKind.DAYS if kernel.tag("hits", tokens) == "TIMES":
            span = kernel.value("length", tokens, Span)
            return span is not None and span.unit in ("day", "session")
        case ClaimKind.DAYS:
            return not is_positional or bool(present & {"SYMBOL"})
        case ClaimKind.RELATIVE:
            counts_months = any(a.tag == "NUM" and b.tag == "OF" for a, b in pairwise(tokens))
            return "amount" in kernel.kept or "sup" in kernel.kept or not (is_positional or counts_months)
        case ClaimKind.PERFORMANCE:
            is_of_something = bool(present & {"MARKET", "SYMBOL", "SECTOR"}) or not present & {"SPREAD", "EARN"}
            if kernel.kept.keys() == {"move"} and (
                is_complement(tokens, kernel.first)
                or {token.tag for token in tokens[kernel.end : kernel.end + 3]} & _NOT_BARE
            ):
                return False
            clause = clause_tags(tokens, kernel)
            if present & {"NET", "LONG", "SHORT"} and not clause & {"MARKET", "SYMBOL"}:
                return False  # `a net long of …, down 9 percent`
            return is_of_something and not clause & {"NET", "LONG", "SHORT", "POSN"}
        case _:
            return True


_UNCHECKED_SIZES = frozenset("PCT PTS BP USD MONEY TIMES HALF FRAC MULTV".split())
"""Beside one of these a bare rise or fall is not all that is claimed."""
_NOT_BARE = _UNCHECKED_SIZES | {"CON", "NUM", "EACH"}
_NEAR = 5


def _is_of_before(tokens: Sequence[Token], kernel: Kernel) -> bool:
    """Whether `the previous record` is spoken of, and not that it was beaten."""
    place = kernel.kept.get("sup", 0)
    is_previous = place > 0 and tokens[place].tag == "RECORD" and tokens[place - 1].tag in ("LAST", "EARLIER")
    return is_previous and not any(token.tag == "BEAT" for token in tokens[kernel.first : place])


def _is_than(tokens: Sequence[Token], kernel: Kernel) -> bool:
    """Whether the side is the lesser of two, as in `more shorts than longs`."""
    place = kernel.kept.get("tone", 0)
    return place > 0 and tokens[place - 1].tag == "THAN"


def _is_left(tokens: Sequence[Token], kernel: Kernel) -> bool:
    """Whether a record position is spoken of as one that is cut, so that it is none now."""
    before = [token.tag for token in tokens[max(0, kernel.kept["sup"] - 3) : kernel.kept["sup"]]]
    if before[-1:] != ["TO"] and "DOWN" in before and "tone" in kernel.kept:
        return not {"COMMA", "STOP", "TO"} & set(before[before.index("DOWN") :])
    for token in tokens[kernel.end : kernel.end + _NEAR]:
        if token.tag in ("COMMA", "STOP", "AND", "WHEN"):
            return False
        if token.tag in ("DOWN", "ERASE"):
            return "tone" in kernel.kept
    return False


def _is_of_change(tokens: Sequence[Token], kernel: Kernel) -> bool:
    """Whether `the most` stands after a change, as in `cut net shorts by 80,572 contracts, the most since 2006`."""
    between = [token.tag for token in tokens[kernel.first : kernel.kept.get("sup", kernel.first)]]
    return any(a == "BY" and b in ("CON", "NUM") for a, b in pairwise(between)) and "COMMA" in between


CLAUSE_ENDS = frozenset("STOP COMMA AND WHEN".split())
_PREPOSITIONS = frozenset("OF ON IN BY AT THAN FROM TO".split())


def clause_tags(tokens: Sequence[Token], kernel: Kernel) -> set[str]:
    """The tags of the words between the ends of clauses around what a kernel keeps."""
    places = clause_of(tokens, min(kernel.kept.values()), max(kernel.kept.values()))
    return {tokens[place].tag for place in places}


def clause_of(tokens: Sequence[Token], first: int, last: int) -> range:
    """From the end of a clause before `first` to the one after `last`."""
    low = next((p for p in range(first, -1, -1) if tokens[p].tag in CLAUSE_ENDS), -1)
    high = next((p for p in range(last, len(tokens)) if tokens[p].tag in CLAUSE_ENDS), len(tokens))
    return range(low + 1, high)


def is_complement(tokens: Sequence[Token], place: int) -> bool:
    """Whether a name stands after a preposition, but for an article: `on the yen`."""
    before = [token.tag for token in tokens[max(0, place - 2) : place]]
    return bool(before) and (before[-1] in _PREPOSITIONS or (before[-1] == "w" and before[0] in _PREPOSITIONS))


def nearest(
    tokens: Sequence[Token],
    tags: Sequence[str],
    around: tuple[int, int],
    *,
    barriers: Sequence[int] = (),
    barred: Sequence[int] = (),
) -> int | None:
    """The place of the nearest token with one of these tags; commas, clause ends and `barriers` lie between dearly.

    `around` is the first place of a kernel and the one after its last; of two as near the later is taken.
    """
    best, cost = None, _ABSENT
    for place, token in enumerate(tokens):
        if token.tag in tags and place not in barred:
            price = _cost(tokens, place, around, barriers)
            if price <= cost:
                best, cost = place, price
    return best


def _cost(tokens: Sequence[Token], place: int, around: tuple[int, int], barriers: Sequence[int]) -> int:
    first, end = around
    if first <= place < end:
        return 0
    low, high = (end, place) if place >= end else (place + 1, first)
    between = tokens[low:high]
    price = high - low + sum(_COSTS.get(token.tag, 0) for token in between)
    return price + 10 * sum(low <= barrier < high for barrier in barriers)
