"""The wording over many made-up histories: grammar, and no word that the ranks do not bear out."""

import re
from dataclasses import replace

import numpy as np
import pytest

from models.calc.splice import Definition, Series, series
from models.markets import Market
from models.names import Basis, Kind, Verdict
from models.statements.drawer import claim_title
from models.statements.finder import find
from models.statements.headline import event, headline
from models.statements.judge import judge
from models.statements.matrix import Matrix, matrix
from models.statements.sentences import sentence
from models.statements.words import change_words
from tests.models.samples import definition, halved, net_series, one_leg, positions, tuesdays

REPORTS = 120
FORBIDDEN = re.compile(r"\b(buy|sell|signal|forecast|bullish|bearish|surge|soar|historic)\b", re.IGNORECASE)
BROKEN = re.compile(r"  | ,|\(\)|\bNone\b|\bnan\b|--|\.\.|\s\.|−0(?![.,\d])|\+0(?![.,\d])|(?<![A-Za-z0-9])-\d")
NUMBER = re.compile(
    r"(?<![\d.,$€£¥])(?:1|one) (?:weeks|reports|changes|contracts|points|months|years|falls|rises)\b"
    r"|(?<![\d.,$€£¥])(?:[02-9]|\d\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r" (?:week|report|change|contract|point|month|year|fall|rise)\b(?!-)"
)
"""A noun that does not agree with its number."""


