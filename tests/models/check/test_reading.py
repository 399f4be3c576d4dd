from datetime import date
from random import Random

import pytest

from models.check.context import Context
from models.check.grammar import parse
from models.check.text import MAX_SENTENCE, read
from models.check.tokens import tokens
from models.check.values import Hedge, Unit, amount
from tests.models.check.corpus import CORPUS, JUNE
from tests.models.check.score import mark, scores
from tests.models.check.score import read as read_example

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.85


def test_that_the_corpus_is_read_with_few_errors_in_every_kind() -> None:
    assert len(CORPUS) >= 60
    for score in scores(mark(example) for example in CORPUS):
        assert score.precision >= LEAST_PRECISION, score
        assert score.recall >= LEAST_RECALL, score


def test_that_what_the_corpus_names_as_not_understood_is_said() -> None:
    assert [one for one in map(mark, CORPUS) if one.dropped] == []


def test_that_no_amount_of_the_corpus_is_dropped_in_silence() -> None:
    for example in CORPUS:
        parsed = read_example(example)
        said = " | ".join([*(claim.text for claim in parsed.claims), *(unread.text for unread in parsed.unread)])
        for token in tokens(example.sentence) if parsed.claims else ():
            text = example.sentence[token.start : token.end]
            if token.tag in ("CON", "PCT", "PTS", "BP", "USD", "TIMES"):
                assert text in said, example.sentence


def test_that_no_soup_of_words_breaks_the_reader() -> None:
    chance = Random(7)
    words = [word for example in CORPUS for word in example.sentence.split()]
    words += [
        "9,999,999",
        "99999999999",
        "days to June 13",
        "weeks ago,",
        "decades",
        "from May 31 to",
        "\u00a33bn",
        "0",
    ] * 99
    for length in range(2_000):
        sentence = " ".join(chance.choices(words, k=3 + length % 30))
        parse(sentence, Context(date(2024, 2, 29), market="gold"))


def test_that_sentences_end_where_people_end_them() -> None:
    text = 'Mr. Smith of Acme Inc. said U.S. stocks rose 3.4 percent.\n"It was the worst start." On Jan. 3 it fell'
    text += " in the U.S. The"
    assert [s.text for s in read(text).sentences] == [
        "Mr. Smith of Acme Inc. said U.S. stocks rose 3.4 percent.",
        '"It was the worst start."',
        "On Jan. 3 it fell in the U.S.",
        "The",
    ]


def test_that_a_sentence_keeps_its_place_in_the_plain_text() -> None:
    article = read("One  thing.\n\nAnother\nthing. A third.")
    assert [article.plain[s.start : s.end] for s in article.sentences] == ["One  thing.", "Another\nthing.", "A third."]
    assert article.sentences[1].text == "Another thing."


def test_that_markup_is_left_out_and_that_this_is_said() -> None:
    article = read("<p>Hedge &amp; funds</p><script>alert('net long')</script><p>1 < 2 and 3 > 2.</p>")
    assert article.plain.split() == "Hedge & funds 1 < 2 and 3 > 2.".split()
    assert article.notes == ("The text holds markup, which is left out.",)
    assert read("1 < 2 and 3 > 2.").notes == ()


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "<script" * 150_000, "a. B " * 200_000, "<a" * 500_000, "\n\n" * 500_000, "x" * 1_000_000],
)
def test_that_a_megabyte_of_anything_is_split_into_sentences_of_bounded_length(text: str) -> None:
    sentences = read(text).sentences
    assert all(len(sentence.text) <= MAX_SENTENCE for sentence in sentences)
    assert len(sentences) <= len(text) / 2


def test_that_a_figure_stands_for_what_its_rounding_leaves_open() -> None:
    assert amount(7500, 100).allows(7542)
    assert not amount(7500, 100).allows(7560)
    assert amount(7500, 100, hedge=Hedge.ABOUT).allows(-7800)
    assert amount(7, 1, Unit.POINTS, Hedge.ALMOST).allows(6.76)
    assert not amount(7, 1, Unit.POINTS, Hedge.MORE).allows(6.9)
    assert not amount(3.4, 0.1).allows(3.49)


def test_that_what_is_not_understood_is_said() -> None:
    parsed, _ = parse("The Russell 2000 is the largest it has been, at 12 percent.", Context(JUNE))
    assert not parsed.claims
    assert [unread.text for unread in parsed.unread] == ["12 percent"]
    asked, _ = parse("Are hedge funds net long gold?", Context(JUNE))
    assert asked.unread[0].reason == "a question claims nothing"
    supposed, _ = parse("Gold could rise 5 percent this month.", Context(JUNE))
    assert "supposition" in supposed.unread[0].reason


def test_that_a_claim_without_a_market_is_not_given_one() -> None:
    parsed, context = parse("Speculators are net long 7,500 contracts.", Context(JUNE))
    assert not parsed.claims
    assert parsed.unread[0].reason == "no market is named"
    _, context = parse("Gold fell.", context)
    claim = parse("Speculators are net long 7,500 contracts.", context)[0].claims[0]
    assert claim.market == "gold"
    assert claim.assumed == ("the market is that of an earlier sentence", "speculators, as in an earlier sentence")[:1]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on June 13", date(2017, 6, 13)),
        ("on December 27", date(2016, 12, 27)),
        ("on Feb. 29, 2016", date(2016, 2, 29)),
        ("last Tuesday", date(2017, 6, 13)),
        ("a week ago", date(2017, 6, 6)),
        ("yesterday", date(2017, 6, 15)),
        ("on 2017-05-30", date(2017, 5, 30)),
        ("on 6 June", date(2017, 6, 6)),
    ],
)
def test_that_days_are_set_against_the_article(words: str, day: date) -> None:
    claims = parse(f"Speculators were net long 7,500 contracts of gold {words}.", Context(JUNE))[0].claims
    assert [claim.day for claim in claims] == [day]


def test_that_an_unknown_market_is_named_and_does_not_become_the_one_before() -> None:
    _, context = parse("Speculators were net short VIX futures.", Context(JUNE))
    parsed, after = parse("Speculators were net short Nikkei futures.", context)
    assert [unread.reason for unread in parsed.unread] == ["unknown market: Nikkei futures"]
    assert (parsed.claims, after.market) == ((), None)


def test_that_a_record_is_claimed_once() -> None:
    parsed, _ = parse("Speculators hold the largest net short position in VIX futures ever.", Context(JUNE))
    assert (len(parsed.claims), parsed.unread) == (1, ())
