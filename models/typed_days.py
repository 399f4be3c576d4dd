"""Days as people type them: `16 Jun 2017`, `2017-06-16`, `June 16, 2017`, `jun 2017`, `22 nov`."""

import re
from calendar import monthrange
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_WEEK_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

NOT_UNDERSTOOD = "That is not a day. Type it as 16 Jun 2017, 2017-06-16 or Jun 2017."


def parse_day(text: str, today: date) -> date:
    """The day that is meant; a month is its last day, a day without a year its latest one up to `today`.

    Raises ValueError with a sentence for people. Days written in figures alone, such as 6/7/2017, mean different
    days in different countries and are refused.
    """
    words = re.findall(r"[a-z]+|\d+", text.lower())
    try:
        if re.fullmatch(r"\s*\d{4}-\d{1,2}-\d{1,2}\s*", text):
            return date(*map(int, words))
        return _from_words(words, today)
    except ValueError as error:
        raise ValueError(NOT_UNDERSTOOD) from error


def _from_words(words: list[str], today: date) -> date:
    months = [place for word in words if (place := _place(word, _MONTHS))]
    years = [int(word) for word in words if word.isdecimal() and len(word) == 4]
    days = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    others = [word for word in words if not word.isdecimal() and not _place(word, _MONTHS + _WEEK_DAYS)]
    if others or len(months) != 1 or len(years) > 1 or len(days) > 1:
        raise ValueError("not one day")
    month = months[0]
    if years:
        return date(years[0], month, days[0] if days else monthrange(years[0], month)[1])
    for year in range(today.year, today.year - 9, -1):  # eight years hold a 29 February
        last = monthrange(year, month)[1]
        day = days[0] if days else last
        if 1 <= day <= last and date(year, month, day) <= today:
            return date(year, month, day)
    raise ValueError("never on or before today")


def _place(word: str, names: list[str]) -> int:
    """Which of the names a word of three letters or more begins, counted from 1; 0 for none."""
    begun = (place for place, name in enumerate(names, 1) if len(word) >= 3 and name.startswith(word))
    return next(begun, 0)
