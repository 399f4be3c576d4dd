"""Days, months and stretches of time as they are written, before they are set against the article's day."""

from dataclasses import replace

from models.check import lexicon
from models.check.figures import Figure, number, read_figure
from models.check.values import Ago, Between, DayRef, Period, Span
from models.check.words import Word

_JOINTS = ("to", "through", "till", "until", "-", "\u2013", "and")
_PREPOSITIONS = frozenset(
    "ended ends in since of from by until through to and last this during before after late early".split()
)
_ENDED = frozenset("ended ending ends to through until till".split())
_PARTS = ("first", "second", "third", "fourth")
_PART_MONTHS = {"half": 6, "quarter": 3}
_FOR_THE = frozenset("for on ended ends ending finished finishing".split())
_TO_DATE = {"month": "mtd", "quarter": "qtd", "year": "ytd", "week": "wtd"}


def read_date(of: list[Word], at: int) -> Figure | None:
    """The date that begins at a word, with the place after it: DAY, MON, YEAR, PERIOD, AGO or LATERN."""
    return (
        _iso(of, at)
        or _span_until(of, at)
        or _between_days(of, at)
        or _end_of_month(of, at)
        or _part_of_month(of, at)
        or _start_of_period(of, at)
        or _through_month(of, at)
        or _months(of, at)
        or _month(of, at)
        or _day_first(of, at)
        or _relative(of, at)
        or _to_date(of, at)
        or _ago(of, at)
        or _year(of, at)
    )


def _text(of: list[Word], at: int) -> str:
    return of[at].text if at < len(of) else ""


def _iso(of: list[Word], at: int) -> Figure | None:
    text = of[at].text
    if len(text) != 10 or text[4] != "-":
        return None
    year, month, day = (int(part) for part in text.split("-"))
    is_date = 1 <= month <= 12 and 1 <= day <= 31
    return ("DAY", DayRef(day, month, year), at + 1) if is_date else None


def _month_at(of: list[Word], at: int) -> int | None:
    """The month that a word names. `May` and `March` need their capital, and `May` a date's surroundings."""
    if at >= len(of) or not of[at].is_capital:
        return None
    month = lexicon.MONTHS.get(of[at].text.rstrip("."))
    if of[at].text == "may":
        is_dated = _text(of, at + 1)[:1].isdigit() or (at > 0 and of[at - 1].text in _PREPOSITIONS)
        return month if is_dated or _text(of, at + 1) in _JOINTS else None
    return month


def _year_at(of: list[Word], at: int) -> int | None:
    text = _text(of, at)
    return int(text) if len(text) == 4 and text.isdigit() and 1900 <= int(text) < 2100 else None


def _day_at(of: list[Word], at: int) -> int | None:
    text = _text(of, at).rstrip("sthndr")
    return int(text) if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _after_comma(of: list[Word], at: int) -> int:
    return at + 1 if _text(of, at) in (",", "of") else at


def _skipping(of: list[Word], at: int, *texts: str) -> int | None:
    """The place after these words, `the` between them or not; None where others stand there."""
    for text in texts:
        at += _text(of, at) == "the"
        if _text(of, at) != text:
            return None
        at += 1
    return at + (_text(of, at) == "the")


def _between_days(of: list[Word], at: int) -> Figure | None:
    """`between May 31 and June 16`, `from May 31 to June 16`."""
    joints = {"between": ("and",), "from": ("to", "through", "until")}.get(of[at].text, ())
    first = (_month(of, at + 1) or _day_first(of, at + 1)) if joints and at + 1 < len(of) else None
    if first is None or not isinstance(first[1], DayRef) or _text(of, first[2]) not in joints:
        return None
    last = (_month(of, first[2] + 1) or _day_first(of, first[2] + 1)) if first[2] + 1 < len(of) else None
    if last is None or not isinstance(last[1], DayRef) or None in (first[1].day, last[1].day):
        return None
    return "PERIOD", Between(first[1], last[1]), last[2]


def _end_of_month(of: list[Word], at: int) -> Figure | None:
    """`the end of May`, `the end of May 2016`: the last day of that month."""
    after = _skipping(of, at, "end", "of")
    month = _month_at(of, after) if after is not None else None
    if after is None or month is None:
        return None
    year = _year_at(of, after + 1)
    return "DAY", DayRef(None, month, year, is_end=True), after + (2 if year else 1)


