"""The catalogue of markets: which contracts make up each, their sizes, and which of them leads when.

Multipliers are this table's own; the CFTC's text on contract units has errors and serves only as a check.
A multiplier is in US dollars for a move of one in the price, the price taken in dollars for one unit (a
barrel, an ounce, a euro) or in points for an index, a Treasury (per cent of face) or a rate future.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Literal

from models.names import Family


@dataclass(frozen=True)
class Leg:
    """One contract code over one span of report dates with one multiplier (US dollars a point).

    Spans are inclusive, None is open. The leg leads its market from `lead_from` to `lead_to` inside that
    span, or never where `leads` is False.
    """

    code: str
    multiplier: float
    first: date | None
    last: date | None
    lead_from: date | None = None
    lead_to: date | None = None
    leads: bool = True
    venue: str = ""

    def exists_on(self, report_date: date) -> bool:
        return _within(report_date, self.first, self.last)

    def leads_on(self, report_date: date) -> bool:
        return self.leads and self.exists_on(report_date) and _within(report_date, self.lead_from, self.lead_to)

    @property
    def leading_since(self) -> date:
        """The first report date on which it may lead."""
        return max(self.first or date.min, self.lead_from or date.min)


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True)
class Seam:
    """A change in the chain of leading legs; `date` is the first report affected.

    `multiplier`: the same code, another size. `code`: the same contract under another code. `lead`: another
    contract has taken the lead. `label` reads `$100 a point | $50 a point`.
    """

    date: date
    kind: Literal["lead", "code", "multiplier"]
    before: Leg
    after: Leg
    label: str


@dataclass(frozen=True)
class Market:
    """An ordered set of legs, oldest first, under one name.

    `main_family` is the report that suits it besides Legacy (Legacy itself where none is known to).
    `index_symbol` names the price series that times the multiplier gives dollars, "" where there is none.
    `point` is what the multiplier is paid for. `unit` describes one contract, `{}` standing for the multiplier.
    """

    name: str
    title: str
    group: str
    legs: tuple[Leg, ...]
    main_family: Family = Family.TFF
    index_symbol: str = ""
    point: str = "index point"
    unit: str = "${}"

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(leg.code for leg in self.legs))

    @property
    def lead_legs(self) -> tuple[Leg, ...]:
        """The legs that lead at some time, in the order in which they do."""
        return tuple(sorted((leg for leg in self.legs if leg.leads), key=lambda leg: leg.leading_since))

    @property
    def lead_multiplier(self) -> float:
        """The multiplier of the latest leading leg, to which sizes are adjusted on every date."""
        return self.lead_legs[-1].multiplier

    @property
    def is_resized(self) -> bool:
        """Whether the leading contract has had more than one size."""
        return len({leg.multiplier for leg in self.lead_legs}) > 1

    @property
    def size_unit(self) -> str:
        """What size-adjusted figures count: `$50 contracts`, `5,000-bushel contracts`."""
        return f"{self._size(self.lead_multiplier)} contracts".lstrip()

    @property
    def seams(self) -> tuple[Seam, ...]:
        """Where the lead, its code or its size changes, oldest first."""
        legs = self.lead_legs
        return tuple(self._seam(before, after) for before, after in pairwise(legs))

    def lead_leg_on(self, report_date: date) -> Leg | None:
        return next((leg for leg in self.legs if leg.leads_on(report_date)), None)

    def leg_of(self, code: str, report_date: date) -> Leg | None:
        return next((leg for leg in self.legs if leg.code == code and leg.exists_on(report_date)), None)

    def _size(self, multiplier: float) -> str:
        return self.unit.format(f"{multiplier:,.0f}")

    def _seam(self, before: Leg, after: Leg) -> Seam:
        start = after.leading_since
        kind: Literal["lead", "code", "multiplier"] = "lead"
        if before.code == after.code:
            kind = "multiplier"
        elif before.venue == after.venue and after.first == start and not before.exists_on(start):
            kind = "code"
        venues = ("", "") if before.venue == after.venue else (f"{before.venue}, ", f"{after.venue}, ")
        suffix = " a point" if self.unit == "${}" else " lots"
        sides = (
            f"{venue}{self._size(leg.multiplier)}{suffix}" for venue, leg in zip(venues, (before, after), strict=True)
        )
        return Seam(start, kind, before, after, " | ".join(sides))


class UnknownMarket(LookupError):
    """No market has that name; `nearest` are names that resemble it."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no market called {name!r}.{hint}")
        self.name = name
        self.nearest = nearest


