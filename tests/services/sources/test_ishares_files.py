import json
from datetime import UTC, date, datetime

import pytest

from models.calc.sectors import equity
from models.funds import Fund
from models.taxonomies import Taxonomy
from services.errors import ErrorKind, SourceError
from services.sources.holdings_file import check
from services.sources.ishares_files import parse_csv, parse_json, us_day
from tests.services.holdings_bodies import csv_2017, csv_2025, equities, v2, v2_body, with_bom

DAY = date(2026, 7, 31)
NOW = datetime(2026, 8, 3, 13, tzinfo=UTC)
TEN = equities(10)
CASH = ("XTSLA", "BLK CSH FND TREASURY SL AGENCY", "Cash and/or Derivatives", "Money Market", "1,000.00", "0.00", "-")
NEGATIVE = ("USD", "USD CASH", "Cash and/or Derivatives", "Cash", "-2,000.00", "-0.02", "--")
FUTURE = ("RTYU6", "RUSSELL 2000 EMINI CME SEP 26", "Cash and/or Derivatives", "Futures", "0.00", "0.00", "-")
RIGHT = ("-", "OLD BIOTECH CVR", "Health Care", "Equity", "10.00", "0.00", "NO MARKET (E.G. UNLISTED)")


def fails(kind: ErrorKind, body: bytes, as_of: date | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        parse_csv(body, "IWM", as_of)
    assert caught.value.kind is kind
    return caught.value


def test_that_the_current_layout_is_read() -> None:
    file = parse_csv(with_bom(csv_2025([*TEN, CASH, NEGATIVE, FUTURE, RIGHT], DAY)), "IWM")
    held = file.snapshot
    assert (held.fund, held.as_of, held.taxonomy) == ("IWM", DAY, Taxonomy.GICS)
    assert file.title == "iShares Russell 2000 ETF"
    assert len(held.holdings) == 14
    first = held.holdings[0]
    assert (first.ticker, first.name, first.sector) == ("TAAA", "COMPANY 0, INC", "Financials")
    assert (first.market_value_usd, first.weight_pct, first.shares, first.price) == (1_000_000.0, 10.0, 1000.0, 1.0)
    assert held.holdings[11].market_value_usd == -2000.0
    assert held.holdings[13].ticker == ""
    made = equity(held)
    assert len(made.lines) == 10
    assert [item.what for item in made.left_out] == ["Cash", "Futures", "Money Market", "Rights, escrow and unlisted"]


def test_that_the_layout_of_2017_is_read() -> None:
    file = parse_csv(with_bom(csv_2017(TEN, date(2017, 6, 30))), "IJR")
    assert file.snapshot.as_of == date(2017, 6, 30)
    assert file.snapshot.holdings[0].shares == 1000.0
    assert file.snapshot.holdings[0].market_value_usd == 1_000_000.0


def test_that_a_document_that_comes_twice_is_read_once() -> None:
    once = csv_2025(TEN, DAY)
    assert len(parse_csv(with_bom(once + once), "IWM").snapshot.holdings) == 10
    joined = once.split('\n\u00a0\n"The content')[0] + "\n" + once
    assert len(parse_csv(with_bom(joined), "IWM").snapshot.holdings) == 10


def test_that_share_classes_get_their_point() -> None:
    line = ("BRKB", *TEN[0][1:])
    assert parse_csv(with_bom(csv_2025([line], DAY)), "IVV").snapshot.holdings[0].ticker == "BRK.B"


def test_that_a_day_without_holdings_is_empty() -> None:
    assert fails(ErrorKind.EMPTY, with_bom(csv_2025([], None))).sentence == "The answer was empty."


def test_that_a_web_page_with_the_name_of_a_csv_is_refused() -> None:
    fails(ErrorKind.WEB_PAGE, b"\xef\xbb\xbf <!DOCTYPE html><html><body>Please enable JavaScript</body></html>")


@pytest.mark.parametrize("column", ["Ticker", "Name", "Sector", "Asset Class", "Market Value"])
def test_that_a_missing_column_is_a_changed_format(column: str) -> None:
    fails(ErrorKind.CHANGED_FORMAT, with_bom(csv_2025(TEN, DAY).replace(column, "Something Else", 1)))


def test_that_a_file_without_its_preamble_needs_a_day() -> None:
    body = with_bom("Ticker" + csv_2025(TEN, DAY).split("Ticker", 1)[1])
    assert "does not say" in fails(ErrorKind.CHANGED_FORMAT, body).detail
    assert parse_csv(body, "IWM", DAY).snapshot.as_of == DAY


def test_that_a_line_that_cannot_be_read_is_refused_and_named() -> None:
    lines = [*equities(300), ("BAD", "BAD LTD", "Energy", "Equity", "many", "0.1", "NASDAQ")]
    file = parse_csv(with_bom(csv_2025(lines, DAY)), "IWM")
    assert len(file.snapshot.holdings) == 300
    assert file.refused[0].reason == "'many' is no figure"
    assert "BAD LTD" in file.refused[0].content


def test_that_too_many_unreadable_lines_refuse_the_file() -> None:
    lines = [*equities(50), *(("BAD", "BAD LTD", "Energy", "Equity", "many", "0.1", "NASDAQ") for _ in range(6))]
    fails(ErrorKind.IMPLAUSIBLE, with_bom(csv_2025(lines, DAY)))


def test_that_missing_figures_are_unknown_and_not_zero() -> None:
    line = (*TEN[0][:4], "--", "-", "NASDAQ")
    first = parse_csv(with_bom(csv_2025([line], DAY)), "IWM").snapshot.holdings[0]
    assert first.market_value_usd is None and first.weight_pct is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jul 31, 2026", DAY),
        ("July 1, 2026", date(2026, 7, 1)),
        ("-", None),
        ("Feb 30, 2026", None),
        ("31.07.2026", None),
    ],
)
def test_that_days_are_read_in_english_only(text: str, day: date | None) -> None:
    assert us_day(text) == day


