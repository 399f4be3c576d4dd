"""The built-in closes: which days are there, and that they read back as they were."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from models.calc.performance import league
from models.calc.prices import gap, price_pair
from models.calendars import parse_as_of, sessions
from models.names import Known
from models.records import Observations
from models.windows import JANUARY_TO_MAY, MTD
from services.archive.archive import Archive
from services.starter import price_table, tables
from tests.services.archive.samples import at, batch, opened

AS_OF = at("2018-01-02 23:30")
DAYS = np.array(sessions(date(2015, 12, 1), date(2018, 1, 2)), dtype="M8[D]")
READ = tables.batches


def series(symbol: str, last: date) -> Observations:
    kept = DAYS[np.datetime64(last) >= DAYS]
    return Observations(f"cboe:{symbol}:price", kept, 100 + np.arange(len(kept)) / 3, Known.CBOE_CLOSE)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "source.sqlite") as archive:
        rows = (series("RUT", date(2018, 1, 2)), series("SPX", date(2017, 10, 10)), series("XLF", date(2018, 1, 2)))
        for row in rows:
            archive.save(batch(row, source="cboe", dataset=row.series, retrieved_at=datetime(2018, 1, 2, tzinfo=UTC)))
        yield archive


def exported(source: Archive, out: Path) -> dict[str, Observations]:
    tables.export(source, out, AS_OF, [])
    found = [rows for item in READ(out) for rows in item.rows]
    return {rows.series: rows for rows in found if isinstance(rows, Observations)}


def test_that_month_ends_the_half_year_and_the_newest_sessions_are_there(source: Archive, tmp_path: Path) -> None:
    made = exported(source, tmp_path / "out")
    assert set(made) == {"starter:RUT:price", "starter:SPX:price", "starter:XLF:price"}
    half_year = set(sessions(*price_table.DAILY))
    for name, of in made.items():
        days = set(of.date.tolist())
        assert half_year <= days
        assert of.known is Known.EXCHANGE_CLOSE
        assert (date(2016, 3, 31) in days) is ("XLF" not in name)
        assert date(2016, 4, 6) not in days
    both = set(sessions(date(2017, 1, 1), date(2017, 10, 10))[-price_table.NEWEST :])
    assert both <= set(made["starter:RUT:price"].date.tolist()) & set(made["starter:SPX:price"].date.tolist())
    assert made["starter:RUT:price"].date[-1].astype(object) == date(2018, 1, 2)


def test_that_the_same_closes_give_the_same_bytes(source: Archive, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        exported(source, tmp_path / folder)
    name = price_table.FILE
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert "belong to their providers" in (tmp_path / "a" / tables.NOTE).read_text()


def test_that_the_built_in_closes_tell_the_story_of_2017_without_a_network(tmp_path: Path) -> None:
    with opened(tmp_path / "archive.sqlite") as archive:
        moment = parse_as_of("2017-06-16")
        small, large = archive.closes("RUT", moment), archive.closes("SPX", moment)
        assert small is not None and large is not None and small.source == "starter"
        both = price_pair(small, large)
        month, table = gap(both, MTD), league(both, JANUARY_TO_MAY)
        assert month is not None and month.small_pct == pytest.approx(2.67, abs=0.005)
        assert table is not None and table.worst_since == 1998 and len(table.rows) == 30
        banks = [archive.closes(symbol, moment) for symbol in price_table.FUNDS]
        assert all(found is not None and len(found) > 100 for found in banks)