def _future(
    group: str,
    family: Family,
    name: str,
    title: str,
    code: str,
    multiplier: float,
    venue: str,
    *,
    first: date | None = None,
    last: date | None = None,
    earlier: tuple[Leg, ...] = (),
    index_symbol: str = "",
    point: str = "index point",
    unit: str = "${}",
) -> Market:
    """A market of one contract, with `earlier` legs before it where its code or size has changed."""
    legs = (*earlier, Leg(code, multiplier, first, last, venue=venue))
    return Market(name, title, group, legs, family, index_symbol, point, unit)


_index = partial(_future, "Equity indices", Family.TFF)
_sector = partial(_future, "S&P 500 sectors", Family.TFF, venue="CME")
_rate = partial(_future, "Interest rates", Family.TFF)
_treasury = partial(_rate, venue="CBOT", point="point of face value")
_short_rate = partial(_rate, point="point of 100 less the rate in per cent")
_currency = partial(_future, "Currencies", Family.TFF, venue="CME")
_energy = partial(_future, "Energy", Family.DISAGG, venue="NYMEX")
_metal = partial(_future, "Metals", Family.DISAGG, point="dollar an ounce", unit="{}-ounce")
_grain = partial(_future, "Grains", Family.DISAGG, venue="CBOT", point="dollar a bushel", unit="{}-bushel")
_soft = partial(_future, "Softs", Family.DISAGG, venue="ICE", point="dollar a pound", unit="{}-pound")
_livestock = partial(_future, "Livestock", Family.DISAGG, venue="CME", point="dollar a pound", unit="{}-pound")
_crypto = partial(_future, "Crypto", Family.TFF, venue="CME")

_CONTRACTS_SINCE = date(1998, 1, 6)
"""From this report on the CFTC counts grains in contracts, under new codes; before, in thousands of bushels.
Where the older code is not known, the market begins here."""

_REBASED = date(2023, 5, 2)
"""From this report on the CFTC's consolidated index series are in units of the small contract."""


def _in_thousand_bushels(code: str) -> tuple[Leg, ...]:
    return (Leg(code, 1_000, None, date(1997, 12, 30), venue="CBOT"),)


def _before_rebasing(code: str, multiplier: float, venue: str = "CME") -> tuple[Leg, ...]:
    return (Leg(code, multiplier, None, date(2023, 4, 25), venue=venue),)


# CME listed the mini on 2001-10-24, so the full-size contract leads the reports before; which report was the mini's
# first is not known. ICE halved its contract between the reports of 2016-11-29 and 2016-12-06. The micro is in no
# report before 2021-11-30, and then only in the weeks in which enough large traders held it.
_RUSSELL_2000 = Market(
    "russell-2000",
    "Russell 2000",
    "Equity indices",
    (
        Leg("239741", 500, None, date(2008, 9, 16), lead_to=date(2001, 10, 23), venue="CME"),
        Leg("239742", 100, date(2001, 10, 30), date(2008, 9, 16), venue="CME"),
        Leg("23977A", 100, date(2008, 7, 22), date(2016, 11, 29), lead_from=date(2008, 9, 23), venue="ICE"),
        Leg("23977A", 50, date(2016, 12, 6), date(2018, 6, 5), lead_to=date(2017, 9, 12), venue="ICE"),
        Leg("239742", 50, date(2017, 8, 15), None, lead_from=date(2017, 9, 19), venue="CME"),
        Leg("239747", 5, date(2021, 11, 30), None, leads=False, venue="CME"),
    ),
    index_symbol="RUT",
)


def _msci(name: str, title: str, at_cme: str, code: str) -> Market:
    """MSCI licensed NYSE Liffe in place of CME in June 2011; ICE took that exchange's contracts over in 2014."""
    legs = (
        Leg(at_cme, 50, None, date(2011, 6, 14), venue="CME"),
        Leg(code, 50, date(2011, 6, 14), None, lead_from=date(2011, 6, 21), venue="ICE"),
    )
    return Market(name, title, "Equity indices", legs)