def history(seed: int) -> tuple[Market, dict[Basis, Series]]:
    """A random walk that now and then jumps, changes sign or stands still, in a contract that may be halved."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 3000, REPORTS) * np.where(rng.random(REPORTS) < 0.05, 8, 1)
    steps[rng.random(REPORTS) < 0.05] = 0
    nets = np.round(np.cumsum(steps) + rng.normal(0, 20000))
    if seed % 7 == 0:
        nets[-6:] = np.sort(nets[-6:])
    days = tuesdays(REPORTS)
    market = halved("111111", days[80]) if seed % 2 else one_leg()
    rows = positions([("111111", day, float(net)) for day, net in zip(days, nets, strict=True)])
    return market, {basis: series(market, rows, definition(basis)) for basis in Basis}


def story(seed: int, last: int) -> tuple[Matrix, Series]:
    market, of = history(seed)
    shown = of[Basis.CONTRACTS].until(of[Basis.CONTRACTS].date[last])
    nothing = shown.where(np.zeros(len(shown), dtype=bool))

    def series_of(wanted: Definition) -> Series:
        is_held = wanted.report == shown.definition.report and len(of[wanted.basis])
        return of[wanted.basis].until(shown.date[-1]) if is_held else nothing

    return matrix(market, shown.definition, find(shown), series_of), shown


@pytest.mark.parametrize("seed", range(40))
def test_that_every_sentence_is_whole_and_borne_out(seed: int) -> None:
    for last in range(30, REPORTS, 11):
        judged, shown = story(seed, last)
        said = headline(judged, shown)
        texts = [said.sentence, said.caveat]
        for row in judged.rows:
            for statement in row.statements:
                text = sentence(judged.market, statement)
                texts.append(text)
                assert text.endswith(".")
                if re.search(r"\bthe (largest|lowest|highest) (rise|fall|net position) of\b", text):
                    assert statement.rank == 1
                if statement.verdict is Verdict.FALSE and statement.claim.window:
                    assert statement.rank != 1 or "not a" in text
        for text in texts:
            assert not FORBIDDEN.search(text), text
            assert not BROKEN.search(text), text
        if "on record" in said.sentence:
            row = judged.rows[0]
            assert row.primary.verdict is Verdict.TRUE
            assert "since" in said.sentence
        if "however it is counted" in said.sentence:
            row = next(r for r in judged.rows if r.claim.date == shown.date[-1].astype(object))
            held = [row.under(d) for d in judged.columns]
            assert all(s.verdict is not Verdict.FALSE for s in held if s is not None)


def test_that_a_quiet_week_is_said_to_be_one() -> None:
    nets = [float((i % 4) * 1000 + (i % 3) * 700) for i in range(60)]
    shown = net_series([*nets, 500.0, 501.0])
    judged = matrix(one_leg(), shown.definition, (), lambda _: shown)
    said = headline(judged, shown)
    assert said.sentence.startswith("On ")
    assert "little changed on the week" in said.sentence


WOBBLE = [float((i % 4) * 1000 + (i % 3) * 700) for i in range(60)]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (-90_000.0, -80_000.0, "net short 80,000 contracts, 10,000 less than a week before."),
        (-80_000.0, -90_000.0, "net short 90,000 contracts, 10,000 more than a week before."),
        (80_000.0, 90_000.0, "net long 90,000 contracts, 10,000 more than a week before."),
        (90_000.0, 80_000.0, "net long 80,000 contracts, 10,000 less than a week before."),
        (-80_000.0, 9_000.0, "net long 9,000 contracts, against net short 80,000 a week before."),
        (0.0, 9_000.0, "net long 9,000 contracts, against flat a week before."),
        (9_000.0, 0.0, "neither net long nor net short, against net long 9,000 a week before."),
        (-200.0, 100.0, "net long 100 contracts, against net short 200 a week before."),
    ],
)
def test_that_a_weeks_change_is_told_by_the_size_of_its_side(before: float, now: float, said: str) -> None:
    shown = net_series([*WOBBLE, before, now])
    assert event(one_leg(), shown).endswith(said)


def test_that_a_change_over_a_missing_week_is_not_called_a_weeks() -> None:
    days = tuesdays(62)
    shown = net_series([*WOBBLE, -90_000.0], days=[*days[:60], days[61]])
    assert event(one_leg(), shown).endswith("against net long 4,400 in the report before.")


def test_that_a_change_of_a_share_is_told_in_points() -> None:
    assert change_words(-15.8, -17.1, "% of OI", "a week before") == (
        "1.3 points of open interest less than a week before"
    )


def caveat_of(nets: list[float]) -> str:
    """What stands against the last week's rise in $50 contracts, in a contract that was $100 a point before."""
    days = tuesdays(len(nets))
    market = halved("111111", days[-3])
    rows = positions([("111111", day, net) for day, net in zip(days, nets, strict=True)])
    of = {basis: series(market, rows, definition(basis)) for basis in Basis}
    shown = of[Basis.CONTRACTS]
    nothing = shown.where(shown.value > 1e9)
    swings = tuple(claim for claim in find(shown) if claim.kind is Kind.SWING and claim.window == 1)
    judged = matrix(
        market, shown.definition, swings, lambda d: of[d.basis] if d.report == shown.definition.report else nothing
    )
    return headline(judged, shown).caveat


def test_that_of_many_larger_windows_the_largest_is_told() -> None:
    assert ": the week to 25 May 2010 was larger (+120)." in caveat_of([*[0.0] * 20, 60.0, *[0.0] * 58, 80.0])
    several = [0.0] * 20 + [60.0, 0.0] * 2 + [70.0] + [0.0] * 58 + [80.0]
    assert "ranks 4th of" in caveat_of(several)
    assert ": the largest was +140 to 22 Jun 2010." in caveat_of(several)


def test_that_a_first_net_long_does_not_read_as_one_that_lasts() -> None:
    nets = [100.0, *[-float(i % 7 + 1) for i in range(99)], 500.0]
    shown = net_series(nets)
    claim = next(claim for claim in find(shown) if claim.kind is Kind.SIGN)
    said = judge(claim, shown)
    assert said is not None
    assert claim_title(said) == "First net long since Jan 2010"
    near = replace(claim, since=shown.date[-4].astype(object))
    assert claim_title(replace(said, claim=near)) == "First net long since 15 Nov 2011"
