"""What the command palette looks through: entries of several kinds, days as they are typed, and how well they match."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from models.calendars import end_of_day, newest_released, release, report_dates
from models.formats import day as day_text
from models.formats import long_month, week_day
from models.stepping import first_day, new_york_day
from models.typed_days import parse_day

MOST_RESULTS = 10
_MOST_OF_A_KIND = 4
_MARGIN = timedelta(days=14)
"""Records and seams so near to a day that was typed are found with it."""


class EntryKind(StrEnum):
    """The groups of results, in their order."""

    AS_OF = "As-of date"
    RECENT = "Recent"
    RECORD = "Records"
    CLAIM = "Claims"
    SEAM = "Seams"
    HOLDING = "Holdings"
    MARKET = "Markets"
    PAGE = "Pages"
    ACTION = "Actions"


@dataclass(frozen=True)
class Entry:
    """One thing to open. `target` says what that is to whoever opens it; `key` names it from one start to the next.

    `note` stands beside the title, `hint` at the right end; `day` is what a typed day is held against, lower ranks
    first; `words` are found though they are not shown.
    """

    kind: EntryKind
    title: str
    target: Any
    note: str = ""
    hint: str = ""
    key: str = ""
    day: date | None = None
    rank: int = 0
    words: str = ""
    sought: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sought", f" {self.title} {self.note} {self.words}".casefold().replace(",", ""))


@dataclass(frozen=True)
class GoToDay:
    """Rewind to the end of a day in New York."""

    day: date


def search(entries: Sequence[Entry], recent: Sequence[str], text: str, today: date) -> list[Entry]:
    """At most ten entries for what was typed, kind by kind, the kind of the best match first.

    Without text those used last come first, then the pages. What is understood as a day or a month leads with the
    days on which its reports were released.
    """
    if not text.strip():
        return _offered(entries, recent)
    typed = typed_days(text, today)
    if typed is not None:
        days = day_entries(*typed, today)
        near = [entry for entry in entries if entry.day and typed[0] - _MARGIN <= entry.day <= typed[1] + _MARGIN]
        found = [
            *days,
            *sorted(near, key=lambda entry: (_distance(entry, *typed), entry.rank)),
            *_matching(entries, text),
        ]
        return _grouped(list({id(entry): entry for entry in found}.values()))
    return _grouped(_matching(entries, text))


def _offered(entries: Sequence[Entry], recent: Sequence[str]) -> list[Entry]:
    by_key = {entry.key: entry for entry in entries if entry.key}
    used = [by_key[key] for key in recent if key in by_key][:_MOST_OF_A_KIND]
    again = [Entry(EntryKind.RECENT, one.title, one.target, one.note, one.hint or one.kind, one.key) for one in used]
    pages = [entry for entry in entries if entry.kind is EntryKind.PAGE and entry not in used]
    return [*again, *pages][:MOST_RESULTS]


def _matching(entries: Sequence[Entry], text: str) -> list[Entry]:
    """The entries in which every word is found, the best first; equal ones stay in their order.

    Where nothing has the words, those but holdings whose titles have their letters in order: `cpy chrt`.
    """
    words = text.casefold().replace(",", "").split()
    found = [entry for entry in entries if all(word in entry.sought for word in words)]
    if not found:
        named = (entry for entry in entries if entry.kind is not EntryKind.HOLDING)
        return [entry for entry in named if all(_is_in_order(word, entry.title.casefold()) for word in words)]
    return sorted(found, key=lambda entry: -_score(entry, words))


def _score(entry: Entry, words: Iterable[str]) -> float:
    """The begin of a title counts most, then that of one of its words, of another word, and the inside of one."""
    total = 0.0
    for word in words:
        at = entry.sought.find(f" {word}")
        total += 4.0 if at == 0 else 1.0 if at < 0 else 3.0 if at <= len(entry.title) else 2.0
    return total + 1.0 / (10 + len(entry.title))


def _is_in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _grouped(found: Sequence[Entry]) -> list[Entry]:
    """The first ten, no kind taking more than its share while others wait; kinds in the order of their first."""
    counts: Counter[EntryKind] = Counter()
    first: list[Entry] = []
    rest: list[Entry] = []
    for entry in found:
        counts[entry.kind] += 1
        (first if counts[entry.kind] <= _MOST_OF_A_KIND else rest).append(entry)
    shown = [*first, *rest][:MOST_RESULTS]
    kinds = list(dict.fromkeys(entry.kind for entry in shown))
    return [entry for kind in kinds for entry in shown if entry.kind is kind]


# Days


def typed_days(text: str, today: date) -> tuple[date, date] | None:
    """First and last day of what was typed as a day, a month or a year; None where it is no time.

    The name of a month alone is the begin of a word: `mar` is Market.
    """
    if not any(letter.isdecimal() for letter in text):
        return None
    if re.fullmatch(r"\s*(19|20)\d\d\s*", text):
        year = int(text)
        return date(year, 1, 1), min(date(year, 12, 31), max(today, date(year, 1, 1)))
    try:
        last = parse_day(text, today)
    except ValueError:
        return None
    has_day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text) is not None
    return (last if has_day else last.replace(day=1)), last


def day_entries(first: date, last: date, today: date) -> list[Entry]:
    """The days on which the last reports of a stretch were released, and its own last day; none before the data."""
    reports = [report for report in report_dates(first - _MARGIN, last) if _released(report) <= today]
    public = [report for report in reports if _released(report) <= last]
    chosen = reports[-1:] if first == last else [*public[-1:], *reports[-1:]]
    entries = [_release_entry(report) for report in dict.fromkeys(chosen)]
    own = min(last, today)
    known = {entry.target.day for entry in entries}
    if first_day() <= own < today and own not in known and first.year == last.year:
        newest = newest_released(end_of_day(own))
        note = f"the newest report then is that of {day_text(newest)}"
        entries.append(Entry(EntryKind.AS_OF, f"Go to {week_day(own)}", GoToDay(own), note, day=own))
    return entries


def _release_entry(report: date) -> Entry:
    day = _released(report)
    note = f"the {day_text(report)} report became public"
    return Entry(EntryKind.AS_OF, f"Go to {week_day(day)}", GoToDay(day), note, day=day, words=long_month(report))


def _released(report: date) -> date:
    return new_york_day(release(report).at)


def _distance(entry: Entry, first: date, last: date) -> int:
    assert entry.day is not None
    if first <= entry.day <= last:
        return 0
    return min(abs((entry.day - first).days), abs((entry.day - last).days))
