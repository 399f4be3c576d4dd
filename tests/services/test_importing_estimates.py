import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.records import Batch, Estimate
from services.errors import InputError
from services.importing_estimates import Mapped, load_mapping, read, recognises, remark

NOW = datetime(2017, 7, 20, tzinfo=UTC)
PLAIN = b"Ticker,Period,EPS,High,Low,Analysts,Date,Basis\nACME,2017,1.25,1.5,1,9,2017-07-13,operating\n"


def estimates(batch: Batch) -> list[Estimate]:
    (rows,) = batch.rows
    assert isinstance(rows, tuple)
    return [row for row in rows if isinstance(row, Estimate)]


def test_that_columns_are_recognised_by_their_usual_names() -> None:
    assert recognises(PLAIN)
    batch = read(PLAIN, "mine.csv", NOW)
    assert estimates(batch) == [Estimate("ACME", "", "2017", "operating", date(2017, 7, 13), 1.25, True, 1.5, 1.0, 9)]
    assert batch.provenance.as_of == date(2017, 7, 13)
    assert remark(batch) == "1 estimate of 1 subject, the newest of 2017-07-13."


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2017", "2017"),
        ("2017E", "2017"),
        ("2017Q3", "2017Q3"),
        ("2017 Q3", "2017Q3"),
        ("Q3 2017", "2017Q3"),
        ("Sep 2017", "FY2017-09"),
        ("2017-09-30", "FY2017-09"),
        ("FQ: Sep 2017", "FQ2017-09"),
    ],
)
def test_that_periods_are_read_as_people_write_them(text: str, period: str) -> None:
    body = f"Ticker,Period,EPS,Date\nACME,{text},1,2017-07-13\n".encode()
    assert estimates(read(body, "mine.csv", NOW))[0].period == period


def test_that_a_mapping_names_the_columns_and_what_the_file_does_not_say(tmp_path: Path) -> None:
    body = "Kennung;Jahr;Schätzung\nS&P 600;2017;37,77\n".encode()
    path = tmp_path / "mapping.json"
    columns = {"subject": "Kennung", "period": "Jahr", "value": "Schätzung"}
    path.write_text(json.dumps({"columns": columns, "basis": "operating", "vintage": "2017-07-13"}), "utf-8")
    (made,) = estimates(read(body, "mine.csv", NOW, mapped=load_mapping(path)))
    assert (made.subject, made.value, made.basis, made.vintage) == ("sp-600", 37.77, "operating", date(2017, 7, 13))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("[]", 'no "columns"'),
        ("{", "not JSON"),
        ('{"columns": {"colour": "x"}}', "maps colour"),
        ('{"columns": {}, "basis": "guess"}', "basis 'guess'"),
        ('{"columns": {}, "vintage": "soon"}', "no date"),
    ],
)
def test_that_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, held: str, words: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(held)
    with pytest.raises(InputError, match=words):
        load_mapping(path)


def test_that_the_day_may_come_with_the_command() -> None:
    body = b"Ticker,Period,EPS\nACME,2017,1.25\n"
    assert not recognises(body)
    assert estimates(read(body, "mine.csv", NOW, as_of=date(2017, 7, 13)))[0].vintage == date(2017, 7, 13)
    with pytest.raises(InputError, match="--as-of-date"):
        read(body, "mine.csv", NOW)


def test_that_some_bad_rows_are_refused_and_many_refuse_the_file() -> None:
    good = b"Ticker,Period,EPS,Date\n" + b"".join(b"AC%d,2017,1,2017-07-13\n" % n for n in range(9))
    batch = read(good + b"ACME,2017,n/a,2017-07-13\n", "mine.csv", NOW)
    assert [(r.what, r.reason) for r in batch.refused] == [("row 11", "the earnings are no number")]
    with pytest.raises(InputError, match="3 rows cannot be read; the first is row 11"):
        read(good + b"ACME,whenever,1,2017-07-13\n" * 3, "mine.csv", NOW)


def test_that_a_day_to_come_and_a_foreign_table_are_refused() -> None:
    with pytest.raises(InputError, match="a day to come"):
        read(PLAIN.replace(b"2017-07-13", b"2018-07-13"), "mine.csv", NOW)
    with pytest.raises(InputError, match="no columns for subject, period, value"):
        read(b"a,b\n1,2\n", "mine.csv", NOW, mapped=Mapped())
    assert not recognises(b"Ticker,Weight\nACME,1\n")
