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
from models.check.kernel import Kernel
from models.check.kernels import kernels
from models.check.left_over import SUPERLATIVES, TOPICS, left_over
from models.check.lexicon import Traders
from models.check.making import make
from models.check.tokens import Token, tokens
from models.check.values import Ago, Span
from models.check.words import claim_words, names
from models.windows import Window

_ESTIMATES = frozenset([ClaimKind.GROWTH, ClaimKind.GROWTH_COMPARISON])
"""Kinds whose figures are expectations, so that a `will` before them is no supposition."""
_UP_OR_DOWN = frozenset(["UP", "DOWN"])
_MOVES = frozenset([ClaimKind.PERFORMANCE, ClaimKind.DAYS])
_NOTHING_KNOWN = "the app knows nothing that is named here"
_LETTERS = re.compile(r"[a-z0-9&.]*[a-z0-9&]|%")
_MOST_WORDS, _QUOTED = 160, 60
_ONE_DAY = timedelta(days=1)
_REACH = 7
"""How many words before a claim a `would` or `not` still belongs to it."""


@cache
def _topical_words() -> frozenset[str]:
    """The first words of everything that a claim can be about."""
    spoken_of = [entry for index in (names(), claim_words()) for entries in index.values() for entry in entries]
    tags = TOPICS | SUPERLATIVES | {"PER", "PTSW", "PREM", "BOND"}
    return frozenset(words[0] for words, tag, _ in spoken_of if tag in tags)


@cache
def _moves() -> frozenset[str]:
    return frozenset(words[0] for entries in claim_words().values() for words, tag, _ in entries if tag in _UP_OR_DOWN)


def is_topical(sentence: str) -> bool:
    """Whether a sentence has any word that a claim can be about, or says `it rose`; the others need not be read."""
    found = _LETTERS.findall(sentence.lower())
    return not _topical_words().isdisjoint(found) or ("it" in found and not _moves().isdisjoint(found))


def parse(sentence: str, context: Context) -> tuple[Parsed, Context]:
    """The claims of a sentence, what of it was not understood, and what the next sentence can build on."""
    if len(_LETTERS.findall(sentence.lower())) > _MOST_WORDS:
        return Parsed((), (Unread(sentence[:_QUOTED], "this is too long for a sentence"),)), context
    of = tokens(sentence) if is_topical(sentence) else ()
    tags = {token.tag for token in of}
    goes_on = bool(tags & {"PCT", "PTS", "SPAN"} and tags & {"PRON", "IT", "INDEXW"})
    goes_on |= context.window is not None and bool(tags & {"IT", "INDEXW"} and tags & _UP_OR_DOWN)
    if not (goes_on or tags & (TOPICS | SUPERLATIVES | {"NTH"})):
        return Parsed((), tuple(_of_nothing_known(sentence, of))), context
    found = kernels(of)
    if sentence.rstrip("\"'\u201d\u2019) ").endswith("?"):
        asked = (Unread(sentence, "a question claims nothing"),) if found else ()
        return Parsed((), asked), _moved_on(context, of, ())
    claims: list[ParsedClaim] = []
    unread: list[Unread] = []
    handled: set[int] = set()
    for kernel in found:
        if kernel.kind not in _ESTIMATES and (
            (_governing(of, kernel, {"MODAL", "IF"}) and kernel.tag("side", of) not in ("UP", "DOWN"))
            or _is_subject_of_modal(of, kernel)
        ):
            handled.update(range(kernel.first, kernel.end))
            unread.append(Unread(_text(sentence, of, kernel), "an expectation or a supposition cannot be checked"))
            continue
        made, read = make(sentence, of, found, kernel, context, tuple(claims))
        handled |= read
        if isinstance(made, Unread):
            unread.append(made)
        else:
            is_negated = kernel.tag("sup", of) != "NOT" and _is_denied(sentence, of, kernel)
            claims.append(replace(made, is_negated=is_negated))
    unread += left_over(sentence, of, handled, has_claims=bool(claims))
    return Parsed(tuple(claims), tuple(unread)), _moved_on(context, of, claims)


def _of_nothing_known(sentence: str, of: Sequence[Token]) -> list[Unread]:
    """Rises, falls and figures of something that no table of names has."""
    moves = [kernel for kernel in kernels(of) if kernel.kind in _MOVES]
    handled = {place for kernel in moves for place in range(kernel.first, kernel.end)}
    unread = [Unread(_text(sentence, of, kernel), _NOTHING_KNOWN) for kernel in moves]
    return unread + left_over(sentence, of, handled, has_claims=False)


def _text(sentence: str, of: Sequence[Token], kernel: Kernel) -> str:
    return sentence[of[kernel.first].start : of[kernel.end - 1].end]


def _governing(of: Sequence[Token], kernel: Kernel, tags: set[str]) -> set[int]:
    """The places of those of these that stand before the claim, or inside it, within its clause."""
    last = max(kernel.kept.values())
    start = min(kernel.first, min(kernel.kept.values()))
    found: set[int] = set()
    for place in range(last - 1, max(-1, start - _REACH - 1), -1):
        if of[place].tag == "STOP" or (of[place].tag in ("COMMA", "AND") and place < start):
            break
        if of[place].tag in tags:
            found.add(place)
            if of[place].value == "nor":
                break  # `neither … nor` deny once
    return found


def _is_denied(sentence: str, of: Sequence[Token], kernel: Kernel) -> bool:
    """Whether the words around a claim turn it round; two that do so leave it as it is."""
    denials = _governing(of, kernel, {"NOT"})
    for place, token in enumerate(of):
        if token.tag == "UNTRUE" and _is_called_untrue(sentence, of, kernel, place):
            denials |= {place, *(p for p in range(max(0, place - 2), place) if of[p].tag == "NOT")}
    return len(denials) % 2 == 1


def _is_called_untrue(sentence: str, of: Sequence[Token], kernel: Kernel, place: int) -> bool:
    """`It is untrue, they say, that …` up to a `but`; `Reports that … are false` in one clause."""
    first = min(kernel.kept.values())
    if place < first:
        between = of[place:first]
        return not any(t.tag == "STOP" or sentence[t.start : t.end].lower() in ("but", "yet") for t in between)
    after = {token.tag for token in of[kernel.end : place]}
    return not after & {"COMMA", "STOP", "AND"} and any(token.tag == "THIS" for token in of[:first])


def _is_subject_of_modal(of: Sequence[Token], kernel: Kernel) -> bool:
    """`Widening spreads would hurt`: what is supposed is the widening."""
    return kernel.end < len(of) and of[kernel.end].tag == "MODAL"


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
    if traders is not None:  # `hedge funds and other speculators` are what the claim took them for
        traders = next((claim.traders for claim in reversed(claims) if claim.traders), traders)
    before = context.market
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
    is_other = any(claim.market and claim.market != before for claim in claims)
    latest = [*days, *([context.latest] if context.latest and not is_other else [])]
    context = replace(context, day=max(days, default=context.day), latest=max(latest, default=None))
    context = replace(context, reports=_weeks_named(of) or context.reports)
    if not any(claim.market for claim in claims):
        is_unknown = market is None and any(token.tag == "UNKNOWN" for token in of)
        context = replace(context, market=None if is_unknown else market or context.market)
    if shares and not claims:
        context = replace(context, subject=shares)
    return replace(context, traders=traders or context.traders)
