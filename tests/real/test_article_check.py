"""What a newspaper would write of the worked example, in its own words, checked as of two days."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from models.check.claims import ClaimKind
from models.check.findings import ArticleVerdict, CheckedClaim
from models.pages.check import CheckPage, build
from services import refresh
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.sources.registry import SOURCES
from services.sources.source import Wish
from tests.shared import needs_shared

pytestmark = needs_shared

FRIDAY, MONDAY = date(2017, 6, 16), date(2017, 6, 19)
SUPPORTED, ONE = ArticleVerdict.SUPPORTED, ArticleVerdict.ONE_DEFINITION
NOT, OPEN = ArticleVerdict.NOT_SUPPORTED, ArticleVerdict.CANNOT_BE_SHOWN


@pytest.fixture(scope="module")
def archive(replay: str, replayed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Positions and closes; no holdings, spreads or estimates of those days are to be had."""
    path = tmp_path_factory.mktemp("article") / "archive.sqlite"
    shutil.copy(replayed_path, path)
    clock = Clock()
    with closing(Http(clock, mirror=replay)) as http, closing(Archive.open(path, clock)) as made:
        sources = [source for source in SOURCES if source.name in ("cboe", "yahoo")]
        refresh.refresh(sources, made, http, Wish(), clock, Cancel(), lambda progress: None)
        yield made


@dataclass(frozen=True)
class Row:
    """Wordings of one statement, the kind of its claim, and its verdict and value on each day."""

    kind: ClaimKind
    friday: tuple[ArticleVerdict, float | None]
    monday: tuple[ArticleVerdict, float | None]
    wordings: tuple[str, ...]


