"""`refresh`: downloads what is due, a progress line a source, and says for each what became of it."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from services.cancel import Cancel
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import Output, emit
from ui.commands.selection import market_named
from ui.leverage_keeper import brings_accounts, keep_leverage

if TYPE_CHECKING:
    from services.sources.source import Progress

FIELDS = ("source", "status", "rows_new", "rows_revised", "rows_refused", "as_of", "message")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", action="append", default=[], metavar="NAME")
    parser.add_argument("--market", action="append", default=[], metavar="M")
    parser.add_argument("--fund", action="append", default=[], metavar="FUND", help="holdings of this fund alone")
    parser.add_argument("--all-markets", action="store_true", help="every code that the CFTC lists")
    parser.add_argument("--full", action="store_true", help="the whole history again, not the newest reports")
    parser.add_argument("--backfill", action="store_true", help="older holdings as well")
    parser.add_argument("--accept-terms", action="append", default=[], metavar="NAME")


def run(args: argparse.Namespace, context: Context) -> int:
    from services import refresh
    from services.network import open_http
    from services.settings import load
    from services.sources.registry import SOURCES
    from services.sources.source import Wish

    known = {source.name: source for source in SOURCES}
    for name in (*args.source, *args.accept_terms):
        if name not in known:
            raise UsageError(f"There is no source {name!r}. Known: {', '.join(known)}.")
    if context.is_offline:
        raise UsageError("A refresh needs the network; leave --offline out.")
    providers = [_provider(name) for name in args.fund]
    named = args.source or providers
    wanted = [known[name] for name in dict.fromkeys(named)] or [s for s in SOURCES if s.is_default]
    wish = Wish(
        markets=tuple(market_named(name).name for name in args.market) or None,
        all_markets=args.all_markets,
        full=args.full,
        backfill=args.backfill,
        accepted_terms=frozenset(args.accept_terms),
        funds=tuple(args.fund) or None,
    )
    settings, _ = load(context.profile)
    cancel = Cancel()

    def say(progress: "Progress") -> None:
        context.say(str(progress))

    http = open_http(context.clock, settings, context.mirror)
    try:
        with context.writing() as archive:
            outcomes = refresh.refresh(wanted, archive, http, wish, context.clock, cancel, say)
            for source, symbols in refresh.stand_ins(outcomes, known if named else settings.sources_off):
                asked = replace(wish, symbols=symbols)
                outcomes += refresh.refresh([source], archive, http, asked, context.clock, cancel, say)
            if brings_accounts(outcomes):
                keep_leverage(archive, context.clock, cancel)
    finally:
        http.close()
    rows = [{field: getattr(outcome, field) for field in FIELDS} for outcome in outcomes]
    emit(context, Output(FIELDS, rows))
    for outcome in outcomes:
        context.say(f"{outcome.source}: {outcome.message}")
    good = [outcome for outcome in outcomes if outcome.status in ("current", "updated")]
    if len(good) == len(outcomes):
        return EXIT_OK
    return EXIT_FAILED if all(outcome.status == "failed" for outcome in outcomes) else EXIT_PARTLY


def _provider(name: str) -> str:
    """The source that has a fund's holdings; a usage error where none has."""
    from models import funds

    try:
        found = funds.fund(name).provider
    except funds.UnknownFund as error:
        raise UsageError(str(error)) from error
    if not found:
        listed = ", ".join(fund.ticker for fund in funds.FUNDS)
        raise UsageError(f"There is no fund {name!r}. Known: {listed}, and any iShares fund by its number.")
    return found
