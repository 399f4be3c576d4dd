"""`check`: an article's sentences, and which of them the public data support."""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from models.check.text import MAX_BYTES
from models.pages.check import CheckPage, build, record
from models.pages.check_report import as_html, as_markdown, as_text
from services.articles import decoded, read_article
from services.errors import InputError
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import to_json, write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument("--date", required=True, metavar="DATE", help="the day of the article")


def run(args: argparse.Namespace, context: Context) -> int:
    article_day = _day(args.date)
    if article_day > (context.clock.now() + timedelta(days=1)).date():  # a day ahead it may be that day already
        raise UsageError(f"--date: {article_day} is still to come.")
    try:
        text = _text(args.file)
    except InputError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILED
    with context.reading() as archive:
        page = build(archive, text, article_day, context.as_of)
    match context.format:
        case "json":
            body = to_json(record(page)).encode()
        case "text":
            body = as_text(page).encode()
        case "md":
            body = as_markdown(page).encode()
        case "html":
            body = as_html(page).encode()
        case "pdf":
            body = _printed(page)
        case other:
            raise UsageError(f"--format {other} does not suit this command; one of text, json, md, html, pdf.")
    write(context, body)
    if not page.claims:
        context.say(" ".join(page.notes))
        return EXIT_PARTLY
    return EXIT_OK


def _printed(page: CheckPage) -> bytes:
    from ui.app import application
    from ui.article_print import pdf

    application([])
    return pdf(page)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date: {text!r} is no day; write it as 2017-06-16.") from error
    if not 1900 <= found.year < 2200:
        raise UsageError(f"--date: {text} is outside the years that can be checked.")
    return found


def _text(name: str) -> str:
    if name != "-":
        return read_article(Path(name))
    return decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "The standard input")
