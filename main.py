"""Aboutface: arguments and log files; then the window, or one of the commands."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from models.calendars import parse_as_of
from models.version import NAME, VERSION
from services.clock import Clock
from services.errors import ArchiveError, ArchiveLocked, InputError, SourceError
from services.files import check_profile
from services.logs import keep_logs
from services.paths import profile_folder
from services.settings import Settings, load
from ui.commands.context import EXIT_FAILED, EXIT_LOCKED, EXIT_USAGE, Context, UsageError
from ui.commands.registry import COMMANDS
from ui.trace import mark

FORMATS = ("text", "json", "csv", "md", "html", "pdf", "png")
_WITH_VALUE = {"--profile", "--mirror", "--as-of", "--now", "--format", "--out"}


class Parser(argparse.ArgumentParser):
    """Says what was wrong in one line and ends with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def common_options() -> argparse.ArgumentParser:
    """The options that every command takes, before or after its name; the window takes some of them."""
    parser = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options = parser.add_argument_group("common options")
    options.add_argument("--profile", metavar="DIR", help="the data folder")
    options.add_argument("--mirror", metavar="URL", help="an address that stands in for all providers")
    options.add_argument("--offline", action="store_true", help="never use the network")
    options.add_argument(
        "--as-of", metavar="DATE|MOMENT", help="show what was known then (a date: its end in New York)"
    )
    options.add_argument("--now", metavar="MOMENT", help="start the app's clock at this moment")
    options.add_argument("--format", choices=FORMATS, help="how results are written")
    options.add_argument("--out", metavar="FILE", help="write the result to a file")
    options.add_argument("--quiet", action="store_true", help="no messages")
    return parser


def split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """The options before the command, the command or None, and what follows it."""
    skips = False
    for place, argument in enumerate(arguments):
        if skips:
            skips = False
        elif argument in _WITH_VALUE:
            skips = True
        elif not argument.startswith("-"):
            return list(arguments[:place]), argument, list(arguments[place + 1 :])
    return list(arguments), None, []


def parse(arguments: Sequence[str]) -> tuple[str | None, argparse.Namespace]:
    """The command, None for the window, and its options. Leaves the process with code 64 where they are wrong."""
    before, command, after = split(arguments)
    prog = NAME.lower()
    listed = "".join(f"  {name:<12} {what}\n" for name, (_, what) in COMMANDS.items())
    top = Parser(
        prog=prog,
        parents=[common_options()],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Without a command the window opens.",
        usage=f"{prog} [options] [command ...]",
        epilog=f"commands:\n{listed}\n{prog} COMMAND --help says more.",
    )
    top.add_argument("--version", action="version", version=f"{NAME} {VERSION}")
    top.add_argument("--safe-mode", action="store_true", help="the window in its first layout, asking nobody by itself")
    given = top.parse_args(before)
    if command is None:
        return None, given
    if command not in COMMANDS:
        top.error(f"there is no command {command!r}. Known: {', '.join(COMMANDS)}.")
    module, what = COMMANDS[command]
    parser = Parser(prog=f"{prog} {command}", parents=[common_options()], description=f"{what[0].upper()}{what[1:]}.")
    import_module(module).add_arguments(parser)
    return command, parser.parse_args(after, given)


def context_of(options: argparse.Namespace, profile: Path, settings: Settings) -> Context:
    """The common options with the environment and the settings behind them; UsageError where they are wrong."""
    given = vars(options)
    start = given.get("now") or os.environ.get("ABOUTFACE_NOW")
    clock = Clock(_moment(start, "--now") if start else None)
    as_of = _moment(given["as_of"], "--as-of") if "as_of" in given else None
    now = clock.now()
    is_live = as_of is None or as_of >= now
    made = Context(
        clock=clock,
        profile=profile,
        mirror=given.get("mirror") or os.environ.get("ABOUTFACE_MIRROR") or settings.mirror or None,
        is_offline=given.get("offline", False),
        as_of=now if as_of is None or is_live else as_of,
        is_live=is_live,
        format=given.get("format", "text"),
        out=Path(given["out"]) if given.get("out") else None,
        is_quiet=given.get("quiet", False),
        is_safe=given.get("safe_mode", False),
    )
    if as_of is not None and as_of > now + timedelta(days=2):  # the day of elsewhere may be ahead by one, to its end
        made.say(f"--as-of: {given['as_of']} is still to come; what is shown is as of now.")
    return made


def _moment(text: str, option: str) -> datetime:
    try:
        return parse_as_of(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def run_command(name: str, options: argparse.Namespace, context: Context) -> int:
    """Runs a command; what people can do something about is one sentence on standard error, never a trace."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a command draws without a display, and aborts where it looks for one
    module = import_module(COMMANDS[name][0])
    try:
        code: int = module.run(options, context)
    except UsageError as error:
        return _complain(error, EXIT_USAGE)
    except ArchiveLocked as error:
        return _complain(error, EXIT_LOCKED)
    except SourceError as error:
        return _complain(error.sentence, EXIT_FAILED)
    except (ArchiveError, InputError) as error:
        return _complain(error, EXIT_FAILED)
    return code


def _complain(what: object, code: int) -> int:
    print(f"{NAME.lower()}: {what}", file=sys.stderr)  # noqa: T201
    return code


def run_window(context: Context, settings: Settings, notices: Sequence[str]) -> int:
    gc.disable()  # while modules load it only costs time; the window switches it on again
    from ui.app import run

    mark("Qt imported")
    return run(context, settings, notices)


def main(arguments: Sequence[str]) -> int:
    command, options = parse(arguments)
    profile = profile_folder(getattr(options, "profile", None))
    settings, notices = load(profile)
    try:
        context = context_of(options, profile, settings)
    except UsageError as error:
        return _complain(error, EXIT_USAGE)
    if command is None and (context.out or "format" in options):
        return _complain("--format and --out belong to a command.", EXIT_USAGE)
    if command is not None:
        try:
            check_profile(profile)
        except InputError as error:
            return _complain(error, EXIT_FAILED)
    if command is None or profile.is_dir():  # a command that only reads leaves no folder behind
        keep_logs(profile)
    if command is not None:
        return run_command(command, options, context)
    return run_window(context, settings, notices)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
