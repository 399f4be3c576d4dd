"""The words that the reader knows: markets, funds, sectors, groups of traders, and the words of claims.

Each table goes from a meaning to its wordings, in lower case and without hyphens, possessives or articles.
"""

from collections.abc import Mapping
from enum import StrEnum


class Traders(StrEnum):
    """Whom a sentence speaks of. Only some of these name a group of the CFTC's reports."""

    HEDGE_FUNDS = "hedge funds"
    SPECULATORS = "speculators"
    LEVERAGED_FUNDS = "leveraged funds"
    MONEY_MANAGERS = "money managers"
    ASSET_MANAGERS = "asset managers"
    COMMERCIALS = "commercials"
    SMALL_TRADERS = "small traders"
    DEALERS = "dealers"
    PRODUCERS = "producers"
    UNREPORTED = "investors of whom the reports do not tell"


class Spread(StrEnum):
    CREDIT = "credit"
    HIGH_YIELD = "high yield"
    INVESTMENT_GRADE = "investment grade"
    BAA = "Baa"
    DISTRESS = "distress"


def _select(sector: str) -> str:
    """The wordings of the fund of one sector of the S&P 500."""
    return "|".join(f"{sector} select sector spdr{rest}" for rest in ("", " fund", " etf", "s"))


def _maturity(number: str, figure: str, paper: str) -> str:
    """The wordings of Treasury notes or bonds of so many years."""
    things = (
        *(f"treasury{rest}" for rest in ("", f" {paper}", f" {paper}s", " futures", f" {paper} futures")),
        *("treasuries", "treasurys", paper, f"{paper}s", f"{paper} futures"),
    )
    return "|".join(f"{count} year {thing}" for count in (number, figure) for thing in things)


