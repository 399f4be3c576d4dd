"""`credit`: level, changes, percentile and direction of each credit series."""

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.formats import decimal, eastern
from models.pages.choice import Choice
from models.pages.market_report import CREDIT_FIELDS, credit
from models.pages.market_words import change, level
from models.series import CREDIT, FRED_DEFAULT, CreditSeries, UnknownSeries, credit_series
from models.tabular import text_table
from services.cancel import Cancel
from services.errors import SourceError
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import Output, emit

if TYPE_CHECKING:
    from services.sources.session import SessionSeries

FRED = "fred"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", action="append", default=[], metavar="NAME")
    parser.add_argument("--source", action="append", default=[], metavar="NAME", help="only these; FRED is asked first")
    parser.add_argument("--accept-terms", action="append", default=[], metavar="NAME")


def run(args: argparse.Namespace, context: Context) -> int:
    from services.session_reader import SessionReader
    from services.sources.session import SessionSeries

    wanted = _wanted(args)
    session = SessionSeries()
    failed = _ask_fred(args, wanted, session, context)
    with context.reading() as archive:
        made = credit(SessionReader(archive, session), Choice(context.as_of, context.is_live), wanted)
    rows = made.record["rows"]
    assert isinstance(rows, list)
    emit(context, Output(CREDIT_FIELDS, rows, {"as_of": context.as_of}, _text(rows)))
    if not rows:
        context.say(f"No credit series is held as of {eastern(context.as_of)}.")
    elif args.series:
        for sentence in made.missing:
            context.say(sentence)
    if failed and not rows:
        return EXIT_FAILED
    return EXIT_OK if rows and not failed and not (args.series and made.missing) else EXIT_PARTLY


def _text(rows: Sequence[Mapping[str, Any]]) -> str:
    """The same for people: rounded; changes of spreads in basis points, of price ratios in percent."""
    headers = ("series", "", "date", "level", "1 w / 1 mo", "4 w / 3 mo", "13 w / 12 mo", "this year", "percentile")
    cells = [
        (
            str(row["series"]),
            str(row["title"]),
            str(row["date"]),
            level(credit_series(row["series"]), row["level"]),
            *(
                change(credit_series(row["series"]), row["level"], row[f"change_{span}"])
                for span in ("1w", "4w", "13w", "ytd")
            ),
            f"{decimal(row['percentile'], 0)} since {row['since'].year}",
            str(row["direction"] or ""),
        )
        for row in rows
    ]
    return text_table((*headers, "direction"), cells)


def _wanted(args: argparse.Namespace) -> tuple[CreditSeries, ...]:
    """The named series, else all of the named sources, else all."""
    sources = {series.source for series in CREDIT.values()}
    for name in (*args.source, *args.accept_terms):
        if name not in sources:
            raise UsageError(f"There is no source of credit series {name!r}. Known: {', '.join(sorted(sources))}.")
    try:
        named = tuple(dict.fromkeys(credit_series(name) for name in args.series))
    except UnknownSeries as error:
        raise UsageError(str(error)) from error
    return named or tuple(s for s in CREDIT.values() if not args.source or s.source in args.source)


def _ask_fred(
    args: argparse.Namespace, wanted: Sequence[CreditSeries], session: "SessionSeries", context: Context
) -> bool:
    """Fetches FRED's series into the session where that was asked for; whether something could not be had."""
    from services.network import open_http
    from services.settings import load
    from services.sources.fred import FredSource

    if FRED not in args.source:
        return False
    source = FredSource(session)
    settings, _ = load(context.profile)
    if FRED not in (*args.accept_terms, *settings.accepted_terms):
        context.say(f"{source.terms.sentence} See {source.terms.url}; --accept-terms fred accepts them.")
        return True
    if context.is_offline:
        context.say("FRED's series are not kept, so they cannot be shown offline.")
        return True
    names = [s for s in wanted if s.source == FRED and (args.series or s.name in FRED_DEFAULT)]
    http = open_http(context.clock, settings, context.mirror)
    failed = False
    try:
        for series in names:
            context.say(f"FRED: {series.title}")
            try:
                source.fetch(series, http, context.clock.now(), Cancel())
            except SourceError as error:
                context.say(f"FRED, {series.title}: {error.sentence}")
                failed = True
    finally:
        http.close()
    return failed
