"""`earnings`: growth by calendar year, small against large, in the newest vintage known."""

import argparse
from collections.abc import Mapping

from models.formats import DASH, decimal
from models.pages.choice import Choice
from models.pages.earnings import BASIS_TITLES, INDEX_TITLES, OPERATING, EarningsChoice, EarningsPage
from models.pages.earnings_build import build
from models.pages.earnings_report import FIELDS, revisions, rows
from models.tabular import text_table
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import Output, emit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--small", default="sp-600", metavar="INDEX")
    parser.add_argument("--large", default="sp-500", metavar="INDEX")
    parser.add_argument("--basis", default=OPERATING, metavar="|".join(BASIS_TITLES))


def run(args: argparse.Namespace, context: Context) -> int:
    if args.basis not in BASIS_TITLES:
        raise UsageError(f"There is no basis {args.basis!r}. Known: {', '.join(BASIS_TITLES)}.")
    options = EarningsChoice(small=index_name(args.small), large=index_name(args.large), basis=args.basis)
    choice = Choice(as_of=context.as_of, is_live=context.is_live)
    with context.reading() as archive:
        page = build(archive, choice, options)
    found = list(rows(page))
    emit(context, Output(FIELDS, found, _top(page), text_table(FIELDS, [_cells(row) for row in found])))
    if page.reason_empty:
        context.say(page.reason_empty)
        return EXIT_PARTLY
    return EXIT_OK


def _cells(row: Mapping[str, object]) -> list[str]:
    """A row as people read it: dollars with two decimals, growth with one, NM where it means nothing."""
    cells = {field: "" if row[field] is None else str(row[field]) for field in FIELDS}
    for field, unknown in (("growth_pct", "NM"), ("coverage_pct", DASH)):
        value = row[field]
        cells[field] = decimal(value, 1) if isinstance(value, float) else unknown
    eps = row["eps"]
    assert isinstance(eps, float)
    return list((cells | {"eps": decimal(eps, 2), "is_estimate": "estimate" if row["is_estimate"] else ""}).values())


def index_name(text: str) -> str:
    """`sp-600` for itself and for `S&P 600`; raises UsageError for anything else."""
    names = {title.casefold(): name for name, title in INDEX_TITLES.items()} | {name: name for name in INDEX_TITLES}
    found = names.get(" ".join(text.split()).casefold())
    if found is None:
        raise UsageError(f"There is no index {text!r}. Known: {', '.join(INDEX_TITLES)}.")
    return found


def _top(page: EarningsPage) -> dict[str, object]:
    return {
        "as_of": page.choice.as_of,
        "sentence": page.sentence,
        "small": page.options.small,
        "large": page.options.large,
        "basis": page.options.basis,
        "gap_streak_years": page.year_streak.sign * len(page.year_streak) if page.year_streak else None,
        "revisions": list(revisions(page)),
    }
