"""`check`: an article's sentences, and which of them the public data support."""

import argparse
import html
import sys
from datetime import date
from pathlib import Path

from models.check.findings import CheckedClaim
from models.check.text import MAX_BYTES
from models.formats import day, decimal, eastern
from models.pages.check import NOT_A_CLAIM, VERDICT_TITLES, CheckedSentence, CheckPage, build, evidence, record
from models.tabular import markdown_table
from services.errors import InputError
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import to_json, write

HEADERS = ("Sentence", "Claim", "Verdict", "Value", "Definition", "Evidence")
STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-size:13px}td,th{padding:4px 8px;text-align:left;vertical-align:top;"
    "border-bottom:1px solid #ccc}"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument("--date", required=True, metavar="DATE", help="the day of the article")


def run(args: argparse.Namespace, context: Context) -> int:
    article_day = _day(args.date)
    try:
        text = _text(args.file)
    except InputError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILED
    with context.reading() as archive:
        page = build(archive, text, article_day, context.as_of)
    match context.format:
        case "json":
            body = to_json(record(page))
        case "text":
            body = as_text(page)
        case "md":
            body = as_markdown(page)
        case "html":
            body = as_html(page)
        case other:
            raise UsageError(f"--format {other} does not suit this command; one of text, json, md, html.")
    write(context, body.encode())
    if not page.claims:
        context.say(" ".join(page.notes))
        return EXIT_PARTLY
    return EXIT_OK


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date: {text!r} is no day; write it as 2017-06-16.") from error
    if not 1900 <= found.year < 2200:
        raise UsageError(f"--date: {text} is outside the years that can be checked.")
    return found


def _text(name: str) -> str:
    """The article's text; InputError where there is none, it is no text, or it is too long for an article."""
    try:
        body = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else _file(Path(name))
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}.") from error
    if len(body) > MAX_BYTES:
        raise InputError(f"{name} is longer than {MAX_BYTES // 1024:,} kB; that is no article. Check a part of it.")
    if b"\0" in body:
        raise InputError(f"{name} is not a text file. Save the article as plain text and try again.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _value(checked: CheckedClaim) -> str:
    shown = checked.shown
    if shown.value is None:
        return ""
    places = 0 if abs(shown.value) >= 100 or shown.value == int(shown.value) else 2
    return f"{decimal(shown.value, places)} {shown.unit}".strip()


def _heading(page: CheckPage) -> str:
    return f"Article of {day(page.date)}, checked with what was known by {eastern(page.as_of)}"


def as_text(page: CheckPage) -> str:
    lines = [_heading(page), *page.notes, ""]
    for sentence in page.sentences:
        if not sentence.claims and not sentence.unread:
            continue
        lines.append(sentence.text)
        for checked in sentence.claims:
            lines.append(f"  [{VERDICT_TITLES[checked.verdict]}] {checked.claim.text}")
            lines.append(f"    {evidence(checked)}")
        lines += [f"  [{NOT_A_CLAIM}] {unread.text}: {unread.reason}" for unread in sentence.unread]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _rows(sentence: CheckedSentence) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            sentence.text if number == 0 else "",
            checked.claim.text,
            VERDICT_TITLES[checked.verdict],
            _value(checked),
            checked.shown.definition,
            evidence(checked),
        )
        for number, checked in enumerate(sentence.claims)
    ]
    rows += [("" if rows else sentence.text, u.text, NOT_A_CLAIM, "", "", u.reason) for u in sentence.unread]
    return rows or [(sentence.text, "", NOT_A_CLAIM, "", "", "")]


def as_markdown(page: CheckPage) -> str:
    rows = [row for sentence in page.sentences for row in _rows(sentence)]
    notes = "".join(f"{note}\n\n" for note in page.notes)
    return f"# {_heading(page)}\n\n{notes}{markdown_table(HEADERS, rows)}"


def as_html(page: CheckPage) -> str:
    """The article with its verdicts as one page; every word of it is escaped."""

    def cells(row: tuple[str, ...], tag: str = "td") -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"

    title = html.escape(_heading(page))
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in page.notes)
    rows = "\n".join(cells(row) for sentence in page.sentences for row in _rows(sentence))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>{notes}\n"
        f"<table>{cells(HEADERS, 'th')}\n{rows}</table></body></html>\n"
    )
