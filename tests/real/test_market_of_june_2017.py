"""Performance, banks and credit of June 2017, out of the general machinery and the replayed data alone."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.calendars import parse_as_of
from models.pages.choice import Choice
from models.pages.market import MarketChoice, MarketPage
from models.pages.market_build import build
from models.pages.market_claims import build as claims
from models.pages.market_report import PerformanceWish, credit, performance
from models.series import credit_series
from models.windows import JANUARY_TO_MAY, MTD, QTD, YTD
from services import refresh
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.http import Http
from services.session_reader import SessionReader
from services.sources import cboe
from services.sources.fred import FredSource
from services.sources.session import SessionSeries
from services.sources.source import Source, Wish
from services.sources.yahoo import YahooSource
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

NOW = datetime(2017, 6, 20, 12, 5, tzinfo=UTC)
ACCEPTED = Wish(accepted_terms=frozenset({"fred"}))


@dataclass
class Refreshed:
    """What one refresh of closes and of FRED through the replay left behind."""

    reader: SessionReader
    profile: Path
    outcomes: tuple[refresh.Outcome, ...]
    log: list[dict[str, object]]


@pytest.fixture(scope="module")
def then() -> Iterator[str]:
    """The base address of a replay that stands at the morning of 20 June 2017."""
    command = [sys.executable, str(SHARED / "replay" / "serve.py"), "--port", "0", "--now", "2017-06-20T12:05Z"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def log(base: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(f"{base}/_control/log") as answer:
        found: list[dict[str, object]] = json.load(answer)
        return found


def set_faults(base: str, faults: dict[str, str]) -> None:
    body = json.dumps({"faults": faults}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{base}/_control/fault", body)):
        pass


@pytest.fixture(scope="module")
def refreshed(then: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refreshed]:
    profile = tmp_path_factory.mktemp("profile")
    clock, session = Clock(NOW), SessionSeries()
    sources: list[Source] = [cboe.SOURCE, YahooSource(), FredSource(session)]
    with (
        closing(Archive.open(profile / "archive.sqlite", clock)) as archive,
        closing(Http(clock, mirror=then)) as http,
    ):
        outcomes = refresh.refresh(sources, archive, http, ACCEPTED, clock, Cancel(), lambda said: None)
        http.close()
        yield Refreshed(SessionReader(archive, session), profile, outcomes, log(then))


def page(refreshed: Refreshed, day: str) -> MarketPage:
    return build(refreshed.reader, Choice(parse_as_of(day), is_live=False), MarketChoice())


def test_that_the_russell_2000_was_up_as_the_two_days_say(refreshed: Refreshed) -> None:
    month = {}
    for day in ("2017-06-16", "2017-06-19"):
        card = page(refreshed, day).relative
        assert card is not None and card.month is not None
        month[day] = card.month
    assert month["2017-06-16"].small_pct == pytest.approx(2.67, abs=0.005)
    assert month["2017-06-19"].small_pct == pytest.approx(3.49, abs=0.005)
    assert month["2017-06-16"].start == date(2017, 5, 31)


def test_that_january_to_may_was_the_worst_start_since_1998(refreshed: Refreshed) -> None:
    for day in ("2017-06-16", "2017-06-19"):
        card = page(refreshed, day).league
        assert card is not None
        gap = card.league.current.gap
        assert gap.small_pct == pytest.approx(0.96, abs=0.005)
        assert gap.large_pct == pytest.approx(7.73, abs=0.005)
        assert gap.points == pytest.approx(-6.76, abs=0.005)
        assert card.league.worst_since == 1998
        by_year = {row.year: row.gap.points for row in card.league.rows}
        assert by_year[1998] == pytest.approx(-7.92, abs=0.005)
        assert (card.league.current.rank, len(by_year), card.league.first_year) == (4, 30, 1988)
        assert card.caption.endswith("Worst start since 1998.")


def test_that_the_banks_rose_as_often_as_each_series_says(refreshed: Refreshed) -> None:
    card = page(refreshed, "2017-06-19").streaks
    assert card is not None
    assert {row.streak.symbol: (row.streak.ups, row.streak.of) for row in card.rows} == {
        "XLF": (7, 9),
        "KBE": (6, 9),
        "KRE": (4, 9),
    }
    focus = card.focus
    assert focus is not None and focus.frequency_pct == pytest.approx(8, abs=0.5)


def test_that_the_month_was_the_best_against_the_sp_500_since_november(refreshed: Refreshed) -> None:
    card = page(refreshed, "2017-06-19").relative
    assert card is not None and card.most_since is not None and card.most_since_same_sessions is not None
    assert card.most_since.points == pytest.approx(1.8, abs=0.05)
    assert card.most_since.since == card.most_since_same_sessions.since == date(2016, 11, 1)


def test_that_spreads_narrowed_on_the_day_and_by_the_series(refreshed: Refreshed) -> None:
    names = ("BAMLH0A0HYM2", "BAA10Y")
    for day, expected in (
        ("2017-06-16", [("2017-06-15", 3.72, -13, "narrowing"), ("2017-06-15", 2.18, -8, "narrowing")]),
        ("2017-06-19", [("2017-06-16", 3.76, -2, "unchanged"), ("2017-06-16", 2.19, -7, "narrowing")]),
    ):
        made = credit(refreshed.reader, Choice(parse_as_of(day)), [credit_series(name) for name in names])
        rows = made.record["rows"]
        assert isinstance(rows, list)
        assert [(str(r["date"]), r["level"], r["change_4w_bp"], r["direction"]) for r in rows] == expected


def test_that_the_page_says_it_in_words(refreshed: Refreshed) -> None:
    made = page(refreshed, "2017-06-16")
    assert made.sentence == (
        "The Russell 2000 has beaten the S&P 500 by 1.8 points in June but still trails by 5.0 this year."
    )
    assert made.subtitle == "The high-yield spread is 50 bp narrower than at New Year and has narrowed over four weeks."


def test_that_the_claims_of_the_two_days_are_judged_under_each_definition(refreshed: Refreshed) -> None:
    choice = Choice(parse_as_of("2017-06-19"), is_live=False)
    month, league, streak, spreads = claims(refreshed.reader, choice, page(refreshed, "2017-06-19"))
    assert month.cells[0].sentence.startswith(
        "The Russell 2000 beat the S&P 500 by 1.8 points this month to 19 June 2017, the most since November 2016 ("
    )
    assert (month.title, league.title) == ("Largest monthly lead since Nov 2016", "Worst January\u2013May since 1998")
    assert [(cell.definition, cell.mark) for cell in league.cells] == [
        ("Price index", "true"),
        ("Total return", "short"),
        ("S&P 600 ETFs", "short"),
        ("v Russell 1000", "short"),
        ("To the same day", "true"),
    ]
    assert "7 of the last 9 sessions to 19 Jun 2017, as often or more in 8% of all" in streak.cells[0].sentence
    assert [cell.mark for cell in streak.cells] == ["true", "false", "false"]
    marks = {cell.definition: cell.mark for cell in spreads.cells}
    assert spreads.title == "Credit spreads are unchanged" and marks["HY, 4 weeks"] == "true"
    assert marks["Baa, 4 weeks"] == "false"


# Five other days, by plain pandas from the files


@pytest.fixture(scope="module")
def files() -> pd.DataFrame:
    folder = SHARED / "data" / "prices"
    rut = pd.read_csv(folder / "alitalbi_yfinance" / "_RUT.csv.gz")
    spx = pd.read_csv(folder / "RenuDDogra_yahoo_download" / "_GSPC.csv.gz")
    columns = {}
    for name, frame in (("RUT", rut), ("SPX", spx)):
        kept = frame[frame["Date"].astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d.*")]
        columns[name] = pd.Series(kept["Close"].to_numpy(), pd.to_datetime(kept["Date"].astype(str).str[:10]))
    return pd.DataFrame(columns).dropna()


def returns(closes: pd.DataFrame, start: str, end: str) -> pd.Series:
    return 100 * (closes.loc[:end].iloc[-1] / closes.loc[:start].iloc[-1] - 1)


OTHER_DAYS = ("1998-10-08", "2000-03-10", "2003-06-30", "2009-03-09", "2016-12-08")


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_that_other_days_agree_with_plain_arithmetic(refreshed: Refreshed, files: pd.DataFrame, day: str) -> None:
    moment = pd.Timestamp(day)
    bases = {
        MTD: moment.to_period("M").start_time,
        QTD: moment.to_period("Q").start_time,
        YTD: moment.to_period("Y").start_time,
    }
    wish = PerformanceWish("RUT", "SPX", windows=(*bases, JANUARY_TO_MAY), streaks=(("XLF", 9),))
    record = performance(refreshed.reader, parse_as_of(day), wish).record
    windows = record["windows"]
    assert isinstance(windows, dict)
    for of, base in bases.items():
        expected = returns(files, str((base - pd.Timedelta(days=1)).date()), day)
        found = windows[of.name]
        assert found["small"]["return_pct"] == pytest.approx(expected["RUT"], abs=1e-4)
        assert found["large"]["return_pct"] == pytest.approx(expected["SPX"], abs=1e-4)
        assert found["gap_points"] == pytest.approx(expected["RUT"] - expected["SPX"], abs=1e-4)
    last = moment.year if moment >= pd.Timestamp(moment.year, 5, 31) else moment.year - 1
    league = {}
    for year in range(1988, last + 1):
        change = returns(files, f"{year - 1}-12-31", f"{year}-05-31")
        league[year] = change["RUT"] - change["SPX"]
    found = windows["jan-may"]
    assert {row["year"]: pytest.approx(row["gap_points"], abs=1e-4) for row in found["league"]} == league
    assert found["league_rank"] == 1 + sum(points < league[last] for points in league.values())
    worse = [year for year, points in league.items() if year < last and points <= league[last]]
    assert found["worst_since"] == max(worse, default=None)
    ytd_days = len(files.loc[str(moment.year) : day])
    for row in windows["ytd"]["league"]:
        of_year = files.loc[str(row["year"])]
        end = of_year.index[min(ytd_days, len(of_year)) - 1]
        expected = returns(files, f"{row['year'] - 1}-12-31", str(end.date()))
        assert row["gap_points"] == pytest.approx(expected["RUT"] - expected["SPX"], abs=1e-4)


# Manners and terms


def test_that_nothing_of_fred_is_on_disk(refreshed: Refreshed) -> None:
    held = refreshed.reader.observations("fred:BAMLH0A0HYM2", NOW)
    assert held is not None and len(held) > 5000
    lows = np.unique(held.value)[:3]
    for file in (path for path in refreshed.profile.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert b"BAMLH0A0HYM2" not in content and b"BAA10Y" not in content
        assert not re.search(rb"fred:", content)
        assert all(low.astype(">f8").tobytes() not in content or float(low).is_integer() for low in lows)


def test_that_each_host_was_asked_as_it_wants(refreshed: Refreshed) -> None:
    agents: dict[str, set[str]] = {}
    for entry in refreshed.log:
        headers = {str(k).lower(): str(v) for k, v in dict(entry["headers"]).items()}  # type: ignore[call-overload]
        agents.setdefault(str(entry["host"]), set()).add(headers.get("user-agent", ""))
        if entry["host"] == "fred.stlouisfed.org":
            assert "," not in str(entry["query"]).partition("id=")[2].partition("&")[0]
    assert all(agent.startswith("Mozilla/5.0 (compatible;") for agent in agents["query1.finance.yahoo.com"])
    assert all(agent.startswith("python-requests/") for agent in agents["fred.stlouisfed.org"])
    assert {entry["status"] for entry in refreshed.log if entry["host"] == "fred.stlouisfed.org"} == {200}


def test_that_what_the_hosts_do_not_have_makes_a_refresh_partly(refreshed: Refreshed) -> None:
    assert [outcome.status for outcome in refreshed.outcomes] == ["partly", "partly", "current"]


@pytest.mark.parametrize(("fault", "kind"), [("429", "fewer requests"), ("503", "a fault of its own")])
def test_that_a_host_that_refuses_is_left_alone_and_held_closes_stay(
    then: str, tmp_path: Path, fault: str, kind: str
) -> None:
    hosts = ("query1.finance.yahoo.com", "fred.stlouisfed.org")
    set_faults(then, dict.fromkeys(hosts, fault))
    before = len(log(then))
    clock = Clock(NOW)
    try:
        with (
            closing(Archive.open(tmp_path / "archive.sqlite", clock)) as archive,
            closing(Http(clock, mirror=then, backoff_s=0.01)) as http,
        ):
            sources: list[Source] = [YahooSource(), FredSource(SessionSeries())]
            outcomes = refresh.refresh(sources, archive, http, ACCEPTED, clock, Cancel(), lambda said: None)
    finally:
        set_faults(then, dict.fromkeys(hosts, "none"))
    assert [outcome.status for outcome in outcomes] == ["failed", "failed"]
    assert all(kind in outcome.message for outcome in outcomes)
    asked = [str(entry["host"]) for entry in log(then)[before:] if entry["host"] in hosts]
    assert all(asked.count(host) <= 3 for host in hosts)
