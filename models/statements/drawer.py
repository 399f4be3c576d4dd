"""The evidence of one statement: this week's numbers put into its definition, the windows compared, the sources."""

from collections.abc import Callable
from datetime import date

import numpy as np

from models.calc import superlatives
from models.calc.splice import Series
from models.calendars import release
from models.formats import (
    DASH,
    as_date,
    count,
    day,
    decimal,
    eastern,
    in_unit,
    month,
    ordinal,
    percent,
    plural,
    short_day,
    span,
    weeks,
)
from models.markets import Market
from models.names import Basis, Direction, Kind, Legs, Report, Verdict
from models.records import Provenance
from models.statements.evidence import Evidence, EvidenceRow, OtherDefinition, SourceLine, Strip
from models.statements.matrix import ClaimRow
from models.statements.sentences import sentence
from models.statements.statement import Statement
from models.statements.words import (
    basis_title,
    capital,
    definition_title,
    legs_title,
    none_held,
    report_title,
    since_when,
    superlative,
)

TIED = ", tied"
"""Follows a rank that others share."""

VERDICT_WORDS = {
    "true": "holds",
    "false": "does not hold",
    "short": "cannot be shown: the sample is too short",
    "missing": "cannot be shown: no data",
}


def evidence(
    market: Market,
    row: ClaimRow,
    shown: Statement,
    series: Series,
    provenance: Callable[[int], Provenance],
) -> Evidence:
    """The drawer of `shown`, one cell of the claim's row; `series` is that of its definition."""
    sample = series.until(np.datetime64(shown.claim.date))
    lead, note = _lead(shown)
    source_lines = _sources(sample, shown, provenance)
    headers, rows = _table(shown, sample)
    return Evidence(
        claim=claim_title(shown),
        verdict=VERDICT_WORDS[shown.mark],
        lead=lead,
        lead_note=note,
        strip=_strip(shown, sample),
        definition=_definition(market, shown, sample),
        table_title="The windows compared" if shown.kind is Kind.SWING else "The reports compared",
        headers=headers,
        rows=rows,
        others=tuple(_other(market, s) for s in row.statements if s is not shown),
        sample=_sample(shown, sample),
        sources=source_lines,
        sentence=f"{sentence(market, shown)} Source: {_cited(source_lines)}.",
        export_headers=EXPORT_HEADERS,
        export_rows=_export_rows(sample),
    )


def claim_title(statement: Statement) -> str:
    """The claim in few words: `Largest two-week rise on record`; a size that is only asked for is a question."""
    claim = statement.claim
    if claim.kind is Kind.SWING:
        way = "rise" if claim.direction is Direction.UP else "fall"
        best = f"Largest {_week_adjective(claim.window)} {way}"
        return f"{best}?" if claim.is_asked else f"{best} on record"
    if claim.kind is Kind.STREAK:
        return f"{count(claim.length)} {'rises' if claim.direction is Direction.UP else 'falls'} in a row"
    if claim.kind is Kind.SIGN:
        what = f"First net {'long' if claim.direction is Direction.UP else 'short'}"
    else:
        what = f"{'Highest' if claim.direction is Direction.UP else 'Lowest'} net"
    if claim.since is None:
        return f"{what} on record"
    return (
        f"{what} since {since_when(claim.since, claim.date)}"
        if claim.kind is Kind.SIGN
        else f"{what} in {span(claim.since, claim.date)}"
    )


def _week_adjective(window: int) -> str:
    return weeks(window).removesuffix("s").replace(" ", "-")


def _lead(statement: Statement) -> tuple[str, str]:
    if statement.verdict is Verdict.UNKNOWN and statement.reason == "no_data":
        return DASH, f"no figure is held for {day(statement.claim.date)}"
    if statement.kind is Kind.SIGN:
        return in_unit(statement.value, statement.unit, signed=True), f"on {day(statement.claim.date)}"
    if statement.rank is None:
        return DASH, "not ranked"
    what = {
        Kind.SWING: f"{_week_adjective(statement.claim.window or 1)} changes",
        Kind.LEVEL: "reports",
        Kind.STREAK: "runs of one sign",
    }[statement.kind]
    tied = TIED if statement.ties else ""
    return ordinal(statement.rank) + tied, f"of {statement.of:,} {what} since {month(statement.sample_start)}"


