"""The funds whose holdings stand for an index, and how their providers name them."""

import re
from dataclasses import dataclass
from typing import Literal

Provider = Literal["ishares", "ssga", "vanguard", ""]


@dataclass(frozen=True)
class Fund:
    """One fund. `product_id` and `slug` are the provider's own names for it (the slug is cosmetic).

    `equities` is the least and the greatest number of equity holdings that a file of it can have; a file
    outside is not believed. `index` names what it tracks, in `INDEX_TITLES`; `is_cap_weighted` is False
    where weights say nothing about the size of companies. `is_default` funds are downloaded unasked.
    """

    ticker: str
    title: str
    index: str = ""
    provider: Provider = ""
    product_id: str = ""
    slug: str = "fund"
    equities: tuple[int, int] = (1, 20_000)
    is_cap_weighted: bool = True
    is_default: bool = False


INDEX_TITLES: dict[str, str] = {
    "russell-2000": "Russell 2000",
    "russell-2000-value": "Russell 2000 Value",
    "russell-2000-growth": "Russell 2000 Growth",
    "russell-1000": "Russell 1000",
    "russell-3000": "Russell 3000",
    "russell-microcap": "Russell Microcap",
    "sp-500": "S&P 500",
    "sp-400": "S&P 400",
    "sp-600": "S&P 600",
    "sp-1000": "S&P 1000",
    "sp-regional-banks": "S&P Regional Banks Select",
    "sp-banks": "S&P Banks Select",
    "sp-biotech": "S&P Biotechnology Select",
    "dj-regional-banks": "Dow Jones U.S. Select Regional Banks",
    "dow": "Dow Jones Industrial Average",
}


def _ishares(
    ticker: str,
    title: str,
    index: str,
    product_id: str,
    slug: str,
    equities: tuple[int, int],
    *,
    is_default: bool = True,
) -> Fund:
    return Fund(ticker, title, index, "ishares", product_id, slug, equities, is_default=is_default)


def _ssga(
    ticker: str,
    title: str,
    index: str,
    equities: tuple[int, int],
    *,
    is_cap_weighted: bool = True,
    is_default: bool = True,
) -> Fund:
    return Fund(
        ticker,
        title,
        index,
        "ssga",
        ticker.lower(),
        equities=equities,
        is_cap_weighted=is_cap_weighted,
        is_default=is_default,
    )


