"""Every sentence of the Story over all markets of the catalogue at random dates, held against the figures behind it.

The pages come from the model, without a window. Three dates a market are a sample; the long run sets
`ABOUTFACE_WORDING_DATES=200` and takes some ten minutes.
"""

import os
import random
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from models.calc.splice import Series
from models.calendars import release
from models.formats import ordinal_word
from models.markets import MARKETS, Market
from models.names import Direction, Kind, Report, Verdict
from models.pages import story_panels
from models.pages.brief_text import as_text
from models.pages.choice import Choice
from models.pages.side_claims import evidence
from models.pages.story import StoryPage
from models.pages.story import page as build
from models.statements.headline import lead_row
from models.statements.matrix import ClaimRow
from models.statements.sentences import sentence
from models.statements.statement import Statement
from models.statements.words import column_phrase
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.refresh import refresh
from services.sources.registry import SOURCES
from services.sources.source import Wish
from tests.models.statements.test_wording import BROKEN, FORBIDDEN, NUMBER
from tests.shared import needs_shared

pytestmark = needs_shared

DATES = int(os.environ.get("ABOUTFACE_WORDING_DATES", "3"))
"""Dates a market; the long run sets 200."""

RANK = re.compile(r"\bthe (?:(\w+) )?(largest|highest|lowest|longest) (rise|fall|net position|run)")
PLACES = {ordinal_word(n): n for n in range(2, 3000)}


def check_text(text: str) -> None:
    assert not FORBIDDEN.search(text), text
    assert not BROKEN.search(text), text
    assert not NUMBER.search(text), text


def check_sentence(text: str) -> None:
    check_text(text)
    assert text[0].isupper(), text
    assert text.endswith("."), text


def texts(page: StoryPage) -> Iterator[str]:
    """What the page says beside its sentences."""
    yield from page.changed
    for line in page.watch:
        yield f"{line.condition} {line.meaning}"
    for row in (*(page.matrix.rows if page.matrix else ()), *page.ordinary):
        shown = page.evidence_of(row, row.primary)
        yield from (shown.claim, shown.verdict, shown.lead, shown.lead_note, shown.sentence, shown.table_title)
        yield from (*shown.definition, *shown.sample)
        for other in shown.others:
            yield from (other.name, other.result)


def check(page: StoryPage) -> None:
    head = page.headline
    if head is None or page.matrix is None:
        assert page.reason_empty
        return
    for text in (head.sentence, f"{head.short[0].upper()}{head.short[1:]}", *([head.caveat] if head.caveat else [])):
        check_sentence(text)
    for text in texts(page):
        check_text(text)
    for line in as_text(page).splitlines():
        assert not FORBIDDEN.search(line), line
    led = lead_row(page.matrix, page.series.date[-1].astype(object))
    if led is None:
        assert "record" not in head.sentence
    else:
        check_headline(page, led)
    for row in (*page.matrix.rows, *page.ordinary):
        for statement in row.statements:
            text = sentence(page.market, statement)
            check_sentence(text)
            check_statement(text, statement, page.series_of(statement.definition).until(np.datetime64(row.claim.date)))


def check_headline(page: StoryPage, led: ClaimRow) -> None:
    """The headline says of each definition what the matrix says of it."""
    assert page.headline is not None and page.matrix is not None
    said, primary = page.headline.sentence, led.primary
    shown = [s for d in page.matrix.columns if (s := led.under(d)) is not None]
    if "on record" in said:
        assert primary.verdict is Verdict.TRUE, said
        assert primary.rank == 1, said
    if "however it is counted" in said:
        assert all(s.verdict is not Verdict.FALSE for s in shown), said
    if found := RANK.search(said):
        place = found.group(1)
        claimed = 1 if place in (None, "only") else PLACES[place]
        if claimed > 1 or led.claim.kind is Kind.SWING:
            assert primary.rank == claimed, said
    holds, against, fails = said.partition(", but not ")
    for statement in shown:
        phrase = column_phrase(page.market, statement.definition, led.claim.primary)
        if against and re.search(rf"{re.escape(phrase)}(?: or |\.|$)", fails):
            assert statement.verdict is Verdict.FALSE, said
        if against and re.search(rf"{re.escape(phrase)}(?: and |,|$)", holds):
            assert statement.verdict is Verdict.TRUE, said


