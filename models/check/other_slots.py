"""The slots of claims about sectors, spreads, earnings and leverage."""

from dataclasses import replace

from models.check.claims import Limit, ParsedClaim, Unread
from models.check.lexicon import Spread
from models.check.slots import STRONG
from models.check.stretch_slots import StretchSlots
from models.check.values import Amount, DayRef, Period, Streak, Unit
from models.names import Direction
from models.series import SECTOR_FUNDS
from models.windows import WindowKind

_LARGE, _SMALL = "sp-500", "russell-2000"


class OtherSlots(StretchSlots):
    """A share, a ratio of shares, a spread, growth, growth against other growth, or leverage."""

    def _sector(self) -> str | None:
        place = self.kernel.kept.get("sector", self.near("SECTOR"))
        if place is None:
            return self.context.sector
        _, funds = self.symbols(place)
        return SECTOR_FUNDS.get(funds[0]) if len(funds) == 1 else None

    def sector_share(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        sector, market = self._sector(), self._other() or self.market()
        if sector is None:
            return Unread(claim.text, "this is no sector of a known classification")
        if market is None:
            return Unread(claim.text, "the share of which index is not said")
        return replace(claim, sector=sector, market=market, amount=self.kept("amount", Amount))

    def _other(self) -> str | None:
        """The index that a figure after `compared with` is of."""
        place = self.kernel.kept.get("other")
        return None if place is None else str(self.tokens[place].value)

    def sector_ratio(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        sector = self._sector() or next((c.sector for c in self.earlier if c.sector), None)
        if sector is None:
            return Unread(claim.text, "a multiple of what this is was not understood")
        other = self.kernel.kept.get("other")
        earlier = next((c.market for c in reversed(self.earlier) if c.sector), None)
        named = self.near("MARKET", barred=[other] if other is not None else [])
        following = self._compared_with(other)
        named = other if following else named
        market = earlier or (str(self.tokens[named].value) if named is not None else self.context.market)
        large = following or (str(self.tokens[other].value) if other is not None else None)
        if market is None or market == large:
            market = _SMALL if large == _LARGE else None
            self.assumed.append("of the Russell 2000, as the sentence names no other index")
        if market is None:
            return Unread(claim.text, "which indexes are compared is not said")
        return replace(claim, sector=sector, market=market, other=large, amount=_times(self.kept("amount", Amount)))

    def _compared_with(self, first: int | None) -> str | None:
        """The second index of `the weight in one that they have in another`, where none goes before the first."""
        places = [p for p, token in enumerate(self.tokens) if token.tag == "MARKET"]
        if first is None or places[0] != first or len(places) < 2:
            return None
        between = {token.tag for token in self.tokens[first : places[1]]}
        return str(self.tokens[places[1]].value) if between & {"THAN", "THIS", "AND"} else None

    def spread(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        place = self.kernel.kept.get("spread", self.near("SPREAD"))
        named = self.tokens[place].value if place is not None else None
        amount = self.kept("amount", Amount)
        direction = {"NARROW": Direction.DOWN, "DOWN": Direction.DOWN, "WIDE": Direction.UP, "UP": Direction.UP}.get(
            self.tag("move")
        )
        if amount and direction and self._is_to_amount():
            return replace(claim, spread=Spread(str(named)), amount=amount)
        made = replace(claim, spread=Spread(str(named)), direction=direction, amount=amount)
        window = None if direction is None else self.window() if amount else self.own_window()
        made = replace(made, is_change=direction is not None, window=window)
        if window is not None and window.kind is WindowKind.MONTHS:
            return Unread(claim.text, "a spread's change over whole months is not checked")
        if "sup" not in self.kernel.kept:
            return made
        limit = self.limit(None)
        if limit is None:
            return Unread(claim.text, "how far back this goes is not said")
        is_high = self.tag("sup") in STRONG
        return replace(made, direction=Direction.UP if is_high else Direction.DOWN, limit=limit, is_change=False)

    def _is_to_amount(self) -> bool:
        """`narrowed to 372 basis points`, `fell below 4 points`: the figure is a level and no change."""
        place = self.kernel.kept["amount"]
        between = {token.tag for token in self.tokens[self.kernel.kept["move"] : place]}
        is_bound = self.text(place, place).lower().startswith(("below", "above", "under", "over"))
        return "TO" in between or (is_bound and "BY" not in between)

    def _length(self) -> int | None:
        """`a third straight year`: how many years in a row."""
        found = self.kept("length", Streak)
        return found.count if found and found.unit == "year" else None

    def _is_of_part_year(self) -> bool:
        """`in the first quarter`, `in May`."""
        place = self.own("PERIOD", "MON")
        value = self.tokens[place].value if place is not None else None
        return isinstance(value, DayRef) or (isinstance(value, Period) and value.name not in ("ytd", "year"))

    def _year(self) -> int:
        place = self.own("YEAR", "PERIOD")
        value = self.tokens[place].value if place is not None else None
        self.read.update(() if place is None else (place,))
        if isinstance(value, DayRef) and value.year:
            return value.year
        shift = -1 if isinstance(value, Period) and value.name == "year" else 0
        if value is None:
            self.assumed.append("for the year of the article")
        return self.context.article.year + shift

    def growth(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        market = self._other() or self.market()
        if market is None:
            return Unread(claim.text, "the earnings of which index is not said")
        if self._is_of_part_year():
            return Unread(claim.text, "growth is compared by the year")
        down = self.tag("move") == "DOWN"
        direction = Direction.DOWN if down else Direction.UP
        if "length" in self.kernel.kept and self._length() is None:
            return Unread(claim.text, "growth is compared by the year")
        made = replace(claim, market=market, direction=direction, length=self._length())
        return replace(made, amount=self.kept("amount", Amount), year=self._year())

    def comparison(self, claim: ParsedClaim) -> ParsedClaim | Unread:
        other = self.kernel.kept.get("other")
        named = self.near("MARKET", barred=[other] if other is not None else [])
        large = str(self.tokens[other].value) if other is not None else None
        market = str(self.tokens[named].value) if named is not None else self.context.market
        if market is None or market == large:
            return Unread(claim.text, "which indexes are compared is not said")
        if "length" in self.kernel.kept and self._length() is None:
            return Unread(claim.text, "growth is compared by the year")
        slower = {"SLOW": Direction.DOWN, "LAG": Direction.DOWN, "FAST": Direction.UP, "BEAT": Direction.UP}
        made = replace(claim, market=market, other=large, direction=slower.get(self.tag("pace")), length=self._length())
        return replace(made, amount=_times(self.kept("amount", Amount)), year=self._year())

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
