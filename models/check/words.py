"""The words of a sentence, and tables of wordings that are looked up by their first word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from models.check import lexicon
from models.check.vocabulary import TAGS


@dataclass(frozen=True)
class Word:
    """A word in lower case without its possessive; `is_capital` as it was written, `is_hyphened` to the next word."""

    text: str
    start: int
    end: int
    is_capital: bool = False
    is_hyphened: bool = False


_WORD = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}:\d{2}"
    r"|\d+(?:,\d{3})*(?:\.\d+)?(?:(?:st|nd|rd|th)\b)?"
    r"|[A-Za-z\u00c0-\u024f]+(?:[.&][A-Za-z]+)*(?:['\u2019][A-Za-z]+)?"
    r"|[%$\u00a3\u20ac\u00a5&;:()\u2014,+\u2212]|(?<![A-Za-z])[-\u2013](?=\d)|--"
)
_HYPHENS = frozenset("-\u2010\u2011\u2013")


def words(sentence: str) -> list[Word]:
    found = []
    for match in _WORD.finditer(sentence):
        text = match[0].lower().replace("\u2019", "'")
        if text.endswith("'s"):
            text = text[:-2]
        is_hyphened = sentence[match.end() : match.end() + 1] in _HYPHENS
        found.append(Word(text, match.start(), match.end(), match[0][0].isupper(), is_hyphened))
    return found


Entry = tuple[tuple[str, ...], str, object]


def entries(table: Mapping[object, str], tag: str | None) -> list[Entry]:
    """Wordings as word tuples; without a tag the table's own keys are tags."""
    return [
        (tuple(word.text for word in words(wording)), tag or str(key), key)
        for key, wordings in table.items()
        for wording in wordings.split("|")
    ]


def indexed(made: list[Entry]) -> dict[str, list[Entry]]:
    index: dict[str, list[Entry]] = {}
    for entry in made:
        index.setdefault(entry[0][0], []).append(entry)
    for group in index.values():
        group.sort(key=lambda entry: -len(entry[0]))  # stable: of equal length the earlier table goes first
    return index


@cache
def names() -> dict[str, list[Entry]]:
    """Markets, groups, shares, sectors and spreads, by their first word."""
    tables: list[tuple[Mapping[object, str], str]] = [
        (lexicon.MARKET_WORDS, "MARKET"),  # type: ignore[list-item]
        ({None: lexicon.UNKNOWN_MARKET_WORDS}, "UNKNOWN"),
        (lexicon.TRADER_WORDS, "GROUP"),  # type: ignore[list-item]
        (lexicon.SYMBOL_WORDS, "SYMBOL"),  # type: ignore[list-item]
        (lexicon.SPREAD_WORDS, "SPREAD"),  # type: ignore[list-item]
        (lexicon.SECTOR_WORDS, "SECTOR"),  # type: ignore[list-item]
        (lexicon.BOND_WORDS, "BOND"),  # type: ignore[list-item]
        ({None: lexicon.PREMIUM_WORDS}, "PREM"),
    ]
    return indexed([entry for table, tag in tables for entry in entries(table, tag)])


@cache
def claim_words() -> dict[str, list[Entry]]:
    return indexed(entries(TAGS, None))  # type: ignore[arg-type]


def longest(index: Mapping[str, list[Entry]], at: int, of: list[Word]) -> tuple[Entry, int] | None:
    """The longest entry that begins at a word, and the place after it."""
    for entry in index.get(of[at].text, ()):
        end = at + len(entry[0])
        if end <= len(of) and all(of[at + i].text == text for i, text in enumerate(entry[0])):
            return entry, end
    return None