def check_statement(text: str, statement: Statement, series: Series) -> None:
    """Its words agree with its verdict, and its figures with the series, computed anew and plainly."""
    value = statement.value
    if statement.verdict is Verdict.UNKNOWN or value is None:
        assert "record" not in text
        return
    values = series.value
    if statement.kind is Kind.SWING:
        assert (" rose by " in text, " fell by " in text) == (value > 0, value < 0), text
        assert value == values[-1] - values[np.flatnonzero(series.date == np.datetime64(statement.start_date))[0]]
        for side, net in (("from", statement.start), ("to", statement.end)):
            word = "flat" if net == 0 else "net long" if (net or 0) > 0 else "net short"
            assert f" {side} {word}" in text, text
        if found := re.search(r": (?:the|equal to the) (?:(\w+) )?largest (rise|fall) of", text):
            assert statement.rank == (PLACES[found.group(1)] if found.group(1) else 1), text
            assert (found.group(2) == "rise") is (value > 0), text
            assert (statement.ties > 0) is ("equal to" in text) or statement.rank != 1, text
        else:
            assert ": not a " in text, text
        assert (statement.verdict is Verdict.TRUE) is (statement.rank == 1 and "not a " not in text), text
    if statement.kind is Kind.LEVEL:
        way = 1 if statement.claim.direction is Direction.UP else -1
        since = statement.since
        later = values[:-1] if since is None else values[:-1][series.date[:-1] > np.datetime64(since)]
        assert (way * later < way * value).all(), text
        if since is not None:
            assert way * values[series.date == np.datetime64(since)][0] >= way * value, text
        assert ("highest" in text) is (way > 0), text


def moments(archive: Archive, market: Market) -> Iterator[datetime]:
    """Random moments while figures of the market were known: any day, and the evening of a report's release."""
    rng = random.Random(market.name)
    now = datetime(2026, 7, 6, 22, tzinfo=UTC)
    held = [archive.positions(report, market.codes, now).date for report in Report]
    days = np.unique(np.concatenate(held)).astype(object).tolist()
    for turn in range(DATES if days else 1):
        if not days:
            yield now
        elif turn % 2:
            yield release(rng.choice(days)).at + timedelta(minutes=1)
        else:
            when = days[0] + timedelta(days=rng.randrange((days[-1] - days[0]).days + 7))
            yield datetime.combine(when, time(22), UTC)


@pytest.mark.parametrize("market", MARKETS, ids=lambda market: market.name)
def test_that_every_sentence_is_whole_and_borne_out(replayed: Archive, market: Market) -> None:
    for moment in moments(replayed, market):
        check(build(replayed, Choice(moment, is_live=False, market=market.name)))


@pytest.fixture(scope="module")
def priced(replay: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with the history of prices, and for the rest the built-in figures."""
    clock = Clock()
    path = tmp_path_factory.mktemp("priced") / "archive.sqlite"
    with closing(Http(clock, mirror=replay)) as http, closing(Archive.open(path, clock)) as archive:
        sources = [source for source in SOURCES if source.name in ("cboe", "yahoo")]
        refresh(sources, archive, http, Wish(), clock, Cancel(), lambda progress: None)
        yield archive


def test_that_what_stands_beside_positioning_is_whole(priced: Archive) -> None:
    rng = random.Random("beside")
    for _ in range(DATES):
        day = date(1992, 1, 2) + timedelta(days=rng.randrange(12600))
        made = story_panels.build(priced, Choice(datetime.combine(day, time(22), UTC), is_live=False))
        for claim in made.claims:
            check_text(claim.title)
            for cell in claim.cells:
                check_sentence(cell.sentence)
                shown = evidence(claim, cell)
                for text in (*shown.definition, *shown.sample, shown.claim, shown.lead_note):
                    check_text(text)
