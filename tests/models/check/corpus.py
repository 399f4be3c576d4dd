"""The sentences with the claims that the reader must find in them: `corpus.txt`, which says how it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("corpus.txt")
JUNE = date(2017, 6, 16)
"""A Friday on which the report for 13 June was released."""


@dataclass(frozen=True)
class Example:
    """A sentence, the day of its article, and the claims expected: the kind and some of its slots, in any order.

    `before` are sentences that go before it and are not scored; `unread` is what the reader must say that it did not
    understand.
    """

    sentence: str
    expected: tuple[dict[str, Any], ...]
    article: date
    before: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def _words(text: str) -> str:
    return text.replace("_", " ")


def _symbols(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("traders", "sector", "spread"), _words),
    **dict.fromkeys(("subject", "other_subject"), _symbols),
    "value": float,
    "day": date.fromisoformat,
    "since": date.fromisoformat,
    **dict.fromkeys(("side", "reports", "length", "hits", "year"), int),
    **dict.fromkeys(("is_negated", "is_change", "before_day"), "yes".__eq__),
}
_OPEN = frozenset(["none", "record"])


def _claim(line: str) -> dict[str, Any]:
    kind, *slots = line.split()
    pairs = (slot.split("=", 1) for slot in slots)
    return {"kind": kind} | {name: None if text in _OPEN else _READ.get(name, str)(text) for name, text in pairs}


def _examples(lines: list[str]) -> Iterator[Example]:
    article, at = JUNE, 0
    before: list[str] = []
    while at < len(lines):
        line, at = lines[at], at + 1
        if line.startswith("@ "):
            article = date.fromisoformat(line.removeprefix("@ "))
        elif line.startswith("< "):
            before.append(line.removeprefix("< "))
        elif line and not line.startswith("#"):
            end = next((p for p in range(at, len(lines)) if not lines[p].startswith("    ")), len(lines))
            below = [text.strip() for text in lines[at:end]]
            unread = tuple(text.removeprefix("? ") for text in below if text.startswith("? "))
            claims = tuple(_claim(text) for text in below if not text.startswith("? "))
            yield Example(line, claims, article, tuple(before), unread)
            before, at = [], end


CORPUS = tuple(_examples(PATH.read_text("utf-8").splitlines()))
