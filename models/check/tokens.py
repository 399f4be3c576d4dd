"""From a sentence to tagged tokens: figures with their room, dates as written, and the words of claims."""

from dataclasses import dataclass, replace
from itertools import pairwise

from models.check import lexicon
from models.check.dates import read_date
from models.check.figures import read_figure
from models.check.words import Word, claim_words, longest, names, words

_SHORTEST_ADVERB = 6
_LONGEST_GLOSS = 12
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
    made = _without_glosses(sentence, _with_unknown_markets(sentence, made))
    return tuple(_with_sides(_with_places(_with_contracts(sentence, _with_spreads(made)))))


def _without_glosses(sentence: str, of: list[Token]) -> list[Token]:
    """`bullish bets, or wagers that the index will rise, outnumbered …`: what a word means is no expectation."""
    made: list[Token] = []
    at = 0
    while at < len(of):
        opens = of[at].tag == "COMMA" and at + 1 < len(of) and sentence[of[at + 1].start : of[at + 1].end] == "or"
        inside = range(at + 2, min(at + 2 + _LONGEST_GLOSS, len(of)))
        closes = next((place for place in inside if of[place].tag == "COMMA"), None) if opens else None
        if closes is not None and {"THIS", "MODAL"} <= {token.tag for token in of[at:closes]}:
            at = closes + 1
        else:
            made.append(of[at])
            at += 1
    return made


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


_MARKET_NOUNS = frozenset("futures contracts".split())
_INDEX_NOUNS = frozenset("index gauge benchmark".split())
_BEFORE_MARKETS = frozenset("IN ON OF LONG SHORT BULL BEAR POSN".split())
_NO_NAMES = frozenset(
    "the a an all any both each every those these such its their his her our your some many most more other futures"
    " contracts options stock stocks share equity equities index currency commodity commodities metals energy grain"
    " agricultural financial regulated listed traded exchange cme cbot comex nymex ice cboe cftc front month mini micro"
    " e emini market markets i u.s us u.k uk wall street chicago new york america europe asia london and or with by"
    " standard same underlying cash related outstanding bullish bearish net gross again overall too now then"
    " buying selling trading holding using bought sold held hold own via through against from as at that which than"
    " is are was were commission week data report reports so just only still".split()
)
"""Words that name no market by themselves, though they stand where a name would: `net short index futures`."""
_LONGEST_NAME = 4


def _with_unknown_markets(sentence: str, of: list[Token]) -> list[Token]:
    """`net short Topix futures`, `net short in Treasurys`: the name of a market that no table has is one token.

    A name goes before `futures`, or begins with a capital right after a side or its preposition.
    """
    made: list[Token] = []
    at = 0
    while at < len(of):
        end = _end_of_unknown(sentence, of, at)
        if end > at:
            made.append(Token("UNKNOWN", of[at].start, of[end - 1].end, sentence[of[at].start : of[end - 1].end]))
        else:
            made.append(of[at])
        at = max(end, at + 1)
    return made


def _end_of_unknown(sentence: str, of: list[Token], at: int) -> int:
    """The place after the unknown market whose name begins here; `at` where none does."""

    def text(place: int) -> str:
        return sentence[of[place].start : of[place].end]

    def is_named(place: int) -> bool:
        if of[place].tag in ("w", "UNKNOWN"):
            return text(place).lower() not in _NO_NAMES
        return place > at and of[place].tag in ("NUM", "BOND")  # `Nikkei 225`

    end = at
    while end < min(len(of), at + _LONGEST_NAME) and is_named(end):
        end += 1
    if end == at or (at and is_named(at - 1)):
        return at
    before = [token.tag for token in of[max(0, at - 2) : at]]
    if at and text(at - 1).lower() in ("the", "a"):
        before = before[:-1]
    follows = end < len(of) and text(end).lower() in _MARKET_NOUNS
    is_index = end < len(of) and text(end).lower() in _INDEX_NOUNS
    is_placed = bool(before) and before[-1] in _BEFORE_MARKETS
    is_capital = text(at)[0].isupper()
    if of[at].tag == "UNKNOWN" or (follows and (is_placed or (is_capital and at > 0))):
        return end + follows
    if is_index and is_capital and at > 0:
        return end + 1
    is_last = end == len(of) or of[end].tag in ("STOP", "COMMA", "AND")
    if is_last and text(at - 1).lower() == "the" and before[-1:] in (["LONG"], ["SHORT"]):
        return end  # `net short the lira`
    sided = {"LONG", "SHORT"} & set(before) or (
        is_placed and {"LONG", "SHORT"} & {t.tag for t in of[max(0, at - 4) : at]}
    )
    return end if is_placed and is_capital and sided else at


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
