"""What the palette finds for what is typed: words, letters, days, and what was used last."""

from datetime import date

import pytest

from models.desk_search import MOST_RESULTS, Entry, EntryKind, GoToDay, day_entries, search, typed_days

TODAY = date(2017, 6, 19)
REFRESH = Entry(EntryKind.ACTION, "Refresh", "refresh", hint="F5", key="action:refresh")
COPY = Entry(EntryKind.ACTION, "Copy the chart as an image", "copy", key="action:copy")
STORY = Entry(EntryKind.PAGE, "Story", "story", key="action:story")
MARKET = Entry(EntryKind.PAGE, "Market", "market", key="action:market")
RUSSELL = Entry(EntryKind.MARKET, "Russell 2000", "r", "23977A", key="market:r", words="small caps")
RECORD = Entry(
    EntryKind.RECORD, "+80,572 in two weeks to 13 Jun 2017", "x", "1st of 506", day=date(2017, 6, 13), rank=1
)
OLDER = Entry(EntryKind.RECORD, "+1 in two weeks to 6 Jun 2017", "y", "9th of 506", day=date(2017, 6, 6), rank=9)
ALL = [OLDER, RECORD, RUSSELL, STORY, MARKET, REFRESH, COPY]


def found(text: str) -> list[str]:
    return [entry.title for entry in search(ALL, [], text, TODAY)]


def test_that_the_begin_of_a_title_comes_first() -> None:
    assert found("ref") == ["Refresh"]
    assert found("mar")[0] == "Market"


def test_that_every_word_has_to_be_found_and_hidden_words_count() -> None:
    assert found("small russell") == ["Russell 2000"]
    assert found("23977a") == ["Russell 2000"]
    assert found("small refresh") == []


def test_that_letters_in_their_order_find_a_title_where_nothing_has_the_word() -> None:
    assert found("rfrsh") == ["Refresh"]
    assert found("cpy chrt") == ["Copy the chart as an image"]


def test_that_a_figure_is_found_without_its_comma() -> None:
    assert found("80572") == [RECORD.title]


def test_that_without_text_what_was_used_last_leads_and_pages_follow() -> None:
    offered = search(ALL, ["market:r", "gone", "action:story"], "", TODAY)
    assert [(entry.kind, entry.title) for entry in offered] == [
        (EntryKind.RECENT, "Russell 2000"),
        (EntryKind.RECENT, "Story"),
        (EntryKind.PAGE, "Market"),
    ]


def test_that_a_kind_takes_no_more_than_its_share_while_others_wait() -> None:
    many = [Entry(EntryKind.HOLDING, f"Bank {n}", n) for n in range(30)]
    pages = [Entry(EntryKind.PAGE, "The banks", "banks")]
    shown = search([*many, *pages], [], "bank", TODAY)
    assert len(shown) == MOST_RESULTS
    assert sum(entry.kind is EntryKind.PAGE for entry in shown) == 1
    assert [entry.kind for entry in shown] == sorted([entry.kind for entry in shown], key=list(EntryKind).index)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("nov 2016", date(2016, 11, 1), date(2016, 11, 30)),
        ("22 nov", date(2016, 11, 22), date(2016, 11, 22)),
        ("2016-11-22", date(2016, 11, 22), date(2016, 11, 22)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_that_days_months_and_years_are_understood(text: str, first: date, last: date) -> None:
    assert typed_days(text, TODAY) == (first, last)


def test_that_words_and_sums_are_no_days() -> None:
    assert typed_days("refresh", TODAY) is None
    assert typed_days("80572", TODAY) is None


def test_that_the_day_of_a_report_offers_the_day_of_its_release() -> None:
    """The report of Tuesday 22 November 2016 came after Thanksgiving, on the Monday."""
    offered = day_entries(date(2016, 11, 22), date(2016, 11, 22), TODAY)
    assert offered[0].target == GoToDay(date(2016, 11, 28))
    assert offered[0].note == "the 22 Nov 2016 report became public"
    assert offered[1].target == GoToDay(date(2016, 11, 22))
    assert offered[1].note == "the newest report then is that of 15 Nov 2016"


def test_that_a_month_offers_its_last_release_first() -> None:
    days = [entry.target.day for entry in day_entries(date(2016, 11, 1), date(2016, 11, 30), TODAY)]
    assert days == [date(2016, 11, 28), date(2016, 12, 2), date(2016, 11, 30)]


def test_that_nothing_in_the_future_is_offered() -> None:
    days = [entry.target.day for entry in day_entries(date(2017, 6, 1), date(2017, 6, 30), TODAY)]
    assert days == [date(2017, 6, 16)]
    assert day_entries(date(2030, 1, 1), date(2030, 1, 31), TODAY) == []


def test_that_a_typed_day_finds_the_records_around_it_the_nearest_and_largest_first() -> None:
    shown = search(ALL, [], "jun 2017", TODAY)
    assert [entry.kind for entry in shown][:1] == [EntryKind.AS_OF]
    assert [entry.title for entry in shown if entry.kind is EntryKind.RECORD] == [RECORD.title, OLDER.title]
