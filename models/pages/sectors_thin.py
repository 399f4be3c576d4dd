"""What the Sectors page offers where no file of the small fund is known: when one begins, and which others are held."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models import funds
from models.calendars import known_at
from models.formats import day
from models.funds import PAIRS, index_title
from models.names import Known
from models.pages.shelf import Held


@dataclass(frozen=True)
class FundFiles:
    """The days of one fund's files, oldest first; the first `known` of them were known at the page's moment."""

    fund: str
    title: str
    days: tuple[dt.date, ...]
    known: int


@dataclass(frozen=True)
class ThinSectors:
    """Why there is nothing, and what to do: each of the ways is absent where there is none.

    `starts` is the day of the fund's next file, which is known from `starts_at` on; `pair` is another choice of
    small against large whose small fund has a file by then, `pair_label` says which.
    """

    title: str
    reason: str
    starts: dt.date | None
    starts_at: dt.datetime | None
    pair: str
    pair_label: str
    files: tuple[FundFiles, ...]


def thin(small: str, large: str, moment_day: dt.date, known: Sequence[Held], everything: Sequence[Held]) -> ThinSectors:
    """For a small fund without any file that is `known`; `everything` has the later files as well."""
    asked = funds.fund(small)
    begins = _next(small, known, everything)
    starts = begins.as_of if begins else None
    of_whom = f", {begins.fund}" if begins and begins.fund != asked.ticker else ""
    other = nearest(known)
    return ThinSectors(
        title=f"Starts on {day(starts)}{of_whom}" if starts else f"No holdings of {asked.ticker}",
        reason=reason(small, moment_day, known, everything),
        starts=starts,
        starts_at=known_at(starts, Known.NEXT_MORNING) if starts else None,
        pair=f"{other.fund}:{large}" if other else "",
        pair_label=f"Show {index_title(funds.fund(other.fund))} ({other.fund}, {day(other.as_of)})" if other else "",
        files=_files([asked.ticker, *(fund.ticker for fund in funds.tracking(asked.index))], large, known, everything),
    )


def reason(small: str, moment_day: dt.date, known: Sequence[Held], everything: Sequence[Held]) -> str:
    """`No holdings of IWM are known as of 16 Jun 2017. The next of its index are those of TWOK of 26 Jun 2017. …`"""
    asked = funds.fund(small)
    text = f"No holdings of {asked.ticker} are known as of {day(moment_day)}."
    begins = _next(small, known, everything)
    if begins is not None and begins.fund == asked.ticker:
        text += f" The next are of {day(begins.as_of)}."
    elif begins is not None:
        text += f" The next of its index are those of {begins.fund} of {day(begins.as_of)}."
    other = nearest(known)
    return text if other is None else f"{text} {other.fund}'s of {day(other.as_of)} are known."


def _next(small: str, known: Sequence[Held], everything: Sequence[Held]) -> Held | None:
    """The first later file of the fund or of another one on the same index; of one day, the fund's own."""
    asked = funds.fund(small)
    names = {asked.ticker, *(fund.ticker for fund in funds.tracking(asked.index))}
    later = [h for h in everything if h.fund in names and h not in known]
    return min(later, key=lambda h: (h.as_of, h.fund != asked.ticker), default=None)


def nearest(known: Sequence[Held]) -> Held | None:
    """The newest known file of a small-cap fund that the page offers."""
    return max((h for h in known if h.fund in {small for small, _ in PAIRS}), key=lambda h: h.as_of, default=None)


def _files(
    names: Sequence[str], large: str, known: Sequence[Held], everything: Sequence[Held]
) -> tuple[FundFiles, ...]:
    """Of the small fund's index, of the other small-cap funds and of the large fund's index, as far as held."""
    other = funds.fund(large)
    wanted = [*names, *(small for small, _ in PAIRS), other.ticker, *(of.ticker for of in funds.tracking(other.index))]
    made = []
    for name in dict.fromkeys(wanted):
        days = [h.as_of for h in everything if h.fund == name]
        if days:
            count = sum(h.fund == name for h in known)
            made.append(FundFiles(name, index_title(funds.fund(name)), tuple(days), count))
    return tuple(made)
