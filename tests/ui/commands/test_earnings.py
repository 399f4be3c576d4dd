"""The commands `earnings` and `leverage` on a real archive."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.calendars import parse_as_of
from models.pages.earnings_report import FIELDS
from models.records import Estimate, Fact, Holding, Rows, Snapshot
from services.archive.archive import Archive
from services.clock import Clock
from services.importing_sp_earnings import parse
from services.paths import archive_path
from services.starter import tables
from tests.services.archive.samples import batch
from tests.services.sp_workbook import sp_workbook
from ui.commands import earnings, leverage
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError

Run = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    return tmp_path / "profile"


@pytest.fixture
def run(profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call it with the rows held, the moment and the arguments: the exit code and the JSON."""

    def call(
        rows: list[Rows], as_of: str, *arguments: str, command: object = earnings
    ) -> tuple[int, dict[str, object]]:
        path = archive_path(profile)
        path.parent.mkdir(parents=True, exist_ok=True)
        archive = Archive.open(path, Clock())
        for part in rows:
            archive.save(batch(part))
        archive.close()
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)  # type: ignore[attr-defined]
        out = tmp_path / "out.json"
        context = Context(Clock(), profile, None, True, parse_as_of(as_of), False, "json", out, False)
        code: int = command.run(parser.parse_args(arguments), context)  # type: ignore[attr-defined]
        return code, json.loads(out.read_text())

    return call


def workbook() -> list[Rows]:
    return [parse(sp_workbook()).estimates]


def test_that_growth_comes_by_year_with_its_vintage_and_basis(run: Run) -> None:
    code, made = run(workbook(), "2017-07-31")
    assert code == EXIT_OK
    rows = made["rows"]
    assert isinstance(rows, list)
    assert list(rows[0]) == list(FIELDS)
    assert [(row["year"], row["index"]) for row in rows] == [
        (2016, "sp-600"),
        (2016, "sp-500"),
        (2017, "sp-600"),
        (2017, "sp-500"),
    ]
    assert rows[2] == {
        "year": 2017,
        "index": "sp-600",
        "eps": 12,
        "growth_pct": 50,
        "is_estimate": True,
        "vintage": "2017-07-05",
        "basis": "operating",
        "coverage_pct": None,
    }


def test_that_a_row_for_people_is_rounded_and_says_what_is_an_estimate() -> None:
    row = dict(
        zip(FIELDS, (2017, "sp-600", 37.769999999999996, None, True, "2017-07-05", "operating", 81.26), strict=True)
    )
    assert earnings._cells(row) == ["2017", "sp-600", "37.77", "NM", "estimate", "2017-07-05", "operating", "81.3"]


def test_that_index_names_may_be_written_as_people_write_them(run: Run) -> None:
    _, made = run(workbook(), "2017-07-31", "--small", "S&P 600", "--large", "s&p 500")
    assert made["small"] == "sp-600" and made["large"] == "sp-500"


def test_that_before_the_first_vintage_there_are_no_rows_and_one_sentence(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code, made = run(workbook(), "2017-06-16")
    assert (code, made["rows"]) == (EXIT_PARTLY, [])
    assert capsys.readouterr().err == "No estimates dated on or before 16 Jun 2017. The next is 5 Jul 2017.\n"


@pytest.mark.parametrize("arguments", [("--basis", "guessed"), ("--small", "nikkei")])
def test_that_an_unknown_name_is_called_a_usage_error(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="Known: "):
        run([], "2017-07-31", *arguments)


def test_that_leverage_comes_from_accounts_of_the_held_fund(run: Run) -> None:
    lines = [Holding(name, name, "Industrials", "Equity", market_value_usd=1e6) for name in ("AAA", "BBB")]
    bank = Holding("CCC", "CCC", "Financials", "Equity", market_value_usd=1e6)
    year = (date(2016, 1, 1), date(2016, 12, 31))
    filed = date(2017, 3, 1)
    facts: list[Fact] = []
    for ticker, debt, earned in (("AAA", 300.0, 100.0), ("BBB", 100.0, 50.0), ("CCC", 1e6, 1.0)):
        facts += [
            Fact(ticker, "debt", None, year[1], debt, filed),
            Fact(ticker, "cash", None, year[1], 25.0, filed),
            Fact(ticker, "ebitda", *year, earned, filed),
        ]
    snapshot = Snapshot("IWM", date(2017, 6, 1), "gics", (*lines, bank))
    code, made = run([snapshot, tuple(facts)], "2017-06-16", command=leverage)
    assert code == EXIT_OK
    rows = made["rows"]
    assert isinstance(rows, list)
    assert rows[0]["series"] == "iwm:net" and rows[0]["level"] == pytest.approx(350 / 150)
    assert rows[0]["change_4w_bp"] is None and rows[0]["percentile"] is None
    assert rows[3]["level"] == pytest.approx((2.75 + 1.5) / 2)
    assert made["note"] == "IWM: 2 of 2 companies have accounts."


def test_that_leverage_without_accounts_says_what_brings_them(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = run([], "2017-06-16", command=leverage)
    assert (code, made["rows"]) == (EXIT_PARTLY, [])
    assert "the SEC source brings them" in capsys.readouterr().err


def test_that_an_estimate_is_not_known_before_its_morning(run: Run) -> None:
    july = Estimate("sp-600", "", "2016", "operating", date(2017, 7, 5), 8.0, is_estimate=False)
    late = datetime(2017, 7, 6, 12, 59, tzinfo=UTC).isoformat()
    code, _ = run([(july,)], late)
    assert code == EXIT_PARTLY
