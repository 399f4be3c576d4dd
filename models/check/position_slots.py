"""The slots of claims about positions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from models.check import resolve
from models.check.claims import ClaimKind, Limit, ParsedClaim, Unread
from models.check.lexicon import Traders
from models.check.slots import STRONG, Slots
from models.check.tokens import Token
from models.check.values import Amount, DayRef, Span, Streak, Unit
from models.names import Basis, Direction, Scope

N = TypeVar("N", Basis, Scope)

_BASES = {
    "INSIZE": Basis.SIZE_ADJUSTED,
    "INOI": Basis.SHARE_OF_OI,
    "INUSD": Basis.NOTIONAL,
    "INCON": Basis.CONTRACTS,
}
_SCOPES = {"FUTONLY": Scope.FUTURES, "COMBINED": Scope.COMBINED}
_NO_DAY = "on which day is not said"
_SOME_DAY = ("part of month", "some day")
_SIDES = {"LONG": 1, "BULL": 1, "UP": 1, "SHORT": -1, "BEAR": -1, "DOWN": -1}
_LONG = frozenset("LONG BULL POSN".split())


class PositionSlots(Slots):
    """A figure or side, a level, a sign, a swing or a streak."""

    def _of_positions(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self.market()
        if market is None:
            unknown = f"unknown market: {self.unknown_market}" if self.unknown_market else "no market is named"
            return Unread(claim.text, unknown)
        if self.has("PERSON") and not self.has("GROUP"):
            return Unread(claim.text, "the reports do not tell one person's positions")
        traders = self.traders()
        if traders is Traders.UNREPORTED:
            return Unread(claim.text, "the reports do not tell the positions of these investors")
        inside = self._tags_inside()
        if inside & {"LONG", "SHORT"} and "NET" not in inside:
            self.assumed.append("the net position")
        basis, counts = self._named(_BASES), self._counts_contracts()
        if counts and basis in (Basis.SHARE_OF_OI, Basis.NOTIONAL):
            basis = None  # `7,500 contracts, or 1.1 percent of open interest`
        if (amount := self.kept("amount", Amount)) and amount.unit is Unit.USD:
            basis = Basis.NOTIONAL
        named = replace(claim, basis=basis, scope=self._named(_SCOPES))
        return replace(named, market=market, traders=traders, mentions_contracts=counts)

    def _named(self, tags: Mapping[str, N]) -> N | None:
        """The definition that the sentence names, the nearest where it names several."""
        place = self.near(*tags)
        return None if place is None else tags[self.tokens[place].tag]

    def _inside(self) -> range:
        return range(self.kernel.first, self.kernel.end)

    def _tags_inside(self) -> set[str]:
        return {self.tokens[place].tag for place in self._inside()}

    def _counts_contracts(self) -> bool:
        return self.tag("amount") in ("CON", "NUM")

    def position(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        amount = self.kept("amount", Amount)
        side = _SIDES.get(self.tag("side"), 0) or (1 if amount and amount.value > 0 else -1)
        written = self.day()
        if written is None and (self._names_a_month() or self._is_of_past()):
            return Unread(claim.text, _NO_DAY)
        day, is_start = self._start_of_swing(written)
        had_been = "had been" in self.sentence.lower() and self.near("MARKET") is None
        if day is None and had_been:
            return Unread(claim.text, _NO_DAY)
        if amount is None and any(self.tokens[p].tag == "SINCE" for p in range(self.anchor, self.high)):
            self.assumed.append("the side at that report alone, not what it was since then")
        return replace(made, side=side, amount=amount, day=day, before_day=is_start)

    def _start_of_swing(self, day: date | None) -> tuple[date | None, bool]:
        """For what stands after `from`: the day on which the swing began."""
        before = [token.tag for token in self.tokens[max(0, self.anchor - 4) : self.anchor]]
        after = [token.tag for token in self.tokens[self.kernel.end : self.high]]
        if day is None and "FLIP" in after and self.high < len(self.tokens):
            before, after = ["FROM"], ["TO"]  # `shorts became longs`
        erased = any(token.tag == "ERASE" for token in self.tokens[max(self.low, self.anchor - 6) : self.anchor])
        if erased and day is None:
            before, after = ["FROM"], ["TO"]  # `to erase a net short position of …`
        if "FROM" not in before or (day and self._own_day_follows()):
            return day, False
        if "TO" not in after and not any(c.kind.is_of_positions for c in self.earlier):
            return day, False
        reports = self.reports()
        end = day or self._written_day() or self.context.newest_report
        return (resolve.back(end, Span(reports, "week")), False) if reports else (end, True)

    def _own_day_follows(self) -> bool:
        places = (p for p in range(self.anchor, self.high) if self.tokens[p].tag in ("DAY", "AGO"))
        return any(not self.ends_span(place) for place in places)

    def _is_of_past(self) -> bool:
        """`after being net short`, `weeks ago`: on a day before that is not said."""
        if self.own("SOMETIME") is not None:
            return True
        before = [token.tag for token in self.tokens[max(0, self.kernel.first - 3) : self.kernel.first]]
        return "LATER" in before and not {"COMMA", "STOP", "AND"} & set(before[before.index("LATER") :])

    def _names_a_month(self) -> bool:
        """Whether a month or year other than the article's is named, in which there are several reports."""
        parts = [p for p in range(self.low, self.high) if getattr(self.tokens[p].value, "name", "") in _SOME_DAY]
        place = parts[0] if parts else self.own("MON", "YEAR")
        if place is None or self._is_limit(place) or self._belongs_before(place) or self.own("DAY", "AGO") is not None:
            return False
        value, article = self.tokens[place].value, self.context.article
        return not (isinstance(value, DayRef) and value.month == article.month and value.year in (None, article.year))

    def level(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        if "tone" not in self.kernel.kept:
            return self._most_of(made)
        is_up = (self.tag("tone") in _LONG) is (self.tag("sup") in STRONG)
        day, is_start = self._start_of_swing(self.taken_up_day() or self.day())
        limit = self.limit(day) or (Limit(None, claim.text) if self.tag("sup") == "NOT" else None)
        if limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        if day is None and self.tag("sup") != "LASTTIME" and (self._names_a_month() or self._is_of_past()):
            return Unread(claim.text, _NO_DAY)
        same = None if day or is_start else self._same_position()
        day, is_start = (same.day, same.before_day) if same else (day or self.resumed_day(), is_start)
        if self.tag("tone") == "POSN" and "NET" not in self._tags_inside():
            self.assumed.append("bets on it are taken for the net position")
        direction = Direction.UP if is_up else Direction.DOWN
        return replace(made, direction=direction, day=day, before_day=is_start, limit=limit)

    def _same_position(self) -> ParsedClaim | None:
        """The figure of which this is the extreme: `a net short of 73,000 contracts, the largest since 2011`."""
        start = self.tokens[self.kernel.kept["tone"]].start
        before = (c for c in self.earlier if c.kind is ClaimKind.POSITION and c.start <= start < c.end)
        return next(before, None)

    def _most_of(self, made: ParsedClaim) -> ParsedClaim | Unread:
        """`…, the most since 2015` after a position or a change of one."""
        made_before = (claim for claim in self.earlier if claim.kind.is_of_positions)
        before = max(made_before, key=lambda claim: claim.end, default=None)
        limit = self.limit(before.day if before else None)
        if before is None or limit is None:
            return Unread(made.text, "what this is the most of was not understood")
        made = replace(made, market=before.market, traders=before.traders, day=before.day, limit=limit)
        if before.kind is ClaimKind.SWING:
            return replace(made, kind=ClaimKind.SWING, direction=before.direction, reports=before.reports)
        is_long = before.side == 1 or before.direction is Direction.UP
        is_up = is_long is (self.tag("sup") in STRONG)
        return replace(made, direction=Direction.UP if is_up else Direction.DOWN)

    def sign(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        is_long = self.tag("side") in _LONG
        day = self.day()
        limit = self.limit(day)
        if limit is None:
            return Unread(claim.text, "since when this is the first is not said")
        if day is None and self._names_a_month():
            return Unread(claim.text, _NO_DAY)
        direction = Direction.UP if is_long else Direction.DOWN
        return replace(made, direction=direction, side=1 if is_long else -1, day=day, limit=limit)

    def swing(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        direction = None
        earlier = next((c for c in reversed(self.earlier) if c.kind is ClaimKind.SWING), None)
        if not self._is_of_bets():
            return Unread(claim.text, "what has swung is not said")
        if earlier is not None and "tone" not in self.kernel.kept:
            direction = earlier.direction
        elif "move" in self.kernel.kept:
            rises = self.tag("move") == "UP"
            is_short = self.tag("tone") in ("SHORT", "BEAR")
            direction = Direction.DOWN if rises is is_short else Direction.UP
        own = self._own_day()
        is_written = own is not None and self.tokens[own].tag in ("DAY", "PERIOD")
        day = self.day() if is_written else self.resumed_day()
        if day is None and "sup" not in self.kernel.kept and self._names_a_month():
            return Unread(claim.text, _NO_DAY)
        if any(t.tag in ("HIGH", "LOW") for t in self._from_there()):
            return Unread(claim.text, "from which day this is counted is not said")
        made = replace(made, direction=direction, day=day, reports=self.reports(), amount=self.kept("amount", Amount))
        if made.amount is not None or "sup" not in self.kernel.kept:
            return made
        limit = self.limit(day)
        return replace(made, limit=limit) if limit else Unread(claim.text, "how far back this goes is not said")

    def _from_there(self) -> Sequence[Token]:
        """The words after a `from` that follows the figure: `down 30,000 contracts from their peak`."""
        after = range(self.kernel.end, self.high)
        start = next((p for p in after if self.tokens[p].tag == "FROM"), None)
        return () if start is None else self.tokens[start : min(start + 4, self.high)]

    def _is_of_bets(self) -> bool:
        """Whether it is a position that has swung, by this sentence or by the ones before it."""
        if self.has("NET", "LONG", "SHORT", "GROUP", "BULL", "BEAR", "POSN", "CON"):
            return True
        if "futures" in self.sentence.lower() and any(self._weeks_at(p) for p in self._inside()):
            return True  # `the two-week turnaround in Russell 2000 futures`
        is_of_prices = self.has("PRICEW", "YIELDW", "PCT", "PTS", "EARN", "SPREAD")
        return not is_of_prices and bool(self.context.reports or self.context.traders)

    def streak(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        found = self.kept("length", Streak)
        if isinstance(made, Unread) or found is None:
            return made
        if found.unit != "week":
            return Unread(claim.text, "positions are reported once a week")
        rises = self.tag("move") == "UP"
        direction = Direction.UP if rises is (self.tag("tone") not in ("SHORT", "BEAR")) else Direction.DOWN
        return replace(made, direction=direction, length=found.count, day=self.day())
