"""`brief`: the story of a market in one page."""

import argparse

from models.pages.brief import brief
from models.pages.brief_text import as_html, as_markdown, as_text, heading, watch_lines
from models.pages.choice import Choice
from models.pages.story import StoryPage, build
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import to_json, write
from ui.commands.selection import market_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--market", default="russell-2000", metavar="M")


def run(args: argparse.Namespace, context: Context) -> int:
    of = market_named(args.market)
    choice = Choice(context.as_of, context.is_live, of.name)
    with context.reading() as archive:
        page = build(archive, choice)
        match context.format:
            case "json":
                body = to_json(brief(archive, page)).encode()
            case "text":
                body = as_text(page).encode()
            case "md":
                body = as_markdown(page).encode()
            case "html":
                body = as_html(page).encode()
            case "pdf" | "png":
                body = _sheet(page, context.format)
            case other:
                raise UsageError(f"--format {other} does not suit the brief; one of text, json, md, html, pdf, png.")
    write(context, body)
    if page.headline is None:
        if context.out is not None or context.format not in ("text", "md"):  # else it has just been read
            context.say(page.reason_empty)
        return EXIT_PARTLY
    return EXIT_OK


def _sheet(page: StoryPage, form: str) -> bytes:
    from ui.app import application
    from ui.report import render

    application([])
    return render(page, form, heading(page), watch_lines(page))
