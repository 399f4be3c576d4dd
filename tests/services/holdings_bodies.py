"""Bodies as the providers of holdings send them, made up in the documented layouts."""

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

HEADER_2025 = (
    "Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Notional Value,Quantity,Price,Location,Exchange,Currency,"
    "FX Rate,Market Currency,Accrual Date"
)
HEADER_2017 = "Ticker,Name,Asset Class,Weight (%),Price,Shares,Market Value,Notional Value,Sector,SEDOL,ISIN,Exchange"
DISCLAIMER = (
    '\n\u00a0\n"The content contained herein is owned or licensed by the provider.\n'
    'Holdings subject to change, and more text, with commas."\n'
)
SECTORS = ("Financials", "Energy", "Communication", "Health Care", "Real Estate")

Line = tuple[str, str, str, str, str, str, str]
"""Ticker, name, sector, asset class, market value, weight, exchange."""


def equities(count: int, value_usd: int = 1_000_000) -> list[Line]:
    """So many equal holdings, weights to two decimals as they are printed."""
    return [
        (
            f"T{chr(65 + n // 676 % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}",
            f"COMPANY {n}, INC",
            SECTORS[n % len(SECTORS)],
            "Equity",
            f"{value_usd:,}.00",
            f"{100 / count:.4f}",
            "NASDAQ",
        )
        for n in range(count)
    ]


def us_day(day: date) -> str:
    return f"{'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[day.month - 1]} {day.day:02d}, {day.year}"


def csv_2025(lines: Sequence[Line], day: date | None, title: str = "iShares Russell 2000 ETF") -> str:
    """Today's layout, without the byte order mark."""
    stated = us_day(day) if day else "-"
    rows = [
        f'"{t}","{name}","{sector}","{asset}","{value}","{weight}","{value}","1,000.00","1.00","United States",'
        f'"{exchange}","USD","1.00","USD","-"'
        for t, name, sector, asset, value, weight, exchange in lines
    ]
    preamble = (
        f'{title}\nFund Holdings as of,"{stated}"\nInception Date,"May 22, 2000"\nShares Outstanding,"1,000.00"\n'
        'Stock,"-"\nBond,"-"\nCash,"-"\nOther,"-"\n\u00a0\n'
    )
    return preamble + "\n".join([HEADER_2025, *rows]) + DISCLAIMER


def csv_2017(lines: Sequence[Line], day: date, title: str = "iShares Core S&P Small-Cap ETF") -> str:
    """The layout of 2017 as a spreadsheet left it: other columns, another preamble, trailing commas."""
    rows = [
        f'{t},"{name}",{asset},{weight},1.00,"1,000","{value}","{value}",{sector},123,US123,{exchange}'
        for t, name, sector, asset, value, weight, exchange in lines
    ]
    preamble = (
        f'{title},,,,,,,,,,,\nInception Date,"May 22, 2000",,,,,,,,,,\nFund Holdings as of,"{us_day(day)}",,,,,,,,,,\n'
        'Total Net Assets,"29,672,631,354.10",,,,,,,,,,\n\u00a0,,,,,,,,,,,\n'
    )
    return preamble + "\n".join([HEADER_2017, *rows]) + "\n\u00a0,,,,,,,,,,,\n"


def with_bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def v2(lines: Sequence[Line], day: object) -> dict[str, Any]:
    """An answer of the JSON interface; `day` as it stands in `asOfDate.value`."""

    def column(values: Sequence[object]) -> dict[str, object]:
        return {"value": list(values), "formattedValue": [str(value) for value in values]}

    figures = [(float(value.replace(",", "")), float(weight)) for _, _, _, _, value, weight, _ in lines]
    points: dict[str, Any] = {
        "ticker": column([line[0] for line in lines]),
        "issueName": column([line[1] for line in lines]),
        "sectorName": column([line[2] for line in lines]),
        "assetClass": column([line[3] for line in lines]),
        "exchange": column([line[6] for line in lines]),
        "currencyCode": column(["USD" for _ in lines]),
        "marketValue": column([value for value, _ in figures]),
        "holdingPercent": column([weight for _, weight in figures]),
        "unitsHeld": column([1000.0 for _ in lines]),
        "unitPrice": column([1.0 for _ in lines]),
        "asOfDate": {"value": day, "formattedValue": str(day)},
    }
    container = {"all": {"name": "all", "dataPointsByNameMap": points}}
    return {"componentsByNameMap": {"holdings": {"name": "holdings", "containersByNameMap": container}}}


def v2_body(lines: Sequence[Line], day: object) -> bytes:
    return json.dumps(v2(lines, day)).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "holdings"
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ssga_rows(holdings: Sequence[Sequence[object]], ticker: str, day: str = "23-Sep-2026") -> list[Sequence[object]]:
    """State Street's layout around lines of name, ticker, identifier, weight."""
    return [
        ("Fund Name:", f"SPDR {ticker} ETF"),
        ("Ticker Symbol:", ticker),
        ("Holdings:", f"As of {day}"),
        (None,),
        ("Name", "Ticker", "Identifier", "SEDOL", "Weight", "Sector", "Shares Held", "Local Currency"),
        *((name, t, identifier, "B1", weight, "-", 1000.0, "USD") for name, t, identifier, weight in holdings),
        (None,),
        ("Past performance is not a reliable indicator of future performance.",),
    ]
