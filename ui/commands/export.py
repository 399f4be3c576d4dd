"""`export`: the starter tables, or one page's figures as a file."""

import argparse
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ui.commands import brief, series
from ui.commands.context import EXIT_OK, Context, UsageError, add_choice
from ui.commands.selection import market_named

STARTER = "starter"
STARTER_MARKETS = ("russell-2000", "sp-500", "nasdaq-100", "vix", "us-10y", "wti", "euro")
TABLES = {
    "sectors": "ui.commands.sectors",
    "earnings": "ui.commands.earnings",
    "market": "ui.commands.performance",
}
"""Pages whose figures are those of a command, as it is without options."""
_TABLE_ENDINGS = (".csv", ".json", ".md", ".txt", ".png")
ENDINGS = {"story": (".json", ".md", ".txt", ".html", ".pdf", ".png")} | dict.fromkeys(
    ("positioning", *TABLES), _TABLE_ENDINGS
)
"""What a page can be written as; the others are pictures only."""
BY_ENDING = {".json": "json", ".csv": "csv", ".md": "md", ".txt": "text", ".html": "html", ".pdf": "pdf", ".png": "png"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="starter|PAGE")
    add_choice(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    if context.out is None:
        raise UsageError("export needs --out.")
    if args.what == STARTER:
        return _starter(context, context.out)
    from ui.pages.registry import PAGES

    names = [entry.name for entry in PAGES]
    if args.what not in names:
        raise UsageError(f"There is no page {args.what!r}. Known: starter, {', '.join(names)}.")
    ending = context.out.suffix.lower()
    offered = ENDINGS.get(args.what, (".png",))
    if ending and ending not in offered:
        raise UsageError(f"--out: no export of {args.what} ends in {ending}; there are {', '.join(offered)}.")
    wanted = BY_ENDING.get(ending, context.format)
    shown = replace(context, format=wanted)
    if args.what == "story":
        return brief.run(args, shown)
    if wanted == "png":
        from ui.commands import screenshot

        return screenshot.picture(args.what, args.market, (1440, 900), "light", shown)
    if args.what == "positioning":
        return series.run(args, shown)
    if args.what in TABLES:
        module = import_module(TABLES[args.what])
        parser = argparse.ArgumentParser()
        module.add_arguments(parser)
        code: int = module.run(parser.parse_args([]), shown)
        return code
    raise UsageError(f"The page {args.what} is exported as a picture: give --out a name that ends in .png.")


def _starter(context: Context, folder: Path) -> int:
    from services.starter.tables import export

    with context.reading() as archive:
        written = export(archive, folder, context.as_of, [market_named(name) for name in STARTER_MARKETS])
    for path in written:
        context.say(f"{path.name}: {path.stat().st_size:,} bytes")
    return EXIT_OK
