"""What of a sentence no claim took up: every figure, and the words that claim something of a thing that is known."""

from collections.abc import Sequence

from models.check.claims import Unread
from models.check.kernel import CLAUSE_ENDS, clause_of
from models.check.tokens import Token
from models.check.values import Period, Span

TOPICS = frozenset("MARKET SYMBOL GROUP SECTOR SPREAD EARN NET LONG SHORT LEV".split())
SUPERLATIVES = frozenset("MOST LEAST WORST BEST RECORD".split())
_SIZES = frozenset("CON PCT PTS BP USD MONEY".split())
"""Figures that say what they count."""
_FIGURES = _SIZES | frozenset("TIMES FRAC HALF NUM STREAK NTH".split())
_DATES = frozenset("SPAN AGO LATERN DAY MON YEAR PERIOD".split())
_NAMES = frozenset(["MARKET", "SYMBOL"])
_MOVES = frozenset("UP DOWN BEAT LAG NARROW WIDE FLAT".split())
_SIDES, _VERBS = frozenset("LONG SHORT BULL BEAR".split()), frozenset("BE SHAREV FLIP AUX NOT".split())
_SUBJECTS = frozenset("MARKET SYMBOL SECTOR BOND SPREAD NET LONG SHORT".split())
_FAR = 8
"""How many words after a superlative a `since` still belongs to it."""

_NO_KIND = "this figure belongs to no claim that can be checked"
_NO_MULTIPLE = "a multiple of a net position means nothing, as a net crosses zero"
_NOT_MOST = "what this is the most of was not understood"
_NO_MEANING = "a percentage change of a net position means nothing, as a net crosses zero"


def left_over(sentence: str, of: Sequence[Token], handled: set[int], *, has_claims: bool) -> list[Unread]:
    """In the order of the sentence. `handled` are the places of which a claim, or a reason against it, made use."""
    open_places = [place for place in range(len(of)) if place not in handled]
    if not any(token.tag in TOPICS or token.tag in ("BOND", "NTH") for token in of):
        sizes = (of[place] for place in open_places if of[place].tag in _SIZES)
        return [Unread(sentence[size.start : size.end], _NO_KIND) for size in sizes]
    reasons = _Reasons(sentence, of, handled, has_claims=has_claims)
    found = {place: reason for place in open_places if (reason := reasons.of(place))}
    made = {place: Unread(sentence[of[place].start : of[place].end], reason) for place, reason in found.items()}
    figures = {place for place in found if of[place].tag not in _DATES}
    clauses = _clauses(sentence, of, handled | figures)
    made |= {clause.start: unread for clause, unread in clauses.items()}
    is_told = {place for clause in clauses for place in clause[1:]}
    return [made[place] for place in sorted(made) if place not in is_told]


