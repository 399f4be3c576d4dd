import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.names import Basis, Group, Report
from models.watch import DEFAULT_RULES, Alert, Measure, Rule, RuleKind
from models.watch_log import MOST_KEPT, Watch, from_store, to_store
from models.watch_words import rule_definition, rule_title

NOON = datetime(2017, 6, 17, 12, tzinfo=UTC)
ZERO = Rule("zero", RuleKind.CROSSES_ZERO, market="gold")


def alert(key: str, rule: Rule = ZERO) -> Alert:
    return Alert(key, rule, "Gold: net short", "From +3 to \u22124.", "contracts", date(2017, 6, 13))


def test_that_the_same_data_are_noted_once_and_the_newest_comes_first() -> None:
    watch = Watch().noting([alert("zero@2017-06-06")], NOON).noting([alert("zero@2017-06-13")], NOON)
    assert [one.key for one in watch.log] == ["zero@2017-06-13", "zero@2017-06-06"]
    assert watch.noting([alert("zero@2017-06-13")], NOON) == watch
    assert (watch.log[0].page, watch.log[0].market) == ("positioning", "gold")


def test_that_a_cleared_list_is_empty_and_raises_nothing_again() -> None:
    watch = Watch().noting([alert("zero@2017-06-13")], NOON).cleared()
    assert watch.listed == ()
    assert watch.seen == {"zero@2017-06-13"}


def test_that_an_edited_rule_may_raise_again_and_one_that_is_turned_off_and_on_may_not() -> None:
    watch = Watch(rules=(ZERO,)).noting([alert("zero@2017-06-13")], NOON)
    assert watch.with_rule(replace(ZERO, is_on=False)).with_rule(ZERO).seen == watch.seen
    assert watch.with_rule(replace(ZERO, basis=Basis.SHARE_OF_OI)).seen == frozenset()


def test_that_only_so_many_alerts_are_kept() -> None:
    watch = Watch().noting([alert(f"zero@{number}") for number in range(MOST_KEPT + 5)], NOON)
    assert len(watch.log) == MOST_KEPT


def test_that_rules_and_alerts_survive_the_settings_file() -> None:
    rule = Rule("m", RuleKind.MEASURE_ABOVE, market="wti", measure=Measure.Z_SCORE, window=52, threshold=2.0)
    watch = Watch(rules=(rule, ZERO), is_notifying=False).noting([alert("zero@2017-06-13")], NOON).cleared()
    assert from_store(json.loads(json.dumps(to_store(watch)))) == watch
    assert from_store({}).rules == DEFAULT_RULES
    assert from_store({"rules": []}).rules == ()


def test_that_a_rule_of_another_version_is_kept_aside_and_written_back() -> None:
    strange = {"id": "s", "kind": "eclipse"}
    watch = from_store({"rules": [strange, {"id": "zero", "kind": "crosses_zero"}], "log": [7, {"key": "x"}]})
    assert [rule.id for rule in watch.rules] == ["zero"]
    assert watch.log == ()
    assert strange in to_store(watch)["rules"]


def test_that_a_new_rule_gets_an_id_that_nothing_has_used() -> None:
    watch = Watch(rules=(Rule("rule-1", RuleKind.NEW_REPORT),)).noting([alert("rule-2@2017-06-13")], NOON)
    assert watch.free_id("rule") == "rule-3"


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        (ZERO, "Gold, speculators: net position crosses zero"),
        (
            Rule("a", RuleKind.SWING_IN_TOP, group=Group.LEVERAGED_FUNDS, report=Report.TFF_COMBINED),
            "Russell 2000, leveraged funds: swing of 2 reports in the top 5",
        ),
        (Rule("b", RuleKind.CREDIT_ABOVE, series="nyfed:CMDI"), "Distress index above its 90th percentile"),
        (
            Rule("c", RuleKind.MEASURE_BELOW, window=156, threshold=5.0),
            "Russell 2000, speculators: COT index over 156 reports below 5.0",
        ),
        (
            Rule("d", RuleKind.EXTREME_LEVEL, top=52),
            "Russell 2000, speculators: highest or lowest in more than 52 reports",
        ),
        (Rule("e", RuleKind.NEW_REPORT), "A new report is held"),
        (Rule("f", RuleKind.SOURCE_LATE), "Any source is late"),
    ],
)
def test_that_every_rule_is_said_in_words(rule: Rule, title: str) -> None:
    assert rule_title(rule) == title


def test_that_a_rule_on_positions_names_its_definition() -> None:
    assert rule_definition(ZERO) == "the market's main report, contracts of one size"
    assert rule_definition(Rule("d", RuleKind.NEW_REPORT)) == ""
