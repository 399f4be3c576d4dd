"""What a person reads for each kind of error: a sentence of its own, pinned here, without a word from outside."""

import re

import pytest

from services.errors import RETRIED, SENTENCES, STOPS_HOST, ErrorKind, SourceError

PINNED = {
    "offline": "The provider could not be reached.",
    "timeout": "The provider did not answer in time.",
    "cancelled": "The refresh was cancelled.",
    "tls": "The provider's certificate could not be verified, so nothing was downloaded.",
    "protocol": "The provider's answer was not valid HTTP.",
    "redirect": "The provider sent the request to an address that is not allowed.",
    "rate_limited": "The provider asks for fewer requests.",
    "server": "The provider reports a fault of its own.",
    "forbidden": "The provider refused the request.",
    "not_found": "The provider no longer has this address.",
    "bad_request": "The provider did not understand the request; its columns may have changed.",
    "too_big": "The answer was far larger than it should be and was cut off.",
    "truncated": "The connection broke before the whole answer had arrived.",
    "bad_content": "The answer could not be read.",
    "web_page": "The provider sent a web page instead of data.",
    "empty": "The answer was empty.",
    "changed_format": "The provider's file has changed its form.",
    "implausible": "The figures do not fit what was known before and were set aside.",
    "wrong_date": "The provider sent another date than was asked for.",
    "not_accepted": "The terms of this source have not been accepted.",
    "not_allowed": "The address is not one that the app may ask.",
    "no_key": "This source needs a key of your own, and none was entered.",
}


def test_that_each_kind_has_the_sentence_that_is_pinned() -> None:
    assert {kind.value: sentence for kind, sentence in SENTENCES.items()} == PINNED
    assert set(SENTENCES) == set(ErrorKind)


def test_that_no_two_kinds_say_the_same() -> None:
    assert len(set(SENTENCES.values())) == len(ErrorKind)


@pytest.mark.parametrize("kind", ErrorKind)
def test_that_a_sentence_is_one_plain_sentence(kind: ErrorKind) -> None:
    assert re.fullmatch(r"[A-Z][^.!?\n]*\.", SENTENCES[kind])
    said = SourceError(kind, "<b>a word from outside</b>", url="https://example.org/?key=1").sentence
    assert said == SENTENCES[kind]


def test_that_a_host_is_left_alone_for_what_passes_slowly_and_asked_again_for_what_may_pass_at_once() -> None:
    assert {ErrorKind.TLS} == STOPS_HOST - RETRIED
    assert {ErrorKind.TRUNCATED} == RETRIED - STOPS_HOST