def _strip(statement: Statement, series: Series) -> Strip | None:
    if statement.value is None or statement.kind is Kind.STREAK:
        return None
    if statement.kind is Kind.SWING:
        changes = superlatives.swings(series, statement.claim.window)
        values, caption = changes.value, f"all {plural(len(changes), 'change')}"
    else:
        values, caption = series.value, f"all {plural(len(series), 'report')}"
    marks = [(statement.value, short_day(statement.claim.date), True)]
    other = statement.refuted_by or statement.runner_up
    if other is not None:
        marks.append((other.value, day(other.date), False))
    return Strip(caption, values, tuple(marks))


def _definition(market: Market, statement: Statement, series: Series) -> tuple[str, ...]:
    definition = statement.definition
    lines = [f"{report_title(definition.report)}, {legs_title(definition)}.".capitalize(), *_net_line(series)]
    place = len(series) - 1
    net, size = float(series.value[place]), float(series.multiplier[place])
    if definition.basis is Basis.SIZE_ADJUSTED:
        lines.append(
            f"{capital(market.size_unit)} = contracts × ${size:,.0f} ÷ ${market.lead_multiplier:,.0f}"
            f" per {market.point} = {count(net, signed=True)}."
        )
    elif definition.basis is Basis.SHARE_OF_OI:
        oi, origin = float(series.open_interest[place]), str(series.oi_report[place])
        where = f" (open interest from the {report_title(Report(origin))})" if origin else ""
        lines.append(f"Share = 100 × net ÷ open interest of {count(oi)}{where} = {percent(net, 1, signed=True)}.")
    elif definition.basis is Basis.NOTIONAL:
        lines.append(f"Dollar value = contracts × ${size:,.0f} × the index close = {in_unit(net, 'USD', signed=True)}.")
    if statement.kind is Kind.SWING and statement.value is not None:
        now, then = (in_unit(value, series.unit, signed=True) for value in (statement.end, statement.start))
        lines.append(
            f"Change = this report − report {weeks(statement.claim.window)} earlier"
            f" = {now} − ({then}) = {in_unit(statement.value, series.unit, is_change=True)}."
        )
    return tuple(lines)


def _net_line(series: Series) -> list[str]:
    long, short = float(series.long[-1]), float(series.short[-1])
    if np.isnan(long) or np.isnan(short):
        return ["Net = long − short; only the net is held for this report."]
    return [f"Net = long − short = {count(long)} − {count(short)} = {count(long - short, signed=True)}."]


def _table(statement: Statement, series: Series) -> tuple[tuple[str, ...], tuple[EvidenceRow, ...]]:
    dates: list[tuple[date, date | None]] = []
    other = statement.refuted_by or statement.runner_up
    if other is not None and statement.kind is Kind.SWING:
        dates.append((other.date, other.start_date))
    elif other is not None:
        dates.append((other.date, None))
    if statement.value is not None and statement.kind is Kind.SWING:
        dates.append((statement.claim.date, statement.start_date))
    else:
        dates.append((statement.claim.date, None))
    headers = ("Report", "Long", "Short", "$ a point", capital(series.unit))
    rows: list[EvidenceRow] = []
    if statement.kind is not Kind.SWING and statement.since is not None:
        dates.append((statement.since, None))  # the report that the claim goes back to
    for end, start in sorted(dict.fromkeys(dates)):
        if start is not None:
            rows.append(_row(series, start))
        rows.append(_row(series, end))
        if start is not None:
            move = float(series.value[_place(series, end)] - series.value[_place(series, start)])
            rows.append(EvidenceRow(("Change", "", "", "", in_unit(move, series.unit, is_change=True)), is_sum=True))
    return headers, tuple(rows)


def _place(series: Series, when: date) -> int:
    return int(np.searchsorted(series.date, np.datetime64(when)))


def _row(series: Series, when: date) -> EvidenceRow:
    i = _place(series, when)
    if i >= len(series) or as_date(series.date[i]) != when:
        return EvidenceRow((day(when), DASH, DASH, DASH, DASH))
    return EvidenceRow(
        (
            day(when),
            count(series.long[i]),
            count(series.short[i]),
            decimal(series.multiplier[i], 0),
            in_unit(series.value[i], series.unit, signed=True),
        )
    )


def _other(market: Market, statement: Statement) -> OtherDefinition:
    return OtherDefinition(statement.mark, _short_name(market, statement), _result(statement))


