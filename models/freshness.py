"""How old the figures are: what is held as of a moment, whether a report is late, and when the next one comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models.calendars import NEW_YORK, newest_released, next_release, release
from models.formats import day, duration, short_day, week_day
from models.names import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.reader import Reader  # with the records, and they with numpy
    from models.records import SourceStatus

GRACE = timedelta(minutes=10)
"""How long after its moment a report may take to arrive before it is called late."""

STALE_DAYS = 10
"""Closes that end so many days before a live desk's day are no longer of now, whatever its sources said last."""

_PRICES = "Prices"
_KINDS = {
    "cboe": _PRICES,
    "yahoo": _PRICES,
    "nasdaq": _PRICES,
    "ishares": "Sectors",
    "ssga": "Sectors",
    "vanguard": "Sectors",
    "sec": "Earnings",
    "dolthub": "Earnings",
    "fed": "Credit",
    "treasury": "Credit",
    "fred": "Credit",
    "nyfed": "Credit",
    "ofr": "Credit",
}
"""What the figures of a source are called in the status bar."""

_CFTC = "cftc"

LATER = "\u25c6"
"""Marks what is newer than the as-of date."""


@dataclass(frozen=True)
class Held:
    """What the archive holds as of a moment. `others` are kinds of data with their newest day.

    `later` are kinds that a rewound desk shows, marked, although they were not known yet. `failures` are sentences
    by kind; `starter_until` is set while nothing but the built-in figures is held.
    """

    report: date | None = None
    starter_until: date | None = None
    others: tuple[tuple[str, date], ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    later: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class StatusLine:
    """One entry of the status bar; `is_flagged` where it needs care, `detail` says more in sentences.

    `is_later` where it is newer than the as-of date.
    """

    text: str
    short: str
    is_flagged: bool = False
    detail: str = ""
    is_later: bool = False


@dataclass(frozen=True)
class NextReport:
    """The end of the status bar, with the moment apart as it is printed stronger."""

    lead: str
    moment: str
    rest: str = ""
    is_flagged: bool = False


def held(reader: Reader, as_of: datetime, *, is_live: bool) -> Held:
    """Reads what is held. The sources tell of their newest day only, so a rewound desk adds its `others` itself."""
    statuses = reader.statuses()
    newest = (reader.newest_report(report, as_of) for report in Report)
    report = max((found for found in newest if found is not None), default=None)
    downloaded = any(status.source == _CFTC and status.rows for status in statuses)
    return Held(
        report=report,
        starter_until=None if downloaded else report,
        others=_others(statuses) if is_live else (),
        failures=_failures(statuses) if is_live else (),
    )


def _others(statuses: Iterable[SourceStatus]) -> tuple[tuple[str, date], ...]:
    newest: dict[str, date] = {}
    for status in statuses:
        kind = _KINDS.get(status.source)
        if kind is not None and status.as_of is not None:
            newest[kind] = max(newest.get(kind, status.as_of), status.as_of)
    return tuple((kind, newest[kind]) for kind in dict.fromkeys(_KINDS.values()) if kind in newest)


def _failures(statuses: Iterable[SourceStatus]) -> tuple[tuple[str, str], ...]:
    """What failed of the datasets that are shown; one that was never held leaves nothing old on the screen."""
    kinds = {_CFTC: "COT"} | _KINDS
    shown = (s for s in statuses if s.as_of is not None)
    failed = ((kinds[s.source], s.last_error) for s in shown if s.last_error and s.source in kinds)
    return tuple(dict(reversed(list(failed))).items())


def is_late(of: Held, now: datetime) -> bool:
    """Whether a report whose moment has come some time ago is not held, built-in figures apart."""
    return of.starter_until is None and (of.report is None or of.report < newest_released(now - GRACE))


def status_lines(of: Held, moment: datetime, *, is_live: bool) -> tuple[StatusLine, ...]:
    """What is held, kind by kind; `moment` is now, or the as-of moment of a rewound desk."""
    failures = dict(of.failures)
    lines = [_positions_line(of, moment, is_live=is_live, failure=failures.get("COT", ""))]
    for kind, newest in of.others:
        close = " close" if kind == _PRICES and not is_live else ""
        text = f"{kind} {_near(newest, moment)}{close}"
        if kind == _PRICES and is_live and (age := (moment.astimezone(NEW_YORK).date() - newest).days) > STALE_DAYS:
            detail = f"The newest close that is held is {age} days old. {failures.get(kind, '')}".strip()
            lines.append(StatusLine(f"{kind} stale, to {day(newest)}", text, True, detail))
        elif kind in failures:
            lines.append(
                StatusLine(f"{kind}: last try failed, showing {_near(newest, moment)}", text, True, failures[kind])
            )
        else:
            lines.append(StatusLine(text, f"{kind} {_near(newest, moment)}"))
    for kind, newest in of.later:
        text = f"{kind} {_near(newest, moment)} {LATER}"
        detail = f"{kind} of {day(newest)}: newer than the as-of date, shown marked and used by no verdict."
        lines.append(StatusLine(f"{text} after as-of", text, detail=detail, is_later=True))
    return tuple(lines)


def _positions_line(of: Held, moment: datetime, *, is_live: bool, failure: str) -> StatusLine:
    if of.report is None:
        return StatusLine("No COT report held", "No COT report", is_live, failure)
    report = _near(of.report, moment)
    released = release(of.report)
    local = released.at.astimezone(NEW_YORK)
    short = f"COT {report}"
    doubt = " (day uncertain)" if released.is_uncertain else ""
    detail = f"Positions as of {week_day(of.report)}, released {week_day(local.date())}, {local:%H:%M} ET{doubt}."
    if of.starter_until is not None:
        return StatusLine(f"Built-in figures to {report}", f"Built-in, {report}", False, detail)
    if is_live and failure:
        return StatusLine(f"COT: last try failed, showing {report}", short, True, f"{detail} {failure}")
    if is_live and is_late(of, moment):
        missing = newest_released(moment - GRACE)
        what = f"the report of {_near(missing, moment)} is late"
        return StatusLine(f"{short}, {what}", short, True, f"{detail} {what.capitalize()}.")
    return StatusLine(f"{short}, released {_near(local.date(), moment)} {local:%H:%M} ET", short, False, detail)


def next_report(of: Held, moment: datetime, *, is_live: bool) -> NextReport:
    """When the next report comes; with a running clock when live, in the past tense where one is overdue."""
    if is_live and of.starter_until is None and of.report is not None and of.report < (due := newest_released(moment)):
        return NextReport(
            f"COT report of {_near(due, moment)} was due ", _moment(release(due).at), is_flagged=is_late(of, moment)
        )
    coming = next_release(moment)
    left = f" in {duration((coming.at - moment).total_seconds())}" if is_live else ""
    return NextReport("Next COT report: ", _moment(coming.at), left)


def _near(that: date, moment: datetime) -> str:
    """A day, with its year where it is not the moment's."""
    return short_day(that) if that.year == moment.astimezone(NEW_YORK).year else day(that)


def _moment(at: datetime) -> str:
    local = at.astimezone(NEW_YORK)
    return f"{week_day(local.date())}, {local:%H:%M} ET"
