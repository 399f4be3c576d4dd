"""The CFTC's names: its datasets, its files, and what it calls each figure.

The names are not regular (`noncomm_postions_spread_all`, `tot_rept_positions_short`), differ between the API
and the files, and one of them is a trap: `noncomm_positions_spread` counts the old crop only. So each figure
has its own list of accepted names. The first is what the API documents; they are compared without case,
blanks and signs. A figure that must be there and is not is an error, never a zero.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from models.names import GROUPS, WITHOUT_SPREADING, Family, Group, Report
from models.records import position_fields

DATASET_IDS: dict[Report, str] = {
    Report.LEGACY_FUTURES: "6dca-aqww",
    Report.LEGACY_COMBINED: "jun7-fc8e",
    Report.TFF_FUTURES: "gpe5-46if",
    Report.TFF_COMBINED: "yw9f-hn96",
    Report.DISAGG_FUTURES: "72hh-3qpy",
    Report.DISAGG_COMBINED: "kh3c-gbw2",
}
"""The views with one scope each; the parents hold two rows for each date and contract."""

TITLES: dict[Report, str] = {
    Report.LEGACY_FUTURES: "Legacy, futures only",
    Report.LEGACY_COMBINED: "Legacy, futures and options",
    Report.TFF_FUTURES: "TFF, futures only",
    Report.TFF_COMBINED: "TFF, futures and options",
    Report.DISAGG_FUTURES: "Disaggregated, futures only",
    Report.DISAGG_COMBINED: "Disaggregated, futures and options",
}

CODE = "cftc_contract_market_code"
DATE = "report_date_as_yyyy_mm_dd"
NAME = "market_and_exchange_names"
SHORT_DATE = "as_of_date_in_form_yymmdd"
SCOPE = "futonly_or_combined"

_KEYS: dict[str, tuple[str, ...]] = {
    CODE: (CODE,),
    DATE: (DATE, "Report_Date_as_MM_DD_YYYY", "As of Date in Form YYYY-MM-DD"),
    NAME: (NAME,),
    SHORT_DATE: (SHORT_DATE,),
    SCOPE: (SCOPE,),
}

_LEGACY: dict[str, tuple[str, ...]] = {
    "open_interest": ("open_interest_all",),
    "noncommercial_long": ("noncomm_positions_long_all", "Noncommercial Positions-Long (All)"),
    "noncommercial_short": ("noncomm_positions_short_all", "Noncommercial Positions-Short (All)"),
    "noncommercial_spreading": (
        "noncomm_postions_spread_all",
        "noncomm_positions_spread_all",
        "Noncommercial Positions-Spreading (All)",
    ),
    "commercial_long": ("comm_positions_long_all", "Commercial Positions-Long (All)"),
    "commercial_short": ("comm_positions_short_all", "Commercial Positions-Short (All)"),
    "nonreportable_long": ("nonrept_positions_long_all", "Nonreportable Positions-Long (All)"),
    "nonreportable_short": ("nonrept_positions_short_all", "Nonreportable Positions-Short (All)"),
    "traders_total": ("traders_tot_all", "Traders-Total (All)"),
    "noncommercial_traders_long": ("traders_noncomm_long_all", "Traders-Noncommercial-Long (All)"),
    "noncommercial_traders_short": ("traders_noncomm_short_all", "Traders-Noncommercial-Short (All)"),
    "commercial_traders_long": ("traders_comm_long_all", "Traders-Commercial-Long (All)"),
    "commercial_traders_short": ("traders_comm_short_all", "Traders-Commercial-Short (All)"),
}

_TFF: dict[str, tuple[str, ...]] = {
    "open_interest": ("open_interest_all",),
    "dealer_long": ("dealer_positions_long_all",),
    "dealer_short": ("dealer_positions_short_all",),
    "dealer_spreading": ("dealer_positions_spread_all",),
    "asset_manager_long": ("asset_mgr_positions_long", "asset_mgr_positions_long_all"),
    "asset_manager_short": ("asset_mgr_positions_short", "asset_mgr_positions_short_all"),
    "asset_manager_spreading": ("asset_mgr_positions_spread", "asset_mgr_positions_spread_all"),
    "leveraged_funds_long": ("lev_money_positions_long", "lev_money_positions_long_all"),
    "leveraged_funds_short": ("lev_money_positions_short", "lev_money_positions_short_all"),
    "leveraged_funds_spreading": ("lev_money_positions_spread", "lev_money_positions_spread_all"),
    "other_reportable_long": ("other_rept_positions_long", "other_rept_positions_long_all"),
    "other_reportable_short": ("other_rept_positions_short", "other_rept_positions_short_all"),
    "other_reportable_spreading": ("other_rept_positions_spread", "other_rept_positions_spread_all"),
    "nonreportable_long": ("nonrept_positions_long_all",),
    "nonreportable_short": ("nonrept_positions_short_all",),
    "traders_total": ("traders_tot_all",),
    "dealer_traders_long": ("traders_dealer_long_all",),
    "dealer_traders_short": ("traders_dealer_short_all",),
    "asset_manager_traders_long": ("traders_asset_mgr_long_all",),
    "asset_manager_traders_short": ("traders_asset_mgr_short_all",),
    "leveraged_funds_traders_long": ("traders_lev_money_long_all",),
    "leveraged_funds_traders_short": ("traders_lev_money_short_all",),
    "other_reportable_traders_long": ("traders_other_rept_long_all",),
    "other_reportable_traders_short": ("traders_other_rept_short", "traders_other_rept_short_all"),
}

_DISAGG: dict[str, tuple[str, ...]] = {
    "open_interest": ("open_interest_all",),
    "producer_merchant_long": ("prod_merc_positions_long", "prod_merc_positions_long_all"),
    "producer_merchant_short": ("prod_merc_positions_short", "prod_merc_positions_short_all"),
    "swap_dealer_long": ("swap_positions_long_all",),
    "swap_dealer_short": ("swap__positions_short_all",),
    "swap_dealer_spreading": ("swap__positions_spread_all",),
    "managed_money_long": ("m_money_positions_long_all",),
    "managed_money_short": ("m_money_positions_short_all",),
    "managed_money_spreading": ("m_money_positions_spread", "m_money_positions_spread_all"),
    "other_reportable_long": ("other_rept_positions_long", "other_rept_positions_long_all"),
    "other_reportable_short": ("other_rept_positions_short", "other_rept_positions_short_all"),
    "other_reportable_spreading": ("other_rept_positions_spread", "other_rept_positions_spread_all"),
    "nonreportable_long": ("nonrept_positions_long_all",),
    "nonreportable_short": ("nonrept_positions_short_all",),
    "traders_total": ("traders_tot_all",),
    "producer_merchant_traders_long": ("traders_prod_merc_long_all",),
    "producer_merchant_traders_short": ("traders_prod_merc_short_all",),
    "swap_dealer_traders_long": ("traders_swap_long_all",),
    "swap_dealer_traders_short": ("traders_swap_short_all",),
    "managed_money_traders_long": ("traders_m_money_long_all",),
    "managed_money_traders_short": ("traders_m_money_short_all",),
    "other_reportable_traders_long": ("traders_other_rept_long_all",),
    "other_reportable_traders_short": ("traders_other_rept_short", "traders_other_rept_short_all"),
}


def _concentration() -> dict[str, tuple[str, ...]]:
    """Shares of the largest traders: gross without `_all` in the API, net with it."""
    names: dict[str, tuple[str, ...]] = {}
    for kind, ending in (("gross", ""), ("net", "_all")):
        for n in (4, 8):
            for side in ("long", "short"):
                stem = f"conc_{kind}_le_{n}_tdr_{side}"
                heading = f"Concentration-{kind} LT ={n} TDR-{side} (All)"
                names[f"top{n}_{kind}_{side}"] = (stem + ending, f"{stem}_all", heading)
    return names


ACCEPTED: dict[Family, Mapping[str, tuple[str, ...]]] = {
    Family.LEGACY: _LEGACY | _concentration(),
    Family.TFF: _TFF | _concentration(),
    Family.DISAGG: _DISAGG | _concentration(),
}
"""Figure to the names that its column may have. `<group>_net` has none: the CFTC does not publish it."""


@cache
def required(family: Family) -> tuple[str, ...]:
    """The figures without which a table is no report of the family: open interest and every group's positions."""
    return tuple(dict.fromkeys(("open_interest", *parts(family, "long"), *parts(family, "short"))))


