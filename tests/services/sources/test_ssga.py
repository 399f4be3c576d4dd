from datetime import UTC, date, datetime

import pytest

from models.calc.sectors import equity
from models.funds import Fund, fund
from models.taxonomies import Taxonomy
from services.errors import ErrorKind, SourceError
from services.sources.holdings_file import check
from services.sources.ssga import asset_class, parse, request
from tests.services.holdings_bodies import ssga_rows, workbook

NOW = datetime(2026, 9, 24, 13, tzinfo=UTC)
HOLDINGS = [
    ("APPLE INC", "AAPL", "037833100", 60.0),
    ("BERKSHIRE HATHAWAY INC CL B", "BRK.B", "084670702", 39.9),
    ("US DOLLAR", "-", "999USDZ92", 0.12),
    ("CONTRA INHIBRX INC", "-", "457CVR017", 0.02),
    ("OMNIAB INC   12.5 EARNOUT", "2200963D", "68218J202", 0.0),
    ("S&P500 EMINI DEC 26", "IXTZ6", "-", -0.04),
]


def test_that_a_workbook_is_read_by_its_labels() -> None:
    file = parse(workbook(ssga_rows(HOLDINGS, "SPY")), "SPY")
    held = file.snapshot
    assert (held.fund, held.as_of, held.taxonomy) == ("SPY", date(2026, 9, 23), Taxonomy.NONE)
    assert file.title == "SPDR SPY ETF"
    assert [h.ticker for h in held.holdings] == ["AAPL", "BRK.B", "", "", "2200963D", "IXTZ6"]
    made = equity(held)
    assert not made.is_by_value
    assert [line.holding.ticker for line in made.lines] == ["AAPL", "BRK.B"]
    assert {item.what: item.lines for item in made.left_out} == {"Cash": 1, "Rights": 2, "Futures": 1}


def test_that_rows_of_text_may_stand_above_the_header() -> None:
    rows = ssga_rows(HOLDINGS, "SPY")
    file = parse(workbook([*rows[:4], ("As re-saved",), (None,), *rows[4:]]), "SPY")
    assert len(file.snapshot.holdings) == 6


@pytest.mark.parametrize(
    ("ticker", "identifier", "kind"),
    [
        ("AAPL", "1", "Equity"),
        ("BRK.B", "1", "Equity"),
        ("-", "1", "Cash"),
        ("-", "457CVR017", "Rights"),
        ("XARZ6", "", "Futures"),
        ("2200963D", "", "Rights"),
    ],
)
def test_that_a_line_is_told_by_its_ticker(ticker: str, identifier: str, kind: str) -> None:
    assert asset_class(ticker, identifier) == kind


def refused(body: bytes) -> ErrorKind:
    with pytest.raises(SourceError) as caught:
        parse(body, "SPY")
    return caught.value.kind


def test_that_another_funds_workbook_is_refused() -> None:
    assert refused(workbook(ssga_rows(HOLDINGS, "KRE"))) is ErrorKind.IMPLAUSIBLE


def test_that_a_workbook_without_a_day_or_header_is_a_changed_format() -> None:
    rows = ssga_rows(HOLDINGS, "SPY")
    assert refused(workbook([row for row in rows if row[0] != "Holdings:"])) is ErrorKind.CHANGED_FORMAT
    assert refused(workbook([row for row in rows if row[0] != "Name"])) is ErrorKind.CHANGED_FORMAT
    no_weight = [("Name", "Ticker", "Identifier") if row[0] == "Name" else row for row in rows]
    assert refused(workbook(no_weight)) is ErrorKind.CHANGED_FORMAT


def test_that_what_is_no_workbook_is_refused() -> None:
    assert refused(b"<html>please log in</html>") is ErrorKind.WEB_PAGE
    assert refused(b"PK\x03\x04 but not really") is ErrorKind.BAD_CONTENT


def test_that_too_few_holdings_are_not_believed() -> None:
    file = parse(workbook(ssga_rows(HOLDINGS, "SPY")), "SPY")
    with pytest.raises(SourceError, match="2 equity holdings instead of 450 to 550"):
        check(file, fund("SPY"), NOW)
    check(file, Fund("SPY", "Sample", equities=(2, 2)), NOW)


def test_that_the_address_has_the_ticker_in_lower_case() -> None:
    assert request(fund("KRE")).url.endswith("/holdings-daily-us-en-kre.xlsx")
