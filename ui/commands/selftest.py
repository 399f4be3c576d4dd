"""`selftest`: whether this installation works; with --online, whether each source still is as documented."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import Output, emit
from ui.commands.selftest_checks import KILLED_WRITER, checks, write_until_killed

FIELDS = ("check", "ok", "detail")

Row = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--online", action="store_true", help="ask every source one small question")
    parser.add_argument(KILLED_WRITER, metavar="DIR", type=Path, help=argparse.SUPPRESS)  # for a check of its own


def run(args: argparse.Namespace, context: Context) -> int:
    if args.write_until_killed is not None:
        write_until_killed(args.write_until_killed, context.clock)
    if args.online and context.is_offline:
        raise UsageError("--online asks the sources, and --offline forbids it.")
    rows = list(_online(context)) if args.online else list(_installed(context))
    emit(context, Output(FIELDS, rows))
    failed = [row for row in rows if row["ok"] is False]
    if not failed:
        return EXIT_OK
    return EXIT_PARTLY if args.online and len(failed) < len(rows) else EXIT_FAILED


def _installed(context: Context) -> Iterator[Row]:
    for name, check in checks(context.clock):
        try:
            yield {"check": name, "ok": True, "detail": check()}
        except Exception as error:  # noqa: BLE001 - a self-test reports whatever goes wrong and goes on
            yield {"check": name, "ok": False, "detail": f"{type(error).__name__}: {error}"}


def _online(context: Context) -> Iterator[Row]:
    from services.cancel import Cancel
    from services.errors import SourceError
    from services.network import open_http
    from services.settings import load
    from services.sources.registry import SOURCES

    http = open_http(context.clock, load(context.profile)[0], context.mirror)
    try:
        for source in SOURCES:
            context.say(f"{source.title} …")
            try:
                for question in source.questions(http, Cancel()):
                    check = f"{source.name}: {question.text}"
                    yield {"check": check, "ok": question.holds, "detail": question.found}
            except SourceError as error:
                detail = f"{error.sentence} {error.detail}".strip()
                yield {"check": f"{source.name}: answers", "ok": False, "detail": detail}
    finally:
        http.close()
