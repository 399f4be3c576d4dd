"""The slots of claims about positions."""

from dataclasses import replace
from datetime import date

from models.check import resolve
from models.check.claims import ClaimKind, Limit, ParsedClaim, Unread
from models.check.slots import STRONG, Slots
from models.check.values import Amount, DayRef, Span, Streak
from models.names import Direction

_LONG = frozenset("LONG BULL POSN".split())


class PositionSlots(Slots):
    """A figure or side, a level, a sign, a swing or a streak."""

    def _of_positions(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self.market()
        if market is None:
            return Unread(claim.text, "no market is named")
        inside = {token.tag for token in self.tokens[self.kernel.first : self.kernel.end]}
        if inside & {"LONG", "SHORT"} and "NET" not in inside:
            self.assumed.append("the net position")
        return replace(claim, market=market, traders=self.traders(), mentions_contracts=self._counts_contracts())

    def _counts_contracts(self) -> bool:
        return self.tag("amount") in ("CON", "NUM")

    def position(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        amount = self.kept("amount", Amount)
        side = {"LONG": 1, "SHORT": -1}.get(self.tag("side"), 0) or (1 if amount and amount.value > 0 else -1)
        day, is_start = self._start_of_swing(self.day() or self._end_of_month())
        if day is None and self._names_a_month():
            return Unread(claim.text, "on which day is not said")
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

    def _month(self) -> int | None:
        place = self.own("MON", "YEAR")
        return None if place is None or self._is_limit(place) or self._belongs_before(place) else place

    def _names_a_month(self) -> bool:
        """Whether a month or year is named, in which there are several reports."""
        return self._month() is not None and self.own("DAY", "AGO") is None

    def _end_of_month(self) -> date | None:
        """The last day of a month after `the end of`."""
        place = self._month()
        if place is None or not self.sentence[: self.tokens[place].start].lower().rstrip().endswith("end of"):
            return None
        value = self.tokens[place].value
        if not isinstance(value, DayRef):
            return None
        found = resolve.month_of(value, self.context.article, may_be_current=False)
        return resolve.month_end(*found) if found else None

    def level(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        made = self._of_positions(claim)
        if isinstance(made, Unread):
            return made
        if "tone" not in self.kernel.kept:
            return self._most_of(made)
        is_up = (self.tag("tone") in _LONG) is (self.tag("sup") in STRONG)
        day, is_start = self._start_of_swing(self.day())
        limit = self.limit(day) or (Limit(None, claim.text) if self.tag("sup") == "NOT" else None)
        if limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        direction = Direction.UP if is_up else Direction.DOWN
        return replace(made, direction=direction, day=day, before_day=is_start, limit=limit)

    def _most_of(self, made: ParsedClaim) -> ParsedClaim | Unread:
        """`…, the most since 2015` after a position or a change of one."""
        before = next((c for c in reversed(self.earlier) if c.kind.is_of_positions), None)
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