MARKET_WORDS: Mapping[str, str] = {
    "russell-2000": "russell 2000|russell 2000 index|e mini russell 2000|mini russell 2000|russell 2000 mini futures"
    "|russell 2000 mini|russell 2000 mini contracts|russell 2000 e mini|mini russell|russell mini|small caps"
    "|small cap stocks|small cap shares|small cap index|small cap companies|small companies|small company stocks"
    "|small company shares|smaller companies|small stocks|small cap benchmark|small cap gauge|small cap futures"
    "|russell index|russell futures|small capitalization stocks|small cap|russell",
    "sp-500": "s&p 500|s&p 500 index|s&p 500 e mini|e mini s&p 500|e mini s&p|s&p 500 futures|s&p 500 e mini futures"
    "|s and p 500|standard & poor's 500|standard & poor's 500 index|standard and poor's 500|standard & poors 500"
    "|large caps|large cap stocks|large cap shares|large companies|large cap index|large cap benchmark|blue chips"
    "|broader market|broad market|benchmark index|s&p futures|large cap|bigger companies|larger companies|s&p500",
    "sp-400": "s&p 400|s&p midcap 400|s&p mid cap 400|mid caps|midcaps|mid cap stocks|e mini s&p midcap",
    "russell-1000": "russell 1000|russell 1000 index",
    "russell-1000-value": "russell 1000 value|russell 1000 value index",
    "russell-3000": "russell 3000|russell 3000 index",
    "russell-2000-value": "russell 2000 value|small cap value|small cap value stocks",
    "russell-2000-growth": "russell 2000 growth|small cap growth|small cap growth stocks",
    "sp-600": "s&p 600|s&p smallcap 600|s&p small cap 600",
    "nasdaq-100": "nasdaq 100|nasdaq 100 index|nasdaq 100 mini|nasdaq 100 e mini|nasdaq 100 futures|nasdaq futures",
    "dow": "dow|dow jones|dow jones industrial average|dow industrials|djia|dow futures|dow jones industrials",
    "msci-eafe": "msci eafe|eafe",
    "msci-em": "msci emerging markets|msci em|emerging markets index|emerging market stocks",
    "vix": "vix|vix futures|volatility index|cboe volatility index",
    "us-2y": _maturity("two", "2", "note"),
    "us-5y": _maturity("five", "5", "note"),
    "us-10y": f"{_maturity('ten', '10', 'note')}|benchmark treasury notes",
    "us-30y": f"{_maturity('thirty', '30', 'bond')}|long bond",
    "us-ultra-10y": "ultra 10 year|ultra ten year|ultra 10 year treasury|ultra 10 year notes|ultra ten year notes",
    "us-ultra-bond": "ultra bond|ultra bonds|ultra treasury bond|ultra treasury bonds|ultra long bond",
    "fed-funds": "fed funds|federal funds|fed funds futures|federal funds futures",
    "sofr-1m": "one month sofr|1 month sofr",
    "sofr-3m": "sofr|three month sofr|3 month sofr",
    "eurodollar": "eurodollar|eurodollars|eurodollar futures",
    "euro": "euro|the common currency|single currency|euro fx",
    "yen": "yen|japanese yen|japan's currency",
    "sterling": "sterling|british pound|pound sterling|u.k. pound|pound",
    "canadian-dollar": "canadian dollar|loonie|canada's currency",
    "australian-dollar": "australian dollar|aussie|aussie dollar",
    "swiss-franc": "swiss franc|franc",
    "mexican-peso": "mexican peso|peso",
    "nz-dollar": "new zealand dollar|kiwi|kiwi dollar",
    "brazilian-real": "brazilian real",
    "south-african-rand": "south african rand",
    "dollar-index": "dollar index|u.s. dollar index|ice dollar index",
    "wti": "wti|wti crude|wti crude oil|west texas intermediate|crude|crude oil|u.s. crude|u.s. crude oil|nymex crude"
    "|oil|crude futures|crude oil futures|oil futures|west texas intermediate crude",
    "brent": "brent|brent crude|brent crude oil|brent oil",
    "natural-gas": "natural gas|natgas|henry hub|natural gas futures",
    "gasoline": "gasoline|rbob|rbob gasoline",
    "heating-oil": "heating oil|ulsd",
    "gold": "gold|gold futures|bullion|comex gold",
    "silver": "silver|silver futures|comex silver",
    "copper": "copper|copper futures|comex copper",
    "platinum": "platinum",
    "palladium": "palladium",
    "corn": "corn|corn futures",
    "wheat": "wheat|chicago wheat|wheat futures",
    "kansas-wheat": "kansas wheat|kansas city wheat|hard red winter wheat",
    "spring-wheat": "spring wheat|minneapolis wheat|hard red spring wheat",
    "oats": "oats|oat futures|oats futures",
    "rough-rice": "rough rice|rice futures|rough rice futures",
    "orange-juice": "orange juice|orange juice futures",
    "soybeans": "soybeans|soybean|soybean futures",
    "soybean-oil": "soybean oil|soyoil",
    "soybean-meal": "soybean meal|soymeal",
    "sugar": "sugar|raw sugar|sugar futures",
    "coffee": "coffee|arabica|arabica coffee|coffee futures",
    "cocoa": "cocoa|cocoa futures",
    "cotton": "cotton|cotton futures",
    "live-cattle": "live cattle|cattle",
    "lean-hogs": "lean hogs|hogs",
    "bitcoin": "bitcoin|bitcoin futures|cme bitcoin",
    "ether": "ether|ether futures|ethereum",
}

UNKNOWN_MARKET_WORDS = (
    "nikkei|nikkei 225|topix|dax|ftse|ftse 100|euro stoxx|euro stoxx 50|stoxx 600|hang seng|cac 40|kospi|ibovespa"
    "|bunds|german bunds|gilts|rapeseed|canola|lumber|feeder cattle|palm oil|iron ore|uranium"
    "|nickel|zinc|aluminum|aluminium|lithium|cobalt|ethanol|ruble|rouble|yuan|renminbi|rupee|turkish lira"
    "|robusta|robusta coffee|white sugar|paris wheat|ttf|dubai crude|gold miners|gold mining stocks|silver miners"
    "|oil stocks|oil companies|oil shares|dow jones transportation average|dow transports|dow jones real estate"
    "|dow jones utility average|three month euro|swedish krona|norwegian krone|polish zloty|south korean won"
)
"""Markets that are written about and that no report of the CFTC's that the app knows is on."""