ROWS = (
    Row(
        ClaimKind.POSITION,
        (SUPPORTED, 7542),
        (SUPPORTED, 7542),
        (
            "Speculators were net long 7,500 contracts of Russell 2000 mini futures on June 13.",
            "As of June 13, large speculators held a net long position of about 7,500 contracts in the mini Russell.",
            "Non-commercial traders had 7,500 more long contracts than short ones on Russell 2000 futures on 13 June.",
        ),
    ),
    Row(
        ClaimKind.POSITION,
        (ONE, -73030),
        (ONE, -73030),
        (
            "Two weeks earlier hedge funds were net short 73,000 Russell 2000 contracts.",
            "On May 30, hedge funds had a net short position of 73,000 contracts on the Russell 2000.",
            "Hedge funds were short by 73,000 contracts on Russell 2000 futures a fortnight ago.",
        ),
    ),
    Row(
        ClaimKind.LEVEL,
        (ONE, -73030),
        (ONE, -73030),
        (
            "On May 30, speculators were the most bearish on the Russell 2000 in six years.",
            "As of May 30, net shorts in Russell 2000 futures were the largest since May 2011.",
            "Bearish bets by large speculators on small caps stood at a six-year high on May 30.",
            "Not in six years had speculators been so bearish on small caps as on May 30.",
            "At the end of May, pessimism on the Russell 2000 among large speculators was the deepest since 2011.",
        ),
    ),
    Row(
        ClaimKind.LEVEL,
        (SUPPORTED, 7542),
        (SUPPORTED, 7542),
        (
            "Speculators are the most bullish on Russell 2000 futures in four months.",
            "Large speculators' net long position in Russell 2000 futures is the biggest since February.",
            "On small caps, speculators have turned the most bullish since the end of February.",
        ),
    ),
    Row(
        ClaimKind.SIGN,
        (SUPPORTED, 7542),
        (SUPPORTED, 7542),
        (
            "Speculators turned net long Russell 2000 futures for the first time since February.",
            "It is the first net long position of large speculators in small-cap futures since February.",
            "Not since February have speculators been net long the Russell 2000.",
            "Speculators turned bullish on small caps for the first time since February.",
        ),
    ),
    Row(
        ClaimKind.SWING,
        (ONE, 80572),
        (ONE, 80572),
        (
            "In two weeks speculators made the biggest about-face on record in Russell 2000 futures.",
            "The two-week reversal in speculators' Russell 2000 position was the largest ever.",
            "Speculators' turnaround on the Russell 2000 over the past two weeks is a record swing.",
            "Never before have speculators changed their minds on small caps so fast in two weeks.",
            "The two-week change in speculators' net position in the Russell 2000 was the largest since at least 2006.",
        ),
    ),
    Row(
        ClaimKind.POSITION,
        (SUPPORTED, 33750),
        (SUPPORTED, 33750),
        (
            "Leveraged funds are net long small-cap futures.",
            "Leveraged funds have turned net long on the Russell 2000.",
            "By June 13, leveraged funds had flipped to net long in Russell 2000 futures.",
        ),
    ),
    Row(
        ClaimKind.PERFORMANCE,
        (NOT, 2.67),
        (NOT, 3.49),
        (
            "The Russell 2000 has gained 3.4 percent this month.",
            "Small-cap stocks are up 3.4% so far in June.",
            "A 3.4 percent advance in June has lifted the Russell 2000.",
        ),
    ),
    Row(
        ClaimKind.RELATIVE,
        (SUPPORTED, -6.76),
        (SUPPORTED, -6.76),
        (
            "Small caps trailed the S&P 500 by almost 7 percentage points from January through May.",
            "In the first five months the Russell 2000 lagged the S&P 500 by nearly 7 points.",
            "From January to May, the Russell 2000 was 6.8 percentage points behind the S&P 500.",
            "Through May, small caps trailed large caps by 676 basis points this year.",
            "The gap between the Russell 2000 and the S&P 500 in the first five months was almost 7 percentage points.",
        ),
    ),
    Row(
        ClaimKind.RELATIVE,
        (SUPPORTED, -6.76),
        (SUPPORTED, -6.76),
        (
            "For the Russell 2000 against the S&P 500, January through May was the worst start to a year since 1998.",
            "January to May brought the worst start since 1998 for the Russell 2000 relative to the S&P 500.",
            "In the first five months of 2017 the Russell 2000 trailed the S&P 500 by the most since 1998.",
        ),
    ),
    Row(
        ClaimKind.DAYS,
        (NOT, 6),
        (ONE, 7),
        (
            "Bank shares have risen in seven of the last nine days.",
            "Banks advanced in seven out of nine sessions.",
            "In seven of the past nine trading days, bank stocks gained.",
        ),
    ),
    Row(
        ClaimKind.SECTOR_SHARE,
        (OPEN, None),
        (OPEN, None),
        (
            "Financials make up almost a third of the Russell 2000.",
            "Nearly a third of the Russell 2000 is in financial companies.",
            "Financial firms account for close to 33 percent of the Russell 2000.",
        ),
    ),
    Row(
        ClaimKind.SECTOR_RATIO,
        (OPEN, None),
        (OPEN, None),
        (
            "The weight of financials in the Russell 2000 is almost twice their share of the S&P 500.",
            "Financials weigh nearly double their weight in the S&P 500 in the Russell 2000.",
            "For financials, that is almost two times the S&P 500's weighting in the Russell 2000.",
        ),
    ),
    Row(
        ClaimKind.SPREAD,
        (OPEN, None),
        (OPEN, None),
        (
            "Credit spreads are narrowing.",
            "High-yield spreads have tightened.",
            "Corporate-bond spreads continue to narrow.",
        ),
    ),
    Row(
        ClaimKind.GROWTH,
        (OPEN, None),
        (OPEN, None),
        (
            "Profits of Russell 2000 companies are expected to rise 5.7 percent this year.",
            "Small-cap earnings will grow 5.7% in 2017, analysts estimate.",
            "Analysts look for earnings growth of 5.7 percent at small companies this year.",
        ),
    ),
    Row(
        ClaimKind.GROWTH_COMPARISON,
        (OPEN, None),
        (OPEN, None),
        (
            "Small-cap profits are growing at half the pace of the S&P 500.",
            "Earnings of small caps are rising half as fast as those of the S&P 500.",
            "Profits at Russell 2000 companies should climb at half the S&P 500's rate.",
        ),
    ),
    Row(
        ClaimKind.LEVERAGE,
        (OPEN, None),
        (OPEN, None),
        (
            "Leverage of Russell 2000 companies is near an all-time high.",
            "Small caps' debt is close to a record.",
            "Debt levels at small companies are near the highest ever.",
        ),
    ),
)


def of_kind(page: CheckPage, kind: ClaimKind) -> list[CheckedClaim]:
    return [checked for checked in page.claims if checked.claim.kind is kind]


@pytest.mark.parametrize("day", [FRIDAY, MONDAY])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.wordings[0][:40]}")
def test_that_every_wording_gets_the_verdict_of_the_data(archive: Archive, row: Row, day: date) -> None:
    verdict, value = row.friday if day == FRIDAY else row.monday
    for wording in row.wordings:
        found = of_kind(build(archive, wording, day), row.kind)
        assert len(found) == 1, wording
        assert found[0].verdict is verdict, (wording, found[0].shown)
        if value is None:
            assert found[0].shown.value is None, wording
        else:
            assert found[0].shown.value == pytest.approx(value, abs=0.006), wording


