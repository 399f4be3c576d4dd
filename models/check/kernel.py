"""One match of a rule of the grammar, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.check.claims import ClaimKind
from models.check.tokens import Token

T = TypeVar("T")

_COSTS = {"COMMA": 6, "STOP": 15, "AND": 4}
_ABSENT = 10_000
CLAUSE_ENDS = frozenset("STOP COMMA AND WHEN".split())
_PREPOSITIONS = frozenset("OF ON IN BY AT THAN FROM TO".split())


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