FUNDS: tuple[Fund, ...] = (
    _ishares("IWM", "iShares Russell 2000 ETF", "russell-2000", "239710", "ishares-russell-2000-etf", (1800, 2200)),
    _ishares(
        "IWN",
        "iShares Russell 2000 Value ETF",
        "russell-2000-value",
        "239712",
        "ishares-russell-2000-value-etf",
        (900, 1800),
    ),
    _ishares(
        "IWO",
        "iShares Russell 2000 Growth ETF",
        "russell-2000-growth",
        "239709",
        "ishares-russell-2000-growth-etf",
        (900, 1800),
    ),
    _ishares("IWB", "iShares Russell 1000 ETF", "russell-1000", "239707", "ishares-russell-1000-etf", (900, 1100)),
    _ishares("IVV", "iShares Core S&P 500 ETF", "sp-500", "239726", "ishares-core-sp-500-etf", (450, 550)),
    _ishares("IJH", "iShares Core S&P Mid-Cap ETF", "sp-400", "239763", "ishares-core-sp-midcap-etf", (380, 420)),
    _ishares("IJR", "iShares Core S&P Small-Cap ETF", "sp-600", "239774", "ishares-core-sp-smallcap-etf", (550, 650)),
    _ishares("IWV", "iShares Russell 3000 ETF", "russell-3000", "239714", "ishares-russell-3000-etf", (2300, 3200)),
    _ishares(
        "IWC",
        "iShares Micro-Cap ETF",
        "russell-microcap",
        "239716",
        "ishares-microcap-etf",
        (900, 1900),
        is_default=False,
    ),
    _ishares(
        "IAT",
        "iShares U.S. Regional Banks ETF",
        "dj-regional-banks",
        "239521",
        "ishares-us-regional-banks-etf",
        (25, 80),
        is_default=False,
    ),
    _ssga("SPY", "SPDR S&P 500 ETF Trust", "sp-500", (450, 550)),
    _ssga("KRE", "SPDR S&P Regional Banking ETF", "sp-regional-banks", (100, 200), is_cap_weighted=False),
    _ssga("KBE", "SPDR S&P Bank ETF", "sp-banks", (60, 150), is_cap_weighted=False),
    _ssga("XBI", "SPDR S&P Biotech ETF", "sp-biotech", (80, 250), is_cap_weighted=False),
    _ssga("MDY", "SPDR S&P MidCap 400 ETF Trust", "sp-400", (380, 420), is_default=False),
    _ssga("SLY", "SPDR S&P 600 Small Cap ETF", "sp-600", (550, 650), is_default=False),
    _ssga("SPSM", "SPDR Portfolio S&P 600 Small Cap ETF", "sp-600", (550, 650), is_default=False),
    _ssga("SMD", "SPDR S&P 1000 ETF", "sp-1000", (900, 1100), is_default=False),
    _ssga("TWOK", "SPDR Russell 2000 ETF", "russell-2000", (1200, 2200), is_default=False),
    _ssga("ONEK", "SPDR Russell 1000 ETF", "russell-1000", (850, 1100), is_default=False),
    _ssga("THRK", "SPDR Russell 3000 ETF", "russell-3000", (1800, 3200), is_default=False),
    _ssga("DIA", "SPDR Dow Jones Industrial Average ETF Trust", "dow", (30, 30), is_default=False),
    Fund("VTWO", "Vanguard Russell 2000 ETF", "russell-2000", "vanguard", "VTWO", equities=(1800, 2200)),
    Fund("VOO", "Vanguard S&P 500 ETF", "sp-500", "vanguard", "VOO", equities=(450, 550)),
)

SMALL_DEFAULT, LARGE_DEFAULT = "IWM", "IVV"
PAIRS: tuple[tuple[str, str], ...] = (("IWM", "IVV"), ("IJR", "IVV"), ("IWM", "IWB"))
"""Small against large, as a page offers them first."""

_BY_TICKER = {fund.ticker: fund for fund in FUNDS}
_BY_ID = {fund.product_id: fund for fund in FUNDS if fund.provider == "ishares"}
_ISHARES_NUMBER = re.compile(r"\d{6}")
_TICKER = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,11}")


class UnknownFund(LookupError):
    """No fund can have this name; the message says what one looks like."""


def fund(name: str) -> Fund:
    """A fund by its ticker or by iShares' number; any other ticker is a fund of which only imports know.

    Raises UnknownFund for a text that is neither.
    """
    key = name.strip().upper()
    found = _BY_TICKER.get(key) or _BY_ID.get(key)
    if found is not None:
        return found
    if _ISHARES_NUMBER.fullmatch(key):
        return Fund(key, f"iShares fund {key}", provider="ishares", product_id=key)
    if not _TICKER.fullmatch(key):
        raise UnknownFund(f"{name!r} is no fund's ticker (such as IWM) and no number of an iShares fund (239710).")
    return Fund(key, key)


def by_title(title: str) -> Fund | None:
    """The fund of the catalogue that a provider's file names in its first line."""
    wanted = _plain(title)
    return next((fund for fund in FUNDS if _plain(fund.title) == wanted), None)


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.casefold())


def tracking(index: str) -> tuple[Fund, ...]:
    """The funds that stand for an index, the preferred one first."""
    return tuple(fund for fund in FUNDS if index and fund.index == index)


def index_title(of: Fund) -> str:
    """What the fund stands for: `Russell 2000`, or its own title."""
    return INDEX_TITLES.get(of.index, of.title)
