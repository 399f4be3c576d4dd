"""The slots of one claim: what its kernel keeps, and what the words around it add."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

from models.check import resolve
from models.check.claims import ClaimKind, Limit, ParsedClaim
from models.check.context import Context
from models.check.kernel import Kernel, nearest
from models.check.lexicon import Traders
from models.check.tokens import Token
from models.check.values import Ago, Between, DayRef, Period, Span
from models.series import SECTOR_FUNDS

T = TypeVar("T")

_LONGEST_SWING_WEEKS = 26
_APPOSED = 7
"""How many words before or after a group's name another name for it may stand."""
_PAST = frozenset(["was", "were", "had been", "marked", "represented", "had"])
_LIMIT_REACH = {"SINCE": 6, "FIRST": 6, "LASTTIME": 14}
"""Within how many words after it the day stands to which a superlative goes back."""
_WEEKS = ("wtd", "week", "rolling week", "ended week")
DATES = ("DAY", "MON", "YEAR", "PERIOD", "SPAN")
STRONG = frozenset("MOST HIGH RECORD MOREW NOT LASTTIME FIRST".split())
"""Superlatives that name the far end of what they are said of; the others name the near one."""
_BEFORE_THE_MOST = frozenset("w PRON GROUP SHAREV NET".split())
"""What may stand between `when` or a comma and the words of a superlative."""


