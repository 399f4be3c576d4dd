"""`import`: a user's own files."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.figures import plain_number
from models.records import Conflict
from models.series import SYMBOLS
from services.cancel import Cancel
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.funds import known_fund
from ui.commands.output import Output, emit

FIELDS = ("file", "kind", "as_of", "rows_new", "rows_refused", "conflicts", "message")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--kind", default=None, metavar="KIND", help="recognised by content where it is absent")
    parser.add_argument("--fund", default=None, metavar="FUND")
    parser.add_argument("--as-of-date", default=None, metavar="DATE")
    parser.add_argument("--mapping", default=None, type=Path, metavar="FILE")


def run(args: argparse.Namespace, context: Context) -> int:
    from services.importing import KINDS, ImportWish, import_files

    if args.kind is not None and args.kind not in KINDS:
        raise UsageError(f"There is no kind {args.kind!r}. Known: {', '.join(KINDS)}.")
    try:
        day = None if args.as_of_date is None else date.fromisoformat(args.as_of_date)
    except ValueError as error:
        raise UsageError(f"--as-of-date: {args.as_of_date!r} is not a date like 2017-06-16.") from error
    wish = ImportWish(kind=args.kind, fund=args.fund, as_of=day, mapping=args.mapping)
    with context.writing() as archive:
        if args.fund is not None and args.fund.strip().lstrip("^").upper() not in SYMBOLS:
            known_fund(args.fund, archive)
        done = import_files(tuple(args.files), wish, archive, context.clock, Cancel())
    rows = [
        {field: getattr(item, field) for field in FIELDS}
        | {"kind": item.kind or None, "conflicts": _listed(item.conflicts, context.format)}
        for item in done
    ]
    emit(context, Output(FIELDS, rows))
    if all(item.is_failed for item in done):
        return EXIT_FAILED
    return EXIT_PARTLY if any(item.is_failed or item.rows_refused for item in done) else EXIT_OK


def _listed(conflicts: Sequence[Conflict], form: str) -> list[object]:
    """Each figure that the file states otherwise: as objects in JSON, elsewhere in words."""
    if form == "json":
        return [{"row": c.row, "figure": c.figure, "held": c.held, "new": c.given} for c in conflicts]
    return [f"{c.row}, {c.figure}: held {plain_number(c.held)}, new {plain_number(c.given)}" for c in conflicts]
