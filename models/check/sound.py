"""Whether a match of the grammar also makes sense: figures of the right size, words of the right topic."""

from collections.abc import Sequence
from itertools import pairwise

from models.check.claims import ClaimKind
from models.check.kernel import Kernel, clause_tags, is_complement
from models.check.tokens import Token
from models.check.values import Amount, Span

_LEAST_BARE_CONTRACTS = 100
"""A bare number below this beside `net long` is no number of contracts."""
_UNCHECKED_SIZES = frozenset("PCT PTS BP USD MONEY TIMES HALF FRAC MULTV".split())
"""Beside one of these a bare rise or fall is not all that is claimed."""
_NOT_BARE = _UNCHECKED_SIZES | {"CON", "NUM", "EACH"}
_NEAR = 5


def is_sound(kernel: Kernel, tokens: Sequence[Token]) -> bool:
    """Whether what the tags allow also makes sense: figures of the right size, words of the right topic."""
    present = {token.tag for token in tokens}
    inside = {token.tag for token in tokens[kernel.first : kernel.end]}
    is_positional = bool(present & {"NET", "LONG", "SHORT", "GROUP", "BULL", "BEAR"})
    if "NTH" in inside or _is_of_before(tokens, kernel):
        return False
    match kernel.kind:
        case ClaimKind.POSITION | ClaimKind.SWING if kernel.tag("amount", tokens) == "NUM":
            figure = kernel.value("amount", tokens, Amount)
            return figure is not None and abs(figure.value) >= _LEAST_BARE_CONTRACTS
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
