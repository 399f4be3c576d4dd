"""Each command's JSON is one object of the documented shape, on the built-in figures and without a network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from ui.commands.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "ui" / "commands" / "schemas"
JUNE = ("--as-of", "2017-06-16")

CALLS = [
    ("series", ("--market", "euro", *JUNE), 0),
    ("series", ("--basis", "share_of_oi", "--legs", "all", *JUNE), 0),
    ("series", ("--market", "cocoa", *JUNE), 1),
    ("records", ("--kind", "swing", "--direction", "both", *JUNE), 0),
    ("records", ("--kind", "level", "--direction", "down", "--separate", *JUNE), 0),
    ("records", ("--kind", "streak", *JUNE), 0),
    ("records", ("--as-of", "1980-01-01"), 1),
    ("scan", JUNE, 0),
    ("scan", ("--report", "tff_combined"), 0),
    ("brief", JUNE, 0),
    ("brief", ("--market", "wti"), 0),
    ("brief", ("--as-of", "1980-01-01"), 1),
]


def called(command: str, *arguments: str, profile: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(ROOT / "main.py"), command, "--profile", str(profile), *arguments]
    return subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("command", "arguments", "code"), CALLS, ids=[f"{c} {' '.join(a)}" for c, a, _ in CALLS])
def test_that_the_answer_has_the_documented_shape(
    command: str, arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    done = called(command, "--format", "json", *arguments, profile=tmp_path / "profile")
    assert done.returncode == code, done.stderr
    answer = json.loads(done.stdout)
    schema = json.loads((SCHEMAS / f"{command}.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer)
    if code == 1:
        assert done.stderr.count("\n") == 1, "one sentence says that there is nothing"


def test_that_a_brief_of_nothing_says_so_once(tmp_path: Path) -> None:
    done = called("brief", "--market", "cocoa", profile=tmp_path / "profile")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("No figures for Cocoa are held") == 1
    out = str(tmp_path / "brief.txt")
    assert "No figures for Cocoa" in called("brief", "--market", "cocoa", "--out", out, profile=tmp_path / "p2").stderr


def test_that_reports_without_one_of_the_contracts_are_counted(tmp_path: Path) -> None:
    done = called("series", "--legs", "all", "--as-of", "2026-06-30", "--format", "json", profile=tmp_path / "profile")
    whole = called("series", "--as-of", "2026-06-30", "--format", "json", profile=tmp_path / "profile")
    gone = len(json.loads(whole.stdout)["rows"]) - len(json.loads(done.stdout)["rows"])
    assert gone > 100
    assert done.stderr.startswith("Left out, as one of the contracts is not held: ")


def test_that_every_schema_is_a_schema_and_every_answer_in_rows_has_one() -> None:
    named = {path.stem for path in SCHEMAS.glob("*.json")}
    for path in SCHEMAS.glob("*.json"):
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
    without = set(COMMANDS) - named
    assert without <= {"screenshot", "export", "earnings", "leverage"}, without


@pytest.mark.parametrize(
    "line",
    [
        ("frobnicate",),
        ("series", "--market", "no-such-market"),
        ("series", "--report", "legacy"),
        ("series", "--group", "hedge_funds"),
        ("series", "--report", "legacy_futures", "--group", "leveraged_funds"),
        ("series", "--basis", "points"),
        ("series", "--legs", "999999"),
        ("series", "--as-of", "2017-02-30"),
        ("records", "--window", "27"),
        ("records", "--kind", "sign"),
        ("refresh", "--source", "stooq"),
        ("screenshot", "--page", "settings", "--out", "x.png"),
        ("screenshot", "--size", "10x10", "--out", "x.png"),
        ("brief", "--format", "csv"),
        ("scan", "--colour"),
    ],
    ids=" ".join,
)
def test_that_wrong_usage_ends_with_64_and_one_sentence(line: tuple[str, ...], tmp_path: Path) -> None:
    done = called(*line, profile=tmp_path / "profile")
    assert done.returncode == 64
    assert done.stdout == ""
    assert done.stderr.strip().count("\n") == 0
