"""The sources that the app knows, in the order in which they are refreshed."""

from collections.abc import Mapping

from services.sources import (
    cboe,
    dolthub,
    fedboard,
    keyed_prices,
    nasdaq_estimates,
    nasdaq_prices,
    nyfed,
    ofr,
    sec,
)
from services.sources.cftc import CftcSource
from services.sources.fred import FredSource
from services.sources.ishares import IsharesSource
from services.sources.source import Source
from services.sources.ssga import SsgaSource
from services.sources.treasury import TreasurySource
from services.sources.vanguard import VanguardSource
from services.sources.yahoo import YahooSource

SOURCES: tuple[Source, ...] = (
    CftcSource(),
    cboe.SOURCE,
    YahooSource(),
    IsharesSource(),
    SsgaSource(),
    nyfed.SOURCE,
    ofr.SOURCE,
    fedboard.SOURCE,
    TreasurySource(),
    FredSource(),
    VanguardSource(),
    nasdaq_prices.SOURCE,
    keyed_prices.TIINGO,
    keyed_prices.TWELVE_DATA,
    keyed_prices.ALPHA_VANTAGE,
    dolthub.SOURCE,
    nasdaq_estimates.SOURCE,
    sec.SOURCE,
)

STAND_INS: Mapping[str, Source] = {"yahoo": nasdaq_prices.SOURCE}
"""Who is asked by itself for what the source of this name could not bring."""


def stands_in_for(name: str) -> str:
    """The title of the source in whose place this one is asked, "" for none."""
    return next((one.title for one in SOURCES if one.name in STAND_INS and STAND_INS[one.name].name == name), "")
