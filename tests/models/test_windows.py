"""Names of windows are read back as they were written, and nonsense is refused with a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.windows import JANUARY_TO_MAY, MOST_SESSIONS, MTD, QTD, YTD, Window, WindowKind, window

months = st.integers(1, 12)
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
windows = st.one_of(
    st.sampled_from([MTD, QTD, YTD]),
    st.tuples(months, months).map(lambda pair: Window(WindowKind.MONTHS, pair)),
    st.tuples(days, days).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Window(WindowKind.SPAN, span=pair)),
    st.integers(1, MOST_SESSIONS).map(lambda n: Window(WindowKind.SESSIONS, sessions=n)),
)


@given(windows)
def test_that_a_window_is_read_back_from_its_name(made: Window) -> None:
    assert window(made.name) == made
    assert made.title


@pytest.mark.parametrize(
    "text",
    ["", "wtd", "jan-", "-may", "may-jan-feb", "0d", "99999d", "2017-05-31", "2017-05-31:2017-01-01", "2017-02-30:x"],
)
def test_that_what_is_no_window_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no window.*\.$"):
        window(text)


def test_that_names_are_read_whatever_their_case() -> None:
    assert window(" Jan-May ") == JANUARY_TO_MAY
    assert window("YTD") is not None and window("YTD").kind is WindowKind.YTD
