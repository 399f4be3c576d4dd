"""From a kernel to its claim, by the slots of its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from models.check.claims import ClaimKind, ParsedClaim, Unread
from models.check.context import Context
from models.check.kernel import Kernel, clause_tags
from models.check.other_slots import OtherSlots
from models.check.position_slots import PositionSlots
from models.check.price_slots import PriceSlots
from models.check.tokens import Token

Made = ParsedClaim | Unread

_POSITIONS: Mapping[ClaimKind, Callable[[PositionSlots, ParsedClaim], Made]] = {
    ClaimKind.POSITION: PositionSlots.position,
    ClaimKind.LEVEL: PositionSlots.level,
    ClaimKind.SIGN: PositionSlots.sign,
    ClaimKind.SWING: PositionSlots.swing,
    ClaimKind.STREAK: PositionSlots.streak,
}
_PRICES: Mapping[ClaimKind, Callable[[PriceSlots, ParsedClaim], Made]] = {
    ClaimKind.PERFORMANCE: PriceSlots.performance,
    ClaimKind.RELATIVE: PriceSlots.relative,
    ClaimKind.DAYS: PriceSlots.days,
}
_OTHERS: Mapping[ClaimKind, Callable[[OtherSlots, ParsedClaim], Made]] = {
    ClaimKind.SECTOR_SHARE: OtherSlots.sector_share,
    ClaimKind.SECTOR_RATIO: OtherSlots.sector_ratio,
    ClaimKind.SPREAD: OtherSlots.spread,
    ClaimKind.GROWTH: OtherSlots.growth,
    ClaimKind.GROWTH_COMPARISON: OtherSlots.comparison,
    ClaimKind.LEVERAGE: OtherSlots.leverage,
}


def make(
    sentence: str,
    tokens: Sequence[Token],
    found: Sequence[Kernel],
    kernel: Kernel,
    context: Context,
    earlier: tuple[ParsedClaim, ...],
) -> tuple[Made, set[int]]:
    """The claim with its slots, or why it is none, and the places of the tokens that were made use of.

    `earlier` are the claims before it in the sentence.
    """
    first, last = tokens[kernel.first], tokens[kernel.end - 1]
    if "AVERAGE" in clause_tags(tokens, kernel):
        unread = Unread(sentence[first.start : last.end], "an average over time is not checked")
        return unread, set(range(kernel.first, kernel.end))
    blank = ParsedClaim(kernel.kind, sentence[first.start : last.end], first.start, last.end)
    around = (sentence, tokens, found, kernel, context, earlier)
    slots: PositionSlots | PriceSlots | OtherSlots
    if kernel.kind in _POSITIONS:
        slots = positions = PositionSlots(*around)
        made = _POSITIONS[kernel.kind](positions, blank)
    elif kernel.kind in _PRICES:
        slots = prices = PriceSlots(*around)
        made = _PRICES[kernel.kind](prices, blank)
    else:
        slots = others = OtherSlots(*around)
        made = _OTHERS[kernel.kind](others, blank)
    if isinstance(made, Unread):
        return made, {*range(kernel.first, kernel.end), *slots.read}
    return replace(made, assumed=tuple(slots.assumed)), slots.read
