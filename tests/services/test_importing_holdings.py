import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Snapshot
from models.taxonomies import Taxonomy
from services.errors import InputError
from services.importing_holdings import Columns, as_json, columns_from, load_columns, read, recognises, remark
from tests.services.holdings_bodies import csv_2025, equities, ssga_rows, with_bom, workbook

NOW = datetime(2026, 8, 3, tzinfo=UTC)
DAY = date(2017, 6, 26)
TABLE = "symbol,company,weight,sector,shares_held\nAAPL,Apple Inc.,0.7,Technology,10\nXOM,Exxon,0.3,Energy,5\n"


def snapshot(content: bytes | str, **wish: object) -> Snapshot:
    body = content.encode() if isinstance(content, str) else content
    options: dict[str, object] = {"fund": "XYZ", "as_of": DAY} | wish
    (rows,) = read(body, "mine.csv", NOW, **options).rows  # type: ignore[arg-type]
    assert isinstance(rows, Snapshot)
    return rows


def refused(content: bytes | str, **wish: object) -> str:
    with pytest.raises(InputError) as caught:
        snapshot(content, **wish)
    return str(caught.value)


def test_that_a_table_is_read_by_its_headers() -> None:
    made = snapshot(TABLE)
    assert (made.fund, made.as_of) == ("XYZ", DAY)
    assert [(h.ticker, h.name, h.weight_pct, h.shares) for h in made.holdings] == [
        ("AAPL", "Apple Inc.", 70.0, 10.0),
        ("XOM", "Exxon", 30.0, 5.0),
    ]


def test_that_percent_signs_and_percents_are_percents() -> None:
    for weights in (("70%", "30 %"), ("70.0", "30.0")):
        made = snapshot(TABLE.replace("0.7", weights[0]).replace("0.3", weights[1]))
        assert [h.weight_pct for h in made.holdings] == [70.0, 30.0]


def test_that_a_semicolon_file_with_decimal_commas_is_read() -> None:
    made = snapshot("Ticker;Name;Sector;Weight\nAAPL;Äpple;Technology;70,5\nXOM;Exxon;Energy;29,5\n".encode("cp1252"))
    assert [h.weight_pct for h in made.holdings] == [70.5, 29.5]
    assert made.holdings[0].name == "Äpple"


def test_that_a_packed_file_is_unpacked() -> None:
    assert len(snapshot(gzip.compress(TABLE.encode())).holdings) == 2


def test_that_a_table_in_a_workbook_is_read() -> None:
    rows = [("My fund",), (None,), ("Symbol", "Company", "Market Value"), ("AAPL", "Apple", 700), ("XOM", "Exxon", 300)]
    made = snapshot(workbook(rows))
    assert [h.market_value_usd for h in made.holdings] == [700.0, 300.0]
    assert made.taxonomy == Taxonomy.NONE


def test_that_a_providers_download_is_recognised_with_its_fund_and_day() -> None:
    made = snapshot(with_bom(csv_2025(equities(20), date(2026, 7, 31))), fund=None, as_of=None)
    assert (made.fund, made.as_of) == ("IWM", date(2026, 7, 31))
    made = snapshot(workbook(ssga_rows([("APPLE", "AAPL", "1", 100.0)], "SPY", "23-Jun-2026")), fund=None, as_of=None)
    assert (made.fund, made.as_of) == ("SPY", date(2026, 6, 23))


def test_that_a_download_is_not_filed_under_another_fund() -> None:
    said = refused(with_bom(csv_2025(equities(20), date(2026, 7, 31))), fund="IJR")
    assert said == "mine.csv: the file holds IWM's holdings, not IJR's. Nothing was imported."


def test_that_a_day_above_the_table_is_taken() -> None:
    made = snapshot("Index Holdings as of 6:03 PM ET 02/03/2025,,\n" + TABLE, as_of=None)
    assert made.as_of == date(2025, 2, 3)


def test_that_what_the_file_does_not_say_is_asked_for() -> None:
    assert refused(TABLE, fund=None) == "mine.csv: say whose holdings these are, for instance --fund IWM."
    assert refused(TABLE, as_of=None) == (
        "mine.csv: say of which day the holdings are, for instance --as-of-date 2017-06-26."
    )


def test_that_a_day_to_come_is_refused() -> None:
    assert "a day to come" in refused(TABLE, as_of=date(2026, 8, 4))


def test_that_a_broken_export_is_named_by_what_it_has() -> None:
    said = refused("Ticker\nSFM\nINSM\n")
    assert said.startswith("mine.csv: no row names columns of holdings")
    assert "'Ticker'" in said


