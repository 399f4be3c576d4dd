"""A sample of every case of the soak run, and the table that it prints."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak import cases, runner
from tests.soak.cases import CASES
from tests.soak.effort import Effort
from tests.soak.runner import FAILED, OK, Row, run_all, table

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "tests.soak.test_soak:broken"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="cases are copies of one process, which Linux makes")


def broken(effort: Effort) -> None:
    for _ in effort.tries(full=9, quick=3):
        if effort.tried == 2:
            raise RuntimeError("the second try went wrong")


def test_that_a_sample_of_every_case_goes_through() -> None:
    command = [sys.executable, "-m", "tests.soak", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    header, *rows = done.stdout.splitlines()
    assert header.split() == ["case", "tries", "result"]
    assert [row.rsplit(maxsplit=2)[0] for row in rows] == list(CASES)
    assert {row.split()[-1] for row in rows} == {OK}, done.stderr[-6_000:]
    assert done.returncode == 0


def test_that_a_case_that_fails_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cases.CASES, "broken", BROKEN)
    monkeypatch.setattr(runner, "_LIBRARIES", ())
    (row,) = run_all(["broken"], is_full=False)
    assert (row.tries, row.result) == (2, FAILED)
    assert "the second try went wrong" in row.said


def test_that_the_table_has_a_line_for_each_case() -> None:
    rows = [Row("one case", 12_000, OK, 1.0, ""), Row("another", 0, FAILED, 2.0, "")]
    assert table(rows).splitlines() == [
        "case        tries  result",
        "one case   12,000  ok",
        "another         0  FAIL",
    ]