def _part_of_month(of: list[Word], at: int) -> Figure | None:
    """`late May`, `mid-June`, `the first half of June`: some of a month, on no day that is said."""
    if of[at].text in ("early", "late", "mid", "middle"):
        start: int | None = at + 1
    else:
        start = _skipping(of, at, "first", "half", "of") or _skipping(of, at, "second", "half", "of")
    start = _skipping(of, at, "middle", "of") or start
    month = _month_at(of, start) if start is not None else None
    if start is None or month is None or _day_at(of, start + 1):
        return None
    year = _year_at(of, start + 1)
    return "PERIOD", Period("part of month", (month, month), year), start + (2 if year else 1)


def _span_until(of: list[Word], at: int) -> Figure | None:
    """The words before the day in `the week ended June 13`, `two weeks to Tuesday`, `the week of June 13`."""
    if of[at].text in (*_TO_DATE, "fortnight"):
        span, end = Span(1, of[at].text), at + 1
    else:
        found = read_figure(of, at)
        if not found or not isinstance(found[1], Span):
            return None
        span, end = found[1], found[2]
    end += _text(of, end) in ("that", "period")
    is_around = _text(of, end) == "of" and span.unit == "week"
    if _text(of, end) not in _ENDED and not is_around:
        return None
    end += 1 + (_text(of, end + 1) == "on")
    day = _day_on(of, end) if end < len(of) else None
    return ("SPAN", replace(span, until=day, is_around=is_around), end) if day else None


def _day_on(of: list[Word], at: int) -> DayRef | None:
    """The day that is written at a word."""
    found = _iso(of, at) or _end_of_month(of, at) or _month(of, at) or _day_first(of, at) or _relative(of, at)
    return found[1] if found and found[0] == "DAY" and isinstance(found[1], DayRef) else None


def _start_of_period(of: list[Word], at: int) -> Figure | None:
    """`since the start of the year`, `from the beginning of June`: the stretch from then on."""
    start = at + (of[at].text in ("since", "from"))
    after = _skipping(of, start, "start", "of") or _skipping(of, start, "beginning", "of")
    if start == at or after is None:
        return None
    if _text(of, after) in _TO_DATE:
        return "PERIOD", Period(_TO_DATE[_text(of, after)]), after + 1
    month = _month_at(of, after)
    return ("PERIOD", Period("since month", (month, month)), after + 1) if month else None


def _through_month(of: list[Word], at: int) -> Figure | None:
    """`through May`, `through the end of May`: the year up to then, where no other beginning is written."""
    if of[at].text not in ("through", "thru"):
        return None
    end = _end_of_month(of, at + 1)
    month = _month_at(of, at + 1) if end is None else None
    last, after = (end[1].month, end[2]) if end and isinstance(end[1], DayRef) else (month, at + 2)
    is_whole = last is not None and not _day_at(of, after) and _year_at(of, after) is None
    return ("PERIOD", Period("months", (1, last)), after) if last is not None and is_whole else None


def _months(of: list[Word], at: int) -> Figure | None:
    """`from January to May`, `January through May of 2017`, `between January and May`, `January-May`."""
    start = at + (of[at].text in ("from", "between"))
    first = _month_at(of, start)
    if first is None:
        return None
    if of[start].is_hyphened and (joined := lexicon.MONTHS.get(_text(of, start + 1))):
        return "PERIOD", Period("months", (first, joined)), start + 2
    if _text(of, start + 1) not in _JOINTS:
        return None
    end = start + 2
    last = _month_at(of, end)
    if last is None or (_text(of, start + 1) == "and" and of[at].text != "between") or _day_at(of, end + 1):
        return None
    year_at = _after_comma(of, end + 1)
    year = _year_at(of, year_at)
    return "PERIOD", Period("months", (first, last), year), year_at + 1 if year else end + 1


def _month(of: list[Word], at: int) -> Figure | None:
    """`June 13`, `June 13, 2017`, `June 2017`, `last June`, `June`."""
    start = at + (of[at].text == "last" and _month_at(of, at + 1) is not None)
    month = _month_at(of, start)
    if month is None:
        return None
    if year := _year_at(of, _after_comma(of, start + 1)):
        return "MON", DayRef(None, month, year), _after_comma(of, start + 1) + 1
    day = _day_at(of, start + 1)
    if day is None:
        return "MON", DayRef(None, month, is_last=start > at), start + 1
    year_at = _after_comma(of, start + 2)
    year = _year_at(of, year_at)
    return "DAY", DayRef(day, month, year), year_at + 1 if year else start + 2


