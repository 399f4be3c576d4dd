"""Verdicts of the kinds that need figures made up for the test, over a real archive."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from models import formats
from models.check import grammar
from models.check.findings import ArticleVerdict, CheckedClaim
from models.check.tokens import Token, tokens
from models.formats import as_date
from models.names import Known
from models.pages.check import MOST_CLAIMS, MOST_READ, VERDICT_TITLES, build, evidence
from models.pages.check_evidence import line
from models.records import Estimate, Observations, SectorWeights
from models.series import price_id
from models.taxonomies import Taxonomy
from services.archive.archive import Archive
from tests.models.calc.prices import on_sessions
from tests.services.archive.samples import positions, save

DAY = date(2017, 6, 16)
SUPPORTED, ONE = ArticleVerdict.SUPPORTED, ArticleVerdict.ONE_DEFINITION
NOT, OPEN = ArticleVerdict.NOT_SUPPORTED, ArticleVerdict.CANNOT_BE_SHOWN


@pytest.fixture
def checked(empty_archive: Archive) -> Callable[..., CheckedClaim]:
    def check(text: str, day: date = DAY) -> CheckedClaim:
        claims = build(empty_archive, text, day).claims
        assert len(claims) == 1, [claim.claim.text for claim in claims]
        return claims[0]

    return check


def daily(series: str, first: float, last: float, days: int = 500) -> Observations:
    """Business days up to the day before the article, in a straight line with a small ripple."""
    dates = [DAY - timedelta(days=1 + i) for i in range(days)]
    kept = np.array(sorted(day for day in dates if day.weekday() < 5), dtype="M8[D]")
    line = np.linspace(first, last, len(kept)) + 0.02 * np.sin(np.arange(len(kept)))
    return Observations(series, kept, line, Known.NEXT_MORNING)


Check = Callable[..., CheckedClaim]


def test_that_a_spread_is_judged_under_each_series_and_a_named_one_binds(
    empty_archive: Archive, checked: Check
) -> None:
    save(empty_archive, daily("fred:BAMLH0A0HYM2", 6.0, 3.7), source="fred")
    save(empty_archive, daily("fred:BAA10Y", 2.0, 2.6), source="fred")
    both = checked("Credit spreads have narrowed.")
    assert (both.verdict, len(both.findings)) == (ONE, 2)
    assert "High yield" in both.shown.definition
    assert "Not so under another definition: Baa" in evidence(both)
    assert checked("Junk-bond spreads have narrowed.").verdict is SUPPORTED
    assert checked("Junk-bond spreads are not widening.").verdict is SUPPORTED
    assert checked("Junk-bond spreads are the lowest since March 2017.").verdict is SUPPORTED
    assert checked("Junk-bond spreads are the lowest since 2009.").verdict is OPEN
    assert checked("Junk-bond spreads stood at 370 basis points.").shown.value == pytest.approx(3.7, abs=0.03)
    assert checked("Investment-grade spreads have narrowed.").verdict is OPEN
    week = checked("Junk-bond spreads narrowed in the week ended June 9.")
    assert week.verdict in (SUPPORTED, NOT)
    assert "on 2 Jun 2017" in week.shown.sentence
    assert "on 9 Jun 2017" in week.shown.sentence


def test_that_an_old_observation_is_not_the_article_s_day(empty_archive: Archive, checked: Check) -> None:
    save(empty_archive, daily("fred:BAMLH0A0HYM2", 6.0, 3.7), source="fred")
    later = checked("High-yield spreads have narrowed.", date(2017, 9, 1))
    assert later.verdict is OPEN
    assert "newest observation" in later.shown.sentence


def prices(symbol: str, changes_pct: list[float]) -> Observations:
    """Closes of every session of three years up to the article; the changes are repeated for as long as needed."""
    made = on_sessions(symbol, date(2014, 6, 16), DAY, changes_pct)
    return Observations(price_id("yahoo", symbol), made.date, made.close, Known.EXCHANGE_CLOSE)


def test_that_a_price_ratio_supports_a_direction_as_a_proxy_and_refutes_none(
    empty_archive: Archive, checked: Check
) -> None:
    save(empty_archive, prices("HYG", [0.2, 0.1, 0.3]), prices("LQD", [0.1, 0.0, 0.1]), source="yahoo")
    narrows = checked("Credit spreads are narrowing.")
    assert (narrows.verdict, narrows.shown.is_proxy, narrows.shown.unit) == (ONE, True, "%")
    assert "as a proxy" in narrows.shown.definition
    assert "as a proxy, the price ratio of HYG to LQD" in evidence(narrows)
    widens = checked("High-yield spreads have widened.")
    assert (widens.verdict, widens.shown.value) == (OPEN, None)
    assert "narrowing" in evidence(widens)
    assert checked("Credit spreads are not narrowing.").verdict is OPEN
    assert checked("Junk-bond spreads are the lowest since 2009.").shown.is_proxy is False
    save(empty_archive, daily("fred:BAMLH0A0HYM2", 3.0, 6.0), source="fred")
    assert checked("High-yield spreads have widened.").verdict is SUPPORTED


def test_that_a_week_is_ranked_among_weeks_and_a_bare_rise_is_checked(empty_archive: Archive, checked: Check) -> None:
    made = prices("IWM", [0.01])
    last_week = made.date > np.datetime64(date(2017, 6, 9))
    early = (made.date > np.datetime64(date(2016, 9, 9))) & (made.date <= np.datetime64(date(2016, 9, 16)))
    factors = np.where(last_week, 1.01, np.where(early, 1.02, 1.0))
    save(empty_archive, replace(made, value=made.value * np.cumprod(factors)), source="yahoo")
    best = checked("The Russell 2000 had its best week since November.")
    assert best.verdict is SUPPORTED
    assert best.shown.value == pytest.approx(100 * (1.0001**5 * 1.01**5 - 1))
    assert "the week to 16 Sep 2016 (+10.46%)" in best.shown.sentence
    assert checked("The Russell 2000 had its best week since 2015.").verdict is NOT
    assert checked("The Russell 2000 had its worst week since November.").verdict is NOT
    assert checked("The Russell 2000 rose in May.").verdict is SUPPORTED
    assert checked("The Russell 2000 did not fall in May.").verdict is SUPPORTED
    assert checked("In the week ended June 9, the Russell 2000 lost 3 percent.").verdict is NOT


def weights(fund: str, taxonomy: Taxonomy, financials: float) -> SectorWeights:
    name = "Financial Services" if taxonomy is Taxonomy.RUSSELL else "Financials"
    rest = "Technology" if taxonomy is Taxonomy.RUSSELL else "Information Technology"
    return SectorWeights(
        fund, DAY - timedelta(days=3), taxonomy.value, ((name, financials), (rest, 100 - financials)), 9
    )


def test_that_a_share_is_judged_under_each_taxonomy(empty_archive: Archive, checked: Check) -> None:
    save(empty_archive, weights("IWM", Taxonomy.RUSSELL, 31.0), weights("IVV", Taxonomy.GICS, 15.0), source="ishares")
    share = checked("Financials make up almost a third of the Russell 2000.")
    assert share.verdict is SUPPORTED
    assert share.shown.value == 31.0
    assert checked("Financials make up 20 percent of the Russell 2000.").verdict is NOT
    large = checked("Financials make up 15 percent of the S&P 500.")
    assert (large.verdict, large.shown.value) == (SUPPORTED, 15.0)
    early = checked("Financials make up almost a third of the Russell 2000.", DAY - timedelta(days=5))
    assert (early.verdict, early.shown.value) == (OPEN, None)


def test_that_no_ratio_is_made_of_two_taxonomies(empty_archive: Archive, checked: Check) -> None:
    save(empty_archive, weights("IWM", Taxonomy.RUSSELL, 30.0), weights("IVV", Taxonomy.GICS, 15.0), source="ishares")
    text = "The weight of financials in the Russell 2000 is almost twice their share of the S&P 500."
    assert checked(text).verdict is OPEN
    save(empty_archive, weights("IWM", Taxonomy.GICS, 29.0), source="starter", retrieved_at="2017-06-16 19:40")
    found = checked(text)
    assert (found.verdict, found.shown.unit) == (SUPPORTED, "times")
    assert found.shown.value == pytest.approx(29 / 15)


def estimate(subject: str, period: str, value: float, *, basis: str = "operating") -> Estimate:
    return Estimate(subject, "", period, basis, DAY - timedelta(days=9), value, period == "2017")


def test_that_growth_names_its_proxy_and_its_basis(empty_archive: Archive, checked: Check) -> None:
    figures = [estimate("sp-600", "2016", 30.0), estimate("sp-600", "2017", 31.7)]
    figures += [estimate("sp-500", "2016", 100.0), estimate("sp-500", "2017", 111.4)]
    figures += [
        estimate("sp-600", "2016", 20.0, basis="as_reported"),
        estimate("sp-600", "2017", 28.0, basis="as_reported"),
    ]
    save(empty_archive, tuple(figures), source="spglobal", retrieved_at="2017-06-09 12:00")
    grown = checked("Small-cap profits are expected to rise 5.7 percent this year.")
    assert grown.verdict is ONE
    assert "as a proxy for the Russell 2000, operating" in grown.shown.definition
    assert checked("S&P 600 earnings will rise 12 percent in 2017.").verdict is NOT
    paced = checked("Small-cap profits are growing at half the pace of the S&P 500.")
    assert paced.verdict is SUPPORTED
    assert paced.shown.value == pytest.approx(0.497, abs=0.001)
    assert checked("Small-cap earnings are growing more slowly than those of the S&P 500.").verdict is SUPPORTED
    assert checked("S&P 600 earnings fell 3 percent in 2009.").verdict is OPEN


def test_that_a_market_without_reports_or_prices_cannot_be_shown(checked: Check) -> None:
    for text in (
        "Hedge funds are net long 5,000 contracts of platinum.",
        "Platinum has gained 5 percent this month.",
        "The S&P 600 was the worst performer: it lost 2 percent this month.",
        "Leveraged funds are net long 5,000 contracts of corn.",
        "Speculators are net long 5,000 contracts of the Russell 1000.",
    ):
        found = checked(text)
        assert found.verdict is OPEN, text
        assert found.shown.value is None
        assert found.shown.sentence.endswith("."), text


def test_that_an_article_from_before_the_reports_is_answered(checked: Check) -> None:
    assert checked("Speculators are net long 5,000 contracts of gold.", date(1950, 1, 1)).verdict is OPEN


def test_that_a_swing_since_a_year_is_ranked_from_that_year_on(empty_archive: Archive, checked: Check) -> None:
    days = [date(2015, 1, 6) + timedelta(weeks=i) for i in range(128)]
    nets = [0.0] * 20 + [900.0] + [0.0] * 106 + [500.0]
    rows = {
        ("088691", day): {"noncommercial_long": 10_000 + net, "noncommercial_short": 10_000.0}
        for day, net in zip(days, nets, strict=True)
    }
    save(empty_archive, positions(rows, name="GOLD"), retrieved_at="2017-06-16 19:31")
    assert days[-1] == date(2017, 6, 13)
    assert checked("Speculators made the biggest weekly increase in net longs in gold since 2015.").verdict is SUPPORTED
    assert checked("Speculators made the biggest weekly increase in net longs in gold on record.").verdict is NOT
    assert checked("Speculators made the biggest weekly increase in net longs in gold since 2009.").verdict is OPEN
    assert checked("Speculators raised their net long position in gold.").verdict is SUPPORTED
    assert checked("Net longs in gold fell in the week ended June 13.").verdict is NOT
    assert checked("Speculators hold a net long worth $9 billion in gold.").verdict is OPEN


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "net-" * 250_000,
        "," * 1_000_000,
        "<p>Hedge funds are net long 5,000 contracts of gold.</p>" * 17_000,
        "Hedge funds net long short 7,500 contracts gold most bullish since record by from to two weeks " * 10_000,
        "Die Hedgefonds haben ihre Wetten gedreht. " * 24_000,
        "\u5bf9\u51b2\u57fa\u91d1\u8f6c\u4e3a\u51c0\u591a\u5934\u3002" * 100_000,
        "".join(f"Hedge funds were the most bullish on gold in {n} weeks. " for n in range(2, 18_000)),
    ],
    ids=["words", "hyphens", "commas", "markup", "soup", "German", "Chinese", "claims"],
)
def test_that_of_a_megabyte_of_anything_no_more_than_an_article_is_read(
    empty_archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(sentence: str) -> tuple[Token, ...]:
        read.append(sentence)
        return tokens(sentence)

    monkeypatch.setattr(grammar, "tokens", counted)
    page = build(empty_archive, text, DAY)
    assert len(read) <= MOST_READ
    assert page.claims or page.notes
    assert len(page.claims) <= MOST_CLAIMS + 10


def test_that_what_is_cut_off_is_said(empty_archive: Archive) -> None:
    page = build(empty_archive, "Speculators are net long 5,000 contracts of gold. " * 500, DAY)
    assert page.notes == (
        f"Only the first {MOST_CLAIMS} of 500 sentences were checked; the text is longer than an article.",
    )
    assert build(empty_archive, " \n ", DAY).notes == ("There is no text to check.",)


def test_that_last_month_is_never_that_of_an_earlier_year(empty_archive: Archive, checked: Check) -> None:
    save(empty_archive, prices("IWM", [0.1]), prices("SPY", [0.05]), source="yahoo")
    assert checked("The Russell 2000 rose last month.").verdict is SUPPORTED
    for text in (
        "The Russell 2000 rose last month.",
        "The Russell 2000 rose in May.",
        "Small caps beat large caps last month.",
        "Small caps beat large caps from January to May.",
    ):
        later = checked(text, date(2018, 6, 29))
        assert (later.verdict, later.shown.value) == (OPEN, None), text
        both = "of both " if "large" in text else ""
        assert f"2018 are not held; the newest that are held {both}are of 16 Jun 2017" in later.shown.sentence


def weekly(empty_archive: Archive, nets: dict[date, float]) -> None:
    """Speculators' nets in gold by report date."""
    rows = {
        ("088691", day): {"noncommercial_long": 10_000 + net, "noncommercial_short": 10_000.0}
        for day, net in nets.items()
    }
    save(empty_archive, positions(rows, name="GOLD"), retrieved_at="2017-06-16 19:31")


