"""Rows in the archive after a refresh, against the CFTC's files read with plain pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from models.names import Report
from models.records import Positions
from services.archive.archive import Archive
from services.clock import Clock
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

FOLDER = SHARED / "data" / "cftc"
TFF_COLUMNS = {
    "open_interest": "Open_Interest_All",
    "dealer_spreading": "Dealer_Positions_Spread_All",
    "asset_manager_short": "Asset_Mgr_Positions_Short_All",
    "leveraged_funds_long": "Lev_Money_Positions_Long_All",
    "leveraged_funds_short": "Lev_Money_Positions_Short_All",
    "other_reportable_long": "Other_Rept_Positions_Long_All",
    "nonreportable_short": "NonRept_Positions_Short_All",
    "traders_total": "Traders_Tot_All",
    "other_reportable_traders_short": "Traders_Other_Rept_Short_All",
    "top4_gross_long": "Conc_Gross_LE_4_TDR_Long_All",
    "top8_net_short": "Conc_Net_LE_8_TDR_Short_All",
}
COMPILED_COLUMNS = {
    "open_interest": "oi",
    "noncommercial_long": "nc_long",
    "noncommercial_short": "nc_short",
    "noncommercial_spreading": "nc_spread",
    "commercial_long": "c_long",
    "commercial_short": "c_short",
    "nonreportable_long": "nr_long",
    "nonreportable_short": "nr_short",
    "traders_total": "traders_total",
}
WEEKLY_PLACES = {
    "open_interest": 7,
    "noncommercial_spreading": 10,
    "commercial_short": 12,
    "nonreportable_long": 15,
    "traders_total": 77,
    "commercial_traders_short": 82,
    "top4_gross_long": 101,
    "top8_net_short": 108,
}


def held(archive: Archive, report: Report, code: str) -> pd.DataFrame:
    found = archive.positions(report, [code], Clock().now())
    return as_frame(found)


def as_frame(found: Positions) -> pd.DataFrame:
    return pd.DataFrame(dict(found.values), index=pd.Index(found.date.astype(str), name="date"))


def assert_same(mine: pd.DataFrame, raw: pd.DataFrame, columns: dict[str, str]) -> None:
    """Every figure of every date in the raw rows, unknown ones included."""
    for figure, column in columns.items():
        expected = pd.to_numeric(raw[column].astype(str).str.strip().replace({".": "", "nan": ""}))
        np.testing.assert_array_equal(mine.loc[raw.index, figure].to_numpy(), expected.to_numpy(), figure)


@pytest.mark.parametrize("code", ["239742", "23977A", "13874+", "043602", "1170E1", "099741"])
def test_that_a_year_of_tff_is_that_of_the_file(replayed: Archive, code: str) -> None:
    raw = pd.read_csv(FOLDER / "tff_futonly" / "FinFut17.txt.gz", dtype=str, skipinitialspace=True)
    raw = raw[raw["CFTC_Contract_Market_Code"].str.strip() == code].set_index("Report_Date_as_YYYY-MM-DD")
    mine = held(replayed, Report.TFF_FUTURES, code)
    in_year = mine[mine.index.str.startswith("2017")]
    assert len(raw) >= 20
    assert sorted(raw.index) == list(in_year.index)
    assert_same(in_year, raw, TFF_COLUMNS)


@pytest.mark.parametrize("code", ["23977A", "067651", "239742", "13874A", "20974+"])
def test_that_compiled_legacy_rows_are_those_of_the_table(replayed: Archive, code: str) -> None:
    """Lines of the CFTC know more than the table says of them; of the other rows it says all."""
    raw = pd.read_csv(FOLDER / "legacy_futonly" / "compiled" / f"{code}.csv", dtype=str, index_col="date")
    raw = raw[raw[[*COMPILED_COLUMNS.values()]].notna().any(axis=1)]
    mine = held(replayed, Report.LEGACY_FUTURES, code)
    assert_same(mine, raw[raw["kind"] != "verbatim"], COMPILED_COLUMNS)
    verbatim = raw[raw["kind"] == "verbatim"]
    for figure, column in COMPILED_COLUMNS.items():
        assert_same(mine, verbatim[verbatim[column].notna()], {figure: column})


@pytest.mark.parametrize("day", [date(2026, 4, 7), date(2026, 6, 30)])
def test_that_a_week_of_legacy_is_that_of_the_text(replayed: Archive, day: date) -> None:
    path = FOLDER / "legacy_futonly" / "weekly" / f"deafut_{day}.txt.gz"
    raw = pd.read_csv(path, header=None, dtype=str, skipinitialspace=True)
    by_code = raw.set_index(raw[3].str.strip())
    for code in ("239742", "13874A", "13874+", "043602", "067651", "002602", "057642", "133741"):
        mine = held(replayed, Report.LEGACY_FUTURES, code)
        for figure, place in WEEKLY_PLACES.items():
            assert mine.loc[str(day), figure] == float(str(by_code.loc[code, place])), (code, figure)
