"""The stretch of time over which a change is meant."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.check import resolve
from models.check.kernel import clause_of
from models.check.resolve import month_before, month_end
from models.check.slots import DATES, Slots
from models.check.values import DayRef, Period, Span
from models.windows import MTD, YTD, Window, WindowKind


def _year_up_to(day: date, article: date) -> Window:
    """Whole months where it ends one of the article's year, so that earlier years can be compared."""
    if day == month_end(day.year, day.month) and day.year == article.year:
        return Window(WindowKind.MONTHS, (1, day.month))
    return Window(WindowKind.SPAN, span=(day.replace(month=1, day=1) - timedelta(days=1), day))


class StretchSlots(Slots):
    """Slots of claims that need a stretch of time."""

    def window(self) -> Window | None:
        """The stretch of a return: after the figure, else before it, else that of the same or an earlier sentence."""
        return self.own_window() or self.inherited_window()

    def own_window(self) -> Window | None:
        places = [*range(self.anchor, self.high), *reversed(range(self.low, self.anchor))]
        for place in places:
            token = self.tokens[place]
            if place in self.kept_elsewhere or token.tag not in (*DATES, "AGO") or self.ends_span(place):
                continue
            if (
                self._is_of_other_verb(place)
                or self._follows_superlative(place)
                or self._is_reach(place)
                or self._end_day(place)
            ):
                continue
            if token.tag == "SPAN" and self._is_limit(place):
                continue  # `for the first time in six sessions`
            is_since = self.is_since(place)
            article = self.context.article
            found = resolve.window_since(token.value, article) if is_since else resolve.window(token.value, article)
            if found and not (token.tag == "SPAN" and not self._is_rolling(place)):
                is_ended = isinstance(token.value, Span) and token.value.until is not None
                self.read.update((place, place + 1) if is_ended else (place,))
                return self._ended(found)
        return self._year_to(places)

    def _is_of_other_verb(self, place: int) -> bool:
        """Whether a time is that of another rise or fall, in its own clause: `slipped, paring its gain this week`."""
        clause = clause_of(self.tokens, place, place)
        if place < self.kernel.first and self.kernel.first not in clause:
            return any(self.tokens[p].tag in ("UP", "DOWN") for p in clause)
        between = {token.tag for token in self.tokens[self.kernel.end : place]}
        return bool(between & {"COMMA", "AND"}) and bool(between & {"UP", "DOWN", "BEAT", "LAG"})

    def _ended(self, window: Window) -> Window:
        """`year to date at the end of May`, `this year through May`, `in June through Friday`: up to then."""
        article = self.context.article
        for place in range(self.low, self.high) if window in (MTD, YTD) else ():
            value = self.tokens[place].value
            match value:
                case Period(name="months", months=(1, last), year=None) if window == YTD and last < article.month:
                    self.read.add(place)
                    return Window(WindowKind.MONTHS, (1, last))
            day = self._end_day(place)
            if day == article:
                self.read.add(place)
            if day and day < article and (window == YTD or day.month == article.month):
                self.read.add(place)
                return (
                    _year_up_to(day, article)
                    if window == YTD
                    else Window(WindowKind.SPAN, span=(month_before(day), day))
                )
        return window

    def _end_day(self, place: int) -> date | None:
        """The day that ends a stretch, as in `through May 31` or `at the end of May`."""
        value = self.tokens[place].value
        if self.tokens[place].tag != "DAY" or not isinstance(value, DayRef) or self.is_since(place):
            return None
        if any(token.tag == "FROM" for token in self.tokens[self.kernel.end : place]):
            return None  # `shrank to 5 points from 7 at the end of May`
        is_through = any(token.tag == "THROUGH" for token in self.tokens[max(0, place - 2) : place])
        return resolve.day_of(value, self.context.article) if value.is_end or is_through else None

    def _year_to(self, places: Sequence[int]) -> Window | None:
        """The year up to a day that ends a stretch of which no beginning is written."""
        place = next((place for place in places if self._end_day(place)), None)
        day = self._end_day(place) if place is not None else None
        if place is None or day is None:
            return None
        self.read.add(place)
        self.assumed.append(f"from the start of the year to {day.isoformat()}")
        return _year_up_to(day, self.context.article)

    def inherited_window(self) -> Window | None:
        inherited = next((claim.window for claim in reversed(self.earlier) if claim.window), None)
        if inherited or self._is_since_an_event():
            return inherited
        if self.context.window:
            self.assumed.append("over the stretch of time of an earlier sentence")
        return self.context.window

    def _is_since_an_event(self) -> bool:
        """`since the election`: no date that is understood, and not the time of an earlier sentence either."""
        after = (self.tokens[place + 1 : place + 5] for place, token in enumerate(self.tokens) if token.tag == "SINCE")
        return any(not any(token.tag in DATES for token in following) for following in after)

    def _follows_superlative(self, place: int) -> bool:
        """`the worst start since 1998`: that year is no window."""
        tags = [token.tag for token in self.tokens[max(0, place - 12) : place]]
        if "SINCE" not in tags:
            return False
        after_since = tags[len(tags) - tags[::-1].index("SINCE") :]
        is_first_date = not any(tag in DATES for tag in after_since)
        return is_first_date and any(tag in ("WORST", "BEST", "MOST", "LEAST") for tag in tags)

    def _is_reach(self, place: int) -> bool:
        """`the most in two decades`: how far a superlative goes back is no window."""
        sup = self.kernel.kept.get("sup")
        value = self.tokens[place].value
        if place and self.tokens[place - 1].tag == "FIRST" and self.tokens[place].tag in ("YEAR", "MON"):
            return True  # `not since 1998`
        if sup is None or place < sup or not isinstance(value, Span):
            return False
        return value.unit in ("year", "decade") or place <= sup + 3

    def _is_rolling(self, place: int) -> bool:
        value = self.tokens[place].value
        return (isinstance(value, Span) and (value.is_last or value.until is not None)) or self.tokens[
            place - 1
        ].tag in ("IN", "LAST")
