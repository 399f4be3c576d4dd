"""The help text: whole, searched by words, and in the app's own wording."""

import re

from models.definitions import DEFINITIONS, matching

FORBIDDEN = re.compile(r"\b(we|buy|sell|surge|soar|historic|forecast|bullish signal)\b", re.IGNORECASE)


def test_that_each_term_is_explained_once_and_in_sentences() -> None:
    terms = [one.term for one in DEFINITIONS]
    assert len(terms) == len(set(terms))
    assert all(one.text.endswith(".") and len(one.text) > 20 for one in DEFINITIONS)


def test_that_sections_stand_together() -> None:
    sections = [one.section for one in DEFINITIONS]
    assert sorted(sections, key=list(dict.fromkeys(sections)).index) == sections


def test_that_no_word_recommends_or_shouts() -> None:
    for one in DEFINITIONS:
        assert not FORBIDDEN.search(f"{one.term} {one.text}"), one.term
        assert "!" not in one.text


def test_that_the_search_wants_every_word_and_puts_terms_first() -> None:
    assert next(one.term for one in matching("cot index")) == "COT index"
    assert [one.term for one in matching("half disc")] == ["Half disc: sample too short"]
    assert next(one.term for one in matching("hedge funds")) == "Leveraged funds"
    assert matching("no such word") == []
    assert matching("  ") == list(DEFINITIONS)