@cache
def parts(family: Family, side: str) -> tuple[str, ...]:
    """The figures that add up to open interest on one side (`long` or `short`)."""
    sides = [f"{group}_{side}" for group in GROUPS[family]]
    spreading = [f"{group}_spreading" for group in GROUPS[family] if group not in WITHOUT_SPREADING]
    return (*sides, *spreading)


def documented(family: Family) -> dict[str, str]:
    """Figure to the name that the API documents for its column."""
    return {figure: ACCEPTED[family][figure][0] for figure in position_fields(family) if figure in ACCEPTED[family]}


def normalised(name: str) -> str:
    """A column's name without case, blanks and signs."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def resolved(family: Family, header: Sequence[str]) -> dict[str, int]:
    """Figure (and key, such as `CODE`) to the place of its column, for all that the header has."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(normalised(name), place)
    accepted: dict[str, Iterable[str]] = {**_KEYS, **ACCEPTED[family]}
    found: dict[str, int] = {}
    for figure, names in accepted.items():
        known = [places[key] for key in map(normalised, names) if key in places]
        if known:
            found[figure] = known[0]
    return found


def missing(family: Family, found: Mapping[str, int]) -> tuple[str, ...]:
    """What a table must have and this one has not: its keys and required figures."""
    keys = [CODE] if CODE not in found else []
    if DATE not in found and SHORT_DATE not in found:
        keys.append(DATE)
    return (*keys, *(figure for figure in required(family) if figure not in found))


