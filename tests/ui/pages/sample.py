"""A Positioning page of invented figures in the shape of real ones: a resized contract, a hole, two swings."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from models.calc import positioning as measures
from models.calc.splice import Definition, Series
from models.formats import as_date
from models.markets import MARKETS
from models.names import GROUPS, Basis, Direction, Family, Group, Legs, Report
from models.pages.choice import Choice
from models.pages.positioning import (
    Hatch,
    LatestRow,
    Option,
    PositioningPage,
    RecordRow,
    ScannerPage,
    ScannerRow,
    SeamMark,
    SwingMark,
)
from models.pages.records import ranking
from models.records import Floats
from models.statements.evidence import Evidence, EvidenceRow, OtherDefinition, SourceLine, Strip

LAST = np.datetime64("2017-06-13")
RESIZED = np.datetime64("2016-12-06")
HOLE = (np.datetime64("2008-01-08"), np.datetime64("2008-09-16"))
SHOCKS = {
    "2016-11-15": 51_000,
    "2016-11-22": 55_000,
    "2017-05-23": -31_000,
    "2017-05-30": -38_000,
    "2017-06-06": 37_000,
    "2017-06-13": 43_000,
}
AS_OF = datetime(2017, 6, 16, 20, tzinfo=UTC)


def choice(**changes: object) -> Choice:
    return replace(Choice(as_of=AS_OF, is_live=False), **changes)  # type: ignore[arg-type]


def series(reports: int = 1000, seed: int = 7, last: np.datetime64 = LAST) -> Series:
    """Weekly nets in $50 contracts, up to a last Tuesday, without the weeks of the hole."""
    chance = np.random.default_rng(seed)
    dates = last - np.arange(reports)[::-1] * np.timedelta64(7, "D")
    steps = chance.normal(0, 11_000, reports)
    for day, step in SHOCKS.items():
        steps[dates == np.datetime64(day)] = step
    value = np.zeros(reports)
    for row in range(1, reports):
        value[row] = 0.97 * value[row - 1] + steps[row]
    value = np.round(value - value[-1] + 7_542)
    kept = (dates <= HOLE[0]) | (dates >= HOLE[1])
    dates, value = dates[kept].astype("datetime64[D]"), value[kept]
    count = len(dates)
    short = 90_000 + np.round(chance.normal(0, 4_000, count))
    multiplier = np.where(dates < RESIZED, 100.0, 50.0)
    resized = np.zeros(count, dtype=bool)
    resized[1:] = multiplier[1:] != multiplier[:-1]
    return Series(
        definition=Definition("russell-2000", Report.LEGACY_FUTURES, Group.NONCOMMERCIAL, Basis.SIZE_ADJUSTED),
        unit="$50 contracts",
        date=dates,
        value=value,
        long=short + value,
        short=short,
        spreading=np.full(count, 12_000.0),
        open_interest=400_000 + np.cumsum(chance.normal(0, 3_000, count)),
        code=np.full(count, "23977A"),
        multiplier=multiplier,
        lead_changes=np.zeros(count, dtype=bool),
        resized=resized,
        oi_report=np.full(count, ""),
        batch=np.zeros(count, dtype=np.int64),
        unsummed=dates[:0],
    )


def page(
    reports: int = 1000,
    *,
    seed: int = 7,
    last: np.datetime64 = LAST,
    focus: date | None = None,
    title: str = "Speculators, legacy report, futures only",
) -> PositioningPage:
    shown = series(reports, seed, last)
    chosen = choice(focus=focus)
    prices = np.round(450 * np.exp(np.cumsum(np.random.default_rng(seed + 1).normal(0.0012, 0.02, len(shown)))), 2)
    records = ranking(shown, chosen.kind, window=2, direction=Direction.UP, separate=True, top=50)
    return PositioningPage(
        choice=chosen,
        title=title,
        sentence="Speculators swung from net short 73,030 to net long 7,542 in two weeks.",
        subtitle="",
        release=None,
        reports=(Option("legacy", "Legacy", True), Option("tff", "TFF", False)),
        scopes=(
            Option("futures", "Futures", True),
            Option("combined", "Fut + options", False, "No combined rows of this report are held."),
        ),
        groups=tuple(
            Option(g.value, label, g is Group.NONCOMMERCIAL)
            for g, label in zip(GROUPS[Family.LEGACY], ("Speculators", "Commercials", "Non-reportable"), strict=True)
        ),
        bases=(
            Option("contracts", "Contracts", False),
            Option("size_adjusted", "$50 contracts", True),
            Option("share_of_oi", "% of OI", False),
            Option("notional", "$ value", False, "Needs prices of the index; none are held as of this day."),
        ),
        legs=(
            Option(Legs.LEAD, "Lead contract", True),
            Option(Legs.ALL, "All contracts", False),
            Option("23977A", "Code 23977A", False),
        ),
        lookbacks=(
            Option("26", "26w", False),
            Option("52", "52w", False),
            Option("156", "156w", True),
            Option("", "All", False),
        ),
        main=shown,
        as_reported=replace(shown, value=shown.value * 50 / shown.multiplier, unit="contracts"),
        weekly_change=measures.change(shown, 1),
        index=measures.cot_index(shown.value, 156),
        percentile=measures.percentile(shown.value, 156),
        z_score=measures.z_score(shown.value, 156),
        index_title="COT index, 156 weeks: where the net sits between its low (0) and high (100)",
        closes=None,
        closes_title="Russell 2000 price",
        price_dates=shown.date,
        prices=prices,
        seams=(SeamMark(date(2016, 12, 6), "$100 a point", "$50 a point"),),
        hatches=(Hatch(as_date(HOLE[0]), as_date(HOLE[1]), "no reports held"),),
        swings=_swings(shown, records.rows[0]),
        latest=_latest(shown),
        latest_note="Open interest 658,653. The four largest traders hold 31.2% of longs and 22.9% of shorts.",
        records=records.rows,
        records_of=records.of,
        records_left_out=records.left_out,
        records_separate=len(records.rows),
        evidence=evidence() if focus else None,
    )


def empty_page() -> PositioningPage:
    """A market without a single row."""
    full = page(60)
    nothing: Floats = np.empty(0)
    return replace(
        full,
        main=full.main.where(np.zeros(len(full.main), dtype=bool)),
        as_reported=None,
        weekly_change=nothing,
        index=nothing,
        percentile=nothing,
        z_score=nothing,
        price_dates=full.main.date[:0],
        prices=nothing,
        seams=(),
        hatches=(),
        swings=(),
        records=(),
        latest=(),
        latest_note="",
        reason_empty="No figures for Russell 2000 are held as of 16 Jun 2017: refresh to download them.",
    )


def evidence() -> Evidence:
    chance = np.random.default_rng(3)
    return Evidence(
        claim="Largest two-week rise on record",
        verdict="does not hold",
        lead="3rd",
        lead_note="of 506 two-week changes since Dec 2006",
        strip=Strip(
            "all 506 changes",
            chance.normal(0, 24_000, 506),
            ((80_572.0, "13 Jun", True), (129_034.0, "21 Aug 2007", False)),
        ),
        definition=(
            "Net = non-commercial long − short, futures only.",
            "$50 contracts = contracts × point value ÷ $50.",
            "Change = this report − the report two before.",
        ),
        table_title="The windows compared",
        headers=("Report", "Contracts", "$ a point", "$50 contr."),
        rows=(
            EvidenceRow(("8 Nov 2016", "−18,999", "100", "−37,998")),
            EvidenceRow(("22 Nov 2016", "+34,159", "100", "+68,318")),
            EvidenceRow(("Change", "+53,158", "", "+106,316"), is_sum=True),
            EvidenceRow(("30 May 2017", "−73,030", "50", "−73,030")),
            EvidenceRow(("13 Jun 2017", "+7,542", "50", "+7,542")),
            EvidenceRow(("Change", "+80,572", "", "+80,572"), is_sum=True),
        ),
        others=(
            OtherDefinition("true", "Contracts as reported", "1st of 506"),
            OtherDefinition("false", "% of open interest", "2nd of 506"),
            OtherDefinition("false", "Dollar value", "2nd of 506"),
            OtherDefinition("short", "Leveraged funds, $50 contracts", "8th of 359"),
            OtherDefinition("missing", "All contracts, notional value", "no data"),
        ),
        sample=(
            "508 reports from 12 Dec 2006, one hole of 37 weeks in 2008.",
            "2 changes across a change of lead contract are left out.",
        ),
        sources=(
            SourceLine(
                "CFTC Legacy futures only, 23977A",
                "https://publicreporting.cftc.gov/resource/6dca-aqww",
                date(2017, 6, 13),
                AS_OF.replace(hour=19, minute=30),
                False,
                AS_OF.replace(hour=19, minute=31),
            ),
        ),
        sentence="Speculators swung by +80,572 contracts in two weeks, the third largest rise since December 2006.",
        export_headers=("report_date", "code", "net"),
        export_rows=((date(2017, 5, 30), "23977A", -73030), (date(2017, 6, 13), "=23977A", 7542)),
    )


def scanner(markets: int = 48) -> ScannerPage:
    chance = np.random.default_rng(11)
    groups = ("Equity indices", "Rates", "Currencies", "Energy", "Metals", "Grains")
    rows = tuple(
        ScannerRow(
            market=MARKETS[place % len(MARKETS)].name,
            title=f"Market {place:02d}",
            group=groups[place % len(groups)],
            codes=(f"{place:06d}",),
            report_date=None if place == 5 else date(2017, 6, 13),
            report=Report.LEGACY_FUTURES,
            net=None if place == 5 else float(round(chance.normal(0, 90_000))),
            unit="contracts",
            share_of_oi_pct=float(chance.normal(0, 12)),
            cot_index_156=float(chance.uniform(0, 100)),
            percentile_156=float(chance.uniform(0, 100)),
            z_52=float(chance.normal()),
            change_1=float(round(chance.normal(0, 9_000))),
            change_4=float(round(chance.normal(0, 20_000))),
            extreme="high" if place % 2 else "low",
            extreme_since=None if place % 9 == 0 else date(2016, 3, 1),
            weeks_since_extreme=int(chance.integers(1, 400)),
            statements=("Largest four-week rise since March 2009.",) if place % 7 == 0 else (),
            spark=np.cumsum(chance.normal(0, 1, 52)),
        )
        for place in range(markets)
    )
    return ScannerPage(choice(), f"{markets - 1} of {markets} markets have figures.", rows)


def _swings(shown: Series, record: RecordRow) -> tuple[SwingMark, ...]:
    assert record.start_date is not None and record.start is not None and record.end is not None
    return (
        SwingMark(record.start_date, record.date, record.start, record.end, "", "the record", False),
        SwingMark(
            as_date(shown.date[-3]),
            as_date(shown.date[-1]),
            float(shown.value[-3]),
            float(shown.value[-1]),
            "",
            "two weeks to 13 Jun 2017",
            True,
        ),
    )


def _latest(shown: Series) -> tuple[LatestRow, ...]:
    names = (
        (Group.NONCOMMERCIAL, Report.LEGACY_FUTURES, "Speculators legacy"),
        (Group.LEVERAGED_FUNDS, Report.TFF_COMBINED, "Leveraged funds"),
        (Group.ASSET_MANAGER, Report.TFF_COMBINED, "Asset managers"),
        (Group.DEALER, Report.TFF_COMBINED, "Dealers"),
        (Group.OTHER_REPORTABLE, Report.TFF_COMBINED, "Other reportables"),
        (Group.NONREPORTABLE, Report.TFF_COMBINED, "Non-reportable"),
    )
    chance = np.random.default_rng(5)
    rows = []
    for place, (group, report, label) in enumerate(names):
        known = place > 0
        changes = (43_218.0, 80_572.0, 61_004.0, -12_155.0) if not known else tuple(chance.normal(0, 30_000, 4))
        rows.append(
            LatestRow(
                group=group,
                report=report,
                label=label,
                long=round(chance.uniform(3e4, 3e5)) if known else None,
                short=round(chance.uniform(3e4, 3e5)) if known else None,
                net=float(shown.value[-1]) if not known else round(chance.normal(0, 60_000)),
                changes=changes,
                share_of_oi_pct=1.1 if not known else float(chance.normal(0, 6)),
                index=float(chance.uniform(0, 100)),
                percentile=float(chance.uniform(0, 100)),
                traders_long=float(chance.integers(5, 60)) if known else None,
                traders_short=float(chance.integers(5, 60)) if known else None,
                is_focus=not known,
            )
        )
    return tuple(rows)