def _result(statement: Statement) -> str:
    """What a definition says, in a few words."""
    if statement.mark == "missing":
        return "no data"
    match statement.kind:
        case Kind.SWING:
            return f"{ordinal(statement.rank or 0)} of {statement.of:,}"
        case Kind.LEVEL:
            since = statement.since
            return f"since {since_when(since, statement.claim.date)}" if since else "on record"
        case Kind.STREAK:
            return plural(int(statement.value or 0), "report")
        case _:
            return in_unit(statement.value, statement.unit, signed=True)


def _short_name(market: Market, statement: Statement) -> str:
    definition = statement.definition
    parts = [basis_title(market, definition)]
    if definition.legs == Legs.ALL:
        parts.append("all contracts")
    if definition.report is not statement.claim.primary.report:
        parts.append(report_title(definition.report).replace("financial traders report (TFF)", "TFF"))
        parts[0] = f"{definition.group.replace('_', ' ')}, {parts[0]}"
    return capital(", ".join(parts))


def _sample(statement: Statement, series: Series) -> tuple[str, ...]:
    codes = ", ".join(dict.fromkeys(series.code.tolist()))
    lines = [
        f"{plural(len(series), 'report')} from {day(series.date[0])} to {day(series.date[-1])},"
        f" {'codes' if ', ' in codes else 'code'} {codes}.",
    ]
    lines += [f"{none_held(statement.definition)} between {day(a)} and {day(b)}." for a, b in statement.holes]
    if statement.left_out:
        lines.append(
            f"{plural(statement.left_out, 'change')} across a switch of the lead contract"
            f" {'is' if statement.left_out == 1 else 'are'} left out."
        )
    if gone := len(series.unsummed):
        reports = plural(gone, "report")
        lines.append(f"{reports} without one of the contracts {'is' if gone == 1 else 'are'} left out.")
    for i in np.flatnonzero(series.seam):
        before, after = series.multiplier[i - 1], series.multiplier[i]
        lines.append(
            f"Seam at {day(series.date[i])}: {series.code[i - 1]} ${before:,.0f} to {series.code[i]} ${after:,.0f}."
        )
    borrowed = [origin for origin in dict.fromkeys(series.oi_report.tolist()) if origin]
    if statement.definition.basis is Basis.SHARE_OF_OI and borrowed:
        names = " and the ".join(report_title(Report(name)) for name in borrowed)
        lines.append(f"Where a row has no open interest, that of the same code and date in the {names} is used.")
    if statement.kind in (Kind.SWING, Kind.LEVEL) and statement.rank is not None:
        lines.append(f"Ranked as {superlative(statement.kind, statement.claim.direction)}, ties at the better rank.")
    return tuple(lines)


def _sources(series: Series, statement: Statement, provenance: Callable[[int], Provenance]) -> tuple[SourceLine, ...]:
    if not len(series):
        return ()
    newest = as_date(series.date[-1])
    when = release(newest)
    origin = provenance(int(series.batch[-1])) if series.batch[-1] >= 0 else None
    return (
        SourceLine(
            title=f"CFTC {report_title(statement.definition.report)}",
            url=origin.url if origin else "",
            report_date=newest,
            released_at=when.at,
            release_is_uncertain=when.is_uncertain,
            retrieved_at=origin.retrieved_at if origin else None,
        ),
    )


def _cited(sources: tuple[SourceLine, ...]) -> str:
    return "; ".join(
        f"{s.title}, report of {day(s.report_date)}"
        + (f", released {eastern(s.released_at)}" if s.released_at else "")
        + (" (release day uncertain)" if s.release_is_uncertain else "")
        for s in sources
    )


EXPORT_HEADERS = ("date", "value", "unit", "long", "short", "open_interest", "code", "multiplier", "seam")


def _export_rows(series: Series) -> tuple[tuple[object, ...], ...]:
    def known(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    return tuple(
        (
            as_date(series.date[i]).isoformat(),
            float(series.value[i]),
            series.unit,
            known(series.long[i]),
            known(series.short[i]),
            known(series.open_interest[i]),
            str(series.code[i]),
            float(series.multiplier[i]),
            bool(series.seam[i]),
        )
        for i in range(len(series))
    )


def definition_line(market: Market, statement: Statement) -> str:
    return definition_title(market, statement.definition)
