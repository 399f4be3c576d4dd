"""The catalogue: names, legs and sizes, and their agreement with the CFTC's own files."""

import re
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from itertools import pairwise

import pytest

from models.markets import GROUPS_OF_MARKETS, MARKETS, OTHER_MARKETS, Leg, Market, UnknownMarket, market, single_leg
from models.names import Family
from tests.models import cftc_files
from tests.shared import needs_shared

NAMES = """russell-2000 sp-500 sp-400 nasdaq-100 dow msci-eafe msci-em vix us-2y us-5y us-10y us-30y fed-funds sofr-3m
    euro yen sterling canadian-dollar australian-dollar swiss-franc mexican-peso nz-dollar dollar-index wti brent
    natural-gas gasoline heating-oil gold silver copper platinum palladium corn wheat soybeans soybean-oil soybean-meal
    sugar coffee cocoa cotton live-cattle lean-hogs bitcoin sp-500-big sp-500-consolidated nasdaq-100-consolidated"""


@pytest.fixture
def russell() -> Market:
    return market("russell-2000")


# Names


@pytest.mark.parametrize("name", NAMES.split())
def test_that_every_name_of_the_command_line_is_a_market(name: str) -> None:
    assert market(name).name == name


def test_that_names_and_titles_are_unique_and_groups_are_in_one_piece() -> None:
    assert len({entry.name for entry in MARKETS}) == len(MARKETS) >= 45
    assert len({entry.title for entry in MARKETS}) == len(MARKETS)
    assert [a.group for a, b in pairwise(MARKETS) if a.group != b.group] == list(GROUPS_OF_MARKETS[:-1])


def test_that_a_code_belongs_to_one_market_only() -> None:
    codes = [code for entry in MARKETS for code in entry.codes]
    assert len(codes) == len(set(codes))


def test_that_a_misspelt_name_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UnknownMarket, match="Did you mean russell-2000") as caught:
        market("russel-2000")
    assert caught.value.nearest[0] == "russell-2000"
    assert isinstance(caught.value, LookupError)


def test_that_a_word_of_the_title_suggests_the_market() -> None:
    with pytest.raises(UnknownMarket) as caught:
        market("crude")
    assert set(caught.value.nearest) >= {"wti", "brent"}


@pytest.mark.parametrize("name", ["", "RUSSEL", "23977a", "2397", "239777A", "23 77A", "23977A ", "２３９７４２"])
def test_that_a_text_that_is_neither_name_nor_code_is_unknown(name: str) -> None:
    with pytest.raises(UnknownMarket):
        market(name)


def test_that_nothing_can_be_changed(russell: Market) -> None:
    with pytest.raises(FrozenInstanceError):
        russell.name = "other"  # type: ignore[misc]


# The Russell 2000


def test_that_the_russell_has_its_six_legs(russell: Market) -> None:
    assert [(leg.code, leg.multiplier) for leg in russell.legs] == [
        ("239741", 500),
        ("239742", 100),
        ("23977A", 100),
        ("23977A", 50),
        ("239742", 50),
        ("239747", 5),
    ]
    assert russell.codes == ("239741", "239742", "23977A", "239747")
    assert (russell.lead_multiplier, russell.size_unit, russell.is_resized) == (50, "$50 contracts", True)


@pytest.mark.parametrize(
    ("day", "code", "multiplier"),
    [
        ("1999-06-01", "239741", 500),
        ("2007-08-14", "239742", 100),
        ("2008-09-16", "239742", 100),
        ("2008-09-23", "23977A", 100),
        ("2016-11-29", "23977A", 100),
        ("2016-12-06", "23977A", 50),
        ("2017-09-12", "23977A", 50),
        ("2017-09-19", "239742", 50),
        ("2026-06-30", "239742", 50),
    ],
)
def test_that_the_lead_passes_on_the_days_of_the_table(russell: Market, day: str, code: str, multiplier: int) -> None:
    leg = russell.lead_leg_on(date.fromisoformat(day))
    assert leg is not None
    assert (leg.code, leg.multiplier) == (code, multiplier)


