"""The latest values of all groups on the Positioning page."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.calc import positioning as measures
from models.calc.splice import Definition, Series
from models.formats import DASH
from models.names import GROUPS, Basis, Family, Report, Scope
from models.pages.book import Book
from models.pages.choice import Choice
from models.pages.positioning import CHANGE_REPORTS, FAMILY_LABELS, LatestRow
from models.records import Dates, Floats, Positions
from models.statements.words import GROUP_TITLES, SCOPE_TITLES, joined


def latest_rows(book: Book, definition: Definition, choice: Choice) -> tuple[LatestRow, ...]:
    """The groups of the report that is shown, or of the market's finer report beside legacy speculators."""
    report = definition.report
    pairs = [(report, g) for g in GROUPS[report.family]]
    if report.family is Family.LEGACY and book.market.main_family is not Family.LEGACY:
        pairs = pairs[:1]
        scopes = (Scope.COMBINED, Scope.FUTURES)
        others = [Report.of(book.market.main_family, scope) for scope in dict.fromkeys(scopes)]
        newest = book.newest(report)
        other = next((r for r in others if book.newest(r) == newest), None)
        pairs += (
            [(other, g) for g in GROUPS[other.family]] if other else [(report, g) for g in GROUPS[report.family][1:]]
        )
    rows = [replace(definition, report=r, group=g) for r, g in pairs]
    reports = np.unique(np.concatenate([book.series(of).date for of in rows]))
    return tuple(_latest_row(book, of, definition, choice, reports) for of in rows)


def _latest_row(book: Book, of: Definition, focus: Definition, choice: Choice, reports: Dates) -> LatestRow:
    """`reports` are those of all rows: a group without the newest of them has no latest values."""
    held = book.series(of)
    shown = held if len(held) and held.date[-1] == reports[-1] else held.where(np.zeros(len(held), dtype=bool))
    positions = book.positions(of.report)
    label = GROUP_TITLES[of.group] + (" legacy" if of.report.family is Family.LEGACY else "")
    changes = tuple(_change_between(shown, reports, k) for k in CHANGE_REPORTS)
    share = book.series(replace(of, basis=Basis.SHARE_OF_OI))
    same_day = len(share) > 0 and len(shown) > 0 and share.date[-1] == shown.date[-1]
    return LatestRow(
        group=of.group,
        report=of.report,
        label=label,
        long=_last(shown.long),
        short=_last(shown.short),
        net=_last(shown.value),
        changes=changes,
        share_of_oi_pct=_last(share.value) if same_day else None,
        index=_last(measures.cot_index(shown.value, choice.lookback)),
        percentile=_last(measures.percentile(shown.value, choice.lookback)),
        traders_long=_figure(positions, shown, f"{of.group}_traders_long"),
        traders_short=_figure(positions, shown, f"{of.group}_traders_short"),
        is_focus=of == focus,
        series=shown,
        share=share,
    )


def _change_between(shown: Series, reports: Dates, k: int) -> float | None:
    """The change over the last k of `reports`; None where one of its ends is not held of this group.

    Counted in a group's own reports, a missing week would start its change a week before that of the others.
    """
    if len(reports) <= k or int((reports[-1] - reports[-1 - k]).astype(np.int64)) > measures.gap_limit_days(k):
        return None
    at = np.flatnonzero(np.isin(shown.date, reports[[-1 - k, -1]]))
    return float(shown.value[at[1]] - shown.value[at[0]]) if len(at) == 2 else None


def _last(values: Floats) -> float | None:
    return float(values[-1]) if len(values) and np.isfinite(values[-1]) else None


def _figure(positions: Positions, shown: Series, name: str) -> float | None:
    """One stored figure of the row behind the newest point of a series."""
    column = positions.values.get(name)
    if column is None or not len(shown):
        return None
    at = np.flatnonzero((positions.date == shown.date[-1]) & (positions.code == shown.code[-1]))
    return float(column[at[0]]) if len(at) and np.isfinite(column[at[0]]) else None


def latest_note(book: Book, definition: Definition, shown: Series, latest: tuple[LatestRow, ...]) -> str:
    """What dashes stand for, whose the other groups are, and the figures of the whole report."""
    if not len(shown):
        return ""
    notes = [unknown_note(latest)]
    others = [row.report for row in latest if row.report is not definition.report]
    if others:
        notes.append(f"Other groups: {FAMILY_LABELS[others[0].family]}, {SCOPE_TITLES[others[0].scope]}.")
    oi = _last(shown.open_interest)
    if oi is not None:
        notes.append(f"Open interest {oi:,.0f}.")
    top = _figure(book.positions(definition.report), shown, "top4_gross_long")
    bottom = _figure(book.positions(definition.report), shown, "top4_gross_short")
    if top is not None and bottom is not None:
        notes.append(f"The four largest traders hold {top:.1f}% of longs and {bottom:.1f}% of shorts.")
    return " ".join(filter(None, notes))


def unknown_note(rows: Sequence[LatestRow]) -> str:
    """What a dash among the latest values stands for, as far as there are any."""
    held = [row for row in rows if row.net is not None]
    stored = [(r.long, r.short, r.share_of_oi_pct, r.traders_long, r.traders_short) for r in held]
    reasons = (
        ("not in this source", any(None in figures for figures in stored)),
        ("not held for this week", len(held) < len(rows) or any(None in row.changes for row in held)),
        ("too few reports", any(row.index is None or row.percentile is None for row in held)),
    )
    told = [reason for reason, is_so in reasons if is_so]
    return f"{DASH} = {joined(told, 'or')}." if told else ""
