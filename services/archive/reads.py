"""Figures as of a moment: what had been released by then, in the newest version that had been fetched by then.

A first version counts from its release, later ones from the day on which they were fetched.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from models.calendars import known_until, visible_until
from models.names import Known, Report
from models.records import (
    Closes,
    Contract,
    Dates,
    Estimate,
    Fact,
    Floats,
    Observations,
    Positions,
    Texts,
    position_fields,
)
from services.archive.schema import moment_text

ROWS_AT_ONCE = 1_000

CLOSES_FROM = ("cboe", "yahoo", "tiingo", "twelvedata", "alphavantage", "nasdaq", "import", "starter")
"""Sources of closing prices in the order in which they are preferred."""

_FETCHED = "(revision = 0 OR batch IN (SELECT id FROM batch WHERE retrieved_at <= :moment))"


def _marks(names: Sequence[str], prefix: str) -> tuple[str, dict[str, str]]:
    """A list of named parameters for SQL, and their values."""
    named = {f"{prefix}{n}": name for n, name in enumerate(names)}
    return ", ".join(f":{key}" for key in named), named


def _report_values(report: Report, as_of: datetime) -> dict[str, str]:
    return {
        "scope": report.scope.value,
        "until": visible_until(as_of).isoformat(),
        "moment": moment_text(as_of),
    }


# Positions. They lie by code and date. An index by date would cost more than all else when a history is stored,
# as each batch touches every week; going from code to code takes 2 ms.


def _listed(report: Report, codes: Sequence[str] | None = None) -> tuple[str, dict[str, str]]:
    """The head of a query that names as `listed` these codes, or all that are held; and its parameters."""
    if codes is not None:
        named = {f"code{n}": code for n, code in enumerate(codes)}
        values = ", ".join(f"(:{key})" for key in named)
        return f"WITH listed (code) AS ({f'VALUES {values}' if named else 'SELECT NULL WHERE FALSE'})", named
    code = f"SELECT MIN(code) FROM {report.family} WHERE scope = :scope"
    head = f"""WITH RECURSIVE listed (code) AS (
        {code} UNION ALL SELECT ({code} AND code > listed.code) FROM listed WHERE listed.code IS NOT NULL)"""
    return head, {}


def positions(connection: sqlite3.Connection, report: Report, codes: Sequence[str], as_of: datetime) -> Positions:
    marks, named = _marks(codes, "code")
    condition = f"FROM {report.family} AS held WHERE code IN ({marks}) AND report_date <= :until"
    return _positions(connection, report, "", condition, named | _report_values(report, as_of))


def latest_positions(connection: sqlite3.Connection, report: Report, as_of: datetime, reports: int) -> Positions:
    named = _report_values(report, as_of)
    marks, days = _marks(_newest_days(connection, report, named, reports), "day")
    head, _ = _listed(report)
    condition = (
        f"FROM listed CROSS JOIN {report.family} AS held WHERE held.code = listed.code AND report_date IN ({marks})"
    )
    return _positions(connection, report, head, condition, named | days)


def _newest_days(connection: sqlite3.Connection, report: Report, named: dict[str, str], count: int) -> list[str]:
    days: list[str] = []
    newest = _newest_day(connection, report, named, None)
    while newest is not None and len(days) < count:
        days.append(newest)
        before = (date.fromisoformat(newest) - timedelta(days=1)).isoformat()
        newest = _newest_day(connection, report, named | {"until": before}, None)
    return days


def _newest_day(
    connection: sqlite3.Connection, report: Report, named: dict[str, str], codes: Sequence[str] | None
) -> str | None:
    head, wanted = _listed(report, codes)
    of_code = f"FROM {report.family} WHERE scope = :scope AND code = listed.code AND report_date <= :until"
    (newest,) = connection.execute(
        f"{head} SELECT MAX(newest) FROM (SELECT (SELECT MAX(report_date) {of_code}) AS newest FROM listed)",
        named | wanted,
    ).fetchone()
    return None if newest is None else str(newest)


def _positions(
    connection: sqlite3.Connection, report: Report, head: str, condition: str, named: dict[str, str]
) -> Positions:
    fields = position_fields(report.family)
    cursor = connection.execute(
        f"{head} SELECT held.code, report_date, name, batch, {', '.join(fields)} {condition}"
        f" AND scope = :scope AND {_FETCHED} ORDER BY held.code, report_date, revision",
        named,
    )
    codes: list[Texts] = [np.empty(0, "U1")]
    dates: list[Dates] = [np.empty(0, "M8[D]")]
    names: list[Texts] = [np.empty(0, "U1")]
    figures: list[Floats] = [np.empty((1 + len(fields), 0))]
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        code, day, name, *values = zip(*rows, strict=True)
        codes.append(np.array(code))
        dates.append(np.array(day, "M8[D]"))
        names.append(np.array(name))
        figures.append(np.array(values, float))  # None becomes NaN
    return _newest_versions(report, np.concatenate(codes), np.concatenate(dates), np.concatenate(names), figures)


def _newest_versions(report: Report, code: Texts, day: Dates, name: Texts, figures: list[Floats]) -> Positions:
    """Of rows sorted by code, date and version the last of each code and date."""
    is_last = np.ones(len(code), bool)
    is_last[:-1] = (code[1:] != code[:-1]) | (day[1:] != day[:-1])
    batch, *columns = np.concatenate(figures, axis=1)[:, is_last]
    return Positions(
        report,
        code[is_last],
        day[is_last],
        name[is_last],
        dict(zip(position_fields(report.family), columns, strict=True)),
        batch.astype(np.int64),
    )


def newest_report(
    connection: sqlite3.Connection, report: Report, as_of: datetime, codes: Sequence[str] | None
) -> date | None:
    newest = _newest_day(connection, report, _report_values(report, as_of), codes)
    return date.fromisoformat(newest) if newest else None


def contracts(connection: sqlite3.Connection, as_of: datetime) -> tuple[Contract, ...]:
    """Every code of every report that had been listed by then, sorted by code, under its latest name."""
    found: dict[str, list[tuple[str, str, str, Report]]] = {}
    for report in Report:
        for code, first, last, name in connection.execute(_contracts(report), _report_values(report, as_of)):
            found.setdefault(code, []).append((first, last, name, report))
    return tuple(_contract(code, found[code]) for code in sorted(found))


def _contracts(report: Report) -> str:
    head, _ = _listed(report)
    of_code = f"FROM {report.family} WHERE scope = :scope AND code = listed.code"
    return f"""{head}
        SELECT code, (SELECT MIN(report_date) {of_code}) AS first,
            (SELECT MAX(report_date) {of_code} AND report_date <= :until),
            (SELECT name {of_code} AND report_date <= :until ORDER BY report_date DESC LIMIT 1)
        FROM listed WHERE first <= :until"""


def _contract(code: str, spans: list[tuple[str, str, str, Report]]) -> Contract:
    first = min(span[0] for span in spans)
    _, last, name, _ = max(spans, key=lambda span: span[1])
    return Contract(code, name, date.fromisoformat(first), date.fromisoformat(last), tuple(span[3] for span in spans))


# Series


def observations(connection: sqlite3.Connection, series: str, as_of: datetime) -> Observations | None:
    """Values of one series known by then; None where none are."""
    row = connection.execute("SELECT id, known FROM series WHERE name = ?", (series,)).fetchone()
    if row is None:
        return None
    known = Known(row[1])
    rows = connection.execute(
        f"SELECT date, value FROM observation WHERE series = :series AND date <= :until AND {_FETCHED}"
        " ORDER BY date, revision",  # the newest version is told below: grouping here takes twice as long
        {"series": row[0], "until": known_until(as_of, known).isoformat(), "moment": moment_text(as_of)},
    ).fetchall()
    if not rows:
        return None
    dates, values = zip(*rows, strict=True)
    day, value = np.array(dates, "M8[D]"), np.array(values, float)
    is_newest = np.append(day[1:] != day[:-1], True)
    return Observations(series, day[is_newest], value[is_newest], known)


def closes(connection: sqlite3.Connection, symbol: str, as_of: datetime, kind: str) -> Closes | None:
    """Closes from the first source that has any that were known by then; sources are never mixed."""
    for source in CLOSES_FROM:
        found = observations(connection, f"{source}:{symbol}:{kind}", as_of)
        if found is not None:
            return Closes(symbol, source, found.date, found.value)
    return None


# Earnings and accounts


def estimates(
    connection: sqlite3.Connection, as_of: datetime, subjects: Sequence[str], segment: str
) -> tuple[Estimate, ...]:
    marks, named = _marks(subjects, "subject")
    named |= {"segment": segment, "moment": moment_text(as_of)}
    named["until"] = known_until(as_of, Known.NEXT_MORNING_NINE).isoformat()
    rows = connection.execute(
        f"""SELECT subject, segment, period, basis, vintage, value, is_estimate, high, low, analysts, batch,
        MAX(revision)
        FROM estimate WHERE subject IN ({marks}) AND segment = :segment AND vintage <= :until AND {_FETCHED}
        GROUP BY subject, segment, period, basis, vintage ORDER BY subject, period, basis, vintage""",
        named,
    )
    return tuple(_estimate(*row) for row in rows)


def _estimate(
    subject: str,
    segment: str,
    period: str,
    basis: str,
    vintage: str,
    value: float,
    flag: float,
    high: float | None,
    low: float | None,
    analysts: float | None,
    batch: int,
    _revision: int,
) -> Estimate:
    day = date.fromisoformat(vintage)
    count = None if analysts is None else int(analysts)
    return Estimate(subject, segment, period, basis, day, value, bool(flag), high, low, count, batch)


def facts(connection: sqlite3.Connection, as_of: datetime, tickers: Sequence[str] | None) -> tuple[Fact, ...]:
    marks, named = _marks(tickers or (), "ticker")
    named |= {"until": known_until(as_of, Known.NEXT_MORNING).isoformat(), "moment": moment_text(as_of)}
    among = "" if tickers is None else f"AND ticker IN ({marks})"
    rows = connection.execute(
        f"""SELECT ticker, concept, period_start, period_end, filed, value, MAX(revision)
        FROM fact WHERE filed <= :until {among} AND {_FETCHED}
        GROUP BY ticker, concept, period_start, period_end, filed
        ORDER BY ticker, concept, period_end, period_start, filed""",
        named,
    )
    return tuple(
        Fact(
            ticker,
            concept,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end),
            value,
            date.fromisoformat(filed),
        )
        for ticker, concept, start, end, filed, value, _ in rows
    )