TRADER_WORDS: Mapping[Traders, str] = {
    Traders.HEDGE_FUNDS: "hedge funds|hedge fund|hedge fund managers|fast money|the funds",
    Traders.SPECULATORS: "speculators|large speculators|large specs|specs|speculative traders|noncommercial traders"
    "|non commercial traders|noncommercials|non commercials|futures speculators|large futures speculators|speculator"
    "|speculative",
    Traders.LEVERAGED_FUNDS: "leveraged funds|leveraged fund|leveraged money|leveraged investors|leveraged accounts",
    Traders.MONEY_MANAGERS: "money managers|managed money|managed money traders|money manager",
    Traders.ASSET_MANAGERS: "asset managers|asset manager|institutional investors",
    Traders.COMMERCIALS: "commercials|commercial traders|commercial hedgers",
    Traders.SMALL_TRADERS: "small traders|small speculators|nonreportable traders|nonreportables",
    Traders.DEALERS: "dealers|swap dealers|dealer banks",
    Traders.PRODUCERS: "producers|producers and merchants|producers and users|commodity producers",
    Traders.UNREPORTED: "pension funds|retail investors|individual investors|mom and pop investors|central banks"
    "|mutual funds|insurers|foreign investors|sovereign wealth funds|family offices|ctas|commodity trading advisers"
    "|trend followers|private banks",
}

SYMBOL_WORDS: Mapping[tuple[str, ...], str] = {
    ("XLF", "KBE", "KRE"): "bank shares|bank stocks|banks|shares of banks|banking shares|banking stocks|lenders"
    "|u.s. banks|stocks of banks",
    ("KRE",): "regional banks|regional bank shares|regional bank stocks|kre|regional lenders"
    "|spdr s&p regional banking etf|s&p regional banking etf",
    (
        "XLF",
    ): f"financial shares|financial stocks|xlf|s&p 500 financials|financial sector shares|{_select('financial')}",
    ("KBE",): "kbe|spdr s&p bank etf|s&p bank etf",
    ("IWM",): "iwm|ishares russell 2000|ishares russell 2000 etf",
    ("SPY",): "spy|spdr s&p 500|spdr s&p 500 etf|spdr s&p 500 etf trust",
    ("IVV",): "ivv",
    ("IJR",): "ijr",
    ("QQQ",): "qqq",
    ("HYG",): "hyg",
    ("LQD",): "lqd",
    ("XLE",): f"energy shares|energy stocks|xle|{_select('energy')}",
    ("XLK",): f"technology shares|technology stocks|tech stocks|tech shares|xlk|{_select('technology')}",
    ("XLU",): f"utility stocks|utility shares|xlu|{_select('utilities')}",
    ("XLV",): f"health care stocks|health care shares|healthcare stocks|xlv|{_select('health care')}",
    ("XLI",): f"industrial stocks|industrial shares|xli|{_select('industrial')}",
    ("XLB",): f"materials stocks|xlb|{_select('materials')}",
    ("XLP",): f"consumer staples stocks|xlp|{_select('consumer staples')}",
    ("XLY",): f"consumer discretionary stocks|xly|{_select('consumer discretionary')}",
}
"""Shares that are spoken of, and the funds that stand for them; more than one where the words leave it open."""

SECTOR_WORDS: Mapping[str, str] = {
    "Financials": "financials|financial companies|financial firms|financial sector|financial services|financial"
    " services companies|financial institutions|banks and insurers",
    "Energy": "energy|energy companies|energy sector|energy producers",
    "Materials": "materials|materials companies|materials sector",
    "Industrials": "industrials|industrial companies|industrial sector",
    "Consumer Discretionary": "consumer discretionary|consumer discretionary companies",
    "Consumer Staples": "consumer staples|consumer staples companies",
    "Health Care": "health care|healthcare|health care companies|health care sector|healthcare companies",
    "Information Technology": "information technology|technology|technology companies|tech|tech companies"
    "|technology sector",
    "Communication Services": "communication services|telecommunications|telecoms|telecom companies",
    "Utilities": "utilities|utility companies",
    "Real Estate": "real estate|reits|real estate companies",
}

