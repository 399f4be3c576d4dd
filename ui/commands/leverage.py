"""`leverage`: debt against earnings of small and large caps, from company accounts."""

import argparse

from models.pages.choice import Choice
from models.pages.leverage import build
from models.pages.market_report import CREDIT_FIELDS
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context
from ui.commands.output import Output, emit

FIELDS = CREDIT_FIELDS
"""Accounts come by the quarter, so the changes by the week and the direction stay unknown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options of its own."""


def run(_args: argparse.Namespace, context: Context) -> int:
    with context.reading() as archive:
        page = build(archive, Choice(as_of=context.as_of, is_live=context.is_live))
    rows = [{name: getattr(row, name, None) for name in FIELDS} for row in page.rows]
    outliers = [
        {"fund": side.fund, "ticker": o.ticker, "multiple": o.multiple}
        for side in (page.small, page.large)
        if side is not None
        for o in side.latest.outliers
    ]
    record = {"as_of": context.as_of, "note": page.note, "outliers": outliers}
    if page.statement is not None:
        record["statement"] = page.statement.sentence
    emit(context, Output(FIELDS, rows, record))
    if page.reason_empty:
        context.say(page.reason_empty)
        return EXIT_PARTLY
    return EXIT_OK
