"""From a sentence to tagged tokens: figures with their room, dates as written, and the words of claims."""

from dataclasses import dataclass, replace
from itertools import pairwise

from models.check import lexicon
from models.check.dates import read_date
from models.check.figures import read_figure
from models.check.words import Word, claim_words, longest, names, words

_SHORTEST_ADVERB = 6
_STOPS = frozenset([";", ":", "(", ")", "\u2014", "--"])


@dataclass(frozen=True)
class Token:
    """One tagged stretch of a sentence, from `start` to `end`. `value` is what the tag's reader made of it."""

    tag: str
    start: int
    end: int
    value: object = None


def tokens(sentence: str) -> tuple[Token, ...]:
    """The tokens of a sentence in order; a word that means nothing here has the tag `w`."""
    of = words(sentence)
    made: list[Token] = []
    at = 0
    while at < len(of):
        named = longest(names(), at, of)
        figure = None if named else read_date(of, at) or read_figure(of, at)
        if named:
            (_, tag, value), end = named
        elif figure:
            tag, value, end = figure
        else:
            tag, value, end = _plain(of, at)
        made.append(Token(tag, of[at].start, of[end - 1].end, value))
        at = end
    return tuple(_with_sides(_with_places(_with_contracts(sentence, _with_spreads(made)))))


def _with_places(of: list[Token]) -> list[Token]:
    """`the second-largest` is no superlative, as it is not the first, `26 times earnings` no profit."""
    made = list(of)
    for at in range(1, len(of)):
        if of[at].tag in ("MOST", "LEAST", "BEST", "WORST") and of[at - 1].tag == "ORD" and of[at - 1].value != 1:
            made[at] = replace(of[at], tag="NTH")
        if of[at].tag == "EARN" and of[at - 1].tag == "TIMES":
            made[at] = replace(of[at], tag="w")
    return made


def _with_sides(of: list[Token]) -> list[Token]:
    """`bearish yen bets` are short, as `bearish bets` are; `net length`, and a net that is positive, are long."""
    made = [replace(b, tag="LONG") if (a.tag, b.tag) == ("NET", "LENGTH") else b for a, b in pairwise([_EDGE, *of])]
    if any(token.tag == "NET" for token in of):
        signs = {"POSITIVE": "LONG", "NEGATIVE": "SHORT"}
        made = [replace(token, tag=signs.get(token.tag, token.tag)) for token in made]
    for at in range(len(of) - 2):
        if [token.tag for token in made[at : at + 2]] == ["NET", "MARKET"] and made[at + 2].tag in ("LONG", "SHORT"):
            made[at], made[at + 1] = made[at + 1], made[at]  # `net euro longs`
        side = {"BULL": "LONG", "BEAR": "SHORT"}.get(of[at].tag)
        if side and of[at + 1].tag == "MARKET" and of[at + 2].tag == "POSN":
            made[at] = replace(of[at], tag=side)
    return made


_EDGE = Token("STOP", 0, 0)
_COUNTED = frozenset("contracts contract futures lots".split())


def _with_contracts(sentence: str, of: list[Token]) -> list[Token]:
    """`80,000 Russell 2000 contracts`: a figure counts contracts across the name of their market."""
    made = list(of)
    for at in range(len(of) - 2):
        if of[at].tag == "NUM" and of[at + 1].tag == "MARKET":
            unit = sentence[of[at + 2].start : of[at + 2].end].lower()
            is_named = sentence[of[at + 1].start : of[at + 1].end].lower().endswith(tuple(_COUNTED))
            if unit in _COUNTED or is_named:
                made[at] = replace(of[at], tag="CON")
    return made


_PREMIUM_OF = 7
"""How many words may stand between a premium and the bonds that pay it: `the premium investors demand to hold …`."""
_NOT_BETWEEN = frozenset("STOP COMMA UP DOWN NARROW WIDE MARKET BP PCT".split())


def _with_spreads(of: list[Token]) -> list[Token]:
    """A premium and the bonds that pay it become one token: `junk-bond spreads`, `the extra yield on junk bonds`."""
    made: list[Token] = []
    at = 0
    while at < len(of):
        token, end = of[at], at + 1
        if token.tag == "BOND" and end < len(of) and _is_premium(of[end]):
            token, end = Token("SPREAD", token.start, of[end].end, token.value), end + 1
        elif _is_premium(token):
            bonds = next((p for p in range(end, min(end + _PREMIUM_OF, len(of))) if of[p].tag == "BOND"), None)
            if bonds is not None and _NOT_BETWEEN.isdisjoint(t.tag for t in of[end:bonds]):
                token, end = Token("SPREAD", token.start, of[bonds].end, of[bonds].value), bonds + 1
        made.append(token)
        at = end
    return made


def _is_premium(token: Token) -> bool:
    return token.tag == "PREM" or (token.tag == "SPREAD" and token.value is lexicon.Spread.CREDIT)


def _plain(of: list[Word], at: int) -> tuple[str, object, int]:
    word = of[at]
    if word.text in _STOPS:
        return "STOP", None, at + 1
    if word.text == ",":
        return "COMMA", None, at + 1
    if found := longest(claim_words(), at, of):
        return found[0][1], "nor" if word.text == "nor" else None, found[1]
    if word.text.endswith("n't"):
        return "NOT", None, at + 1
    is_adverb = word.text.endswith("ly") and len(word.text) >= _SHORTEST_ADVERB
    return ("ADV" if is_adverb else "w"), None, at + 1
