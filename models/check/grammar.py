"""From tokens to claims: each kernel gets its slots from the words around it and from what went before.

Nothing is filled in without being said: what comes from an earlier sentence, or is taken because the words
leave no other, stands in the claim's `assumed`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from models.check.claims import ClaimKind, Parsed, ParsedClaim, Unread
from models.check.context import Context
from models.check.kernels import LEAST_BARE_CONTRACTS, Kernel, kernels
from models.check.lexicon import Traders
from models.check.making import make
from models.check.tokens import Token, tokens
from models.check.values import Ago, Amount, Span
from models.check.words import claim_words, names
from models.windows import Window

_TOPICS = frozenset("MARKET SYMBOL GROUP SECTOR SPREAD EARN NET LONG SHORT LEV".split())
_FIGURES = frozenset("CON PCT PTS BP STREAK".split())
_SUPERLATIVES = frozenset("MOST LEAST WORST BEST RECORD".split())
_FAR = 8
"""How many words after a superlative a `since` still belongs to it."""
_ESTIMATES = frozenset([ClaimKind.GROWTH, ClaimKind.GROWTH_COMPARISON])
"""Kinds whose figures are expectations, so that a `will` before them is no supposition."""
_MOVES = frozenset([ClaimKind.PERFORMANCE, ClaimKind.DAYS])
_LETTERS = re.compile(r"[a-z0-9&.]*[a-z0-9&]|%")
_MOST_WORDS, _QUOTED = 160, 60
_ONE_DAY = timedelta(days=1)
_REACH = 7
"""How many words before a claim a `would` or `not` still belongs to it."""


@cache
def _topical_words() -> frozenset[str]:
    """The first words of everything that a claim can be about."""
    spoken_of = [entry for index in (names(), claim_words()) for entries in index.values() for entry in entries]
    tags = _TOPICS | _SUPERLATIVES | {"PER", "PTSW", "PREM"}
    return frozenset(words[0] for words, tag, _ in spoken_of if tag in tags)


def is_topical(sentence: str) -> bool:
    """Whether a sentence has any word that a claim can be about; the others need not be read."""
    return not _topical_words().isdisjoint(_LETTERS.findall(sentence.lower()))


def parse(sentence: str, context: Context) -> tuple[Parsed, Context]:
    """The claims of a sentence, what of it was not understood, and what the next sentence can build on."""
    if len(_LETTERS.findall(sentence.lower())) > _MOST_WORDS:
        return Parsed((), (Unread(sentence[:_QUOTED], "this is too long for a sentence"),)), context
    of = tokens(sentence) if is_topical(sentence) else ()
    tags = {token.tag for token in of}
    goes_on = bool(tags & {"PCT", "PTS", "SPAN"} and tags & {"PRON", "INDEXW"})
    if not (goes_on or tags & (_TOPICS | _SUPERLATIVES)):
        return Parsed((), _of_nothing_known(sentence, of, tags)), context
    found = kernels(of)
    if sentence.rstrip("\"'\u201d\u2019) ").endswith("?"):
        asked = (Unread(sentence, "a question claims nothing"),) if found else ()
        return Parsed((), asked), _moved_on(context, of, ())
    claims: list[ParsedClaim] = []
    unread: list[Unread] = []
    supposed: list[Kernel] = []
    for kernel in found:
        if kernel.kind not in _ESTIMATES and (
            _governs(of, kernel, {"MODAL", "IF"}) or _is_subject_of_modal(of, kernel)
        ):
            supposed.append(kernel)
            unread.append(Unread(_text(sentence, of, kernel), "an expectation or a supposition cannot be checked"))
            continue
        made = make(sentence, of, found, kernel, context, tuple(claims))
        if isinstance(made, Unread):
            unread.append(made)
        else:
            is_negated = kernel.tag("sup", of) != "NOT" and _governs(of, kernel, {"NOT"})
            claims.append(replace(made, is_negated=is_negated))
    handled = {place for kernel in found for place in kernel.kept.values()}
    unread += _left_over(sentence, of, handled)
    return Parsed(tuple(claims), tuple(unread)), _moved_on(context, of, claims)


def _of_nothing_known(sentence: str, of: Sequence[Token], tags: set[str]) -> tuple[Unread, ...]:
    """A rise or fall of something that no table of names has."""
    if not tags & {"UP", "DOWN"} or not tags & {"PCT", "BP", "SPAN"}:
        return ()
    moves = (kernel for kernel in kernels(of) if kernel.kind in _MOVES)
    return tuple(Unread(_text(sentence, of, kernel), "the app knows nothing that is named here") for kernel in moves)


def _text(sentence: str, of: Sequence[Token], kernel: Kernel) -> str:
    return sentence[of[kernel.first].start : of[kernel.end - 1].end]


def _governs(of: Sequence[Token], kernel: Kernel, tags: set[str]) -> bool:
    """Whether one of these stands before the claim, or inside it, within its clause."""
    last = max(kernel.kept.values())
    start = min(kernel.first, min(kernel.kept.values()))
    for place in range(last - 1, max(-1, start - _REACH - 1), -1):
        if of[place].tag == "STOP" or (of[place].tag in ("COMMA", "AND") and place < start):
            return False
        if of[place].tag in tags:
            return True
    return False


def _is_subject_of_modal(of: Sequence[Token], kernel: Kernel) -> bool:
    """`Widening spreads would hurt`: what is supposed is the widening."""
    return kernel.end < len(of) and of[kernel.end].tag == "MODAL"


def _left_over(sentence: str, of: Sequence[Token], handled: set[int]) -> list[Unread]:
    """Figures and superlatives about something known that no rule has read."""
    if not any(token.tag in _TOPICS for token in of):
        return []
    is_positional = any(token.tag in ("GROUP", "NET", "LONG", "SHORT") for token in of)
    found = []
    for place, token in enumerate(of):
        if place in handled:
            continue
        text = sentence[token.start : token.end]
        if token.tag == "PCT" and is_positional and any(t.tag in ("UP", "DOWN") for t in of[:place]):
            found.append(Unread(text, "a percentage change of a net position means nothing, as a net crosses zero"))
        elif token.tag in _FIGURES:
            found.append(Unread(text, "no kind of claim is known in which this figure stands so"))
        elif token.tag == "NUM" and [t.tag for t in of[place + 1 : place + 2]] == ["OF"]:
            found.append(Unread(text, "a number of months or weeks out of some is not understood"))
        elif token.tag == "NUM" and is_positional and _is_large(token):
            found.append(Unread(text, "no kind of claim is known in which this figure stands so"))
        elif token.tag == "SINCE" and not handled and any(t.tag == "NOT" for t in of):
            found.append(Unread(_rest(sentence, of, place), "what has not been so since then was not understood"))
        elif token.tag in ("BULL", "BEAR") and is_positional and not handled:
            found.append(Unread(text, "how much so is not said"))
        elif token.tag == "MULTV" and is_positional:
            found.append(Unread(text, "a multiple of a net position means nothing, as a net crosses zero"))
        elif token.tag == "NTH":
            found.append(Unread(text, "a place other than the first is not checked"))
        elif token.tag in _SUPERLATIVES and _is_claimed(of, place, handled):
            found.append(Unread(text, "what this is the most of was not understood"))
    return found


def _rest(sentence: str, of: Sequence[Token], place: int) -> str:
    """A `since` with the two words after it."""
    return sentence[of[place].start : of[min(place + 2, len(of) - 1)].end]


def _is_large(token: Token) -> bool:
    return isinstance(token.value, Amount) and abs(token.value.value) >= LEAST_BARE_CONTRACTS


def _is_claimed(of: Sequence[Token], place: int, handled: set[int]) -> bool:
    """Whether a superlative is followed by a `since`, or is a record of which nothing else was read."""
    if any(token.tag == "SINCE" for token in of[place : place + _FAR]):
        return True
    return of[place].tag == "RECORD" and not handled


def _lasts(window: Window | None) -> bool:
    """Whether a stretch of time goes on to the next sentence; a single day does not."""
    return window is not None and not (window.span and window.span[1] - window.span[0] <= _ONE_DAY)


def _weeks_named(of: Sequence[Token]) -> int | None:
    """The number of weeks that a sentence about positions names, `two weeks earlier` or `in two weeks`."""
    if not any(token.tag in ("NET", "LONG", "SHORT", "BULL", "BEAR", "GROUP") for token in of):
        return None
    spans = (token.value.span if isinstance(token.value, Ago) else token.value for token in of)
    return next((s.weeks for s in spans if isinstance(s, Span) and s.unit in ("week", "fortnight")), None)


def _moved_on(context: Context, of: Sequence[Token], claims: Sequence[ParsedClaim]) -> Context:
    """The context after a sentence: what it named, claims before mere mentions."""
    market = next((str(t.value) for t in of if t.tag == "MARKET"), None)
    shares = next((t.value for t in of if t.tag == "SYMBOL" and isinstance(t.value, tuple)), None)
    traders = next((t.value for t in of if isinstance(t.value, Traders)), None)
    for claim in claims:
        context = replace(
            context,
            market=claim.market or context.market,
            reports=claim.reports or context.reports,
            subject=claim.subject or context.subject,
            sector=claim.sector or context.sector,
            window=claim.window if _lasts(claim.window) else context.window,
        )
    days = [claim.day or context.newest_report for claim in claims if claim.kind.is_of_positions]
    context = replace(context, day=max(days, default=context.day))
    context = replace(context, reports=_weeks_named(of) or context.reports)
    if market and not any(claim.market for claim in claims):
        context = replace(context, market=market)
    if shares and not claims:
        context = replace(context, subject=shares)
    return replace(context, traders=traders or context.traders)
