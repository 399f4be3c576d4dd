"""The slots of claims about prices."""

from dataclasses import replace

from models.check.claims import ClaimKind, ParsedClaim, Unread
from models.check.slots import Slots
from models.check.values import Amount, Span, Streak
from models.names import Direction
from models.windows import MTD, YTD

_LARGE = "sp-500"
Side = tuple[str | None, tuple[str, ...]]
"""A market, or the shares that may be meant."""


class PriceSlots(Slots):
    """A return, one return against another, or days up or down."""

    def performance(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        named = self.kernel.kept.get("other", self.near("MARKET", "SYMBOL", "SECTOR"))
        market, subject = self.symbols(named)
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.PERFORMANCE), None)
        if "other" in self.kernel.kept and before is None:
            return Unread(claim.text, "what is compared is not said")
        if market is None and not subject:
            market, subject = self.context.market, self.context.subject
            if (market is None and not subject) or not self.has("PRON", "INDEXW"):
                return Unread(claim.text, "of what this is the return is not said")
            self.assumed.append("the subject is that of an earlier sentence")
        window = self.window()
        if window is None:
            return Unread(claim.text, "over what time is not said")
        way = before.direction if before and "other" in self.kernel.kept else None
        direction = way or (Direction.UP if self.tag("move") == "UP" else Direction.DOWN)
        amount = self.kept("amount", Amount)
        total = self.has("TOTAL")
        return replace(
            claim,
            market=market,
            subject=subject,
            direction=direction,
            amount=amount,
            window=window,
            wants_total=total,
        )

    def relative(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        small, large = self._sides()
        if small is None:
            return Unread(claim.text, "what is compared is not said")
        direction = Direction.DOWN if self._is_worse() else Direction.UP
        limit = self.limit(None) if "sup" in self.kernel.kept else None
        inside = {token.tag for token in self.tokens[self.kernel.first : self.kernel.end]}
        window = self.own_window() or (MTD if "MONTHW" in inside else self.inherited_window())
        if window is None and self.has("START", "YEARW"):
            window = YTD
            self.assumed.append("this year up to now")
        if window is None:
            return Unread(claim.text, "over what time is not said")
        if "sup" in self.kernel.kept and limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        made = replace(claim, direction=direction, amount=self.kept("amount", Amount), window=window, limit=limit)
        made = replace(made, market=small[0], subject=small[1], wants_total=self.has("TOTAL"))
        if large is None:
            return replace(made, kind=ClaimKind.PERFORMANCE)
        return replace(made, other=large[0], other_subject=large[1])

    def _is_worse(self) -> bool:
        if "rel" in self.kernel.kept:
            return self.tag("rel") in ("LAG", "SLOW")
        if self.tag("sup") in ("WORST", "BEST"):
            return self.tag("sup") == "WORST"
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.RELATIVE), None)
        return before.direction is Direction.DOWN if before else self.has("LAG")

    def _sides(self) -> tuple[Side | None, Side | None]:
        """What is compared with what; the second is None where only one thing is spoken of."""
        verb = self.kernel.kept.get("rel", self.own("BEAT", "LAG", "THAN"))
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.RELATIVE), None)
        if before is not None and "rel" not in self.kernel.kept:
            return (before.market, before.subject), (before.other, before.other_subject)
        places = [p for p, t in enumerate(self.tokens) if t.tag in ("MARKET", "SYMBOL", "SECTOR")]
        if verb is None:
            place = self.near("MARKET", "SYMBOL")
            return (self.symbols(place), None) if place is not None else (self._inherited(), None)
        first = [p for p in places if p < verb]
        second = [p for p in places if p > verb]
        small = self.symbols(first[-1]) if first else self._inherited()
        large = self.symbols(second[0]) if second else None
        if small is None or large is None:
            return self._completed(small)
        return small, large

    def _completed(self, small: Side | None) -> tuple[Side | None, Side | None]:
        """Against large companies where only one side is named; what trails nothing is not understood."""
        if small is None:
            return (None, None)
        if small[0] == _LARGE:
            return None, None
        self.assumed.append("against the S&P 500, as the sentence names nothing else")
        return small, (_LARGE, ())

    def _inherited(self) -> Side | None:
        if self.context.subject or self.context.market:
            self.assumed.append("the subject is that of an earlier sentence")
            return self.context.market if not self.context.subject else None, self.context.subject
        return None

    def days(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market, subject = self.symbols(self.near("SYMBOL", "MARKET", "SECTOR"))
        if market is None and not subject:
            return Unread(claim.text, "of what these are the days is not said")
        length, hits = self._days()
        if length is None or hits is None or not 0 < hits <= length <= 260:
            return Unread(claim.text, "how many of how many days is not understood")
        direction = Direction.UP if self.tag("move") == "UP" else Direction.DOWN
        return replace(claim, market=market, subject=subject, direction=direction, hits=hits, length=length)

    def _days(self) -> tuple[int | None, int | None]:
        streak = self.kept("length", Streak)
        if streak is not None:
            return (streak.count, streak.count) if streak.unit in ("day", "session") else (None, None)
        whole, part = self.kept("length", Span), self.kept("hits", Amount)
        if whole is None or whole.unit not in ("day", "session") or part is None:
            return None, None
        return int(whole.count), int(part.value)
