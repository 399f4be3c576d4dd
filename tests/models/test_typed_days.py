"""Days as people type them."""

from datetime import date

import pytest

from models.typed_days import NOT_UNDERSTOOD, parse_day

TODAY = date(2017, 6, 17)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("16 Jun 2017", date(2017, 6, 16)),
        ("2017-06-16", date(2017, 6, 16)),
        (" 2017-6-5 ", date(2017, 6, 5)),
        ("June 16, 2017", date(2017, 6, 16)),
        ("Fri 16 june 2017", date(2017, 6, 16)),
        ("16jun2017", date(2017, 6, 16)),
        ("16-Jun-2017", date(2017, 6, 16)),
        ("jun 2017", date(2017, 6, 30)),
        ("nov 2016", date(2016, 11, 30)),
        ("22 nov", date(2016, 11, 22)),
        ("sept 5", date(2016, 9, 5)),
        ("29 feb", date(2016, 2, 29)),
        ("mar", date(2017, 3, 31)),
    ],
)
def test_that_a_day_is_understood(text: str, meant: date) -> None:
    assert parse_day(text, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    ["", "6/7/2017", "31 jun 2017", "0 nov", "junk", "marketing 3", "3 jun 4 2017", "2017-13-01", "ju 3", "2017"],
)
def test_that_what_is_no_single_day_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match="Type it as") as caught:
        parse_day(text, TODAY)
    assert str(caught.value) == NOT_UNDERSTOOD
