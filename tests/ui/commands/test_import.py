"""The command `import`: whose figures they are must be known, and what it states otherwise is listed."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.clock import Clock
from services.starter import tables
from ui.commands import import_files
from ui.commands.context import EXIT_OK, Context, UsageError

SCHEMA = json.loads((Path(import_files.__file__).parent / "schemas" / "import.json").read_text())
NOW = datetime(2017, 6, 20, 12, tzinfo=UTC)
CLOSES = "Date,Open,High,Low,Close,Volume\n2017-06-14,1,2,3,140.5,1000\n2017-06-15,1,2,3,141.5,1000\n"

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))

    def call(text: str, *arguments: str, form: str = "json") -> tuple[int, Any]:
        file, out = tmp_path / "IWM.csv", tmp_path / "out"
        file.write_text(text)
        parser = argparse.ArgumentParser()
        import_files.add_arguments(parser)
        context = Context(Clock(NOW), tmp_path / "profile", None, True, NOW, True, form, out, True)
        code = import_files.run(parser.parse_args([str(file), *arguments]), context)
        return code, json.loads(out.read_text()) if form == "json" else out.read_text()

    return call


def test_that_a_conflict_is_listed_with_both_values(run: Run) -> None:
    code, answer = run(CLOSES)
    assert (code, answer["rows"][0]["conflicts"]) == (EXIT_OK, [])
    code, answer = run(CLOSES.replace("141.5", "141.75"))
    Draft202012Validator(SCHEMA).validate(answer)
    assert answer["rows"][0]["conflicts"] == [
        {"row": "import:IWM:price, 2017-06-15", "figure": "value", "held": 141.5, "new": 141.75}
    ]


def test_that_conflicts_are_words_outside_of_json(run: Run) -> None:
    run(CLOSES)
    _, said = run(CLOSES.replace("141.5", "141.75"), form="csv")
    assert "import:IWM:price, 2017-06-15, value: held 141.5, new 141.75" in said


@pytest.mark.parametrize("name", ["NOPE", "nope", "no fund!"])
def test_that_an_unknown_fund_is_refused_with_how_to_name_one(run: Run, name: str) -> None:
    with pytest.raises(UsageError, match=r"IWM"):
        run(CLOSES, "--fund", name)


@pytest.mark.parametrize("name", ["IWM", "iwm", "^RUT", "SPX", "239710"])
def test_that_funds_and_indices_of_the_catalogue_are_taken(run: Run, name: str) -> None:
    code, answer = run(CLOSES, "--fund", name)
    assert (code, answer["rows"][0]["rows_new"]) in ((EXIT_OK, 2), (2, 0))
