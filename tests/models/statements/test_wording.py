"""The wording over many made-up histories: grammar, and no word that the ranks do not bear out."""

import re

import numpy as np
import pytest

from models.calc.splice import Definition, Series, series
from models.markets import Market
from models.names import Basis, Verdict
from models.statements.finder import find
from models.statements.headline import headline
from models.statements.matrix import Matrix, matrix
from models.statements.sentences import sentence
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
