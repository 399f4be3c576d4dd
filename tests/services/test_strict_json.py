"""JSON from outside: what the standard reader lets through and this one does not."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import strict_json
from services.errors import ErrorKind, SourceError

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_that_plain_values_are_read_as_they_are(value: object) -> None:
    assert strict_json.load(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b"9" * 6000,
        b"[" * 200_000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b"<html></html>",
    ],
)
def test_that_odd_answers_are_refused(body: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        strict_json.load(body)
    assert caught.value.kind is ErrorKind.BAD_CONTENT


@given(st.binary(max_size=200))
def test_that_any_bytes_give_a_value_or_one_kind_of_error(body: bytes) -> None:
    with contextlib.suppress(SourceError):
        strict_json.load(body)
