"""Which rows of a CFTC table are kept, and when a whole delivery is not believed.

A row that fails is kept out and reported, never repaired. A delivery in which many fail, or which does not
fit the figures that are held, is set aside whole: then it is not the rows that are wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from models.calendars import FIRST_REPORT, NEW_YORK, report_dates
from models.names import GROUPS, Report, Scope
from models.records import Bools, Dates, Floats, Ints, Positions, Refusal, Texts, position_fields
from services.errors import ErrorKind, SourceError
from services.sources.cftc_fields import TITLES, parts, required
from services.sources.cftc_table import Table, texts_of

ROUNDING = 5
"""Contracts by which the groups may miss open interest where the CFTC adds up rounded figures: with options at
their delta, and in its own consolidations (`13874+`). Elsewhere they must add up exactly."""

AHEAD = timedelta(days=2)
"""How far in the future a report may seem to lie: clocks differ."""

MOST_REFUSED_SHARE = 0.2
FEW_ROWS = 5
"""So many refused rows prove nothing about the others."""

_CODE = re.compile(r"(?=.*\d)[0-9A-Z]{5}[0-9A-Z+]")
_ALWAYS_REGULAR_SINCE = date(2008, 1, 1)
"""Before, single markets were sometimes reported for another day than Monday or Tuesday: after storms, around
holidays; and until 1992 all of them were, for the middle and the end of months."""

_RESCALED = 10.0
_TELLING = 100.0
"""Positions below this many contracts may well change tenfold."""

_MOST_RESCALED_SHARE = 0.2
_LEAST_FOUND_SHARE = 0.5
_LEAST_COMPARED = 10
_RECENT = np.timedelta64(60, "D")
_SHOWN_FIGURES = 12


@dataclass(frozen=True)
class Checked:
    """Rows that may be stored, by code and date, in columns of equal length, and what was kept out.

    That is the order of the archive, in which they are stored in half the time. `name` are places in `names`.
    """

    report: Report
    code: Texts
    date: Dates
    names: tuple[str, ...]
    name: Ints
    values: Mapping[str, Floats]
    refused: tuple[Refusal, ...] = ()

    def __len__(self) -> int:
        return len(self.code)

    def parts(self, size: int) -> Iterator[Positions]:
        """The rows as positions, `size` at a time."""
        for start in range(0, len(self), size):
            part = slice(start, start + size)
            values = {figure: column[part] for figure, column in self.values.items()}
            names = texts_of(self.names, self.name[part])
            yield Positions(self.report, self.code[part], self.date[part], names, values)


def checked(table: Table, report: Report, now: datetime) -> Checked:
    """The rows of a table that pass; of rows that are given twice the same, one.

    Raises IMPLAUSIBLE where more than a fifth of them do not, EMPTY where the table has no rows.
    """
    if not len(table):
        raise SourceError(ErrorKind.EMPTY, f"{TITLES[report]}: a table without rows")
    values = _all_figures(table, report)
    reasons = _Reasons(len(table))
    _check_keys(table, now, reasons)
    _check_figures(values, report, reasons)
    _check_sums(table, values, report, reasons)
    repeated = _check_repeats(table, values, reasons)
    refused = reasons.refused(table, values, report)
    if len(refused) > max(FEW_ROWS, MOST_REFUSED_SHARE * len(table)):
        raise SourceError(
            ErrorKind.IMPLAUSIBLE,
            f"{TITLES[report]}: {len(refused)} of {len(table)} rows cannot be right;"
            f" the first, {refused[0].what}: {refused[0].reason}",
        )
    keep = np.flatnonzero((reasons.number == 0) & ~repeated)
    alphabetical = np.unique(np.array(table.codes, np.str_), return_inverse=True)[1]
    order = keep[np.lexsort((table.date[keep], alphabetical[table.code[keep]]))]
    return Checked(
        report,
        texts_of(table.codes, table.code[order]),
        table.date[order],
        table.names,
        table.name[order],
        _kept(values, report, order),
        refused,
    )


class _Reasons:
    """Why rows are refused; the first reason found for a row counts."""

    def __init__(self, count: int) -> None:
        self.number = np.zeros(count, np.int64)
        self.texts = [""]

    def add(self, is_bad: Bools, text: str) -> None:
        if is_bad.any():
            self.number[is_bad & (self.number == 0)] = len(self.texts)
            self.texts.append(text)

    def refused(self, table: Table, values: Mapping[str, Floats], report: Report) -> tuple[Refusal, ...]:
        return tuple(
            Refusal(
                f"{TITLES[report]}: {table.codes[table.code[row]] or 'no code'}, {_day_text(table.date[row])}",
                self.texts[self.number[row]],
                _content(values, row),
            )
            for row in np.flatnonzero(self.number).tolist()
        )


def _day_text(day: np.datetime64) -> str:
    return "no date" if np.isnat(day) else str(day)


def _content(values: Mapping[str, Floats], row: int) -> str:
    known = [f"{figure} {column[row]:.15g}" for figure, column in values.items() if not np.isnan(column[row])]
    return ", ".join(known[:_SHOWN_FIGURES])


def _all_figures(table: Table, report: Report) -> dict[str, Floats]:
    """Every figure of the family, unknown where the table has no column for it."""
    unknown = np.full(len(table), np.nan)
    return {figure: table.values.get(figure, unknown) for figure in position_fields(report.family)}


def _check_keys(table: Table, now: datetime, reasons: _Reasons) -> None:
    reasons.add(table.is_cut, "the row is not complete")
    is_code = np.array([_CODE.fullmatch(code) is not None for code in table.codes], bool)
    reasons.add(~is_code[table.code], "the contract code is none")
    reasons.add(np.isnat(table.date), "the date cannot be read, or two columns give different ones")
    latest = np.datetime64(now.astimezone(NEW_YORK).date() + AHEAD, "D")
    reasons.add(table.date > latest, "the date lies in the future")
    reasons.add(table.date < np.datetime64(FIRST_REPORT, "D"), "the date lies before the first report")
    known = np.unique(table.date[~np.isnat(table.date)])
    irregular = np.array([day for day in known if not _may_be_report(day.item())], "M8[D]")
    reasons.add(np.isin(table.date, irregular), "reports are not made for that day of the week")


def _may_be_report(day: date) -> bool:
    if day.weekday() < 2 or (day < _ALWAYS_REGULAR_SINCE and day.weekday() < 5):
        return True
    return bool(report_dates(day, day))


def _check_figures(values: dict[str, Floats], report: Report, reasons: _Reasons) -> None:
    """Looks at each figure by itself; what is no number is unknown from here on."""
    is_known = np.zeros(len(reasons.number), bool)
    for figure, column in values.items():
        is_known |= ~np.isnan(column)
        is_other = np.isinf(column)
        if is_other.any():
            reasons.add(is_other, f"{_words(figure)} is no number")
            values[figure] = column = np.where(is_other, np.nan, column)
        is_share = figure.startswith("top")
        if is_share:
            reasons.add(column > 100, f"{_words(figure)} is above 100 %")
        else:
            reasons.add(np.isfinite(column) & (column != np.rint(column)), f"{_words(figure)} is no whole number")
        if not figure.endswith("_net"):
            reasons.add(column < 0, f"{_words(figure)} is negative")
    reasons.add(values["open_interest"] == 0, "open interest is zero")
    reasons.add(~is_known, "no figure is known")
    for group in GROUPS[report.family]:
        net = values.get(f"{group}_net")
        if net is not None:
            difference = net - (values[f"{group}_long"] - values[f"{group}_short"])
            reasons.add(np.abs(difference) > 0, f"the net of {_words(group)} is not its long less its short")


def _check_sums(table: Table, values: Mapping[str, Floats], report: Report, reasons: _Reasons) -> None:
    is_sum = np.array([code.endswith("+") for code in table.codes], bool)[table.code]
    tolerance = np.where(is_sum | (report.scope is Scope.COMBINED), ROUNDING, 0)
    for side in ("long", "short"):
        total = sum((values[part] for part in parts(report.family, side)), start=np.zeros(len(table)))
        off = np.abs(total - values["open_interest"]) > tolerance
        reasons.add(off, f"the {side} positions of all groups do not add up to open interest")


def _check_repeats(table: Table, values: Mapping[str, Floats], reasons: _Reasons) -> Bools:
    """Rows that repeat an earlier one; where the figures differ, none of them is kept."""
    key = table.code * 100_000 + table.date.astype(np.int64)
    _, first, place, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    earlier = first[place]
    is_repeated: Bools = earlier != np.arange(len(key))
    rows = np.flatnonzero(is_repeated & (reasons.number == 0))
    differ = np.zeros(len(count), bool)
    for column in values.values():
        same = (column[rows] == column[earlier[rows]]) | (np.isnan(column[rows]) & np.isnan(column[earlier[rows]]))
        differ[place[rows[~same]]] = True
    reasons.add(differ[place] & ~np.isnat(table.date), "the row is given twice, with different figures")
    return is_repeated


def _words(figure: str) -> str:
    return figure.replace("_", " ")


def _kept(values: Mapping[str, Floats], report: Report, rows: Ints) -> dict[str, Floats]:
    """The figures of these rows; a net is held only where its sides are not."""
    kept = {figure: column[rows] for figure, column in values.items()}
    for group in GROUPS[report.family]:
        net = kept.get(f"{group}_net")
        if net is not None:
            net[np.isfinite(kept[f"{group}_long"]) & np.isfinite(kept[f"{group}_short"])] = np.nan
    return kept


def only(positions: Positions, keep: Bools) -> Positions:
    """The rows where `keep` is true."""
    values = {figure: column[keep] for figure, column in positions.values.items()}
    return Positions(positions.report, positions.code[keep], positions.date[keep], positions.name[keep], values)


def check_against(held: Positions, new: Checked) -> None:
    """Raises IMPLAUSIBLE where new rows cannot continue or replace what is held of the same contracts.

    That is where figures differ more than tenfold in more than a fifth of the places that both know (another
    unit, or zeros), where open interest jumps so in the reports that follow, or where half of the rows held
    between the first and the last new report have vanished.
    """
    if not len(held) or not len(new):
        return
    code = np.unique(np.concatenate([held.code, new.code]), return_inverse=True)[1]
    before, after = code[: len(held)], code[len(held) :]
    old_key = before * 100_000 + held.date.astype(np.int64)
    new_key = after * 100_000 + new.date.astype(np.int64)
    _, old_rows, new_rows = np.intersect1d(old_key, new_key, return_indices=True)
    _check_scale(
        "held before",
        np.concatenate([held.values[figure][old_rows] for figure in required(held.report.family)]),
        np.concatenate([new.values[figure][new_rows] for figure in required(held.report.family)]),
    )
    old_next, new_next = _following(before, held, after, new)
    _check_scale("of the report before", held.values["open_interest"][old_next], new.values["open_interest"][new_next])
    is_inside = (held.date > new.date.min()) & (held.date < new.date.max())  # a page may begin or end inside a report
    expected, found = int(is_inside.sum()), int(is_inside[old_rows].sum())
    if expected >= _LEAST_COMPARED and found < _LEAST_FOUND_SHARE * expected:
        raise SourceError(
            ErrorKind.IMPLAUSIBLE,
            f"{TITLES[new.report]}: only {found} of {expected} rows that are held are in the new delivery",
        )


def _check_scale(what: str, old: Floats, new: Floats) -> None:
    is_telling = np.isfinite(old) & np.isfinite(new) & (np.maximum(np.abs(old), np.abs(new)) >= _TELLING)
    old, new = old[is_telling], new[is_telling]
    rescaled = int(((new > _RESCALED * old) | (old > _RESCALED * new)).sum())
    if len(old) >= _LEAST_COMPARED and rescaled > _MOST_RESCALED_SHARE * len(old):
        raise SourceError(
            ErrorKind.IMPLAUSIBLE,
            f"{rescaled} of {len(old)} figures are more than tenfold, or a tenth of, those {what}",
        )


def _following(before: Ints, held: Positions, after: Ints, new: Checked) -> tuple[Ints, Ints]:
    """Rows in pairs: the newest held one of a code, and each new one of the two months that follow it."""
    newest = np.full(int(max(before.max(), after.max())) + 1, -1, np.int64)
    order = np.argsort(held.date, kind="stable")
    newest[before[order]] = order
    old_rows = newest[after]
    new_rows = np.flatnonzero(old_rows >= 0)
    gap = new.date[new_rows] - held.date[old_rows[new_rows]]
    new_rows = new_rows[(gap > np.timedelta64(0, "D")) & (gap <= _RECENT)]
    return old_rows[new_rows], new_rows