@pytest.mark.parametrize(
    ("higher", "verdicts"),
    [
        (date(2015, 8, 4), (SUPPORTED, SUPPORTED, SUPPORTED, NOT)),  # a year and ten months before
        (date(2015, 12, 15), (SUPPORTED, NOT, NOT, NOT)),  # a year and a half
        (date(2016, 9, 6), (NOT, NOT, NOT, NOT)),  # nine months
    ],
)
def test_that_a_span_is_rounded_as_people_round_it(
    empty_archive: Archive, checked: Check, higher: date, verdicts: tuple[ArticleVerdict, ...]
) -> None:
    days = [date(2014, 1, 7) + timedelta(weeks=i) for i in range(180)]
    assert days[-1] == date(2017, 6, 13)
    weekly(empty_archive, {day: 900.0 if day == higher else 500.0 if day == days[-1] else 0.0 for day in days})
    spans = ("a year", "nearly two years", "two years", "more than two years")
    found = [checked(f"Speculators hold the largest net long position in gold in {span}.") for span in spans]
    assert tuple(one.verdict for one in found) == verdicts
    assert f"They were net long 900 contracts on {formats.day(higher)}." in evidence(found[-1])
    assert line(found[-1], "Not supported").endswith(f"against net long 900 on {formats.day(higher)}")