def _day_first(of: list[Word], at: int) -> Figure | None:
    """`13 June 2017`, `the 13th of June`."""
    day = _day_at(of, at)
    month_at = _after_comma(of, at + 1)
    month = _month_at(of, month_at) if day else None
    if month is None:
        return None
    year = _year_at(of, month_at + 1)
    return "DAY", DayRef(day, month, year), month_at + (2 if year else 1)


def _relative(of: list[Word], at: int) -> Figure | None:
    text = of[at].text
    if text in ("today", "yesterday"):
        return "DAY", DayRef(shift=0 if text == "today" else -1), at + 1
    is_last = text in ("last", "on", "this") and _text(of, at + 1) in lexicon.WEEKDAYS
    weekday = lexicon.WEEKDAYS.get(_text(of, at + is_last))
    if weekday is not None and of[at + is_last].is_capital:
        if _text(of, at + 1 + is_last) in ("before", "after", "following", "preceding"):
            return "PERIOD", Period("some day"), at + 2 + is_last
        return "DAY", DayRef(weekday=weekday, is_last=text == "last"), at + 1 + is_last
    return None


def _to_date(of: list[Word], at: int) -> Figure | None:
    """`this month`, `so far this year`, `year to date`, `last month`, `the first five months`, `the first half`."""
    text, follows = of[at].text, _text(of, at + 1)
    if [w.text for w in of[at : at + 2]] == ["so", "far"]:
        inner = _to_date(of, at + 2) or _month(of, at + 2 + (_text(of, at + 2) == "in")) if at + 2 < len(of) else None
        if inner and inner[0] == "PERIOD":
            return inner
        return ("PERIOD", Period("ytd"), at + 2) if inner is None else ("PERIOD", Period("mtd"), inner[2])
    if text == "this" and follows in _TO_DATE:
        return "PERIOD", Period(_TO_DATE[follows]), at + 2
    if text in ("last", "previous", "past", "prior") and follows in _TO_DATE:
        return "PERIOD", Period("rolling " + follows if text == "past" else follows), at + 2
    if text in _TO_DATE and [w.text for w in of[at + 1 : at + 3]] == ["to", "date"]:
        return "PERIOD", Period(_TO_DATE[text]), at + 3
    if text in _PARTS and follows in _PART_MONTHS:
        return _part_of_year(of, at)
    if text == "first":
        return _first_months(of, at)
    period = _TO_DATE.get(_text(of, at + 2)) if text in _FOR_THE and follows == "the" else None
    period = "ended week" if period == "wtd" else period
    if period and _text(of, at + 3) not in ("ended", "ending", "to", "through", "of", "since", "before"):
        return "PERIOD", Period(period), at + 3
    return None


def _part_of_year(of: list[Word], at: int) -> Figure | None:
    """`the fourth quarter of 2016`, `the first half`."""
    count = _PART_MONTHS[_text(of, at + 1)]
    last = count * (1 + _PARTS.index(of[at].text))
    return _of_year(of, at + 2, (last - count + 1, last)) if last <= 12 else None


def _first_months(of: list[Word], at: int) -> Figure | None:
    """`the first five months of 2017`."""
    found = number(of, at + 1)
    if not found or _text(of, found[2]) != "months" or not 1 <= found[0] <= 12:
        return None
    return _of_year(of, found[2] + 1, (1, int(found[0])))


def _of_year(of: list[Word], end: int, months: tuple[int, int]) -> Figure:
    year = _year_at(of, end + 1) if _text(of, end) == "of" else None
    return "PERIOD", Period("months", months, year), end + 2 if year else end


def _ago(of: list[Word], at: int) -> Figure | None:
    """`two weeks ago`, `a week earlier`, `two weeks later`."""
    found = read_figure(of, at)
    if not found or found[0] != "SPAN" or not isinstance(found[1], Span):
        return None
    end, follows = found[2], _text(of, found[2])
    if follows in ("ago", "earlier", "before", "previously", "prior"):
        return "AGO", Ago(found[1], follows == "ago"), end + 1
    if follows == "after" and end + 1 < len(of) and _day_on(of, end + 1) is None:
        return "AGO", Ago(found[1], from_article=False, is_of_next=True), end + 1
    if follows in ("later", "after"):
        return "LATERN", found[1], end + 1
    return None


def _year(of: list[Word], at: int) -> Figure | None:
    year = _year_at(of, at)
    if year is None or _text(of, at + 1) in ("contracts", "%", "percent", "lots", "points"):
        return None
    return "YEAR", DayRef(year=year), at + 1