MARKETS: tuple[Market, ...] = (
    _RUSSELL_2000,
    _index("sp-500", "S&P 500", "13874A", 50, "CME", first=date(1997, 9, 9), index_symbol="SPX"),
    _index("sp-400", "S&P 400", "33874A", 100, "CME"),
    _index("nasdaq-100", "Nasdaq-100", "209742", 20, "CME", index_symbol="NDX"),
    _index("dow", "Dow Jones", "124603", 5, "CBOT", index_symbol="DJI"),
    _msci("msci-eafe", "MSCI EAFE", "244741", "244041"),
    _msci("msci-em", "MSCI Emerging Markets", "244742", "244042"),
    _index("vix", "VIX", "1170E1", 1_000, "CFE", index_symbol="VIX"),
    _index("russell-1000-value", "Russell 1000 Value", "239744", 50, "CME"),
    _index(
        "sp-500-big",
        "S&P 500 full-size",
        "138741",
        250,
        "CME",
        first=date(1997, 11, 4),
        last=date(2021, 9, 14),
        earlier=(Leg("138741", 500, None, date(1997, 10, 31), venue="CME"),),
        index_symbol="SPX",
    ),
    _index(
        "sp-500-consolidated",
        "S&P 500 consolidated",
        "13874+",
        50,
        "CME",
        first=_REBASED,
        earlier=_before_rebasing("13874+", 250),
        index_symbol="SPX",
    ),
    _index("nasdaq-100-big", "Nasdaq-100 full-size", "209741", 100, "CME", last=date(2015, 6, 16), index_symbol="NDX"),
    _index(
        "nasdaq-100-consolidated",
        "Nasdaq-100 consolidated",
        "20974+",
        20,
        "CME",
        first=_REBASED,
        earlier=_before_rebasing("20974+", 100),
        index_symbol="NDX",
    ),
    _index(
        "dow-consolidated",
        "Dow Jones consolidated",
        "12460+",
        5,
        "CBOT",
        first=_REBASED,
        earlier=_before_rebasing("12460+", 10, "CBOT"),
        index_symbol="DJI",
    ),
    _sector("sp-communication", "S&P communication services", "13874P", 250),
    _sector("sp-discretionary", "S&P consumer discretionary", "138747", 100),
    _sector("sp-staples", "S&P consumer staples", "138748", 100),
    _sector("sp-energy", "S&P energy", "138749", 100),
    _sector("sp-financials", "S&P financials", "13874C", 250),
    _sector("sp-health-care", "S&P health care", "13874E", 100),
    _sector("sp-industrials", "S&P industrials", "13874F", 100),
    _sector("sp-materials", "S&P materials", "13874H", 100),
    _sector("sp-real-estate", "S&P real estate", "13874R", 250),
    _sector("sp-technology", "S&P technology", "13874I", 100),
    _sector("sp-utilities", "S&P utilities", "13874J", 100),
    _treasury("us-2y", "2-year Treasury note", "042601", 2_000, unit="$200,000-face"),
    _treasury("us-5y", "5-year Treasury note", "044601", 1_000, unit="$100,000-face"),
    _treasury("us-10y", "10-year Treasury note", "043602", 1_000, unit="$100,000-face"),
    _treasury("us-ultra-10y", "Ultra 10-year Treasury note", "043607", 1_000, unit="$100,000-face"),
    _treasury("us-30y", "30-year Treasury bond", "020601", 1_000, unit="$100,000-face"),
    _treasury("us-ultra-bond", "Ultra Treasury bond", "020604", 1_000, unit="$100,000-face"),
    _short_rate("fed-funds", "30-day fed funds", "045601", 4_167, "CBOT", unit="$5,000,000"),
    _short_rate("sofr-1m", "1-month SOFR", "134742", 4_167, "CME", unit="$5,000,000"),
    _short_rate("sofr-3m", "3-month SOFR", "134741", 2_500, "CME", unit="$1,000,000"),
    _short_rate("eurodollar", "3-month eurodollar", "132741", 2_500, "CME", last=date(2023, 6, 13), unit="$1,000,000"),
    _currency("euro", "Euro", "099741", 125_000, point="dollar a euro", unit="€{}"),
    _currency("yen", "Japanese yen", "097741", 12_500_000, point="dollar a yen", unit="¥{}"),
    _currency("sterling", "British pound", "096742", 62_500, point="dollar a pound", unit="£{}"),
    _currency(
        "canadian-dollar", "Canadian dollar", "090741", 100_000, point="US dollar a Canadian dollar", unit="C${}"
    ),
    _currency(
        "australian-dollar", "Australian dollar", "232741", 100_000, point="US dollar an Australian dollar", unit="A${}"
    ),
    _currency("swiss-franc", "Swiss franc", "092741", 125_000, point="dollar a franc", unit="CHF {}"),
    _currency("mexican-peso", "Mexican peso", "095741", 500_000, point="dollar a peso", unit="{}-peso"),
    _currency("nz-dollar", "New Zealand dollar", "112741", 100_000, point="US dollar a NZ dollar", unit="NZ${}"),
    _currency("brazilian-real", "Brazilian real", "102741", 100_000, point="dollar a real", unit="{}-real"),
    _currency("south-african-rand", "South African rand", "122741", 500_000, point="dollar a rand", unit="{}-rand"),
    _currency("dollar-index", "US dollar index", "098662", 1_000, venue="ICE"),
    _energy("wti", "WTI crude oil", "067651", 1_000, point="dollar a barrel", unit="{}-barrel"),
    _energy("brent", "Brent crude oil", "06765T", 1_000, point="dollar a barrel", unit="{}-barrel"),
    _energy("natural-gas", "Natural gas", "023651", 10_000, point="dollar a million BTU", unit="{}-MMBtu"),
    _energy("gasoline", "RBOB gasoline", "111659", 42_000, point="dollar a gallon", unit="{}-gallon"),
    _energy("heating-oil", "Heating oil", "022651", 42_000, point="dollar a gallon", unit="{}-gallon"),
    _metal("gold", "Gold", "088691", 100, "COMEX"),
    _metal("silver", "Silver", "084691", 5_000, "COMEX"),
    _metal("copper", "Copper", "085692", 25_000, "COMEX", point="dollar a pound", unit="{}-pound"),
    _metal("platinum", "Platinum", "076651", 50, "NYMEX"),
    _metal("palladium", "Palladium", "075651", 100, "NYMEX"),
    _grain("corn", "Corn", "002602", 5_000, first=_CONTRACTS_SINCE, earlier=_in_thousand_bushels("002601")),
    _grain("wheat", "Chicago wheat", "001602", 5_000, first=_CONTRACTS_SINCE, earlier=_in_thousand_bushels("001601")),
    _grain(
        "kansas-wheat",
        "Kansas wheat",
        "001612",
        5_000,
        first=_CONTRACTS_SINCE,
        earlier=_in_thousand_bushels("001611"),
    ),
    _grain("spring-wheat", "Spring wheat", "001626", 5_000, venue="MIAX", first=_CONTRACTS_SINCE),
    _grain("soybeans", "Soybeans", "005602", 5_000, first=_CONTRACTS_SINCE, earlier=_in_thousand_bushels("005601")),
    _grain("soybean-oil", "Soybean oil", "007601", 60_000, point="dollar a pound", unit="{}-pound"),
    _grain("soybean-meal", "Soybean meal", "026603", 100, point="dollar a short ton", unit="{}-ton"),
    _grain("oats", "Oats", "004603", 5_000, first=_CONTRACTS_SINCE),
    _grain("rough-rice", "Rough rice", "039601", 200_000, point="dollar a pound", unit="{}-pound"),
    _soft("sugar", "Sugar", "080732", 112_000),
    _soft("coffee", "Coffee", "083731", 37_500),
    _soft("cocoa", "Cocoa", "073732", 10, point="dollar a tonne", unit="{}-tonne"),
    _soft("cotton", "Cotton", "033661", 50_000),
    _soft("orange-juice", "Orange juice", "040701", 15_000),
    _livestock("live-cattle", "Live cattle", "057642", 40_000),
    _livestock("lean-hogs", "Lean hogs", "054642", 40_000),
    _crypto("bitcoin", "Bitcoin", "133741", 5, point="dollar a bitcoin", unit="{}-bitcoin"),
    _crypto("ether", "Ether", "146021", 50, point="dollar an ether", unit="{}-ether"),
)