SPREAD_WORDS: Mapping[Spread, str] = {
    Spread.CREDIT: "credit spreads|credit spread|corporate spreads|corporate credit spreads|spreads"
    "|credit risk premiums"
    "|corporate bond risk premiums|yield spreads",
    Spread.HIGH_YIELD: "high yield spreads|high yield spread|junk spreads|junk spread|high yield credit spreads",
    Spread.INVESTMENT_GRADE: "investment grade spreads|investment grade credit spreads|high grade spreads",
    Spread.BAA: "baa spreads|baa spread|moody's baa spread|baa over ten year",
    Spread.DISTRESS: "distress index|corporate bond market distress index|bond market distress index",
}
"""Wordings that name a spread by themselves; others are put together of a premium and the bonds that pay it."""

PREMIUM_WORDS = (
    "spread|spreads|premium|premiums|yield premium|yield premiums|risk premium|risk premiums|extra yield"
    "|additional yield"
    "|yield gap|gap between yields|gap between the yields|difference between yields|difference in yields|extra interest"
    "|gap between yields on|spread between yields|yield advantage|yield pickup|yield spread|yield spreads"
)

BOND_WORDS: Mapping[Spread, str] = {
    Spread.HIGH_YIELD: "junk bonds|junk bond|high yield bonds|high yield bond|high yield debt|junk rated bonds"
    "|junk debt"
    "|junk rated debt|speculative grade debt|speculative grade bonds|speculative grade corporate bonds"
    "|high yield credit"
    "|high yield corporate bonds|junk rated corporate bonds|below investment grade bonds|riskier corporate bonds|junk"
    "|high yield|low rated bonds|lower rated bonds",
    Spread.INVESTMENT_GRADE: "investment grade bonds|investment grade debt|investment grade corporate bonds|high grade"
    " bonds|high grade debt|investment grade bond|high grade corporate bonds|investment grade credit",
    Spread.BAA: "baa bonds|baa rated bonds|baa rated corporate bonds|baa corporate bonds|baa rated debt|baa rated"
    " companies",
    Spread.CREDIT: "corporate bonds|corporate bond|corporate debt|company bonds|company debt|corporate credit"
    "|corporate securities|corporate borrowers",
}

NUMBER_WORDS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * ten for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}

SCALES: Mapping[str, float] = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SHORT_SCALES: Mapping[str, float] = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}

ORDINALS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth".split(),
        1,
    )
}

FRACTIONS: Mapping[str, float] = {
    "a third": 100 / 3,
    "one third": 100 / 3,
    "two thirds": 200 / 3,
    "a quarter": 25.0,
    "one quarter": 25.0,
    "three quarters": 75.0,
    "a fifth": 20.0,
    "one fifth": 20.0,
    "a sixth": 100 / 6,
    "a tenth": 10.0,
    "one tenth": 10.0,
    "half": 50.0,
    "one half": 50.0,
    "a half": 50.0,
    "one in three": 100 / 3,
    "one in four": 25.0,
    "one in five": 20.0,
}
"""In per cent."""

MULTIPLES: Mapping[str, float] = {
    "twice": 2.0,
    "double": 2.0,
    "two times": 2.0,
    "twofold": 2.0,
    "triple": 3.0,
    "thrice": 3.0,
    "half": 0.5,
    "quadruple": 4.0,
}

MONTHS: Mapping[str, int] = {
    word: 1 + number // 2
    for number, word in enumerate(
        "january jan february feb march mar april apr may may june jun july jul august aug september sept october oct"
        " november nov december dec".split()
    )
} | {"sep": 9}

WEEKDAYS: Mapping[str, int] = {
    word: number for number, word in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

UNITS: Mapping[str, str] = {
    "day": "day",
    "days": "day",
    "session": "session",
    "sessions": "session",
    "trading days": "session",
    "trading sessions": "session",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "quarter": "quarter",
    "quarters": "quarter",
    "year": "year",
    "years": "year",
    "decade": "decade",
    "decades": "decade",
    "fortnight": "fortnight",
    "fortnights": "fortnight",
}

ABOUT = "about|around|roughly|approximately|some|an estimated|circa|more or less|or so|in the region of"
ALMOST = "almost|nearly|close to|just under|just shy of|approaching|a little less than|just below|not quite"
MORE = (
    "more than|over|at least|above|exceeding|upwards of|exceed|exceeds|exceeded|no less than"
    "|greater than|a little more than|just over"
)
LESS = "less than|under|fewer than|at most|below|no more than|as little as"
