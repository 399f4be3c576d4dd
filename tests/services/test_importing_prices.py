"""A person's own closes, as quote pages give them."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.records import Observations
from services import importing_prices
from services.errors import InputError
from tests.services.archive.samples import opened

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
CSV = b"Date,Open,High,Low,Close,Volume\n2026-09-24,1,2,3,240.5,1000\n2026-09-25,1,2,3,241.5,1000\n"


def closes(content: bytes, name: str = "IWM.csv", symbol: str | None = None) -> dict[str, dict[date, float]]:
    batch = importing_prices.read(content, name, NOW, symbol=symbol)
    return {
        rows.series: dict(zip(rows.date.tolist(), rows.value.tolist(), strict=True))
        for rows in batch.rows
        if isinstance(rows, Observations)
    }


TWO = {date(2026, 9, 24): 240.5, date(2026, 9, 25): 241.5}


@pytest.mark.parametrize(
    "content",
    [
        CSV,
        b"\xef\xbb\xbf" + CSV,
        gzip.compress(CSV),
        CSV.replace(b",", b";"),
        b"Date;Close\n2026-09-25;241,5\n2026-09-24;240,5\n",
        b'"Date","Close/Last","Volume"\n"09/25/2026","$241.50","1,000"\n"09/24/2026","$240.50","1,000"\n',
        b"IWM history\n\nDate,Close\n2026-09-24,240.5\n2026-09-25,241.5\n\n",
        b"Date,Close\n2026-09-24 00:00:00,240.5\n2026-09-25T00:00:00Z,241.5\n",
    ],
)
def test_that_closes_are_found_by_their_header(content: bytes) -> None:
    assert importing_prices.recognises(content)
    assert closes(content) == {"import:IWM:price": TWO}


def test_that_adjusted_closes_make_a_series_with_dividends() -> None:
    content = b"Date,Close,Adj Close\n2026-09-24,240.5,239.1\n2026-09-25,241.5,241.5\n"
    assert closes(content)["import:IWM:total"][date(2026, 9, 24)] == 239.1


@pytest.mark.parametrize(
    ("name", "given", "symbol"),
    [
        ("IWM.csv", None, "IWM"),
        ("iwm_us_d.csv", None, "IWM"),
        ("^RUT.csv", None, "RUT"),
        ("^GSPC.csv", None, "SPX"),
        ("RUT_History.csv", None, "RUT"),
        ("prices 2026.csv", "kre", "KRE"),
        ("download/XLF.csv.gz", None, "XLF"),
        ("BRK.B.csv", None, "BRK.B"),
    ],
)
def test_that_the_symbol_is_as_given_or_as_the_file_is_called(name: str, given: str | None, symbol: str) -> None:
    assert importing_prices.symbol_of(name, given) == symbol


def test_that_cboes_own_file_is_read() -> None:
    assert closes(b"DATE,RUT\n09/24/2026,2400.5\n", "RUT_History.csv") == {
        "import:RUT:price": {date(2026, 9, 24): 2400.5}
    }


@pytest.mark.parametrize(
    "content",
    [
        b"Ticker,Name,Weight (%)\nAAA,Alpha,1\n",
        b"Date,Ticker,Close\n2026-09-24,IWM,240.5\n",
        b"nonsense",
        b"",
        b"\x00\x01\x02",
        b"date,code,oi\n2026-09-22,239742,1\n",
    ],
)
def test_that_other_files_are_not_taken_for_closes(content: bytes) -> None:
    assert not importing_prices.recognises(content)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"Date,Open\n2026-09-24,1\n", "IWM.csv", "no header with a date and a close"),
        (b"Date,Close\n", "IWM.csv", "has no closes"),
        (b"Date,Close\n" + b"24/09/2026,240.5\n" * 9, "IWM.csv", "Dates must be like"),
        (b"Date,Close\n" + b"2026-09-24,-5\n" * 9, "IWM.csv", "plain numbers above zero"),
        (CSV, "my closes of today.csv", "say whose closes these are"),
    ],
)
def test_that_what_is_wrong_is_said_and_nothing_imported(content: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        importing_prices.read(content, name, NOW, symbol=None)


def test_that_an_odd_row_is_refused_by_itself() -> None:
    batch = importing_prices.read(CSV + b"soon,1,2,3,4,5\n", "IWM.csv", NOW, symbol=None)
    assert [refusal.content for refusal in batch.refused] == ["soon,4"]


def test_that_imported_closes_are_read_back_and_a_second_import_adds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "archive.sqlite") as archive:
        batch = importing_prices.read(CSV, "ZZZ.csv", NOW, symbol=None)
        assert archive.save(batch).rows_new == 2
        assert archive.save(batch).rows_new == 0
        found = archive.closes("ZZZ", NOW)
        assert found is not None and found.source == "import" and found.close.tolist() == [240.5, 241.5]
        assert "2 closes of ZZZ" in importing_prices.remark(batch)
