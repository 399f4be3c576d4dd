import json
from datetime import date, timedelta

import pytest

from models.calendars import end_of_day, release
from models.names import Basis, Group, Report
from models.watch import DEFAULT_RULES, Alert, Measure, Rule, RuleKind, evaluate, record, rule_of
from services.archive.archive import Archive
from tests.models.samples import tuesdays
from tests.services.archive.samples import batch, observations, positions, save

FIRST = date(2016, 1, 5)


def hold(archive: Archive, nets: list[float]) -> date:
    """Weekly nets of gold; the last report's day."""
    days = tuesdays(len(nets), FIRST)
    figures = {
        ("088691", day): {"noncommercial_long": 500_000.0 + net, "noncommercial_short": 500_000.0}
        for day, net in zip(days, nets, strict=True)
    }
    save(archive, positions(figures, name="GOLD"))
    return days[-1]


def raised(archive: Archive, day: date, *rules: Rule, seen: tuple[str, ...] = ()) -> tuple[Alert, ...]:
    return evaluate(archive, release(day).at, rules, seen)


CROSSING = Rule("zero", RuleKind.CROSSES_ZERO, market="gold")


def test_that_a_net_that_crosses_zero_is_said_once(empty_archive: Archive) -> None:
    day = hold(empty_archive, [5.0, 3.0, -4.0])
    alerts = raised(empty_archive, day, CROSSING)
    assert [alert.title for alert in alerts] == ["Gold: net short"]
    assert "+3 to \u22124" in alerts[0].sentence
    assert alerts[0].data_date == day
    assert raised(empty_archive, day, CROSSING, seen=(alerts[0].key,)) == ()
    assert evaluate(empty_archive, release(day).at + timedelta(days=3), [CROSSING], [alerts[0].key]) == ()


def test_that_nothing_is_raised_before_the_release(empty_archive: Archive) -> None:
    day = hold(empty_archive, [5.0, 3.0, -4.0])
    assert evaluate(empty_archive, release(day).at - timedelta(minutes=1), [CROSSING]) == ()
    assert raised(empty_archive, day, Rule("off", RuleKind.CROSSES_ZERO, market="gold", is_on=False)) == ()


def test_that_a_swing_is_raised_up_to_its_rank_and_no_further(empty_archive: Archive) -> None:
    day = hold(empty_archive, [0.0, 100.0, 0.0, 90.0, 0.0, 80.0])
    rule = Rule("swing", RuleKind.SWING_IN_TOP, market="gold", window=1, top=3)
    found = raised(empty_archive, day, rule)
    assert found[0].title == "Gold: 3rd largest rise"
    assert "3rd of 5" in found[0].sentence
    assert raised(empty_archive, day, Rule("two", RuleKind.SWING_IN_TOP, market="gold", window=1, top=2)) == ()


def test_that_levels_and_measures_are_watched(empty_archive: Archive) -> None:
    day = hold(empty_archive, [float(i) for i in range(40)])
    high = Rule("high", RuleKind.EXTREME_LEVEL, market="gold", top=26)
    index = Rule("index", RuleKind.MEASURE_ABOVE, market="gold", measure=Measure.COT_INDEX, window=26, threshold=90)
    low = Rule("low", RuleKind.MEASURE_BELOW, market="gold", measure=Measure.PERCENTILE, window=26, threshold=10)
    assert [alert.rule.id for alert in raised(empty_archive, day, high, index, low)] == ["high", "index"]


def test_that_an_index_above_its_percentile_is_raised(empty_archive: Archive) -> None:
    days = {(FIRST + timedelta(weeks=i)).isoformat(): float(i) for i in range(60)}
    save(empty_archive, observations("nyfed:CMDI", days), source="nyfed", retrieved_at="2017-03-01 12:00")
    rule = next(rule for rule in DEFAULT_RULES if rule.kind is RuleKind.CREDIT_ABOVE)
    found = evaluate(empty_archive, end_of_day(FIRST + timedelta(weeks=61)), [rule])
    assert len(found) == 1
    assert "100th percentile" in found[0].sentence


def test_that_a_new_report_is_news_once(empty_archive: Archive) -> None:
    day = hold(empty_archive, [1.0, 2.0])
    rule = Rule("new", RuleKind.NEW_REPORT)
    first = raised(empty_archive, day, rule)
    assert [alert.data_date for alert in first] == [day]
    assert raised(empty_archive, day, rule, seen=tuple(alert.key for alert in first)) == ()


def test_that_a_late_source_is_said_once_a_report(empty_archive: Archive) -> None:
    day = FIRST + timedelta(weeks=1)
    figures = {("088691", day): {"noncommercial_long": 1.0, "noncommercial_short": 2.0}}
    empty_archive.save(batch(positions(figures, name="GOLD"), as_of=day))
    rule = Rule("late", RuleKind.SOURCE_LATE)
    due = release(day + timedelta(weeks=1)).at
    assert evaluate(empty_archive, due, [rule]) == ()
    late = evaluate(empty_archive, due + timedelta(days=2), [rule])
    assert [alert.title for alert in late] == ["cftc is late"]
    later = evaluate(empty_archive, due + timedelta(days=3), [rule], [alert.key for alert in late])
    assert later == ()


def test_that_rules_survive_the_settings() -> None:
    for rule in (
        *DEFAULT_RULES,
        Rule("x", RuleKind.SWING_IN_TOP, "wti", group=Group.MANAGED_MONEY, basis=Basis.CONTRACTS),
    ):
        assert rule_of(json.loads(json.dumps(record(rule)))) == rule
    assert record(Rule("a", RuleKind.NEW_REPORT)) == {"id": "a", "kind": "new_report"}


@pytest.mark.parametrize(
    "stored",
    [{}, {"id": "a"}, {"id": "a", "kind": "none"}, {"id": "a", "kind": "new_report", "top": "5"}, {"colour": 1}],
)
def test_that_a_broken_rule_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"rule|valid"):
        rule_of(stored)


def test_that_a_rule_on_no_market_is_refused() -> None:
    with pytest.raises(ValueError, match="market"):
        rule_of({"id": "a", "kind": "crosses_zero", "market": "tulips", "report": Report.LEGACY_FUTURES.value})
