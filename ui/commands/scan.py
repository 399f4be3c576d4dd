"""`scan`: all markets of the catalogue, latest figures."""

import argparse

from models.names import Report
from models.pages.choice import Choice
from models.pages.scanner import build
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context
from ui.commands.output import Output, emit
from ui.commands.selection import named

FIELDS = (
    "market",
    "name",
    "codes",
    "report_date",
    "net",
    "share_of_oi",
    "cot_index_156",
    "percentile_156",
    "z_52",
    "change_1",
    "change_4",
    "extreme_since",
    "statements",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", default=None, metavar="R", help="one report for all, instead of each market's own")


def run(args: argparse.Namespace, context: Context) -> int:
    report = None if args.report is None else named(Report, args.report, "report")
    with context.reading() as archive:
        page = build(archive, Choice(context.as_of, context.is_live), report)
    rows = [
        {
            "market": row.market,
            "name": row.title,
            "codes": row.codes,
            "report_date": row.report_date,
            "net": row.net,
            "share_of_oi": row.share_of_oi_pct,
            "cot_index_156": row.cot_index_156,
            "percentile_156": row.percentile_156,
            "z_52": row.z_52,
            "change_1": row.change_1,
            "change_4": row.change_4,
            "extreme_since": row.extreme_since,
            "statements": row.statements,
        }
        for row in page.rows
    ]
    if all(row.report_date is None for row in page.rows):
        rows = []
    emit(context, Output(FIELDS, rows, {"as_of": context.as_of, "report": report}))
    if not rows:
        context.say("No market has figures as of this moment.")
        return EXIT_PARTLY
    return EXIT_OK
