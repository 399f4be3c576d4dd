"""A sound sample of everything that is read from outside, with who reads it. Nothing in it is a provider's."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from models.names import Report
from services import strict_json
from services.settings import Settings
from services.sources import (
    cftc_api,
    cftc_checks,
    cftc_files,
    dolthub,
    ishares_files,
    keyed_estimates,
    nasdaq_estimates,
    nyfed,
    sec,
    ssga,
    vanguard,
)
from tests.services.holdings_bodies import csv_2017, csv_2025, equities, ssga_rows, v2_body, workbook
from tests.services.sources import test_credit_files, test_nasdaq_estimates, test_sec
from tests.services.sources.socrata import as_csv, file_of, rows_of, tuesdays
from tests.services.sources.test_series_any_bytes import SAMPLES
from tests.services.sp_workbook import sp_workbook

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
DAY = date(2026, 9, 24)
LEGACY = Report.LEGACY_FUTURES


@dataclass(frozen=True)
class Sample:
    """A body that `read` takes; with `part` what is damaged is that member of the zip file that it is."""

    read: Callable[[bytes], object]
    body: bytes
    part: str = ""

    def damaged_by(self, damage: Callable[[bytes], bytes]) -> bytes:
        if not self.part:
            return damage(self.body)
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.body)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                content = old.read(entry)
                new.writestr(entry.filename, damage(content) if entry.filename == self.part else content)
        return packed.getvalue()


def _page(body: bytes) -> object:
    return cftc_checks.checked(cftc_api.parse_page(body, LEGACY), LEGACY, NOW)


def _zip(body: bytes) -> object:
    return cftc_checks.checked(cftc_files.parse_zip(body, LEGACY), LEGACY, NOW)


def _ssga(body: bytes) -> object:
    return ssga.parse(body, "SPY")


def _cmdi(body: bytes) -> object:
    return nyfed.parse(body, NOW)


_ROWS = rows_of(LEGACY, ["239742"], tuesdays(date(2026, 9, 22), 3))
_PAGE = as_csv(_ROWS, list(_ROWS[0]))
_YEAR = file_of(_ROWS)
_HELD = equities(4)
_SPY = workbook(ssga_rows([("APPLE INC", "AAPL", "037833100", 60.0), ("US DOLLAR", "-", "999USDZ92", 0.1)], "SPY"))
_FED = test_credit_files.workbook(test_credit_files.FRIDAYS)
_SHEET = "xl/worksheets/sheet1.xml"
_ASKED = json.dumps(test_nasdaq_estimates.answer(test_nasdaq_estimates.forecast("AAPL"))).encode()
_SURPRISED = json.dumps(test_nasdaq_estimates.answer(test_nasdaq_estimates.surprise("AAPL"))).encode()
_FACTS = {
    "facts": {"us-gaap": {"LongTermDebt": {"units": {"USD": [test_sec.balance(1, 5) | {"filed": "2026-08-01"}]}}}}
}
_DOLT = {
    "query_execution_status": "Success",
    "query_execution_message": "",
    "rows": [
        {"date": "2026-09-20", "act_symbol": "AAA", "period": "Current Year", "period_end_date": "2026-09-30"}
        | {"consensus": "8.74", "count": "5", "high": "8.77", "low": None}
    ],
}
_ALPHA = {
    "symbol": "ASTS",
    "estimates": [{"date": "2026-12-31", "horizon": "fiscal year", "eps_estimate_average": "-1.2"}],
}
_FMP = [{"symbol": "AAPL", "date": "2026-09-28", "epsAvg": 1.0, "epsHigh": 2.0, "epsLow": 0.5, "numAnalystsEps": 3}]
_FUND = {
    "size": 1,
    "asOfDate": "2026-07-31T00:00:00-04:00",
    "fund": {"entity": [{"ticker": "T", "shortName": "C", "percentWeight": "100.0", "marketValue": 1e6}]},
}

PROVIDERS: dict[str, Sample] = {
    "CFTC rows": Sample(_page, _PAGE),
    "CFTC extent": Sample(cftc_api.parse_rows, b"n,newest\n3,2026-09-22T00:00:00.000\n"),
    "CFTC zip": Sample(_zip, _YEAR),
    "CFTC text": Sample(_zip, _YEAR, "year.txt"),
    "iShares CSV": Sample(lambda body: ishares_files.parse_csv(body, "IWM"), csv_2025(_HELD, DAY).encode("utf-8-sig")),
    "iShares CSV of 2017": Sample(lambda body: ishares_files.parse_csv(body, "IJR"), csv_2017(_HELD, DAY).encode()),
    "iShares JSON": Sample(lambda body: ishares_files.parse_json(body, "IWM"), v2_body(_HELD, DAY.strftime("%Y%m%d"))),
    "State Street workbook": Sample(_ssga, _SPY),
    "State Street sheet": Sample(_ssga, _SPY, _SHEET),
    "New York Fed workbook": Sample(_cmdi, _FED),
    "New York Fed sheet": Sample(_cmdi, _FED, "xl/worksheets/sheet3.xml"),
    "Vanguard JSON": Sample(lambda body: vanguard.parse([body], "VTWO"), json.dumps(_FUND).encode()),
    "Nasdaq forecast": Sample(lambda body: nasdaq_estimates.parse_forecast(body, "AAPL", DAY), _ASKED),
    "Nasdaq revisions": Sample(lambda body: nasdaq_estimates.parse_revisions(body, "AAPL"), _ASKED),
    "Nasdaq surprises": Sample(lambda body: nasdaq_estimates.parse_surprises(body, "AAPL"), _SURPRISED),
    "DoltHub": Sample(dolthub.parse, json.dumps(_DOLT).encode()),
    "Alpha Vantage": Sample(
        lambda body: keyed_estimates.parse_alpha_vantage(body, "ASTS", DAY), json.dumps(_ALPHA).encode()
    ),
    "FMP": Sample(lambda body: keyed_estimates.parse_fmp(body, "AAPL", DAY), json.dumps(_FMP).encode()),
    "SEC tickers": Sample(sec.parse_tickers, json.dumps(test_sec.TICKERS).encode()),
    "SEC facts": Sample(lambda body: sec.parse_companyfacts(body, "AAA"), json.dumps(_FACTS).encode()),
    "any JSON": Sample(strict_json.load, b'[{"a": [1, 2.5e3, -0.0, null, true, "x\\u00e9"]}, {}]'),
    **{f"{name} series": Sample(read, body) for name, (read, body) in SAMPLES.items()},
}

_PLAIN_HOLDINGS = (
    b"symbol,company,weight,sector,shares_held\nAAPL,Apple Inc.,0.7,Technology,10\nXOM,Exxon,0.3,Energy,5\n"
)

OWN_FILES: Mapping[str, tuple[bytes, str]] = {
    "CFTC year": (_YEAR, ""),
    "CFTC year's text": (_YEAR, "year.txt"),
    "CFTC rows": (_PAGE, ""),
    "holdings table": (_PLAIN_HOLDINGS, ""),
    "iShares CSV": (csv_2025(_HELD, DAY).encode("utf-8-sig"), ""),
    "iShares JSON": (v2_body(_HELD, DAY.strftime("%Y%m%d")), ""),
    "holdings workbook": (_SPY, ""),
    "holdings sheet": (_SPY, _SHEET),
    "closes": (b"Date,Open,High,Low,Close,Volume\n2026-09-24,1,2,3,240.5,1000\n2026-09-25,1,2,3,241.5,1000\n", ""),
    "estimates": (b"Ticker,Period,EPS,High,Low,Analysts,Date,Basis\nACME,2017,1.25,1.5,1,9,2017-07-13,operating\n", ""),
    "S&P workbook": (sp_workbook(), ""),
    "S&P sheet": (sp_workbook(), _SHEET),
}
"""Name to the body of a file and, where it is a zip file, the member that is damaged."""

SETTINGS = json.dumps(
    {name: value for name, value in asdict(Settings(theme="dark")).items() if name != "unknown"}
).encode()
MAPPING = (
    b'{"columns": {"subject": "A", "period": "B", "value": "C", "ticker": "T", "weight": "W"}, "basis": "operating"}'
)
ARTICLE = (
    "Hedge funds went from the most bearish in six years to the most bullish in four months on Russell 2000 mini"
    " futures as of June 13, 2017, the biggest about-face on record. Net positions rose by 80,572 contracts in two"
    " weeks to 7,542. \u201cSmall caps\u201d fell 3.4 per cent, and spreads widened by 12 basis points."
).encode()