def _weekly_places(family: Family) -> dict[str, int]:
    """Places of the columns in the weekly text files, which have no header; the order is that of the yearly files.

    Seven columns of names, dates and codes; then positions, changes and percentages, numbers of traders and
    concentration, where Legacy and Disaggregated repeat all but the changes for old and other crops.
    """
    crops = 1 if family is Family.TFF else 3
    groups = [group for group in GROUPS[family] if group is not Group.NONREPORTABLE]
    places = {NAME: 0, SHORT_DATE: 1, DATE: 2, CODE: 3, "open_interest": 7}
    place = 8
    for group in groups:
        for side in ("long", "short") if group in WITHOUT_SPREADING else ("long", "short", "spreading"):
            places[f"{group}_{side}"] = place
            place += 1
    place += 2  # all reportable traders together
    places["nonreportable_long"], places["nonreportable_short"] = place, place + 1
    block = place + 2 - 7
    place = 7 + block * crops + block + block * crops  # positions, changes, percentages
    traders = place
    places["traders_total"] = place
    place += 1
    for group in groups:
        places[f"{group}_traders_long"], places[f"{group}_traders_short"] = place, place + 1
        place += 2 if group in WITHOUT_SPREADING else 3
    place = traders + (place + 2 - traders) * crops
    for figure in _concentration():
        places[figure] = place
        place += 1
    if family is not Family.LEGACY:
        places[SCOPE] = WEEKLY_WIDTH[family] - 1
    return places


WEEKLY_WIDTH: dict[Family, int] = {Family.LEGACY: 129, Family.TFF: 87, Family.DISAGG: 191}
"""Columns of a weekly text file, which tell the families apart."""

WEEKLY_PLACES: dict[Family, dict[str, int]] = {family: _weekly_places(family) for family in Family}
