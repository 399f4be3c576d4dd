"""The slots of one claim: what its kernel keeps, and what the words around it add."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from models.check import resolve
from models.check.claims import ClaimKind, Limit, ParsedClaim, Unread
from models.check.kernels import Kernel, nearest
from models.check.lexicon import Spread, Traders
from models.check.tokens import Token
from models.check.values import Ago, Amount, DayRef, Period, Span, Streak, Unit
from models.names import Direction
from models.series import SECTOR_FUNDS
from models.windows import MTD, YTD, Window

if TYPE_CHECKING:
    from models.check.grammar import Context

T = TypeVar("T")

_LARGE, _SMALL = "sp-500", "russell-2000"
_LONGEST_SWING_WEEKS = 26
_STRONG = frozenset("MOST HIGH RECORD MOREW".split())
_LONG = frozenset("LONG BULL POSN".split())


class Slots:
    """The words around one kernel, asked for what its kind of claim needs."""

    def __init__(
        self,
        sentence: str,
        tokens: Sequence[Token],
        found: Sequence[Kernel],
        kernel: Kernel,
        context: "Context",
        earlier: tuple[ParsedClaim, ...],
    ) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.kernel = kernel
        self.context = context
        self.earlier = earlier
        place = found.index(kernel)
        self.anchor = min(kernel.kept.values())
        self.low = max(found[place - 1].kept.values()) + 1 if place else 0
        self.high = min(found[place + 1].kept.values()) if place + 1 < len(found) else len(tokens)
        self.following = found[place + 1] if place + 1 < len(found) else None
        self.barriers = [min(other.kept.values()) for other in found if other is not kernel]
        self.kept_elsewhere = {p for other in found if other is not kernel for p in other.kept.values()}
        self.assumed: list[str] = []

    def claim(self) -> ParsedClaim | Unread:
        """The claim with its slots, or why it is none."""
        makers: dict[ClaimKind, Callable[[ParsedClaim], ParsedClaim | Unread]] = {
            ClaimKind.POSITION: self.position,
            ClaimKind.LEVEL: self.level,
            ClaimKind.SIGN: self.sign,
            ClaimKind.SWING: self.swing,
            ClaimKind.STREAK: self.streak,
            ClaimKind.PERFORMANCE: self.performance,
            ClaimKind.RELATIVE: self.relative,
            ClaimKind.DAYS: self.days,
            ClaimKind.SECTOR_SHARE: self.sector_share,
            ClaimKind.SECTOR_RATIO: self.sector_ratio,
            ClaimKind.SPREAD: self.spread,
            ClaimKind.GROWTH: self.growth,
            ClaimKind.GROWTH_COMPARISON: self.comparison,
            ClaimKind.LEVERAGE: self.leverage,
        }
        first, last = self.tokens[self.kernel.first], self.tokens[self.kernel.end - 1]
        text = self.sentence[first.start : last.end]
        made = makers[self.kernel.kind](ParsedClaim(self.kernel.kind, text, first.start, last.end))
        return made if isinstance(made, Unread) else replace(made, assumed=tuple(self.assumed))

    # Words around the kernel

    def kept(self, name: str, kind: type[T]) -> T | None:
        return self.kernel.value(name, self.tokens, kind)

    def tag(self, name: str) -> str:
        return self.kernel.tag(name, self.tokens)

    def near(self, *tags: str, barred: Sequence[int] = ()) -> int | None:
        around = (self.kernel.first, self.kernel.end)
        return nearest(self.tokens, tags, around, barriers=self.barriers, barred=barred)

    def own(self, *tags: str) -> int | None:
        """The first such token from the kernel to the next one, else the last between it and the one before."""
        after = [p for p in range(self.anchor, self.high) if self.tokens[p].tag in tags]
        before = [p for p in range(self.low, self.anchor) if self.tokens[p].tag in tags]
        return after[0] if after else before[-1] if before else None

    def text(self, first: int, last: int) -> str:
        return self.sentence[self.tokens[first].start : self.tokens[last].end]

    def has(self, *tags: str) -> bool:
        return any(token.tag in tags for token in self.tokens)

    # Slots that several kinds share

    def market(self) -> str | None:
        place = self.near("MARKET", barred=[*self.kept_elsewhere])
        if place is not None:
            return str(self.tokens[place].value)
        if self.context.market:
            self.assumed.append("the market is that of an earlier sentence")
        return self.context.market

    def traders(self) -> Traders | None:
        place = self.near("GROUP")
        if place is not None and isinstance(self.tokens[place].value, Traders):
            return Traders(str(self.tokens[place].value))
        if self.context.traders and self.kernel.kind.is_of_positions:
            self.assumed.append(f"{self.context.traders}, as in an earlier sentence")
        return self.context.traders

    def day(self) -> date | None:
        """The day of a position: written, or so long before another; None for the newest report."""
        article = self.context.article
        place = self.own("DAY", "AGO")
        if place is None or self._is_limit(place) or self._belongs_before(place):
            return None
        value = self.tokens[place].value
        if isinstance(value, DayRef):
            return resolve.day_of(value, article)
        other = next((c.day for c in self.earlier if c.day), None) or self._written_day() or self.context.day
        assert isinstance(value, Ago)
        if not value.from_article and other is None:
            self.assumed.append("counted back from the newest report")
        is_in_weeks = value.span.unit in ("week", "fortnight")
        newest = self.context.newest_report if is_in_weeks else article
        return resolve.ago(value, newest, other or newest)

    def _belongs_before(self, place: int) -> bool:
        """Whether a day between two claims, with no new clause before it, is that of the earlier one."""
        between = self.tokens[self.low : place]
        return 0 < self.low <= place < self.anchor and not any(t.tag in ("COMMA", "STOP", "AND") for t in between)

    def _written_day(self) -> date | None:
        found = next((t.value for t in self.tokens if t.tag == "DAY" and isinstance(t.value, DayRef)), None)
        return resolve.day_of(found, self.context.article) if found else None

    def _is_limit(self, place: int) -> bool:
        return any(token.tag in ("SINCE", "FIRST") for token in self.tokens[max(0, place - 3) : place])

    def limit(self, day: date | None) -> Limit | None:
        """How far back a superlative goes; None where the words do not say."""
        places = [*range(self.anchor, self.high), *range(self.low, self.anchor)]
        dated = (self._dated_limit(place) for place in places)
        spans = (self._span_limit(place, day or self.context.article) for place in places)
        return next((found for found in [*dated, *spans] if found), None)

    def _dated_limit(self, place: int) -> Limit | None:
        token = self.tokens[place]
        if token.tag == "RECORD":
            return Limit(None, self.text(place, place))
        if token.tag in ("SINCE", "FIRST"):
            for at in range(place + 1, min(place + 5, len(self.tokens))):
                limit = resolve.since(self.tokens[at].value, self.context.article, self.text(place, at))
                if limit:
                    return limit
        return None

    def _span_limit(self, place: int, day: date) -> Limit | None:
        value = self.tokens[place].value
        is_after_in = place > 0 and any(t.tag == "IN" for t in self.tokens[max(0, place - 3) : place])
        if self.kernel.kind is ClaimKind.RELATIVE and not is_after_in:
            return None
        if isinstance(value, Span) and not self._is_window(place):
            return resolve.within(value, day, self.text(place, place))
        if isinstance(value, Period) and self.kernel.kind is not ClaimKind.RELATIVE:
            return resolve.this_period(value, self.context.article, self.text(place, place))
        return None

    def _is_window(self, place: int) -> bool:
        """Whether a span is the length of a swing rather than how far a superlative goes back."""
        value = self.tokens[place].value
        if self.kernel.kind is not ClaimKind.SWING or not isinstance(value, Span):
            return False
        return value.unit in ("week", "fortnight", "day", "session") and value.weeks <= _LONGEST_SWING_WEEKS

    def reports(self) -> int | None:
        """The length of a swing in reports; that of an earlier sentence where this one names none."""
        around = (self.kernel.first, self.kernel.end)
        spans = [p for p, t in enumerate(self.tokens) if isinstance(t.value, Span | Ago) or t.tag == "WEEKLY"]
        spans = [p for p in spans if self._weeks_at(p) is not None and not self._is_since(p)]
        if any(not self._counts_months(p) for p in spans):
            spans = [p for p in spans if not self._counts_months(p) or self.kernel.first <= p < self.kernel.end]
        place = nearest(self.tokens, ("SPAN", "AGO", "WEEKLY", "LATERN"), around, barred=self._others(spans))
        if place is not None:
            return self._weeks_at(place)
        period = self.own("PERIOD")
        if period is not None and getattr(self.tokens[period].value, "name", "") in ("wtd", "week", "rolling week"):
            return 1
        if self.context.reports:
            self.assumed.append("over the stretch of time of an earlier sentence")
        return self.context.reports

    def _counts_months(self, place: int) -> bool:
        value = self.tokens[place].value
        span = value.span if isinstance(value, Ago) else value
        return isinstance(span, Span) and span.unit == "month"

    def _others(self, kept: Sequence[int]) -> list[int]:
        return [p for p in range(len(self.tokens)) if p not in kept]

    def _is_since(self, place: int) -> bool:
        return any(self.tokens[p].tag == "SINCE" for p in range(max(0, place - 2), place))

    def _weeks_at(self, place: int) -> int | None:
        token = self.tokens[place]
        span = token.value.span if isinstance(token.value, Ago) else token.value
        if token.tag == "WEEKLY":
            return 1
        units = ["week", "fortnight", "day", "session", *(["month"] if self.kernel.kind is ClaimKind.SWING else [])]
        if isinstance(span, Span) and span.unit in units:
            return span.weeks if span.weeks <= _LONGEST_SWING_WEEKS else None
        return None

    def symbols(self, place: int | None) -> tuple[str | None, tuple[str, ...]]:
        """The market, or the shares, that a token names."""
        if place is None:
            return None, ()
        value = self.tokens[place].value
        if isinstance(value, tuple):
            return None, value
        if self.tokens[place].tag == "SECTOR":
            fund = next((name for name, sector in SECTOR_FUNDS.items() if sector == value), None)
            return None, (fund,) if fund else ()
        return str(value), ()

    def window(self) -> Window | None:
        """The stretch of a return: after the figure, else before it, else that of the same or an earlier sentence."""
        return self.own_window() or self.inherited_window()

    def own_window(self) -> Window | None:
        places = [*range(self.anchor, self.high), *reversed(range(self.low, self.anchor))]
        for place in places:
            token = self.tokens[place]
            if place in self.kept_elsewhere or token.tag not in ("DAY", "MON", "YEAR", "PERIOD", "SPAN"):
                continue
            if self._follows_superlative(place):
                continue
            is_since = self._is_since(place)
            article = self.context.article
            found = resolve.window_since(token.value, article) if is_since else resolve.window(token.value, article)
            if found and not (token.tag == "SPAN" and not self._is_rolling(place)):
                return found
        return None

    def inherited_window(self) -> Window | None:
        inherited = next((claim.window for claim in reversed(self.earlier) if claim.window), None)
        if inherited:
            return inherited
        if self.context.window:
            self.assumed.append("over the stretch of time of an earlier sentence")
        return self.context.window

    def _follows_superlative(self, place: int) -> bool:
        """`the worst start since 1998`: that year is no window."""
        before = self.tokens[max(0, place - 12) : place]
        tags = [token.tag for token in before]
        return "SINCE" in tags[-3:] and any(tag in ("WORST", "BEST", "MOST", "LEAST") for tag in tags)

    def _is_rolling(self, place: int) -> bool:
        value = self.tokens[place].value
        return (isinstance(value, Span) and value.is_last) or self.tokens[place - 1].tag in ("IN", "LAST")

    # Positions

    def _of_positions(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self.market()
        if market is None:
            return Unread(claim.text, "no market is named")
        return replace(claim, market=market, traders=self.traders(), mentions_contracts=self._counts_contracts())

    def _counts_contracts(self) -> bool:
        return self.tag("amount") in ("CON", "NUM")

    def position(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        amount = self.kept("amount", Amount)
        side = {"LONG": 1, "SHORT": -1}.get(self.tag("side"), 0) or (1 if amount and amount.value > 0 else -1)
        day, is_start = self._start_of_swing(self.day())
        if amount is None and any(self.tokens[p].tag == "SINCE" for p in range(self.anchor, self.high)):
            self.assumed.append("the side at that report alone, not what it was since then")
        return replace(made, side=side, amount=amount, day=day, before_day=is_start)

    def _start_of_swing(self, day: date | None) -> tuple[date | None, bool]:
        """For what stands after `from`: the day on which the swing began."""
        before = [token.tag for token in self.tokens[max(0, self.anchor - 4) : self.anchor]]
        after = [token.tag for token in self.tokens[self.kernel.end : self.high]]
        if "FROM" not in before or (day and self._own_day_follows()):
            return day, False
        if "TO" not in after and not any(c.kind.is_of_positions for c in self.earlier):
            return day, False
        reports = self.reports()
        end = day or self._written_day() or self.context.newest_report
        return (resolve.back(end, Span(reports, "week")), False) if reports else (end, True)

    def _own_day_follows(self) -> bool:
        return any(self.tokens[p].tag in ("DAY", "AGO") for p in range(self.anchor, self.high))

    def level(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        is_up = (self.tag("tone") in _LONG) is (self.tag("sup") in _STRONG)
        day, is_start = self._start_of_swing(self.day())
        limit = self.limit(day)
        if limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        direction = Direction.UP if is_up else Direction.DOWN
        return replace(made, direction=direction, day=day, before_day=is_start, limit=limit)

    def sign(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        is_long = self.tag("side") == "LONG"
        day = self.day()
        limit = self.limit(day)
        if limit is None:
            return Unread(claim.text, "since when this is the first is not said")
        direction = Direction.UP if is_long else Direction.DOWN
        return replace(made, direction=direction, side=1 if is_long else -1, day=day, limit=limit)

    def swing(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        direction = None
        earlier = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.SWING), None)
        if not self.has("NET", "LONG", "SHORT", "GROUP", "BULL", "BEAR", "POSN") and not self.context.reports:
            return Unread(claim.text, "what has swung is not said")
        if earlier is not None and "tone" not in self.kernel.kept:
            direction = earlier.direction
        elif "move" in self.kernel.kept:
            rises = self.tag("move") == "UP"
            direction = Direction.UP if rises is (self.tag("tone") != "SHORT") else Direction.DOWN
        day = self.day() if self.own("DAY") is not None else None
        made = replace(made, direction=direction, day=day, reports=self.reports(), amount=self.kept("amount", Amount))
        if made.amount is not None:
            return made
        limit = self.limit(day)
        return replace(made, limit=limit) if limit else Unread(claim.text, "how far back this goes is not said")

    def streak(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        found = self.kept("length", Streak)
        if isinstance(made, Unread) or found is None:
            return made
        if found.unit != "week":
            return Unread(claim.text, "positions are reported once a week")
        rises = self.tag("move") == "UP"
        direction = Direction.UP if rises is (self.tag("tone") not in ("SHORT", "BEAR")) else Direction.DOWN
        return replace(made, direction=direction, length=found.count)

    # Prices

    def performance(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market, subject = self.symbols(self.near("MARKET", "SYMBOL", "SECTOR"))
        if market is None and not subject:
            market, subject = self.context.market, self.context.subject
            if market is None and not subject:
                return Unread(claim.text, "of what this is the return is not said")
            self.assumed.append("the subject is that of an earlier sentence")
        window = self.window()
        if window is None:
            return Unread(claim.text, "over what time is not said")
        direction = Direction.UP if self.tag("move") == "UP" else Direction.DOWN
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

    Side = tuple[str | None, tuple[str, ...]]

    def _sides(self) -> "tuple[Slots.Side | None, Slots.Side | None]":
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

    def _completed(self, small: "Slots.Side | None") -> "tuple[Slots.Side | None, Slots.Side | None]":
        """Against large companies where only one side is named; what trails nothing is not understood."""
        if small is None:
            return (None, None)
        if small[0] == _LARGE:
            return None, None
        self.assumed.append("against the S&P 500, as the sentence names nothing else")
        return small, (_LARGE, ())

    def _inherited(self) -> "Slots.Side | None":
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

    # Sectors, spreads, earnings, leverage

    def _sector(self) -> str | None:
        place = self.kernel.kept.get("sector", self.near("SECTOR"))
        if place is None:
            return self.context.sector
        _, funds = self.symbols(place)
        return SECTOR_FUNDS.get(funds[0]) if len(funds) == 1 else None

    def sector_share(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        sector, market = self._sector(), self.market()
        if sector is None:
            return Unread(claim.text, "this is no sector of a known classification")
        if market is None:
            return Unread(claim.text, "the share of which index is not said")
        return replace(claim, sector=sector, market=market, amount=self.kept("amount", Amount))

    def sector_ratio(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        sector = self._sector() or next((c.sector for c in self.earlier if c.sector), None)
        if sector is None:
            return Unread(claim.text, "the share of which sector is not said")
        other = self.kernel.kept.get("other")
        earlier = next((c.market for c in reversed(self.earlier) if c.sector), None)
        named = self.near("MARKET", barred=[other] if other is not None else [])
        market = earlier or (str(self.tokens[named].value) if named is not None else self.context.market)
        large = str(self.tokens[other].value) if other is not None else None
        if market is None or market == large:
            market = _SMALL if large == _LARGE else None
            self.assumed.append("of the Russell 2000, as the sentence names no other index")
        if market is None:
            return Unread(claim.text, "which indexes are compared is not said")
        return replace(claim, sector=sector, market=market, other=large, amount=_times(self.kept("amount", Amount)))

    def spread(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        place = self.kernel.kept.get("spread", self.near("SPREAD"))
        named = self.tokens[place].value if place is not None else None
        amount = self.kept("amount", Amount)
        direction = {"NARROW": Direction.DOWN, "DOWN": Direction.DOWN, "WIDE": Direction.UP, "UP": Direction.UP}.get(
            self.tag("move")
        )
        made = replace(claim, spread=Spread(str(named)), direction=direction, amount=amount)
        made = replace(made, is_change=direction is not None, window=self.window() if direction and amount else None)
        if "sup" not in self.kernel.kept:
            return made
        limit = self.limit(None)
        if limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        is_high = self.tag("sup") in _STRONG
        return replace(made, direction=Direction.UP if is_high else Direction.DOWN, limit=limit, is_change=False)

    def _year(self) -> int:
        place = self.own("YEAR", "PERIOD")
        value = self.tokens[place].value if place is not None else None
        if isinstance(value, DayRef) and value.year:
            return value.year
        shift = -1 if isinstance(value, Period) and value.name == "year" else 0
        if value is None:
            self.assumed.append("for the year of the article")
        return self.context.article.year + shift

    def growth(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self.market()
        if market is None:
            return Unread(claim.text, "the earnings of which index is not said")
        down = self.tag("move") == "DOWN"
        direction = Direction.DOWN if down else Direction.UP
        return replace(claim, market=market, direction=direction, amount=self.kept("amount", Amount), year=self._year())

    def comparison(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        other = self.kernel.kept.get("other")
        named = self.near("MARKET", barred=[other] if other is not None else [])
        large = str(self.tokens[other].value) if other is not None else None
        market = str(self.tokens[named].value) if named is not None else self.context.market
        if market is None or market == large:
            return Unread(claim.text, "which indexes are compared is not said")
        pace = {"SLOW": Direction.DOWN, "FAST": Direction.UP}.get(self.tag("pace"))
        times = _times(self.kept("amount", Amount))
        return replace(claim, market=market, other=large, direction=pace, amount=times, year=self._year())

    def leverage(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self.market()
        if market is None:
            return Unread(claim.text, "the debt of which index is not said")
        limit = self.limit(None) or Limit(None, claim.text)
        is_low = self.tag("sup") in ("LOW", "LEAST")
        amount = self.kept("amount", Amount)
        direction = None if amount else Direction.DOWN if is_low else Direction.UP
        return replace(claim, market=market, direction=direction, amount=amount, limit=None if amount else limit)


def _times(amount: Amount | None) -> Amount | None:
    """`half` as a multiple: 0.5 times."""
    if amount is None or amount.unit is Unit.TIMES:
        return amount
    return replace(amount, value=amount.value / 100, least=amount.least / 100, most=amount.most / 100, unit=Unit.TIMES)
