from dataclasses import replace
from datetime import timedelta

from models.calc.splice import Series, series
from models.formats import day
from models.names import Basis, Direction, Kind, Verdict
from models.statements.drawer import claim_title
from models.statements.finder import find, ordinary
from models.statements.headline import headline
from models.statements.judge import judge
from models.statements.matrix import matrix
from models.statements.sentences import sentence
from models.statements.statement import Claim, Statement
from models.statements.words import sample_words
from tests.models.samples import FIRST, definition, halved, net_series, one_leg, positions, tuesdays


def claimed(kind: Kind, direction: Direction, shown: Series, **details: object) -> Statement:
    day = shown.date[-1].astype(object)
    found = judge(Claim(kind, direction, day, shown.definition, **details), shown)  # type: ignore[arg-type]
    assert found is not None
    return found


def wave(count: int) -> list[float]:
    return [float((i * 37) % 101) for i in range(count)]


def test_that_a_record_in_contracts_fails_once_the_contract_was_halved() -> None:
    days = tuesdays(60)
    market = halved("111111", days[50])
    nets = [0.0] * 20 + [60.0, 60.0] + [0.0] * 36 + [0.0, 80.0]
    rows = positions([("111111", day, net) for day, net in zip(days, nets, strict=True)])
    contracts = claimed(Kind.SWING, Direction.UP, series(market, rows, definition()), window=1)
    adjusted = claimed(Kind.SWING, Direction.UP, series(market, rows, definition(Basis.SIZE_ADJUSTED)), window=1)
    assert contracts.verdict is Verdict.TRUE
    assert (adjusted.verdict, adjusted.rank) == (Verdict.FALSE, 2)
    assert adjusted.refuted_by is not None
    assert adjusted.refuted_by.value == 120.0


def test_that_a_level_holds_only_as_far_back_as_nothing_refutes_it() -> None:
    shown = net_series([-50.0, -90.0, -10.0, -20.0, -60.0])
    days = [day.astype(object) for day in shown.date]
    assert claimed(Kind.LEVEL, Direction.DOWN, shown, since=days[1]).verdict is Verdict.TRUE
    refuted = claimed(Kind.LEVEL, Direction.DOWN, shown, since=days[0])
    assert refuted.verdict is Verdict.FALSE
    assert refuted.since == days[1]
    before = days[0] - timedelta(weeks=9)
    lowest = claimed(Kind.LEVEL, Direction.DOWN, net_series([-50.0, -90.0]), since=before)
    assert (lowest.verdict, lowest.reason, lowest.mark) == (Verdict.UNKNOWN, "sample_too_short", "short")


def test_that_a_claim_on_a_report_that_is_not_held_cannot_be_shown() -> None:
    shown = net_series(wave(30))
    later = shown.date[-1].astype(object) + timedelta(weeks=1)
    found = judge(Claim(Kind.SWING, Direction.UP, later, shown.definition, 2), shown)
    assert found is not None
    assert (found.verdict, found.reason, found.mark) == (Verdict.UNKNOWN, "no_data", "missing")


def test_that_first_net_long_since_names_the_last_positive_report() -> None:
    shown = net_series([5.0, -3.0, 0.0, -2.0, 4.0])
    found = claimed(Kind.SIGN, Direction.UP, shown, since=shown.date[0].astype(object))
    assert found.verdict is Verdict.TRUE
    assert found.since == shown.date[0].astype(object)
    assert claimed(Kind.SIGN, Direction.DOWN, shown).verdict is Verdict.FALSE


def test_that_a_fall_is_never_called_the_largest_rise() -> None:
    shown = net_series([float(-i) for i in range(40)])
    found = claimed(Kind.SWING, Direction.UP, shown, window=1)
    assert found.rank == 1
    assert found.verdict is Verdict.FALSE
    assert "not a rise" in sentence(one_leg(), found)


def test_that_the_start_of_a_notable_swing_is_itself_a_claim() -> None:
    nets = [*wave(60), -500.0, -100.0, 300.0]
    claims = find(net_series(nets))
    starts = {c.date - timedelta(weeks=c.window) for c in claims if c.kind is Kind.SWING}
    low = next(c for c in claims if c.kind is Kind.LEVEL and c.direction is Direction.DOWN)
    assert low.date in starts


def test_that_a_short_series_proposes_nothing() -> None:
    assert find(net_series(wave(20))) == ()


def test_that_an_unbroken_run_is_counted_and_can_be_refuted() -> None:
    shown = net_series([9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert claimed(Kind.STREAK, Direction.UP, shown, length=6).verdict is Verdict.TRUE
    assert claimed(Kind.STREAK, Direction.UP, shown, length=7).verdict is Verdict.FALSE


def test_that_the_headline_names_the_definition_that_does_not_hold() -> None:
    days = tuesdays(80)
    market = halved("111111", days[60])
    nets = [0.0] * 20 + [60.0] + [0.0] * 58 + [80.0]
    rows = positions([("111111", day, net) for day, net in zip(days, nets, strict=True)])
    primary = definition()
    of = {basis: series(market, rows, definition(basis)) for basis in Basis}
    shown = of[Basis.CONTRACTS]
    nothing = shown.where(shown.value > 1e9)
    judged = matrix(market, primary, find(shown), lambda d: of[d.basis] if d.report == primary.report else nothing)
    said = headline(judged, shown)
    assert "on record (since January 2010) in contracts" in said.sentence
    assert "but not once contract size is counted" in said.sentence


def with_hole(last: float) -> Series:
    """Twenty reports, a year without any, twenty more of which the last is this."""
    days = [*tuesdays(20), *tuesdays(20, FIRST + timedelta(weeks=72))]
    return net_series([*wave(39), last], days=days)


def test_that_a_record_over_a_sample_with_holes_names_it() -> None:
    shown = with_hole(99_000.0)
    found = claimed(Kind.LEVEL, Direction.UP, shown)
    assert (found.verdict, found.holes_within) == (Verdict.TRUE, 1)
    assert sample_words(found) == "of 40 reports since Jan 2010, 1 hole"
    assert sample_words(claimed(Kind.LEVEL, Direction.DOWN, shown)) == ""
    assert sample_words(claimed(Kind.LEVEL, Direction.UP, net_series([*wave(39), 99_000.0]))) == ""


def test_that_only_holes_since_the_day_claimed_count() -> None:
    shown = with_hole(99_000.0)
    early, late = (replace(claimed(Kind.LEVEL, Direction.UP, shown), since=shown.date[at].item()) for at in (4, 30))
    assert (sample_words(early), sample_words(late)) == ("1 hole", "")


def test_that_what_is_not_held_says_to_when_it_is() -> None:
    shown = net_series(wave(40))
    later = shown.date[-1].item() + timedelta(weeks=1)
    found = judge(Claim(Kind.LEVEL, Direction.UP, later, shown.definition), shown)
    assert found is not None and found.mark == "missing"
    assert f"the figure is not held, the newest is of {day(shown.date[-1])} (" in sentence(one_leg(), found)


def test_that_an_ordinary_question_is_asked_not_claimed() -> None:
    claims = ordinary(net_series(wave(60)))
    titles = [claim_title(found) for claim in claims if (found := judge(claim, net_series(wave(60)))) is not None]
    assert all(claim.is_asked for claim in claims)
    assert titles[0].startswith("Largest one-week ") and titles[0].endswith("?")
    assert not any("record" in title for title in titles[:-1])
