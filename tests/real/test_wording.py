"""The headline and every sentence over all markets of the catalogue at random dates."""

import os
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from models.markets import MARKETS, Market
from models.names import Kind, Verdict
from models.pages.choice import Choice
from models.pages.story import StoryPage
from models.pages.story import page as build
from models.statements.sentences import sentence
from services.archive.archive import Archive
from tests.models.statements.test_wording import BROKEN, FORBIDDEN
from tests.shared import needs_shared

pytestmark = needs_shared

DATES = int(os.environ.get("ABOUTFACE_WORDING_DATES", "3"))
"""Dates a market; the long run sets 200."""


def check(page: StoryPage) -> None:
    head = page.headline
    if head is None or page.matrix is None:
        assert page.reason_empty
        return
    for text in (head.sentence, head.short, head.caveat):
        assert not FORBIDDEN.search(text), text
        assert not BROKEN.search(text), text
    assert head.sentence[0].isupper()
    assert head.sentence.endswith(".")
    newest = page.series.date[-1].astype(object)
    led = next((r for r in page.matrix.rows if r.claim.date == newest and r.claim.kind is not Kind.STREAK), None)
    if "on record" in head.sentence:
        assert led is not None
        assert led.primary.verdict is Verdict.TRUE, head.sentence
        assert led.primary.rank == 1, head.sentence
    if led is not None and "however it is counted" in head.sentence:
        shown = [led.under(d) for d in page.matrix.columns]
        assert all(s is None or s.verdict is not Verdict.FALSE for s in shown), head.sentence
    for row in page.matrix.rows:
        for statement in row.statements:
            text = sentence(page.market, statement)
            assert not FORBIDDEN.search(text), text
            assert not BROKEN.search(text), text
            if re.search(r"\bthe (largest|longest)\b", text) and statement.kind is Kind.SWING:
                assert statement.rank == 1 or "; the largest was" in text, text


@pytest.mark.parametrize("market", MARKETS, ids=lambda market: market.name)
def test_that_every_headline_is_whole_and_borne_out(replayed: Archive, market: Market) -> None:
    rng = random.Random(market.name)
    for _ in range(DATES):
        day = date(1990, 1, 2) + timedelta(days=rng.randrange(13300))
        moment = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
        check(build(replayed, Choice(moment, is_live=False, market=market.name)))