def test_that_one_code_is_two_legs_with_a_hole_between_them(russell: Market) -> None:
    first_life, second_life = date(2007, 1, 3), date(2017, 8, 15)
    sizes = [leg and leg.multiplier for leg in (russell.leg_of("239742", day) for day in (first_life, second_life))]
    assert sizes == [100, 50]
    assert russell.leg_of("239742", date(2012, 6, 5)) is None


def test_that_the_micro_never_leads_but_counts_in_the_sum(russell: Market) -> None:
    micro = russell.leg_of("239747", date(2024, 1, 2))
    assert micro is not None
    assert not micro.leads
    assert micro not in russell.lead_legs


def test_that_the_seams_name_the_first_report_affected_and_both_sizes(russell: Market) -> None:
    assert [(seam.date.isoformat(), seam.kind, seam.label) for seam in russell.seams[1:]] == [
        ("2008-09-23", "lead", "CME, $100 a point | ICE, $100 a point"),
        ("2016-12-06", "multiplier", "$100 a point | $50 a point"),
        ("2017-09-19", "lead", "ICE, $50 a point | CME, $50 a point"),
    ]
    assert russell.seams[2].before.multiplier == 2 * russell.seams[2].after.multiplier


# Other chains


@pytest.mark.parametrize(
    ("name", "last_before", "first_after", "before", "after"),
    [
        ("sp-500-big", date(1997, 10, 28), date(1997, 11, 4), 500, 250),
        ("sp-500-consolidated", date(2023, 4, 25), date(2023, 5, 2), 250, 50),
        ("nasdaq-100-consolidated", date(2023, 4, 25), date(2023, 5, 2), 100, 20),
        ("dow-consolidated", date(2023, 4, 25), date(2023, 5, 2), 10, 5),
        ("corn", date(1997, 12, 30), date(1998, 1, 6), 1_000, 5_000),
    ],
)
def test_that_a_resized_contract_has_a_seam(
    name: str, last_before: date, first_after: date, before: int, after: int
) -> None:
    chain = market(name)
    legs = [chain.lead_leg_on(day) for day in (last_before, first_after)]
    assert [leg and leg.multiplier for leg in legs] == [before, after]
    assert [seam.date for seam in chain.seams] == [first_after]
    assert chain.is_resized


def test_that_a_renumbered_contract_is_no_change_of_lead() -> None:
    (seam,) = market("soybeans").seams
    assert (seam.kind, seam.before.code, seam.after.code) == ("code", "005601", "005602")
    assert seam.label == "1,000-bushel lots | 5,000-bushel lots"


def test_that_the_headline_index_is_the_small_contract_alone() -> None:
    assert [(market(name).codes, market(name).lead_multiplier) for name in ("sp-500", "nasdaq-100", "dow")] == [
        (("13874A",), 50),
        (("209742",), 20),
        (("124603",), 5),
    ]


@pytest.mark.parametrize("entry", MARKETS, ids=lambda entry: entry.name)
def test_that_a_chain_has_one_leader_at_a_time(entry: Market) -> None:
    """One leg of a code on a day, one leader on a day, and no way back to an earlier contract by accident."""
    weeks = [date(1986, 1, 14) + timedelta(days=7 * week) for week in range(2200)]
    for day in weeks:
        leading = [leg for leg in entry.legs if leg.leads_on(day)]
        existing = [leg.code for leg in entry.legs if leg.exists_on(day)]
        assert len(leading) <= 1, f"{day}: {leading}"
        assert len(existing) == len(set(existing)), f"{day}: {existing}"
    leaders = [leg for day in weeks if (leg := entry.lead_leg_on(day))]
    passed = [(a, b) for a, b in pairwise(leaders) if a is not b]
    assert [(seam.before, seam.after) for seam in entry.seams] == passed


@pytest.mark.parametrize("entry", MARKETS, ids=lambda entry: entry.name)
def test_that_every_market_says_what_it_counts(entry: Market) -> None:
    assert re.fullmatch(r"[$€¥£\dA-Z][\w$, -]* contracts", entry.size_unit), entry.size_unit
    assert all(leg.multiplier > 0 and leg.venue for leg in entry.legs)
    assert entry.main_family is not Family.LEGACY
    assert not entry.index_symbol or entry.unit == "${}"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("vix", "$1,000 contracts"),
        ("us-10y", "$100,000-face contracts"),
        ("fed-funds", "$5,000,000 contracts"),
        ("euro", "€125,000 contracts"),
        ("mexican-peso", "500,000-peso contracts"),
        ("wti", "1,000-barrel contracts"),
        ("bitcoin", "5-bitcoin contracts"),
        ("corn", "5,000-bushel contracts"),
    ],
)
def test_that_the_unit_is_worded_for_its_market(name: str, unit: str) -> None:
    assert market(name).size_unit == unit