def test_that_the_record_is_refuted_by_the_larger_swings_before_the_contract_was_halved(archive: Archive) -> None:
    swing = of_kind(build(archive, ROWS[5].wordings[0], FRIDAY), ClaimKind.SWING)[0]
    assert "contracts as reported" in swing.shown.definition
    adjusted = next(f for f in swing.findings if "$50 contracts, lead" in f.definition and f.statement)
    assert adjusted.statement is not None
    assert (adjusted.statement.rank, adjusted.statement.of) == (3, 506)


@pytest.mark.parametrize(
    ("words", "verdict", "value"),
    [
        ("In contracts", SUPPORTED, 80572),
        ("Adjusted for contract size", NOT, 80572),
        ("As a share of open interest", NOT, 13.89),
    ],
)
def test_that_a_definition_that_the_sentence_names_binds(
    archive: Archive, words: str, verdict: ArticleVerdict, value: float
) -> None:
    text = f"{words}, the two-week swing in speculators' Russell 2000 position was the largest on record."
    checked = build(archive, text, FRIDAY).claims[0]
    assert checked.verdict is verdict
    assert checked.shown.value == pytest.approx(value, abs=0.01)


def test_that_hedge_funds_bind_no_group_and_speculators_do(archive: Archive) -> None:
    open_claim = build(archive, "Hedge funds are net long 7,500 contracts of Russell 2000 futures.", FRIDAY).claims[0]
    bound = build(archive, "Speculators are net long 7,500 contracts of Russell 2000 futures.", FRIDAY).claims[0]
    assert (open_claim.verdict, bound.verdict) == (ONE, SUPPORTED)
    assert len(open_claim.findings) == 3
    assert len(bound.findings) == 1


def test_that_nothing_released_later_is_used(archive: Archive) -> None:
    thursday = build(archive, "Speculators are net long 7,500 contracts of Russell 2000 futures.", date(2017, 6, 15))
    assert thursday.claims[0].verdict is NOT
    assert thursday.claims[0].shown.value == -35676
    dated = "Speculators were net long 7,500 contracts of Russell 2000 futures on June 13."
    early = build(archive, dated, date(2017, 6, 15)).claims[0]
    assert early.verdict is OPEN
    assert "had not been released yet" in early.shown.sentence


ARTICLE = """Hedge funds and other large speculators have swung to a net long position in Russell 2000 mini futures, \
two weeks after they were the most bearish on small caps in six years. They were net long 7,500 contracts as of June \
13, the Commodity Futures Trading Commission said. That compares with a net short of about 73,000 contracts two weeks \
earlier. It was the biggest about-face on record.

In the week ended June 13, they cut net shorts by 43,218 contracts. Their net long is worth some $540 million. The \
Russell 2000 has gained 2.7% this month, compared with 0.9% for the S&P 500. That follows a dismal stretch: small caps \
trailed the S&P 500 by almost 7 percentage points from January through May, the worst start to a year since 1998. The \
index fell 1.1% in the week ended June 16, its worst week since May. It did not fall in June.

It is untrue that leveraged funds are net short small caps. The manager, who oversees $9 billion, hasn't sold a share \
since March."""


def test_that_an_article_is_read_as_a_whole(archive: Archive) -> None:
    page = build(archive, ARTICLE, FRIDAY)
    assert [(c.claim.kind.value, c.verdict) for c in page.claims] == [
        ("position", SUPPORTED),
        ("level", ONE),
        ("position", SUPPORTED),
        ("position", SUPPORTED),
        ("swing", ONE),
        ("swing", SUPPORTED),
        ("position", SUPPORTED),
        ("performance", SUPPORTED),
        ("performance", SUPPORTED),
        ("relative_performance", SUPPORTED),
        ("relative_performance", SUPPORTED),
        ("performance", SUPPORTED),
        ("performance", SUPPORTED),
        ("performance", SUPPORTED),
        ("position", SUPPORTED),
    ]
    values = [c.shown.value for c in page.claims]
    assert values[:6] == [7542, -73030, 7542, -73030, 80572, 43218]
    assert values[6] == pytest.approx(540e6, rel=0.05)
    assert [unread.text for sentence in page.sentences for unread in sentence.unread] == ["$9 billion"]


def test_that_a_denied_claim_is_supported_where_the_claim_is_not(archive: Archive) -> None:
    text = "Speculators are not net short the Russell 2000. They are not net long the Russell 2000."
    assert [checked.verdict for checked in build(archive, text, FRIDAY).claims] == [SUPPORTED, NOT]