# JSON


@pytest.mark.parametrize("day", ["20260731", 20260731, ["20260731"], "2026-07-31"])
def test_that_the_json_is_read_with_its_day_in_any_form(day: object) -> None:
    file = parse_json(v2_body([*TEN, CASH], day), "IWM", DAY)
    assert file.snapshot.as_of == DAY
    assert file.snapshot.holdings[0].market_value_usd == 1_000_000.0
    assert len(file.snapshot.holdings) == 11


def test_that_an_answer_for_another_day_is_refused_before_its_lines_are_read() -> None:
    body = v2(TEN, "20260828")
    body["componentsByNameMap"]["holdings"]["containersByNameMap"]["all"]["dataPointsByNameMap"]["ticker"] = None
    with pytest.raises(SourceError) as caught:
        parse_json(json.dumps(body).encode(), "IWM", DAY)
    assert caught.value.kind is ErrorKind.WRONG_DATE


def changed(**points: object) -> bytes:
    body = v2(TEN, "20260731")
    body["componentsByNameMap"]["holdings"]["containersByNameMap"]["all"]["dataPointsByNameMap"].update(points)
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (changed(ticker={"value": ["A"]}), ErrorKind.CHANGED_FORMAT),
        (changed(sectorName=None), ErrorKind.CHANGED_FORMAT),
        (changed(asOfDate={"value": "soon"}), ErrorKind.CHANGED_FORMAT),
        (changed(asOfDate=None), ErrorKind.CHANGED_FORMAT),
        (b'{"componentsByNameMap": {}}', ErrorKind.CHANGED_FORMAT),
        (b'{"componentsByNameMap": ', ErrorKind.BAD_CONTENT),
        (b"[]", ErrorKind.CHANGED_FORMAT),
        (b"", ErrorKind.EMPTY),
    ],
)
def test_that_a_changed_answer_is_refused_with_its_reason(body: bytes, kind: ErrorKind) -> None:
    with pytest.raises(SourceError) as caught:
        parse_json(body, "IWM")
    assert caught.value.kind is kind


def test_that_an_answer_without_data_points_is_empty() -> None:
    body = v2(TEN, "20260731")
    body["componentsByNameMap"]["holdings"]["containersByNameMap"]["all"]["dataPointsByNameMap"] = {}
    with pytest.raises(SourceError) as caught:
        parse_json(json.dumps(body).encode(), "IWM")
    assert caught.value.kind is ErrorKind.EMPTY


# What is believed

FUND = Fund("IWM", "Sample", equities=(5, 20))


def implausible(body: str, fund: Fund = FUND, now: datetime = NOW) -> str:
    with pytest.raises(SourceError) as caught:
        check(parse_csv(with_bom(body), fund.ticker), fund, now)
    assert caught.value.kind is ErrorKind.IMPLAUSIBLE
    return caught.value.detail


def test_that_a_whole_file_is_believed() -> None:
    check(parse_csv(with_bom(csv_2025([*TEN, CASH, NEGATIVE], DAY)), "IWM"), FUND, NOW)


def test_that_half_the_holdings_are_not_believed() -> None:
    assert "4 equity holdings instead of 5 to 20" in implausible(csv_2025(equities(4), DAY))


def test_that_weights_of_half_a_fund_are_not_believed() -> None:
    lines = [(*line[:5], "5.00", line[6]) for line in TEN]
    assert "add up to 50.00" in implausible(csv_2025(lines, DAY))


def test_that_a_value_in_another_unit_is_not_believed() -> None:
    lines = [(*TEN[0][:4], "1,000,000,000.00", *TEN[0][5:]), *TEN[1:]]
    assert "by its market value" in implausible(csv_2025(lines, DAY))


def test_that_a_day_to_come_is_not_believed() -> None:
    assert "a day to come" in implausible(csv_2025(TEN, date(2026, 8, 31)))
