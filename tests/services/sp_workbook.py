"""A made-up workbook in the form of S&P's: the layout and its oddities, none of its figures."""

from datetime import date
from io import BytesIO

import openpyxl

QUARTERS = ["2015 Q1", "2015 Q2", "2015 Q3", "2015 Q4", "2016 Q1", "2016 Q2", "2016 Q3", "2016 Q4"]
ESTIMATED = ["2017E Q1", "2017EQ2", "2017E Q3", "2017 Q4"]
ANNUAL = ["2015  EPS", "2015 P/E", "2016E EPS", "2016 P/E", "2017EPS", "2017 P/E"]


def sp_workbook(
    *, as_of: date | str | None = date(2017, 7, 5), small_2017: float = 3.0, broken: str = "#DIV/0!"
) -> bytes:
    """Two indices and one sector; the S&P 600 earns 2 dollars a quarter in 2016 and `small_2017` in 2017."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "SECTOR EPS "
    header = [*QUARTERS, *ESTIMATED, None, *ANNUAL, "PRICE 12/16", "INDEX NAME"]
    large = [*[5.0] * 8, *[6.0] * 4, None, 20.0, 15.0, 20.0, 15.0, 24.0, 14.0, 400.0, "S&P 500"]
    small = [*[2.0] * 8, *[small_2017] * 4, None, 8.0, 15.0, 8.0, 15.0, small_2017 * 4, 14.0, 150.0, "S&P 600"]
    sector = [*[1.0] * 7, broken, *[1.5] * 4, None, None, None, 4.0, None, 6.0, None, 60.0, None]
    rows: list[list[str | float | date | None]] = [
        ["A banner about other matters"],
        ["S&P Dow Jones Indices"],
        ["Data as of the close of:", as_of],
        ["Historical actuals:", date(2016, 12, 31), "and prior"],
        [],
        ["INDEX NAME", None, *header],
        ["Operating Earnings Per Share by Economic  Sector", "Price"],
        ["S&P 500", 480.0, *large],
        ["S&P 500 Real Estate (proforma pre-9/19/16)", 60.0, *sector],
        ["S&P 500 Telecommunication Services ", 60.0, *sector],
        ["S&P 600", 170.0, *small],
        [],
        ["As Reported Earnings Per Share by Economic Sector"],
        ["INDEX NAME", "Price", *header],
        ["S&P 500", 480.0, *[4.0] * 12, None, 16.0, None, 16.0],
        ["S&P 600", 170.0, *[1.0] * 8],
        ["Notes:"],
    ]
    for row in rows:
        sheet.append(row)
    return _saved(book)


def summary_workbook() -> bytes:
    """Only the summary sheet, pushed down by a banner."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "ESTIMATES&PEs"
    for row in (
        ["Today is a day like others, May 17, 1977"],
        [],
        ["S&P Dow Jones Indices"],
        [date(2026, 1, 30)],
        ["OBSERVATION", "2025E", "Q4 2025E", "2026 EST", " PRICE", "2025E P/E"],
        [date(2025, 9, 30), 250.0, 70.0, 300.0, 6000.0, 24.0],
        ["Current", 260.0, 71.0, None, 6100.0, 23.0],
        ["Change QTR", 0.04, 0.014, None, 0.02],
    ):
        sheet.append(row)
    return _saved(book)


def foreign_workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Ticker", "Weight"])
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
