"""The command on a real file: what it prints, refuses, and never renders."""

import argparse
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from models.calendars import end_of_day
from services.archive.archive import Archive
from services.clock import Clock
from ui.commands import check
from ui.commands.context import EXIT_FAILED, EXIT_PARTLY, Context, UsageError

DAY = "2017-06-16"


class _Bench(Context):
    """A context whose archive is made anew, so that no profile is needed."""

    @contextmanager
    def reading(self) -> Iterator[Archive]:
        archive = Archive.open(self.profile / "archive.sqlite", self.clock)
        try:
            yield archive
        finally:
            archive.close()


@pytest.fixture
def context(tmp_path: Path) -> Context:
    moment = end_of_day(date.fromisoformat(DAY))
    return _Bench(
        clock=Clock(),
        profile=tmp_path,
        mirror=None,
        is_offline=True,
        as_of=moment,
        is_live=False,
        format="json",
        out=None,
        is_quiet=True,
    )


def called(context: Context, name: str, day: str = DAY) -> int:
    return check.run(argparse.Namespace(file=name, date=day), context)


def test_that_every_sentence_is_in_the_json_with_its_claims(
    context: Context, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("It rained. Speculators were net long 7,500 contracts of gold on June 13. Gold may rise 5 percent.")
    called(context, str(path))
    found = json.loads(capsysbinary.readouterr().out)
    assert [len(s["claims"]) for s in found["sentences"]] == [0, 1, 0]
    schema = json.loads((Path(check.__file__).parent / "schemas" / "check.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    claim = found["sentences"][1]["claims"][0]
    assert set(claim) >= {"text", "kind", "verdict", "value", "unit", "definition", "evidence"}
    assert (claim["kind"], claim["verdict"], claim["value"]) == ("position", "cannot_be_shown", None)
    assert "supposition" in found["sentences"][2]["not_understood"][0]["reason"]


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_that_nothing_of_the_article_is_rendered_as_markup(
    context: Context, tmp_path: Path, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("&lt;img src=x onerror=alert(1)&gt; Speculators are net long gold | 7,500 contracts.")
    called(replace(context, format=form), str(path))
    out = capsysbinary.readouterr().out.decode()
    if form == "html":
        assert "<img" not in out
        assert "img src=x" in out
    elif form == "md":
        assert "<img" not in out


def test_that_what_is_no_article_is_refused_with_a_sentence(
    context: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    binary, long = tmp_path / "a.bin", tmp_path / "long.txt"
    binary.write_bytes(b"\x00\x01\x02")
    long.write_text("word " * 300_000)
    for path, word in ((binary, "not a text file"), (long, "no article"), (tmp_path / "none.txt", "cannot be read")):
        assert called(context, str(path)) == EXIT_FAILED
        assert word in capsys.readouterr().err
    with pytest.raises(UsageError, match="no day"):
        called(context, str(long), "June")


def test_that_standard_input_without_a_claim_says_so(
    context: Context, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Il pleut. Colorless green ideas sleep.")))
    assert called(context, "-") == EXIT_PARTLY
    found = json.loads(capsysbinary.readouterr().out)
    assert [s["claims"] for s in found["sentences"]] == [[], []]
    assert "No sentence makes a claim" in found["notes"][0]


def test_that_a_pdf_is_written(
    context: Context, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], qapp: object
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Speculators are net long 7,500 contracts of gold.")
    called(replace(context, format="pdf"), str(path))
    assert capsysbinary.readouterr().out.startswith(b"%PDF-")
