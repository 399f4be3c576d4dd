import argparse
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from models.calendars import end_of_day
from models.records import Batch, Provenance, SectorWeights, Snapshot
from models.taxonomies import Taxonomy
from services.archive.archive import Archive
from services.clock import Clock
from services.paths import archive_path
from services.starter import tables
from tests.models.holdings import by_sector, holding, snapshot
from ui.commands import holdings, sectors
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError

NOW = datetime(2018, 1, 2, 15, tzinfo=UTC)
JUNE = date(2017, 6, 30)
SCHEMAS = Path(sectors.__file__).parent / "schemas"

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Callable[..., None]":
    """Call it with what the archive should hold."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))

    def fill(*rows: Snapshot | SectorWeights) -> None:
        opened = Archive.open(archive_path(tmp_path), Clock(NOW))
        for row in rows:
            url = f"https://example.org/{row.fund}"
            opened.save(Batch(Provenance("ishares", row.fund, url, NOW, row.as_of), (row,)))
        opened.close()

    return fill


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(module: Any, *arguments: str, as_of: datetime | None = None) -> tuple[int, dict[str, Any]]:
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        context = Context(
            clock=Clock(NOW),
            profile=tmp_path,
            mirror=None,
            is_offline=True,
            as_of=as_of or NOW,
            is_live=as_of is None,
            format="json",
            out=None,
            is_quiet=False,
        )
        code = module.run(parser.parse_args(arguments), context)
        printed = capsys.readouterr()
        answer = json.loads(printed.out)
        name = module.__name__.rpartition(".")[2]
        schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(answer)
        answer["said"] = printed.err
        return code, answer

    return call


SMALL = by_sector({"Financials": 18.0, "Real Estate": 8.0, "Energy": 74.0}, "IWM", JUNE)
LARGE = by_sector({"Financials": 14.0, "Real Estate": 3.0, "Energy": 83.0}, "IVV", JUNE)


def test_that_weights_are_given_with_their_days_and_coverage(archive: Callable[..., None], run: Run) -> None:
    archive(SMALL, LARGE)
    code, answer = run(sectors)
    assert code == EXIT_OK
    assert (answer["small_as_of"], answer["large_as_of"]) == ("2017-06-30", "2017-06-30")
    assert answer["equity_share_pct"] == pytest.approx(100.0)
    assert answer["left_out"] == []
    by_name = {row["sector"]: row for row in answer["rows"]}
    assert len(by_name) == 11
    assert by_name["Financials"]["small_pct"] == pytest.approx(18.0)
    assert by_name["Financials"]["difference_points"] == pytest.approx(4.0)
    assert by_name["Financials"]["ratio"] == pytest.approx(18 / 14)
    assert by_name["Utilities"]["ratio"] is None
    assert set(answer["rows"][0]) == set(sectors.FIELDS)


def test_that_the_taxonomy_can_be_chosen(archive: Callable[..., None], run: Run) -> None:
    archive(SMALL, LARGE)
    _, answer = run(sectors, "--taxonomy", "gics_pre2016")
    by_name = {row["sector"]: row["small_pct"] for row in answer["rows"]}
    assert by_name["Financials"] == pytest.approx(26.0)
    assert "Real Estate" not in by_name


def test_that_a_small_fund_in_another_taxonomy_makes_the_answer_a_part(archive: Callable[..., None], run: Run) -> None:
    nine = (("Financial Services", 26.0), ("Energy", 74.0))
    archive(SectorWeights("IWM", JUNE, Taxonomy.RUSSELL, nine, 2000, ""), LARGE)
    code, answer = run(sectors)
    assert code == EXIT_PARTLY
    assert {row["small_pct"] for row in answer["rows"]} == {None}
    assert answer["small_fund"]["holdings"] == 2000
    assert "No holdings of IWM are known as of this moment in this taxonomy." in answer["said"]
    assert run(sectors, "--taxonomy", "provider")[0] == EXIT_OK


def test_that_nothing_is_known_before_the_next_business_day(archive: Callable[..., None], run: Run) -> None:
    archive(SMALL, LARGE)
    code, answer = run(sectors, as_of=end_of_day(JUNE))
    assert (code, answer["rows"]) == (EXIT_PARTLY, [])
    assert answer["small_as_of"] is None
    assert "No holdings of IWM are known as of 30 Jun 2017. The next are of 30 Jun 2017." in answer["said"]


def test_that_a_missing_large_fund_is_said(archive: Callable[..., None], run: Run) -> None:
    archive(SMALL)
    code, answer = run(sectors)
    assert code == EXIT_PARTLY
    assert answer["rows"][0]["large_pct"] is None
    assert "No holdings of IVV are known" in answer["said"]


@pytest.mark.parametrize(
    "arguments",
    [("--small", "NOSUCH"), ("--small", "not a fund"), ("--taxonomy", "sic"), ("--small-date", "yesterday")],
)
def test_that_unknown_names_are_usage_errors(
    archive: Callable[..., None], run: Run, arguments: tuple[str, ...]
) -> None:
    archive(SMALL, LARGE)
    with pytest.raises(UsageError):
        run(sectors, *arguments)


def test_that_an_imported_fund_can_be_named(archive: Callable[..., None], run: Run) -> None:
    archive(by_sector({"Energy": 100.0}, "MINE", JUNE), LARGE)
    code, answer = run(sectors, "--small", "mine")
    assert (code, answer["small"]) == (EXIT_OK, "MINE")


def test_that_statements_come_under_each_taxonomy(archive: Callable[..., None], run: Run) -> None:
    archive(SMALL, LARGE)
    _, answer = run(sectors)
    financials = [item for item in answer["statements"] if item["sector"] == "Financials"]
    assert [item["definition"]["taxonomy"] for item in financials] == ["gics", "gics_pre2016"]
    assert {item["kind"] for item in financials} == {"sector"}
    assert financials[0]["sources"] == ["https://example.org/IWM", "https://example.org/IVV"]


def test_that_holdings_come_largest_first(archive: Callable[..., None], run: Run) -> None:
    archive(
        snapshot(
            holding("SMALLER", 100.0),
            holding("LARGER", 300.0, "Communication"),
            holding("USD", -4.0, "Cash and/or Derivatives", asset_class="Cash"),
            fund="IWM",
            as_of=JUNE,
        )
    )
    code, answer = run(holdings, "--fund", "IWM")
    assert code == EXIT_OK
    assert [(row["ticker"], row["sector"], row["weight_pct"]) for row in answer["rows"]] == [
        ("LARGER", "Communication Services", 75.0),
        ("SMALLER", "Financials", 25.0),
    ]
    assert answer["holdings_as_of"] == "2017-06-30"
    assert answer["left_out"][0]["what"] == "Cash"


def test_that_another_funds_holdings_do_not_stand_in(archive: Callable[..., None], run: Run) -> None:
    archive(by_sector({"Energy": 100.0}, "VTWO", JUNE))
    code, answer = run(holdings, "--fund", "IWM")
    assert (code, answer["rows"]) == (EXIT_PARTLY, [])
    assert "No holdings of IWM are known" in answer["said"]


def test_that_weights_without_holdings_say_so(archive: Callable[..., None], run: Run) -> None:
    archive(SectorWeights("IWM", JUNE, Taxonomy.GICS, (("Energy", 100.0),), 1900))
    code, answer = run(holdings, "--fund", "IWM")
    assert (code, answer["rows"]) == (EXIT_PARTLY, [])
    assert "only sector weights of 30 Jun 2017" in answer["said"]


def test_that_an_unknown_share_of_equity_says_why(archive: Callable[..., None], run: Run) -> None:
    archive(
        SectorWeights("IWM", JUNE, Taxonomy.GICS, (("Energy", 100.0),), 1900), by_sector({"Energy": 1.0}, "IVV", JUNE)
    )
    _, answer = run(sectors)
    Draft202012Validator(json.loads((SCHEMAS / "sectors.json").read_text())).validate(
        {name: value for name, value in answer.items() if name != "said"}
    )
    note = "Of IWM on 30 Jun 2017 only sector weights are held, so its share of equity is unknown."
    assert (answer["equity_share_pct"], answer["equity_share_note"]) == (None, note)
    assert note in answer["said"]
