"""`series`: the series behind a chart, oldest first."""

import argparse
from collections.abc import Iterator

import numpy as np

from models.calc.splice import Series
from models.calendars import release
from models.formats import as_date
from models.pages.positioning_build import series_of
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, add_choice
from ui.commands.output import Output, emit
from ui.commands.selection import selected, tell_unsummed

FIELDS = (
    "date",
    "value",
    "unit",
    "long",
    "short",
    "spreading",
    "open_interest",
    "code",
    "multiplier",
    "seam",
    "released_at",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_choice(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    choice = selected(args, context)
    with context.reading() as archive:
        shown = series_of(archive, choice)
    definition = shown.definition
    top = {
        "market": definition.market,
        "report": definition.report,
        "group": definition.group,
        "basis": definition.basis,
        "legs": definition.legs,
        "as_of": context.as_of,
    }
    emit(context, Output(FIELDS, list(_rows(shown)), top))
    if not len(shown):
        context.say(
            f"No {definition.report} figures of {definition.market} are held for this definition and moment; a refresh"
            " downloads what is missing."
        )
        return EXIT_PARTLY
    tell_unsummed(shown, context)
    return EXIT_OK


def _rows(shown: Series) -> Iterator[dict[str, object]]:
    seams = shown.seam
    for i, day in enumerate(shown.date):
        when = as_date(day)
        yield {
            "date": when,
            "value": float(shown.value[i]),
            "unit": shown.unit,
            "long": _known(shown.long[i]),
            "short": _known(shown.short[i]),
            "spreading": _known(shown.spreading[i]),
            "open_interest": _known(shown.open_interest[i]),
            "code": str(shown.code[i]),
            "multiplier": float(shown.multiplier[i]),
            "seam": bool(seams[i]),
            "released_at": release(when).at,
        }


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