def test_that_an_unreadable_line_is_refused_with_its_row() -> None:
    lines = "".join(f"T{n},Company {n},0.5,Energy,1\n" for n in range(200))
    batch = read(
        f"symbol,company,weight,sector,shares\n{lines}BAD,Bad Ltd,much,Energy,1\n".encode(),
        "mine.csv",
        NOW,
        fund="XYZ",
        as_of=DAY,
    )
    (said,) = batch.refused
    assert (said.what, said.reason) == ("mine.csv, row 202", "'much' is no figure")


def test_that_too_many_unreadable_lines_import_nothing() -> None:
    lines = "".join(f"T{n},Company {n},much,Energy,1\n" for n in range(20))
    said = refused(f"symbol,company,weight,sector,shares\n{lines}")
    assert said.startswith("mine.csv: 20 of 20 lines cannot be read (row 2: 'much' is no figure; row 3:")


def test_that_a_part_of_a_fund_is_refused() -> None:
    said = refused(TABLE.replace("0.3", "5").replace("0.7", "45"))
    assert "add up to 50.0 percent" in said


def test_that_notes_below_the_table_are_no_holdings() -> None:
    made = snapshot(TABLE + "\n,,,,\nPast performance is no guide.,,,,\nTotal,,1.0,,\n"[:40])
    assert len(made.holdings) == 2


def test_that_cash_is_no_equity() -> None:
    made = snapshot("ticker,name,weight,sector\nAAPL,Apple,99,Technology\n-,US DOLLAR,1,-\n")
    assert [h.asset_class for h in made.holdings] == ["Equity", "Cash"]


def test_that_an_old_workbook_says_what_to_do() -> None:
    assert "Save it as .xlsx or CSV" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04nothing", b"\x1f\x8bnothing", b"just words"])
def test_that_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    assert refused(content).endswith((".", ")"))
    assert recognises(content) is False


@given(st.binary(max_size=400))
def test_that_no_content_breaks_the_recognition(content: bytes) -> None:
    recognises(content)


def test_that_holdings_are_recognised_by_content() -> None:
    assert recognises(TABLE.encode())
    assert recognises(with_bom(csv_2025(equities(3), DAY)))
    assert not recognises(b"Date,Open,High,Low,Close\n2017-06-26,1,2,3,4\n")


# Mappings

MAPPED = "Kürzel|Firma|Branche|Anteil\nAAPL|Apple|Technology|70\nXOM|Exxon|Energy|30\n"
MAPPING = {"columns": {"ticker": "Kürzel", "name": "Firma", "sector": "Branche", "weight": "Anteil"}}


def test_that_a_mapping_says_which_column_is_which(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps(MAPPING))
    made = snapshot(MAPPED, columns=load_columns(path))
    assert [h.weight_pct for h in made.holdings] == [70.0, 30.0]


def test_that_a_mapping_can_force_the_unit() -> None:
    made = snapshot(TABLE, columns=Columns({"ticker": "symbol", "weight": "weight"}, weight_unit="fraction"))
    assert [h.weight_pct for h in made.holdings] == [70.0, 30.0]


def test_that_a_mapped_column_that_is_missing_is_named() -> None:
    said = refused(TABLE, columns=Columns({"ticker": "symbol", "weight": "Gewicht"}))
    assert "no column 'Gewicht'" in said and "'company'" in said


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ([], 'has no "columns" object'),
        ({"columns": {"colour": "x"}}, "maps colour"),
        ({"columns": {"ticker": 1}}, "as text"),
        ({"columns": {}, "weight_unit": "basis points"}, "'basis points'"),
        ({"columns": {}, "decimal": ";"}, "';'"),
    ],
)
def test_that_a_wrong_mapping_says_what_is_wrong(held: object, why: str) -> None:
    with pytest.raises(InputError, match=r"mapping\.json") as caught:
        columns_from(held, "mapping.json")
    assert why in str(caught.value)


def test_that_a_mapping_reads_back_as_it_was_written() -> None:
    made = Columns({"ticker": "Symbol"}, "percent", ",")
    assert columns_from(as_json(made), "settings") == made


def test_that_an_unusual_number_of_holdings_is_said() -> None:
    batch = read(TABLE.encode(), "mine.csv", NOW, fund="IWM", as_of=DAY)
    assert remark(batch) == "2 equity holdings of IWM as of 2017-06-26; IWM usually has 1,800 to 2,200."
