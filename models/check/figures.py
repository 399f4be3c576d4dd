"""Figures as they are written: digits or words, with their unit, their rounding and the hedge before them."""

import re
from functools import cache

from models.check import lexicon
from models.check.values import Amount, Hedge, Span, Streak, Unit, amount
from models.check.words import Entry, Word, entries, indexed

_DIGITS = re.compile(r"(\d[\d,]*)(?:\.(\d+))?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_STRAIGHT = frozenset("straight consecutive successive".split())
_LONGEST_SPAN = 1_000
"""A greater number of days or years is none that a claim goes back."""
_EACH = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annual": "year"}
_CLOCK = frozenset(["a.m", "p.m", "gmt", "o'clock"])
_MONEY = {"$": Unit.USD, "\u00a3": Unit.MONEY, "\u20ac": Unit.MONEY, "\u00a5": Unit.MONEY}
_RUNNING = (("in", "a", "row"), ("running",), ("on", "end"), ("in", "succession"), ("straight",))
_UNIT_TAGS = {
    Unit.CONTRACTS: "CON",
    Unit.PERCENT: "PCT",
    Unit.POINTS: "PTS",
    Unit.BASIS_POINTS: "BP",
    Unit.TIMES: "TIMES",
    Unit.USD: "USD",
    Unit.MONEY: "MONEY",
    Unit.NONE: "NUM",
}
Figure = tuple[str, object, int]


@cache
def _phrases() -> dict[str, list[Entry]]:
    """What stands around a figure: hedges, units, fractions, multiples."""
    hedges = {
        Hedge.ABOUT: lexicon.ABOUT,
        Hedge.ALMOST: lexicon.ALMOST,
        Hedge.MORE: lexicon.MORE,
        Hedge.LESS: lexicon.LESS,
    }
    units = {
        Unit.PERCENT: "percent|per cent|pct|%",
        Unit.POINTS: "percentage points|percentage point|points|point|pts|percent points",
        Unit.BASIS_POINTS: "basis points|basis point|bp|bps",
        Unit.CONTRACTS: "contracts|contract|futures contracts|futures|lots|net contracts|mini futures|e mini futures"
        "|mini contracts|e mini contracts|options and futures contracts",
        Unit.TIMES: "times|x|fold",
    }
    made = entries(hedges, "HEDGE") + entries(units, "UNIT")  # type: ignore[arg-type]
    made += [(tuple(text.split()), "FRAC", value) for text, value in lexicon.FRACTIONS.items()]
    made += [(tuple(text.split()), "MULT", value) for text, value in lexicon.MULTIPLES.items()]
    made += [(tuple(text.split()), "TIME", unit) for text, unit in lexicon.UNITS.items()]
    return indexed(made)


def _phrase(of: list[Word], at: int, tag: str) -> tuple[object, int] | None:
    if at >= len(of):
        return None
    for entry in _phrases().get(of[at].text, ()):
        end = at + len(entry[0])
        if entry[1] == tag and end <= len(of) and all(of[at + i].text == t for i, t in enumerate(entry[0])):
            return entry[2], end
    return None


def read_figure(of: list[Word], at: int) -> Figure | None:
    """The figure that begins at a word, with the place after it: an amount, a span, a streak or an ordinal."""
    hedge, start = Hedge.NONE, at
    if hedged := _phrase(of, at, "HEDGE"):
        hedge, start = Hedge(str(hedged[0])), hedged[1]
        if start < len(of) and of[start].text == "the":
            start += 1
    return (
        _streak(of, start)
        or _fraction(of, start, hedge)
        or _counted(of, start, hedge)
        or (None if start > at else _ordinal(of, start))
    )


def _fraction(of: list[Word], at: int, hedge: Hedge) -> Figure | None:
    if at >= len(of):
        return None
    if points := _part_of_point(of, at, hedge):
        return points
    if of[at].text == "half" or (of[at].text in ("a", "one") and at + 1 < len(of) and of[at + 1].text == "half"):
        return "HALF", amount(50.0, 5.0, Unit.PERCENT, hedge), at + (1 if of[at].text == "half" else 2)
    if found := _phrase(of, at, "FRAC"):
        return "FRAC", amount(float(str(found[0])), 3.4, Unit.PERCENT, hedge), found[1]
    if found := _phrase(of, at, "MULT"):
        return "TIMES", amount(float(str(found[0])), 0.2, Unit.TIMES, hedge), found[1]
    return None


def _part_of_point(of: list[Word], at: int, hedge: Hedge) -> Figure | None:
    """`half a point`, `a quarter of a percentage point`."""
    found = _phrase(of, at, "FRAC")
    if not found:
        return None
    share, end = float(str(found[0])) / 100, found[1]
    while end < len(of) and of[end].text in ("of", "a"):
        end += 1
    unit, end = _unit(of, end)
    return ("PTS", amount(share, 0.1, Unit.POINTS, hedge), end) if unit is Unit.POINTS else None


def _streak(of: list[Word], at: int) -> Figure | None:
    """`six straight weeks`, `a sixth consecutive month`, `six weeks in a row`."""
    if at < len(of) and of[at].text in ("a", "the") and _ordinal(of, at + 1):
        at += 1
    ordinal = _ordinal(of, at)
    counted = ordinal or number(of, at)
    if not counted:
        return None
    count, after = (ordinal[1], ordinal[2]) if ordinal else (counted[0], counted[-1])
    is_straight = after < len(of) and of[after].text in _STRAIGHT
    is_nth = bool(ordinal) and any(word.text == "for" for word in of[max(0, at - 2) : at])
    unit = _phrase(of, after + is_straight, "TIME")
    if not unit and is_straight and after + 1 < len(of) and of[after + 1].text in _EACH:
        return "STREAK", Streak(int(float(str(count))), _EACH[of[after + 1].text]), after + 2
    if not unit:
        return None
    end = unit[1]
    if not is_straight and not is_nth:
        trailing = next((t for t in _RUNNING if tuple(w.text for w in of[end : end + len(t)]) == t), None)
        if trailing is None or ordinal:
            return None
        end += len(trailing)
    return "STREAK", Streak(int(float(str(count))), str(unit[0])), end


def _ordinal(of: list[Word], at: int) -> Figure | None:
    if at >= len(of):
        return None
    text = of[at].text
    digits = _ORDINAL.fullmatch(text)
    value = int(digits[1]) if digits else lexicon.ORDINALS.get(text)
    follows = of[at + 1].text if at + 1 < len(of) else ""
    if value is None or (text == "first" and follows not in _STRAIGHT):
        return None
    return "ORD", value, at + 1


def _counted(of: list[Word], at: int, hedge: Hedge) -> Figure | None:
    money = _MONEY.get(of[at].text) if at < len(of) else None
    found = number(of, at + (money is not None))
    if not found:
        return None
    value, place, end = found
    if end < len(of) and of[end].text in _CLOCK:
        return "w", None, end + 1
    upper = _upper_end(of, at, end, value)
    if upper:
        value, place, end, least, most = upper
        unit, end = _unit(of, end)
        return _UNIT_TAGS[unit], Amount(value, least, most, unit, Hedge.ABOUT), end
    if value <= _LONGEST_SPAN and (time := _phrase(of, end, "TIME")):
        is_last = at > 0 and of[at - 1].text in ("last", "past", "latest", "previous")
        return "SPAN", Span(value, str(time[0]), is_last, hedge), time[1]
    unit, end = _unit(of, end)
    unit = money or unit
    return _UNIT_TAGS[unit], amount(value, place, unit, hedge), end


def _unit(of: list[Word], at: int) -> tuple[Unit, int]:
    found = _phrase(of, at, "UNIT")
    return (Unit(str(found[0])), found[1]) if found else (Unit.NONE, at)


def _upper_end(of: list[Word], at: int, end: int, value: float) -> tuple[float, float, int, float, float] | None:
    """`3 to 4`, `between 3 and 4`, `3-4`; after `from` the same words are two figures."""
    before = of[at - 1].text if at else ""
    if end >= len(of) or before == "from":
        return None
    joint = of[end].text
    if joint in ("-", "\u2013", "to") or (joint == "and" and before == "between"):
        other = number(of, end + 1)
        if other and other[0] > value > other[0] / 3:
            middle = (value + other[0]) / 2
            return middle, other[1], other[2], value - other[1] / 2, other[0] + other[1] / 2
    return None


def number(of: list[Word], at: int) -> tuple[float, float, int] | None:
    """A number with the place to which it is rounded, and where it ends; None where there is none."""
    sign = 1.0
    if at < len(of) and of[at].text in ("-", "\u2212", "\u2013", "minus", "+"):
        sign = 1.0 if of[at].text == "+" else -1.0
        at += 1
    found = _digits(of, at) or _spelt(of, at)
    if not found:
        return None
    value, place, end = found
    if end < len(of) and (scale := _scale(of[end - 1], of[end])):
        value, place, end = value * scale, place * scale, end + 1
    return sign * value, place, end


def _scale(figure: Word, word: Word) -> float | None:
    """`9 billion`; `9bn` only in one word."""
    is_joined = figure.end == word.start
    return lexicon.SCALES.get(word.text) or (lexicon.SHORT_SCALES.get(word.text) if is_joined else None)


def _digits(of: list[Word], at: int) -> tuple[float, float, int] | None:
    match = _DIGITS.fullmatch(of[at].text) if at < len(of) else None
    if not match or len(match[0]) > 20:
        return None
    whole, decimals = match[1].replace(",", ""), match[2]
    if decimals:
        return float(f"{whole}.{decimals}"), 10.0 ** -len(decimals), at + 1
    zeros = len(whole) - len(whole.rstrip("0")) if int(whole) else 0
    return float(whole), 10.0**zeros if zeros > 1 else 1.0, at + 1


def _spelt(of: list[Word], at: int) -> tuple[float, float, int] | None:
    """`seven`, `seventy-three`, `a hundred`, `three and a half`."""
    if at >= len(of):
        return None
    first = lexicon.NUMBER_WORDS.get(of[at].text)
    if first is None:
        is_one = of[at].text in ("a", "an") and at + 1 < len(of)
        if is_one and (of[at + 1].text in lexicon.SCALES or of[at + 1].text in lexicon.UNITS):
            return 1.0, 1.0, at + 1
        if is_one and of[at + 1].text == "dozen":
            return 12.0, 1.0, at + 2
        return None
    value, end = float(first), at + 1
    if first >= 20 and end < len(of) and 0 < lexicon.NUMBER_WORDS.get(of[end].text, 0) < 10:
        value, end = value + lexicon.NUMBER_WORDS[of[end].text], end + 1
    if [w.text for w in of[end : end + 3]] == ["and", "a", "half"]:
        return value + 0.5, 0.5, end + 3
    return value, 1.0, end