def test_that_a_claim_over_time_without_reports_cannot_be_shown(empty_archive: Archive, checked: Check) -> None:
    days = [date(2014, 1, 7) + timedelta(weeks=i) for i in range(180)]
    held = {day: 0.0 for day in days if not date(2015, 8, 1) < day < date(2016, 6, 1)}
    weekly(empty_archive, held | {date(2015, 7, 7): 900.0, days[-1]: 500.0})
    open_claim = checked("Speculators hold the largest net long position in gold in nearly two years.")
    assert open_claim.verdict is OPEN
    assert "no reports are held between 28 Jul 2015 and 7 Jun 2016. Refresh CFTC." in open_claim.shown.sentence
    assert evidence(open_claim).count("The claim goes back") == 0
    held_whole = checked("Speculators hold the largest net long position in gold in nine months.")
    assert held_whole.verdict is SUPPORTED
    assert "No reports are held" not in held_whole.shown.sentence
    assert checked("Speculators hold the largest net long position in gold in four years.").verdict is NOT
    assert checked("Speculators made the biggest weekly increase in net longs in gold since 2015.").verdict is OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Hedgefonds sind netto long in Russell-2000-Futures. Gold stieg um 5 Prozent.",
        "Les fonds sp\u00e9culatifs sont net long 73 000 contrats dans les futures Russell 2000.",
        "\u0425\u0435\u0434\u0436-\u0444\u043e\u043d\u0434\u044b net long gold.",
    ],
    ids=["German", "French", "Russian"],
)
def test_that_of_another_language_no_claim_is_judged(empty_archive: Archive, text: str) -> None:
    page = build(empty_archive, text, DAY)
    assert page.claims == ()
    assert page.notes == ("This text is not in English; only English is read.",)
    assert page.sentences[0].unread[0].reason == "this is not in English; only English is read"