# Single contracts


def test_that_a_code_outside_the_catalogue_is_a_market_of_plain_contracts() -> None:
    other = market("135731")
    assert (other.name, other.title, other.group, other.size_unit) == ("135731", "135731", OTHER_MARKETS, "contracts")
    assert other.legs == (Leg("135731", 1, None, None),)
    assert other.main_family is Family.LEGACY
    assert other.seams == ()


def test_that_the_caller_may_name_a_single_contract_and_its_family() -> None:
    named = single_leg("135731", "Canola", Family.DISAGG)
    assert (named.title, named.main_family) == ("Canola", Family.DISAGG)


def test_that_a_code_of_the_catalogue_keeps_its_sizes_and_leads_alone() -> None:
    ice = market("23977A")
    assert ice.codes == ("23977A",)
    assert [leg.multiplier for leg in ice.lead_legs] == [100, 50]
    assert [seam.date for seam in ice.seams] == [date(2016, 12, 6)]
    leg = ice.lead_leg_on(date(2018, 6, 5))
    assert leg is not None
    assert (leg.multiplier, ice.size_unit, ice.title) == (50, "$50 contracts", "Russell 2000 23977A")


def test_that_a_micro_leads_where_it_is_asked_for_alone() -> None:
    assert market("239747").lead_multiplier == 5


# Against the CFTC's files

UNITS_IN_ERROR = {"239747": 0.5}
"""What the CFTC's text says of contracts whose size it has wrong."""

FACE_VALUES = {"fed-funds": 5_000_000, "eurodollar": 1_000_000, "us-2y": 200_000} | dict.fromkeys(
    ["us-5y", "us-10y", "us-30y", "us-ultra-10y", "us-ultra-bond"], 100_000
)
"""Contracts that the CFTC describes by their face value, not by what a point pays."""

OTHER_WORDS = {"dow": "DJIA|DOW JONES", "dow-consolidated": "DJIA", "yen": "YEN", "sterling": "BRITISH POUND"} | {
    "us-2y": "2-YEAR U.S. TREASURY|UST 2Y",
    "us-5y": "5-YEAR U.S. TREASURY|UST 5Y",
    "us-10y": "10-YEAR U.S. TREASURY|UST 10Y",
    "us-ultra-10y": "ULTRA 10-YEAR|ULTRA UST 10Y",
    "us-30y": "^U.S. TREASURY BOND|^UST BOND",
    "us-ultra-bond": "LONG-TERM U.S. TREASURY|ULTRA U",
    "fed-funds": "FED",
    "sofr-1m": "SOFR-1M|1-MONTH SOFR",
    "sofr-3m": "SOFR-3M|3-MONTH SOFR",
    "eurodollar": "EURODOLLAR",
    "dollar-index": "U.S. DOLLAR INDEX|USD INDEX",
    "nz-dollar": "NEW ZEALAND|NZ DOLLAR",
    "south-african-rand": "RAND",
    "msci-eafe": "MSCI EAFE",
    "msci-em": "MSCI EM",
    "russell-2000": "RUSSELL? (2000|E-MINI)",
    "sp-500-big": "^S&P 500 STOCK",
    "sp-500-consolidated": "^S&P 500 CONS",
    "nasdaq-100": "NASDAQ.*MINI",
    "nasdaq-100-big": "^NASDAQ-100 STOCK INDEX -",
    "sp-communication": "S&P COMM",
    "sp-discretionary": "S&P CONSUMER DISC",
    "sp-staples": "S&P CONSU STAPLES",
    "sp-financials": "S&P FINANCIAL",
    "sp-industrials": "S&P INDUSTRIAL",
    "kansas-wheat": "WHEAT-HRW",
    "spring-wheat": "WHEAT-HRSPRING",
    "wheat": "WHEAT( -|-SRW)",
    "heating-oil": "NY HARBOR ULSD",
    "gasoline": "GASOLINE RBOB",
    "natural-gas": "NAT GAS NYME",
    "wti": "WTI-PHYSICAL",
    "brent": "BRENT",
    "orange-juice": "ORANGE JUICE",
}
"""Patterns of the CFTC's names that the market's own title does not match."""

