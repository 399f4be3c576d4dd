"""`performance` and `credit` from the command line: fields, exit codes, and what is said of what is missing."""

import argparse
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from pytest_httpserver import HTTPServer

from models.calendars import sessions
from models.names import Known
from models.records import Batch, Observations, Provenance
from services.archive.archive import Archive
from services.clock import Clock
from services.paths import archive_path
from services.starter import tables
from ui.commands import credit, performance
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError

NOW = datetime(2017, 6, 19, 23, tzinfo=UTC)
SCHEMAS = Path(performance.__file__).parent / "schemas"
DAYS = sessions(date(2014, 12, 1), date(2017, 6, 19))

Run = Callable[..., tuple[int, str, str]]


def series(name: str, step_pct: float, known: Known = Known.EXCHANGE_CLOSE) -> Observations:
    values = 100 * np.cumprod(np.full(len(DAYS), 1 + step_pct / 100))
    return Observations(name, np.array(DAYS, dtype="M8[D]"), values, known)


@pytest.fixture
def fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call it with what the archive should hold."""
    monkeypatch.setattr(tables, "batches", lambda: iter(()))

    def save(*rows: Observations) -> None:
        archive = Archive.open(archive_path(tmp_path), Clock(NOW))
        for row in rows:
            source = row.series.partition(":")[0]
            archive.save(Batch(Provenance(source, row.series, "https://example.org/", NOW), (row,)))
        archive.close()

    return save


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    base = Context(Clock(NOW), tmp_path, None, False, NOW, False, "json", None, False)

    def call(module: Any, *arguments: str, **changes: Any) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        code = module.run(parser.parse_args(arguments), replace(base, **changes))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def checked(name: str, text: str) -> Mapping[str, Any]:
    """The answer, after the schema has found nothing wrong with it."""
    answer: Mapping[str, Any] = json.loads(text)
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer)
    return answer


PAIR = (series("cboe:RUT:price", 0.10), series("cboe:SPX:price", 0.05))


def test_that_the_four_windows_come_without_being_asked_for(fill: Callable[..., None], run: Run) -> None:
    fill(*PAIR)
    code, out, err = run(performance)
    answer = checked("performance", out)
    assert code == EXIT_OK and err == ""
    assert list(answer["windows"]) == ["mtd", "qtd", "ytd", "jan-may"]
    month = answer["windows"]["mtd"]
    count = len(sessions(date(2017, 6, 1), date(2017, 6, 19)))
    assert month["small"] == {
        "symbol": "RUT",
        "source": "cboe",
        "return_pct": pytest.approx(100 * (1.001**count - 1)),
        "from": "2017-05-31",
        "to": "2017-06-19",
    }
    assert month["gap_points"] == pytest.approx(month["small"]["return_pct"] - month["large"]["return_pct"])
    assert [row["year"] for row in answer["windows"]["jan-may"]["league"]] != []
    assert answer["windows"]["jan-may"]["league_of"] == 3


def test_that_windows_and_streaks_are_those_asked_for(fill: Callable[..., None], run: Run) -> None:
    fill(*PAIR, series("yahoo:XLF:price", 0.2))
    arguments = ("--window", "ytd", "--window", "2017-01-01:2017-05-31", "--streak", "xlf:9")
    code, out, _ = run(performance, *arguments)
    answer = checked("performance", out)
    assert code == EXIT_OK
    assert list(answer["windows"]) == ["ytd", "2017-01-01:2017-05-31"]
    (one,) = answer["streaks"]
    assert (one["symbol"], one["up"], one["of"], one["frequency_pct"]) == ("XLF", 9, 9, 100)


def test_that_total_returns_are_their_own_series(fill: Callable[..., None], run: Run) -> None:
    fill(series("yahoo:IWM:total", 0.2), series("yahoo:SPY:total", 0.1), series("yahoo:IWM:price", 0.0))
    code, out, _ = run(performance, "--small", "IWM", "--large", "SPY", "--return", "total", "--window", "mtd")
    answer = checked("performance", out)
    assert code == EXIT_OK and answer["return"] == "total"
    assert answer["windows"]["mtd"]["small"]["return_pct"] > 2


def test_that_what_is_missing_is_null_and_said(fill: Callable[..., None], run: Run) -> None:
    fill(PAIR[0])
    code, out, err = run(performance, "--window", "mtd", "--streak", "KRE:9")
    answer = checked("performance", out)
    assert code == EXIT_PARTLY
    assert answer["windows"] == {"mtd": None}
    assert answer["streaks"][0]["up"] is None
    assert "S&P 500 (SPX)" in err and "KRE" in err


def test_that_nothing_later_than_the_moment_is_used(fill: Callable[..., None], run: Run) -> None:
    fill(*PAIR)
    _, out, _ = run(performance, as_of=datetime(2017, 5, 31, 21, tzinfo=UTC))
    answer = checked("performance", out)
    assert answer["windows"]["mtd"]["small"]["to"] == "2017-05-31"
    _, out, _ = run(performance, as_of=datetime(2017, 5, 31, 19, 59, tzinfo=UTC))
    answer = checked("performance", out)
    assert answer["windows"]["mtd"]["small"]["to"] == "2017-05-30"
    assert answer["windows"]["jan-may"]["small"]["to"] == "2016-05-31"


@pytest.mark.parametrize("form", ["text", "csv", "md"])
def test_that_tables_have_a_row_a_window(fill: Callable[..., None], run: Run, form: str) -> None:
    fill(*PAIR, series("yahoo:XLF:price", 0.2))
    code, out, _ = run(performance, "--streak", "XLF:9", format=form)
    assert code == EXIT_OK
    assert all(name in out for name in ("mtd", "qtd", "ytd", "jan-may"))
    if form == "text":
        assert "XLF up in 9 of the last 9 sessions" in out
    if form == "csv":
        assert out.splitlines()[0].startswith("window,from,to,small_pct")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--window", "wtd"),
        ("--window", "2017-06-01:2017-05-01"),
        ("--return", "gross"),
        ("--streak", "XLF"),
        ("--streak", "XLF:0"),
        ("--streak", "XLF:x"),
        ("--small", "NOPE"),
        ("--streak", "NOPE:9"),
    ],
)
def test_that_a_wrong_question_is_a_usage_error(
    fill: Callable[..., None], run: Run, arguments: tuple[str, ...]
) -> None:
    fill(*PAIR)
    with pytest.raises(UsageError, match=r"\.$"):
        run(performance, *arguments)


def test_that_imported_symbols_are_valid_questions(fill: Callable[..., None], run: Run) -> None:
    fill(*PAIR, series("import:ZZZ:price", 0.3))
    code, out, _ = run(performance, "--small", "zzz", "--window", "mtd")
    assert code == EXIT_OK and checked("performance", out)["small"] == "ZZZ"


def test_that_each_held_series_has_a_row(fill: Callable[..., None], run: Run) -> None:
    fill(series("nyfed:CMDI", 0.01, Known.NEXT_MORNING), series("treasury:10Y", 0.01, Known.NEXT_MORNING))
    code, out, _ = run(credit)
    rows = {row["series"]: row for row in checked("credit", out)["rows"]}
    assert code == EXIT_OK
    assert set(rows) == {"CMDI", "UST-10Y"}
    assert rows["CMDI"]["change_4w_bp"] is None and rows["CMDI"]["change_4w"] > 0
    assert rows["CMDI"]["direction"] == "widening" and rows["UST-10Y"]["direction"] is None
    assert rows["UST-10Y"]["change_4w_bp"] == pytest.approx(100 * rows["UST-10Y"]["change_4w"])
    assert rows["CMDI"]["date"] == "2017-06-16"


def test_that_series_are_chosen_by_name_or_id_or_source(fill: Callable[..., None], run: Run) -> None:
    fill(series("nyfed:CMDI", 0.01, Known.NEXT_MORNING), series("treasury:10Y", 0.01, Known.NEXT_MORNING))
    for arguments in (("--series", "cmdi"), ("--series", "nyfed:CMDI"), ("--source", "nyfed")):
        _, out, _ = run(credit, *arguments)
        assert [row["series"] for row in checked("credit", out)["rows"]] == ["CMDI"]
    with pytest.raises(UsageError):
        run(credit, "--series", "NOPE")
    with pytest.raises(UsageError):
        run(credit, "--source", "nope")


def test_that_no_rows_are_an_empty_list_and_a_sentence(fill: Callable[..., None], run: Run) -> None:
    fill()
    code, out, err = run(credit)
    assert code == EXIT_PARTLY and checked("credit", out)["rows"] == []
    assert err.strip().endswith(".") and len(err.strip().splitlines()) == 1


def test_that_fred_is_asked_only_with_its_terms_accepted_and_nothing_is_kept(
    fill: Callable[..., None], run: Run, httpserver: HTTPServer, tmp_path: Path
) -> None:
    fill()
    body = "observation_date,BAA10Y\n2017-06-14,2.20\n2017-06-15,2.18\n"
    httpserver.expect_request(re.compile("/fred.stlouisfed.org/.*")).respond_with_data(body)
    mirror = httpserver.url_for("").rstrip("/")
    arguments = ("--source", "fred", "--series", "BAA10Y")
    code, out, err = run(credit, *arguments, mirror=mirror)
    assert code == EXIT_FAILED and httpserver.log == [] and "--accept-terms fred" in err
    code, out, _ = run(credit, *arguments, "--accept-terms", "fred", mirror=mirror)
    (row,) = checked("credit", out)["rows"]
    assert code == EXIT_OK
    assert (row["series"], row["source"], row["level"], row["date"]) == ("BAA10Y", "fred", 2.18, "2017-06-15")
    assert not any(b"BAA10Y" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    code, _, err = run(credit, *arguments, "--accept-terms", "fred", mirror=mirror, is_offline=True)
    assert code == EXIT_FAILED and "offline" in err
