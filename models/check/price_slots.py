"""The slots of claims about prices."""

from collections.abc import Sequence
from dataclasses import replace

from models.check import resolve
from models.check.claims import ClaimKind, ParsedClaim, Unread
from models.check.kernel import clause_of
from models.check.resolve import month_before
from models.check.stretch_slots import StretchSlots
from models.check.tokens import Token
from models.check.values import Amount, Period, Span, Streak, Unit
from models.names import Direction
from models.windows import LONG_MONTHS, MTD, YTD, Window, WindowKind

_LARGE = "sp-500"
_OPENINGS = frozenset(["start", "started", "beginning", "opening"])
_YOUNG_MONTH_DAYS = 5
"""Up to this day of a month, `the best month` is the one before."""
Side = tuple[str | None, tuple[str, ...]]
"""A market, or the shares that may be meant."""


def _begins_a_year(window: Window | None) -> bool:
    return window == YTD or (window is not None and window.months[0] == 1)


class PriceSlots(StretchSlots):
    """A return, one return against another, or days up or down."""

    def performance(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        is_resumed = self._is_resumed()
        if unknown := self._unknown_alone():
            return Unread(claim.text, f"unknown market: {unknown}")
        own = self._named_before() if is_resumed else self.subject("MARKET", "SYMBOL", "SECTOR")
        named = self.kernel.kept.get("other", own)
        market, subject = self.symbols(named)
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.PERFORMANCE), None)
        if "other" in self.kernel.kept and before is None:
            return Unread(claim.text, "what is compared is not said")
        if is_resumed and before is not None and not self._means_context():
            market, subject = before.market, before.subject
        if market is None and not subject:
            market, subject = self.context.market, self.context.subject
            if (market is None and not subject) or not self.has("PRON", "IT", "INDEXW"):
                return Unread(claim.text, "of what this is the return is not said")
            self.assumed.append("the subject is that of an earlier sentence")
        is_bare = "amount" not in self.kernel.kept
        window = self.own_window() if is_bare else self.window()
        if window is None and is_resumed and before is not None:
            window = before.window
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

    def _is_resumed(self) -> bool:
        """Whether the clause speaks of `it` or `the index`, and names nothing before its verb."""
        places = clause_of(self.tokens, self.anchor, self.anchor)
        before = {self.tokens[place].tag for place in places if place < self.kernel.end}
        return bool(before & {"IT", "INDEXW"}) and not before & {"MARKET", "SYMBOL", "SECTOR"}

    def _unknown_alone(self) -> str:
        """The name of an unknown market that the clause is about, and nothing else: `the Nikkei index rose`."""
        named = any(token.tag in ("MARKET", "SYMBOL", "SECTOR") for token in self._clause())
        return "" if named else self._unknown_beside()

    def _unknown_beside(self) -> str:
        """The name of an unknown market in the clause."""
        return next((str(token.value) for token in self._clause() if token.tag == "UNKNOWN"), "")

    def _clause(self) -> Sequence[Token]:
        return [self.tokens[place] for place in clause_of(self.tokens, self.anchor, self.anchor)]

    def _means_context(self) -> bool:
        return bool(self.context.market) and not self.has("IT")

    def _named_before(self) -> int | None:
        """Of what `it` is said: the last name before it; `the index` only where no earlier sentence names one."""
        if self._means_context():
            return None
        names = (p for p in range(self.anchor - 1, -1, -1) if self.tokens[p].tag in ("MARKET", "SYMBOL", "SECTOR"))
        return next(names, None)

    def relative(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        if unknown := self._unknown_beside():
            return Unread(claim.text, f"unknown market: {unknown}")
        small, large = self._sides()
        if small is None or small == large:
            return Unread(claim.text, "what is compared is not said")
        direction = self._direction()
        limit = self.limit(None) if "sup" in self.kernel.kept else None
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.RELATIVE), None)
        of_before = before.window if before and "sup" in self.kernel.kept else None
        own = self._same_stretch() or self._week() or self._counted_months() or of_before or self.own_window()
        window = own or self._this_month() or self.inherited_window()
        is_start = any(token.tag == "START" for token in self._inside())
        if own is None and is_start and not _begins_a_year(window):
            window = None
        if window is None and self.has("START", "YEARW"):
            window = YTD
            self.assumed.append("this year up to now")
        if window is None:
            return Unread(claim.text, "over what time is not said")
        if "sup" in self.kernel.kept and limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        made = replace(claim, direction=direction, amount=self._points(), window=window, limit=limit)
        made = replace(made, market=small[0], subject=small[1], wants_total=self.has("TOTAL"))
        if large is None:
            return replace(made, kind=ClaimKind.PERFORMANCE)
        return replace(made, other=large[0], other_subject=large[1])

    def _direction(self) -> Direction | None:
        """Up where the first is ahead; None for a gap of which the sentence does not say whose it is."""
        word = self.tag("rel") or self.tag("move") or {"WORST": "LAG", "BEST": "BEAT"}.get(self.tag("sup"), "")
        if not word:
            before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.RELATIVE), None)
            if before is not None:
                return before.direction
            word = next((t.tag for t in self.tokens if t.tag in ("LAG", "BEAT", "UP", "DOWN")), "")
        return {"LAG": Direction.DOWN, "SLOW": Direction.DOWN, "DOWN": Direction.DOWN, "": None}.get(word, Direction.UP)

    def _points(self) -> Amount | None:
        """The difference that is claimed, in points; a hundred basis points are one."""
        amount = self.kept("amount", Amount)
        if amount is None or amount.unit is not Unit.BASIS_POINTS:
            return amount
        return replace(
            amount, value=amount.value / 100, least=amount.least / 100, most=amount.most / 100, unit=Unit.POINTS
        )

    def _inside(self) -> Sequence[Token]:
        return self.tokens[self.kernel.first : self.kernel.end]

    def _counted_months(self) -> Window | None:
        """`the worst five-month start` is January to May, `a five-month stretch` the five whole months before."""
        for place in range(self.low, self.high):
            span = self.tokens[place].value
            after = next(
                (p for p in range(place + 1, min(place + 3, self.high)) if self.tokens[p].tag == "START"), None
            )
            if after is None or not isinstance(span, Span) or span.unit != "month" or not 1 <= span.count <= 12:
                continue
            count = int(span.count)
            self.read.add(place)
            if self.text(after, after).lower() in _OPENINGS:
                return Window(WindowKind.MONTHS, (1, count))
            last = month_before(self.context.article).month
            self.assumed.append("the whole months before this one")
            return Window(WindowKind.MONTHS, ((last - count) % 12 + 1, last))
        return None

    def _same_stretch(self) -> Window | None:
        """The week or month of which this is the worst: `fell 2.4 percent in the week, its worst since March`."""
        inside = {token.tag for token in self._inside()}
        windows = (claim.window for claim in reversed(self.earlier) if claim.window and "sup" in self.kernel.kept)
        is_meant = (w for w in windows if (w.is_week and "WEEKW" in inside) or (w.is_month and "MONTHW" in inside))
        return next(is_meant, None)

    def _week(self) -> Window | None:
        """For `the best week`, `the biggest weekly drop`: the one that is named, else the one that ends."""
        places = range(self.kernel.first, self.kernel.end)
        named = next((p for p in range(self.low, self.high) if self._names_week(p)), None)
        if not any(self.tokens[p].tag in ("WEEKW", "WEEKLY") for p in places) and named not in places:
            return None
        if named is not None:
            self.read.add(named)
            return resolve.window(self.tokens[named].value, self.context.article)
        return resolve.window(Period("ended week"), self.context.article)

    def _names_week(self, place: int) -> bool:
        value = self.tokens[place].value
        return isinstance(value, Period) and value.name in ("week", "wtd", "ended week")

    def _this_month(self) -> Window | None:
        """For `the best month`: the one that runs, in its first days the one before."""
        if not {"MONTHW", "MONTHLY"} & {token.tag for token in self._inside()}:
            return None
        if self.context.article.day > _YOUNG_MONTH_DAYS:
            return MTD
        month = month_before(self.context.article).month
        self.assumed.append(f"the month that is over, {LONG_MONTHS[month - 1]}")
        return Window(WindowKind.MONTHS, (month, month))

    def _sides(self) -> tuple[Side | None, Side | None]:
        """What is compared with what; the second is None where only one thing is spoken of."""
        if "other" in self.kernel.kept and "rel" not in self.kernel.kept:
            end = self.kernel.kept["other"]
            begin = next(p for p in range(self.kernel.first, end) if self.tokens[p].tag in ("MARKET", "SYMBOL"))
            return self.symbols(begin), self.symbols(end)
        verb = self.kernel.kept.get("rel", self.own("BEAT", "LAG", "THAN"))
        before = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.RELATIVE), None)
        rel, sup = self.kernel.kept.get("rel"), self.kernel.kept.get("sup")
        is_noun = rel is None or (sup is not None and sup < rel)  # `its biggest lead since 2016`
        if before is not None and is_noun:
            return (before.market, before.subject), (before.other, before.other_subject)
        places = [p for p, t in enumerate(self.tokens) if t.tag in ("MARKET", "SYMBOL", "SECTOR")]
        if before is not None and not any(self.low <= p < self.high for p in places):
            return (before.market, before.subject), (before.other, before.other_subject)  # `after it trailed by …`
        if verb is None:
            place = self.near("MARKET", "SYMBOL")
            if place is not None and self.has("RELW"):
                return self._completed(self.symbols(place))
            return (self.symbols(place), None) if place is not None else (self._inherited(), None)
        first = [p for p in places if p < verb]
        second = [p for p in places if p > verb]
        small = self.symbols(first[-1]) if first else self._following(verb, second) or self._inherited()
        large = self.symbols(second[0]) if second else None
        if small is None or large is None:
            return self._completed(small)
        return small, large

    def _following(self, verb: int, second: list[int]) -> Side | None:
        """The subject of the clause after a participle: `After trailing the S&P 500 by …, small caps …`."""
        is_participle = self.text(verb, verb).split()[0].endswith("ing")
        return self.symbols(second[1]) if is_participle and len(second) > 1 else None

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
        market, subject = self.symbols(self.subject("SYMBOL", "MARKET", "SECTOR"))
        if market is None and not subject and self.has("PRON", "IT"):
            market, subject = (None, self.context.subject) if self.context.subject else (self.context.market, ())
            self.assumed.append("the subject is that of an earlier sentence")
        if market is None and not subject:
            return Unread(claim.text, "of what these are the days is not said")
        found = self.kept("length", Streak) or self.kept("length", Span)
        if found is not None and found.unit not in ("day", "session"):
            return Unread(claim.text, "rises and falls are counted by the session only")
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
        number = self.kept("length", Amount)
        if number is not None and part is not None:
            return int(number.value), int(part.value)
        if whole is None or whole.unit not in ("day", "session") or part is None:
            return None, None
        return int(whole.count), int(part.value)