class Slots:
    """The words around one kernel, asked for what its kind of claim needs; `read` are the places it made use of."""

    def __init__(
        self,
        sentence: str,
        tokens: Sequence[Token],
        found: Sequence[Kernel],
        kernel: Kernel,
        context: Context,
        earlier: tuple[ParsedClaim, ...],
    ) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.kernel = kernel
        self.context = context
        self.earlier = earlier
        place = found.index(kernel)
        self.anchor = kernel.own[0]
        self.low = found[place - 1].own[-1] + 1 if place else 0
        following = (other.own[0] for other in found[place + 1 :] if other.own[0] > kernel.own[-1])
        self.high = next(following, len(tokens))
        self.barriers = [other.own[0] for other in found if other is not kernel]
        self.kept_elsewhere = {p for other in found if other is not kernel for p in other.own}
        self.assumed: list[str] = []
        self.unknown_market = ""
        inside = range(kernel.first, kernel.end) if kernel.kind is ClaimKind.SIGN else range(0)
        self.read = {place for place in inside if tokens[place].tag == "FIRST"}.union(kernel.kept.values())

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
        """None where none is named; where the name is of no known market, `unknown_market` has it."""
        place = self.near("MARKET", "UNKNOWN", barred=[*self.kept_elsewhere])
        if place is not None:
            self.read.add(place)
            if self.tokens[place].tag == "UNKNOWN":
                self.unknown_market = str(self.tokens[place].value)
                return None
            return str(self.tokens[place].value)
        if self.context.market:
            self.assumed.append("the market is that of an earlier sentence")
        return self.context.market

    def traders(self) -> Traders | None:
        place = self.near("GROUP")
        if place is not None and isinstance(self.tokens[place].value, Traders):
            self.read.add(place)
            return self._named_with(place) or Traders(str(self.tokens[place].value))
        if self.context.traders and self.kernel.kind.is_of_positions:
            self.assumed.append(f"{self.context.traders}, as in an earlier sentence")
        return self.context.traders

    def resumed_day(self) -> date | None:
        """The day of an earlier sentence that this one goes on about: `That was the most bearish in six years.`"""
        is_past = any(self.text(p, p).lower() in _PAST for p in range(len(self.tokens)))
        found = self.context.latest if self.kernel.kind is ClaimKind.SWING else self.context.day
        if found is None or not is_past or self.near("MARKET") is not None:
            return None
        if found != self.context.newest_report:
            self.assumed.append(f"for {found.isoformat()}, the day of an earlier sentence")
        return found

    def _named_with(self, place: int) -> Traders | None:
        """The group of the reports beside which `hedge funds` stands: `large speculators, mostly hedge funds`."""
        if self.tokens[place].value is not Traders.HEDGE_FUNDS:
            return None
        taken = self.kept_elsewhere | set(self.kernel.own)
        for at in range(max(0, place - _APPOSED), min(len(self.tokens), place + _APPOSED + 1)):
            value = self.tokens[at].value
            is_beside = taken.isdisjoint(range(min(at, place), max(at, place)))
            if is_beside and isinstance(value, Traders) and value is not Traders.HEDGE_FUNDS:
                self.read.add(at)
                return value
        return None

    def day(self) -> date | None:
        """The day of a position: written, or so long before another; None for the newest report."""
        article = self.context.article
        place = self._own_day()
        week = self.own("PERIOD")
        if place is None and week is not None and getattr(self.tokens[week].value, "name", "") in _WEEKS:
            self.read.add(week)
            self.assumed.append("by the newest report")
        if place is None or self._is_limit(place) or self._belongs_before(place):
            return None
        self.read.add(place)
        value = self.tokens[place].value
        if isinstance(value, Between):
            return resolve.day_of(value.last, article)
        if isinstance(value, DayRef):
            return resolve.day_of(value, article)
        other = next((c.day for c in self.earlier if c.day), None) or self._written_day() or self._day_before()
        if isinstance(value, Span):
            return resolve.after(other, value) if other else None
        assert isinstance(value, Ago)
        if not value.from_article and other is None:
            self.assumed.append("counted back from the newest report")
        is_in_weeks = value.span.unit in ("week", "fortnight")
        newest = self.context.newest_report if is_in_weeks else article
        return resolve.ago(value, newest, other or newest)

    def _day_before(self) -> date | None:
        """From which `two weeks earlier` counts where no day is written: this sentence's report, else the last day."""
        if any(claim.kind.is_of_positions for claim in self.earlier):
            return self.context.newest_report
        return self.context.day

    def taken_up_day(self) -> date | None:
        """The day with which the clause before ends: `two weeks earlier, when they held …`, `…, the most in a year`."""
        at = self.kernel.first - 1
        while at > 0 and self.tokens[at].tag in _BEFORE_THE_MOST:
            at -= 1
        is_clause = self.tokens[at].tag == "WHEN" and self.text(at, at).lower() == "when"
        at -= is_clause
        is_apart = at > 0 and self.tokens[at].tag == "COMMA"
        at -= is_apart
        if at < 0 or not (is_clause or is_apart) or self._is_limit(at):
            return None
        value, start = self.tokens[at].value, self.tokens[at].start
        if isinstance(value, DayRef) and self.tokens[at].tag == "DAY":
            self.read.add(at)
            return resolve.day_of(value, self.context.article)
        if is_apart and (same := self._position_up_to(at)) is not None:
            return same.day
        if not isinstance(value, Ago):
            return None
        self.read.add(at)
        made = (claim for claim in self.earlier if claim.kind.is_of_positions and claim.end <= start)
        before = max(made, key=lambda claim: claim.end, default=None)
        if before is None:
            return resolve.ago(value, self.context.newest_report, self.context.day or self.context.newest_report)
        between = [token.tag for token in self.tokens[:at] if token.start >= before.end]
        if before.kind is ClaimKind.POSITION and before.day and not {"FROM", "DAY", "COMMA"} & set(between):
            return before.day  # `a net short of 73,030 two weeks earlier`: the figure's own
        return resolve.ago(value, self.context.newest_report, before.day or self.context.newest_report)

    def _position_up_to(self, place: int) -> ParsedClaim | None:
        """The position whose figure ends there: `bets on a fall exceeded bets on a rise by 73,000, the most …`."""
        positions = (claim for claim in self.earlier if claim.kind is ClaimKind.POSITION)
        return next((claim for claim in positions if claim.end == self.tokens[place].end), None)

    def _own_day(self) -> int | None:
        """The place of the day of this claim; `two weeks after` is none of what stands before it."""
        for places in (range(self.anchor, self.high), range(self.anchor - 1, self.low - 1, -1)):
            for place in places:
                value = self.tokens[place].value
                is_of_next = isinstance(value, Ago) and value.is_of_next and place >= self.anchor
                is_day = self.tokens[place].tag in ("DAY", "AGO", "LATERN") or isinstance(value, Between)
                is_of_start = place >= self.kernel.end and self._is_after_from(place)
                if is_day and not (is_of_next or is_of_start):
                    return place
        later = (p for p in range(self.high, len(self.tokens)) if self.tokens[p].tag == "DAY")
        ends = (p for p in later if self.ends_span(p) and not self._is_limit(p))
        return next(ends, None) if self.kernel.kind is ClaimKind.POSITION else None

    def _is_after_from(self, place: int) -> bool:
        """Whether a day is that of another figure: `net short by 77,000, down from 99,000 on May 23`."""
        between = [token.tag for token in self.tokens[self.kernel.end : place]]
        return "FROM" in between and bool({"CON", "NUM"} & set(between[between.index("FROM") :]))

    def ends_span(self, place: int) -> bool:
        """Whether a day is the one on which the span before it ends: `the week ended June 13`."""
        before = self.tokens[place - 1].value if place else None
        return isinstance(before, Span) and before.until is not None

    def _belongs_before(self, place: int) -> bool:
        """Whether a day between two claims, with no new clause before it, is that of the earlier one."""
        between = self.tokens[self.low : place]
        if self.kernel.first <= place:
            return False
        return 0 < self.low <= place < self.anchor and not any(t.tag in ("COMMA", "STOP", "AND") for t in between)

    def _written_day(self) -> date | None:
        place = next((p for p, t in enumerate(self.tokens) if t.tag == "DAY"), None)
        value = self.tokens[place].value if place is not None else None
        if place is None or not isinstance(value, DayRef):
            return None
        self.read.add(place)
        return resolve.day_of(value, self.context.article)

    def _is_limit(self, place: int) -> bool:
        """Whether a `since` or `first` before this date is about it and not about a date before it."""
        start = place - 1 if self.ends_span(place) else place  # `since the week of Feb. 28`
        before = [token.tag for token in self.tokens[max(0, start - _LIMIT_REACH["SINCE"]) : start]]
        if before[-1:] == ["RECORD"] and self.tokens[place].tag in ("DAY", "MON", "YEAR"):
            return True  # `in records going back to 2006`
        last = max((at for at, tag in enumerate(before) if tag in ("SINCE", "FIRST")), default=None)
        return last is not None and not any(tag in DATES or tag == "COMMA" for tag in before[last + 1 :])

    def limit(self, day: date | None) -> Limit | None:
        """How far back a superlative goes; None where the words do not say."""
        places = [*range(self.anchor, self.high), *range(self.low, self.anchor)]
        places = [place for place in places if not self._belongs_before(place)]
        dated = (self._dated_limit(place) for place in places)
        spans = (self._span_limit(place, day or self.context.article) for place in places)
        periods = (self._period_limit(place) for place in places)
        return next((found for found in chain(dated, spans, periods) if found), None)

    def _dated_limit(self, place: int) -> Limit | None:
        token = self.tokens[place]
        if token.tag == "RECORD":
            is_dated = place + 1 < len(self.tokens) and self.tokens[place + 1].tag == "YEAR"
            self.read.update((place, place + 1) if is_dated else (place,))
            return Limit(None, self.text(place, place))
        if reach := _LIMIT_REACH.get(token.tag):
            for at in range(place + 1, min(place + reach, len(self.tokens))):
                limit = resolve.since(self.tokens[at].value, self.context.article, self.text(place, at))
                if limit:
                    self.read.update((place, at))
                    return limit
        return None

    def _span_limit(self, place: int, day: date) -> Limit | None:
        value = self.tokens[place].value
        is_after_in = place > 0 and any(t.tag == "IN" for t in self.tokens[max(0, place - 3) : place])
        if self.kernel.kind is ClaimKind.RELATIVE and not is_after_in:
            return None
        if isinstance(value, Span) and value.until is None and not self._is_window(place):
            self.read.add(place)
            return resolve.within(value, day, self.text(place, place))
        if isinstance(value, Period) and self.kernel.kind is not ClaimKind.RELATIVE:
            return resolve.this_period(value, self.context.article, self.text(place, place))
        return None

    def _period_limit(self, place: int) -> Limit | None:
        """`the biggest drop of the year`."""
        name = {"YEARW": "ytd", "MONTHW": "mtd"}.get(self.tokens[place].tag, "")
        if not name or place < 2 or [t.tag for t in self.tokens[place - 2 : place]] != ["OF", "w"]:
            return None
        self.read.add(place)
        return resolve.this_period(Period(name), self.context.article, self.text(place - 2, place))

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
        spans = [p for p in spans if self._weeks_at(p) is not None and not (self.is_since(p) or self._is_limit(p))]
        if any(not self._counts_months(p) for p in spans):
            spans = [p for p in spans if not self._counts_months(p) or self.kernel.first <= p < self.kernel.end]
        place = nearest(self.tokens, ("SPAN", "AGO", "WEEKLY", "LATERN"), around, barred=self._others(spans))
        if place is not None:
            self.read.add(place)
            return self._weeks_at(place)
        period = self.own("PERIOD")
        window = resolve.window(self.tokens[period].value, self.context.article) if period is not None else None
        if period is not None and window and window.span and isinstance(self.tokens[period].value, Between):
            self.read.add(period)
            return max(1, round((window.span[1] - window.span[0]).days / 7))
        if period is not None and getattr(self.tokens[period].value, "name", "") in _WEEKS:
            self.read.add(period)
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

    def is_since(self, place: int) -> bool:
        """Whether a `since` before this date is about it and not about a date before it."""
        for p in range(place - 1, max(-1, place - 4), -1):
            if self.tokens[p].tag == "SINCE":
                return True
            if self.tokens[p].tag in DATES:
                return False
        return False

    def _weeks_at(self, place: int) -> int | None:
        token = self.tokens[place]
        span = token.value.span if isinstance(token.value, Ago) else token.value
        if token.tag == "WEEKLY":
            return 1
        units = ["week", "fortnight", "day", "session", *(["month"] if self.kernel.kind is ClaimKind.SWING else [])]
        if isinstance(span, Span) and span.unit in units:
            return span.weeks if span.weeks <= _LONGEST_SWING_WEEKS else None
        return None

    def subject(self, *tags: str) -> int | None:
        """What a claim is about: the nearest of these, but none that belongs to another, as in `a third of the S&P`."""
        against = [p for p in range(len(self.tokens)) if self._is_against(p)]
        place = self._before_clause(self.near(*tags, barred=against), tags)
        if place is None or place >= self.kernel.first or not self._is_complement(place):
            return place
        others = [p for p, t in enumerate(self.tokens) if t.tag in tags and self._is_complement(p)] + against
        better = self.near(*tags, barred=others)
        is_before = better is not None and better < self.kernel.first
        return better if is_before and not any(t.tag == "STOP" for t in self.tokens[better:place]) else place

    def _is_against(self, place: int) -> bool:
        """Whether a name stands after `against`, but for an article: the yen of `the dollar rose against the yen`."""
        before = [token.tag for token in self.tokens[max(0, place - 2) : place]]
        return before[-1:] == ["THAN"] or before == ["THAN", "w"]

    def _before_clause(self, place: int | None, tags: Sequence[str]) -> int | None:
        """A name in the clause after a claim's is that of another claim, where one goes before: `…, up 3.4 percent`."""
        if place is None or not any(t.tag in ("COMMA", "AND", "STOP") for t in self.tokens[self.kernel.end : place]):
            return place
        return next((p for p in range(self.kernel.first - 1, -1, -1) if self.tokens[p].tag in tags), place)

    def _is_complement(self, place: int) -> bool:
        """Whether a name stands after `of`, but for an article."""
        return any(token.tag == "OF" for token in self.tokens[max(0, place - 2) : place])

    def symbols(self, place: int | None) -> tuple[str | None, tuple[str, ...]]:
        """The market, or the shares, that a token names."""
        if place is None:
            return None, ()
        self.read.add(place)
        value = self.tokens[place].value
        if isinstance(value, tuple):
            return None, value
        if self.tokens[place].tag == "SECTOR":
            fund = next((name for name, sector in SECTOR_FUNDS.items() if sector == value), None)
            return None, (fund,) if fund else ()
        return str(value), ()
