"""From what was pasted or opened to plain sentences: markup left out, abbreviations kept together."""

import html
import re
from dataclasses import dataclass

MAX_BYTES = 1_048_576
"""A longer text is no article."""
MAX_SENTENCE = 1_200
"""A sentence longer than this is cut at a space; nothing in it would be found anyway."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![a-zA-Z\[][^<>]*>")
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|header|footer|blockquote|title)\b", re.IGNORECASE
)
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = "\u00a0\u2007\u2009\u202f\u2002\u2003"

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STOP = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s)")
_OPENING = "\"'\u201c\u2018([$"
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen st jr sr inc corp co ltd llc plc cos bros vs etc no nos vol approx est dept"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun p pp fig al cf e.g i.e"
    " u.s u.k e.u n.y d.c a.m p.m ph.d p.c".split()
)
_MAY_END = frozenset("u.s u.k e.u n.y d.c a.m p.m inc corp co ltd etc p.c".split())
"""Abbreviations that often are the last word of a sentence; a capital after them decides."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, its spaces made single; `start` and `end` are its place in the article's plain text."""

    text: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Article:
    """The plain text, its sentences in order, and what was done to it in words for people."""

    plain: str
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()


def read(text: str) -> Article:
    """Plain sentences of a text that may hold markup. Nothing of the markup is kept, and that is said."""
    plain, is_marked_up = _without_markup(text)
    notes = ("The text holds markup, which is left out.",) if is_marked_up else ()
    return Article(plain, tuple(_sentences(plain)), notes)


def _without_markup(text: str) -> tuple[str, bool]:
    body = _with_plain_spaces(text.replace("\r\n", "\n").replace("\r", "\n"))
    is_marked_up = _TAG.search(body) is not None or "<!--" in body
    if is_marked_up:
        for opening, closing in _HIDDEN:
            body = _without_blocks(body, opening, closing)
        body = html.unescape(_TAG.sub(lambda tag: "\n\n" if _BLOCK.match(tag[0]) else "", body))
    return _CONTROL.sub("", _with_plain_spaces(body)), is_marked_up


def _with_plain_spaces(text: str) -> str:
    for space in _SPACES:  # a translation table would take ten times as long over a long text
        text = text.replace(space, " ")
    return text


def _without_blocks(text: str, opening: str, closing: str) -> str:
    """Without everything from each opening to its closing; one that is never closed hides the rest."""
    lower, parts, at = text.lower(), [], 0
    while (start := lower.find(opening, at)) >= 0:
        parts.append(text[at:start])
        end = lower.find(closing, start)
        if end < 0:
            return "".join(parts)
        at = end + len(closing)
    return "".join([*parts, text[at:]])


def _sentences(plain: str) -> list[Sentence]:
    found: list[Sentence] = []
    at = 0
    for number, gap in enumerate([*_PARAGRAPH.finditer(plain), None]):
        end = gap.start() if gap else len(plain)
        for start, stop in _spans(plain[at:end]):
            found.append(Sentence(" ".join(plain[at + start : at + stop].split()), at + start, at + stop, number))
        at = gap.end() if gap else end
    return found


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """Start and end of each sentence within a paragraph."""
    ends = [stop.end() for stop in _STOP.finditer(paragraph) if _is_end(paragraph, stop)]
    spans: list[tuple[int, int]] = []
    at = 0
    for end in [*ends, len(paragraph)]:
        while at < end and paragraph[at].isspace():
            at += 1
        while end - at > MAX_SENTENCE:
            cut = paragraph.rfind(" ", at, at + MAX_SENTENCE)
            cut = cut if cut > at else at + MAX_SENTENCE
            spans.append((at, cut))
            at = cut + (paragraph[cut : cut + 1] == " ")
        if at < end and paragraph[at:end].strip():
            spans.append((at, end))
        at = end
    return spans


def _is_end(text: str, stop: re.Match[str]) -> bool:
    """Whether a stop ends the sentence: what follows begins with a capital or figure, and no abbreviation goes before.

    A line break alone ends nothing, as lines are wrapped.
    """
    rest = text[stop.end() : stop.end() + 40].lstrip().lstrip(_OPENING)
    if rest[:1] and not (rest[0].isupper() or rest[0].isdigit()):
        return False
    if stop[0][0] != ".":
        return True
    before = text[max(0, stop.start() - 12) : stop.start()].split()
    word = before[-1].lower().lstrip(_OPENING) if before else ""
    if word in _MAY_END:
        return rest[:1].isupper() and not _is_name_after(word, rest)
    is_initial = len(word) == 1 and word.isalpha()
    return word not in _ABBREVIATIONS and not is_initial


def _is_name_after(word: str, rest: str) -> bool:
    """`U.S. Treasury` goes on, `in the U.S. The` does not."""
    following = rest.split(maxsplit=1)[0].strip(".,").lower() if rest else ""
    return word in {"u.s", "u.k", "e.u"} and following not in _STARTERS


_STARTERS = frozenset(
    "the a an in on at for but and it its this that these those they he she we as while when since after before"
    " hedge speculators investors traders stocks shares meanwhile however still last small large".split()
)
