"""`records`: the ranking of swings, levels or streaks as of the moment."""

import argparse
from dataclasses import replace

from models.names import Direction, Kind
from models.pages.positioning_build import series_of
from models.pages.records import ranking
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError, add_choice
from ui.commands.output import Output, emit
from ui.commands.selection import named, selected, tell_unsummed

FIELDS = ("rank", "date", "value", "unit", "from", "to", "crosses_seam")
KINDS = (Kind.SWING, Kind.LEVEL, Kind.STREAK)
LONGEST_WINDOW = 26


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_choice(parser)
    parser.add_argument("--kind", default="swing", metavar="swing|level|streak")
    parser.add_argument("--window", type=int, default=2, metavar="REPORTS")
    parser.add_argument("--direction", default="up", metavar="up|down|both")
    parser.add_argument("--top", type=int, default=10, metavar="N")
    parser.add_argument("--separate", action="store_true", help="only the largest of windows that overlap")


def run(args: argparse.Namespace, context: Context) -> int:
    kind = named(Kind, args.kind, "kind", KINDS)
    direction = named(Direction, args.direction, "direction")
    if not 1 <= args.window <= LONGEST_WINDOW:
        raise UsageError(f"--window takes 1 to {LONGEST_WINDOW} reports.")
    if args.top < 1:
        raise UsageError("--top takes a number from 1 on.")
    choice = replace(selected(args, context), kind=kind, direction=direction, window=args.window)
    with context.reading() as archive:
        shown = series_of(archive, choice)
    ranked = ranking(shown, kind, window=args.window, direction=direction, separate=args.separate, top=args.top)
    rows = [
        {
            "rank": row.rank,
            "date": row.date,
            "value": row.value,
            "unit": ranked.unit,
            "from": row.start,
            "to": row.end,
            "crosses_seam": row.crosses_seam,
            "from_date": row.start_date,
        }
        for row in ranked.rows
    ]
    top = {
        "market": choice.market,
        "report": shown.definition.report,
        "group": shown.definition.group,
        "basis": shown.definition.basis,
        "legs": shown.definition.legs,
        "kind": kind,
        "window": args.window,
        "direction": direction,
        "as_of": context.as_of,
        "of": ranked.of,
        "left_out": ranked.left_out,
        "sample_start": ranked.sample_start,
    }
    emit(context, Output((*FIELDS, "from_date"), rows, top))
    if not rows:
        context.say(
            f"Nothing to rank: no figures of {choice.market} are held for this definition and moment; a refresh"
            " downloads what is missing."
        )
        return EXIT_PARTLY
    tell_unsummed(shown, context)
    return EXIT_OK