GROUPS_OF_MARKETS: tuple[str, ...] = tuple(dict.fromkeys(entry.group for entry in MARKETS))
"""Groups in the order in which lists show them."""

OTHER_MARKETS = "Other markets"
"""The group of contracts outside the catalogue."""

_CODE = r"(?=.*\d)[0-9A-Z]{5}[0-9A-Z+]"

_BY_NAME = {entry.name: entry for entry in MARKETS}
_BY_CODE = {code: entry for entry in MARKETS for code in entry.codes}


def market(name: str) -> Market:
    """The market of that name on the command line, or a single contract by its CFTC code.

    Raises UnknownMarket. Whether the CFTC lists a code that has the right form, only the archive can tell.
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    if re.fullmatch(_CODE, name):
        return single_leg(name)
    raise UnknownMarket(name, _nearest(name.lower()))


def _nearest(text: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    named = [entry.name for entry in MARKETS if len(text) > 2 and text in entry.title.lower()]
    return tuple(dict.fromkeys(named + get_close_matches(text, _BY_NAME, n=3, cutoff=0.6)))[:3]


def single_leg(code: str, title: str = "", main_family: Family = Family.LEGACY) -> Market:
    """One contract code as a market of its own, named by the code.

    A code of the catalogue keeps its sizes, wording and family. Any other counts in plain contracts; its family
    is Legacy unless the caller knows in which other report the CFTC lists it.
    """
    parent = _BY_CODE.get(code)
    if parent is None:
        leg = Leg(code, 1, None, None)
        return Market(code, title or code, OTHER_MARKETS, (leg,), main_family, unit="")
    legs = (replace(leg, lead_from=None, lead_to=None, leads=True) for leg in parent.legs if leg.code == code)
    return replace(parent, name=code, title=title or f"{parent.title} {code}", legs=tuple(legs))
