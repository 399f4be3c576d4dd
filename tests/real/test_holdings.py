"""Every real holdings file: fetched from the replayed hosts or imported, and weighed a second time with pandas."""

import contextlib
import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from models import funds
from models.calc.sectors import classify, equity
from models.names import Verdict
from models.pages.choice import Choice
from models.pages.sectors import FundDay, SectorsChoice
from models.pages.sectors_build import build, statements_about
from models.records import Batch, Snapshot
from models.statements.sector_claims import Measure, SectorClaim, SectorStatement, almost, judge
from models.taxonomies import GICS_SECTORS, Taxonomy, View
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, InputError, SourceError
from services.http import Http
from services.importing_holdings import read
from services.sources import ishares, ssga
from services.sources.source import Wish
from services.starter import tables
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

DATA = SHARED / "data"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
SPDR = {"SP500": "SPY", "SP400": "MDY", "SP600": "SLY", "SP1000": "SMD", "RUSSELL2000": "TWOK", "RUSSELL1000": "ONEK"}
COMMUNICATION = {"Communication": "Communication Services", "Telecommunications": "Communication Services"}


def stored() -> list[dict[str, str]]:
    """The iShares files that the replay serves."""
    catalog = DATA / "catalog.json"
    return json.loads(catalog.read_text())["ishares"] if catalog.is_file() else []


def raw(path: str) -> bytes:
    content = (DATA / path).read_bytes()
    return gzip.decompress(content) if path.endswith(".gz") else content


def recomputed(path: str) -> pd.Series:
    """Sector weights by market value, straight from the file's cells."""
    lines = raw(path).decode("utf-8-sig").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Ticker,"))
    rows = list(csv.reader(io.StringIO("\n".join(lines[start:]))))
    cells = pd.DataFrame([row for row in rows[1:] if len(row) == len(rows[0])], columns=rows[0])
    cells = cells[cells["Asset Class"] == "Equity"]
    cells["value"] = pd.to_numeric(cells["Market Value"].str.replace(",", ""))
    last_word = cells["Name"].str.upper().str.split().str[-1]
    is_right = last_word.isin(["CVR", "ESCROW", "RIGHTS", "WARRANTS", "PRVT"])
    is_unlisted = cells["Exchange"].str.upper().str.contains("NO MARKET")
    kept = cells[(cells["value"] > 0) & ~is_right & ~is_unlisted]
    sums = kept.groupby(kept["Sector"].replace(COMMUNICATION))["value"].sum()
    return 100 * sums / sums.sum()


@pytest.fixture
def http(replay: str) -> Iterator[Http]:
    with contextlib.closing(Http(Clock(NOW), mirror=replay)) as opened:
        yield opened


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with contextlib.closing(Archive.open(tmp_path / "archive.sqlite", Clock(NOW))) as opened:
        yield opened


@pytest.mark.parametrize("entry", stored(), ids=lambda entry: f"{entry['fund']} {entry['asof']}")
def test_that_each_fund_and_day_is_fetched_and_weighs_what_its_file_says(http: Http, entry: dict[str, str]) -> None:
    fund, day = funds.fund(entry["fund"]), date.fromisoformat(entry["asof"])
    got = ishares.fetch(http, fund, Cancel(), NOW, day=day)
    assert got.file is not None and got.file.refused == ()
    assert got.file.snapshot.as_of == day
    weights = classify(equity(got.file.snapshot), View.GICS).weights
    expected = recomputed(entry["path"])
    found = {name: pct for name, pct in weights.by_sector.items() if pct}
    assert found == pytest.approx(expected.to_dict())
    assert sum(found.values()) == pytest.approx(100.0)


def test_that_both_ways_to_a_day_give_the_same_holdings(http: Http) -> None:
    fund, day = funds.fund("IJR"), date(2017, 6, 30)
    by_json = ishares._from_json(http, fund, Cancel(), NOW, day).file
    by_document = ishares._from_document(http, fund, Cancel(), NOW, day).file
    assert by_json is not None and by_document is not None
    assert by_json.snapshot.holdings == by_document.snapshot.holdings


@pytest.mark.parametrize("day", [date(2017, 5, 31), date(2026, 11, 22)])
def test_that_a_day_that_is_not_archived_is_refused(http: Http, day: date) -> None:
    with pytest.raises(SourceError) as caught:
        ishares.fetch(http, funds.fund("IJR"), Cancel(), NOW, day=day)
    assert caught.value.kind is ErrorKind.WRONG_DATE


def test_that_the_month_ends_that_there_are_are_filled_in(
    http: Http, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ishares, "FIRST_MONTH", date(2017, 1, 1))
    wish = Wish(funds=("IJR",), backfill=True)
    for item in ishares.IsharesSource().deliver(http, archive, wish, NOW, Cancel(), lambda progress: None):
        if isinstance(item, Batch):
            archive.save(item)
    days = {entry["asof"] for entry in stored() if entry["fund"] == "IJR"}
    assert {key.as_of.isoformat() for key in archive.snapshots(NOW, "IJR")} == days
    page = build(archive, Choice(NOW), SectorsChoice(small=FundDay("IJR"), large=FundDay("IJR", date(2017, 2, 28))))
    assert page.history is not None
    assert [len(range(first, last + 1)) for first, last in page.history.runs] == [3, 9, 1]  # May 2017 is missing