class _Reasons:
    """Why a token that no claim took up is not checked; "" for one that claims nothing."""

    def __init__(self, sentence: str, of: Sequence[Token], handled: set[int], *, has_claims: bool) -> None:
        self._sentence = sentence
        self._of = of
        self._handled = handled
        self._has_claims = has_claims
        self._is_positional = any(token.tag in ("GROUP", "NET", "LONG", "SHORT") for token in of)

    def of(self, place: int) -> str:
        token = self._of[place]
        if token.tag in _FIGURES or (token.tag == "ORD" and self._counts_moves(place)):
            return self._of_figure(place)
        if token.tag == "UNKNOWN" and self._is_positional:
            return "unknown market"
        if token.tag in ("MARKET", "SYMBOL", "GROUP") and self._is_one_of_two(place):
            return "what is said of several things is checked of one alone"
        if token.tag in _DATES and self._has_claims and not self._is_no_time(place):
            return "no claim was taken to be of this time"
        if token.tag in ("HIGH", "LOW") and place and isinstance(self._of[place - 1].value, Span):
            return "highs and lows of prices are not checked" if not self._is_positional else _NOT_MOST
        if token.tag == "SINCE" and not self._handled and self._is_so_since(place):
            return "what is so since then was not understood"
        if token.tag in ("BULL", "BEAR") and self._is_positional and not self._handled:
            return "how much so is not said"
        is_since = any(t.tag == "SINCE" for t in self._of[place : place + _FAR])
        if token.tag == "FIRST" and (" " in self._text(place) or is_since):
            return "what is the first was not understood"
        if token.tag == "MULTV":
            return _NO_MULTIPLE if self._is_positional else "how much it was before is not checked"
        if token.tag in SUPERLATIVES and self._is_claimed(place):
            is_past = token.tag == "RECORD" and self._is_positional and self._has_claims
            return "when this was a record is not said" if is_past else _NOT_MOST
        return ""

    def _text(self, place: int) -> str:
        return self._sentence[self._of[place].start : self._of[place].end].lower()

    def _of_figure(self, place: int) -> str:
        tag, before = self._of[place].tag, self._of[:place]
        if tag == "NTH":
            return "a place other than the first is not checked"
        if tag == "PCT" and self._is_positional and any(t.tag in ("UP", "DOWN") for t in before):
            return _NO_MEANING
        if self._text(place) == "one":
            return ""  # `by one measure`
        return _NO_KIND

    def _counts_moves(self, place: int) -> bool:
        """`its fourth gain`."""
        return any(t.tag in ("UP", "DOWN", "WEEKLY", "MONTHLY") for t in self._of[place + 1 : place + 3])

    def _is_no_time(self, place: int) -> bool:
        """`a year` of `start to a year`, `the week` before the day on which it ended, `this year` beside its months."""
        if not self._is_of_topic(place):
            return True  # `data showed on Friday`
        value, text = self._of[place].value, self._text(place)
        if isinstance(value, Span):
            return value.until is not None or text.startswith(("a ", "an "))
        return isinstance(value, Period) and value.name == "ytd"

    def _is_of_topic(self, place: int) -> bool:
        """Whether the clause speaks of something known, or a claim took up a word of it."""
        clause = clause_of(self._of, place, place)
        return any(p in self._handled or self._of[p].tag in TOPICS for p in clause)

    def _is_one_of_two(self, place: int) -> bool:
        """`Gold and silver rose`: of two names the one that no claim took up; not `hedge funds and other traders`."""
        kinds = _NAMES if self._of[place].tag in _NAMES else {"GROUP"}
        joined = (p for p in range(max(0, place - 4), min(len(self._of), place + 5)) if p != place)
        for other in (p for p in joined if self._of[p].tag in kinds and p in self._handled):
            between = range(min(place, other) + 1, max(place, other))
            tags = {self._of[p].tag for p in between}
            if tags <= {"w", "COMMA", "AND", "NOT"} and tags & {"AND", "NOT"}:
                return not any(self._text(p) == "other" for p in between)
        return False

    def _is_so_since(self, place: int) -> bool:
        """Whether a `since` has a date, or denies; one of a superlative is named with that."""
        if any(t.tag == "NOT" for t in self._of):
            return True
        is_of_most = any(t.tag in SUPERLATIVES for t in self._of[max(0, place - _FAR) : place])
        return not is_of_most and any(t.tag in _DATES for t in self._of[place : place + 4])

    def _is_claimed(self, place: int) -> bool:
        """Whether a superlative is followed by a `since`, or is a record."""
        before = self._of[max(0, place - 2) : place]
        if self._of[place].tag == "RECORD":
            return not any(t.tag == "NTH" for t in before)
        return any(t.tag == "SINCE" for t in self._of[place : place + _FAR])


def _is_side(sentence: str, token: Token, clause: set[str]) -> bool:
    """`short gold`, `betting on a rally`; no `long road`."""
    is_phrase = " " in sentence[token.start : token.end]
    return token.tag in _SIDES and (is_phrase or bool(clause & {"MARKET", "GROUP", "NET"}))


def _clauses(sentence: str, of: Sequence[Token], handled: set[int]) -> dict[range, Unread]:
    """Clauses in which something known moves, or has a side, of which no claim took up a word, by their places."""
    start, found = 0, {}
    for place in range(len(of) + 1):
        if place < len(of) and of[place].tag not in CLAUSE_ENDS:
            continue
        inside = range(start, place)
        start = place + 1
        tags = {of[p].tag for p in inside}
        is_sided = tags & _VERBS and any(_is_side(sentence, of[p], tags) for p in inside)
        says = tags & _MOVES or is_sided or ("NET" in tags and tags & {"FLIP", *_SIDES})
        if handled.isdisjoint(inside) and tags & _SUBJECTS and says:
            text = sentence[of[inside[0]].start : of[inside[-1]].end]
            found[inside] = Unread(text, "this wording was not understood")
    return found
