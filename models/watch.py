"""Rules on what the data show, and the alerts that they raise: each fact once, with what stands behind it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.calendars import newest_released, release
from models.formats import as_date, day, decimal, eastern, in_unit, ordinal, plural, week_window
from models.markets import market
from models.names import GROUPS, MAIN_GROUP, Basis, Direction, Group, Legs, Report
from models.series import credit_series

if TYPE_CHECKING:
    from models.calc.splice import Series
    from models.pages.book import Book
    from models.reader import Reader
    from models.records import SourceStatus

CFTC = "cftc"
_LATE_AFTER = timedelta(days=1)
"""A report counts as late a day after its release, so that a slow afternoon raises no alarm."""


class RuleKind(StrEnum):
    """What a rule watches."""

    CROSSES_ZERO = "crosses_zero"
    SWING_IN_TOP = "swing_in_top"
    EXTREME_LEVEL = "extreme_level"
    MEASURE_ABOVE = "measure_above"
    MEASURE_BELOW = "measure_below"
    CREDIT_ABOVE = "credit_above"
    CREDIT_BELOW = "credit_below"
    NEW_REPORT = "new_report"
    SOURCE_LATE = "source_late"


OF_POSITIONS = frozenset(
    [
        RuleKind.CROSSES_ZERO,
        RuleKind.SWING_IN_TOP,
        RuleKind.EXTREME_LEVEL,
        RuleKind.MEASURE_ABOVE,
        RuleKind.MEASURE_BELOW,
    ]
)
"""Kinds that need a market and a definition."""
OF_MEASURES = frozenset([RuleKind.MEASURE_ABOVE, RuleKind.MEASURE_BELOW])
OF_CREDIT = frozenset([RuleKind.CREDIT_ABOVE, RuleKind.CREDIT_BELOW])


class Measure(StrEnum):
    COT_INDEX = "cot_index"
    PERCENTILE = "percentile"
    Z_SCORE = "z_score"


@dataclass(frozen=True)
class Rule:
    """One rule. Which fields count depends on the kind.

    Rules on positions name a market, and a report, group, basis and legs (None is the market's main report and its
    speculators). `window` is the length of a swing or lookback in reports, `top` the rank up to which a swing
    counts, or the reports that a level must exceed. `threshold` is in the measure's own unit, for credit a
    percentile in per cent. `series` is a credit series' id, `source` a source's name ("" for all), `late_days` how
    old the newest figure of a source other than the CFTC may be.
    """

    id: str
    kind: RuleKind
    market: str = "russell-2000"
    report: Report | None = None
    group: Group | None = None
    basis: Basis = Basis.SIZE_ADJUSTED
    legs: str = Legs.LEAD
    window: int = 2
    top: int = 5
    measure: Measure = Measure.COT_INDEX
    threshold: float = 90.0
    series: str = ""
    source: str = ""
    late_days: int = 7
    is_on: bool = True


@dataclass(frozen=True)
class Alert:
    """What a rule found. `key` names the rule and the data, so that the same data raise it once.

    `sentence` says what the data show, `definition` under which definition, `data_date` the day of the data.
    """

    key: str
    rule: Rule
    title: str
    sentence: str
    definition: str
    data_date: date | None


DEFAULT_RULES: tuple[Rule, ...] = (
    Rule("speculators-cross-zero", RuleKind.CROSSES_ZERO),
    Rule(
        "leveraged-funds-cross-zero",
        RuleKind.CROSSES_ZERO,
        report=Report.TFF_COMBINED,
        group=Group.LEVERAGED_FUNDS,
    ),
    Rule("two-week-swing-top-5", RuleKind.SWING_IN_TOP, window=2, top=5),
    Rule("distress-above-90", RuleKind.CREDIT_ABOVE, series="nyfed:CMDI", threshold=90.0),
    Rule("new-report", RuleKind.NEW_REPORT),
    Rule("source-late", RuleKind.SOURCE_LATE),
)


def evaluate(
    reader: "Reader",
    as_of: datetime,
    rules: Sequence[Rule],
    seen: Collection[str] = (),
    titles: Mapping[str, str] | None = None,
) -> tuple[Alert, ...]:
    """The alerts of all rules that are on, without those whose keys were `seen`; in the order of the rules.

    `titles` are what people call the sources.

    Raises UnknownMarket or UnknownSeries for a rule on what does not exist; `rule_of` has refused such rules before.
    """
    watcher = _Watcher(reader, as_of, titles or {})
    made = (alert for rule in rules if rule.is_on for alert in watcher.alerts(rule))
    return tuple({alert.key: alert for alert in made if alert.key not in seen}.values())


class _Watcher:
    """Reads each market once for all rules."""

    def __init__(self, reader: "Reader", as_of: datetime, titles: Mapping[str, str]) -> None:
        self.reader = reader
        self.as_of = as_of
        self.titles = titles
        self._books: dict[str, Book] = {}

    def alerts(self, rule: Rule) -> Iterator[Alert]:
        match rule.kind:
            case RuleKind.CROSSES_ZERO:
                yield from self._crossing(rule)
            case RuleKind.SWING_IN_TOP:
                yield from self._swing(rule)
            case RuleKind.EXTREME_LEVEL:
                yield from self._extreme(rule)
            case RuleKind.MEASURE_ABOVE | RuleKind.MEASURE_BELOW:
                yield from self._measure(rule)
            case RuleKind.CREDIT_ABOVE | RuleKind.CREDIT_BELOW:
                yield from self._credit(rule)
            case RuleKind.NEW_REPORT:
                yield from self._new_report(rule)
            case RuleKind.SOURCE_LATE:
                yield from self._late(rule)

    # Positions

    def _book(self, name: str) -> "Book":
        from models.pages.book import Book

        if name not in self._books:
            self._books[name] = Book(self.reader, market(name), self.as_of)
        return self._books[name]

    def _series(self, rule: Rule) -> "Series":
        from models.calc.splice import Definition

        book = self._book(rule.market)
        main = book.main()
        report = rule.report or main.report
        group = rule.group if rule.group in GROUPS[report.family] else MAIN_GROUP[report.family]
        return book.series(Definition(rule.market, report, group or main.group, rule.basis, rule.legs))

    def _said(self, rule: Rule, series: "Series", title: str, text: str) -> Alert:
        from models.statements.words import definition_title

        newest = as_date(series.date[-1])
        of = market(rule.market)
        definition = definition_title(of, series.definition)
        return Alert(f"{rule.id}@{newest.isoformat()}", rule, title, f"{text} ({definition}).", definition, newest)

    def _who(self, series: "Series") -> str:
        from models.statements.words import capital, subject

        return capital(subject(market(series.definition.market), series.definition.group))

    def _crossing(self, rule: Rule) -> Iterator[Alert]:
        series = self._series(rule)
        if len(series) < 2:
            return
        before, now = float(series.value[-2]), float(series.value[-1])
        if now == 0 or before * now > 0 or bool(series.lead_changes[-1]):
            return
        side = "net long" if now > 0 else "net short"
        text = f"{self._who(series)} went from {in_unit(before, series.unit, signed=True)} to"
        text = f"{text} {in_unit(now, series.unit, signed=True)} {series.unit} on {day(series.date[-1])}"
        yield self._said(rule, series, f"{market(rule.market).title}: {side}", text)

    def _swing(self, rule: Rule) -> Iterator[Alert]:
        from models.calc import superlatives

        series = self._series(rule)
        swings = superlatives.swings(series, rule.window)
        place = swings.at(len(series) - 1) if len(series) else None
        if place is None or swings.value[place] == 0:
            return
        value = float(swings.value[place])
        ranked = superlatives.rank_swing(swings, place, Direction.UP if value > 0 else Direction.DOWN)
        if ranked.rank > rule.top:
            return
        word = "rise" if value > 0 else "fall"
        text = f"{self._who(series)}: {in_unit(value, series.unit, is_change=True)} in {week_window(rule.window)} to"
        text = f"{text} {day(series.date[-1])}, {ordinal(ranked.rank)} of {ranked.of:,} since {day(series.date[0])}"
        title = f"{market(rule.market).title}: {ordinal(ranked.rank)} largest {word}".replace("1st largest", "largest")
        yield self._said(rule, series, title, text)

    def _extreme(self, rule: Rule) -> Iterator[Alert]:
        """The highest or lowest net for more than `top` reports."""
        from models.calc import superlatives

        series = self._series(rule)
        row = len(series) - 1
        if row < rule.top:
            return
        for direction, word in ((Direction.UP, "highest"), (Direction.DOWN, "lowest")):
            refuter = superlatives.refuting_row(series, row, direction)
            if row - (refuter if refuter is not None else -1) <= rule.top:
                continue
            since = f"since {day(series.date[refuter])}" if refuter is not None else f"since {day(series.date[0])}"
            value = in_unit(float(series.value[-1]), series.unit, signed=True)
            text = f"{self._who(series)} were at {value} {series.unit} on {day(series.date[-1])}, the {word} {since}"
            yield self._said(rule, series, f"{market(rule.market).title}: {word} net position", text)

    def _measure(self, rule: Rule) -> Iterator[Alert]:
        from models.calc import positioning

        series = self._series(rule)
        made = {
            Measure.COT_INDEX: positioning.cot_index,
            Measure.PERCENTILE: positioning.percentile,
            Measure.Z_SCORE: positioning.z_score,
        }[rule.measure](series.value, rule.window)
        value = float(made[-1]) if len(made) else float("nan")
        is_above = rule.kind is RuleKind.MEASURE_ABOVE
        if value != value or (value <= rule.threshold if is_above else value >= rule.threshold):
            return
        side = "above" if is_above else "below"
        name = {Measure.COT_INDEX: "COT index", Measure.PERCENTILE: "Percentile", Measure.Z_SCORE: "Z-score"}
        text = f"{name[rule.measure]} over {rule.window} reports was {decimal(value, 1)} on {day(series.date[-1])}"
        text = f"{text}, {side} {decimal(rule.threshold, 1)}"
        yield self._said(rule, series, f"{market(rule.market).title}: {name[rule.measure].lower()} {side}", text)

    # Credit and sources

    def _credit(self, rule: Rule) -> Iterator[Alert]:
        from models.calc.credit import reading

        series = credit_series(rule.series)
        observations = self.reader.observations(series.id, self.as_of)
        made = reading(series, observations) if observations is not None else None
        is_above = rule.kind is RuleKind.CREDIT_ABOVE
        if made is None or not (made.percentile > rule.threshold if is_above else made.percentile < rule.threshold):
            return
        side = "above" if is_above else "below"
        text = f"{series.title} was {decimal(made.level, 2)} on {day(made.date)}, at the"
        text = f"{text} {ordinal(round(made.percentile))} percentile of its values since {day(made.since)},"
        text = f"{text} {side} the {ordinal(round(rule.threshold))}."
        key = f"{rule.id}@{made.date.isoformat()}"
        yield Alert(
            key,
            rule,
            f"{series.title} {side} its {ordinal(round(rule.threshold))} percentile",
            text,
            series.definition,
            made.date,
        )

    def _new_report(self, rule: Rule) -> Iterator[Alert]:
        """The newest report held; seen before, it is no news."""
        report = rule.report or Report.LEGACY_FUTURES
        newest = self.reader.newest_report(report, self.as_of)
        if newest is None:
            return
        made = release(newest)
        text = f"The report of {day(newest)}, released {eastern(made.at)}, is held."
        yield Alert(f"{rule.id}@{newest.isoformat()}", rule, f"Report of {day(newest)}", text, report.value, newest)

    def _late(self, rule: Rule) -> Iterator[Alert]:
        """One alert a source, however many of its datasets are late."""
        late: dict[str, list[SourceStatus]] = {}
        for status in self.reader.statuses():
            if rule.source in ("", status.source) and status.as_of is not None and not status.is_starter:
                expected = self._expected(status, rule)
                if expected is not None and status.as_of < expected:
                    late.setdefault(status.source, []).append(status)
        for source, datasets in late.items():
            yield self._late_source(rule, source, datasets)

    def _late_source(self, rule: Rule, source: str, datasets: "Sequence[SourceStatus]") -> Alert:
        first = datasets[0]
        expected = self._expected(first, rule)
        others = f" and {plural(len(datasets) - 1, 'other dataset')}" if len(datasets) > 1 else ""
        name = self.titles.get(source, source)
        text = f"{name}, {first.dataset.replace('_', ' ')}{others}: the newest figures are of {day(first.as_of)};"
        text = f"{text} those of {day(expected)} are due."
        said = ", ".join(status.dataset for status in datasets)
        key = f"{rule.id}@{source}@{expected.isoformat() if expected else ''}"
        return Alert(key, rule, f"{name} is late", text, said, first.as_of)

    def _expected(self, status: "SourceStatus", rule: Rule) -> date | None:
        """The day up to which a dataset should reach by now, None before there was anything."""
        if status.source == CFTC:
            try:
                return newest_released(self.as_of - _LATE_AFTER)
            except ValueError:
                return None
        # Counted from Mondays, so that a source that stays late is said once a week and not every day.
        today = self.as_of.date()
        due = today - timedelta(days=rule.late_days)
        return due - timedelta(days=due.weekday())


# Rules as they are stored


def record(rule: Rule) -> dict[str, object]:
    """A rule as plain values for the settings; what is as by default is left out."""
    plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in asdict(rule).items()}
    blank = asdict(Rule(rule.id, rule.kind))
    return {name: value for name, value in plain.items() if name in ("id", "kind") or value != blank[name]}


_TYPES: Mapping[str, type[StrEnum]] = {
    "kind": RuleKind,
    "report": Report,
    "group": Group,
    "basis": Basis,
    "measure": Measure,
}


def rule_of(stored: Mapping[str, Any]) -> Rule:
    """The rule of a stored record. Raises ValueError with a sentence where it cannot be one."""
    known = {field.name: field for field in fields(Rule)}
    unknown = [name for name in stored if name not in known]
    if unknown or "id" not in stored or "kind" not in stored:
        raise ValueError(f"A stored rule cannot be read: {', '.join(unknown) or 'its id or kind is missing'}.")
    values: dict[str, Any] = {}
    for name, value in stored.items():
        values[name] = _TYPES[name](value) if name in _TYPES and value is not None else value
    plain = Rule(**values)
    for name in ("id", "market", "legs", "series", "source"):
        if not isinstance(getattr(plain, name), str):
            raise ValueError(f"A stored rule has a {name} that is no text.")
    for name, kind in (("window", int), ("top", int), ("threshold", (int, float)), ("late_days", int)):
        if not isinstance(getattr(plain, name), kind) or getattr(plain, name) < 0:
            raise ValueError(f"The stored rule {plain.id!r} has no usable {name}.")
    try:
        market(plain.market)
        if plain.kind in (RuleKind.CREDIT_ABOVE, RuleKind.CREDIT_BELOW):
            credit_series(plain.series)
    except LookupError as error:
        raise ValueError(str(error)) from error
    return plain