def test_that_the_workbook_of_state_street_is_fetched_and_has_no_sectors(http: Http, archive: Archive) -> None:
    wish = Wish(funds=("XBI",))
    (batch,) = ssga.SsgaSource().deliver(http, archive, wish, NOW, Cancel(), lambda progress: None)
    assert isinstance(batch, Batch) and isinstance(batch.rows[0], Snapshot)
    assert batch.rows[0].taxonomy == Taxonomy.NONE
    assert len(equity(batch.rows[0]).lines) == 138


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("IWM_broken_user_export.csv", "no row names columns of holdings"),
        ("iShares-Russell-2000-ETF_fund_2025-02-04.xls.gz", "old binary format"),
        ("IGN_2017-06-30.csv", "say whose holdings these are"),
        ("IWV_2023-11-22_no_preamble.csv.gz", "say whose holdings these are"),
    ],
)
def test_that_a_file_that_cannot_be_used_says_why(name: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read((DATA / "ishares" / name).read_bytes(), name, NOW, fund=None, as_of=None)


def test_that_a_web_page_instead_of_holdings_is_refused(http: Http) -> None:
    from services.http import Content, Request

    dead = "https://www.ishares.com/us/products/239710/ishares-russell-2000-etf/1467271812596.ajax"
    with pytest.raises(SourceError) as caught:
        http.fetch(Request(dead, Content.CSV), Cancel())
    assert caught.value.kind is ErrorKind.WEB_PAGE


# June 2017


@pytest.fixture
def of_2017(archive: Archive) -> Archive:
    """The tables of SPDR funds of 26 June 2017, imported, and every iShares file."""
    for index, fund in SPDR.items():
        _keep(archive, next((DATA / "tidyquant" / "2017-06-26").glob(f"{index}.csv*")), fund, date(2017, 6, 26))
    for entry in stored():
        _keep(archive, DATA / entry["path"], entry["fund"], date.fromisoformat(entry["asof"]))
    return archive


def _keep(archive: Archive, path: Path, fund: str, day: date) -> None:
    archive.save(read(path.read_bytes(), path.name, NOW, fund=fund, as_of=day))


PAIR = SectorsChoice(small=FundDay("TWOK", date(2017, 6, 26)), large=FundDay("SPY", date(2017, 6, 26)))


def financials(archive: Archive, as_of: datetime = NOW) -> dict[View, SectorStatement]:
    made = statements_about(archive, Choice(as_of, is_live=as_of == NOW), "Financials", PAIR)
    return {item.view: item for item in made}


def test_that_financials_of_2017_are_what_the_files_say(of_2017: Archive) -> None:
    made = financials(of_2017)
    own = made[View.PROVIDER]
    assert (own.sector, own.taxonomy) == ("Financial Services", Taxonomy.RUSSELL)
    assert own.value == pytest.approx(26.1, abs=0.05)
    assert made[View.GICS].large_pct == pytest.approx(14.0, abs=0.05)
    assert made[View.GICS_PRE2016].large_pct == pytest.approx(16.9, abs=0.05)
    assert own.large_pct is not None and own.value is not None
    assert own.value / own.large_pct == pytest.approx(1.86, abs=0.01)  # "almost twice" with the taxonomies mixed
    assert made[View.GICS].is_estimate and not own.is_estimate


def test_that_almost_a_third_and_almost_twice_hold_in_no_taxonomy(of_2017: Archive) -> None:
    third = SectorClaim("Financials", Measure.SHARE, *almost(100 / 3))
    twice = SectorClaim("Financials", Measure.RATIO, *almost(2.0))
    made = financials(of_2017)
    assert {view: judge(third, item)[0] for view, item in made.items()} == dict.fromkeys(View, Verdict.FALSE)
    assert judge(twice, made[View.GICS]) == (Verdict.FALSE, "")
    assert judge(twice, made[View.GICS_PRE2016]) == (Verdict.FALSE, "")
    assert judge(twice, made[View.PROVIDER]) == (Verdict.UNKNOWN, "other_taxonomy")


def test_that_on_the_day_of_the_article_the_files_are_not_known(of_2017: Archive) -> None:
    moment = datetime(2017, 6, 16, 20, tzinfo=UTC)
    assert build(of_2017, Choice(moment, is_live=False), PAIR).small is None
    later = build(of_2017, Choice(moment, is_live=False, later_data=True), PAIR)
    assert later.later_note == "Holdings dated 26 Jun 2017, after as-of"
    assert {item.verdict for item in later.statements} == {Verdict.UNKNOWN}


def test_that_soon_after_an_estimate_from_few_files_gives_no_verdict(of_2017: Archive) -> None:
    made = financials(of_2017, datetime(2017, 6, 28, 15, tzinfo=UTC))
    assert (made[View.GICS].verdict, made[View.GICS].reason) == (Verdict.UNKNOWN, "weak_estimate")


def test_that_damaged_sector_names_are_mended(of_2017: Archive) -> None:
    page = build(of_2017, Choice(NOW), SectorsChoice(PAIR.small, PAIR.large, View.PROVIDER))
    assert page.small is not None and page.small.weights is not None
    assert page.small.weights.by_sector["Producer Durables"] == pytest.approx(13.69, abs=0.01)
    assert len(page.small.weights.by_sector) == 9


def test_that_the_page_of_two_thousand_holdings_has_every_sector(of_2017: Archive) -> None:
    page = build(of_2017, Choice(NOW), SectorsChoice())
    assert page.small is not None and page.small.companies > 1900
    assert set(GICS_SECTORS) <= {row.sector for row in page.rows}