NOT_IN_THE_FILES = {"088691", "001601", "001611", "002601", "005601"}
"""Gold's rows are left out of the reference data, and nothing in them is older than 2007 but compiled series."""


@needs_shared
def test_that_the_names_in_the_files_are_those_of_the_markets() -> None:
    names: dict[str, set[str]] = {}
    for row in cftc_files.rows():
        names.setdefault(row.code, set()).add(row.name.upper())
    assert {code for entry in MARKETS for code in entry.codes} - names.keys() == NOT_IN_THE_FILES
    for entry in MARKETS:
        pattern = OTHER_WORDS.get(entry.name, re.escape(entry.title.upper()))
        for code in set(entry.codes) - NOT_IN_THE_FILES:
            strange = [name for name in names[code] if not re.search(pattern, name)]
            assert not strange, f"{entry.name} {code}: {strange}"


@needs_shared
def test_that_the_text_on_contract_units_agrees_where_it_is_right() -> None:
    checked = set()
    for row in cftc_files.rows():
        entry = next((entry for entry in MARKETS if row.code in entry.codes), None)
        stated = _stated_size(row.units)
        if entry is None or stated is None:
            continue
        leg = entry.leg_of(row.code, row.date)
        assert leg is not None, f"{entry.name} has no leg {row.code} on {row.date}"
        own = FACE_VALUES.get(entry.name, UNITS_IN_ERROR.get(row.code, leg.multiplier))
        assert stated == own, f"{entry.name} {row.code} {row.date}: {row.units}"
        checked.add(row.code)
    unchecked = {code for entry in MARKETS for code in entry.codes} - NOT_IN_THE_FILES - checked
    assert not unchecked


def test_that_face_values_fit_what_a_point_pays() -> None:
    """A hundredth of the face of a bond; of a rate, of the interest on the face for one or three months."""
    for name, face in FACE_VALUES.items():
        months = {"fed-funds": 1, "eurodollar": 3}.get(name, 12)
        assert market(name).lead_multiplier == round(face / 100 * months / 12)


@needs_shared
def test_that_every_known_switch_of_the_lead_follows_open_interest() -> None:
    """A younger leg leads from the second report in a row on which its size-adjusted open interest is the largest,
    and never gives the lead back."""
    switches = {}
    for entry in MARKETS:
        for before, after in pairwise(entry.lead_legs):
            if before.code != after.code and (found := _switch_by_open_interest(entry, before, after)):
                switches[entry.name] = found
                assert found == after.leading_since, entry.name
    assert switches.keys() == {"russell-2000", "msci-eafe", "msci-em"}


def _switch_by_open_interest(entry: Market, before: Leg, after: Leg) -> date | None:
    """The first report of the younger leg's lead, or None where the files do not show both legs side by side."""
    sizes: dict[date, dict[Leg, float]] = {}
    for row in cftc_files.rows():
        leg = entry.leg_of(row.code, row.date)
        if leg is not None and row.report.startswith("tff") and row.open_interest > 0:
            sizes.setdefault(row.date, {})[leg] = row.open_interest * leg.multiplier
    if not any({before, after} <= by_leg.keys() for by_leg in sizes.values()):
        return None
    is_largest = {day: max(by_leg, key=by_leg.__getitem__) == after for day, by_leg in sorted(sizes.items())}
    return next((today for last, today in pairwise(is_largest) if is_largest[last] and is_largest[today]), None)


def _stated_size(units: str) -> float | None:
    """The number in `(CONTRACTS OF 5,000 BUSHELS)`, `(S&P 500 INDEX X $250.00)` or `($250 x S&P …)`."""
    text = units.upper().replace(",", "")
    found = re.search(r"\$ ?(\d+(?:\.\d+)?)", text) or re.search(r"CONTRACTS OF (?:[A-Z]{3} )?(\d+)", text)
    found = found or re.match(r"\((\d+) (?:BITCOINS|INDEX POINTS)", text)
    return float(found[1]) if found else None
