"""The catalogue of prices and of credit series: names, titles, units, where they come from, what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SymbolKind(StrEnum):
    INDEX = "index"
    ETF = "ETF"
    FUTURE = "future"


@dataclass(frozen=True)
class Symbol:
    """A price: its own name, which providers call it what ("" where one does not have it).

    Funds are quoted under their ticker; `has_total` says whether a return with dividends can be had.
    """

    name: str
    title: str
    kind: SymbolKind
    yahoo: str = ""
    cboe: str = ""

    @property
    def has_total(self) -> bool:
        return self.kind is SymbolKind.ETF

    @property
    def label(self) -> str:
        """`Russell 2000`, `IWM (Russell 2000 ETF)`."""
        return f"{self.name} ({self.title} {self.kind})" if self.kind is SymbolKind.ETF else self.title


def _index(name: str, title: str, yahoo: str = "", cboe: str = "") -> Symbol:
    return Symbol(name, title, SymbolKind.INDEX, yahoo, cboe)


def _fund(name: str, title: str) -> Symbol:
    return Symbol(name, title, SymbolKind.ETF, yahoo=name)


SECTOR_FUNDS: Mapping[str, str] = {
    "XLB": "Materials",
    "XLC": "Communication Services",
    "XLE": "Energy",
    "XLF": "Financials",
    "XLI": "Industrials",
    "XLK": "Information Technology",
    "XLP": "Consumer Staples",
    "XLRE": "Real Estate",
    "XLU": "Utilities",
    "XLV": "Health Care",
    "XLY": "Consumer Discretionary",
}
"""The Select Sector SPDR of each sector of the S&P 500."""

_SYMBOLS = (
    _index("RUT", "Russell 2000", "^RUT", "RUT"),
    _index("SPX", "S&P 500", "^GSPC", "SPX"),
    _index("NDX", "Nasdaq-100", "^NDX"),
    _index("DJI", "Dow Jones Industrial Average", "^DJI"),
    _index("DJX", "Dow Jones Industrial Average / 100", cboe="DJX"),
    _index("VIX", "VIX", "^VIX", "VIX"),
    _index("RVX", "Russell 2000 volatility index", cboe="RVX"),
    Symbol("RTY", "Russell 2000 E-mini future", SymbolKind.FUTURE, yahoo="RTY=F"),
    _fund("IWM", "Russell 2000"),
    _fund("SPY", "S&P 500"),
    _fund("IVV", "S&P 500"),
    _fund("IJR", "S&P 600"),
    _fund("IJH", "S&P 400"),
    _fund("MDY", "S&P 400"),
    _fund("IWB", "Russell 1000"),
    _fund("IWN", "Russell 2000 Value"),
    _fund("IWO", "Russell 2000 Growth"),
    _fund("IWV", "Russell 3000"),
    _fund("QQQ", "Nasdaq-100"),
    _fund("KRE", "regional banks"),
    _fund("KBE", "banks"),
    *(_fund(name, title) for name, title in SECTOR_FUNDS.items()),
    _fund("HYG", "high-yield bonds"),
    _fund("LQD", "investment-grade bonds"),
    _fund("IEF", "7-10 year Treasuries"),
)

SYMBOLS: Mapping[str, Symbol] = {symbol.name: symbol for symbol in _SYMBOLS}


@dataclass(frozen=True)
class Pair:
    """Two symbols whose returns are compared, small (or narrow) first; `difference` says what that is in words."""

    name: str
    small: str
    large: str
    title: str
    difference: str = "Small minus large"


PAIRS: tuple[Pair, ...] = (
    Pair("russell-2000/sp-500", "RUT", "SPX", "Russell 2000 v S&P 500"),
    Pair("iwm/spy", "IWM", "SPY", "Russell 2000 v S&P 500, ETFs"),
    Pair("ijr/ivv", "IJR", "IVV", "S&P 600 v S&P 500, ETFs"),
    Pair("iwm/iwb", "IWM", "IWB", "Russell 2000 v Russell 1000, ETFs"),
    Pair("iwm/qqq", "IWM", "QQQ", "Russell 2000 v Nasdaq-100, ETFs"),
    Pair("iwn/iwo", "IWN", "IWO", "Small-cap value v growth, ETFs", "Value minus growth"),
    Pair("kre/spy", "KRE", "SPY", "Regional banks v S&P 500, ETFs", "Banks minus market"),
    Pair("kbe/spy", "KBE", "SPY", "Banks v S&P 500, ETFs", "Banks minus market"),
    Pair("xlf/spy", "XLF", "SPY", "Financials v S&P 500, ETFs", "Financials minus market"),
)
DEFAULT_PAIR = PAIRS[0]

STREAK_FUNDS = ("XLF", "KBE", "KRE")
"""What stands for banks in the streak meter."""


def title_of(symbol: str) -> str:
    """The title of a symbol, itself where it is not in the catalogue."""
    known = SYMBOLS.get(symbol)
    return known.title if known else symbol


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class CreditSeries:
    """One measure of credit or of rates.

    `phrase` stands in sentences. `unit` is `%` (changes are given in basis points), `index` or `ratio`. `narrows`
    is -1 where a fall means that credit has become easier, +1 where a rise does, 0 where the question does not
    arise. A ratio has no observations of its own: it is the price of `parts[0]` over that of `parts[1]`.
    """

    id: str
    name: str
    title: str
    phrase: str
    unit: str
    frequency: Frequency
    definition: str
    narrows: int = -1
    parts: tuple[str, str] | None = None

    @property
    def source(self) -> str:
        return "prices" if self.parts else self.id.partition(":")[0]

    @property
    def short(self) -> str:
        """What stands for it where there is little room: `HY`, `Baa`, `HYG/LQD`."""
        return _SHORT.get(self.name, self.name)

    @property
    def in_basis_points(self) -> bool:
        return self.unit == "%"

    @property
    def horizons(self) -> tuple[str, str, str]:
        """The three spans over which its changes are taken."""
        if self.frequency is Frequency.MONTHLY:
            return "1 month", "3 months", "12 months"
        return "1 week", "4 weeks", "13 weeks"


_SHORT: Mapping[str, str] = {
    "BAMLH0A0HYM2": "HY",
    "BAMLC0A0CM": "IG",
    "BAA10Y": "Baa",
    "AAA10Y": "Aaa",
    "CMDI": "CMDI",
    "CMDI-IG": "CMDI IG",
    "CMDI-HY": "CMDI HY",
    "FSI-CREDIT": "FSI credit",
}


def _fred(name: str, title: str, phrase: str, definition: str) -> CreditSeries:
    return CreditSeries(f"fred:{name}", name, title, phrase, "%", Frequency.DAILY, definition)


def _distress(part: str, title: str, bonds: str) -> CreditSeries:
    name = f"CMDI{part}"
    definition = f"New York Fed Corporate Bond Market Distress Index, {bonds}: 0 is calm, 1 the worst on its record."
    return CreditSeries(f"nyfed:{name}", name, title, f"the {title.lower()}", "index", Frequency.WEEKLY, definition)


def _treasury(name: str, years: str) -> CreditSeries:
    definition = f"Yield of a Treasury at par with {years} years to run, from the Treasury's daily curve."
    title = f"{years.capitalize()}-year Treasury yield"
    phrase = f"the {years}-year Treasury yield"
    return CreditSeries(f"treasury:{name}", f"UST-{name}", title, phrase, "%", Frequency.DAILY, definition, 0)


def _ratio(numerator: str, denominator: str, against: str) -> CreditSeries:
    name = f"{numerator}/{denominator}"
    definition = f"Price of HYG (high-yield bonds) over that of {against}: it rises when risk is sought."
    phrase = f"the price ratio of {numerator} to {denominator}"
    parts = (numerator, denominator)
    return CreditSeries(f"ratio:{name}", name, name, phrase, "ratio", Frequency.DAILY, definition, 1, parts)


_ROLLING = "FRED has only its last three years."

_CREDIT = (
    _fred(
        "BAMLH0A0HYM2",
        "High yield",
        "the high-yield spread",
        f"ICE BofA US High Yield index, option-adjusted spread over Treasuries. {_ROLLING}",
    ),
    _fred(
        "BAMLC0A0CM",
        "Investment grade",
        "the investment-grade spread",
        f"ICE BofA US Corporate index, option-adjusted spread over Treasuries. {_ROLLING}",
    ),
    _fred(
        "BAA10Y",
        "Baa over 10-year",
        "the Baa spread",
        "Moody's seasoned Baa corporate bond yield less the ten-year Treasury yield.",
    ),
    _fred(
        "AAA10Y",
        "Aaa over 10-year",
        "the Aaa spread",
        "Moody's seasoned Aaa corporate bond yield less the ten-year Treasury yield.",
    ),
    _distress("", "Distress index", "whole market"),
    _distress("-IG", "Distress index, investment grade", "investment-grade bonds"),
    _distress("-HY", "Distress index, high yield", "high-yield bonds"),
    CreditSeries(
        "ofr:FSI",
        "FSI",
        "Financial stress",
        "the financial stress index",
        "index",
        Frequency.DAILY,
        "Office of Financial Research Financial Stress Index: 0 is average stress, above it more.",
    ),
    CreditSeries(
        "ofr:FSI-CREDIT",
        "FSI-CREDIT",
        "Financial stress, credit",
        "the credit part of the financial stress index",
        "index",
        Frequency.DAILY,
        "What credit spreads contribute to the Office of Financial Research Financial Stress Index.",
    ),
    CreditSeries(
        "fed:GZ",
        "GZ",
        "Gilchrist-Zakrajšek spread",
        "the Gilchrist-Zakrajšek spread",
        "%",
        Frequency.MONTHLY,
        "Average spread of US corporate bonds over Treasuries of the same cash flows (Gilchrist and Zakrajšek 2012).",
    ),
    CreditSeries(
        "fed:EBP",
        "EBP",
        "Excess bond premium",
        "the excess bond premium",
        "%",
        Frequency.MONTHLY,
        "The part of the Gilchrist-Zakrajšek spread that expected default does not explain.",
    ),
    _treasury("2Y", "two"),
    _treasury("10Y", "ten"),
    _ratio("HYG", "LQD", "LQD (investment-grade bonds)"),
    _ratio("HYG", "IEF", "IEF (Treasuries of 7 to 10 years)"),
)

CREDIT: Mapping[str, CreditSeries] = {series.id: series for series in _CREDIT}

FRED_DEFAULT = ("BAMLH0A0HYM2", "BAMLC0A0CM", "BAA10Y")
"""What is fetched from FRED unless another series is named."""

CREDIT_TABLE = (
    "fred:BAMLH0A0HYM2",
    "fred:BAMLC0A0CM",
    "fred:BAA10Y",
    "nyfed:CMDI",
    "nyfed:CMDI-HY",
    "ofr:FSI-CREDIT",
    "fed:GZ",
    "fed:EBP",
    "ratio:HYG/LQD",
    "ratio:HYG/IEF",
)
"""The rows of the Market page's credit card, where they are held."""


class UnknownSeries(LookupError):
    """No credit series has that name."""


def credit_series(name: str) -> CreditSeries:
    """By id (`fred:BAA10Y`) or name (`BAA10Y`), in any case; raises UnknownSeries with a sentence."""
    wanted = name.strip().lower()
    found = next((s for s in _CREDIT if wanted in (s.id.lower(), s.name.lower())), None)
    if found is None:
        raise UnknownSeries(f"There is no series {name!r}. Known: {', '.join(s.name for s in _CREDIT)}.")
    return found


def price_id(source: str, symbol: str, kind: str = "price") -> str:
    """The id under which closes are stored: `cboe:RUT:price`; `kind` is price or total."""
    return f"{source}:{symbol}:{kind}"


def closes_of(source: str) -> str:
    """`Cboe closes`, `built-in closes`."""
    own = {"starter": "built-in", "import": "imported", "cboe": "Cboe", "twelvedata": "Twelve Data"}
    return f"{own.get(source, source.capitalize())} closes"
