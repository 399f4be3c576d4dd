"""`export PAGE`: each page as each kind of file that it offers, from the built-in figures."""

import argparse
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.clock import Clock
from ui.commands import export
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.pages.registry import PAGES

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
Run = Callable[[str, str], Path]


@pytest.fixture
def run(profile: Path, tmp_path: Path) -> Run:
    base = Context(Clock(NOW), profile, None, True, NOW, False, "text", None, True)

    def call(page: str, ending: str) -> Path:
        parser = argparse.ArgumentParser()
        export.add_arguments(parser)
        out = tmp_path / f"{page}{ending}"
        assert export.run(parser.parse_args([page]), replace(base, out=out)) in (EXIT_OK, EXIT_PARTLY)
        return out

    return call


@pytest.mark.parametrize("page", export.ENDINGS)
def test_that_a_page_is_written_as_everything_it_offers_but_pictures(run: Run, page: str) -> None:
    for ending in export.ENDINGS[page]:
        if ending not in (".png", ".pdf"):
            text = run(page, ending).read_text("utf-8")
            if ending == ".json":
                assert isinstance(json.loads(text), dict)
            elif ending == ".csv":
                header, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
                assert len(header) > 2 and rows
            else:
                assert len(text) > 200


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_that_another_ending_is_refused_with_those_there_are(run: Run, page: str) -> None:
    with pytest.raises(UsageError, match=rf"no export of {page} ends in \.xyz; there are .*\.png") as caught:
        run(page, ".xyz")
    offered = str(caught.value).partition("there are ")[2].rstrip(".").split(", ")
    assert offered == list(export.ENDINGS.get(page, (".png",)))


def test_that_a_picture_only_page_becomes_a_picture(run: Run) -> None:
    assert run("data", ".png").read_bytes().startswith(b"\x89PNG")