def test_that_the_rest_of_a_text_with_a_foreign_sentence_is_read(empty_archive: Archive) -> None:
    text = "Speculators were net long gold, as the data show. Gold ist seit Mai um 5 Prozent gestiegen."
    page = build(empty_archive, text, DAY)
    assert len(page.claims) == 1
    assert page.notes == ("Some of this text is not in English; only English is read.",)


def test_that_what_is_public_and_not_held_says_what_to_refresh(empty_archive: Archive, checked: Check) -> None:
    for text, source in (
        ("Leveraged funds are net short VIX futures.", "Refresh CFTC."),
        ("The S&P 500 rose 3 percent this month.", "Refresh Cboe or Yahoo."),
        ("Financials make up almost a third of the Russell 2000.", "Refresh iShares"),
        ("Credit spreads are narrowing.", "Refresh FRED"),
    ):
        assert source in checked(text).shown.sentence, text
    assert VERDICT_TITLES[OPEN] == "cannot be shown with the data at hand"


def test_that_days_up_are_counted_on_what_is_held_and_by_the_fund_that_is_current(
    empty_archive: Archive, checked: Check
) -> None:
    save(empty_archive, prices("XLF", [0.1]), source="yahoo")
    later = date(2017, 9, 1)
    stale = checked("Bank shares have risen in seven of the last nine days.", later)
    assert (stale.verdict, stale.shown.value) == (OPEN, None)
    assert "XLF rose in 9 of the last 9 sessions to 16 Jun 2017." in stale.shown.sentence
    made = on_sessions("KBE", date(2017, 1, 3), later, [0.1])
    current = Observations(price_id("yahoo", "KBE"), made.date, made.close, Known.EXCHANGE_CLOSE)
    save(empty_archive, current, source="yahoo", retrieved_at="2017-09-01 22:00")
    found = checked("Bank shares have risen in seven of the last nine days.", later)
    assert (found.verdict, found.shown.value) == (NOT, 9)


def test_that_several_contract_codes_are_codes(empty_archive: Archive) -> None:
    days = [date(2007, 5, 1), date(2007, 5, 8), date(2017, 6, 6), date(2017, 6, 13)]
    codes = dict(zip(days, ["239742", "239742", "23977A", "23977A"], strict=True))
    held = {"noncommercial_long": 300.0, "noncommercial_short": 100.0}
    rows = {(code, day): held for day, code in codes.items()}
    save(empty_archive, positions(rows, name="RUSSELL 2000"), retrieved_at="2017-06-16 19:31")
    page = build(empty_archive, "Speculators are net long Russell 2000 futures.", DAY, with_evidence=True)
    assert "4 reports from 1 May 2007 to 13 Jun 2017, codes 239742, 23977A." in page.sentences[0].evidence[0].sample


def test_that_years_are_counted_from_the_end_of_the_stretch_that_is_compared(empty_archive: Archive) -> None:
    flat = on_sessions("SPY", date(2010, 1, 4), date(2017, 1, 12), [0.0])
    rises = {date(2013, 11, 1): 1.07, date(2015, 11, 2): 1.06, date(2016, 11, 1): 1.05}
    factors = np.array([rises.get(as_date(day), 1.0) for day in flat.date])
    for symbol, close in (("SPY", flat.close), ("IWM", flat.close * np.cumprod(factors))):
        closes = Observations(price_id("yahoo", symbol), flat.date, close, Known.EXCHANGE_CLOSE)
        save(empty_archive, closes, source="yahoo", retrieved_at="2017-01-12 22:00")
    text = "From October to December, small caps beat large caps by the most in {}."
    verdicts = {
        span: build(empty_archive, text.format(span), date(2017, 1, 12)).claims[-1].verdict
        for span in ("a year", "two years", "three years")
    }
    assert verdicts == {"a year": SUPPORTED, "two years": NOT, "three years": NOT}
